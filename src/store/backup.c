/* Copies of the whole database: complete under the final name, or not there. */
#include "internal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { PATH_LONGEST = 4096 };

static status beside(char out[PATH_LONGEST], const char *path, const char *ending, fault *f)
{
    if (snprintf(out, PATH_LONGEST, "%s%s", path, ending) >= PATH_LONGEST)
        return FAIL(f, E_LIMIT, "đường dẫn quá dài: %s", "path too long: %s", path);
    return OK;
}

static status fill(sqlite3 *from, sqlite3 *to, fault *f)
{
    sqlite3_backup *b = sqlite3_backup_init(to, "main", from, "main");
    if (!b)
        return store_fail(to, sqlite3_errcode(to), f);
    sqlite3_backup_step(b, -1);
    int rc = sqlite3_backup_finish(b);
    if (rc != SQLITE_OK)
        return store_fail(to, rc, f);
    /* A copy is one plain file: no log beside it. */
    return store_exec(to, "PRAGMA journal_mode = DELETE", f);
}

static status sync_file(const char *path, fault *f)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    bool good = fd >= 0 && fsync(fd) == 0;
    status st = good ? OK : FAIL(f, E_SYSTEM, "%s: %s", "%s: %s", path, strerror(errno));
    if (fd >= 0)
        close(fd);
    return st;
}

status copy_database(sqlite3 *from, const char *path, fault *f)
{
    char temporary[PATH_LONGEST];
    TRY(beside(temporary, path, ".tmp", f));
    unlink(temporary);
    sqlite3 *to = NULL;
    int rc = sqlite3_open_v2(temporary, &to, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL);
    status st = rc == SQLITE_OK ? fill(from, to, f) : store_fail(to, rc, f);
    sqlite3_close(to);
    if (st == OK)
        st = sync_file(temporary, f);
    if (st == OK && rename(temporary, path) != 0)
        st = FAIL(f, E_SYSTEM, "%s: %s", "%s: %s", path, strerror(errno));
    if (st != OK)
        unlink(temporary);
    return st;
}

status store_backup(store *s, const char *path, fault *f)
{
    if (access(path, F_OK) == 0)
        return FAIL(f, E_CONFLICT, "%s đã có; hãy chọn tên khác", "%s exists; choose another name",
                    path);
    return copy_database(s->db, path, f);
}

/* Opens `from` read-only and looks whether it is a sound database of this program. */
static status check_copy(const char *from, sqlite3 **out, fault *f)
{
    int rc = sqlite3_open_v2(from, out, SQLITE_OPEN_READONLY, NULL);
    if (rc != SQLITE_OK)
        return store_fail(*out, rc, f);
    int64_t version, sound;
    TRY(migrate_version(*out, &version, f));
    if (version < 1 || version > SCHEMA_VERSION)
        return FAIL(f, E_INPUT, "không phải bản sao lưu của chamthi mà bản này đọc được",
                    "not a chamthi backup that this version can read");
    TRY(store_exec_int(*out,
                       "SELECT count(*) FROM pragma_integrity_check WHERE integrity_check = 'ok'",
                       &sound, f));
    return sound == 1 ? OK : FAIL(f, E_INPUT, "bản sao lưu bị hỏng", "the backup is damaged");
}

status store_restore(const char *from, const char *path, fault *f)
{
    char kept[PATH_LONGEST], journal[PATH_LONGEST];
    TRY(beside(kept, path, ".before-restore", f));
    if (access(from, F_OK) != 0)
        return FAIL(f, E_MISSING, "không tìm thấy %s", "%s was not found", from);
    int lock = -1;
    TRY(lock_take(&lock, path, f));
    sqlite3 *source = NULL, *old = NULL;
    status st = check_copy(from, &source, f);
    if (st != OK)
        fault_prefix(f, "%s", "%s", from);
    if (st == OK && access(path, F_OK) == 0) {
        int rc = sqlite3_open_v2(path, &old, SQLITE_OPEN_READWRITE, NULL);
        st = rc == SQLITE_OK ? copy_database(old, kept, f) : store_fail(old, rc, f);
        if (st ==
            OK) /* the log is folded in, so that it cannot be replayed over the restored file */
            sqlite3_wal_checkpoint_v2(old, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
        sqlite3_close(old);
    }
    if (st == OK)
        st = copy_database(source, path, f);
    static const char *const logs[] = {"-wal", "-shm"};
    for (size_t i = 0; i < 2 && st == OK; i++)
        if (beside(journal, path, logs[i], f) == OK)
            unlink(journal);
    sqlite3_close(source);
    lock_drop(lock);
    if (lock >= 0)
        close(lock);
    return st;
}
