/* Agreement between judges: variance ratios, ranks, coincidences. */
#include "chamthi/agreement.h"
#include "chamthi/fit.h"

#include "distribution.h"
#include "icc_doubt.h"

#include <math.h>
#include <stdlib.h>

enum { RATIO_VALUES_MAX = 20000 };

/* Mean squares of the analysis of variance. Points in hundredths; only ratios are used. */
typedef struct {
    double n, k; /* entries, judges (or the effective readings per entry) */
    double between, within, judges, residual;
    double df_within;
} squares;

static estimate known(double value)
{
    return (estimate){.known = true, .value = value};
}

static estimate bounded(double value, double low, double high)
{
    return (estimate){true, value, true, low, high};
}

static double mean_of(const int64_t *points, size_t count)
{
    int64_t sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += points[i];
    return (double)sum / (double)count;
}

static double square(double x)
{
    return x * x;
}

/* Points are whole hundredths: squares below this are rounding, not differences. */
static double rounding(const ratings *t)
{
    double most = 1;
    for (size_t r = 0; r < t->count; r++)
        most = fmax(most, fabs((double)t->points[r]));
    return square(1e-12 * most);
}

/* One-way: entries against what differs within them. k is exact on equal counts, else Snedecor's k0. */
static squares one_way(const ratings *t)
{
    double least = rounding(t);
    double mean = mean_of(t->points, t->count), between = 0, within = 0, counts = 0;
    for (size_t i = 0; i < t->entry_count; i++) {
        size_t k = t->start[i + 1] - t->start[i];
        double own = mean_of(t->points + t->start[i], k);
        between += (double)k * square(own - mean);
        counts += square((double)k);
        for (size_t r = t->start[i]; r < t->start[i + 1]; r++)
            within += square((double)t->points[r] - own);
    }
    double n = (double)t->entry_count, all = (double)t->count;
    return (squares){.n = n,
                     .k = (all - counts / all) / (n - 1),
                     .between = between > least ? between / (n - 1) : 0,
                     .within = within > least ? within / (all - n) : 0,
                     .df_within = all - n};
}

/* Two-way, for a table without gaps. */
static status two_way(arena *mem, const ratings *t, squares *s, fault *f)
{
    double *judge = ARENA_ARRAY(mem, double, t->judge_count);
    if (!judge)
        return fault_memory(f);
    double mean = mean_of(t->points, t->count), n = s->n, k = (double)t->judge_count;
    double judges = 0, residual = 0, least = rounding(t);
    for (size_t r = 0; r < t->count; r++)
        judge[t->judge[r]] += (double)t->points[r] / n;
    for (size_t j = 0; j < t->judge_count; j++)
        judges += n * square(judge[j] - mean);
    for (size_t i = 0; i < t->entry_count; i++) {
        double own = mean_of(t->points + t->start[i], t->judge_count);
        for (size_t r = t->start[i]; r < t->start[i + 1]; r++)
            residual += square((double)t->points[r] - own - judge[t->judge[r]] + mean);
    }
    s->k = k;
    s->judges = judges > least ? judges / (k - 1) : 0;
    s->residual = residual > least ? residual / ((n - 1) * (k - 1)) : 0;
    return OK;
}

/* A division by nothing leaves no value, or no interval. */
static estimate settled(estimate e)
{
    e.known = e.known && isfinite(e.value);
    e.bounded = e.known && e.bounded && isfinite(e.low) && isfinite(e.high);
    return e;
}

/* ICC(1) and ICC(3): a ratio of two mean squares, so its interval comes straight from F. */
static void by_ratio(double between, double error, double k, double df1, double df2,
                     estimate *single, estimate *average)
{
    if (between <= 0 && error <= 0)
        return;
    if (error <= 0) {
        *single = *average = bounded(1, 1, 1);
        return;
    }
    double ratio = between / error;
    double low = ratio / f_quantile(0.975, df1, df2), high = ratio * f_quantile(0.975, df2, df1);
    *single = bounded((ratio - 1) / (ratio + k - 1), (low - 1) / (low + k - 1),
                      (high - 1) / (high + k - 1));
    *average = settled(bounded(1 - 1 / ratio, 1 - 1 / low, 1 - 1 / high));
}

/* ICC(2), whose interval needs Satterthwaite's degrees of freedom. */
static void random_judges(const squares *s, estimate *single, estimate *average)
{
    double n = s->n, k = s->k, mse = s->residual, msb = s->between, msj = s->judges;
    double icc = (msb - mse) / (msb + (k - 1) * mse + k * (msj - mse) / n);
    *single = settled(known(icc));
    *average = settled(known((msb - mse) / (msb + (msj - mse) / n)));
    if (mse <= 0 || !single->known)
        return;
    double fj = msj / mse, part = n * (1 + (k - 1) * icc) - k * icc;
    double v = (k - 1) * (n - 1) * square(k * icc * fj + part) /
               ((n - 1) * square(k * icc * fj) + square(part));
    if (!(v > 0) || !isfinite(v))
        return;
    double upper = f_quantile(0.975, n - 1, v), lower = f_quantile(0.975, v, n - 1);
    double rest = k * msj + (k * n - k - n) * mse;
    double low = n * (msb - upper * mse) / (upper * rest + n * msb);
    double high = n * (lower * msb - mse) / (rest + n * lower * msb);
    *single = settled(bounded(icc, low, high));
    if (average->known && single->bounded && 1 + low * (k - 1) > 0)
        *average = settled(bounded(average->value, low * k / (1 + low * (k - 1)),
                                   high * k / (1 + high * (k - 1))));
}

/* With gaps there are no mean squares of judges: the variances of the mixed model take their place. */
static status by_components(arena *mem, const ratings *t, agreement *out, fault *f)
{
    fit mixed;
    fit_options options = {.method = FIT_EB};
    fault refused = {.code = OK};
    status st = t->group_count > 1 ? E_INPUT : fit_run(mem, t, &options, &mixed, &refused);
    if (st != OK && st != E_INPUT) {
        *f = refused;
        return st;
    }
    if (st != OK || !mixed.has_reliability) {
        remark_add(mem, &out->notes, "icc_gaps",
                   "giám khảo chấm chung quá ít bài nên ICC(2), ICC(3) không xác định",
                   "too few entries have judges in common, so ICC(2) and ICC(3) are not defined");
        return OK;
    }
    double k = mixed.per_entry, entry = mixed.entry_variance, judge = mixed.judge_variance;
    double rest = mixed.residual_variance;
    out->by_components = true;
    out->icc[ICC_2] = settled(known(entry / (entry + judge + rest)));
    out->icc[ICC_3] = settled(known(entry / (entry + rest)));
    out->icc[ICC_2K] = settled(known(entry / (entry + (judge + rest) / k)));
    out->icc[ICC_3K] = settled(known(entry / (entry + rest / k)));
    TRY(icc_doubt(mem, t, &mixed, out->icc, f));
    bool bounds = out->icc[ICC_2].bounded;
    remark_add(mem, &out->notes, "icc_components",
               "không phải giám khảo nào cũng chấm mọi bài: ICC(2), ICC(3) tính từ các thành phần "
               "phương sai, %s%.0s",
               "not every judge read every entry: ICC(2) and ICC(3) are from variance components, "
               "%.0s%s",
               bounds ? "khoảng tin cậy từ các bảng điểm rút lại theo đúng các thành phần ấy"
                      : "không có khoảng tin cậy",
               bounds ? "their intervals from tables drawn anew by these" : "without intervals");
    return OK;
}

static void note_undefined(arena *mem, agreement *out)
{
    for (int i = 0; i < ICC_COUNT; i++)
        if (!out->icc[i].known) {
            remark_add(mem, &out->notes, "icc_part",
                       "các bài có điểm trung bình như nhau nên có hệ số ICC không xác định",
                       "the entries have equal means, so some ICC are not defined");
            return;
        }
}

static status measure_icc(arena *mem, const ratings *t, agreement *out, fault *f)
{
    if (t->entry_count < 2 || t->judge_count < 2 || t->count == t->entry_count) {
        remark_add(mem, &out->notes, "icc_undefined",
                   "ICC cần ít nhất hai bài, hai giám khảo và một bài được chấm hai lượt",
                   "ICC needs at least two entries, two judges and one entry read twice");
        return OK;
    }
    squares s = one_way(t);
    out->per_entry = s.k;
    if (s.between <= 0 && s.within <= 0) {
        remark_add(mem, &out->notes, "all_equal", "mọi điểm bằng nhau nên ICC không xác định",
                   "all points are equal, so ICC is not defined");
        return OK;
    }
    by_ratio(s.between, s.within, s.k, s.n - 1, s.df_within, &out->icc[ICC_1], &out->icc[ICC_1K]);
    if (out->complete < t->entry_count)
        return by_components(mem, t, out, f);
    TRY(two_way(mem, t, &s, f));
    by_ratio(s.between, s.residual, s.k, s.n - 1, (s.n - 1) * (s.k - 1), &out->icc[ICC_3],
             &out->icc[ICC_3K]);
    random_judges(&s, &out->icc[ICC_2], &out->icc[ICC_2K]);
    note_undefined(mem, out);
    return OK;
}

typedef struct {
    int64_t points;
    size_t entry;
} placed;

static int by_points(const void *a, const void *b)
{
    const placed *x = a, *y = b;
    if (x->points != y->points)
        return x->points < y->points ? -1 : 1;
    return (x->entry > y->entry) - (x->entry < y->entry);
}

/* Adds one judge's average ranks, doubled so that they are whole; returns the sum of t^3 - t over ties. */
static double add_ranks(placed *column, size_t n, int64_t *doubled)
{
    double ties = 0;
    size_t next;
    qsort(column, n, sizeof *column, by_points);
    for (size_t i = 0; i < n; i = next) {
        for (next = i + 1; next < n && column[next].points == column[i].points;)
            next++;
        double t = (double)(next - i);
        ties += t * t * t - t;
        for (size_t k = i; k < next; k++)
            doubled[column[k].entry] += (int64_t)(i + next + 1);
    }
    return ties;
}

static status measure_w(arena *mem, const ratings *t, agreement *out, fault *f)
{
    size_t n = out->complete, at = 0;
    if (n < 2 || t->judge_count < 2) {
        remark_add(mem, &out->notes, "w_undefined",
                   "hệ số W của Kendall cần ít nhất hai bài được mọi giám khảo chấm",
                   "Kendall's W needs at least two entries that every judge read");
        return OK;
    }
    placed *columns = ARENA_ARRAY(mem, placed, n * t->judge_count);
    int64_t *doubled = ARENA_ARRAY(mem, int64_t, n);
    if (!columns || !doubled)
        return fault_memory(f);
    for (size_t i = 0; i < t->entry_count; i++) {
        if (t->start[i + 1] - t->start[i] < t->judge_count)
            continue;
        for (size_t j = 0; j < t->judge_count; j++)
            columns[j * n + at] = (placed){t->points[t->start[i] + j], at};
        at++;
    }
    double ties = 0, m = (double)t->judge_count, size = (double)n, spread = 0;
    for (size_t j = 0; j < t->judge_count; j++)
        ties += add_ranks(columns + j * n, n, doubled);
    for (size_t i = 0; i < n; i++)
        spread += square((double)doubled[i] / 2 - m * (size + 1) / 2);
    double most = m * m * (size * size * size - size);
    out->w = known(12 * spread / most);
    if (most - m * ties <= 0) {
        remark_add(mem, &out->notes, "w_all_tied",
                   "giám khảo nào cũng cho mọi bài điểm bằng nhau nên W hiệu chỉnh không xác định",
                   "every judge gave all entries equal points, so the corrected W is not defined");
        return OK;
    }
    out->w_ties = known(12 * spread / (most - m * ties));
    out->df = n - 1;
    out->chi_square = m * (size - 1) * out->w_ties.value;
    out->p = chi_square_above(out->chi_square, (double)out->df);
    if (n < t->entry_count)
        remark_add(mem, &out->notes, "w_part",
                   "W tính trên %zu bài được mọi giám khảo chấm, trong số %zu bài",
                   "W is over the %zu entries that every judge read, of %zu", n, t->entry_count);
    return OK;
}

/* The values that can be paired, each with how often it occurs and its mid-rank. */
typedef struct {
    int64_t *values;
    double *numbers, *times, *ranks;
    size_t *places; /* of each reading's value */
    size_t count;
    size_t *paired; /* entries read at least twice */
    size_t paired_count;
    double total;
} coincidences;

static int by_value(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

static size_t place_of(const coincidences *c, int64_t value)
{
    size_t low = 0, high = c->count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (c->values[middle] <= value)
            low = middle;
        else
            high = middle;
    }
    return low;
}

static status count_values(arena *mem, const ratings *t, coincidences *c, fault *f)
{
    int64_t *all = ARENA_ARRAY(mem, int64_t, t->count);
    *c = (coincidences){.values = ARENA_ARRAY(mem, int64_t, t->count),
                        .numbers = ARENA_ARRAY(mem, double, t->count),
                        .places = ARENA_ARRAY(mem, size_t, t->count),
                        .paired = ARENA_ARRAY(mem, size_t, t->entry_count),
                        .times = ARENA_ARRAY(mem, double, t->count),
                        .ranks = ARENA_ARRAY(mem, double, t->count)};
    if (!all || !c->values || !c->numbers || !c->places || !c->paired || !c->times || !c->ranks)
        return fault_memory(f);
    size_t n = 0;
    for (size_t i = 0; i < t->entry_count; i++) {
        if (t->start[i + 1] - t->start[i] < 2)
            continue;
        c->paired[c->paired_count++] = i;
        for (size_t r = t->start[i]; r < t->start[i + 1]; r++)
            all[n++] = t->points[r];
    }
    qsort(all, n, sizeof *all, by_value);
    for (size_t i = 0; i < n; i++) {
        if (!i || all[i] != all[i - 1])
            c->values[c->count++] = all[i];
        c->times[c->count - 1]++;
    }
    for (size_t v = 0; v < c->count; v++) {
        c->numbers[v] = (double)c->values[v];
        c->ranks[v] = c->total + c->times[v] / 2;
        c->total += c->times[v];
    }
    for (size_t r = 0; r < t->count && c->count; r++)
        c->places[r] = place_of(c, t->points[r]);
    return OK;
}

/* The squared difference of two values on the nominal or ratio scale. */
static double difference(const coincidences *c, int kind, size_t a, size_t b)
{
    if (a == b || kind == ALPHA_NOMINAL)
        return a != b;
    return square((c->numbers[a] - c->numbers[b]) / (c->numbers[a] + c->numbers[b]));
}

/* The pairs within one entry. Means of squares serve for ordinal and interval. */
static double own_difference(const coincidences *c, int kind, const size_t *places, size_t count)
{
    double sum = 0, mean = 0;
    if (kind == ALPHA_ORDINAL || kind == ALPHA_INTERVAL) {
        const double *scale = kind == ALPHA_ORDINAL ? c->ranks : c->numbers;
        for (size_t a = 0; a < count; a++)
            mean += scale[places[a]] / (double)count;
        for (size_t a = 0; a < count; a++)
            sum += 2 * (double)count * square(scale[places[a]] - mean);
        return sum;
    }
    for (size_t a = 0; a < count; a++)
        for (size_t b = a + 1; b < count; b++)
            sum += 2 * difference(c, kind, places[a], places[b]);
    return sum;
}

static double observed(const ratings *t, const coincidences *c, int kind)
{
    double sum = 0;
    for (size_t i = 0; i < c->paired_count; i++) {
        size_t from = t->start[c->paired[i]], count = t->start[c->paired[i] + 1] - from;
        sum += own_difference(c, kind, c->places + from, count) / (double)(count - 1);
    }
    return sum / c->total;
}

/* Sums of squares serve for ordinal and interval; counts for nominal; only ratio needs every pair. */
static double expected(const coincidences *c, int kind)
{
    double n = c->total, sum = 0, mean = 0;
    if (kind == ALPHA_NOMINAL) {
        for (size_t v = 0; v < c->count; v++)
            sum += c->times[v] * (n - c->times[v]);
        return sum / (n * (n - 1));
    }
    if (kind == ALPHA_RATIO) {
        for (size_t a = 0; a < c->count; a++)
            for (size_t b = a + 1; b < c->count; b++)
                sum += 2 * c->times[a] * c->times[b] * difference(c, kind, a, b);
        return sum / (n * (n - 1));
    }
    const double *scale = kind == ALPHA_ORDINAL ? c->ranks : c->numbers;
    for (size_t v = 0; v < c->count; v++)
        mean += c->times[v] * scale[v] / n;
    for (size_t v = 0; v < c->count; v++)
        sum += c->times[v] * square(scale[v] - mean);
    return 2 * sum / (n - 1);
}

/* ---- how far alpha can be off: the entries drawn again, with replacement; the judges stay ---- */

enum {
    RESAMPLES = 400,
    RESAMPLE_ENTRIES_LEAST = 10,
    RESAMPLE_READINGS_MOST = 100000,
    RESAMPLE_VALUES_MOST = 100 /* for the ratio scale, which looks at every pair of values */
};

static void draw_entries(const ratings *t, const coincidences *c, random_stream *lot,
                         coincidences *out)
{
    out->total = 0;
    for (size_t v = 0; v < c->count; v++)
        out->times[v] = 0;
    for (size_t i = 0; i < c->paired_count; i++) {
        size_t entry = c->paired[random_below(lot, c->paired_count)];
        out->paired[i] = entry;
        for (size_t r = t->start[entry]; r < t->start[entry + 1]; r++)
            out->times[c->places[r]]++;
    }
    for (size_t v = 0; v < c->count; v++) {
        out->ranks[v] = out->total + out->times[v] / 2;
        out->total += out->times[v];
    }
}

static int by_number(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Says which scales get no interval, and why; false when none gets one. */
static bool can_bound(arena *mem, const ratings *t, const coincidences *c, agreement *out)
{
    if (c->paired_count < RESAMPLE_ENTRIES_LEAST) {
        remark_add(mem, &out->notes, "alpha_no_interval",
                   "alpha không kèm khoảng tin cậy: cần ít nhất %d bài có hai lượt chấm trở lên",
                   "alpha comes without intervals: at least %d entries must be read twice or more",
                   RESAMPLE_ENTRIES_LEAST);
        return false;
    }
    if (t->count > RESAMPLE_READINGS_MOST) {
        remark_add(mem, &out->notes, "alpha_no_interval",
                   "alpha không kèm khoảng tin cậy: chỉ tính khi có nhiều nhất %d lượt chấm",
                   "alpha comes without intervals: they are drawn for at most %d readings",
                   RESAMPLE_READINGS_MOST);
        return false;
    }
    if (out->alpha[ALPHA_RATIO].known && c->count > RESAMPLE_VALUES_MOST)
        remark_add(mem, &out->notes, "alpha_no_interval",
                   "alpha tỉ lệ không kèm khoảng tin cậy: chỉ tính khi có nhiều nhất %d mức điểm",
                   "ratio alpha comes without an interval: it is drawn for at most %d values",
                   RESAMPLE_VALUES_MOST);
    return true;
}

static status bound_alpha(arena *mem, const ratings *t, const coincidences *c, agreement *out,
                          fault *f)
{
    coincidences drawn = *c;
    double *values[ALPHA_COUNT];
    unsigned char seed[SEED_SIZE];
    random_stream lot;
    if (!can_bound(mem, t, c, out))
        return OK;
    drawn.times = ARENA_ARRAY(mem, double, c->count);
    drawn.ranks = ARENA_ARRAY(mem, double, c->count);
    drawn.paired = ARENA_ARRAY(mem, size_t, c->paired_count);
    bool whole = drawn.times && drawn.ranks && drawn.paired;
    for (int kind = 0; kind < ALPHA_COUNT; kind++)
        whole &= (values[kind] = ARENA_ARRAY(mem, double, RESAMPLES)) != NULL;
    if (!whole)
        return fault_memory(f);
    bool ratio = out->alpha[ALPHA_RATIO].known && c->count <= RESAMPLE_VALUES_MOST;
    int kinds = ratio ? ALPHA_COUNT : ALPHA_RATIO;
    ratings_seed(t, seed);
    random_start(&lot, seed);
    for (size_t n = 0; n < RESAMPLES; n++) {
        draw_entries(t, c, &lot, &drawn);
        for (int kind = 0; kind < kinds; kind++) {
            double chance = expected(&drawn, kind);
            values[kind][n] = chance > 0 ? 1 - observed(t, &drawn, kind) / chance : 1;
        }
    }
    for (int kind = 0; kind < kinds; kind++) {
        qsort(values[kind], RESAMPLES, sizeof **values, by_number);
        out->alpha[kind] = bounded(out->alpha[kind].value, values[kind][RESAMPLES / 40 - 1],
                                   values[kind][RESAMPLES - RESAMPLES / 40]);
    }
    return OK;
}

static status measure_alpha(arena *mem, const ratings *t, agreement *out, fault *f)
{
    coincidences c;
    TRY(count_values(mem, t, &c, f));
    if (c.count < 2) {
        remark_add(
            mem, &out->notes, "alpha_undefined",
            "alpha của Krippendorff cần ít nhất hai mức điểm khác nhau ở các bài có hai lượt chấm "
            "trở lên",
            "Krippendorff's alpha needs two different values among entries read at least twice");
        return OK;
    }
    for (int kind = 0; kind < ALPHA_COUNT; kind++) {
        bool ratio = kind == ALPHA_RATIO;
        if (ratio && (c.values[0] < 0 || c.count > RATIO_VALUES_MAX)) {
            remark_add(mem, &out->notes, "alpha_ratio",
                       "alpha tỉ lệ chỉ tính khi không có điểm âm và không quá %d mức điểm",
                       "ratio alpha needs points that are not negative and at most %d values",
                       RATIO_VALUES_MAX);
            continue;
        }
        out->alpha[kind] = known(1 - observed(t, &c, kind) / expected(&c, kind));
    }
    return bound_alpha(mem, t, &c, out, f);
}

status agreement_measure(arena *mem, const ratings *table, agreement *out, fault *f)
{
    *out = (agreement){
        .entries = table->entry_count, .judges = table->judge_count, .readings = table->count};
    for (size_t i = 0; i < table->entry_count; i++)
        out->complete += table->start[i + 1] - table->start[i] == table->judge_count;
    ratings_remarks(mem, table, &out->notes);
    TRY(measure_icc(mem, table, out, f));
    TRY(measure_w(mem, table, out, f));
    TRY(measure_alpha(mem, table, out, f));
    return out->notes.failed ? fault_memory(f) : OK;
}
