/* Two passages word by word. */
#include "test.h"

#include "chamthi/buffer.h"
#include "chamthi/similarity.h"

/* Each word as its likeness: = equal, ~ other accents, ? look-alike letters, x other. */
static void signs(const compared_word *words, size_t count, char *out)
{
    for (size_t i = 0; i < count; i++)
        *out++ = "=~?x"[words[i].likeness];
    *out = '\0';
}

TEST("equal words, other accents and other words are told apart")
{
    static const struct {
        const char *a, *b, *signs_a, *signs_b;
    } cases[] = {
        {"", "", "", ""},
        {"bà cụ", "", "xx", ""},
        {"bà cụ bán nước", "bà cụ bán nước", "====", "===="},
        {"Bà cụ, bán nước.", "bà cụ bán nước", "====", "===="},
        {"hoà thuận", "hòa thuận", "==", "=="},
        {"bà cụ bán nước", "ba cu ban nuoc", "~~~~", "~~~~"},
        {"bà cụ bán nước", "bà cụ bán chè", "===x", "===x"},
        {"bà сụ bán nướс", "bà cụ bán nước", "=?=?", "=?=?"},
        {"người bạn cũ", "ngườι bạn cũ", "?==", "?=="},
        {"bà cụ bán nước", "ông cụ bán nước", "x===", "x==="},
        {"bà cụ bán nước chè", "bà bán chè", "=x=x=", "==="},
        {"một hai ba bốn", "một xen hai ba vào bốn", "====", "=x==x="},
        {"một\nhai  ba", " một hai\n\nba ", "===", "==="},
        {"một hai", "ba bốn năm", "xx", "xxx"},
    };
    arena *mem = arena_new(1 << 22);
    fault f = {0};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        word_comparison got;
        char a[32], b[32];
        assert_ok(similar_compare_words(mem, (slice){cases[i].a, strlen(cases[i].a)},
                                        (slice){cases[i].b, strlen(cases[i].b)}, &got, &f),
                  &f);
        signs(got.a, got.a_count, a);
        signs(got.b, got.b_count, b);
        if (strcmp(a, cases[i].signs_a) != 0 || strcmp(b, cases[i].signs_b) != 0)
            fail_msg("“%s” and “%s”: %s %s", cases[i].a, cases[i].b, a, b);
    }
    arena_free(mem);
}

TEST("a word's place is its bytes in the passage")
{
    static const char text[] = "Bà  cụ,\nbán";
    arena *mem = arena_new(1 << 20);
    fault f = {0};
    word_comparison got;
    assert_ok(similar_compare_words(mem, (slice){text, strlen(text)}, (slice){text, strlen(text)},
                                    &got, &f),
              &f);
    static const char *const words[] = {"Bà", "cụ,", "bán"};
    assert_int_equal(got.a_count, 3);
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(got.a[i].end - got.a[i].start, strlen(words[i]));
        assert_memory_equal(text + got.a[i].start, words[i], strlen(words[i]));
    }
    arena_free(mem);
}

TEST("very long passages keep their common beginning and end, whatever lies between")
{
    enum { LONG = 6000 };
    buffer a = BUFFER_INIT, b = BUFFER_INIT;
    for (int i = 0; i < LONG; i++) {
        bool ends = i < 10 || i >= LONG - 10;
        buffer_format(&a, "%s%d ", ends ? "c" : "a", i);
        buffer_format(&b, "%s%d ", ends ? "c" : "b", i);
    }
    arena *mem = arena_new(64 << 20);
    fault f = {0};
    word_comparison got;
    assert_ok(
        similar_compare_words(mem, (slice){a.bytes, a.size}, (slice){b.bytes, b.size}, &got, &f),
        &f);
    assert_int_equal(got.a_count, LONG);
    for (size_t i = 0; i < LONG; i++)
        assert_int_equal(got.a[i].likeness, i < 10 || i >= LONG - 10 ? WORD_EQUAL : WORD_OTHER);
    arena_free(mem);
    buffer_free(&a);
    buffer_free(&b);
}
