/* Agreement between judges, against R (psych 2.2.9, irr) and by definition. */
#include "test.h"

#include "chamthi/agreement.h"

#include "score/distribution.h"

#include <math.h>

#define GAP INT64_MIN

/* A table of whole points, row by row; GAP is a blank. `order` 0 as given, else backwards. */
static status build(arena *mem, const int64_t *points, size_t entries, size_t judges, int order,
                    ratings *out, fault *f)
{
    size_t n = entries * judges;
    rating *rows = ARENA_ARRAY(mem, rating, n);
    for (size_t c = 0; c < n; c++) {
        size_t at = order ? n - 1 - c : c;
        rows[at] = (rating){.entry = arena_format(mem, "e%03zu", c / judges),
                            .judge = arena_format(mem, "j%03zu", c % judges),
                            .points = points[c] == GAP ? 0 : points[c] * 100,
                            .blank = points[c] == GAP,
                            .line = at + 2};
    }
    return ratings_build(mem, "bảng", rows, n, out, f);
}

static agreement measure(arena *mem, const int64_t *points, size_t entries, size_t judges)
{
    fault f = {0};
    ratings table;
    agreement a;
    assert_ok(build(mem, points, entries, judges, 0, &table, &f), &f);
    assert_ok(agreement_measure(mem, &table, &a, &f), &f);
    return a;
}

#define assert_near(got, wanted, tolerance)                                                        \
    do {                                                                                           \
        double got_ = (got), wanted_ = (wanted);                                                   \
        if (!(fabs(got_ - wanted_) <= (tolerance)))                                                \
            fail_msg("%s is %.14g, not %.14g", #got, got_, wanted_);                               \
    } while (0)

/* Shrout & Fleiss 1979, table 2. */
static const int64_t shrout_fleiss[24] = {9, 2, 5, 8, 6,  1, 3, 2, 8, 4, 6, 8,
                                          7, 1, 2, 6, 10, 5, 6, 9, 6, 2, 4, 7};

TEST("the six ICC of Shrout and Fleiss are psych's to ten digits, their intervals too")
{
    static const struct {
        double value, low, high;
    } wanted[ICC_COUNT] = {{.1657417684, -.13293, .72256}, {.2897637795, .01879, .76108},
                           {.7148407148, .34246, .94586},  {.4427971337, -.88444, .91242},
                           {.6200505476, .07114, .92723},  {.9093155424, .67567, .98589}};
    arena *mem = arena_new(1 << 20);
    agreement a = measure(mem, shrout_fleiss, 6, 4);
    for (int i = 0; i < ICC_COUNT; i++) {
        assert_true(a.icc[i].known && a.icc[i].bounded);
        assert_near(a.icc[i].value, wanted[i].value, 1e-9);
        assert_near(a.icc[i].low, wanted[i].low, 1e-5);
        assert_near(a.icc[i].high, wanted[i].high, 1e-5);
    }
    assert_int_equal(a.notes.count, 1);
    assert_string_equal(a.notes.items[0].code, "alpha_no_interval"); /* six entries */
    arena_free(mem);
}

TEST("Kendall's W, its tie correction and chi-square are R's")
{
    arena *mem = arena_new(1 << 20);
    agreement a = measure(mem, shrout_fleiss, 6, 4);
    assert_near(a.w.value, .855357142857, 1e-11);
    assert_near(a.w_ties.value, .887037037037, 1e-11);
    assert_near(a.chi_square, 17.7407407407, 1e-9);
    assert_int_equal(a.df, 5);
    assert_near(a.p, .0032895092, 1e-9);
    arena_free(mem);
}

TEST("Krippendorff's alpha on his data C, with gaps, is irr's on all four scales")
{
    static const int64_t c[48] = {1, 1, GAP, 1, 2,   2, 3, 2, 3,   3,   3, 3, 3,   3,   3, 3,
                                  2, 2, 2,   2, 1,   2, 3, 4, 4,   4,   4, 4, 1,   1,   2, 1,
                                  2, 2, 2,   2, GAP, 5, 5, 5, GAP, GAP, 1, 1, GAP, GAP, 3, GAP};
    static const double wanted[ALPHA_COUNT] = {.743421052632, .815387503755, .849107142857,
                                               .797402774712};
    arena *mem = arena_new(1 << 20);
    agreement a = measure(mem, c, 12, 4);
    for (int i = 0; i < ALPHA_COUNT; i++)
        assert_near(a.alpha[i].value, wanted[i], 1e-11);
    for (int i = 0; i < ALPHA_COUNT; i++)
        assert_true(a.alpha[i].bounded && a.alpha[i].low < wanted[i] &&
                    wanted[i] < a.alpha[i].high && a.alpha[i].high <= 1);
    assert_int_equal(a.readings, 41);
    arena_free(mem);
}

TEST("with gaps ICC(2) and ICC(3) come from lmer's variances, as psych does it, and say so")
{
    static const int64_t gaps[24] = {9, 2, 5,   GAP, GAP, 1, 3, 2, 8, GAP, 6, 8,
                                     7, 1, GAP, 6,   GAP, 5, 6, 9, 6, GAP, 4, 7};
    arena *mem = arena_new(1 << 22);
    agreement a = measure(mem, gaps, 6, 4);
    double s = 2.29000497840, j = 4.53803089248, e = 1.30651081396;
    assert_true(a.by_components);
    assert_near(a.icc[ICC_2].value, s / (s + j + e), 1e-7);
    assert_near(a.icc[ICC_3].value, s / (s + e), 1e-7);
    assert_near(a.icc[ICC_3K].value, s / (s + e / 3), 1e-7);
    for (int i = ICC_2; i <= ICC_3; i++)
        assert_true(a.icc[i].bounded && a.icc[i].low < a.icc[i].value &&
                    a.icc[i].value < a.icc[i].high && a.icc[i].high <= 1);
    assert_string_equal(a.notes.items[0].code, "icc_components");
    arena_free(mem);
}

TEST("the order of the rows changes no bit of the result")
{
    arena *mem = arena_new(1 << 20);
    fault f = {0};
    ratings one, two;
    agreement a, b;
    assert_ok(build(mem, shrout_fleiss, 6, 4, 0, &one, &f), &f);
    assert_ok(build(mem, shrout_fleiss, 6, 4, 1, &two, &f), &f);
    assert_ok(agreement_measure(mem, &one, &a, &f), &f);
    assert_ok(agreement_measure(mem, &two, &b, &f), &f);
    for (int i = 0; i < ICC_COUNT; i++)
        assert_memory_equal(&a.icc[i].value, &b.icc[i].value, sizeof(double));
    for (int i = 0; i < ALPHA_COUNT; i++)
        assert_memory_equal(&a.alpha[i].value, &b.alpha[i].value, sizeof(double));
    arena_free(mem);
}

TEST("poor tables give defined answers or say why there is none, never NaN")
{
    static const struct {
        const char *what;
        size_t entries, judges;
        int64_t points[9];
        const char *note; /* NULL: none wanted */
    } cases[] = {
        {"one judge", 3, 1, {5, 6, 7}, "icc_undefined"},
        {"one entry", 1, 3, {5, 6, 7}, "icc_undefined"},
        {"one reading", 1, 1, {5}, "alpha_undefined"},
        {"all points equal", 3, 3, {5, 5, 5, 5, 5, 5, 5, 5, 5}, "all_equal"},
        {"perfect agreement", 3, 3, {5, 5, 5, 6, 6, 6, 8, 8, 8}, "alpha_no_interval"},
        {"judges that only differ in level", 3, 3, {5, 6, 7, 6, 7, 8, 8, 9, 10}, NULL},
        {"entries alike, judges apart", 3, 3, {5, 6, 7, 5, 6, 7, 5, 6, 7}, "icc_part"},
        {"entry means equal", 2, 2, {5, 6, 6, 5}, "icc_part"},
        {"negative points", 3, 3, {-5, 5, 1, 2, 3, 4, 0, 0, 1}, "alpha_ratio"},
        {"nothing but zeros and one", 2, 2, {0, 0, 0, 1}, NULL},
        {"two groups that share no judge", 2, 4, {5, 6, GAP, GAP, GAP, GAP, 7, 9}, "w_undefined"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        arena *mem = arena_new(1 << 20);
        agreement a = measure(mem, cases[i].points, cases[i].entries, cases[i].judges);
        const estimate *all[] = {a.icc, a.alpha, &a.w, &a.w_ties};
        const size_t counts[] = {ICC_COUNT, ALPHA_COUNT, 1, 1};
        bool noted = !cases[i].note;
        for (size_t g = 0; g < 4; g++)
            for (size_t k = 0; k < counts[g]; k++)
                if ((all[g][k].known && !isfinite(all[g][k].value)) ||
                    (all[g][k].bounded && !(isfinite(all[g][k].low) && isfinite(all[g][k].high))))
                    fail_msg("%s: figure %zu.%zu is not finite", cases[i].what, g, k);
        for (size_t k = 0; k < a.notes.count; k++)
            noted |= cases[i].note && strcmp(a.notes.items[k].code, cases[i].note) == 0;
        if (!noted)
            fail_msg("%s: no note %s", cases[i].what, cases[i].note);
        arena_free(mem);
    }
}

TEST("an alpha without an interval says why: too few entries, too many readings, too many values")
{
    static const struct {
        size_t entries, judges, values;
        bool bounded, ratio_bounded;
    } cases[] = {{9, 3, 5, false, false},
                 {10, 3, 5, true, true},
                 {110, 2, 200, true, false},
                 {33334, 3, 5, false, false}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        arena *mem = arena_new(1 << 28);
        size_t n = cases[i].entries * cases[i].judges;
        int64_t *points = ARENA_ARRAY(mem, int64_t, n);
        for (size_t k = 0; k < n; k++)
            points[k] = (int64_t)(k * 7919 % cases[i].values);
        agreement a = measure(mem, points, cases[i].entries, cases[i].judges);
        bool noted = false;
        for (size_t k = 0; k < a.notes.count; k++)
            noted |= strcmp(a.notes.items[k].code, "alpha_no_interval") == 0;
        assert_int_equal(a.alpha[ALPHA_INTERVAL].bounded, cases[i].bounded);
        assert_int_equal(a.alpha[ALPHA_RATIO].bounded, cases[i].ratio_bounded);
        assert_int_equal(noted, !cases[i].bounded || !cases[i].ratio_bounded);
        arena_free(mem);
    }
}

TEST("perfect agreement is one on every scale")
{
    static const int64_t same[9] = {5, 5, 5, 6, 6, 6, 8, 8, 8};
    arena *mem = arena_new(1 << 20);
    agreement a = measure(mem, same, 3, 3);
    for (int i = 0; i < ICC_COUNT; i++)
        assert_near(a.icc[i].value, 1, 1e-12);
    for (int i = 0; i < ALPHA_COUNT; i++)
        assert_near(a.alpha[i].value, 1, 1e-12);
    assert_near(a.w_ties.value, 1, 1e-12);
    arena_free(mem);
}

TEST("criteria are added up; a reading with one missing is left out and counted")
{
    static const rating rows[] = {
        {"a", "1", "ý", 300, false, 2}, {"a", "1", "văn", 425, false, 3},
        {"a", "2", "ý", 200, false, 4}, {"a", "2", "văn", 0, true, 5},
        {"b", "2", "ý", 500, false, 6}, {"b", "1", "ý", 100, false, 7},
        {"c", "3", "văn", 0, true, 8},
    };
    arena *mem = arena_new(1 << 20);
    fault f = {0};
    ratings t;
    assert_ok(ratings_build(mem, "x", rows, 7, &t, &f), &f);
    assert_int_equal(t.count, 3);
    assert_int_equal(t.points[0], 725);
    assert_int_equal(t.points[1], 100);
    assert_int_equal(t.points[2], 500);
    assert_int_equal(t.incomplete, 1);
    assert_int_equal(t.judge_count, 2);
    assert_int_equal(t.unscored_count, 1);
    assert_string_equal(t.unscored[0], "c");
    assert_int_equal(t.group_count, 1);
    arena_free(mem);
}

TEST("the same judge and entry twice is refused with both lines")
{
    static const rating rows[] = {{"a", "1", NULL, 300, false, 2},
                                  {"b", "1", NULL, 300, false, 3},
                                  {"a", "1", NULL, 400, false, 4}};
    arena *mem = arena_new(1 << 20);
    fault f = {0};
    ratings t;
    assert_int_equal(ratings_build(mem, "x.csv", rows, 3, &t, &f), E_INPUT);
    assert_non_null(strstr(f.text[LANG_EN], "lines 2 and 4"));
    arena_free(mem);
}

TEST("groups without a common judge are found, and the fewest linking readings named")
{
    static const rating rows[] = {
        {"d", "9", NULL, 300, false, 0}, {"a", "1", NULL, 300, false, 0},
        {"a", "2", NULL, 300, false, 0}, {"b", "2", NULL, 300, false, 0},
        {"c", "5", NULL, 300, false, 0}, {"b", "3", NULL, 300, false, 0},
    };
    arena *mem = arena_new(1 << 20);
    fault f = {0};
    ratings t;
    assert_ok(ratings_build(mem, "x", rows, 6, &t, &f), &f);
    assert_int_equal(t.group_count, 3);
    assert_int_equal(t.entry_group[0], 0);
    assert_int_equal(t.entry_group[1], 0);
    assert_int_equal(t.entry_group[2], 1);
    assert_int_equal(t.entry_group[3], 2);
    rating_link *links = ratings_links(mem, &t);
    assert_non_null(links);
    assert_string_equal(t.entries[links[0].entry], "c");
    assert_string_equal(t.judges[links[0].judge], "1");
    assert_string_equal(t.entries[links[1].entry], "d");
    assert_string_equal(t.judges[links[1].judge], "3");
    arena_free(mem);
}

TEST("quantiles are the tables'")
{
    assert_near(normal_quantile(.975), 1.9599639845400545, 1e-14);
    assert_near(normal_quantile(.5), 0, 0);
    assert_near(normal_quantile(1e-10), -6.361340902404056, 1e-12);
    for (int i = 1; i < 1000; i++) {
        double p = i / 1000.0;
        assert_near(erfc(-normal_quantile(p) / sqrt(2)) / 2, p, 1e-15);
    }
    assert_near(t_quantile(.975, 1), 12.706204736174694, 1e-9);
    assert_near(t_quantile(.975, 10), 2.228138851986273, 1e-10);
    assert_near(t_quantile(.975, 1e6), 1.959966, 1e-6);
    assert_near(f_quantile(.95, 5, 10), 3.325834530413013, 1e-10);
    assert_near(f_quantile(.5, 7, 7), 1, 1e-12);
    assert_near(chi_square_above(3.841458820694124, 1), .05, 1e-13);
    assert_near(chi_square_above(18.307038053275146, 10), .05, 1e-13);
    assert_near(chi_square_above(0, 3), 1, 0);
}
