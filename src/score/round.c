/* A round's ranking in the store: the last one, and all before it. */
#include "board.h"

#include "chamthi/clock.h"

#include <stdio.h>
#include <string.h>

typedef struct {
    sql_value args[9];
} result_values;
enum { RESULT_VALUES = 9 };

static result_values values_of(int64_t round, const rank_table *t, const rank_row *r)
{
    sql_value mean = r->complete ? v_int(r->mean) : v_null();
    sql_value adjusted = r->complete ? v_int(r->adjusted) : v_null();
    return (result_values){{v_int(round), v_int(r->entry_id), v_text(fit_method_name(r->method)),
                            v_int(r->complete), mean, adjusted, r->rank ? v_int(r->rank) : v_null(),
                            v_int(r->tied),
                            r->tie_step < 0 ? v_null() : v_text(t->steps[r->tie_step])}};
}

status board_stored(store *db, const board *b, const rank_table *t, bool *same, fault *f)
{
    int64_t n;
    TRY(store_int(db, Q_RESULT_COUNT, ARGS(v_int(b->round)), &n, f));
    *same = n == (int64_t)t->count;
    for (size_t i = 0; *same && i < t->count; i++) {
        result_values v = values_of(b->round, t, &t->rows[i]);
        TRY(store_int(db, Q_RESULT_SAME, v.args, RESULT_VALUES, &n, f));
        *same = n == 1;
    }
    return OK;
}

status board_store(store *db, const board *b, const rank_table *t, const char *actor,
                   const char *reason, fault *f)
{
    char object[128], after[64];
    int64_t ranking;
    const char *method = fit_method_name(t->rows[0].method);
    TRY(store_run(db, Q_RESULT_CLEAR, ARGS(v_int(b->round)), NULL, f));
    TRY(store_insert(
        db, Q_RANKING_ADD,
        ARGS(v_int(b->round), v_int(clock_now()), v_text(actor), v_text(method), v_text(reason)),
        &ranking, f));
    for (size_t i = 0; i < t->count; i++) {
        result_values v = values_of(b->round, t, &t->rows[i]);
        TRY(store_run(db, Q_RESULT_PUT, v.args, RESULT_VALUES, NULL, f));
        TRY(store_run(
            db, Q_RANKING_ROW_ADD,
            ARGS(v_int(ranking), v.args[1], v.args[3], v.args[4], v.args[5], v.args[6], v.args[7]),
            NULL, f));
    }
    snprintf(object, sizeof object, "round %lld %s", (long long)b->year, b->rules->key);
    snprintf(after, sizeof after, "%s, %zu entries, ranking %lld", method, t->count,
             (long long)ranking);
    return audit_record(db, "rank", object, NULL, after, f);
}

static status store_ranking(store *db, arena *mem, const board *b, rank_table *t, const char *actor,
                            fault *f)
{
    bool same;
    TRY(board_stored(db, b, t, &same, f));
    t->changed = !same;
    if (!same && strcmp(b->state, "closed") == 0) {
        t->changed = false;
        remark_add(
            mem, &t->alarms, "closed",
            "vòng đã đóng: kết quả đã lưu giữ nguyên, bảng này khác kết quả đó và chỉ để "
            "tham khảo; muốn sửa điểm: chamthi sheet amend",
            "the round is closed: its stored result stays, this table differs from it and is "
            "for information only; to change a mark: chamthi sheet amend");
    }
    if (!t->changed)
        return t->alarms.failed ? fault_memory(f) : OK;
    return board_store(db, b, t, actor, NULL, f);
}

status rank_round(store *db, arena *mem, const char *actor, int64_t year, const char *key,
                  fit_method method, rank_table *out, fault *f)
{
    board b;
    const board_options options = {.method = method, .draws = FIT_DRAWS};
    TRY(board_read(db, mem, year, key, &b, f));
    TRY(board_rank(mem, &b, &options, out, NULL, f));
    TRY(store_begin(db, actor, f));
    status st = store_ranking(db, mem, &b, out, actor, f);
    if (st == OK && out->changed)
        return store_commit(db, f);
    store_rollback(db);
    return st;
}
