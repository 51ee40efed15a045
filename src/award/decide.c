/* What people decide about awards: decision numbers, holds, revocations. */
#include "chamthi/award.h"

#include <stdio.h>
#include <string.h>

enum { DECIDE_AT_ONCE = 512 };

typedef struct {
    int64_t year;
    char state[16], decision[128];
} award_state;

static status read_state(store *db, int64_t id, award_state *out, fault *f)
{
    cursor c;
    TRY(store_select(db, Q_AWARD_GET, ARGS(v_int(id)), &c, f));
    bool found = cursor_next(&c);
    if (found) {
        out->year = cursor_int(&c, 0);
        snprintf(out->state, sizeof out->state, "%s", cursor_text(&c, 1));
        snprintf(out->decision, sizeof out->decision, "%s", cursor_text(&c, 2));
    }
    TRY(cursor_close(&c, f));
    if (!found)
        return FAIL(f, E_MISSING, "không có giải số %lld; xem: chamthi award list",
                    "there is no award %lld; see: chamthi award list", (long long)id);
    return OK;
}

static const char *state_vi(const char *state)
{
    static const char *const words[][2] = {{"proposed", "đang đề xuất"},
                                           {"decided", "đã quyết định"},
                                           {"held", "đang tạm dừng"},
                                           {"revoked", "đã thu hồi"}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(words[i][0], state) == 0)
            return words[i][1];
    return state;
}

static status record(store *db, const char *action, int64_t id, const char *before,
                     const char *after, fault *f)
{
    char object[40];
    snprintf(object, sizeof object, "award %lld", (long long)id);
    return audit_record(db, action, object, before, after, f);
}

/* ---- deciding ---- */
static status decide_one(store *db, int64_t year, int64_t id, const char *decision, const char *day,
                         fault *f)
{
    award_state a;
    char after[200];
    TRY(read_state(db, id, &a, f));
    if (a.year != year)
        return FAIL(f, E_INPUT, "giải số %lld thuộc cuộc thi %d, không phải %d",
                    "the award %lld belongs to %d, not to %d", (long long)id, (int)a.year,
                    (int)year);
    if (strcmp(a.state, "proposed") != 0)
        return FAIL(f, E_CONFLICT, "giải số %lld %s%.0s", "the award %lld is %.0s%s", (long long)id,
                    state_vi(a.state), a.state);
    TRY(store_run(db, Q_AWARD_DECIDE, ARGS(v_text(decision), v_text(day), v_int(id)), NULL, f));
    snprintf(after, sizeof after, "decided %s %s", decision, day);
    return record(db, "award.decide", id, "proposed", after, f);
}

/* Up to DECIDE_AT_ONCE proposals; deciding takes them out of the list, so the next call gets more. */
static status read_proposed(store *db, int64_t year, int64_t *ids, size_t *count, fault *f)
{
    cursor c;
    *count = 0;
    TRY(store_select(db, Q_AWARD_PROPOSED_IDS, ARGS(v_int(year)), &c, f));
    while (*count < DECIDE_AT_ONCE && cursor_next(&c))
        ids[(*count)++] = cursor_int(&c, 0);
    return cursor_close(&c, f);
}

static status decide_list(store *db, int64_t year, const int64_t *ids, size_t count,
                          const char *decision, const char *day, int64_t *decided, fault *f)
{
    for (size_t i = 0; i < count; i++, ++*decided)
        TRY(decide_one(db, year, ids[i], decision, day, f));
    return OK;
}

static status decide(store *db, int64_t year, const int64_t *ids, size_t count,
                     const char *decision, const char *day, int64_t *decided, fault *f)
{
    int64_t proposed[DECIDE_AT_ONCE];
    size_t found;
    if (ids)
        return decide_list(db, year, ids, count, decision, day, decided, f);
    do {
        TRY(read_proposed(db, year, proposed, &found, f));
        TRY(decide_list(db, year, proposed, found, decision, day, decided, f));
    } while (found == DECIDE_AT_ONCE);
    if (!*decided)
        return FAIL(f, E_CONFLICT,
                    "cuộc thi %d không còn đề xuất nào; hãy chạy trước: chamthi award propose",
                    "%d has no proposals; run first: chamthi award propose", (int)year);
    return OK;
}

status award_decide(store *db, const char *actor, int64_t year, const int64_t *ids, size_t count,
                    const char *decision, date day, int64_t *decided, fault *f)
{
    char text[20];
    *decided = 0;
    if (!*decision || strlen(decision) >= 120 || !date_valid(day))
        return FAIL(f, E_INPUT, "số quyết định trống hoặc quá dài, hoặc ngày sai",
                    "the decision number is empty or too long, or the date is wrong");
    date_iso(day, text);
    TRY(store_begin(db, actor, f));
    status st = decide(db, year, ids, count, decision, text, decided, f);
    if (st == OK)
        return store_commit(db, f);
    store_rollback(db);
    return st;
}

/* ---- hold, release, revoke ---- */
typedef struct {
    const char *name;         /* in the audit */
    const char *from, *from2; /* states it may start in */
    const char *to;
    const char *certificate_from, *certificate_from2, *certificate_to;
} transition;

static const transition transitions[] = {
    [AWARD_HOLD] = {"award.hold", "decided", "", "held", "issued", "", "held"},
    [AWARD_RELEASE] = {"award.release", "held", "", "decided", "held", "", "issued"},
    [AWARD_REVOKE] = {"award.revoke", "decided", "held", "revoked", "issued", "held", "revoked"},
};

static status act(store *db, int64_t id, const transition *t, const char *reason, fault *f)
{
    award_state a;
    TRY(read_state(db, id, &a, f));
    if (strcmp(a.state, t->from) != 0 && strcmp(a.state, t->from2) != 0)
        return FAIL(f, E_CONFLICT, "giải số %lld %s, không làm việc này được%.0s",
                    "the award %lld is %.0s%s: this cannot be done", (long long)id,
                    state_vi(a.state), a.state);
    TRY(store_run(db, Q_AWARD_STATE, ARGS(v_text(t->to), v_text(reason), v_int(id)), NULL, f));
    TRY(store_run(
        db, Q_AWARD_CERTIFICATE_STATE,
        ARGS(v_text(t->certificate_to), v_text(reason), v_int(id), v_text(t->certificate_from)),
        NULL, f));
    if (*t->certificate_from2)
        TRY(store_run(db, Q_AWARD_CERTIFICATE_STATE,
                      ARGS(v_text(t->certificate_to), v_text(reason), v_int(id),
                           v_text(t->certificate_from2)),
                      NULL, f));
    return record(db, t->name, id, a.state, t->to, f);
}

status award_act(store *db, const char *actor, int64_t id, award_action action, const char *reason,
                 fault *f)
{
    if (!*reason)
        return FAIL(f, E_INPUT, "cần nêu lý do: --reason \"…\"",
                    "a reason is wanted: --reason \"…\"");
    TRY(store_begin(db, actor, f));
    status st = act(db, id, &transitions[action], reason, f);
    if (st == OK)
        return store_commit(db, f);
    store_rollback(db);
    return st;
}
