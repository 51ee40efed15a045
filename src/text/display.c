/* D0 → D1: decoding, cleaning, and repair of look-alikes. */
#include "text/clean.h"
#include "text/legacy.h"
#include "text/lookalike.h"
#include "text/tables.h"
#include "text/utf8.h"

#include <string.h>

static bool is_letter_byte(unsigned char c)
{
    return c >= 0x80 || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* A question mark or U+FFFD inside a word stands for a letter that was lost before we got the text.
 * Addresses (watch?v=) are none. */
static size_t count_lost(slice s)
{
    size_t lost = 0;
    const char *start = s.bytes, *end = s.bytes + s.size;
    for (const char *p = start; (p = memchr(p, '?', (size_t)(end - p))) != NULL; p++) {
        if (p == start || p + 1 == end || !is_letter_byte((unsigned char)p[-1]) ||
            !is_letter_byte((unsigned char)p[1]))
            continue;
        const char *from = p, *to = p;
        while (from > start && !strchr(" \n", from[-1]))
            from--;
        while (to < end && !strchr(" \n", *to))
            to++;
        lost += !memchr(from, '/', (size_t)(to - from)) && !memchr(from, '=', (size_t)(to - from));
        p = to - 1;
    }
    for (const char *p = start; (p = memmem(p, (size_t)(end - p), "\xEF\xBF\xBD", 3)); p += 3)
        lost++;
    return lost;
}

/* Cleans Unicode text into `out`; everything but the trimming of its end. */
static void display_unicode(slice utf8, size_t floor, buffer *out, text_report *report)
{
    size_t start = out->size;
    cleaner k = cleaner_start(out, floor, report);
    clean(&k, utf8);
    /* Composition may have reached back before what this call appended. */
    size_t from = start < out->size ? start : out->size;
    if (k.says & SAYS_LOOKALIKE)
        lookalike_repair(out, from, report);
    report->lost += count_lost((slice){out->bytes + from, out->size - from});
}

static void display_legacy(text_encoding from, slice bytes, size_t floor, buffer *out,
                           text_report *report)
{
    buffer utf8 = BUFFER_INIT;
    if (legacy_decode(from, bytes, &utf8)) {
        report->converted += bytes.size;
        report->encoding = from;
        display_unicode((slice){utf8.bytes, utf8.size}, floor, out, report);
    } else {
        display_unicode(bytes, floor, out, report);
    }
    out->failed |= utf8.failed;
    buffer_free(&utf8);
}

void text_display_run(slice utf8, const char *font, buffer *out, text_report *report)
{
    text_encoding from = text_encoding_of_font(font);
    buffer bytes = BUFFER_INIT;
    if (from != ENCODING_AUTO && legacy_bytes(utf8, &bytes))
        display_legacy(from, (slice){bytes.bytes, bytes.size}, 0, out, report);
    else
        display_unicode(utf8, 0, out, report);
    buffer_free(&bytes);
    if (report->encoding == ENCODING_AUTO)
        report->encoding = ENCODING_UTF8;
}

void text_display(slice raw, text_encoding from, buffer *out, text_report *report)
{
    if (raw.size >= 3 && memcmp(raw.bytes, "\xEF\xBB\xBF", 3) == 0)
        raw = (slice){raw.bytes + 3, raw.size - 3};
    size_t floor = out->size;
    if (from >= ENCODING_TCVN3)
        display_legacy(from, raw, floor, out, report);
    else
        display_unicode(raw, floor, out, report);
    cleaner k = cleaner_start(out, floor, report);
    clean_trim(&k);
    if (report->encoding == ENCODING_AUTO)
        report->encoding = ENCODING_UTF8;
}
