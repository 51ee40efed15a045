/* The figures of several years, gathered from the database and the contests' definitions. */
#ifndef PRINT_RETROSPECTIVE_H
#define PRINT_RETROSPECTIVE_H

#include "chart.h"

#include "chamthi/print.h"

typedef struct {
    int64_t year;
    const contest *definition; /* NULL: this year is not in the database */
    int64_t entries, authors, units, tracks, prizes, collectives, certificates;
    int64_t persons, groups; /* entries about one person, about a collective */
} year_facts;

typedef struct {
    store *db;
    arena *mem;
    int64_t from, to;
    year_facts *years;
    size_t year_count;
    const contest *latest; /* the last year that is there */
    date day;              /* of the last decision: the report's own date */
    report_table rules, entries, prizes, winners, honours, sources;
    report_table units, districts;
    heat_map heat; /* entries of the units by year */
    report_table faithful, repeated, subjects;
    report_table rounds, severity, returned;
} retrospective;

status retrospective_gather(retrospective *r, store *db, arena *mem, int64_t from, int64_t to,
                            fault *f);
/* Its parts, after the years are known. */
status retrospective_units(retrospective *r, fault *f);
status retrospective_people(retrospective *r, fault *f);
status retrospective_judging(retrospective *r, fault *f);
/* A published figure of that year; NULL when none was found. */
const figure *published_figure(const year_facts *y, const char *key);

#endif
