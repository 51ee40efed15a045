/* CSV in by libcsv, out by hand; both as offices expect. */
#include "chamthi/csv.h"

#include "chamthi/file.h"

#include <csv.h>
#include <stdlib.h>
#include <string.h>

enum {
    CSV_FILE_LIMIT = 64 * 1024 * 1024,
    INSIDE_FIELD = 2 /* libcsv's pstate; its own strict mode would refuse quotes inside a cell */
};

typedef struct {
    arena *mem;
    csv_row *rows;
    size_t count, capacity;
    const char **cells;
    size_t cell_count, cell_capacity;
    size_t line, row_line;
    bool filled; /* some cell of the present row is not empty */
    bool failed;
} parse;

static void *grow(void *items, size_t *capacity, size_t size)
{
    size_t wanted = *capacity ? *capacity * 2 : 32;
    void *bigger = realloc(items, wanted * size);
    if (bigger)
        *capacity = wanted;
    return bigger;
}

static void on_cell(void *bytes, size_t size, void *context)
{
    parse *p = context;
    if (p->failed)
        return;
    if (p->cell_count == p->cell_capacity) {
        const char **cells = grow(p->cells, &p->cell_capacity, sizeof *cells);
        if (!cells) {
            p->failed = true;
            return;
        }
        p->cells = cells;
    }
    const char *text = bytes ? bytes : "";
    while (size && (*text == ' ' || *text == '\t'))
        text++, size--;
    while (size && (text[size - 1] == ' ' || text[size - 1] == '\t'))
        size--;
    char *copy = arena_copy(p->mem, text, size);
    p->failed = !copy;
    p->cells[p->cell_count++] = copy;
    p->filled |= size > 0;
}

static void on_row(int end, void *context)
{
    parse *p = context;
    (void)end;
    if (p->failed)
        return;
    if (p->filled) {
        if (p->count == p->capacity) {
            csv_row *rows = grow(p->rows, &p->capacity, sizeof *rows);
            if (!rows) {
                p->failed = true;
                return;
            }
            p->rows = rows;
        }
        const char **cells = ARENA_ARRAY(p->mem, const char *, p->cell_count);
        if (!cells) {
            p->failed = true;
            return;
        }
        memcpy(cells, p->cells, p->cell_count * sizeof *cells);
        p->rows[p->count++] = (csv_row){cells, p->cell_count, p->row_line};
    }
    p->cell_count = 0;
    p->filled = false;
    p->row_line = p->line;
}

/* The separator is the candidate that occurs most often outside quotes in the first line that has any:
 * offices put a title above the header row. */
static char find_separator(slice text)
{
    static const char candidates[] = {',', ';', '\t'};
    size_t seen[3] = {0};
    bool quoted = false;
    for (size_t i = 0; i < text.size; i++) {
        if (text.bytes[i] == '\n' && !quoted && seen[0] + seen[1] + seen[2])
            break;
        if (text.bytes[i] == '"')
            quoted = !quoted;
        for (size_t k = 0; k < 3 && !quoted; k++)
            seen[k] += text.bytes[i] == candidates[k];
    }
    size_t best = 0;
    for (size_t k = 1; k < 3; k++)
        if (seen[k] > seen[best])
            best = k;
    return candidates[best];
}

/* libcsv is fed line by line and reports every line end, so that each row knows where it starts. */
static void feed(struct csv_parser *csv, parse *p, slice text)
{
    size_t from = 0;
    p->line = p->row_line = 1;
    while (from < text.size && !p->failed) {
        const char *newline = memchr(text.bytes + from, '\n', text.size - from);
        size_t size = newline ? (size_t)(newline - text.bytes) - from + 1 : text.size - from;
        p->line++;
        if (csv_parse(csv, text.bytes + from, size, on_cell, on_row, p) != size)
            p->failed = true;
        from += size;
    }
}

static status finish(struct csv_parser *csv, parse *p, const char *name, csv_table *out, fault *f)
{
    size_t line = p->row_line; /* csv_fini ends the last row and moves it */
    bool open_quote = csv->quoted && csv->pstate == INSIDE_FIELD;
    csv_fini(csv, on_cell, on_row, p);
    if (open_quote)
        return FAIL(f, E_INPUT, "%s, dòng %zu: có dấu ngoặc kép mở mà không đóng",
                    "%s, line %zu: a quotation mark is opened and never closed", name, line);
    csv_row *rows = p->failed ? NULL : ARENA_ARRAY(p->mem, csv_row, p->count);
    if (!rows)
        return fault_memory(f);
    if (p->count)
        memcpy(rows, p->rows, p->count * sizeof *rows);
    *out = (csv_table){rows, p->count};
    return OK;
}

status csv_table_split(arena *mem, const char *name, slice text, char separator, csv_table *out,
                       fault *f)
{
    if (text.size >= 3 && memcmp(text.bytes, "\xEF\xBB\xBF", 3) == 0)
        text = (slice){text.bytes + 3, text.size - 3};
    if (text.size && memchr(text.bytes, '\0', text.size))
        return FAIL(f, E_INPUT, "%s không phải tệp CSV (có byte rỗng); hãy lưu lại dạng CSV UTF-8",
                    "%s is not a CSV file (it holds NUL bytes); save it again as CSV UTF-8", name);
    struct csv_parser csv;
    if (csv_init(&csv, CSV_REPALL_NL) != 0)
        return fault_memory(f);
    csv_set_delim(&csv, (unsigned char)separator);
    parse p = {.mem = mem};
    feed(&csv, &p, text);
    status st = finish(&csv, &p, name, out, f);
    csv_free(&csv);
    free(p.rows);
    free(p.cells);
    return st;
}

status csv_table_parse(arena *mem, const char *name, slice text, csv_table *out, fault *f)
{
    return csv_table_split(mem, name, text, find_separator(text), out, f);
}

status csv_table_read(arena *mem, const char *path, csv_table *out, fault *f)
{
    buffer text = BUFFER_INIT;
    status st = file_read(path, CSV_FILE_LIMIT, &text, f);
    if (st == OK)
        st = csv_table_parse(mem, path, (slice){text.bytes, text.size}, out, f);
    buffer_free(&text);
    return st;
}

int csv_column(const csv_table *t, const char *const *names)
{
    if (!t->count)
        return -1;
    for (size_t i = 0; i < t->rows[0].count; i++)
        for (const char *const *name = names; *name; name++)
            if (strcmp(t->rows[0].cells[i], *name) == 0)
                return (int)i;
    return -1;
}

const char *csv_cell(const csv_row *r, int column)
{
    return column >= 0 && (size_t)column < r->count ? r->cells[column] : "";
}

static bool plain_number(const char *text)
{
    if (*text == '+' || *text == '-')
        text++;
    return *text && text[strspn(text, "0123456789.,")] == '\0';
}

void csv_put(buffer *b, const char *text, bool last)
{
    bool risky = *text && strchr("=+-@\t\r", *text) && !plain_number(text);
    bool quoted = text[strcspn(text, ",;\"\n\r\t")] != '\0' || *text == ' ';
    if (quoted)
        buffer_byte(b, '"');
    if (risky)
        buffer_byte(b, '\'');
    for (; *text; text++) {
        if (*text == '"')
            buffer_byte(b, '"');
        buffer_byte(b, *text);
    }
    if (quoted)
        buffer_byte(b, '"');
    buffer_text(b, last ? "\n" : ",");
}
