/* Tables of a report: filled once, then drawn in a PDF and written as a sheet of a workbook. */
#ifndef PRINT_TABLE_H
#define PRINT_TABLE_H

#include "chamthi/buffer.h"
#include "chamthi/clock.h"

#include <stdint.h>

typedef enum { ALIGN_TEXT, ALIGN_NUMBER, ALIGN_MIDDLE } column_align;

typedef struct {
    const char *heading;
    int share; /* of the width, against the other columns */
    column_align align;
} report_column;

typedef enum {
    CELL_TEXT,
    CELL_NUMBER,
    CELL_PLAIN,  /* a number that nobody adds up: 2024, never 2.024 */
    CELL_POINTS, /* hundredths: 87,5 */
    CELL_MISSING /* not known, which is not zero */
} cell_kind;

typedef struct {
    cell_kind kind;
    const char *text; /* a number may have a remark after it, such as "*" */
    int64_t number;
} report_cell;

typedef struct {
    const char *title; /* of the sheet, and above the table */
    const report_column *columns;
    size_t column_count;
    report_cell *cells;
    size_t cell_count, cell_capacity;
    arena *mem;
    bool failed;
} report_table;

void table_start(report_table *t, arena *mem, const char *title, const report_column *columns,
                 size_t count);
void table_text(report_table *t, const char *text); /* copied */
void table_format(report_table *t, const char *format, ...) __attribute__((format(printf, 2, 3)));
void table_year(report_table *t, int64_t year); /* 2024, never 2.024 */
void table_number(report_table *t, int64_t number);
void table_remark(report_table *t, int64_t number, const char *remark);
void table_points(report_table *t, int64_t hundredths);
void table_missing(report_table *t);
/* The rows filled so far. */
size_t table_rows(const report_table *t);

/* 1620 → "1.620", 7750 hundredths → "77,5"; `out` holds 32 bytes. */
void number_vietnamese(char out[32], int64_t number);
void points_vietnamese(char out[32], int64_t hundredths);
/* A cell as it is printed: "–" when missing. */
void cell_shown(const report_cell *cell, char *out, size_t size);

/* From the end of a file's name; E_USAGE when it is neither. */
typedef enum { FILE_PDF, FILE_WORKBOOK } report_file;
status report_file_kind(const char *path, report_file *out, fault *f);

/* An .xlsx file with one sheet per table, complete or not there. Its dates come from `day`. */
status table_workbook(const char *path, const report_table *const *tables, size_t count,
                      const char *title, date day, fault *f);

#endif
