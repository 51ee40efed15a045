/* Theo đơn vị: what each unit sent and won, who has sent nothing, and whom the entries are about. */
#include "document.h"

#include "chamthi/print.h"

#include <stdio.h>

enum { TRACKS_MOST = 10, FIXED_COLUMNS = 7 };

typedef struct {
    store *db;
    arena *mem;
    const contest *contest;
    int64_t tracks[TRACKS_MOST];
    report_column columns[TRACKS_MOST + FIXED_COLUMNS];
    size_t track_count;
    int64_t entries;
    report_table senders, silent, subjects;
} unit_report;

static status read_tracks(unit_report *r, fault *f)
{
    static const report_column before[] = {{"STT", 8, ALIGN_MIDDLE}, {"Đơn vị", 44, ALIGN_TEXT}};
    static const report_column after[] = {{"Cộng", 10, ALIGN_NUMBER},
                                          {"Tác giả", 10, ALIGN_NUMBER},
                                          {"Viết về tập thể", 11, ALIGN_NUMBER},
                                          {"Không xét", 10, ALIGN_NUMBER},
                                          {"Giải", 9, ALIGN_NUMBER}};
    cursor c;
    r->columns[0] = before[0];
    r->columns[1] = before[1];
    TRY(store_select(r->db, Q_REPORT_TRACKS, ARGS(v_int(r->contest->year)), &c, f));
    while (r->track_count < TRACKS_MOST && cursor_next(&c)) {
        r->tracks[r->track_count] = cursor_int(&c, 0);
        r->columns[2 + r->track_count++] =
            (report_column){cursor_copy(&c, 1, r->mem), 12, ALIGN_NUMBER};
    }
    TRY(cursor_close(&c, f));
    for (size_t i = 0; i < r->track_count; i++)
        if (!r->columns[2 + i].heading)
            return fault_memory(f);
    for (size_t i = 0; i < sizeof after / sizeof *after; i++)
        r->columns[2 + r->track_count + i] = after[i];
    return OK;
}

static status put_sender(unit_report *r, cursor *c, fault *f)
{
    report_table *t = &r->senders;
    const char *name = cursor_text(c, 1);
    table_number(t, (int64_t)table_rows(t) + 1);
    table_text(t, *name ? name : "Không ghi đơn vị");
    for (size_t i = 0; i < r->track_count; i++) {
        int64_t n;
        TRY(store_int(r->db, Q_REPORT_SENDER_TRACK,
                      ARGS(v_int(r->contest->year), v_int(r->tracks[i]), v_int(cursor_int(c, 0)),
                           v_text(name)),
                      &n, f));
        table_number(t, n);
    }
    table_number(t, cursor_int(c, 2));
    table_number(t, cursor_int(c, 3));
    table_number(t, cursor_int(c, 5));
    table_number(t, cursor_int(c, 4));
    table_number(t, cursor_int(c, 6));
    r->entries += cursor_int(c, 2);
    return OK;
}

static status read_senders(unit_report *r, fault *f)
{
    cursor c;
    status st = OK;
    table_start(&r->senders, r->mem, "Bài theo đơn vị gửi", r->columns,
                r->track_count + FIXED_COLUMNS);
    TRY(store_select(r->db, Q_REPORT_SENDERS, ARGS(v_int(r->contest->year)), &c, f));
    while (st == OK && cursor_next(&c))
        st = put_sender(r, &c, f);
    status closed = cursor_close(&c, st == OK ? f : NULL);
    return st == OK ? closed : st;
}

static status read_silent(unit_report *r, fault *f)
{
    static const report_column columns[] = {
        {"STT", 10, ALIGN_MIDDLE}, {"Loại", 30, ALIGN_TEXT}, {"Đơn vị", 80, ALIGN_TEXT}};
    cursor c;
    char day[20];
    date middle = {(int)r->contest->year, 6, 30};
    table_start(&r->silent, r->mem, "Đơn vị chưa gửi bài", columns,
                sizeof columns / sizeof *columns);
    date_iso(middle, day);
    TRY(store_select(r->db, Q_REPORT_SILENT, ARGS(v_text(day), v_int(r->contest->year)), &c, f));
    while (cursor_next(&c)) {
        table_number(&r->silent, (int64_t)table_rows(&r->silent) + 1);
        table_text(&r->silent, cursor_text(&c, 0));
        table_text(&r->silent, cursor_text(&c, 1));
    }
    return cursor_close(&c, f);
}

static status read_subjects(unit_report *r, fault *f)
{
    static const report_column columns[] = {{"Loại", 30, ALIGN_TEXT},
                                            {"Nhóm đối tượng", 50, ALIGN_TEXT},
                                            {"Số bài", 18, ALIGN_NUMBER},
                                            {"Bài đoạt giải", 18, ALIGN_NUMBER}};
    cursor c;
    int64_t year = r->contest->year;
    table_start(&r->subjects, r->mem, "Bài viết về ai", columns, sizeof columns / sizeof *columns);
    TRY(store_select(r->db, Q_REPORT_OCCUPATIONS, ARGS(v_int(year), v_int(year)), &c, f));
    while (cursor_next(&c)) {
        table_text(&r->subjects, *cursor_text(&c, 0) ? cursor_text(&c, 0) : "chưa ghi");
        table_text(&r->subjects, *cursor_text(&c, 1) ? cursor_text(&c, 1) : "chưa ghi");
        table_number(&r->subjects, cursor_int(&c, 2));
        table_number(&r->subjects, cursor_int(&c, 3));
    }
    return cursor_close(&c, f);
}

static status put_table(document *d, const report_table *t, const char *none, fault *f)
{
    TRY(document_heading(d, 1, t->title, f));
    return table_rows(t) ? document_table(d, t, 0, f)
                         : document_paragraph(d, &paragraph_note, none, f);
}

static status put_report(document *d, void *what, fault *f)
{
    const unit_report *r = what;
    paragraph_style title = paragraph_center;
    char text[256];
    title.style = (text_style){FONT_SERIF_BOLD, 1600, 0, INK};
    TRY(document_letterhead(d, r->contest->organizer, "", f));
    TRY(document_paragraph(d, &title, "TỔNG HỢP THEO ĐƠN VỊ", f));
    title.style.size = 1400;
    title.after = 500;
    TRY(document_paragraph(d, &title, r->contest->name, f));
    snprintf(text, sizeof text,
             "%zu đơn vị đã gửi %lld bài; %zu đơn vị trực thuộc thành phố chưa gửi bài nào.",
             table_rows(&r->senders), (long long)r->entries, table_rows(&r->silent));
    TRY(document_paragraph(d, &paragraph_body, text, f));
    TRY(put_table(d, &r->senders, "Chưa nhận bài nào.", f));
    TRY(put_table(d, &r->subjects, "Chưa bài nào ghi nhân vật.", f));
    return put_table(d, &r->silent, "Đơn vị nào cũng đã gửi bài.", f);
}

status report_units(store *db, arena *mem, int64_t year, const char *path, fault *f)
{
    unit_report r = {.db = db, .mem = mem};
    contest *definition;
    report_file kind;
    TRY(report_file_kind(path, &kind, f));
    TRY(contest_get(db, mem, year, &definition, f));
    r.contest = definition;
    TRY(read_tracks(&r, f));
    TRY(read_senders(&r, f));
    TRY(read_silent(&r, f));
    TRY(read_subjects(&r, f));
    const canvas_facts facts = {
        "Tổng hợp theo đơn vị", definition->organizer, definition->name, {(int)year, 12, 31}};
    if (kind == FILE_PDF)
        return document_make(mem, &page_upright, NUMBERS_TOP, put_report, &r, &facts, path, f);
    const report_table *const tables[] = {&r.senders, &r.subjects, &r.silent};
    return table_workbook(path, tables, 3, definition->name, facts.day, f);
}
