/* A progress line on stderr, only when somebody is looking. */
#include "chamthi/progress.h"

#include <stdio.h>
#include <time.h>
#include <unistd.h>

enum { CELLS = 24 };

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

/* nhận bài ████████░░░░░░░░ 1234/5000  25 %  ~0:12 */
void progress_show(progress *p, size_t done)
{
    int64_t now = nanoseconds();
    if (!p->visible || !p->total || now - p->shown < 100000000)
        return;
    p->shown = now;
    size_t full = done * CELLS / p->total;
    int64_t left = done ? (now - p->started) / (int64_t)done * (int64_t)(p->total - done) : 0;
    int64_t seconds = left / 1000000000;
    fprintf(stderr, "\r%s ", p->label);
    for (size_t i = 0; i < CELLS; i++)
        fputs(i < full ? "█" : "░", stderr);
    fprintf(stderr, " %zu/%zu  %zu %%  ~%lld:%02d\033[K", done, p->total, done * 100 / p->total,
            (long long)(seconds / 60), (int)(seconds % 60));
}

void progress_end(progress *p)
{
    if (p->visible)
        fputs("\r\033[K", stderr);
}
