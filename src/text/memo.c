/* Keys and counts of words met before.
 *
 * A word of up to fifteen bytes is looked up by those bytes, padded with zeros, in a direct-mapped table;
 * the answer is copied as it lies there. The bytes may be NFC, NFD, capitals or old style: what was worked
 * out once for them is right for ever. */
#include "text/memo.h"

#include "text/tables.h"
#include "text/utf8.h"
#include "text/word.h"

#include <stdlib.h>
#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

enum { WIDTH = 16, ANSWER = WIDTH - 1, ABOUT = ANSWER, SLOT_BITS = 16, SLOTS = 1 << SLOT_BITS };

typedef struct {
    uint64_t word[2]; /* its bytes, then zeros; a free entry is all zeros, as no word is */
    /* The form, or the counts packed in the order of text_count; the last byte is the size of the form in its
     * low four bits and what it says in the high ones. */
    uint8_t answer[WIDTH];
} entry;

struct text_memo {
    entry forms[3][SLOTS]; /* TEXT_K1, TEXT_K2, TEXT_K3 */
    entry counts[SLOTS];
    buffer scratch;
};

text_memo *text_memo_new(void)
{
    text_memo *memo = calloc(1, sizeof *memo);
    if (memo)
        memo->scratch = (buffer)BUFFER_INIT;
    return memo;
}

void text_memo_free(text_memo *memo)
{
    if (memo)
        buffer_free(&memo->scratch);
    free(memo);
}

/* ---- sixteen bytes at a time ---- */
typedef enum { CUT_TOKENS, CUT_BLANKS } cut;

#ifdef __SSE2__
static __m128i at_most(__m128i v, char most)
{
    return _mm_cmpeq_epi8(_mm_min_epu8(v, _mm_set1_epi8(most)), v);
}

/* A bit for each byte that separates. */
static unsigned separators(const uint8_t *p, cut by)
{
    __m128i v = _mm_loadu_si128((const __m128i *)p);
    if (by == CUT_BLANKS)
        return (unsigned)_mm_movemask_epi8(at_most(v, ' '));
    __m128i lower = _mm_sub_epi8(_mm_or_si128(v, _mm_set1_epi8(0x20)), _mm_set1_epi8('a'));
    __m128i digit = _mm_sub_epi8(v, _mm_set1_epi8('0'));
    __m128i part = _mm_or_si128(at_most(lower, 'z' - 'a'), at_most(digit, 9));
    return ~(unsigned)_mm_movemask_epi8(_mm_or_si128(part, v)) & 0xFFFF;
}
#else
static unsigned separators(const uint8_t *p, cut by)
{
    unsigned bits = 0;
    for (unsigned i = 0; i < WIDTH; i++)
        bits |= (unsigned)(by == CUT_BLANKS ? p[i] <= ' ' : is_token_separator(p[i])) << i;
    return bits;
}
#endif

/* The first `size` bytes at p, padded with zeros. */
static void pad(const uint8_t *p, size_t size, uint64_t word[2])
{
    static const uint64_t keep[9] = {0,
                                     0xFF,
                                     0xFFFF,
                                     0xFFFFFF,
                                     0xFFFFFFFF,
                                     0xFFFFFFFFFF,
                                     0xFFFFFFFFFFFF,
                                     0xFFFFFFFFFFFFFF,
                                     0xFFFFFFFFFFFFFFFF};
    memcpy(word, p, WIDTH);
    word[0] &= keep[size < 8 ? size : 8];
    word[1] &= keep[size < 8 ? 0 : size - 8];
}

static size_t slot_of(const uint64_t word[2])
{
    uint64_t mixed =
        (word[0] ^ word[1] * UINT64_C(0xC2B2AE3D27D4EB4F)) * UINT64_C(0x9E3779B97F4A7C15);
    return (size_t)(mixed >> (64 - SLOT_BITS));
}

static bool holds(const entry *e, const uint64_t word[2])
{
    return e->word[0] == word[0] && e->word[1] == word[1];
}

/* ---- keys ---- */
static bool is_hidden(uint32_t c)
{
    return c == 0xAD || (c >= 0x200B && c <= 0x200F) || (c >= 0x2028 && c <= 0x202E) ||
           (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF || c == 0x180E || c == 0x34F || c < 0xA0;
}

static unsigned what_it_says(slice token, bool empty)
{
    const uint8_t *p = (const uint8_t *)token.bytes, *end = p + token.size;
    unsigned said = 0;
    while (p < end) {
        uint32_t c;
        bool bad;
        p += utf8_next(p, end, &c, &bad);
        said |= c < SAYS_SPAN ? says[c] & ~(unsigned)SAYS_CARE : 0;
        bool ends_line = c == 0x2028 || c == 0x2029;
        bool control = c >= 0x80 && c < 0xA0;
        if (bad || ends_line || control || (empty && is_hidden(c)))
            said |= MEMO_BROKEN;
    }
    return said;
}

/* Works out a token, appends its form and, when both are short, remembers it. */
static unsigned put_new(text_memo *memo, text_output form, slice token, size_t start, buffer *out)
{
    buffer *made = &memo->scratch;
    buffer_clear(made);
    token_append(token, form, 0, made);
    unsigned said = what_it_says(token, made->size == 0);
    if (token.size < WIDTH && made->size <= ANSWER && !made->failed) {
        uint64_t word[2] = {0};
        memcpy(word, token.bytes, token.size);
        entry *e = &memo->forms[form - TEXT_K1][slot_of(word)];
        memcpy(e->word, word, sizeof word);
        memcpy(e->answer, made->bytes, made->size);
        e->answer[ABOUT] = (uint8_t)(made->size | said << 4);
    }
    if (out->size > start && made->size)
        buffer_byte(out, ' ');
    buffer_put(out, made->bytes, made->size);
    out->failed |= made->failed;
    return said;
}

/* Where the token at p ends, however long it is. */
static const uint8_t *token_end(const uint8_t *p, const uint8_t *end)
{
    while (p < end && !is_token_separator(*p))
        p++;
    return p;
}

/* Takes the tokens up to fewer than WIDTH bytes before `end`, or up to one that is not in the table. */
static const uint8_t *take_known(const entry *table, const uint8_t *p, const uint8_t *end,
                                 size_t start, buffer *out, unsigned *said)
{
    /* A token gives at most a blank and ANSWER bytes; WIDTH are written. */
    size_t most = (size_t)(end - p) / 2 + 1;
    most = most < 4096 ? most : 4096;
    if (!buffer_reserve(out, most * WIDTH + WIDTH))
        return p;
    uint8_t *o = (uint8_t *)out->bytes + out->size;
    const uint8_t *first = (const uint8_t *)out->bytes + start;
    while (end - p >= WIDTH && most--) {
        unsigned cuts = separators(p, CUT_TOKENS);
        unsigned size = (unsigned)__builtin_ctz(cuts | 1u << WIDTH);
        if (size) {
            uint64_t word[2];
            if (size == WIDTH)
                break;
            pad(p, size, word);
            const entry *e = &table[slot_of(word)];
            if (!holds(e, word))
                break;
            unsigned bytes = e->answer[ABOUT] & 15;
            *o = ' ';
            o += bytes && o > first;
            memcpy(o, e->answer, WIDTH);
            o += bytes;
            *said |= e->answer[ABOUT] >> 4;
        }
        p += size + (unsigned)__builtin_ctz(~(cuts >> size) | 1u << (WIDTH - size));
    }
    buffer_end(out, (size_t)(o - (uint8_t *)out->bytes));
    return p;
}

unsigned memo_keys(text_memo *memo, text_output form, slice display, buffer *out)
{
    const entry *table = memo->forms[form - TEXT_K1];
    const uint8_t *p = (const uint8_t *)display.bytes, *end = p + display.size;
    size_t start = out->size;
    unsigned said = 0;
    while (p < end && !out->failed) {
        p = take_known(table, p, end, start, out, &said);
        while (p < end && is_token_separator(*p))
            p++;
        const uint8_t *stop = token_end(p, end);
        if (stop > p)
            said |= put_new(memo, form, (slice){(const char *)p, (size_t)(stop - p)}, start, out);
        p = stop;
    }
    return said;
}

/* ---- counts ---- */
enum { COUNTS = sizeof(text_count) / sizeof(size_t) };

/* Sums in lanes of sixteen bits: those of the counts 0, 2, 4 and those of 1, 3, 5. */
typedef struct {
    uint64_t even, odd;
    unsigned words;
} lanes;

static uint64_t pack(const size_t counts[COUNTS])
{
    uint64_t packed = 0;
    for (int i = 0; i < COUNTS; i++)
        packed |= (uint64_t)(uint8_t)counts[i] << 8 * i;
    return packed;
}

static void empty_lanes(lanes *l, size_t sum[COUNTS])
{
    for (int i = 0; i < COUNTS; i++)
        sum[i] += ((i & 1) ? l->odd : l->even) >> 16 * (i / 2) & 0xFFFF;
    *l = (lanes){0};
}

static void add_counts(lanes *l, const uint8_t *answer, size_t sum[COUNTS])
{
    enum { FULL = 0xFFFF / 0xFF }; /* words of which no sum can grow out of its lane */
    const uint64_t bytes = UINT64_C(0x00FF00FF00FF00FF);
    uint64_t packed;
    memcpy(&packed, answer, sizeof packed);
    l->even += packed & bytes;
    l->odd += packed >> 8 & bytes;
    if (++l->words == FULL)
        empty_lanes(l, sum);
}

static void count_new(text_memo *memo, slice word, size_t sum[COUNTS])
{
    text_count n = text_measure(word);
    const size_t counts[COUNTS] = {n.words, n.syllables, n.judged, n.valid, n.plain, n.bare};
    for (int i = 0; i < COUNTS; i++)
        sum[i] += counts[i];
    if (word.size >= WIDTH) /* fewer bytes than that count less than 256 of anything */
        return;
    uint64_t bytes[2] = {0};
    memcpy(bytes, word.bytes, word.size);
    entry *e = &memo->counts[slot_of(bytes)];
    memcpy(e->word, bytes, sizeof bytes);
    uint64_t packed = pack(counts);
    memcpy(e->answer, &packed, sizeof packed);
}

static bool is_trailing(uint8_t c)
{
    return c == ',' || c == '.' || c == ')' || c == '"' || c == ';' || c == ':' || c == '!' ||
           c == '?';
}

/* How many bytes of the word at p count: punctuation after a word changes nothing. */
static size_t counted(const uint8_t *p, size_t size)
{
    while (size > 1 && is_trailing(p[size - 1]))
        size--;
    return size;
}

text_count text_measure_with(text_memo *memo, slice display)
{
    if (!memo)
        return text_measure(display);
    const uint8_t *p = (const uint8_t *)display.bytes, *end = p + display.size;
    size_t sum[COUNTS] = {0};
    lanes met = {0};
    while (p < end) {
        if (end - p >= WIDTH) {
            unsigned cuts = separators(p, CUT_BLANKS);
            unsigned size = (unsigned)__builtin_ctz(cuts | 1u << WIDTH);
            uint64_t word[2] = {0};
            const entry *e = NULL;
            if (size && size < WIDTH) {
                pad(p, counted(p, size), word);
                e = &memo->counts[slot_of(word)];
            }
            if (size == 0 || (e && holds(e, word))) {
                if (size)
                    add_counts(&met, e->answer, sum);
                p += size + (unsigned)__builtin_ctz(~(cuts >> size) | 1u << (WIDTH - size));
                continue;
            }
        }
        const uint8_t *from = p;
        while (p<end && * p> ' ')
            p++;
        if (p > from)
            count_new(memo, (slice){(const char *)from, counted(from, (size_t)(p - from))}, sum);
        else
            p++;
    }
    empty_lanes(&met, sum);
    return (text_count){sum[0], sum[1], sum[2], sum[3], sum[4], sum[5]};
}
