/* Who may read what, once more from the words of assign.h: for what compares the draw with other solvers. */
#ifndef ORACLE_RULES_H
#define ORACLE_RULES_H

#include "chamthi/assign.h"

#include <string.h>

static bool rule_word(word_list list, const char *word)
{
    for (size_t i = 0; i < list.count; i++)
        if (strcmp(list.items[i], word) == 0)
            return true;
    return false;
}

static bool rule_may(const deal_entry *e, const deal_judge *j)
{
    for (size_t i = 0; i < e->units.count; i++)
        if (strcmp(e->units.items[i], j->unit) == 0 || rule_word(j->conflicts, e->units.items[i]))
            return false;
    if (rule_word(e->conflicts, j->id) || (j->tracks.count && !rule_word(j->tracks, e->track)))
        return false;
    return j->languages.count ? rule_word(j->languages, e->language)
                              : strcmp(e->language, "vi") == 0;
}

#endif
