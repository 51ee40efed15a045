/* Commendations outside the ranking: units that organised well, and those whom entries were about. */
#include "add.h"

#include <stdio.h>

typedef struct {
    int64_t year;
    const char *kind, *name, *unit;
    sql_value unit_id, entry_id;
} commended;

static status find_unit(store *db, arena *mem, const char *code, commended *out, fault *f)
{
    cursor c;
    char first[20], last[20];
    snprintf(first, sizeof first, "%d-12-31", (int)out->year);
    snprintf(last, sizeof last, "%d-01-01", (int)out->year);
    TRY(store_select(db, Q_AWARD_UNIT, ARGS(v_text(code), v_text(first), v_text(last)), &c, f));
    if (cursor_next(&c)) {
        out->unit_id = v_int(cursor_int(&c, 0));
        out->name = cursor_copy(&c, 1, mem);
    }
    TRY(cursor_close(&c, f));
    if (!out->name)
        return FAIL(f, E_MISSING, "năm %d không có đơn vị mã “%s”; xem: chamthi unit list",
                    "%d has no unit of the code “%s”; see: chamthi unit list", (int)out->year,
                    code);
    return OK;
}

static status find_subject(store *db, arena *mem, const char *receipt, commended *out, fault *f)
{
    cursor c;
    TRY(store_select(db, Q_AWARD_SUBJECT, ARGS(v_text(receipt)), &c, f));
    if (cursor_next(&c)) {
        out->year = cursor_int(&c, 0);
        out->entry_id = v_int(cursor_int(&c, 1));
        out->name = cursor_copy(&c, 2, mem);
        out->unit = cursor_copy(&c, 3, mem);
        out->kind = "subject";
    }
    TRY(cursor_close(&c, f));
    if (!out->name)
        return FAIL(f, E_MISSING, "bài %s không có, hoặc không ghi nhân vật",
                    "there is no entry %s, or it names nobody it is about", receipt);
    return OK;
}

static status commend(store *db, arena *mem, const commended *who, const award_commendation *what,
                      int64_t *id, fault *f)
{
    contest *own;
    char object[40];
    int64_t same;
    TRY(store_int(db, Q_AWARD_SAME,
                  ARGS(v_int(who->year), v_text(who->kind), v_text(who->name), v_text(what->prize),
                       v_text(who->unit)),
                  &same, f));
    if (same)
        return FAIL(f, E_CONFLICT, "“%s” đã được đề xuất %s; xem: chamthi award list",
                    "“%s” is proposed for %s already; see: chamthi award list", who->name,
                    what->prize);
    TRY(contest_get(db, mem, who->year, &own, f));
    const new_award award = {.year = who->year,
                             .kind = who->kind,
                             .prize = what->prize,
                             .prize_id = v_null(),
                             .entry_id = who->entry_id,
                             .unit_id = who->unit_id,
                             .recipient = who->name,
                             .unit = who->unit,
                             .title = "",
                             .track = "",
                             .honorific = what->honorific,
                             .achievement = what->achievement,
                             .source = "loaded",
                             .state = "proposed",
                             .decision.signatory = own->signatory_title};
    TRY(award_add(db, mem, &award, id, f));
    snprintf(object, sizeof object, "award %lld", (long long)*id);
    return audit_record(db, "award.commend", object, NULL, what->prize, f);
}

status award_commend(store *db, arena *mem, const char *actor, int64_t year,
                     const award_commendation *what, int64_t *id, fault *f)
{
    commended who = {
        .year = year, .kind = "collective", .unit = "", .unit_id = v_null(), .entry_id = v_null()};
    if (!what->unit + !what->subject + !what->name != 2)
        return FAIL(f, E_USAGE, "cần đúng một trong: --unit MÃ, --subject SỐ-TIẾP-NHẬN, --name TÊN",
                    "exactly one of --unit CODE, --subject RECEIPT and --name TEXT is wanted");
    if (what->unit)
        TRY(find_unit(db, mem, what->unit, &who, f));
    else if (what->subject)
        TRY(find_subject(db, mem, what->subject, &who, f));
    else
        who.name = what->name;
    TRY(store_begin(db, actor, f));
    status st = commend(db, mem, &who, what, id, f);
    if (st == OK)
        return store_commit(db, f);
    store_rollback(db);
    return st;
}
