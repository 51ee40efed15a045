/* Paper sheets after they were keyed in: compared with the database, differences settled. */
#include "chamthi/contest.h"
#include "chamthi/score.h"

#include <stdio.h>
#include <string.h>

static int64_t points_at(cursor *c, int column)
{
    return cursor_null(c, column) ? -1 : cursor_int(c, column);
}

static paper_verdict judge_row(const paper_row *r, bool keyed_twice)
{
    if (keyed_twice && r->first != r->second)
        return PAPER_KEYED_APART;
    if (r->first != r->database)
        return PAPER_NOT_DATABASE;
    return keyed_twice ? PAPER_AGREES : PAPER_KEYED_ONCE;
}

static bool add_row(cursor *c, arena *mem, paper_table *t, size_t *room)
{
    paper_row *rows = arena_grow(mem, t->rows, t->count, room, sizeof *rows);
    if (!rows)
        return false;
    t->rows = rows;
    paper_row *r = &rows[t->count++];
    *r = (paper_row){.phach = cursor_copy(c, 0, mem),
                     .judge = cursor_copy(c, 1, mem),
                     .criterion = cursor_copy(c, 2, mem),
                     .first = points_at(c, 3),
                     .second = points_at(c, 4),
                     .database = points_at(c, 5)};
    r->verdict = judge_row(r, cursor_int(c, 6));
    return r->phach && r->judge && r->criterion;
}

static void count_sheets(paper_table *t)
{
    for (size_t from = 0, to; from < t->count; from = to) {
        bool agrees = true;
        for (to = from; to < t->count && strcmp(t->rows[to].phach, t->rows[from].phach) == 0 &&
                        strcmp(t->rows[to].judge, t->rows[from].judge) == 0;
             to++)
            agrees &= t->rows[to].verdict == PAPER_AGREES;
        t->sheets++;
        t->agreeing += agrees;
    }
}

status sheet_reconcile(store *db, arena *mem, int64_t year, const char *round, paper_table *out,
                       fault *f)
{
    int64_t id;
    cursor c;
    size_t room = 0;
    bool good = true;
    *out = (paper_table){0};
    TRY(contest_round_id(db, year, round, &id, f));
    TRY(store_select(db, Q_KEYED_COMPARE, ARGS(v_int(id)), &c, f));
    while (good && cursor_next(&c))
        good = add_row(&c, mem, out, &room);
    TRY(cursor_close(&c, f));
    count_sheets(out);
    return good ? OK : fault_memory(f);
}

/* ---- settling ---- */

typedef struct {
    int64_t sheet, round, criterion, keyed[2];
} found_sheet;

static status find_keyed(store *db, const sheet_settlement *s, found_sheet *out, fault *f)
{
    cursor c;
    char round_state[16] = "";
    *out = (found_sheet){.keyed = {-1, -1}};
    TRY(store_select(db, Q_SHEET_FIND, ARGS(v_text(s->phach), v_text(s->judge)), &c, f));
    bool found = cursor_next(&c);
    if (found) {
        out->sheet = cursor_int(&c, 0);
        out->round = cursor_int(&c, 2);
        snprintf(round_state, sizeof round_state, "%s", cursor_text(&c, 3));
    }
    TRY(cursor_close(&c, f));
    if (!found)
        return FAIL(f, E_MISSING, "giám khảo %s không có phiếu chấm bài %s",
                    "judge %s has no sheet for entry %s", s->judge, s->phach);
    if (strcmp(round_state, "closed") == 0)
        return FAIL(f, E_CONFLICT,
                    "vòng chấm đã đóng; hãy lập đề nghị sửa điểm: chamthi sheet amend",
                    "the round is closed; amend the mark: chamthi sheet amend");
    TRY(store_select(db, Q_CRITERION_FIND, ARGS(v_int(out->sheet), v_text(s->criterion)), &c, f));
    if (cursor_next(&c))
        out->criterion = cursor_int(&c, 0);
    TRY(cursor_close(&c, f));
    if (!out->criterion)
        return FAIL(f, E_MISSING, "vòng này, thể loại của bài này, không có tiêu chí “%s”",
                    "this round has no criterion “%s” for the entry's track", s->criterion);
    for (int keying = FIRST_KEYING; keying <= SECOND_KEYING; keying++) {
        TRY(store_select(
            db, Q_KEYED_POINTS,
            ARGS(v_text(s->phach), v_text(s->judge), v_int(out->criterion), v_int(keying)), &c, f));
        if (cursor_next(&c))
            out->keyed[keying - 1] = points_at(&c, 0);
        TRY(cursor_close(&c, f));
    }
    return OK;
}

static status may_settle(const sheet_settlement *s, const found_sheet *x, fault *f)
{
    if (x->keyed[0] == x->keyed[1])
        return FAIL(f, E_CONFLICT,
                    "phiếu của giám khảo %s cho bài %s, tiêu chí %s: hai lần nhập không khác nhau",
                    "judge %s, entry %s, criterion %s: the two keyings do not differ", s->judge,
                    s->phach, s->criterion);
    if (s->points != x->keyed[0] && s->points != x->keyed[1])
        return FAIL(
            f, E_CONFLICT,
            "điểm phải là một trong hai số đã nhập; nếu cả hai đều sai hãy nhập lại lần hai",
            "the points must be one of the two keyed; if both are wrong, key the sheet "
            "again as the second keying");
    return OK;
}

static status put_settlement(store *db, const char *actor, const sheet_settlement *s, fault *f)
{
    found_sheet x;
    int64_t marks = 0, wanted = 0;
    char object[128], before[64], after[32];
    TRY(find_keyed(db, s, &x, f));
    TRY(may_settle(s, &x, f));
    TRY(store_run(db, Q_MARK_PUT, ARGS(v_int(x.criterion), v_int(s->points), v_int(x.sheet)), NULL,
                  f));
    for (int keying = FIRST_KEYING; keying <= SECOND_KEYING; keying++)
        if (x.keyed[keying - 1] != s->points)
            TRY(store_run(db, Q_KEYED_PUT,
                          ARGS(v_int(x.criterion), v_int(keying), v_int(s->points), v_text(actor),
                               v_int(x.sheet)),
                          NULL, f));
    TRY(store_int(db, Q_MARK_COUNT, ARGS(v_int(x.sheet)), &marks, f));
    TRY(store_int(db, Q_CRITERION_COUNT, ARGS(v_int(x.sheet)), &wanted, f));
    TRY(store_run(db, Q_SHEET_TOUCH,
                  ARGS(v_text(marks == wanted ? "submitted" : "draft"), v_int(x.sheet)), NULL, f));
    TRY(sheet_keep(db, x.sheet, 0, actor, s->reason, f));
    snprintf(object, sizeof object, "sheet %s %s", s->phach, s->judge);
    snprintf(before, sizeof before, "%s: %lld/%lld", s->criterion, (long long)x.keyed[0],
             (long long)x.keyed[1]);
    snprintf(after, sizeof after, "%lld", (long long)s->points);
    return audit_record(db, "sheet.settle", object, before, after, f);
}

status sheet_settle(store *db, const char *actor, const sheet_settlement *s, fault *f)
{
    TRY(store_begin(db, actor, f));
    status st = put_settlement(db, actor, s, f);
    if (st == OK)
        return store_commit(db, f);
    store_rollback(db);
    return st;
}
