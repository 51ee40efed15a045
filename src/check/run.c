/* One run of the rules over a year. */
#include "finding.h"
#include "gather.h"

#include <stdio.h>
#include <string.h>

enum { RUN_MEMORY = 256 * 1024 * 1024, ENTRY_MEMORY = 64 * 1024 * 1024 };

typedef struct {
    finding_keeper keeper; /* with the memory of one entry */
    check_year year;
} run;

static status check_one(run *r, cursor *c, fault *f)
{
    arena *mem = r->keeper.mem;
    check_findings found = {0};
    rules_run rules = {.mem = mem,
                       .c = r->year.c,
                       .patterns = r->year.patterns,
                       .pattern_count = r->year.pattern_count,
                       .out = &found};
    check_entry e;
    arena_reset(mem);
    TRY(year_entry(&r->year, c, mem, &e, f));
    TRY(rules_check(&rules, &e, f));
    TRY(rules_check_entries(&rules, &e, r->year.writers, r->year.writer_count, f));
    TRY(rules_check_barred(&rules, &e, r->year.barred, r->year.barred_count, f));
    TRY(rules_check_subject(&rules, &e, r->year.subjects, r->year.memo, f));
    r->keeper.sum->entries++;
    return finding_keep(&r->keeper, e.id, e.text, &found, f);
}

static status check_all(run *r, fault *f)
{
    cursor c;
    TRY(store_select(r->keeper.db, Q_CHECK_ENTRIES, ARGS(v_int(r->year.year), v_int(0)), &c, f));
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
    arena *mem = arena_new(RUN_MEMORY);
    run r = {.keeper = {.db = db, .mem = arena_new(ENTRY_MEMORY), .sum = out}};
    status st = mem && r.keeper.mem ? year_open(&r.year, db, mem, year, f) : fault_memory(f);
    if (st == OK)
        st = store_begin(db, actor, f);
    if (st == OK)
        st = check_all(&r, f);
    if (st == OK)
        st = finish(&r, year, f);
    if (st == OK)
        st = store_commit(db, f);
    else
        store_rollback(db);
    year_close(&r.year);
    arena_free(mem);
    arena_free(r.keeper.mem);
    return st;
}
