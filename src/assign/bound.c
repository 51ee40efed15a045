/* What a plan could cost at the least, and the largest shares: what of the proof needs the index. */
#include "network.h"
#include "proof.h"
#include "rules.h"

#include <stdlib.h>
#include <string.h>

static bool is_anchor(const deal_problem *p, const deal_pair *pair)
{
    return p->entries[pair->entry].readings == DEAL_EVERYBODY;
}

static status set_anchors_apart(prover *v, fault *f)
{
    const deal_problem *p = v->p;
    size_t anchors = 0, kept = p->kept_count, rest = 0;
    v->standing = *p;
    v->rest = *v->plan;
    for (size_t e = 0; e < p->entry_count; e++)
        anchors += p->entries[e].readings == DEAL_EVERYBODY;
    if (anchors) {
        deal_entry *entries = ARENA_ARRAY(v->mem, deal_entry, p->entry_count);
        deal_pair *all = ARENA_ARRAY(v->mem, deal_pair, v->count);
        deal_pair *free_ones = ARENA_ARRAY(v->mem, deal_pair, v->count);
        if (!entries || !all || !free_ones)
            return fault_memory(f);
        memcpy(entries, p->entries, p->entry_count * sizeof *entries);
        for (size_t e = 0; e < p->entry_count; e++)
            if (entries[e].readings == DEAL_EVERYBODY)
                entries[e].readings = DEAL_ONLY_KEPT;
        if (kept)
            memcpy(all, p->kept, kept * sizeof *all);
        for (size_t i = 0; i < v->plan->count; i++)
            if (is_anchor(p, &v->plan->pairs[i]))
                all[kept++] = v->plan->pairs[i];
            else
                free_ones[rest++] = v->plan->pairs[i];
        v->standing.entries = entries;
        v->standing.kept = all;
        v->standing.kept_count = kept;
        v->rest.pairs = free_ones;
        v->rest.count = rest;
    }
    for (size_t i = 0; i < kept; i++)
        v->held[v->standing.kept[i].judge]++;
    return OK;
}

/* Where there are panels, the share is one of what the judge's panel reads. */
static status part_by_panels(const prover *v, deal_problem *out, fault *f)
{
    const deal_problem *p = &v->standing;
    bool panels = false;
    *out = *p;
    for (size_t j = 0; j < p->judge_count; j++)
        panels |= strcmp(rules_panel(&p->judges[j]), rules_panel(&p->judges[0])) != 0;
    if (!panels)
        return OK;
    deal_entry *entries = ARENA_ARRAY(v->mem, deal_entry, p->entry_count);
    if (!entries)
        return fault_memory(f);
    memcpy(entries, p->entries, p->entry_count * sizeof *entries);
    for (size_t i = 0; i < v->count; i++)
        if (v->p->entries[v->all[i].entry].readings != DEAL_EVERYBODY)
            entries[v->all[i].entry].panel = rules_panel(&p->judges[v->all[i].judge]);
    out->entries = entries;
    return OK;
}

/* No judge above their share of a track: needs who may read what, so it uses the index. */
static status check_shares(prover *v, fault *f)
{
    deal_problem parted;
    deal_index index, *x = &index;
    deal_rows rows;
    TRY(part_by_panels(v, &parted, f));
    TRY(index_build(v->mem, &parted, x, f));
    TRY(rows_coarse(v->mem, x, &rows, f));
    size_t *number = ARENA_ARRAY(v->mem, size_t, x->all);
    int64_t *held = ARENA_ARRAY(v->mem, int64_t, x->groups * x->judges);
    if (!number || !held)
        return fault_memory(f);
    for (size_t e = 0; e < x->all; e++)
        number[x->entry_at[e]] = e;
    for (size_t i = 0; i < v->count; i++)
        held[x->group_of[number[v->all[i].entry]] * x->judges + v->all[i].judge]++;
    for (size_t g = 0; g < x->groups; g++)
        for (size_t j = 0; j < x->judges; j++) {
            int64_t kept = x->group_kept[g * x->judges + j], share = rows.share[g * x->judges + j];
            int64_t most = share > kept ? share : kept;
            int64_t all = held[g * x->judges + x->judge_at[j]];
            v->out->violations += all > most ? all - most : 0;
        }
    return OK;
}

/* ---- lower bound ----
 * The cost is the sum over t = 1, 2, … of the readings that lie above a judge's t-th. For any set F of
 * judges, at most  sum over others of min(cap, t)  +  what F holds  +  what entries can send into F
 * readings lie within the first t; the rest must cost. */

static bool in_set(const deal_rows *r, const uint32_t *tight, uint32_t phase, size_t j)
{
    uint32_t since = tight[r->x->judge_at[j]];
    return since && since <= phase;
}

/* Most readings that the entries can give to the judges of F (phases 1..phase). */
static int64_t inflow(const deal_rows *r, const uint32_t *tight, uint32_t phase, int64_t *unit_sum)
{
    const deal_index *x = r->x;
    bool units = x->p->same_unit == SAME_UNIT_NEVER;
    int64_t total = 0;
    for (size_t row = 0; row < r->count; row++) {
        int64_t into = 0, most = r->row[row].need * (int64_t)r->row[row].count;
        memset(unit_sum, 0, x->units * sizeof *unit_sum);
        for (size_t j = 0; most && j < x->judges; j++) {
            int64_t room = in_set(r, tight, phase, j) ? rows_room(r, row, j) : 0;
            int64_t share = r->share ? r->share[r->row[row].group * x->judges + j] : room;
            room = room < share ? room : share;
            if (units && x->unit[j] != NO_UNIT)
                unit_sum[x->unit[j]] += room;
            else
                into += room;
        }
        for (uint32_t u = 0; most && units && u < x->units; u++) {
            int64_t gate = rows_gate(r, row, u);
            into += unit_sum[u] < gate ? unit_sum[u] : gate;
        }
        total += into < most ? into : most;
    }
    return total;
}

/* Most readings within everybody's first `level`. */
static int64_t within(const prover *v, int64_t level, uint32_t phase, int64_t inflow)
{
    const deal_problem *p = &v->standing;
    int64_t total = phase ? inflow : 0;
    for (size_t j = 0; j < p->judge_count; j++) {
        uint32_t tight = v->rest.tight ? v->rest.tight[j] : 0;
        int64_t most = v->most[j];
        if (phase && tight && tight <= phase)
            most = v->held[j];
        total += most < level ? most : level;
    }
    return total;
}

/* F = all judges: what stands above the level stands. */
static int64_t within_all(const prover *v, int64_t level)
{
    int64_t total = (int64_t)v->rest.count;
    for (size_t j = 0; j < v->standing.judge_count; j++)
        total += v->held[j] < level ? v->held[j] : level;
    return total;
}

/* The bound from the first `phases` sets, the empty one included; into[phase]: what reaches it. */
static int64_t bound_from(const prover *v, uint32_t phases, const int64_t *into)
{
    int64_t all = (int64_t)v->count, bound = 0;
    for (int64_t level = 1; level < v->out->load_max; level++) {
        int64_t least = within_all(v, level);
        for (uint32_t phase = 0; phase <= phases; phase++) {
            int64_t most = within(v, level, phase, into[phase]);
            least = most < least ? most : least;
        }
        bound += all - (least < all ? least : all);
    }
    return bound;
}

static status bound_by_rows(prover *v, const deal_rows *r, uint32_t phases, fault *f)
{
    int64_t *into = ARENA_ARRAY(v->mem, int64_t, phases + 1);
    int64_t *unit_sum = ARENA_ARRAY(v->mem, int64_t, r->x->units);
    if (!into || !unit_sum)
        return fault_memory(f);
    for (uint32_t phase = 1; phase <= phases; phase++)
        into[phase] = inflow(r, v->rest.tight, phase, unit_sum);
    v->out->lower_bound = bound_from(v, phases, into);
    return OK;
}

static int by_unit(const void *a, const void *b, void *context)
{
    const uint32_t *unit = context, i = *(const uint32_t *)a, k = *(const uint32_t *)b;
    return unit[i] != unit[k] ? (unit[i] > unit[k]) - (unit[i] < unit[k]) : (i > k) - (i < k);
}

/* The same, with the inflow as a largest flow: where a share or a unit spans several rows, nothing
 * simpler is exact. */
static status bound_by_flow(prover *v, const deal_rows *r, uint32_t phases, fault *f)
{
    const deal_index *x = r->x;
    int64_t *into = ARENA_ARRAY(v->mem, int64_t, phases + 1);
    uint32_t *deck = ARENA_ARRAY(v->mem, uint32_t, x->judges);
    if (!into || !deck)
        return fault_memory(f);
    for (uint32_t j = 0; j < x->judges; j++)
        deck[j] = j;
    qsort_r(deck, x->judges, sizeof *deck, by_unit, (void *)x->unit);
    for (uint32_t phase = 1; phase <= phases; phase++) {
        network n;
        network_rules rules = x->p->same_unit == SAME_UNIT_NEVER ? RULES_ALL : RULE_SHARE;
        TRY(network_build(v->mem, r, deck, rules, NULL, &n, f));
        for (size_t j = 0; j < x->judges; j++)
            n.g.room[n.level_arc[j]] = in_set(r, v->rest.tight, phase, j) ? n.wanted : 0;
        into[phase] = flow_run(&n.g, NODE_SOURCE, NODE_SINK);
    }
    v->out->lower_bound = bound_from(v, phases, into);
    return OK;
}

static int by_words(const void *a, const void *b, void *context)
{
    const deal_problem *p = context;
    int64_t x = p->entries[*(const size_t *)a].words, y = p->entries[*(const size_t *)b].words;
    return (x > y) - (x < y);
}

/* However the entries are chosen, a cap by words is reached with the shortest ones at the latest. */
static status bound_by_words(prover *v, fault *f)
{
    const deal_problem *p = &v->standing;
    int64_t *words = ARENA_ARRAY(v->mem, int64_t, p->judge_count);
    size_t *order = ARENA_ARRAY(v->mem, size_t, p->entry_count);
    if (!words || !order)
        return fault_memory(f);
    for (size_t i = 0; i < p->kept_count; i++)
        words[p->kept[i].judge] += p->entries[p->kept[i].entry].words;
    for (size_t e = 0; e < p->entry_count; e++)
        order[e] = e;
    qsort_r(order, p->entry_count, sizeof *order, by_words, (void *)p);
    for (size_t j = 0; j < p->judge_count; j++) {
        const deal_judge *one = &p->judges[j];
        int64_t count = v->held[j], sum = words[j];
        for (size_t i = 0; one->word_cap && i < p->entry_count && count < v->most[j]; i++) {
            if (rules_broken(&p->entries[order[i]], one))
                continue;
            sum += p->entries[order[i]].words;
            if (sum > one->word_cap)
                v->most[j] = count;
            else
                count++;
        }
    }
    return OK;
}

/* Most entries that each judge can take. */
static status bound_loads(prover *v, fault *f)
{
    const deal_problem *p = &v->standing;
    bool words = false;
    v->most = ARENA_ARRAY(v->mem, int64_t, p->judge_count);
    if (!v->most)
        return fault_memory(f);
    for (size_t j = 0; j < p->judge_count; j++) {
        v->most[j] = p->judges[j].cap > v->held[j] ? p->judges[j].cap : v->held[j];
        words |= p->judges[j].word_cap > 0;
    }
    return words ? bound_by_words(v, f) : OK;
}

/* The simplest bound is tried first; only a gap asks for the finer ones, and for the index. */
status proof_bound(prover *v, fault *f)
{
    TRY(set_anchors_apart(v, f));
    uint32_t phases = 0;
    deal_index x;
    deal_rows rows, fine;
    bool shares = v->standing.share < DEAL_SHARE_WHOLE;
    for (size_t j = 0; v->rest.tight && j < v->standing.judge_count; j++)
        phases = v->rest.tight[j] > phases ? v->rest.tight[j] : phases;
    TRY(bound_loads(v, f));
    v->out->lower_bound = bound_from(v, 0, &(int64_t){0});
    bool gap = v->out->lower_bound < v->out->cost && phases;
    if (!gap && !shares)
        return OK;
    if (shares)
        TRY(check_shares(v, f));
    if (!gap)
        return OK;
    TRY(index_build(v->mem, &v->standing, &x, f));
    TRY(rows_coarse(v->mem, &x, &rows, f));
    TRY(bound_by_rows(v, &rows, phases, f));
    if (v->out->lower_bound < v->out->cost && rows_fine(v->mem, &x, &rows, &fine, NULL) == OK)
        TRY(bound_by_flow(v, &fine, phases, f));
    return OK;
}
