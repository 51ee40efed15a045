/* Words with their places: what names and labels are looked for in. */
#include "chamthi/wordlist.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

/* The size of the character at p when it belongs to a word, else 0; `step` is its size in any case.
 * Every letter beyond ASCII counts; general punctuation, Latin-1 signs and CJK marks do not. */
static size_t word_character(const unsigned char *p, size_t left, size_t *step)
{
    unsigned char c = p[0];
    *step = 1;
    if (c < 0x80) {
        unsigned char small = c | 0x20;
        return (c >= '0' && c <= '9') || (small >= 'a' && small <= 'z');
    }
    size_t size = c >= 0xF0 ? 4 : c >= 0xE0 ? 3 : 2;
    *step = size < left ? size : left;
    bool sign = (c == 0xC2) || (c == 0xE2 && left > 1 && (p[1] == 0x80 || p[1] == 0x81)) ||
                (c == 0xE3 && left > 1 && p[1] == 0x80);
    return sign ? 0 : *step;
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
    size_t i = 0;
    while (i < text.size) {
        size_t step = 1, start = i;
        while (i < text.size &&
               word_character((const unsigned char *)text.bytes + i, text.size - i, &step))
            i += step;
        if (i == start) {
            i += step;
            continue;
        }
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
