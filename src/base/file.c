/* Whole-file reads with a limit, complete-or-nothing writes, and a sorted folder walk. */
#include "chamthi/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static status fail_system(fault *f, const char *path)
{
    if (errno == ENOENT || errno == ENOTDIR)
        return FAIL(f, E_MISSING, "không tìm thấy %s", "%s was not found", path);
    if (errno == ENOSPC || errno == EDQUOT)
        return FAIL(f, E_SYSTEM, "ổ đĩa đã đầy khi ghi %s; hãy dọn chỗ rồi làm lại",
                    "the disk is full while writing %s; make room and try again", path);
    return FAIL(f, E_SYSTEM, "%s: %s", "%s: %s", path, strerror(errno));
}

/* `expected` is what the file system says; a little room beyond it shows the end at once. */
static status read_all(int fd, const char *path, size_t expected, size_t limit, buffer *out,
                       fault *f)
{
    size_t start = out->size;
    for (;;) {
        size_t done = out->size - start, spare = expected ? 4096 : 65536;
        size_t room = done < expected ? expected - done + 1 : spare;
        char *to = buffer_reserve(out, room);
        if (!to)
            return fault_memory(f);
        ssize_t got = read(fd, to, room);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return fail_system(f, path);
        if (got == 0)
            return OK;
        buffer_end(out, out->size + (size_t)got);
        if (out->size - start > limit)
            return FAIL(f, E_LIMIT, "%s lớn hơn mức cho phép (%zu byte)",
                        "%s is larger than allowed (%zu bytes)", path, limit);
    }
}

status file_read(const char *path, size_t limit, buffer *out, fault *f)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return fail_system(f, path);
    struct stat info;
    status st;
    if (fstat(fd, &info) != 0)
        st = fail_system(f, path);
    else if (S_ISDIR(info.st_mode))
        st = FAIL(f, E_INPUT, "%s là thư mục, không phải tệp", "%s is a folder, not a file", path);
    else
        st = read_all(fd, path, (size_t)info.st_size < limit ? (size_t)info.st_size : limit, limit,
                      out, f);
    close(fd);
    return st;
}

static bool write_all(int fd, const char *bytes, size_t size)
{
    while (size) {
        ssize_t done = write(fd, bytes, size);
        if (done < 0 && errno == EINTR)
            continue;
        if (done < 0)
            return false;
        bytes += done;
        size -= (size_t)done;
    }
    return true;
}

static void sync_folder_of(const char *path)
{
    char *folder = strdup(path);
    if (!folder)
        return;
    char *slash = strrchr(folder, '/');
    if (slash)
        slash[slash == folder] = '\0';
    int fd = open(slash ? folder : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd >= 0) {
        fsync(fd); /* some file systems cannot; the rename itself has already succeeded */
        close(fd);
    }
    free(folder);
}

static status write_beside(const char *path, const void *bytes, size_t size, fault *f)
{
    size_t length = strlen(path) + 16;
    char *temporary = malloc(length);
    if (!temporary)
        return fault_memory(f);
    snprintf(temporary, length, "%s.tmp-XXXXXX", path);
    int fd = mkstemp(temporary);
    if (fd < 0) {
        free(temporary);
        return fail_system(f, path);
    }
    mode_t mask = umask(0);
    umask(mask);
    bool good = write_all(fd, bytes, size) && fchmod(fd, 0666 & ~mask) == 0 && fsync(fd) == 0;
    status st = good ? OK : fail_system(f, path);
    if (close(fd) != 0 && st == OK)
        st = fail_system(f, path);
    if (st == OK && rename(temporary, path) != 0)
        st = fail_system(f, path);
    if (st != OK)
        unlink(temporary);
    else
        sync_folder_of(path);
    free(temporary);
    return st;
}

static status write_into(const char *path, const void *bytes, size_t size, fault *f)
{
    int fd = open(path, O_WRONLY | O_CLOEXEC);
    if (fd < 0)
        return fail_system(f, path);
    status st = write_all(fd, bytes, size) ? OK : fail_system(f, path);
    if (close(fd) != 0 && st == OK)
        st = fail_system(f, path);
    return st;
}

status file_write(const char *path, const void *bytes, size_t size, fault *f)
{
    struct stat info;
    if (stat(path, &info) == 0 && !S_ISREG(info.st_mode) && !S_ISDIR(info.st_mode))
        return write_into(path, bytes, size, f);
    char *target = realpath(path, NULL);
    status st = write_beside(target ? target : path, bytes, size, f);
    free(target);
    return st;
}

bool file_is_folder(const char *path)
{
    struct stat info;
    return stat(path, &info) == 0 && S_ISDIR(info.st_mode);
}

status file_make_folder(const char *path, fault *f)
{
    char *copy = strdup(path);
    if (!copy)
        return fault_memory(f);
    status st = OK;
    for (char *p = copy + 1;; p++) {
        if (*p != '/' && *p != '\0')
            continue;
        char was = *p;
        *p = '\0';
        if (mkdir(copy, 0777) != 0 && errno != EEXIST)
            st = fail_system(f, copy);
        *p = was;
        if (!was || st != OK)
            break;
    }
    if (st == OK && !file_is_folder(path))
        st = FAIL(f, E_INPUT, "%s đã có và không phải thư mục", "%s exists and is not a folder",
                  path);
    free(copy);
    return st;
}

/* A template for mkdtemp and mkstemp. */
static bool scratch_name(char *path, size_t size)
{
    const char *below = getenv("TMPDIR");
    int n = snprintf(path, size, "%s/chamthi-XXXXXX", below && *below == '/' ? below : "/tmp");
    if (n >= 0 && (size_t)n < size)
        return true;
    errno = ENAMETOOLONG;
    return false;
}

status file_make_scratch(char *path, size_t size, fault *f)
{
    return scratch_name(path, size) && mkdtemp(path) ? OK : fail_system(f, path);
}

int file_open_scratch(char *path, size_t size)
{
    return scratch_name(path, size) ? mkstemp(path) : -1;
}

static int remove_one(const char *path, const struct stat *info, int kind, struct FTW *where)
{
    (void)info;
    (void)kind;
    (void)where;
    (void)!remove(path);
    return 0;
}

void file_remove_folder(const char *path)
{
    enum { FOLDERS_OPEN = 16 };
    nftw(path, remove_one, FOLDERS_OPEN, FTW_DEPTH | FTW_PHYS);
}

char *file_join(arena *mem, const char *folder, const char *name)
{
    size_t size = strlen(folder);
    bool slash = size && folder[size - 1] == '/';
    return arena_format(mem, "%s%s%s", folder, slash || !size ? "" : "/", name);
}

/* ---- walking ---- */

typedef struct {
    arena *mem;
    const char *top;
    file_entry *items;
    size_t count, capacity;
    fault *f;
} walk;

static status walk_add(walk *w, const char *relative, size_t size)
{
    if (w->count == w->capacity) {
        size_t capacity = w->capacity ? w->capacity * 2 : 64;
        file_entry *items = realloc(w->items, capacity * sizeof *items);
        if (!items)
            return fault_memory(w->f);
        w->items = items;
        w->capacity = capacity;
    }
    const char *slash = strrchr(relative, '/');
    w->items[w->count++] = (file_entry){relative, slash ? slash + 1 : relative, size};
    return OK;
}

static status walk_folder(walk *w, const char *relative, int depth);

static status walk_one(walk *w, const char *relative, const char *name, int depth)
{
    char *path =
        *relative ? arena_format(w->mem, "%s/%s", relative, name) : arena_string(w->mem, name);
    char *full = path ? file_join(w->mem, w->top, path) : NULL;
    if (!full)
        return fault_memory(w->f);
    struct stat info;
    if (lstat(full, &info) != 0)
        return errno == ENOENT ? OK : fail_system(w->f, full); /* gone since it was listed */
    if (S_ISREG(info.st_mode))
        return walk_add(w, path, (size_t)info.st_size);
    if (S_ISDIR(info.st_mode))
        return walk_folder(w, path, depth - 1);
    return OK;
}

static status walk_folder(walk *w, const char *relative, int depth)
{
    char *full = file_join(w->mem, w->top, relative);
    if (!full)
        return fault_memory(w->f);
    if (depth < 0)
        return FAIL(w->f, E_LIMIT, "%s: thư mục lồng nhau quá sâu", "%s: folders nested too deep",
                    full);
    DIR *folder = opendir(full);
    if (!folder)
        return fail_system(w->f, full);
    status st = OK;
    for (struct dirent *e = readdir(folder); e && st == OK; e = readdir(folder))
        if (strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0)
            st = walk_one(w, relative, e->d_name, depth);
    closedir(folder);
    return st;
}

static int by_path(const void *a, const void *b)
{
    return strcmp(((const file_entry *)a)->path, ((const file_entry *)b)->path);
}

status file_walk(arena *mem, const char *folder, int depth_limit, file_list *out, fault *f)
{
    walk w = {mem, folder, NULL, 0, 0, f};
    status st = walk_folder(&w, "", depth_limit);
    file_entry *items = st == OK ? ARENA_ARRAY(mem, file_entry, w.count) : NULL;
    if (st == OK && !items)
        st = fault_memory(f);
    if (st == OK) {
        if (w.count) {
            memcpy(items, w.items, w.count * sizeof *items);
            qsort(items, w.count, sizeof *items, by_path);
        }
        *out = (file_list){items, w.count};
    }
    free(w.items);
    return st;
}
