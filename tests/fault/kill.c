/* Preloaded into the program: SIGKILL in the middle of its N-th write to a file, half of the bytes written.
 *
 * CHAMTHI_KILL_AT=N says which (pwrite, fdatasync and ftruncate count alike); without it the number there
 * were is written into the file CHAMTHI_KILL_COUNT at the end. */
#include <dlfcn.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static atomic_long done;

/* The function of that name that comes after this one. */
static void next(const char *name, void *out)
{
    void *found = dlsym(RTLD_NEXT, name);
    memcpy(out, &found, sizeof found);
}

static int time_has_come(void)
{
    static long at = -1;
    if (at < 0) {
        const char *text = getenv("CHAMTHI_KILL_AT");
        at = text ? strtol(text, NULL, 10) : 0;
    }
    return atomic_fetch_add(&done, 1) + 1 == at;
}

static void die(void)
{
    kill(getpid(), SIGKILL);
    for (;;)
        pause();
}

ssize_t pwrite64(int fd, const void *bytes, size_t size, off64_t offset)
{
    static ssize_t (*original)(int, const void *, size_t, off64_t);
    if (!original)
        next("pwrite64", &original);
    if (!time_has_come())
        return original(fd, bytes, size, offset);
    (void)!original(fd, bytes, size / 2, offset);
    die();
    return -1;
}

int fdatasync(int fd)
{
    static int (*original)(int);
    if (!original)
        next("fdatasync", &original);
    if (time_has_come())
        die();
    return original(fd);
}

int ftruncate64(int fd, off64_t size)
{
    static int (*original)(int, off64_t);
    if (!original)
        next("ftruncate64", &original);
    if (time_has_come())
        die();
    return original(fd, size);
}

__attribute__((destructor)) static void report(void)
{
    const char *path = getenv("CHAMTHI_KILL_COUNT");
    FILE *f = path ? fopen(path, "w") : NULL;
    if (!f)
        return;
    fprintf(f, "%ld\n", (long)done);
    fclose(f);
}
