/* A progress line on stderr when it is a terminal: done, total, time left. Silent otherwise. */
#ifndef CHAMTHI_PROGRESS_H
#define CHAMTHI_PROGRESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct {
    const char *label;
    size_t total;
    int64_t started, shown; /* nanoseconds */
    bool visible;
} progress;

void progress_start(progress *p, const char *label, size_t total);
void progress_show(progress *p, size_t done); /* redraws at most ten times a second */
void progress_end(progress *p);               /* clears the line */

#endif
