/* The tokeniser: one table look-up a character, one hash a syllable; and since a text repeats the same
 * few thousand syllables, what was read is remembered by its raw bytes. */
#include "token.h"

#include <endian.h>
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

const void *fold_table_bytes(const fold_table *t, size_t *size)
{
    *size = sizeof *t;
    return t;
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

static uint32_t hash_syllable(syllable *s)
{
    if ((s->bytes & 0xFF) == 'y' && s->length <= 4 && ends_in_lone_y(s))
        s->bytes ^= 'y' ^ 'i';
    uint64_t h = (s->before ^ s->bytes) * 0x9E3779B97F4A7C15u;
    h ^= h >> 32;
    return (uint32_t)(h * 0xD6E8FEB86659FD93u >> 32);
}

static void put_one(syllable *s, unsigned folded)
{
    if (folded >= 0x80)
        put_byte(s, folded >> 8);
    put_byte(s, folded & 0xFF);
}

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

/* What the character at `p` becomes, and how many bytes it has. Above the basic plane it is itself when it
 * is a letter or digit. */
static unsigned fold_at(const fold_table *t, const unsigned char *p, const unsigned char *end,
                        size_t *step)
{
    unsigned c = *p;
    *step = 1;
    if (c < 0x80)
        return t->map[c];
    if (c < 0xE0 && end - p >= 2) {
        *step = 2;
        return t->map[(c & 0x1F) << 6 | (p[1] & 0x3F)];
    }
    if (c < 0xF0 && end - p >= 3) {
        *step = 3;
        return t->map[(c & 0xF) << 12 | (unsigned)(p[1] & 0x3F) << 6 | (p[2] & 0x3F)];
    }
    utf8proc_int32_t wide = ' ';
    utf8proc_ssize_t n = utf8proc_iterate(p, end - p, &wide);
    if (n <= 0)
        return SEPARATOR;
    *step = (size_t)n;
    utf8proc_category_t kind = utf8proc_category(wide);
    return kind >= UTF8PROC_CATEGORY_LU && kind <= UTF8PROC_CATEGORY_NO
               ? (unsigned)(wide & 0x7FFF) | 0x80u
               : SEPARATOR;
}

/* One token: where it stands behind the place of reading, and how far reading went. */
typedef struct {
    uint32_t hash;
    size_t start, end, next; /* end 0: there is none before `next` */
} one_token;

/* Reads on to behind the separator that ends a token, or to the end. */
static one_token read_one(const fold_table *t, const unsigned char *from, const unsigned char *end)
{
    syllable s = {0};
    one_token out = {0};
    const unsigned char *p = from;
    size_t step = 0;
    for (; p < end; p += step) {
        unsigned folded = fold_at(t, p, end, &step);
        if (folded > DROPPED) {
            if (!s.length)
                out.start = (size_t)(p - from);
            put_character(t, &s, folded);
        } else if (folded == SEPARATOR && s.length) {
            break;
        }
    }
    out.next = (size_t)(p - from) + (p < end ? step : 0);
    if (s.length) {
        out.end = (size_t)(p - from);
        out.hash = hash_syllable(&s);
    }
    return out;
}

/* ---- remembered chunks: up to 16 bytes that stand before a blank ---- */
enum { CHUNK = 16, MEMO_BITS = 13 };

typedef struct {
    uint64_t raw[2];
    uint32_t hash;
    uint8_t start, end, next; /* next 0: empty */
} memory;

struct tokenizer {
    const fold_table *fold;
    memory memo[1 << MEMO_BITS];
};

tokenizer *tokenizer_new(const fold_table *fold)
{
    tokenizer *z = calloc(1, sizeof *z);
    if (z)
        z->fold = fold;
    return z;
}

void tokenizer_free(tokenizer *z)
{
    free(z);
}

/* A bit in the top of each byte up to a blank or control character; exact for the lowest such byte. */
static uint64_t blanks(uint64_t word)
{
    return (word - UINT64_C(0x2121212121212121)) & ~word & UINT64_C(0x8080808080808080);
}

/* The bytes before the next blank, zeros behind them, and how many; 0: there is no blank within CHUNK
 * bytes, or it stands right here. */
static size_t chunk_at(const unsigned char *p, uint64_t raw[2])
{
    for (size_t i = 0; i < 2; i++) {
        memcpy(&raw[i], p + 8 * i, 8);
        raw[i] = le64toh(raw[i]);
    }
    uint64_t low = blanks(raw[0]), high = blanks(raw[1]);
    if (low) {
        unsigned bits = (unsigned)__builtin_ctzll(low) & ~7u;
        raw[0] &= (UINT64_C(1) << bits) - 1;
        raw[1] = 0;
        return bits / 8;
    }
    if (!high)
        return 0;
    unsigned bits = (unsigned)__builtin_ctzll(high) & ~7u;
    raw[1] &= (UINT64_C(1) << bits) - 1;
    return 8 + bits / 8;
}

static memory *recall(tokenizer *z, const unsigned char *p, const uint64_t raw[2], size_t size)
{
    uint64_t h = (raw[0] ^ raw[1] * UINT64_C(0xD6E8FEB86659FD93)) * UINT64_C(0x9E3779B97F4A7C15);
    memory *m = &z->memo[h >> (64 - MEMO_BITS)];
    if (m->next && m->raw[0] == raw[0] && m->raw[1] == raw[1])
        return m;
    one_token one = read_one(z->fold, p, p + size);
    *m = (memory){{raw[0], raw[1]},
                  one.hash,
                  (uint8_t)one.start,
                  (uint8_t)one.end,
                  (uint8_t)(one.next == size ? size + 1 : one.next)};
    return m;
}

static void put_token(token_list *out, uint32_t hash, size_t start, size_t end)
{
    out->hashes[out->count] = hash;
    out->starts[out->count] = (uint32_t)start;
    out->ends[out->count++] = (uint32_t)end;
}

void token_read(tokenizer *z, slice text, size_t *at, token_list *out)
{
    const unsigned char *bytes = (const unsigned char *)text.bytes;
    size_t here = *at;
    while (here < text.size && out->count < out->capacity) {
        uint64_t raw[2];
        size_t size = text.size - here > CHUNK ? chunk_at(bytes + here, raw) : 0;
        if (size) {
            const memory *m = recall(z, bytes + here, raw, size);
            if (m->end)
                put_token(out, m->hash, here + m->start, here + m->end);
            here += m->next;
        } else if (bytes[here] <= ' ') {
            here++;
        } else {
            one_token one = read_one(z->fold, bytes + here, bytes + text.size);
            if (one.end)
                put_token(out, one.hash, here + one.start, here + one.end);
            here += one.next;
        }
    }
    *at = here;
}
