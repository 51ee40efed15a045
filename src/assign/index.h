/* A problem as integers in canonical order: entries and judges sorted by id, entries that the same
 * judges may read put into one class. Shared by deal.c and explain.c. */
#ifndef ASSIGN_INDEX_H
#define ASSIGN_INDEX_H

#include "chamthi/assign.h"

#define NO_UNIT UINT32_MAX

typedef struct {
    uint32_t *items;
    size_t count;
} index_list;

/* Entries with the same track and language, the same judges barred and the same number of readings
 * to give. */
typedef struct {
    size_t first, count; /* in by_class */
    uint32_t group;      /* track and language */
    int64_t need;        /* readings each of its entries still lacks */
} entry_class;

typedef struct {
    const deal_problem *p;
    size_t entries, judges, units, groups, classes;
    const uint32_t *entry_at, *judge_at; /* canonical position → index in the problem */
    const uint32_t *unit;                /* of a judge, NO_UNIT */
    const int64_t *held;                 /* kept readings of a judge */
    const int64_t *cap;                  /* of a judge, never below held */
    index_list *kept;                    /* judges kept on an entry */
    const uint32_t *group_of;            /* of an entry */
    const uint32_t *track_of;            /* of a group: groups of one track share a number */
    size_t tracks;
    const entry_class *class;
    const uint32_t *class_of; /* of an entry; classes with need 0 exist too */
    const uint32_t *by_class; /* entries, class by class, by id inside */
    unsigned char *may;       /* [class * judges + judge] */
} deal_index;

status index_build(arena *mem, const deal_problem *p, deal_index *out, fault *f);

static inline bool index_may(const deal_index *x, size_t class, size_t judge)
{
    return x->may[class * x->judges + judge];
}
/* False for judges without a unit. */
bool index_same_unit(const deal_index *x, uint32_t a, uint32_t b);

#endif
