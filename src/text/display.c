/* D0 → D1: a whole text's paragraphs, each in the encoding it was written in. */
#include "text/display.h"

#include "text/clean.h"
#include "text/detect.h"
#include "text/legacy.h"
#include "text/lookalike.h"
#include "text/syllable.h"
#include "text/utf8.h"

#include <limits.h>
#include <string.h>

enum { AHEAD = 32 }; /* paragraphs looked at for a decided neighbour */

/* ---- what is lost for good ---- */
static bool is_letter_byte(unsigned char c)
{
    return c >= 0x80 || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* A question mark inside a word stands for a letter that was lost before we got the text. Addresses
 * (watch?v=) are none. One a word. */
static size_t count_lost(slice s)
{
    size_t lost = 0;
    const char *start = s.bytes, *end = s.bytes + s.size;
    for (const char *p = start; (p = memchr(p, '?', (size_t)(end - p))) != NULL; p++) {
        if (p == start || p + 1 == end || !is_letter_byte((unsigned char)p[-1]) ||
            !is_letter_byte((unsigned char)p[1]))
            continue;
        const char *from = p, *to = p;
        while (from > start && from[-1] != ' ' && from[-1] != '\n')
            from--;
        while (to < end && *to != ' ' && *to != '\n')
            to++;
        lost += !memchr(from, '/', (size_t)(to - from)) && !memchr(from, '=', (size_t)(to - from));
        p = to - 1;
    }
    return lost;
}

/* TCVN3 has no toned capitals: a small toned letter beside a capital, or at the start of a word after a
 * capitalised one, may have been meant as one. */
static size_t count_case_lost(slice utf8)
{
    const uint8_t *p = (const uint8_t *)utf8.bytes, *end = p + utf8.size;
    size_t lost = 0;
    unsigned before = 0;
    bool after_capitalised = false, capitalised = false;
    while (p < end) {
        uint32_t c;
        bool bad;
        p += utf8_next(p, end, &c, &bad);
        unsigned letter = letter_at(c);
        bool small_toned = letter && tone_part(letter) && case_part(letter) == CASE_LOWER;
        if (letter && !before) {
            lost += small_toned && after_capitalised;
            capitalised = case_part(letter) == CASE_UPPER;
        } else if (small_toned && before && case_part(before) == CASE_UPPER) {
            const uint8_t *next = p;
            uint32_t follows = 0;
            if (next < end)
                utf8_next(next, end, &follows, &bad);
            lost += letter_at(follows) && case_part(letter_at(follows)) == CASE_UPPER;
        }
        if (!letter && before)
            after_capitalised = capitalised && c == ' ';
        before = letter;
    }
    return lost;
}

/* ---- one paragraph in a known encoding ---- */
static unsigned show_unicode(slice utf8, size_t floor, buffer *out, text_report *report)
{
    size_t start = out->size;
    cleaner k = cleaner_start(out, floor, report);
    clean(&k, utf8);
    /* Composition may have reached back before what this call appended. */
    size_t from = start < out->size ? start : out->size;
    if (k.says & SAYS_LOOKALIKE)
        lookalike_repair(out, from, report);
    report->lost += count_lost((slice){out->bytes + from, out->size - from});
    return k.says;
}

static void show_legacy(text_encoding from, slice bytes, size_t floor, buffer *out,
                        text_report *report)
{
    buffer utf8 = BUFFER_INIT;
    if (legacy_decode(from, bytes, &utf8)) {
        slice text = {utf8.bytes, utf8.size};
        report->converted += bytes.size;
        report->encoding = from;
        show_unicode(text, floor, out, report);
        if (from == ENCODING_TCVN3)
            report->case_lost += count_case_lost(text);
    } else {
        show_unicode(bytes, floor, out, report);
    }
    out->failed |= utf8.failed;
    buffer_free(&utf8);
}

/* Bytes as they are, or those the characters were mistaken for when the text came as UTF-8. */
static slice own_bytes(slice text, buffer *scratch)
{
    if (text_is_utf8(text) && legacy_bytes(text, scratch))
        return (slice){scratch->bytes, scratch->size};
    return text;
}

static void show_named(text_encoding from, slice text, size_t floor, buffer *out,
                       text_report *report)
{
    buffer scratch = BUFFER_INIT;
    if (from == ENCODING_UTF8)
        show_unicode(text, floor, out, report);
    else
        show_legacy(from, own_bytes(text, &scratch), floor, out, report);
    buffer_free(&scratch);
}

/* ---- paragraphs of unknown encoding ---- */
typedef enum { SEEN_NOTHING, SEEN_UNICODE, SEEN_BYTES } seen;

static seen what_is_seen(unsigned said, size_t malformed)
{
    if (said & SAYS_VIETNAMESE)
        return SEEN_UNICODE;
    return malformed || said & SAYS_BYTE ? SEEN_BYTES : SEEN_NOTHING;
}

static detection detect_paragraph(slice text)
{
    buffer scratch = BUFFER_INIT;
    detection d = {.best = ENCODING_UTF8, .decided = true};
    bool utf8 = text_is_utf8(text);
    if (!utf8 || legacy_bytes(text, &scratch))
        d = detect_encoding(utf8 ? (slice){scratch.bytes, scratch.size} : text);
    else
        d.cost[ENCODING_UTF8] = 0;
    buffer_free(&scratch);
    return d;
}

slice display_first_paragraph(slice s)
{
    const char *newline = memchr(s.bytes, '\n', s.size);
    return (slice){s.bytes, newline ? (size_t)(newline - s.bytes) + 1 : s.size};
}

/* The encoding of the first decided paragraph of `rest`, ENCODING_AUTO when there is none near. */
static text_encoding look_ahead(slice rest)
{
    for (int i = 0; i < AHEAD && rest.size; i++) {
        slice p = display_first_paragraph(rest);
        rest = (slice){rest.bytes + p.size, rest.size - p.size};
        buffer ignored = BUFFER_INIT;
        text_report report = {0};
        cleaner k = cleaner_start(&ignored, 0, &report);
        clean(&k, p);
        buffer_free(&ignored);
        seen is = what_is_seen(k.says, report.malformed);
        if (is == SEEN_UNICODE)
            return ENCODING_UTF8;
        if (is == SEEN_BYTES) {
            detection d = detect_paragraph(p);
            if (d.decided && d.best != ENCODING_UTF8)
                return d.best;
        }
    }
    return ENCODING_AUTO;
}

/* What an undecided paragraph takes from its neighbours: their encoding, when they agree. */
static text_encoding of_neighbours(display_state *state, const detection *d, slice rest,
                                   bool malformed)
{
    if (rest.bytes >= state->next_until) {
        state->next = look_ahead(rest);
        state->next_until = rest.bytes;
    }
    text_encoding before = state->previous, after = state->next;
    text_encoding both = before == ENCODING_AUTO ? after : before;
    if (after != ENCODING_AUTO && after != both)
        return ENCODING_UTF8;
    if (both < ENCODING_TCVN3 || d->cost[both] == UINT_MAX)
        return malformed && both >= ENCODING_TCVN3 && both != ENCODING_MOJIBAKE ? both
                                                                                : ENCODING_UTF8;
    return malformed || d->cost[both] < d->cost[ENCODING_UTF8] + DETECT_MARGIN ? both
                                                                               : ENCODING_UTF8;
}

/* Decides a paragraph whose bytes may be of a legacy encoding. ENCODING_UTF8: it stays as it is. */
static text_encoding decide(display_state *state, slice paragraph, slice rest, size_t malformed,
                            text_report *report)
{
    if (!malformed && state->previous == ENCODING_UTF8 && detect_reads_well(paragraph))
        return ENCODING_UTF8;
    detection d = detect_paragraph(paragraph);
    if (d.decided && d.best != ENCODING_UTF8) {
        report->lost += d.holed;
        state->previous = d.best;
        return d.best;
    }
    if (d.decided && !malformed)
        return ENCODING_UTF8;
    text_encoding found = of_neighbours(state, &d, rest, malformed != 0);
    report->undecided += found == ENCODING_UTF8;
    return found;
}

static void show_paragraph(display_state *state, slice paragraph, slice rest, buffer *out,
                           text_report *report)
{
    size_t start = out->size;
    text_report before = *report;
    unsigned said = show_unicode(paragraph, state->floor, out, report);
    size_t malformed = report->malformed - before.malformed;
    switch (what_is_seen(said, malformed)) {
    case SEEN_UNICODE: state->previous = ENCODING_UTF8; return;
    case SEEN_NOTHING:
        if (!memchr(paragraph.bytes, '^', paragraph.size) || !detect_viqr(paragraph))
            return;
        *report = before;
        buffer_end(out, start);
        show_legacy(ENCODING_VIQR, paragraph, state->floor, out, report);
        return;
    case SEEN_BYTES: break;
    }
    text_report decided = before;
    text_encoding from = decide(state, paragraph, rest, malformed, &decided);
    if (from == ENCODING_UTF8) {
        report->undecided = decided.undecided;
        return;
    }
    *report = decided;
    buffer_end(out, start);
    show_named(from, paragraph, state->floor, out, report);
}

void display_paragraph(display_state *state, slice paragraph, slice rest, buffer *out,
                       text_report *report)
{
    if (state->from == ENCODING_AUTO)
        show_paragraph(state, paragraph, rest, out, report);
    else
        show_named(state->from, paragraph, state->floor, out, report);
}

void display_paragraphs(display_state *state, slice text, buffer *out, text_report *report)
{
    while (text.size) {
        slice p = display_first_paragraph(text);
        text = (slice){text.bytes + p.size, text.size - p.size};
        display_paragraph(state, p, text, out, report);
    }
    state->next_until = NULL;
    if (report->encoding == ENCODING_AUTO)
        report->encoding = ENCODING_UTF8;
}

void display_end(const display_state *state, buffer *out)
{
    text_report ignored = {0};
    cleaner k = cleaner_start(out, state->floor, &ignored);
    clean_trim(&k);
}

/* ---- UTF-16 ---- */
static uint32_t unit_at(slice s, size_t i, bool big)
{
    uint8_t a = (uint8_t)s.bytes[i], b = (uint8_t)s.bytes[i + 1];
    return big ? (uint32_t)(a << 8 | b) : (uint32_t)(b << 8 | a);
}

void display_from_utf16(slice s, text_encoding from, buffer *out, text_report *report)
{
    bool big = from == ENCODING_UTF16BE;
    for (size_t i = 0; i < s.size; i += 2) {
        uint32_t c = i + 1 < s.size ? unit_at(s, i, big) : REPLACEMENT;
        bool bad = i + 1 >= s.size || (c >= 0xD800 && c < 0xE000);
        if (c >= 0xD800 && c < 0xDC00 && i + 3 < s.size) {
            uint32_t low = unit_at(s, i + 2, big);
            if (low >= 0xDC00 && low < 0xE000) {
                c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
                bad = false;
                i += 2;
            }
        }
        report->malformed += bad;
        uint8_t bytes[4];
        buffer_put(out, bytes, utf8_put(bytes, bad ? REPLACEMENT : c));
    }
}

text_encoding display_sniff(slice raw, size_t *skip)
{
    const uint8_t *b = (const uint8_t *)raw.bytes;
    *skip = 0;
    if (raw.size >= 3 && memcmp(b, "\xEF\xBB\xBF", 3) == 0) {
        *skip = 3;
        return ENCODING_AUTO;
    }
    if (raw.size >= 2 && (memcmp(b, "\xFF\xFE", 2) == 0 || memcmp(b, "\xFE\xFF", 2) == 0)) {
        *skip = 2;
        return b[0] == 0xFF ? ENCODING_UTF16LE : ENCODING_UTF16BE;
    }
    size_t zero[2] = {0}, high[2] = {0}, size = raw.size < 4096 ? raw.size : 4096;
    if (!size || !memchr(b, 0, size))
        return ENCODING_AUTO;
    for (size_t i = 0; i < size; i++) {
        zero[i & 1] += b[i] == 0;
        high[i & 1] += b[i] == 0x1E;
    }
    /* ASCII letters have a zero byte, Vietnamese ones 1E, on one side only. */
    for (size_t side = 0; side < 2; side++)
        if (10 * (zero[side] + high[side]) >= 3 * (size / 2) && zero[side] && !zero[!side] &&
            size >= 4)
            return side ? ENCODING_UTF16LE : ENCODING_UTF16BE;
    return ENCODING_AUTO;
}

/* ---- the contract of chamthi/text.h ---- */
void text_display_run(slice utf8, const char *font, buffer *out, text_report *report)
{
    text_encoding from = text_encoding_of_font(font);
    display_state state = {.from = from, .floor = 0};
    buffer bytes = BUFFER_INIT;
    /* Letters that no byte stands for are Unicode, whatever the font is called. */
    if (from != ENCODING_AUTO && !legacy_bytes(utf8, &bytes))
        state.from = ENCODING_UTF8;
    display_paragraphs(&state, utf8, out, report);
    buffer_free(&bytes);
}

void text_display(slice raw, text_encoding from, buffer *out, text_report *report)
{
    size_t skip;
    text_encoding sniffed = display_sniff(raw, &skip);
    display_state state = {.from = from, .floor = out->size};
    if (from == ENCODING_AUTO || from == ENCODING_UTF8 || sniffed == from)
        raw = (slice){raw.bytes + skip, raw.size - skip};
    if (from == ENCODING_AUTO && sniffed != ENCODING_AUTO)
        state.from = sniffed;
    buffer utf8 = BUFFER_INIT;
    if (state.from == ENCODING_UTF16LE || state.from == ENCODING_UTF16BE) {
        display_from_utf16(raw, state.from, &utf8, report);
        report->encoding = state.from;
        raw = (slice){utf8.bytes, utf8.size};
        state.from = ENCODING_UTF8;
    }
    display_paragraphs(&state, raw, out, report);
    display_end(&state, out);
    out->failed |= utf8.failed;
    buffer_free(&utf8);
}
