/* Simulated contests with a known truth: which way of scoring finds the winners, and whether the intervals
 * hold what they promise. Fixed seeds, so that a change of method that makes it worse fails here. */
#include "test.h"

#include "chamthi/agreement.h"
#include "chamthi/fit.h"

#include "score/distribution.h"
#include "score/rulebook.h"

#include <math.h>

enum { ENTRIES = 2000, JUDGES = 60, READINGS = 3, CLUSTERS = 10, PRIZES = 20 };

typedef struct {
    random_stream stream;
    double quality[ENTRIES], severity[JUDGES], scale[JUDGES];
} world;

static double normal(world *w)
{
    return normal_quantile(((double)(random_next(&w->stream) >> 11) + .5) * 0x1p-53);
}

/* y = 6 + scale · quality − severity + error on the half-point scale from 0 to 10, in hundredths. */
static int64_t mark(world *w, size_t entry, size_t judge)
{
    double y = 6 + w->scale[judge] * w->quality[entry] - w->severity[judge] + .8 * normal(w);
    y = round(2 * fmin(fmax(y, 0), 10)) / 2;
    return llround(100 * y);
}

typedef enum { DRAWN, DISJOINT, CROSSED } design;

/* Judges of entry i: three of all; or of its own district's six, with a tenth of the entries having one from
 * elsewhere. */
static void choose_judges(world *w, design d, size_t i, size_t out[READINGS])
{
    size_t district = i % CLUSTERS, size = JUDGES / CLUSTERS;
    for (size_t k = 0; k < READINGS; k++) {
        bool again;
        do {
            out[k] = d == DRAWN ? (size_t)random_below(&w->stream, JUDGES)
                                : district * size + (size_t)random_below(&w->stream, size);
            if (d == CROSSED && k == 0 && random_below(&w->stream, 10) == 0)
                out[k] = (size_t)random_below(&w->stream, JUDGES);
            again = false;
            for (size_t n = 0; n < k; n++)
                again |= out[n] == out[k];
        } while (again);
    }
}

static ratings make(arena *mem, world *w, design d, unsigned char number)
{
    unsigned char seed[SEED_SIZE] = {number, (unsigned char)d};
    rating *rows = ARENA_ARRAY(mem, rating, ENTRIES * READINGS);
    double district[CLUSTERS];
    fault f = {0};
    ratings t;
    random_start(&w->stream, seed);
    for (size_t c = 0; c < CLUSTERS; c++)
        district[c] = d == DRAWN ? 0 : .5 * normal(w);
    for (size_t i = 0; i < ENTRIES; i++)
        w->quality[i] = normal(w) + district[i % CLUSTERS];
    for (size_t j = 0; j < JUDGES; j++) {
        w->severity[j] = .7 * normal(w);
        w->scale[j] = exp(.2 * normal(w));
    }
    for (size_t i = 0, n = 0; i < ENTRIES; i++) {
        size_t judges[READINGS];
        choose_judges(w, d, i, judges);
        for (size_t k = 0; k < READINGS; k++, n++)
            rows[n] = (rating){.entry = arena_format(mem, "e%04zu", i),
                               .judge = arena_format(mem, "j%02zu", judges[k]),
                               .points = mark(w, i, judges[k])};
    }
    assert_ok(ratings_build(mem, "mô phỏng", rows, ENTRIES * READINGS, &t, &f), &f);
    return t;
}

typedef struct {
    double score;
    size_t entry;
} scored;

static int by_score(const void *a, const void *b)
{
    const scored *x = a, *y = b;
    if (x->score > y->score || x->score < y->score)
        return x->score > y->score ? -1 : 1;
    return (x->entry > y->entry) - (x->entry < y->entry);
}

/* Share of the true best twenty among the twenty chosen. */
static double found(const world *w, const fit *r)
{
    static scored chosen[ENTRIES], best[ENTRIES];
    size_t both = 0;
    for (size_t i = 0; i < ENTRIES; i++) {
        chosen[i] = (scored){r->entries[i].adjusted, i};
        best[i] = (scored){w->quality[i], i};
    }
    qsort(chosen, ENTRIES, sizeof *chosen, by_score);
    qsort(best, ENTRIES, sizeof *best, by_score);
    for (size_t a = 0; a < PRIZES; a++)
        for (size_t b = 0; b < PRIZES; b++)
            both += chosen[a].entry == best[b].entry;
    return (double)both / PRIZES;
}

static fit run(arena *mem, const ratings *t, fit_method method)
{
    fault f = {0};
    fit out;
    const fit_options options = {.method = method, .assigned = ASSIGNED_UNKNOWN};
    assert_ok(fit_run(mem, t, &options, &out, &f), &f);
    return out;
}

static fit standardised(arena *mem, const ratings *t)
{
    fault f = {0};
    fit out = run(mem, t, FIT_MEAN);
    assert_ok(score_standardised(mem, t, &out, &f), &f);
    return out;
}

static double covered(const world *w, const fit *r)
{
    size_t inside = 0;
    for (size_t i = 0; i < ENTRIES; i++)
        inside += fabs(r->entries[i].adjusted - r->mu - w->quality[i]) <=
                  (r->entries[i].high - r->entries[i].low) / 2;
    return (double)inside / ENTRIES;
}

TEST("on a drawn design the model finds more of the true winners than the raw mean, and its "
     "intervals "
     "cover 94 to 96 %")
{
    enum { CONTESTS = 40 };
    static world w;
    double raw = 0, model = 0, scaled = 0, coverage = 0;
    for (unsigned char n = 0; n < CONTESTS; n++) {
        arena *mem = arena_new(1 << 26);
        ratings t = make(mem, &w, DRAWN, n);
        fit r = run(mem, &t, FIT_AUTO), mean = run(mem, &t, FIT_MEAN), s = run(mem, &t, FIT_SCALE);
        assert_int_equal(r.method, FIT_EB);
        assert_true(r.has_intervals);
        raw += found(&w, &mean) / CONTESTS;
        model += found(&w, &r) / CONTESTS;
        scaled += found(&w, &s) / CONTESTS;
        coverage += covered(&w, &r) / CONTESTS;
        arena_free(mem);
    }
    print_message("# P@20: raw %.3f, model %.3f, judge-scale %.3f; coverage %.3f\n", raw, model,
                  scaled, coverage);
    assert_true(model - raw >= .04);
    assert_true(scaled - model >= 0);
    assert_true(coverage >= .94 && coverage <= .96);
}

TEST("where districts differ, least squares stays good and z-scores do not; eb gives no interval "
     "there")
{
    enum { CONTESTS = 40 };
    static world w;
    double z = 0, ls = 0;
    for (unsigned char n = 0; n < CONTESTS; n++) {
        arena *mem = arena_new(1 << 26);
        fault f = {0};
        fit refused;
        ratings t = make(mem, &w, CROSSED, n);
        fit r = run(mem, &t, FIT_AUTO), standard = standardised(mem, &t);
        fit mixed = run(mem, &t, FIT_EB);
        assert_int_equal(r.method, FIT_LS);
        assert_true(mixed.correlation < .99);
        assert_false(mixed.has_intervals || mixed.has_chances);
        assert_int_equal(fit_run(mem, &t, &(fit_options){.method = FIT_Z}, &refused, &f), E_INPUT);
        z += found(&w, &standard) / CONTESTS;
        ls += found(&w, &r) / CONTESTS;
        arena_free(mem);
    }
    print_message("# P@20: z %.3f, least squares %.3f\n", z, ls);
    assert_true(ls - z >= .10);
}

/* A table with gaps: each entry has three of the judges, whose effects and errors are normal. */
static ratings with_gaps(arena *mem, world *w, size_t entries, size_t judges, double severity,
                         unsigned char number)
{
    unsigned char seed[SEED_SIZE] = {number, 'g'};
    rating *rows = ARENA_ARRAY(mem, rating, entries * READINGS);
    fault f = {0};
    ratings t;
    random_start(&w->stream, seed);
    for (size_t j = 0; j < judges; j++)
        w->severity[j] = severity * normal(w);
    for (size_t i = 0; i < entries; i++) {
        size_t first = (size_t)random_below(&w->stream, judges),
               step = 1 + (size_t)random_below(&w->stream, judges / READINGS);
        double quality = normal(w);
        for (size_t k = 0; k < READINGS; k++) {
            size_t j = (first + k * step) % judges;
            rows[i * READINGS + k] =
                (rating){.entry = arena_format(mem, "e%04zu", i),
                         .judge = arena_format(mem, "j%02zu", j),
                         .points = llround(100 * (10 + quality - w->severity[j] + .8 * normal(w)))};
        }
    }
    assert_ok(ratings_build(mem, "mô phỏng", rows, entries * READINGS, &t, &f), &f);
    return t;
}

TEST("with gaps the intervals of ICC(2) and ICC(3) cover 92 to 98 %")
{
    enum { TABLES = 200 };
    static const size_t sizes[][2] = {{60, 12}, {150, 30}};
    static const double truth[2] = {1 / (1 + .49 + .64), 1 / (1 + .64)};
    static world w;
    for (size_t c = 0; c < 2; c++) {
        double inside[2] = {0};
        for (unsigned char n = 0; n < TABLES; n++) {
            arena *mem = arena_new(1 << 24);
            fault f = {0};
            agreement a;
            ratings t = with_gaps(mem, &w, sizes[c][0], sizes[c][1], .7, n);
            assert_ok(agreement_measure(mem, &t, &a, &f), &f);
            for (int i = 0; i < 2; i++) {
                const estimate *e = &a.icc[i ? ICC_3 : ICC_2];
                assert_true(e->bounded && a.by_components);
                inside[i] += (e->low <= truth[i] && truth[i] <= e->high) / (double)TABLES;
            }
            arena_free(mem);
        }
        print_message("# %zu entries, %zu judges: ICC(2) %.3f, ICC(3) %.3f\n", sizes[c][0],
                      sizes[c][1], inside[0], inside[1]);
        for (int i = 0; i < 2; i++)
            assert_true(inside[i] >= .92 && inside[i] <= .98);
    }
}

TEST("where judges are equally severe the intervals of alpha cover 90 to 99 %")
{
    enum { TABLES = 100 };
    static world w;
    double inside = 0;
    for (unsigned char n = 0; n < TABLES; n++) {
        arena *mem = arena_new(1 << 24);
        fault f = {0};
        agreement a;
        ratings t = with_gaps(mem, &w, 100, 20, 0, n);
        assert_ok(agreement_measure(mem, &t, &a, &f), &f);
        const estimate *e = &a.alpha[ALPHA_INTERVAL];
        assert_true(e->bounded && e->low < e->value && e->value < e->high);
        inside += (e->low <= 1 / 1.64 && 1 / 1.64 <= e->high) / (double)TABLES;
        arena_free(mem);
    }
    print_message("# alpha %.2f\n", inside);
    assert_true(inside >= .90 && inside <= .99);
}

TEST("districts without a common judge are ranked apart and get no interval by any method")
{
    static world w;
    arena *mem = arena_new(1 << 26);
    ratings t = make(mem, &w, DISJOINT, 1);
    assert_int_equal(t.group_count, CLUSTERS);
    for (int m = FIT_AUTO; m <= FIT_EB; m++) {
        fit r = run(mem, &t, (fit_method)m);
        assert_false(r.has_intervals || r.has_chances);
        assert_int_equal(r.by_group, m != FIT_MEAN);
        assert_non_null(r.links);
    }
    arena_free(mem);
}
