/* Scores other than those of the additive model: what some rulebooks name, and the judge-scale model. */
#ifndef SCORE_RULEBOOK_H
#define SCORE_RULEBOOK_H

#include "variance.h"

#include "chamthi/fit.h"

/* Both write entries[].adjusted; the means are there already. A judge whose marks are all equal says
 * nothing of his entries: they count as his average. */
void score_trimmed(const ratings *table, fit *out);
status score_standardised(arena *mem, const ratings *table, fit *out, fault *f);

/* y = mu + a_j entry + judge + error with a_j ~ N(1, t²), by 60 rounds of expectation and maximisation from
 * the solved mixed model; writes adjusted, effects, scales, mu. */
status score_scaled(arena *mem, const solver *s, const variances *v, fit *out, fault *f);

#endif
