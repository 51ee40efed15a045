/* Paper sheets keyed in from a CSV: all of the file or nothing. */
#include "chamthi/clock.h"
#include "chamthi/csv.h"
#include "chamthi/random.h"
#include "chamthi/score.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    int phach, judge, criterion, points, comment;
} columns;

/* One row, looked up and read. */
typedef struct {
    size_t line;
    const char *phach, *judge, *criterion, *comment;
    int64_t sheet, criterion_id, points; /* points -1: blank */
} keyed_row;

typedef struct {
    store *db;
    arena *mem;
    const char *path;
    const char *actor, *by; /* whose command it is; who keyed */
    keyed_row *rows;
    size_t count;
    fault *f;
} file;

static status find_columns(const file *x, const csv_table *t, columns *c)
{
    static const char *const names[][3] = {{"phach", "phách", NULL},
                                           {"judge", "giám khảo", NULL},
                                           {"criterion", "tiêu chí", NULL},
                                           {"points", "điểm", NULL},
                                           {"comment", "nhận xét", NULL}};
    c->phach = csv_column(t, names[0]);
    c->judge = csv_column(t, names[1]);
    c->criterion = csv_column(t, names[2]);
    c->points = csv_column(t, names[3]);
    c->comment = csv_column(t, names[4]);
    if (c->phach < 0 || c->judge < 0 || c->criterion < 0 || c->points < 0)
        return FAIL(x->f, E_INPUT,
                    "%s: dòng tiêu đề phải có phach, judge, criterion, points; hãy lấy mẫu bằng: "
                    "chamthi sheet export",
                    "%s: the header must have phach, judge, criterion, points; get one with: "
                    "chamthi sheet export",
                    x->path);
    return OK;
}

#define ROW_FAIL(x, r, code, vi, en, ...)                                                          \
    FAIL((x)->f, code, "%s, dòng %zu: " vi, "%s, line %zu: " en, (x)->path, (r)->line, __VA_ARGS__)

static status exists(const file *x, const keyed_row *r)
{
    int64_t id;
    status st = store_int(x->db, Q_BLIND_ROUND, ARGS(v_text(r->phach)), &id, x->f);
    if (st == E_MISSING)
        return ROW_FAIL(x, r, E_INPUT, "không có mã phách “%s”; hãy so lại với phiếu giấy",
                        "there is no blind code “%s”; compare with the paper sheet", r->phach);
    TRY(st);
    st = store_int(x->db, Q_JUDGE_BY_CODE, ARGS(v_text(r->judge)), &id, x->f);
    if (st == E_MISSING)
        return ROW_FAIL(x, r, E_INPUT, "không có giám khảo mã “%s”", "there is no judge “%s”",
                        r->judge);
    TRY(st);
    return ROW_FAIL(x, r, E_INPUT, "bài %s không được phân cho giám khảo %s",
                    "entry %s was not assigned to judge %s", r->phach, r->judge);
}

static status find_sheet(const file *x, keyed_row *r, int64_t *round)
{
    cursor c;
    char state[16] = "", round_state[16] = "";
    TRY(store_select(x->db, Q_SHEET_FIND, ARGS(v_text(r->phach), v_text(r->judge)), &c, x->f));
    bool found = cursor_next(&c);
    if (found) {
        r->sheet = cursor_int(&c, 0);
        snprintf(state, sizeof state, "%s", cursor_text(&c, 1));
        *round = cursor_int(&c, 2);
        snprintf(round_state, sizeof round_state, "%s", cursor_text(&c, 3));
    }
    TRY(cursor_close(&c, x->f));
    if (!found)
        return exists(x, r);
    if (strcmp(round_state, "closed") == 0)
        return ROW_FAIL(x, r, E_CONFLICT, "vòng chấm của bài %s đã đóng",
                        "the round of entry %s is closed", r->phach);
    if (strcmp(state, "recused") == 0 || strcmp(state, "lost") == 0)
        return ROW_FAIL(x, r, E_CONFLICT, "giám khảo %s không còn chấm bài %s",
                        "judge %s no longer marks entry %s", r->judge, r->phach);
    return OK;
}

static status read_points(const file *x, keyed_row *r, const char *typed, const mark_scale *scale)
{
    switch (mark_read(typed, scale, &r->points)) {
    case MARK_POINTS: return OK;
    case MARK_BLANK: r->points = -1; return OK;
    case MARK_NO_NUMBER:
        return ROW_FAIL(x, r, E_INPUT, "điểm “%s” không phải là số", "the mark “%s” is no number",
                        typed);
    case MARK_OUT_OF_SCALE:
        return ROW_FAIL(x, r, E_INPUT, "điểm %s nằm ngoài thang %d–%d của tiêu chí %s",
                        "the mark %s is off the scale %d–%d of criterion %s", typed,
                        (int)(scale->least / 100), (int)(scale->most / 100), r->criterion);
    case MARK_OFF_STEP: break;
    }
    return ROW_FAIL(x, r, E_INPUT, "điểm %s không đúng bậc %d,%02d của tiêu chí %s",
                    "the mark %s is not on the step %d.%02d of criterion %s", typed,
                    (int)(scale->step / 100), (int)(scale->step % 100), r->criterion);
}

static status find_criterion(const file *x, keyed_row *r, mark_scale *scale)
{
    cursor c;
    TRY(store_select(x->db, Q_CRITERION_FIND, ARGS(v_int(r->sheet), v_text(r->criterion)), &c,
                     x->f));
    bool found = cursor_next(&c);
    if (found) {
        r->criterion_id = cursor_int(&c, 0);
        *scale = (mark_scale){cursor_int(&c, 1), cursor_int(&c, 2), cursor_int(&c, 3)};
    }
    TRY(cursor_close(&c, x->f));
    return found ? OK
                 : ROW_FAIL(x, r, E_INPUT, "vòng này, thể loại của bài này, không có tiêu chí “%s”",
                            "this round has no criterion “%s” for the entry's track", r->criterion);
}

/* Codes are typed by hand: case, spaces and look-alikes are put right, a wrong character is found. */
static status canonical_phach(const file *x, keyed_row *r)
{
    char code[CODE_TEXT_MAX];
    if (!code_parse(r->phach, code))
        return ROW_FAIL(x, r, E_INPUT, "mã phách “%s” gõ sai (ký tự kiểm tra không khớp)",
                        "the blind code “%s” is mistyped (its check character does not fit)",
                        r->phach);
    r->phach = arena_string(x->mem, code);
    return r->phach ? OK : fault_memory(x->f);
}

static status read_rows(file *x, const csv_table *t, const columns *at)
{
    x->rows = ARENA_ARRAY(x->mem, keyed_row, t->count);
    if (!x->rows)
        return fault_memory(x->f);
    for (size_t i = 1; i < t->count; i++) {
        keyed_row *r = &x->rows[x->count];
        mark_scale scale;
        int64_t round = 0;
        *r = (keyed_row){.line = t->rows[i].line,
                         .phach = csv_cell(&t->rows[i], at->phach),
                         .judge = csv_cell(&t->rows[i], at->judge),
                         .criterion = csv_cell(&t->rows[i], at->criterion),
                         .comment = csv_cell(&t->rows[i], at->comment)};
        TRY(canonical_phach(x, r));
        TRY(find_sheet(x, r, &round));
        TRY(find_criterion(x, r, &scale));
        TRY(read_points(x, r, csv_cell(&t->rows[i], at->points), &scale));
        x->count++;
    }
    return OK;
}

static int by_sheet(const void *a, const void *b)
{
    const keyed_row *p = a, *q = b;
    if (p->sheet != q->sheet)
        return p->sheet < q->sheet ? -1 : 1;
    if (p->criterion_id != q->criterion_id)
        return p->criterion_id < q->criterion_id ? -1 : 1;
    return p->line < q->line ? -1 : p->line > q->line;
}

static status refuse_twice(const file *x)
{
    for (size_t i = 1; i < x->count; i++) {
        const keyed_row *r = &x->rows[i];
        if (r->sheet == r[-1].sheet && r->criterion_id == r[-1].criterion_id)
            return ROW_FAIL(x, r, E_INPUT, "tiêu chí %s của bài %s, giám khảo %s đã có ở dòng %zu",
                            "criterion %s of entry %s, judge %s stands already in line %zu",
                            r->criterion, r->phach, r->judge, r[-1].line);
    }
    return OK;
}

/* ---- writing one sheet: rows[0..count) of the same sheet ---- */

typedef struct {
    char state[16];
    int64_t marks, criteria;
    const char *comment;
} sheet_now;

static status look_at_sheet(const file *x, const keyed_row *r, sheet_now *now)
{
    cursor c;
    TRY(store_select(x->db, Q_SHEET_FIND, ARGS(v_text(r->phach), v_text(r->judge)), &c, x->f));
    if (cursor_next(&c)) {
        snprintf(now->state, sizeof now->state, "%s", cursor_text(&c, 1));
        now->comment = cursor_copy(&c, 4, x->mem);
    }
    TRY(cursor_close(&c, x->f));
    if (!now->comment)
        return fault_memory(x->f);
    TRY(store_int(x->db, Q_MARK_COUNT, ARGS(v_int(r->sheet)), &now->marks, x->f));
    return store_int(x->db, Q_CRITERION_COUNT, ARGS(v_int(r->sheet)), &now->criteria, x->f);
}

static status put_mark(const file *x, const keyed_row *r, const char *state, bool *changed)
{
    int64_t present = -1;
    status st = store_int(x->db, Q_MARK_POINTS_OF, ARGS(v_int(r->sheet), v_int(r->criterion_id)),
                          &present, x->f);
    if (st != OK && st != E_MISSING)
        return st;
    if (present == r->points)
        return OK;
    if (strcmp(state, "submitted") == 0)
        return ROW_FAIL(
            x, r, E_CONFLICT,
            "phiếu của giám khảo %s cho bài %s đã nộp với điểm khác; chỉ giám khảo được sửa điểm. "
            "Lần trước gõ nhầm thì để người khác nhập lại (--second-keying) rồi chọn số đúng: "
            "chamthi sheet settle",
            "judge %s has submitted entry %s with another mark; only the judge may change it. If "
            "it was mistyped, let somebody else key it again (--second-keying) and choose: "
            "chamthi sheet settle",
            r->judge, r->phach);
    *changed = true;
    if (r->points < 0)
        return store_run(x->db, Q_MARK_DROP, ARGS(v_int(r->sheet), v_int(r->criterion_id)), NULL,
                         x->f);
    return store_run(x->db, Q_MARK_PUT,
                     ARGS(v_int(r->criterion_id), v_int(r->points), v_int(r->sheet)), NULL, x->f);
}

static const char *comment_of(const keyed_row *rows, size_t count, const char *present)
{
    for (size_t i = 0; i < count; i++)
        if (*rows[i].comment)
            return rows[i].comment;
    return present;
}

static sql_value points_or_null(int64_t points)
{
    return points < 0 ? v_null() : v_int(points);
}

static status write_sheet(const file *x, const keyed_row *rows, size_t count, sheet_entered *out)
{
    sheet_now before = {0}, after = {0};
    bool changed = false;
    TRY(look_at_sheet(x, rows, &before));
    for (size_t i = 0; i < count; i++) {
        TRY(put_mark(x, &rows[i], before.state, &changed));
        TRY(store_run(x->db, Q_KEYED_PUT,
                      ARGS(v_int(rows[i].criterion_id), v_int(FIRST_KEYING),
                           points_or_null(rows[i].points), v_text(x->by), v_int(rows[i].sheet)),
                      NULL, x->f));
    }
    TRY(look_at_sheet(x, rows, &after));
    bool complete = after.marks == after.criteria;
    const char *comment = comment_of(rows, count, before.comment);
    const char *state = complete ? "submitted" : after.marks ? "draft" : before.state;
    if (!complete)
        out->incomplete[out->incomplete_count++] =
            (sheet_incomplete){rows->phach, rows->judge, after.criteria - after.marks};
    if (!changed && strcmp(comment, before.comment) == 0 && strcmp(state, before.state) == 0)
        return OK;
    char object[128];
    snprintf(object, sizeof object, "sheet %s %s", rows->phach, rows->judge);
    out->changed++;
    TRY(store_run(x->db, Q_SHEET_PUT,
                  ARGS(v_text(state), v_text(comment), complete ? v_int(clock_now()) : v_null(),
                       v_int(rows->sheet)),
                  NULL, x->f));
    TRY(sheet_keep(x->db, rows->sheet, 0, x->actor, NULL, x->f));
    return audit_record(x->db, "sheet.enter", object, before.state, state, x->f);
}

/* ---- second keying: compared, never written over the first ---- */

static status refuse_same_person(const file *x, const keyed_row *r)
{
    cursor c;
    TRY(store_select(x->db, Q_KEYED_BY, ARGS(v_int(r->sheet), v_int(FIRST_KEYING)), &c, x->f));
    bool same = cursor_next(&c) && strcmp(cursor_text(&c, 0), x->by) == 0;
    TRY(cursor_close(&c, x->f));
    return same ? ROW_FAIL(x, r, E_CONFLICT,
                           "%s đã nhập phiếu này lần thứ nhất; lần thứ hai phải do người khác "
                           "nhập (--by TÊN)",
                           "%s keyed this sheet the first time; somebody else must key it the "
                           "second time (--by NAME)",
                           x->by)
                : OK;
}

static status compare_sheet(const file *x, const keyed_row *rows, size_t count, sheet_entered *out)
{
    int64_t changed, of_sheet = 0;
    TRY(refuse_same_person(x, rows));
    for (size_t i = 0; i < count; i++) {
        const keyed_row *r = &rows[i];
        cursor c;
        int64_t first = -1;
        TRY(store_select(
            x->db, Q_KEYED_POINTS,
            ARGS(v_text(r->phach), v_text(r->judge), v_int(r->criterion_id), v_int(FIRST_KEYING)),
            &c, x->f));
        if (cursor_next(&c) && !cursor_null(&c, 0))
            first = cursor_int(&c, 0);
        TRY(cursor_close(&c, x->f));
        if (first != r->points)
            out->differences[out->difference_count++] =
                (sheet_difference){r->phach, r->judge, r->criterion, first, r->points};
        TRY(store_run(x->db, Q_KEYED_PUT,
                      ARGS(v_int(r->criterion_id), v_int(SECOND_KEYING), points_or_null(r->points),
                           v_text(x->by), v_int(r->sheet)),
                      &changed, x->f));
        of_sheet += changed;
    }
    if (!of_sheet)
        return OK;
    char object[128];
    snprintf(object, sizeof object, "sheet %s %s", rows->phach, rows->judge);
    out->changed++;
    return audit_record(x->db, "sheet.second-keying", object, NULL, NULL, x->f);
}

static status enter_all(const file *x, sheet_keying keying, sheet_entered *out)
{
    for (size_t i = 0; i < x->count;) {
        size_t next = i + 1;
        while (next < x->count && x->rows[next].sheet == x->rows[i].sheet)
            next++;
        TRY(keying == FIRST_KEYING ? write_sheet(x, x->rows + i, next - i, out)
                                   : compare_sheet(x, x->rows + i, next - i, out));
        out->sheets++;
        i = next;
    }
    return OK;
}

status sheet_enter(store *db, arena *mem, const char *actor, const char *by, const char *path,
                   sheet_keying keying, sheet_entered *out, fault *f)
{
    csv_table t;
    columns at;
    file x = {.db = db, .mem = mem, .path = path, .actor = actor, .by = by, .f = f};
    TRY(csv_table_read(mem, path, &t, f));
    TRY(find_columns(&x, &t, &at));
    TRY(read_rows(&x, &t, &at));
    if (x.count)
        qsort(x.rows, x.count, sizeof *x.rows, by_sheet);
    TRY(refuse_twice(&x));
    sheet_entered e = {.rows = (int64_t)x.count};
    e.incomplete = ARENA_ARRAY(mem, sheet_incomplete, x.count + 1);
    e.differences = ARENA_ARRAY(mem, sheet_difference, x.count + 1);
    if (!e.incomplete || !e.differences)
        return fault_memory(f);
    TRY(store_begin(db, actor, f));
    status st = enter_all(&x, keying, &e);
    if (st != OK || !e.changed) {
        store_rollback(db);
    } else {
        st = store_commit(db, f);
    }
    if (st == OK)
        *out = e;
    return st;
}
