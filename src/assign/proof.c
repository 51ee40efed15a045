/* Counts a plan again from the problem's own strings: rules broken, loads, links, hash. Nothing of deal.c is
 * used; with bound.c only the rules' definitions (rules.h, index.h, rows.h, network.h) are shared. */
#include "proof.h"
#include "efficiency.h"
#include "lists.h"
#include "rules.h"

#include <stdlib.h>
#include <string.h>

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

static status find_apart(prover *v, fault *f)
{
    const deal_problem *p = v->p;
    name_set ids = {ARENA_ARRAY(v->mem, const char *, p->judge_count), 0, 0};
    if (!ids.items)
        return fault_memory(f);
    for (size_t j = 0; j < p->judge_count; j++)
        ids.items[ids.count++] = p->judges[j].id;
    name_set_sort(&ids);
    for (size_t j = 0; j < p->judge_count; j++)
        for (size_t i = 0; i < p->judges[j].conflicts.count; i++)
            v->any_apart |= name_set_find(&ids, p->judges[j].conflicts.items[i]) < ids.count;
    return OK;
}

static bool stands(const prover *v, const deal_pair *pair)
{
    for (size_t i = 0; i < v->p->kept_count; i++)
        if (v->p->kept[i].entry == pair->entry && v->p->kept[i].judge == pair->judge)
            return true;
    return false;
}

static bool other_panel(const prover *v, const deal_pair *a, const deal_pair *b)
{
    const deal_judge *one = &v->p->judges[a->judge], *other = &v->p->judges[b->judge];
    return strcmp(rules_panel(one), rules_panel(other)) != 0;
}

/* Readings that stand and join two panels: the entry is of both. */
static bool joins_panels(const prover *v, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++)
        for (size_t k = i + 1; k < to; k++)
            if (other_panel(v, &v->all[i], &v->all[k]) && stands(v, &v->all[i]) &&
                stands(v, &v->all[k]))
                return true;
    return false;
}

/* Hard rules about the judges of one entry, all[from..to). Of two readings that stand nothing is said:
 * judges may have moved to another unit or named each other since. */
static void check_entry(prover *v, size_t from, size_t to)
{
    const deal_problem *p = v->p;
    bool anchor = p->entries[v->all[from].entry].readings == DEAL_EVERYBODY;
    for (size_t i = from; i < to; i++)
        for (size_t k = i + 1; k < to; k++) {
            const deal_pair *a = &v->all[i], *b = &v->all[k];
            const deal_judge *one = &p->judges[a->judge], *other = &p->judges[b->judge];
            int64_t broken = a->judge == b->judge;
            if (!broken && !anchor) {
                bool colleagues = rules_one_unit(one, other);
                v->out->same_unit += colleagues;
                broken += colleagues && p->same_unit == SAME_UNIT_NEVER;
                broken += v->any_apart && rules_apart(one, other);
                broken += other_panel(v, a, b) && !joins_panels(v, from, to);
            }
            if (broken && !(stands(v, a) && stands(v, b)))
                v->out->violations += broken;
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
    TRY(find_apart(&v, f));
    check_rules(&v);
    TRY(proof_bound(&v, f));
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
