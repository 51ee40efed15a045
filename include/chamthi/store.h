/* The store: one SQLite file, the only SQL in the program.
 *
 * All statements stand in one closed table (src/store/statement/<room>.h, one section per room):
 * name, who may run it, text. Callers name a statement and bind values; no SQL is built at run time.
 * Parameters are $1 $2 … in the order of first use.
 *
 * Every write happens in a transaction between store_begin() and store_commit(), under one lock file
 * beside the database, which also covers checkpoints; a transaction that changed something without
 * an audit row is refused. A connection opened for judges or the public cannot read who somebody is.
 *
 * One store belongs to one thread. */
#ifndef CHAMTHI_STORE_H
#define CHAMTHI_STORE_H

#include "chamthi/arena.h"

#include <stdbool.h>
#include <stdint.h>

typedef struct store store;

/* Who a connection serves. A bit mask, so that a statement can name several. */
typedef enum {
    BY_ORGANIZER = 1, /* the command line and organizers' pages: everything */
    BY_JUDGE = 2,     /* blind texts and own sheets, nothing that names anybody */
    BY_PUBLIC = 4,    /* published certificates */
    BY_LOGIN = 8      /* accounts and sessions only */
} access_role;

typedef enum {
#define X(name, who, sql) Q_##name,
#include "store/statements.h"
#undef X
    Q_COUNT
} statement;

typedef enum { STORE_EXISTING, STORE_CREATE } store_mode;

/* Opens, and upgrades an older schema after copying the file to FILE.v<N>. A newer schema, or a file
 * that is no database, is refused untouched. */
status store_open(store **out, const char *path, access_role who, store_mode mode, fault *f);
void store_close(store *db); /* rolls back what was not committed; NULL is fine */
const char *store_path(const store *db);

/* ---- values and rows ---- */
typedef struct {
    enum { VALUE_NULL, VALUE_INT, VALUE_TEXT, VALUE_BYTES } kind;
    int64_t number;
    const void *bytes;
    size_t size;
} sql_value;

static inline sql_value v_null(void)
{
    return (sql_value){VALUE_NULL, 0, NULL, 0};
}
static inline sql_value v_int(int64_t n)
{
    return (sql_value){VALUE_INT, n, NULL, 0};
}
/* A NULL pointer binds NULL. The bytes must live until the call returns (store_run) or the cursor
 * is closed (store_select). */
sql_value v_text(const char *text);
static inline sql_value v_slice(slice s)
{
    return (sql_value){VALUE_TEXT, 0, s.bytes, s.size};
}
static inline sql_value v_bytes(const void *bytes, size_t size)
{
    return (sql_value){VALUE_BYTES, 0, bytes, size};
}
#define ARGS(...)                                                                                  \
    (const sql_value[]){__VA_ARGS__}, sizeof((const sql_value[]){__VA_ARGS__}) / sizeof(sql_value)
#define NO_ARGS NULL, 0

/* Runs a statement that returns no rows. `changed` (rows changed) may be NULL. A broken constraint is
 * E_CONFLICT. */
status store_run(store *db, statement q, const sql_value *args, size_t count, int64_t *changed,
                 fault *f);
/* Runs an INSERT and gives the new row's integer key. */
status store_insert(store *db, statement q, const sql_value *args, size_t count, int64_t *id,
                    fault *f);
/* First column of the first row. E_MISSING, with no sentence set, when there is none. */
status store_int(store *db, statement q, const sql_value *args, size_t count, int64_t *out,
                 fault *f);

/* Rows, one at a time:
 *     cursor c;
 *     TRY(store_select(db, Q_ENTRY_LIST, ARGS(v_int(year)), &c, f));
 *     while (cursor_next(&c))
 *         use(cursor_text(&c, 0));
 *     TRY(cursor_close(&c, f));
 * A cursor must be closed, also on an early way out. The same statement may be open twice. */
typedef struct {
    store *db;
    void *prepared;
    int outcome;
    bool own; /* prepared for this cursor only, because the shared one was in use */
} cursor;

status store_select(store *db, statement q, const sql_value *args, size_t count, cursor *out,
                    fault *f);
bool cursor_next(cursor *c);
status cursor_close(cursor *c, fault *f);
bool cursor_null(cursor *c, int column);
int64_t cursor_int(cursor *c, int column);            /* 0 for NULL */
const char *cursor_text(cursor *c, int column);       /* "" for NULL; valid until the next step */
slice cursor_bytes(cursor *c, int column);            /* valid until the next step */
char *cursor_copy(cursor *c, int column, arena *mem); /* text copied; NULL: memory */

/* ---- transactions ---- */
/* Waits for the lock (up to 30 s, then E_CONFLICT). E_SYSTEM when the file was moved away since it
 * was opened. `actor` goes into the audit rows: 'cli:login', 'judge:code'. Does not nest. */
status store_begin(store *db, const char *actor, fault *f);
status store_commit(store *db, fault *f); /* on failure the transaction is rolled back */
void store_rollback(store *db);           /* nothing open: nothing done */
bool store_in_transaction(const store *db);

/* Between these two many reads see the database as it was at the first of them, which also spares each its own
 * look for news. Nothing is written meanwhile; a read that fails still wants its end. */
status store_look_begin(store *db, fault *f);
void store_look_end(store *db); /* every cursor is closed by then; not begun: nothing done */

/* Many people's transactions, one commit: between these two each store_begin … store_commit is kept or
 * undone by itself, but none is durable before store_batch_commit returns OK. On failure all are undone. */
status store_batch_begin(store *db, fault *f);
status store_batch_commit(store *db, fault *f);

/* ---- audit ---- */
/* Inside a transaction. `before`, `after` may be NULL; no personal data in any of them: receipt
 * numbers, states, hashes. */
status audit_record(store *db, const char *action, const char *object, const char *before,
                    const char *after, fault *f);
typedef struct {
    int64_t rows;
    bool intact;
    int64_t first_bad; /* seq of the first row that does not fit, 0 when intact */
    char head[65];     /* hex of the last hash, to be printed on paper */
} audit_verdict;
status audit_verify(store *db, audit_verdict *out, fault *f);

/* ---- upkeep ---- */
/* A complete copy under a temporary name, checked, then renamed to `path`. */
status store_backup(store *db, const char *path, fault *f);
/* Checks `from` and puts it in place of the database `path`; the old one, even a damaged one, is
 * kept as PATH.before-restore. E_CONFLICT, nothing changed: something has the old one open, or a
 * PATH.before-restore is there already. */
status store_restore(const char *from, const char *path, fault *f);

typedef struct {
    const char *vi, *en; /* what must hold */
    int64_t broken;      /* how many rows break it */
} invariant;
/* Checks SQLite's integrity, foreign keys, the audit chain and every invariant of
 * src/store/doctor.c. `out` is allocated in `mem`. */
status store_doctor(store *db, arena *mem, invariant **out, size_t *count, fault *f);

#endif
