/* What is settled before the draw proper: who reads the anchors, and which panel reads which entry. */
#include "deal.h"
#include "lists.h"
#include "rules.h"

#include <stdlib.h>
#include <string.h>

void deal_shuffle(random_stream *r, uint32_t *items, size_t count)
{
    for (size_t i = count; i > 1; i--) {
        size_t k = (size_t)random_below(r, i);
        uint32_t was = items[i - 1];
        items[i - 1] = items[k];
        items[k] = was;
    }
}

/* A copy of the problem whose entries and kept readings may be changed. */
typedef struct {
    arena *mem;
    const deal_problem *p;
    deal_problem *out;
    deal_entry *entries;
    deal_pair *kept;
    size_t kept_count, kept_capacity;
} preparing;

static status keep(preparing *g, size_t entry, size_t judge, fault *f)
{
    g->kept = arena_grow(g->mem, g->kept, g->kept_count, &g->kept_capacity, sizeof *g->kept);
    if (!g->kept)
        return fault_memory(f);
    g->kept[g->kept_count++] = (deal_pair){entry, judge};
    return OK;
}

static status own_entries(preparing *g, fault *f)
{
    if (g->entries)
        return OK;
    g->entries = ARENA_ARRAY(g->mem, deal_entry, g->p->entry_count);
    if (!g->entries)
        return fault_memory(f);
    memcpy(g->entries, g->p->entries, g->p->entry_count * sizeof *g->entries);
    g->out->entries = g->entries;
    return OK;
}

/* ---- anchors ---- */

/* Everybody who may read the anchor and does not yet. */
static status keep_anchor(preparing *g, size_t e, unsigned char *has, fault *f)
{
    const deal_problem *p = g->p;
    memset(has, 0, p->judge_count);
    for (size_t i = 0; i < p->kept_count; i++)
        if (p->kept[i].entry == e)
            has[p->kept[i].judge] = 1;
    for (size_t j = 0; j < p->judge_count; j++)
        if (!has[j] && p->judges[j].cap > 0 && !rules_broken(&p->entries[e], &p->judges[j]))
            TRY(keep(g, e, j, f));
    g->entries[e].readings = DEAL_ONLY_KEPT;
    return OK;
}

/* No cap may be broken by anchors; what was read before may stand above it. */
static status check_caps(const preparing *g, fault *f)
{
    const deal_problem *p = g->p;
    int64_t *held = ARENA_ARRAY(g->mem, int64_t, p->judge_count);
    int64_t *words = ARENA_ARRAY(g->mem, int64_t, p->judge_count);
    if (!held || !words)
        return fault_memory(f);
    for (size_t i = 0; i < g->kept_count; i++) {
        size_t j = g->kept[i].judge;
        const deal_judge *one = &p->judges[j];
        held[j]++;
        words[j] += p->entries[g->kept[i].entry].words;
        bool anchor = i >= p->kept_count;
        if (anchor && (held[j] > one->cap || (one->word_cap && words[j] > one->word_cap)))
            return FAIL(f, E_CONFLICT,
                        "hạn mức của giám khảo %s quá thấp: bài neo mọi người cùng chấm đã lên tới "
                        "%lld bài, %lld từ; hãy nâng hạn mức hoặc bớt bài neo",
                        "the cap of judge %s is too low: the anchors, which everybody reads, come "
                        "to %lld entries and %lld words; raise the cap or have fewer anchors",
                        one->id, (long long)held[j], (long long)words[j]);
    }
    return OK;
}

static status settle_anchors(preparing *g, fault *f)
{
    const deal_problem *p = g->p;
    unsigned char *has = NULL;
    for (size_t e = 0; e < p->entry_count; e++) {
        if (p->entries[e].readings != DEAL_EVERYBODY)
            continue;
        if (!has) {
            has = ARENA_ARRAY(g->mem, unsigned char, p->judge_count);
            TRY(own_entries(g, f));
            for (size_t i = 0; i < p->kept_count; i++)
                TRY(keep(g, p->kept[i].entry, p->kept[i].judge, f));
        }
        if (!has)
            return fault_memory(f);
        TRY(keep_anchor(g, e, has, f));
    }
    if (!has)
        return OK;
    g->out->kept = g->kept;
    g->out->kept_count = g->kept_count;
    return check_caps(g, f);
}

/* ---- panels ----
 * Each entry goes, in random order, to the panel where its readings cost least: where the least loaded
 * judges who may read it have the least to read so far. */

typedef struct {
    const char *name;
    uint32_t *judges; /* who take anything, by id */
    size_t count;
} panel;

typedef struct {
    panel *panels;
    size_t count;
    uint32_t *order; /* of the panels, by lot: it decides between equals */
    int64_t *load;   /* per judge: readings that stand or are foreseen */
    int64_t *kept;   /* per entry: readings that stand */
    size_t *of;      /* per entry: the panel of those who gave them, or `count` */
} splitting;

/* The least loaded judges of a panel who could read an entry, of different units. */
typedef struct {
    uint32_t judges[DEAL_PER_ENTRY_MOST];
    size_t count;
    int64_t cost;
} readers;

static int by_entry_id(const void *a, const void *b, void *context)
{
    const deal_problem *p = context;
    return strcmp(p->entries[*(const uint32_t *)a].id, p->entries[*(const uint32_t *)b].id);
}

static int by_judge_id(const void *a, const void *b, void *context)
{
    const deal_problem *p = context;
    return strcmp(p->judges[*(const uint32_t *)a].id, p->judges[*(const uint32_t *)b].id);
}

static status make_panels(preparing *g, splitting *s, const name_set *names, fault *f)
{
    const deal_problem *p = g->out;
    *s = (splitting){.count = names->count};
    s->panels = ARENA_ARRAY(g->mem, panel, s->count);
    s->order = ARENA_ARRAY(g->mem, uint32_t, s->count);
    s->load = ARENA_ARRAY(g->mem, int64_t, p->judge_count);
    s->kept = ARENA_ARRAY(g->mem, int64_t, p->entry_count);
    s->of = ARENA_ARRAY(g->mem, size_t, p->entry_count);
    uint32_t *judges = ARENA_ARRAY(g->mem, uint32_t, p->judge_count), used = 0;
    if (!s->panels || !s->order || !s->load || !s->kept || !s->of || !judges)
        return fault_memory(f);
    for (size_t i = 0; i < s->count; i++) {
        panel *one = &s->panels[i];
        *one = (panel){names->items[i], judges + used, 0};
        s->order[i] = (uint32_t)i;
        for (size_t j = 0; j < p->judge_count; j++)
            if (p->judges[j].cap > 0 && strcmp(rules_panel(&p->judges[j]), one->name) == 0)
                one->judges[one->count++] = (uint32_t)j;
        qsort_r(one->judges, one->count, sizeof *one->judges, by_judge_id, (void *)p);
        used += (uint32_t)one->count;
    }
    return OK;
}

static void count_kept(const preparing *g, splitting *s, const name_set *names)
{
    const deal_problem *p = g->out;
    for (size_t e = 0; e < p->entry_count; e++)
        s->of[e] = s->count;
    for (size_t i = 0; i < p->kept_count; i++) {
        size_t at = name_set_find(names, rules_panel(&p->judges[p->kept[i].judge]));
        size_t e = p->kept[i].entry;
        s->load[p->kept[i].judge]++;
        s->kept[e]++;
        s->of[e] = at < s->of[e] ? at : s->of[e];
    }
}

static bool exclude(const deal_problem *p, uint32_t a, uint32_t b)
{
    const deal_judge *one = &p->judges[a], *other = &p->judges[b];
    return rules_apart(one, other) ||
           (p->same_unit == SAME_UNIT_NEVER && rules_one_unit(one, other));
}

/* Puts a judge among those found so far, in place of a more loaded one who excludes them, or of the last. */
static void consider(const deal_problem *p, const splitting *s, uint32_t judge, size_t need,
                     readers *out)
{
    size_t at = 0;
    while (at < out->count && !exclude(p, out->judges[at], judge))
        at++;
    if (at < out->count && s->load[out->judges[at]] <= s->load[judge])
        return;
    if (at == out->count && out->count < need)
        out->count++;
    else if (at == out->count)
        at--;
    for (; at > 0 && s->load[out->judges[at - 1]] > s->load[judge]; at--)
        out->judges[at] = out->judges[at - 1];
    out->judges[at] = judge;
}

static readers find_readers(const deal_problem *p, const splitting *s, const panel *one,
                            const deal_entry *e, size_t need)
{
    readers out = {0};
    for (size_t i = 0; need && i < one->count; i++) {
        uint32_t j = one->judges[i];
        bool better = out.count < need || s->load[j] < s->load[out.judges[need - 1]];
        if (better && s->load[j] < p->judges[j].cap && !rules_broken(e, &p->judges[j]))
            consider(p, s, j, need, &out);
    }
    for (size_t i = 0; i < out.count; i++)
        out.cost += s->load[out.judges[i]];
    return out;
}

/* The panel of an entry; its readings are foreseen there. */
static size_t choose_panel(const deal_problem *p, splitting *s, size_t e, size_t need)
{
    size_t best = s->of[e];
    readers chosen = {0};
    for (size_t i = 0; i < s->count; i++) {
        size_t at = s->order[i];
        if (s->of[e] < s->count && s->of[e] != at)
            continue; /* some of its judges are of another panel */
        readers found = find_readers(p, s, &s->panels[at], &p->entries[e], need);
        if (best < s->count && (found.count < chosen.count ||
                                (found.count == chosen.count && found.cost >= chosen.cost)))
            continue;
        best = at;
        chosen = found;
    }
    for (size_t i = 0; i < chosen.count; i++)
        s->load[chosen.judges[i]]++;
    return best;
}

static status split(preparing *g, const name_set *names, random_stream *r, fault *f)
{
    const deal_problem *p = g->out;
    splitting s;
    uint32_t *order = ARENA_ARRAY(g->mem, uint32_t, p->entry_count);
    if (!order)
        return fault_memory(f);
    TRY(own_entries(g, f));
    TRY(make_panels(g, &s, names, f));
    count_kept(g, &s, names);
    for (size_t e = 0; e < p->entry_count; e++)
        order[e] = (uint32_t)e;
    qsort_r(order, p->entry_count, sizeof *order, by_entry_id, (void *)p);
    deal_shuffle(r, order, p->entry_count);
    deal_shuffle(r, s.order, s.count);
    for (size_t i = 0; i < p->entry_count; i++) {
        size_t e = order[i];
        int64_t own = p->entries[e].readings, wanted = own ? own : p->per_entry;
        int64_t need = wanted > s.kept[e] ? wanted - s.kept[e] : 0;
        if (own != DEAL_ONLY_KEPT && need <= DEAL_PER_ENTRY_MOST) /* else refused later */
            g->entries[e].panel = s.panels[choose_panel(p, &s, e, (size_t)need)].name;
    }
    return OK;
}

static status settle_panels(preparing *g, random_stream *r, fault *f)
{
    enum { PANELS_MOST = 1000 };
    name_set names = {0};
    for (size_t j = 0; j < g->p->judge_count; j++) {
        if (!name_set_add(g->mem, &names, rules_panel(&g->p->judges[j])))
            return fault_memory(f);
        if (names.count > PANELS_MOST)
            return FAIL(f, E_LIMIT, "quá %d tiểu ban", "more than %d panels", PANELS_MOST);
    }
    return names.count > 1 ? split(g, &names, r, f) : OK;
}

status deal_prepare(arena *mem, const deal_problem *p, random_stream *r, deal_problem *out,
                    fault *f)
{
    preparing g = {.mem = mem, .p = p, .out = out};
    *out = *p;
    TRY(settle_anchors(&g, f));
    return settle_panels(&g, r, f);
}
