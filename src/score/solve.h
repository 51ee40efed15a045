/* The additive model y = mu + entry + judge + error, with the entries eliminated.
 *
 * `shrink` holds the ratios residual variance / entry variance and residual / judge variance: both 0 is
 * least squares (effects fixed, judges sum to 0 within each group of the design), both positive is the
 * mixed model whose solution is the best linear unbiased prediction. Up to SOLVE_DENSE_MAX judges the
 * reduced system of (mu, judges) is factored by Cholesky; above, it is never formed and solved by
 * conjugate gradients with Jacobi's preconditioner. */
#ifndef SCORE_SOLVE_H
#define SCORE_SOLVE_H

#include "chamthi/ratings.h"

enum { SOLVE_DENSE_MAX = 1500 };

typedef struct {
    double entry, judge;
} shrinkage;

typedef struct {
    const ratings *table;
    double centre;            /* mean of all points; taken off before solving */
    double *y;                /* points (not hundredths) - centre, of each reading */
    double total;             /* sum of squares of y */
    size_t size;              /* 1 + judges: mu stands first */
    double *sums;             /* of each entry's y */
    double *group_size;       /* judges of each judge's group */
    double *factor, *inverse; /* size × size, row by row; NULL above SOLVE_DENSE_MAX */
    double *diagonal, *right, *work[4];
    /* the solution */
    shrinkage shrink;
    double *x;        /* mu, judges */
    double *entry;    /* entries; on least squares mu is 0 and they hold the level */
    double residual;  /* sum of squares */
    double penalised; /* residual + shrinkage × squared effects */
    double log_det;   /* of the whole coefficient matrix; dense mixed model only */
} solver;

status solver_start(arena *mem, const ratings *table, solver *s, fault *f);
status solver_solve(solver *s, shrinkage shrink, fault *f);
/* Fills `inverse` (dense only): the covariance of (mu, judges) over the residual variance. */
void solver_invert(solver *s);
/* Variance of an entry's or judge's effect over the residual variance. Exact after solver_invert();
 * above SOLVE_DENSE_MAX judges from the diagonal alone. */
double solver_entry_variance(const solver *s, size_t entry);
double solver_judge_variance(const solver *s, size_t judge);
/* 1 / (readings + shrinkage) */
double solver_weight(const solver *s, size_t entry);

#endif
