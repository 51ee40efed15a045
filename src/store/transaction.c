/* Transactions: under the lock, never without an audit row, checkpointed by the one who commits. */
#include "internal.h"

#include <stdlib.h>
#include <string.h>

enum { CHECKPOINT_PAGES = 1000 }; /* 4 MB of log */

status store_begin(store *s, const char *actor, fault *f)
{
    if (s->in_transaction)
        return FAIL(f, E_SYSTEM, "giao dịch lồng nhau", "transactions do not nest");
    char *copy = strdup(actor);
    if (!copy)
        return fault_memory(f);
    status st = lock_take(&s->lock_fd, s->path, f);
    if (st == OK) {
        /* The lock file already keeps writers apart; IMMEDIATE keeps strangers to it apart too. */
        st = store_exec(s->db, "BEGIN IMMEDIATE", f);
        if (st != OK)
            lock_drop(s->lock_fd);
    }
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
    sqlite3_exec(s->db, "ROLLBACK", NULL, NULL, NULL);
    s->in_transaction = false;
    lock_drop(s->lock_fd);
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
    if (st == OK)
        st = store_exec(s->db, "COMMIT", f);
    if (st != OK) {
        store_rollback(s);
        return st;
    }
    s->in_transaction = false;
    if (s->wal_pages >=
        CHECKPOINT_PAGES) /* a reader may hold it back; the next commit tries again */
        sqlite3_wal_checkpoint_v2(s->db, NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
    lock_drop(s->lock_fd);
    return OK;
}

bool store_in_transaction(const store *s)
{
    return s->in_transaction;
}
