/* The similarity engine: tokens, planted fixtures, masks, classes, hostile sizes. */
#include "test.h"

#include "chamthi/buffer.h"
#include "similarity/library.h"
#include "similarity/token.h"

#include "../similarity/tally.h"
#include "../similarity/written.h"

#include <inttypes.h>

static token_list tokens_of(tokenizer *t, slice text)
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
    fold_table *fold = fold_table_new();
    tokenizer *t = tokenizer_new(fold);
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
    tokenizer_free(t);
    fold_table_free(fold);
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
    fold_table *fold = fold_table_new();
    tokenizer *t = tokenizer_new(fold);
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
    tokenizer_free(t);
    fold_table_free(fold);
}

TEST("a token's bytes are the syllable, and reading goes on where a full list stopped")
{
    const char *text = "Chị  Hòe, “mang” nhóm máu";
    fold_table *fold = fold_table_new();
    tokenizer *t = tokenizer_new(fold);
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
    tokenizer_free(t);
    fold_table_free(fold);
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

/* ---- the labelled set ---- */

TEST("copies of every class are found as often as promised, their passages to the word, no others")
{
    static const unsigned least[COPY_CLASSES] = {
        /* per ten thousand */
        [COPY_EXACT] = 10000,   [COPY_ENCODED] = 10000, [COPY_NO_ACCENTS] = 10000,
        [COPY_LIGHT] = 9950,    [COPY_HEAVY] = 9700,    [COPY_REORDERED] = 9950,
        [COPY_RENAMED] = 9900,  [COPY_SYNONYMS] = 9900, [COPY_OF_COPY] = 9950,
        [COPY_LIFT] = 9990,     [COPY_LIFT_10] = 9900,  [COPY_LIFT_25] = 9000,
        [COPY_PATCHWORK] = 9900};
    tally t = {0};
    const char *asked = getenv("LABELLED_SEEDS"); /* "FIRST COUNT", for a longer look */
    uint64_t first = 1, seeds = 3;
    if (asked)
        assert_int_equal(sscanf(asked, "%" SCNu64 " %" SCNu64, &first, &seeds), 2);
    for (uint64_t seed = first; seed < first + seeds; seed++) {
        arena *mem = arena_new(MEMORY);
        chain_model m = train(mem);
        labelled_set set = labelled_make(mem, &m, seed, 40, 200);
        engine_text *texts = written_set(mem, &set);
        engine_result r = compare(mem, texts, set.text_count, 2);
        tally_set(&set, &r, &t);
        arena_free(mem);
    }
    tally_result told = tally_end(&t);
    tally_print(&t, &told, "");
    for (copy_class c = 0; c < COPY_CLASSES; c++)
        assert_true(t.found[c] * 10000 >= t.wanted[c] * least[c]);
    assert_true(told.plagdet >= 0.98);
    assert_true(told.granularity <= 1.02);
    assert_int_equal(t.unlabelled, 0);
}

/* ---- what is shared legitimately ---- */

/* Texts with the same header and question, one of three quotations and 400 words of their own; at the
 * end, as library, header, question and quotations. */
static size_t forms(arena *mem, const chain_model *m, size_t count, engine_text *out)
{
    uint64_t seed = 11;
    word_list header = chain_write(m, mem, &seed, 60), question = chain_write(m, mem, &seed, 80),
              quotes[3];
    for (size_t i = 0; i < 3; i++)
        quotes[i] = chain_write(m, mem, &seed, 45);
    for (size_t i = 0; i < count; i++) {
        word_list own = chain_write(m, mem, &seed, 400);
        out[i] = joined(mem, m,
                        (word_list[]){header, question, words_part(own, 0, 200), quotes[i % 3],
                                      words_part(own, 200, 200)},
                        5);
    }
    word_list library[] = {header, question, quotes[0], quotes[1], quotes[2]};
    for (size_t i = 0; i < 5; i++) {
        out[count + i] = joined(mem, m, &library[i], 1);
        out[count + i].role = ENGINE_LIBRARY;
    }
    return count + 5;
}

TEST("four hundred texts with one header, question and three quotations make no pair")
{
    arena *mem = arena_new(MEMORY);
    chain_model m = train(mem);
    engine_text *texts = ARENA_ARRAY(mem, engine_text, 500);
    size_t count = forms(mem, &m, 400, texts);
    engine_result with = compare(mem, texts, count, 2), without = compare(mem, texts, count - 5, 2);
    assert_int_equal(with.pair_count, 0);
    assert_int_equal(with.mass_count, 0);
    assert_in_range(without.pair_count, 0, 5);
    /* Without a library the header and question are told as mass text of all, the quotes of a third. */
    assert_in_range(without.mass_count, 1, 12);
    assert_int_equal(without.masses[0].text, 0);
    assert_int_equal(without.masses[0].texts, 400);
    assert_int_equal(without.masses[0].start, 0);
    arena_free(mem);
}

TEST("a form that only twenty texts share needs the library: with it no pair, and the masked are "
     "counted")
{
    arena *mem = arena_new(MEMORY);
    chain_model m = train(mem);
    engine_text *texts = ARENA_ARRAY(mem, engine_text, 50);
    size_t count = forms(mem, &m, 20, texts);
    engine_result with = compare(mem, texts, count, 2), without = compare(mem, texts, count - 5, 2);
    assert_int_equal(without.pair_count, 20 * 19 / 2);
    assert_int_equal(with.pair_count, 0);
    assert_int_equal(with.masked_pairs, 20 * 19 / 2);
    arena_free(mem);
}

TEST("a passage lifted from another essay on the same question is found, the question is not")
{
    enum { COUNT = 60, LIFTS = 20 };
    arena *mem = arena_new(MEMORY);
    chain_model m = train(mem);
    engine_text *texts = ARENA_ARRAY(mem, engine_text, 100);
    size_t count = forms(mem, &m, COUNT, texts);
    uint64_t seed = 71;
    word_list question = chain_write(&m, mem, &seed, 80), own[COUNT];
    for (size_t i = 0; i < COUNT; i++) {
        own[i] = chain_write(&m, mem, &seed, 400);
        word_list parts[] = {question, words_part(own[i], 0, 200), words_part(own[i], 0, 0),
                             words_part(own[i], 200, 200)};
        if (i >= COUNT - LIFTS)
            parts[2] = words_part(own[i - LIFTS], 100, 60 + labelled_below(&seed, 60));
        texts[i] = joined(mem, &m, parts, 4);
    }
    texts[COUNT] = joined(mem, &m, &question, 1);
    texts[COUNT].role = ENGINE_LIBRARY;
    engine_result r = compare(mem, texts, count, 2);
    assert_int_equal(r.pair_count, LIFTS);
    for (size_t i = 0; i < LIFTS; i++) {
        assert_int_equal(r.pairs[i].b, r.pairs[i].a + LIFTS);
        assert_int_equal(r.pairs[i].class, ENGINE_PARTIAL);
    }
    arena_free(mem);
}

TEST("a hundred edited copies of one text are a case, not boilerplate")
{
    enum { COPIES = 100 };
    arena *mem = arena_new(MEMORY);
    chain_model m = train(mem);
    uint64_t seed = 5;
    engine_text texts[COPIES];
    word_list first = chain_write(&m, mem, &seed, 500);
    for (size_t i = 0; i < COPIES; i++)
        texts[i] =
            written(mem, &m, (labelled_text){words_edit(&m, mem, &seed, first, 5), WRITE_PLAIN}, i);
    engine_result r = compare(mem, texts, COPIES, 2);
    bool seen[COPIES] = {false};
    for (size_t i = 0; i < r.pair_count; i++) {
        seen[r.pairs[i].a] = seen[r.pairs[i].b] = true;
        assert_int_equal(r.pairs[i].group, 0);
        assert_int_equal(r.pairs[i].class, ENGINE_NEAR);
    }
    for (size_t i = 0; i < COPIES; i++)
        assert_true(seen[i]);
    assert_in_range(r.pair_count, COPIES - 1, 12 * COPIES); /* not all 4,950 */
    arena_free(mem);
}

static engine_text plain(arena *mem, const char *before, const char *shared, const char *after)
{
    const char *text = arena_format(mem, "%s %s %s", before, shared, after);
    return (engine_text){.display = words(text), .year = 2024};
}

static const char *const saying = "Non sông Việt Nam có trở nên tươi đẹp hay không, dân tộc Việt "
                                  "Nam có bước tới đài vinh quang để "
                                  "sánh vai với các cường quốc năm châu được hay không, chính là "
                                  "nhờ một phần lớn ở công học tập của "
                                  "các em.";

TEST("a quotation in double marks in both texts is shown but does not count; without marks it "
     "counts")
{
    static const struct {
        const char *open, *close;
        size_t pairs;
    } rows[] = {{"“", "”", 0}, {"\"", "\"", 0}, {"«", "»", 0},
                {"'", "'", 1}, {"", "", 1},     {"“", "", 1}};
    arena *mem = arena_new(MEMORY);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *quote = arena_format(mem, "%s%s%s", rows[i].open, saying, rows[i].close);
        engine_text texts[] = {
            plain(mem, "Sáng nay tôi ra ga Hàng Cỏ tiễn bạn đi xa.", quote, "Bạn tôi cười."),
            plain(mem, "Trong lớp học ở xã Đông Dư, cô giáo viết:", quote, "Cả lớp lặng im.")};
        engine_result r = compare(mem, texts, 2, 1);
        assert_int_equal(r.pair_count, rows[i].pairs);
        assert_int_equal(r.masked_pairs, 1 - rows[i].pairs);
    }
    arena_free(mem);
}

TEST("the library that comes with the program masks sayings without any marks, even changed a "
     "little")
{
    static const struct {
        const char *shared;
        size_t pairs;
    } rows[] = {
        {saying, 0},
        {"Non sông Việt Nam có trở nên tươi đẹp hay không, dân tộc Việt Nam có được bước tới đài "
         "vinh "
         "quang để sánh vai các cường quốc năm châu được hay không, chính là nhờ một phần lớn ở "
         "công "
         "học tập của các cháu.",
         0},
        {"Anh Thược kể, năm ấy nước sông Đà lên to, con thuyền tôn của anh chở bốn em học sinh qua "
         "bến, "
         "đến giữa dòng thì máy chết, anh phải nhảy xuống kéo thuyền bằng dây thừng vào bờ.",
         1}};
    arena *mem = arena_new(MEMORY);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        engine_text *texts;
        size_t library;
        assert_ok(library_texts(mem, 2, &texts, &library, &f), &f);
        assert_in_range(library, 15, 200);
        texts[0] = plain(mem, "Sáng nay tôi ra ga Hàng Cỏ tiễn bạn.", rows[i].shared, "Bạn cười.");
        texts[1] = plain(mem, "Trong lớp học ở xã Đông Dư, cô viết:", rows[i].shared, "Cả lớp im.");
        assert_int_equal(compare(mem, texts, library + 2, 1).pair_count, rows[i].pairs);
    }
    arena_free(mem);
}

/* ---- classes ---- */

TEST("classes, shares and order: contained, patchwork of earlier texts only, same author, exact in "
     "any dress")
{
    arena *mem = arena_new(MEMORY);
    chain_model m = train(mem);
    uint64_t seed = 21;
    word_list w[5];
    for (size_t i = 0; i < 5; i++)
        w[i] = chain_write(&m, mem, &seed, 400);
    engine_text texts[] = {
        joined(mem, &m, &w[0], 1),
        joined(mem, &m, &w[1], 1),
        joined(mem, &m, &w[2], 1),
        /* 3: a third of each of 0, 1, 2 */
        joined(mem, &m,
               (word_list[]){words_part(w[0], 50, 100), words_part(w[1], 200, 100),
                             words_part(w[2], 300, 100)},
               3),
        /* 4: all of 2 within a longer text */
        joined(mem, &m, (word_list[]){words_part(w[3], 0, 300), w[2], words_part(w[3], 300, 100)},
               3),
        joined(mem, &m, &w[4], 1),
        joined(mem, &m, &w[4], 1),
    };
    for (size_t i = 0; i < 7; i++)
        texts[i].received = (int64_t)i + 1;
    texts[0].author = texts[3].author = 77;
    engine_result r = compare(mem, texts, 7, 1);
    static const struct {
        uint32_t a, b;
        engine_class class;
        uint32_t share_a, share_b;
        bool same_author;
    } wanted[] = {
        {0, 3, ENGINE_PATCHWORK, 2500, 3333, true},  {1, 3, ENGINE_PATCHWORK, 2500, 3333, false},
        {2, 3, ENGINE_PATCHWORK, 2500, 3333, false}, {2, 4, ENGINE_CONTAINED, 10000, 5000, false},
        {3, 4, ENGINE_PARTIAL, 3333, 1250, false},   {5, 6, ENGINE_EXACT, 10000, 10000, false},
    };
    assert_int_equal(r.pair_count, sizeof wanted / sizeof *wanted);
    for (size_t i = 0; i < r.pair_count; i++) {
        const engine_pair *p = &r.pairs[i];
        assert_int_equal(p->a, wanted[i].a);
        assert_int_equal(p->b, wanted[i].b);
        assert_int_equal(p->class, wanted[i].class);
        assert_in_range(p->share_a + 150, wanted[i].share_a, wanted[i].share_a + 300);
        assert_in_range(p->share_b + 150, wanted[i].share_b, wanted[i].share_b + 300);
        assert_int_equal(p->same_author, wanted[i].same_author);
    }
    arena_free(mem);
}

TEST(
    "earlier texts are compared with current ones only, and through a group of identical texts too")
{
    arena *mem = arena_new(MEMORY);
    chain_model m = train(mem);
    uint64_t seed = 31;
    word_list a = chain_write(&m, mem, &seed, 400), b = chain_write(&m, mem, &seed, 300);
    word_list lifted = words_join(mem, b, words_part(a, 100, 120));
    engine_text texts[] = {joined(mem, &m, &a, 1), joined(mem, &m, &lifted, 1),
                           joined(mem, &m, &a, 1)};
    texts[0].role = texts[1].role = ENGINE_EARLIER;
    texts[0].year = texts[1].year = 2020;
    engine_result r = compare(mem, texts, 3, 1);
    assert_int_equal(r.pair_count, 2); /* not 0 with 1 */
    assert_int_equal(r.pairs[0].a, 0);
    assert_int_equal(r.pairs[0].b, 2);
    assert_int_equal(r.pairs[0].class, ENGINE_EXACT);
    assert_int_equal(r.pairs[1].a, 1);
    assert_int_equal(r.pairs[1].b, 2);
    assert_int_equal(r.pairs[1].class, ENGINE_PARTIAL);
    texts[2].role = ENGINE_EARLIER;
    assert_int_equal(compare(mem, texts, 3, 1).pair_count, 0);
    arena_free(mem);
}

/* ---- sizes ---- */

static void assert_same_result(const engine_result *x, const engine_result *y)
{
    assert_int_equal(x->pair_count, y->pair_count);
    assert_int_equal(x->crowded_count, y->crowded_count);
    for (size_t i = 0; i < x->crowded_count; i++)
        assert_true(x->crowded[i].text == y->crowded[i].text &&
                    x->crowded[i].left == y->crowded[i].left);
    for (size_t i = 0; i < x->pair_count; i++) {
        engine_pair p = x->pairs[i], q = y->pairs[i];
        assert_int_equal(p.passage_count, q.passage_count);
        assert_memory_equal(p.passages, q.passages, p.passage_count * sizeof *p.passages);
        assert_true(p.a == q.a && p.b == q.b && p.class == q.class && p.group == q.group &&
                    p.share_a == q.share_a && p.share_b == q.share_b);
    }
}

/* Texts of eight paragraphs each, out of `paragraphs` that all of them share. */
enum { MIXED_PARTS = 8 };
typedef struct {
    engine_text *texts;
    size_t (*parts)[MIXED_PARTS];
} mixture;

static mixture mixed(arena *mem, const chain_model *m, size_t count, size_t paragraphs)
{
    mixture out = {ARENA_ARRAY(mem, engine_text, count),
                   arena_array(mem, count, sizeof *out.parts)};
    word_list *all = ARENA_ARRAY(mem, word_list, paragraphs);
    uint64_t seed = 9;
    for (size_t i = 0; i < paragraphs; i++)
        all[i] = chain_write(m, mem, &seed, 60 + labelled_below(&seed, 60));
    for (size_t i = 0; i < count; i++) {
        word_list own[MIXED_PARTS];
        for (size_t k = 0; k < MIXED_PARTS; k++) {
            out.parts[i][k] = labelled_below(&seed, paragraphs);
            own[k] = all[out.parts[i][k]];
        }
        out.texts[i] = joined(mem, m, own, MIXED_PARTS);
    }
    return out;
}

static bool has_part(const mixture *x, size_t text, size_t below, size_t part)
{
    for (size_t i = 0; i < below; i++)
        if (x->parts[text][i] == part)
            return true;
    return false;
}

static size_t parts_in_common(const mixture *x, size_t a, size_t b)
{
    size_t n = 0;
    for (size_t i = 0; i < MIXED_PARTS; i++)
        n += !has_part(x, a, i, x->parts[a][i]) && has_part(x, b, MIXED_PARTS, x->parts[a][i]);
    return n;
}

TEST("texts mixed from few paragraphs: work is bounded, the most alike are compared, the rest is "
     "told")
{
    enum { COUNT = 900, PARAGRAPHS = 360 };
    arena *mem = arena_new(MEMORY);
    chain_model m = train(mem);
    mixture x = mixed(mem, &m, COUNT, PARAGRAPHS);
    engine_result r = compare(mem, x.texts, COUNT, 2);
    assert_true(r.pair_count <= COUNT * ENGINE_PARTNERS);
    assert_true(r.crowded_count > COUNT / 2);
    for (size_t i = 0; i < r.crowded_count; i++) {
        size_t text = r.crowded[i].text, alike = 0, pairs = 0;
        for (size_t k = 0; k < text; k++) {
            size_t parts = parts_in_common(&x, text, k);
            alike += parts > 0;
            if (parts > 2)
                assert_non_null(find_pair(&r, k, text));
        }
        for (size_t k = 0; k < r.pair_count; k++)
            pairs += r.pairs[k].b == text;
        assert_in_range(pairs + r.crowded[i].left, alike - alike / 20, alike + alike / 20);
    }
    arena_free(mem);
}

TEST("one, two and seven threads give the same result, pair by pair and byte by byte")
{
    arena *mem = arena_new(MEMORY);
    chain_model m = train(mem);
    labelled_set set = labelled_make(mem, &m, 77, 10, 50);
    engine_text *texts = written_set(mem, &set);
    engine_result one = compare(mem, texts, set.text_count, 1);
    for (unsigned threads = 2; threads < 8; threads += 5) {
        engine_result other = compare(mem, texts, set.text_count, threads);
        assert_same_result(&one, &other);
    }
    assert_true(one.pair_count > 100);
    mixture x = mixed(mem, &m, 500, 130);
    engine_result crowd = compare(mem, x.texts, 500, 1), again = compare(mem, x.texts, 500, 3);
    assert_same_result(&crowd, &again);
    assert_true(crowd.crowded_count > 0);
    arena_free(mem);
}

TEST("ten thousand identical texts, and no texts, and blank ones")
{
    enum { MANY = 10000 };
    arena *mem = arena_new(MEMORY);
    engine_text *texts = ARENA_ARRAY(mem, engine_text, MANY);
    slice same = essay(mem, "fixtures/essays", "2019-02.txt");
    for (size_t i = 0; i < MANY; i++)
        texts[i] = (engine_text){.display = same, .year = 2024};
    engine_result r = compare(mem, texts, MANY, 2);
    assert_int_equal(r.pair_count, MANY - 1);
    assert_int_equal(r.pairs[MANY - 2].b, MANY - 1);
    assert_int_equal(r.pairs[MANY - 2].class, ENGINE_EXACT);
    assert_int_equal(same.bytes[r.pairs[0].passages[0].a_end], '.'); /* up to the last word */
    assert_int_equal(compare(mem, NULL, 0, 2).pair_count, 0);
    for (size_t i = 0; i < MANY; i++)
        texts[i].display = words(i % 2 ? "" : " \n ");
    assert_int_equal(compare(mem, texts, MANY, 2).pair_count, 0);
    arena_free(mem);
}

TEST("a passage deep inside a very long text, across the pieces it is read in, is one passage")
{
    enum { LONG = 60000 };
    arena *mem = arena_new(MEMORY);
    chain_model m = train(mem);
    uint64_t seed = 41;
    word_list book = chain_write(&m, mem, &seed, LONG);
    for (size_t start = 8000; start < LONG; start += 8111) {
        word_list part = words_part(book, start, 400), own = chain_write(&m, mem, &seed, 300);
        word_list with = words_join(mem, own, part);
        engine_text texts[] = {joined(mem, &m, &with, 1), joined(mem, &m, &book, 1)};
        engine_result r = compare(mem, texts, 2, 2);
        assert_int_equal(r.pair_count, 1);
        assert_int_equal(r.pairs[0].passage_count, 1);
        const engine_passage *p = &r.pairs[0].passages[0];
        assert_in_range(p->syllables, 380, 460); /* a word may be two syllables: 20/11 */
        assert_int_equal(p->a_end - p->a_start, p->b_end - p->b_start);
        assert_memory_equal(texts[0].display.bytes + p->a_start,
                            texts[1].display.bytes + p->b_start, p->a_end - p->a_start);
    }
    arena_free(mem);
}

TEST("a text of one phrase repeated a hundred thousand times ends, and quickly")
{
    arena *mem = arena_new(MEMORY);
    buffer b = BUFFER_INIT;
    for (size_t i = 0; i < 100000; i++)
        buffer_text(&b, "việc tốt người tốt ");
    engine_text texts[] = {{.display = {b.bytes, b.size}, .year = 2024},
                           {.display = {b.bytes, b.size - 40}, .year = 2024},
                           {.display = {b.bytes, b.size / 2}, .year = 2024}};
    engine_result r = compare(mem, texts, 3, 2);
    assert_in_range(r.pair_count, 0, 3);
    buffer_free(&b);
    arena_free(mem);
}
