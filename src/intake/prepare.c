/* What is to be done with one row or one file, before anything is written. */
#include "work.h"

#include "chamthi/text.h"

#include <stdio.h>
#include <string.h>

/* ---- refusals ---- */

/* Takes the fault over as the item's reason; the run goes on. */
static status refuse(work_item *w, const char *word, const fault *why)
{
    snprintf(w->reason, sizeof w->reason, "%s", word);
    w->why = *why;
    w->decided = DECIDE_REFUSE;
    return OK;
}

/* A refusal with its own sentence. */
#define REFUSE_ITEM(w, word, ...)                                                                  \
    do {                                                                                           \
        fault why_ = {0};                                                                          \
        FAIL(&why_, E_INPUT, __VA_ARGS__);                                                         \
        return refuse((w), (word), &why_);                                                         \
    } while (0)

/* ---- names that are looked up again and again ---- */

static cached_id *slot_of(cached_id *cache, const char *text)
{
    unsigned char hash[HASH_SIZE];
    hash_bytes(hash, text, strlen(text));
    return &cache[((size_t)hash[0] << 8 | hash[1]) % CACHE_SLOTS];
}

status work_find_unit(intake_run *run, const char *text, int64_t *id, fault *f)
{
    *id = 0;
    if (!*text)
        return OK;
    cached_id *slot = slot_of(run->units, text);
    if (slot->text && strcmp(slot->text, text) == 0) {
        *id = slot->id;
        return OK;
    }
    TRY(unit_find(run->db, run->batch, text, run->job->year, id, f));
    *slot = (cached_id){arena_string(run->mem, text), *id};
    return OK;
}

static status find_track(intake_run *run, const char *text, int64_t *id, fault *f)
{
    cached_id *slot = slot_of(run->tracks, text);
    if (!slot->text || strcmp(slot->text, text) != 0) {
        TRY(contest_track_id(run->db, run->job->year, text, id, f));
        *slot = (cached_id){arena_string(run->mem, text), *id};
    }
    *id = slot->id;
    return OK;
}

/* ---- the file ---- */

static void hash_source(unsigned char out[HASH_SIZE], const char *what, const void *bytes,
                        size_t size, const char *name)
{
    hash_state h;
    hash_start(&h, NULL, 0);
    hash_piece(&h, what, strlen(what));
    hash_piece(&h, bytes, size);
    hash_piece(&h, name, strlen(name));
    hash_end(&h, out);
}

/* Originals are kept whatever becomes of the item. */
static status read_bytes(intake_run *run, work_item *w, fault *f)
{
    const char *reason = NULL;
    fault why = {0};
    status st = source_read(run->from, w->file, &w->bytes, &reason, &why);
    w->kept = st == OK;
    if (st == OK)
        hash_bytes(w->file_hash, w->bytes.bytes, w->bytes.size);
    hash_source(w->file_source_key, "file", w->file_hash, st == OK ? HASH_SIZE : 0, w->file->path);
    if (st == OK)
        return OK;
    if (!reason) {
        *f = why;
        return st;
    }
    return w->decided == DECIDE_REFUSE ? OK : refuse(w, reason, &why);
}

static status refuse_textless(work_item *w)
{
    switch (w->text.kind) {
    case KIND_PICTURE:
        REFUSE_ITEM(
            w, "text.none",
            "bài là ảnh chụp hoặc bản quét nên không đếm được; hãy đếm và ghi vào cột “số từ”",
            "the entry is a photo or a scan and cannot be counted; count it and fill the "
            "column “words”");
    case KIND_RECORDING:
        REFUSE_ITEM(
            w, "duration.none",
            "tác phẩm phát thanh, truyền hình cần thời lượng; hãy ghi phút:giây vào cột “thời "
            "lượng”",
            "a broadcast work needs its length; write mm:ss into the column “duration”");
    case KIND_PDF:
        REFUSE_ITEM(w, "text.none",
                    "PDF này là bản quét, không có chữ; hãy xin bản Word, hoặc ghi vào cột “số từ”",
                    "this PDF is a scan without text; ask for the Word file, or fill the column "
                    "“words”");
    default:
        REFUSE_ITEM(
            w, "text.none",
            "tệp không có chữ nào; hãy xin lại tệp đúng, hoặc nếu bài là ảnh thì ghi vào cột “số "
            "từ”",
            "there is no text in the file; ask for the right one, or fill the column “words” if "
            "it is a picture");
    }
}

static status read_text(intake_run *run, work_item *w, fault *f)
{
    fault why = {0};
    status st =
        document_read(w->file->name, (slice){w->bytes.bytes, w->bytes.size}, &w->text, &why);
    if (st == E_SYSTEM) {
        *f = why;
        return st;
    }
    if (st != OK)
        return refuse(w, w->text.reason ? w->text.reason : "file.heavy", &why);
    slice text = {w->text.text.bytes, w->text.text.size};
    w->count = text_measure_with(run->memo, text);
    if (!w->count.words && (w->text.kind == KIND_PICTURE || w->text.kind == KIND_PDF)) {
        TRY(record_confirmed(run, w, f));
        text = (slice){w->text.text.bytes, w->text.text.size};
        w->count = text_measure_with(run->memo, text);
    }
    if (!w->count.words) {
        bool recording = w->text.kind == KIND_RECORDING;
        bool declared = recording ? w->values.seconds >= 0 : w->values.words >= 0;
        return declared ? OK : refuse_textless(w);
    }
    buffer key = BUFFER_INIT;
    text_keys(run->memo, TEXT_K1, text, &key);
    st = buffer_check(&key, f);
    hash_bytes(w->key_hash, key.bytes, key.size);
    buffer_free(&key);
    return st;
}

/* ---- the row ---- */

static status refuse_match(intake_run *run, const row_match *m, work_item *w)
{
    const char *name = w->row->field[FIELD_FILE];
    switch (m->kind) {
    case MATCH_MISSING:
        if (source_has_other(run->from, name))
            REFUSE_ITEM(
                w, "file.folder",
                "“%s” là thư mục hoặc đường tắt, không phải tệp; hãy ghi tên tệp bài",
                "“%s” is a folder or a link, not a file; write the name of the entry's file", name);
        REFUSE_ITEM(w, "file.missing",
                    "không thấy tệp “%s”; hãy xin đơn vị gửi tệp, hoặc sửa tên trong cột “tệp”",
                    "the file “%s” is not there; ask the unit for it, or mend the column “file”",
                    name);
    case MATCH_TWICE:
        REFUSE_ITEM(
            w, "file.twice",
            "tệp “%s” đã là của dòng %zu; nếu là đồng tác giả, hãy ghi chung một dòng, cách nhau "
            "bằng “;”",
            "the file “%s” already belongs to row %zu; write co-authors into one row, with “;” "
            "between them",
            name, run->list.rows[m->other].line);
    case MATCH_AMBIGUOUS:
        REFUSE_ITEM(w, "file.ambiguous",
                    "có nhiều tệp có thể là “%s”; hãy ghi đúng tên kèm thư mục trong cột “tệp”",
                    "several files could be “%s”; write the exact name with its folder", name);
    case MATCH_NONE:
    case MATCH_FILE: break;
    }
    return OK;
}

/* Two paper rows of one title and authors are one entry twice; rows with files are told by these. */
static bool seen_before(intake_run *run, const work_item *w)
{
    static const unsigned char empty[HASH_SIZE];
    if (*w->row->field[FIELD_FILE])
        return false;
    size_t at;
    memcpy(&at, w->key, sizeof at);
    for (at %= run->seen_slots;; at = (at + 1) % run->seen_slots) {
        unsigned char *slot = run->seen_keys + at * HASH_SIZE;
        if (memcmp(slot, w->key, HASH_SIZE) == 0)
            return true;
        if (memcmp(slot, empty, HASH_SIZE) == 0) {
            memcpy(slot, w->key, HASH_SIZE);
            return false;
        }
    }
}

static status read_names(intake_run *run, work_item *w, fault *f)
{
    const char *track = w->row->field[FIELD_TRACK];
    fault why = {0};
    status st = find_track(run, *track ? track : run->default_track, &w->track_id, &why);
    if (st == E_MISSING)
        return refuse(w, "row.track", &why);
    if (st != OK) {
        *f = why;
        return st;
    }
    w->unit_id = run->unit_id;
    return w->unit_id ? OK : work_find_unit(run, w->row->field[FIELD_SENT_BY], &w->unit_id, f);
}

static status read_row(intake_run *run, work_item *w, fault *f)
{
    const char *reason = NULL;
    fault why = {0};
    status st = row_read(run->batch, w->row, &w->values, &reason, &why);
    if (st != OK && reason)
        return refuse(w, reason, &why);
    if (st != OK) {
        *f = why;
        return st;
    }
    if (seen_before(run, w))
        REFUSE_ITEM(w, "row.twice",
                    "dòng này trùng tên bài và tác giả với một dòng ở trên; hãy xóa bớt một dòng",
                    "an earlier row has the same title and authors; delete one of them");
    return read_names(run, w, f);
}

static decision compare(const work_item *w)
{
    const known_entry *k = &w->known;
    if (!k->id)
        return DECIDE_ADD;
    if (w->kept && (!k->has_file || memcmp(w->file_hash, k->file_hash, HASH_SIZE) != 0))
        return DECIDE_VERSION;
    return memcmp(w->hash, k->row_hash, HASH_SIZE) == 0 ? DECIDE_SAME : DECIDE_DETAILS;
}

static status refuse_other(work_item *w)
{
    REFUSE_ITEM(
        w, "receipt.other",
        "tên tệp “%s” đã nhận ở số %s với tên bài và tác giả khác; nếu là bài khác, hãy đổi "
        "tên tệp rồi chạy lại",
        "the file name “%s” was received as %s with another title and author; if this is "
        "another entry, rename the file and run again",
        w->row->field[FIELD_FILE], w->known.receipt);
}

/* A second row about the same file or title must not stand in for the first. */
static void key_source(work_item *w)
{
    bool second = strcmp(w->reason, "file.twice") == 0 || strcmp(w->reason, "row.twice") == 0;
    char line[32] = "";
    if (second)
        snprintf(line, sizeof line, "%zu", w->row->line);
    hash_source(w->source_key, "row", w->key, HASH_SIZE, line);
}

status work_begin_row(intake_run *run, size_t row, work_item *w, fault *f)
{
    const row_match *match = &run->matches[row];
    *w = (work_item){.row = &run->list.rows[row],
                     .bytes = BUFFER_INIT,
                     .text = DOCUMENT_INIT,
                     .item = &run->out->items[row],
                     .file = match->kind == MATCH_FILE ? &run->files[match->file] : NULL};
    TRY(row_key(w->row, run->job->year, run->batch, w->key, f));
    row_hash(w->row, w->hash);
    TRY(refuse_match(run, match, w));
    if (w->decided != DECIDE_REFUSE)
        TRY(read_row(run, w, f));
    key_source(w);
    return record_find(run, w, f);
}

void work_begin_file(intake_run *run, size_t file, work_item *w)
{
    *w = (work_item){.bytes = BUFFER_INIT,
                     .text = DOCUMENT_INIT,
                     .item = &run->out->items[run->list.count + run->unlisted++],
                     .file = &run->files[file]};
}

static status decide_row(intake_run *run, work_item *w, fault *f)
{
    w->decided = compare(w);
    if (w->decided == DECIDE_SAME)
        return OK;
    if (w->known.id && w->known.title_differs && w->known.author_differs)
        return refuse_other(w);
    return w->file ? read_text(run, w, f) : OK;
}

static status decide_file(work_item *w)
{
    memcpy(w->source_key, w->file_source_key, HASH_SIZE);
    if (w->decided == DECIDE_REFUSE)
        return OK;
    REFUSE_ITEM(w, "file.unlisted",
                "tệp này không có trong danh sách; hãy thêm một dòng cho nó rồi chạy lại, hoặc bỏ "
                "qua nếu không phải bài dự thi",
                "no row names this file; add one and run again, or leave it if it is no entry");
}

void work_read(intake_run *run, work_item *w)
{
    status st = w->file ? read_bytes(run, w, &w->failure) : OK;
    if (st == OK && !w->row)
        st = decide_file(w);
    else if (st == OK && w->decided != DECIDE_REFUSE)
        st = decide_row(run, w, &w->failure);
    if (st != OK)
        w->failure.code = st;
}

void work_free(work_item *w)
{
    buffer_free(&w->bytes);
    document_free(&w->text);
}
