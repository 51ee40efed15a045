/* A prize proposed by a person: at a tie, or against the ranking, with a reason. */
#include "add.h"
#include "names.h"

#include "chamthi/text.h"

#include <stdio.h>
#include <string.h>

typedef struct {
    int64_t entry, year, prize;
    const char *title, *track, *prize_name;
} gift;

static status find_entry(store *db, arena *mem, const char *receipt, gift *out, fault *f)
{
    cursor c;
    *out = (gift){0};
    TRY(store_select(db, Q_AWARD_ENTRY, ARGS(v_text(receipt)), &c, f));
    if (cursor_next(&c))
        *out = (gift){.entry = cursor_int(&c, 0),
                      .year = cursor_int(&c, 1),
                      .title = cursor_copy(&c, 2, mem),
                      .track = cursor_copy(&c, 3, mem)};
    TRY(cursor_close(&c, f));
    if (!out->entry)
        return FAIL(f, E_MISSING, "không có bài %s", "there is no entry %s", receipt);
    return OK;
}

static status find_prize(store *db, arena *mem, gift *g, const char *wanted, fault *f)
{
    cursor c;
    char *fold = text_fold_string(mem, wanted);
    if (!fold)
        return fault_memory(f);
    TRY(store_select(db, Q_AWARD_PRIZE_LIKE, ARGS(v_int(g->year), v_text(g->track)), &c, f));
    while (!g->prize && cursor_next(&c)) {
        char *name = text_fold_string(mem, cursor_text(&c, 2));
        if (strcmp(cursor_text(&c, 1), wanted) == 0 || (name && strcmp(name, fold) == 0)) {
            g->prize = cursor_int(&c, 0);
            g->prize_name = cursor_copy(&c, 2, mem);
        }
    }
    TRY(cursor_close(&c, f));
    if (!g->prize)
        return FAIL(f, E_MISSING, "cuộc thi %d không có giải “%s” cho thể loại %s",
                    "the contest %d has no prize “%s” for the track %s", (int)g->year, wanted,
                    g->track);
    return OK;
}

static status give(store *db, arena *mem, const char *receipt, const char *prize,
                   const char *reason, int64_t *id, fault *f)
{
    gift g;
    char object[64];
    const char *names, *units;
    contest *definition;
    TRY(find_entry(db, mem, receipt, &g, f));
    TRY(find_prize(db, mem, &g, prize, f));
    TRY(contest_get(db, mem, g.year, &definition, f));
    TRY(award_names(db, mem, g.entry, &names, &units, f));
    const new_award award = {.year = g.year,
                             .kind = "entry",
                             .prize = g.prize_name,
                             .prize_id = v_int(g.prize),
                             .entry_id = v_int(g.entry),
                             .recipient = names,
                             .unit = units,
                             .title = g.title,
                             .track = g.track,
                             .source = "rank",
                             .state = "proposed",
                             .reason = reason,
                             .decision.signatory = definition->signatory_title};
    TRY(store_run(db, Q_AWARD_FORGET_PROPOSAL, ARGS(v_int(g.entry)), NULL, f));
    status st = award_add(db, mem, &award, id, f);
    if (st == E_CONFLICT)
        return FAIL(f, E_CONFLICT, "bài %s đã có giải theo quyết định; xem: chamthi award list",
                    "the entry %s has a decided award; see: chamthi award list", receipt);
    TRY(st);
    snprintf(object, sizeof object, "entry %s", receipt);
    return audit_record(db, "award.give", object, NULL, g.prize_name, f);
}

status award_give(store *db, arena *mem, const char *actor, const char *receipt, const char *prize,
                  const char *reason, int64_t *id, fault *f)
{
    TRY(store_begin(db, actor, f));
    status st = give(db, mem, receipt, prize, reason, id, f);
    if (st == OK)
        return store_commit(db, f);
    store_rollback(db);
    return st;
}
