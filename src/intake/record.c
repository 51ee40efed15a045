/* The intake's talk with the store: what is known of a row, and writing what became of it. */
#include "trace.h"
#include "work.h"

#include "chamthi/text.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* ---- reading ---- */

static void copy_hash(unsigned char to[HASH_SIZE], slice from)
{
    if (from.size == HASH_SIZE)
        memcpy(to, from.bytes, HASH_SIZE);
}

static status compare_names(intake_run *run, const work_item *w, const char *title_fold,
                            const char *author_key, known_entry *k, fault *f)
{
    if (!w->values.author_count)
        return OK;
    const char *title = text_fold_string(run->batch, w->row->field[FIELD_TITLE]);
    const char *author = name_key(run->batch, w->values.authors[0].name);
    if (!title || !author)
        return fault_memory(f);
    k->title_differs = strcmp(title, title_fold) != 0;
    k->author_differs = strcmp(author, author_key) != 0;
    return OK;
}

status record_known(intake_run *run, const work_item *w, cursor *c, known_entry *k, fault *f)
{
    k->id = cursor_int(c, 0);
    snprintf(k->receipt, sizeof k->receipt, "%s", cursor_text(c, 1));
    copy_hash(k->row_hash, cursor_bytes(c, 2));
    k->received_at = cursor_int(c, 4);
    k->version = cursor_int(c, 5);
    k->has_file = !cursor_null(c, 6);
    copy_hash(k->file_hash, cursor_bytes(c, 6));
    return compare_names(run, w, cursor_text(c, 3), cursor_text(c, 7), k, f);
}

status record_find(intake_run *run, work_item *w, fault *f)
{
    cursor c;
    TRY(store_select(run->db, Q_INTAKE_ENTRY,
                     ARGS(v_int(run->job->year), v_bytes(w->key, HASH_SIZE)), &c, f));
    status st = cursor_next(&c) ? record_known(run, w, &c, &w->known, f) : OK;
    status closed = cursor_close(&c, st == OK ? f : NULL);
    return st == OK ? closed : st;
}

status record_confirmed(intake_run *run, work_item *w, fault *f)
{
    cursor c;
    TRY(store_select(run->db, Q_SCAN_CONFIRMED, ARGS(v_bytes(w->file_hash, HASH_SIZE)), &c, f));
    if (cursor_next(&c)) {
        slice text = cursor_bytes(&c, 0);
        buffer_clear(&w->text.text);
        buffer_put(&w->text.text, text.bytes, text.size);
    }
    TRY(cursor_close(&c, f));
    return buffer_check(&w->text.text, f);
}

static sql_value kept_hash(const work_item *w)
{
    return w->kept ? v_bytes(w->file_hash, HASH_SIZE) : v_null();
}

static sql_value file_source(const work_item *w)
{
    return v_bytes(w->file ? w->file_source_key : w->source_key, HASH_SIZE);
}

status record_needs_write(intake_run *run, work_item *w, fault *f)
{
    int64_t count = 0, year = run->job->year;
    w->writes = true;
    if (w->decided == DECIDE_REFUSE) {
        TRY(store_int(run->db, Q_QUARANTINE_SAME,
                      ARGS(v_int(year), v_bytes(w->source_key, HASH_SIZE), v_text(w->reason),
                           kept_hash(w), v_text(w->why.text[LANG_VI])),
                      &count, f));
        w->writes = count == 0;
    } else if (w->decided == DECIDE_SAME) {
        TRY(store_int(run->db, Q_QUARANTINE_OPEN,
                      ARGS(v_int(year), v_bytes(w->source_key, HASH_SIZE), file_source(w)), &count,
                      f));
        w->writes = count != 0;
    }
    return OK;
}

/* ---- writing ---- */

static sql_value text_or_null(const char *text)
{
    return *text ? v_text(text) : v_null();
}

static sql_value positive_or_null(int64_t n, int64_t least)
{
    return n >= least ? v_int(n) : v_null();
}

typedef struct {
    sql_value words, syllables, source, encoding;
} counted;

static counted count_of(const work_item *w)
{
    if (w->count.words)
        return (counted){v_int((int64_t)w->count.words), v_int((int64_t)w->count.syllables),
                         v_text("machine"), v_text(text_encoding_name(w->text.report.encoding))};
    bool declared = w->values.words >= 0;
    return (counted){declared ? v_int(w->values.words) : v_null(), v_null(),
                     v_text(declared ? "declared" : "none"), v_text("")};
}

status record_blob(intake_run *run, const unsigned char hash[HASH_SIZE], const buffer *bytes,
                   fault *f)
{
    return store_run(run->db, Q_BLOB_PUT,
                     ARGS(v_bytes(hash, HASH_SIZE), v_int((int64_t)bytes->size),
                          v_bytes(bytes->bytes, bytes->size)),
                     NULL, f);
}

status record_file(intake_run *run, const work_item *w, int64_t entry_id, int64_t received,
                   fault *f)
{
    TRY(record_blob(run, w->file_hash, &w->bytes, f));
    const char *kind, *value;
    for (size_t at = 0; trace_next(&w->text, &at, &kind, &value);)
        TRY(store_run(run->db, Q_TRACE_PUT,
                      ARGS(v_bytes(w->file_hash, HASH_SIZE), v_text(kind), v_text(value)), NULL,
                      f));
    if (!entry_id)
        return OK;
    return store_run(run->db, Q_FILE_ADD,
                     ARGS(v_int(entry_id), v_int(w->known.version + 1), v_text(w->file->name),
                          v_bytes(w->file_hash, HASH_SIZE), v_int(received)),
                     NULL, f);
}

status record_further(intake_run *run, int64_t entry_id, const further_file *items, size_t count,
                      int64_t at, fault *f)
{
    TRY(store_run(run->db, Q_ATTACHMENTS_REPLACE, ARGS(v_int(at), v_int(entry_id)), NULL, f));
    for (size_t i = 0; i < count; i++) {
        const further_file *a = &items[i];
        sql_value hash = v_bytes(a->hash, HASH_SIZE);
        int64_t kept = 0;
        TRY(store_run(run->db, Q_ATTACHMENT_KEEP,
                      ARGS(v_text(a->file->name), v_int(entry_id), hash, v_int(at)), &kept, f));
        if (kept)
            continue;
        TRY(record_blob(run, a->hash, &a->bytes, f));
        TRY(store_run(run->db, Q_ATTACHMENT_ADD,
                      ARGS(v_int(entry_id), v_text(a->file->name), hash, v_int(at)), NULL, f));
    }
    return OK;
}

/* The text of an entry, or none. */
static status write_text(intake_run *run, const work_item *w, int64_t entry_id, fault *f)
{
    slice display = {w->text.text.bytes, w->text.text.size};
    if (!w->count.words)
        return w->known.id ? store_run(run->db, Q_TEXT_DROP, ARGS(v_int(entry_id)), NULL, f) : OK;
    return store_run(run->db, Q_TEXT_PUT,
                     ARGS(v_int(entry_id), v_slice(display), v_bytes(w->key_hash, HASH_SIZE)), NULL,
                     f);
}

static status write_author(intake_run *run, const row_author *a, int64_t entry_id, int64_t position,
                           fault *f)
{
    int64_t unit_id;
    TRY(work_find_unit(run, a->unit, &unit_id, f));
    const char *key = name_key(run->batch, a->name), *fold = text_fold_string(run->batch, a->name);
    const char *phone = phone_key(run->batch, a->phone);
    if (!key || !fold || !phone)
        return fault_memory(f);
    return store_run(run->db, Q_AUTHOR_ADD,
                     ARGS(v_int(entry_id), v_int(position), v_text(a->name), v_text(key),
                          v_text(fold), positive_or_null(a->birth, 1), v_text(a->address),
                          v_text(a->phone), v_text(phone), v_text(a->email), v_text(a->unit),
                          positive_or_null(unit_id, 1)),
                     NULL, f);
}

static status write_people(intake_run *run, const work_item *w, int64_t entry_id, fault *f)
{
    if (w->known.id)
        TRY(store_run(run->db, Q_AUTHORS_DROP, ARGS(v_int(entry_id)), NULL, f));
    for (size_t i = 0; i < w->values.author_count; i++)
        TRY(write_author(run, &w->values.authors[i], entry_id, (int64_t)i + 1, f));
    const char *const *cells = w->row->field;
    if (!*cells[FIELD_SUBJECT])
        return w->known.id ? store_run(run->db, Q_SUBJECT_DROP, ARGS(v_int(entry_id)), NULL, f)
                           : OK;
    const char *fold = text_fold_string(run->batch, cells[FIELD_SUBJECT]);
    if (!fold)
        return fault_memory(f);
    return store_run(run->db, Q_SUBJECT_PUT,
                     ARGS(v_int(entry_id), v_text(cells[FIELD_SUBJECT]), v_text(fold),
                          v_text(cells[FIELD_SUBJECT_KIND]), v_text(cells[FIELD_SUBJECT_ADDRESS]),
                          v_text(cells[FIELD_SUBJECT_UNIT]), v_text(cells[FIELD_SUBJECT_GROUP])),
                     NULL, f);
}

static status add_entry(intake_run *run, const work_item *w, const char *receipt, const char *fold,
                        int64_t received, int64_t *id, fault *f)
{
    const char *const *cells = w->row->field;
    counted n = count_of(w);
    return store_insert(
        run->db, Q_ENTRY_ADD,
        ARGS(v_int(run->job->year), v_text(receipt), v_bytes(w->key, HASH_SIZE), v_int(received),
             v_int(w->track_id), v_text(cells[FIELD_TITLE]), v_text(fold),
             positive_or_null(w->unit_id, 1), v_text(cells[FIELD_SENT_BY]), v_int(received),
             text_or_null(w->values.published), text_or_null(cells[FIELD_PUBLISHER]),
             text_or_null(cells[FIELD_URL]), n.words, n.syllables, n.source,
             positive_or_null(w->values.seconds, 0), n.encoding, v_bytes(w->hash, HASH_SIZE)),
        id, f);
}

static status change_entry(intake_run *run, const work_item *w, const char *fold, int64_t received,
                           fault *f)
{
    const char *const *cells = w->row->field;
    counted n = count_of(w);
    return store_run(run->db, Q_ENTRY_CHANGE,
                     ARGS(v_int(w->track_id), v_text(cells[FIELD_TITLE]), v_text(fold),
                          positive_or_null(w->unit_id, 1), v_text(cells[FIELD_SENT_BY]),
                          v_int(received), text_or_null(w->values.published),
                          text_or_null(cells[FIELD_PUBLISHER]), text_or_null(cells[FIELD_URL]),
                          n.words, n.syllables, n.source, positive_or_null(w->values.seconds, 0),
                          n.encoding, v_bytes(w->hash, HASH_SIZE), v_bytes(w->key, HASH_SIZE),
                          v_int(w->known.id)),
                     NULL, f);
}

/* The list's date is the office's record, but it may still be the first file's. So once a file was
 * replaced the date only moves forward, or a deadline could be passed unseen. */
static int64_t received_of(const work_item *w)
{
    int64_t listed = w->values.received, known = w->known.received_at;
    bool replaced = w->known.version > 1 || w->decided == DECIDE_VERSION;
    if (w->values.has_received && (!replaced || listed > known))
        return listed;
    return w->known.id && w->decided != DECIDE_VERSION ? known : clock_now();
}

static status write_entry(intake_run *run, work_item *w, fault *f)
{
    static const char *const changes[] = {"new", "version", "details"};
    const char *change = changes[w->decided];
    const char *fold = text_fold_string(run->batch, w->row->field[FIELD_TITLE]);
    int64_t id = w->known.id, received = received_of(w);
    char object[64], before[96] = "", after[160], hex[17] = "";
    if (!fold)
        return fault_memory(f);
    if (id) {
        hex_encode(hex, w->known.file_hash, 8);
        snprintf(before, sizeof before, "version %" PRId64 " %s", w->known.version, hex);
        TRY(change_entry(run, w, fold, received, f));
    } else {
        receipt_text(w->known.receipt, run->job->year, ++run->last_receipt);
        TRY(add_entry(run, w, w->known.receipt, fold, received, &id, f));
    }
    if (w->kept && w->decided != DECIDE_DETAILS)
        TRY(record_file(run, w, id, received, f));
    if (w->known.id || w->further_count)
        TRY(record_further(run, id, w->further, w->further_count, received, f));
    TRY(write_text(run, w, id, f));
    TRY(write_people(run, w, id, f));
    hex_encode(hex, w->kept ? w->file_hash : w->known.file_hash, 8);
    snprintf(object, sizeof object, "entry %s", w->known.receipt);
    snprintf(after, sizeof after, "%s, version %" PRId64 " %s", change,
             w->known.version + (w->kept && w->decided != DECIDE_DETAILS), hex);
    return audit_record(run->db, "import", object, *before ? before : NULL, after, f);
}

/* What was quarantined before is settled by an entry. */
static status settle(intake_run *run, const work_item *w, fault *f)
{
    int64_t changed = 0;
    if (!run->open_refusals)
        return OK;
    TRY(store_run(run->db, Q_QUARANTINE_RESOLVE,
                  ARGS(v_int(clock_now()), v_int(run->job->year), v_bytes(w->source_key, HASH_SIZE),
                       file_source(w)),
                  &changed, f));
    if (changed) /* what it said is in the entry now */
        TRY(refused_forget(run, f));
    if (!changed || w->decided != DECIDE_SAME)
        return OK; /* the entry's own audit row stands for it */
    char object[64];
    snprintf(object, sizeof object, "entry %s", w->known.receipt);
    return audit_record(run->db, "import.settle", object, NULL, NULL, f);
}

status record_start(intake_run *run, size_t added, fault *f)
{
    int64_t last = 0;
    TRY(store_int(run->db, Q_QUARANTINE_COUNT, ARGS(v_int(run->job->year)), &run->open_refusals,
                  f));
    if (added)
        TRY(store_int(run->db, Q_RECEIPT_TAKE, ARGS(v_int(run->job->year), v_int((int64_t)added)),
                      &last, f));
    run->last_receipt = last - (int64_t)added;
    return OK;
}

status record_write(intake_run *run, work_item *w, fault *f)
{
    if (w->decided == DECIDE_REFUSE)
        return refused_write(run, w, f);
    if (w->decided != DECIDE_SAME)
        TRY(write_entry(run, w, f));
    return settle(run, w, f);
}
