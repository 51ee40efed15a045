/* What the files of the store share: the connection and SQLite's errors. */
#ifndef STORE_INTERNAL_H
#define STORE_INTERNAL_H

#include "chamthi/random.h"
#include "chamthi/store.h"

#include <sqlite3.h>

struct store {
    sqlite3 *db;
    access_role who;
    char *path;
    int lock_fd; /* -1 until the first transaction */
    bool in_batch, in_transaction;
    char *actor;          /* of the open transaction */
    int changes_at_begin; /* sqlite3_total_changes when it began */
    int audited;          /* audit rows it appended */
    int64_t audit_seq;    /* and, once it did, the chain's end */
    unsigned char audit_hash[HASH_SIZE];
    int wal_pages; /* pages in the log after the last commit */
    sqlite3_stmt *prepared[Q_COUNT];
    sqlite3_stmt *look_begin, *look_end;
};

enum { SCHEMA_VERSION = 2 };

/* Before a commit: the head follows the rows that were appended. */
status audit_close(store *s, fault *f);

/* Turns SQLite's last error into a status and a sentence. */
status store_fail(sqlite3 *db, int rc, fault *f);
/* Runs SQL text of the store's own (pragmas, schema): never anything from outside. */
status store_exec(sqlite3 *db, const char *sql, fault *f);
/* The first column of the first row of such text, 0 when there is none. */
status store_exec_int(sqlite3 *db, const char *sql, int64_t *out, fault *f);

/* Whether $1 $2 … are numbered in the order of first use: SQLite names them, PostgreSQL counts them. */
bool statement_in_order(sqlite3_stmt *s);

/* The lock file of a database path: every writer and every checkpoint holds it. -1 on failure. */
status lock_take(int *fd, const char *database, fault *f);
void lock_drop(int fd);

typedef struct {
    const char *text;
} migration; /* number i (from 1) brings the schema from i-1 to i */

/* Brings the open database to version `count`, copying PATH to PATH.v<old> first when it already had
 * a schema. A newer one is E_INPUT. The caller holds the lock. */
status migrate_run(sqlite3 *db, const char *path, const migration *list, int count, fault *f);
/* The version of an open database: 0 for an empty one. */
status migrate_version(sqlite3 *db, int64_t *out, fault *f);
/* The same, and E_INPUT when it is above `count`. Only reads. */
status migrate_check(sqlite3 *db, const char *path, int count, int64_t *version, fault *f);

extern const migration schema_migrations[SCHEMA_VERSION];

/* Copies the whole database `from` (an open connection) into the file `path`, complete or not at all. */
status copy_database(sqlite3 *from, const char *path, fault *f);

#endif
