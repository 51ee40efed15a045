/* Segments and the corpus: what is refused, and that one text asked for gives what a comparison of all gives. */
#include "test.h"

#include "chamthi/buffer.h"
#include "similarity/corpus.h"

#include "../similarity/written.h"

enum { SEGMENTS = 3 };

typedef struct {
    const engine_text *texts;
    size_t count;
    corpus *all;
    buffer segments[SEGMENTS];
} shelf;

static segment_name name_of(size_t text)
{
    segment_name name = {.id = (int64_t)text + 1000};
    memcpy(name.identity, &text, sizeof text);
    return name;
}

/* The texts in three segments, one after the other, each of its own year. */
static shelf fill(arena *mem, engine_text *texts, size_t count)
{
    shelf s = {.texts = texts, .count = count};
    segment_name *names = ARENA_ARRAY(mem, segment_name, count);
    assert_non_null(names);
    for (size_t i = 0; i < count; i++) {
        names[i] = name_of(i);
        texts[i].year = 2022 + (int)(i * SEGMENTS / count);
    }
    assert_ok(corpus_new(&s.all, count, NULL, 0, &f), &f);
    for (size_t n = 0, from = 0, to, used; n < SEGMENTS; n++, from = to) {
        for (to = from; to < count && texts[to].year == texts[from].year;)
            to++;
        s.segments[n] = (buffer)BUFFER_INIT;
        assert_ok(segment_build(corpus_reading(s.all), texts + from, names + from, to - from,
                                &s.segments[n], &f),
                  &f);
        assert_ok(corpus_add(s.all, s.segments[n].bytes, s.segments[n].size, &used, &f), &f);
        assert_int_equal(used, s.segments[n].size);
    }
    assert_int_equal(corpus_count(s.all), count);
    return s;
}

static void empty(shelf *s)
{
    corpus_free(s->all);
    for (size_t n = 0; n < SEGMENTS; n++)
        buffer_free(&s->segments[n]);
}

static status read_text(void *state, int64_t id, engine_text *out, fault *why)
{
    const shelf *s = state;
    (void)why;
    *out = s->texts[id - 1000];
    return OK;
}

static corpus_answer ask(shelf *s, arena *mem, size_t text)
{
    corpus_answer answer;
    corpus_question q = {s->texts[text], (int64_t)text + 1000, text, read_text, s};
    assert_ok(corpus_ask(s->all, mem, &q, &answer, &f), &f);
    return answer;
}

static const engine_pair *pair_with(const corpus_answer *answer, size_t text)
{
    for (size_t i = 0; i < answer->result.pair_count; i++)
        if (answer->ids[answer->result.pairs[i].a] == (int64_t)text + 1000)
            return &answer->result.pairs[i];
    return NULL;
}

TEST("each text, asked for alone, shares what it shares in a comparison of all")
{
    arena *mem = arena_new(MEMORY);
    chain_model m = train(mem);
    labelled_set set = labelled_make(mem, &m, 7, 12, 60);
    engine_text *texts = written_set(mem, &set);
    shelf s = fill(mem, texts, set.text_count);
    engine_result all;
    assert_ok(engine_compare(mem, texts, set.text_count, 2, &all, &f), &f);
    size_t *pairs = ARENA_ARRAY(mem, size_t, set.text_count);
    for (size_t i = 0; i < all.pair_count; i++) {
        pairs[all.pairs[i].a]++;
        pairs[all.pairs[i].b]++;
    }
    for (size_t i = 0; i < set.text_count; i++) {
        corpus_answer answer = ask(&s, mem, i);
        assert_int_equal(answer.result.pair_count, pairs[i]);
        for (size_t n = 0; n < all.pair_count; n++) {
            const engine_pair *wanted = &all.pairs[n], *got;
            if (wanted->b != i)
                continue;
            got = pair_with(&answer, wanted->a);
            assert_non_null(got);
            assert_int_equal(got->share_a, wanted->share_a);
            assert_int_equal(got->share_b, wanted->share_b);
            assert_int_equal(got->class, wanted->class);
            assert_int_equal(got->passage_count, wanted->passage_count);
            assert_memory_equal(got->passages, wanted->passages,
                                got->passage_count * sizeof *got->passages);
        }
    }
    assert_true(all.pair_count > 100);
    empty(&s);
    arena_free(mem);
}

TEST("a text that is forgotten, and the text itself, are not found")
{
    arena *mem = arena_new(MEMORY);
    slice essays[100];
    const char *names[100];
    engine_text texts[100] = {0};
    size_t count = all_essays(mem, essays, names), first = 0, second = 0;
    for (size_t i = 0; i < count; i++) {
        texts[i].display = essays[i];
        first = strcmp(names[i], "2019-02.txt") == 0 ? i : first;
        second = strcmp(names[i], "2020-05.txt") == 0 ? i : second;
    }
    shelf s = fill(mem, texts, count);
    corpus_answer answer = ask(&s, mem, second);
    assert_int_equal(answer.result.pair_count, 1);
    assert_int_equal(answer.result.pairs[0].class, ENGINE_EXACT);
    assert_int_equal(answer.ids[answer.result.pairs[0].a], first + 1000);
    corpus_forget(s.all, first);
    assert_int_equal(ask(&s, mem, second).result.pair_count, 0);
    empty(&s);
    arena_free(mem);
}

TEST("a segment cut short, with a byte changed, or of other parameters is refused")
{
    arena *mem = arena_new(MEMORY);
    chain_model m = train(mem);
    uint64_t seed = 3;
    engine_text texts[3];
    segment_name names[3];
    for (size_t i = 0; i < 3; i++) {
        word_list words = chain_write(&m, mem, &seed, 300);
        texts[i] = joined(mem, &m, &words, 1);
        names[i] = name_of(i);
    }
    fold_table *fold = fold_table_new();
    reading r = {.k = 5, .window = 6, .threads = 1, .fold = fold}, other = r;
    other.k = 6;
    buffer b = BUFFER_INIT;
    segment out;
    assert_ok(segment_build(&r, texts, names, 3, &b, &f), &f);
    assert_int_equal(segment_read(&r, b.bytes, b.size, &out), b.size);
    assert_int_equal(out.text_count, 3);
    assert_int_equal(segment_read(&other, b.bytes, b.size, &out), 0);
    for (size_t size = 0; size < b.size; size += 1 + b.size / 100)
        assert_int_equal(segment_read(&r, b.bytes, size, &out), 0);
    for (size_t at = 0; at < b.size; at += 1 + b.size / 500) {
        b.bytes[at] ^= 0x10;
        assert_int_equal(segment_read(&r, b.bytes, b.size, &out), 0);
        b.bytes[at] ^= 0x10;
    }
    assert_int_equal(segment_read(&r, b.bytes, b.size, &out), b.size);
    buffer_free(&b);
    fold_table_free(fold);
    arena_free(mem);
}

TEST("a text that everybody handed in is found through its first copy, a header of all is not")
{
    enum { COPIES = 180 };
    arena *mem = arena_new(MEMORY);
    chain_model m = train(mem);
    uint64_t seed = 5;
    engine_text texts[COPIES];
    word_list first = chain_write(&m, mem, &seed, 400), header = chain_write(&m, mem, &seed, 80);
    for (size_t i = 0; i < COPIES; i++) {
        word_list parts[2] = {header, words_edit(&m, mem, &seed, first, 5)};
        if (i >= COPIES / 2)
            parts[1] = chain_write(&m, mem, &seed, 400);
        texts[i] = joined(mem, &m, parts, 2);
    }
    shelf s = fill(mem, texts, COPIES);
    corpus_answer copy = ask(&s, mem, COPIES / 2 - 1), own = ask(&s, mem, COPIES - 1);
    assert_in_range(copy.result.pair_count, 1, ENGINE_PARTNERS);
    assert_int_equal(copy.result.pairs[0].class, ENGINE_NEAR);
    assert_int_equal(own.result.pair_count, 0);
    empty(&s);
    arena_free(mem);
}
