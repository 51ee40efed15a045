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

/* A further file of an entry, besides the one whose text is the entry's. */
typedef struct {
    const source_file *file;
    buffer bytes;
    bool kept;
    unsigned char hash[HASH_SIZE];
} further_file;

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
    further_file *further;
    size_t further_count;
    document text;
    text_count count;
    unsigned char key_hash[HASH_SIZE];
    known_entry known;
    decision decided;
    bool is_scan; /* without text of its own: a person may have confirmed one */
    bool writes;  /* something in the database changes */
    char reason[REASON_MAX];
    fault why;
    fault failure; /* of work_read */
    intake_item *item;
} work_item;

typedef struct {
    char *text;
    int64_t id;
} cached_id;

/* A file that no row named by its name. */
typedef struct {
    unsigned char hash[HASH_SIZE];
    bool read;
    size_t proposed; /* 1 + the row it may belong to */
} looked_at;

typedef struct {
    store *db;
    arena *mem;      /* the whole run */
    arena *batch;    /* the batch at hand */
    text_memo *memo; /* the reading thread's, and so is `key` */
    buffer key;
    const intake_job *job;
    intake_result *out;
    source *from;
    source_file *files;
    size_t file_count;
    manifest list;
    row_match *matches;
    file_match *taken;
    looked_at *looked; /* by file; NULL: no file had to be looked into */
    const char *default_track;
    int64_t unit_id; /* of --unit; 0: as each row says */
    cached_id units[CACHE_SLOTS], tracks[CACHE_SLOTS];
    unsigned char *seen_keys; /* paper rows so far: a hash table */
    size_t seen_slots;
    size_t unlisted;                /* items given out */
    cached_id tallies[CACHE_SLOTS]; /* by unit: places in out->units */
    size_t tally_capacity;
    int64_t last_receipt; /* given out, or to be given out by a dry run */
    uint64_t *row_keys;   /* of the list, sorted; NULL: not needed so far (earlier.c) */
    int64_t *adopted;
    size_t adopted_count, adopted_capacity;
    uint64_t *sources, *meanings; /* of the rows so far; NULL: nothing waits from earlier */
    size_t source_count, meaning_count;
    int64_t open_refusals; /* of the year, when the batch at hand began to be written */
} intake_run;

/* The list of the job, or the one in the parcel; `base` is the folder it lies in, "" for the topmost. */
status list_read(intake_run *run, const char **base, fault *f);

/* Rows without a file, matched with the files that no row names by the files' bytes and texts. */
status look_into_files(intake_run *run, fault *f);

/* One item goes through three steps. What the row says and what the database knows of it; then, in a
 * thread of its own and without the database, the file, its text, and the decision; then writing
 * (record.c). Refusals are a decision, not a fault; only what stops the whole run is returned, by
 * work_read in `failure`. */
status work_begin_row(intake_run *run, size_t row, work_item *w, fault *f);
void work_begin_file(intake_run *run, size_t file, work_item *w);
void work_read(intake_run *run, work_item *w);
/* With the database: the text of a scan, if a person has confirmed one. */
status work_read_scan(intake_run *run, work_item *w, fault *f);
/* After `known` has become another entry. */
void work_decide_again(work_item *w);
void work_reset(work_item *w); /* ready for the next item; zeroed memory is too */
void work_free(work_item *w);

/* The slot of a text in a cache of CACHE_SLOTS. */
cached_id *cache_slot(cached_id *cache, const char *text);
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
/* A row of INTAKE_ENTRY or INTAKE_ENTRY_ALIKE. */
status record_known(intake_run *run, const work_item *w, cursor *c, known_entry *out, fault *f);
/* Whether a refusal or a settled quarantine would change anything. */
status record_needs_write(intake_run *run, work_item *w, fault *f);
/* Inside a transaction: these are the entry's further files from now on. Those that are among them no
 * longer stay in the database as replaced. */
status record_further(intake_run *run, int64_t entry_id, const further_file *items, size_t count,
                      int64_t at, fault *f);
status record_blob(intake_run *run, const unsigned char hash[HASH_SIZE], const buffer *bytes,
                   fault *f);
/* The item's file, as the next version of an entry; entry_id 0: only the bytes. */
status record_file(intake_run *run, const work_item *w, int64_t entry_id, int64_t received,
                   fault *f);
/* First in a transaction that will add so many entries. */
status record_start(intake_run *run, size_t added, fault *f);
/* Inside a transaction: everything one item changes, with its audit row. */
status record_write(intake_run *run, work_item *w, fault *f);

/* ---- the quarantine (refused.c) ---- */
/* The key of a row or a file there; `line` tells a second row about the same thing apart; `hash` NULL:
 * the file could not be read. */
void source_of_row(unsigned char out[HASH_SIZE], const unsigned char key[HASH_SIZE],
                   const char *line);
void source_of_file(unsigned char out[HASH_SIZE], const unsigned char *hash, const char *path);
status refused_forget(intake_run *run, fault *f); /* what settled ones said */
status refused_write(intake_run *run, const work_item *w, fault *f);
/* A person has said that a proposed file is not the row's. */
status refused_drop_rejected(intake_run *run, fault *f);
/* The list, the files and the matches of what can be tried again without its parcel. */
status refused_gather(intake_run *run, fault *f);
status refused_load(intake_run *run, const source_file *file, buffer *out, fault *f);

/* ---- what earlier parcels brought (earlier.c) ---- */
/* A row that would be a new entry may be an old one whose file is called otherwise now: then `known` and
 * the decision become that entry's. Never one that another row of the list stands for. */
status earlier_find(intake_run *run, work_item *w, fault *f);
/* The file that a row's entry has, found in the same ways; *known false: there is none. */
status earlier_file(intake_run *run, const manifest_row *row, unsigned char hash[HASH_SIZE],
                    bool *known, fault *f);
/* Rows that waited, stand in the list no more, and say what a received row says, are settled at the end. */
status earlier_start(intake_run *run, fault *f);
status earlier_note(intake_run *run, const work_item *w, fault *f);
status earlier_settle(intake_run *run, fault *f);

#endif
