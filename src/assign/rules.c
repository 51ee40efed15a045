/* Who may read what, word by word. */
#include "rules.h"

#include <string.h>

static bool has(word_list list, const char *word)
{
    for (size_t i = 0; i < list.count; i++)
        if (strcmp(list.items[i], word) == 0)
            return true;
    return false;
}

static bool share_a_word(word_list a, word_list b)
{
    for (size_t i = 0; i < a.count; i++)
        if (has(b, a.items[i]))
            return true;
    return false;
}

int64_t rules_broken(const deal_entry *e, const deal_judge *j)
{
    int64_t broken = *j->unit && has(e->units, j->unit);
    broken += share_a_word(e->units, j->conflicts);
    broken += has(e->conflicts, j->id) || has(j->conflicts, e->id);
    broken += *e->track && j->tracks.count && !has(j->tracks, e->track);
    if (*e->language && !has(j->languages, e->language))
        broken += j->languages.count || strcmp(e->language, "vi") != 0;
    return broken;
}

bool rules_apart(const deal_judge *a, const deal_judge *b)
{
    return has(a->conflicts, b->id) || has(b->conflicts, a->id);
}

bool rules_one_unit(const deal_judge *a, const deal_judge *b)
{
    return *a->unit && strcmp(a->unit, b->unit) == 0;
}

int rules_by_ids(const void *a, const void *b, void *problem)
{
    const deal_problem *p = problem;
    const deal_pair *x = a, *y = b;
    int order = strcmp(p->entries[x->entry].id, p->entries[y->entry].id);
    return order != 0 ? order : strcmp(p->judges[x->judge].id, p->judges[y->judge].id);
}
