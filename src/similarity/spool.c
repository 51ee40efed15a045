/* A nameless file of texts. */
#include "spool.h"

#include <errno.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

struct spool {
    int fd;
    _Atomic size_t size;
    void *bytes; /* once mapped */
};

static status fail(fault *f)
{
    return FAIL(
        f, E_SYSTEM, "không ghi được các bài ra tệp tạm: %s; hãy đặt TMPDIR là thư mục còn chỗ",
        "cannot write the texts into a temporary file: %s; set TMPDIR to a folder with room",
        strerror(errno));
}

status spool_new(spool **out, fault *f)
{
    char name[4096];
    const char *below = getenv("TMPDIR");
    spool *s = calloc(1, sizeof *s);
    if (!s)
        return fault_memory(f);
    snprintf(name, sizeof name, "%s/chamthi-XXXXXX", below && *below == '/' ? below : "/tmp");
    s->fd = mkstemp(name);
    if (s->fd < 0) {
        free(s);
        return fail(f);
    }
    unlink(name);
    *out = s;
    return OK;
}

void spool_free(spool *s)
{
    if (!s)
        return;
    if (s->bytes)
        munmap(s->bytes, atomic_load(&s->size));
    close(s->fd);
    free(s);
}

status spool_put(spool *s, slice text, size_t *at, fault *f)
{
    *at = atomic_fetch_add(&s->size, text.size);
    for (size_t done = 0; done < text.size;) {
        ssize_t n = pwrite(s->fd, text.bytes + done, text.size - done, (off_t)(*at + done));
        if (n < 0 && errno != EINTR)
            return fail(f);
        done += n > 0 ? (size_t)n : 0;
    }
    return OK;
}

status spool_map(spool *s, const char **bytes, fault *f)
{
    size_t size = atomic_load(&s->size);
    *bytes = "";
    if (!size)
        return OK;
    void *all = mmap(NULL, size, PROT_READ, MAP_SHARED, s->fd, 0);
    if (all == MAP_FAILED)
        return fail(f);
    *bytes = s->bytes = all;
    return OK;
}
