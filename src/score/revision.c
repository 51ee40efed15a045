/* A sheet's versions: kept at every change, shown, handed back. */
#include "chamthi/clock.h"
#include "chamthi/score.h"

#include <stdio.h>
#include <string.h>

status sheet_keep(store *db, int64_t sheet, int64_t judge, const char *by, const char *reason,
                  fault *f)
{
    sql_value now = v_int(clock_now()), id = v_int(sheet);
    if (judge) {
        TRY(store_run(db, Q_DESK_KEEP, ARGS(now, v_text(by), v_text(reason), id, v_int(judge)),
                      NULL, f));
        return store_run(db, Q_DESK_KEEP_MARKS, ARGS(id, v_int(judge)), NULL, f);
    }
    TRY(store_run(db, Q_SHEET_KEEP, ARGS(now, v_text(by), v_text(reason), id), NULL, f));
    return store_run(db, Q_SHEET_KEEP_MARKS, ARGS(id), NULL, f);
}

/* ---- handing back ---- */

static status find_returnable(store *db, const char *phach, const char *judge, int64_t *sheet,
                              fault *f)
{
    cursor c;
    char state[16] = "", round[16] = "";
    TRY(store_select(db, Q_SHEET_FIND, ARGS(v_text(phach), v_text(judge)), &c, f));
    bool found = cursor_next(&c);
    if (found) {
        *sheet = cursor_int(&c, 0);
        snprintf(state, sizeof state, "%s", cursor_text(&c, 1));
        snprintf(round, sizeof round, "%s", cursor_text(&c, 3));
    }
    TRY(cursor_close(&c, f));
    if (!found)
        return FAIL(f, E_MISSING, "giám khảo %s không có phiếu chấm bài %s",
                    "judge %s has no sheet for entry %s", judge, phach);
    if (strcmp(round, "open") != 0)
        return FAIL(f, E_CONFLICT,
                    "vòng chấm đã đóng nên không trả phiếu được; hãy lập đề nghị sửa điểm: "
                    "chamthi sheet amend",
                    "the round is closed, so no sheet goes back; amend it: chamthi sheet amend");
    if (strcmp(state, "submitted") != 0)
        return FAIL(f, E_CONFLICT, "phiếu của giám khảo %s cho bài %s chưa nộp nên không cần trả",
                    "the sheet of judge %s for entry %s is not submitted, so it need not go back",
                    judge, phach);
    return OK;
}

static status put_return(store *db, const char *actor, const char *phach, const char *judge,
                         const char *reason, fault *f)
{
    int64_t sheet = 0;
    char object[128];
    TRY(find_returnable(db, phach, judge, &sheet, f));
    TRY(store_run(db, Q_SHEET_RETURN, ARGS(v_text(reason), v_int(sheet)), NULL, f));
    TRY(sheet_keep(db, sheet, 0, actor, reason, f));
    snprintf(object, sizeof object, "sheet %s %s", phach, judge);
    return audit_record(db, "sheet.return", object, "submitted", "returned", f);
}

status sheet_return(store *db, const char *actor, const char *phach, const char *judge,
                    const char *reason, fault *f)
{
    TRY(store_begin(db, actor, f));
    status st = put_return(db, actor, phach, judge, reason, f);
    if (st == OK)
        return store_commit(db, f);
    store_rollback(db);
    return st;
}

/* ---- abstaining ---- */

static status put_abstention(store *db, const char *actor, int64_t sheet, int64_t judge_id,
                             const char *phach, int64_t rev, fault *f)
{
    int64_t changed;
    char object[80], before[32];
    TRY(store_run(db, Q_DESK_ABSTAIN, ARGS(v_int(sheet), v_int(judge_id), v_int(rev)), &changed,
                  f));
    if (!changed)
        return FAIL(
            f, E_CONFLICT, "phiếu này vừa được thay đổi ở nơi khác; hãy mở lại bài rồi quyết định",
            "this sheet was changed elsewhere a moment ago; open the essay again and decide");
    TRY(sheet_keep(db, sheet, judge_id, actor, NULL, f));
    snprintf(object, sizeof object, "sheet %.70s", phach);
    snprintf(before, sizeof before, "rev %lld", (long long)rev);
    return audit_record(db, "sheet.abstain", object, before, "abstained", f);
}

status sheet_abstain(store *db, const char *actor, int64_t sheet, int64_t judge_id,
                     const char *phach, int64_t rev, fault *f)
{
    TRY(store_begin(db, actor, f));
    status st = put_abstention(db, actor, sheet, judge_id, phach, rev, f);
    if (st == OK)
        return store_commit(db, f);
    store_rollback(db);
    return st;
}

/* ---- reading ---- */

typedef struct {
    arena *mem;
    sheet_versions list;
    size_t version_room, mark_room;
} history;

static bool add_version(history *h, cursor *c)
{
    sheet_version *items =
        arena_grow(h->mem, h->list.items, h->list.count, &h->version_room, sizeof *items);
    if (!items)
        return false;
    h->list.items = items;
    h->mark_room = 0;
    sheet_version *v = &items[h->list.count++];
    *v = (sheet_version){.rev = cursor_int(c, 0),
                         .at = cursor_int(c, 1),
                         .by = cursor_copy(c, 2, h->mem),
                         .state = cursor_copy(c, 3, h->mem),
                         .comment = cursor_copy(c, 4, h->mem),
                         .reason = cursor_copy(c, 5, h->mem)};
    return v->by && v->state && v->comment && v->reason;
}

static bool add_mark(history *h, cursor *c)
{
    sheet_version *v = &h->list.items[h->list.count - 1];
    sheet_mark *marks = arena_grow(h->mem, v->marks, v->mark_count, &h->mark_room, sizeof *marks);
    if (!marks)
        return false;
    v->marks = marks;
    marks[v->mark_count] =
        (sheet_mark){cursor_copy(c, 6, h->mem), cursor_null(c, 7) ? -1 : cursor_int(c, 7)};
    return marks[v->mark_count++].criterion != NULL;
}

static status read_history(store *db, arena *mem, statement q, const char *phach, sql_value judge,
                           sheet_versions *out, fault *f)
{
    history h = {.mem = mem};
    cursor c;
    bool good = true;
    TRY(store_select(db, q, ARGS(v_text(phach), judge), &c, f));
    while (good && cursor_next(&c)) {
        size_t n = h.list.count;
        if (!n || h.list.items[n - 1].rev != cursor_int(&c, 0))
            good = add_version(&h, &c);
        good = good && add_mark(&h, &c);
    }
    TRY(cursor_close(&c, f));
    *out = h.list;
    if (!good)
        return fault_memory(f);
    return out->count ? OK
                      : FAIL(f, E_MISSING, "phiếu này chưa có lịch sử: chưa ai ghi điểm vào",
                             "this sheet has no history: nobody has marked it yet");
}

status sheet_history(store *db, arena *mem, const char *phach, const char *judge,
                     sheet_versions *out, fault *f)
{
    return read_history(db, mem, Q_SHEET_HISTORY, phach, v_text(judge), out, f);
}

status sheet_own_history(store *db, arena *mem, const char *phach, int64_t judge_id,
                         sheet_versions *out, fault *f)
{
    return read_history(db, mem, Q_DESK_HISTORY, phach, v_int(judge_id), out, f);
}
