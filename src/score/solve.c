/* Solves the additive model for given variance ratios. */
#include "solve.h"

#include <math.h>
#include <string.h>

static size_t readings_of(const ratings *t, size_t entry)
{
    return t->start[entry + 1] - t->start[entry];
}

double solver_weight(const solver *s, size_t entry)
{
    return 1 / ((double)readings_of(s->table, entry) + s->shrink.entry);
}

static bool fixed_effects(const solver *s)
{
    return s->shrink.entry <= 0;
}

status solver_start(arena *mem, const ratings *table, solver *s, fault *f)
{
    size_t size = table->judge_count + 1;
    *s = (solver){.table = table, .size = size};
    s->y = ARENA_ARRAY(mem, double, table->count);
    s->sums = ARENA_ARRAY(mem, double, table->entry_count);
    s->entry = ARENA_ARRAY(mem, double, table->entry_count);
    double *groups = ARENA_ARRAY(mem, double, table->group_count);
    double **vectors[] = {&s->group_size, &s->diagonal, &s->right,   &s->x,
                          &s->work[0],    &s->work[1],  &s->work[2], &s->work[3]};
    bool whole = s->y && s->sums && s->entry && groups;
    for (size_t i = 0; i < sizeof vectors / sizeof *vectors; i++)
        whole &= (*vectors[i] = ARENA_ARRAY(mem, double, size)) != NULL;
    if (table->judge_count <= SOLVE_DENSE_MAX) {
        s->factor = ARENA_ARRAY(mem, double, size *size);
        s->inverse = ARENA_ARRAY(mem, double, size *size);
        whole &= s->factor && s->inverse;
    }
    if (!whole)
        return fault_memory(f);
    int64_t sum = 0;
    for (size_t r = 0; r < table->count; r++)
        sum += table->points[r];
    s->centre = (double)sum / (double)table->count / 100;
    for (size_t i = 0; i < table->entry_count; i++)
        for (size_t r = table->start[i]; r < table->start[i + 1]; r++) {
            s->y[r] = (double)table->points[r] / 100 - s->centre;
            s->sums[i] += s->y[r];
            s->total += s->y[r] * s->y[r];
        }
    for (size_t j = 0; j < table->judge_count; j++)
        groups[table->judge_group[j]]++;
    for (size_t j = 0; j < table->judge_count; j++)
        s->group_size[j] = groups[table->judge_group[j]];
    return OK;
}

/* Diagonal and right-hand side of the reduced system. On fixed effects mu drops out: row 0 is 1 · mu = 0. */
static void make_right(solver *s)
{
    const ratings *t = s->table;
    memset(s->right, 0, s->size * sizeof *s->right);
    memset(s->diagonal, 0, s->size * sizeof *s->diagonal);
    for (size_t i = 0; i < t->entry_count; i++) {
        double d = solver_weight(s, i), left = s->shrink.entry * d;
        s->right[0] += left * s->sums[i];
        s->diagonal[0] += left * (double)readings_of(t, i);
        for (size_t r = t->start[i]; r < t->start[i + 1]; r++) {
            s->right[1 + t->judge[r]] += s->y[r] - d * s->sums[i];
            s->diagonal[1 + t->judge[r]] += 1 - d;
        }
    }
    if (fixed_effects(s))
        s->diagonal[0] = 1;
    for (size_t j = 1; j < s->size; j++)
        s->diagonal[j] += s->shrink.judge;
}

/* The lower triangle of the reduced system. */
static void make_matrix(solver *s)
{
    const ratings *t = s->table;
    size_t n = s->size;
    memset(s->factor, 0, n * n * sizeof *s->factor);
    for (size_t i = 0; i < t->entry_count; i++) {
        double d = solver_weight(s, i), left = s->shrink.entry * d;
        for (size_t r = t->start[i]; r < t->start[i + 1]; r++) {
            double *row = s->factor + (1 + t->judge[r]) * n;
            row[0] += left;
            for (size_t q = t->start[i]; q < r; q++)
                row[1 + t->judge[q]] -= d;
        }
    }
    for (size_t j = 0; j < n; j++)
        s->factor[j * n + j] = s->diagonal[j];
    if (!fixed_effects(s))
        return;
    for (size_t j = 1; j < n; j++) /* the judges of a group sum to 0 */
        for (size_t k = 1; k <= j; k++)
            if (t->judge_group[j - 1] == t->judge_group[k - 1])
                s->factor[j * n + k] += 1 / s->group_size[j - 1];
}

static double dot(const double *a, const double *b, size_t count)
{
    double sum[4] = {0};
    size_t i = 0;
    for (; i + 4 <= count; i += 4)
        for (size_t k = 0; k < 4; k++)
            sum[k] += a[i + k] * b[i + k];
    for (; i < count; i++)
        sum[0] += a[i] * b[i];
    return (sum[0] + sum[1]) + (sum[2] + sum[3]);
}

/* Cholesky in place, row by row. False when the matrix is not positive definite. */
static bool factorise(double *m, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        double *row = m + i * n;
        for (size_t j = 0; j < i; j++)
            row[j] = (row[j] - dot(row, m + j * n, j)) / m[j * n + j];
        double rest = row[i] - dot(row, row, i);
        if (!(rest > row[i] * 1e-14))
            return false;
        row[i] = sqrt(rest);
    }
    return true;
}

static status solve_dense(solver *s, fault *f)
{
    size_t n = s->size;
    double *x = s->x;
    make_matrix(s);
    if (!factorise(s->factor, n))
        return FAIL(f, E_INPUT, "hệ phương trình của bảng điểm suy biến, không tách được mức chấm",
                    "the equations of this table are singular: severity cannot be told apart");
    for (size_t i = 0; i < n; i++)
        x[i] = (s->right[i] - dot(s->factor + i * n, x, i)) / s->factor[i * n + i];
    for (size_t i = n; i-- > 0;) {
        x[i] /= s->factor[i * n + i];
        for (size_t k = 0; k < i; k++)
            x[k] -= s->factor[i * n + k] * x[i];
    }
    s->log_det = 0;
    for (size_t i = 0; i < n; i++)
        s->log_det += 2 * log(s->factor[i * n + i]);
    for (size_t i = 0; i < s->table->entry_count; i++)
        s->log_det -= log(solver_weight(s, i));
    return OK;
}

/* out = (reduced system) · v, entry by entry. */
static void multiply(const solver *s, const double *v, double *out)
{
    const ratings *t = s->table;
    memset(out, 0, s->size * sizeof *out);
    for (size_t i = 0; i < t->entry_count; i++) {
        double level = (double)readings_of(t, i) * v[0];
        for (size_t r = t->start[i]; r < t->start[i + 1]; r++)
            level += v[1 + t->judge[r]];
        double share = solver_weight(s, i) * level;
        out[0] += s->shrink.entry * share;
        for (size_t r = t->start[i]; r < t->start[i + 1]; r++)
            out[1 + t->judge[r]] += v[0] + v[1 + t->judge[r]] - share;
    }
    for (size_t j = 1; j < s->size; j++)
        out[j] += s->shrink.judge * v[j];
    if (fixed_effects(s))
        out[0] = v[0];
}

static status solve_gradients(solver *s, fault *f)
{
    size_t n = s->size;
    double *r = s->work[0], *z = s->work[1], *p = s->work[2], *q = s->work[3];
    memset(s->x, 0, n * sizeof *s->x);
    memcpy(r, s->right, n * sizeof *r);
    for (size_t j = 0; j < n; j++) {
        s->diagonal[j] = s->diagonal[j] > 0 ? s->diagonal[j] : 1;
        p[j] = z[j] = r[j] / s->diagonal[j];
    }
    double rz = dot(r, z, n), goal = rz * 1e-26;
    for (size_t step = 0; rz > goal; step++) {
        if (step > 10 * n)
            return FAIL(f, E_LIMIT,
                        "không giải được bảng điểm này: các giám khảo nối với nhau quá ít",
                        "this table cannot be solved: too little connects its judges");
        multiply(s, p, q);
        double length = rz / dot(p, q, n), before = rz;
        for (size_t j = 0; j < n; j++) {
            s->x[j] += length * p[j];
            r[j] -= length * q[j];
            z[j] = r[j] / s->diagonal[j];
        }
        rz = dot(r, z, n);
        for (size_t j = 0; j < n; j++)
            p[j] = z[j] + rz / before * p[j];
    }
    return OK;
}

/* Fixed effects are told apart only up to each group's level: its judges sum to 0. */
static void centre_judges(solver *s)
{
    const ratings *t = s->table;
    double *sum = s->work[0];
    memset(sum, 0, s->size * sizeof *sum);
    for (size_t j = 0; j < t->judge_count; j++)
        sum[t->judge_group[j]] += s->x[1 + j];
    for (size_t j = 0; j < t->judge_count; j++)
        s->x[1 + j] -= sum[t->judge_group[j]] / s->group_size[j];
}

static void finish(solver *s)
{
    const ratings *t = s->table;
    double squares = 0;
    s->residual = s->penalised = 0;
    for (size_t i = 0; i < t->entry_count; i++) {
        double rest = 0;
        for (size_t r = t->start[i]; r < t->start[i + 1]; r++)
            rest += s->y[r] - s->x[0] - s->x[1 + t->judge[r]];
        s->entry[i] = solver_weight(s, i) * rest;
        squares += s->entry[i] * s->entry[i];
        for (size_t r = t->start[i]; r < t->start[i + 1]; r++) {
            double e = s->y[r] - s->x[0] - s->x[1 + t->judge[r]] - s->entry[i];
            s->residual += e * e;
        }
    }
    s->penalised = s->residual + s->shrink.entry * squares +
                   s->shrink.judge * dot(s->x + 1, s->x + 1, s->size - 1);
}

status solver_solve(solver *s, shrinkage shrink, fault *f)
{
    s->shrink = shrink;
    make_right(s);
    TRY(s->factor ? solve_dense(s, f) : solve_gradients(s, f));
    if (fixed_effects(s))
        centre_judges(s);
    finish(s);
    return OK;
}

/* inverse = L^-T L^-1; the triangle of L^-1 is built in the inverse's own lower half first. */
void solver_invert(solver *s)
{
    size_t n = s->size;
    double *m = s->inverse;
    if (!m)
        return;
    memset(m, 0, n * n * sizeof *m);
    for (size_t i = 0; i < n; i++) {
        double *row = m + i * n, pivot = s->factor[i * n + i];
        for (size_t k = 0; k < i; k++) {
            double by = s->factor[i * n + k];
            for (size_t j = 0; j <= k; j++)
                row[j] -= by * m[k * n + j];
        }
        for (size_t j = 0; j < i; j++)
            row[j] /= pivot;
        row[i] = 1 / pivot;
    }
    for (size_t i = 0; i < n; i++) { /* row i of the result needs only rows i … of L^-1 */
        double *row = s->work[0];
        memset(row, 0, n * sizeof *row);
        for (size_t k = i; k < n; k++)
            for (size_t j = 0; j <= i; j++)
                row[j] += m[k * n + i] * m[k * n + j];
        memcpy(m + i * n, row, (i + 1) * sizeof *row);
    }
    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j < i; j++)
            m[j * n + i] = m[i * n + j];
    if (!fixed_effects(s))
        return;
    m[0] = 0;
    for (size_t j = 1; j < n; j++)
        for (size_t k = 1; k < n; k++)
            if (s->table->judge_group[j - 1] == s->table->judge_group[k - 1])
                m[j * n + k] -= 1 / s->group_size[j - 1];
}

double solver_judge_variance(const solver *s, size_t judge)
{
    size_t at = judge + 1;
    return s->inverse ? fmax(s->inverse[at * s->size + at], 0) : 1 / s->diagonal[at];
}

double solver_entry_variance(const solver *s, size_t entry)
{
    const ratings *t = s->table;
    double d = solver_weight(s, entry), k = (double)readings_of(t, entry), sum = 0;
    size_t from = t->start[entry], to = t->start[entry + 1];
    if (!s->inverse) {
        for (size_t r = from; r < to; r++)
            sum += 1 / s->diagonal[1 + t->judge[r]];
        return d + d * d * sum;
    }
    sum = k * k * s->inverse[0];
    for (size_t r = from; r < to; r++) {
        const double *row = s->inverse + (1 + t->judge[r]) * s->size;
        sum += 2 * k * row[0];
        for (size_t q = from; q < to; q++)
            sum += row[1 + t->judge[q]];
    }
    return d + d * d * fmax(sum, 0);
}
