/* Variance components of the additive model. */
#ifndef SCORE_VARIANCE_H
#define SCORE_VARIANCE_H

#include "solve.h"

typedef struct {
    double entry, judge, residual;
    double criterion; /* -2 log restricted likelihood; only from variance_reml */
} variances;

/* Henderson's method 3 from a least squares solution in `s`: unbiased, closed form, never below 0.
 * False when the table leaves no degree of freedom for one of the three. */
bool variance_moments(const solver *s, variances *out);

/* The restricted maximum likelihood, from a start with residual > 0; needs the dense solver. Leaves `s`
 * solved at the maximum. A variance whose best value is 0 comes out as 0. */
status variance_reml(solver *s, const variances *start, variances *out, fault *f);

/* The ratios that belong to variances; a variance of 0 leaves no effect. */
shrinkage variance_shrinkage(const variances *v);

#endif
