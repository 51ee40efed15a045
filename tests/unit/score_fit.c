/* The additive model against R (lme4 1.1-31, lm), against direct algebra, and in simulated contests. */
#include "test.h"

#include "chamthi/fit.h"

#include "score/distribution.h"
#include "score/variance.h"

#include <math.h>

#define assert_near(got, wanted, tolerance)                                                        \
    do {                                                                                           \
        double got_ = (got), wanted_ = (wanted);                                                   \
        if (!(fabs(got_ - wanted_) <= (tolerance)))                                                \
            fail_msg("%s is %.14g, not %.14g", #got, got_, wanted_);                               \
    } while (0)

/* Rows of entry, judge, whole points; entries and judges from 1. */
typedef struct {
    int entry, judge, points;
} given;

static ratings build(arena *mem, const given *rows, size_t count)
{
    fault f = {0};
    ratings t;
    rating *all = ARENA_ARRAY(mem, rating, count);
    for (size_t i = 0; i < count; i++)
        all[i] = (rating){.entry = arena_format(mem, "e%02d", rows[i].entry),
                          .judge = arena_format(mem, "j%02d", rows[i].judge),
                          .points = rows[i].points * 100};
    assert_ok(ratings_build(mem, "bảng", all, count, &t, &f), &f);
    return t;
}

static fit run(arena *mem, const ratings *t, fit_method method)
{
    fault f = {0};
    fit out;
    fit_options options = {.method = method, .draws = 400};
    assert_ok(fit_run(mem, t, &options, &out, &f), &f);
    return out;
}

/* Shrout & Fleiss 1979; the incomplete table leaves out the last six rows here. */
static const given shrout_fleiss[24] = {
    {1, 1, 9}, {1, 2, 2}, {1, 3, 5}, {2, 2, 1}, {2, 3, 3}, {2, 4, 2}, {3, 1, 8},  {3, 3, 6},
    {3, 4, 8}, {4, 1, 7}, {4, 2, 1}, {4, 4, 6}, {5, 2, 5}, {5, 3, 6}, {5, 4, 9},  {6, 1, 6},
    {6, 3, 4}, {6, 4, 7}, {1, 4, 8}, {2, 1, 6}, {3, 2, 4}, {4, 3, 2}, {5, 1, 10}, {6, 2, 2}};

/* Reviews of papers, Kuhlisch and others 2016, from R's package immer (data.immer09). */
static const given reviews[128] = {
    {1, 11, 7},  {1, 15, 7},  {1, 20, 7},  {2, 1, 7},   {2, 10, 7},  {3, 11, 7},  {3, 15, 7},
    {3, 20, 7},  {4, 13, 7},  {4, 16, 7},  {5, 2, 7},   {5, 14, 6},  {6, 12, 7},  {6, 14, 6},
    {7, 10, 7},  {7, 15, 6},  {8, 13, 7},  {8, 19, 6},  {9, 15, 7},  {9, 20, 6},  {10, 5, 6},
    {10, 16, 7}, {11, 1, 6},  {11, 12, 7}, {12, 1, 7},  {12, 10, 6}, {12, 14, 6}, {13, 15, 7},
    {13, 19, 5}, {14, 1, 6},  {14, 18, 6}, {15, 2, 6},  {15, 6, 6},  {16, 2, 6},  {16, 11, 6},
    {16, 17, 6}, {17, 7, 6},  {17, 10, 6}, {18, 9, 6},  {18, 14, 6}, {19, 1, 6},  {19, 15, 6},
    {20, 4, 6},  {20, 17, 6}, {21, 5, 6},  {21, 13, 6}, {22, 3, 6},  {22, 17, 6}, {23, 5, 5},
    {23, 19, 7}, {24, 1, 7},  {24, 5, 5},  {25, 5, 5},  {25, 9, 6},  {26, 4, 6},  {26, 7, 5},
    {27, 2, 6},  {27, 3, 5},  {28, 8, 5},  {28, 10, 6}, {29, 12, 5}, {29, 16, 6}, {30, 3, 6},
    {30, 9, 5},  {31, 8, 5},  {31, 16, 6}, {32, 6, 5},  {32, 7, 6},  {33, 2, 5},  {33, 8, 6},
    {34, 4, 5},  {34, 7, 6},  {35, 8, 5},  {35, 9, 6},  {36, 18, 5}, {36, 20, 6}, {37, 9, 5},
    {37, 13, 5}, {38, 6, 7},  {38, 11, 5}, {38, 14, 3}, {39, 11, 7}, {39, 19, 3}, {39, 20, 4},
    {40, 13, 5}, {40, 20, 4}, {41, 2, 4},  {41, 4, 5},  {42, 6, 4},  {42, 11, 3}, {42, 16, 6},
    {43, 5, 5},  {43, 11, 3}, {43, 12, 5}, {44, 3, 4},  {44, 6, 6},  {44, 11, 3}, {45, 11, 2},
    {45, 12, 5}, {45, 17, 5}, {46, 3, 3},  {46, 6, 6},  {46, 14, 3}, {47, 7, 3},  {47, 18, 4},
    {48, 4, 5},  {48, 8, 2},  {49, 9, 5},  {49, 19, 2}, {50, 11, 3}, {50, 13, 4}, {50, 17, 3},
    {51, 2, 1},  {51, 7, 7},  {51, 17, 1}, {51, 18, 4}, {52, 8, 4},  {52, 10, 2}, {53, 3, 3},
    {53, 18, 3}, {54, 8, 3},  {54, 18, 3}, {55, 4, 2},  {55, 18, 3}, {56, 12, 1}, {56, 16, 2},
    {57, 17, 1}, {57, 19, 1}};

TEST("least squares on the incomplete table is lm's to eleven digits")
{
    static const double entries[6] = {.513227513228,  -2.518518518519, 1.148148148148,
                                      -.772486772487, 2.148148148148,  -.518518518519};
    static const double judges[4] = {2.166666666667, -2.833333333333, -.595238095238,
                                     1.261904761905};
    arena *mem = arena_new(1 << 22);
    ratings t = build(mem, shrout_fleiss, 18);
    fit r = run(mem, &t, FIT_LS);
    assert_near(r.mu, 5.24074074074, 1e-11);
    assert_near(r.residual_variance, 1.31569664903, 1e-11);
    for (int i = 0; i < 6; i++)
        assert_near(r.entries[i].adjusted - r.mu, entries[i], 1e-11);
    for (int j = 0; j < 4; j++)
        assert_near(r.judges[j].effect, judges[j], 1e-11);
    arena_free(mem);
}

TEST("empirical Bayes on the incomplete table is lmer's")
{
    static const double entries[6] = {.4040767791,  -2.1609394834, 1.0159848878,
                                      -.6348035447, 1.7600497828,  -.3843684216};
    static const double judges[4] = {2.0122831826, -2.6444209865, -.5386064805, 1.1707442843};
    arena *mem = arena_new(1 << 22);
    ratings t = build(mem, shrout_fleiss, 18);
    fit r = run(mem, &t, FIT_EB);
    assert_near(r.entry_variance, 2.29000497840, 1e-6);
    assert_near(r.judge_variance, 4.53803089248, 1e-6);
    assert_near(r.residual_variance, 1.30651081396, 1e-6);
    assert_near(r.mu, 5.2426590109, 1e-8);
    assert_near(r.criterion, 72.9833740183, 1e-9);
    for (int i = 0; i < 6; i++)
        assert_near(r.entries[i].adjusted - r.mu, entries[i], 1e-7);
    for (int j = 0; j < 4; j++)
        assert_near(r.judges[j].effect, judges[j], 1e-7);
    arena_free(mem);
}

TEST("on a complete table the likelihood gives the variances of the analysis of variance")
{
    static const double entries[6] = {.6440987375,   -2.0838488565, 1.0987566698,
                                      -1.1745329919, 2.0080725345,  -.4925460934};
    static const double judges[4] = {2.3004704499, -2.7040617569, -.9282600061, 1.3318513131};
    arena *mem = arena_new(1 << 22);
    ratings t = build(mem, shrout_fleiss, 24);
    fit r = run(mem, &t, FIT_EB);
    assert_near(r.entry_variance, 46.0 / 18, 1e-8); /* (MSB - MSE) / judges */
    assert_near(r.residual_variance, 1.0194444444444, 1e-8);
    assert_near(r.judge_variance, 5.2444444444444, 1e-8);
    assert_near(r.entry_variance, 2.555562838, 1e-5); /* lmer stops a little early */
    assert_near(r.judge_variance, 5.244450767, 1e-5);
    assert_near(r.mu, 5.291666667, 1e-9);
    for (int i = 0; i < 6; i++)
        assert_near(r.entries[i].adjusted - r.mu, entries[i], 1e-6);
    for (int j = 0; j < 4; j++)
        assert_near(r.judges[j].effect, judges[j], 1e-6);
    fit ls = run(mem, &t, FIT_LS); /* without gaps the closed form of the moments is the same */
    assert_near(ls.entry_variance, r.entry_variance, 1e-8);
    assert_near(ls.judge_variance, r.judge_variance, 1e-8);
    assert_near(r.single, .2897637795, 1e-8);   /* ICC(2) */
    assert_near(r.adjusted, .9093155424, 1e-8); /* ICC(3,k) */
    arena_free(mem);
}

TEST("128 reviews of 57 papers: variances, papers and reviewers are lmer's, least squares is lm's")
{
    static const struct {
        int judge;
        double effect;
    } judges[] = {{1, .24288208683}, {2, -.13664441652}, {6, .31179199138}, {19, -.34719968624}};
    static const struct {
        int entry;
        double effect;
    } papers[] = {{1, 1.4324046344}, {3, 1.4324046344}, {2, 1.1716817039},
                  {4, 1.1280253205}, {5, 1.0563425165}, {8, .9953627499}};
    static const double ls[3] = {.2787696647704, -.5103309258338, -.4229688014767};
    arena *mem = arena_new(1 << 22);
    ratings t = build(mem, reviews, 128);
    fit r = run(mem, &t, FIT_EB);
    assert_near(r.entry_variance, 1.35178190156, 1e-6);
    assert_near(r.judge_variance, .130565604991, 1e-6);
    assert_near(r.residual_variance, 1.21874270899, 1e-6);
    assert_near(r.mu, 5.15042928232, 1e-8);
    assert_near(r.criterion, 467.260339119, 1e-8);
    for (size_t k = 0; k < sizeof judges / sizeof *judges; k++)
        assert_near(r.judges[judges[k].judge - 1].effect, judges[k].effect, 1e-7);
    for (size_t k = 0; k < sizeof papers / sizeof *papers; k++)
        assert_near(r.entries[papers[k].entry - 1].adjusted - r.mu, papers[k].effect, 1e-7);
    assert_int_equal(r.entries[0].rank, 1);
    assert_int_equal(r.entries[2].rank, 1);
    assert_int_equal(r.entries[1].rank, 3);
    fit fixed = run(mem, &t, FIT_LS);
    assert_near(sqrt(fixed.residual_variance), 1.05223221059, 1e-11);
    assert_near(fixed.residual_variance * (128 - 76), 57.574016500296, 1e-10);
    for (int j = 0; j < 3; j++)
        assert_near(fixed.judges[j].effect, ls[j], 1e-11);
    arena_free(mem);
}

/* Gauss-Jordan without pivoting, for the small positive definite matrix of the whole model. */
static void invert(double *m, size_t n)
{
    for (size_t p = 0; p < n; p++) {
        double pivot = m[p * n + p];
        m[p * n + p] = 1;
        for (size_t j = 0; j < n; j++)
            m[p * n + j] /= pivot;
        for (size_t i = 0; i < n; i++) {
            double by = m[i * n + p];
            if (i == p)
                continue;
            m[i * n + p] = 0;
            for (size_t j = 0; j < n; j++)
                m[i * n + j] -= by * m[p * n + j];
        }
    }
}

TEST("standard errors are those of the whole model's inverse; mu known, they are lmer's")
{
    arena *mem = arena_new(1 << 22);
    ratings t = build(mem, shrout_fleiss, 18);
    fit r = run(mem, &t, FIT_EB);
    double m[11 * 11] = {0};
    for (int known = 0; known < 2; known++) {
        memset(m, 0, sizeof m);
        for (size_t i = 0; i < 18; i++) {
            size_t at[3] = {0, (size_t)shrout_fleiss[i].entry, 6 + (size_t)shrout_fleiss[i].judge};
            for (int a = 0; a < 3; a++)
                for (int b = 0; b < 3; b++)
                    m[at[a] * 11 + at[b]] += 1;
        }
        for (size_t i = 1; i < 11; i++)
            m[i * 12] += r.residual_variance / (i < 7 ? r.entry_variance : r.judge_variance);
        if (known)
            for (size_t i = 1; i < 11; i++)
                m[i] = m[i * 11] = 0;
        invert(m, 11);
        for (size_t i = 1; i < 11 && !known; i++)
            assert_near(i < 7 ? r.entries[i - 1].se : r.judges[i - 7].se,
                        sqrt(r.residual_variance * m[i * 12]), 1e-10);
    }
    assert_near(sqrt(r.residual_variance * m[1 * 12]), .7836739212, 1e-7);
    assert_near(sqrt(r.residual_variance * m[2 * 12]), .7823461078, 1e-7);
    assert_near(sqrt(r.residual_variance * m[7 * 12]), .76607, 1e-5);
    assert_near(sqrt(r.residual_variance * m[10 * 12]), .71993, 1e-5);
    arena_free(mem);
}

TEST("the maximum is the same from any start, and a variance of nothing comes out as 0")
{
    static const given flat[] = {{1, 1, 5}, {1, 2, 6}, {2, 2, 5}, {2, 3, 6}, {3, 1, 6},
                                 {3, 3, 5}, {4, 1, 5}, {4, 2, 5}, {5, 2, 6}, {5, 3, 5}};
    static const variances starts[] = {
        {1, 1, 1, 0}, {1e-3, 50, 1, 0}, {50, 1e-3, 1, 0}, {0, 0, 1, 0}};
    arena *mem = arena_new(1 << 22);
    fault f = {0};
    ratings t = build(mem, reviews, 128);
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++) {
        solver s;
        variances found;
        assert_ok(solver_start(mem, &t, &s, &f), &f);
        assert_ok(variance_reml(&s, &starts[i], &found, &f), &f);
        assert_near(found.entry, 1.35178190156, 1e-6);
        assert_near(found.judge, .130565604991, 1e-6);
    }
    t = build(mem, flat, 10);
    fit r = run(mem, &t, FIT_EB);
    assert_true(r.entry_variance <= 0);
    assert_true(r.judge_variance <= 0);
    for (int i = 0; i < 5; i++)
        assert_int_equal(r.entries[i].rank, 1);
    assert_int_equal(run(mem, &t, FIT_AUTO).method, FIT_LS);
    arena_free(mem);
}

TEST("conjugate gradients and Cholesky agree")
{
    arena *mem = arena_new(1 << 24);
    fault f = {0};
    ratings t = build(mem, reviews, 128);
    static const shrinkage both[] = {{0, 0}, {.9, 9}};
    for (int k = 0; k < 2; k++) {
        solver dense, sparse;
        assert_ok(solver_start(mem, &t, &dense, &f), &f);
        assert_ok(solver_start(mem, &t, &sparse, &f), &f);
        sparse.factor = sparse.inverse = NULL;
        assert_ok(solver_solve(&dense, both[k], &f), &f);
        assert_ok(solver_solve(&sparse, both[k], &f), &f);
        for (size_t j = 0; j < dense.size; j++)
            assert_near(sparse.x[j], dense.x[j], 1e-10);
        for (size_t i = 0; i < t.entry_count; i++)
            assert_near(sparse.entry[i], dense.entry[i], 1e-10);
    }
    arena_free(mem);
}

TEST("no shuffle of the rows changes a bit, with the same chances for the same seed")
{
    arena *mem = arena_new(1 << 24);
    ratings t = build(mem, reviews, 128);
    fit first = run(mem, &t, FIT_LS);
    given rows[128];
    random_stream r;
    random_start(&r, (const unsigned char[SEED_SIZE]){7});
    memcpy(rows, reviews, sizeof rows);
    for (int round = 0; round < 100; round++) {
        arena *work = arena_new(1 << 24);
        for (size_t i = 127; i > 0; i--) {
            size_t k = (size_t)random_below(&r, i + 1);
            given moved = rows[i];
            rows[i] = rows[k];
            rows[k] = moved;
        }
        ratings again = build(work, rows, 128);
        fault f = {0};
        fit out;
        fit_options options = {.method = FIT_LS, .draws = round == 0 ? 400 : 0};
        assert_ok(fit_run(work, &again, &options, &out, &f), &f);
        for (size_t i = 0; i < t.entry_count; i++) {
            assert_int_equal(out.order[i], first.order[i]);
            assert_memory_equal(&out.entries[i].adjusted, &first.entries[i].adjusted, 8);
            assert_int_equal(out.entries[i].rank, first.entries[i].rank);
            if (round == 0)
                assert_memory_equal(&out.entries[i].prize, &first.entries[i].prize, 8);
        }
        assert_memory_equal(out.seed, first.seed, SEED_SIZE);
        arena_free(work);
    }
    arena_free(mem);
}

TEST("a ranking from points is the same over 100,000 shuffles of their rows")
{
    enum { SHUFFLES = 100000 };
    arena *mem = arena_new(1 << 22);
    ratings t = build(mem, shrout_fleiss, 18);
    fit first = run(mem, &t, FIT_EB);
    given rows[18];
    random_stream r;
    random_start(&r, (const unsigned char[SEED_SIZE]){8});
    memcpy(rows, shrout_fleiss, sizeof rows);
    for (int n = 0; n < SHUFFLES; n++) {
        arena *work = arena_new(1 << 20);
        fault f = {0};
        fit out;
        for (size_t i = 17; i > 0; i--) {
            size_t k = (size_t)random_below(&r, i + 1);
            given moved = rows[i];
            rows[i] = rows[k];
            rows[k] = moved;
        }
        ratings again = build(work, rows, 18);
        assert_ok(fit_run(work, &again, &(fit_options){.method = FIT_EB}, &out, &f), &f);
        for (size_t i = 0; i < t.entry_count; i++) {
            assert_int_equal(out.order[i], first.order[i]);
            assert_memory_equal(&out.entries[i].adjusted, &first.entries[i].adjusted, 8);
        }
        arena_free(work);
    }
    arena_free(mem);
}

TEST("the chances of all entries add up to the prizes, and another seed gives other draws")
{
    arena *mem = arena_new(1 << 24);
    fault f = {0};
    ratings t = build(mem, reviews, 128);
    fit a, b;
    unsigned char seed[SEED_SIZE] = {1};
    fit_options options = {.method = FIT_LS, .prizes = 7, .draws = 2000};
    assert_ok(fit_run(mem, &t, &options, &a, &f), &f);
    options.seed = seed;
    assert_ok(fit_run(mem, &t, &options, &b, &f), &f);
    double sum = 0, ranks = 0, apart = 0;
    for (size_t i = 0; i < t.entry_count; i++) {
        sum += a.entries[i].prize;
        ranks += a.entries[i].expected_rank;
        apart = fmax(apart, fabs(a.entries[i].prize - b.entries[i].prize));
    }
    assert_near(sum, 7, 1e-9);
    assert_near(ranks, 57 * 58 / 2.0, 1e-6);
    assert_true(apart > 0 && apart < .06);
    arena_free(mem);
}

static bool has_alarm(const fit *r, const char *code)
{
    for (size_t i = 0; i < r->alarms.count; i++)
        if (strcmp(r->alarms.items[i].code, code) == 0)
            return true;
    return false;
}

static void check_finite(const char *what, const ratings *t, const fit *r)
{
    bool fine =
        isfinite(r->mu) && (!r->has_variances || isfinite(r->entry_variance + r->judge_variance));
    fine &= !r->has_residual || isfinite(r->residual_variance);
    fine &= !r->has_reliability || isfinite(r->single + r->adjusted);
    for (size_t i = 0; i < t->entry_count; i++) {
        const fit_entry *e = &r->entries[i];
        fine &= isfinite(e->mean + e->adjusted) && e->rank >= 1;
        fine &= isfinite(e->se + e->low + e->high + e->prize + e->expected_rank);
    }
    for (size_t j = 0; j < t->judge_count; j++)
        fine &= isfinite(r->judges[j].effect + r->judges[j].se);
    if (!fine)
        fail_msg("%s: not every figure is finite with %s", what, fit_method_name(r->method));
}

TEST("poor tables give a defined ranking or a clear refusal, never NaN")
{
    static const struct {
        const char *what;
        given rows[12];
        fit_method chosen; /* by auto */
        const char *alarm;
    } cases[] = {
        {"one reading", {{1, 1, 5}}, FIT_MEAN, "one_judge"},
        {"one judge", {{1, 1, 5}, {2, 1, 6}, {3, 1, 6}}, FIT_MEAN, "one_judge"},
        {"one entry", {{1, 1, 5}, {1, 2, 6}, {1, 3, 7}}, FIT_MEAN, "one_entry"},
        {"all equal", {{1, 1, 5}, {1, 2, 5}, {2, 1, 5}, {2, 2, 5}}, FIT_MEAN, "all_equal"},
        {"exact",
         {{1, 1, 5}, {1, 2, 6}, {2, 1, 7}, {2, 2, 8}, {3, 1, 7}, {3, 2, 8}},
         FIT_MEAN,
         "exact"},
        {"two judges with three entries in common",
         {{1, 1, 5}, {1, 2, 6}, {2, 1, 7}, {2, 2, 8}, {3, 1, 7}, {3, 2, 9}, {4, 1, 6}, {5, 2, 6}},
         FIT_MEAN,
         "two_judges"},
        {"a chain", {{1, 1, 5}, {1, 2, 6}, {2, 2, 7}, {2, 3, 4}, {3, 3, 7}}, FIT_MEAN, "no_spare"},
        {"two groups",
         {{1, 1, 5}, {1, 2, 6}, {2, 1, 7}, {2, 2, 7}, {3, 3, 9}, {3, 4, 8}, {4, 3, 9}, {4, 4, 6}},
         FIT_LS,
         "disconnected"},
        {"each entry its own judge", {{1, 1, 5}, {2, 2, 6}, {3, 3, 6}}, FIT_MEAN, "disconnected"},
        {"entries alike",
         {{1, 1, 5}, {1, 2, 6}, {2, 1, 6}, {2, 2, 5}, {3, 1, 5}, {3, 2, 6}},
         FIT_MEAN,
         "no_entry_variance"},
    };
    for (size_t c = 0; c < sizeof cases / sizeof *cases; c++)
        for (int method = FIT_AUTO; method < FIT_METHOD_COUNT; method++) {
            arena *mem = arena_new(1 << 22);
            fault f = {0};
            size_t n = 0;
            while (n < 12 && cases[c].rows[n].entry)
                n++;
            ratings t = build(mem, cases[c].rows, n);
            fit r;
            fit_options options = {.method = (fit_method)method, .draws = 100};
            status st = fit_run(mem, &t, &options, &r, &f);
            if (st != OK) { /* only these may refuse, and they name another way */
                assert_true(method == FIT_EB || method == FIT_Z || method == FIT_SCALE);
                assert_int_equal(st, E_INPUT);
                assert_non_null(strstr(f.text[LANG_VI], "--method"));
            } else {
                check_finite(cases[c].what, &t, &r);
                if (!has_alarm(&r, cases[c].alarm) &&
                    (method == FIT_AUTO || strcmp(cases[c].alarm, "two_judges") != 0))
                    fail_msg("%s, %s: no alarm %s", cases[c].what, fit_method_name(r.method),
                             cases[c].alarm);
            }
            if (method == FIT_AUTO && r.method != cases[c].chosen)
                fail_msg("%s: auto chose %s", cases[c].what, fit_method_name(r.method));
            arena_free(mem);
        }
}

/* A table of up to 8 entries, 6 judges, a few or wild points; sometimes none at all. */
static size_t random_rows(random_stream *r, arena *mem, rating *rows)
{
    static const int64_t wild[] = {0, 1, 700, 701, RATING_LIMIT, -RATING_LIMIT, 50};
    size_t count = 0, entries = 1 + (size_t)random_below(r, 8),
           judges = 1 + (size_t)random_below(r, 6);
    uint64_t kind = random_below(r, 4), density = 1 + random_below(r, 4);
    for (size_t i = 0; i < entries; i++)
        for (size_t j = 0; j < judges; j++) {
            int64_t points = kind == 0   ? 700
                             : kind == 1 ? 100 * (int64_t)random_below(r, 3)
                             : kind == 2 ? wild[random_below(r, 7)]
                                         : 100 * (int64_t)(i + j);
            if (random_below(r, 4) < density)
                rows[count++] = (rating){.entry = arena_format(mem, "e%zu", i),
                                         .judge = arena_format(mem, "j%zu", j),
                                         .points = points};
        }
    return count;
}

TEST("20,000 random tables of every shape: by every method a finite ranking, or a refusal with a "
     "sentence")
{
    enum { TABLES = 20000 };
    random_stream r;
    size_t refused = 0;
    random_start(&r, (const unsigned char[SEED_SIZE]){9});
    for (int n = 0; n < TABLES; n++) {
        arena *mem = arena_new(1 << 22);
        fault f = {0};
        rating rows[48];
        ratings t;
        size_t count = random_rows(&r, mem, rows);
        if (ratings_build(mem, "x", rows, count, &t, &f) == OK) {
            fit out;
            fit_options options = {.method = (fit_method)(n % FIT_METHOD_COUNT), .draws = 40};
            status st = fit_run(mem, &t, &options, &out, &f);
            if (st == OK)
                check_finite("random table", &t, &out);
            else
                refused++;
            assert_true(st == OK || (st == E_INPUT && *f.text[LANG_VI]));
        } else {
            assert_true(*f.text[LANG_VI] != 0);
        }
        arena_free(mem);
    }
    assert_true(refused > 0 && refused < TABLES / 2);
}

TEST("groups that share no judge are ranked apart, without intervals, with the readings that would "
     "join them")
{
    static const given rows[] = {{1, 1, 5}, {1, 2, 6}, {2, 1, 7}, {2, 2, 7}, {5, 1, 6},
                                 {5, 2, 6}, {3, 3, 9}, {3, 4, 8}, {4, 3, 9}, {4, 4, 6}};
    arena *mem = arena_new(1 << 22);
    ratings t = build(mem, rows, 10);
    fit r = run(mem, &t, FIT_LS);
    assert_true(r.by_group);
    assert_false(r.has_intervals || r.has_chances);
    assert_int_equal(r.entries[1].rank, 1);
    assert_int_equal(r.entries[2].rank, 1);
    assert_string_equal(t.entries[r.links[0].entry], "e03");
    assert_string_equal(t.judges[r.links[0].judge], "j01");
    fit raw = run(mem, &t, FIT_MEAN);
    assert_false(raw.by_group);
    assert_int_equal(raw.entries[2].rank, 1);
    assert_int_equal(raw.entries[1].rank, 3);
    arena_free(mem);
}

TEST("certain ranks share the line: three that tie for the last of two prizes have two thirds each")
{
    static const given rows[] = {{1, 1, 5}, {1, 2, 6}, {2, 1, 7}, {2, 2, 8},
                                 {3, 1, 7}, {3, 2, 8}, {4, 1, 7}, {4, 2, 8}};
    arena *mem = arena_new(1 << 22);
    fault f = {0};
    ratings t = build(mem, rows, 8);
    fit r;
    fit_options options = {.method = FIT_LS, .prizes = 2, .draws = 100};
    assert_ok(fit_run(mem, &t, &options, &r, &f), &f);
    assert_near(r.entries[0].prize, 0, 0);
    for (int i = 1; i < 4; i++) {
        assert_near(r.entries[i].prize, 2.0 / 3, 1e-15);
        assert_int_equal(r.entries[i].rank, 1);
    }
    assert_int_equal(r.entries[0].rank, 4);
    arena_free(mem);
}

TEST("the trimmed mean leaves out one highest and one lowest of three or more, and warns")
{
    static const given rows[] = {{1, 1, 5}, {1, 2, 6}, {1, 3, 10}, {1, 4, 8},
                                 {2, 1, 7}, {2, 2, 8}, {3, 3, 6},  {3, 4, 6}};
    arena *mem = arena_new(1 << 22);
    ratings t = build(mem, rows, 8);
    fit r = run(mem, &t, FIT_TRIMMED);
    assert_near(r.entries[0].adjusted, 7, 1e-12);
    assert_near(r.entries[1].adjusted, 7.5, 1e-12); /* two readings: nothing to leave out */
    assert_true(has_alarm(&r, "trimmed"));
    assert_false(r.has_intervals || r.has_chances);
    arena_free(mem);
}

TEST("z-scores put every judge on the same mean and spread, warn, and are refused where judges had "
     "different piles")
{
    static const given rows[] = {{1, 1, 2}, {1, 2, 5}, {2, 1, 4}, {2, 2, 7},
                                 {3, 1, 6}, {3, 2, 9}, {4, 1, 8}, {4, 2, 11}};
    static const given apart[] = {{1, 1, 5}, {1, 2, 6}, {2, 1, 7}, {2, 2, 7},
                                  {3, 3, 9}, {3, 4, 8}, {4, 3, 9}, {4, 4, 6}};
    arena *mem = arena_new(1 << 22);
    fault f = {0};
    fit r;
    ratings t = build(mem, rows, 8);
    const fit_options options = {.method = FIT_Z},
                      chosen = {.method = FIT_Z, .assigned = ASSIGNED_BY_CHOICE};
    assert_ok(fit_run(mem, &t, &options, &r, &f), &f);
    /* both judges gave the same order with the same gaps: z is -1.161895 … 1.161895 for both */
    double sd = 0;
    for (int i = 0; i < 8; i++)
        sd += pow(rows[i].points - 6.5, 2) / 7;
    assert_near(r.entries[0].adjusted, 6.5 - sqrt(sd) * 3 / sqrt(20.0 / 3), 1e-12);
    assert_near(r.entries[3].adjusted, 6.5 + sqrt(sd) * 3 / sqrt(20.0 / 3), 1e-12);
    assert_true(has_alarm(&r, "z_score"));
    assert_int_equal(fit_run(mem, &t, &chosen, &r, &f), E_INPUT);
    t = build(mem, apart, 8);
    assert_int_equal(fit_run(mem, &t, &options, &r, &f), E_INPUT);
    assert_non_null(strstr(f.text[LANG_VI], "--method ls"));
    arena_free(mem);
}
