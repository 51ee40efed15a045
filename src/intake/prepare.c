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

cached_id *cache_slot(cached_id *cache, const char *text)
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
    cached_id *slot = cache_slot(run->units, text);
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
    cached_id *slot = cache_slot(run->tracks, text);
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

void source_of_row(unsigned char out[HASH_SIZE], const unsigned char key[HASH_SIZE],
                   const char *line)
{
    hash_source(out, "row", key, HASH_SIZE, line);
}

void source_of_file(unsigned char out[HASH_SIZE], const unsigned char *hash, const char *path)
{
    hash_source(out, "file", hash, hash ? HASH_SIZE : 0, path);
}

/* Originals are kept whatever becomes of the item. */
static status read_bytes(intake_run *run, work_item *w, fault *f)
{
    const char *reason = NULL;
    fault why = {0};
    status st = w->file->stored
                    ? OK
                    : source_read(run->from, w->file, SOURCE_FILE_LIMIT, &w->bytes, &reason, &why);
    w->kept = st == OK;
    if (st == OK)
        hash_bytes(w->file_hash, w->bytes.bytes, w->bytes.size);
    source_of_file(w->file_source_key, st == OK ? w->file_hash : NULL, w->file->path);
    if (st == OK)
        return OK;
    if (!reason) {
        *f = why;
        return st;
    }
    return w->decided == DECIDE_REFUSE ? OK : refuse(w, reason, &why);
}

/* The further files of an entry count among what the row says: another picture is another detail. */
static status read_further(intake_run *run, work_item *w, fault *f)
{
    hash_state h;
    hash_start(&h, NULL, 0);
    hash_piece(&h, w->hash, HASH_SIZE);
    for (size_t i = 0; i < w->further_count; i++) {
        further_file *a = &w->further[i];
        const char *reason = NULL;
        fault why = {0};
        status st = a->file->stored ? OK
                                    : source_read(run->from, a->file, SOURCE_FILE_LIMIT, &a->bytes,
                                                  &reason, &why);
        a->kept = st == OK;
        if (st != OK && !reason)
            return *f = why, st;
        if (st != OK) {
            fault_prefix(&why, "tệp kèm “%s”", "further file “%s”", a->file->name);
            if (w->decided != DECIDE_REFUSE)
                refuse(w, reason, &why);
            continue;
        }
        hash_bytes(a->hash, a->bytes.bytes, a->bytes.size);
        hash_piece(&h, a->hash, HASH_SIZE);
    }
    if (w->further_count)
        hash_end(&h, w->hash);
    return OK;
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

/* The text's count and key, or why it cannot do without one. */
static status count_text(text_memo *memo, buffer *key, work_item *w, fault *f)
{
    slice text = {w->text.text.bytes, w->text.text.size};
    w->count = text_measure_with(memo, text);
    if (!w->count.words) {
        bool recording = w->text.kind == KIND_RECORDING;
        bool declared = recording ? w->values.seconds >= 0 : w->values.words >= 0;
        return declared ? OK : refuse_textless(w);
    }
    buffer_clear(key);
    text_keys(memo, TEXT_K1, text, key);
    hash_bytes(w->key_hash, key->bytes, key->size);
    return buffer_check(key, f);
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
    if (w->text.kind == KIND_PICTURE || w->text.kind == KIND_PDF)
        w->is_scan =
            !text_measure_with(run->memo, (slice){w->text.text.bytes, w->text.text.size}).words;
    return w->is_scan ? OK : count_text(run->memo, &run->key, w, f);
}

status work_read_scan(intake_run *run, work_item *w, fault *f)
{
    buffer key = BUFFER_INIT;
    TRY(record_confirmed(run, w, f));
    status st = count_text(NULL, &key, w, f);
    buffer_free(&key);
    return st;
}

/* ---- the row ---- */

static status refuse_proposed(work_item *w, const char *path, unsigned evidence)
{
    if (evidence == EVIDENCE_AUTHOR)
        REFUSE_ITEM(
            w, "file.proposed",
            "có lẽ là tệp “%s” (có tên tác giả); hãy xem rồi quyết định bằng: chamthi match "
            "list",
            "perhaps the file “%s” (the author's name is there); look at it and decide: "
            "chamthi match list",
            path);
    if (evidence == EVIDENCE_TITLE)
        REFUSE_ITEM(
            w, "file.proposed",
            "có lẽ là tệp “%s” (có tên bài); hãy xem rồi quyết định bằng: chamthi match list",
            "perhaps the file “%s” (the title is there); look at it and decide: chamthi match list",
            path);
    REFUSE_ITEM(w, "file.proposed",
                "có vài tệp hoặc vài dòng hợp nhau, trong đó có tệp “%s”; hãy xem rồi quyết định "
                "bằng: chamthi match list",
                "several files or rows fit together, the file “%s” among them; look at it and "
                "decide: chamthi match list",
                path);
}

static status refuse_match(intake_run *run, const row_match *m, work_item *w)
{
    const char *name = m->wanted ? m->wanted : "";
    switch (m->kind) {
    case MATCH_MISSING:
        if (source_has_other(run->from, name))
            REFUSE_ITEM(
                w, "file.folder",
                "“%s” là thư mục hoặc đường tắt, không phải tệp; hãy ghi tên tệp bài",
                "“%s” is a folder or a link, not a file; write the name of the entry's file", name);
        if (!*name)
            REFUSE_ITEM(w, "file.missing",
                        "không tìm ra tệp nào là của bài này; hãy ghi tên tệp vào cột “tệp”, hoặc "
                        "ghi “số từ” nếu là bài viết tay",
                        "no file was found for this entry; write its name into the column “file”, "
                        "or fill “words” if it is handwritten");
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
    case MATCH_PROPOSED: return refuse_proposed(w, run->files[m->file].path, m->evidence);
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

/* The track of a row that names none: that of its sheet, when the sheet is called like one. */
static status find_default_track(intake_run *run, const char *sheet, int64_t *id, fault *f)
{
    fault ignored = {0};
    if (*sheet && find_track(run, sheet, id, &ignored) == OK)
        return OK;
    return find_track(run, run->default_track, id, f);
}

static status read_names(intake_run *run, work_item *w, fault *f)
{
    const char *track = w->row->field[FIELD_TRACK];
    fault why = {0};
    status st = *track ? find_track(run, track, &w->track_id, &why)
                       : find_default_track(run, w->row->sheet, &w->track_id, &why);
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
    if (w->row->hidden)
        REFUSE_ITEM(w, "row.hidden",
                    "dòng này đang bị ẩn trong Excel; nếu là bài dự thi, hãy bỏ ẩn rồi chạy lại, "
                    "nếu không thì xóa dòng",
                    "this row is hidden in Excel; show it and run again if it is an entry, delete "
                    "it if not");
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

static status refuse_without_file(work_item *w)
{
    REFUSE_ITEM(w, "file.missing",
                "bài này đã nhận ở số %s kèm tệp, nay dòng đã sửa mà không thấy tệp; hãy gửi kèm "
                "tệp, hoặc ghi tên tệp vào cột “tệp”",
                "this entry was received as %s with a file; the row is changed and the file is not "
                "there: send it too, or write its name into the column “file”",
                w->known.receipt);
}

/* A second row about the same file or title must not stand in for the first. */
static void key_source(work_item *w)
{
    bool second = strcmp(w->reason, "file.twice") == 0 || strcmp(w->reason, "row.twice") == 0;
    char line[32] = "";
    if (second)
        snprintf(line, sizeof line, "%zu", w->row->line);
    source_of_row(w->source_key, w->key, line);
}

static status list_further(intake_run *run, const row_match *m, work_item *w, fault *f)
{
    size_t count = 0;
    for (size_t at = m->first_further; at; at = run->taken[at - 1].next_further)
        count++;
    if (m->kind != MATCH_FILE || !count)
        return OK;
    w->further = ARENA_ARRAY(run->batch, further_file, count);
    if (!w->further)
        return fault_memory(f);
    w->further_count = count; /* the chain begins with the last one */
    for (size_t at = m->first_further; at; at = run->taken[at - 1].next_further)
        w->further[--count] = (further_file){.file = &run->files[at - 1], .bytes = BUFFER_INIT};
    return OK;
}

/* What is tried again is in the database, which the reading thread has no part in. */
static status load_stored(intake_run *run, work_item *w, fault *f)
{
    if (w->file && w->file->stored)
        TRY(refused_load(run, w->file, &w->bytes, f));
    for (size_t i = 0; i < w->further_count; i++)
        if (w->further[i].file->stored)
            TRY(refused_load(run, w->further[i].file, &w->further[i].bytes, f));
    return OK;
}

/* A list that grew comes with the new files only: what a row said before is not asked for again. */
static void forgive_absence(work_item *w)
{
    bool absent = strcmp(w->reason, "file.missing") == 0 || strcmp(w->reason, "file.proposed") == 0;
    if (!absent || !w->known.id || memcmp(w->hash, w->known.row_hash, HASH_SIZE) != 0)
        return;
    w->decided = DECIDE_SAME;
    *w->reason = '\0';
}

status work_begin_row(intake_run *run, size_t row, work_item *w, fault *f)
{
    const row_match *match = &run->matches[row];
    w->row = &run->list.rows[row];
    w->item = &run->out->items[row];
    w->file = match->kind == MATCH_FILE ? &run->files[match->file] : NULL;
    TRY(row_key(w->row, run->job->year, run->batch, w->key, f));
    row_hash(w->row, w->hash);
    TRY(list_further(run, match, w, f));
    TRY(load_stored(run, w, f));
    TRY(refuse_match(run, match, w));
    if (w->decided != DECIDE_REFUSE)
        TRY(read_row(run, w, f));
    key_source(w);
    TRY(record_find(run, w, f));
    forgive_absence(w);
    return OK;
}

void work_begin_file(intake_run *run, size_t file, work_item *w)
{
    w->item = &run->out->items[run->list.count + run->unlisted++];
    w->file = &run->files[file];
}

void work_decide_again(work_item *w)
{
    w->decided = compare(w);
    if (w->decided == DECIDE_DETAILS && !w->file && w->known.has_file)
        refuse_without_file(w);
}

static status decide_row(intake_run *run, work_item *w, fault *f)
{
    work_decide_again(w);
    if (w->decided == DECIDE_SAME || w->decided == DECIDE_REFUSE)
        return OK;
    if (w->known.id && w->known.title_differs && w->known.author_differs)
        return refuse_other(w);
    return w->file ? read_text(run, w, f) : OK;
}

static status refuse_offered(work_item *w, const manifest_row *row)
{
    REFUSE_ITEM(w, "file.proposed",
                "có lẽ là bài ở dòng %zu “%s”; hãy xem rồi quyết định bằng: chamthi match list",
                "perhaps the entry of row %zu “%s”; look at it and decide: chamthi match list",
                row->line, row->field[FIELD_TITLE]);
}

static status decide_file(intake_run *run, work_item *w)
{
    size_t file = (size_t)(w->file - run->files);
    memcpy(w->source_key, w->file_source_key, HASH_SIZE);
    if (w->decided == DECIDE_REFUSE)
        return OK;
    if (run->looked && run->looked[file].proposed)
        return refuse_offered(w, &run->list.rows[run->looked[file].proposed - 1]);
    REFUSE_ITEM(w, "file.unlisted",
                "tệp này không có trong danh sách; hãy thêm một dòng cho nó rồi chạy lại, hoặc bỏ "
                "qua nếu không phải bài dự thi",
                "no row names this file; add one and run again, or leave it if it is no entry");
}

void work_read(intake_run *run, work_item *w)
{
    status st = w->file ? read_bytes(run, w, &w->failure) : OK;
    if (st == OK)
        st = read_further(run, w, &w->failure);
    if (st == OK && !w->row)
        st = decide_file(run, w);
    else if (st == OK && w->decided != DECIDE_REFUSE)
        st = decide_row(run, w, &w->failure);
    if (st != OK)
        w->failure.code = st;
}

/* Most files are small and come by the thousand: their room is used again. */
static buffer emptied(buffer b)
{
    enum { KEPT = 64 * 1024 };
    if (b.capacity > KEPT || b.failed)
        buffer_free(&b);
    else
        buffer_clear(&b);
    return b;
}

void work_reset(work_item *w)
{
    buffer bytes = emptied(w->bytes), text = emptied(w->text.text);
    w->bytes = w->text.text = (buffer)BUFFER_INIT;
    work_free(w);
    *w = (work_item){.bytes = bytes, .text = DOCUMENT_INIT};
    w->text.text = text;
}

void work_free(work_item *w)
{
    for (size_t i = 0; i < w->further_count; i++)
        buffer_free(&w->further[i].bytes);
    buffer_free(&w->bytes);
    document_free(&w->text);
}
