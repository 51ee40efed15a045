/* Transactions: under the lock, never without an audit row, checkpointed by the one who commits. In a
 * batch each is a savepoint, and one commit makes all of them durable. */
#include "internal.h"

#include <stdlib.h>
#include <string.h>

enum { CHECKPOINT_PAGES = 4000 }; /* 32 MB of log: what is written again and again is copied once */

static status nested(fault *f)
{
    return FAIL(f, E_SYSTEM, "giao dịch lồng nhau", "transactions do not nest");
}

/* What is written into a file that was moved away meanwhile would be lost to everybody who opens
 * the new one. */
static status still_there(store *s, fault *f)
{
    int moved = 0;
    sqlite3_file_control(s->db, NULL, SQLITE_FCNTL_HAS_MOVED, &moved);
    if (moved)
        return FAIL(f, E_SYSTEM,
                    "%s đã bị thay bằng tệp khác trong lúc đang mở; hãy dừng chương trình này rồi "
                    "chạy lại",
                    "%s was replaced by another file while open; stop this program and start it "
                    "again",
                    s->path);
    return OK;
}

static status begin_locked(store *s, fault *f)
{
    TRY(lock_take(&s->lock_fd, s->path, f));
    status st = still_there(s, f);
    /* The lock file already keeps writers apart; IMMEDIATE keeps strangers to it apart too. */
    if (st == OK)
        st = store_exec(s->db, "BEGIN IMMEDIATE", f);
    if (st != OK)
        lock_drop(s->lock_fd);
    return st;
}

/* A full disk makes SQLite undo the whole batch at once; a savepoint after that would be a transaction
 * of its own. */
static status begin_in_batch(store *s, fault *f)
{
    if (sqlite3_get_autocommit(s->db))
        return FAIL(f, E_SYSTEM, "lượt ghi này đã bị hủy bỏ giữa chừng",
                    "this batch was undone half-way");
    return store_exec(s->db, "SAVEPOINT job", f);
}

status store_begin(store *s, const char *actor, fault *f)
{
    if (s->in_transaction)
        return nested(f);
    char *copy = strdup(actor);
    if (!copy)
        return fault_memory(f);
    status st = s->in_batch ? begin_in_batch(s, f) : begin_locked(s, f);
    if (st != OK) {
        free(copy);
        return st;
    }
    free(s->actor);
    s->actor = copy;
    s->in_transaction = true;
    s->changes_at_begin = sqlite3_total_changes(s->db);
    s->audited = 0;
    return OK;
}

void store_rollback(store *s)
{
    if (!s->in_transaction)
        return;
    s->in_transaction = false;
    if (s->in_batch) {
        sqlite3_exec(s->db, "ROLLBACK TO job; RELEASE job", NULL, NULL, NULL);
        return;
    }
    sqlite3_exec(s->db, "ROLLBACK", NULL, NULL, NULL);
    lock_drop(s->lock_fd);
}

/* What a batch or a single transaction ends with: on the disk, or undone. */
static status commit_locked(store *s, fault *f)
{
    status st = store_exec(s->db, "COMMIT", f);
    if (st != OK)
        sqlite3_exec(s->db, "ROLLBACK", NULL, NULL, NULL);
    else if (s->wal_pages >=
             CHECKPOINT_PAGES) /* a reader may hold it back; the next commit tries */
        sqlite3_wal_checkpoint_v2(s->db, NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
    lock_drop(s->lock_fd);
    return st;
}

status store_commit(store *s, fault *f)
{
    if (!s->in_transaction)
        return FAIL(f, E_SYSTEM, "không có giao dịch nào đang mở", "no transaction is open");
    if (sqlite3_total_changes(s->db) != s->changes_at_begin && !s->audited) {
        store_rollback(s);
        return FAIL(f, E_SYSTEM, "một thay đổi không có dòng nhật ký kiểm toán; đã hủy bỏ",
                    "a change had no audit row; it was undone");
    }
    status st = audit_close(s, f);
    if (st == OK && s->in_batch)
        st = store_exec(s->db, "RELEASE job", f);
    if (st != OK) {
        store_rollback(s);
        return st;
    }
    s->in_transaction = false;
    return s->in_batch ? OK : commit_locked(s, f);
}

status store_batch_begin(store *s, fault *f)
{
    if (s->in_transaction || s->in_batch)
        return nested(f);
    TRY(begin_locked(s, f));
    s->in_batch = true;
    return OK;
}

status store_batch_commit(store *s, fault *f)
{
    store_rollback(s); /* what a job left open */
    s->in_batch = false;
    return commit_locked(s, f);
}

bool store_in_transaction(const store *s)
{
    return s->in_transaction;
}

/* ---- reading ---- */

/* Asked for with every page, so prepared once. */
static status step(store *s, sqlite3_stmt **kept, const char *sql, fault *f)
{
    int rc = SQLITE_OK;
    if (!*kept)
        rc = sqlite3_prepare_v3(s->db, sql, -1, SQLITE_PREPARE_PERSISTENT, kept, NULL);
    if (rc == SQLITE_OK) {
        rc = sqlite3_step(*kept);
        sqlite3_reset(*kept);
    }
    return rc == SQLITE_DONE ? OK : store_fail(s->db, rc, f);
}

status store_look_begin(store *s, fault *f)
{
    if (!sqlite3_get_autocommit(s->db))
        return nested(f);
    return step(s, &s->look_begin, "BEGIN", f);
}

void store_look_end(store *s)
{
    if (!sqlite3_get_autocommit(s->db) && !s->in_transaction && !s->in_batch)
        step(s, &s->look_end, "ROLLBACK", NULL);
}
