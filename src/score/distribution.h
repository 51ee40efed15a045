/* The few distributions that the score statistics need, from their textbook definitions. */
#ifndef SCORE_DISTRIBUTION_H
#define SCORE_DISTRIBUTION_H

/* The value that a share `p` (0 < p < 1) of an F distribution lies below; degrees of freedom > 0, not
 * necessarily whole. */
double f_quantile(double p, double df1, double df2);
/* The value that a share `p` > 0.5 of Student's t lies below. */
double t_quantile(double p, double df);
/* The share of a chi-square distribution that lies above x ≥ 0. */
double chi_square_above(double x, double df);
/* The value that a share `p` (0 < p < 1) of the normal distribution lies below, to 1e-15. Only + - * / and
 * square roots, which every machine rounds alike, so that seeded draws repeat bit by bit. */
double normal_quantile(double p);

#endif
