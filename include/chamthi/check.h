/* Checks: a contest's rules against its entries.
 *
 * A rule that seems broken is a finding, with the facts it rests on; a person rules on each one.
 * Nothing is disqualified by the program. A found figure gives a finding that may reject, an
 * inferred one only warns, an unknown one says nothing; the message names the source. */
#ifndef CHAMTHI_CHECK_H
#define CHAMTHI_CHECK_H

#include "chamthi/contest.h"

typedef struct {
    int64_t entries;  /* checked: all received ones of the year */
    int64_t current;  /* findings that hold now */
    int64_t open;     /* of these, not ruled on */
    int64_t added;    /* of these, not known to the run before */
    int64_t vanished; /* known to the run before, no longer found: kept, current = 0 */
} check_summary;

/* Runs every rule over one year in one transaction. A finding whose evidence is unchanged keeps its
 * ruling; a run that finds nothing new changes nothing and leaves no audit row. */
status check_run(store *db, const char *actor, int64_t year, check_summary *out, fault *f);

/* What a rule came to on one entry, also where it found nothing. */
typedef struct {
    const char *rule;              /* "length.most" */
    const char *outcome;           /* unknown, not_for_it, kept, broken, too_costly */
    provenance from;               /* of the figure; PROVENANCE_FOUND for the program's own rules */
    const char *source;            /* "" when there is none */
    const char *says_vi, *says_en; /* what it asks for, "" when unknown */
    const char *has_vi, *has_en;   /* what the entry has, or the finding's sentence */
    long steps;                    /* a pattern's, 0 for other rules */
} check_explanation;

/* Runs the rules over one entry and keeps nothing. `rule` is a name or the beginning of one
 * ("length", "pattern."); "" is all. E_MISSING: no such rule, with the names there are. */
status check_explain(store *db, arena *mem, int64_t entry_id, const char *rule,
                     check_explanation **out, size_t *count, fault *f);

typedef enum { RULING_ACCEPT, RULING_DISMISS } ruling;

/* What a person decided about a finding. The same ruling with the same reason changes nothing.
 * E_MISSING: no such finding; E_CONFLICT: it is no longer current; E_INPUT: empty reason. */
status finding_rule(store *db, const char *actor, int64_t finding_id, ruling verdict,
                    const char *reason, fault *f);

#endif
