/* Entering and deciding one award, in one place for all the ways there are to it. */
#ifndef AWARD_ADD_H
#define AWARD_ADD_H

#include "chamthi/award.h"

typedef struct {
    int64_t year;
    const char *kind; /* entry, collective, subject */
    const char *prize;
    sql_value prize_id, entry_id, unit_id;
    const char *recipient, *unit, *title, *track;
    const char *honorific, *achievement; /* NULL: "" */
    const char *source, *state, *reason; /* reason NULL: none */
    int64_t since;                       /* of an honour for several years, the first; 0: none */
    award_decision decision;             /* number NULL: not decided; signatory always set */
} new_award;

/* Inside a transaction; the audit row is the caller's. `id` may be NULL. E_CONFLICT when the entry has an
 * award already. */
status award_add(store *db, arena *mem, const new_award *a, int64_t *id, fault *f);
/* The same for what a decision says of an award that has none yet, or none with a number. */
status award_decide_one(store *db, int64_t year, int64_t id, const award_decision *d, fault *f);

#endif
