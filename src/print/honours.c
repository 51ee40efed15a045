/* Đề nghị khen thưởng: who stood by the contest over the years, as a list that people correct, decide on,
 * and load back as awards. */
#include "document.h"

#include "chamthi/print.h"

typedef struct {
    store *db;
    const contest *contest; /* the last year's */
    int64_t from, to, least_years;
    report_table list;
} honours;

/* The same headings as `award load` reads. */
static const report_column columns[] = {
    {"Họ tên", 30, ALIGN_TEXT},     {"Đơn vị", 34, ALIGN_TEXT},
    {"Giải", 15, ALIGN_TEXT},       {"Đối tượng", 13, ALIGN_TEXT},
    {"Từ năm", 10, ALIGN_MIDDLE},   {"Căn cứ", 44, ALIGN_TEXT}, /* for people only */
    {"Quyết định", 16, ALIGN_TEXT}, {"Ngày quyết định", 16, ALIGN_TEXT}};

static void put_decision(report_table *t)
{
    table_text(t, "");
    table_text(t, "");
}

static status list_people(honours *h, fault *f)
{
    cursor c;
    TRY(store_select(h->db, Q_REPORT_HONOURED_PEOPLE,
                     ARGS(v_int(h->from), v_int(h->to), v_int(h->least_years)), &c, f));
    while (cursor_next(&c)) {
        table_text(&h->list, cursor_text(&c, 0));
        table_text(&h->list, cursor_text(&c, 1));
        table_text(&h->list, "Giấy khen");
        table_text(&h->list, "tác giả");
        table_year(&h->list, h->from);
        table_format(&h->list, "%d năm tham gia, %d giải", (int)cursor_int(&c, 2),
                     (int)cursor_int(&c, 3));
        put_decision(&h->list);
    }
    return cursor_close(&c, f);
}

static status list_units(honours *h, fault *f)
{
    cursor c;
    TRY(store_select(h->db, Q_REPORT_UNITS, ARGS(v_int(h->from), v_int(h->to)), &c, f));
    while (cursor_next(&c)) {
        if (cursor_int(&c, 2) < h->least_years)
            continue;
        table_text(&h->list, cursor_text(&c, 0));
        table_text(&h->list, "");
        table_text(&h->list, "Bằng khen");
        table_text(&h->list, "tập thể");
        table_year(&h->list, h->from);
        table_format(&h->list, "%d năm tổ chức tham gia, gửi %d bài, %d giải",
                     (int)cursor_int(&c, 2), (int)cursor_int(&c, 1), (int)cursor_int(&c, 3));
        put_decision(&h->list);
    }
    return cursor_close(&c, f);
}

static status put_honours(document *d, void *what, fault *f)
{
    const honours *h = what;
    paragraph_style title = paragraph_center;
    title.style = (text_style){FONT_SERIF_BOLD, 1600, 0, INK};
    title.after = 400;
    TRY(document_letterhead(d, h->contest->organizer, "", f));
    TRY(document_paragraph(d, &title, "ĐỀ NGHỊ KHEN THƯỞNG", f));
    const char *text =
        arena_format(d->mem,
                     "Những tác giả tham gia từ %d năm hoặc đoạt từ hai giải, những đơn vị tham "
                     "gia từ %d năm, trong "
                     "các cuộc thi %d–%d. Tác giả được ghép theo họ tên như đã viết: cần xem lại "
                     "người trùng tên.",
                     (int)h->least_years, (int)h->least_years, (int)h->from, (int)h->to);
    if (!text)
        return fault_memory(f);
    TRY(document_paragraph(d, &paragraph_body, text, f));
    return table_rows(&h->list)
               ? document_table(d, &h->list, 0, f)
               : document_paragraph(d, &paragraph_note, "Chưa có ai theo điều kiện này.", f);
}

status report_honours(store *db, arena *mem, int64_t from, int64_t to, int64_t least_years,
                      const char *path, fault *f)
{
    honours h = {.db = db, .from = from, .to = to, .least_years = least_years};
    contest *definition;
    report_file kind;
    TRY(report_file_kind(path, &kind, f));
    if (from > to)
        return FAIL(f, E_USAGE, "--from %d phải không sau --to %d", "--from %d comes after --to %d",
                    (int)from, (int)to);
    TRY(contest_get(db, mem, to, &definition, f));
    h.contest = definition;
    table_start(&h.list, mem, "Đề nghị khen thưởng", columns, sizeof columns / sizeof *columns);
    TRY(list_people(&h, f));
    TRY(list_units(&h, f));
    const canvas_facts facts = {
        "Đề nghị khen thưởng", definition->organizer, definition->name, {(int)to, 12, 31}};
    if (kind == FILE_PDF)
        return document_make(mem, &page_sideways, NUMBERS_BOTTOM, put_honours, &h, &facts, path, f);
    const report_table *const tables[] = {&h.list};
    return table_workbook(path, tables, 1, "Đề nghị khen thưởng", facts.day, f);
}
