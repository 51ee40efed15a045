/* Sheets of one track as the study of judges sees them, and which pairs of judges are too much alike. */
#ifndef SCORE_COPYING_H
#define SCORE_COPYING_H

#include "chamthi/score.h"

typedef struct {
    const rank_sheet *sheet;
    size_t entry, judge;    /* of the track's table */
    double points, rest, t; /* what the model leaves; that over its standard error */
    bool own;               /* an entry of the judge's own unit */
    bool outlier;
} conduct_sheet;

/* Adds to `out` the pairs with at least PAIR_LEAST entries in common whose identical sheets are more than
 * chance gives, at one in a thousand over all pairs. */
enum { PAIR_LEAST = 20, PAIR_IDENTICAL_LEAST = 3 };
status copying_find(arena *mem, const conduct_sheet *sheets, size_t count, size_t criteria,
                    const ratings *table, conduct *out, size_t *room, fault *f);

#endif
