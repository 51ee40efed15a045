/* A CSV file with known columns, whose errors say file, row and column. */
#ifndef CONTEST_LISTING_H
#define CONTEST_LISTING_H

#include "chamthi/csv.h"

enum { LISTING_COLUMNS = 12 };

typedef struct {
    const char *name;       /* as in interface.md §3 */
    const char *vietnamese; /* the heading an office may use instead */
    enum { COLUMN_MAY_BE_MISSING, COLUMN_NEEDED } need;
} listing_column;

typedef struct {
    const char *path;
    const listing_column *columns;
    csv_table table;
    int at[LISTING_COLUMNS]; /* column of the file, -1: not there */
    size_t count;            /* data rows */
} listing;

/* Reads the file. E_INPUT for an unknown, repeated or missing column. */
status listing_read(arena *mem, const char *path, const listing_column *columns, size_t count,
                    listing *out, fault *f);
/* "" when the cell or its column is not there. */
const char *listing_cell(const listing *r, size_t row, int column);
static inline size_t listing_line(const listing *r, size_t row)
{
    return r->table.rows[row + 1].line;
}
/* Puts "FILE, row N, column C: " before the sentence in `f`. */
status listing_blame(const listing *r, size_t row, int column, fault *f);

#define ROW_FAIL(f, code, r, row, column, ...)                                                     \
    (fault_set((f), (code), __VA_ARGS__), listing_blame((r), (row), (column), (f)), (code))

#endif
