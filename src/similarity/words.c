/* Two passages word by word: equal, other accents, look-alike letters, other words. */
#include "chamthi/similarity.h"
#include "chamthi/text.h"

#include <string.h>

enum { MOST_CELLS = 4 * 1024 * 1024 };

typedef struct {
    const char *key, *fold;
    bool foreign; /* has a Greek or Cyrillic letter */
} word_forms;

/* Greek and Cyrillic stand between U+0370 and U+052F: lead bytes CD to D4. */
static bool has_foreign(const char *p, size_t size)
{
    for (size_t i = 0; i + 1 < size; i++) {
        unsigned char c = (unsigned char)p[i], d = (unsigned char)p[i + 1];
        if ((c == 0xCD && d >= 0xB0) || (c >= 0xCE && c <= 0xD4))
            return true;
    }
    return false;
}

typedef struct {
    slice text;
    compared_word *words;
    word_forms *forms;
    size_t count;
} word_side;

static bool blank(char c)
{
    return c == ' ' || c == '\n';
}

static status read_side(arena *mem, slice text, word_side *out, fault *f)
{
    size_t most = text.size / 2 + 1;
    *out = (word_side){.text = text,
                       .words = ARENA_ARRAY(mem, compared_word, most),
                       .forms = ARENA_ARRAY(mem, word_forms, most)};
    if (!out->words || !out->forms)
        return fault_memory(f);
    for (size_t i = 0; i < text.size;) {
        size_t start = i;
        while (i < text.size && !blank(text.bytes[i]))
            i++;
        if (i > start) {
            char *copy = arena_copy(mem, text.bytes + start, i - start);
            word_forms forms = {copy ? text_key_string(mem, copy) : NULL,
                                copy ? text_fold_string(mem, copy) : NULL,
                                has_foreign(text.bytes + start, i - start)};
            if (!forms.key || !forms.fold)
                return fault_memory(f);
            out->forms[out->count] = forms;
            out->words[out->count++] = (compared_word){start, i, WORD_OTHER};
        }
        i++;
    }
    return OK;
}

static bool alike(const word_side *a, size_t i, const word_side *b, size_t k)
{
    return strcmp(a->forms[i].fold, b->forms[k].fold) == 0;
}

static void match(word_side *a, size_t i, word_side *b, size_t k)
{
    const word_forms *x = &a->forms[i], *y = &b->forms[k];
    word_likeness likeness = x->foreign != y->foreign      ? WORD_ALIKE
                             : strcmp(x->key, y->key) == 0 ? WORD_EQUAL
                                                           : WORD_MARKS;
    a->words[i].likeness = b->words[k].likeness = likeness;
}

/* Lengths of the longest common sequences of the rests; cells[i * (m + 1) + k] for words i.. and k.. */
static status match_middle(arena *mem, word_side *a, word_side *b, size_t from, size_t a_to,
                           size_t b_to, fault *f)
{
    size_t n = a_to - from, m = b_to - from, width = m + 1;
    if (!n || !m || n > MOST_CELLS / m)
        return OK;
    uint16_t *cells = ARENA_ARRAY(mem, uint16_t, (n + 1) * width);
    if (!cells)
        return fault_memory(f);
    for (size_t i = n; i-- > 0;)
        for (size_t k = m; k-- > 0;) {
            uint16_t down = cells[(i + 1) * width + k], right = cells[i * width + k + 1];
            uint16_t both = (uint16_t)(cells[(i + 1) * width + k + 1] + 1);
            cells[i * width + k] = alike(a, from + i, b, from + k) ? both
                                   : down > right                  ? down
                                                                   : right;
        }
    for (size_t i = 0, k = 0; i < n && k < m;) {
        if (alike(a, from + i, b, from + k))
            match(a, from + i++, b, from + k++);
        else if (cells[(i + 1) * width + k] >= cells[i * width + k + 1])
            i++;
        else
            k++;
    }
    return OK;
}

status similar_compare_words(arena *mem, slice text_a, slice text_b, word_comparison *out, fault *f)
{
    word_side a, b;
    TRY(read_side(mem, text_a, &a, f));
    TRY(read_side(mem, text_b, &b, f));
    size_t from = 0, a_to = a.count, b_to = b.count;
    for (; from < a_to && from < b_to && alike(&a, from, &b, from); from++)
        match(&a, from, &b, from);
    for (; a_to > from && b_to > from && alike(&a, a_to - 1, &b, b_to - 1); a_to--, b_to--)
        match(&a, a_to - 1, &b, b_to - 1);
    TRY(match_middle(mem, &a, &b, from, a_to, b_to, f));
    *out = (word_comparison){a.words, b.words, a.count, b.count};
    return OK;
}
