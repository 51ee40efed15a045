/* Units: loading them, and finding the one a person meant, as it was in a year. */
#include "chamthi/contest.h"

#include "clean.h"
#include "listing.h"
#include "unit_name.h"

#include "chamthi/text.h"

#include <stdio.h>
#include <string.h>

/* ---- loading ---- */

enum { CODE, KIND, NAME, FULL_NAME, PARENT, FROM, TO, COLUMNS };
static const listing_column unit_columns[COLUMNS] = {
    {"code", "mã", COLUMN_NEEDED},
    {"kind", "loại", COLUMN_NEEDED},
    {"name", "tên", COLUMN_NEEDED},
    {"full_name", "tên đầy đủ", COLUMN_NEEDED},
    {"parent_code", "mã cấp trên", COLUMN_MAY_BE_MISSING},
    {"valid_from", "từ ngày", COLUMN_MAY_BE_MISSING},
    {"valid_to", "đến ngày", COLUMN_MAY_BE_MISSING},
};

/* A date cell as ISO text, "" when empty. */
static status read_day(const listing *r, size_t row, int column, char out[20], fault *f)
{
    const char *text = listing_cell(r, row, column);
    date day;
    out[0] = '\0';
    if (!*text)
        return OK;
    if (!date_parse(text, &day))
        return ROW_FAIL(f, E_INPUT, r, row, column, "“%s” không phải một ngày có trong lịch",
                        "“%s” is no day of the calendar", text);
    date_iso(day, out);
    return OK;
}

static const char *clean_cell(arena *mem, const listing *r, size_t row, int column)
{
    const char *text = listing_cell(r, row, column);
    return clean_line(mem, (slice){text, strlen(text)});
}

static status put_unit(store *db, arena *mem, const listing *r, size_t row, int64_t *changed,
                       fault *f)
{
    static const int needed[] = {CODE, KIND, NAME, FULL_NAME};
    char from[20], to[20];
    for (size_t i = 0; i < sizeof needed / sizeof *needed; i++)
        if (!*listing_cell(r, row, needed[i]))
            return ROW_FAIL(f, E_INPUT, r, row, needed[i], "không được để trống",
                            "must not be empty");
    TRY(read_day(r, row, FROM, from, f));
    TRY(read_day(r, row, TO, to, f));
    if (*to && strcmp(from, to) > 0)
        return ROW_FAIL(f, E_INPUT, r, row, TO, "đến ngày sớm hơn từ ngày",
                        "valid_to is before valid_from");
    const char *parent = listing_cell(r, row, PARENT);
    const char *name = clean_cell(mem, r, row, NAME);
    const char *full = clean_cell(mem, r, row, FULL_NAME);
    const char *name_fold = name ? text_fold_string(mem, name) : NULL;
    const char *full_fold = full ? text_fold_string(mem, full) : NULL;
    if (!name_fold || !full_fold)
        return fault_memory(f);
    int64_t one = 0;
    TRY(store_run(db, Q_UNIT_PUT,
                  ARGS(v_text(listing_cell(r, row, CODE)), v_text(from),
                       v_text(listing_cell(r, row, KIND)), v_text(name), v_text(full),
                       *parent ? v_text(parent) : v_null(), v_text(to), v_text(name_fold),
                       v_text(full_fold)),
                  &one, f));
    *changed += one;
    return OK;
}

/* The first code a check finds, "" when there is none. */
static status first_code(store *db, arena *mem, statement q, const char **out, fault *f)
{
    cursor rows;
    TRY(store_select(db, q, NO_ARGS, &rows, f));
    *out = cursor_next(&rows) ? cursor_copy(&rows, 0, mem) : "";
    TRY(cursor_close(&rows, f));
    return *out ? OK : fault_memory(f);
}

/* What must hold of all units together. */
static status check_units(store *db, arena *mem, const char *path, fault *f)
{
    const char *code;
    TRY(first_code(db, mem, Q_UNIT_OVERLAPS, &code, f));
    if (*code)
        return FAIL(f, E_INPUT,
                    "%s: mã %s có hai dòng mà thời gian hiệu lực chồng lên nhau; hãy sửa valid_to "
                    "của dòng trước",
                    "%s: the code %s has two rows whose periods overlap; mend the first's valid_to",
                    path, code);
    TRY(first_code(db, mem, Q_UNIT_ORPHANS, &code, f));
    if (*code)
        return FAIL(f, E_INPUT, "%s: đơn vị %s thuộc một mã cấp trên (parent_code) chưa có",
                    "%s: the unit %s belongs to a parent_code that does not exist", path, code);
    return OK;
}

/* Two rows of one file must not be the same unit: the second would silently win. */
static status check_twins(const listing *r, fault *f)
{
    for (size_t i = 0; i < r->count; i++)
        for (size_t k = 0; k < i; k++)
            if (strcmp(listing_cell(r, i, CODE), listing_cell(r, k, CODE)) == 0 &&
                strcmp(listing_cell(r, i, FROM), listing_cell(r, k, FROM)) == 0)
                return ROW_FAIL(f, E_INPUT, r, i, CODE,
                                "mã %s với cùng ngày bắt đầu đã có ở dòng %zu",
                                "the code %s with the same first day is already in line %zu",
                                listing_cell(r, i, CODE), listing_line(r, k));
    return OK;
}

static status put_units(store *db, arena *mem, const listing *r, int64_t *changed, fault *f)
{
    for (size_t i = 0; i < r->count; i++)
        TRY(put_unit(db, mem, r, i, changed, f));
    if (!*changed)
        return OK;
    TRY(check_units(db, mem, r->path, f));
    char after[80];
    snprintf(after, sizeof after, "rows=%zu changed=%lld", r->count, (long long)*changed);
    return audit_record(db, "unit.load", "units", NULL, after, f);
}

status unit_load(store *db, arena *mem, const char *actor, const char *path, int64_t *count,
                 fault *f)
{
    listing r;
    int64_t changed = 0;
    TRY(listing_read(mem, path, unit_columns, COLUMNS, &r, f));
    TRY(check_twins(&r, f));
    TRY(store_begin(db, actor, f));
    status st = put_units(db, mem, &r, &changed, f);
    if (st != OK || !changed) {
        store_rollback(db);
        TRY(st);
    } else {
        TRY(store_commit(db, f));
    }
    *count = (int64_t)r.count;
    return OK;
}

/* ---- finding ---- */

enum { CANDIDATES = 16 };

typedef struct {
    int64_t id;
    bool commune, territory, exact; /* exact: also the marks are the same */
    char code[32], from[12], to[12], parent[32];
} candidate;

typedef struct {
    candidate items[CANDIDATES];
    size_t count; /* may be larger than what is kept: then nobody can tell them apart */
} candidates;

static void copy_cell(char *out, size_t size, cursor *rows, int column)
{
    snprintf(out, size, "%s", cursor_text(rows, column));
}

static status select_units(store *db, arena *mem, statement q, const char *text, const char *key,
                           int64_t year, candidates *out, fault *f)
{
    char first[12], last[12];
    cursor rows;
    snprintf(first, sizeof first, "%04d-01-01", (int)(year % 10000));
    snprintf(last, sizeof last, "%04d-12-31", (int)(year % 10000));
    out->count = 0;
    TRY(store_select(db, q, ARGS(v_text(text), v_text(last), v_text(first)), &rows, f));
    while (cursor_next(&rows)) {
        if (out->count++ >= CANDIDATES)
            continue;
        candidate *c = &out->items[out->count - 1];
        const char *own = text_key_string(mem, cursor_text(&rows, 2));
        c->id = cursor_int(&rows, 0);
        c->commune = unit_is_commune(cursor_text(&rows, 1));
        c->territory = unit_is_territory(cursor_text(&rows, 1));
        c->exact = own && strcmp(own, key) == 0;
        copy_cell(c->code, sizeof c->code, &rows, 3);
        copy_cell(c->from, sizeof c->from, &rows, 4);
        copy_cell(c->to, sizeof c->to, &rows, 5);
        copy_cell(c->parent, sizeof c->parent, &rows, 6);
    }
    return cursor_close(&rows, f);
}

static bool overlap(const candidate *a, const candidate *b)
{
    return (!*a->to || strcmp(a->to, b->from) >= 0) && (!*b->to || strcmp(b->to, a->from) >= 0);
}

/* The one meant, or NULL. Marks decide first; then a district before the communes that bear its name
 * at the same time (before 2025-07 "Thanh Trì" is the huyện, though there is a phường). */
static const candidate *choose(const candidates *all)
{
    const candidate *one = NULL;
    size_t exact = 0, above = 0;
    if (all->count == 0 || all->count > CANDIDATES)
        return NULL;
    for (size_t i = 0; i < all->count; i++) {
        exact += all->items[i].exact;
        above += !all->items[i].commune;
    }
    for (size_t i = 0; i < all->count; i++) {
        const candidate *c = &all->items[i];
        if (all->count == 1 || (exact == 1 && c->exact) ||
            (exact != 1 && above == 1 && !c->commune))
            one = c;
    }
    for (size_t i = 0; one && i < all->count; i++)
        if (!overlap(one, &all->items[i]))
            return NULL;
    return one;
}

/* Only the communes of one district. */
static void keep_children(candidates *all, const char *parent)
{
    size_t kept = 0, n = all->count < CANDIDATES ? all->count : CANDIDATES;
    for (size_t i = 0; i < n; i++)
        if (strcmp(all->items[i].parent, parent) == 0)
            all->items[kept++] = all->items[i];
    all->count = kept;
}

/* By full name, then by name, then by name without the city; `parent` NULL: anywhere. */
static status find_by_name(store *db, arena *mem, slice text, int64_t year, const char *parent,
                           candidate *out, fault *f)
{
    const char *fold = unit_name_fold(mem, text), *typed = arena_copy(mem, text.bytes, text.size);
    const char *key = typed ? text_key_string(mem, typed) : NULL;
    if (!fold || !key)
        return fault_memory(f);
    const char *shorter = unit_name_without_city(mem, fold);
    const struct {
        statement q;
        const char *fold;
    } ways[] = {{Q_UNIT_BY_FULL_NAME, fold},
                {Q_UNIT_BY_NAME, fold},
                {Q_UNIT_BY_FULL_NAME, shorter},
                {Q_UNIT_BY_NAME, shorter}};
    *out = (candidate){.id = 0};
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        candidates all;
        if (!ways[i].fold || !*ways[i].fold)
            continue;
        TRY(select_units(db, mem, ways[i].q, ways[i].fold, key, year, &all, f));
        if (parent)
            keep_children(&all, parent);
        const candidate *one = choose(&all);
        if (one)
            *out = *one;
        if (all.count)
            break;
    }
    return OK;
}

/* "phường Bưởi, quận Tây Hồ": the commune of that district. */
static status find_in_district(store *db, arena *mem, slice inner, slice outer, int64_t year,
                               candidate *out, fault *f)
{
    candidate district;
    TRY(find_by_name(db, mem, outer, year, NULL, &district, f));
    return district.id ? find_by_name(db, mem, inner, year, district.code, out, f) : OK;
}

/* "Ban Bạn đọc, Báo Hànộimới": part of the one organisation it names. Districts do not count, since an
 * association in a district is no part of its administration. */
static status find_organisation(store *db, arena *mem, slice text, int64_t year, candidate *out,
                                fault *f)
{
    size_t found = 0;
    candidate one, kept = {.id = 0};
    for (slice rest = text, last; rest.size;) {
        slice part = rest;
        if (unit_name_split(rest, &rest, &last))
            part = last;
        else
            rest.size = 0;
        TRY(find_by_name(db, mem, part, year, NULL, &one, f));
        if (one.id && !one.territory && one.id != kept.id) {
            kept = one;
            found++;
        }
    }
    if (found == 1)
        *out = kept;
    return OK;
}

status unit_find(store *db, arena *mem, const char *text, int64_t year, int64_t *id, fault *f)
{
    candidates by_code;
    candidate found;
    slice whole = {text, strlen(text)}, inner, outer;
    *id = 0;
    TRY(select_units(db, mem, Q_UNIT_BY_CODE, text, "", year, &by_code, f));
    if (by_code.count) {
        *id = by_code.count == 1 ? by_code.items[0].id : 0;
        return OK;
    }
    TRY(find_by_name(db, mem, whole, year, NULL, &found, f));
    if (!found.id && unit_name_split(whole, &inner, &outer)) {
        TRY(find_in_district(db, mem, inner, outer, year, &found, f));
        if (!found.id)
            TRY(find_organisation(db, mem, whole, year, &found, f));
    }
    *id = found.id;
    return OK;
}
