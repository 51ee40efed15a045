/* The list a unit sends with its entries: one row per entry, headers in Vietnamese or English. */
#ifndef INTAKE_MANIFEST_H
#define INTAKE_MANIFEST_H

#include "chamthi/clock.h"
#include "chamthi/csv.h"
#include "chamthi/intake.h"
#include "chamthi/random.h"

typedef enum {
    FIELD_FILE,
    FIELD_TITLE,
    FIELD_TRACK,
    FIELD_AUTHOR,
    FIELD_BIRTH_YEAR,
    FIELD_ADDRESS,
    FIELD_PHONE,
    FIELD_EMAIL,
    FIELD_UNIT,
    FIELD_SENT_BY,
    FIELD_SUBJECT,
    FIELD_SUBJECT_KIND,
    FIELD_SUBJECT_ADDRESS,
    FIELD_SUBJECT_UNIT,
    FIELD_SUBJECT_GROUP,
    FIELD_RECEIVED,
    FIELD_PUBLISHED,
    FIELD_PUBLISHER,
    FIELD_URL,
    FIELD_WORDS,
    FIELD_DURATION,
    FIELD_COUNT
} field;

const char *field_key(field what); /* of interface.md: "birth_year" */
bool field_find(const char *key, field *out);

typedef struct {
    size_t line;                    /* in the file: what a person sees at the left of the sheet */
    const char *sheet;              /* "" in a CSV file */
    bool hidden;                    /* in Excel, so that a person decides whether it counts */
    const char *field[FIELD_COUNT]; /* display text, never NULL */
} manifest_row;

typedef struct {
    const char *name; /* of the file */
    manifest_row *rows;
    size_t count;
    size_t sheet_count; /* sheets the rows are from */
    bool has_file_column;
    list_aside *aside;
    size_t aside_count;
    const char **unused; /* headers that mean nothing here */
    size_t unused_count;
} manifest;

/* Reads .csv or .xlsx by what the bytes are; of an .xlsx, every sheet that is not hidden and has a
 * header. "nt" and its like become what the cell above says. E_INPUT, with what was found, when there
 * is no header row with a title and an author. Lives in `mem`. */
status manifest_read(arena *mem, const char *name, slice bytes, manifest *out, fault *f);

typedef struct {
    const char *name;
    csv_table table;
    const bool *hidden; /* by row; NULL: none */
    bool aside;         /* the whole sheet is hidden */
} list_sheet;

typedef struct {
    list_sheet *items;
    size_t count;
} list_book;

status xlsx_book_read(arena *mem, const char *name, slice bytes, list_book *out, fault *f);

/* Sets every field from a JSON object of keys and texts. */
status row_from_json(arena *mem, const char *json, manifest_row *out, fault *f);

/* ---- what a row says, in values ---- */

enum { AUTHORS_MOST = 64 };

typedef struct {
    const char *name; /* as written */
    const char *address, *phone, *email, *unit;
    int64_t birth; /* 0: not given */
} row_author;

typedef struct {
    row_author *authors; /* at least one */
    size_t author_count;
    bool has_received;
    int64_t received;       /* UTC seconds */
    char published[20];     /* ISO, "" when not given */
    int64_t words, seconds; /* -1: not given */
} row_values;

/* Authors stand apart by ';' and line ends, and by ',', '&', '/', "và", '-' where each part is a
 * person's name. On E_INPUT `reason` says which cell is wrong: row.title, row.author, row.authors (one
 * or several?), row.date, row.words, row.duration, row.birth. */
status row_read(arena *mem, const manifest_row *row, row_values *out, const char **reason,
                fault *f);

/* The entry a row stands for, and everything the row says. */
status row_key(const manifest_row *row, int64_t year, arena *mem, unsigned char out[HASH_SIZE],
               fault *f);
/* Who sent what by whom, whatever its file is called. */
status row_meaning(const manifest_row *row, int64_t year, arena *mem, unsigned char out[HASH_SIZE],
                   fault *f);
void row_hash(const manifest_row *row, unsigned char out[HASH_SIZE]);

/* Digits only, with the 0 that spreadsheets lose and +84 stands for: "+84 912-345.678" and 912345678
 * are 0912345678. Several numbers: each one, a blank between. NULL: memory. */
char *phone_key(arena *mem, const char *phone);
/* "1.450", "1,450 từ", "1 450" → 1450. False: not a whole number. */
bool count_parse(const char *text, int64_t *out);
/* "6:45", "1:02:03", "7 phút", "7'30\"" → seconds. */
bool duration_parse(const char *text, int64_t *out);
typedef struct {
    date day;
    int64_t seconds; /* of the day */
} moment;
/* A day, perhaps with a time: 2016-07-05, 5/7/2016, 05-07-16, "ngày 5 tháng 7 năm 2016", 5/7/2016 8:30,
 * "8h30 ngày 5/7/2016", and Excel's own day number. The day comes before the month. */
bool moment_parse(const char *text, moment *out);
/* A year, also out of a full date of birth. */
bool birth_year_parse(const char *text, int64_t *out);

#endif
