/* Work handed out to threads item by item. */
#include "parallel.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>
#include <unistd.h>

enum { THREADS_MOST = 64 };

unsigned parallel_threads(unsigned wanted)
{
    long machine = sysconf(_SC_NPROCESSORS_ONLN);
    if (wanted == 0)
        wanted = machine > 0 ? (unsigned)machine : 1;
    return wanted < THREADS_MOST ? wanted : THREADS_MOST;
}

typedef struct {
    parallel_job job;
    void *state;
    size_t items;
    _Atomic size_t next;
    atomic_bool stop;
} work;

typedef struct {
    work *w;
    unsigned number;
    fault f;
    status st;
    pthread_t id;
} worker;

static void *work_on(void *arg)
{
    worker *me = arg;
    work *w = me->w;
    for (;;) {
        size_t item = atomic_fetch_add(&w->next, 1);
        if (item >= w->items || atomic_load(&w->stop))
            return NULL;
        me->st = w->job(w->state, me->number, item, &me->f);
        if (me->st != OK) {
            atomic_store(&w->stop, true);
            return NULL;
        }
    }
}

status parallel_run(unsigned threads, size_t items, parallel_job job, void *state, fault *f)
{
    work w = {.job = job, .state = state, .items = items};
    worker *all = calloc(threads, sizeof *all);
    if (!all)
        return fault_memory(f);
    unsigned started = 1;
    for (unsigned i = 0; i < threads; i++)
        all[i] = (worker){.w = &w, .number = i};
    while (started < threads && started < items &&
           pthread_create(&all[started].id, NULL, work_on, &all[started]) == 0)
        started++; /* a thread that cannot be had is done without */
    work_on(&all[0]);
    for (unsigned i = 1; i < started; i++)
        pthread_join(all[i].id, NULL);
    status st = OK;
    for (unsigned i = 0; i < started && st == OK; i++)
        if (all[i].st != OK) {
            st = all[i].st;
            if (f)
                *f = all[i].f;
        }
    free(all);
    return st;
}
