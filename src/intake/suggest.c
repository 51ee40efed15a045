/* The text of scans: a machine suggests it, a person confirms it, and only then is it an entry's text. */
#include "chamthi/intake.h"

#include "document.h"
#include "scan.h"

#include "chamthi/clock.h"
#include "chamthi/random.h"
#include "chamthi/text.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

typedef struct {
    store *db;
    int64_t id;
    char receipt[32];
    unsigned char hash[HASH_SIZE]; /* of the entry's file */
    buffer text;
} scan_job;

/* ---- the files of an entry ---- */

static status read_one(const char *name, slice bytes, buffer *out, fault *f)
{
    document d = DOCUMENT_INIT;
    status st = document_read(name, bytes, &d, f);
    bool scan = d.kind == KIND_PICTURE ||
                (d.kind == KIND_PDF && !text_measure((slice){d.text.bytes, d.text.size}).words);
    if (st == OK && scan)
        st = scan_read(d.kind, bytes, out, f);
    document_free(&d);
    return st;
}

/* One file of the entry: number 0 is its own, the others are attached. E_MISSING: there is none. */
static status get_file(const scan_job *j, int64_t number, buffer *name, buffer *bytes, fault *f)
{
    cursor c;
    TRY(store_select(j->db, Q_SCAN_FILES, ARGS(v_int(j->id), v_int(number)), &c, f));
    bool found = cursor_next(&c);
    if (found) {
        buffer_text(name, cursor_text(&c, 0));
        buffer_put(bytes, cursor_bytes(&c, 1).bytes, cursor_bytes(&c, 1).size);
    }
    TRY(cursor_close(&c, f));
    TRY(buffer_check(name, f));
    return found ? buffer_check(bytes, f) : E_MISSING;
}

/* Page after page. No cursor stays open while the machine reads. */
static status read_files(scan_job *j, fault *f)
{
    status st = OK;
    for (int64_t i = 0; st == OK; i++) {
        buffer name = BUFFER_INIT, bytes = BUFFER_INIT;
        st = get_file(j, i, &name, &bytes, f);
        if (st == OK)
            st = read_one(name.bytes, (slice){bytes.bytes, bytes.size}, &j->text, f);
        buffer_free(&name);
        buffer_free(&bytes);
    }
    if (st != E_MISSING)
        return st;
    if (!j->text.size)
        return FAIL(
            f, E_INPUT,
            "bài %s không có ảnh chụp hay bản quét nào đọc được chữ; xem các tệp bằng: chamthi "
            "entry show %s",
            "entry %s has no picture or scan with readable text; see its files with: chamthi "
            "entry show %s",
            j->receipt, j->receipt);
    return OK;
}

static status start(store *db, int64_t id, scan_job *j, fault *f)
{
    *j = (scan_job){.db = db, .id = id, .text = BUFFER_INIT};
    cursor c;
    TRY(store_select(db, Q_SCAN_ENTRY, ARGS(v_int(id)), &c, f));
    bool has_text = false, confirmed = false, file = false;
    if (cursor_next(&c)) {
        snprintf(j->receipt, sizeof j->receipt, "%s", cursor_text(&c, 0));
        has_text = cursor_int(&c, 1);
        file = !cursor_null(&c, 2);
        if (file && cursor_bytes(&c, 2).size == HASH_SIZE)
            memcpy(j->hash, cursor_bytes(&c, 2).bytes, HASH_SIZE);
        confirmed = !cursor_null(&c, 4);
        slice suggested = cursor_bytes(&c, 3);
        buffer_put(&j->text, suggested.bytes, suggested.size);
    }
    TRY(cursor_close(&c, f));
    if (!file)
        return FAIL(f, E_INPUT, "bài %s là bài giấy, không có tệp nào để đọc",
                    "entry %s is on paper and has no file to read", j->receipt);
    if (has_text && !confirmed)
        return FAIL(f, E_CONFLICT, "bài %s đã có văn bản đọc được từ tệp, không cần nhận dạng chữ",
                    "entry %s has the text of its file and needs no reading by machine",
                    j->receipt);
    return OK;
}

static status end(scan_job *j, status st, fault *f)
{
    buffer_free(&j->text);
    if (st == OK)
        return store_commit(j->db, f);
    store_rollback(j->db);
    return st;
}

/* ---- suggesting ---- */

status intake_suggest_text(store *db, const char *actor, int64_t entry_id, size_t *words, fault *f)
{
    scan_job j;
    char object[64];
    status st = start(db, entry_id, &j, f);
    buffer_clear(&j.text);
    if (st == OK)
        st = read_files(&j, f);
    if (st == OK)
        st = store_begin(db, actor, f);
    if (st != OK) {
        buffer_free(&j.text);
        return st;
    }
    slice text = {j.text.bytes, j.text.size};
    *words = text_measure(text).words;
    snprintf(object, sizeof object, "entry %s", j.receipt);
    st = store_run(db, Q_SCAN_SUGGEST, ARGS(v_bytes(j.hash, HASH_SIZE), v_slice(text)), NULL, f);
    if (st == OK)
        st = audit_record(db, "entry.suggest", object, NULL, NULL, f);
    return end(&j, st, f);
}

/* ---- confirming ---- */

static status write_confirmed(scan_job *j, const char *actor, slice text, fault *f)
{
    unsigned char key_hash[HASH_SIZE];
    char object[64], after[64];
    text_count n = text_measure(text);
    buffer key = BUFFER_INIT;
    text_key(text, &key);
    status st = buffer_check(&key, f);
    hash_bytes(key_hash, key.bytes, key.size);
    buffer_free(&key);
    TRY(st);
    TRY(store_run(
        j->db, Q_SCAN_CONFIRM,
        ARGS(v_bytes(j->hash, HASH_SIZE), v_slice(text), v_text(actor), v_int(clock_now())), NULL,
        f));
    TRY(store_run(j->db, Q_TEXT_PUT,
                  ARGS(v_int(j->id), v_slice(text), v_bytes(key_hash, HASH_SIZE)), NULL, f));
    TRY(store_run(j->db, Q_ENTRY_COUNTED,
                  ARGS(v_int((int64_t)n.words), v_int((int64_t)n.syllables), v_int(j->id)), NULL,
                  f));
    snprintf(object, sizeof object, "entry %s", j->receipt);
    snprintf(after, sizeof after, "%zu words", n.words);
    return audit_record(j->db, "entry.confirm_text", object, NULL, after, f);
}

static status check_text(const scan_job *j, const buffer *text, fault *f)
{
    TRY(buffer_check(text, f));
    if (text_measure((slice){text->bytes, text->size}).words)
        return OK;
    return FAIL(
        f, E_INPUT,
        "bài %s chưa có văn bản gợi ý; hãy chạy trước: chamthi entry suggest-text %s, hoặc đưa tệp "
        "văn bản đã gõ bằng --from TỆP",
        "there is no suggested text for %s yet; run first: chamthi entry suggest-text %s, or "
        "give the typed text with --from FILE",
        j->receipt, j->receipt);
}

status intake_confirm_text(store *db, const char *actor, int64_t entry_id, const char *typed_name,
                           slice typed, fault *f)
{
    scan_job j;
    document d = DOCUMENT_INIT;
    status st = start(db, entry_id, &j, f);
    if (st == OK && typed_name)
        st = document_read(typed_name, typed, &d, f);
    const buffer *text = typed_name ? &d.text : &j.text;
    if (st == OK)
        st = check_text(&j, text, f);
    if (st == OK)
        st = store_begin(db, actor, f);
    if (st != OK) {
        document_free(&d);
        buffer_free(&j.text);
        return st;
    }
    st = write_confirmed(&j, actor, (slice){text->bytes, text->size}, f);
    document_free(&d);
    return end(&j, st, f);
}
