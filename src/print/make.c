/* Certificates from a template and a table of recipients, without a database. */
#include "press.h"

#include "chamthi/file.h"
#include "chamthi/text.h"

#include <stdlib.h>
#include <string.h>

enum { JOB_MEMORY = 256 * 1024 * 1024 };

static const char *const name_headers[] = {"ho ten", "ho va ten", "tac gia", "ten", NULL};
static const char *const honorific_headers[] = {"danh xung", "xung ho", NULL};
static const char *const address_headers[] = {"dia chi", "don vi", NULL};
static const char *const achievement_headers[] = {"thanh tich", NULL};
static const char *const prize_headers[] = {"giai", "giai thuong", NULL};
static const char *const title_headers[] = {"tac pham", "ten bai", "ten tac pham", NULL};
static const char *const serial_headers[] = {"so vao so", NULL};
static const char *const decision_headers[] = {"quyet dinh", "so quyet dinh", NULL};
static const char *const date_headers[] = {"ngay quyet dinh", "decision date", NULL};
static const char *const code_headers[] = {"ma", "ma xac minh", NULL};

static const struct {
    column_names names;
    fact which;
} columns[] = {
    {{"name", name_headers}, FACT_NAME},
    {{"honorific", honorific_headers}, FACT_HONORIFIC},
    {{"address", address_headers}, FACT_ADDRESS},
    {{"achievement", achievement_headers}, FACT_ACHIEVEMENT},
    {{"prize", prize_headers}, FACT_PRIZE},
    {{"title", title_headers}, FACT_TITLE},
    {{"serial", serial_headers}, FACT_SERIAL},
    {{"decision", decision_headers}, FACT_DECISION},
    {{"decision_date", date_headers}, FACT_DECISION_DATE},
    {{"code", code_headers}, FACT_CODE},
};
enum { COLUMN_COUNT = sizeof columns / sizeof *columns };

typedef struct {
    const make_source *from;
    font_book *fonts;
    certificate_template *template;
    csv_table table;
    int where[COLUMN_COUNT];
    bool *excluded; /* by row of the table */
    arena *row_memory;
} job;

/* Base letters with loose marks, as some systems save them, become whole letters. */
static const char *composed(arena *mem, const char *text)
{
    if (!strpbrk(text, "\xCC\xCD"))
        return text;
    const char *kept = text_display_string(mem, text);
    return kept ? kept : text;
}

static status read_row(const job *j, size_t row, certificate_facts *out, fault *f)
{
    *out = (certificate_facts){0};
    for (size_t i = 0; i < COLUMN_COUNT; i++)
        out->values[columns[i].which] =
            composed(j->row_memory, csv_cell(&j->table.rows[row], j->where[i]));
    out->values[FACT_QR] = out->values[FACT_CODE];
    const char *day = out->values[FACT_DECISION_DATE];
    if (!*out->values[FACT_NAME])
        return FAIL(f, E_INPUT, "cột name trống", "the column name is empty");
    if (*day && !date_parse(day, &out->day))
        return FAIL(f, E_INPUT, "cột decision_date: “%s” không phải ngày (viết 20/9/2024)",
                    "column decision_date: “%s” is no date (write 2024-09-20)", day);
    if (!template_valid_on(j->template, out->day))
        return FAIL(f, E_INPUT, "ngày quyết định %s nằm ngoài thời gian dùng mẫu “%s”",
                    "the decision of %s lies outside the time of the template “%s”", day,
                    j->template->name);
    return OK;
}

/* "3, 7" are lines of the file. */
static status read_exclusions(job *j, arena *mem, fault *f)
{
    j->excluded = ARENA_ARRAY(mem, bool, j->table.count);
    if (!j->excluded)
        return fault_memory(f);
    memset(j->excluded, 0, j->table.count * sizeof *j->excluded);
    const char *p = j->from->exclude ? j->from->exclude : "";
    for (char *end; *(p += strspn(p, ", ")); p = end) {
        unsigned long line = strtoul(p, &end, 10);
        size_t row = 1;
        while (row < j->table.count && j->table.rows[row].line != line)
            row++;
        if (end == p || row == j->table.count)
            return FAIL(f, E_USAGE, "--exclude: “%s” không phải số dòng của %s",
                        "--exclude: “%s” is no line of %s", p, j->from->recipients);
        j->excluded[row] = true;
    }
    return OK;
}

static status read_recipients(job *j, arena *mem, fault *f)
{
    column_names names[COLUMN_COUNT];
    const char *path = j->from->recipients;
    for (size_t i = 0; i < COLUMN_COUNT; i++)
        names[i] = columns[i].names;
    TRY(csv_table_read(mem, path, &j->table, f));
    TRY(columns_find(mem, &j->table, names, COLUMN_COUNT, j->where, f));
    if (j->where[0] < 0)
        return FAIL(f, E_INPUT, "%s: dòng đầu thiếu cột name (họ tên)",
                    "%s: the first row has no column name", path);
    if (j->table.count < 2)
        return FAIL(f, E_INPUT, "%s: không có người nhận nào", "%s: there is no recipient", path);
    return read_exclusions(j, mem, f);
}

/* ---- before a page is drawn ---- */
static void complain(const job *j, size_t row, const fault *why, print_problems *out)
{
    size_t line = j->table.rows[row].line;
    out->count++;
    buffer_format(&out->lines[LANG_VI], "%s, dòng %zu: %s\n", j->from->recipients, line,
                  fault_text(why, LANG_VI));
    buffer_format(&out->lines[LANG_EN], "%s, line %zu: %s\n", j->from->recipients, line,
                  fault_text(why, LANG_EN));
}

/* Row numbers of a column in the order of their cells. */
typedef struct {
    const char *cell;
    size_t row;
} keyed;

static int by_cell(const void *a, const void *b)
{
    const keyed *x = a, *y = b;
    int order = strcmp(x->cell, y->cell);
    return order ? order : (x->row > y->row) - (x->row < y->row);
}

/* Two rows with one number would be two papers that nobody can tell apart. */
static status find_repeats(const job *j, arena *mem, fact which, print_problems *out, fault *f)
{
    size_t column = 0, count = 0;
    keyed *list = ARENA_ARRAY(mem, keyed, j->table.count);
    if (!list)
        return fault_memory(f);
    while (columns[column].which != which)
        column++;
    for (size_t row = 1; row < j->table.count; row++) {
        const char *cell = csv_cell(&j->table.rows[row], j->where[column]);
        if (*cell && !j->excluded[row])
            list[count++] = (keyed){cell, row};
    }
    qsort(list, count, sizeof *list, by_cell);
    for (size_t i = 1; i < count; i++) {
        fault why = {0};
        if (strcmp(list[i].cell, list[i - 1].cell) != 0)
            continue;
        FAIL(&why, E_INPUT, "“%s” (cột %s) đã có ở dòng %zu",
             "“%s” (column %s) stands on line %zu too", list[i].cell, columns[column].names.key,
             j->table.rows[list[i - 1].row].line);
        complain(j, list[i].row, &why, out);
    }
    return OK;
}

/* An empty cell in a column that others fill is a slip. */
static status check_decision(const job *j, const certificate_facts *facts, fault *f)
{
    static const fact needed[] = {FACT_DECISION, FACT_DECISION_DATE};
    for (size_t i = 0; i < COLUMN_COUNT; i++)
        for (size_t k = 0; k < sizeof needed / sizeof *needed; k++)
            if (columns[i].which == needed[k] && j->where[i] >= 0 && !*facts->values[needed[k]])
                return FAIL(f, E_INPUT, "“%s”: cột %s trống", "“%s”: the column %s is empty",
                            facts->values[FACT_NAME], columns[i].names.key);
    return OK;
}

static status preflight(const job *j, arena *mem, print_problems *problems, fault *f)
{
    canvas *c;
    placed_block places[TEMPLATE_BLOCKS_MOST];
    status st = canvas_new(&c, j->fonts, f);
    for (size_t row = 1; st == OK && row < j->table.count; row++) {
        certificate_facts facts;
        fault why = {0};
        size_t count;
        if (j->excluded[row])
            continue;
        arena_reset(j->row_memory);
        status one = read_row(j, row, &facts, &why);
        if (one == OK)
            one = check_decision(j, &facts, &why);
        if (one == OK)
            one = certificate_place(c, j->row_memory, j->template, &facts, places, &count, &why);
        if (one == E_SYSTEM)
            st = f ? (*f = why, one) : one;
        else if (one != OK)
            complain(j, row, &why, problems);
    }
    canvas_free(c);
    TRY(st);
    TRY(find_repeats(j, mem, FACT_SERIAL, problems, f));
    TRY(find_repeats(j, mem, FACT_CODE, problems, f));
    return print_problems_check(problems, f);
}

/* ---- the files ---- */
static status put_single(const job *j, press *p, const certificate_facts *facts, size_t row,
                         fault *f)
{
    buffer pdf = BUFFER_INIT;
    status st = certificate_single(j->fonts, j->template, facts, &pdf, f);
    if (st == OK)
        st = press_single(p, facts, row, (slice){pdf.bytes, pdf.size}, f);
    buffer_free(&pdf);
    return st;
}

static status run(const job *j, press *p, const print_settings *settings, size_t *pages, fault *f)
{
    *pages = 0;
    if (settings->each)
        TRY(file_make_folder(settings->each, f));
    for (size_t row = 1; row < j->table.count; row++) {
        certificate_facts facts;
        if (j->excluded[row])
            continue;
        arena_reset(j->row_memory);
        TRY(read_row(j, row, &facts, f));
        if (settings->out)
            TRY(press_put(p, j->template, &facts, f));
        if (settings->each)
            TRY(put_single(j, p, &facts, row, f));
        ++*pages;
    }
    return press_finish(p, f);
}

static status open_job(job *j, arena *mem, fault *f)
{
    slice yaml;
    j->row_memory = arena_new(JOB_MEMORY);
    if (!j->row_memory)
        return fault_memory(f);
    TRY(font_book_new(&j->fonts, f));
    TRY(template_open(mem, j->from->template, j->from->paper, &yaml, &j->template, f));
    return read_recipients(j, mem, f);
}

status certificate_make(arena *mem, const make_source *from, const print_settings *settings,
                        print_problems *problems, size_t *pages, fault *f)
{
    job j = {.from = from};
    press *p = NULL;
    status st = open_job(&j, mem, f);
    if (st == OK)
        st = press_open(&p, j.fonts, settings, f);
    if (st == OK)
        st = preflight(&j, mem, problems, f);
    if (st == OK)
        st = run(&j, p, settings, pages, f);
    press_free(p);
    font_book_free(j.fonts);
    arena_free(j.row_memory);
    return st;
}
