/* Authors of several entries who may be one person: proposed, and decided by people. */
#include "chamthi/intake.h"

#include "chamthi/clock.h"

#include <inttypes.h>
#include <stdio.h>

static status find(store *db, int64_t year, int64_t *found, fault *f)
{
    char object[40], after[40];
    TRY(store_run(db, Q_SAME_PERSON_FIND, ARGS(v_int(year)), found, f));
    if (!*found)
        return OK;
    snprintf(object, sizeof object, "authors %" PRId64, year);
    snprintf(after, sizeof after, "%" PRId64 " pairs", *found);
    return audit_record(db, "person.find", object, NULL, after, f);
}

status person_find(store *db, const char *actor, int64_t year, int64_t *found, fault *f)
{
    TRY(store_begin(db, actor, f));
    status st = find(db, year, found, f);
    if (st == OK)
        return store_commit(db, f);
    store_rollback(db);
    return st;
}

static status decide(store *db, const char *actor, int64_t pair, const char *word, fault *f)
{
    int64_t changed = 0;
    char object[40];
    TRY(store_run(db, Q_SAME_PERSON_DECIDE,
                  ARGS(v_text(word), v_text(actor), v_int(clock_now()), v_int(pair)), &changed, f));
    if (!changed)
        return FAIL(f, E_MISSING, "không có cặp tác giả số %" PRId64 "; xem: chamthi person list",
                    "there is no pair of authors %" PRId64 "; see: chamthi person list", pair);
    snprintf(object, sizeof object, "pair %" PRId64, pair);
    return audit_record(db, "person.decide", object, NULL, word, f);
}

status person_decide(store *db, const char *actor, const int64_t *pairs, size_t count,
                     person_decision decided, fault *f)
{
    const char *word = decided == PERSON_SAME ? "accepted" : "rejected";
    TRY(store_begin(db, actor, f));
    status st = OK;
    for (size_t i = 0; i < count && st == OK; i++)
        st = decide(db, actor, pairs[i], word, f);
    if (st == OK)
        return store_commit(db, f);
    store_rollback(db);
    return st;
}
