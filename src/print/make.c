/* Certificates from a template and a table of recipients, without a database. */
#include "certificate.h"

#include "chamthi/file.h"
#include "chamthi/print.h"

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

static status read_row(const csv_table *t, size_t row, const int *where, certificate_facts *out,
                       fault *f)
{
    *out = (certificate_facts){0};
    for (size_t i = 0; i < COLUMN_COUNT; i++)
        out->values[columns[i].which] = csv_cell(&t->rows[row], where[i]);
    out->values[FACT_QR] = out->values[FACT_CODE];
    const char *day = out->values[FACT_DECISION_DATE];
    if (!*out->values[FACT_NAME])
        return FAIL(f, E_INPUT, "cột name trống", "the column name is empty");
    if (*day && !date_parse(day, &out->day))
        return FAIL(f, E_INPUT, "cột decision_date: “%s” không phải ngày (viết 20/9/2024)",
                    "column decision_date: “%s” is no date (write 2024-09-20)", day);
    return OK;
}

typedef struct {
    const char *path; /* of the recipients */
    font_book *fonts;
    certificate_template *template;
    csv_table table;
    int where[COLUMN_COUNT];
    canvas *canvas;
    arena *row_memory;
} job;

static status read_recipients(job *j, arena *mem, fault *f)
{
    column_names names[COLUMN_COUNT];
    for (size_t i = 0; i < COLUMN_COUNT; i++)
        names[i] = columns[i].names;
    TRY(csv_table_read(mem, j->path, &j->table, f));
    TRY(columns_find(mem, &j->table, names, COLUMN_COUNT, j->where, f));
    if (j->where[0] < 0)
        return FAIL(f, E_INPUT, "%s: dòng đầu thiếu cột name (họ tên)",
                    "%s: the first row has no column name", j->path);
    if (j->table.count < 2)
        return FAIL(f, E_INPUT, "%s: không có người nhận nào", "%s: there is no recipient",
                    j->path);
    return OK;
}

static status draw_rows(job *j, fault *f)
{
    ornaments o;
    TRY(ornaments_make(j->canvas, j->template, &o, f));
    for (size_t row = 1; row < j->table.count; row++) {
        certificate_facts facts;
        arena_reset(j->row_memory);
        status st = read_row(&j->table, row, j->where, &facts, f);
        if (st == OK)
            st = certificate_draw(j->canvas, j->row_memory, j->template, &o, &facts, f);
        if (st != OK) {
            fault_prefix(f, "%s, dòng %zu", "%s, line %zu", j->path, j->table.rows[row].line);
            return st;
        }
    }
    return OK;
}

static status write_each(job *j, const char *folder, fault *f)
{
    TRY(file_make_folder(folder, f));
    for (size_t row = 1; row < j->table.count; row++) {
        certificate_facts facts;
        arena_reset(j->row_memory);
        TRY(read_row(&j->table, row, j->where, &facts, f));
        const char *name = certificate_file_name(j->row_memory, facts.values[FACT_SERIAL], row);
        const char *path = name ? file_join(j->row_memory, folder, name) : NULL;
        if (!path)
            return fault_memory(f);
        buffer pdf = BUFFER_INIT;
        status st = certificate_single(j->fonts, j->template, &facts, &pdf, f);
        if (st == OK)
            st = file_write(path, pdf.bytes, pdf.size, f);
        buffer_free(&pdf);
        TRY(st);
    }
    return OK;
}

static status write_all(job *j, const char *path, make_result *result, fault *f)
{
    certificate_facts first;
    TRY(read_row(&j->table, 1, j->where, &first, f));
    buffer pdf = BUFFER_INIT;
    canvas_facts facts = {"Giấy chứng nhận", "", "", first.day};
    status st = canvas_save(j->canvas, &facts, &pdf, f);
    if (st == OK)
        st = file_write(path, pdf.bytes, pdf.size, f);
    result->bytes = pdf.size;
    buffer_free(&pdf);
    return st;
}

status certificate_make(arena *mem, const char *template_path, const char *recipients_path,
                        const char *out, const char *each, make_result *result, fault *f)
{
    job j = {.path = recipients_path, .row_memory = arena_new(JOB_MEMORY)};
    status st = j.row_memory ? font_book_new(&j.fonts, f) : fault_memory(f);
    if (st == OK)
        st = canvas_new(&j.canvas, j.fonts, f);
    if (st == OK)
        st = template_path ? template_read(mem, template_path, &j.template, f)
                           : template_standard(mem, &j.template, f);
    if (st == OK)
        st = read_recipients(&j, mem, f);
    if (st == OK)
        st = draw_rows(&j, f);
    if (st == OK) {
        *result = (make_result){.pages = canvas_page_count(j.canvas)};
        if (out)
            st = write_all(&j, out, result, f);
        if (st == OK && each)
            st = write_each(&j, each, f);
    }
    canvas_free(j.canvas);
    font_book_free(j.fonts);
    arena_free(j.row_memory);
    return st;
}
