/* Strings to integers: canonical order, tracks and languages, who may read which class of entries. */
#include "index.h"
#include "rules.h"

#include <stdlib.h>
#include <string.h>

enum { GROUPS_MOST = 1 << 20 }; /* a group's number then fits 20 bits */

/* Everything only needed while building. */
typedef struct {
    arena *mem;
    deal_index *x;
    uint32_t *sorted; /* entries of the problem by id */
    uint32_t *entry_at, *judge_at;
    uint32_t *number;       /* of an entry of the problem: its canonical position */
    uint32_t *judge_number; /* of a judge of the problem */
    name_set units, tracks, panels, languages;
    list_table members; /* per unit: judges that belong to it */
    list_table refused; /* per entry: units */
    list_table barred;  /* per entry: judges */
    uint32_t *group_of;
    unsigned char *need; /* per entry of the problem: readings it lacks */
    uint64_t *key;       /* per entry: group, need and a hash of its conflicts */
} build;

static const deal_entry *entry_of(const build *b, size_t e)
{
    return &b->x->p->entries[b->entry_at[e]];
}

static const deal_judge *judge_of(const build *b, size_t j)
{
    return &b->x->p->judges[b->judge_at[j]];
}

/* ---- canonical order ---- */

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

static status check_twice(const build *b, fault *f)
{
    const deal_problem *p = b->x->p;
    for (size_t i = 1; i < p->entry_count; i++) {
        const deal_entry *one = &p->entries[b->sorted[i]], *last = &p->entries[b->sorted[i - 1]];
        if (strcmp(one->id, last->id) == 0)
            return FAIL(f, E_INPUT,
                        "mã bài “%s” xuất hiện hơn một lần (dòng %zu và %zu); mỗi bài chỉ ghi một "
                        "dòng",
                        "entry “%s” occurs more than once (lines %zu and %zu); give each entry one "
                        "row",
                        one->id, last->line, one->line);
    }
    for (size_t i = 1; i < b->x->judges; i++)
        if (strcmp(judge_of(b, i)->id, judge_of(b, i - 1)->id) == 0)
            return FAIL(f, E_INPUT,
                        "mã giám khảo “%s” xuất hiện hơn một lần (dòng %zu và %zu); mỗi người chỉ "
                        "ghi một dòng",
                        "judge “%s” occurs more than once (lines %zu and %zu); give each judge one "
                        "row",
                        judge_of(b, i)->id, judge_of(b, i - 1)->line, judge_of(b, i)->line);
    return OK;
}

static status canonical_order(build *b, fault *f)
{
    const deal_problem *p = b->x->p;
    b->sorted = ARENA_ARRAY(b->mem, uint32_t, p->entry_count);
    b->judge_at = ARENA_ARRAY(b->mem, uint32_t, p->judge_count);
    if (!b->sorted || !b->judge_at)
        return fault_memory(f);
    for (size_t i = 0; i < p->entry_count; i++)
        b->sorted[i] = (uint32_t)i;
    for (size_t i = 0; i < p->judge_count; i++)
        b->judge_at[i] = (uint32_t)i;
    for (size_t i = 1; i < p->entry_count; i++) /* from a store they come in order */
        if (by_entry_id(&b->sorted[i - 1], &b->sorted[i], (void *)p) > 0) {
            qsort_r(b->sorted, p->entry_count, sizeof *b->sorted, by_entry_id, (void *)p);
            break;
        }
    qsort_r(b->judge_at, p->judge_count, sizeof *b->judge_at, by_judge_id, (void *)p);
    b->x->judge_at = b->judge_at;
    return check_twice(b, f);
}

/* Canonical number of the entry, or x->all. */
static size_t find_entry(const build *b, const char *id)
{
    const deal_problem *p = b->x->p;
    size_t low = 0, high = p->entry_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (strcmp(p->entries[b->sorted[middle]].id, id) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    bool found = low < p->entry_count && strcmp(p->entries[b->sorted[low]].id, id) == 0;
    return found ? b->number[b->sorted[low]] : b->x->all;
}

static size_t find_judge(const build *b, const char *id)
{
    size_t low = 0, high = b->x->judges;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (strcmp(judge_of(b, middle)->id, id) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low < b->x->judges && strcmp(judge_of(b, low)->id, id) == 0 ? low : b->x->judges;
}

/* ---- readings that stand ---- */

/* How many readings of each judge stand, and how many each entry still lacks. */
static status count_readings(build *b, fault *f)
{
    const deal_problem *p = b->x->p;
    int64_t *held = ARENA_ARRAY(b->mem, int64_t, b->x->judges);
    int64_t *cap = ARENA_ARRAY(b->mem, int64_t, b->x->judges);
    unsigned char *kept = ARENA_ARRAY(b->mem, unsigned char, p->entry_count);
    uint32_t *judge = ARENA_ARRAY(b->mem, uint32_t, b->x->judges);
    b->need = kept; /* in place */
    if (!held || !cap || !kept || !judge)
        return fault_memory(f);
    for (uint32_t j = 0; j < b->x->judges; j++)
        judge[b->judge_at[j]] = j;
    for (size_t i = 0; i < p->kept_count; i++) {
        held[judge[p->kept[i].judge]]++;
        if (kept[p->kept[i].entry] < UINT8_MAX)
            kept[p->kept[i].entry]++;
    }
    for (size_t e = 0; e < p->entry_count; e++) {
        int64_t own = p->entries[e].readings, wanted = own ? own : p->per_entry;
        b->need[e] = (unsigned char)(kept[e] < wanted ? wanted - kept[e] : 0);
    }
    for (size_t j = 0; j < b->x->judges; j++) {
        int64_t own = judge_of(b, j)->cap;
        cap[j] = own > held[j] ? own : held[j];
    }
    b->judge_number = judge;
    b->x->held = held;
    b->x->cap = cap;
    return OK;
}

/* Entries that lack readings come first: only they are looked at more closely. */
static status number_entries(build *b, fault *f)
{
    const deal_problem *p = b->x->p;
    size_t n = 0;
    b->entry_at = ARENA_ARRAY(b->mem, uint32_t, p->entry_count);
    b->number = ARENA_ARRAY(b->mem, uint32_t, p->entry_count);
    if (!b->entry_at || !b->number)
        return fault_memory(f);
    for (int lacking = 1; lacking >= 0; lacking--) {
        for (size_t i = 0; i < p->entry_count; i++)
            if ((b->need[b->sorted[i]] > 0) == lacking) {
                b->number[b->sorted[i]] = (uint32_t)n;
                b->entry_at[n++] = b->sorted[i];
            }
        b->x->entries = lacking ? n : b->x->entries;
    }
    b->x->all = n;
    b->x->entry_at = b->entry_at;
    return OK;
}

static status list_kept(build *b, fault *f)
{
    const deal_problem *p = b->x->p;
    link *links = ARENA_ARRAY(b->mem, link, p->kept_count);
    if (!links)
        return fault_memory(f);
    for (size_t i = 0; i < p->kept_count; i++)
        links[i] = (link){b->number[p->kept[i].entry], b->judge_number[p->kept[i].judge]};
    return lists_make(b->mem, links, p->kept_count, b->x->all, &b->x->kept) ? OK : fault_memory(f);
}

/* ---- units, tracks, languages ---- */

static status avoid_bits(build *b, fault *f)
{
    deal_index *x = b->x;
    x->words = (x->judges + 63) / 64;
    uint64_t *bits = ARENA_ARRAY(b->mem, uint64_t, x->units * x->words);
    if (!bits)
        return fault_memory(f);
    for (size_t u = 0; u < x->units; u++) {
        number_list avoid = list_at(x->avoid, u);
        for (size_t i = 0; i < avoid.count; i++)
            bits[u * x->words + avoid.items[i] / 64] |= UINT64_C(1) << avoid.items[i] % 64;
    }
    x->avoid_bits = bits;
    return OK;
}

static status name_units(build *b, size_t *names, fault *f)
{
    *names = 0;
    for (size_t j = 0; j < b->x->judges; j++)
        *names += 1 + judge_of(b, j)->conflicts.count;
    b->units.items = ARENA_ARRAY(b->mem, const char *, *names);
    if (!b->units.items)
        return fault_memory(f);
    for (size_t j = 0; j < b->x->judges; j++) {
        const deal_judge *one = judge_of(b, j);
        if (*one->unit)
            b->units.items[b->units.count++] = one->unit;
        for (size_t i = 0; i < one->conflicts.count; i++)
            b->units.items[b->units.count++] = one->conflicts.items[i];
    }
    name_set_sort(&b->units);
    b->x->units = b->units.count;
    return OK;
}

/* Only units that some judge belongs to or declared matter. */
static status index_units(build *b, fault *f)
{
    size_t m = b->x->judges, names, used = 0, belong = 0;
    TRY(name_units(b, &names, f));
    link *links = ARENA_ARRAY(b->mem, link, names), *own = ARENA_ARRAY(b->mem, link, m);
    uint32_t *unit = ARENA_ARRAY(b->mem, uint32_t, m);
    if (!links || !own || !unit)
        return fault_memory(f);
    for (size_t j = 0; j < m; j++) {
        const deal_judge *one = judge_of(b, j);
        unit[j] = *one->unit ? (uint32_t)name_set_find(&b->units, one->unit) : NO_UNIT;
        if (unit[j] != NO_UNIT)
            links[used++] = own[belong++] = (link){unit[j], (uint32_t)j};
        for (size_t i = 0; i < one->conflicts.count; i++)
            links[used++] =
                (link){(uint32_t)name_set_find(&b->units, one->conflicts.items[i]), (uint32_t)j};
    }
    b->x->unit = unit;
    if (!lists_make(b->mem, own, belong, b->units.count, &b->members) ||
        !lists_make(b->mem, links, used, b->units.count, &b->x->avoid))
        return fault_memory(f);
    return avoid_bits(b, f);
}

/* "": whose it is was not asked. */
static const char *panel_of(const deal_entry *e)
{
    return e->panel ? e->panel : "";
}

static status name_groups(build *b, fault *f)
{
    for (size_t e = 0; e < b->x->all; e++) {
        if (!name_set_add(b->mem, &b->tracks, entry_of(b, e)->track) ||
            !name_set_add(b->mem, &b->panels, panel_of(entry_of(b, e))) ||
            !name_set_add(b->mem, &b->languages, entry_of(b, e)->language))
            return fault_memory(f);
        if (b->tracks.count * b->panels.count * b->languages.count > GROUPS_MOST)
            return FAIL(f, E_LIMIT, "quá nhiều thể loại, tiểu ban và ngôn ngữ khác nhau",
                        "too many different tracks, panels and languages");
    }
    return OK;
}

static status count_groups(build *b, fault *f)
{
    deal_index *x = b->x;
    int64_t *size = ARENA_ARRAY(b->mem, int64_t, x->groups);
    int64_t *kept = ARENA_ARRAY(b->mem, int64_t, x->groups * x->judges);
    if (!size || !kept)
        return fault_memory(f);
    for (size_t e = 0; e < x->all; e++) {
        number_list on = list_at(x->kept, e);
        size[b->group_of[e]]++;
        for (size_t i = 0; i < on.count; i++)
            kept[b->group_of[e] * x->judges + on.items[i]]++;
    }
    x->group_size = size;
    x->group_kept = kept;
    return OK;
}

/* Groups are numbered track by track, panel by panel; a panel's part of a track is a track of its own. */
static status index_groups(build *b, fault *f)
{
    TRY(name_groups(b, f));
    size_t n = b->x->all, pairs = b->tracks.count * b->panels.count * b->languages.count;
    uint32_t *number = ARENA_ARRAY(b->mem, uint32_t, pairs);
    uint32_t *track = ARENA_ARRAY(b->mem, uint32_t, pairs);
    b->group_of = ARENA_ARRAY(b->mem, uint32_t, n);
    if (!number || !track || !b->group_of)
        return fault_memory(f);
    for (size_t e = 0; e < n; e++) {
        size_t t = name_set_find(&b->tracks, entry_of(b, e)->track) * b->panels.count +
                   name_set_find(&b->panels, panel_of(entry_of(b, e)));
        size_t l = name_set_find(&b->languages, entry_of(b, e)->language);
        b->group_of[e] = (uint32_t)(t * b->languages.count + l);
        number[b->group_of[e]] = 1;
    }
    for (size_t i = 0; i < pairs; i++)
        if (number[i]) {
            track[b->x->groups] = (uint32_t)(i / b->languages.count);
            number[i] = (uint32_t)b->x->groups++;
        }
    for (size_t e = 0; e < n; e++)
        b->group_of[e] = number[b->group_of[e]];
    b->x->group_of = b->group_of;
    b->x->track_of = track;
    b->x->tracks = b->tracks.count * b->panels.count;
    return count_groups(b, f);
}

/* ---- conflicts ---- */

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
    return lists_make(b->mem, links, used, n, &b->refused) ? OK : fault_memory(f);
}

/* Judges who named each other. */
static status index_apart_pairs(build *b, fault *f)
{
    size_t most = 0, used = 0;
    for (size_t j = 0; j < b->x->judges; j++)
        most += 2 * judge_of(b, j)->conflicts.count;
    link *links = ARENA_ARRAY(b->mem, link, most);
    if (!links)
        return fault_memory(f);
    for (size_t j = 0; j < b->x->judges; j++)
        for (size_t i = 0; i < judge_of(b, j)->conflicts.count; i++) {
            size_t other = find_judge(b, judge_of(b, j)->conflicts.items[i]);
            if (other == b->x->judges || other == j)
                continue;
            links[used++] = (link){(uint32_t)j, (uint32_t)other};
            links[used++] = (link){(uint32_t)other, (uint32_t)j};
        }
    b->x->any_apart = used > 0;
    return lists_make(b->mem, links, used, b->x->judges, &b->x->apart) ? OK : fault_memory(f);
}

/* The judges that readings which stand keep away from an entry: those who gave them, who is never to be
 * beside them, and where a unit may not come twice, their colleagues. `links` may be NULL to count. */
static size_t kept_links(const build *b, size_t e, link *links)
{
    size_t used = 0;
    number_list kept = list_at(b->x->kept, e);
    for (size_t i = 0; i < kept.count; i++) {
        uint32_t unit = b->x->unit[kept.items[i]];
        number_list mates = {&kept.items[i], 1};
        if (unit != NO_UNIT && b->x->p->same_unit == SAME_UNIT_NEVER)
            mates = list_at(b->members, unit);
        for (size_t k = 0; links && k < mates.count; k++)
            links[used + k] = (link){(uint32_t)e, mates.items[k]};
        used += mates.count;
        number_list apart = list_at(b->x->apart, kept.items[i]);
        for (size_t k = 0; links && k < apart.count; k++)
            links[used + k] = (link){(uint32_t)e, apart.items[k]};
        used += apart.count;
    }
    return used;
}

static status barred_links(build *b, link *links, size_t *used, fault *f)
{
    for (size_t e = 0; e < b->x->entries; e++) {
        const deal_entry *one = entry_of(b, e);
        for (size_t i = 0; i < one->conflicts.count; i++) {
            size_t j = find_judge(b, one->conflicts.items[i]);
            if (j == b->x->judges)
                return FAIL(f, E_INPUT,
                            "bài %s khai tránh giám khảo “%s”, nhưng không có mã giám khảo đó",
                            "entry %s names judge “%s” as a conflict, but there is no such judge",
                            one->id, one->conflicts.items[i]);
            links[(*used)++] = (link){(uint32_t)e, (uint32_t)j};
        }
        *used += kept_links(b, e, links + *used);
    }
    for (size_t j = 0; j < b->x->judges; j++) {
        const deal_judge *one = judge_of(b, j);
        for (size_t i = 0; i < one->conflicts.count; i++) {
            size_t e = find_entry(b, one->conflicts.items[i]);
            if (e < b->x->entries)
                links[(*used)++] = (link){(uint32_t)e, (uint32_t)j};
        }
    }
    return OK;
}

/* Judges named by the entry, judges who named the entry, judges who already read it. */
static status index_barred(build *b, fault *f)
{
    size_t most = 0, used = 0;
    for (size_t e = 0; e < b->x->entries; e++)
        most += entry_of(b, e)->conflicts.count + kept_links(b, e, NULL);
    for (size_t j = 0; j < b->x->judges; j++)
        most += judge_of(b, j)->conflicts.count;
    link *links = ARENA_ARRAY(b->mem, link, most);
    if (!links)
        return fault_memory(f);
    TRY(barred_links(b, links, &used, f));
    return lists_make(b->mem, links, used, b->x->entries, &b->barred) ? OK : fault_memory(f);
}

/* ---- classes ---- */

static uint64_t hash_list(uint64_t hash, number_list list)
{
    hash = (hash ^ list.count) * UINT64_C(0x100000001b3);
    for (size_t i = 0; i < list.count; i++)
        hash = (hash ^ list.items[i]) * UINT64_C(0x100000001b3);
    return hash;
}

/* Group and need in front, so that rows stay together; the hash only spares comparisons. */
static status make_keys(build *b, fault *f)
{
    b->key = ARENA_ARRAY(b->mem, uint64_t, b->x->entries);
    if (!b->key)
        return fault_memory(f);
    for (size_t e = 0; e < b->x->entries; e++) {
        uint64_t hash = hash_list(UINT64_C(0xcbf29ce484222325), list_at(b->refused, e));
        hash = hash_list(hash, list_at(b->barred, e));
        uint64_t front = (uint64_t)b->group_of[e] << 4 | b->need[b->entry_at[e]];
        b->key[e] = front << 36 | hash >> 28;
    }
    return OK;
}

static int compare_signature(const build *b, uint32_t i, uint32_t k)
{
    if (b->key[i] != b->key[k])
        return b->key[i] < b->key[k] ? -1 : 1;
    int order = list_compare(list_at(b->refused, i), list_at(b->refused, k));
    return order != 0 ? order : list_compare(list_at(b->barred, i), list_at(b->barred, k));
}

static int by_signature(const void *a, const void *c, void *context)
{
    uint32_t i = *(const uint32_t *)a, k = *(const uint32_t *)c;
    int order = compare_signature(context, i, k);
    return order != 0 ? order : (i > k) - (i < k);
}

static bool new_row(const build *b, const uint32_t *order, size_t i)
{
    return !i || b->key[order[i]] >> 36 != b->key[order[i - 1]] >> 36;
}

static status cut_classes(build *b, const uint32_t *order, fault *f)
{
    deal_index *x = b->x;
    size_t classes = 0, rows = 0;
    for (size_t i = 0; i < x->entries; i++) {
        rows += new_row(b, order, i);
        classes += !i || compare_signature(b, order[i - 1], order[i]) != 0;
    }
    uint32_t *of = ARENA_ARRAY(b->mem, uint32_t, x->entries);
    uint32_t *row_of = ARENA_ARRAY(b->mem, uint32_t, classes);
    entry_run *class = ARENA_ARRAY(b->mem, entry_run, classes);
    entry_run *row = ARENA_ARRAY(b->mem, entry_run, rows);
    if (!of || !row_of || !class || !row)
        return fault_memory(f);
    for (size_t i = 0; i < x->entries; i++) {
        uint32_t e = order[i];
        entry_run start = {(uint32_t)i, 0, b->group_of[e], b->need[b->entry_at[e]]};
        if (new_row(b, order, i))
            row[x->rows++] = start;
        if (!i || compare_signature(b, order[i - 1], e) != 0) {
            row_of[x->classes] = (uint32_t)(x->rows - 1);
            class[x->classes++] = start;
        }
        class[x->classes - 1].count++;
        row[x->rows - 1].count++;
        of[e] = (uint32_t)(x->classes - 1);
    }
    x->class = class;
    x->row = row;
    x->class_of = of;
    x->row_of = row_of;
    return OK;
}

static status index_classes(build *b, fault *f)
{
    uint32_t *order = ARENA_ARRAY(b->mem, uint32_t, b->x->entries);
    if (!order)
        return fault_memory(f);
    TRY(make_keys(b, f));
    for (size_t e = 0; e < b->x->entries; e++)
        order[e] = (uint32_t)e;
    qsort_r(order, b->x->entries, sizeof *order, by_signature, b);
    b->x->by_class = order;
    return cut_classes(b, order, f);
}

/* ---- permits ---- */

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
    return track && tongue && (!e->panel || strcmp(e->panel, rules_panel(j)) == 0);
}

/* The lists of each class's first entry, side by side in the order of classes. */
static bool class_lists(build *b, list_table from, list_table *out)
{
    const deal_index *x = b->x;
    size_t total = 0;
    for (size_t c = 0; c < x->classes; c++)
        total += list_at(from, x->by_class[x->class[c].first]).count;
    uint32_t *start = ARENA_ARRAY(b->mem, uint32_t, x->classes + 1);
    uint32_t *items = ARENA_ARRAY(b->mem, uint32_t, total);
    if (!start || !items)
        return false;
    for (size_t c = 0; c < x->classes; c++) {
        number_list one = list_at(from, x->by_class[x->class[c].first]);
        if (one.count)
            memcpy(items + start[c], one.items, one.count * sizeof *items);
        start[c + 1] = start[c] + (uint32_t)one.count;
    }
    *out = (list_table){start, items};
    return true;
}

static status index_permits(build *b, fault *f)
{
    deal_index *x = b->x;
    unsigned char *knowing = ARENA_ARRAY(b->mem, unsigned char, x->groups * x->judges);
    if (!knowing || !class_lists(b, b->refused, &x->refused) ||
        !class_lists(b, b->barred, &x->barred))
        return fault_memory(f);
    for (size_t r = 0; r < x->rows; r++) {
        const deal_entry *e = entry_of(b, x->by_class[x->row[r].first]);
        for (size_t j = 0; j < x->judges; j++)
            knowing[x->row[r].group * x->judges + j] = knows(judge_of(b, j), e);
    }
    x->knows = knowing;
    return OK;
}

bool index_may(const deal_index *x, size_t class, size_t judge)
{
    if (!x->knows[x->class[class].group * x->judges + judge])
        return false;
    for (uint32_t i = x->refused.start[class]; i < x->refused.start[class + 1]; i++)
        if (x->avoid_bits[x->refused.items[i] * x->words + judge / 64] >> judge % 64 & 1)
            return false;
    for (uint32_t i = x->barred.start[class]; i < x->barred.start[class + 1]; i++)
        if (x->barred.items[i] == judge)
            return false;
    return true;
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
    if (p->entry_count >= UINT32_MAX / 64 || p->judge_count >= UINT32_MAX / 64)
        return FAIL(f, E_LIMIT, "quá nhiều bài hoặc giám khảo", "too many entries or judges");
    return OK;
}

status index_build(arena *mem, const deal_problem *p, deal_index *out, fault *f)
{
    TRY(check_sizes(p, f));
    *out = (deal_index){.p = p, .judges = p->judge_count};
    build b = {.mem = mem, .x = out};
    TRY(canonical_order(&b, f));
    TRY(count_readings(&b, f));
    TRY(number_entries(&b, f));
    TRY(list_kept(&b, f));
    TRY(index_units(&b, f));
    TRY(index_apart_pairs(&b, f));
    TRY(index_groups(&b, f));
    TRY(index_refused(&b, f));
    TRY(index_barred(&b, f));
    TRY(index_classes(&b, f));
    return index_permits(&b, f);
}
