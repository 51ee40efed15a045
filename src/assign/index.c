/* Strings to integers: canonical order, tracks and languages, who may read which class of entries. */
#include "index.h"

#include <stdlib.h>
#include <string.h>

/* Sorted names without repeats. */
typedef struct {
    const char **items;
    size_t count;
} name_set;

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void name_set_sort(name_set *s)
{
    if (!s->count)
        return;
    qsort(s->items, s->count, sizeof *s->items, by_text);
    size_t n = 1;
    for (size_t i = 1; i < s->count; i++)
        if (strcmp(s->items[i], s->items[n - 1]) != 0)
            s->items[n++] = s->items[i];
    s->count = n;
}

/* Index of `text`, or `s->count`. */
static size_t name_set_find(const name_set *s, const char *text)
{
    const char **found =
        s->count ? bsearch(&text, s->items, s->count, sizeof *s->items, by_text) : NULL;
    return found ? (size_t)(found - s->items) : s->count;
}

/* Everything only needed while building. */
typedef struct {
    arena *mem;
    deal_index *x;
    uint32_t *entry_at, *judge_at;
    name_set entry_ids, judge_ids, units, groups;
    index_list *unit_judges; /* belongs to the unit, or declared it */
    index_list *refused;     /* per entry: units */
    index_list *barred;      /* per entry: judges */
    uint32_t *group_of;
    int64_t *need;
} build;

typedef struct {
    uint32_t a, b;
} link;

static int by_link(const void *a, const void *b)
{
    const link *x = a, *y = b;
    if (x->a != y->a)
        return x->a < y->a ? -1 : 1;
    return (x->b > y->b) - (x->b < y->b);
}

/* Links to one sorted list without repeats for each of `n` left ends. Sorts `links`. */
static index_list *lists_of(arena *mem, link *links, size_t count, size_t n)
{
    index_list *out = ARENA_ARRAY(mem, index_list, n);
    uint32_t *items = ARENA_ARRAY(mem, uint32_t, count);
    if (!out || !items)
        return NULL;
    if (count)
        qsort(links, count, sizeof *links, by_link);
    size_t used = 0;
    for (size_t i = 0; i < count; i++) {
        index_list *list = &out[links[i].a];
        if (!list->count)
            list->items = items + used;
        if (list->count && list->items[list->count - 1] == links[i].b)
            continue;
        items[used++] = links[i].b;
        list->count++;
    }
    return out;
}

static int by_entry_id(const void *a, const void *b, void *context)
{
    const deal_problem *p = context;
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    int order = strcmp(p->entries[x].id, p->entries[y].id);
    return order != 0 ? order : (x > y) - (x < y);
}

static int by_judge_id(const void *a, const void *b, void *context)
{
    const deal_problem *p = context;
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    int order = strcmp(p->judges[x].id, p->judges[y].id);
    return order != 0 ? order : (x > y) - (x < y);
}

static const deal_entry *entry_of(const build *b, size_t e)
{
    return &b->x->p->entries[b->entry_at[e]];
}

static const deal_judge *judge_of(const build *b, size_t j)
{
    return &b->x->p->judges[b->judge_at[j]];
}

static status canonical_order(build *b, fault *f)
{
    const deal_problem *p = b->x->p;
    size_t n = p->entry_count, m = p->judge_count;
    b->entry_at = ARENA_ARRAY(b->mem, uint32_t, n);
    b->judge_at = ARENA_ARRAY(b->mem, uint32_t, m);
    b->entry_ids = (name_set){ARENA_ARRAY(b->mem, const char *, n), n};
    b->judge_ids = (name_set){ARENA_ARRAY(b->mem, const char *, m), m};
    if (!b->entry_at || !b->judge_at || !b->entry_ids.items || !b->judge_ids.items)
        return fault_memory(f);
    for (size_t i = 0; i < n; i++)
        b->entry_at[i] = (uint32_t)i;
    for (size_t i = 0; i < m; i++)
        b->judge_at[i] = (uint32_t)i;
    qsort_r(b->entry_at, n, sizeof *b->entry_at, by_entry_id, (void *)p);
    qsort_r(b->judge_at, m, sizeof *b->judge_at, by_judge_id, (void *)p);
    for (size_t i = 0; i < n; i++) {
        b->entry_ids.items[i] = p->entries[b->entry_at[i]].id;
        if (i && strcmp(b->entry_ids.items[i], b->entry_ids.items[i - 1]) == 0)
            return FAIL(f, E_INPUT,
                        "mã bài “%s” xuất hiện hơn một lần (dòng %zu và %zu); mỗi bài chỉ ghi một "
                        "dòng",
                        "entry “%s” occurs more than once (lines %zu and %zu); give each entry one "
                        "row",
                        b->entry_ids.items[i], entry_of(b, i - 1)->line, entry_of(b, i)->line);
    }
    for (size_t i = 0; i < m; i++) {
        b->judge_ids.items[i] = p->judges[b->judge_at[i]].id;
        if (i && strcmp(b->judge_ids.items[i], b->judge_ids.items[i - 1]) == 0)
            return FAIL(f, E_INPUT,
                        "mã giám khảo “%s” xuất hiện hơn một lần (dòng %zu và %zu); mỗi người chỉ "
                        "ghi một dòng",
                        "judge “%s” occurs more than once (lines %zu and %zu); give each judge one "
                        "row",
                        b->judge_ids.items[i], judge_of(b, i - 1)->line, judge_of(b, i)->line);
    }
    b->x->entry_at = b->entry_at;
    b->x->judge_at = b->judge_at;
    return OK;
}

/* Only units that some judge belongs to or declared matter. */
static status index_units(build *b, fault *f)
{
    size_t m = b->x->judges, names = 0;
    for (size_t j = 0; j < m; j++)
        names += 1 + judge_of(b, j)->conflicts.count;
    b->units.items = ARENA_ARRAY(b->mem, const char *, names);
    link *links = ARENA_ARRAY(b->mem, link, names);
    uint32_t *unit = ARENA_ARRAY(b->mem, uint32_t, m);
    if (!b->units.items || !links || !unit)
        return fault_memory(f);
    for (size_t j = 0; j < m; j++) {
        const deal_judge *one = judge_of(b, j);
        if (*one->unit)
            b->units.items[b->units.count++] = one->unit;
        for (size_t i = 0; i < one->conflicts.count; i++)
            b->units.items[b->units.count++] = one->conflicts.items[i];
    }
    name_set_sort(&b->units);
    size_t used = 0;
    for (size_t j = 0; j < m; j++) {
        const deal_judge *one = judge_of(b, j);
        unit[j] = *one->unit ? (uint32_t)name_set_find(&b->units, one->unit) : NO_UNIT;
        if (unit[j] != NO_UNIT)
            links[used++] = (link){unit[j], (uint32_t)j};
        for (size_t i = 0; i < one->conflicts.count; i++)
            links[used++] =
                (link){(uint32_t)name_set_find(&b->units, one->conflicts.items[i]), (uint32_t)j};
    }
    b->unit_judges = lists_of(b->mem, links, used, b->units.count);
    b->x->unit = unit;
    b->x->units = b->units.count;
    return b->unit_judges ? OK : fault_memory(f);
}

static char *group_name(arena *mem, const deal_entry *e)
{
    return arena_format(mem, "%s\x1f%s", e->track, e->language);
}

/* Group names are sorted, so those of one track stand side by side. */
static status index_tracks(build *b, fault *f)
{
    uint32_t *track = ARENA_ARRAY(b->mem, uint32_t, b->groups.count);
    if (!track)
        return fault_memory(f);
    for (size_t g = 0; g < b->groups.count; g++) {
        const char *name = b->groups.items[g], *last = g ? b->groups.items[g - 1] : NULL;
        size_t size = strcspn(name, "\x1f") + 1;
        b->x->tracks += !last || strncmp(name, last, size) != 0;
        track[g] = (uint32_t)b->x->tracks - 1;
    }
    b->x->track_of = track;
    return OK;
}

static status index_groups(build *b, fault *f)
{
    size_t n = b->x->entries;
    b->groups.items = ARENA_ARRAY(b->mem, const char *, n);
    b->group_of = ARENA_ARRAY(b->mem, uint32_t, n);
    const char **names = ARENA_ARRAY(b->mem, const char *, n);
    if (!b->groups.items || !b->group_of || !names)
        return fault_memory(f);
    for (size_t e = 0; e < n; e++) {
        names[e] = group_name(b->mem, entry_of(b, e));
        if (!names[e])
            return fault_memory(f);
        b->groups.items[e] = names[e];
    }
    b->groups.count = n;
    name_set_sort(&b->groups);
    for (size_t e = 0; e < n; e++)
        b->group_of[e] = (uint32_t)name_set_find(&b->groups, names[e]);
    b->x->groups = b->groups.count;
    b->x->group_of = b->group_of;
    return index_tracks(b, f);
}

static status index_refused(build *b, fault *f)
{
    size_t n = b->x->entries, most = 0, used = 0;
    for (size_t e = 0; e < n; e++)
        most += entry_of(b, e)->units.count;
    link *links = ARENA_ARRAY(b->mem, link, most);
    if (!links)
        return fault_memory(f);
    for (size_t e = 0; e < n; e++) {
        word_list units = entry_of(b, e)->units;
        for (size_t i = 0; i < units.count; i++) {
            size_t u = name_set_find(&b->units, units.items[i]);
            if (u < b->units.count)
                links[used++] = (link){(uint32_t)e, (uint32_t)u};
        }
    }
    b->refused = lists_of(b->mem, links, used, n);
    return b->refused ? OK : fault_memory(f);
}

/* Readings that stand: who holds what, and what each entry still needs. */
static status index_kept(build *b, fault *f)
{
    const deal_problem *p = b->x->p;
    size_t n = b->x->entries, m = b->x->judges;
    int64_t *held = ARENA_ARRAY(b->mem, int64_t, m), *cap = ARENA_ARRAY(b->mem, int64_t, m);
    b->need = ARENA_ARRAY(b->mem, int64_t, n);
    link *links = ARENA_ARRAY(b->mem, link, p->kept_count);
    if (!held || !cap || !b->need || !links)
        return fault_memory(f);
    for (size_t i = 0; i < p->kept_count; i++) {
        size_t e = name_set_find(&b->entry_ids, p->entries[p->kept[i].entry].id);
        size_t j = name_set_find(&b->judge_ids, p->judges[p->kept[i].judge].id);
        links[i] = (link){(uint32_t)e, (uint32_t)j};
        held[j]++;
    }
    b->x->kept = lists_of(b->mem, links, p->kept_count, n);
    if (!b->x->kept)
        return fault_memory(f);
    for (size_t e = 0; e < n; e++) {
        int64_t kept = (int64_t)b->x->kept[e].count, own = entry_of(b, e)->readings;
        int64_t wanted = own ? own : p->per_entry;
        b->need[e] = kept < wanted ? wanted - kept : 0;
    }
    for (size_t j = 0; j < m; j++) {
        int64_t own = judge_of(b, j)->cap;
        cap[j] = own > held[j] ? own : held[j];
    }
    b->x->held = held;
    b->x->cap = cap;
    return OK;
}

static size_t barred_links(build *b, link *links, size_t most, fault *f)
{
    size_t used = 0;
    for (size_t e = 0; e < b->x->entries; e++) {
        const deal_entry *one = entry_of(b, e);
        for (size_t i = 0; i < one->conflicts.count; i++) {
            size_t j = name_set_find(&b->judge_ids, one->conflicts.items[i]);
            if (j == b->x->judges) {
                FAIL(f, E_INPUT, "bài %s khai tránh giám khảo “%s”, nhưng không có mã giám khảo đó",
                     "entry %s names judge “%s” as a conflict, but there is no such judge", one->id,
                     one->conflicts.items[i]);
                return most + 1;
            }
            links[used++] = (link){(uint32_t)e, (uint32_t)j};
        }
        index_list kept = b->x->kept[e];
        for (size_t i = 0; i < kept.count; i++)
            links[used++] = (link){(uint32_t)e, kept.items[i]};
    }
    for (size_t j = 0; j < b->x->judges; j++) {
        const deal_judge *one = judge_of(b, j);
        for (size_t i = 0; i < one->conflicts.count; i++) {
            size_t e = name_set_find(&b->entry_ids, one->conflicts.items[i]);
            if (e < b->x->entries)
                links[used++] = (link){(uint32_t)e, (uint32_t)j};
        }
    }
    return used;
}

/* Judges named by the entry, judges who named the entry, judges who already read it. */
static status index_barred(build *b, fault *f)
{
    size_t most = b->x->p->kept_count;
    for (size_t e = 0; e < b->x->entries; e++)
        most += entry_of(b, e)->conflicts.count;
    for (size_t j = 0; j < b->x->judges; j++)
        most += judge_of(b, j)->conflicts.count;
    link *links = ARENA_ARRAY(b->mem, link, most);
    if (!links)
        return fault_memory(f);
    size_t used = barred_links(b, links, most, f);
    if (used > most)
        return E_INPUT;
    b->barred = lists_of(b->mem, links, used, b->x->entries);
    return b->barred ? OK : fault_memory(f);
}

static int compare_lists(index_list a, index_list b)
{
    if (a.count != b.count)
        return a.count < b.count ? -1 : 1;
    for (size_t i = 0; i < a.count; i++)
        if (a.items[i] != b.items[i])
            return a.items[i] < b.items[i] ? -1 : 1;
    return 0;
}

static int compare_signature(const build *b, uint32_t i, uint32_t k)
{
    if (b->group_of[i] != b->group_of[k])
        return b->group_of[i] < b->group_of[k] ? -1 : 1;
    if (b->need[i] != b->need[k])
        return b->need[i] < b->need[k] ? -1 : 1;
    int order = compare_lists(b->refused[i], b->refused[k]);
    if (order == 0)
        order = compare_lists(b->barred[i], b->barred[k]);
    return order != 0 ? order : compare_lists(b->x->kept[i], b->x->kept[k]);
}

static int by_signature(const void *a, const void *c, void *context)
{
    uint32_t i = *(const uint32_t *)a, k = *(const uint32_t *)c;
    int order = compare_signature(context, i, k);
    return order != 0 ? order : (i > k) - (i < k);
}

static status index_classes(build *b, fault *f)
{
    size_t n = b->x->entries;
    uint32_t *order = ARENA_ARRAY(b->mem, uint32_t, n), *of = ARENA_ARRAY(b->mem, uint32_t, n);
    entry_class *class = ARENA_ARRAY(b->mem, entry_class, n);
    if (!order || !of || !class)
        return fault_memory(f);
    for (size_t e = 0; e < n; e++)
        order[e] = (uint32_t)e;
    qsort_r(order, n, sizeof *order, by_signature, b);
    size_t count = 0;
    for (size_t i = 0; i < n; i++) {
        uint32_t e = order[i];
        if (!i || compare_signature(b, order[i - 1], e) != 0)
            class[count++] = (entry_class){i, 0, b->group_of[e], b->need[e]};
        class[count - 1].count++;
        of[e] = (uint32_t)(count - 1);
    }
    b->x->class = class;
    b->x->class_of = of;
    b->x->by_class = order;
    b->x->classes = count;
    return OK;
}

static bool list_has(word_list list, const char *word)
{
    for (size_t i = 0; i < list.count; i++)
        if (strcmp(list.items[i], word) == 0)
            return true;
    return false;
}

static bool knows(const deal_judge *j, const deal_entry *e)
{
    bool track = !*e->track || !j->tracks.count || list_has(j->tracks, e->track);
    bool tongue = !*e->language || list_has(j->languages, e->language) ||
                  (!j->languages.count && strcmp(e->language, "vi") == 0);
    return track && tongue;
}

bool index_same_unit(const deal_index *x, uint32_t a, uint32_t b)
{
    return x->unit[a] != NO_UNIT && x->unit[a] == x->unit[b];
}

static void fill_may(build *b, size_t c)
{
    deal_index *x = b->x;
    unsigned char *may = x->may + c * x->judges;
    uint32_t e = x->by_class[x->class[c].first];
    for (size_t j = 0; j < x->judges; j++)
        may[j] = knows(judge_of(b, j), entry_of(b, e));
    for (size_t i = 0; i < b->refused[e].count; i++) {
        index_list bad = b->unit_judges[b->refused[e].items[i]];
        for (size_t k = 0; k < bad.count; k++)
            may[bad.items[k]] = 0;
    }
    for (size_t i = 0; i < b->barred[e].count; i++)
        may[b->barred[e].items[i]] = 0;
    for (size_t i = 0; x->p->same_unit == SAME_UNIT_NEVER && i < x->kept[e].count; i++)
        for (uint32_t j = 0; j < x->judges; j++)
            if (index_same_unit(x, x->kept[e].items[i], j))
                may[j] = 0;
}

static status check_sizes(const deal_problem *p, fault *f)
{
    if (p->per_entry < 1 || p->per_entry > DEAL_PER_ENTRY_MOST)
        return FAIL(f, E_INPUT, "số giám khảo mỗi bài phải từ 1 đến %d, không thể là %lld",
                    "judges per entry must be 1 to %d, not %lld", DEAL_PER_ENTRY_MOST,
                    (long long)p->per_entry);
    for (size_t e = 0; e < p->entry_count; e++)
        if (p->entries[e].readings > DEAL_PER_ENTRY_MOST)
            return FAIL(f, E_INPUT, "bài %s: tối đa %d giám khảo", "entry %s: at most %d judges",
                        p->entries[e].id, DEAL_PER_ENTRY_MOST);
    if (!p->entry_count)
        return FAIL(f, E_INPUT, "không có bài nào để phân công", "there is no entry to assign");
    if (!p->judge_count)
        return FAIL(f, E_INPUT, "không có giám khảo nào để phân công",
                    "there is no judge to assign to");
    if (p->entry_count >= UINT32_MAX / DEAL_PER_ENTRY_MOST || p->judge_count >= UINT32_MAX / 2)
        return FAIL(f, E_LIMIT, "quá nhiều bài hoặc giám khảo", "too many entries or judges");
    return OK;
}

status index_build(arena *mem, const deal_problem *p, deal_index *out, fault *f)
{
    TRY(check_sizes(p, f));
    *out = (deal_index){.p = p, .entries = p->entry_count, .judges = p->judge_count};
    build b = {.mem = mem, .x = out};
    TRY(canonical_order(&b, f));
    TRY(index_units(&b, f));
    TRY(index_groups(&b, f));
    TRY(index_refused(&b, f));
    TRY(index_kept(&b, f));
    TRY(index_barred(&b, f));
    TRY(index_classes(&b, f));
    out->may = arena_array(mem, out->classes, out->judges);
    if (!out->may)
        return fault_memory(f);
    for (size_t c = 0; c < out->classes; c++)
        fill_may(&b, c);
    return OK;
}
