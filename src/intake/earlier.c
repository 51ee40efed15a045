/* What earlier parcels brought under another name: an entry whose file is called otherwise now, and rows
 * that waited and are mended. */
#include "work.h"

#include "chamthi/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- fingerprints of keys ---- */

typedef uint64_t fingerprint;

static fingerprint of(const unsigned char key[HASH_SIZE])
{
    fingerprint f;
    memcpy(&f, key, sizeof f);
    return f;
}

static int by_value(const void *a, const void *b)
{
    fingerprint x = *(const fingerprint *)a, y = *(const fingerprint *)b;
    return (x > y) - (x < y);
}

static bool among(const fingerprint *sorted, size_t count, fingerprint f)
{
    return count && bsearch(&f, sorted, count, sizeof f, by_value);
}

/* ---- entries known by what they say ---- */

/* The keys of all rows of the list, when the first of them is asked for. */
static status list_keys(intake_run *run, fault *f)
{
    if (run->row_keys)
        return OK;
    run->row_keys = ARENA_ARRAY(run->mem, fingerprint, run->list.count);
    if (!run->row_keys)
        return fault_memory(f);
    for (size_t i = 0; i < run->list.count; i++) {
        unsigned char key[HASH_SIZE];
        TRY(row_key(&run->list.rows[i], run->job->year, run->batch, key, f));
        run->row_keys[i] = of(key);
    }
    qsort(run->row_keys, run->list.count, sizeof *run->row_keys, by_value);
    return OK;
}

/* An entry that another row of this list stands for, or that one has been taken for already. */
static status is_spoken_for(intake_run *run, int64_t id, const unsigned char key[HASH_SIZE],
                            bool *out, fault *f)
{
    TRY(list_keys(run, f));
    *out = among(run->row_keys, run->list.count, of(key));
    for (size_t i = 0; i < run->adopted_count; i++)
        *out |= run->adopted[i] == id;
    return OK;
}

static status remember(intake_run *run, int64_t id, fault *f)
{
    int64_t *ids =
        arena_grow(run->mem, run->adopted, run->adopted_count, &run->adopted_capacity, sizeof *ids);
    if (!ids)
        return fault_memory(f);
    run->adopted = ids;
    ids[run->adopted_count++] = id;
    return OK;
}

/* One unit calls it the same and names the same author; or the bytes are the same and one of the two is. */
static bool is_alike(const work_item *w, const known_entry *k, bool same_unit)
{
    bool bytes = w->kept && k->has_file && memcmp(w->file_hash, k->file_hash, HASH_SIZE) == 0;
    bool title = !k->title_differs, author = !k->author_differs;
    return same_unit && ((title && author) || (bytes && (title || author)));
}

/* The first one received of those that fit. */
static status look(intake_run *run, work_item *w, cursor *c, known_entry *found, fault *f)
{
    unsigned char key[HASH_SIZE];
    const char *unit = NULL;
    while (cursor_next(c)) {
        known_entry k = {0};
        bool taken;
        TRY(record_known(run, w, c, &k, f));
        if (found->id && k.id >= found->id)
            continue;
        if (!unit)
            unit = text_key_string(run->batch, w->row->field[FIELD_SENT_BY]);
        const char *sent_by = text_key_string(run->batch, cursor_text(c, 9));
        if (!unit || !sent_by)
            return fault_memory(f);
        if (!is_alike(w, &k, strcmp(unit, sent_by) == 0) || cursor_bytes(c, 8).size != HASH_SIZE)
            continue;
        memcpy(key, cursor_bytes(c, 8).bytes, HASH_SIZE);
        TRY(is_spoken_for(run, k.id, key, &taken, f));
        if (!taken)
            *found = k;
    }
    return OK;
}

static status find_alike(intake_run *run, work_item *w, known_entry *found, fault *f)
{
    cursor c;
    const char *author = name_key(run->batch, w->values.authors[0].name);
    if (!author)
        return fault_memory(f);
    TRY(store_select(run->db, Q_INTAKE_ENTRY_ALIKE,
                     ARGS(v_text(author), w->kept ? v_bytes(w->file_hash, HASH_SIZE) : v_null(),
                          v_int(run->job->year)),
                     &c, f));
    status st = look(run, w, &c, found, f);
    status closed = cursor_close(&c, st == OK ? f : NULL);
    return st == OK ? closed : st;
}

status earlier_find(intake_run *run, work_item *w, fault *f)
{
    known_entry found = {0};
    TRY(find_alike(run, w, &found, f));
    if (!found.id)
        return OK;
    w->known = found;
    work_decide_again(w);
    return remember(run, found.id, f);
}

status earlier_file(intake_run *run, const manifest_row *row, unsigned char hash[HASH_SIZE],
                    bool *known, fault *f)
{
    work_item w = {.row = row};
    const char *reason = NULL;
    fault ignored = {0};
    *known = false;
    if (row_read(run->batch, row, &w.values, &reason, &ignored) != OK)
        return OK;
    TRY(row_key(row, run->job->year, run->batch, w.key, f));
    TRY(record_find(run, &w, f));
    if (!w.known.id)
        TRY(find_alike(run, &w, &w.known, f));
    *known = w.known.has_file;
    memcpy(hash, w.known.file_hash, HASH_SIZE);
    return OK;
}

/* ---- rows that waited ---- */

status earlier_start(intake_run *run, fault *f)
{
    TRY(store_int(run->db, Q_QUARANTINE_COUNT, ARGS(v_int(run->job->year)), &run->open_refusals,
                  f));
    if (!run->open_refusals)
        return OK;
    run->sources = ARENA_ARRAY(run->mem, fingerprint, run->list.count);
    run->meanings = ARENA_ARRAY(run->mem, fingerprint, run->list.count);
    return run->sources && run->meanings ? OK : fault_memory(f);
}

status earlier_note(intake_run *run, const work_item *w, fault *f)
{
    unsigned char meaning[HASH_SIZE];
    if (!run->sources || !w->row)
        return OK;
    run->sources[run->source_count++] = of(w->source_key);
    if (w->decided == DECIDE_REFUSE)
        return OK;
    TRY(row_meaning(w->row, run->job->year, run->batch, meaning, f));
    run->meanings[run->meaning_count++] = of(meaning);
    return OK;
}

/* Refused rows that say what a received one says and do not stand in the list any more. */
static status list_mended(intake_run *run, int64_t **ids, size_t *count, fault *f)
{
    cursor c;
    size_t capacity = 0;
    bool full = false;
    TRY(store_select(run->db, Q_REFUSED_OPEN, ARGS(v_int(run->job->year)), &c, f));
    while (!full && cursor_next(&c)) {
        slice row = cursor_bytes(&c, 1), meaning = cursor_bytes(&c, 2);
        if (row.size != HASH_SIZE || meaning.size != HASH_SIZE ||
            among(run->sources, run->source_count, of((const unsigned char *)row.bytes)) ||
            !among(run->meanings, run->meaning_count, of((const unsigned char *)meaning.bytes)))
            continue;
        int64_t *more = arena_grow(run->mem, *ids, *count, &capacity, sizeof *more);
        full = !more;
        if (more) {
            *ids = more;
            more[(*count)++] = cursor_int(&c, 0);
        }
    }
    TRY(cursor_close(&c, f));
    return full ? fault_memory(f) : OK;
}

static status settle_mended(intake_run *run, const int64_t *ids, size_t count, fault *f)
{
    for (size_t i = 0; i < count; i++) {
        char object[40];
        TRY(store_run(run->db, Q_QUARANTINE_SETTLE, ARGS(v_int(clock_now()), v_int(ids[i])), NULL,
                      f));
        snprintf(object, sizeof object, "quarantine %lld", (long long)ids[i]);
        TRY(audit_record(run->db, "import.settle", object, NULL, NULL, f));
    }
    return refused_forget(run, f);
}

status earlier_settle(intake_run *run, fault *f)
{
    int64_t *ids = NULL;
    size_t count = 0;
    if (!run->sources || run->job->mode == INTAKE_DRY_RUN)
        return OK;
    qsort(run->sources, run->source_count, sizeof *run->sources, by_value);
    qsort(run->meanings, run->meaning_count, sizeof *run->meanings, by_value);
    TRY(list_mended(run, &ids, &count, f));
    if (!count)
        return OK;
    TRY(store_begin(run->db, run->job->actor, f));
    status st = settle_mended(run, ids, count, f);
    if (st == OK)
        return store_commit(run->db, f);
    store_rollback(run->db);
    return st;
}
