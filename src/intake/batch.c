/* Batches of an import: while one is written, a second thread reads the files of the next. */
#include "work.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

enum {
    BATCH_ITEMS = 1024,             /* one transaction */
    BATCH_BYTES = 16 * 1024 * 1024, /* originals held at a time, by their announced sizes */
    BATCH_MEMORY = 256 * 1024 * 1024
};

typedef struct {
    intake_run *run;
    arena *mem; /* emptied after each */
    work_item *items;
    size_t count, bytes;
    size_t rows; /* of the list, up to and with this batch */
    bool threaded;
    pthread_t reader;
} batch;

/* ---- reporting ---- */

/* The tally of the unit that sent a row. */
static unit_tally *tally_of(intake_run *run, const char *unit)
{
    intake_result *out = run->out;
    cached_id *slot = cache_slot(run->tallies, unit);
    if (slot->text && strcmp(slot->text, unit) == 0)
        return &out->units[slot->id];
    size_t i = 0;
    while (i < out->unit_count && strcmp(out->units[i].unit, unit) != 0)
        i++;
    if (i == out->unit_count) {
        unit_tally *units =
            arena_grow(run->mem, out->units, out->unit_count, &run->tally_capacity, sizeof *units);
        if (!units)
            return NULL;
        out->units = units;
        units[out->unit_count++] = (unit_tally){.unit = unit};
    }
    *slot = (cached_id){arena_string(run->mem, unit), (int64_t)i};
    return &out->units[i];
}

static status count_row(intake_run *run, const work_item *w, fault *f)
{
    unit_tally *unit = tally_of(run, w->row->field[FIELD_SENT_BY]);
    intake_result *out = run->out;
    if (!unit)
        return fault_memory(f);
    bool missing = strcmp(w->reason, "file.missing") == 0;
    unit->rows++;
    switch (w->item->status) {
    case ITEM_IMPORTED: out->imported++, unit->imported++; break;
    case ITEM_UNCHANGED: out->unchanged++, unit->unchanged++; break;
    case ITEM_QUARANTINED: out->quarantined++, unit->quarantined++; break;
    }
    out->missing += missing;
    unit->missing += missing;
    return OK;
}

static status report_refusal(intake_run *run, const work_item *w, fault *f)
{
    intake_item *item = w->item;
    item->reason = arena_string(run->mem, w->reason);
    for (int lang = 0; lang < LANG_COUNT; lang++) {
        item->what[lang] = arena_string(run->mem, w->why.text[lang]);
        if (!item->what[lang])
            return fault_memory(f);
    }
    return item->reason ? OK : fault_memory(f);
}

static status report_further(intake_run *run, const work_item *w, fault *f)
{
    if (!w->further_count)
        return OK;
    const char **names = ARENA_ARRAY(run->mem, const char *, w->further_count);
    if (!names)
        return fault_memory(f);
    for (size_t i = 0; i < w->further_count; i++)
        names[i] = w->further[i].file->path;
    w->item->further = names;
    w->item->further_count = w->further_count;
    return OK;
}

static status report(intake_run *run, work_item *w, fault *f)
{
    static const char *const changes[] = {"new", "version", "details", "", ""};
    intake_item *item = w->item;
    if (w->decided == DECIDE_ADD && run->job->mode == INTAKE_DRY_RUN)
        receipt_text(w->known.receipt, run->job->year, ++run->last_receipt);
    *item = (intake_item){.row = w->row ? w->row->line : 0,
                          .sheet = w->row && run->list.sheet_count > 1 ? w->row->sheet : "",
                          .file = w->file ? w->file->path : w->row->field[FIELD_FILE],
                          .receipt = arena_string(run->mem, w->known.receipt),
                          .status = w->decided == DECIDE_REFUSE ? ITEM_QUARANTINED
                                    : w->decided == DECIDE_SAME ? ITEM_UNCHANGED
                                                                : ITEM_IMPORTED,
                          .change = changes[w->decided],
                          .reason = "",
                          .what = {"", ""}};
    run->out->item_count++;
    if (!item->receipt)
        return fault_memory(f);
    TRY(report_further(run, w, f));
    if (w->decided == DECIDE_REFUSE)
        TRY(report_refusal(run, w, f));
    if (w->row)
        return count_row(run, w, f);
    run->out->unlisted++;
    return OK;
}

/* ---- one batch ---- */

/* Where the next batch begins. */
typedef struct {
    size_t row, file;
} place;

static work_item *add_item(batch *b, const source_file *file)
{
    b->bytes += file ? file->size : 0;
    return &b->items[b->count++];
}

static bool has_room(const batch *b)
{
    return b->count < BATCH_ITEMS && b->bytes < BATCH_BYTES;
}

static status take_items(batch *b, place *next, fault *f)
{
    intake_run *run = b->run;
    for (; next->row < run->list.count && has_room(b); next->row++) {
        const row_match *m = &run->matches[next->row];
        work_item *w = add_item(b, m->kind == MATCH_FILE ? &run->files[m->file] : NULL);
        TRY(work_begin_row(run, next->row, w, f));
        for (size_t i = 0; i < w->further_count; i++)
            b->bytes += w->further[i].file->size;
    }
    b->rows = next->row;
    if (next->row < run->list.count)
        return OK;
    for (; next->file < run->file_count && has_room(b); next->file++) {
        const source_file *file = &run->files[next->file];
        if (!run->taken[next->file].row && file->role == FILE_RECEIVED)
            work_begin_file(run, next->file, add_item(b, file));
    }
    return OK;
}

static status fill(batch *b, place *next, fault *f)
{
    b->run->batch = b->mem;
    TRY(store_look_begin(b->run->db, f));
    status st = take_items(b, next, f);
    store_look_end(b->run->db);
    return st;
}

static void *read_files(void *context)
{
    batch *b = context;
    for (size_t i = 0; i < b->count; i++)
        work_read(b->run, &b->items[i]);
    return NULL;
}

static void start_reading(batch *b)
{
    b->threaded = pthread_create(&b->reader, NULL, read_files, b) == 0;
    if (!b->threaded)
        read_files(b);
}

static void end_reading(batch *b)
{
    if (b->threaded)
        pthread_join(b->reader, NULL);
    b->threaded = false;
}

/* What was unknown a moment ago is there: somebody else is taking in the same parcel. */
static status fail_overtaken(fault *f)
{
    return FAIL(
        f, E_CONFLICT,
        "một lệnh import khác vừa nhận đúng những bài này; đợi lệnh ấy xong rồi chạy lại",
        "another import has just taken these very entries; wait for it to end and run again");
}

static status write_items(batch *b, fault *f)
{
    intake_run *run = b->run;
    size_t added = 0;
    for (size_t i = 0; i < b->count; i++)
        added += b->items[i].decided == DECIDE_ADD;
    TRY(store_begin(run->db, run->job->actor, f));
    status st = record_start(run, added, f);
    for (size_t i = 0; i < b->count && st == OK; i++)
        if (b->items[i].writes)
            st = record_write(run, &b->items[i], f);
    if (st == OK)
        return store_commit(run->db, f);
    store_rollback(run->db);
    return st == E_CONFLICT ? fail_overtaken(f) : st;
}

static status decide_items(batch *b, bool *writes, fault *f)
{
    for (size_t i = 0; i < b->count; i++) {
        work_item *w = &b->items[i];
        if (w->failure.code != OK) {
            *f = w->failure;
            return f->code;
        }
        if (w->is_scan)
            TRY(work_read_scan(b->run, w, f));
        if (w->decided == DECIDE_ADD)
            TRY(earlier_find(b->run, w, f));
        TRY(record_needs_write(b->run, w, f));
        *writes |= w->writes;
    }
    return OK;
}

static status settle(batch *b, fault *f)
{
    bool writes = false;
    b->run->batch = b->mem;
    TRY(store_look_begin(b->run->db, f));
    status st = decide_items(b, &writes, f);
    store_look_end(b->run->db);
    if (st != OK)
        return st;
    if (writes && b->run->job->mode == INTAKE_WRITE)
        TRY(write_items(b, f));
    for (size_t i = 0; i < b->count; i++) {
        TRY(report(b->run, &b->items[i], f));
        TRY(earlier_note(b->run, &b->items[i], f));
    }
    return OK;
}

static void empty(batch *b)
{
    for (size_t i = 0; i < b->count; i++)
        work_reset(&b->items[i]);
    b->count = b->bytes = 0;
    arena_reset(b->mem);
}

static bool set_up(batch *b)
{
    b->mem = arena_new(BATCH_MEMORY);
    b->items = calloc(BATCH_ITEMS, sizeof *b->items);
    for (size_t i = 0; b->items && i < BATCH_ITEMS; i++)
        work_reset(&b->items[i]);
    return b->mem && b->items;
}

static void tear_down(batch *b)
{
    for (size_t i = 0; b->items && i < BATCH_ITEMS; i++)
        work_free(&b->items[i]);
    free(b->items);
    arena_free(b->mem);
}

/* ---- all of them ---- */

static status run_all(batch pair[2], progress *shown, fault *f)
{
    place next = {0, 0};
    batch *now = &pair[0], *coming = &pair[1];
    status st = fill(now, &next, f);
    if (st == OK)
        read_files(now);
    while (st == OK && now->count) {
        st = fill(coming, &next, f);
        if (st == OK)
            start_reading(coming);
        if (st == OK)
            st = settle(now, f);
        end_reading(coming);
        progress_show(shown, now->rows);
        empty(now);
        batch *done = now;
        now = coming;
        coming = done;
    }
    return st;
}

status batch_run_all(intake_run *run, progress *shown, fault *f)
{
    batch pair[2] = {{.run = run}, {.run = run}};
    bool ready = set_up(&pair[0]) && set_up(&pair[1]);
    status st = ready ? run_all(pair, shown, f) : fault_memory(f);
    tear_down(&pair[0]);
    tear_down(&pair[1]);
    return st;
}
