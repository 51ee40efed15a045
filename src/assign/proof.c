/* Counts a plan again from the problem's own strings: rules broken, loads, links, lower bound, hash.
 * Nothing of deal.c is used; only the rules' definitions (index.h, rows.h, network.h) are shared. */
#include "efficiency.h"
#include "network.h"
#include "rules.h"

#include <stdlib.h>
#include <string.h>

typedef struct {
    arena *mem;
    const deal_problem *p;
    const deal_plan *plan;
    deal_problem
        standing;   /* the problem and plan with the anchors' readings among the kept ones: */
    deal_plan rest; /* for the bound, whose readings are all free */
    deal_pair *all; /* kept and dealt, by entry id, then judge id */
    size_t count;
    int64_t *load, *held; /* per judge of the problem */
    int64_t *most;        /* entries, by their caps */
    deal_proof *out;
} prover;

static status gather(arena *mem, const deal_problem *p, const deal_plan *plan, deal_pair **out,
                     size_t *count, fault *f)
{
    *count = p->kept_count + plan->count;
    *out = ARENA_ARRAY(mem, deal_pair, *count);
    if (!*out)
        return fault_memory(f);
    if (p->kept_count)
        memcpy(*out, p->kept, p->kept_count * sizeof **out);
    if (plan->count)
        memcpy(*out + p->kept_count, plan->pairs, plan->count * sizeof **out);
    for (size_t i = 1; i < *count; i++)
        if (rules_by_ids(&(*out)[i - 1], &(*out)[i], (void *)p) > 0) {
            qsort_r(*out, *count, sizeof **out, rules_by_ids, (void *)p);
            break;
        }
    return OK;
}

status deal_text(arena *mem, const deal_problem *p, const deal_plan *plan, buffer *out, fault *f)
{
    deal_pair *all;
    size_t count;
    TRY(gather(mem, p, plan, &all, &count, f));
    buffer_text(out, "entry,judge\n");
    for (size_t i = 0; i < count; i++) {
        csv_put(out, p->entries[all[i].entry].id, false);
        csv_put(out, p->judges[all[i].judge].id, true);
    }
    return buffer_check(out, f);
}

/* Hard rules about the judges of one entry, all[from..to). */
static void check_entry(prover *v, size_t from, size_t to)
{
    const deal_problem *p = v->p;
    for (size_t i = from; i < to; i++)
        for (size_t k = i + 1; k < to; k++) {
            const deal_judge *a = &p->judges[v->all[i].judge], *b = &p->judges[v->all[k].judge];
            v->out->violations += v->all[i].judge == v->all[k].judge;
            if (p->entries[v->all[i].entry].readings == DEAL_EVERYBODY)
                continue;
            v->out->violations += strcmp(rules_panel(a), rules_panel(b)) != 0;
            v->out->same_unit += v->all[i].judge != v->all[k].judge && rules_one_unit(a, b);
        }
}

/* Everybody who may read an anchor reads it, and nobody above their cap. */
static status check_anchor(prover *v, size_t e, fault *f)
{
    const deal_problem *p = v->p;
    unsigned char *reads = ARENA_ARRAY(v->mem, unsigned char, p->judge_count);
    if (!reads)
        return fault_memory(f);
    for (size_t i = 0; i < v->count; i++)
        if (v->all[i].entry == e)
            reads[v->all[i].judge] = 1;
    for (size_t j = 0; j < p->judge_count; j++)
        v->out->violations +=
            !reads[j] && p->judges[j].cap > 0 && !rules_broken(&p->entries[e], &p->judges[j]);
    return OK;
}

static status check_readings(prover *v, fault *f)
{
    const deal_problem *p = v->p;
    int64_t *readings = ARENA_ARRAY(v->mem, int64_t, p->entry_count);
    int64_t *kept = ARENA_ARRAY(v->mem, int64_t, p->entry_count);
    if (!readings || !kept)
        return fault_memory(f);
    for (size_t i = 0; i < v->count; i++)
        readings[v->all[i].entry]++;
    for (size_t i = 0; i < p->kept_count; i++)
        kept[p->kept[i].entry]++;
    for (size_t e = 0; e < p->entry_count; e++) {
        int64_t own = p->entries[e].readings, wanted = own ? own : p->per_entry;
        wanted = kept[e] > wanted ? kept[e] : wanted;
        if (own == DEAL_EVERYBODY)
            TRY(check_anchor(v, e, f));
        else
            v->out->violations += llabs(readings[e] - wanted);
    }
    return OK;
}

static status check_loads(prover *v, fault *f)
{
    const deal_problem *p = v->p;
    int64_t *held = ARENA_ARRAY(v->mem, int64_t, p->judge_count);
    int64_t *words = ARENA_ARRAY(v->mem, int64_t, p->judge_count);
    int64_t *held_words = ARENA_ARRAY(v->mem, int64_t, p->judge_count);
    if (!held || !words || !held_words)
        return fault_memory(f);
    for (size_t i = 0; i < v->count; i++) {
        v->load[v->all[i].judge]++;
        words[v->all[i].judge] += p->entries[v->all[i].entry].words;
    }
    for (size_t i = 0; i < p->kept_count; i++) {
        held[p->kept[i].judge]++;
        held_words[p->kept[i].judge] += p->entries[p->kept[i].entry].words;
    }
    v->out->load_min = p->judge_count ? v->load[0] : 0;
    for (size_t j = 0; j < p->judge_count; j++) {
        const deal_judge *one = &p->judges[j];
        int64_t load = v->load[j], cap = one->cap > held[j] ? one->cap : held[j];
        v->out->violations += load > cap ? load - cap : 0;
        v->out->violations += one->word_cap && words[j] > one->word_cap && words[j] > held_words[j];
        v->out->cost += load * (load - 1) / 2;
        v->out->load_min = load < v->out->load_min ? load : v->out->load_min;
        v->out->load_max = load > v->out->load_max ? load : v->out->load_max;
    }
    return OK;
}

static void check_rules(prover *v)
{
    const deal_problem *p = v->p;
    for (size_t i = 0; i < v->plan->count; i++)
        v->out->violations +=
            rules_broken(&p->entries[v->plan->pairs[i].entry], &p->judges[v->plan->pairs[i].judge]);
    for (size_t i = 0, to; i < v->count; i = to) {
        for (to = i; to < v->count && v->all[to].entry == v->all[i].entry;)
            to++;
        check_entry(v, i, to);
    }
    if (p->same_unit == SAME_UNIT_NEVER)
        v->out->violations += v->out->same_unit;
}

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
static status bound_cost(prover *v, fault *f)
{
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

/* ---- links ---- */

static size_t root(size_t *parent, size_t node)
{
    while (parent[node] != node)
        node = parent[node] = parent[parent[node]];
    return node;
}

static status count_components(prover *v, fault *f)
{
    size_t judges = v->p->judge_count, nodes = judges + v->p->entry_count;
    size_t *parent = ARENA_ARRAY(v->mem, size_t, nodes);
    if (!parent)
        return fault_memory(f);
    for (size_t i = 0; i < nodes; i++)
        parent[i] = i;
    for (size_t i = 0; i < v->count; i++)
        parent[root(parent, judges + v->all[i].entry)] = root(parent, v->all[i].judge);
    for (size_t i = 0; i < nodes; i++)
        v->out->components += parent[i] == i && (i >= judges || v->load[i] > 0);
    return OK;
}

static int by_value(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

static status count_pairs(prover *v, fault *f)
{
    size_t most = 0, used = 0;
    for (size_t i = 0, to; i < v->count; i = to) {
        for (to = i; to < v->count && v->all[to].entry == v->all[i].entry;)
            to++;
        most += (to - i) * (to - i - 1) / 2;
    }
    uint64_t *pairs = ARENA_ARRAY(v->mem, uint64_t, most);
    if (!pairs)
        return fault_memory(f);
    for (size_t i = 0; i < v->count; i++)
        for (size_t k = i + 1; k < v->count && v->all[k].entry == v->all[i].entry; k++)
            pairs[used++] = (uint64_t)v->all[i].judge << 32 | v->all[k].judge;
    if (used) /* judges stand in id order, so a pair always has the same first one */
        qsort(pairs, used, sizeof *pairs, by_value);
    int64_t run = 0;
    for (size_t i = 0; i < used; i++) {
        run = i && pairs[i] == pairs[i - 1] ? run + 1 : 1;
        v->out->pair_max = run > v->out->pair_max ? run : v->out->pair_max;
    }
    return OK;
}

static status hash_plan(prover *v, fault *f)
{
    buffer text = BUFFER_INIT;
    status st = deal_text(v->mem, v->p, v->plan, &text, f);
    if (st == OK)
        hash_bytes(v->out->hash, text.bytes, text.size);
    buffer_free(&text);
    return st;
}

status deal_prove(arena *mem, const deal_problem *p, const deal_plan *plan, deal_proof *out,
                  fault *f)
{
    *out = (deal_proof){.efficiency = -1};
    prover v = {.mem = mem, .p = p, .plan = plan, .out = out};
    v.load = ARENA_ARRAY(mem, int64_t, p->judge_count);
    v.held = ARENA_ARRAY(mem, int64_t, p->judge_count);
    if (!v.load || !v.held)
        return fault_memory(f);
    TRY(gather(mem, p, plan, &v.all, &v.count, f));
    TRY(check_readings(&v, f));
    TRY(check_loads(&v, f));
    check_rules(&v);
    TRY(set_anchors_apart(&v, f));
    TRY(bound_cost(&v, f));
    TRY(count_components(&v, f));
    TRY(count_pairs(&v, f));
    TRY(deal_efficiency(mem, p, v.all, v.count, &out->efficiency, f));
    return hash_plan(&v, f);
}

void deal_proof_json(const deal_proof *proof, buffer *out)
{
    char hash[2 * HASH_SIZE + 1];
    hex_encode(hash, proof->hash, HASH_SIZE);
    buffer_format(out,
                  "{\"cost\":%lld,\"lower_bound\":%lld,\"gap\":%lld,\"load_min\":%lld,"
                  "\"load_max\":%lld,\"violations\":%lld,\"same_unit\":%lld,\"components\":%lld,"
                  "\"pair_max\":%lld,\"efficiency\":",
                  (long long)proof->cost, (long long)proof->lower_bound,
                  (long long)(proof->cost - proof->lower_bound), (long long)proof->load_min,
                  (long long)proof->load_max, (long long)proof->violations,
                  (long long)proof->same_unit, (long long)proof->components,
                  (long long)proof->pair_max);
    if (proof->efficiency < 0)
        buffer_text(out, "null");
    else
        buffer_format(out, "%lld.%06lld", (long long)(proof->efficiency / 1000000),
                      (long long)(proof->efficiency % 1000000));
    buffer_format(out, ",\"hash\":\"%s\"}", hash);
}
