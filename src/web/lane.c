/* A bounded queue and its threads. */
#include "lane.h"

#include <pthread.h>
#include <stdlib.h>

enum { THREADS_MOST = 4 };

typedef struct {
    lane *lane;
    size_t number;
    pthread_t id;
} lane_thread;

struct lane {
    lane_plan plan;
    pthread_mutex_t lock;
    pthread_cond_t came;
    lane_job *first, **end;
    size_t waiting;
    bool stopping;
    lane_thread threads[THREADS_MOST];
    size_t thread_count;
};

/* Takes what waits, at most `at_once`; waits for the first. 0: the lane has stopped and is empty. */
static size_t take(lane *l, lane_job **jobs)
{
    size_t n = 0;
    pthread_mutex_lock(&l->lock);
    while (!l->first && !l->stopping)
        pthread_cond_wait(&l->came, &l->lock);
    while (l->first && n < l->plan.at_once) {
        jobs[n++] = l->first;
        l->first = l->first->next;
    }
    if (!l->first)
        l->end = &l->first;
    l->waiting -= n;
    pthread_mutex_unlock(&l->lock);
    return n;
}

static void *run(void *context)
{
    lane_thread *t = context;
    lane_job *jobs[LANE_BATCH_MOST];
    size_t n;
    while ((n = take(t->lane, jobs)))
        t->lane->plan.work(t->lane->plan.context, t->number, jobs, n);
    return NULL;
}

status lane_start(lane **out, const lane_plan *plan, fault *f)
{
    lane *l = calloc(1, sizeof *l);
    if (!l)
        return fault_memory(f);
    l->plan = *plan;
    l->end = &l->first;
    pthread_mutex_init(&l->lock, NULL);
    pthread_cond_init(&l->came, NULL);
    *out = l;
    while (l->thread_count < plan->threads && l->thread_count < THREADS_MOST) {
        lane_thread *t = &l->threads[l->thread_count];
        *t = (lane_thread){.lane = l, .number = l->thread_count};
        if (pthread_create(&t->id, NULL, run, t) != 0)
            return FAIL(f, E_SYSTEM, "không tạo được luồng phục vụ", "cannot start a thread");
        l->thread_count++;
    }
    return OK;
}

bool lane_put(lane *l, lane_job *job)
{
    pthread_mutex_lock(&l->lock);
    bool fits = l->waiting < l->plan.room;
    if (fits) {
        job->next = NULL;
        *l->end = job;
        l->end = &job->next;
        l->waiting++;
        pthread_cond_signal(&l->came);
    }
    pthread_mutex_unlock(&l->lock);
    return fits;
}

void lane_stop(lane *l)
{
    if (!l)
        return;
    pthread_mutex_lock(&l->lock);
    l->stopping = true;
    pthread_cond_broadcast(&l->came);
    pthread_mutex_unlock(&l->lock);
    for (size_t i = 0; i < l->thread_count; i++)
        pthread_join(l->threads[i].id, NULL);
    pthread_cond_destroy(&l->came);
    pthread_mutex_destroy(&l->lock);
    free(l);
}
