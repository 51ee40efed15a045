/* What the rules need, out of the store. */
#ifndef CHECK_GATHER_H
#define CHECK_GATHER_H

#include "place.h"
#include "same_subject.h"

/* One year: its definition and the lists that every entry is held against. */
typedef struct {
    store *db;
    arena *mem; /* of the year */
    int64_t year;
    const contest *c;
    rule_pattern *patterns;
    size_t pattern_count;
    check_barred *barred;
    size_t barred_count;
    check_writer *writers; /* read when an entry limit applies somewhere */
    size_t writer_count;
    check_subjects *subjects; /* of this and all earlier years */
    word_memo *memo;
    place_names places; /* read when the subject must live somewhere */
} check_year;

/* E_INPUT when an overlay names no unit of that year. Let go of with year_close(), also on failure. */
status year_open(check_year *y, store *db, arena *mem, int64_t year, fault *f);
void year_close(check_year *y);

/* The entry at a cursor of CHECK_ENTRIES, with its authors; its own texts live until the cursor moves. */
status year_entry(const check_year *y, cursor *c, arena *mem, check_entry *out, fault *f);

#endif
