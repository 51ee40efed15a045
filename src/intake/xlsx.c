/* The sheets of an .xlsx as tables of text: shared and inline strings, numbers as people see them, dates
 * as ISO text, the cell of merged rows in each of them. */
#include "archive.h"
#include "document.h"
#include "manifest.h"
#include "xml.h"

#include "chamthi/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    PART_LIMIT = 64 * 1024 * 1024,
    COLUMNS_MOST = 200,
    ROWS_MOST = 100000,
    SHEETS_MOST = 50,
    MERGES_MOST = 20000,
    FORMATS_MOST = 4096,
    FIRST_CUSTOM_FORMAT = 164,
    SECONDS_OF_DAY = 86400
};

typedef struct {
    const char *name, *relation, *target;
    bool hidden;
} sheet_part;

/* Cells of one column, merged downwards. */
typedef struct {
    size_t column, first, last; /* rows as numbered in the sheet */
} merge;

typedef struct {
    arena *mem;
    sheet_part sheets[SHEETS_MOST];
    size_t sheet_count;
    bool from_1904;
    const char **strings;
    size_t string_count, string_capacity;
    bool style_is_date[FORMATS_MOST]; /* by cell style */
    size_t style_count;
    bool custom_is_date[FORMATS_MOST]; /* by number format less 164 */
    bool in_styles, in_text, in_phonetic, failed, too_large;
    buffer text;
    char kind[16]; /* of the open cell */
    size_t cell_column, cell_style;
    const char *cells[COLUMNS_MOST];
    size_t cell_count, row_number;
    bool row_hidden;
    csv_row *rows; /* of the open sheet */
    bool *hidden;
    size_t row_count, row_capacity, hidden_capacity;
    merge *merges;
    size_t merge_count, merge_capacity;
} xlsx;

/* ---- workbook and relations ---- */

static bool is_on(const char *value)
{
    return value && (strcmp(value, "1") == 0 || strcmp(value, "true") == 0);
}

static void on_workbook(void *context, const char *name, const char **attributes, int depth)
{
    xlsx *x = context;
    const char *local = xml_local(name);
    (void)depth;
    if (strcmp(local, "workbookPr") == 0) {
        x->from_1904 = is_on(xml_attribute(attributes, "date1904"));
    } else if (strcmp(local, "sheet") == 0 && x->sheet_count < SHEETS_MOST) {
        const char *shown = xml_attribute(attributes, "name");
        sheet_part *s = &x->sheets[x->sheet_count++];
        s->name = arena_string(x->mem, shown ? shown : "");
        s->hidden = xml_attribute(attributes, "state") &&
                    strcmp(xml_attribute(attributes, "state"), "visible") != 0;
        for (; *attributes; attributes += 2) /* r:id, not the sheet's own plain "id" */
            if (strchr(attributes[0], ':') && strcmp(xml_local(attributes[0]), "id") == 0)
                s->relation = arena_string(x->mem, attributes[1]);
        x->failed |= !s->name;
    }
}

static void on_relation(void *context, const char *name, const char **attributes, int depth)
{
    xlsx *x = context;
    const char *id = xml_attribute(attributes, "Id");
    const char *target = xml_attribute(attributes, "Target");
    (void)name;
    (void)depth;
    for (size_t i = 0; id && target && i < x->sheet_count; i++) {
        sheet_part *s = &x->sheets[i];
        if (s->relation && strcmp(id, s->relation) == 0)
            s->target = *target == '/' ? arena_string(x->mem, target + 1)
                                       : arena_format(x->mem, "xl/%s", target);
    }
}

/* ---- number formats ---- */

/* A format shows a date when it has d, m, y or h outside quotes and brackets. */
static bool shows_date(const char *format)
{
    for (; *format; format++) {
        if (*format == '"')
            format += strcspn(format + 1, "\"") + 1;
        else if (*format == '[')
            format += strcspn(format, "]");
        else if (*format == '\\' && format[1])
            format++;
        else if (strchr("dDmMyYhH", *format))
            return true;
        if (!*format)
            break;
    }
    return false;
}

static size_t number(const char *text)
{
    return text ? (size_t)strtoul(text, NULL, 10) : 0;
}

static void on_style(void *context, const char *name, const char **attributes, int depth)
{
    xlsx *x = context;
    const char *local = xml_local(name);
    size_t id = number(xml_attribute(attributes, "numFmtId"));
    (void)depth;
    if (strcmp(local, "numFmt") == 0) {
        const char *code = xml_attribute(attributes, "formatCode");
        if (code && id >= FIRST_CUSTOM_FORMAT && id - FIRST_CUSTOM_FORMAT < FORMATS_MOST)
            x->custom_is_date[id - FIRST_CUSTOM_FORMAT] = shows_date(code);
    } else if (strcmp(local, "cellXfs") == 0) {
        x->in_styles = true;
    } else if (strcmp(local, "xf") == 0 && x->in_styles && x->style_count < FORMATS_MOST) {
        bool built_in = (id >= 14 && id <= 22) || (id >= 45 && id <= 47);
        bool custom = id >= FIRST_CUSTOM_FORMAT && id - FIRST_CUSTOM_FORMAT < FORMATS_MOST &&
                      x->custom_is_date[id - FIRST_CUSTOM_FORMAT];
        x->style_is_date[x->style_count++] = built_in || custom;
    }
}

static void on_style_end(void *context, const char *name, int depth)
{
    (void)depth;
    if (strcmp(xml_local(name), "cellXfs") == 0)
        ((xlsx *)context)->in_styles = false;
}

/* ---- shared strings ---- */

static void on_string(void *context, const char *name, const char **attributes, int depth)
{
    xlsx *x = context;
    const char *local = xml_local(name);
    (void)attributes;
    (void)depth;
    if (strcmp(local, "si") == 0)
        buffer_clear(&x->text);
    else if (strcmp(local, "rPh") == 0)
        x->in_phonetic = true;
    else if (strcmp(local, "t") == 0)
        x->in_text = !x->in_phonetic;
}

static void keep_string(xlsx *x)
{
    const char **strings =
        arena_grow(x->mem, x->strings, x->string_count, &x->string_capacity, sizeof *strings);
    const char *copy = arena_copy(x->mem, x->text.bytes, x->text.size);
    x->failed |= !strings || !copy || x->text.failed;
    if (x->failed)
        return;
    x->strings = strings;
    strings[x->string_count++] = copy;
}

static void on_string_end(void *context, const char *name, int depth)
{
    xlsx *x = context;
    const char *local = xml_local(name);
    (void)depth;
    if (strcmp(local, "si") == 0)
        keep_string(x);
    else if (strcmp(local, "rPh") == 0)
        x->in_phonetic = false;
    else if (strcmp(local, "t") == 0)
        x->in_text = false;
}

static void on_characters(void *context, const char *bytes, size_t size)
{
    xlsx *x = context;
    if (x->in_text)
        buffer_put(&x->text, bytes, size);
}

/* ---- the sheet ---- */

/* "BC12" → 54 (columns from 0). */
static size_t column_of(const char *reference, size_t otherwise)
{
    size_t n = 0;
    if (!reference)
        return otherwise;
    for (; *reference >= 'A' && *reference <= 'Z' && n < 10000; reference++)
        n = n * 26 + (size_t)(*reference - 'A') + 1;
    return n ? n - 1 : otherwise;
}

/* "A3:A5": what A3 says is said of rows 3 to 5. */
static void keep_merge(xlsx *x, const char *reference)
{
    const char *colon = reference ? strchr(reference, ':') : NULL;
    if (!colon || x->merge_count == MERGES_MOST)
        return;
    merge m = {column_of(reference, 0),
               number(reference + strspn(reference, "ABCDEFGHIJKLMNOPQRSTUVWXYZ")),
               number(colon + 1 + strspn(colon + 1, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"))};
    if (m.first >= m.last || m.column >= COLUMNS_MOST)
        return;
    merge *merges =
        arena_grow(x->mem, x->merges, x->merge_count, &x->merge_capacity, sizeof *merges);
    x->failed |= !merges;
    if (!merges)
        return;
    x->merges = merges;
    merges[x->merge_count++] = m;
}

static void on_cell(void *context, const char *name, const char **attributes, int depth)
{
    xlsx *x = context;
    const char *local = xml_local(name);
    (void)depth;
    if (strcmp(local, "row") == 0) {
        const char *r = xml_attribute(attributes, "r");
        x->row_number = r ? number(r) : x->row_number + 1;
        x->row_hidden = is_on(xml_attribute(attributes, "hidden"));
        x->cell_count = 0;
    } else if (strcmp(local, "c") == 0) {
        const char *kind = xml_attribute(attributes, "t");
        snprintf(x->kind, sizeof x->kind, "%s", kind ? kind : "n");
        x->cell_column = column_of(xml_attribute(attributes, "r"), x->cell_count);
        x->cell_style = number(xml_attribute(attributes, "s"));
        buffer_clear(&x->text);
    } else if (strcmp(local, "mergeCell") == 0) {
        keep_merge(x, xml_attribute(attributes, "ref"));
    } else if (strcmp(local, "rPh") == 0) {
        x->in_phonetic = true;
    } else if (strcmp(local, "v") == 0 || strcmp(local, "t") == 0) {
        x->in_text = !x->in_phonetic;
    }
}

/* The day a serial number stands for; a part of a day is a time. */
static const char *date_text(xlsx *x, double serial)
{
    int64_t day = (int64_t)serial;
    int64_t seconds = (int64_t)((serial - (double)day) * SECONDS_OF_DAY + 0.5);
    date first = x->from_1904 ? (date){1904, 1, 1} : (date){1899, 12, 30};
    if (day < 61 && !x->from_1904)
        first.day = 31; /* Excel believes in 29/2/1900 */
    char iso[20];
    date_iso(date_from_time(date_to_time(first) + day * SECONDS_OF_DAY), iso);
    if (day == 0 && seconds > 0) /* a duration typed as hh:mm[:ss] */
        return arena_format(x->mem, "%02d:%02d:%02d", (int)(seconds / 3600),
                            (int)(seconds / 60 % 60), (int)(seconds % 60));
    if (seconds / 60 == 0)
        return arena_string(x->mem, iso);
    return arena_format(x->mem, "%s %02d:%02d", iso, (int)(seconds / 3600 % 24),
                        (int)(seconds / 60 % 60));
}

static const char *number_text(xlsx *x)
{
    char *end;
    double value = strtod(x->text.bytes, &end);
    if (end == x->text.bytes || *end)
        return arena_string(x->mem, x->text.bytes);
    bool is_date = x->cell_style < x->style_count && x->style_is_date[x->cell_style];
    if (is_date && value >= 0 && value < 3000000)
        return date_text(x, value);
    if (value > -1e15 && value < 1e15 && value - (double)(int64_t)value == 0)
        return arena_format(x->mem, "%lld", (long long)value);
    return arena_string(x->mem, x->text.bytes);
}

static const char *cell_text(xlsx *x)
{
    if (strcmp(x->kind, "s") == 0) {
        size_t i = number(x->text.bytes);
        return x->text.size && i < x->string_count ? x->strings[i] : "";
    }
    if (strcmp(x->kind, "n") == 0 && x->text.size)
        return number_text(x);
    if (strcmp(x->kind, "e") == 0) /* #N/A and its like say nothing */
        return "";
    return arena_copy(x->mem, x->text.bytes, x->text.size);
}

static void end_cell(xlsx *x)
{
    const char *text = cell_text(x);
    x->failed |= !text || x->text.failed;
    if (!text || x->cell_column >= COLUMNS_MOST)
        return;
    while (x->cell_count <= x->cell_column)
        x->cells[x->cell_count++] = "";
    x->cells[x->cell_column] = text;
}

static bool row_empty(const xlsx *x)
{
    for (size_t i = 0; i < x->cell_count; i++)
        if (x->cells[i][strspn(x->cells[i], " \t\r\n")])
            return false;
    return true;
}

static void end_row(xlsx *x)
{
    if (row_empty(x))
        return;
    if (x->row_count == ROWS_MOST) {
        x->too_large = true;
        return;
    }
    csv_row *rows = arena_grow(x->mem, x->rows, x->row_count, &x->row_capacity, sizeof *rows);
    bool *hidden = arena_grow(x->mem, x->hidden, x->row_count, &x->hidden_capacity, sizeof *hidden);
    const char **cells = ARENA_ARRAY(x->mem, const char *, x->cell_count);
    if (!rows || !hidden || !cells) {
        x->failed = true;
        return;
    }
    memcpy(cells, x->cells, x->cell_count * sizeof *cells);
    x->rows = rows;
    x->hidden = hidden;
    hidden[x->row_count] = x->row_hidden;
    rows[x->row_count++] = (csv_row){cells, x->cell_count, x->row_number};
}

static void on_cell_end(void *context, const char *name, int depth)
{
    xlsx *x = context;
    const char *local = xml_local(name);
    (void)depth;
    if (x->failed || x->too_large)
        return;
    if (strcmp(local, "c") == 0)
        end_cell(x);
    else if (strcmp(local, "row") == 0)
        end_row(x);
    else if (strcmp(local, "rPh") == 0)
        x->in_phonetic = false;
    else if (strcmp(local, "v") == 0 || strcmp(local, "t") == 0)
        x->in_text = false;
}

/* ---- the container ---- */

/* Parses one part; a missing optional part is no fault. */
static status read_part(archive *zip, const char *part, const xml_handlers *handlers, xlsx *x,
                        fault *f)
{
    const char *reason = NULL;
    long i = archive_find(zip, part);
    if (i < 0)
        return OK;
    buffer xml = BUFFER_INIT;
    status st = archive_read(zip, (size_t)i, PART_LIMIT, &xml, &reason, f);
    if (st == OK)
        st = xml_parse(part, (slice){xml.bytes, xml.size}, XML_NO_DOCTYPE, handlers, x, &reason, f);
    buffer_free(&xml);
    if (st == OK && (x->failed || x->text.failed))
        st = fault_memory(f);
    return st;
}

/* The rows of the open sheet from number `line` on, which need not be in it. */
static size_t row_from(const xlsx *x, size_t line)
{
    size_t low = 0, high = x->row_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (x->rows[middle].line < line)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool set_cell(xlsx *x, csv_row *row, size_t column, const char *text)
{
    if (column >= row->count) {
        const char **cells = ARENA_ARRAY(x->mem, const char *, column + 1);
        if (!cells)
            return false;
        memcpy(cells, row->cells, row->count * sizeof *cells);
        while (row->count <= column)
            cells[row->count++] = "";
        row->cells = cells;
    }
    if (!row->cells[column][0])
        row->cells[column] = text;
    return true;
}

static bool fill_merged(xlsx *x)
{
    for (size_t i = 0; i < x->merge_count; i++) {
        const merge *m = &x->merges[i];
        size_t at = row_from(x, m->first);
        if (at == x->row_count || x->rows[at].line != m->first)
            continue;
        const char *text = csv_cell(&x->rows[at], (int)m->column);
        for (at++; *text && at < x->row_count && x->rows[at].line <= m->last; at++)
            if (!set_cell(x, &x->rows[at], m->column, text))
                return false;
    }
    return true;
}

static status read_sheet(archive *zip, xlsx *x, const sheet_part *part, list_sheet *out, fault *f)
{
    static const xml_handlers sheet = {on_cell, on_cell_end, on_characters};
    x->rows = NULL;
    x->hidden = NULL;
    x->row_count = x->row_capacity = x->hidden_capacity = x->row_number = x->merge_count = 0;
    if (part->target)
        TRY(read_part(zip, part->target, &sheet, x, f));
    if (x->too_large)
        return FAIL(f, E_LIMIT, "trang tính “%s” có hơn %d dòng; hãy tách danh sách",
                    "the sheet “%s” has more than %d rows; split the list", part->name, ROWS_MOST);
    *out = (list_sheet){part->name, {x->rows, x->row_count}, x->hidden, part->hidden};
    return fill_merged(x) ? OK : fault_memory(f);
}

static status read_book(archive *zip, xlsx *x, list_book *out, fault *f)
{
    static const xml_handlers workbook = {on_workbook, NULL, NULL};
    static const xml_handlers relations = {on_relation, NULL, NULL};
    static const xml_handlers styles = {on_style, on_style_end, NULL};
    static const xml_handlers strings = {on_string, on_string_end, on_characters};
    TRY(read_part(zip, "xl/workbook.xml", &workbook, x, f));
    TRY(read_part(zip, "xl/_rels/workbook.xml.rels", &relations, x, f));
    if (!x->sheet_count || !x->sheets[0].target || archive_find(zip, x->sheets[0].target) < 0)
        return FAIL(
            f, E_INPUT,
            "không tìm thấy trang tính đầu tiên; hãy lưu lại bằng Excel hoặc dạng CSV UTF-8",
            "the first sheet was not found; save it again in Excel or as CSV UTF-8");
    TRY(read_part(zip, "xl/styles.xml", &styles, x, f));
    TRY(read_part(zip, "xl/sharedStrings.xml", &strings, x, f));
    *out = (list_book){ARENA_ARRAY(x->mem, list_sheet, x->sheet_count), x->sheet_count};
    if (!out->items)
        return fault_memory(f);
    for (size_t i = 0; i < x->sheet_count; i++)
        TRY(read_sheet(zip, x, &x->sheets[i], &out->items[i], f));
    return OK;
}

status xlsx_book_read(arena *mem, const char *name, slice bytes, list_book *out, fault *f)
{
    const char *reason = NULL;
    archive *zip = NULL;
    xlsx *x = ARENA_NEW(mem, xlsx);
    if (!x)
        return fault_memory(f);
    x->mem = mem;
    x->text = (buffer)BUFFER_INIT;
    status st = archive_open_bytes(bytes, &zip, &reason, f);
    if (st == OK)
        st = read_book(zip, x, out, f);
    archive_close(zip);
    buffer_free(&x->text);
    return st == OK ? OK : fault_prefix(f, "%s", "%s", name);
}
