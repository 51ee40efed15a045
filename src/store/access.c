/* The authorizer: a judge's or the public's connection cannot name a table outside its list. */
#include "access.h"

#include <string.h>

typedef struct {
    access_role who;
    const char *table;
    bool may_write;
} grant;

static const grant grants[] = {
    {BY_JUDGE, "contest", false},   {BY_JUDGE, "track", false},
    {BY_JUDGE, "round", false},     {BY_JUDGE, "criterion", false},
    {BY_JUDGE, "blind", false},     {BY_JUDGE, "sheet", true},
    {BY_JUDGE, "mark", true},       {BY_JUDGE, "audit", true},
    {BY_JUDGE, "audit_head", true}, {BY_LOGIN, "user", true},
    {BY_LOGIN, "session", true},    {BY_LOGIN, "login_failure", true},
    {BY_LOGIN, "audit", true},      {BY_LOGIN, "audit_head", true},
    {BY_PUBLIC, "contest", false},  {BY_PUBLIC, "certificate", false},
};

static int decide(access_role who, const char *table, bool writes)
{
    for (size_t i = 0; i < sizeof grants / sizeof *grants; i++)
        if (grants[i].who == who && strcmp(grants[i].table, table) == 0)
            return writes && !grants[i].may_write ? SQLITE_DENY : SQLITE_OK;
    return SQLITE_DENY;
}

static int authorize(void *context, int action, const char *first, const char *second,
                     const char *database, const char *trigger)
{
    access_role who = *(const access_role *)context;
    (void)second;
    (void)database;
    (void)trigger;
    switch (action) {
    case SQLITE_SELECT:
    case SQLITE_FUNCTION:
    case SQLITE_TRANSACTION:
    case SQLITE_SAVEPOINT:
    case SQLITE_RECURSIVE: return SQLITE_OK;
    case SQLITE_READ: return decide(who, first, false);
    case SQLITE_INSERT:
    case SQLITE_UPDATE:
    case SQLITE_DELETE: return decide(who, first, true);
    default: return SQLITE_DENY;
    }
}

int access_install(sqlite3 *db, const access_role *who)
{
    if (*who == BY_ORGANIZER)
        return SQLITE_OK;
    return sqlite3_set_authorizer(db, authorize, (void *)who);
}
