/* A problem as integers in canonical order: entries that lack readings come first, both these and the
 * complete ones sorted by id; judges sorted by id. Entries that the same judges may read are put into one
 * class, classes of one track and language into one row. */
#ifndef ASSIGN_INDEX_H
#define ASSIGN_INDEX_H

#include "chamthi/assign.h"
#include "lists.h"

#define NO_UNIT UINT32_MAX

/* A run of entries in by_class. In a class all are open to the same judges; in a row they share track,
 * language and the number of readings they lack. */
typedef struct {
    uint32_t first, count;
    uint32_t group; /* track and language */
    uint32_t need;  /* readings each of its entries still lacks */
} entry_run;

typedef struct {
    const deal_problem *p;
    size_t entries, all; /* entries that lack readings, and with the complete ones */
    size_t judges, units, groups, tracks, classes, rows;
    const uint32_t *entry_at, *judge_at; /* canonical position → index in the problem */
    const uint32_t *unit;                /* of a judge, NO_UNIT */
    const int64_t *held;                 /* kept readings of a judge */
    const int64_t *cap;                  /* of a judge, never below held */
    list_table kept;                     /* per entry, complete ones too: judges kept on it */
    const uint32_t *group_of;            /* of an entry, complete ones too */
    const uint32_t *track_of;            /* of a group: groups of one track share a number */
    const int64_t *group_size;           /* all entries of a group */
    const int64_t *group_kept;           /* [group * judges + judge]: kept readings there */
    const entry_run *class, *row;        /* of the entries that lack readings */
    const uint32_t *class_of;            /* of an entry */
    const uint32_t *row_of;              /* of a class */
    const uint32_t *by_class; /* entries, class by class, by id inside; so row by row too */

    /* Who may read what; ask index_may. */
    const unsigned char *knows; /* [group * judges + judge]: track and language */
    list_table refused;         /* per class: units whose judges, or who declared them, may not */
    list_table barred;          /* per class: single judges who may not */
    list_table avoid;           /* per unit: judges that belong to it or declared it */
    list_table apart;           /* per judge: those never beside them on an entry */
    bool any_apart;
    const uint64_t *avoid_bits; /* the same: [unit * words + judge / 64] */
    size_t words;
} deal_index;

status index_build(arena *mem, const deal_problem *p, deal_index *out, fault *f);

bool index_may(const deal_index *x, size_t class, size_t judge);
/* False for judges without a unit. */
static inline bool index_same_unit(const deal_index *x, uint32_t a, uint32_t b)
{
    return x->unit[a] != NO_UNIT && x->unit[a] == x->unit[b];
}
static inline bool index_apart(const deal_index *x, uint32_t a, uint32_t b)
{
    for (uint32_t i = x->apart.start[a]; x->any_apart && i < x->apart.start[a + 1]; i++)
        if (x->apart.items[i] == b)
            return true;
    return false;
}
static inline size_t index_kept(const deal_index *x, size_t entry)
{
    return x->kept.start[entry + 1] - x->kept.start[entry];
}

#endif
