/* The draw: every rule kept, loads provably as even as they can be, the same from any input order. */
#include "test.h"

#include "../oracle/rules.h"
#include "chamthi/assign.h"

#include <math.h>

enum { ENTRIES_MOST = 80, JUDGES_MOST = 20, WORDS_MOST = 4 };

/* A random problem that owns its strings. */
typedef struct {
    deal_problem p;
    deal_entry entries[ENTRIES_MOST];
    deal_judge judges[JUDGES_MOST];
    char entry_id[ENTRIES_MOST][24], judge_id[JUDGES_MOST][24];
    const char *words[(ENTRIES_MOST + 3 * JUDGES_MOST) * WORDS_MOST];
    size_t used;
} random_problem;

static const char *const unit_names[] = {"U1", "U2", "U3", "U4", "U5", "U6"};
static const char *const track_names[] = {"essay", "press"};

static word_list some_words(random_problem *q, random_stream *r, const char *const *from,
                            size_t count, uint64_t most)
{
    word_list list = {q->words + q->used, (size_t)random_below(r, most + 1)};
    for (size_t i = 0; i < list.count; i++)
        q->words[q->used++] = from[random_below(r, count)];
    return list;
}

static void make_problem(random_problem *q, random_stream *r, size_t entries, size_t judges,
                         int64_t per_entry)
{
    memset(q, 0, sizeof *q);
    q->p = (deal_problem){.entries = q->entries,
                          .entry_count = entries,
                          .judges = q->judges,
                          .judge_count = judges,
                          .per_entry = per_entry,
                          .share = DEAL_SHARE_WHOLE};
    for (size_t e = 0; e < entries; e++) {
        snprintf(q->entry_id[e], 24, "E%03zu", e);
        q->entries[e] = (deal_entry){.id = q->entry_id[e],
                                     .track = track_names[random_below(r, 4) == 0],
                                     .language = random_below(r, 12) == 0 ? "km" : "vi",
                                     .units = some_words(q, r, unit_names, 6, 2)};
    }
    for (size_t j = 0; j < judges; j++) {
        static const char *const both[] = {"km", "vi"};
        snprintf(q->judge_id[j], 24, "J%02zu", j);
        q->judges[j] = (deal_judge){.id = q->judge_id[j], .cap = DEAL_NO_CAP};
        q->judges[j].unit = random_below(r, 4) ? unit_names[random_below(r, 6)] : "";
        q->judges[j].tracks = some_words(q, r, track_names, 2, 1);
        q->judges[j].languages = (word_list){both, random_below(r, 2) ? 2 : 0};
        q->judges[j].conflicts = some_words(q, r, unit_names, 6, 1);
        if (random_below(r, 5) == 0)
            q->judges[j].cap = (int64_t)random_below(r, entries + 1);
    }
}

static void seed_of(unsigned char seed[SEED_SIZE], unsigned n)
{
    memset(seed, 0, SEED_SIZE);
    seed[0] = (unsigned char)n;
    seed[1] = (unsigned char)(n >> 8);
}

/* ---- every plan of a small problem, one by one ---- */

typedef struct {
    const deal_problem *p;
    deal_pair pairs[32];
    size_t count;
    int64_t best; /* cost of the cheapest legal plan, -1: none */
    arena *mem;
} search;

static bool legal(search *s)
{
    deal_plan plan = {s->pairs, s->count, NULL};
    deal_proof proof;
    fault f = {0};
    arena_reset(s->mem);
    assert_ok(deal_prove(s->mem, s->p, &plan, &proof, &f), &f);
    if (proof.violations)
        return false;
    if (s->best < 0 || proof.cost < s->best)
        s->best = proof.cost;
    return true;
}

static void search_entry(search *s, size_t entry, size_t from, int64_t missing)
{
    if (entry == s->p->entry_count) {
        legal(s);
        return;
    }
    if (!missing) {
        search_entry(s, entry + 1, 0, s->p->per_entry);
        return;
    }
    for (size_t j = from; j < s->p->judge_count; j++) {
        s->pairs[s->count++] = (deal_pair){entry, j};
        search_entry(s, entry, j + 1, missing - 1);
        s->count--;
    }
}

TEST("on every small problem the plan costs what the cheapest of all legal plans costs, or there "
     "is none")
{
    arena *mem = arena_new(1 << 24), *scratch = arena_new(1 << 24);
    random_stream r;
    unsigned char seed[SEED_SIZE];
    seed_of(seed, 1);
    random_start(&r, seed);
    int impossible = 0, tight = 0;
    for (unsigned n = 0; n < 120; n++) {
        static random_problem q;
        make_problem(&q, &r, 2 + n % 3, 3 + n % 3, 1 + n % 2);
        search s = {.p = &q.p, .best = -1, .mem = scratch};
        search_entry(&s, 0, 0, q.p.per_entry);
        deal_plan plan;
        deal_proof proof;
        fault f = {0};
        arena_reset(mem);
        seed_of(seed, n);
        status st = deal_draw(mem, &q.p, seed, &plan, &f);
        assert_int_equal(st, s.best < 0 ? E_CONFLICT : OK);
        impossible += st != OK;
        if (st != OK)
            continue;
        assert_ok(deal_prove(mem, &q.p, &plan, &proof, &f), &f);
        assert_int_equal(proof.violations, 0);
        assert_int_equal(proof.cost, s.best);
        assert_int_equal(proof.lower_bound, s.best);
        tight += proof.load_max - proof.load_min > 1;
    }
    assert_in_range(impossible, 10, 110); /* both kinds were met */
    assert_in_range(tight, 10, 110);
    arena_free(mem);
    arena_free(scratch);
}

TEST("larger random plans break no rule and their cost equals the proved lower bound")
{
    arena *mem = arena_new(1 << 26);
    random_stream r;
    unsigned char seed[SEED_SIZE];
    seed_of(seed, 2);
    random_start(&r, seed);
    int done = 0;
    for (unsigned n = 0; n < 120; n++) {
        static random_problem q;
        make_problem(&q, &r, 20 + n % 60, 8 + n % 12, 1 + n % 4);
        deal_plan plan;
        deal_proof proof;
        fault f = {0};
        arena_reset(mem);
        seed_of(seed, n);
        if (deal_draw(mem, &q.p, seed, &plan, &f) != OK)
            continue;
        assert_ok(deal_prove(mem, &q.p, &plan, &proof, &f), &f);
        assert_int_equal(proof.violations, 0);
        assert_int_equal(proof.cost, proof.lower_bound);
        done++;
    }
    assert_in_range(done, 40, 150);
    arena_free(mem);
}

static void hash_of(arena *mem, const deal_problem *p, const unsigned char seed[SEED_SIZE],
                    unsigned char out[HASH_SIZE])
{
    deal_plan plan;
    deal_proof proof;
    fault f = {0};
    assert_ok(deal_draw(mem, p, seed, &plan, &f), &f);
    assert_ok(deal_prove(mem, p, &plan, &proof, &f), &f);
    memcpy(out, proof.hash, HASH_SIZE);
}

/* Twelve entries of two units, six judges, no trouble. */
static void make_easy(random_problem *q)
{
    memset(q, 0, sizeof *q);
    q->p = (deal_problem){.entries = q->entries,
                          .entry_count = 12,
                          .judges = q->judges,
                          .judge_count = 6,
                          .per_entry = 2,
                          .share = DEAL_SHARE_WHOLE};
    for (size_t e = 0; e < 12; e++) {
        snprintf(q->entry_id[e], 24, "E%02zu", e);
        q->entries[e] = (deal_entry){.id = q->entry_id[e],
                                     .track = "essay",
                                     .language = "",
                                     .units = {&unit_names[e % 2], 1}};
    }
    for (size_t j = 0; j < 6; j++) {
        snprintf(q->judge_id[j], 24, "J%zu", j);
        q->judges[j] =
            (deal_judge){.id = q->judge_id[j], .unit = unit_names[j], .cap = DEAL_NO_CAP};
    }
}

TEST("one seed gives one plan whatever the order of the input; another seed another plan")
{
    arena *mem = arena_new(1 << 24);
    static random_problem q;
    unsigned char seed[SEED_SIZE], first[HASH_SIZE], again[HASH_SIZE];
    make_easy(&q);
    seed_of(seed, 77);
    hash_of(mem, &q.p, seed, first);
    random_stream r;
    random_start(&r, seed);
    for (int n = 0; n < 50; n++) {
        size_t a = (size_t)random_below(&r, 12), b = (size_t)random_below(&r, 12);
        deal_entry was = q.entries[a];
        q.entries[a] = q.entries[b];
        q.entries[b] = was;
        a = (size_t)random_below(&r, 6), b = (size_t)random_below(&r, 6);
        deal_judge who = q.judges[a];
        q.judges[a] = q.judges[b];
        q.judges[b] = who;
        hash_of(mem, &q.p, seed, again);
        assert_memory_equal(first, again, HASH_SIZE);
    }
    seed_of(seed, 78);
    hash_of(mem, &q.p, seed, again);
    assert_memory_not_equal(first, again, HASH_SIZE);
    arena_free(mem);
}

TEST("the plan of a known seed never changes, on any machine or compiler")
{
    arena *mem = arena_new(1 << 24);
    static random_problem q;
    unsigned char seed[SEED_SIZE], hash[HASH_SIZE];
    char hex[2 * HASH_SIZE + 1];
    make_easy(&q);
    seed_of(seed, 2024);
    hash_of(mem, &q.p, seed, hash);
    hex_encode(hex, hash, HASH_SIZE);
    assert_string_equal(hex, "4e341f1c002cf8806ae7bf3d7da6c9e1dee93fd48a939a02ddcbbafb940577de");
    arena_free(mem);
}

TEST("every judge is drawn for every entry they may read, none much more often than another")
{
    arena *mem = arena_new(1 << 24);
    static random_problem q;
    static int seen[12][6];
    unsigned char seed[SEED_SIZE];
    make_easy(&q);
    for (unsigned n = 0; n < 600; n++) {
        deal_plan plan;
        fault f = {0};
        arena_reset(mem);
        seed_of(seed, n);
        assert_ok(deal_draw(mem, &q.p, seed, &plan, &f), &f);
        for (size_t i = 0; i < plan.count; i++)
            seen[plan.pairs[i].entry][plan.pairs[i].judge]++;
    }
    /* J0 may read six entries, J2 all twelve; each judge reads four. */
    for (size_t e = 0; e < 12; e++) {
        assert_int_equal(seen[e][e % 2], 0);
        assert_in_range(seen[e][1 - e % 2], 350, 450);
        for (size_t j = 2; j < 6; j++)
            assert_in_range(seen[e][j], 160, 240);
    }
    arena_free(mem);
}

/* 60 entries of six units, 20 judges; ten of them take only one entry, so that the others come
 * close to the largest share, a quarter. */
static void make_skewed(random_problem *q)
{
    enum { ENTRIES = 60, JUDGES = 20, CAPPED = 10 };
    memset(q, 0, sizeof *q);
    q->p = (deal_problem){.entries = q->entries,
                          .entry_count = ENTRIES,
                          .judges = q->judges,
                          .judge_count = JUDGES,
                          .per_entry = 2,
                          .share = 2500};
    for (size_t e = 0; e < ENTRIES; e++) {
        snprintf(q->entry_id[e], 24, "E%02zu", e);
        q->entries[e] = (deal_entry){.id = q->entry_id[e],
                                     .track = "essay",
                                     .language = "",
                                     .units = {&unit_names[e % 6], 1}};
    }
    for (size_t j = 0; j < JUDGES; j++) {
        snprintf(q->judge_id[j], 24, "J%02zu", j);
        q->judges[j] = (deal_judge){.id = q->judge_id[j],
                                    .unit = j % 3 ? "" : unit_names[j / 3 % 6],
                                    .cap = j < CAPPED ? 1 : DEAL_NO_CAP};
    }
}

TEST("over many seeds no judge is likelier to get an entry than the largest share, so nobody can "
     "foresee the draw (PREDICTION_SEEDS: how many)")
{
    const char *asked = getenv("PREDICTION_SEEDS");
    int seeds = asked ? atoi(asked) : 2000, most = 0;
    arena *mem = arena_new(1 << 24);
    static random_problem q;
    static int seen[ENTRIES_MOST][JUDGES_MOST];
    unsigned char seed[SEED_SIZE];
    make_skewed(&q);
    memset(seen, 0, sizeof seen);
    for (int n = 0; n < seeds; n++) {
        deal_plan plan;
        fault f = {0};
        arena_reset(mem);
        seed_of(seed, (unsigned)n);
        assert_ok(deal_draw(mem, &q.p, seed, &plan, &f), &f);
        for (size_t i = 0; i < plan.count; i++)
            seen[plan.pairs[i].entry][plan.pairs[i].judge]++;
    }
    for (size_t e = 0; e < q.p.entry_count; e++)
        for (size_t j = 0; j < q.p.judge_count; j++)
            most = seen[e][j] > most ? seen[e][j] : most;
    /* A quarter, and four standard deviations of what chance adds to the luckiest pair. */
    double chance = 4 * sqrt(0.25 * 0.75 * seeds);
    print_message("most likely pair: %.4f of %d seeds\n", (double)most / seeds, seeds);
    assert_true(most > seeds / 5 && most <= seeds / 4 + chance);
    arena_free(mem);
}

TEST("no judge reads more than the stated share of a track")
{
    arena *mem = arena_new(1 << 24);
    static random_problem q;
    unsigned char seed[SEED_SIZE] = {5};
    make_easy(&q);
    for (size_t j = 2; j < 6;
         j++) /* four judges must do most of the work: 2k/6 of 12 is their least */
        q.judges[j].cap = j < 4 ? 1 : DEAL_NO_CAP;
    q.p.share = 5000;
    deal_plan plan;
    deal_proof proof;
    fault f = {0};
    int64_t load[6] = {0};
    assert_int_equal(deal_draw(mem, &q.p, seed, &plan, &f), OK);
    assert_ok(deal_prove(mem, &q.p, &plan, &proof, &f), &f);
    assert_int_equal(proof.violations, 0);
    for (size_t i = 0; i < plan.count; i++)
        load[plan.pairs[i].judge]++;
    for (size_t j = 0; j < 6; j++)
        assert_in_range(load[j], 0, 8);
    arena_free(mem);
}

TEST("a plan that breaks a rule is caught by the proof, rule by rule")
{
    arena *mem = arena_new(1 << 24);
    static random_problem q;
    unsigned char seed[SEED_SIZE] = {9};
    deal_plan plan;
    deal_proof proof;
    fault f = {0};
    make_easy(&q);
    assert_ok(deal_draw(mem, &q.p, seed, &plan, &f), &f);
    deal_pair was = plan.pairs[0];
    plan.pairs[0].judge = was.entry % 2; /* of the author's unit */
    assert_ok(deal_prove(mem, &q.p, &plan, &proof, &f), &f);
    assert_true(proof.violations >= 1);
    plan.pairs[0] = plan.pairs[1]; /* twice the same judge */
    assert_ok(deal_prove(mem, &q.p, &plan, &proof, &f), &f);
    assert_true(proof.violations >= 1);
    plan.pairs[0] = was;
    plan.count--; /* one reading short */
    assert_ok(deal_prove(mem, &q.p, &plan, &proof, &f), &f);
    assert_int_equal(proof.violations, 1);
    plan.count++;
    q.judges[was.judge].cap = 1; /* four readings, cap one */
    assert_ok(deal_prove(mem, &q.p, &plan, &proof, &f), &f);
    assert_int_equal(proof.violations, 3);
    q.judges[was.judge].cap = DEAL_NO_CAP;
    q.judges[was.judge].conflicts = (word_list){(const char *const[]){q.entry_id[was.entry]}, 1};
    assert_ok(deal_prove(mem, &q.p, &plan, &proof, &f), &f);
    assert_int_equal(proof.violations, 1);
    q.judges[was.judge].conflicts = (word_list){0};
    q.judges[was.judge].panel = "TB1"; /* four entries with somebody of no panel */
    assert_ok(deal_prove(mem, &q.p, &plan, &proof, &f), &f);
    assert_int_equal(proof.violations, 4);
    q.judges[was.judge].panel = NULL;
    q.judges[was.judge].conflicts = (word_list){
        (const char *const[]){q.judge_id[(was.judge + 1) % 6], q.judge_id[(was.judge + 2) % 6],
                              q.judge_id[(was.judge + 3) % 6], q.judge_id[(was.judge + 4) % 6],
                              q.judge_id[(was.judge + 5) % 6]},
        5}; /* beside nobody */
    assert_ok(deal_prove(mem, &q.p, &plan, &proof, &f), &f);
    assert_int_equal(proof.violations, 4);
    q.judges[was.judge].conflicts = (word_list){0};
    q.judges[was.judge].word_cap = 100;
    q.entries[was.entry].words = 101;
    assert_ok(deal_prove(mem, &q.p, &plan, &proof, &f), &f);
    assert_int_equal(proof.violations, 1);
    q.entries[was.entry].words = 100;
    q.entries[was.entry].readings = DEAL_EVERYBODY; /* five may read it, two do */
    assert_ok(deal_prove(mem, &q.p, &plan, &proof, &f), &f);
    assert_int_equal(proof.violations, 3);
    arena_free(mem);
}

TEST("a draw that cannot be made says which rule and how many readings are short")
{
    static const struct {
        const char *what;
        int64_t per_entry, cap;
        const char *one_unit, *vi;
    } rows[] = {
        {"caps", 2, 3, NULL, "thiếu 6 lượt"},
        {"too few judges", 6, DEAL_NO_CAP, NULL, "(thiếu 1)"},
        {"one unit", 2, DEAL_NO_CAP, "U6", "chỉ thuộc 1 đơn vị"},
    };
    arena *mem = arena_new(1 << 24);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        static random_problem q;
        unsigned char seed[SEED_SIZE] = {1};
        deal_plan plan;
        fault f = {0};
        make_easy(&q);
        q.p.per_entry = rows[i].per_entry;
        for (size_t j = 0; j < 6; j++) {
            q.judges[j].cap = rows[i].cap;
            if (rows[i].one_unit)
                q.judges[j].unit = rows[i].one_unit;
        }
        assert_int_equal(deal_draw(mem, &q.p, seed, &plan, &f), E_CONFLICT);
        if (!strstr(f.text[LANG_VI], rows[i].vi))
            fail_msg("%s: %s", rows[i].what, f.text[LANG_VI]);
    }
    arena_free(mem);
}

TEST("where units leave no choice, avoiding gives a full plan with the fewest repeats")
{
    arena *mem = arena_new(1 << 24);
    static random_problem q;
    unsigned char seed[SEED_SIZE] = {3};
    deal_plan plan;
    deal_proof proof;
    fault f = {0};
    make_easy(&q);
    for (size_t j = 0; j < 6; j++) /* five of U6, who must share entries; one of U5 may read five */
        q.judges[j].unit = j ? "U6" : "U5";
    q.judges[0].cap = 5;
    q.p.same_unit = SAME_UNIT_AVOID;
    assert_ok(deal_draw(mem, &q.p, seed, &plan, &f), &f);
    assert_ok(deal_prove(mem, &q.p, &plan, &proof, &f), &f);
    assert_int_equal(proof.violations, 0);
    assert_int_equal(proof.same_unit, 7);
    arena_free(mem);
}

TEST("a repair keeps every reading that stands and gives out only what is missing")
{
    arena *mem = arena_new(1 << 24);
    static random_problem q;
    unsigned char seed[SEED_SIZE] = {4};
    deal_plan plan, again;
    deal_proof proof;
    fault f = {0};
    make_easy(&q);
    assert_ok(deal_draw(mem, &q.p, seed, &plan, &f), &f);
    deal_pair kept[24];
    for (size_t i = 0; i < plan.count; i++) /* J5 leaves */
        if (plan.pairs[i].judge != 5)
            kept[q.p.kept_count++] = plan.pairs[i];
    q.p.kept = kept;
    q.judges[5].cap = 0;
    assert_ok(deal_draw(mem, &q.p, seed, &again, &f), &f);
    assert_int_equal(again.count, 4);
    assert_ok(deal_prove(mem, &q.p, &again, &proof, &f), &f);
    assert_int_equal(proof.violations, 0);
    assert_int_equal(proof.cost, proof.lower_bound);
    assert_int_equal(proof.load_max, 5);
    q.judges[3].unit =
        q.judges[2].unit; /* what they share stands, though they are colleagues now */
    assert_ok(deal_draw(mem, &q.p, seed, &again, &f), &f);
    assert_ok(deal_prove(mem, &q.p, &again, &proof, &f), &f);
    assert_int_equal(again.count, 4);
    assert_true(proof.same_unit > 0);
    assert_int_equal(proof.violations, 0);
    arena_free(mem);
}

TEST("judges of a complete design are compared with full efficiency, of separate panels with none")
{
    arena *mem = arena_new(1 << 24);
    static random_problem q;
    deal_proof proof;
    fault f = {0};
    make_easy(&q);
    deal_pair all[24];
    q.p.judge_count = 4;
    for (size_t i = 0; i < 24; i++)
        all[i] = (deal_pair){i / 2, i / 2 % 2 * 2 + i % 2}; /* panels {0,1} and {2,3} */
    deal_plan plan = {all, 24, NULL};
    assert_ok(deal_prove(mem, &q.p, &plan, &proof, &f), &f);
    assert_int_equal(proof.components, 2);
    assert_int_equal(proof.efficiency, 0);
    for (size_t i = 0; i < 24; i++) /* every pair of four judges twice: a balanced design */
        all[i].judge = (const size_t[]){0, 1, 0, 2, 0, 3, 1, 2, 1, 3, 2, 3}[i % 12];
    assert_ok(deal_prove(mem, &q.p, &plan, &proof, &f), &f);
    assert_int_equal(proof.components, 1);
    assert_int_equal(proof.efficiency, 1000000);
    assert_int_equal(proof.pair_max, 2);
    arena_free(mem);
}

TEST("entries and judges are read from CSV; what is wrong is named with its line")
{
    static const struct {
        const char *judges, *vi;
    } rows[] = {
        {"judge,unit,tracks,languages,cap\nA,,,,\n", "thiếu cột “conflicts”"},
        {"judge,unit,tracks,languages,cap,conflicts\n,U1,,,,\n", "dòng 2"},
        {"judge,unit,tracks,languages,cap,conflicts\nA,,,,\nB,,,,-1,\n", "dòng 3"},
        {"judge,unit,tracks,languages,cap,conflicts\nA,,,,1.5,\n", "“1.5”"},
    };
    arena *mem = arena_new(1 << 20);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        csv_table t;
        deal_problem p = {0};
        fault f = {0};
        const char *text = rows[i].judges;
        assert_ok(csv_table_parse(mem, "gk.csv", (slice){text, strlen(text)}, &t, &f), &f);
        assert_int_equal(deal_read_judges(mem, "gk.csv", &t, &p, &f), E_INPUT);
        if (!strstr(f.text[LANG_VI], rows[i].vi))
            fail_msg("%s", f.text[LANG_VI]);
    }
    arena_free(mem);
}

TEST("a share is read as a decimal or a percentage")
{
    static const struct {
        const char *text;
        int64_t share; /* 0: refused */
    } rows[] = {{"0.25", 2500},  {"25%", 2500}, {"0,05", 500}, {".5", 5000}, {"1", 10000},
                {"100%", 10000}, {"1.5", 0},    {"0", 0},      {"", 0},      {"x", 0},
                {"-0.1", 0},     {"0.25x", 0},  {".", 0},      {"250%", 0}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        int64_t share = 0;
        status st = deal_read_share(rows[i].text, &share, NULL);
        assert_int_equal(st, rows[i].share ? OK : E_USAGE);
        if (st == OK)
            assert_int_equal(share, rows[i].share);
    }
}

TEST("a judge's entries lie in parcels of at most twenty, even in number and in words; what lies "
     "in one "
     "stays there")
{
    static const size_t counts[] = {1, 20, 21, 40, 41, 87, 300};
    arena *mem = arena_new(1 << 20);
    random_stream r;
    unsigned char seed[SEED_SIZE] = {6};
    random_start(&r, seed);
    for (size_t n = 0; n < sizeof counts / sizeof *counts; n++) {
        enum { MOST = 300, PARCELS = 20 };
        int64_t words[MOST], sum[PARCELS] = {0}, heaviest = 0, lightest = INT64_MAX;
        uint32_t parcel[MOST] = {0}, before[MOST];
        size_t held[PARCELS] = {0}, count = counts[n],
               parcels = (count + PARCEL_MOST - 1) / PARCEL_MOST;
        fault f = {0};
        for (size_t i = 0; i < count; i++)
            words[i] = 500 + (int64_t)random_below(&r, 1000);
        assert_ok(deal_parcels(mem, words, parcel, count / 2, &f), &f);
        memcpy(before, parcel, sizeof before);
        assert_ok(deal_parcels(mem, words, parcel, count, &f), &f);
        for (size_t i = 0; i < count; i++) {
            assert_in_range(parcel[i], 1, parcels);
            assert_true(i >= count / 2 || parcel[i] == before[i]);
        }
        memset(parcel, 0, sizeof parcel);
        assert_ok(deal_parcels(mem, words, parcel, count, &f), &f);
        for (size_t i = 0; i < count; i++) {
            held[parcel[i] - 1]++;
            sum[parcel[i] - 1] += words[i];
        }
        for (size_t i = 0; i < parcels; i++) {
            assert_in_range(held[i], count / parcels - (count % parcels != 0), PARCEL_MOST);
            heaviest = sum[i] > heaviest ? sum[i] : heaviest;
            lightest = sum[i] < lightest ? sum[i] : lightest;
        }
        assert_true(heaviest - lightest <= 1500); /* no more than one entry can have */
    }
    arena_free(mem);
}

/* ---- panels, anchors, caps by words ---- */

static const char *const panel_names[] = {"TB1", "TB2", "TB3"};

/* What a random plan must keep, counted here once more. */
static void check_special(const random_problem *q, const deal_plan *plan)
{
    static int reads[ENTRIES_MOST][JUDGES_MOST];
    memset(reads, 0, sizeof reads);
    int64_t words[JUDGES_MOST] = {0};
    for (size_t i = 0; i < plan->count; i++) {
        reads[plan->pairs[i].entry][plan->pairs[i].judge]++;
        words[plan->pairs[i].judge] += q->entries[plan->pairs[i].entry].words;
    }
    for (size_t j = 0; j < q->p.judge_count; j++)
        assert_true(!q->judges[j].word_cap || words[j] <= q->judges[j].word_cap);
    for (size_t e = 0; e < q->p.entry_count; e++) {
        const char *panel = NULL;
        bool anchor = q->entries[e].readings == DEAL_EVERYBODY;
        for (size_t j = 0; j < q->p.judge_count; j++) {
            const deal_judge *one = &q->judges[j];
            if (anchor)
                assert_int_equal(reads[e][j], one->cap > 0 && rule_may(&q->entries[e], one));
            if (anchor || !reads[e][j])
                continue;
            panel = panel ? panel : one->panel;
            assert_string_equal(panel, one->panel);
            for (size_t k = 0; k < j; k++)
                assert_false(reads[e][k] && (rule_word(one->conflicts, q->judge_id[k]) ||
                                             rule_word(q->judges[k].conflicts, q->judge_id[j])));
        }
    }
}

TEST("random plans with panels, anchors and caps by words keep them all, and a proof says so; what "
     "cannot be "
     "kept is told; their input is read again as it was written")
{
    arena *mem = arena_new(1 << 26);
    random_stream r;
    unsigned char seed[SEED_SIZE];
    seed_of(seed, 3);
    random_start(&r, seed);
    int done = 0, words_told = 0, anchors_told = 0, lowered = 0;
    for (unsigned n = 0; n < 400; n++) {
        static random_problem q;
        make_problem(&q, &r, 20 + n % 60, 9 + n % 12, 1 + n % 3);
        size_t panels = 1 + n % 3;
        bool anchors = n % 2, words = n / 2 % 2;
        for (size_t j = 0; j < q.p.judge_count; j++) {
            q.judges[j].panel = panel_names[j % panels];
            if (j % 5 == 0 && !q.judges[j].conflicts.count) { /* never beside one of the others */
                q.words[q.used] = q.judge_id[random_below(&r, q.p.judge_count)];
                q.judges[j].conflicts = (word_list){q.words + q.used++, 1};
            }
        }
        int64_t total = 0;
        for (size_t e = 0; e < q.p.entry_count; e++) {
            q.entries[e].words = 200 + (int64_t)random_below(&r, 1500);
            total += q.entries[e].words;
            if (anchors && e % 20 == 0)
                q.entries[e].readings = DEAL_EVERYBODY;
        }
        for (size_t j = 0; words && j < q.p.judge_count; j += 2)
            q.judges[j].word_cap =
                total * q.p.per_entry / (int64_t)q.p.judge_count * (9 + n % 5) / 10;
        deal_plan plan;
        deal_proof proof;
        deal_problem again;
        buffer text = BUFFER_INIT, second = BUFFER_INIT;
        fault f = {0};
        arena_reset(mem);
        assert_ok(deal_inputs_text(mem, &q.p, &text, &f), &f);
        assert_ok(deal_inputs_read(mem, (slice){text.bytes, text.size}, &again, &f), &f);
        assert_ok(deal_inputs_text(mem, &again, &second, &f), &f);
        assert_string_equal(text.bytes, second.bytes);
        buffer_free(&text);
        buffer_free(&second);
        seed_of(seed, n);
        status st = deal_draw(mem, &q.p, seed, &plan, &f);
        words_told += st == E_CONFLICT && strstr(f.text[LANG_VI], "hạn mức số từ") != NULL;
        anchors_told += st == E_CONFLICT && strstr(f.text[LANG_VI], "bài neo") != NULL;
        if (st != OK) {
            assert_int_equal(st, E_CONFLICT);
            continue;
        }
        check_special(&q, &plan);
        assert_ok(deal_prove(mem, &q.p, &plan, &proof, &f), &f);
        assert_int_equal(proof.violations, 0);
        assert_true(proof.lower_bound <= proof.cost);
        if (panels == 1 && !words)
            assert_int_equal(proof.lower_bound, proof.cost);
        lowered += proof.lower_bound < proof.cost;
        done++;
    }
    print_message(
        "%d plans, %d above the simple bound; %d times words, %d times anchors forbade it\n", done,
        lowered, words_told, anchors_told);
    assert_true(done > 100 && words_told > 0 && anchors_told > 0);
    arena_free(mem);
}

/* Where to find what was at each place, after the places were shuffled. */
static void shuffle_places(size_t *to, size_t count, random_stream *r)
{
    for (size_t i = 0; i < count; i++)
        to[i] = i;
    for (size_t i = count; i > 1; i--) {
        size_t k = (size_t)random_below(r, i), was = to[k];
        to[k] = to[i - 1];
        to[i - 1] = was;
    }
}

/* The same problem with entries, judges and kept readings in another order. */
static void reorder(random_problem *q, deal_pair *kept, random_stream *r)
{
    static deal_entry entries[ENTRIES_MOST];
    static deal_judge judges[JUDGES_MOST];
    static deal_pair pairs[4 * ENTRIES_MOST];
    size_t entry_to[ENTRIES_MOST], judge_to[JUDGES_MOST], pair_to[4 * ENTRIES_MOST];
    shuffle_places(entry_to, q->p.entry_count, r);
    shuffle_places(judge_to, q->p.judge_count, r);
    shuffle_places(pair_to, q->p.kept_count, r);
    for (size_t e = 0; e < q->p.entry_count; e++)
        entries[entry_to[e]] = q->entries[e];
    for (size_t j = 0; j < q->p.judge_count; j++)
        judges[judge_to[j]] = q->judges[j];
    for (size_t i = 0; i < q->p.kept_count; i++)
        pairs[pair_to[i]] = (deal_pair){entry_to[kept[i].entry], judge_to[kept[i].judge]};
    memcpy(q->entries, entries, sizeof entries);
    memcpy(q->judges, judges, sizeof judges);
    memcpy(kept, pairs, sizeof pairs);
}

/* Draws in two orders; false when there is no plan. `plan` is of the order that stays. */
static bool same_in_two_orders(arena *mem, random_problem *q, deal_pair *kept, unsigned n,
                               random_stream *r, deal_plan *plan)
{
    unsigned char seed[SEED_SIZE], first[HASH_SIZE], again[HASH_SIZE];
    fault f = {0};
    arena_reset(mem);
    seed_of(seed, n);
    if (deal_draw(mem, &q->p, seed, plan, &f) != OK)
        return false;
    hash_of(mem, &q->p, seed, first);
    reorder(q, kept, r);
    hash_of(mem, &q->p, seed, again);
    assert_memory_equal(first, again, HASH_SIZE);
    assert_ok(deal_draw(mem, &q->p, seed, plan, &f), &f);
    return true;
}

TEST("the order of entries, judges and readings that stand changes nothing, panels and anchors or "
     "not")
{
    arena *mem = arena_new(1 << 26);
    random_stream r;
    unsigned char seed[SEED_SIZE];
    int draws = 0, repairs = 0;
    seed_of(seed, 11);
    random_start(&r, seed);
    for (unsigned n = 0; n < 200; n++) {
        static random_problem q;
        static deal_pair kept[4 * ENTRIES_MOST];
        deal_plan plan;
        make_problem(&q, &r, 20 + n % 60, 9 + n % 12, 1 + n % 3);
        for (size_t j = 0; j < q.p.judge_count; j++)
            q.judges[j].panel = panel_names[j % (1 + n % 2)];
        for (size_t e = 0; e < q.p.entry_count; e++) {
            q.entries[e].words = 200 + (int64_t)random_below(&r, 1500);
            q.entries[e].readings = n % 4 == 3 && e % 25 == 0 ? DEAL_EVERYBODY : 0;
        }
        q.judges[0].word_cap = n % 5 ? 0 : 9000;
        if (!same_in_two_orders(mem, &q, kept, n, &r, &plan))
            continue;
        draws++;
        q.p.kept = kept;
        for (size_t i = 0; i < plan.count; i++) /* the others left */
            if (plan.pairs[i].judge % 5)
                kept[q.p.kept_count++] = plan.pairs[i];
        repairs += same_in_two_orders(mem, &q, kept, n, &r, &plan);
    }
    print_message("%d draws and %d repairs in two orders\n", draws, repairs);
    assert_true(draws > 60 && repairs > 40);
    arena_free(mem);
}
