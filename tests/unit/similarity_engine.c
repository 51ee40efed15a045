/* The similarity engine: tokens, planted fixtures, masks, classes, hostile sizes. */
#include "test.h"

#include "chamthi/buffer.h"
#include "chamthi/file.h"
#include "chamthi/text.h"
#include "similarity/engine.h"
#include "similarity/token.h"

enum { MEMORY = 512 * 1024 * 1024, TEXTS = 1200 };

static fault f;

/* The display text of an essay of fixtures/essays, without its head. */
static slice essay(arena *mem, const char *folder, const char *name)
{
    buffer raw = BUFFER_INIT, display = BUFFER_INIT;
    char *path = file_join(mem, folder, name);
    assert_ok(file_read(path, 1 << 20, &raw, &f), &f);
    const char *body = strstr(raw.bytes, "\n---\n");
    body = body ? body + 5 : raw.bytes;
    text_report report = {0};
    text_display((slice){body, strlen(body)}, ENCODING_UTF8, &display, &report);
    slice copy = {arena_copy(mem, display.bytes, display.size), display.size};
    assert_non_null(copy.bytes);
    buffer_free(&raw);
    buffer_free(&display);
    return copy;
}

static size_t all_essays(arena *mem, slice *out, const char **names)
{
    file_list list;
    assert_ok(file_walk(mem, "fixtures/essays", 2, &list, &f), &f);
    assert_in_range(list.count, 60, 100);
    for (size_t i = 0; i < list.count; i++) {
        out[i] = essay(mem, "fixtures/essays", list.items[i].path);
        names[i] = list.items[i].path;
    }
    return list.count;
}

static token_list tokens_of(const fold_table *t, slice text)
{
    token_list l = {0};
    size_t at = 0;
    assert_true(token_list_reserve(&l, text.size / 2 + 1));
    token_read(t, text, &at, &l);
    return l;
}

static slice words(const char *text)
{
    return (slice){text, strlen(text)};
}

static engine_result compare(arena *mem, const engine_text *texts, size_t count, unsigned threads)
{
    engine_result r = {0};
    assert_ok(engine_compare(mem, texts, count, threads, &r, &f), &f);
    return r;
}

TEST("the engine's syllables are those of text_fold, on every essay")
{
    arena *mem = arena_new(MEMORY);
    slice texts[100];
    const char *names[100];
    fold_table *t = fold_table_new();
    assert_non_null(t);
    size_t count = all_essays(mem, texts, names);
    for (size_t i = 0; i < count; i++) {
        buffer folded = BUFFER_INIT;
        text_fold(texts[i], &folded);
        token_list own = tokens_of(t, texts[i]), other = tokens_of(t, words(folded.bytes));
        size_t spaces = 1;
        for (size_t k = 0; k < folded.size; k++)
            spaces += folded.bytes[k] == ' ';
        assert_int_equal(own.count, spaces);
        assert_int_equal(own.count, other.count);
        for (size_t k = 0; k < own.count; k++)
            if (own.hashes[k] != other.hashes[k])
                fail_msg("%s: token %zu, byte %u", names[i], k, own.starts[k]);
        token_list_free(&own);
        token_list_free(&other);
        buffer_free(&folded);
    }
    fold_table_free(t);
    arena_free(mem);
}

TEST("case, accents, composition, look-alikes, zero-width and punctuation do not change a syllable")
{
    static const struct {
        const char *text, *plain;
        size_t count;
    } rows[] = {
        {"Nhóm máu của chị Hòe.", "nhom mau cua chi hoe", 5},
        {"Nho\u0301m ma\u0301u cu\u0309a chi\u0323 Hoe\u0300", "nhom mau cua chi hoe", 5},
        {"Đường \u00D0ường \u0110uong", "duong duong duong", 3},
        {"с\u1EE7a \u0421ủa của", "cua cua cua", 3},
        {"ng\u200Bười“Ông…bà”", "nguoi ong ba", 3},
        {"lý Mỹ quý thuý say", "li mi qui thuy say", 5},
        {"20/11/2019 – 1.000đ", "20 11 2019 1 000d", 5},
        {"nghiêngnghiêngnghiêng nghiêngnghiêngnghiênh",
         "nghiengnghiengnghieng nghiengnghiengnghienh", 2},
        {"ﬁlm ½ ＶＮ 漢字", "film vn 漢字", 3},
        {"", "", 0},
        {" \n–…", "", 0},
    };
    fold_table *t = fold_table_new();
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        token_list a = tokens_of(t, words(rows[i].text)), b = tokens_of(t, words(rows[i].plain));
        assert_int_equal(a.count, rows[i].count);
        assert_int_equal(b.count, rows[i].count);
        for (size_t k = 0; k < a.count; k++)
            if (a.hashes[k] != b.hashes[k])
                fail_msg("%s: syllable %zu", rows[i].text, k);
        token_list_free(&a);
        token_list_free(&b);
    }
    fold_table_free(t);
}

TEST("a token's bytes are the syllable, and reading goes on where a full list stopped")
{
    const char *text = "Chị  Hòe, “mang” nhóm máu";
    fold_table *t = fold_table_new();
    token_list l = {0};
    assert_true(token_list_reserve(&l, 2));
    size_t at = 0;
    char seen[64] = "";
    for (int round = 0; round < 3; round++) {
        l.count = 0;
        token_read(t, words(text), &at, &l);
        for (size_t i = 0; i < l.count; i++) {
            strncat(seen, text + l.starts[i], l.ends[i] - l.starts[i]);
            strcat(seen, "|");
        }
    }
    assert_string_equal(seen, "Chị|Hòe|mang|nhóm|máu|");
    token_list_free(&l);
    fold_table_free(t);
}

TEST("the copies planted in the essays are found with their class, and nothing else")
{
    static const struct {
        const char *a, *b;
        engine_class class;
    } planted[] = {
        {"2016-01.txt", "2022-03.txt", ENGINE_PARTIAL},
        {"2017-01.txt", "2023-02.txt", ENGINE_PARTIAL},
        {"2018-01.txt", "2024-14.txt", ENGINE_PARTIAL},
        {"2018-02.txt", "2019-05.txt", ENGINE_NEAR},
        {"2019-02.txt", "2020-05.txt", ENGINE_EXACT},
        {"2020-03.txt", "2024-15.txt", ENGINE_PARTIAL},
        {"2021-02.txt", "2023-06.txt", ENGINE_NEAR},
        {"2022-02.txt", "2024-22.txt", ENGINE_EXACT},
        {"2023-01.txt", "2024-24.txt", ENGINE_NEAR},
        {"2024-09.txt", "2024-21.txt", ENGINE_EXACT},
        {"2024-12.txt", "2024-23.txt", ENGINE_NEAR},
    };
    arena *mem = arena_new(MEMORY);
    slice texts[100];
    const char *names[100];
    engine_text all[100] = {0};
    size_t count = all_essays(mem, texts, names);
    for (size_t i = 0; i < count; i++)
        all[i] = (engine_text){.display = texts[i], .year = 2024};
    engine_result r = compare(mem, all, count, 2);
    for (size_t i = 0; i < r.pair_count; i++)
        if (i >= sizeof planted / sizeof *planted ||
            strcmp(names[r.pairs[i].a], planted[i].a) != 0 ||
            strcmp(names[r.pairs[i].b], planted[i].b) != 0 || r.pairs[i].class != planted[i].class)
            fail_msg("unexpected: %s %s %s", names[r.pairs[i].a], names[r.pairs[i].b],
                     engine_class_name(r.pairs[i].class));
    assert_int_equal(r.pair_count, sizeof planted / sizeof *planted);
    arena_free(mem);
}
