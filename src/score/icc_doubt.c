/* Intervals of ICC(2) and ICC(3) from tables drawn anew, where gaps leave no F distribution. */
#include "icc_doubt.h"

#include "distribution.h"
#include "variance.h"

#include <math.h>
#include <stdlib.h>

enum { TABLES = 500 };

typedef struct {
    solver s;
    random_stream stream;
    double entry, judge, rest;   /* standard deviations */
    double per_entry, per_judge; /* readings that tell one from another */
    double *entries, *judges;    /* drawn effects */
} redraw;

static double normal(redraw *x)
{
    return normal_quantile(((double)(random_next(&x->stream) >> 11) + .5) * 0x1p-53);
}

static void draw_table(redraw *x)
{
    solver *s = &x->s;
    const ratings *t = s->table;
    double mean = 0;
    for (size_t j = 0; j < t->judge_count; j++)
        x->judges[j] = x->judge * normal(x);
    for (size_t i = 0; i < t->entry_count; i++) {
        x->entries[i] = x->entry * normal(x);
        for (size_t r = t->start[i]; r < t->start[i + 1]; r++) {
            s->y[r] = x->entries[i] + x->judges[t->judge[r]] + x->rest * normal(x);
            mean += s->y[r] / (double)t->count;
        }
    }
    s->total = 0;
    for (size_t i = 0; i < t->entry_count; i++) {
        s->sums[i] = 0;
        for (size_t r = t->start[i]; r < t->start[i + 1]; r++) {
            s->y[r] -= mean;
            s->sums[i] += s->y[r];
            s->total += s->y[r] * s->y[r];
        }
    }
}

/* Mean squares as they would be on a complete table: each is a chi-square times what it estimates, so that
 * the ratio of two of them hardly depends on the truth. */
typedef struct {
    double entries, judges, rest;
} squares;

static squares squares_of(const redraw *x, double entry, double judge, double rest)
{
    return (squares){rest + x->per_entry * entry, rest + x->per_judge * judge, rest};
}

/* What the variances may be when a draw from those found gave `drawn`, as single-reading coefficients. */
static void turn(const redraw *x, const squares *found, const squares *drawn, double icc[2])
{
    double rest = found->rest * found->rest / drawn->rest;
    double entry = (found->entries * found->entries / drawn->entries - rest) / x->per_entry;
    double judge = (found->judges * found->judges / drawn->judges - rest) / x->per_judge;
    entry = fmax(entry, 0);
    icc[0] = entry / (entry + fmax(judge, 0) + rest);
    icc[1] = entry / (entry + rest);
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void bound(double *values, double k, estimate *single, estimate *average)
{
    qsort(values, TABLES, sizeof *values, by_size);
    single->low = values[TABLES / 40 - 1];
    single->high = values[TABLES - TABLES / 40];
    average->low = k * single->low / (1 + (k - 1) * single->low);
    average->high = k * single->high / (1 + (k - 1) * single->high);
    single->bounded = average->bounded = true;
}

status icc_doubt(arena *mem, const ratings *t, const fit *mixed, estimate icc[ICC_COUNT], fault *f)
{
    double entry = mixed->entry_variance, judge = mixed->judge_variance,
           rest = mixed->residual_variance;
    double entries = (double)t->entry_count, judges = (double)t->judge_count;
    redraw x = {.entry = sqrt(entry),
                .judge = sqrt(judge),
                .rest = sqrt(rest),
                .per_entry = ((double)t->count - judges) / (entries - 1),
                .per_judge = ((double)t->count - entries) / (judges - 1)};
    if (t->judge_count > DOUBT_JUDGES_MOST || t->count > DOUBT_READINGS_MOST || rest <= 0)
        return OK;
    const squares found = squares_of(&x, entry, judge, rest);
    double *two = ARENA_ARRAY(mem, double, TABLES), *three = ARENA_ARRAY(mem, double, TABLES);
    x.entries = ARENA_ARRAY(mem, double, t->entry_count);
    x.judges = ARENA_ARRAY(mem, double, t->judge_count);
    if (!two || !three || !x.entries || !x.judges)
        return fault_memory(f);
    TRY(solver_start(mem, t, &x.s, f));
    random_start(&x.stream, mixed->seed);
    for (size_t n = 0; n < TABLES; n++) {
        variances v;
        double values[2];
        draw_table(&x);
        TRY(solver_solve(&x.s, (shrinkage){0, 0}, f));
        if (!variance_moments(&x.s, &v) || v.residual <= 0)
            return OK;
        const squares drawn = squares_of(&x, v.entry, v.judge, v.residual);
        turn(&x, &found, &drawn, values);
        two[n] = values[0];
        three[n] = values[1];
    }
    bound(two, mixed->per_entry, &icc[ICC_2], &icc[ICC_2K]);
    bound(three, mixed->per_entry, &icc[ICC_3], &icc[ICC_3K]);
    return OK;
}
