/* How far ICC(2) and ICC(3) of a table with gaps can be off. */
#ifndef SCORE_ICC_DOUBT_H
#define SCORE_ICC_DOUBT_H

#include "chamthi/agreement.h"
#include "chamthi/fit.h"

/* Larger tables than this get no interval: each of the draws solves the whole table again. */
enum { DOUBT_JUDGES_MOST = 300, DOUBT_READINGS_MOST = 100000 };

/* Bounds the four coefficients that were computed from the variances of `mixed`, an eb fit of `table`: tables of
 * the same design are drawn from those variances, seeded by the table's hash, and measured again. Leaves them
 * without bounds where the table is too large or has no spare readings. */
status icc_doubt(arena *mem, const ratings *table, const fit *mixed, estimate icc[ICC_COUNT],
                 fault *f);

#endif
