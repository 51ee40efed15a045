/* One run of the rules over a year: entries, authors and barred people out of the store. */
#include "finding.h"

#include "chamthi/text.h"

#include <stdio.h>
#include <string.h>

enum { RUN_MEMORY = 64 * 1024 * 1024, ENTRY_MEMORY = 64 * 1024 * 1024 };

/* ---- reading ---- */

typedef struct {
    finding_keeper keeper;
    arena *mem; /* of the whole run; the keeper has that of one entry */
    const contest *c;
    const check_barred *barred;
    size_t barred_count;
} run;

static const struct {
    const char *role, *vi, *en;
} roles[] = {
    {"judge", "giám khảo", "judge"},
    {"organizer", "thành viên Ban Tổ chức", "an organizer"},
    {"secretary", "thành viên Tổ Thư ký", "a secretary"},
    {"relative", "người thân của Ban Tổ chức hoặc giám khảo",
     "a relative of an organizer or judge"},
};

static status describe(arena *mem, const char *role, const char *code, check_barred *b, fault *f)
{
    const char *vi = role, *en = role;
    for (size_t i = 0; i < sizeof roles / sizeof *roles; i++)
        if (strcmp(roles[i].role, role) == 0) {
            vi = roles[i].vi;
            en = roles[i].en;
        }
    b->who_vi = arena_format(mem, "%s%s%s", vi, *code ? " " : "", code);
    b->who_en = arena_format(mem, "%s%s%s", en, *code ? " " : "", code);
    return b->who_vi && b->who_en ? OK : fault_memory(f);
}

/* The same person may stand in the judges' list and in the definition: the judge's row is enough. */
static bool listed(const check_barred *list, size_t count, const check_barred *b)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(list[i].name_key, b->name_key) == 0 && list[i].birth_year == b->birth_year &&
            strcmp(list[i].unit_fold, b->unit_fold) == 0)
            return true;
    return false;
}

static status read_one_barred(arena *mem, cursor *c, check_barred *b, fault *f)
{
    *b = (check_barred){
        .name_key = name_key(mem, cursor_text(c, 0)),
        .name_fold = cursor_copy(c, 1, mem),
        .birth_year = cursor_int(c, 2),
        .phone = cursor_copy(c, 5, mem),
        .unit_fold = text_fold_string(mem, cursor_text(c, 6)),
    };
    if (!b->name_key || !b->name_fold || !b->phone || !b->unit_fold)
        return fault_memory(f);
    return describe(mem, cursor_text(c, 3), cursor_text(c, 4), b, f);
}

static status read_barred(run *r, int64_t year, fault *f)
{
    check_barred *list = NULL;
    size_t count = 0, capacity = 0;
    cursor c;
    status st = OK;
    TRY(store_select(r->keeper.db, Q_CHECK_BARRED, ARGS(v_int(year)), &c, f));
    while (st == OK && cursor_next(&c)) {
        list = rules_grow(r->mem, list, count, &capacity, sizeof *list);
        st = list ? read_one_barred(r->mem, &c, &list[count], f) : fault_memory(f);
        count += st == OK && !listed(list, count, &list[count]);
    }
    status closed = cursor_close(&c, st == OK ? f : NULL);
    r->barred = list;
    r->barred_count = count;
    return st == OK ? closed : st;
}

static status read_authors(run *r, int64_t entry_id, check_entry *e, fault *f)
{
    check_author *list = NULL;
    size_t count = 0, capacity = 0;
    cursor c;
    status st = OK;
    TRY(store_select(r->keeper.db, Q_CHECK_AUTHORS, ARGS(v_int(entry_id)), &c, f));
    while (st == OK && cursor_next(&c)) {
        list = rules_grow(r->keeper.mem, list, count, &capacity, sizeof *list);
        if (!list) {
            st = fault_memory(f);
            break;
        }
        list[count] = (check_author){
            .name = cursor_copy(&c, 0, r->keeper.mem),
            .name_key = cursor_copy(&c, 1, r->keeper.mem),
            .name_fold = cursor_copy(&c, 2, r->keeper.mem),
            .birth_year = cursor_int(&c, 3),
            .address = cursor_copy(&c, 4, r->keeper.mem),
            .phone = cursor_copy(&c, 5, r->keeper.mem),
            .email = cursor_copy(&c, 6, r->keeper.mem),
            .unit = cursor_copy(&c, 7, r->keeper.mem),
            .unit_fold = text_fold_string(r->keeper.mem, cursor_text(&c, 7)),
        };
        const check_author *a = &list[count++];
        if (!a->name || !a->name_key || !a->name_fold || !a->address || !a->phone || !a->email ||
            !a->unit || !a->unit_fold)
            st = fault_memory(f);
    }
    status closed = cursor_close(&c, st == OK ? f : NULL);
    e->authors = list;
    e->author_count = count;
    return st == OK ? closed : st;
}

/* The entry at a cursor of CHECK_ENTRIES; its texts are valid until the cursor moves. */
static check_entry entry_at(cursor *c)
{
    bool counted = !cursor_null(c, 6) && strcmp(cursor_text(c, 7), "none") != 0;
    return (check_entry){
        .track = cursor_text(c, 2),
        .title = cursor_text(c, 3),
        .sent_by = cursor_text(c, 4),
        .received = date_from_time(cursor_int(c, 5)),
        .words = counted ? cursor_int(c, 6) : -1,
        .words_by = strcmp(cursor_text(c, 7), "machine") == 0 ? WORDS_COUNTED : WORDS_DECLARED,
        .seconds = cursor_null(c, 8) ? -1 : cursor_int(c, 8),
        .published = cursor_text(c, 9),
        .publisher = cursor_text(c, 10),
        .url = cursor_text(c, 11),
        .subject = cursor_text(c, 12),
        .subject_kind = cursor_text(c, 13),
        .subject_address = cursor_text(c, 14),
        .subject_unit = cursor_text(c, 15),
        .subject_group = cursor_text(c, 16),
        .text = cursor_bytes(c, 17),
    };
}

/* ---- one run ---- */

static status check_one(run *r, cursor *c, fault *f)
{
    check_findings found = {0};
    int64_t id = cursor_int(c, 0);
    check_entry e = entry_at(c);
    arena_reset(r->keeper.mem);
    TRY(read_authors(r, id, &e, f));
    TRY(rules_check(r->keeper.mem, r->c, &e, &found, f));
    TRY(rules_check_barred(r->keeper.mem, &e, r->barred, r->barred_count, &found, f));
    r->keeper.sum->entries++;
    return finding_keep(&r->keeper, id, e.text, &found, f);
}

static status check_all(run *r, int64_t year, fault *f)
{
    cursor c;
    TRY(read_barred(r, year, f));
    TRY(store_select(r->keeper.db, Q_CHECK_ENTRIES, ARGS(v_int(year)), &c, f));
    status st = OK;
    while (st == OK && cursor_next(&c))
        st = check_one(r, &c, f);
    status closed = cursor_close(&c, st == OK ? f : NULL);
    return st == OK ? closed : st;
}

static status finish(run *r, int64_t year, fault *f)
{
    check_summary *sum = r->keeper.sum;
    cursor c;
    TRY(store_select(r->keeper.db, Q_FINDING_COUNT, ARGS(v_int(year)), &c, f));
    if (cursor_next(&c)) {
        sum->current = cursor_int(&c, 0);
        sum->open = cursor_int(&c, 1);
    }
    TRY(cursor_close(&c, f));
    if (!sum->added && !sum->vanished && !r->keeper.renewed)
        return OK;
    char object[40], after[120];
    snprintf(object, sizeof object, "contest %lld", (long long)year);
    snprintf(after, sizeof after, "entries %lld, findings %lld, new %lld, vanished %lld",
             (long long)sum->entries, (long long)sum->current, (long long)sum->added,
             (long long)sum->vanished);
    return audit_record(r->keeper.db, "check", object, NULL, after, f);
}

status check_run(store *db, const char *actor, int64_t year, check_summary *out, fault *f)
{
    *out = (check_summary){0};
    run r = {.mem = arena_new(RUN_MEMORY),
             .keeper = {.db = db, .mem = arena_new(ENTRY_MEMORY), .sum = out}};
    contest *c = NULL;
    status st = r.mem && r.keeper.mem ? contest_get(db, r.mem, year, &c, f) : fault_memory(f);
    r.c = c;
    if (st == OK)
        st = store_begin(db, actor, f);
    if (st == OK)
        st = check_all(&r, year, f);
    if (st == OK)
        st = finish(&r, year, f);
    if (st == OK)
        st = store_commit(db, f);
    else
        store_rollback(db);
    arena_free(r.mem);
    arena_free(r.keeper.mem);
    return st;
}
