/* Results of years of which only lists survive: names, titles, prizes, decisions; no texts. */
#include "add.h"
#include "list.h"

#include "chamthi/text.h"

#include <stdio.h>
#include <string.h>

typedef struct {
    store *db;
    arena *mem;
    const char *path;
    const contest *contest;
    award_row *rows;
    size_t count;
    award_load_result *out;
} loading;

/* The track by its own name when the contest has it; else as the list wrote it. */
static status find_track(loading *l, award_row *r, fault *f)
{
    cursor c;
    int64_t id = 0;
    if (!*r->cells[TRACK] ||
        contest_track_id(l->db, l->contest->year, r->cells[TRACK], &id, NULL) != OK)
        return OK;
    TRY(store_select(l->db, Q_AWARD_TRACK_NAME, ARGS(v_int(id)), &c, f));
    if (cursor_next(&c))
        r->cells[TRACK] = cursor_copy(&c, 0, l->mem);
    TRY(cursor_close(&c, f));
    return r->cells[TRACK] ? OK : fault_memory(f);
}

/* "Nhất" is the contest's "Giải Nhất", and written so. */
static status find_prize(loading *l, award_row *r, sql_value *prize, fault *f)
{
    cursor c;
    *prize = v_null();
    char *wanted = text_fold_string(l->mem, r->cells[PRIZE]);
    char *full = wanted ? arena_format(l->mem, "giai %s", wanted) : NULL;
    if (!full)
        return fault_memory(f);
    TRY(store_select(l->db, Q_AWARD_PRIZE_LIKE,
                     ARGS(v_int(l->contest->year), v_text(r->cells[TRACK])), &c, f));
    while (prize->kind == VALUE_NULL && cursor_next(&c)) {
        char *fold = text_fold_string(l->mem, cursor_text(&c, 2));
        if (fold && (strcmp(fold, wanted) == 0 || strcmp(fold, full) == 0)) {
            *prize = v_int(cursor_int(&c, 0));
            r->cells[PRIZE] = cursor_copy(&c, 2, l->mem);
        }
    }
    TRY(cursor_close(&c, f));
    return r->cells[PRIZE] ? OK : fault_memory(f);
}

/* The entry of that title by that author, when there is exactly one. */
static status find_entry(loading *l, const award_row *r, sql_value *entry, fault *f)
{
    cursor c;
    *entry = v_null();
    char *title = text_fold_string(l->mem, r->cells[TITLE]);
    char *first = arena_copy(l->mem, r->cells[NAME], strcspn(r->cells[NAME], ";"));
    char *name = first ? text_fold_string(l->mem, first) : NULL;
    if (!title || !name)
        return fault_memory(f);
    if (strcmp(r->kind, "entry") != 0 || r->since || !*title)
        return OK;
    TRY(store_select(l->db, Q_AWARD_ENTRY_LIKE,
                     ARGS(v_int(l->contest->year), v_text(title), v_text(name)), &c, f));
    if (cursor_next(&c) && !cursor_null(&c, 0))
        *entry = v_int(cursor_int(&c, 0));
    return cursor_close(&c, f);
}

/* The award a row speaks of, whether or not both say the decision, and also under the name by which
 * its certificate was issued first; *id 0 when there is none. */
static status find_award(loading *l, const award_row *r, int64_t *id, bool *undecided, fault *f)
{
    cursor c;
    *id = 0;
    TRY(store_select(l->db, Q_AWARD_LIKE,
                     ARGS(v_int(l->contest->year), v_text(r->kind), v_text(r->cells[NAME]),
                          v_text(r->cells[TITLE]), v_text(r->cells[PRIZE]), v_text(r->cells[UNIT]),
                          v_text(r->cells[DECISION]), v_text(r->day)),
                     &c, f));
    if (cursor_next(&c)) {
        *id = cursor_int(&c, 0);
        *undecided = cursor_int(&c, 1) != 0;
    }
    return cursor_close(&c, f);
}

static status put_row(loading *l, award_row *r, fault *f)
{
    int64_t id;
    bool undecided;
    sql_value prize, entry;
    TRY(find_track(l, r, f));
    TRY(find_prize(l, r, &prize, f));
    TRY(find_award(l, r, &id, &undecided, f));
    if (r->decision.number && (!id || undecided))
        TRY(award_check_decision(l->db, l->mem, &r->decision, f));
    if (id && undecided && r->decision.number && *r->decision.number) {
        l->out->decided++;
        return award_decide_one(l->db, l->contest->year, id, &r->decision, f);
    }
    if (id) {
        l->out->unchanged++;
        return OK;
    }
    TRY(find_entry(l, r, &entry, f));
    const new_award award = {.year = l->contest->year,
                             .kind = r->kind,
                             .prize = r->cells[PRIZE],
                             .prize_id = prize,
                             .entry_id = entry,
                             .recipient = r->cells[NAME],
                             .unit = r->cells[UNIT],
                             .title = r->cells[TITLE],
                             .track = r->cells[TRACK],
                             .honorific = r->cells[HONORIFIC],
                             .achievement = r->cells[ACHIEVEMENT],
                             .since = r->since,
                             .source = "loaded",
                             .state = r->decision.number ? "decided" : "proposed",
                             .decision = r->decision};
    TRY(award_add(l->db, l->mem, &award, NULL, f));
    l->out->added++;
    return OK;
}

static status put_rows(loading *l, fault *f)
{
    char object[40], after[80];
    for (size_t i = 0; i < l->count; i++, l->out->rows++) {
        status st = put_row(l, &l->rows[i], f);
        if (st != OK) {
            fault_prefix(f, "%s, dòng %zu", "%s, line %zu", l->path, l->rows[i].line);
            return st;
        }
    }
    if (!l->out->added)
        return OK;
    snprintf(object, sizeof object, "contest %d", (int)l->contest->year);
    snprintf(after, sizeof after, "%lld rows", (long long)l->out->added);
    return audit_record(l->db, "award.load", object, NULL, after, f);
}

status award_load(store *db, arena *mem, const char *actor, const char *path, int64_t year,
                  award_load_result *out, fault *f)
{
    contest *own;
    *out = (award_load_result){0};
    TRY(contest_get(db, mem, year, &own, f));
    loading l = {.db = db, .mem = mem, .path = path, .contest = own, .out = out};
    TRY(award_list_read(mem, path, own, &l.rows, &l.count, out, f));
    TRY(store_begin(db, actor, f));
    status st = put_rows(&l, f);
    if (st == OK && (out->added || out->decided))
        return store_commit(db, f);
    store_rollback(db);
    return st;
}
