/* The register of subjects: entries grouped by what is known to be the same. */
#include "chamthi/subject.h"

#include "chamthi/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- kinds and groups ---- */

const char *subject_group(arena *mem, const char *text)
{
    static const char *const groups[][2] = {
        {"cong nhan", "công nhân"}, {"nong dan", "nông dân"}, {"cong chuc", "công chức"},
        {"vien chuc", "viên chức"}, {"chien si", "chiến sĩ"}, {"bo doi", "chiến sĩ"},
        {"cong an", "chiến sĩ"},    {"hoc sinh", "học sinh"}, {"sinh vien", "sinh viên"},
        {"nguoi dan", "người dân"}, {"nhan dan", "người dân"}};
    char *fold = text_fold_string(mem, text);
    for (size_t i = 0; fold && i < sizeof groups / sizeof *groups; i++)
        if (strstr(fold, groups[i][0]))
            return groups[i][1];
    return text;
}

subject_kind subject_kind_of(arena *mem, const char *kind, const char *group)
{
    char *own = text_fold_string(mem, kind), *other = text_fold_string(mem, group);
    if (!own || !other || (!strstr(own, "tap the") && !strstr(other, "tap the")))
        return SUBJECT_PERSON;
    return strstr(own, "nho") || strstr(other, "tap the nho") ? SUBJECT_SMALL_COLLECTIVE
                                                              : SUBJECT_COLLECTIVE;
}

commend_level subject_level(const subject_entry *e)
{
    return *e->prize ? LEVEL_CITY : LEVEL_UNIT;
}

/* ---- reading ---- */

typedef struct {
    subject_entry entry;
    const char *name, *kind, *address, *unit, *group;
    size_t root; /* the first row of the same subject */
} row;

typedef struct {
    row *rows; /* by year and entry */
    size_t count, capacity;
    size_t *by_id; /* rows by entry_id */
} row_list;

static status read_row(arena *mem, cursor *c, row *out, fault *f)
{
    *out = (row){.entry = {.entry_id = cursor_int(c, 0),
                           .receipt = cursor_copy(c, 1, mem),
                           .year = cursor_int(c, 2),
                           .title = cursor_copy(c, 3, mem),
                           .sent_by = cursor_copy(c, 4, mem),
                           .prize = cursor_copy(c, 5, mem),
                           .commended = cursor_copy(c, 6, mem),
                           .proposed = cursor_copy(c, 7, mem),
                           .barred = cursor_int(c, 8) > 0},
                 .name = cursor_copy(c, 9, mem),
                 .kind = cursor_copy(c, 10, mem),
                 .address = cursor_copy(c, 11, mem),
                 .unit = cursor_copy(c, 12, mem),
                 .group = cursor_copy(c, 13, mem)};
    const subject_entry *e = &out->entry;
    bool whole = e->receipt && e->title && e->sent_by && e->prize && e->commended && e->proposed &&
                 out->name && out->kind && out->address && out->unit && out->group;
    return whole ? OK : fault_memory(f);
}

static status read_rows(store *db, arena *mem, row_list *l, fault *f)
{
    cursor c;
    status st = OK;
    TRY(store_select(db, Q_SUBJECT_ROWS, NO_ARGS, &c, f));
    while (st == OK && cursor_next(&c)) {
        row *rows = arena_grow(mem, l->rows, l->count, &l->capacity, sizeof *rows);
        st = rows ? read_row(mem, &c, &rows[l->count], f) : fault_memory(f);
        if (rows)
            l->rows = rows;
        if (st == OK) {
            rows[l->count].root = l->count;
            l->count++;
        }
    }
    status closed = cursor_close(&c, st == OK ? f : NULL);
    return st == OK ? closed : st;
}

/* ---- grouping ---- */

static int by_entry(const void *a, const void *b, void *rows)
{
    const row *x = (const row *)rows + *(const size_t *)a,
              *y = (const row *)rows + *(const size_t *)b;
    return x->entry.entry_id < y->entry.entry_id ? -1 : x->entry.entry_id > y->entry.entry_id;
}

static size_t row_of(const row_list *l, int64_t entry_id)
{
    size_t from = 0, to = l->count;
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if (l->rows[l->by_id[middle]].entry.entry_id < entry_id)
            from = middle + 1;
        else
            to = middle;
    }
    bool found = from < l->count && l->rows[l->by_id[from]].entry.entry_id == entry_id;
    return found ? l->by_id[from] : l->count;
}

static size_t root_of(row_list *l, size_t i)
{
    while (l->rows[i].root != i)
        i = l->rows[i].root = l->rows[l->rows[i].root].root;
    return i;
}

static status join_rows(store *db, arena *mem, row_list *l, fault *f)
{
    cursor c;
    l->by_id = ARENA_ARRAY(mem, size_t, l->count + 1);
    if (!l->by_id)
        return fault_memory(f);
    for (size_t i = 0; i < l->count; i++)
        l->by_id[i] = i;
    qsort_r(l->by_id, l->count, sizeof *l->by_id, by_entry, l->rows);
    TRY(store_select(db, Q_SUBJECT_PAIRS, NO_ARGS, &c, f));
    while (cursor_next(&c)) {
        size_t a = row_of(l, cursor_int(&c, 0)), b = row_of(l, cursor_int(&c, 1));
        if (a == l->count || b == l->count)
            continue;
        a = root_of(l, a);
        b = root_of(l, b);
        l->rows[a < b ? b : a].root = a < b ? a : b;
    }
    return cursor_close(&c, f);
}

/* ---- the records ---- */

static status add_entry(arena *mem, subject_record *s, size_t *capacity, const row *r, fault *f)
{
    subject_entry *entries = arena_grow(mem, s->entries, s->entry_count, capacity, sizeof *entries);
    if (!entries)
        return fault_memory(f);
    s->entries = entries;
    s->entries[s->entry_count++] = r->entry;
    s->name = r->name;
    s->address = *r->address ? r->address : s->address;
    s->unit = *r->unit ? r->unit : s->unit;
    if (*r->group || *r->kind) {
        s->group = subject_group(mem, r->group);
        s->kind = subject_kind_of(mem, r->kind, r->group);
    }
    return OK;
}

static bool of_year(const subject_record *s, int64_t year)
{
    for (size_t i = 0; i < s->entry_count; i++)
        if (s->entries[i].year == year)
            return true;
    return year == 0;
}

status subject_register(store *db, arena *mem, int64_t year, subject_record **out, size_t *count,
                        fault *f)
{
    row_list l = {0};
    TRY(read_rows(db, mem, &l, f));
    TRY(join_rows(db, mem, &l, f));
    subject_record *all = ARENA_ARRAY(mem, subject_record, l.count + 1);
    size_t *capacities = ARENA_ARRAY(mem, size_t, l.count + 1);
    if (!all || !capacities)
        return fault_memory(f);
    for (size_t i = 0; i < l.count; i++) {
        size_t root = root_of(&l, i);
        if (root == i)
            all[i] = (subject_record){.name = "", .address = "", .unit = "", .group = ""};
        TRY(add_entry(mem, &all[root], &capacities[root], &l.rows[i], f));
    }
    *count = 0;
    for (size_t i = 0; i < l.count; i++)
        if (all[i].entry_count && of_year(&all[i], year))
            all[(*count)++] = all[i];
    *out = all;
    return OK;
}

/* ---- commendations ---- */

static status keep(store *db, int64_t entry_id, const commendation *c, fault *f)
{
    bool decided = *c->decision != '\0';
    int64_t changed = 0;
    TRY(store_run(db, Q_COMMENDATION_PUT,
                  ARGS(v_int(entry_id), v_text(c->form),
                       v_text(c->level == LEVEL_CITY ? "city" : "unit"), v_text(c->authority),
                       v_text(decided ? c->decision : NULL),
                       v_text(decided ? c->decision_date : NULL)),
                  &changed, f));
    if (!changed)
        return FAIL(f, E_CONFLICT, "“%s” cho nhân vật này đã có quyết định, không ghi lại",
                    "“%s” for this subject is decided already and stays", c->form);
    return OK;
}

static status commend(store *db, int64_t entry_id, const commendation *c, fault *f)
{
    char object[64];
    cursor row_;
    TRY(store_select(db, Q_SUBJECT_OF_ENTRY, ARGS(v_int(entry_id)), &row_, f));
    bool found = cursor_next(&row_);
    snprintf(object, sizeof object, "entry %s", found ? cursor_text(&row_, 0) : "");
    TRY(cursor_close(&row_, f));
    if (!found)
        return FAIL(f, E_MISSING, "bài này không ghi nhân vật nên không có ai để khen thưởng",
                    "this entry names no subject, so there is nobody to commend");
    TRY(keep(db, entry_id, c, f));
    return audit_record(db, "subject.commend", object, NULL,
                        *c->decision ? c->decision : "proposed", f);
}

status subject_commend(store *db, const char *actor, int64_t entry_id, const commendation *c,
                       fault *f)
{
    TRY(store_begin(db, actor, f));
    status st = commend(db, entry_id, c, f);
    if (st == OK)
        return store_commit(db, f);
    store_rollback(db);
    return st;
}
