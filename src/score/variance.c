/* Variance components by moments, and by restricted likelihood (Newton, after Nelder-Mead if need be). */
#include "variance.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The logarithms of ratios in this range are searched; at its end the variance is 0, and the ratio that
 * leaves no effect at all stands for it. */
static const double ratio_least = 1e-8, ratio_most = 1e8, ratio_none = 1e16;
enum { NEWTON_STEPS = 60, SIMPLEX_STEPS = 400 };

static double ratio_of(double variance, double residual)
{
    return variance > 0 ? fmax(residual / variance, ratio_least) : ratio_none;
}

shrinkage variance_shrinkage(const variances *v)
{
    return (shrinkage){ratio_of(v->entry, v->residual), ratio_of(v->judge, v->residual)};
}

bool variance_moments(const solver *s, variances *out)
{
    const ratings *t = s->table;
    double n = (double)t->count, entries = (double)t->entry_count, judges = (double)t->judge_count;
    double groups = (double)t->group_count, df = n - entries - judges + groups;
    *out = (variances){.entry = 0};
    if (df <= 0 || n <= entries || n <= judges)
        return false;
    double by_entries = 0, by_judges = 0; /* what each explains alone */
    double *sum = s->work[0], *count = s->work[1];
    memset(sum, 0, s->size * sizeof *sum);
    memset(count, 0, s->size * sizeof *count);
    for (size_t i = 0; i < t->entry_count; i++) {
        by_entries += s->sums[i] * s->sums[i] / (double)(t->start[i + 1] - t->start[i]);
        for (size_t r = t->start[i]; r < t->start[i + 1]; r++) {
            sum[t->judge[r]] += s->y[r];
            count[t->judge[r]]++;
        }
    }
    for (size_t j = 0; j < t->judge_count; j++)
        by_judges += sum[j] * sum[j] / count[j];
    out->residual = s->residual / df;
    double of_judges = s->total - by_entries - s->residual; /* what each adds to the other */
    double of_entries = s->total - by_judges - s->residual;
    out->judge = fmax((of_judges - (judges - groups) * out->residual) / (n - entries), 0);
    out->entry = fmax((of_entries - (entries - groups) * out->residual) / (n - judges), 0);
    return true;
}

/* -2 log restricted likelihood at the logarithms of both ratios. */
static status criterion(solver *s, const double at[2], double *out, fault *f)
{
    double n = (double)s->table->count - 1;
    TRY(solver_solve(s, (shrinkage){exp(at[0]), exp(at[1])}, f));
    *out = n * (1 + log(2 * M_PI * s->penalised / n)) + s->log_det -
           (double)s->table->entry_count * at[0] - (double)s->table->judge_count * at[1];
    return OK;
}

/* Its value and exact gradient. */
static status slope(solver *s, const double at[2], double *value, double g[2], fault *f)
{
    const ratings *t = s->table;
    double squares[2] = {0}, trace[2] = {0}, counts[2];
    TRY(criterion(s, at, value, f));
    solver_invert(s);
    for (size_t i = 0; i < t->entry_count; i++) {
        squares[0] += s->entry[i] * s->entry[i];
        trace[0] += solver_entry_variance(s, i);
    }
    for (size_t j = 0; j < t->judge_count; j++) {
        squares[1] += s->x[1 + j] * s->x[1 + j];
        trace[1] += solver_judge_variance(s, j);
    }
    counts[0] = (double)t->entry_count;
    counts[1] = (double)t->judge_count;
    for (int k = 0; k < 2; k++) {
        double ratio = exp(at[k]);
        g[k] = ((double)t->count - 1) * ratio * squares[k] / s->penalised + ratio * trace[k] -
               counts[k];
    }
    return OK;
}

typedef struct {
    double at[2], value;
} corner;

/* The corner at `from` + `reach` times the way to `to`, kept within the range. */
static status corner_at(solver *s, const double from[2], const double to[2], double reach,
                        corner *out, fault *f)
{
    for (int k = 0; k < 2; k++)
        out->at[k] =
            fmin(fmax(from[k] + reach * (to[k] - from[k]), log(ratio_least)), log(ratio_most));
    return criterion(s, out->at, &out->value, f);
}

static int by_value(const void *a, const void *b)
{
    double x = ((const corner *)a)->value, y = ((const corner *)b)->value;
    return (x > y) - (x < y);
}

/* Downhill simplex in two dimensions: slow, but needs no curvature. */
static status simplex(solver *s, double best[2], fault *f)
{
    corner c[3], tried, further;
    for (int i = 0; i < 3; i++) {
        double to[2] = {best[0] + (i == 1), best[1] + (i == 2)};
        TRY(corner_at(s, best, to, 1, &c[i], f));
    }
    for (int step = 0; step < SIMPLEX_STEPS; step++) {
        qsort(c, 3, sizeof *c, by_value);
        if (c[2].value - c[0].value < 1e-10)
            break;
        double middle[2] = {(c[0].at[0] + c[1].at[0]) / 2, (c[0].at[1] + c[1].at[1]) / 2};
        TRY(corner_at(s, middle, c[2].at, -1, &tried, f));
        if (tried.value < c[0].value) {
            TRY(corner_at(s, middle, c[2].at, -2, &further, f));
            tried = further.value < tried.value ? further : tried;
        } else if (tried.value >= c[1].value) {
            TRY(corner_at(s, middle, c[2].at, 0.5, &tried, f));
        }
        if (tried.value < c[2].value) {
            c[2] = tried;
            continue;
        }
        for (int i = 1; i < 3; i++)
            TRY(corner_at(s, c[0].at, c[i].at, 0.5, &c[i], f));
    }
    qsort(c, 3, sizeof *c, by_value);
    memcpy(best, c[0].at, sizeof c[0].at);
    return OK;
}

/* At an end of the range, with the slope pushing outwards. */
static bool stuck(double at, double g)
{
    return (at >= log(ratio_most) && g <= 0) || (at <= log(ratio_least) && g >= 0);
}

/* One Newton step from `at`; the curvature is the change of the exact gradient. False: no descent. */
static status newton_step(solver *s, const double at[2], const double g[2], double out[2],
                          bool *fine, fault *f)
{
    double h[2][2], value, size = 1e-4;
    for (int k = 0; k < 2; k++) {
        double near[2] = {at[0], at[1]}, up[2], down[2];
        near[k] = at[k] + size;
        TRY(slope(s, near, &value, up, f));
        near[k] = at[k] - size;
        TRY(slope(s, near, &value, down, f));
        for (int i = 0; i < 2; i++)
            h[k][i] = (up[i] - down[i]) / (2 * size);
    }
    double cross = (h[0][1] + h[1][0]) / 2, det = h[0][0] * h[1][1] - cross * cross;
    bool held[2] = {stuck(at[0], g[0]), stuck(at[1], g[1])};
    out[0] = out[1] = 0;
    if (!held[0] && !held[1] && h[0][0] > 0 && det > 0) {
        out[0] = -(h[1][1] * g[0] - cross * g[1]) / det;
        out[1] = -(h[0][0] * g[1] - cross * g[0]) / det;
    } else if (held[0] != held[1]) {
        int k = held[0];
        out[k] = h[k][k] > 0 ? -g[k] / h[k][k] : 0;
        *fine = h[k][k] > 0;
        return OK;
    } else {
        *fine = held[0] && held[1];
        return OK;
    }
    *fine = true;
    return OK;
}

/* A ratio that runs off towards "no variance" goes there at once. */
static double bounded_step(double at, double step)
{
    double to = at + fmin(fmax(step, -2), 2);
    if (step > 0 && to > log(1e5))
        return log(ratio_most);
    return fmin(fmax(to, log(ratio_least)), log(ratio_most));
}

static status newton(solver *s, double at[2], bool *done, fault *f)
{
    double value, g[2], step[2], next[2], there;
    *done = false;
    for (int i = 0; i < NEWTON_STEPS && !*done; i++) {
        TRY(slope(s, at, &value, g, f));
        TRY(newton_step(s, at, g, step, done, f));
        if (!*done)
            return OK;
        double size = 0;
        for (int k = 0; k < 2; k++) {
            next[k] = bounded_step(at[k], step[k]);
            size = fmax(size, fabs(next[k] - at[k]));
        }
        TRY(criterion(s, next, &there, f));
        for (int half = 0; there > value + 1e-9 * fabs(value) && half < 30; half++) {
            for (int k = 0; k < 2; k++)
                next[k] = (next[k] + at[k]) / 2;
            TRY(criterion(s, next, &there, f));
        }
        memcpy(at, next, sizeof next);
        *done = size < 1e-9;
    }
    return OK;
}

status variance_reml(solver *s, const variances *start, variances *out, fault *f)
{
    shrinkage from = variance_shrinkage(start);
    double at[2] = {log(fmin(from.entry, 100)), log(fmin(from.judge, 100))};
    bool done;
    TRY(newton(s, at, &done, f));
    if (!done) {
        TRY(simplex(s, at, f));
        TRY(newton(s, at, &done, f));
    }
    double value;
    TRY(criterion(s, at, &value, f));
    out->residual = s->penalised / ((double)s->table->count - 1);
    out->entry = at[0] >= log(ratio_most) ? 0 : out->residual / s->shrink.entry;
    out->judge = at[1] >= log(ratio_most) ? 0 : out->residual / s->shrink.judge;
    out->criterion = value;
    return OK;
}
