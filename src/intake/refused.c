/* The quarantine: what is refused is kept whole, with what its row says and the file that may be its. */
#include "header.h"
#include "work.h"

#include <stdio.h>
#include <string.h>

/* ---- writing ---- */

static status put_cells(intake_run *run, const work_item *w, int64_t id, fault *f)
{
    unsigned char meaning[HASH_SIZE];
    buffer cells = BUFFER_INIT;
    TRY(row_meaning(w->row, run->job->year, run->batch, meaning, f));
    for (int i = 0; i < FIELD_COUNT; i++) {
        const char *text = w->row->field[i];
        if (!*text)
            continue;
        buffer_format(&cells, "%s\"%s\":", cells.size ? "," : "{", field_key((field)i));
        buffer_json_string(&cells, text, strlen(text));
    }
    buffer_text(&cells, cells.size ? "}" : "{}");
    status st = buffer_check(&cells, f);
    if (st == OK)
        st = store_run(run->db, Q_REFUSED_ROW_PUT,
                       ARGS(v_int(id), v_slice((slice){cells.bytes, cells.size}),
                            v_text(w->row->sheet), v_bytes(meaning, HASH_SIZE)),
                       NULL, f);
    buffer_free(&cells);
    return st;
}

static status put_further(intake_run *run, const work_item *w, int64_t id, fault *f)
{
    TRY(store_run(run->db, Q_REFUSED_FILES_DROP, ARGS(v_int(id)), NULL, f));
    for (size_t i = 0; i < w->further_count; i++) {
        const further_file *a = &w->further[i];
        if (!a->kept)
            continue;
        TRY(record_blob(run, a->hash, &a->bytes, f));
        TRY(store_run(
            run->db, Q_REFUSED_FILE_PUT,
            ARGS(v_int(id), v_int((int64_t)i), v_text(a->file->path), v_bytes(a->hash, HASH_SIZE)),
            NULL, f));
    }
    return OK;
}

static status put_proposal(intake_run *run, const work_item *w, fault *f)
{
    const row_match *m = &run->matches[w->row - run->list.rows];
    unsigned char file_source[HASH_SIZE];
    if (m->kind != MATCH_PROPOSED || !run->looked[m->file].read)
        return OK;
    const char *evidence = m->evidence == EVIDENCE_TITLE    ? "title"
                           : m->evidence == EVIDENCE_AUTHOR ? "author"
                                                            : "both";
    source_of_file(file_source, run->looked[m->file].hash, run->files[m->file].path);
    return store_run(run->db, Q_PROPOSAL_PUT,
                     ARGS(v_int(run->job->year), v_bytes(w->source_key, HASH_SIZE),
                          v_bytes(file_source, HASH_SIZE), v_text(evidence)),
                     NULL, f);
}

status refused_write(intake_run *run, const work_item *w, fault *f)
{
    int64_t id;
    if (w->kept)
        TRY(record_file(run, w, 0, 0, f));
    const char *name = w->file ? w->file->path : w->row->field[FIELD_FILE];
    TRY(store_int(
        run->db, Q_QUARANTINE_PUT,
        ARGS(v_int(run->job->year), v_bytes(w->source_key, HASH_SIZE),
             w->row ? v_int((int64_t)w->row->line) : v_null(), *name ? v_text(name) : v_null(),
             w->kept ? v_bytes(w->file_hash, HASH_SIZE) : v_null(), v_text(w->reason),
             v_text(w->why.text[LANG_VI]), v_text(w->why.text[LANG_EN]), v_int(clock_now())),
        &id, f));
    if (w->row) {
        TRY(put_cells(run, w, id, f));
        TRY(put_further(run, w, id, f));
        TRY(put_proposal(run, w, f));
    }
    char object[64], hex[17];
    hex_encode(hex, w->source_key, 8);
    snprintf(object, sizeof object, "quarantine %s", hex);
    return audit_record(run->db, "import.quarantine", object, NULL, w->reason, f);
}

status refused_drop_rejected(intake_run *run, fault *f)
{
    for (size_t i = 0; i < run->list.count; i++) {
        row_match *m = &run->matches[i];
        unsigned char key[HASH_SIZE], row_source[HASH_SIZE], file_source[HASH_SIZE];
        int64_t rejected = 0;
        if (m->kind != MATCH_PROPOSED)
            continue;
        TRY(row_key(&run->list.rows[i], run->job->year, run->mem, key, f));
        source_of_row(row_source, key, "");
        source_of_file(file_source, run->looked[m->file].hash, run->files[m->file].path);
        TRY(store_int(run->db, Q_PROPOSAL_REJECTED,
                      ARGS(v_int(run->job->year), v_bytes(row_source, HASH_SIZE),
                           v_bytes(file_source, HASH_SIZE)),
                      &rejected, f));
        if (rejected)
            *m = (row_match){.kind = MATCH_MISSING};
    }
    return OK;
}

status refused_forget(intake_run *run, fault *f)
{
    TRY(store_run(run->db, Q_REFUSED_ROWS_FORGET, ARGS(v_int(run->job->year)), NULL, f));
    return store_run(run->db, Q_REFUSED_FILES_FORGET, ARGS(v_int(run->job->year)), NULL, f);
}

/* ---- trying again ---- */

typedef struct {
    intake_run *run;
    size_t row_capacity, match_capacity, file_capacity, taken_capacity;
} retry;

static status add_file(retry *r, const char *path, slice hash, size_t row, size_t *out, fault *f)
{
    intake_run *run = r->run;
    source_file *files =
        arena_grow(run->mem, run->files, run->file_count, &r->file_capacity, sizeof *files);
    file_match *taken =
        arena_grow(run->mem, run->taken, run->file_count, &r->taken_capacity, sizeof *taken);
    const char *copy = arena_string(run->mem, path);
    const char *kept = arena_copy(run->mem, hash.bytes, hash.size);
    if (!files || !taken || !copy || !kept)
        return fault_memory(f);
    run->files = files;
    run->taken = taken;
    const char *slash = strrchr(copy, '/');
    files[run->file_count] = (source_file){.path = copy,
                                           .name = slash ? slash + 1 : copy,
                                           .role = FILE_RECEIVED,
                                           .stored = (const unsigned char *)kept};
    taken[run->file_count] = (file_match){row + 1, 0};
    *out = run->file_count++;
    return OK;
}

static status add_further(retry *r, int64_t id, size_t row, fault *f)
{
    cursor c;
    status st = OK;
    TRY(store_select(r->run->db, Q_REFUSED_FILES, ARGS(v_int(id)), &c, f));
    while (st == OK && cursor_next(&c)) {
        size_t file;
        st = add_file(r, cursor_text(&c, 0), cursor_bytes(&c, 1), row, &file, f);
        if (st != OK)
            break;
        row_match *m = &r->run->matches[row];
        r->run->taken[file].next_further = m->first_further;
        m->first_further = file + 1;
    }
    status closed = cursor_close(&c, st == OK ? f : NULL);
    return st == OK ? closed : st;
}

static status add_row(retry *r, cursor *c, fault *f)
{
    intake_run *run = r->run;
    manifest *list = &run->list;
    manifest_row *rows =
        arena_grow(run->mem, list->rows, list->count, &r->row_capacity, sizeof *rows);
    row_match *matches =
        arena_grow(run->mem, run->matches, list->count, &r->match_capacity, sizeof *matches);
    const char *sheet = cursor_copy(c, 2, run->mem);
    if (!rows || !matches || !sheet)
        return fault_memory(f);
    list->rows = rows;
    run->matches = matches;
    size_t at = list->count++;
    rows[at] = (manifest_row){.line = (size_t)cursor_int(c, 1), .sheet = sheet};
    matches[at] = (row_match){.kind = MATCH_NONE};
    TRY(row_from_json(run->mem, cursor_text(c, 3), &rows[at], f));
    if (cursor_bytes(c, 4).size != HASH_SIZE)
        return OK;
    matches[at].kind = MATCH_FILE;
    TRY(add_file(r, cursor_text(c, 5), cursor_bytes(c, 4), at, &matches[at].file, f));
    return add_further(r, cursor_int(c, 0), at, f);
}

status refused_gather(intake_run *run, fault *f)
{
    retry r = {.run = run};
    const unsigned char *only = run->job->only;
    cursor c;
    status st = OK;
    run->list = (manifest){.name = "", .has_file_column = true, .sheet_count = 1};
    TRY(store_select(run->db, Q_REFUSED_ROWS,
                     ARGS(v_int(run->job->year), only ? v_bytes(only, HASH_SIZE) : v_null()), &c,
                     f));
    while (st == OK && cursor_next(&c))
        st = add_row(&r, &c, f);
    status closed = cursor_close(&c, st == OK ? f : NULL);
    return st == OK ? closed : st;
}

status refused_load(intake_run *run, const source_file *file, buffer *out, fault *f)
{
    cursor c;
    TRY(store_select(run->db, Q_BLOB_GET, ARGS(v_bytes(file->stored, HASH_SIZE)), &c, f));
    bool found = cursor_next(&c);
    if (found)
        buffer_put(out, cursor_bytes(&c, 0).bytes, cursor_bytes(&c, 0).size);
    TRY(cursor_close(&c, f));
    if (!found)
        return FAIL(
            f, E_SYSTEM, "mất tệp gốc của “%s” trong cơ sở dữ liệu; hãy chạy chamthi doctor",
            "the original of “%s” is gone from the database; run chamthi doctor", file->path);
    return buffer_check(out, f);
}

/* ---- deciding on a proposal ---- */

static status find_proposal(store *db, int64_t id, int64_t *year,
                            unsigned char row_source[HASH_SIZE], fault *f)
{
    cursor c;
    TRY(store_select(db, Q_PROPOSAL_GET, ARGS(v_int(id)), &c, f));
    bool found = cursor_next(&c) && cursor_bytes(&c, 1).size == HASH_SIZE, open = false;
    if (found) {
        *year = cursor_int(&c, 0);
        memcpy(row_source, cursor_bytes(&c, 1).bytes, HASH_SIZE);
        open = cursor_int(&c, 3) != 0;
    }
    TRY(cursor_close(&c, f));
    if (!found)
        return FAIL(f, E_MISSING, "không có đề xuất số %lld; xem: chamthi match list",
                    "there is no proposal %lld; see: chamthi match list", (long long)id);
    if (!open)
        return FAIL(f, E_CONFLICT, "bài của đề xuất số %lld đã được nhận rồi",
                    "the entry of proposal %lld has been received already", (long long)id);
    return OK;
}

status intake_match_decide(store *db, const char *actor, int64_t id, match_decision decided,
                           int64_t *year, unsigned char row_source[HASH_SIZE], fault *f)
{
    static const char *const words[] = {"accepted", "rejected"};
    char object[64];
    TRY(find_proposal(db, id, year, row_source, f));
    snprintf(object, sizeof object, "proposal %lld", (long long)id);
    TRY(store_begin(db, actor, f));
    status st = OK;
    if (decided == MATCH_ACCEPT) /* one file is the entry's: the last word counts */
        st = store_run(
            db, Q_PROPOSAL_OTHERS_REJECT,
            ARGS(v_text(actor), v_int(clock_now()), v_int(*year), v_bytes(row_source, HASH_SIZE)),
            NULL, f);
    if (st == OK)
        st = store_run(db, Q_PROPOSAL_DECIDE,
                       ARGS(v_text(words[decided]), v_text(actor), v_int(clock_now()), v_int(id)),
                       NULL, f);
    if (st == OK)
        st = audit_record(db, "import.match", object, NULL, words[decided], f);
    if (st == OK)
        return store_commit(db, f);
    store_rollback(db);
    return st;
}
