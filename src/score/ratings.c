/* Rows of points to the sorted table of readings, with its connected groups. */
#include "chamthi/ratings.h"

#include <stdlib.h>
#include <string.h>

/* Names to numbers, then numbers in bytewise order of the names. */
typedef struct {
    const char **names;
    uint32_t *slots; /* open addressing; 0 is empty, else number + 1 */
    size_t count, capacity, mask;
} name_table;

typedef struct {
    uint32_t entry, judge, criterion;
    uint32_t row;
} cell;

static uint64_t hash_name(const char *name)
{
    uint64_t h = 0xcbf29ce484222325u;
    for (; *name; name++)
        h = (h ^ (unsigned char)*name) * 0x100000001b3u;
    return h ^ h >> 29;
}

/* Room for at most `most` names. */
static bool names_start(arena *mem, name_table *t, size_t most)
{
    size_t size = 16;
    while (size < most * 2)
        size *= 2;
    *t = (name_table){.mask = size - 1, .capacity = most};
    t->slots = ARENA_ARRAY(mem, uint32_t, size);
    t->names = ARENA_ARRAY(mem, const char *, most + 1);
    return t->slots && t->names;
}

static uint32_t names_add(name_table *t, const char *name)
{
    size_t at = (size_t)hash_name(name) & t->mask;
    for (; t->slots[at]; at = (at + 1) & t->mask)
        if (strcmp(t->names[t->slots[at] - 1], name) == 0)
            return t->slots[at] - 1;
    t->names[t->count] = name;
    t->slots[at] = (uint32_t)++t->count;
    return (uint32_t)(t->count - 1);
}

typedef struct {
    const char *name;
    uint32_t number;
} named;

static int by_name(const void *a, const void *b)
{
    return strcmp(((const named *)a)->name, ((const named *)b)->name);
}

/* Sorts the names; place[old number] = new number. */
static uint32_t *names_sort(arena *mem, name_table *t)
{
    named *order = ARENA_ARRAY(mem, named, t->count + 1);
    uint32_t *place = ARENA_ARRAY(mem, uint32_t, t->count + 1);
    if (!order || !place)
        return NULL;
    for (size_t i = 0; i < t->count; i++)
        order[i] = (named){t->names[i], (uint32_t)i};
    qsort(order, t->count, sizeof *order, by_name);
    for (size_t i = 0; i < t->count; i++) {
        t->names[i] = order[i].name;
        place[order[i].number] = (uint32_t)i;
    }
    return place;
}

static int by_place(const void *a, const void *b)
{
    const cell *x = a, *y = b;
    if (x->judge != y->judge)
        return x->judge < y->judge ? -1 : 1;
    if (x->criterion != y->criterion)
        return x->criterion < y->criterion ? -1 : 1;
    return (x->row > y->row) - (x->row < y->row);
}

static status twice(const char *where, const rating *a, const rating *b, fault *f)
{
    return FAIL(f, E_INPUT,
                "%s, dòng %zu và %zu: giám khảo %s chấm bài %s hai lần%s%s; hãy bỏ bớt một dòng",
                "%s, lines %zu and %zu: judge %s has entry %s twice%s%s; take one of the rows out",
                where, a->line < b->line ? a->line : b->line, a->line < b->line ? b->line : a->line,
                a->judge, a->entry, a->criterion ? ", " : "", a->criterion ? a->criterion : "");
}

/* What ratings_build works on. */
typedef struct {
    const char *where;
    const rating *rows;
    size_t count;
    name_table entries, judges, criteria;
    cell *cells;    /* by entry, judge, criterion */
    size_t *start;  /* of each entry's cells */
    uint32_t *seen; /* criterion -> last entry + 1 that has it */
} build;

static status number_rows(arena *mem, build *b, fault *f)
{
    size_t n = b->count;
    cell *loose = ARENA_ARRAY(mem, cell, n);
    b->cells = ARENA_ARRAY(mem, cell, n);
    if (!loose || !b->cells || !names_start(mem, &b->entries, n) ||
        !names_start(mem, &b->judges, n) || !names_start(mem, &b->criteria, n))
        return fault_memory(f);
    for (size_t i = 0; i < n; i++) {
        const rating *row = &b->rows[i];
        if (!row->blank && (row->points > RATING_LIMIT || row->points < -RATING_LIMIT))
            return FAIL(f, E_INPUT, "%s, dòng %zu: điểm của bài %s quá lớn, hãy xem lại",
                        "%s, line %zu: the points of entry %s are beyond all measure", b->where,
                        row->line, row->entry);
        loose[i] =
            (cell){names_add(&b->entries, row->entry), names_add(&b->judges, row->judge),
                   names_add(&b->criteria, row->criterion ? row->criterion : ""), (uint32_t)i};
    }
    uint32_t *entry = names_sort(mem, &b->entries), *judge = names_sort(mem, &b->judges);
    uint32_t *criterion = names_sort(mem, &b->criteria);
    b->start = ARENA_ARRAY(mem, size_t, b->entries.count + 2);
    b->seen = ARENA_ARRAY(mem, uint32_t, b->criteria.count);
    if (!entry || !judge || !criterion || !b->start || !b->seen)
        return fault_memory(f);
    for (size_t i = 0; i < n; i++)
        b->start[entry[loose[i].entry] + 2]++;
    for (size_t i = 0; i < b->entries.count; i++)
        b->start[i + 2] += b->start[i + 1];
    for (size_t i = 0; i < n; i++) {
        cell c = {entry[loose[i].entry], judge[loose[i].judge], criterion[loose[i].criterion],
                  loose[i].row};
        b->cells[b->start[c.entry + 1]++] = c;
    }
    for (size_t i = 0; i < b->entries.count; i++) {
        qsort(b->cells + b->start[i], b->start[i + 1] - b->start[i], sizeof(cell), by_place);
        for (size_t k = b->start[i] + 1; k < b->start[i + 1]; k++)
            if (b->cells[k].judge == b->cells[k - 1].judge &&
                b->cells[k].criterion == b->cells[k - 1].criterion)
                return twice(b->where, &b->rows[b->cells[k - 1].row], &b->rows[b->cells[k].row], f);
    }
    return OK;
}

static size_t criteria_of(build *b, size_t entry)
{
    size_t wanted = 0;
    for (size_t k = b->start[entry]; k < b->start[entry + 1]; k++) {
        wanted += b->seen[b->cells[k].criterion] != entry + 1;
        b->seen[b->cells[k].criterion] = (uint32_t)entry + 1;
    }
    return wanted;
}

/* Adds up the criteria of each judge of one entry. */
static void keep_readings(build *b, size_t entry, ratings *out)
{
    size_t wanted = criteria_of(b, entry), next;
    for (size_t k = b->start[entry]; k < b->start[entry + 1]; k = next) {
        int64_t sum = 0;
        size_t given = 0;
        for (next = k; next < b->start[entry + 1] && b->cells[next].judge == b->cells[k].judge;
             next++) {
            const rating *row = &b->rows[b->cells[next].row];
            given += !row->blank;
            sum += row->blank ? 0 : row->points;
        }
        out->incomplete += given > 0 && given < wanted;
        if (given < wanted)
            continue;
        out->judge[out->count] = b->cells[k].judge;
        out->points[out->count++] = sum;
    }
}

/* Judges without a reading leave the list; the others move up. */
static status drop_idle_judges(arena *mem, build *b, ratings *out, fault *f)
{
    uint32_t *place = ARENA_ARRAY(mem, uint32_t, b->judges.count);
    out->judges = ARENA_ARRAY(mem, const char *, b->judges.count);
    if (!place || !out->judges)
        return fault_memory(f);
    for (size_t r = 0; r < out->count; r++)
        place[out->judge[r]] = 1;
    for (size_t j = 0; j < b->judges.count; j++)
        if (place[j]) {
            place[j] = (uint32_t)out->judge_count;
            out->judges[out->judge_count++] = b->judges.names[j];
        }
    for (size_t r = 0; r < out->count; r++)
        out->judge[r] = place[out->judge[r]];
    return OK;
}

static uint32_t root_of(uint32_t *parent, uint32_t j)
{
    while (parent[j] != j) {
        parent[j] = parent[parent[j]];
        j = parent[j];
    }
    return j;
}

static status find_groups(arena *mem, ratings *out, fault *f)
{
    uint32_t *parent = ARENA_ARRAY(mem, uint32_t, out->judge_count);
    uint32_t *number = ARENA_ARRAY(mem, uint32_t, out->judge_count);
    out->entry_group = ARENA_ARRAY(mem, uint32_t, out->entry_count);
    out->judge_group = ARENA_ARRAY(mem, uint32_t, out->judge_count);
    if (!parent || !number || !out->entry_group || !out->judge_group)
        return fault_memory(f);
    for (uint32_t j = 0; j < out->judge_count; j++)
        parent[j] = j;
    for (size_t i = 0; i < out->entry_count; i++)
        for (size_t r = out->start[i] + 1; r < out->start[i + 1]; r++)
            parent[root_of(parent, out->judge[r])] = root_of(parent, out->judge[out->start[i]]);
    for (size_t i = 0; i < out->entry_count; i++) {
        uint32_t root = root_of(parent, out->judge[out->start[i]]);
        if (!number[root])
            number[root] = (uint32_t)++out->group_count;
        out->entry_group[i] = number[root] - 1;
    }
    for (uint32_t j = 0; j < out->judge_count; j++)
        out->judge_group[j] = number[root_of(parent, j)] - 1;
    return OK;
}

status ratings_build(arena *mem, const char *where, const rating *rows, size_t count, ratings *out,
                     fault *f)
{
    build b = {.where = where, .rows = rows, .count = count};
    *out = (ratings){.count = 0};
    if (count >= UINT32_MAX / 4)
        return FAIL(f, E_LIMIT, "%s: quá nhiều dòng điểm", "%s: too many rows of points", where);
    TRY(number_rows(mem, &b, f));
    out->entries = ARENA_ARRAY(mem, const char *, b.entries.count);
    out->unscored = ARENA_ARRAY(mem, const char *, b.entries.count);
    out->start = ARENA_ARRAY(mem, size_t, b.entries.count + 1);
    out->judge = ARENA_ARRAY(mem, uint32_t, count);
    out->points = ARENA_ARRAY(mem, int64_t, count);
    if (!out->entries || !out->unscored || !out->start || !out->judge || !out->points)
        return fault_memory(f);
    for (size_t i = 0; i < b.entries.count; i++) {
        size_t before = out->count;
        keep_readings(&b, i, out);
        if (out->count == before) {
            out->unscored[out->unscored_count++] = b.entries.names[i];
            continue;
        }
        out->entries[out->entry_count++] = b.entries.names[i];
        out->start[out->entry_count] = out->count;
    }
    if (!out->count)
        return FAIL(f, E_INPUT, "%s: chưa có lượt chấm nào đủ điểm",
                    "%s: there is no complete reading in it", where);
    TRY(drop_idle_judges(mem, &b, out, f));
    return find_groups(mem, out, f);
}

static void *copy_array(arena *mem, const void *from, size_t count, size_t size)
{
    void *to = arena_array(mem, count, size);
    return to && count ? memcpy(to, from, count * size) : to;
}

static const char **copy_names(arena *mem, const char **names, size_t count)
{
    const char **to = ARENA_ARRAY(mem, const char *, count);
    for (size_t i = 0; to && i < count; i++)
        if (!(to[i] = arena_string(mem, names[i])))
            return NULL;
    return to;
}

status ratings_copy(arena *mem, const ratings *from, ratings *out, fault *f)
{
    *out = *from;
    out->entries = copy_names(mem, from->entries, from->entry_count);
    out->judges = copy_names(mem, from->judges, from->judge_count);
    out->unscored = copy_names(mem, from->unscored, from->unscored_count);
    out->start = copy_array(mem, from->start, from->entry_count + 1, sizeof *from->start);
    out->judge = copy_array(mem, from->judge, from->count, sizeof *from->judge);
    out->points = copy_array(mem, from->points, from->count, sizeof *from->points);
    out->entry_group = copy_array(mem, from->entry_group, from->entry_count, sizeof(uint32_t));
    out->judge_group = copy_array(mem, from->judge_group, from->judge_count, sizeof(uint32_t));
    bool whole = out->entries && out->judges && out->unscored && out->start && out->judge &&
                 out->points && out->entry_group && out->judge_group;
    return whole ? OK : fault_memory(f);
}

rating_link *ratings_links(arena *mem, const ratings *r)
{
    rating_link *links = ARENA_ARRAY(mem, rating_link, r->group_count);
    size_t *size = ARENA_ARRAY(mem, size_t, r->group_count);
    size_t *load = ARENA_ARRAY(mem, size_t, r->judge_count);
    size_t *best = ARENA_ARRAY(mem, size_t, r->group_count); /* entry + 1 */
    if (!links || !size || !load || !best)
        return NULL;
    for (size_t i = 0; i < r->entry_count; i++) {
        uint32_t group = r->entry_group[i];
        size_t readings = r->start[i + 1] - r->start[i], *b = &best[group];
        size[group] += readings;
        if (!*b || readings > r->start[*b] - r->start[*b - 1])
            *b = i + 1;
    }
    for (size_t k = 0; k < r->count; k++)
        load[r->judge[k]]++;
    uint32_t largest = 0;
    for (uint32_t g = 1; g < r->group_count; g++)
        if (size[g] > size[largest])
            largest = g;
    size_t made = 0;
    for (uint32_t g = 0; g < r->group_count; g++) {
        if (g == largest)
            continue;
        uint32_t judge = UINT32_MAX;
        for (uint32_t j = 0; j < r->judge_count; j++)
            if (r->judge_group[j] == largest && (judge == UINT32_MAX || load[j] < load[judge]))
                judge = j;
        load[judge]++;
        links[made++] = (rating_link){(uint32_t)(best[g] - 1), judge};
    }
    return links;
}

void ratings_seed(const ratings *t, unsigned char seed[SEED_SIZE])
{
    hash_state h;
    hash_start(&h, NULL, 0);
    for (size_t i = 0; i < t->entry_count; i++) {
        hash_piece(&h, t->entries[i], strlen(t->entries[i]));
        for (size_t r = t->start[i]; r < t->start[i + 1]; r++) {
            unsigned char points[8];
            for (int b = 0; b < 8; b++)
                points[b] = (unsigned char)((uint64_t)t->points[r] >> (8 * b));
            hash_piece(&h, t->judges[t->judge[r]], strlen(t->judges[t->judge[r]]));
            hash_piece(&h, points, sizeof points);
        }
    }
    hash_end(&h, seed);
}
