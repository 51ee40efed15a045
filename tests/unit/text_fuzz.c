/* Bad input: the fuzzer's corpus, and bytes changed at random but always the same way. */
#include "test.h"

#include "../fuzz/text.c"
#include "chamthi/file.h"

static void each_seed(void (*test)(uint8_t *, size_t))
{
    fault f = {0};
    arena *mem = arena_new(64 * 1024 * 1024);
    file_list files;
    assert_ok(file_walk(mem, "fixtures/fuzz/text", 1, &files, &f), &f);
    assert_true(files.count > 10);
    for (size_t i = 0; i < files.count; i++) {
        buffer b = BUFFER_INIT;
        const char *path = file_join(mem, "fixtures/fuzz/text", files.items[i].path);
        assert_ok(file_read(path, 1 << 20, &b, &f), &f);
        test((uint8_t *)b.bytes, b.size);
        buffer_free(&b);
    }
    arena_free(mem);
}

static void as_it_is(uint8_t *bytes, size_t size)
{
    LLVMFuzzerTestOneInput(bytes, size);
}

TEST("the fuzzer's corpus goes through")
{
    each_seed(as_it_is);
}

static uint32_t next_random(uint32_t *state)
{
    *state = *state * 1664525u + 1013904223u;
    return *state >> 8;
}

static void mutated(uint8_t *bytes, size_t size)
{
    uint32_t state = (uint32_t)size;
    for (int round = 0; round < 60; round++) {
        uint8_t *copy = malloc(size + 1);
        memcpy(copy, bytes, size);
        for (uint32_t changes = next_random(&state) % 8 + 1; changes && size; changes--)
            copy[next_random(&state) % size] = (uint8_t)next_random(&state);
        LLVMFuzzerTestOneInput(copy, size ? next_random(&state) % size + 1 : 0);
        free(copy);
    }
}

TEST("so does the corpus with bytes changed and cut")
{
    each_seed(mutated);
}

/* Marks without end and one letter; utf8proc alone would take hours. */
TEST("a million marks after one letter take no more than their time")
{
    enum { MARKS = 1000000 };
    buffer text = BUFFER_INIT, out = BUFFER_INIT, key = BUFFER_INIT;
    text_report report = {0};
    buffer_byte(&text, 'a');
    for (int i = 0; i < MARKS; i++)
        buffer_text(&text, i % 2 ? "\xCC\x81" : "\xCC\xA3");
    text_display(all(&text), ENCODING_AUTO, &out, &report);
    text_key(all(&out), &key);
    assert_true(text_is_utf8(all(&out)));
    assert_int_equal(key.size, strlen("ạ"));
    buffer_free(&text);
    buffer_free(&out);
    buffer_free(&key);
}
