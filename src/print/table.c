/* Report tables as data, and as workbooks by libxlsxwriter. */
#include "table.h"

#include "chamthi/file.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include <xlsxwriter.h>

enum { WORKBOOK_LIMIT = 256 * 1024 * 1024, SHEET_NAME = 31, WIDEST_COLUMN = 60 };

/* ---- cells ---- */
void table_start(report_table *t, arena *mem, const char *title, const report_column *columns,
                 size_t count)
{
    *t = (report_table){.title = title, .columns = columns, .column_count = count, .mem = mem};
}

static void add_cell(report_table *t, report_cell cell)
{
    if (t->cell_count == t->cell_capacity) {
        size_t capacity = t->cell_capacity ? 2 * t->cell_capacity : 64;
        report_cell *cells = ARENA_ARRAY(t->mem, report_cell, capacity);
        t->failed |= !cells;
        if (!cells)
            return;
        if (t->cell_count)
            memcpy(cells, t->cells, t->cell_count * sizeof *cells);
        t->cells = cells;
        t->cell_capacity = capacity;
    }
    t->cells[t->cell_count++] = cell;
}

void table_text(report_table *t, const char *text)
{
    char *copy = arena_string(t->mem, text);
    t->failed |= !copy;
    add_cell(t, (report_cell){CELL_TEXT, copy ? copy : "", 0});
}

void table_format(report_table *t, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    int size = vsnprintf(NULL, 0, format, args);
    va_end(args);
    char *text = ARENA_ARRAY(t->mem, char, (size_t)size + 1);
    t->failed |= !text;
    va_start(args, format);
    if (text)
        vsnprintf(text, (size_t)size + 1, format, args);
    va_end(args);
    add_cell(t, (report_cell){CELL_TEXT, text ? text : "", 0});
}

void table_year(report_table *t, int64_t year)
{
    add_cell(t, (report_cell){CELL_PLAIN, "", year});
}

void table_number(report_table *t, int64_t number)
{
    add_cell(t, (report_cell){CELL_NUMBER, "", number});
}

void table_remark(report_table *t, int64_t number, const char *remark)
{
    add_cell(t, (report_cell){CELL_NUMBER, remark, number});
}

void table_points(report_table *t, int64_t hundredths)
{
    add_cell(t, (report_cell){CELL_POINTS, "", hundredths});
}

void table_missing(report_table *t)
{
    add_cell(t, (report_cell){CELL_MISSING, "", 0});
}

size_t table_rows(const report_table *t)
{
    return t->cell_count / t->column_count;
}

void number_vietnamese(char out[32], int64_t number)
{
    char digits[24];
    int n = snprintf(digits, sizeof digits, "%lld", (long long)(number < 0 ? -number : number));
    char *to = out;
    if (number < 0)
        *to++ = '-';
    for (int i = 0; i < n; i++) {
        *to++ = digits[i];
        if ((n - i - 1) % 3 == 0 && i + 1 < n)
            *to++ = '.';
    }
    *to = 0;
}

void points_vietnamese(char out[32], int64_t hundredths)
{
    int64_t size = hundredths < 0 ? -hundredths : hundredths;
    const char *sign = hundredths < 0 ? "-" : "";
    char whole[32];
    number_vietnamese(whole, size / 100);
    int part = (int)(size % 100);
    if (part % 10)
        snprintf(out, 32, "%s%.24s,%02d", sign, whole, part);
    else if (part)
        snprintf(out, 32, "%s%.24s,%d", sign, whole, part / 10);
    else
        snprintf(out, 32, "%s%.24s", sign, whole);
}

void cell_shown(const report_cell *cell, char *out, size_t size)
{
    char number[32];
    switch (cell->kind) {
    case CELL_TEXT: snprintf(out, size, "%s", cell->text); return;
    case CELL_MISSING: snprintf(out, size, "–"); return;
    case CELL_NUMBER: number_vietnamese(number, cell->number); break;
    case CELL_PLAIN: snprintf(number, sizeof number, "%lld", (long long)cell->number); break;
    case CELL_POINTS: points_vietnamese(number, cell->number); break;
    }
    snprintf(out, size, "%s%s", number, cell->text);
}

status report_file_kind(const char *path, report_file *out, fault *f)
{
    const char *dot = strrchr(path, '.');
    bool pdf = dot && strcmp(dot, ".pdf") == 0;
    if (!pdf && !(dot && strcmp(dot, ".xlsx") == 0))
        return FAIL(f, E_USAGE, "-o %s: tên tệp phải kết thúc bằng .pdf hoặc .xlsx",
                    "-o %s: the file's name ends with .pdf or .xlsx", path);
    *out = pdf ? FILE_PDF : FILE_WORKBOOK;
    return OK;
}

/* ---- workbook ---- */
typedef struct {
    lxw_workbook *book;
    lxw_format *heading, *text, *number, *points, *plain;
} workbook;

/* A sheet's name may not hold []:*?/\ and not be longer than 31 characters. */
static void sheet_name(const char *title, size_t index, char out[4 * SHEET_NAME + 1])
{
    size_t characters = 0, n = 0;
    int prefix = snprintf(out, 8, "%zu. ", index + 1);
    n = characters = (size_t)prefix;
    for (const char *p = title; *p && characters < SHEET_NAME; p++) {
        out[n++] = strchr("[]:*?/\\", *p) ? '-' : *p;
        while ((p[1] & 0xC0) == 0x80)
            out[n++] = *++p;
        characters++;
    }
    out[n] = 0;
}

static void write_cell(const workbook *w, lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column,
                       const report_cell *cell)
{
    switch (cell->kind) {
    case CELL_NUMBER:
        worksheet_write_number(sheet, row, column, (double)cell->number, w->number);
        break;
    case CELL_PLAIN:
        worksheet_write_number(sheet, row, column, (double)cell->number, w->plain);
        break;
    case CELL_POINTS:
        worksheet_write_number(sheet, row, column, (double)cell->number / 100, w->points);
        break;
    case CELL_TEXT: worksheet_write_string(sheet, row, column, cell->text, w->text); break;
    case CELL_MISSING: break; /* an empty cell is missing; a sum leaves it out */
    }
}

static void write_sheet(const workbook *w, const report_table *t, size_t index)
{
    char name[4 * SHEET_NAME + 1];
    sheet_name(t->title, index, name);
    lxw_worksheet *sheet = workbook_add_worksheet(w->book, name);
    if (!sheet)
        return;
    for (size_t k = 0; k < t->column_count; k++) {
        size_t widest = strlen(t->columns[k].heading);
        worksheet_write_string(sheet, 0, (lxw_col_t)k, t->columns[k].heading, w->heading);
        for (size_t i = k; i < t->cell_count; i += t->column_count) {
            size_t size = t->cells[i].kind == CELL_TEXT ? strlen(t->cells[i].text) * 3 / 4 : 8;
            widest = size > widest ? size : widest;
        }
        widest = widest > WIDEST_COLUMN ? WIDEST_COLUMN : widest;
        worksheet_set_column(sheet, (lxw_col_t)k, (lxw_col_t)k, (double)widest + 2, NULL);
    }
    for (size_t i = 0; i < t->cell_count; i++)
        write_cell(w, sheet, (lxw_row_t)(1 + i / t->column_count), (lxw_col_t)(i % t->column_count),
                   &t->cells[i]);
    worksheet_freeze_panes(sheet, 1, 0);
    if (t->cell_count)
        worksheet_autofilter(sheet, 0, 0, (lxw_row_t)table_rows(t),
                             (lxw_col_t)(t->column_count - 1));
}

static void make_formats(workbook *w)
{
    w->heading = workbook_add_format(w->book);
    w->text = workbook_add_format(w->book);
    w->number = workbook_add_format(w->book);
    w->points = workbook_add_format(w->book);
    w->plain = workbook_add_format(w->book);
    format_set_bold(w->heading);
    format_set_text_wrap(w->heading);
    format_set_align(w->heading, LXW_ALIGN_VERTICAL_CENTER);
    format_set_bg_color(w->heading, 0xF3E9D2);
    format_set_border(w->heading, LXW_BORDER_THIN);
    format_set_text_wrap(w->text);
    format_set_align(w->text, LXW_ALIGN_VERTICAL_TOP);
    format_set_num_format(w->number, "#,##0");
    format_set_num_format(w->points, "0.00");
    format_set_num_format(w->plain, "0");
}

static status write_workbook(const char *path, const report_table *const *tables, size_t count,
                             const char *title, date day, fault *f)
{
    workbook w = {.book = workbook_new(path)};
    if (!w.book)
        return fault_memory(f);
    lxw_doc_properties facts = {.title = (char *)(uintptr_t)title,
                                .created = (time_t)date_to_time(day)};
    workbook_set_properties(w.book, &facts);
    make_formats(&w);
    for (size_t i = 0; i < count; i++)
        write_sheet(&w, tables[i], i);
    lxw_error error = workbook_close(w.book);
    if (error != LXW_NO_ERROR)
        return FAIL(f, E_SYSTEM, "không tạo được bảng tính: %s", "cannot make the workbook: %s",
                    lxw_strerror(error));
    return OK;
}

/* libxlsxwriter wants a file to write to; its bytes are then put in place as one. */
status table_workbook(const char *path, const report_table *const *tables, size_t count,
                      const char *title, date day, fault *f)
{
    char name[4096];
    buffer bytes = BUFFER_INIT;
    for (size_t i = 0; i < count; i++)
        if (tables[i]->failed)
            return fault_memory(f);
    int fd = file_open_scratch(name, sizeof name);
    if (fd < 0)
        return FAIL(f, E_SYSTEM, "không ghi được tệp tạm %s", "cannot write the temporary file %s",
                    name);
    close(fd);
    status st = write_workbook(name, tables, count, title, day, f);
    if (st == OK)
        st = file_read(name, WORKBOOK_LIMIT, &bytes, f);
    if (st == OK)
        st = file_write(path, bytes.bytes, bytes.size, f);
    unlink(name);
    buffer_free(&bytes);
    return st;
}
