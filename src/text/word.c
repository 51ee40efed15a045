/* K1, K2 and K3 of a token. Words of the Vietnamese alphabet are decided by the tables; a token with
 * anything else goes through Unicode's NFKC first. */
#include "text/word.h"

#include "text/lookalike.h"
#include "text/normal.h"
#include "text/syllable.h"
#include "text/utf8.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

/* A character of a word: a packed letter, or OTHER and a code point. */
enum { OTHER = 1 << 24, PLAIN_MOST = 24 };

typedef struct {
    uint32_t *items;
    size_t count, capacity;
    bool letters_only; /* every item is a packed letter */
    bool has_base;     /* something else than marks */
} word;

/* ---- a finished word ---- */
static size_t put_letter(uint8_t *to, unsigned letter, unsigned tone)
{
    return utf8_put(to, letter_point(letter, tone, CASE_LOWER));
}

static void put_letters(uint16_t *letters, size_t count, text_output form, buffer *out)
{
    if (form == TEXT_K3)
        for (size_t i = 0; i < count; i++)
            letters[i] = letter_base[letter_part(letters[i])];
    syllable s = syllable_of(letters, count);
    syllable_place_tone(&s, letters, count);
    if (form != TEXT_K1 && s.well_formed && s.tones <= 1 && s.flags & SYLLABLE_LONE_Y)
        letters[count - 1] = LETTER_PACK(LETTER_I, tone_part(letters[count - 1]), CASE_LOWER);
    uint8_t bytes[4 * PLAIN_MOST];
    size_t size = 0;
    for (size_t i = 0; i < count; i++)
        size += put_letter(bytes + size, letter_part(letters[i]), tone_part(letters[i]));
    buffer_put(out, bytes, size);
}

/* A word with digits or letters of other alphabets. */
static void put_items(const word *w, text_output form, buffer *out)
{
    for (size_t i = 0; i < w->count; i++) {
        uint32_t item = w->items[i];
        unsigned letter = letter_part(item), tone = tone_part(item);
        uint8_t bytes[4];
        size_t size;
        if (item & OTHER)
            size = utf8_put(bytes, item & ~(uint32_t)OTHER);
        else if (form == TEXT_K3)
            size = put_letter(bytes, letter_base[letter], TONE_NONE);
        else
            size = put_letter(bytes, letter, tone);
        buffer_put(out, bytes, size);
    }
}

static void put_word(word *w, text_output form, size_t start, buffer *out)
{
    if (w->has_base) {
        if (out->size > start)
            buffer_byte(out, ' ');
        if (w->letters_only && w->count <= PLAIN_MOST) {
            uint16_t letters[PLAIN_MOST];
            for (size_t i = 0; i < w->count; i++)
                letters[i] = (uint16_t)w->items[i];
            put_letters(letters, w->count, form, out);
        } else {
            put_items(w, form, out);
        }
    }
    w->count = 0;
    w->letters_only = true;
    w->has_base = false;
}

/* ---- the quick way: alphabet, digits, marks, common punctuation ---- */
static bool is_punctuation(uint32_t c)
{
    return (c >= 0x2010 && c <= 0x2027) || c == 0xAB || c == 0xBB;
}

static bool take_plain(word *w, uint32_t c)
{
    unsigned letter = letter_at(c);
    if (letter) {
        w->items[w->count++] = letter;
    } else if (c >= '0' && c <= '9') {
        w->items[w->count++] = OTHER | c;
        w->letters_only = false;
    } else {
        uint16_t packed = w->count ? (uint16_t)w->items[w->count - 1] : 0;
        if (!w->count || w->items[w->count - 1] & OTHER || !letter_add_mark(&packed, c))
            return false;
        w->items[w->count - 1] = packed;
    }
    w->has_base = true;
    return true;
}

/* False, with `out` as it was, when the token needs the full rules. */
static bool token_plain(slice token, text_output form, size_t start, buffer *out)
{
    uint32_t items[PLAIN_MOST];
    word w = {.items = items, .letters_only = true};
    const uint8_t *p = (const uint8_t *)token.bytes, *end = p + token.size;
    size_t before = out->size;
    while (p < end) {
        uint32_t c;
        bool bad;
        p += utf8_next(p, end, &c, &bad);
        if (is_punctuation(c)) {
            put_word(&w, form, start, out);
        } else if (w.count == PLAIN_MOST || !take_plain(&w, c)) {
            buffer_end(out, before);
            return false;
        }
    }
    put_word(&w, form, start, out);
    return true;
}

/* ---- the full rules ---- */
static bool add(word *w, uint32_t item)
{
    if (w->count == w->capacity) {
        size_t wanted = w->capacity ? 2 * w->capacity : 64;
        uint32_t *bigger = realloc(w->items, wanted * sizeof *bigger);
        if (!bigger)
            return false;
        w->items = bigger;
        w->capacity = wanted;
    }
    w->items[w->count++] = item;
    return true;
}

/* The first character of the decomposition: é → e; others stay. */
static uint32_t without_marks(uint32_t c)
{
    utf8proc_int32_t parts[32];
    int boundary = 0;
    utf8proc_ssize_t n =
        utf8proc_decompose_char((utf8proc_int32_t)c, parts, 32, UTF8PROC_DECOMPOSE, &boundary);
    bool marked = n > 1 && utf8proc_category(parts[1]) == UTF8PROC_CATEGORY_MN;
    return marked ? (uint32_t)parts[0] : c;
}

/* The letter that c is mistaken for, whatever marks a Cyrillic or Greek one has; 0: none. */
static uint32_t meant_by(uint32_t c)
{
    return lookalike_of(is_cyrillic_or_greek(c) ? without_marks(c) : c);
}

/* True for a Latin letter, with whatever case and marks. */
static bool becomes_letter(uint32_t c)
{
    uint32_t lower = (uint32_t)utf8proc_tolower((utf8proc_int32_t)c);
    return letter_at(c) || lookalike_of(c) || letter_at(lower) || letter_at(without_marks(lower));
}

/* Latin letters with Cyrillic or Greek ones among them that all look Latin: what was meant is Latin. */
static bool is_mixed(const uint32_t *points, size_t count)
{
    bool latin = false, foreign = false;
    for (size_t i = 0; i < count; i++) {
        if (is_cyrillic_or_greek(points[i])) {
            if (!meant_by(points[i]))
                return false;
            foreign = true;
        }
        latin |= !is_cyrillic_or_greek(points[i]) && becomes_letter(points[i]);
    }
    return latin && foreign;
}

/* Turns code points into items: look-alikes, case, marks typed in any order; orphan marks go. */
static void refine(word *w, text_output form)
{
    bool mixed = is_mixed(w->items, w->count);
    size_t kept = 0;
    w->letters_only = true;
    for (size_t i = 0; i < w->count; i++) {
        uint32_t c = w->items[i], meant = meant_by(c);
        if (meant && (mixed || !is_cyrillic_or_greek(c)))
            c = meant;
        if (!letter_at(c))
            c = (uint32_t)utf8proc_tolower((utf8proc_int32_t)c);
        if (!letter_at(c) && form == TEXT_K3)
            c = without_marks(c);
        if (letter_at(c)) {
            w->items[kept++] = letter_at(c);
            continue;
        }
        uint16_t packed = kept ? (uint16_t)w->items[kept - 1] : 0;
        if (kept && !(w->items[kept - 1] & OTHER) && letter_add_mark(&packed, c)) {
            w->items[kept - 1] = packed;
        } else if (c < 0x300 || c > 0x36F) {
            w->items[kept++] = OTHER | c;
            w->letters_only = false;
        }
    }
    w->count = kept;
}

static void finish(word *w, text_output form, size_t start, buffer *out)
{
    refine(w, form);
    put_word(w, form, start, out);
}

static void token_full(slice token, text_output form, size_t start, buffer *out)
{
    buffer normal = BUFFER_INIT;
    normal_append(token, NORMAL_NFKC, &normal);
    const uint8_t *p = (const uint8_t *)normal.bytes, *end = p + normal.size;
    word w = {.letters_only = true};
    while (p < end) {
        uint32_t c;
        bool bad;
        p += utf8_next(p, end, &c, &bad);
        utf8proc_category_t kind = utf8proc_category((utf8proc_int32_t)c);
        if (kind >= UTF8PROC_CATEGORY_LU && kind <= UTF8PROC_CATEGORY_NO) {
            out->failed |= !add(&w, c);
            w.has_base |= kind < UTF8PROC_CATEGORY_MN || kind > UTF8PROC_CATEGORY_ME;
        } else {
            finish(&w, form, start, out);
        }
    }
    finish(&w, form, start, out);
    out->failed |= normal.failed;
    free(w.items);
    buffer_free(&normal);
}

void token_append(slice token, text_output form, size_t start, buffer *out)
{
    if (!token_plain(token, form, start, out))
        token_full(token, form, start, out);
}
