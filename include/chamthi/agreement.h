/* How far judges agree: intraclass correlations, Kendall's W, Krippendorff's alpha.
 *
 * Definitions: Shrout & Fleiss 1979 with the intervals of McGraw & Wong 1996; W with average ranks and
 * tie correction; alpha after Krippendorff 2011, missing marks allowed, its intervals from entries drawn again
 * (these judges, other entries). What is drawn is seeded by the table. */
#ifndef CHAMTHI_AGREEMENT_H
#define CHAMTHI_AGREEMENT_H

#include "chamthi/ratings.h"

typedef struct {
    bool known; /* false: the data do not define it, a remark says why */
    double value;
    bool bounded; /* low … high is a 95 % interval */
    double low, high;
} estimate;

/* 1: each entry has judges of its own; 2: judges drawn from many; 3: just these judges.
 * Single reading, then the mean of k. */
enum { ICC_1, ICC_2, ICC_3, ICC_1K, ICC_2K, ICC_3K, ICC_COUNT };
enum { ALPHA_NOMINAL, ALPHA_ORDINAL, ALPHA_INTERVAL, ALPHA_RATIO, ALPHA_COUNT };

typedef struct {
    size_t entries, judges, readings;
    size_t complete;    /* entries that every judge read */
    double per_entry;   /* k of the averages */
    bool by_components; /* the table has gaps: ICC(2), (3) come from variance components */
    estimate icc[ICC_COUNT];
    estimate w, w_ties; /* over the complete entries; w_ties is corrected for ties */
    double chi_square, p;
    size_t df;
    estimate alpha[ALPHA_COUNT];
    remarks notes;
} agreement;

/* Never NaN: what is not defined is not known, and a note says why. */
status agreement_measure(arena *mem, const ratings *table, agreement *out, fault *f);

#endif
