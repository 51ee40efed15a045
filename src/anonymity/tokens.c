/* Words with their places: what names and labels are looked for in. */
#include "tokens.h"

#include "chamthi/text.h"

#include <string.h>

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

static size_t count_words(slice text)
{
    size_t count = 0, i = 0;
    bool inside = false;
    while (i < text.size) {
        size_t step,
            n = word_character((const unsigned char *)text.bytes + i, text.size - i, &step);
        count += n && !inside;
        inside = n != 0;
        i += step;
    }
    return count;
}

static status read_all(arena *mem, slice text, buffer *fold, word_list *out, fault *f)
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
        buffer_clear(fold);
        text_fold((slice){text.bytes + start, i - start}, fold);
        TRY(buffer_check(fold, f));
        char *copy = arena_copy(mem, fold->bytes, fold->size);
        if (!copy)
            return fault_memory(f);
        out->items[out->count++] = (word){start, i, copy};
    }
    return OK;
}

status words_read(arena *mem, slice text, word_list *out, fault *f)
{
    *out = (word_list){.text = text};
    out->items = ARENA_ARRAY(mem, word, count_words(text) + 1);
    if (!out->items)
        return fault_memory(f);
    buffer fold = BUFFER_INIT;
    status st = read_all(mem, text, &fold, out, f);
    buffer_free(&fold);
    return st;
}

static bool joined(const word_list *l, size_t first)
{
    enum { LONGEST_GAP = 4 };
    size_t from = l->items[first].end, to = l->items[first + 1].start;
    if (to - from > LONGEST_GAP)
        return false;
    for (size_t i = from; i < to; i++)
        if (!strchr(" \n-.", l->text.bytes[i]))
            return false;
    return true;
}

bool words_match(const word_list *l, size_t at, const word_list *wanted)
{
    if (!wanted->count || wanted->count > l->count - at)
        return false;
    for (size_t i = 0; i < wanted->count; i++)
        if (strcmp(l->items[at + i].fold, wanted->items[i].fold) != 0 ||
            (i + 1 < wanted->count && !joined(l, at + i)))
            return false;
    return true;
}
