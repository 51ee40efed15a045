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

/* Nobody else may have the database open: a server would go on writing into the file that is put
 * aside. Alone, leaving the log folds it in. A damaged file says so instead, and is put aside as it
 * is, with its log. */
static status let_go(const char *path, fault *f)
{
    sqlite3 *old;
    int rc = sqlite3_open_v2(path, &old, SQLITE_OPEN_READWRITE, NULL);
    if (rc == SQLITE_OK)
        rc = sqlite3_exec(old, "PRAGMA journal_mode = DELETE", NULL, NULL, NULL);
    sqlite3_close(old);
    if ((rc & 0xFF) != SQLITE_BUSY)
        return OK;
    return FAIL(f, E_CONFLICT,
                "chương trình khác đang mở %s; hãy dừng nó (chamthi serve) rồi khôi phục lại",
                "another program has %s open; stop it (chamthi serve) and restore again", path);
}

static status move(const char *from, const char *to, fault *f)
{
    if (rename(from, to) == 0 || errno == ENOENT)
        return OK;
    return FAIL(f, E_SYSTEM, "%s: %s", "%s: %s", to, strerror(errno));
}

static status put_aside(const char *path, const char *kept, fault *f)
{
    char from[PATH_LONGEST], to[PATH_LONGEST];
    if (access(kept, F_OK) == 0)
        return FAIL(f, E_CONFLICT,
                    "%s đã có từ lần khôi phục trước; hãy chuyển tệp đó sang nơi khác rồi làm lại",
                    "%s is there since an earlier restore; move it elsewhere and try again", kept);
    if (access(path, F_OK) == 0)
        TRY(let_go(path, f));
    TRY(move(path, kept, f));
    static const char *const logs[] = {"-wal", "-shm"}; /* of a damaged one */
    for (size_t i = 0; i < sizeof logs / sizeof *logs; i++) {
        TRY(beside(from, path, logs[i], f));
        TRY(beside(to, kept, logs[i], f));
        TRY(move(from, to, f));
    }
    return OK;
}

static status replace(sqlite3 *source, const char *path, fault *f)
{
    char kept[PATH_LONGEST], restored[PATH_LONGEST];
    TRY(beside(kept, path, ".before-restore", f));
    TRY(beside(restored, path, ".restored", f));
    TRY(copy_database(source, restored, f));
    status st = put_aside(path, kept, f);
    if (st == OK)
        st = move(restored, path, f);
    else
        unlink(restored);
    return st;
}

status store_restore(const char *from, const char *path, fault *f)
{
    if (access(from, F_OK) != 0)
        return FAIL(f, E_MISSING, "không tìm thấy %s", "%s was not found", from);
    int lock = -1;
    TRY(lock_take(&lock, path, f));
    sqlite3 *source = NULL;
    status st = check_copy(from, &source, f);
    if (st == OK)
        st = replace(source, path, f);
    else
        fault_prefix(f, "%s", "%s", from);
    sqlite3_close(source);
    lock_drop(lock);
    if (lock >= 0)
        close(lock);
    return st;
}
