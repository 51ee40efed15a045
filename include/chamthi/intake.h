/* Intake: received files and the list that comes with them become entries.
 *
 * Everything is accounted for: each row of the list and each file ends as imported, unchanged or
 * quarantined with a reason and what to do about it; rows = imported + unchanged + quarantined, and
 * each file that no row names is an item of its own. The same parcel twice changes nothing; a
 * corrected file or row changes the entry it belongs to, under the same receipt number, with the
 * earlier file kept. Work is committed in batches: after an interruption, running again goes on. */
#ifndef CHAMTHI_INTAKE_H
#define CHAMTHI_INTAKE_H

#include "chamthi/buffer.h"
#include "chamthi/clock.h"
#include "chamthi/csv.h"
#include "chamthi/store.h"

typedef enum { ITEM_IMPORTED, ITEM_UNCHANGED, ITEM_QUARANTINED } item_status;

typedef struct {
    size_t row;          /* line of the list; 0: a file that no row names */
    const char *sheet;   /* of the list; "" when its rows are all in one */
    const char *file;    /* "" for a paper entry */
    const char *receipt; /* "" when there is none (yet) */
    item_status status;
    const char *const *further; /* names of its further files: photos, another format */
    size_t further_count;
    const char *change; /* imported: "new", "version" (another file), "details" (only the row) */
    const char *reason; /* quarantined: a word to branch on, 'file.missing' … ; else "" */
    const char *what[LANG_COUNT]; /* quarantined: what is wrong and what to do */
} intake_item;

/* What stands in a list and is no entry: totals, headings, signatures, and whole sheets that are
 * hidden or have no header. */
typedef enum { ASIDE_ROW, ASIDE_SHEET, ASIDE_HIDDEN_SHEET } aside_kind;
typedef struct {
    aside_kind kind;
    size_t line, rows; /* `rows` of the sheet */
    const char *sheet, *text;
} list_aside;

/* What came from one unit. */
typedef struct {
    const char *unit; /* as the list writes it; "" when it does not say */
    size_t rows, imported, unchanged, quarantined, missing;
} unit_tally;

typedef struct {
    int64_t year;
    size_t rows, files; /* of the list; received (without the list and what is ignored) */
    size_t imported, unchanged, quarantined; /* rows; their sum is `rows` */
    size_t missing;                          /* of the quarantined: their file is not there */
    size_t unlisted;                         /* files that no row names */
    intake_item *items; /* the rows in the list's order, then the unlisted files */
    size_t item_count;
    const char **ignored; /* lock and system files */
    size_t ignored_count;
    const char *list; /* name of the list that was used */
    const char *const *unused_columns;
    size_t unused_column_count;
    unit_tally *units; /* in the list's order */
    size_t unit_count;
    const list_aside *aside;
    size_t aside_count;
} intake_result;

typedef enum { INTAKE_WRITE, INTAKE_DRY_RUN } intake_mode;
typedef enum {
    INTAKE_PARCEL,
    INTAKE_RETRY, /* what waits in the quarantine, once more */
    INTAKE_ROW    /* one entry typed in by hand */
} intake_from;

typedef struct {
    const char *key, *value; /* a column of a list (interface.md §2) */
} intake_cell;

typedef struct {
    intake_from from;
    const char *path; /* folder, .zip or one file; INTAKE_ROW: the entry's file, NULL on paper */
    const char
        *list; /* the manifest; NULL: manifest.csv or manifest.xlsx in `path`, or its only list */
    const intake_cell *cells; /* INTAKE_ROW */
    size_t cell_count;
    const unsigned char
        *only;        /* INTAKE_RETRY: this row alone (its key in the quarantine); NULL: all */
    const char *unit; /* the unit that collected everything; NULL: as each row says */
    int64_t year;
    intake_mode mode;
    const char *actor;
    const char *progress_label;
} intake_job;

/* E_INPUT, E_MISSING: nothing was changed. E_SYSTEM, E_CONFLICT: what was committed before stays, and
 * the sentence says how far it got. */
status intake_import(store *db, arena *mem, const intake_job *job, intake_result *out, fault *f);

/* Reads the pictures and scans of an entry by machine and keeps the text as a suggestion. E_CONFLICT when
 * the entry has the text of its file, E_INPUT when there is nothing to read. `words` of the suggestion. */
status intake_suggest_text(store *db, const char *actor, int64_t entry_id, size_t *words, fault *f);
/* A person says that the suggestion is right, or gives the right text as a document of that name
 * (`typed_name` NULL: the suggestion): it becomes the entry's text and is counted. It stays through later
 * imports of the same file. */
status intake_confirm_text(store *db, const char *actor, int64_t entry_id, const char *typed_name,
                           slice typed, fault *f);
/* A file that may be a row's: a person says whether it is. `row_source` is what INTAKE_RETRY
 * calls `only`. */
typedef enum { MATCH_ACCEPT, MATCH_REJECT } match_decision;
status intake_match_decide(store *db, const char *actor, int64_t id, match_decision decided,
                           int64_t *year, unsigned char row_source[32], fault *f);

/* Proposes which authors of that year (0: of all) are authors of an earlier entry too: the name is the
 * same, if need be without its marks, and so is the year of birth, a telephone or the unit; two years of
 * birth that differ speak against it unless the telephone is one. Nothing is merged. */
status person_find(store *db, const char *actor, int64_t year, int64_t *found, fault *f);
typedef enum { PERSON_SAME, PERSON_OTHER } person_decision;
/* Of all these pairs or, when one does not exist, of none. */
status person_decide(store *db, const char *actor, const int64_t *pairs, size_t count,
                     person_decision decided, fault *f);

/* The entry of a receipt number, "2024-00017" or, as people say it, "2024-17". E_MISSING with a
 * sentence. */
status intake_entry_find(store *db, const char *receipt, int64_t *entry_id, fault *f);
/* The display text of one file (.txt, .docx, .odt, .pdf …) that is no entry. E_INPUT with a sentence when it
 * cannot be read, or is a picture or recording. */
status intake_read_text(const char *name, slice bytes, buffer *out, fault *f);
/* What to look for in folded columns: `fold` for names and titles, `phone` digits or "". */
status intake_search_keys(arena *mem, const char *text, const char **fold, const char **phone,
                          fault *f);

/* ---- lists that people send, and how they write their cells ---- */
/* "nt", "như trên" and the marks that stand for the cell above. */
bool cell_says_as_above(const char *cell);
/* 2016-07-05, 5/7/2016, 05-07-16, "ngày 5 tháng 7 năm 2016", Excel's own day number. */
bool cell_day(const char *text, date *out);
/* A list somebody sent, .csv in whatever code page or .xlsx (its first sheet), told by its bytes. */
status intake_table_read(arena *mem, const char *path, csv_table *out, fault *f);

#endif
