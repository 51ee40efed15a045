/* What people decide between entries of equal points: a vote, a public lot. */
#include "board.h"

#include <stdio.h>
#include <string.h>

static size_t step_named(const board *b, const char *word)
{
    size_t k = 0;
    while (k < b->rules->tie_count && strcmp(b->rules->ties[k].by, word) != 0)
        k++;
    return k;
}

/* The ranking as it stands, for a round that may still be decided. */
static status rank_for_tie(store *db, arena *mem, int64_t year, const char *round, const char *word,
                           board *b, rank_table *t, fault *f)
{
    const board_options options = {.method = FIT_RULEBOOK};
    TRY(board_read(db, mem, year, round, b, f));
    if (strcmp(b->state, "closed") == 0)
        return FAIL(f, E_CONFLICT, "vòng %s đã đóng", "round %s is closed", b->rules->key);
    if (step_named(b, word) == b->rules->tie_count)
        return FAIL(f, E_CONFLICT,
                    "quy chế vòng %s không có bước này khi bằng điểm; hãy thêm “by: %s” vào ties "
                    "của vòng trong tệp định nghĩa, trước khi chấm",
                    "the rules of round %s do not have this step for equal points; add “by: %s” to "
                    "the round's ties in the definition, before judging",
                    b->rules->key, word);
    return board_rank(mem, b, &options, t, NULL, f);
}

static const rank_row *row_of(const rank_table *t, const char *receipt)
{
    for (size_t i = 0; i < t->count; i++)
        if (strcmp(t->rows[i].receipt, receipt) == 0)
            return &t->rows[i];
    return NULL;
}

/* Level on all steps before `step`. */
static bool level(const rank_row *x, const rank_row *y, size_t step)
{
    bool same = x->complete && y->complete && x->adjusted == y->adjusted && x->group == y->group &&
                strcmp(x->track, y->track) == 0;
    for (size_t k = 0; k < step; k++)
        same = same && x->ties[k] == y->ties[k];
    return same;
}

static bool voted(const tie_vote *votes, size_t count, const char *receipt)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(votes[i].receipt, receipt) == 0)
            return true;
    return false;
}

static status check_votes(const board *b, const rank_table *t, const tie_vote *votes, size_t count,
                          fault *f)
{
    size_t step = step_named(b, "vote"), members = 0;
    const rank_row *first = row_of(t, votes[0].receipt);
    for (size_t i = 0; i < count; i++) {
        const rank_row *r = row_of(t, votes[i].receipt);
        if (!r)
            return FAIL(f, E_MISSING, "vòng này không có bài %s", "this round has no entry %s",
                        votes[i].receipt);
        if (!level(first, r, step))
            return FAIL(f, E_CONFLICT, "bài %s và %s không bằng điểm nhau nên không biểu quyết",
                        "the entries %s and %s do not stand level, so there is no vote",
                        votes[0].receipt, votes[i].receipt);
    }
    for (size_t i = 0; i < t->count; i++) {
        members += level(first, &t->rows[i], step);
        if (level(first, &t->rows[i], step) && !voted(votes, count, t->rows[i].receipt))
            return FAIL(f, E_CONFLICT, "bài %s cũng bằng điểm; hãy ghi cả số phiếu của bài ấy",
                        "the entry %s stands level too; give its votes as well",
                        t->rows[i].receipt);
    }
    return members > 1 && members == count
               ? OK
               : FAIL(f, E_CONFLICT, "không có bài nào bằng điểm với bài %s",
                      "no entry stands level with %s", votes[0].receipt);
}

static status put_votes(store *db, const board *b, const rank_table *t, const tie_vote *votes,
                        size_t count, const char *reason, fault *f)
{
    for (size_t i = 0; i < count; i++) {
        char object[64], after[32];
        TRY(store_run(db, Q_TIE_VOTE_PUT,
                      ARGS(v_int(b->round), v_int(row_of(t, votes[i].receipt)->entry_id),
                           v_int(votes[i].votes), v_text(reason)),
                      NULL, f));
        snprintf(object, sizeof object, "entry %s", votes[i].receipt);
        snprintf(after, sizeof after, "%lld votes", (long long)votes[i].votes);
        TRY(audit_record(db, "tie.vote", object, NULL, after, f));
    }
    return OK;
}

status tie_put_votes(store *db, arena *mem, const char *actor, int64_t year, const char *round,
                     const tie_vote *votes, size_t count, const char *reason, fault *f)
{
    board b;
    rank_table t;
    TRY(rank_for_tie(db, mem, year, round, "vote", &b, &t, f));
    TRY(check_votes(&b, &t, votes, count, f));
    TRY(store_begin(db, actor, f));
    status st = put_votes(db, &b, &t, votes, count, reason, f);
    if (st == OK)
        return store_commit(db, f);
    store_rollback(db);
    return st;
}

static status put_lot(store *db, const board *b, const char *drawn, const char *reason, fault *f)
{
    char object[128];
    TRY(store_run(db, Q_TIE_LOT_PUT, ARGS(v_int(b->round), v_text(drawn), v_text(reason)), NULL,
                  f));
    snprintf(object, sizeof object, "round %lld %s", (long long)b->year, b->rules->key);
    return audit_record(db, "tie.lot", object, NULL, drawn, f);
}

status tie_put_lot(store *db, arena *mem, const char *actor, int64_t year, const char *round,
                   const char *drawn, const char *reason, fault *f)
{
    board b;
    rank_table t;
    TRY(rank_for_tie(db, mem, year, round, "lot", &b, &t, f));
    if (b.drawn)
        return FAIL(f, E_CONFLICT, "vòng %s đã rút thăm rồi: “%s”; không rút lại",
                    "the lot of round %s was drawn already: “%s”; there is no second one",
                    b.rules->key, b.drawn);
    TRY(store_begin(db, actor, f));
    status st = put_lot(db, &b, drawn, reason, f);
    if (st == OK)
        return store_commit(db, f);
    store_rollback(db);
    return st;
}
