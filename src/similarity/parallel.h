/* Work handed out to threads item by item. */
#ifndef SIMILARITY_PARALLEL_H
#define SIMILARITY_PARALLEL_H

#include "chamthi/fault.h"

#include <stddef.h>

/* What `wanted` threads come to: 0 is as many as the machine has; at most 64. */
unsigned parallel_threads(unsigned wanted);

/* Runs job(state, thread, item) for every item below `items`, handed out in order; `thread` is below
 * `threads`. After a failure no more items are begun; its fault is handed back. */
typedef status (*parallel_job)(void *state, unsigned thread, size_t item, fault *f);
status parallel_run(unsigned threads, size_t items, parallel_job job, void *state, fault *f);

#endif
