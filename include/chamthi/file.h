/* Files: whole-file reads with a limit, and writes that either are complete under their final name
 * or did not happen (temporary file beside the target, fsync, rename, fsync of the folder). A link
 * is followed, so it stays; what is no file (a terminal, a pipe, /dev/null) is written to, never
 * replaced. */
#ifndef CHAMTHI_FILE_H
#define CHAMTHI_FILE_H

#include "chamthi/arena.h"
#include "chamthi/buffer.h"

/* Appends the file's bytes to `out`. E_MISSING, E_LIMIT (larger than `limit`) or E_SYSTEM. */
status file_read(const char *path, size_t limit, buffer *out, fault *f);
status file_write(const char *path, const void *bytes, size_t size, fault *f);

typedef struct {
    const char *path; /* relative to the folder, '/' between parts */
    const char *name; /* last part */
    size_t size;
} file_entry;

typedef struct {
    file_entry *items; /* sorted by path, bytewise */
    size_t count;
} file_list;

/* Every regular file below `folder`, at most `depth_limit` folders deep; links are not followed. */
status file_walk(arena *mem, const char *folder, int depth_limit, file_list *out, fault *f);

/* A new empty folder of this user's own below $TMPDIR or /tmp; `path` gets its name. */
status file_make_scratch(char *path, size_t size, fault *f);
/* A new empty file there, open for reading and writing; -1 with errno when it cannot be had. */
int file_open_scratch(char *path, size_t size);
/* Removes a folder with all that is in it; links are removed, not followed. What cannot be removed stays. */
void file_remove_folder(const char *path);

bool file_is_folder(const char *path);
status file_make_folder(const char *path, fault *f); /* like mkdir -p */
char *file_join(arena *mem, const char *folder, const char *name);

#endif
