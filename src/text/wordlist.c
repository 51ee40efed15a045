/* Words with their places: what names and labels are looked for in. */
#include "chamthi/wordlist.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

/* ---- where words are ---- */

/* Every letter beyond ASCII belongs to a word; general punctuation, Latin-1 signs and CJK marks do not,
 * and are told by more than their first byte. */
typedef enum { PARTS, BELONGS, LOOK } byte_class;

static byte_class class_of(unsigned char c)
{
    static const unsigned char ascii[128] = {
        ['0'] = 1, ['1'] = 1, ['2'] = 1, ['3'] = 1, ['4'] = 1, ['5'] = 1, ['6'] = 1, ['7'] = 1,
        ['8'] = 1, ['9'] = 1, ['A'] = 1, ['B'] = 1, ['C'] = 1, ['D'] = 1, ['E'] = 1, ['F'] = 1,
        ['G'] = 1, ['H'] = 1, ['I'] = 1, ['J'] = 1, ['K'] = 1, ['L'] = 1, ['M'] = 1, ['N'] = 1,
        ['O'] = 1, ['P'] = 1, ['Q'] = 1, ['R'] = 1, ['S'] = 1, ['T'] = 1, ['U'] = 1, ['V'] = 1,
        ['W'] = 1, ['X'] = 1, ['Y'] = 1, ['Z'] = 1, ['a'] = 1, ['b'] = 1, ['c'] = 1, ['d'] = 1,
        ['e'] = 1, ['f'] = 1, ['g'] = 1, ['h'] = 1, ['i'] = 1, ['j'] = 1, ['k'] = 1, ['l'] = 1,
        ['m'] = 1, ['n'] = 1, ['o'] = 1, ['p'] = 1, ['q'] = 1, ['r'] = 1, ['s'] = 1, ['t'] = 1,
        ['u'] = 1, ['v'] = 1, ['w'] = 1, ['x'] = 1, ['y'] = 1, ['z'] = 1,
    };
    if (c < 0x80)
        return ascii[c] ? BELONGS : PARTS;
    return c == 0xC2 || c == 0xE2 || c == 0xE3 ? LOOK : BELONGS;
}

/* The size of the sign at p that parts words, 0 when it is a letter after all. */
static size_t sign_at(const unsigned char *p, size_t left)
{
    bool sign = p[0] == 0xC2 || (left > 1 && (p[1] == 0x80 || (p[0] == 0xE2 && p[1] == 0x81)));
    size_t size = p[0] == 0xC2 ? 2 : 3;
    return !sign ? 0 : size < left ? size : left;
}

bool word_next(slice text, size_t *start, size_t *end)
{
    const unsigned char *p = (const unsigned char *)text.bytes;
    size_t i = *end;
    for (byte_class c; i < text.size && (c = class_of(p[i])) != BELONGS;) {
        size_t sign = c == LOOK ? sign_at(p + i, text.size - i) : 1;
        if (!sign)
            break;
        i += sign;
    }
    *start = i;
    for (byte_class c; i < text.size && (c = class_of(p[i])) != PARTS;) {
        if (c == LOOK && sign_at(p + i, text.size - i))
            break;
        i++;
    }
    *end = i;
    return i > *start;
}

/* ---- folds met before ---- */

enum { WIDTH = 16, SLOTS = 1 << 15, PROBES = 4, FOLDS_MEMORY = 8 * 1024 * 1024 };

/* A word of up to fifteen bytes, padded with zeros. Nothing is ever put out again: a full table only
 * remembers no more. */
typedef struct {
    uint64_t word[2];
    const char *fold;
} met_word;

struct word_memo {
    arena *mem;
    met_word slots[SLOTS];
};

word_memo *word_memo_new(void)
{
    word_memo *memo = calloc(1, sizeof *memo);
    if (memo)
        memo->mem = arena_new(FOLDS_MEMORY);
    if (memo && memo->mem)
        return memo;
    free(memo);
    return NULL;
}

void word_memo_free(word_memo *memo)
{
    if (memo)
        arena_free(memo->mem);
    free(memo);
}

/* The word's slot, or a free one for it; NULL when there is neither. */
static met_word *slot_of(word_memo *memo, const uint64_t bytes[2])
{
    uint64_t mixed =
        (bytes[0] ^ bytes[1] * UINT64_C(0xC2B2AE3D27D4EB4F)) * UINT64_C(0x9E3779B97F4A7C15);
    size_t at = (size_t)(mixed >> 49);
    for (size_t i = 0; i < PROBES; i++) {
        met_word *m = &memo->slots[(at + i) % SLOTS];
        if (!m->fold || (m->word[0] == bytes[0] && m->word[1] == bytes[1]))
            return m;
    }
    return NULL;
}

static const char *fold_new(arena *mem, slice own, buffer *scratch)
{
    buffer_clear(scratch);
    text_fold(own, scratch);
    return scratch->failed ? NULL : arena_copy(mem, scratch->bytes, scratch->size);
}

static const char *fold_word(arena *mem, word_memo *memo, slice own, buffer *scratch)
{
    uint64_t bytes[2] = {0, 0};
    if (!memo || own.size >= WIDTH)
        return fold_new(mem, own, scratch);
    memcpy(bytes, own.bytes, own.size);
    met_word *m = slot_of(memo, bytes);
    if (m && m->fold)
        return m->fold;
    const char *fold = m ? fold_new(memo->mem, own, scratch) : NULL;
    if (!fold)
        return fold_new(mem, own, scratch);
    *m = (met_word){{bytes[0], bytes[1]}, fold};
    return fold;
}

static status read_all(arena *mem, word_memo *memo, slice text, buffer *scratch, word_list *out,
                       fault *f)
{
    size_t start = 0, i = 0;
    while (word_next(text, &start, &i)) {
        const char *fold = fold_word(mem, memo, (slice){text.bytes + start, i - start}, scratch);
        if (!fold)
            return fault_memory(f);
        out->items[out->count++] = (word){start, i, fold};
    }
    return OK;
}

status words_read(arena *mem, word_memo *memo, slice text, word_list *out, fault *f)
{
    *out = (word_list){.text = text};
    out->items = ARENA_ARRAY(mem, word, text.size / 2 + 1); /* a word and what parts it */
    if (!out->items)
        return fault_memory(f);
    buffer scratch = BUFFER_INIT;
    status st = read_all(mem, memo, text, &scratch, out, f);
    buffer_free(&scratch);
    return st;
}

bool words_joined(const word_list *l, size_t at)
{
    enum { LONGEST_GAP = 10 };
    if (at + 1 >= l->count)
        return false;
    size_t from = l->items[at].end, to = l->items[at + 1].start;
    if (to - from > LONGEST_GAP)
        return false;
    for (size_t i = from; i < to; i++)
        if (!strchr(" \n-._", l->text.bytes[i]))
            return false;
    return true;
}

bool words_match(const word_list *l, size_t at, const word_list *wanted)
{
    if (!wanted->count || wanted->count > l->count - at)
        return false;
    for (size_t i = 0; i < wanted->count; i++)
        if (strcmp(l->items[at + i].fold, wanted->items[i].fold) != 0 ||
            (i + 1 < wanted->count && !words_joined(l, at + i)))
            return false;
    return true;
}

bool word_capital(const word_list *l, size_t at)
{
    utf8proc_int32_t c = 0;
    const word *w = &l->items[at];
    utf8proc_iterate((const utf8proc_uint8_t *)l->text.bytes + w->start,
                     (utf8proc_ssize_t)(w->end - w->start), &c);
    return utf8proc_category(c) == UTF8PROC_CATEGORY_LU;
}
