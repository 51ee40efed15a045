/* The paraphrase channel: what was told again is found, what only has its subject in common is not. */
#include "test.h"

#include "similarity/library.h"
#include "similarity/paraphrase.h"

#include "../similarity/written.h"

enum { PLANTS = 60, OTHERS = 200, COUNT = 2 * PLANTS + OTHERS };

typedef struct {
    engine_result known; /* to the engine already */
    engine_pair *pairs;
    size_t count;
} found;

static found look(arena *mem, const engine_text *texts, size_t count, unsigned threads)
{
    found out;
    assert_ok(engine_compare(mem, texts, count, threads, &out.known, &f), &f);
    assert_ok(paraphrase_find(mem, texts, count, threads, &out.known, &out.pairs, &out.count, &f),
              &f);
    return out;
}

/* In each second text of the first ones 120 to 200 words of the text before, told again. */
static engine_text *retold(arena *mem, const chain_model *m, uint64_t seed, unsigned percent)
{
    engine_text *texts = ARENA_ARRAY(mem, engine_text, COUNT);
    assert_non_null(texts);
    for (size_t i = 0; i < COUNT; i++) {
        word_list own = chain_write(m, mem, &seed, 300 + labelled_below(&seed, 400)), parts[3];
        if (i >= 2 * PLANTS || i % 2 == 0) {
            texts[i] = joined(mem, m, &own, 1);
            if (i < 2 * PLANTS) {
                parts[1] = words_part(own, 50, 120 + labelled_below(&seed, 80));
                word_list host = chain_write(m, mem, &seed, 400);
                parts[1] = words_retell(m, mem, &seed, parts[1], percent);
                parts[0] = words_part(host, 0, 200);
                parts[2] = words_part(host, 200, 200);
                texts[++i] = joined(mem, m, parts, 3);
            }
        }
    }
    return texts;
}

TEST("sentences with their words in another order and a part replaced are found, no others")
{
    static const struct {
        unsigned percent;
        size_t least; /* of PLANTS */
    } rows[] = {{0, 60}, {15, 58}, {30, 57}, {45, 45}};
    for (size_t r = 0; r < sizeof rows / sizeof *rows; r++) {
        arena *mem = arena_new(MEMORY);
        chain_model m = train(mem);
        engine_text *texts = retold(mem, &m, 3 + r, rows[r].percent);
        found got = look(mem, texts, COUNT, 2);
        size_t right = 0, plain = got.known.pair_count;
        for (size_t i = 0; i < got.count; i++)
            right += got.pairs[i].a % 2 == 0 && got.pairs[i].b == got.pairs[i].a + 1;
        print_message("%u %% replaced: %zu of %d, others %zu; %zu the engine found\n",
                      rows[r].percent, right, PLANTS, got.count - right, plain);
        assert_true(right + plain >= rows[r].least);
        assert_in_range(got.count - right, 0, 1);
        arena_free(mem);
    }
}

TEST("essays of ten years, some on one subject, have no paraphrase among them")
{
    arena *mem = arena_new(MEMORY);
    slice essays[100];
    const char *names[100];
    engine_text texts[100] = {0};
    size_t count = all_essays(mem, essays, names);
    for (size_t i = 0; i < count; i++)
        texts[i] = (engine_text){.display = essays[i], .year = 2024};
    found got = look(mem, texts, count, 2);
    for (size_t i = 0; i < got.count; i++)
        print_message("%s %s\n", names[got.pairs[i].a], names[got.pairs[i].b]);
    assert_int_equal(got.count, 0);
    arena_free(mem);
}

TEST("one and three threads give the same pairs, and none twice")
{
    arena *mem = arena_new(MEMORY);
    chain_model m = train(mem);
    engine_text *texts = retold(mem, &m, 9, 10);
    found one = look(mem, texts, COUNT, 1), three = look(mem, texts, COUNT, 3);
    assert_int_equal(one.count, three.count);
    for (size_t i = 0; i < one.count; i++) {
        engine_pair p = one.pairs[i], q = three.pairs[i];
        assert_true(p.a == q.a && p.b == q.b && p.share_a == q.share_a && p.share_b == q.share_b);
        assert_int_equal(p.passage_count, q.passage_count);
        assert_memory_equal(p.passages, q.passages, p.passage_count * sizeof *p.passages);
        if (i)
            assert_true(one.pairs[i - 1].a < p.a ||
                        (one.pairs[i - 1].a == p.a && one.pairs[i - 1].b < p.b));
    }
    arena_free(mem);
}

TEST("what the library says, told again in two texts, is no paraphrase")
{
    arena *mem = arena_new(MEMORY);
    chain_model m = train(mem);
    engine_text *texts = retold(mem, &m, 21, 5);
    found before = look(mem, texts, 2, 1);
    assert_int_equal(before.count, 1);
    texts[2] = texts[0];
    texts[2].role = ENGINE_LIBRARY;
    assert_int_equal(look(mem, texts, 3, 1).count, 0);
    arena_free(mem);
}

TEST("one sentence repeated very often, blank texts and no texts end quickly and say nothing")
{
    arena *mem = arena_new(MEMORY);
    buffer b = BUFFER_INIT;
    for (size_t i = 0; i < 20000; i++)
        buffer_text(&b, "Người tốt việc tốt ở phường Ngọc Hà quận Ba Đình năm nay. ");
    engine_text texts[4] = {{.display = {b.bytes, b.size}},
                            {.display = {b.bytes, b.size / 2}},
                            {.display = {"", 0}},
                            {.display = {" \n", 2}}};
    engine_result known = {0};
    found got;
    assert_ok(paraphrase_find(mem, texts, 4, 2, &known, &got.pairs, &got.count, &f), &f);
    assert_int_equal(got.count, 0);
    assert_ok(paraphrase_find(mem, NULL, 0, 2, &known, &got.pairs, &got.count, &f), &f);
    assert_int_equal(got.count, 0);
    buffer_free(&b);
    arena_free(mem);
}
