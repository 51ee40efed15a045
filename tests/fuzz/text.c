/* Any bytes through the text room: valid UTF-8 comes out, never longer than three times what went in;
 * every form is its own form; a stream gives what the whole text gives. */
#include "chamthi/text.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void must(bool holds, const char *what)
{
    if (!holds) {
        fprintf(stderr, "fuzz: %s\n", what);
        abort();
    }
}

static slice all(const buffer *b)
{
    return (slice){b->bytes, b->size};
}

static bool same(const buffer *a, const buffer *b)
{
    return a->size == b->size && memcmp(a->bytes, b->bytes, a->size) == 0;
}

static void check_key(slice d1, void (*key)(slice, buffer *), text_output form, text_memo *memo)
{
    buffer once = BUFFER_INIT, twice = BUFFER_INIT, quick = BUFFER_INIT, again = BUFFER_INIT;
    key(d1, &once);
    key(all(&once), &twice);
    text_keys(memo, form, d1, &quick);
    text_keys(memo, form, d1, &again);
    must(text_is_utf8(all(&once)), "a key is valid UTF-8");
    must(same(&once, &twice), "a key is its own key");
    must(same(&once, &quick) && same(&once, &again), "a memo changes no key");
    buffer_free(&once);
    buffer_free(&twice);
    buffer_free(&quick);
    buffer_free(&again);
}

/* Each form can be made from the one before. */
static void check_chain(slice d1)
{
    buffer k1 = BUFFER_INIT, k2 = BUFFER_INIT, k3 = BUFFER_INIT, chained = BUFFER_INIT;
    text_key(d1, &k1);
    text_variant(d1, &k2);
    text_fold(d1, &k3);
    text_variant(all(&k1), &chained);
    must(same(&k2, &chained), "K2 is K2 of K1");
    buffer_clear(&chained);
    text_fold(all(&k2), &chained);
    must(same(&k3, &chained), "K3 is K3 of K2");
    buffer_free(&k1);
    buffer_free(&k2);
    buffer_free(&k3);
    buffer_free(&chained);
}

static void check_counts(slice d1, text_memo *memo)
{
    text_count a = text_measure(d1), b = text_measure_with(memo, d1),
               c = text_measure_with(memo, d1);
    must(memcmp(&a, &b, sizeof a) == 0 && memcmp(&a, &c, sizeof a) == 0, "a memo changes no count");
    must(a.valid <= a.judged && a.bare <= a.plain, "parts are not more than the whole");
    must(a.judged + a.plain <= a.syllables, "a syllable is judged once");
}

/* Fed in pieces of `step` bytes. */
static void check_stream(slice raw, text_encoding from, text_output form, size_t step,
                         const buffer *wanted)
{
    text_stream *s = text_stream_new(form, from);
    buffer out = BUFFER_INIT;
    must(s != NULL, "memory");
    for (size_t at = 0; at < raw.size; at += step)
        text_stream_feed(s, (slice){raw.bytes + at, raw.size - at < step ? raw.size - at : step},
                         &out);
    text_stream_end(s, &out);
    must(same(&out, wanted), "a stream gives what the whole text gives");
    text_stream_free(s);
    buffer_free(&out);
}

static void keys_of_lines(slice d1, text_memo *memo, buffer *out)
{
    while (d1.size) {
        const char *newline = memchr(d1.bytes, '\n', d1.size);
        size_t size = newline ? (size_t)(newline - d1.bytes) : d1.size;
        text_keys(memo, TEXT_K1, (slice){d1.bytes, size}, out);
        if (newline)
            buffer_byte(out, '\n');
        size += newline != NULL;
        d1 = (slice){d1.bytes + size, d1.size - size};
    }
}

static void check_name(slice d1)
{
    buffer key = BUFFER_INIT;
    text_sort_key(d1, SORT_NAMES, &key);
    must(!key.failed, "a sort key is made");
    must(d1.size > 64 || name_compare(d1, d1) != NAME_ASK, "a name is like itself");
    buffer_free(&key);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    if (!size)
        return 0;
    static const char *const fonts[] = {NULL, ".VnTime", ".VnTimeH", "VNI-Times"};
    text_encoding from = (text_encoding)(bytes[0] % ENCODING_COUNT);
    slice raw = {(const char *)bytes + 1, size - 1};
    buffer d1 = BUFFER_INIT, twice = BUFFER_INIT, run = BUFFER_INIT, keys = BUFFER_INIT;
    text_report report = {0}, ignored = {0};
    static text_memo *memo; /* kept from input to input: it must change nothing */
    if (!memo)
        memo = text_memo_new();
    text_display(raw, from, &d1, &report);
    must(!d1.failed && text_is_utf8(all(&d1)), "D1 is valid UTF-8");
    must(d1.size <= 3 * raw.size + 3, "D1 is at most three times as long");
    text_display(all(&d1), ENCODING_UTF8, &twice, &ignored);
    must(same(&d1, &twice), "D1 is its own D1");
    text_display_run(raw, fonts[bytes[0] % 4], &run, &ignored);
    must(text_is_utf8(all(&run)) && run.size <= 3 * raw.size + 3,
         "a run is valid and not too long");
    check_key(all(&d1), text_key, TEXT_K1, memo);
    check_key(all(&d1), text_variant, TEXT_K2, memo);
    check_key(all(&d1), text_fold, TEXT_K3, memo);
    check_chain(all(&d1));
    check_counts(all(&d1), memo);
    check_name(all(&d1));
    check_stream(raw, from, TEXT_D1, 1 + bytes[0] / 16, &d1);
    keys_of_lines(all(&d1), memo, &keys);
    check_stream(raw, from, TEXT_K1, 1 + bytes[0] / 16, &keys);
    buffer_free(&d1);
    buffer_free(&twice);
    buffer_free(&run);
    buffer_free(&keys);
    return 0;
}
