/* Pages of entries that were written by hand, as pictures in which a person has covered what names the
 * author. */
#include "job.h"
#include "picture.h"

#include "chamthi/clock.h"

static status put_page(job *j, size_t i, buffer *clean, fault *f)
{
    const char *type;
    buffer_clear(clean);
    TRY(picture_clean(j->pages[i].name, j->pages[i].bytes, clean, &type, f));
    return store_run(j->db, Q_PAGE_ADD,
                     ARGS(v_int(j->id), v_int((int64_t)i + 1), v_text(type),
                          v_bytes(clean->bytes, clean->size), v_text(j->actor), v_int(clock_now())),
                     NULL, f);
}

static status put_pages(job *j, fault *f)
{
    buffer clean = BUFFER_INIT;
    status st = store_run(j->db, Q_PAGES_FORGET, ARGS(v_int(j->id)), NULL, f);
    for (size_t i = 0; i < j->page_count && st == OK; i++)
        st = put_page(j, i, &clean, f);
    buffer_free(&clean);
    return st;
}

static status replace(job *j, fault *f)
{
    redact_entry e;
    TRY(redact_read(j->db, j->mem, j->id, &e, f));
    TRY(put_pages(j, f));
    TRY(store_run(j->db, Q_BLIND_PAGES_DROP, ARGS(v_int(j->id)), NULL, f));
    TRY(store_run(j->db, Q_BLIND_PAGES_REFRESH, ARGS(v_int(j->id)), NULL, f));
    return job_record(j, "redact.pages", arena_format(j->mem, "entry %s", e.receipt), NULL,
                      arena_format(j->mem, "%zu pages", j->page_count), f);
}

status redact_pages(store *db, const char *actor, int64_t entry, const redacted_page *pages,
                    size_t count, fault *f)
{
    job j = {.db = db, .actor = actor, .id = entry, .pages = pages, .page_count = count};
    return job_run(&j, replace, f);
}
