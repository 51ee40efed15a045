/* Step 2a: groups of texts with the same syllables, which are then compared once. */
#include "internal.h"

#include <stdlib.h>

enum { SAME_LEAST = 12 }; /* syllables; shorter texts are titles and blanks, not copies */

typedef struct {
    uint64_t hash[2];
    uint32_t tokens, text;
} key;

static int by_key(const void *a, const void *b)
{
    const key *x = a, *y = b;
    for (int i = 0; i < 2; i++)
        if (x->hash[i] != y->hash[i])
            return x->hash[i] < y->hash[i] ? -1 : 1;
    if (x->tokens != y->tokens)
        return x->tokens < y->tokens ? -1 : 1;
    return x->text < y->text ? -1 : x->text > y->text;
}

static bool equal(const key *x, const key *y)
{
    return x->hash[0] == y->hash[0] && x->hash[1] == y->hash[1] && x->tokens == y->tokens;
}

status engine_find_same(engine *e, fault *f)
{
    key *keys = malloc((e->count + 1) * sizeof *keys);
    if (!keys)
        return fault_memory(f);
    size_t n = 0;
    for (size_t i = 0; i < e->count; i++) {
        text_facts *t = &e->facts[i];
        t->same = (uint32_t)i;
        t->current = e->texts[i].role == ENGINE_CURRENT;
        if (e->texts[i].role != ENGINE_LIBRARY && t->tokens >= SAME_LEAST)
            keys[n++] = (key){{t->hash[0], t->hash[1]}, t->tokens, (uint32_t)i};
    }
    qsort(keys, n, sizeof *keys, by_key);
    size_t first = 0;
    for (size_t i = 0; i < n; i++) {
        if (!equal(&keys[i], &keys[first]))
            first = i;
        e->facts[keys[i].text].same = keys[first].text;
        e->facts[keys[first].text].current |= e->facts[keys[i].text].current;
    }
    free(keys);
    return OK;
}
