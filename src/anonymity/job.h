/* A change to redactions: one transaction, memory for one entry at a time, an audit row. */
#ifndef ANONYMITY_JOB_H
#define ANONYMITY_JOB_H

#include "entry.h"

/* What a change works on; each uses the parts it needs. */
typedef struct job job;
typedef status job_step(job *j, fault *f);
struct job {
    store *db;
    arena *mem;
    const char *actor;
    int64_t year, id, count, waiting;
    const int64_t *ids;
    size_t id_count;
    const char *text;
    const redacted_page *pages;
    size_t page_count;
    redact_decision decision;
    review_mode mode;
    redact_summary *sum;
};

/* Runs a step in a transaction of its own, with fresh memory. */
status job_run(job *j, job_step *step, fault *f);

/* `step` for each received entry of the year; its memory is forgotten after each. */
typedef status entry_step(job *j, const redact_entry *e, fault *f);
status job_each_entry(job *j, entry_step *step, fault *f);

/* An audit row; a NULL object or after is a failed allocation. */
status job_record(job *j, const char *action, const char *object, const char *before,
                  const char *after, fault *f);

#endif
