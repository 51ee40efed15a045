/* A limited child process for programs that read untrusted files: empty environment, no network, limits
 * on CPU time, memory, open and written files and output; the system's files only for reading, nobody
 * else's at all (where the kernel has Landlock); killed when it takes too long or when we end. */
#ifndef CHAMTHI_CHILD_H
#define CHAMTHI_CHILD_H

#include "chamthi/arena.h"
#include "chamthi/buffer.h"

typedef struct {
    const char *const *argv; /* argv[0] is a path or looked up in $PATH; NULL at the end */
    const char *package;     /* the Debian package that brings the program */
    slice input;             /* its standard input */
    unsigned seconds;        /* of CPU time; it is killed after three times as many by the clock */
    size_t memory;           /* bytes of address space */
    size_t file_size;        /* the largest file it may write; 0: none */
    size_t output_limit;     /* bytes of standard output */
    const char
        *folder; /* where it may write: its working folder, $HOME and $TMPDIR; NULL: nowhere, and
                           the root folder is where it works */
} child_job;

/* E_SYSTEM, naming the Debian package, when the program is not installed. */
status child_find(const char *program, const char *package, char *path, size_t path_size, fault *f);

/* Appends its standard output to `out`. E_SYSTEM: the program is missing or cannot be started;
 * E_LIMIT: it passed a limit; E_INPUT: it failed, with the first line it complained with. */
status child_run(const child_job *job, buffer *out, fault *f);

#endif
