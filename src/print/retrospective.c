/* The report over several years, as a PDF to be bound or a workbook to count on. */
#include "retrospective.h"

#include "ornament.h"

#include <stdio.h>
#include <string.h>

enum {
    CHART_HEIGHT = MM(68),
    CONTENTS_MOST = 12,
    SECTION_ROOM = MM(125) /* a section does not begin with less below it */
};

typedef struct {
    retrospective r;
    document *d;
    struct {
        const char *title;
        size_t page;
    } contents[CONTENTS_MOST];
    size_t content_count;
} report;

/* ---- cover ---- */
static status cover_line(document *d, length y, text_style style, length leading, const char *text,
                         length *end, fault *f)
{
    text_block b;
    const char *glued = lines_glue(d->mem, text);
    if (!glued)
        return fault_memory(f);
    TRY(lines_break(d->c, d->mem, &style, glued, MM(136), (int)leading, LINES_BALANCED, &b, f));
    for (size_t i = 0; i < b.count; i++, y += b.leading)
        TRY(canvas_text(d->c, &b.style, d->shape.width / 2, y, ANCHOR_CENTER, b.lines[i], f));
    *end = y;
    return OK;
}

static status draw_cover(report *p, fault *f)
{
    document *d = p->d;
    const contest *latest = p->r.latest;
    certificate_template frame = {.width = d->shape.width,
                                  .height = d->shape.height,
                                  .ground = TEMPLATE_NO_COLOR,
                                  .border = {MM(10), MM(9), INK_GOLD, 0xE3CF9B},
                                  .rosette = 0xF6EFDC,
                                  .blocks = {{.kind = DRAW_EMBLEM, .height = MM(36)}},
                                  .block_count = 1};
    ornaments o;
    char years[64], place[160];
    length end;
    const char *name = contest_name_without_year(d->mem, latest);
    const char *glued = lines_glue(d->mem, latest->organizer);
    const char *organizer = glued ? lines_upper(d->mem, glued) : NULL;
    if (!name || !organizer)
        return fault_memory(f);
    snprintf(years, sizeof years, "Giai đoạn %d – %d", (int)p->r.from, (int)p->r.to);
    snprintf(place, sizeof place, "%.100s, %d", latest->place, p->r.day.year);
    TRY(ornaments_make(d->c, &frame, &o, f));
    canvas_form_draw(d->c, o.frame, 0, 0);
    TRY(cover_line(d, MM(46), (text_style){FONT_SERIF_BOLD, 1300, 0, INK}, 130, organizer, &end,
                   f));
    canvas_form_draw(d->c, o.emblem, d->shape.width / 2 - MM(18), MM(78));
    TRY(cover_line(d, MM(140), (text_style){FONT_DISPLAY, 3200, 60, INK_RED}, 120,
                   "BÁO CÁO TỔNG KẾT", &end, f));
    TRY(cover_line(d, end + MM(6), (text_style){FONT_SERIF_BOLD, 1800, 0, INK}, 135, name, &end,
                   f));
    TRY(cover_line(d, end + MM(8), (text_style){FONT_DISPLAY, 2200, 0, INK_RED}, 120, years, &end,
                   f));
    return cover_line(d, MM(262), (text_style){FONT_SERIF_ITALIC, 1400, 0, INK}, 120, place, &end,
                      f);
}

/* ---- contents ---- */
static status begin_section(report *p, const char *title, fault *f)
{
    TRY(document_heading(p->d, 0, title, f));
    if (p->content_count < CONTENTS_MOST) {
        p->contents[p->content_count].title = title;
        p->contents[p->content_count++].page = canvas_page_count(p->d->c);
    }
    return OK;
}

/* Drawn last, when the pages are known, on the page kept free for it. */
static status draw_contents(report *p, length top, fault *f)
{
    text_style style = {FONT_SERIF, 1300, 0, INK};
    length right = p->d->shape.left + document_width(p->d), y = top;
    canvas_select(p->d->c, 1);
    for (size_t i = 0; i < p->content_count; i++, y += MM(8)) {
        char page[24];
        text_extent title, number;
        snprintf(page, sizeof page, "%zu", p->contents[i].page);
        TRY(canvas_measure(p->d->c, &style, p->contents[i].title, &title, f));
        TRY(canvas_measure(p->d->c, &style, page, &number, f));
        TRY(canvas_text(p->d->c, &style, p->d->shape.left, y, ANCHOR_LEFT, p->contents[i].title,
                        f));
        TRY(canvas_text(p->d->c, &style, right, y, ANCHOR_RIGHT, page, f));
        canvas_line_color(p->d->c, INK_RULE);
        canvas_line_width(p->d->c, 20);
        canvas_dash(p->d->c, 20, 120);
        canvas_move(p->d->c, p->d->shape.left + title.width + 200, y);
        canvas_line(p->d->c, right - number.width - 200, y);
        canvas_paint(p->d->c, PAINT_STROKE);
        canvas_dash(p->d->c, 0, 0);
    }
    canvas_select(p->d->c, canvas_page_count(p->d->c) - 1);
    return OK;
}

/* ---- charts ---- */
static status make_labels(const retrospective *r, const char ***out, fault *f)
{
    *out = ARENA_ARRAY(r->mem, const char *, r->year_count);
    if (!*out)
        return fault_memory(f);
    for (size_t i = 0; i < r->year_count; i++)
        if (!((*out)[i] = arena_format(r->mem, "%d", (int)r->years[i].year)))
            return fault_memory(f);
    return OK;
}

static chart_value *published_values(const retrospective *r, const char *key)
{
    chart_value *values = ARENA_ARRAY(r->mem, chart_value, r->year_count);
    for (size_t i = 0; values && i < r->year_count; i++) {
        const figure *p = published_figure(&r->years[i], key);
        values[i] = (chart_value){p != NULL, p ? p->number : 0,
                                  p && p->from == PROVENANCE_INFERRED ? "*" : ""};
    }
    return values;
}

/* Zero is a count only in a year of which there is `any`: else nothing is known of that year. */
static chart_value *counted_values(const retrospective *r, size_t offset, size_t any)
{
    chart_value *values = ARENA_ARRAY(r->mem, chart_value, r->year_count);
    for (size_t i = 0; values && i < r->year_count; i++) {
        int64_t n, all;
        memcpy(&n, (const char *)&r->years[i] + offset, sizeof n);
        memcpy(&all, (const char *)&r->years[i] + any, sizeof all);
        values[i] = (chart_value){all > 0, n, ""};
    }
    return values;
}

static status draw_chart(report *p, const char *title, const chart_series *series, size_t count,
                         fault *f)
{
    bar_chart chart = {.title = title, .label_count = p->r.year_count, .series_count = count};
    const char **labels;
    TRY(make_labels(&p->r, &labels, f));
    chart.labels = labels;
    for (size_t i = 0; i < count; i++) {
        if (!series[i].values)
            return fault_memory(f);
        chart.series[i] = series[i];
    }
    return chart_draw(p->d, &chart, CHART_HEIGHT, f);
}

/* ---- sections ---- */
/* Figures side by side: the number large, what it counts below. */
static status put_tiles(document *d, const char *const *labels, const int64_t *numbers,
                        size_t count, fault *f)
{
    text_style large = {FONT_DISPLAY, 2400, 0, INK_RED}, small = {FONT_SERIF, 1050, 0, INK};
    length slot = document_width(d) / (length)count, height = MM(27);
    TRY(document_need(d, height, f));
    for (size_t i = 0; i < count; i++) {
        char text[32];
        text_block label;
        length x = d->shape.left + slot * (length)i, middle = x + slot / 2;
        number_vietnamese(text, numbers[i]);
        canvas_fill_color(d->c, PAPER_SHADE);
        canvas_rectangle(d->c, x + 60, d->y, slot - 120, height);
        canvas_paint(d->c, PAINT_FILL);
        TRY(canvas_text(d->c, &large, middle, d->y + MM(12), ANCHOR_CENTER, text, f));
        TRY(lines_break(d->c, d->mem, &small, labels[i], slot - 400, 115, LINES_BALANCED, &label,
                        f));
        for (size_t k = 0; k < label.count; k++)
            TRY(canvas_text(d->c, &small, middle, d->y + MM(18) + (length)k * label.leading,
                            ANCHOR_CENTER, label.lines[k], f));
    }
    d->y += height + MM(5);
    return OK;
}

static status put_key_figures(report *p, fault *f)
{
    static const char *const labels[] = {"cuộc thi", "bài trong cơ sở dữ liệu", "giải cho tác giả",
                                         "tập thể được khen", "giấy chứng nhận đã cấp"};
    int64_t numbers[5] = {0}, published = 0;
    char text[512];
    for (size_t i = 0; i < p->r.year_count; i++) {
        const year_facts *y = &p->r.years[i];
        numbers[0] += y->definition != NULL;
        numbers[1] += y->entries;
        numbers[2] += y->prizes;
        numbers[3] += y->collectives;
        numbers[4] += y->certificates;
        published += published_figure(y, "entries") != NULL;
    }
    TRY(put_tiles(p->d, labels, numbers, 5, f));
    snprintf(text, sizeof text,
             "Đó là những gì cơ sở dữ liệu có từ năm %d đến năm %d. Số bài, tác phẩm dự thi ở cấp "
             "thành phố theo công bố tìm được cho %lld trong %zu năm.",
             (int)p->r.from, (int)p->r.to, (long long)published, p->r.year_count);
    return document_paragraph(p->d, &paragraph_body, text, f);
}

static status put_reading_notes(report *p, fault *f)
{
    static const char *const notes[] = {
        "Số đếm được lấy từ các bài, giải và giấy chứng nhận có trong cơ sở dữ liệu; số theo công "
        "bố "
        "lấy từ báo chí và văn bản, nguồn ghi ở phần cuối. Hai số đứng cạnh nhau và không thay cho "
        "nhau: những năm đầu thường chỉ còn danh sách đoạt giải, nên số bài đếm được nhỏ hơn "
        "nhiều.",
        "Dấu – và ô gạch chéo trong biểu đồ nghĩa là chưa có số liệu, không phải bằng không. Dấu * "
        "là "
        "số suy ra từ các số đã công bố. Phần nghìn cách bằng dấu chấm, phần thập phân bằng dấu "
        "phẩy."};
    for (size_t i = 0; i < sizeof notes / sizeof *notes; i++)
        TRY(document_paragraph(p->d, &paragraph_body, notes[i], f));
    return OK;
}

static status put_entries(report *p, fault *f)
{
    const chart_series published[] = {
        {"theo công bố", INK_RED, published_values(&p->r, "entries")}};
    const chart_series counted[] = {
        {"đếm được", INK_GOLD,
         counted_values(&p->r, offsetof(year_facts, entries), offsetof(year_facts, entries))}};
    TRY(begin_section(p, "2. Bài dự thi theo năm", f));
    TRY(document_table(p->d, &p->r.entries, 0, f));
    TRY(draw_chart(p, "Bài, tác phẩm dự thi cấp thành phố theo công bố", published, 1, f));
    return draw_chart(p, "Bài dự thi có trong cơ sở dữ liệu", counted, 1, f);
}

static status put_prizes(report *p, fault *f)
{
    const chart_series both[] = {
        {"theo công bố", INK_RED, published_values(&p->r, "prizes")},
        {"có trong cơ sở dữ liệu", INK_GOLD,
         counted_values(&p->r, offsetof(year_facts, prizes), offsetof(year_facts, prizes))}};
    TRY(begin_section(p, "3. Giải thưởng theo năm", f));
    TRY(document_table(p->d, &p->r.prizes, 0, f));
    return draw_chart(p, "Số giải thưởng", both, 2, f);
}

static status put_table(report *p, const report_table *t, const char *none, fault *f)
{
    return table_rows(t) ? document_table(p->d, t, 0, f)
                         : document_paragraph(p->d, &paragraph_note, none, f);
}

static status put_winners(report *p, fault *f)
{
    TRY(begin_section(p, "9. Các giải đã trao", f));
    return put_table(p, &p->r.winners, "Chưa có giải nào.", f);
}

static status put_honours(report *p, fault *f)
{
    TRY(begin_section(p, "10. Khen thưởng cho cả giai đoạn", f));
    return put_table(
        p, &p->r.honours,
        "Chưa có quyết định khen thưởng nào cho nhiều năm; lập danh sách đề nghị bằng: "
        "chamthi report honours.",
        f);
}

static status put_sources(report *p, fault *f)
{
    TRY(begin_section(p, "11. Nguồn của số liệu công bố", f));
    return put_table(p, &p->r.sources, "Chưa có số liệu công bố nào.", f);
}

static status put_rules(report *p, fault *f)
{
    TRY(begin_section(p, "1. Thể lệ từng năm", f));
    TRY(document_paragraph(
        p->d, &paragraph_body,
        "Mỗi năm theo thể lệ của năm đó. Dấu * là con số mang từ năm khác sang vì "
        "chưa tìm thấy văn bản của năm này: chương trình chỉ nhắc, không dùng nó để "
        "loại bài nào.",
        f));
    return document_table(p->d, &p->r.rules, 0, f);
}

static status put_units(report *p, fault *f)
{
    TRY(begin_section(p, "4. Các đơn vị", f));
    if (p->r.heat.row_count)
        TRY(heat_map_draw(p->d, &p->r.heat, f));
    TRY(document_heading(p->d, 1, p->r.units.title, f));
    TRY(put_table(p, &p->r.units, "Chưa có bài nào ghi đơn vị gửi.", f));
    TRY(document_heading(p->d, 1, p->r.districts.title, f));
    return put_table(p, &p->r.districts, "Danh mục đơn vị chưa có quận, huyện nào.", f);
}

static status put_subjects(report *p, fault *f)
{
    const chart_series kinds[] = {
        {"viết về một người", INK_RED,
         counted_values(&p->r, offsetof(year_facts, persons), offsetof(year_facts, entries))},
        {"viết về một tập thể", INK_GOLD,
         counted_values(&p->r, offsetof(year_facts, groups), offsetof(year_facts, entries))}};
    TRY(begin_section(p, "5. Những tấm gương được viết", f));
    TRY(put_table(p, &p->r.subjects, "Chưa bài nào ghi nhân vật.", f));
    return draw_chart(p, "Bài viết về cá nhân và tập thể", kinds, 2, f);
}

static status put_people(report *p, fault *f)
{
    TRY(begin_section(p, "6. Những người gắn bó với cuộc thi", f));
    TRY(document_heading(p->d, 1, p->r.faithful.title, f));
    TRY(put_table(p, &p->r.faithful, "Chưa có tác giả nào dự thi từ hai năm trở lên.", f));
    TRY(document_heading(p->d, 1, p->r.repeated.title, f));
    return put_table(p, &p->r.repeated, "Chưa có tác giả nào đoạt giải từ hai năm trở lên.", f);
}

static status put_judging(report *p, fault *f)
{
    TRY(begin_section(p, "7. Công tác chấm thi", f));
    TRY(put_table(p, &p->r.rounds, "Chưa có vòng chấm nào trong cơ sở dữ liệu.", f));
    TRY(document_heading(p->d, 1, p->r.severity.title, f));
    if (table_rows(&p->r.severity))
        TRY(document_paragraph(
            p->d, &paragraph_note,
            "So với các giám khảo khác trên cùng những bài đó, tính bằng điểm của cả "
            "phiếu: số âm là chấm chặt hơn, số dương là rộng hơn. Bảng này để rút kinh "
            "nghiệm khi tập huấn, không phải để xếp loại giám khảo.",
            f));
    return put_table(p, &p->r.severity, "Chưa có phiếu chấm nào trong cơ sở dữ liệu.", f);
}

static status put_returned(report *p, fault *f)
{
    TRY(begin_section(p, "8. Bài trở lại", f));
    TRY(document_paragraph(
        p->d, &paragraph_body,
        "Những bài có đoạn giống một bài của năm trước, để Ban Tổ chức xem xét; phần "
        "trăm là phần của bài sau có trong bài trước.",
        f));
    return put_table(p, &p->r.returned, "Không có bài nào có đoạn giống bài của năm trước.", f);
}

static status put_summary(report *p, fault *f)
{
    TRY(document_heading(p->d, 0, "Những con số chính", f));
    TRY(put_key_figures(p, f));
    TRY(document_heading(p->d, 1, "Cách đọc số liệu", f));
    return put_reading_notes(p, f);
}

static status put_all(document *d, void *what, fault *f)
{
    report *p = what;
    static status (*const sections[])(report *, fault *) = {
        put_rules,   put_entries,  put_prizes,  put_units,   put_subjects, put_people,
        put_judging, put_returned, put_winners, put_honours, put_sources};
    p->d = d;
    TRY(draw_cover(p, f));
    TRY(canvas_bookmark(d->c, 0, 0, "Trang bìa", f));
    TRY(document_page(d, f));
    TRY(document_heading(d, 0, "Nội dung", f));
    length contents_top = d->y + MM(4);
    document_skip(d, MM(8) * (length)(sizeof sections / sizeof *sections) + MM(4));
    TRY(put_summary(p, f));
    for (size_t i = 0; i < sizeof sections / sizeof *sections; i++) {
        TRY(document_need(d, i ? SECTION_ROOM : d->shape.height, f));
        TRY(sections[i](p, f));
    }
    return draw_contents(p, contents_top, f);
}

status report_retrospective(store *db, arena *mem, int64_t from, int64_t to, const char *path,
                            fault *f)
{
    report *p = ARENA_NEW(mem, report);
    report_file kind;
    if (!p)
        return fault_memory(f);
    TRY(report_file_kind(path, &kind, f));
    if (from > to)
        return FAIL(f, E_USAGE, "--from %d phải không sau --to %d", "--from %d comes after --to %d",
                    (int)from, (int)to);
    TRY(retrospective_gather(&p->r, db, mem, from, to, f));
    if (kind == FILE_PDF) {
        char title[128];
        snprintf(title, sizeof title, "Báo cáo tổng kết %d–%d", (int)from, (int)to);
        const canvas_facts facts = {title, p->r.latest->organizer,
                                    contest_name_without_year(mem, p->r.latest), p->r.day};
        return document_make(mem, &page_upright, NUMBERS_BOTTOM, put_all, p, &facts, path, f);
    }
    const report_table *const tables[] = {
        &p->r.rules,    &p->r.entries,  &p->r.prizes,   &p->r.units,  &p->r.districts,
        &p->r.subjects, &p->r.faithful, &p->r.repeated, &p->r.rounds, &p->r.severity,
        &p->r.returned, &p->r.winners,  &p->r.honours,  &p->r.sources};
    return table_workbook(path, tables, sizeof tables / sizeof *tables, "Báo cáo tổng kết",
                          p->r.day, f);
}
