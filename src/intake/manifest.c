/* Reads a list: finds its sheets and headers, gives each row's cells their meaning, and tells rows that
 * are entries from totals, headings and signatures. */
#include "manifest.h"

#include "header.h"
#include "source.h"

#include "chamthi/file.h"
#include "chamthi/text.h"

#include <jansson.h>
#include <string.h>

enum { TABLE_MEMORY = 1024 * 1024 * 1024, FEW_CELLS = 2 };

typedef struct {
    arena *mem;     /* what is kept */
    arena *scratch; /* the table */
    const list_sheet *sheet;
    header_map map;
    manifest *out;
    size_t row_capacity, aside_capacity;
    size_t last_entry; /* of the sheet: the last row with a title and an author */
} reading;

/* ---- cells ---- */

/* Cells become display text: Unicode NFC, odd blanks and invisible characters gone. */
static status clean_cell(arena *mem, const char *raw, const char **out, fault *f)
{
    buffer clean = BUFFER_INIT;
    text_report report = {0};
    text_display((slice){raw, strlen(raw)}, ENCODING_UTF8, &clean, &report);
    *out = clean.failed ? NULL : arena_copy(mem, clean.bytes, clean.size);
    buffer_free(&clean);
    return *out ? OK : fault_memory(f);
}

bool cell_says_as_above(const char *cell)
{
    static const char *const words[] = {"nt", "n.t", "n/t", "nt.", "-nt-", "như trên", "Như trên",
                                        "NT", "〃",  "''",  "\"",  "“",    "”",        "- nt -"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(cell, words[i]) == 0)
            return true;
    return false;
}

/* What many rows say alike is held once. */
static status read_cells(reading *r, const csv_row *from, manifest_row *to, fault *f)
{
    static const manifest_row none;
    const manifest_row *above = r->out->count ? &r->out->rows[r->out->count - 1] : &none;
    bool same_sheet = above->sheet == to->sheet;
    for (int k = 0; k < FIELD_COUNT; k++) {
        const char *cell = csv_cell(from, r->map.column[k]);
        const char *before = same_sheet ? above->field[k] : "";
        bool same = strcmp(cell, before) == 0 || (cell_says_as_above(cell) && k != FIELD_FILE);
        to->field[k] = before;
        if (!same)
            TRY(clean_cell(r->mem, cell, &to->field[k], f));
    }
    return OK;
}

/* ---- rows that are no entries ---- */

static const char *first_cell(const csv_row *row, size_t *filled)
{
    const char *first = "";
    *filled = 0;
    for (size_t k = 0; k < row->count; k++)
        if (row->cells[k][0] && !(*filled)++)
            first = row->cells[k];
    return first;
}

static bool begins_total(arena *mem, const char *cell)
{
    static const char *const words[] = {"tong cong", "tong so", "tong", "cong", "total"};
    const char *folded = text_fold_string(mem, cell);
    for (size_t i = 0; folded && i < sizeof words / sizeof *words; i++) {
        size_t size = strlen(words[i]);
        if (strncmp(folded, words[i], size) == 0 && (!folded[size] || folded[size] == ' '))
            return true;
    }
    return false;
}

static bool has(const reading *r, const csv_row *row, field what)
{
    return *csv_cell(row, r->map.column[what]) != '\0';
}

/* Totals, headings between rows, signatures under them. A row that lacks only its title or its author
 * is an entry with a mistake and is not passed over. */
static bool is_no_entry(const reading *r, size_t i)
{
    const csv_row *row = &r->sheet->table.rows[i];
    if (header_repeated(r->scratch, row, &r->map))
        return true;
    if (has(r, row, FIELD_TITLE) && has(r, row, FIELD_AUTHOR))
        return false;
    size_t filled;
    const char *first = first_cell(row, &filled);
    if (begins_total(r->scratch, first))
        return true;
    if (has(r, row, FIELD_FILE))
        return false;
    if (!has(r, row, FIELD_TITLE) && !has(r, row, FIELD_AUTHOR))
        return filled <= FEW_CELLS;
    return i > r->last_entry && filled <= FEW_CELLS;
}

static status put_aside(reading *r, aside_kind kind, const csv_row *row, const char *sheet,
                        fault *f)
{
    size_t filled;
    manifest *m = r->out;
    list_aside *items =
        arena_grow(r->mem, m->aside, m->aside_count, &r->aside_capacity, sizeof *items);
    if (!items)
        return fault_memory(f);
    m->aside = items;
    list_aside *a = &items[m->aside_count++];
    *a = (list_aside){kind, row->line, kind == ASIDE_ROW ? 1 : r->sheet->table.count, sheet, ""};
    return clean_cell(r->mem, first_cell(row, &filled), &a->text, f);
}

/* ---- sheets ---- */

static status list_unused(reading *r, fault *f)
{
    const csv_row *header = &r->sheet->table.rows[r->map.row];
    manifest *m = r->out;
    const char **unused = ARENA_ARRAY(r->mem, const char *, m->unused_count + header->count);
    if (!unused)
        return fault_memory(f);
    if (m->unused_count)
        memcpy(unused, m->unused, m->unused_count * sizeof *unused);
    m->unused = unused;
    for (size_t k = 0; k < header->count; k++) {
        bool used = false;
        for (int i = 0; i < FIELD_COUNT; i++)
            used |= r->map.column[i] == (int)k;
        if (!used && header->cells[k][0])
            TRY(clean_cell(r->mem, header->cells[k], &unused[m->unused_count++], f));
    }
    return OK;
}

static status read_rows(reading *r, const char *sheet, fault *f)
{
    const csv_table *t = &r->sheet->table;
    manifest *m = r->out;
    r->last_entry = 0;
    for (size_t i = r->map.row + 1; i < t->count; i++)
        if (has(r, &t->rows[i], FIELD_TITLE) && has(r, &t->rows[i], FIELD_AUTHOR))
            r->last_entry = i;
    for (size_t i = r->map.row + 1; i < t->count; i++) {
        if (is_no_entry(r, i)) {
            TRY(put_aside(r, ASIDE_ROW, &t->rows[i], sheet, f));
            continue;
        }
        manifest_row *rows = arena_grow(r->mem, m->rows, m->count, &r->row_capacity, sizeof *rows);
        if (!rows)
            return fault_memory(f);
        m->rows = rows;
        rows[m->count] = (manifest_row){.line = t->rows[i].line,
                                        .sheet = sheet,
                                        .hidden = r->sheet->hidden && r->sheet->hidden[i]};
        TRY(read_cells(r, &t->rows[i], &rows[m->count], f));
        m->count++;
    }
    return OK;
}

/* Room for all rows of a plain list at once: growing by doubling would hold them twice. */
static status reserve(reading *r, const list_book *book, fault *f)
{
    for (size_t i = 0; i < book->count; i++)
        r->row_capacity += book->items[i].table.count;
    r->out->rows = ARENA_ARRAY(r->mem, manifest_row, r->row_capacity);
    return r->out->rows ? OK : fault_memory(f);
}

/* A sheet without a header is no list; the fault of the first one is told when no sheet has any. */
static status read_sheet(reading *r, const list_sheet *s, fault *f)
{
    const char *name = arena_string(r->mem, s->name);
    if (!name)
        return fault_memory(f);
    r->sheet = s;
    TRY(header_find(r->scratch, &s->table, &r->map, f));
    if (s->aside || !s->table.count || !header_complete(&r->map)) {
        aside_kind kind = s->aside ? ASIDE_HIDDEN_SHEET : ASIDE_SHEET;
        return s->table.count ? put_aside(r, kind, &s->table.rows[0], name, f) : OK;
    }
    r->out->sheet_count++;
    r->out->has_file_column |= r->map.column[FIELD_FILE] >= 0;
    TRY(list_unused(r, f));
    return read_rows(r, name, f);
}

static status read_book(reading *r, const list_book *book, const char *name, fault *f)
{
    TRY(reserve(r, book, f));
    for (size_t i = 0; i < book->count; i++)
        TRY(read_sheet(r, &book->items[i], f));
    if (r->out->sheet_count)
        return OK;
    for (size_t i = 0; i < book->count; i++) {
        const csv_table *t = &book->items[i].table;
        if (book->items[i].aside || (!t->count && i + 1 < book->count))
            continue;
        TRY(header_find(r->scratch, t, &r->map, f));
        return header_fail(t, name, &r->map, f);
    }
    return FAIL(f, E_INPUT, "%s: mọi trang tính đều bị ẩn; hãy bỏ ẩn trang danh sách rồi gửi lại",
                "%s: every sheet is hidden; show the sheet with the list and send it again", name);
}

/* ---- files ---- */

/* What separates the cells is told by what gives a header: titles above it have commas too. */
static status parse_csv(arena *mem, const char *name, slice text, csv_table *out, fault *f)
{
    static const char separators[] = {';', '\t', ',', '|'};
    header_map map;
    TRY(csv_table_parse(mem, name, text, out, f));
    TRY(header_find(mem, out, &map, f));
    for (size_t i = 0; i < sizeof separators && !header_complete(&map); i++) {
        csv_table other;
        if (csv_table_split(mem, name, text, separators[i], &other, NULL) != OK)
            continue;
        TRY(header_find(mem, &other, &map, f));
        if (header_complete(&map))
            *out = other;
    }
    return OK;
}

/* Excel saves CSV in the machine's old code page, or in UTF-16: such a file is decoded first. */
static status read_csv(arena *mem, const char *name, slice bytes, csv_table *out, fault *f)
{
    if (text_is_utf8(bytes))
        return parse_csv(mem, name, bytes, out, f);
    buffer decoded = BUFFER_INIT;
    text_report report = {0};
    text_display(bytes, ENCODING_AUTO, &decoded, &report);
    status st = buffer_check(&decoded, f);
    if (st == OK)
        st = parse_csv(mem, name, (slice){decoded.bytes, decoded.size}, out, f);
    buffer_free(&decoded);
    return st;
}

/* `only` is the sheet of a CSV file. */
static status read_sheets(arena *mem, const char *name, slice bytes, list_sheet *only,
                          list_book *out, fault *f)
{
    *only = (list_sheet){.name = ""};
    *out = (list_book){only, 1};
    if (bytes.size >= 4 && memcmp(bytes.bytes, "PK\x03\x04", 4) == 0)
        return xlsx_book_read(mem, name, bytes, out, f);
    if (bytes.size >= 4 && memcmp(bytes.bytes, "\xD0\xCF\x11\xE0", 4) == 0)
        return FAIL(f, E_INPUT,
                    "%s là tệp Excel đời cũ (.xls) hoặc có mật khẩu; hãy mở bằng Excel, bỏ mật "
                    "khẩu và lưu lại dạng .xlsx",
                    "%s is an old Excel file (.xls) or has a password; open it in Excel, remove "
                    "the password and save it as .xlsx",
                    name);
    return read_csv(mem, name, bytes, &only->table, f);
}

status intake_table_read(arena *mem, const char *path, csv_table *out, fault *f)
{
    buffer bytes = BUFFER_INIT;
    list_sheet only;
    list_book book = {&only, 0};
    status st = file_read(path, SOURCE_FILE_LIMIT, &bytes, f);
    if (st == OK)
        st = read_sheets(mem, path, (slice){bytes.bytes, bytes.size}, &only, &book, f);
    if (st == OK)
        *out = book.count ? book.items[0].table : (csv_table){NULL, 0};
    buffer_free(&bytes);
    return st;
}

static status read_any(reading *r, const char *name, slice bytes, fault *f)
{
    list_sheet only;
    list_book book;
    TRY(read_sheets(r->scratch, name, bytes, &only, &book, f));
    return read_book(r, &book, name, f);
}

status manifest_read(arena *mem, const char *name, slice bytes, manifest *out, fault *f)
{
    reading r = {.mem = mem, .scratch = arena_new(TABLE_MEMORY), .out = out};
    *out = (manifest){.name = name};
    status st = r.scratch ? read_any(&r, name, bytes, f) : fault_memory(f);
    arena_free(r.scratch);
    return st;
}

status row_from_json(arena *mem, const char *json, manifest_row *out, fault *f)
{
    json_t *cells = json_loads(json, 0, NULL);
    bool good = true;
    for (int i = 0; i < FIELD_COUNT; i++) {
        const char *text = json_string_value(json_object_get(cells, field_key((field)i)));
        out->field[i] = arena_string(mem, text ? text : "");
        good &= out->field[i] != NULL;
    }
    json_decref(cells);
    return good ? OK : fault_memory(f);
}
