/* Judges with known faults, and whether the study of judges finds each of them and nobody else. */
#include "test.h"

#include "score/board.h"
#include "score/distribution.h"

#include <math.h>

enum { ENTRIES = 300, JUDGES = 12, READINGS = 4, CRITERIA = 4, FULL = 2500 };

static const contest_criterion criteria[CRITERIA] = {{.key = "a", .most = FULL},
                                                     {.key = "b", .most = FULL},
                                                     {.key = "c", .most = FULL},
                                                     {.key = "d", .most = FULL}};
static const contest_round rules = {
    .key = "so-khao", .criteria = criteria, .criterion_count = CRITERIA};
static const contest_track tracks[] = {{"essay", "Bài viết"}};
static const contest definition = {
    .tracks = tracks, .track_count = 1, .rounds = &rules, .round_count = 1};

typedef struct {
    random_stream stream;
    board b;
    int64_t own[ENTRIES * READINGS];
    size_t own_count;
} panel;

static double normal(panel *p)
{
    return normal_quantile(((double)(random_next(&p->stream) >> 11) + .5) * 0x1p-53);
}

/* Points of one criterion in hundredths on the half-point step. Judge 0 is severe, 1 hardly tells entries
 * apart, 2 grows lenient, 3 marks one impression, 4 favours his unit, 5 copies 6, 7 has a wild sheet. */
static int64_t mark(panel *p, size_t judge, double quality, size_t order, bool own, bool wild)
{
    double y = 17 + (judge == 1 ? .2 : 1) * 1.6 * quality + .9 * normal(p);
    y -= judge == 0 ? 2 : 0;
    y += judge == 2 ? .015 * (double)order : 0;
    y += judge == 4 && own ? 2 : 0;
    y -= wild ? 7 : 0;
    return llround(fmin(fmax(round(2 * y) / 2, 0), 25) * 100);
}

static void fill_sheet(panel *p, arena *mem, rank_sheet *s, size_t judge, double quality,
                       size_t order)
{
    int64_t *marks = ARENA_ARRAY(mem, int64_t, CRITERIA);
    bool own = judge == 4 && order % 6 == 0, wild = judge == 7 && order == 20;
    for (size_t k = 0; k < CRITERIA; k++) {
        marks[k] = mark(p, judge, quality, order, own, wild);
        if (judge == 3 && k)
            marks[k] = marks[0];
        s->points += marks[k];
    }
    s->marks = marks;
    s->order = (int64_t)order;
    if (own)
        p->own[p->own_count++] = s->sheet_id;
}

static void copy_marks(rank_sheet *to, const rank_sheet *from)
{
    to->marks = from->marks;
    to->points = from->points;
}

static void build(panel *p, arena *mem)
{
    size_t orders[JUDGES] = {0};
    random_start(&p->stream, (const unsigned char[SEED_SIZE]){21});
    p->b = (board){.contest = &definition, .rules = &rules, .row_count = ENTRIES};
    p->b.rows = ARENA_ARRAY(mem, rank_row, ENTRIES);
    p->b.sheets = ARENA_ARRAY(mem, rank_sheet, ENTRIES * READINGS);
    p->b.votes = ARENA_ARRAY(mem, int64_t, ENTRIES);
    p->b.criterion_out = ARENA_ARRAY(mem, bool, CRITERIA);
    for (size_t i = 0; i < ENTRIES; i++) {
        double quality = normal(p);
        rank_sheet *read_by[JUDGES] = {NULL};
        p->b.rows[i] = (rank_row){.entry_id = (int64_t)i,
                                  .receipt = arena_format(mem, "2024-%05zu", i),
                                  .track = "essay"};
        size_t start = (size_t)random_below(&p->stream, JUDGES),
               step = 1 + (size_t)random_below(&p->stream, 2) * 4;
        for (size_t k = 0; k < READINGS; k++) {
            size_t judge = (start + k * step) % JUDGES;
            rank_sheet *s = &p->b.sheets[p->b.sheet_count];
            *s = (rank_sheet){.row = i,
                              .judge = arena_format(mem, "GK%02zu", judge),
                              .counts = true,
                              .sheet_id = (int64_t)++p->b.sheet_count};
            fill_sheet(p, mem, s, judge, quality, orders[judge]++);
            read_by[judge] = s;
        }
        if (read_by[5] && read_by[6] && random_below(&p->stream, 2))
            copy_marks(read_by[5], read_by[6]);
    }
}

static bool says(const conduct *c, size_t judge, const char *code)
{
    const remarks *list = &c->judges[judge].says;
    for (size_t i = 0; i < list->count; i++)
        if (strcmp(list->items[i].code, code) == 0)
            return true;
    return false;
}

TEST("each fault of a judge is found and said, and judges without one are left in peace")
{
    static panel p;
    arena *mem = arena_new(1 << 26);
    fault f = {0};
    conduct found;
    build(&p, mem);
    assert_ok(board_conduct(mem, &p.b, p.own, p.own_count, &found, &f), &f);
    assert_int_equal(found.count, JUDGES);
    static const struct {
        size_t judge;
        const char *code;
    } wanted[] = {{0, "severe"}, {1, "narrow"},   {2, "drift"},   {3, "halo"},
                  {3, "flat"},   {4, "own_unit"}, {7, "outliers"}};
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++)
        if (!says(&found, wanted[i].judge, wanted[i].code))
            fail_msg("judge %zu: nobody says %s", wanted[i].judge, wanted[i].code);
    static const char *const codes[] = {"narrow", "wide", "erratic", "outliers",
                                        "drift",  "halo", "flat",    "own_unit"};
    for (size_t j = 8; j < JUDGES; j++)
        for (size_t k = 0; k < sizeof codes / sizeof *codes; k++)
            if (says(&found, j, codes[k]))
                fail_msg("judge %zu is said to be %s", j, codes[k]);
    assert_int_equal(found.pair_count, 1);
    assert_string_equal(found.pairs[0].first, "GK05");
    assert_string_equal(found.pairs[0].second, "GK06");
    assert_true(found.judges[0].severity < -5);
    assert_non_null(
        strstr(found.judges[0].says.items[0].text[LANG_VI], "nghiêm hơn mặt bằng chung"));
    arena_free(mem);
}

TEST("a panel of one judge, or one entry, or equal marks, is studied without a figure that is no "
     "number")
{
    for (int kind = 0; kind < 3; kind++) {
        static panel p;
        arena *mem = arena_new(1 << 26);
        fault f = {0};
        conduct found;
        build(&p, mem);
        for (size_t i = 0; i < p.b.sheet_count; i++) {
            rank_sheet *s = &p.b.sheets[i];
            if (kind == 0)
                s->judge = "GK00";
            if (kind == 2)
                copy_marks(s, &p.b.sheets[0]);
        }
        if (kind == 0) { /* one sheet an entry */
            size_t kept = 0;
            for (size_t i = 0; i < p.b.sheet_count; i += READINGS)
                p.b.sheets[kept++] = p.b.sheets[i];
            p.b.sheet_count = kept;
        }
        if (kind == 1)
            p.b.sheet_count = READINGS;
        assert_ok(board_conduct(mem, &p.b, p.own, p.own_count, &found, &f), &f);
        assert_true(found.count > 0);
        for (size_t j = 0; j < found.count; j++) {
            const judge_conduct *c = &found.judges[j];
            if (!isfinite(c->severity + c->se + c->spread + c->misfit + c->drift + c->halo +
                          c->flat + c->own_bias))
                fail_msg("kind %d, judge %zu", kind, j);
        }
        arena_free(mem);
    }
}
