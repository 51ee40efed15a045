/* Papers of every day: receipts for units, lists and score sheets for judges. */
#include "document.h"

#include "chamthi/print.h"

#include <stdio.h>
#include <string.h>

enum { SENDERS_MOST = 4000, CRITERIA_MOST = 12, SHEET_ROW = MM(11) };

/* ---- receipts ---- */
typedef struct {
    int64_t unit;
    const char *name;
    int64_t count;
} sender;

typedef struct {
    store *db;
    arena *mem;
    const contest *contest;
    document *d;
    sender *senders;
    size_t count;
    canvas_facts facts; /* its day is that of the last thing received */
} receipts;

static status read_senders(receipts *r, int64_t unit, fault *f)
{
    cursor c;
    r->senders = ARENA_ARRAY(r->mem, sender, SENDERS_MOST);
    if (!r->senders)
        return fault_memory(f);
    TRY(store_select(r->db, Q_RECEIPT_SENDERS, ARGS(v_int(r->contest->year), v_int(unit)), &c, f));
    while (r->count < SENDERS_MOST && cursor_next(&c))
        r->senders[r->count++] =
            (sender){cursor_int(&c, 0), cursor_copy(&c, 1, r->mem), cursor_int(&c, 2)};
    TRY(cursor_close(&c, f));
    if (!r->count)
        return FAIL(f, E_CONFLICT, "cuộc thi %d chưa nhận bài nào của đơn vị này",
                    "%d has received nothing from this unit", (int)r->contest->year);
    return OK;
}

static status read_authors(receipts *r, int64_t entry, const char **out, fault *f)
{
    cursor c;
    buffer names = BUFFER_INIT;
    status st = store_select(r->db, Q_AWARD_AUTHORS, ARGS(v_int(entry)), &c, f);
    if (st == OK) {
        while (cursor_next(&c))
            buffer_format(&names, "%s%s", names.size ? "; " : "", cursor_text(&c, 0));
        st = cursor_close(&c, f);
    }
    *out = names.failed ? NULL : arena_string(r->mem, names.bytes);
    buffer_free(&names);
    return st != OK ? st : *out ? OK : fault_memory(f);
}

static status make_receipt_table(receipts *r, const sender *s, report_table *t, fault *f)
{
    static const report_column columns[] = {
        {"STT", 9, ALIGN_MIDDLE},     {"Số tiếp nhận", 19, ALIGN_MIDDLE},
        {"Tên bài", 35, ALIGN_TEXT},  {"Tác giả", 28, ALIGN_TEXT},
        {"Thể loại", 16, ALIGN_TEXT}, {"Ngày nhận", 19, ALIGN_MIDDLE},
        {"Số từ", 11, ALIGN_NUMBER}};
    cursor c;
    status st = OK;
    table_start(t, r->mem, "Bài đã nhận", columns, sizeof columns / sizeof *columns);
    TRY(store_select(r->db, Q_RECEIPT_ENTRIES,
                     ARGS(v_int(r->contest->year), v_int(s->unit), v_text(s->name)), &c, f));
    while (st == OK && cursor_next(&c)) {
        const char *authors;
        char day[20];
        int64_t at = cursor_int(&c, 3);
        st = read_authors(r, cursor_int(&c, 5), &authors, f);
        if (st != OK)
            break;
        date received = date_from_time(at);
        date_vietnamese(received, day);
        if (date_to_time(received) > date_to_time(r->facts.day))
            r->facts.day = received;
        table_number(t, (int64_t)table_rows(t) + 1);
        table_text(t, cursor_text(&c, 0));
        table_text(t, cursor_text(&c, 1));
        table_text(t, authors);
        table_text(t, cursor_text(&c, 2));
        table_text(t, day);
        if (cursor_null(&c, 4))
            table_missing(t);
        else
            table_number(t, cursor_int(&c, 4));
    }
    status closed = cursor_close(&c, st == OK ? f : NULL);
    return st == OK ? closed : st;
}

static status put_receipt(receipts *r, const sender *s, fault *f)
{
    static const signature signs[] = {{"NGƯỜI GIAO", "(Ký, ghi rõ họ tên)", ""},
                                      {"NGƯỜI NHẬN", "(Ký, ghi rõ họ tên)", ""}};
    paragraph_style title = paragraph_center;
    report_table t;
    char text[1024];
    TRY(make_receipt_table(r, s, &t, f));
    title.style = (text_style){FONT_SERIF_BOLD, 1500, 0, INK};
    title.after = 400;
    TRY(document_letterhead(r->d, r->contest->organizer, "", f));
    TRY(canvas_bookmark(r->d->c, 0, 0, *s->name ? s->name : "Không ghi đơn vị", f));
    TRY(document_paragraph(r->d, &title, "GIẤY BIÊN NHẬN", f));
    snprintf(text, sizeof text,
             "Ban Tổ chức %.300s đã nhận của %.300s %lld bài dự thi:", r->contest->name,
             *s->name ? s->name : "các tác giả gửi trực tiếp", (long long)s->count);
    TRY(document_paragraph(r->d, &paragraph_body, text, f));
    TRY(document_table(r->d, &t, 0, f));
    TRY(document_paragraph(r->d, &paragraph_body,
                           "Số tiếp nhận dùng để tra cứu bài; xin giữ giấy này.", f));
    snprintf(text, sizeof text, "%.100s, ngày …… tháng …… năm …………", r->contest->place);
    paragraph_style place = paragraph_center;
    place.style.font = FONT_SERIF_ITALIC;
    place.align = ANCHOR_RIGHT;
    TRY(document_paragraph(r->d, &place, text, f));
    return document_signatures(r->d, signs, 2, SIGN_GAP, f);
}

static status put_receipts(document *d, void *what, fault *f)
{
    receipts *r = what;
    r->d = d;
    for (size_t i = 0; i < r->count; i++) {
        if (i)
            TRY(document_section(d, f));
        TRY(put_receipt(r, &r->senders[i], f));
    }
    return OK;
}

static status find_unit(store *db, arena *mem, const char *text, int64_t year, int64_t *out,
                        fault *f)
{
    TRY(unit_find(db, mem, text, year, out, f));
    if (!*out)
        return FAIL(f, E_MISSING, "năm %d không có đơn vị “%s”; dùng mã trong bảng đơn vị",
                    "in %d there was no unit “%s”; use its code", (int)year, text);
    return OK;
}

status receipt_print(store *db, arena *mem, int64_t year, const char *unit, const char *path,
                     size_t *units, fault *f)
{
    receipts r = {.db = db, .mem = mem};
    contest *definition;
    int64_t id = 0;
    TRY(contest_get(db, mem, year, &definition, f));
    r.contest = definition;
    if (unit)
        TRY(find_unit(db, mem, unit, year, &id, f));
    TRY(read_senders(&r, id, f));
    *units = r.count;
    r.facts =
        (canvas_facts){"Giấy biên nhận", definition->organizer, definition->name, {2000, 1, 1}};
    return document_make(mem, &page_upright, NUMBERS_BOTTOM, put_receipts, &r, &r.facts, path, f);
}

/* ---- score sheets ---- */
typedef struct {
    int64_t id;
    const char *code, *name, *panel;
} paper_judge;

typedef struct papers papers;
struct papers {
    store *db;
    arena *mem;
    const contest *contest;
    status (*put)(papers *p, const paper_judge *j, fault *f); /* one judge's paper */
    int64_t round;
    const char *round_name;
    report_column columns[CRITERIA_MOST + 5];
    int64_t track_of[CRITERIA_MOST]; /* whose entries it marks; 0: all */
    size_t criteria;
    paper_judge *judges;
    size_t count;
    document *d;
};

static status read_columns(papers *p, fault *f)
{
    cursor c;
    p->columns[0] = (report_column){"STT", 11, ALIGN_MIDDLE};
    p->columns[1] = (report_column){"Mã phách", 24, ALIGN_MIDDLE};
    p->columns[2] = (report_column){"Tên bài", 40, ALIGN_TEXT};
    TRY(store_select(p->db, Q_PAPER_CRITERIA, ARGS(v_int(p->round)), &c, f));
    while (p->criteria < CRITERIA_MOST && cursor_next(&c)) {
        char least[32], most[32], weight[32];
        bool plain = cursor_int(&c, 3) == 100;
        points_vietnamese(least, cursor_int(&c, 1));
        points_vietnamese(most, cursor_int(&c, 2));
        points_vietnamese(weight, cursor_int(&c, 3));
        p->track_of[p->criteria] = cursor_int(&c, 4);
        p->columns[3 + p->criteria++] =
            (report_column){arena_format(p->mem, "%s (%s–%s)%s%s", cursor_text(&c, 0), least, most,
                                         plain ? "" : " ×\u00a0", plain ? "" : weight),
                            16, ALIGN_MIDDLE};
    }
    TRY(cursor_close(&c, f));
    for (size_t i = 0; i < p->criteria; i++)
        if (!p->columns[3 + i].heading)
            return fault_memory(f);
    p->columns[3 + p->criteria] = (report_column){"Tổng", 12, ALIGN_MIDDLE};
    p->columns[4 + p->criteria] = (report_column){"Nhận xét", 36, ALIGN_TEXT};
    return OK;
}

static status read_judges(papers *p, const char *judge, fault *f)
{
    cursor c;
    p->judges = ARENA_ARRAY(p->mem, paper_judge, SENDERS_MOST);
    if (!p->judges)
        return fault_memory(f);
    TRY(store_select(p->db, Q_PAPER_JUDGES, ARGS(v_int(p->round), v_text(judge ? judge : "")), &c,
                     f));
    while (p->count < SENDERS_MOST && cursor_next(&c))
        p->judges[p->count++] =
            (paper_judge){cursor_int(&c, 0), cursor_copy(&c, 1, p->mem), cursor_copy(&c, 2, p->mem),
                          cursor_copy(&c, 3, p->mem)};
    TRY(cursor_close(&c, f));
    if (!p->count)
        return FAIL(f, E_CONFLICT,
                    "vòng %s chưa có phiếu nào để in; hãy chạy trước: chamthi assign publish",
                    "the round %s has no sheets to print; run first: chamthi assign publish",
                    p->round_name);
    return OK;
}

static status make_sheet_table(papers *p, const paper_judge *j, report_table *t, fault *f)
{
    cursor c;
    table_start(t, p->mem, "Phiếu chấm", p->columns, p->criteria + 5);
    TRY(store_select(p->db, Q_PAPER_SHEETS, ARGS(v_int(p->round), v_int(j->id)), &c, f));
    while (cursor_next(&c)) {
        table_number(t, (int64_t)table_rows(t) + 1);
        table_text(t, cursor_text(&c, 0));
        table_text(t, cursor_text(&c, 1));
        for (size_t i = 0; i < p->criteria; i++) {
            bool applies = !p->track_of[i] || p->track_of[i] == cursor_int(&c, 2);
            table_text(t, applies ? "" : "–");
        }
        table_text(t, "");
        table_text(t, "");
    }
    return cursor_close(&c, f);
}

static status put_sheet(papers *p, const paper_judge *j, fault *f)
{
    static const signature signs[] = {
        {"", "", ""}, {"", "", ""}, {"GIÁM KHẢO", "(Ký, ghi rõ họ tên)", ""}};
    paragraph_style title = paragraph_center;
    report_table t;
    char text[600];
    TRY(make_sheet_table(p, j, &t, f));
    title.style = (text_style){FONT_SERIF_BOLD, 1500, 0, INK};
    title.after = 80;
    snprintf(text, sizeof text, "%.100s – %.300s", j->code, j->name);
    TRY(canvas_bookmark(p->d->c, 0, 0, text, f));
    const char *round = lines_upper(p->mem, p->round_name);
    if (!round)
        return fault_memory(f);
    snprintf(text, sizeof text, "PHIẾU CHẤM VÒNG %.300s", round);
    TRY(document_paragraph(p->d, &title, text, f));
    title.style = (text_style){FONT_SERIF, 1200, 0, INK};
    TRY(document_paragraph(p->d, &title, p->contest->name, f));
    title.after = 350;
    snprintf(text, sizeof text, "Giám khảo: %.300s (mã %.100s) – %zu bài", j->name, j->code,
             table_rows(&t));
    TRY(document_paragraph(p->d, &title, text, f));
    TRY(document_table(p->d, &t, SHEET_ROW, f));
    TRY(document_paragraph(
        p->d, &paragraph_note,
        "Ghi điểm trong khoảng ở đầu cột, ví dụ 8,5. Ô để trống là chưa chấm, "
        "không tính là 0. Nếu nhận ra tác giả, ghi “xin thôi chấm” ở cột nhận xét.",
        f));
    return document_signatures(p->d, signs, 3, SIGN_GAP, f);
}

/* ---- what a judge reads ---- */

static status put_parcel(papers *p, report_table *t, int64_t parcel, int64_t words, fault *f)
{
    char count[32], sum[32], text[120];
    number_vietnamese(count, (int64_t)table_rows(t));
    number_vietnamese(sum, words);
    snprintf(text, sizeof text, "Túi %lld: %s bài, %s từ", (long long)parcel, count, sum);
    TRY(document_heading(p->d, 2, text, f));
    return document_table(p->d, t, 0, f);
}

static void start_parcel(papers *p, report_table *t)
{
    static const report_column columns[] = {{"STT", 12, ALIGN_MIDDLE},
                                            {"Mã phách", 70, ALIGN_MIDDLE},
                                            {"Tên bài", 48, ALIGN_TEXT},
                                            {"Thể loại", 26, ALIGN_TEXT},
                                            {"Số từ", 14, ALIGN_NUMBER}};
    table_start(t, p->mem, "", columns, sizeof columns / sizeof *columns);
}

static status put_parcels(papers *p, const paper_judge *j, fault *f)
{
    cursor c;
    report_table t;
    int64_t parcel = 0, words = 0, row = 0;
    status st = OK;
    TRY(store_select(p->db, Q_PARCEL_LIST, ARGS(v_int(p->round), v_int(j->id)), &c, f));
    while (st == OK && cursor_next(&c)) {
        if (!row || cursor_int(&c, 0) != parcel) {
            st = row ? put_parcel(p, &t, parcel, words, f) : OK;
            start_parcel(p, &t);
            parcel = cursor_int(&c, 0);
            words = 0;
        }
        table_number(&t, ++row);
        table_text(&t, cursor_text(&c, 1));
        table_text(&t, cursor_text(&c, 2));
        table_text(&t, cursor_text(&c, 3));
        if (cursor_null(&c, 4))
            table_missing(&t);
        else
            table_number(&t, cursor_int(&c, 4));
        words += cursor_int(&c, 4);
    }
    status closed = cursor_close(&c, st == OK ? f : NULL);
    TRY(st);
    TRY(closed);
    return row ? put_parcel(p, &t, parcel, words, f) : OK;
}

static status put_reading_list(papers *p, const paper_judge *j, fault *f)
{
    static const signature signs[] = {{"GIÁM KHẢO NHẬN BÀI", "(Ký, ghi rõ họ tên)", ""},
                                      {"THƯ KÝ GIAO BÀI", "(Ký, ghi rõ họ tên)", ""}};
    paragraph_style title = paragraph_center;
    char text[600];
    title.style = (text_style){FONT_SERIF_BOLD, 1500, 0, INK};
    title.after = 80;
    snprintf(text, sizeof text, "%.100s – %.300s", j->code, j->name);
    TRY(canvas_bookmark(p->d->c, 0, 0, text, f));
    TRY(document_paragraph(p->d, &title, "DANH SÁCH BÀI GIAO GIÁM KHẢO", f));
    title.style = (text_style){FONT_SERIF, 1200, 0, INK};
    snprintf(text, sizeof text, "Vòng %.200s – %.300s", p->round_name, p->contest->name);
    TRY(document_paragraph(p->d, &title, text, f));
    title.after = 350;
    snprintf(text, sizeof text, "Giám khảo: %.300s (mã %.100s)%s%.100s", j->name, j->code,
             *j->panel ? " – " : "", j->panel);
    TRY(document_paragraph(p->d, &title, text, f));
    TRY(put_parcels(p, j, f));
    TRY(document_paragraph(
        p->d, &paragraph_note,
        "Nếu nhận ra tác giả hoặc có quan hệ với người trong bài, xin báo ngay thư "
        "ký để giao bài cho người khác.",
        f));
    return document_signatures(p->d, signs, 2, SIGN_GAP, f);
}

/* ---- one paper for each judge ---- */

static status put_each(document *d, void *what, fault *f)
{
    papers *p = what;
    p->d = d;
    for (size_t i = 0; i < p->count; i++) {
        if (i)
            TRY(document_section(d, f));
        TRY(p->put(p, &p->judges[i], f));
    }
    return OK;
}

static status find_paper_round(papers *p, const char *round, fault *f)
{
    cursor c;
    if (round)
        TRY(contest_round_id(p->db, p->contest->year, round, &p->round, f));
    else if (store_int(p->db, Q_AWARD_LAST_ROUND, ARGS(v_int(p->contest->year)), &p->round, f) !=
             OK)
        return FAIL(f, E_CONFLICT, "cuộc thi %d không có vòng chấm", "the contest %d has no round",
                    (int)p->contest->year);
    TRY(store_select(p->db, Q_ROUND_NAME, ARGS(v_int(p->round)), &c, f));
    if (cursor_next(&c))
        p->round_name = cursor_copy(&c, 0, p->mem);
    return cursor_close(&c, f);
}

static status print_each(papers *p, arena *mem, int64_t year, const char *round, const char *judge,
                         const page_shape *shape, const char *title, const char *path, fault *f)
{
    contest *definition;
    p->mem = mem;
    TRY(contest_get(p->db, mem, year, &definition, f));
    p->contest = definition;
    TRY(find_paper_round(p, round, f));
    TRY(read_columns(p, f));
    TRY(read_judges(p, judge, f));
    return document_make(
        mem, shape, NUMBERS_BOTTOM, put_each, p,
        &(canvas_facts){title, definition->organizer, definition->name, {(int)year, 12, 31}}, path,
        f);
}

status reading_list_print(store *db, arena *mem, int64_t year, const char *round, const char *judge,
                          const char *path, size_t *judges, fault *f)
{
    papers p = {.db = db, .put = put_reading_list};
    TRY(print_each(&p, mem, year, round, judge, &page_upright, "Danh sách bài giao giám khảo", path,
                   f));
    *judges = p.count;
    return OK;
}

status sheet_print(store *db, arena *mem, int64_t year, const char *round, const char *judge,
                   const char *path, size_t *judges, fault *f)
{
    papers p = {.db = db, .put = put_sheet};
    TRY(print_each(&p, mem, year, round, judge, &page_sideways, "Phiếu chấm", path, f));
    *judges = p.count;
    return OK;
}
