/* Reads a round's entries, judges and sheets as a problem. Entries go by their phách only. */
#include "gather.h"
#include "lists.h"

#include "chamthi/contest.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

status assign_find_round(store *db, arena *mem, int64_t year, const char *round, assign_round *out,
                         fault *f)
{
    cursor c;
    *out = (assign_round){.year = year};
    TRY(contest_round_id(db, year, round, &out->id, f));
    TRY(store_select(db, Q_ASSIGN_ROUND, ARGS(v_int(out->id)), &c, f));
    if (cursor_next(&c)) {
        out->key = cursor_copy(&c, 0, mem);
        out->per_entry = cursor_int(&c, 1);
        out->state = cursor_copy(&c, 2, mem);
    }
    TRY(cursor_close(&c, f));
    if (!out->key || !out->state)
        return fault_memory(f);
    snprintf(out->object, sizeof out->object, "round %lld/%s", (long long)year, out->key);
    return OK;
}

typedef struct {
    const char **items;
    size_t count, capacity;
} words;

static status add_word(arena *mem, words *list, const char *word, fault *f)
{
    for (size_t i = 0; i < list->count; i++)
        if (strcmp(list->items[i], word) == 0)
            return OK;
    list->items = arena_grow(mem, list->items, list->count, &list->capacity, sizeof *list->items);
    const char *copy = list->items ? arena_string(mem, word) : NULL;
    if (!copy)
        return fault_memory(f);
    list->items[list->count++] = copy;
    return OK;
}

typedef struct {
    int64_t id;
    const char *receipt, *subject_unit, *publisher;
    bool received;
    words units, conflicts;
} read_entry;

typedef struct {
    store *db;
    arena *mem;
    const assign_round *r;
    assign_input *out;
    read_entry *extra; /* beside out->p.entries */
    deal_entry *entries;
    deal_judge *judges;
    size_t entry_capacity, extra_capacity, judge_capacity, kept_capacity, lose_capacity;
    deal_pair *kept;
} gathering;

/* ---- entries ---- */

static status add_entry(gathering *g, cursor *c, fault *f)
{
    size_t n = g->out->p.entry_count;
    g->entries = arena_grow(g->mem, g->entries, n, &g->entry_capacity, sizeof *g->entries);
    g->extra = arena_grow(g->mem, g->extra, n, &g->extra_capacity, sizeof *g->extra);
    if (!g->entries || !g->extra)
        return fault_memory(f);
    g->entries[n] = (deal_entry){.id = cursor_copy(c, 0, g->mem),
                                 .track = cursor_copy(c, 1, g->mem),
                                 .language = "",
                                 .words = cursor_int(c, 7)};
    g->extra[n] = (read_entry){.id = cursor_int(c, 4),
                               .receipt = cursor_copy(c, 2, g->mem),
                               .received = strcmp(cursor_text(c, 3), "received") == 0,
                               .subject_unit = cursor_copy(c, 5, g->mem),
                               .publisher = cursor_copy(c, 6, g->mem)};
    if (!g->entries[n].id || !g->entries[n].track || !g->extra[n].receipt ||
        !g->extra[n].subject_unit || !g->extra[n].publisher)
        return fault_memory(f);
    if (!g->extra[n].received)
        g->entries[n].readings = DEAL_ONLY_KEPT;
    g->out->p.entry_count++;
    return OK;
}

/* Among entries in the order of their codes; `count` when it is not there. */
static size_t place_of(const deal_entry *entries, size_t count, const char *phach)
{
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (strcmp(entries[middle].id, phach) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low < count && strcmp(entries[low].id, phach) == 0 ? low : count;
}

static status read_codes(gathering *g, int64_t unit, words *list, fault *f)
{
    cursor c;
    TRY(store_select(g->db, Q_ASSIGN_UNIT_CODES, ARGS(v_int(unit)), &c, f));
    status st = OK;
    while (st == OK && cursor_next(&c))
        st = add_word(g->mem, list, cursor_text(&c, 0), f);
    status closed = cursor_close(&c, st == OK ? f : NULL);
    return st == OK ? closed : st;
}

static status read_units(gathering *g, fault *f)
{
    cursor c;
    TRY(store_select(g->db, Q_ASSIGN_ENTRY_UNITS, ARGS(v_int(g->r->id)), &c, f));
    status st = OK;
    while (st == OK && cursor_next(&c)) {
        size_t e = place_of(g->entries, g->out->p.entry_count, cursor_text(&c, 0));
        if (e < g->out->p.entry_count)
            st = add_word(g->mem, &g->extra[e].units, cursor_text(&c, 1), f);
    }
    status closed = cursor_close(&c, st == OK ? f : NULL);
    return st == OK ? closed : st;
}

/* Units that are only known by what somebody wrote, each looked up once. */
typedef struct {
    name_set names;
    words *codes; /* empty: in no list */
} written_units;

static status look_up(gathering *g, written_units *w, fault *f)
{
    size_t n = g->out->p.entry_count;
    w->names.items = ARENA_ARRAY(g->mem, const char *, 2 * n);
    if (!w->names.items)
        return fault_memory(f);
    for (size_t i = 0; i < n; i++) {
        w->names.items[w->names.count++] = g->extra[i].subject_unit;
        w->names.items[w->names.count++] = g->extra[i].publisher;
    }
    name_set_sort(&w->names);
    w->codes = ARENA_ARRAY(g->mem, words, w->names.count);
    if (!w->codes)
        return fault_memory(f);
    for (size_t i = 0; i < w->names.count; i++) {
        int64_t unit = 0;
        if (*w->names.items[i])
            TRY(unit_find(g->db, g->mem, w->names.items[i], g->r->year, &unit, f));
        if (unit)
            TRY(read_codes(g, unit, &w->codes[i], f));
    }
    return OK;
}

static status add_written(gathering *g, const written_units *w, const char *name, words *list,
                          fault *f)
{
    const words *codes = &w->codes[name_set_find(&w->names, name)];
    for (size_t i = 0; i < codes->count; i++)
        TRY(add_word(g->mem, list, codes->items[i], f));
    return OK;
}

static status read_entries(gathering *g, fault *f)
{
    cursor c;
    written_units w = {0};
    TRY(store_select(g->db, Q_ASSIGN_ENTRIES, ARGS(v_int(g->r->id)), &c, f));
    status st = OK;
    while (st == OK && cursor_next(&c))
        st = add_entry(g, &c, f);
    status closed = cursor_close(&c, st == OK ? f : NULL);
    TRY(st);
    TRY(closed);
    TRY(read_units(g, f));
    TRY(look_up(g, &w, f));
    for (size_t i = 0; i < g->out->p.entry_count; i++) {
        read_entry *e = &g->extra[i];
        TRY(add_written(g, &w, e->subject_unit, &e->units, f));
        TRY(add_written(g, &w, e->publisher, &e->units, f));
        g->out->unknown_subjects +=
            *e->subject_unit && !w.codes[name_set_find(&w.names, e->subject_unit)].count;
    }
    return OK;
}

/* ---- judges ---- */

static bool has_left(const assign_left *left, const char *code)
{
    for (size_t i = 0; i < left->count; i++)
        if (strcmp(left->codes[i], code) == 0)
            return true;
    return false;
}

static status split_tracks(gathering *g, const char *text, word_list *out, fault *f)
{
    words list = {0};
    char *copy = arena_string(g->mem, text), *save = NULL;
    if (!copy)
        return fault_memory(f);
    for (char *p = strtok_r(copy, ";", &save); p; p = strtok_r(NULL, ";", &save))
        TRY(add_word(g->mem, &list, p, f));
    *out = (word_list){list.items, list.count};
    return OK;
}

/* A declared receipt number becomes a conflict of that entry, so that the draw's input names no receipt;
 * receipts of other rounds say nothing here. */
static bool take_receipt(const gathering *g, const char *reference, size_t *entry)
{
    bool receipt = strspn(reference, "0123456789") == 4 && reference[4] == '-';
    *entry = g->out->p.entry_count;
    for (size_t i = 0; i < g->out->p.entry_count; i++)
        if (strcmp(g->extra[i].receipt, reference) == 0) {
            *entry = i;
            return true;
        }
    return receipt;
}

static status read_conflicts(gathering *g, int64_t id, deal_judge *j, fault *f)
{
    words units = {0};
    cursor c;
    status st = OK;
    TRY(store_select(g->db, Q_ASSIGN_CONFLICTS, ARGS(v_int(id)), &c, f));
    while (st == OK && cursor_next(&c)) {
        size_t entry;
        if (!take_receipt(g, cursor_text(&c, 0), &entry))
            st = add_word(g->mem, &units, cursor_text(&c, 0), f);
        else if (entry < g->out->p.entry_count)
            st = add_word(g->mem, &g->extra[entry].conflicts, j->id, f);
    }
    status closed = cursor_close(&c, st == OK ? f : NULL);
    j->conflicts = (word_list){units.items, units.count};
    return st == OK ? closed : st;
}

static status add_judge(gathering *g, cursor *c, const assign_left *left, fault *f)
{
    size_t n = g->out->p.judge_count;
    g->judges = arena_grow(g->mem, g->judges, n, &g->judge_capacity, sizeof *g->judges);
    if (!g->judges)
        return fault_memory(f);
    deal_judge *j = &g->judges[n];
    *j = (deal_judge){.id = cursor_copy(c, 1, g->mem),
                      .unit = cursor_copy(c, 2, g->mem),
                      .word_cap = cursor_int(c, 6),
                      .panel = cursor_copy(c, 7, g->mem)};
    if (!j->id || !j->unit || !j->panel)
        return fault_memory(f);
    j->cap = cursor_null(c, 4) ? DEAL_NO_CAP : cursor_int(c, 4);
    if (!cursor_int(c, 5) || has_left(left, j->id))
        j->cap = 0;
    TRY(split_tracks(g, cursor_text(c, 3), &j->tracks, f));
    TRY(read_conflicts(g, cursor_int(c, 0), j, f));
    g->out->p.judge_count++;
    return OK;
}

static status read_judges(gathering *g, const assign_left *left, fault *f)
{
    cursor c;
    status st = OK;
    TRY(store_select(g->db, Q_ASSIGN_JUDGES, ARGS(v_int(g->r->year), v_int(g->r->id)), &c, f));
    while (st == OK && cursor_next(&c))
        st = add_judge(g, &c, left, f);
    status closed = cursor_close(&c, st == OK ? f : NULL);
    return st == OK ? closed : st;
}

/* ---- sheets ---- */

static size_t find_judge(const gathering *g, const char *code)
{
    size_t i = 0;
    while (i < g->out->p.judge_count && strcmp(g->judges[i].id, code) != 0)
        i++;
    return i;
}

static status add_sheet(gathering *g, cursor *c, const char *drop, fault *f)
{
    const char *code = cursor_text(c, 2), *state = cursor_text(c, 3);
    size_t e = place_of(g->entries, g->out->p.entry_count, cursor_text(c, 1)),
           j = find_judge(g, code);
    assign_input *out = g->out;
    if (e == out->p.entry_count)
        return OK; /* the doctor finds a sheet without its entry */
    if (strcmp(state, "lost") == 0 || strcmp(state, "recused") == 0)
        return j < out->p.judge_count ? add_word(g->mem, &g->extra[e].conflicts, code, f) : OK;
    bool done = strcmp(state, "submitted") == 0;
    if (!done && (!g->extra[e].received || (drop && strcmp(drop, code) == 0))) {
        out->lose =
            arena_grow(g->mem, out->lose, out->lose_count, &g->lose_capacity, sizeof *out->lose);
        if (!out->lose)
            return fault_memory(f);
        out->lose[out->lose_count++] = cursor_int(c, 0);
        return OK;
    }
    g->kept = arena_grow(g->mem, g->kept, out->p.kept_count, &g->kept_capacity, sizeof *g->kept);
    if (!g->kept)
        return fault_memory(f);
    g->kept[out->p.kept_count++] = (deal_pair){e, j};
    return OK;
}

static status read_sheets(gathering *g, const char *drop, fault *f)
{
    cursor c;
    status st = OK;
    TRY(store_select(g->db, Q_ASSIGN_SHEETS, ARGS(v_int(g->r->id)), &c, f));
    while (st == OK && cursor_next(&c))
        st = add_sheet(g, &c, drop, f);
    status closed = cursor_close(&c, st == OK ? f : NULL);
    return st == OK ? closed : st;
}

/* Entries that were withdrawn before anybody read them are no part of the problem. */
static void leave_out_withdrawn(gathering *g, size_t *new_place)
{
    deal_problem *p = &g->out->p;
    for (size_t i = 0; i < p->kept_count; i++)
        new_place[g->kept[i].entry] = 1;
    size_t n = 0;
    for (size_t i = 0; i < p->entry_count; i++) {
        bool stays = g->extra[i].received || new_place[i];
        new_place[i] = n;
        if (!stays)
            continue;
        g->entries[n] = g->entries[i];
        g->extra[n++] = g->extra[i];
    }
    for (size_t i = 0; i < p->kept_count; i++)
        g->kept[i].entry = new_place[g->kept[i].entry];
    p->entry_count = n;
}

status assign_gather(store *db, arena *mem, const assign_round *r, const assign_left *left,
                     const char *drop, assign_input *out, fault *f)
{
    *out = (assign_input){0};
    gathering g = {.db = db, .mem = mem, .r = r, .out = out};
    TRY(read_entries(&g, f));
    TRY(read_judges(&g, left, f));
    TRY(read_sheets(&g, drop, f));
    size_t *new_place = ARENA_ARRAY(mem, size_t, out->p.entry_count);
    if (!new_place)
        return fault_memory(f);
    leave_out_withdrawn(&g, new_place);
    for (size_t i = 0; i < out->p.entry_count; i++) {
        g.entries[i].units = (word_list){g.extra[i].units.items, g.extra[i].units.count};
        g.entries[i].conflicts =
            (word_list){g.extra[i].conflicts.items, g.extra[i].conflicts.count};
    }
    out->p.entries = out->entries = g.entries;
    out->p.judges = g.judges;
    out->p.kept = g.kept;
    return OK;
}

size_t assign_find_entry(const assign_input *input, const char *phach)
{
    return place_of(input->entries, input->p.entry_count, phach);
}

void assign_keep_wanted(assign_input *input, const deal_problem *then)
{
    for (size_t i = 0; i < then->entry_count; i++) {
        int64_t wanted = then->entries[i].readings;
        if (wanted <= 0 && wanted != DEAL_EVERYBODY)
            continue;
        size_t e = assign_find_entry(input, then->entries[i].id);
        if (e < input->p.entry_count && input->entries[e].readings != DEAL_ONLY_KEPT)
            input->entries[e].readings = wanted;
    }
}
