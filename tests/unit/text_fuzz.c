/* Bad input: the fuzzer's corpus, and bytes changed at random but always the same way. */
#include "test.h"

#include "../fuzz/text.c"
#include "seed.h"

TEST("the fuzzer's corpus goes through")
{
    each_seed("fixtures/fuzz/text", LLVMFuzzerTestOneInput);
}

TEST("so does the corpus with bytes changed and cut")
{
    each_seed("fixtures/fuzz/text", mutated);
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
