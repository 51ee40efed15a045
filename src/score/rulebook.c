/* Trimmed means, z-scores, and a spread of each judge's own. */
#include "rulebook.h"

#include <math.h>

enum { SCALE_ROUNDS = 60 };

void score_trimmed(const ratings *t, fit *out)
{
    for (size_t i = 0; i < t->entry_count; i++) {
        int64_t sum = 0, low = INT64_MAX, high = INT64_MIN;
        size_t n = t->start[i + 1] - t->start[i];
        for (size_t r = t->start[i]; r < t->start[i + 1]; r++) {
            sum += t->points[r];
            low = t->points[r] < low ? t->points[r] : low;
            high = t->points[r] > high ? t->points[r] : high;
        }
        if (n >= 3)
            out->entries[i].adjusted = (double)(sum - low - high) / (double)(n - 2) / 100;
    }
}

static double points_of(const ratings *t, size_t reading)
{
    return (double)t->points[reading] / 100;
}

status score_standardised(arena *mem, const ratings *t, fit *out, fault *f)
{
    double *centre = ARENA_ARRAY(mem, double, t->judge_count);
    double *spread = ARENA_ARRAY(mem, double, t->judge_count);
    double mean = 0, square = 0;
    if (!centre || !spread)
        return fault_memory(f);
    for (size_t r = 0; r < t->count; r++) {
        centre[t->judge[r]] += points_of(t, r) / (double)out->judges[t->judge[r]].n;
        mean += points_of(t, r) / (double)t->count;
    }
    for (size_t r = 0; r < t->count; r++) {
        double own = points_of(t, r) - centre[t->judge[r]], all = points_of(t, r) - mean;
        spread[t->judge[r]] += own * own / (double)(out->judges[t->judge[r]].n - 1);
        square += all * all / (double)(t->count - 1);
    }
    for (size_t i = 0; i < t->entry_count; i++) {
        double sum = 0;
        for (size_t r = t->start[i]; r < t->start[i + 1]; r++) {
            size_t j = t->judge[r];
            if (spread[j] > 0)
                sum += (points_of(t, r) - centre[j]) / sqrt(spread[j]);
        }
        out->entries[i].adjusted = mean + sqrt(square) * sum / (double)out->entries[i].n;
    }
    return OK;
}

/* ---- a spread of each judge's own ---- */

/* Sums over one judge's readings, with the entries' own uncertainty. */
typedef struct {
    double n, theta, theta2, y, theta_y, y2;
} judge_sums;

typedef struct {
    const ratings *t;
    const solver *s;
    double *theta, *doubt, *level, *scale; /* of entries; of judges */
    judge_sums *sums;
    double mu, entry, judge, spread, residual; /* variances */
} scaled;

/* What the entries are, given the judges. */
static void expect_entries(scaled *m)
{
    const ratings *t = m->t;
    for (size_t i = 0; i < t->entry_count; i++) {
        double weight = 1 / m->entry, sum = 0;
        for (size_t r = t->start[i]; r < t->start[i + 1]; r++) {
            double a = m->scale[t->judge[r]];
            weight += a * a / m->residual;
            sum += a * (m->s->y[r] - m->mu - m->level[t->judge[r]]) / m->residual;
        }
        m->doubt[i] = 1 / weight;
        m->theta[i] = sum / weight;
    }
}

static void sum_judges(scaled *m)
{
    const ratings *t = m->t;
    for (size_t j = 0; j < t->judge_count; j++)
        m->sums[j] = (judge_sums){0};
    for (size_t i = 0; i < t->entry_count; i++)
        for (size_t r = t->start[i]; r < t->start[i + 1]; r++) {
            judge_sums *s = &m->sums[t->judge[r]];
            double y = m->s->y[r] - m->mu;
            s->n++;
            s->theta += m->theta[i];
            s->theta2 += m->theta[i] * m->theta[i] + m->doubt[i];
            s->y += y;
            s->theta_y += m->theta[i] * y;
            s->y2 += y * y;
        }
}

/* Each judge's level and spread by ridge regression, then the variances. */
static void fit_judges(scaled *m)
{
    const ratings *t = m->t;
    double judges = (double)t->judge_count, levels = 0, spreads = 0, rest = 0, entries = 0;
    for (size_t j = 0; j < t->judge_count; j++) {
        const judge_sums *s = &m->sums[j];
        double pull = m->residual / m->spread, keep = m->residual / m->judge;
        double aa = s->theta2 + pull, bb = s->n + keep, det = aa * bb - s->theta * s->theta;
        double right = s->theta_y + pull;
        double a = (right * bb - s->theta * s->y) / det, b = (aa * s->y - s->theta * right) / det;
        m->scale[j] = a;
        m->level[j] = b;
        levels += b * b + m->residual * aa / det;
        spreads += (a - 1) * (a - 1) + m->residual * bb / det;
        rest += s->y2 + a * a * s->theta2 + s->n * b * b - 2 * a * s->theta_y - 2 * b * s->y +
                2 * a * b * s->theta;
        rest += m->residual * (aa * s->n + bb * s->theta2 - 2 * s->theta * s->theta) / det;
    }
    for (size_t i = 0; i < t->entry_count; i++)
        entries += m->theta[i] * m->theta[i] + m->doubt[i];
    m->judge = fmax(levels / judges, 1e-12);
    m->spread = fmax(spreads / judges, 1e-12);
    m->residual = fmax(rest / (double)t->count, 1e-12);
    m->entry = fmax(entries / (double)t->entry_count, 1e-12);
}

static void shift_mean(scaled *m)
{
    double sum = 0;
    for (size_t i = 0; i < m->t->entry_count; i++)
        for (size_t r = m->t->start[i]; r < m->t->start[i + 1]; r++)
            sum += m->s->y[r] - m->level[m->t->judge[r]] - m->scale[m->t->judge[r]] * m->theta[i];
    m->mu = sum / (double)m->t->count;
}

status score_scaled(arena *mem, const solver *s, const variances *v, fit *out, fault *f)
{
    const ratings *t = s->table;
    scaled m = {.t = t,
                .s = s,
                .theta = ARENA_ARRAY(mem, double, t->entry_count),
                .doubt = ARENA_ARRAY(mem, double, t->entry_count),
                .level = ARENA_ARRAY(mem, double, t->judge_count),
                .scale = ARENA_ARRAY(mem, double, t->judge_count),
                .sums = ARENA_ARRAY(mem, judge_sums, t->judge_count),
                .mu = s->x[0],
                .entry = fmax(v->entry, 1e-12),
                .judge = fmax(v->judge, 1e-12),
                .residual = v->residual,
                .spread = 0.04};
    if (!m.theta || !m.doubt || !m.level || !m.scale || !m.sums)
        return fault_memory(f);
    for (size_t j = 0; j < t->judge_count; j++) {
        m.scale[j] = 1;
        m.level[j] = s->x[1 + j];
    }
    for (int round = 0; round < SCALE_ROUNDS; round++) {
        expect_entries(&m);
        sum_judges(&m);
        fit_judges(&m);
        shift_mean(&m);
    }
    expect_entries(&m);
    out->mu = s->centre + m.mu;
    out->has_errors = true;
    for (size_t i = 0; i < t->entry_count; i++) {
        out->entries[i].adjusted = out->mu + m.theta[i];
        out->entries[i].se = sqrt(m.doubt[i]);
    }
    for (size_t j = 0; j < t->judge_count; j++) {
        out->judges[j].effect = m.level[j];
        out->judges[j].scale = m.scale[j];
    }
    return OK;
}
