/* A round in the store: its ranking, and its close. */
#include "chamthi/contest.h"
#include "chamthi/score.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool add_entry(cursor *c, arena *mem, rank_table *t, size_t *capacity)
{
    rank_row *rows = arena_grow(mem, t->rows, t->count, capacity, sizeof *rows);
    if (!rows)
        return false;
    t->rows = rows;
    rows[t->count] = (rank_row){.entry_id = cursor_int(c, 0),
                                .receipt = cursor_copy(c, 1, mem),
                                .title = cursor_copy(c, 2, mem),
                                .track = cursor_copy(c, 3, mem)};
    const rank_row *r = &rows[t->count++];
    return r->receipt && r->title && r->track;
}

static status read_entries(store *db, arena *mem, int64_t round, rank_table *t, fault *f)
{
    cursor c;
    size_t capacity = 0;
    bool good = true;
    TRY(store_select(db, Q_RANK_ENTRIES, ARGS(v_int(round)), &c, f));
    while (good && cursor_next(&c))
        good = add_entry(&c, mem, t, &capacity);
    TRY(cursor_close(&c, f));
    return good ? OK : fault_memory(f);
}

typedef struct {
    rank_sheet *items;
    size_t count, capacity;
} sheet_list;

/* A sheet counts when it was submitted with a mark for every criterion. */
static status read_sheets(store *db, arena *mem, int64_t round, int64_t criteria, rank_table *t,
                          sheet_list *list, fault *f)
{
    bool good = true;
    for (size_t i = 0; i < t->count; i++) {
        cursor c;
        TRY(store_select(db, Q_RANK_SHEETS, ARGS(v_int(round), v_int(t->rows[i].entry_id)), &c, f));
        while (good && cursor_next(&c)) {
            t->rows[i].assigned++;
            if (strcmp(cursor_text(&c, 0), "submitted") != 0 || cursor_int(&c, 1) != criteria)
                continue;
            rank_sheet *items =
                arena_grow(mem, list->items, list->count, &list->capacity, sizeof *items);
            good = items != NULL;
            if (good) {
                list->items = items;
                items[list->count++] = (rank_sheet){i, cursor_int(&c, 2), cursor_copy(&c, 3, mem)};
                good = items[list->count - 1].judge != NULL;
            }
        }
        TRY(cursor_close(&c, f));
    }
    return good ? OK : fault_memory(f);
}

static status round_scale(store *db, int64_t round, int64_t *scale, int64_t *criteria, fault *f)
{
    cursor c;
    TRY(store_select(db, Q_CRITERION_SUM, ARGS(v_int(round)), &c, f));
    if (cursor_next(&c)) {
        *scale = cursor_int(&c, 0);
        *criteria = cursor_int(&c, 1);
    }
    return cursor_close(&c, f);
}

typedef struct {
    sql_value args[8];
} result_values;

static result_values values_of(int64_t round, const rank_row *r)
{
    sql_value mean = r->complete ? v_int(r->mean) : v_null();
    sql_value adjusted = r->complete ? v_int(r->adjusted) : v_null();
    return (result_values){{v_int(round), v_int(r->entry_id), v_text(fit_method_name(r->method)),
                            v_int(r->complete), mean, adjusted, r->rank ? v_int(r->rank) : v_null(),
                            v_int(r->tied)}};
}

/* Adjusts one track's entries by a fitted model; the means stay beside it. */
static status adjust_track(arena *mem, const char *track, fit_method method, rank_table *t,
                           const sheet_list *sheets, fault *f)
{
    ratings table;
    fit model;
    size_t count = 0;
    rating *rows = ARENA_ARRAY(mem, rating, sheets->count);
    if (!rows)
        return fault_memory(f);
    for (size_t i = 0; i < sheets->count; i++) {
        const rank_row *r = &t->rows[sheets->items[i].row];
        if (strcmp(r->track, track) == 0)
            rows[count++] = (rating){.entry = r->receipt,
                                     .judge = sheets->items[i].judge,
                                     .points = sheets->items[i].points};
    }
    if (!count)
        return OK;
    TRY(ratings_build(mem, track, rows, count, &table, f));
    TRY(fit_run(mem, &table, &(fit_options){.method = method, .assigned = ASSIGNED_BY_DRAW}, &model,
                f));
    for (size_t i = 0; i < t->count; i++)
        for (size_t k = 0; k < table.entry_count; k++)
            if (strcmp(t->rows[i].receipt, table.entries[k]) == 0) {
                t->rows[i].adjusted = llround(100 * model.entries[k].adjusted);
                t->rows[i].method = model.method;
            }
    for (size_t i = 0; i < model.alarms.count; i++)
        remark_add(mem, &t->alarms, model.alarms.items[i].code, "%s: %s%.0s", "%s: %.0s%s", track,
                   model.alarms.items[i].text[LANG_VI], model.alarms.items[i].text[LANG_EN]);
    return t->alarms.failed ? fault_memory(f) : OK;
}

/* Rows come track by track from the store. */
static status adjust(arena *mem, fit_method method, rank_table *t, const sheet_list *sheets,
                     fault *f)
{
    for (size_t i = 0; method != FIT_MEAN && i < t->count; i++)
        if (i == 0 || strcmp(t->rows[i].track, t->rows[i - 1].track) != 0)
            TRY(adjust_track(mem, t->rows[i].track, method, t, sheets, f));
    return OK;
}

static status stored_already(store *db, int64_t round, const rank_table *t, bool *same, fault *f)
{
    int64_t n;
    TRY(store_int(db, Q_RESULT_COUNT, ARGS(v_int(round)), &n, f));
    *same = n == (int64_t)t->count;
    for (size_t i = 0; *same && i < t->count; i++) {
        result_values v = values_of(round, &t->rows[i]);
        TRY(store_int(db, Q_RESULT_SAME, v.args, 8, &n, f));
        *same = n == 1;
    }
    return OK;
}

static status write_results(store *db, int64_t year, const char *key, int64_t round,
                            const rank_table *t, fault *f)
{
    char object[128], after[64];
    TRY(store_run(db, Q_RESULT_CLEAR, ARGS(v_int(round)), NULL, f));
    for (size_t i = 0; i < t->count; i++) {
        result_values v = values_of(round, &t->rows[i]);
        TRY(store_run(db, Q_RESULT_PUT, v.args, 8, NULL, f));
    }
    snprintf(object, sizeof object, "round %lld %s", (long long)year, key);
    snprintf(after, sizeof after, "%s, %zu entries", fit_method_name(t->rows[0].method), t->count);
    return audit_record(db, "rank", object, NULL, after, f);
}

status rank_round(store *db, arena *mem, const char *actor, int64_t year, const char *key,
                  fit_method method, rank_table *out, fault *f)
{
    int64_t round, criteria = 0;
    rank_table t = {0};
    sheet_list sheets = {0};
    bool same;
    TRY(contest_round_id(db, year, key, &round, f));
    TRY(round_scale(db, round, &t.scale, &criteria, f));
    TRY(read_entries(db, mem, round, &t, f));
    if (!t.count)
        return FAIL(f, E_MISSING,
                    "vòng %s năm %lld chưa có bài nào; hãy cấp mã phách trước: chamthi phach give",
                    "round %s of %lld has no entries; give blind codes first: chamthi phach give",
                    key, (long long)year);
    TRY(read_sheets(db, mem, round, criteria, &t, &sheets, f));
    rank_means(t.rows, t.count, sheets.items, sheets.count, t.scale);
    TRY(adjust(mem, method, &t, &sheets, f));
    rank_places(t.rows, t.count);
    TRY(stored_already(db, round, &t, &same, f));
    t.changed = !same;
    if (!same) {
        TRY(store_begin(db, actor, f));
        status st = write_results(db, year, key, round, &t, f);
        if (st != OK) {
            store_rollback(db);
            return st;
        }
        TRY(store_commit(db, f));
    }
    *out = t;
    return OK;
}

/* ---- closing ---- */

static status close_now(store *db, int64_t round, const char *object, const char *reason, fault *f)
{
    TRY(store_run(db, Q_ROUND_SET_STATE, ARGS(v_text("closed"), v_int(round)), NULL, f));
    return audit_record(db, "round.close", object, "open", reason ? reason : "closed", f);
}

static status may_close(store *db, int64_t round, const char *key, const char *reason, fault *f)
{
    int64_t unfinished;
    TRY(store_int(db, Q_ROUND_UNFINISHED, ARGS(v_int(round)), &unfinished, f));
    if (unfinished && !reason)
        return FAIL(
            f, E_CONFLICT,
            "vòng %s còn %lld phiếu chưa nộp; xem: chamthi sheet list --round %s. "
            "Nếu vẫn đóng, hãy ghi lý do bằng --reason",
            "round %s still has %lld unfinished sheets; see: chamthi sheet list --round %s. "
            "To close all the same, give the reason with --reason",
            key, (long long)unfinished, key);
    return OK;
}

status round_close(store *db, const char *actor, int64_t year, const char *key, const char *reason,
                   fault *f)
{
    int64_t round;
    char object[128], state[16] = "";
    cursor c;
    TRY(contest_round_id(db, year, key, &round, f));
    TRY(store_select(db, Q_ROUND_STATE, ARGS(v_int(round)), &c, f));
    if (cursor_next(&c))
        snprintf(state, sizeof state, "%s", cursor_text(&c, 0));
    TRY(cursor_close(&c, f));
    if (strcmp(state, "closed") == 0)
        return OK;
    if (strcmp(state, "planned") == 0)
        return FAIL(f, E_CONFLICT, "vòng %s năm %lld chưa mở", "round %s of %lld is not open yet",
                    key, (long long)year);
    TRY(may_close(db, round, key, reason, f));
    snprintf(object, sizeof object, "round %lld %s", (long long)year, key);
    TRY(store_begin(db, actor, f));
    status st = close_now(db, round, object, reason, f);
    if (st != OK) {
        store_rollback(db);
        return st;
    }
    return store_commit(db, f);
}
