/* The authorizer: a judge's or the public's connection cannot name a table outside its list. */
#include "access.h"

#include <string.h>

enum { READS = 1, INSERTS = 2, UPDATES = 4, DELETES = 8 };

typedef struct {
    access_role who;
    const char *table;
    int may;
    const char *never;   /* a column that stays closed although the table may be read */
    const char *through; /* the view that alone may read it, NULL: anybody of the role */
} grant;

/* A contest's definition names people who are barred from it; a revocation's reason may name one. The
 * audit rows of judges are written by them and read by nobody but organizers. */
static const grant grants[] = {
    {BY_JUDGE, "contest", READS, "definition", NULL},
    {BY_JUDGE, "track", READS, NULL, NULL},
    {BY_JUDGE, "round", READS, NULL, NULL},
    {BY_JUDGE, "criterion", READS, NULL, NULL},
    {BY_JUDGE, "rubric", READS, NULL, NULL},
    {BY_JUDGE, "weighed_mark", READS, NULL, NULL},
    {BY_JUDGE, "blind", READS, NULL, NULL},
    {BY_JUDGE, "blind_page", READS, NULL, NULL},
    {BY_JUDGE, "sheet", READS | UPDATES, "purpose", NULL},
    {BY_JUDGE, "sheet_revision", READS | INSERTS, NULL, NULL},
    {BY_JUDGE, "mark_revision", READS | INSERTS, NULL, NULL},
    {BY_JUDGE, "mark", READS | INSERTS | UPDATES | DELETES, NULL, NULL},
    {BY_JUDGE, "sheet_note", READS | INSERTS | UPDATES, NULL, NULL},
    {BY_JUDGE, "suspicion", READS | INSERTS, NULL, NULL},
    {BY_JUDGE, "declared_conflict", INSERTS, NULL, NULL},
    {BY_JUDGE, "audit", INSERTS, NULL, NULL},
    {BY_JUDGE, "audit_head", READS | UPDATES, NULL, NULL},
    {BY_LOGIN, "user", READS | UPDATES, NULL, NULL},
    {BY_LOGIN, "second_factor", READS | UPDATES, NULL, NULL},
    {BY_LOGIN, "recovery_code", READS | UPDATES, NULL, NULL},
    {BY_LOGIN, "judge", READS, NULL, NULL},
    {BY_LOGIN, "session", READS | INSERTS | DELETES, NULL, NULL},
    {BY_LOGIN, "login_failure", READS | INSERTS | DELETES, NULL, NULL},
    {BY_LOGIN, "audit", INSERTS, NULL, NULL},
    {BY_LOGIN, "audit_head", READS | UPDATES, NULL, NULL},
    {BY_PUBLIC, "contest", READS, "definition", NULL},
    {BY_PUBLIC, "certificate", READS, "reason", NULL},
    {BY_PUBLIC, "publication", READS, NULL, NULL},
    {BY_PUBLIC, "public_rule", READS, NULL, NULL},
    {BY_PUBLIC, "public_result", READS, NULL, NULL},
    {BY_PUBLIC, "award", READS, NULL, "public_result"},
    {BY_PUBLIC, "prize", READS, NULL, "public_result"},
    {BY_PUBLIC, "public_draw", READS, NULL, NULL},
    {BY_PUBLIC, "draw", READS, NULL, "public_draw"},
    {BY_PUBLIC, "round", READS, NULL, "public_draw"},
};

static int decide(access_role who, const char *table, const char *column, const char *view,
                  int what)
{
    for (size_t i = 0; i < sizeof grants / sizeof *grants; i++) {
        const grant *g = &grants[i];
        if (g->who != who || strcmp(g->table, table) != 0)
            continue;
        if (g->through && (!view || strcmp(g->through, view) != 0))
            return SQLITE_DENY;
        bool closed = column && g->never && strcmp(g->never, column) == 0;
        return closed || !(g->may & what) ? SQLITE_DENY : SQLITE_OK;
    }
    return SQLITE_DENY;
}

static int authorize(void *context, int action, const char *first, const char *second,
                     const char *database, const char *view)
{
    access_role who = *(const access_role *)context;
    (void)database;
    switch (action) {
    case SQLITE_SELECT:
    case SQLITE_FUNCTION:
    case SQLITE_TRANSACTION:
    case SQLITE_SAVEPOINT:
    case SQLITE_RECURSIVE: return SQLITE_OK;
    case SQLITE_READ: return decide(who, first, second, view, READS);
    case SQLITE_INSERT: return decide(who, first, NULL, view, INSERTS);
    case SQLITE_UPDATE: return decide(who, first, NULL, view, UPDATES);
    case SQLITE_DELETE: return decide(who, first, NULL, view, DELETES);
    default: return SQLITE_DENY;
    }
}

int access_install(sqlite3 *db, const access_role *who)
{
    if (*who == BY_ORGANIZER)
        return SQLITE_OK;
    return sqlite3_set_authorizer(db, authorize, (void *)who);
}
