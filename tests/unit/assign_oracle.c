/* The draw against another solver: LEMON on the dense network of the same problem. ORACLE_INSTANCES sets
 * how many random problems of up to 300 entries and 40 judges are drawn. */
#include "test.h"

#include "../oracle/lemon.h"
#include "../oracle/rules.h"
#include "chamthi/assign.h"

enum { ENTRIES_MOST = 300, JUDGES_MOST = 40, UNITS = 14, TRACKS = 3 };

static const char *const unit_names[UNITS] = {"U01", "U02", "U03", "U04", "U05", "U06", "U07",
                                              "U08", "U09", "U10", "U11", "U12", "U13", "U14"};
static const char *const track_names[TRACKS] = {"essay", "press", "discovery"};
static const char *const both[] = {"km", "vi"};

typedef struct {
    deal_problem p;
    deal_entry entries[ENTRIES_MOST];
    deal_judge judges[JUDGES_MOST];
    char entry_id[ENTRIES_MOST][8], judge_id[JUDGES_MOST][8];
    const char *words[4 * (ENTRIES_MOST + JUDGES_MOST)];
    size_t used;
    deal_pair kept[ENTRIES_MOST];
    size_t kept_count;
} instance;

static word_list some(instance *q, random_stream *r, const char *const *from, size_t count,
                      uint64_t most)
{
    word_list list = {q->words + q->used, (size_t)random_below(r, most + 1)};
    for (size_t i = 0; i < list.count; i++)
        q->words[q->used++] = from[random_below(r, count)];
    return list;
}

static void make(instance *q, random_stream *r)
{
    memset(q, 0, sizeof *q);
    size_t entries = 1 + random_below(r, ENTRIES_MOST),
           judges = 2 + random_below(r, JUDGES_MOST - 1);
    int64_t per_entry = 1 + (int64_t)random_below(r, judges < 12 ? 2 : 4);
    int64_t mean = (int64_t)entries * per_entry / (int64_t)judges;
    q->p = (deal_problem){.entries = q->entries,
                          .entry_count = entries,
                          .judges = q->judges,
                          .judge_count = judges,
                          .per_entry = per_entry,
                          .share = random_below(r, 2) ? DEAL_SHARE_WHOLE
                                                      : 500 + (int64_t)random_below(r, 5000)};
    for (size_t j = 0; j < judges; j++) {
        deal_judge *one = &q->judges[j];
        snprintf(q->judge_id[j], 8, "J%02zu", j);
        *one = (deal_judge){.id = q->judge_id[j], .unit = "", .cap = DEAL_NO_CAP};
        if (random_below(r, 3))
            one->unit = unit_names[random_below(r, UNITS)];
        one->tracks = some(q, r, track_names, TRACKS, 2);
        one->languages = (word_list){both, random_below(r, 3) ? 0 : 2};
        one->conflicts = some(q, r, unit_names, UNITS, 2);
        if (random_below(r, 6) == 0)
            one->cap = (int64_t)random_below(r, (uint64_t)(2 * mean + 2));
    }
    for (size_t e = 0; e < entries; e++) {
        deal_entry *one = &q->entries[e];
        snprintf(q->entry_id[e], 8, "E%03zu", e);
        *one = (deal_entry){.id = q->entry_id[e],
                            .track = track_names[random_below(r, 10) < 7 ? 0 : 1 + e % 2],
                            .language = random_below(r, 25) ? "vi" : "km",
                            .units = some(q, r, unit_names, UNITS, 2)};
        if (random_below(r, 20) == 0) {
            q->words[q->used] = q->judge_id[random_below(r, judges)];
            one->conflicts = (word_list){q->words + q->used++, 1};
        }
    }
}

/* An instance as LEMON sees it. */
typedef struct {
    dense_problem d;
    unsigned char may[ENTRIES_MOST * JUDGES_MOST];
    int64_t need[ENTRIES_MOST], group[ENTRIES_MOST];
    int64_t unit[JUDGES_MOST], held[JUDGES_MOST], cap[JUDGES_MOST];
    int64_t room[2 * TRACKS * JUDGES_MOST];
} dense;

static int64_t group_of(const deal_entry *e)
{
    int64_t track = 0;
    while (strcmp(e->track, track_names[track]) != 0)
        track++;
    return 2 * track + (strcmp(e->language, "vi") == 0);
}

static void share_rooms(dense *out, const deal_problem *p)
{
    size_t judges = p->judge_count;
    int64_t had[2 * TRACKS * JUDGES_MOST] = {0};
    for (size_t i = 0; i < p->kept_count; i++)
        had[(size_t)out->group[p->kept[i].entry] * judges + p->kept[i].judge]++;
    for (size_t g = 0; g < 2 * TRACKS; g++) {
        int64_t entries = 0, readings = 0, able = 0, open[JUDGES_MOST] = {0};
        for (size_t e = 0; e < p->entry_count; e++)
            if ((size_t)out->group[e] == g) {
                entries++;
                readings += out->need[e];
                for (size_t j = 0; j < judges; j++)
                    open[j] += !out->need[e] || out->may[e * judges + j];
            }
        for (size_t j = 0; j < judges; j++) {
            bool any = false;
            for (size_t e = 0; e < p->entry_count; e++)
                any |= (size_t)out->group[e] == g && out->need[e] && out->may[e * judges + j];
            able += any;
            readings += had[g * judges + j];
        }
        int64_t least = able ? (2 * readings + able - 1) / able : 0;
        for (size_t j = 0; j < judges; j++) {
            int64_t most = open[j] * p->share / DEAL_SHARE_WHOLE;
            most = most > least ? most : least;
            most = most < entries ? most : entries;
            out->room[g * judges + j] = most > had[g * judges + j] ? most - had[g * judges + j] : 0;
        }
    }
}

static void translate(dense *out, const deal_problem *p)
{
    memset(out, 0, sizeof *out);
    out->d = (dense_problem){p->entry_count, p->judge_count,
                             2 * TRACKS,     out->may,
                             out->need,      out->unit,
                             out->held,      out->cap,
                             out->group,     p->share < DEAL_SHARE_WHOLE ? out->room : NULL};
    for (size_t j = 0; j < p->judge_count; j++) {
        out->unit[j] = -1;
        for (int u = 0; u < UNITS; u++)
            if (strcmp(p->judges[j].unit, unit_names[u]) == 0)
                out->unit[j] = u;
    }
    for (size_t e = 0; e < p->entry_count; e++) {
        out->need[e] = p->per_entry;
        out->group[e] = group_of(&p->entries[e]);
        for (size_t j = 0; j < p->judge_count; j++)
            out->may[e * p->judge_count + j] = rule_may(&p->entries[e], &p->judges[j]);
    }
    for (size_t i = 0; i < p->kept_count; i++) {
        size_t e = p->kept[i].entry, k = p->kept[i].judge;
        out->need[e]--;
        out->held[k]++;
        for (size_t j = 0; j < p->judge_count; j++)
            if (j == k || (out->unit[k] >= 0 && out->unit[j] == out->unit[k]))
                out->may[e * p->judge_count + j] = 0;
    }
    for (size_t j = 0; j < p->judge_count; j++)
        out->cap[j] = p->judges[j].cap > out->held[j] ? p->judges[j].cap : out->held[j];
    share_rooms(out, p);
}

typedef struct {
    int drawn, impossible, uneven;
    int shares, caps, short_entries; /* why it was impossible */
} tally;

/* ---- what the draw says when there is no plan ---- */

static bool possible(const deal_problem *p)
{
    static dense d;
    translate(&d, p);
    return dense_cost(&d.d, NETWORK_SIMPLEX) >= 0;
}

/* "… are 7 readings short; … raise the caps of J01 +4, J07 +3 (7 in all…" */
static void check_caps(instance *q, const dense *d, const char *text)
{
    dense_problem lemon = d->d;
    int64_t wanted = 0, sum = 0;
    deal_judge judges[JUDGES_MOST];
    deal_problem wider = q->p;
    const char *list = strstr(text, "raise the caps of") + strlen("raise the caps of");
    const char *shortage = strstr(text, " readings short");
    if (strstr(text, "no --cap")) {
        lemon.room = NULL;
        wider.share = DEAL_SHARE_WHOLE;
    }
    while (shortage[-1] >= '0' && shortage[-1] <= '9')
        shortage--;
    for (size_t e = 0; e < lemon.entries; e++)
        wanted += lemon.need[e];
    assert_int_equal(atoi(shortage), wanted - dense_readings(&lemon));
    memcpy(judges, q->judges, sizeof judges);
    for (const char *at = list; (at = strstr(at, " J")) && at < strchr(list, '('); at++) {
        int judge, more;
        assert_int_equal(sscanf(at, " J%d +%d", &judge, &more), 2);
        judges[judge].cap = d->cap[judge] + more;
        sum += more;
    }
    wider.judges = judges;
    if (!strstr(text, "…")) { /* all are named */
        assert_int_equal(sum, atoi(shortage));
        assert_true(possible(&wider));
    }
}

static void check_share(const instance *q, const char *text)
{
    deal_problem wider = q->p;
    int whole, parts;
    assert_int_equal(sscanf(strstr(text, "--cap ") + 6, "%d.%d", &whole, &parts), 2);
    wider.share = whole * DEAL_SHARE_WHOLE + parts;
    assert_true(wider.share > q->p.share && possible(&wider));
    wider.share--;
    assert_false(possible(&wider));
}

static void check_short_entries(const dense *d, const char *text)
{
    int entries = 0;
    for (size_t e = 0; e < d->d.entries; e++) {
        int64_t able = 0;
        for (size_t j = 0; j < d->d.judges; j++) {
            bool counts = d->may[e * d->d.judges + j];
            for (size_t i = 0; counts && i < j; i++)
                counts = d->unit[j] < 0 || d->unit[i] != d->unit[j] || !d->may[e * d->d.judges + i];
            able += counts;
        }
        entries += able < d->need[e];
    }
    assert_int_equal(atoi(text), entries);
}

static void check_explanation(instance *q, const dense *d, const char *text, tally *t)
{
    if (strstr(text, "raise the caps of")) {
        check_caps(q, d, text);
        t->caps++;
    } else if (strstr(text, "is too small for the conflicts")) {
        check_share(q, strstr(text, "change: "));
        t->shares++;
    } else {
        check_short_entries(d, text);
        t->short_entries++;
    }
}

/* Draws, and compares with the oracle. */
static status compare(arena *mem, instance *q, unsigned n, deal_plan *plan, tally *t)
{
    const deal_problem *p = &q->p;
    static dense d;
    unsigned char seed[SEED_SIZE] = {(unsigned char)n, (unsigned char)(n >> 8)};
    deal_proof proof;
    fault f = {0};
    translate(&d, p);
    status st = deal_draw(mem, p, seed, plan, &f);
    int64_t cost = dense_cost(&d.d, NETWORK_SIMPLEX);
    if (st != (cost < 0 ? E_CONFLICT : OK))
        fail_msg("instance %u: LEMON says %lld: %s", n, (long long)cost, f.text[LANG_EN]);
    t->impossible += st != OK;
    if (st != OK) {
        check_explanation(q, &d, f.text[LANG_EN], t);
        return st;
    }
    assert_ok(deal_prove(mem, p, plan, &proof, &f), &f);
    assert_int_equal(proof.violations, 0);
    assert_int_equal(proof.cost, cost);
    assert_int_equal(proof.lower_bound, cost);
    t->uneven += proof.load_max - proof.load_min > 1;
    t->drawn++;
    return OK;
}

/* Some judges leave; the rest of the plan stands. */
static void leave(instance *q, const deal_plan *plan, random_stream *r)
{
    for (size_t j = 0; j < q->p.judge_count; j += 1 + random_below(r, 8))
        q->judges[j].cap = 0;
    for (size_t i = 0; i < plan->count && q->kept_count < ENTRIES_MOST; i++)
        if (q->judges[plan->pairs[i].judge].cap)
            q->kept[q->kept_count++] = plan->pairs[i];
    q->p.kept = q->kept;
    q->p.kept_count = q->kept_count;
}

TEST("draws and repairs of random problems break no rule and cost exactly what LEMON's cheapest "
     "plan costs; where LEMON finds none, the smallest change that is told makes one possible")
{
    const char *asked = getenv("ORACLE_INSTANCES");
    unsigned instances = asked ? (unsigned)atoi(asked) : 1000;
    arena *mem = arena_new(1 << 28);
    random_stream r;
    unsigned char seed[SEED_SIZE] = {77};
    tally draws = {0}, repairs = {0};
    random_start(&r, seed);
    for (unsigned n = 0; n < instances; n++) {
        static instance q;
        deal_plan plan, again;
        arena_reset(mem);
        make(&q, &r);
        if (compare(mem, &q, n, &plan, &draws) != OK)
            continue;
        leave(&q, &plan, &r);
        compare(mem, &q, n, &again, &repairs);
    }
    print_message("draws: %d plans, %d uneven, %d impossible; repairs: %d, %d, %d\n", draws.drawn,
                  draws.uneven, draws.impossible, repairs.drawn, repairs.uneven,
                  repairs.impossible);
    assert_true(draws.drawn * 4 > (int)instances && draws.impossible * 20 > (int)instances);
    print_message("why impossible: %d shares, %d caps, %d entries without enough judges\n",
                  draws.shares + repairs.shares, draws.caps + repairs.caps,
                  draws.short_entries + repairs.short_entries);
    assert_true(draws.caps + repairs.caps > 0 && draws.short_entries > 0);
    assert_true(draws.uneven * 8 > (int)instances && repairs.drawn * 8 > (int)instances);
    arena_free(mem);
}
