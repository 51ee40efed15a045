/* The tokeniser: one table look-up a character, one hash a syllable. */
#include "token.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

enum { PLANE = 0x10000, SEPARATOR = 0, DROPPED = 1, LONG_FIRST = 0xE000, LONG_MOST = 1024 };

struct fold_table {
    uint16_t map[PLANE];             /* SEPARATOR, DROPPED, a character, or LONG_FIRST + index */
    uint16_t long_map[LONG_MOST][4]; /* what becomes several characters; DROPPED fills up */
    size_t long_count;
};

/* Letters that only look Latin, in pairs: the letter in lower case, what it looks like. */
static const uint16_t look_alikes[][2] = {
    {0x111, 'd'}, {0xF0, 'd'},  {0x256, 'd'}, {0x131, 'i'}, {0x251, 'a'}, {0x261, 'g'},
    {0x430, 'a'}, {0x432, 'b'}, {0x435, 'e'}, {0x43A, 'k'}, {0x43C, 'm'}, {0x43D, 'h'},
    {0x43E, 'o'}, {0x440, 'p'}, {0x441, 'c'}, {0x442, 't'}, {0x443, 'y'}, {0x445, 'x'},
    {0x456, 'i'}, {0x458, 'j'}, {0x455, 's'}, {0x4BB, 'h'}, {0x501, 'd'}, {0x51B, 'q'},
    {0x51D, 'w'}, {0x3B1, 'a'}, {0x3B2, 'b'}, {0x3B5, 'e'}, {0x3B6, 'z'}, {0x3B7, 'h'},
    {0x3B9, 'i'}, {0x3BA, 'k'}, {0x3BD, 'v'}, {0x3BF, 'o'}, {0x3C1, 'p'}, {0x3C4, 't'},
    {0x3C5, 'y'}, {0x3C7, 'x'},
};

static uint16_t fold_one(utf8proc_int32_t c)
{
    for (size_t i = 0; i < sizeof look_alikes / sizeof *look_alikes; i++)
        if (look_alikes[i][0] == c)
            return look_alikes[i][1];
    utf8proc_category_t kind = utf8proc_category(c);
    bool word = kind >= UTF8PROC_CATEGORY_LU && kind <= UTF8PROC_CATEGORY_NO;
    return word && c < LONG_FIRST ? (uint16_t)c : SEPARATOR;
}

static uint16_t fold_character(fold_table *t, utf8proc_int32_t c)
{
    utf8proc_int32_t parts[32];
    int bound = UTF8PROC_BOUNDCLASS_START;
    utf8proc_category_t kind = utf8proc_category(c);
    if (kind == UTF8PROC_CATEGORY_CF || c == 0x34F)
        return DROPPED;
    if (c < 0x20 || kind == UTF8PROC_CATEGORY_CO || kind == UTF8PROC_CATEGORY_CS)
        return SEPARATOR;
    if (c >= 0xAC00 && c <= 0xD7A3)
        return (uint16_t)c; /* Hangul: many, and each a syllable already */
    utf8proc_ssize_t n =
        utf8proc_decompose_char(c, parts, 32,
                                UTF8PROC_STABLE | UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE |
                                    UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK,
                                &bound);
    if (n <= 0)
        return n == 0 ? DROPPED : SEPARATOR;
    if (n == 1)
        return fold_one(parts[0]);
    if (n > 4 || t->long_count == LONG_MOST)
        return SEPARATOR; /* ligatures of whole words, square units: no part of Vietnamese prose */
    uint16_t *to = t->long_map[t->long_count];
    for (utf8proc_ssize_t i = 0; i < 4; i++) {
        to[i] = i < n ? fold_one(parts[i]) : DROPPED;
        if (to[i] == SEPARATOR)
            return SEPARATOR; /* an ellipsis, a fraction */
    }
    return (uint16_t)(LONG_FIRST + t->long_count++);
}

fold_table *fold_table_new(void)
{
    fold_table *t = calloc(1, sizeof *t);
    for (utf8proc_int32_t c = 0; t && c < PLANE; c++)
        t->map[c] = fold_character(t, c);
    return t;
}

void fold_table_free(fold_table *t)
{
    free(t);
}

bool token_list_reserve(token_list *l, size_t capacity)
{
    if (capacity <= l->capacity)
        return true;
    uint32_t *all = malloc(3 * capacity * sizeof *all);
    if (!all)
        return false;
    for (size_t i = 0; l->count && i < 3; i++) {
        const uint32_t *from = i == 0 ? l->hashes : i == 1 ? l->starts : l->ends;
        memcpy(all + i * capacity, from, l->count * sizeof *all);
    }
    free(l->hashes);
    l->hashes = all;
    l->starts = all + capacity;
    l->ends = all + 2 * capacity;
    l->capacity = capacity;
    return true;
}

void token_list_free(token_list *l)
{
    free(l->hashes);
    *l = (token_list){0};
}

/* The syllable so far: its last up to eight bytes, and a hash of those before. */
typedef struct {
    uint64_t bytes, before;
    size_t length;
} syllable;

static inline void put_byte(syllable *s, uint64_t byte)
{
    s->bytes = s->bytes << 8 | byte;
    if ((++s->length & 7) == 0) {
        s->before = (s->before ^ s->bytes) * 0x9E3779B97F4A7C15u;
        s->before ^= s->before >> 29;
        s->bytes = 0;
    }
}

/* Is it a Vietnamese onset and y (ly, quy), where i is the other correct spelling? */
static bool ends_in_lone_y(const syllable *s)
{
    static const char *const onsets[] = {"b",  "c",  "d",  "g",  "h",  "k",  "l",  "m",  "n",
                                         "p",  "r",  "s",  "t",  "v",  "x",  "ch", "gh", "kh",
                                         "ng", "nh", "ph", "qu", "th", "tr", "ngh"};
    uint64_t onset = s->bytes >> 8;
    for (size_t i = 0; i < sizeof onsets / sizeof *onsets; i++) {
        uint64_t packed = 0;
        for (const char *p = onsets[i]; *p; p++)
            packed = packed << 8 | (unsigned char)*p;
        if (packed == onset)
            return true;
    }
    return false;
}

static void end_token(syllable *s, token_list *out, size_t start, size_t end)
{
    if ((s->bytes & 0xFF) == 'y' && s->length <= 4 && ends_in_lone_y(s))
        s->bytes ^= 'y' ^ 'i';
    uint64_t h = (s->before ^ s->bytes) * 0x9E3779B97F4A7C15u;
    h ^= h >> 32;
    out->hashes[out->count] = (uint32_t)(h * 0xD6E8FEB86659FD93u >> 32);
    out->starts[out->count] = (uint32_t)start;
    out->ends[out->count++] = (uint32_t)end;
    *s = (syllable){0};
}

/* A character above the basic plane: itself when it is a letter or digit. */
static unsigned read_wide(const unsigned char *p, const unsigned char *end, utf8proc_int32_t *c)
{
    utf8proc_ssize_t n = utf8proc_iterate(p, end - p, c);
    if (n <= 0)
        *c = ' ';
    return n <= 0 ? 1 : (unsigned)n;
}

static void put_one(syllable *s, unsigned folded)
{
    if (folded >= 0x80)
        put_byte(s, folded >> 8);
    put_byte(s, folded & 0xFF);
}

/* Puts a character that is not one ASCII byte. */
static void put_character(const fold_table *t, syllable *s, unsigned folded)
{
    if (folded < LONG_FIRST) {
        put_one(s, folded);
        return;
    }
    for (size_t i = 0; i < 4; i++)
        if (t->long_map[folded - LONG_FIRST][i] > DROPPED)
            put_one(s, t->long_map[folded - LONG_FIRST][i]);
}

void token_read(const fold_table *t, slice text, size_t *at, token_list *out)
{
    const unsigned char *first = (const unsigned char *)text.bytes, *p = first + *at,
                        *end = first + text.size, *start = p;
    syllable s = {0};
    while (p < end && out->count < out->capacity) {
        unsigned c = *p, step = 1, folded;
        utf8proc_int32_t wide = 0;
        if (c < 0x80) {
            folded = t->map[c];
        } else if (c < 0xE0 && end - p >= 2) {
            folded = t->map[(c & 0x1F) << 6 | (p[1] & 0x3F)];
            step = 2;
        } else if (c < 0xF0 && end - p >= 3) {
            folded = t->map[(c & 0xF) << 12 | (unsigned)(p[1] & 0x3F) << 6 | (p[2] & 0x3F)];
            step = 3;
        } else {
            step = read_wide(p, end, &wide);
            utf8proc_category_t kind = utf8proc_category(wide);
            folded = kind >= UTF8PROC_CATEGORY_LU && kind <= UTF8PROC_CATEGORY_NO
                         ? (unsigned)(wide & 0x7FFF) | 0x80u
                         : SEPARATOR;
        }
        if (folded > DROPPED) {
            if (!s.length)
                start = p;
            if (folded < 0x80)
                put_byte(&s, folded);
            else
                put_character(t, &s, folded);
        } else if (folded == SEPARATOR && s.length) {
            end_token(&s, out, (size_t)(start - first), (size_t)(p - first));
        }
        p += step;
    }
    if (s.length && p >= end)
        end_token(&s, out, (size_t)(start - first), text.size);
    *at = (size_t)(p - first) > text.size ? text.size : (size_t)(p - first);
}
