/* The authorizer: a judge's or the public's connection cannot name a table outside its list. */
#include "access.h"

#include <string.h>

enum { READS = 1, INSERTS = 2, UPDATES = 4, DELETES = 8 };

typedef struct {
    access_role who;
    const char *table;
    int may;
    const char *never; /* a column that stays closed although the table may be read */
} grant;

/* A contest's definition names people who are barred from it; a revocation's reason may name one. The
 * audit rows of judges are written by them and read by nobody but organizers. */
static const grant grants[] = {
    {BY_JUDGE, "contest", READS, "definition"},
    {BY_JUDGE, "track", READS, NULL},
    {BY_JUDGE, "round", READS, NULL},
    {BY_JUDGE, "criterion", READS, NULL},
    {BY_JUDGE, "blind", READS, NULL},
    {BY_JUDGE, "sheet", READS | UPDATES, "purpose"},
    {BY_JUDGE, "sheet_revision", READS | INSERTS, NULL},
    {BY_JUDGE, "mark_revision", READS | INSERTS, NULL},
    {BY_JUDGE, "mark", READS | INSERTS | UPDATES | DELETES, NULL},
    {BY_JUDGE, "declared_conflict", INSERTS, NULL},
    {BY_JUDGE, "audit", INSERTS, NULL},
    {BY_JUDGE, "audit_head", READS | UPDATES, NULL},
    {BY_LOGIN, "user", READS | UPDATES, NULL},
    {BY_LOGIN, "judge", READS, NULL},
    {BY_LOGIN, "session", READS | INSERTS | DELETES, NULL},
    {BY_LOGIN, "login_failure", READS | INSERTS | DELETES, NULL},
    {BY_LOGIN, "audit", INSERTS, NULL},
    {BY_LOGIN, "audit_head", READS | UPDATES, NULL},
    {BY_PUBLIC, "contest", READS, "definition"},
    {BY_PUBLIC, "certificate", READS, "reason"},
};

static int decide(access_role who, const char *table, const char *column, int what)
{
    for (size_t i = 0; i < sizeof grants / sizeof *grants; i++) {
        const grant *g = &grants[i];
        if (g->who != who || strcmp(g->table, table) != 0)
            continue;
        bool closed = column && g->never && strcmp(g->never, column) == 0;
        return closed || !(g->may & what) ? SQLITE_DENY : SQLITE_OK;
    }
    return SQLITE_DENY;
}

static int authorize(void *context, int action, const char *first, const char *second,
                     const char *database, const char *trigger)
{
    access_role who = *(const access_role *)context;
    (void)database;
    (void)trigger;
    switch (action) {
    case SQLITE_SELECT:
    case SQLITE_FUNCTION:
    case SQLITE_TRANSACTION:
    case SQLITE_SAVEPOINT:
    case SQLITE_RECURSIVE: return SQLITE_OK;
    case SQLITE_READ: return decide(who, first, second, READS);
    case SQLITE_INSERT: return decide(who, first, NULL, INSERTS);
    case SQLITE_UPDATE: return decide(who, first, NULL, UPDATES);
    case SQLITE_DELETE: return decide(who, first, NULL, DELETES);
    default: return SQLITE_DENY;
    }
}

int access_install(sqlite3 *db, const access_role *who)
{
    if (*who == BY_ORGANIZER)
        return SQLITE_OK;
    return sqlite3_set_authorizer(db, authorize, (void *)who);
}
