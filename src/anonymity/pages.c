/* Pages of entries that were written by hand, as pictures in which a person has covered what names the
 * author. */
#include "chamthi/anonymity.h"
#include "picture.h"

#include "chamthi/clock.h"

#include <stdio.h>

typedef struct {
    store *db;
    const char *actor;
    int64_t entry;
    const redacted_page *pages;
    size_t count;
} change;

static status put_page(const change *x, size_t i, buffer *clean, fault *f)
{
    const char *type;
    buffer_clear(clean);
    TRY(picture_clean(x->pages[i].name, x->pages[i].bytes, clean, &type, f));
    return store_run(x->db, Q_PAGE_ADD,
                     ARGS(v_int(x->entry), v_int((int64_t)i + 1), v_text(type),
                          v_bytes(clean->bytes, clean->size), v_text(x->actor), v_int(clock_now())),
                     NULL, f);
}

static status replace(const change *x, fault *f)
{
    char object[40], after[40];
    buffer clean = BUFFER_INIT;
    status st = store_run(x->db, Q_PAGES_FORGET, ARGS(v_int(x->entry)), NULL, f);
    for (size_t i = 0; i < x->count && st == OK; i++)
        st = put_page(x, i, &clean, f);
    buffer_free(&clean);
    TRY(st);
    TRY(store_run(x->db, Q_BLIND_PAGES_DROP, ARGS(v_int(x->entry)), NULL, f));
    TRY(store_run(x->db, Q_BLIND_PAGES_REFRESH, ARGS(v_int(x->entry)), NULL, f));
    snprintf(object, sizeof object, "entry id %lld", (long long)x->entry);
    snprintf(after, sizeof after, "%zu pages", x->count);
    return audit_record(x->db, "redact.pages", object, NULL, after, f);
}

status redact_pages(store *db, const char *actor, int64_t entry, const redacted_page *pages,
                    size_t count, fault *f)
{
    change x = {db, actor, entry, pages, count};
    TRY(store_begin(db, actor, f));
    status st = replace(&x, f);
    if (st == OK)
        return store_commit(db, f);
    store_rollback(db);
    return st;
}
