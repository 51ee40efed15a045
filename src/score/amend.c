/* A mark changed after the close: shown first, then applied, with the old result kept. */
#include "board.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    store *db;
    arena *mem;
    const amendment *a;
    board b;
    int64_t sheet, criterion_id, old;
    size_t criterion; /* of the rules */
    amendment_effect *out;
} amending;

static status find_sheet(amending *x, fault *f)
{
    cursor c;
    char round_state[16] = "", state[16] = "";
    int64_t round = 0;
    TRY(store_select(x->db, Q_SHEET_FIND, ARGS(v_text(x->a->phach), v_text(x->a->judge)), &c, f));
    bool found = cursor_next(&c);
    if (found) {
        x->sheet = cursor_int(&c, 0);
        snprintf(state, sizeof state, "%s", cursor_text(&c, 1));
        round = cursor_int(&c, 2);
        snprintf(round_state, sizeof round_state, "%s", cursor_text(&c, 3));
    }
    TRY(cursor_close(&c, f));
    if (!found || round != x->b.round)
        return FAIL(f, E_MISSING, "vòng %s: giám khảo %s không có phiếu chấm bài %s",
                    "round %s: judge %s has no sheet for entry %s", x->b.rules->key, x->a->judge,
                    x->a->phach);
    if (strcmp(round_state, "closed") != 0)
        return FAIL(
            f, E_CONFLICT,
            "vòng %s chưa đóng: hãy trả phiếu cho giám khảo sửa (chamthi sheet return)",
            "round %s is not closed: hand the sheet back to its judge (chamthi sheet return)",
            x->b.rules->key);
    if (strcmp(state, "submitted") != 0)
        return FAIL(f, E_CONFLICT, "phiếu của giám khảo %s cho bài %s chưa nộp nên không tính điểm",
                    "the sheet of judge %s for entry %s is not submitted and does not count",
                    x->a->judge, x->a->phach);
    return OK;
}

static status find_mark(amending *x, fault *f)
{
    const contest_round *rules = x->b.rules;
    cursor c;
    while (x->criterion < rules->criterion_count &&
           strcmp(rules->criteria[x->criterion].key, x->a->criterion) != 0)
        x->criterion++;
    if (x->criterion == rules->criterion_count)
        return FAIL(f, E_MISSING, "vòng này không có tiêu chí “%s”",
                    "this round has no criterion “%s”", x->a->criterion);
    const contest_criterion *k = &rules->criteria[x->criterion];
    if (x->a->points < k->least || x->a->points > k->most ||
        (x->a->points - k->least) % k->step != 0)
        return FAIL(f, E_INPUT, "điểm mới nằm ngoài thang hoặc không đúng bậc của tiêu chí %s",
                    "the new points are off the scale or the step of criterion %s", k->key);
    TRY(store_select(x->db, Q_CRITERION_FIND, ARGS(v_int(x->sheet), v_text(k->key)), &c, f));
    bool found = cursor_next(&c);
    if (found)
        x->criterion_id = cursor_int(&c, 0);
    TRY(cursor_close(&c, f));
    return found ? OK
                 : FAIL(f, E_MISSING, "thể loại của bài này không chấm theo tiêu chí “%s”",
                        "entries of this track are not marked by the criterion “%s”", k->key);
}

/* The board with the mark changed; the old one goes to x->old. */
static status change_board(amending *x, board *out, fault *f)
{
    size_t n = x->b.rules->criterion_count;
    const contest_criterion *k = &x->b.rules->criteria[x->criterion];
    TRY(board_copy(x->mem, &x->b, out, f));
    for (size_t i = 0; i < out->sheet_count; i++) {
        rank_sheet *s = &out->sheets[i];
        if (s->sheet_id != x->sheet)
            continue;
        int64_t *marks = ARENA_ARRAY(x->mem, int64_t, n);
        if (!marks)
            return fault_memory(f);
        memcpy(marks, s->marks, n * sizeof *marks);
        x->old = marks[x->criterion];
        s->points += criterion_weigh(k, x->a->points) - criterion_weigh(k, x->old);
        marks[x->criterion] = x->a->points;
        s->marks = marks;
        return OK;
    }
    return FAIL(f, E_CONFLICT, "bài %s không còn dự xếp hạng", "the entry %s is no longer ranked",
                x->a->phach);
}

static const rank_row *same_entry(const rank_table *t, int64_t entry)
{
    for (size_t i = 0; i < t->count; i++)
        if (t->rows[i].entry_id == entry)
            return &t->rows[i];
    return NULL;
}

/* Every entry whose points or rank change. */
static status compare(amending *x, const rank_table *before, const rank_table *after, fault *f)
{
    amendment_effect *e = x->out;
    e->rows = ARENA_ARRAY(x->mem, amendment_row, after->count + 1);
    if (!e->rows)
        return fault_memory(f);
    e->old = x->old;
    for (size_t i = 0; i < after->count; i++) {
        const rank_row *now = &after->rows[i], *was = same_entry(before, now->entry_id);
        if (!was || (was->adjusted == now->adjusted && was->rank == now->rank))
            continue;
        size_t places = board_places(&x->b, now->track);
        bool above = now->rank && (size_t)now->rank <= places;
        bool was_above = was->rank && (size_t)was->rank <= places;
        e->rows[e->count++] = (amendment_row){.receipt = now->receipt,
                                              .track = now->track,
                                              .points_before = was->adjusted,
                                              .points_after = now->adjusted,
                                              .rank_before = was->rank,
                                              .rank_after = now->rank,
                                              .crosses = above != was_above};
    }
    return OK;
}

static status store_mark(amending *x, const char *actor, fault *f)
{
    char object[128], before[64], after[64];
    TRY(store_run(x->db, Q_MARK_PUT,
                  ARGS(v_int(x->criterion_id), v_int(x->a->points), v_int(x->sheet)), NULL, f));
    TRY(store_run(x->db, Q_SHEET_TOUCH, ARGS(v_text("submitted"), v_int(x->sheet)), NULL, f));
    TRY(sheet_keep(x->db, x->sheet, 0, actor, x->a->reason, f));
    snprintf(object, sizeof object, "sheet %s %s", x->a->phach, x->a->judge);
    snprintf(before, sizeof before, "%s: %lld", x->a->criterion, (long long)x->old);
    snprintf(after, sizeof after, "%s: %lld", x->a->criterion, (long long)x->a->points);
    return audit_record(x->db, "sheet.amend", object, before, after, f);
}

static status amend(amending *x, const char *actor, amend_mode mode, fault *f)
{
    const board_options options = {.method = FIT_RULEBOOK};
    board changed;
    rank_table before, after;
    TRY(find_sheet(x, f));
    TRY(find_mark(x, f));
    TRY(change_board(x, &changed, f));
    if (x->old == x->a->points)
        return FAIL(f, E_CONFLICT, "phiếu đã ghi đúng số điểm đó, không có gì để sửa",
                    "the sheet already says so, there is nothing to amend");
    TRY(board_rank(x->mem, &x->b, &options, &before, NULL, f));
    TRY(board_rank(x->mem, &changed, &options, &after, NULL, f));
    TRY(compare(x, &before, &after, f));
    if (mode == AMEND_SHOW)
        return OK;
    TRY(store_mark(x, actor, f));
    return board_store(x->db, &changed, &after, actor, x->a->reason, f);
}

status sheet_amend(store *db, arena *mem, const char *actor, int64_t year, const char *round,
                   const amendment *a, amend_mode mode, amendment_effect *out, fault *f)
{
    amending x = {.db = db, .mem = mem, .a = a, .out = out};
    *out = (amendment_effect){0};
    TRY(store_begin(db, actor, f)); /* shown and applied from one state of the database */
    status st = board_read(db, mem, year, round, &x.b, f);
    if (st == OK)
        st = amend(&x, actor, mode, f);
    if (st == OK && mode == AMEND_APPLY)
        return store_commit(db, f);
    store_rollback(db);
    return st;
}

/* ---- rankings of the past ---- */

status ranking_list(store *db, arena *mem, int64_t year, const char *round, ranking_version **out,
                    size_t *count, fault *f)
{
    int64_t id;
    cursor c;
    size_t room = 0;
    bool good = true;
    *out = NULL;
    *count = 0;
    TRY(contest_round_id(db, year, round, &id, f));
    TRY(store_select(db, Q_RANKING_LIST, ARGS(v_int(id)), &c, f));
    while (good && cursor_next(&c)) {
        ranking_version *list = arena_grow(mem, *out, *count, &room, sizeof *list);
        good = list != NULL;
        if (!good)
            break;
        *out = list;
        list[*count] = (ranking_version){.id = cursor_int(&c, 0),
                                         .at = cursor_int(&c, 1),
                                         .by = cursor_copy(&c, 2, mem),
                                         .method = cursor_copy(&c, 3, mem),
                                         .reason = cursor_copy(&c, 4, mem),
                                         .receipt = cursor_copy(&c, 5, mem),
                                         .points = cursor_null(&c, 6) ? -1 : cursor_int(&c, 6),
                                         .rank = cursor_int(&c, 7),
                                         .track = cursor_copy(&c, 8, mem)};
        good = list[*count].by && list[*count].method && list[*count].reason &&
               list[*count].receipt && list[*count].track;
        ++*count;
    }
    TRY(cursor_close(&c, f));
    return good ? OK : fault_memory(f);
}
