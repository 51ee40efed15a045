/* The character-level work of D1: controls, blanks, line ends, invisible characters, NFC.
 *
 * Most characters need nothing and are copied sixteen bytes at a time; the tables tell which do not. */
#include "text/clean.h"

#include "text/normal.h"
#include "text/tables.h"
#include "text/utf8.h"

#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

enum {
    BLOCK = 64 * 1024,
    CHUNK = 16,
    ROOM = 2 * CHUNK + 2 /* a chunk, what its last character may have beyond it, and once more */
};

cleaner cleaner_start(buffer *out, size_t floor, text_report *report)
{
    return (cleaner){.out = out, .report = report, .floor = floor, .dirty = SIZE_MAX};
}

int mark_index(uint32_t c)
{
    static const int8_t of[] = {[0x00] = 1, [0x01] = 2, [0x02] = 3, [0x03] = 4,
                                [0x06] = 5, [0x09] = 6, [0x1B] = 7, [0x23] = 8};
    return c - 0x300 < sizeof of ? of[c - 0x300] - 1 : -1;
}

/* True when text may be cut before c and both parts normalised alone. */
static bool is_safe(uint32_t c)
{
    if (c < 0x10000)
        return nfc_safe[c >> 3] >> (c & 7) & 1;
    return (c >= 0x1F000 && c < 0x1FB00) || (c >= 0x20000 && c < 0x2F800);
}

/* ---- the end of what was written ---- */
static uint8_t *tail_start(const cleaner *k)
{
    const uint8_t *floor = (const uint8_t *)k->out->bytes + k->floor;
    const uint8_t *end = (const uint8_t *)k->out->bytes + k->out->size;
    return (uint8_t *)utf8_back(floor, end);
}

static uint32_t character_at(const uint8_t *p, const uint8_t *end)
{
    uint32_t c;
    bool bad;
    utf8_next(p, end, &c, &bad);
    return c;
}

static uint32_t tail_character(const cleaner *k)
{
    if (k->out->size <= k->floor)
        return 0;
    return character_at(tail_start(k), (const uint8_t *)k->out->bytes + k->out->size);
}

static bool ends_with(const cleaner *k, const char *text)
{
    size_t size = strlen(text);
    return k->out->size >= k->floor + size &&
           memcmp(k->out->bytes + k->out->size - size, text, size) == 0;
}

/* Normalises what was appended since the last safe character. */
static void settle(cleaner *k)
{
    if (k->dirty == SIZE_MAX)
        return;
    buffer normal = BUFFER_INIT;
    normal_append((slice){k->out->bytes + k->dirty, k->out->size - k->dirty}, NORMAL_NFC, &normal);
    buffer_end(k->out, k->dirty);
    buffer_put(k->out, normal.bytes, normal.size);
    k->out->failed |= normal.failed;
    buffer_free(&normal);
    k->dirty = SIZE_MAX;
}

static void put(cleaner *k, uint32_t c)
{
    uint8_t bytes[4];
    size_t size = utf8_put(bytes, c);
    if (k->out->capacity - k->out->size <= sizeof bytes) {
        buffer_put(k->out, bytes, size);
        return;
    }
    memcpy(k->out->bytes + k->out->size, bytes, sizeof bytes);
    buffer_end(k->out, k->out->size + size);
}

/* ---- characters that need care ---- */
static void put_blank(cleaner *k)
{
    settle(k);
    if (!ends_with(k, " "))
        put(k, ' ');
}

static void put_newline(cleaner *k)
{
    settle(k);
    clean_trim(k);
    if (!ends_with(k, "\n\n"))
        put(k, '\n');
}

/* A mark, or another character that may change with what stands before it. */
static void put_unsafe(cleaner *k, uint32_t c)
{
    int mark = mark_index(c), base = letter_index(tail_character(k));
    if (mark >= 0 && base >= 0 && k->dirty == SIZE_MAX && composed[base][mark]) {
        buffer_end(k->out, (size_t)(tail_start(k) - (uint8_t *)k->out->bytes));
        put(k, composed[base][mark]);
        return;
    }
    if (k->dirty == SIZE_MAX) {
        const uint8_t *all = (const uint8_t *)k->out->bytes, *end = all + k->out->size, *p = end;
        while (p > all + k->floor && (p == end || !is_safe(character_at(p, end))))
            p = utf8_back(all + k->floor, p);
        k->dirty = (size_t)(p - all);
    }
    put(k, c);
}

static bool is_unusual_space(uint32_t c)
{
    return c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x202F || c == 0x205F ||
           c == 0x3000;
}

static bool is_invisible(uint32_t c)
{
    return c == 0xAD || (c >= 0x200B && c <= 0x200F) || c == 0x2060 ||
           (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0x34F ||
           c == 0x180E || c == 0xFEFF;
}

/* Scripts and emoji in which a zero-width joiner shapes what is seen. */
static bool uses_joiners(uint32_t c)
{
    return (c >= 0x600 && c < 0x1CD0) || (c >= 0xA800 && c < 0xAC00) || c == 0xFE0F ||
           (c >= 0x2600 && c < 0x27C0) || (c >= 0x2B00 && c < 0x2C00) || c >= 0x10A00;
}

/* Handles the one character at p; returns where the next one starts. */
static const uint8_t *take_care(cleaner *k, const uint8_t *p, const uint8_t *end)
{
    uint32_t c;
    bool bad;
    p += utf8_next(p, end, &c, &bad);
    k->report->malformed += bad;
    k->report->lost += c == REPLACEMENT;
    if (c < SAYS_SPAN)
        k->says |= says[c];
    if (c == '\r' && p < end && *p == '\n')
        return p;
    if (c == '\n' || c == '\r' || c == 0x85 || c == 0x2028 || c == 0x2029) {
        put_newline(k);
    } else if (c == ' ' || c == '\t' || is_unusual_space(c)) {
        k->report->unusual_spaces += c > ' ';
        put_blank(k);
    } else if (is_invisible(c)) {
        uint32_t next = p < end ? character_at(p, end) : 0;
        bool joins =
            (c == 0x200C || c == 0x200D) && uses_joiners(tail_character(k)) && uses_joiners(next);
        if (joins)
            put_unsafe(k, c);
        else
            k->report->invisible++;
    } else if (c < 0x20 || (c >= 0x7F && c < 0xA0)) {
        k->report->invisible++;
    } else if (is_safe(c)) {
        settle(k);
        put(k, c);
    } else {
        put_unsafe(k, c);
    }
    return p;
}

/* ---- characters that need none ---- */
/* What sixteen bytes are, a bit for each. */
typedef struct {
    unsigned care;   /* ASCII that is not copied as it is: a control, a blank after a blank */
    unsigned lead;   /* the first byte of a character beyond ASCII */
    unsigned three;  /* of these, of one that has three bytes or more */
    unsigned follow; /* the other bytes of such a character */
} chunk_bits;

#ifdef __SSE2__
static inline chunk_bits look_at(const uint8_t *p, unsigned after_blank)
{
    __m128i v = _mm_loadu_si128((const __m128i *)p); /* comparisons are signed: 80–FF are below 0 */
    unsigned high = (unsigned)_mm_movemask_epi8(v);
    unsigned low = (unsigned)_mm_movemask_epi8(_mm_cmplt_epi8(v, _mm_set1_epi8(' ')));
    unsigned del = (unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(v, _mm_set1_epi8(0x7F)));
    unsigned blank = (unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(v, _mm_set1_epi8(' ')));
    unsigned follow = (unsigned)_mm_movemask_epi8(_mm_cmplt_epi8(v, _mm_set1_epi8(-0x40)));
    unsigned from_e0 = (unsigned)_mm_movemask_epi8(_mm_cmpgt_epi8(v, _mm_set1_epi8(-0x21)));
    return (chunk_bits){(low & ~high) | del | (blank & (blank << 1 | after_blank)), high & ~follow,
                        high & from_e0, follow};
}
#else
static inline chunk_bits look_at(const uint8_t *p, unsigned after_blank)
{
    chunk_bits b = {0};
    for (int i = 0; i < CHUNK; i++) {
        unsigned c = p[i], blank = c == ' ';
        b.care |= (unsigned)(c < ' ' || c == 0x7F || (blank & after_blank)) << i;
        b.lead |= (unsigned)(c >= 0xC0) << i;
        b.three |= (unsigned)(c >= 0xE0) << i;
        b.follow |= (unsigned)((c & 0xC0) == 0x80) << i;
        after_blank = blank;
    }
    return b;
}
#endif

/* The character that ends at o, which is two bytes or more into the text. */
static uint32_t character_before(const uint8_t *o, size_t *size)
{
    if (o[-1] < 0x80) {
        *size = 1;
        return o[-1];
    }
    if (o[-2] >= 0xC0) {
        *size = 2;
        return (uint32_t)(o[-2] & 0x1F) << 6 | (o[-1] & 0x3F);
    }
    *size = 3;
    return (uint32_t)(o[-3] & 0x0F) << 12 | (uint32_t)(o[-2] & 0x3F) << 6 | (o[-1] & 0x3F);
}

/* The mark of two bytes at p joins the character before o; returns its new end, NULL when it cannot. */
static uint8_t *compose_tail(uint8_t *o, const uint8_t *p)
{
    size_t size;
    uint32_t c = (uint32_t)(p[0] & 0x1F) << 6 | (p[1] & 0x3F);
    int mark = (p[1] & 0xC0) == 0x80 ? mark_index(c) : -1;
    uint32_t base = character_before(o, &size);
    int at = letter_index(base);
    if (mark < 0 || at < 0 || !composed[at][mark])
        return NULL;
    return o - size + utf8_put(o - size, composed[at][mark]);
}

/* What the character of two or three bytes at p says, SAYS_CARE when it is none of those the table has.
 * Its size goes to *size. Without branches: in Vietnamese prose two and three bytes alternate at random. */
static inline unsigned ask_table(const uint8_t *p, unsigned *size)
{
    unsigned three = p[0] >= 0xE0;
    unsigned second = p[1] & 0x3F, third = p[2] & 0x3F;
    unsigned c2 = (p[0] & 0x1Fu) << 6 | second;
    unsigned c3 = (p[0] & 0x0Fu) << 12 | second << 6 | third;
    unsigned c = three ? c3 : c2, least = three ? 0x800 : 0x80, most = three ? SAYS_SPAN : 0x800;
    unsigned broken = ((p[1] & 0xC0u) ^ 0x80) | (three ? (p[2] & 0xC0u) ^ 0x80 : 0);
    *size = 2 + three;
    return ((broken == 0) & (p[0] >= 0xC2) & (p[0] < 0xF0) & (c >= least) & (c < most)) ? says[c]
                                                                                        : SAYS_CARE;
}

typedef struct {
    uint8_t *o;           /* where the next byte goes */
    const uint8_t *floor; /* nothing before it is looked at */
    unsigned said;
} copied;

/* Copies chunk by chunk up to the first character that needs care, or to less than ROOM before stop.
 * Characters that need none are the same bytes in and out: a chunk is copied whole and only looked at.
 * A mark joins the letter before it, and what follows moves up. */
static const uint8_t *copy_chunks(copied *w, const uint8_t *p, const uint8_t *stop)
{
    uint8_t *o = w->o;
    unsigned after_blank = o > w->floor && o[-1] == ' ', begun = 0, said = 0, care_at = CHUNK;
    while (care_at == CHUNK && stop - p >= ROOM) {
        chunk_bits b = look_at(p, after_blank);
        unsigned due = b.lead << 1 | b.three << 2 | begun, size, from = 0;
        care_at = (unsigned)__builtin_ctz(b.care | (b.follow & ~due) | 1u << CHUNK);
        memcpy(o, p, CHUNK);
        for (unsigned leads = b.lead & ((1u << care_at) - 1); leads; leads &= leads - 1) {
            unsigned at = (unsigned)__builtin_ctz(leads), is = ask_table(p + at, &size);
            if (is & SAYS_CARE) {
                uint8_t *end = o + (at - from);
                uint8_t *joined =
                    size == 2 && end - w->floor >= 3 ? compose_tail(end, p + at) : NULL;
                if (!joined) {
                    care_at = at;
                    break;
                }
                o = joined;
                from = at + size;
                memcpy(o, p + from, CHUNK);
            }
            said |= is;
        }
        begun = from > CHUNK ? 0 : due >> CHUNK;
        after_blank = from < CHUNK && p[CHUNK - 1] == ' ';
        o += from < care_at ? care_at - from : 0;
        p += from < care_at ? care_at : from;
    }
    if (begun &&
        care_at == CHUNK) /* a character goes on beyond the last chunk: back to its start */
        do {
            o--;
            p--;
        } while ((*p & 0xC0) == 0x80);
    w->o = o;
    w->said |= said;
    return p;
}

/* Copies up to the first character that needs care, or to stop. */
static const uint8_t *copy_plain(cleaner *k, const uint8_t *p, const uint8_t *stop)
{
    uint8_t *end = (uint8_t *)k->out->bytes + k->out->size;
    copied w = {.o = end, .floor = (uint8_t *)k->out->bytes + k->floor};
    p = copy_chunks(&w, p, stop);
    if (stop - p < ROOM) { /* a last one ends in zeros, which are not copied */
        uint8_t last[2 * ROOM] = {0};
        memcpy(last, p, (size_t)(stop - p));
        p += copy_chunks(&w, last, last + sizeof last) - last;
    }
    k->says |= w.said;
    buffer_end(k->out, k->out->size + (size_t)(w.o - end));
    return p;
}

/* Where a block of at most BLOCK bytes may end without cutting a character. */
static const uint8_t *block_end(const uint8_t *p, const uint8_t *end)
{
    if (end - p <= BLOCK)
        return end;
    const uint8_t *stop = p + BLOCK;
    for (int i = 0; i < 3 && (*stop & 0xC0) == 0x80; i++)
        stop--;
    return stop;
}

void clean(cleaner *k, slice utf8)
{
    const uint8_t *p = (const uint8_t *)utf8.bytes, *end = p + utf8.size;
    while (p < end) {
        const uint8_t *stop = block_end(p, end);
        /* Each byte becomes three at most; the copy writes one chunk further. */
        if (!buffer_reserve(k->out, 3 * (size_t)(stop - p) + 2 * CHUNK))
            return;
        while (p < stop) {
            if (k->dirty == SIZE_MAX)
                p = copy_plain(k, p, stop);
            if (p < stop)
                p = take_care(k, p, end);
        }
    }
    settle(k);
}

void clean_trim(cleaner *k)
{
    if (ends_with(k, " "))
        buffer_end(k->out, k->out->size - 1);
}
