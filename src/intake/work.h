/* The import's own shapes: one run, and its items. */
#ifndef INTAKE_WORK_H
#define INTAKE_WORK_H

#include "chamthi/contest.h"
#include "chamthi/intake.h"
#include "chamthi/progress.h"
#include "document.h"
#include "manifest.h"
#include "match.h"
#include "source.h"

enum { CACHE_SLOTS = 1024, REASON_MAX = 24, RECEIPT_TEXT_MAX = 48 };

/* What the database already holds for a row. */
typedef struct {
    int64_t id; /* 0: nothing */
    char receipt[RECEIPT_TEXT_MAX];
    unsigned char row_hash[HASH_SIZE], file_hash[HASH_SIZE];
    bool has_file;
    bool title_differs, author_differs;
    int64_t version, received_at;
} known_entry;

typedef enum {
    DECIDE_ADD,
    DECIDE_VERSION, /* the file is another one */
    DECIDE_DETAILS, /* only the row is */
    DECIDE_SAME,
    DECIDE_REFUSE
} decision;

typedef struct {
    const manifest_row *row; /* NULL: a file that no row names */
    const source_file *file; /* NULL: a paper entry, or the file is missing */
    row_values values;
    int64_t track_id, unit_id;
    unsigned char key[HASH_SIZE], hash[HASH_SIZE];                   /* of the row */
    unsigned char source_key[HASH_SIZE], file_source_key[HASH_SIZE]; /* in the quarantine */
    buffer bytes;
    unsigned char file_hash[HASH_SIZE];
    bool kept; /* `bytes` were read and are stored */
    document text;
    text_count count;
    unsigned char key_hash[HASH_SIZE];
    known_entry known;
    decision decided;
    bool writes; /* something in the database changes */
    char reason[REASON_MAX];
    fault why;
    fault failure; /* of work_read */
    intake_item *item;
} work_item;

typedef struct {
    char *text;
    int64_t id;
} cached_id;

typedef struct {
    store *db;
    arena *mem;      /* the whole run */
    arena *batch;    /* the batch at hand */
    text_memo *memo; /* the reading thread's */
    const intake_job *job;
    intake_result *out;
    source *from;
    source_file *files;
    size_t file_count;
    manifest list;
    row_match *matches;
    size_t *taken; /* by file: row + 1 */
    const char *default_track;
    int64_t unit_id; /* of --unit; 0: as each row says */
    cached_id units[CACHE_SLOTS], tracks[CACHE_SLOTS];
    unsigned char *seen_keys; /* paper rows so far: a hash table */
    size_t seen_slots;
    size_t unlisted;       /* items given out */
    int64_t last_receipt;  /* given out, or to be given out by a dry run */
    int64_t open_refusals; /* of the year, when the batch at hand began to be written */
} intake_run;

/* One item goes through three steps. What the row says and what the database knows of it; then, in a
 * thread of its own and without the database, the file, its text, and the decision; then writing
 * (record.c). Refusals are a decision, not a fault; only what stops the whole run is returned, by
 * work_read in `failure`. */
status work_begin_row(intake_run *run, size_t row, work_item *w, fault *f);
void work_begin_file(intake_run *run, size_t file, work_item *w);
void work_read(intake_run *run, work_item *w);
void work_free(work_item *w);

/* *id 0: "" or nothing of that name. */
status work_find_unit(intake_run *run, const char *text, int64_t *id, fault *f);

/* Every row of the list and every file that none names, in order. */
status batch_run_all(intake_run *run, progress *shown, fault *f);

/* "2024-00017" */
void receipt_text(char out[RECEIPT_TEXT_MAX], int64_t year, int64_t number);

/* ---- the store (record.c) ---- */
status record_find(intake_run *run, work_item *w, fault *f);
/* The text of a scan that a person has confirmed, if there is one, as the text of the item. */
status record_confirmed(intake_run *run, work_item *w, fault *f);
/* Whether a refusal or a settled quarantine would change anything. */
status record_needs_write(intake_run *run, work_item *w, fault *f);
/* A further file of an entry, besides the one whose text is the entry's. */
typedef struct {
    const char *name;
    slice bytes;
    unsigned char hash[HASH_SIZE];
} attachment;
/* Inside a transaction: these are the entry's attachments from now on. Those that are among them no
 * longer stay in the database as replaced. */
status record_attachments(store *db, int64_t entry_id, const attachment *items, size_t count,
                          int64_t at, fault *f);
/* First in a transaction that will add so many entries. */
status record_start(intake_run *run, size_t added, fault *f);
/* Inside a transaction: everything one item changes, with its audit row. */
status record_write(intake_run *run, work_item *w, fault *f);

#endif
