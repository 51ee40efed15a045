/* The figures of several years, gathered from the database and the contests' definitions. */
#ifndef PRINT_RETROSPECTIVE_H
#define PRINT_RETROSPECTIVE_H

#include "chart.h"

#include "chamthi/print.h"

typedef struct {
    int64_t year;
    const contest *definition; /* NULL: this year is not in the database */
    int64_t entries, authors, units, tracks, prizes, collectives, certificates;
} year_facts;

typedef struct {
    store *db;
    arena *mem;
    int64_t from, to;
    year_facts *years;
    size_t year_count;
    const contest *latest; /* the last year that is there */
    date day;              /* of the last decision: the report's own date */
    report_table entries, prizes, winners, repeated, units, sources;
} retrospective;

status retrospective_gather(retrospective *r, store *db, arena *mem, int64_t from, int64_t to,
                            fault *f);
/* A published figure of that year; NULL when none was found. */
const figure *published_figure(const year_facts *y, const char *key);

#endif
