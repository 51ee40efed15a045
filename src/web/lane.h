/* Queues for requests that must not hold up the threads that watch the sockets: those that write wait
 * for a commit, those that hash a password for a processor. Each lane has threads of its own. */
#ifndef WEB_LANE_H
#define WEB_LANE_H

#include "chamthi/fault.h"

#include <stdbool.h>
#include <stddef.h>

/* The head of whatever waits in a lane; it belongs to the lane from lane_put until `work` has it. */
typedef struct lane_job {
    struct lane_job *next;
} lane_job;

enum { LANE_BATCH_MOST = 256 };

typedef struct {
    size_t threads;
    size_t at_once; /* most jobs given to one call of work, up to LANE_BATCH_MOST */
    size_t room;    /* most that may wait */
    /* Does all of `jobs`, in the order in which they came. `thread` counts from 0. */
    void (*work)(void *context, size_t thread, lane_job **jobs, size_t count);
    void *context;
} lane_plan;

typedef struct lane lane;

status lane_start(lane **out, const lane_plan *plan, fault *f);
/* False when the lane is full. */
bool lane_put(lane *l, lane_job *job);
/* Ends when all that waits is done; nothing may be put any more. NULL is fine. */
void lane_stop(lane *l);

#endif
