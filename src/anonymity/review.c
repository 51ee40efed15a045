/* That a person has looked at an entry's redaction, or chose to skip it. */
#include "job.h"

#include "chamthi/clock.h"

#include <string.h>

/* OK and false: proposals wait. */
static status review_one(job *j, const redact_entry *e, bool *waits, fault *f)
{
    size_t undecided;
    const unsigned char *text_hash = e->parts[PART_TEXT].hash;
    TRY(redact_undecided(j->db, j->mem, e, &undecided, f));
    *waits = j->mode == REVIEW_DONE && undecided;
    if (*waits)
        return OK;
    const char *mode = j->mode == REVIEW_DONE ? "reviewed" : "skipped", *before = NULL;
    bool same = false;
    cursor c;
    TRY(store_select(j->db, Q_REVIEW_GET, ARGS(v_int(e->id)), &c, f));
    if (cursor_next(&c)) {
        slice hash = cursor_bytes(&c, 1);
        before = cursor_copy(&c, 0, j->mem);
        same = before && strcmp(before, mode) == 0 && hash.size == HASH_SIZE &&
               memcmp(hash.bytes, text_hash, HASH_SIZE) == 0;
    }
    TRY(cursor_close(&c, f));
    if (same)
        return OK;
    j->count++;
    TRY(store_run(j->db, Q_REVIEW_PUT,
                  ARGS(v_int(e->id), v_bytes(text_hash, HASH_SIZE), v_text(mode), v_text(j->actor),
                       v_int(clock_now())),
                  NULL, f));
    return job_record(j, "redact.review", arena_format(j->mem, "entry %s", e->receipt), before,
                      mode, f);
}

static status review_listed(job *j, int64_t entry_id, fault *f)
{
    redact_entry e;
    bool waits;
    TRY(redact_read(j->db, j->mem, entry_id, &e, f));
    TRY(review_one(j, &e, &waits, f));
    if (waits)
        return FAIL(f, E_CONFLICT,
                    "bài %s còn đề xuất che chưa quyết định; xem: chamthi redact list --entry %s, "
                    "hoặc ghi nhận bỏ qua bằng --skip",
                    "entry %s has undecided proposals; see: chamthi redact list --entry %s, or "
                    "record a skip with --skip",
                    e.receipt, e.receipt);
    return OK;
}

static status review_list(job *j, fault *f)
{
    for (size_t i = 0; i < j->id_count; i++) {
        arena_reset(j->mem);
        TRY(review_listed(j, j->ids[i], f));
    }
    return OK;
}

status redact_review(store *db, const char *actor, const int64_t *entries, size_t count,
                     review_mode mode, fault *f)
{
    job j = {.db = db, .actor = actor, .ids = entries, .id_count = count, .mode = mode};
    return job_run(&j, review_list, f);
}

static status review_entry(job *j, const redact_entry *e, fault *f)
{
    bool waits;
    TRY(review_one(j, e, &waits, f));
    j->waiting += waits;
    return OK;
}

static status review_year(job *j, fault *f)
{
    return job_each_entry(j, review_entry, f);
}

status redact_review_all(store *db, const char *actor, int64_t year, review_mode mode,
                         int64_t *reviewed, int64_t *waiting, fault *f)
{
    job j = {.db = db, .actor = actor, .year = year, .mode = mode};
    TRY(job_run(&j, review_year, f));
    *reviewed = j.count;
    *waiting = j.waiting;
    return OK;
}
