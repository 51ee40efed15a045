/* One import: open the parcel, match the list, then batch after batch prepare, write, report. */
#include "work.h"

#include "chamthi/child.h"
#include "chamthi/file.h"
#include "chamthi/text.h"

#include <inttypes.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* ---- before the first row ---- */

static status set_unit(intake_run *run, fault *f)
{
    if (!run->job->unit)
        return OK;
    TRY(unit_find(run->db, run->mem, run->job->unit, run->job->year, &run->unit_id, f));
    if (!run->unit_id)
        return FAIL(f, E_INPUT,
                    "không tìm thấy đơn vị “%s” trong năm %" PRId64
                    "; xem các đơn vị bằng: chamthi unit list",
                    "there is no unit “%s” in %" PRId64 "; see the units with: chamthi unit list",
                    run->job->unit, run->job->year);
    cursor c;
    TRY(store_select(run->db, Q_INTAKE_UNIT_NAME, ARGS(v_int(run->unit_id)), &c, f));
    const char *name = cursor_next(&c) ? cursor_copy(&c, 0, run->mem) : "";
    TRY(cursor_close(&c, f));
    if (!name)
        return fault_memory(f);
    for (size_t i = 0; i < run->list.count; i++)
        run->list.rows[i].field[FIELD_SENT_BY] = name;
    return OK;
}

/* Better to know before the first row is stored than after half of them. */
static status check_programs(const intake_run *run, fault *f)
{
    char path[PATH_MAX];
    for (size_t i = 0; i < run->file_count; i++)
        if (run->taken[i].row && document_kind_of(run->files[i].name) == KIND_PDF)
            return child_find("pdftohtml", "poppler-utils", path, sizeof path, f);
    return OK;
}

/* Places to say what became of each row and each file. */
static status make_room(intake_run *run, fault *f)
{
    size_t rows = run->list.count, papers = 0, unlisted = 0, ignored = 0;
    for (size_t i = 0; i < rows; i++)
        papers += !*run->list.rows[i].field[FIELD_FILE];
    for (size_t i = 0; i < run->file_count; i++) {
        unlisted += !run->taken[i].row && run->files[i].role == FILE_RECEIVED;
        ignored += run->files[i].role == FILE_IGNORED;
    }
    run->out->items = ARENA_ARRAY(run->mem, intake_item, rows + unlisted);
    run->out->ignored = ARENA_ARRAY(run->mem, const char *, ignored);
    run->seen_slots = 2 * papers + 1;
    run->seen_keys = arena_array(run->mem, run->seen_slots, HASH_SIZE);
    return run->out->items && run->out->ignored && run->seen_keys ? OK : fault_memory(f);
}

static status last_receipt(intake_run *run, fault *f)
{
    status st =
        store_int(run->db, Q_RECEIPT_LAST, ARGS(v_int(run->job->year)), &run->last_receipt, f);
    return st == E_MISSING ? OK : st;
}

static status match_all(intake_run *run, const char *base, fault *f)
{
    run->matches = ARENA_ARRAY(run->mem, row_match, run->list.count);
    run->taken = ARENA_ARRAY(run->mem, file_match, run->file_count);
    if (!run->matches || !run->taken)
        return fault_memory(f);
    TRY(match_files(run->mem, &run->list, run->files, run->file_count, base, run->matches,
                    run->taken, f));
    TRY(look_into_files(run, f));
    return match_further(run->mem, run->files, run->file_count, run->matches, run->list.count,
                         run->taken, f);
}

static status open_source(intake_run *run, fault *f)
{
    if (!run->job->path)
        return OK;
    TRY(source_open(run->mem, run->job->path, &run->from, f));
    run->files = source_files(run->from, &run->file_count);
    return OK;
}

/* One row out of what was typed, about the one file of the source. */
static status type_row(intake_run *run, fault *f)
{
    manifest_row *row = ARENA_NEW(run->mem, manifest_row);
    if (!row)
        return fault_memory(f);
    *row = (manifest_row){.line = 1, .sheet = ""};
    for (int i = 0; i < FIELD_COUNT; i++)
        row->field[i] = "";
    for (size_t i = 0; i < run->job->cell_count; i++) {
        field what;
        if (field_find(run->job->cells[i].key, &what))
            row->field[what] = run->job->cells[i].value;
    }
    if (run->file_count)
        row->field[FIELD_FILE] = run->files[0].path;
    run->list =
        (manifest){.name = "", .rows = row, .count = 1, .sheet_count = 1, .has_file_column = true};
    return OK;
}

static status get_ready(intake_run *run, fault *f)
{
    contest *c;
    const char *base = "";
    TRY(contest_get(run->db, run->mem, run->job->year, &c, f));
    run->default_track = c->track_count ? c->tracks[0].key : "";
    TRY(open_source(run, f));
    switch (run->job->from) {
    case INTAKE_PARCEL: TRY(list_read(run, &base, f)); break;
    case INTAKE_RETRY: TRY(refused_gather(run, f)); break;
    case INTAKE_ROW: TRY(type_row(run, f)); break;
    }
    TRY(set_unit(run, f));
    if (run->job->from != INTAKE_RETRY)
        TRY(match_all(run, base, f));
    TRY(make_room(run, f));
    TRY(check_programs(run, f));
    TRY(earlier_start(run, f));
    return last_receipt(run, f);
}

/* ---- the whole ---- */

static status say_how_far(const intake_run *run, fault *f)
{
    size_t done = run->out->imported + run->out->unchanged + run->out->quarantined;
    if (done == 0)
        return f->code;
    return fault_prefix(f, "đã xong %zu/%zu dòng, chạy lại lệnh này để làm tiếp",
                        "%zu of %zu rows are done, run this command again to go on", done,
                        run->list.count);
}

static void sum_up(intake_run *run)
{
    intake_result *out = run->out;
    out->rows = run->list.count;
    out->list = run->list.name;
    out->unused_columns = run->list.unused;
    out->unused_column_count = run->list.unused_count;
    out->aside = run->list.aside;
    out->aside_count = run->list.aside_count;
    for (size_t i = 0; i < run->file_count; i++) {
        out->files += run->files[i].role == FILE_RECEIVED;
        if (run->files[i].role == FILE_IGNORED)
            out->ignored[out->ignored_count++] = run->files[i].path;
    }
}

static status run_import(intake_run *run, fault *f)
{
    progress shown;
    progress_start(&shown, run->job->progress_label, run->list.count);
    status st = batch_run_all(run, &shown, f);
    if (st == OK)
        st = earlier_settle(run, f);
    progress_end(&shown);
    if (st != OK)
        return say_how_far(run, f);
    sum_up(run);
    return OK;
}

status intake_import(store *db, arena *mem, const intake_job *job, intake_result *out, fault *f)
{
    intake_run *run = ARENA_NEW(mem, intake_run);
    *out = (intake_result){.year = job->year};
    if (!run)
        return fault_memory(f);
    *run = (intake_run){
        .db = db, .mem = mem, .job = job, .out = out, .memo = text_memo_new(), .key = BUFFER_INIT};
    status st = get_ready(run, f);
    if (st == OK)
        st = run_import(run, f);
    source_close(run->from);
    text_memo_free(run->memo);
    buffer_free(&run->key);
    return st;
}
