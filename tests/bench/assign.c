/* Speed and memory of a draw: ENTRIES JUDGES PER_ENTRY SHARE [repair] [lemon] [special]
 *
 * Districts with about 29 units each, entries skewed to a few districts, six genres, four percent in a
 * second language, one entry in 200 with a declared judge; seven judges in ten belong to a unit and most
 * of these refuse their whole district; a tenth are capped at six tenths of the mean. */
#include "chamthi/assign.h"
#include "../oracle/lemon.h"
#include "../oracle/rules.h"
#include "chamthi/clock.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

enum { UNITS_EACH = 29, GENRES = 6 };
static const char *const genres[GENRES] = {"g1", "g2", "g3", "g4", "g5", "g6"};
static const int genre_share[GENRES] = {35, 25, 15, 12, 8, 5};
static const char *const languages[] = {"km", "vi"};

typedef struct {
    arena *mem;
    random_stream r;
    size_t districts;
    const char **units;
} world;

static size_t below(world *w, size_t n)
{
    return (size_t)random_below(&w->r, n);
}

static void *need(void *p)
{
    if (!p) {
        puts("out of memory");
        exit(1);
    }
    return p;
}

static const char *any_genre(world *w)
{
    int at = (int)below(w, 100), g = 0;
    while (at >= genre_share[g])
        at -= genre_share[g++];
    return genres[g];
}

static const char *any_unit(world *w)
{
    size_t district = below(w, below(w, w->districts) + 1); /* skewed to the first */
    return w->units[district * UNITS_EACH + below(w, UNITS_EACH)];
}

static const deal_entry *make_entries(world *w, size_t n, const deal_judge *judges, size_t m)
{
    deal_entry *entries = need(ARENA_ARRAY(w->mem, deal_entry, n));
    char *ids = need(ARENA_ARRAY(w->mem, char, n * 10));
    for (size_t e = 0; e < n; e++) {
        snprintf(ids + 10 * e, 10, "E%08u", (unsigned)e);
        const char **units = need(ARENA_ARRAY(w->mem, const char *, 2));
        units[0] = any_unit(w);
        units[1] = any_unit(w);
        entries[e] = (deal_entry){.id = ids + 10 * e,
                                  .track = any_genre(w),
                                  .language = languages[below(w, 25) != 0],
                                  .units = {units, 1 + (below(w, 4) == 0)}};
        if (below(w, 200))
            continue;
        const char **who = need(ARENA_NEW(w->mem, const char *));
        *who = judges[below(w, m)].id;
        entries[e].conflicts = (word_list){who, 1};
    }
    return entries;
}

static const deal_judge *make_judges(world *w, size_t m, int64_t mean)
{
    deal_judge *judges = need(ARENA_ARRAY(w->mem, deal_judge, m));
    for (size_t j = 0; j < m; j++) {
        const char **tracks = need(ARENA_ARRAY(w->mem, const char *, 2));
        tracks[0] = genres[j % GENRES];
        tracks[1] = any_genre(w);
        judges[j] = (deal_judge){.id = need(arena_format(w->mem, "J%05u", (unsigned)j)),
                                 .unit = "",
                                 .tracks = {tracks, 2},
                                 .languages = {languages, j / GENRES % 3 ? 0 : 2},
                                 .cap = below(w, 10) ? DEAL_NO_CAP : mean * 6 / 10};
        if (below(w, 10) >= 7)
            continue;
        size_t district = below(w, w->districts);
        judges[j].unit = w->units[district * UNITS_EACH + below(w, UNITS_EACH)];
        if (below(w, 10) < 7)
            judges[j].conflicts =
                (word_list){(const char *const *)w->units + district * UNITS_EACH, UNITS_EACH};
    }
    return judges;
}

static double seconds(void)
{
    return (double)clock_cpu_nanoseconds() / 1e9;
}

static long megabytes(void)
{
    struct rusage use;
    getrusage(RUSAGE_SELF, &use);
    return use.ru_maxrss / 1024;
}

static void check(status st, const fault *f)
{
    if (st == OK)
        return;
    printf("  %s\n", fault_text(f, LANG_EN));
    exit(1);
}

static int64_t run(const char *what, world *w, const deal_problem *p, deal_plan *plan)
{
    fault f = {0};
    deal_proof proof;
    unsigned char seed[SEED_SIZE] = {1};
    double start = seconds();
    long before = megabytes();
    check(deal_draw(w->mem, p, seed, plan, &f), &f);
    double drawn = seconds();
    long memory = megabytes();
    arena *scratch = need(arena_new((size_t)4 << 30));
    check(deal_prove(scratch, p, plan, &proof, &f), &f);
    arena_free(scratch);
    printf(
        "  %-8s %8zu x %lld x %5zu: draw %6.2f s, %4ld MB (of these %ld MB the input); proof %5.2f "
        "s; dealt %zu, loads %lld..%lld, gap %lld, violations %lld, components %lld, one pair at "
        "most %lld",
        what, p->entry_count, (long long)p->per_entry, p->judge_count, drawn - start, memory,
        before, seconds() - drawn, plan->count, (long long)proof.load_min,
        (long long)proof.load_max, (long long)(proof.cost - proof.lower_bound),
        (long long)proof.violations, (long long)proof.components, (long long)proof.pair_max);
    if (proof.efficiency >= 0)
        printf(", efficiency %.1f %%", (double)proof.efficiency / 1e4);
    putchar('\n');
    return proof.cost;
}

/* Every tenth judge leaves: what they had is dealt again. */
static void run_repair(world *w, deal_problem *p, const deal_plan *plan)
{
    deal_judge *judges = need(ARENA_ARRAY(w->mem, deal_judge, p->judge_count));
    deal_pair *kept = need(ARENA_ARRAY(w->mem, deal_pair, plan->count));
    deal_plan again;
    memcpy(judges, p->judges, p->judge_count * sizeof *judges);
    for (size_t j = 0; j < p->judge_count; j += 10)
        judges[j].cap = 0;
    p->judges = judges;
    p->kept = kept;
    for (size_t i = 0; i < plan->count; i++)
        if (plan->pairs[i].judge % 10)
            kept[p->kept_count++] = plan->pairs[i];
    run("repair", w, p, &again);
}

/* Four panels, an anchor in a thousand, every third judge capped at 85 % of the mean words. */
static void run_special(world *w, deal_problem *p)
{
    static const char *const panels[] = {"TB1", "TB2", "TB3", "TB4"};
    deal_judge *judges = need(ARENA_ARRAY(w->mem, deal_judge, p->judge_count));
    deal_entry *entries = need(ARENA_ARRAY(w->mem, deal_entry, p->entry_count));
    int64_t words = 0;
    deal_plan plan;
    memcpy(judges, p->judges, p->judge_count * sizeof *judges);
    memcpy(entries, p->entries, p->entry_count * sizeof *entries);
    for (size_t e = 0; e < p->entry_count; e++) {
        entries[e].words = 300 + (int64_t)below(w, 1500);
        entries[e].readings = e % 1000 ? 0 : DEAL_EVERYBODY;
        words += entries[e].words;
    }
    for (size_t j = 0; j < p->judge_count; j++) {
        judges[j].panel = panels[j / GENRES % 4];
        if (j % 3 == 0)
            judges[j].word_cap = words * p->per_entry / (int64_t)p->judge_count * 85 / 100;
    }
    p->judges = judges;
    p->entries = entries;
    run("special", w, p, &plan);
}

/* The same draw by LEMON on the dense network: every entry by every judge. */
static void run_dense(world *w, const deal_problem *p, int64_t expected)
{
    size_t n = p->entry_count, m = p->judge_count, units = w->districts * UNITS_EACH;
    unsigned char *may = need(ARENA_ARRAY(w->mem, unsigned char, n *m));
    int64_t *needs = need(ARENA_ARRAY(w->mem, int64_t, n)),
            *unit = need(ARENA_ARRAY(w->mem, int64_t, m));
    int64_t *held = need(ARENA_ARRAY(w->mem, int64_t, m)),
            *cap = need(ARENA_ARRAY(w->mem, int64_t, m));
    dense_problem d = {n, m, 0, may, needs, unit, held, cap, NULL, NULL};
    for (size_t j = 0; j < m; j++) {
        cap[j] = p->judges[j].cap;
        unit[j] = -1;
        for (size_t u = 0; u < units; u++)
            if (strcmp(w->units[u], p->judges[j].unit) == 0)
                unit[j] = (int64_t)u;
    }
    for (size_t e = 0; e < n; e++) {
        needs[e] = p->per_entry;
        for (size_t j = 0; j < m; j++)
            may[e * m + j] = rule_may(&p->entries[e], &p->judges[j]);
    }
    double start = seconds();
    int64_t cost = dense_cost(&d, COST_SCALING);
    printf("  LEMON    %8zu x %lld x %5zu: dense network, cost scaling %6.2f s, %4ld MB; %s\n", n,
           (long long)p->per_entry, m, seconds() - start, megabytes(),
           cost == expected ? "the same cost" : "ANOTHER COST");
}

static bool asked(int argc, char **argv, const char *what)
{
    for (int i = 5; i < argc; i++)
        if (strcmp(argv[i], what) == 0)
            return true;
    return false;
}

int main(int argc, char **argv)
{
    if (argc < 5 || sodium_init() < 0)
        return 2;
    size_t n = strtoul(argv[1], NULL, 10), m = strtoul(argv[2], NULL, 10);
    deal_problem p = {.entry_count = n,
                      .judge_count = m,
                      .per_entry = strtol(argv[3], NULL, 10),
                      .share = strtol(argv[4], NULL, 10)};
    world w = {.mem = need(arena_new((size_t)4 << 30)), .districts = n > 100000 ? 700 : 20};
    unsigned char seed[SEED_SIZE] = {42};
    deal_plan plan;
    random_start(&w.r, seed);
    w.units = need(ARENA_ARRAY(w.mem, const char *, w.districts *UNITS_EACH));
    for (size_t u = 0; u < w.districts * UNITS_EACH; u++)
        w.units[u] = need(arena_format(w.mem, "U%05u", (unsigned)u));
    p.judges = make_judges(&w, m, (int64_t)n * p.per_entry / (int64_t)m);
    p.entries = make_entries(&w, n, p.judges, m);
    int64_t cost = run("draw", &w, &p, &plan);
    if (asked(argc, argv, "lemon"))
        run_dense(&w, &p, cost);
    if (asked(argc, argv, "repair"))
        run_repair(&w, &p, &plan);
    else if (asked(argc, argv, "special"))
        run_special(&w, &p);
    arena_free(w.mem);
    return 0;
}
