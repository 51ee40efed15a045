/* Texts of any length in constant memory.
 *
 * Bytes wait until a paragraph is complete. D1 is held back by a few bytes, since blanks, line ends and
 * marks still change with what follows. Keys are made straight from paragraphs of genuine Unicode, and
 * from their D1 where there is anything to decide. */
#include "text/display.h"
#include "text/memo.h"
#include "text/tables.h"

#include <stdlib.h>
#include <string.h>

enum {
    SNIFF = 4096,        /* bytes that tell UTF-16 from others */
    PARAGRAPH = 1 << 20, /* longer ones are cut at a blank */
    HELD = 256,          /* bytes of D1 that wait */
    PIECE = 1 << 18      /* bytes taken at a time */
};

struct text_stream {
    text_output form;
    display_state state;
    text_encoding wide; /* UTF-16, or ENCODING_AUTO */
    bool sniffed;
    buffer raw;   /* UTF-16 units, or the first bytes, not taken yet */
    buffer text;  /* bytes of paragraphs not taken yet */
    buffer shown; /* D1 not given out yet */
    int ends;     /* line ends given out in a row, two at most */
    bool inside;  /* the line given out last is not ended, and not empty */
    text_memo *memo;
    text_report report;
    text_count count;
};

text_stream *text_stream_new(text_output form, text_encoding from)
{
    text_stream *s = calloc(1, sizeof *s);
    if (!s)
        return NULL;
    s->form = form;
    s->state.from = from;
    s->raw = s->text = s->shown = (buffer)BUFFER_INIT;
    s->memo = text_memo_new();
    if (!s->memo) {
        free(s);
        return NULL;
    }
    return s;
}

void text_stream_free(text_stream *s)
{
    if (!s)
        return;
    buffer_free(&s->raw);
    buffer_free(&s->text);
    buffer_free(&s->shown);
    text_memo_free(s->memo);
    free(s);
}

const text_report *text_stream_report(const text_stream *s)
{
    return &s->report;
}

text_count text_stream_count(const text_stream *s)
{
    return s->count;
}

static void drop_front(buffer *b, size_t size)
{
    memmove(b->bytes, b->bytes + size, b->size - size);
    buffer_end(b, b->size - size);
}

/* ---- D1 out ---- */
static void add_count(text_count *sum, text_count n)
{
    sum->words += n.words;
    sum->syllables += n.syllables;
    sum->judged += n.judged;
    sum->valid += n.valid;
    sum->plain += n.plain;
    sum->bare += n.bare;
}

/* Gives out D1 up to the last blank or line end before the held bytes, so that no word is cut. */
static void give_display(text_stream *s, size_t keep, buffer *out)
{
    size_t size = s->shown.size > keep ? s->shown.size - keep : 0;
    while (keep && size && s->shown.bytes[size - 1] != '\n' && s->shown.bytes[size - 1] != ' ')
        size--;
    if (!size && s->shown.size > PARAGRAPH) /* no blank in a million bytes */
        size = text_cut((slice){s->shown.bytes, s->shown.size}, s->shown.size - keep);
    if (!size)
        return;
    add_count(&s->count, text_measure_with(s->memo, (slice){s->shown.bytes, size}));
    buffer_put(out, s->shown.bytes, size);
    drop_front(&s->shown, size);
}

/* ---- keys out ---- */
static void put_line_end(text_stream *s, bool empty, buffer *out)
{
    if (!empty || s->inside)
        s->ends = 0;
    if (s->ends < 2) {
        buffer_byte(out, '\n');
        s->ends++;
    }
    s->inside = false;
}

/* The key of D1, which may hold several lines, or the part of one. */
static void give_keys_of_display(text_stream *s, slice d1, buffer *out)
{
    while (d1.size) {
        const char *newline = memchr(d1.bytes, '\n', d1.size);
        size_t size = newline ? (size_t)(newline - d1.bytes) : d1.size;
        size_t before = out->size;
        if (s->inside)
            buffer_byte(out, ' ');
        size_t start = out->size;
        memo_keys(s->memo, s->form, (slice){d1.bytes, size}, out);
        if (out->size == start)
            buffer_end(out, before);
        s->inside |= size != 0;
        if (newline)
            put_line_end(s, size == 0, out);
        size += newline != NULL;
        d1 = (slice){d1.bytes + size, d1.size - size};
    }
}

static bool is_blank_line(slice line)
{
    for (size_t i = 0; i < line.size; i++)
        if ((unsigned char)line.bytes[i] > ' ')
            return false;
    return true;
}

/* True when D1 has controls to drop or line ends to make; tabs, and one CR before the line end, need not
 * be looked at. */
static bool has_controls(slice line)
{
    const uint64_t ones = UINT64_C(0x0101010101010101), high = UINT64_C(0x8080808080808080);
    size_t i = 0;
    for (; i < line.size; i++) {
        uint64_t eight;
        for (; line.size - i >= 8; i += 8) { /* a byte below 20 borrows into its high bit */
            memcpy(&eight, line.bytes + i, 8);
            uint64_t del = eight ^ 0x7F * ones;
            if ((((eight - 0x20 * ones) & ~eight) | ((del - ones) & ~del)) & high)
                break;
        }
        unsigned char c = i < line.size ? (unsigned char)line.bytes[i] : ' ';
        bool end = c == '\r' && i + 1 == line.size;
        if ((c < ' ' && c != '\t' && !end) || c == 0x7F)
            return true;
    }
    return false;
}

/* True when a paragraph said nothing that D1 would have to decide. */
static bool needs_no_display(unsigned said, slice line)
{
    bool doubtful = said & SAYS_BYTE && !(said & SAYS_VIETNAMESE);
    bool marked = !said && memchr(line.bytes, '^', line.size);
    return !doubtful && !marked && !(said & MEMO_BROKEN) && !has_controls(line);
}

static void give_key(text_stream *s, slice paragraph, slice rest, buffer *out)
{
    bool ends = paragraph.bytes[paragraph.size - 1] == '\n';
    slice line = {paragraph.bytes, paragraph.size - ends};
    if ((s->state.from == ENCODING_AUTO || s->state.from == ENCODING_UTF8) && !s->inside && ends) {
        size_t before = out->size;
        unsigned said = memo_keys(s->memo, s->form, line, out);
        if (needs_no_display(said, line)) {
            if (said & SAYS_VIETNAMESE)
                s->state.previous = ENCODING_UTF8;
            put_line_end(s, is_blank_line(line), out);
            return;
        }
        buffer_end(out, before);
    }
    buffer_clear(&s->shown);
    display_paragraph(&s->state, paragraph, rest, &s->shown, &s->report);
    give_keys_of_display(s, (slice){s->shown.bytes, s->shown.size}, out);
    buffer_clear(&s->shown);
}

/* ---- paragraphs in ---- */
static void take_paragraphs(text_stream *s, slice text, buffer *out)
{
    if (s->form == TEXT_D1) {
        display_paragraphs(&s->state, text, &s->shown, &s->report);
        give_display(s, HELD, out);
        return;
    }
    while (text.size) {
        slice p = display_first_paragraph(text);
        text = (slice){text.bytes + p.size, text.size - p.size};
        give_key(s, p, text, out);
    }
    s->state.next_until = NULL;
}

/* How much of s->text is whole paragraphs, or a cut of one that is too long. */
static size_t ready(const text_stream *s)
{
    const char *newline = memrchr(s->text.bytes, '\n', s->text.size);
    if (newline)
        return (size_t)(newline - s->text.bytes) + 1;
    if (s->text.size < PARAGRAPH)
        return 0;
    const char *blank = memrchr(s->text.bytes, ' ', s->text.size);
    return blank ? (size_t)(blank - s->text.bytes) + 1
                 : text_cut((slice){s->text.bytes, s->text.size}, s->text.size - 4);
}

typedef enum { MORE_COMES, LAST } position;

static void take_text(text_stream *s, slice text, position where, buffer *out)
{
    buffer_put(&s->text, text.bytes, text.size);
    size_t size = where == LAST ? s->text.size : ready(s);
    if (!size)
        return;
    take_paragraphs(s, (slice){s->text.bytes, size}, out);
    drop_front(&s->text, size);
}

/* ---- bytes in ---- */
/* Whole characters of UTF-16 from s->raw. */
static void take_wide(text_stream *s, position where, buffer *out)
{
    size_t size = s->raw.size & ~(size_t)1;
    size_t high =
        s->wide == ENCODING_UTF16LE ? 1 : 2; /* the high byte of the last unit, from its end */
    if (size && ((uint8_t)s->raw.bytes[size - high] & 0xFC) == 0xD8)
        size -= 2;
    if (where == LAST)
        size = s->raw.size;
    buffer utf8 = BUFFER_INIT;
    display_from_utf16((slice){s->raw.bytes, size}, s->wide, &utf8, &s->report);
    drop_front(&s->raw, size);
    take_text(s, (slice){utf8.bytes, utf8.size}, where, out);
    out->failed |= utf8.failed;
    buffer_free(&utf8);
}

static void sniff(text_stream *s)
{
    size_t skip;
    text_encoding is = display_sniff((slice){s->raw.bytes, s->raw.size}, &skip);
    text_encoding from = s->state.from;
    bool wide = from == ENCODING_UTF16LE || from == ENCODING_UTF16BE;
    s->sniffed = true;
    if (from == ENCODING_AUTO || from == ENCODING_UTF8 || is == from)
        drop_front(&s->raw, skip);
    if (from == ENCODING_AUTO)
        s->wide = is;
    else if (wide)
        s->wide = from;
    if (s->wide != ENCODING_AUTO) {
        s->report.encoding = s->wide;
        s->state.from = ENCODING_UTF8;
    }
}

static void take(text_stream *s, position where, buffer *out)
{
    if (!s->sniffed && s->raw.size < SNIFF && where != LAST)
        return;
    if (!s->sniffed)
        sniff(s);
    if (s->wide != ENCODING_AUTO) {
        take_wide(s, where, out);
        return;
    }
    take_text(s, (slice){s->raw.bytes, s->raw.size}, where, out);
    buffer_clear(&s->raw);
}

void text_stream_feed(text_stream *s, slice bytes, buffer *out)
{
    while (bytes.size) {
        slice piece = {bytes.bytes, bytes.size < PIECE ? bytes.size : PIECE};
        bytes = (slice){bytes.bytes + piece.size, bytes.size - piece.size};
        if (s->sniffed && s->wide == ENCODING_AUTO) {
            take_text(s, piece, MORE_COMES, out);
        } else {
            buffer_put(&s->raw, piece.bytes, piece.size);
            take(s, MORE_COMES, out);
        }
    }
    out->failed |= s->raw.failed || s->text.failed || s->shown.failed;
}

void text_stream_end(text_stream *s, buffer *out)
{
    take(s, LAST, out);
    if (s->form == TEXT_D1) {
        display_end(&s->state, &s->shown);
        give_display(s, 0, out);
    }
    if (s->report.encoding == ENCODING_AUTO)
        s->report.encoding = ENCODING_UTF8;
    out->failed |= s->raw.failed || s->text.failed || s->shown.failed;
}
