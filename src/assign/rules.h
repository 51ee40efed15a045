/* The rules about one entry and one judge, from the problem's own words. The draw asks its index instead;
 * the proof, and what has to be said before there is an index, ask these. */
#ifndef ASSIGN_RULES_H
#define ASSIGN_RULES_H

#include "chamthi/assign.h"

/* How many rules it breaks that this judge reads this entry; panels are not among them. */
int64_t rules_broken(const deal_entry *e, const deal_judge *j);
/* Whether one of them named the other. */
bool rules_apart(const deal_judge *a, const deal_judge *b);
bool rules_one_unit(const deal_judge *a, const deal_judge *b);
/* For qsort_r of deal_pairs: by entry id, then judge id. */
int rules_by_ids(const void *a, const void *b, void *problem);
/* "" for none. */
static inline const char *rules_panel(const deal_judge *j)
{
    return j->panel ? j->panel : "";
}

#endif
