/* The one lock of all writers and checkpoints of all processes. SQLite before 3.51.3 can lose a
 * checkpoint race (its "WAL-reset" defect); under this lock there is no race. */
#include "internal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

enum { LOCK_PAUSE_MS = 5, LOCK_WAIT_MS = 30000 };

static status wait_for(int fd, const char *path, fault *f)
{
    for (int waited = 0;; waited += LOCK_PAUSE_MS) {
        if (flock(fd, LOCK_EX | LOCK_NB) == 0)
            return OK;
        if (errno != EWOULDBLOCK && errno != EINTR)
            return FAIL(f, E_SYSTEM, "%s: %s", "%s: %s", path, strerror(errno));
        if (waited >= LOCK_WAIT_MS)
            return FAIL(
                f, E_CONFLICT,
                "một chương trình khác đang ghi vào %s đã quá 30 giây; hãy đợi nó xong rồi làm lại",
                "another program has been writing to %s for over 30 seconds; wait and try again",
                path);
        nanosleep(&(struct timespec){0, LOCK_PAUSE_MS * 1000000L}, NULL);
    }
}

status lock_take(int *fd, const char *database, fault *f)
{
    if (*fd < 0) {
        char path[4096];
        if (snprintf(path, sizeof path, "%s-lock", database) >= (int)sizeof path)
            return FAIL(f, E_LIMIT, "đường dẫn quá dài: %s", "path too long: %s", database);
        *fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
        if (*fd < 0)
            return FAIL(f, E_SYSTEM, "không mở được tệp khóa %s: %s",
                        "cannot open the lock file %s: %s", path, strerror(errno));
    }
    return wait_for(*fd, database, f);
}

void lock_drop(int fd)
{
    if (fd >= 0)
        flock(fd, LOCK_UN);
}
