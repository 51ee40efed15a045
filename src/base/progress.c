/* A progress line on stderr, only when somebody is looking. */
#include "chamthi/progress.h"

#include <stdio.h>
#include <time.h>
#include <unistd.h>

static int64_t nanoseconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

void progress_start(progress *p, const char *label, size_t total)
{
    *p = (progress){label, total, nanoseconds(), 0, isatty(STDERR_FILENO) == 1};
}

void progress_show(progress *p, size_t done)
{
    if (!p->visible)
        return;
    int64_t now = nanoseconds();
    if (now - p->shown < 100000000)
        return;
    p->shown = now;
    double seconds = (double)(now - p->started) / 1e9;
    double left = done ? seconds / (double)done * (double)(p->total - done) : 0;
    fprintf(stderr, "\r%s %zu/%zu  ~%.0f s\033[K", p->label, done, p->total, left);
}

void progress_end(progress *p)
{
    if (p->visible)
        fputs("\r\033[K", stderr);
}
