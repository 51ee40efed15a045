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

enum { LIST_LIMIT = 64 * 1024 * 1024 };

/* ---- the list ---- */

static bool is_list_name(const char *name)
{
    return strcasecmp(name, "manifest.csv") == 0 || strcasecmp(name, "manifest.xlsx") == 0;
}

static size_t folders_in(const char *path)
{
    size_t n = 0;
    for (; *path; path++)
        n += *path == '/';
    return n;
}

/* manifest.csv (before manifest.xlsx) in the topmost folder that has one. NULL: there is none. */
static source_file *find_list(intake_run *run)
{
    source_file *best = NULL;
    for (size_t i = 0; i < run->file_count; i++) {
        source_file *at = &run->files[i];
        if (is_list_name(at->name) && (!best || folders_in(at->path) < folders_in(best->path)))
            best = at;
    }
    return best;
}

static status fail_no_list(const intake_run *run, fault *f)
{
    return FAIL(
        f, E_INPUT,
        "%s không có danh sách manifest.csv hay manifest.xlsx (có %zu tệp khác); hãy thêm danh "
        "sách vào đó, hoặc chỉ ra bằng --manifest TỆP",
        "%s has no list manifest.csv or manifest.xlsx (but %zu other files); put one there, or "
        "name it with --manifest FILE",
        run->job->path, run->file_count);
}

static status read_list(intake_run *run, const char **base, fault *f)
{
    buffer bytes = BUFFER_INIT;
    const char *reason = NULL, *name = run->job->list;
    status st;
    *base = "";
    if (name) {
        st = file_read(name, LIST_LIMIT, &bytes, f);
    } else {
        source_file *list = find_list(run);
        if (!list)
            return fail_no_list(run, f);
        list->role = FILE_MANIFEST;
        name = list->path;
        const char *slash = strrchr(list->path, '/');
        if (slash)
            *base = arena_copy(run->mem, list->path, (size_t)(slash - list->path));
        st = source_read(run->from, list, &bytes, &reason, f);
        if (st != OK)
            st = fault_prefix(f, "%s", "%s", name);
    }
    if (st == OK)
        st = *base ? manifest_read(run->mem, name, (slice){bytes.bytes, bytes.size}, &run->list, f)
                   : fault_memory(f);
    buffer_free(&bytes);
    return st;
}

/* The list may lie in the parcel and be named all the same; other lists there are not entries. */
static void set_lists_aside(intake_run *run)
{
    char real[PATH_MAX], other[PATH_MAX];
    bool named = run->job->list && realpath(run->job->list, real);
    for (size_t i = 0; i < run->file_count; i++) {
        source_file *at = &run->files[i];
        if (at->role != FILE_RECEIVED)
            continue;
        char *path = file_join(run->mem, run->job->path, at->path);
        bool same = named && path && realpath(path, other) && strcmp(real, other) == 0;
        if (same)
            at->role = FILE_MANIFEST;
        else if (is_list_name(at->name))
            at->role = FILE_IGNORED;
    }
}

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
        if (run->taken[i] && document_kind_of(run->files[i].name) == KIND_PDF)
            return child_find("pdftohtml", "poppler-utils", path, sizeof path, f);
    return OK;
}

static status make_room(intake_run *run, fault *f)
{
    size_t rows = run->list.count;
    run->matches = ARENA_ARRAY(run->mem, row_match, rows);
    run->taken = ARENA_ARRAY(run->mem, size_t, run->file_count);
    run->out->items = ARENA_ARRAY(run->mem, intake_item, rows + run->file_count);
    run->out->ignored = ARENA_ARRAY(run->mem, const char *, run->file_count);
    run->seen_slots = 2 * rows + 1;
    run->seen_keys = arena_array(run->mem, run->seen_slots, HASH_SIZE);
    bool good =
        run->matches && run->taken && run->out->items && run->out->ignored && run->seen_keys;
    return good ? OK : fault_memory(f);
}

static status last_receipt(intake_run *run, fault *f)
{
    status st =
        store_int(run->db, Q_RECEIPT_LAST, ARGS(v_int(run->job->year)), &run->last_receipt, f);
    return st == E_MISSING ? OK : st;
}

static status get_ready(intake_run *run, fault *f)
{
    contest *c;
    const char *base;
    TRY(contest_get(run->db, run->mem, run->job->year, &c, f));
    run->default_track = c->track_count ? c->tracks[0].key : "";
    TRY(source_open(run->mem, run->job->path, &run->from, f));
    run->files = source_files(run->from, &run->file_count);
    TRY(read_list(run, &base, f));
    set_lists_aside(run);
    TRY(make_room(run, f));
    TRY(set_unit(run, f));
    TRY(match_files(run->mem, &run->list, run->files, run->file_count, base, run->matches,
                    run->taken, f));
    TRY(check_programs(run, f));
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
    *run = (intake_run){.db = db, .mem = mem, .job = job, .out = out, .memo = text_memo_new()};
    status st = get_ready(run, f);
    if (st == OK)
        st = run_import(run, f);
    source_close(run->from);
    text_memo_free(run->memo);
    return st;
}
