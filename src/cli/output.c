/* Rows as an aligned table, as CSV or as JSON. */
#include "cli.h"

#include "chamthi/clock.h"
#include "chamthi/csv.h"
#include "chamthi/file.h"
#include "chamthi/print.h"
#include "chamthi/text.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void points_text(char out[32], int64_t hundredths, bool comma)
{
    int64_t whole = hundredths < 0 ? -hundredths : hundredths;
    snprintf(out, 32, "%s%lld%c%02d", hundredths < 0 ? "-" : "", (long long)(whole / 100),
             comma ? ',' : '.', (int)(whole % 100));
}

status cli_out(const buffer *b, const char *path, fault *f)
{
    TRY(buffer_check(b, f));
    if (path)
        return file_write(path, b->bytes, b->size, f);
    bool written = fwrite(b->bytes, 1, b->size, stdout) == b->size && fflush(stdout) == 0;
    if (!written && errno != EPIPE) /* a reader that has seen enough (| head) is no failure */
        return FAIL(f, E_SYSTEM, "không ghi được kết quả: %s", "cannot write the output: %s",
                    strerror(errno));
    return OK;
}

status cli_print(const cli *c, fault *f, const char *vi, const char *en, ...)
{
    char text[4096];
    va_list args;
    va_start(args, en);
    vsnprintf(text, sizeof text, c->lang == LANG_VI ? vi : en, args);
    va_end(args);
    buffer b = BUFFER_INIT;
    buffer_text(&b, text);
    status st = cli_out(&b, NULL, f);
    buffer_free(&b);
    return st;
}

void output_start(output *o, const cli *c, const column *columns, size_t count)
{
    *o = (output){.c = c, .columns = columns, .column_count = count, .text = BUFFER_INIT};
    if (c->format == FORMAT_CSV)
        for (size_t i = 0; i < count; i++)
            csv_put(&o->text, columns[i].key, i + 1 == count);
}

static void keep_cell(output *o, const char *text)
{
    if (o->cell_count == o->cell_capacity) {
        size_t capacity = o->cell_capacity ? o->cell_capacity * 2 : 256;
        char **cells = realloc(o->cells, capacity * sizeof *cells);
        if (!cells) {
            o->failed = true;
            return;
        }
        o->cells = cells;
        o->cell_capacity = capacity;
    }
    o->cells[o->cell_count] = strdup(text);
    o->failed |= !o->cells[o->cell_count];
    o->cell_count += !o->failed;
}

/* `text` is for people, `raw` for CSV and JSON (a number or ready JSON); raw NULL: JSON null. */
static void put_cell(output *o, const char *text, const char *raw, bool quote)
{
    bool first = o->at == 0, last = o->at + 1 == o->column_count;
    const column *col = &o->columns[o->at];
    o->at = last ? 0 : o->at + 1;
    switch (o->c->format) {
    case FORMAT_TABLE: keep_cell(o, text); break;
    case FORMAT_CSV: csv_put(&o->text, raw ? raw : "", last); break;
    case FORMAT_JSON:
        if (first)
            buffer_text(&o->text, o->text.size ? ",\n{" : "{");
        buffer_format(&o->text, "%s\"%s\":", first ? "" : ",", col->key);
        if (raw && quote)
            buffer_json_string(&o->text, raw, strlen(raw));
        else
            buffer_text(&o->text, raw ? raw : "null");
        if (last)
            buffer_byte(&o->text, '}');
        break;
    }
}

void output_text(output *o, const char *text)
{
    bool quote = o->columns[o->at].kind != COLUMN_JSON;
    put_cell(o, text ? text : "", text, quote);
}

void output_null(output *o)
{
    put_cell(o, "", NULL, false);
}

void output_int(output *o, int64_t n)
{
    char raw[32], shown[32];
    snprintf(raw, sizeof raw, "%lld", (long long)n);
    memcpy(shown, raw, sizeof shown);
    if (o->columns[o->at].kind == COLUMN_POINTS) {
        points_text(raw, n, false);
        points_text(shown, n, o->c->lang == LANG_VI);
    } else if (o->columns[o->at].kind == COLUMN_TIME) {
        time_vietnamese(n, shown);
    }
    if (o->c->save && o->c->save->workbook && o->columns[o->at].kind != COLUMN_TIME)
        snprintf(shown, sizeof shown, "%lld", (long long)n);
    put_cell(o, shown, raw, false);
}

void output_cells(output *o, cursor *row, size_t first, size_t count)
{
    for (int i = (int)first; i < (int)(first + count); i++) {
        column_kind kind = o->columns[o->at].kind;
        if (cursor_null(row, i))
            output_null(o);
        else if (kind == COLUMN_TEXT || kind == COLUMN_JSON)
            output_text(o, cursor_text(row, i));
        else
            output_int(o, cursor_int(row, i));
    }
}

static bool right_aligned(const column *col)
{
    return col->kind == COLUMN_INT || col->kind == COLUMN_POINTS;
}

static void put_padded(buffer *b, const char *text, size_t width, bool right, bool last)
{
    size_t own = text_width(text), gap = own < width ? width - own : 0;
    for (size_t i = 0; right && i < gap; i++)
        buffer_byte(b, ' ');
    buffer_text(b, text);
    for (size_t i = 0; !right && !last && i < gap; i++)
        buffer_byte(b, ' ');
    buffer_text(b, last ? "\n" : "  ");
}

static const char *heading(const output *o, size_t i)
{
    return o->c->lang == LANG_VI ? o->columns[i].vi : o->columns[i].en;
}

static void draw_table(output *o)
{
    size_t shown = 0, last = 0, widths[64] = {0};
    for (size_t i = 0; i < o->column_count && i < 64; i++) {
        if (o->columns[i].kind == COLUMN_JSON)
            continue;
        widths[i] = text_width(heading(o, i));
        for (size_t k = i; k < o->cell_count; k += o->column_count) {
            size_t width = text_width(o->cells[k]);
            widths[i] = width > widths[i] ? width : widths[i];
        }
        shown++;
        last = i;
    }
    for (size_t k = 0; shown && k < o->cell_count + o->column_count; k++) {
        size_t i = k % o->column_count;
        const char *text = k < o->column_count ? heading(o, i) : o->cells[k - o->column_count];
        if (o->columns[i].kind != COLUMN_JSON)
            put_padded(&o->text, text, widths[i], right_aligned(&o->columns[i]), i == last);
    }
}

static status save_workbook(const output *o, fault *f)
{
    list_column columns[64];
    size_t count = 0, used = 0;
    const char **cells = ARENA_ARRAY(o->c->mem, const char *, o->cell_count);
    if (o->failed || !cells)
        return fault_memory(f);
    for (size_t i = 0; i < o->column_count && count < 64; i++) {
        column_kind kind = o->columns[i].kind;
        if (kind != COLUMN_JSON)
            columns[count++] = (list_column){heading(o, i), kind == COLUMN_INT      ? LIST_NUMBER
                                                            : kind == COLUMN_POINTS ? LIST_POINTS
                                                                                    : LIST_TEXT};
    }
    for (size_t i = 0; i < o->cell_count; i++)
        if (o->columns[i % o->column_count].kind != COLUMN_JSON)
            cells[used++] = o->cells[i];
    return list_workbook(o->c->save->path, o->c->mem, o->c->command->words, columns, count, cells,
                         used, f);
}

static status release(output *o, status st)
{
    for (size_t i = 0; i < o->cell_count; i++)
        free(o->cells[i]);
    free(o->cells);
    buffer_free(&o->text);
    return st;
}

/* A second list would take the place of the first. */
static status claim_file(list_file *save, fault *f)
{
    if (save->written)
        return FAIL(f, E_USAGE, "--save: lệnh này in nhiều bảng, không lưu vào một tệp được",
                    "--save: this command prints several lists, which do not fit into one file");
    save->written = true;
    return OK;
}

status output_end(output *o, fault *f)
{
    list_file *save = o->c->save;
    if (save && claim_file(save, f) != OK)
        return release(o, E_USAGE);
    if (save && save->workbook)
        return release(o, save_workbook(o, f));
    if (o->c->format == FORMAT_TABLE)
        draw_table(o);
    buffer whole = BUFFER_INIT;
    if (o->c->format == FORMAT_JSON)
        buffer_format(&whole, "[%s]\n", o->text.bytes);
    else
        buffer_put(&whole, o->text.bytes, o->text.size);
    status st = o->failed || o->text.failed ? fault_memory(f)
                                            : cli_out(&whole, save ? save->path : NULL, f);
    buffer_free(&whole);
    return release(o, st);
}
