/* Connections, statements and rows. */
#include "access.h"
#include "internal.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef struct {
    const char *name, *sql;
    int who;
} statement_row;

static const statement_row statements[Q_COUNT] = {
#define X(name, who, sql) {#name, sql, who},
#include "store/statements.h"
#undef X
};

status store_fail(sqlite3 *db, int rc, fault *f)
{
    const char *what = db ? sqlite3_errmsg(db) : sqlite3_errstr(rc);
    switch (rc & 0xFF) {
    case SQLITE_CONSTRAINT:
        return FAIL(f, E_CONFLICT, "dữ liệu trái với ràng buộc: %s",
                    "the data break a constraint: %s", what);
    case SQLITE_BUSY:
        return FAIL(f, E_CONFLICT, "cơ sở dữ liệu đang bận; hãy thử lại",
                    "the database is busy; try again");
    case SQLITE_AUTH:
        return FAIL(f, E_DENIED, "vai trò này không được đọc dữ liệu ấy: %s",
                    "this role may not read that: %s", what);
    case SQLITE_NOTADB:
    case SQLITE_CORRUPT:
        return FAIL(f, E_SYSTEM, "cơ sở dữ liệu hỏng hoặc không phải của chamthi: %s",
                    "the database is damaged or not chamthi's: %s", what);
    case SQLITE_FULL:
        return FAIL(f, E_SYSTEM, "ổ đĩa đã đầy; chưa có gì bị ghi dở, hãy dọn chỗ rồi làm lại",
                    "the disk is full; nothing is half-written, make room and try again");
    default: return FAIL(f, E_SYSTEM, "cơ sở dữ liệu báo lỗi: %s", "the database failed: %s", what);
    }
}

status store_exec(sqlite3 *db, const char *sql, fault *f)
{
    int rc = sqlite3_exec(db, sql, NULL, NULL, NULL);
    return rc == SQLITE_OK ? OK : store_fail(db, rc, f);
}

status store_exec_int(sqlite3 *db, const char *sql, int64_t *out, fault *f)
{
    sqlite3_stmt *s;
    int rc = sqlite3_prepare_v2(db, sql, -1, &s, NULL);
    if (rc != SQLITE_OK)
        return store_fail(db, rc, f);
    rc = sqlite3_step(s);
    *out = rc == SQLITE_ROW ? sqlite3_column_int64(s, 0) : 0;
    sqlite3_finalize(s);
    return rc == SQLITE_ROW || rc == SQLITE_DONE ? OK : store_fail(db, rc, f);
}

/* ---- opening ---- */

static pthread_once_t set_up_once = PTHREAD_ONCE_INIT;

/* SQLite's own count of its memory takes a lock at each allocation, and nobody asks for it. */
static void set_up_library(void)
{
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

static int on_commit(void *context, sqlite3 *db, const char *name, int pages)
{
    (void)db;
    (void)name;
    ((store *)context)->wal_pages = pages;
    return SQLITE_OK; /* no automatic checkpoint: store_commit does it under the lock */
}

static status upgrade(store *s, fault *f)
{
    int64_t version;
    TRY(migrate_version(s->db, &version, f));
    if (version == SCHEMA_VERSION)
        return OK;
    if (s->who != BY_ORGANIZER)
        return FAIL(f, E_CONFLICT, "cơ sở dữ liệu cần nâng cấp; hãy chạy chamthi doctor trước",
                    "the database needs an upgrade; run chamthi doctor first");
    TRY(lock_take(&s->lock_fd, s->path, f));
    /* A table that is rebuilt is dropped while others point at it; the keys are checked at the end. */
    status st = store_exec(s->db, "PRAGMA foreign_keys = OFF", f);
    if (st == OK)
        st = migrate_run(s->db, s->path, schema_migrations, SCHEMA_VERSION, f);
    if (st == OK)
        st = store_exec(s->db, "PRAGMA foreign_keys = ON", f);
    lock_drop(s->lock_fd);
    return st;
}

static status configure(store *s, fault *f)
{
    sqlite3_extended_result_codes(s->db, 1);
    sqlite3_busy_timeout(s->db, 10000);
    sqlite3_db_config(s->db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
    sqlite3_db_config(s->db, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
    sqlite3_db_config(s->db, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
    sqlite3_db_config(s->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    int64_t version; /* the journal mode below is written into the file */
    TRY(migrate_check(s->db, s->path, SCHEMA_VERSION, &version, f));
    /* A text of a thousand words fits into one page, and its original into another; only a new file
     * takes this. */
    TRY(store_exec(s->db,
                   "PRAGMA page_size = 8192; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; "
                   "PRAGMA foreign_keys = ON;"
                   "PRAGMA trusted_schema = OFF;"
                   "PRAGMA secure_delete = ON",
                   f));
    /* A server has many connections and each maps and caches for itself. A mapped page is looked at
     * anew each time it is asked for, so checking all its cells would cost an eighth of every
     * judge's page; the organizers' connections do, before the server starts and in doctor. */
    TRY(store_exec(s->db,
                   s->who == BY_ORGANIZER
                       ? "PRAGMA mmap_size = 268435456; PRAGMA cache_size = -32768;"
                         "PRAGMA cell_size_check = ON"
                       : "PRAGMA mmap_size = 8388608; PRAGMA cache_size = -2048;"
                         "PRAGMA temp_store = MEMORY",
                   f));
    sqlite3_wal_hook(s->db, on_commit, s);
    return OK;
}

status store_open(store **out, const char *path, access_role who, store_mode mode, fault *f)
{
    *out = NULL;
    if (mode == STORE_EXISTING && access(path, F_OK) != 0)
        return FAIL(
            f, E_MISSING,
            "chưa có cơ sở dữ liệu %s; hãy tạo bằng: chamthi --db %s contest load TỆP.yaml",
            "there is no database %s; make one with: chamthi --db %s contest load FILE.yaml", path,
            path);
    pthread_once(&set_up_once, set_up_library);
    store *s = calloc(1, sizeof *s);
    if (!s)
        return fault_memory(f);
    s->lock_fd = -1;
    s->who = who;
    s->path = strdup(path);
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX;
    if (mode == STORE_CREATE)
        flags |= SQLITE_OPEN_CREATE;
    int rc = s->path ? sqlite3_open_v2(path, &s->db, flags, NULL) : SQLITE_NOMEM;
    status st = rc == SQLITE_OK ? configure(s, f) : store_fail(s->db, rc, f);
    if (st == OK)
        st = upgrade(s, f);
    if (st == OK && access_install(s->db, &s->who) != SQLITE_OK)
        st = fault_memory(f);
    if (st != OK) {
        store_close(s);
        return fault_prefix(f, "%s", "%s", path);
    }
    *out = s;
    return OK;
}

void store_close(store *s)
{
    if (!s)
        return;
    store_rollback(s);
    for (int i = 0; i < Q_COUNT; i++)
        sqlite3_finalize(s->prepared[i]);
    sqlite3_finalize(s->look_begin);
    sqlite3_finalize(s->look_end);
    if (s->wal_pages && lock_take(&s->lock_fd, s->path, NULL) == OK) {
        sqlite3_wal_checkpoint_v2(s->db, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
        lock_drop(s->lock_fd);
    }
    sqlite3_close(s->db);
    if (s->lock_fd >= 0)
        close(s->lock_fd);
    free(s->path);
    free(s->actor);
    free(s);
}

const char *store_path(const store *s)
{
    return s->path;
}

/* ---- statements ---- */

bool statement_in_order(sqlite3_stmt *s)
{
    for (int i = 1; i <= sqlite3_bind_parameter_count(s); i++) {
        const char *name = sqlite3_bind_parameter_name(s, i);
        if (!name || atoi(name + 1) != i)
            return false;
    }
    return true;
}

static status prepare(store *s, statement q, sqlite3_stmt **out, fault *f)
{
    const statement_row *row = &statements[q];
    if (!(row->who & (int)s->who))
        return FAIL(f, E_DENIED, "vai trò này không được chạy %s", "this role may not run %s",
                    row->name);
    int rc = sqlite3_prepare_v3(s->db, row->sql, -1, SQLITE_PREPARE_PERSISTENT, out, NULL);
    if (rc != SQLITE_OK)
        return store_fail(s->db, rc, f);
    if (!statement_in_order(*out)) {
        sqlite3_finalize(*out);
        *out = NULL;
        return FAIL(f, E_SYSTEM, "%s: tham số không theo thứ tự", "%s: parameters out of order",
                    row->name);
    }
    return OK;
}

static int bind(sqlite3_stmt *s, int i, const sql_value *v)
{
    switch (v->kind) {
    case VALUE_INT: return sqlite3_bind_int64(s, i, v->number);
    case VALUE_TEXT:
        return sqlite3_bind_text64(s, i, v->bytes ? v->bytes : "", v->size, SQLITE_STATIC,
                                   SQLITE_UTF8);
    case VALUE_BYTES:
        return sqlite3_bind_blob64(s, i, v->bytes ? v->bytes : "", v->size, SQLITE_STATIC);
    case VALUE_NULL: break;
    }
    return sqlite3_bind_null(s, i);
}

sql_value v_text(const char *text)
{
    if (!text)
        return v_null();
    return (sql_value){VALUE_TEXT, 0, text, strlen(text)};
}

status store_select(store *s, statement q, const sql_value *args, size_t count, cursor *c, fault *f)
{
    *c = (cursor){.db = s, .outcome = SQLITE_OK};
    if (!s->prepared[q])
        TRY(prepare(s, q, &s->prepared[q], f));
    sqlite3_stmt *p = s->prepared[q];
    if (sqlite3_stmt_busy(p)) {
        TRY(prepare(s, q, &p, f));
        c->own = true;
    }
    c->prepared = p;
    int wanted = sqlite3_bind_parameter_count(p), rc = SQLITE_OK;
    if ((size_t)wanted != count) {
        if (c->own)
            sqlite3_finalize(p);
        return FAIL(f, E_SYSTEM, "%s: cần %d giá trị, nhận %zu", "%s: wants %d values, got %zu",
                    statements[q].name, wanted, count);
    }
    for (int i = 0; i < wanted && rc == SQLITE_OK; i++)
        rc = bind(p, i + 1, &args[i]);
    c->outcome = rc;
    return rc == SQLITE_OK ? OK : cursor_close(c, f);
}

bool cursor_next(cursor *c)
{
    c->outcome = sqlite3_step(c->prepared);
    return c->outcome == SQLITE_ROW;
}

status cursor_close(cursor *c, fault *f)
{
    status st = OK;
    if (c->outcome != SQLITE_OK && c->outcome != SQLITE_ROW && c->outcome != SQLITE_DONE)
        st = store_fail(c->db->db, c->outcome, f);
    if (c->own) {
        sqlite3_finalize(c->prepared);
    } else if (c->prepared) {
        sqlite3_reset(c->prepared);
        sqlite3_clear_bindings(c->prepared);
    }
    c->prepared = NULL;
    return st;
}

bool cursor_null(cursor *c, int column)
{
    return sqlite3_column_type(c->prepared, column) == SQLITE_NULL;
}

int64_t cursor_int(cursor *c, int column)
{
    return sqlite3_column_int64(c->prepared, column);
}

const char *cursor_text(cursor *c, int column)
{
    const unsigned char *text = sqlite3_column_text(c->prepared, column);
    return text ? (const char *)text : "";
}

slice cursor_bytes(cursor *c, int column)
{
    const void *bytes = sqlite3_column_blob(c->prepared, column);
    int size = sqlite3_column_bytes(c->prepared, column);
    return (slice){bytes ? bytes : "", (size_t)size};
}

char *cursor_copy(cursor *c, int column, arena *mem)
{
    slice s = cursor_bytes(c, column);
    return arena_copy(mem, s.bytes, s.size);
}

status store_run(store *s, statement q, const sql_value *args, size_t count, int64_t *changed,
                 fault *f)
{
    cursor c;
    int before = sqlite3_total_changes(s->db);
    TRY(store_select(s, q, args, count, &c, f));
    while (cursor_next(&c))
        ;
    TRY(cursor_close(&c, f));
    if (changed)
        *changed = sqlite3_total_changes(s->db) - before;
    return OK;
}

status store_insert(store *s, statement q, const sql_value *args, size_t count, int64_t *id,
                    fault *f)
{
    TRY(store_run(s, q, args, count, NULL, f));
    *id = sqlite3_last_insert_rowid(s->db);
    return OK;
}

status store_int(store *s, statement q, const sql_value *args, size_t count, int64_t *out, fault *f)
{
    cursor c;
    TRY(store_select(s, q, args, count, &c, f));
    bool found = cursor_next(&c);
    if (found)
        *out = cursor_int(&c, 0);
    TRY(cursor_close(&c, f));
    return found ? OK : E_MISSING;
}
