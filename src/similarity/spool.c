/* Texts in memory and in a nameless file. */
#include "spool.h"

#include "chamthi/file.h"

#include <errno.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static const size_t MEMORY = (size_t)1 << 30;

struct spool {
    char *memory; /* places below MEMORY; NULL: none */
    int fd;       /* all other places; -1: could not be had, */
    int why;      /* and the reason */
    _Atomic size_t size;
    char *file; /* mapped; NULL: nothing in it */
};

static status fail(int why, fault *f)
{
    return FAIL(
        f, E_SYSTEM, "không ghi được các bài ra tệp tạm: %s; hãy đặt TMPDIR là thư mục còn chỗ",
        "cannot write the texts into a temporary file: %s; set TMPDIR to a folder with room",
        strerror(why));
}

status spool_new(spool **out, fault *f)
{
    char name[4096];
    spool *s = calloc(1, sizeof *s);
    if (!s)
        return fault_memory(f);
    s->fd = file_open_scratch(name, sizeof name);
    s->why = errno;
    if (s->fd >= 0)
        unlink(name);
    void *memory = mmap(NULL, MEMORY, PROT_READ | PROT_WRITE,
                        MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    s->memory = memory == MAP_FAILED ? NULL : memory;
    *out = s;
    return OK;
}

void spool_free(spool *s)
{
    if (!s)
        return;
    if (s->memory)
        munmap(s->memory, MEMORY);
    if (s->file)
        munmap(s->file, atomic_load(&s->size));
    if (s->fd >= 0)
        close(s->fd);
    free(s);
}

static bool in_memory(const spool *s, size_t at, size_t size)
{
    return s->memory && at + size <= MEMORY;
}

status spool_put(spool *s, slice text, size_t *at, fault *f)
{
    *at = atomic_fetch_add(&s->size, text.size);
    if (in_memory(s, *at, text.size)) {
        if (text.size)
            memcpy(s->memory + *at, text.bytes, text.size);
        return OK;
    }
    if (s->fd < 0)
        return fail(s->why, f);
    for (size_t done = 0; done < text.size;) { /* what memory has is a hole in the file */
        ssize_t n = pwrite(s->fd, text.bytes + done, text.size - done, (off_t)(*at + done));
        if (n < 0 && errno != EINTR)
            return fail(errno, f);
        done += n > 0 ? (size_t)n : 0;
    }
    return OK;
}

status spool_close(spool *s, fault *f)
{
    size_t size = atomic_load(&s->size);
    if (!size || in_memory(s, 0, size))
        return OK;
    void *file = mmap(NULL, size, PROT_READ, MAP_SHARED, s->fd, 0);
    if (file == MAP_FAILED)
        return fail(errno, f);
    s->file = file;
    return OK;
}

const char *spool_text(const spool *s, size_t at, size_t size)
{
    if (!size)
        return "";
    return in_memory(s, at, size) ? s->memory + at : s->file + at;
}
