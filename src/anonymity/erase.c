/* Erases who an author was, at that person's request: marks, ranks and the audit chain stay. */
#include "chamthi/text.h"
#include "entry.h"

#include <stdio.h>
#include <string.h>

static const char erased_name[] = "(đã xóa theo yêu cầu)";

typedef struct {
    store *db;
    int64_t author, entry;
    const char *reason;
    slice parts[PARTS]; /* as judges read them */
    const char *title_fold;
} erasure;

static status find_author(erasure *j, bool *erased, fault *f)
{
    cursor c;
    TRY(store_select(j->db, Q_AUTHOR_GET, ARGS(v_int(j->author)), &c, f));
    bool found = cursor_next(&c);
    if (found) {
        j->entry = cursor_int(&c, 0);
        *erased = strcmp(cursor_text(&c, 1), erased_name) == 0;
    }
    TRY(cursor_close(&c, f));
    return found ? OK
                 : FAIL(f, E_MISSING, "không có tác giả số %lld; xem số ở: chamthi entry show",
                        "there is no author %lld; the number stands in: chamthi entry show",
                        (long long)j->author);
}

static status read_parts(erasure *j, arena *mem, fault *f)
{
    redact_entry e;
    size_t waiting;
    TRY(redact_read(j->db, mem, j->entry, &e, f));
    TRY(redact_undecided(j->db, mem, &e, &waiting, f));
    if (waiting)
        return FAIL(f, E_CONFLICT,
                    "bài của tác giả này còn %zu chỗ lộ tên chưa quyết định; hãy soát trước: "
                    "chamthi redact list",
                    "%zu places that name this author are undecided; rule on them first: chamthi "
                    "redact list",
                    waiting);
    TRY(redact_texts(j->db, mem, &e, j->parts, f));
    j->title_fold = text_fold_string(mem, j->parts[PART_TITLE].bytes);
    return j->title_fold ? OK : fault_memory(f);
}

static status forget(const erasure *j, erase_report *out, fault *f)
{
    char object[40];
    TRY(store_run(j->db, Q_AUTHOR_ERASE, ARGS(v_text(erased_name), v_int(j->author)), NULL, f));
    TRY(store_run(j->db, Q_SAME_PERSON_FORGET, ARGS(v_int(j->author)), NULL, f));
    if (j->parts[PART_TEXT].size)
        TRY(store_run(j->db, Q_TEXT_REPLACE, ARGS(v_slice(j->parts[PART_TEXT]), v_int(j->entry)),
                      NULL, f));
    TRY(store_run(j->db, Q_TITLE_REPLACE,
                  ARGS(v_slice(j->parts[PART_TITLE]), v_text(j->title_fold), v_int(j->entry)), NULL,
                  f));
    TRY(store_run(j->db, Q_REDACTION_FORGET, ARGS(v_int(j->entry)), NULL, f));
    TRY(store_int(j->db, Q_AUTHORS_LEFT, ARGS(v_int(j->entry), v_text(erased_name)),
                  &out->authors_left, f));
    if (!out->authors_left) {
        TRY(store_run(j->db, Q_FILES_FORGET, ARGS(v_int(j->entry)), &out->files, f));
        TRY(store_run(j->db, Q_PAGES_FORGET, ARGS(v_int(j->entry)), NULL, f));
        TRY(store_run(j->db, Q_BLIND_PAGES_FORGET, ARGS(v_int(j->entry)), NULL, f));
        TRY(store_run(j->db, Q_ATTACHMENTS_FORGET, ARGS(v_int(j->entry)), NULL, f));
        TRY(store_run(j->db, Q_BLOBS_FORGET, NO_ARGS, NULL, f));
    }
    snprintf(object, sizeof object, "author %lld", (long long)j->author);
    return audit_record(j->db, "author.erase", object, NULL, j->reason, f);
}

status author_erase(store *db, arena *mem, const char *actor, int64_t author, const char *reason,
                    erase_report *out, fault *f)
{
    erasure j = {.db = db, .author = author, .reason = reason};
    bool erased = false;
    *out = (erase_report){0};
    TRY(find_author(&j, &erased, f));
    TRY(store_int(db, Q_AWARDS_OF_ENTRY, ARGS(v_int(j.entry)), &out->awards, f));
    if (erased)
        return OK;
    TRY(read_parts(&j, mem, f));
    TRY(store_begin(db, actor, f));
    status st = forget(&j, out, f);
    if (st != OK) {
        store_rollback(db);
        return st;
    }
    out->erased = true;
    return store_commit(db, f);
}
