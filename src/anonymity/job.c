/* Changes to redactions, one transaction each. */
#include "job.h"

#include <string.h>

enum { ENTRY_MEMORY = 64 * 1024 * 1024 };

status job_run(job *j, job_step *step, fault *f)
{
    j->mem = arena_new(ENTRY_MEMORY);
    status st = j->mem ? store_begin(j->db, j->actor, f) : fault_memory(f);
    if (st == OK)
        st = step(j, f);
    if (st == OK)
        st = store_commit(j->db, f);
    else
        store_rollback(j->db);
    arena_free(j->mem);
    return st;
}

status job_record(job *j, const char *action, const char *object, const char *before,
                  const char *after, fault *f)
{
    return object && after ? audit_record(j->db, action, object, before, after, f)
                           : fault_memory(f);
}

typedef struct {
    int64_t *ids;
    size_t count;
} id_list;

static status year_ids(job *j, arena *mem, id_list *out, fault *f)
{
    size_t capacity = 0;
    *out = (id_list){0};
    cursor c;
    status st = OK;
    TRY(store_select(j->db, Q_REDACT_IDS, ARGS(v_int(j->year)), &c, f));
    while (st == OK && cursor_next(&c)) {
        if (out->count == capacity) {
            capacity = capacity ? capacity * 2 : 256;
            int64_t *more = ARENA_ARRAY(mem, int64_t, capacity);
            if (!more) {
                st = fault_memory(f);
                break;
            }
            if (out->count)
                memcpy(more, out->ids, out->count * sizeof *more);
            out->ids = more;
        }
        out->ids[out->count++] = cursor_int(&c, 0);
    }
    status closed = cursor_close(&c, st == OK ? f : NULL);
    return st == OK ? closed : st;
}

status job_each_entry(job *j, entry_step *step, fault *f)
{
    arena *list_mem = arena_new(ENTRY_MEMORY);
    word_memo *memo = word_memo_new(); /* without one it is only slower */
    id_list list = {0};
    status st = list_mem ? year_ids(j, list_mem, &list, f) : fault_memory(f);
    for (size_t i = 0; i < list.count && st == OK; i++) {
        redact_entry e;
        arena_reset(j->mem);
        st = redact_read(j->db, j->mem, list.ids[i], &e, f);
        e.known.memo = memo;
        if (st == OK)
            st = step(j, &e, f);
    }
    word_memo_free(memo);
    arena_free(list_mem);
    return st;
}
