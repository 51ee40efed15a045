/* The information a block design (entries are blocks, judges are treatments) gives about judges. */
#include "efficiency.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* One track's design: judges renumbered 0..judges-1. */
typedef struct {
    size_t judges, entries, readings;
    double *c; /* judges x judges: R - N K^-1 N', later its Cholesky factor */
    double *readings_of;
    size_t *number; /* problem's judge → own number, SIZE_MAX */
} design;

static void add_block(design *d, const deal_pair *pairs, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        size_t a = d->number[pairs[i].judge];
        d->readings_of[a] += 1;
        d->c[a * d->judges + a] += 1;
        for (size_t k = 0; k < size; k++)
            d->c[a * d->judges + d->number[pairs[k].judge]] -= 1.0 / (double)size;
    }
    d->entries++;
    d->readings += size;
}

/* In place; false when the matrix is not positive definite. Then fills `inverse_trace`. */
static bool invert_trace(double *m, size_t n, double *inverse_trace)
{
    for (size_t j = 0; j < n; j++) {
        double pivot = m[j * n + j];
        for (size_t k = 0; k < j; k++)
            pivot -= m[j * n + k] * m[j * n + k];
        if (pivot < 1e-9)
            return false;
        m[j * n + j] = sqrt(pivot);
        for (size_t i = j + 1; i < n; i++) {
            double sum = m[i * n + j];
            for (size_t k = 0; k < j; k++)
                sum -= m[i * n + k] * m[j * n + k];
            m[i * n + j] = sum / m[j * n + j];
        }
    }
    /* trace(M^-1) is the squared size of L^-1, made column by column in the upper triangle. */
    double total = 0;
    for (size_t j = 0; j < n; j++) {
        double *column = m + j * n; /* entries j+1.. of row j are free now */
        double diagonal = 1 / m[j * n + j];
        total += diagonal * diagonal;
        for (size_t i = j + 1; i < n; i++) {
            double sum = m[i * n + j] * diagonal;
            for (size_t k = j + 1; k < i; k++)
                sum += m[i * n + k] * column[k];
            column[i] = -sum / m[i * n + i];
            total += column[i] * column[i];
        }
    }
    *inverse_trace = total;
    return true;
}

static int64_t design_efficiency(design *d)
{
    size_t n = d->judges;
    double size = (double)d->readings / (double)d->entries, v = (double)n, trace;
    for (size_t a = 0; a < n; a++)
        for (size_t b = 0; b < n; b++) {
            double root = sqrt(d->readings_of[a] * d->readings_of[b]);
            d->c[a * n + b] = d->c[a * n + b] / root + root / (double)d->readings;
        }
    if (!invert_trace(d->c, n, &trace))
        return 0;
    double harmonic = (v - 1) / (trace - 1), ideal = v * (size - 1) / (size * (v - 1));
    return (int64_t)llround(1e6 * harmonic / ideal);
}

/* Numbers the judges who read entries of the track; how many. */
static size_t number_judges(const deal_problem *p, const deal_pair *pairs, size_t count,
                            const char *track, size_t *number)
{
    size_t judges = 0;
    memset(number, 0xff, p->judge_count * sizeof *number);
    for (size_t i = 0; i < count; i++)
        if (strcmp(p->entries[pairs[i].entry].track, track) == 0 &&
            number[pairs[i].judge] == SIZE_MAX)
            number[pairs[i].judge] = judges++;
    return judges;
}

static status track_efficiency(arena *mem, const deal_problem *p, const deal_pair *pairs,
                               size_t count, const char *track, int64_t *out, fault *f)
{
    design d = {.number = ARENA_ARRAY(mem, size_t, p->judge_count)};
    *out = -1;
    if (!d.number)
        return fault_memory(f);
    d.judges = number_judges(p, pairs, count, track, d.number);
    if (d.judges < 2 || d.judges > DEAL_EFFICIENCY_JUDGES)
        return OK;
    d.c = ARENA_ARRAY(mem, double, d.judges *d.judges);
    d.readings_of = ARENA_ARRAY(mem, double, d.judges);
    if (!d.c || !d.readings_of)
        return fault_memory(f);
    for (size_t i = 0, to; i < count; i = to) {
        for (to = i; to < count && pairs[to].entry == pairs[i].entry;)
            to++;
        if (strcmp(p->entries[pairs[i].entry].track, track) == 0)
            add_block(&d, pairs + i, to - i);
    }
    if (d.readings > d.entries)
        *out = design_efficiency(&d);
    return OK;
}

static bool seen_before(const deal_problem *p, const deal_pair *pairs, size_t i, const char **seen,
                        size_t count)
{
    for (size_t k = 0; k < count; k++)
        if (strcmp(seen[k], p->entries[pairs[i].entry].track) == 0)
            return true;
    return false;
}

status deal_efficiency(arena *mem, const deal_problem *p, const deal_pair *pairs, size_t count,
                       int64_t *out, fault *f)
{
    enum { TRACKS_MOST = 64 };
    const char *seen[TRACKS_MOST];
    size_t tracks = 0;
    *out = -1;
    for (size_t i = 0; i < count && tracks < TRACKS_MOST; i++) {
        if (seen_before(p, pairs, i, seen, tracks))
            continue;
        int64_t one;
        seen[tracks++] = p->entries[pairs[i].entry].track;
        TRY(track_efficiency(mem, p, pairs, count, seen[tracks - 1], &one, f));
        *out = one >= 0 && (*out < 0 || one < *out) ? one : *out;
    }
    return OK;
}
