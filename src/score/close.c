/* Closing a round. */
#include "chamthi/contest.h"
#include "chamthi/score.h"

#include <stdio.h>
#include <string.h>

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
