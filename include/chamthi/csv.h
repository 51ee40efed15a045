/* CSV in and out (RFC 4180 as offices really write it): BOM, CRLF, and ',' ';' or tab, told from the
 * first line that has one. Cells are trimmed of surrounding blanks. Reading is by libcsv. */
#ifndef CHAMTHI_CSV_H
#define CHAMTHI_CSV_H

#include "chamthi/arena.h"
#include "chamthi/buffer.h"

typedef struct {
    const char **cells;
    size_t count;
    size_t line; /* 1-based line in the file where the row starts */
} csv_row;

typedef struct {
    csv_row *rows; /* wholly empty rows are left out */
    size_t count;
} csv_table;

/* Parses UTF-8 bytes. `name` is the file's name for the sentence. Nothing is E_INPUT except a
 * quote that never closes and a NUL byte. */
status csv_table_parse(arena *mem, const char *name, slice text, csv_table *out, fault *f);
/* The same with a separator that is known. */
status csv_table_split(arena *mem, const char *name, slice text, char separator, csv_table *out,
                       fault *f);
status csv_table_read(arena *mem, const char *path, csv_table *out, fault *f);

/* The index of the first of `names` (NULL-terminated, exact match) in the header row, or -1. */
int csv_column(const csv_table *t, const char *const *names);
/* Cell text or "" when the row is short or the column -1. */
const char *csv_cell(const csv_row *r, int column);

/* Writes one cell and the separator or line end. Cells that begin with = + - @ TAB CR get a leading
 * apostrophe, so that no spreadsheet runs them; a plain number keeps its sign. */
void csv_put(buffer *b, const char *text, bool last);

#endif
