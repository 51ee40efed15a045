/* Biên bản chấm thi: what a round's council signs. */
#include "document.h"

#include "chamthi/print.h"
#include "chamthi/random.h"

#include <stdio.h>
#include <string.h>

enum { JUDGES_MOST = 60, TRACKS_MOST = 20, CODE_BYTES = 8 };

typedef struct {
    const contest *contest;
    const char *round, *method;
    int64_t round_id, entries, sheets_missing;
    signature judges[JUDGES_MOST];
    size_t judge_count;
    report_table judge_table, ranking[TRACKS_MOST];
    size_t track_count;
    char code[2 * CODE_BYTES + 1]; /* of all figures in the ranking */
    date day;
} minutes;

static status find_round(minutes *m, store *db, arena *mem, int64_t year, const char *round,
                         fault *f)
{
    cursor c;
    if (round)
        TRY(contest_round_id(db, year, round, &m->round_id, f));
    else if (store_int(db, Q_AWARD_LAST_ROUND, ARGS(v_int(year)), &m->round_id, f) != OK)
        return FAIL(f, E_CONFLICT, "cuộc thi %d không có vòng chấm", "the contest %d has no round",
                    (int)year);
    TRY(store_select(db, Q_ROUND_NAME, ARGS(v_int(m->round_id)), &c, f));
    if (cursor_next(&c))
        m->round = cursor_copy(&c, 0, mem);
    return cursor_close(&c, f);
}

static status read_judges(minutes *m, store *db, arena *mem, fault *f)
{
    static const report_column columns[] = {{"STT", 8, ALIGN_MIDDLE},
                                            {"Giám khảo", 34, ALIGN_TEXT},
                                            {"Đơn vị", 44, ALIGN_TEXT},
                                            {"Số phiếu", 13, ALIGN_NUMBER},
                                            {"Đã nộp", 13, ALIGN_NUMBER}};
    cursor c;
    table_start(&m->judge_table, mem, "Giám khảo", columns, sizeof columns / sizeof *columns);
    TRY(store_select(db, Q_MINUTES_JUDGES, ARGS(v_int(m->round_id)), &c, f));
    while (m->judge_count < JUDGES_MOST && cursor_next(&c)) {
        m->judges[m->judge_count++] = (signature){"GIÁM KHẢO", "(Ký)", cursor_copy(&c, 0, mem)};
        table_number(&m->judge_table, (int64_t)m->judge_count);
        table_text(&m->judge_table, cursor_text(&c, 0));
        table_text(&m->judge_table, cursor_text(&c, 1));
        table_number(&m->judge_table, cursor_int(&c, 3));
        table_number(&m->judge_table, cursor_int(&c, 4));
        m->sheets_missing += cursor_int(&c, 3) - cursor_int(&c, 4);
    }
    return cursor_close(&c, f);
}

static report_table *track_table(minutes *m, arena *mem, const char *track)
{
    static const report_column columns[] = {
        {"Hạng", 11, ALIGN_MIDDLE},          {"Mã phách", 50, ALIGN_MIDDLE},
        {"Số tiếp nhận", 21, ALIGN_MIDDLE},  {"Tên bài", 30, ALIGN_TEXT},
        {"Số phiếu", 10, ALIGN_NUMBER},      {"Điểm trung bình", 12, ALIGN_NUMBER},
        {"Điểm xếp hạng", 12, ALIGN_NUMBER}, {"Giải", 16, ALIGN_TEXT}};
    report_table *t = m->track_count ? &m->ranking[m->track_count - 1] : NULL;
    if (t && strcmp(t->title, track) == 0)
        return t;
    char *title = m->track_count < TRACKS_MOST ? arena_string(mem, track) : NULL;
    if (!title)
        return NULL;
    t = &m->ranking[m->track_count++];
    table_start(t, mem, title, columns, sizeof columns / sizeof *columns);
    return t;
}

static void put_points(report_table *t, cursor *c, int column)
{
    if (cursor_null(c, column))
        table_missing(t);
    else
        table_points(t, cursor_int(c, column));
}

static status put_row(minutes *m, arena *mem, cursor *c, fault *f)
{
    char rank[40];
    report_table *t = track_table(m, mem, cursor_text(c, 0));
    if (!t)
        return fault_memory(f);
    snprintf(rank, sizeof rank, "%lld%s", (long long)cursor_int(c, 1), cursor_int(c, 2) ? "=" : "");
    table_text(t, cursor_null(c, 1) ? "–" : rank);
    for (int i = 3; i < 6; i++)
        table_text(t, cursor_text(c, i));
    table_number(t, cursor_int(c, 6));
    put_points(t, c, 7);
    put_points(t, c, 8);
    table_text(t, cursor_text(c, 11));
    m->method = cursor_copy(c, 9, mem);
    m->entries++;
    return OK;
}

/* The signed paper and the database can be compared by one code. */
static void hash_row(hash_state *h, cursor *c)
{
    for (int i = 0; i < 10; i++)
        hash_piece(h, cursor_text(c, i), strlen(cursor_text(c, i)));
}

static status read_ranking(minutes *m, store *db, arena *mem, fault *f)
{
    cursor c;
    hash_state h;
    unsigned char hash[HASH_SIZE];
    status st = OK;
    hash_start(&h, NULL, 0);
    TRY(store_select(db, Q_MINUTES_RESULTS, ARGS(v_int(m->round_id)), &c, f));
    while (st == OK && cursor_next(&c)) {
        st = put_row(m, mem, &c, f);
        hash_row(&h, &c);
    }
    status closed = cursor_close(&c, st == OK ? f : NULL);
    hash_end(&h, hash);
    hex_encode(m->code, hash, CODE_BYTES);
    TRY(st);
    TRY(closed);
    if (!m->entries)
        return FAIL(f, E_CONFLICT, "vòng %s chưa có kết quả; hãy chạy trước: chamthi rank",
                    "the round %s has no results yet; run first: chamthi rank", m->round);
    return OK;
}

/* ---- paper ---- */
static const char *method_words(const char *method)
{
    static const char *const words[][2] = {
        {"mean",
         "trung bình cộng điểm của các giám khảo; tiêu chí để trống là chưa chấm, không phải "
         "điểm 0"},
        {"ls", "bình phương tối thiểu, có điều chỉnh độ chặt của từng giám khảo"},
        {"eb", "Bayes thực nghiệm, có điều chỉnh độ chặt của từng giám khảo"}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(words[i][0], method) == 0)
            return words[i][1];
    return method;
}

static status put_opening(document *d, const minutes *m, fault *f)
{
    paragraph_style title = paragraph_center;
    char text[1024];
    title.style = (text_style){FONT_SERIF_BOLD, 1400, 0, INK};
    title.after = 60;
    TRY(document_letterhead(d, m->contest->organizer, "Số: ……/BB-BTC", f));
    TRY(document_paragraph(d, &title, "BIÊN BẢN", f));
    snprintf(text, sizeof text, "Chấm thi vòng %.200s", m->round);
    TRY(document_paragraph(d, &title, text, f));
    title.after = 500;
    TRY(document_paragraph(d, &title, m->contest->name, f));
    snprintf(text, sizeof text,
             "Hôm nay, ngày …… tháng …… năm …………, tại …………………………………………, Hội đồng chấm thi vòng "
             "%.200s lập biên bản với các nội dung sau:",
             m->round);
    paragraph_style opening = paragraph_body;
    opening.justified = false; /* the blanks would tear the words apart */
    return document_paragraph(d, &opening, text, f);
}

/* The closing sentence and all signatures on one page; when they need more, as many as begin there. */
static status keep_signatures(document *d, const minutes *m, fault *f)
{
    length heads = MM(16) + document_signatures_height(2, SIGN_GAP);
    length all = heads + document_signatures_height(m->judge_count, SIGN_GAP_SMALL);
    length page = d->shape.height - d->shape.top - d->shape.bottom;
    return document_need(d, all <= page ? all : heads, f);
}

static status put_body(document *d, const minutes *m, fault *f)
{
    char text[1024];
    TRY(document_heading(d, 1, "1. Giám khảo và phiếu chấm", f));
    if (m->judge_count)
        TRY(document_table(d, &m->judge_table, 0, f));
    snprintf(text, sizeof text, "Có %zu giám khảo chấm %lld bài. Số phiếu chưa nộp: %lld.",
             m->judge_count, (long long)m->entries, (long long)m->sheets_missing);
    TRY(document_paragraph(d, &paragraph_body, text, f));
    TRY(document_heading(d, 1, "2. Cách tính điểm", f));
    snprintf(text, sizeof text,
             "Điểm xếp hạng tính theo: %.600s. Dấu = sau hạng nghĩa là bằng điểm với bài khác.",
             method_words(m->method));
    TRY(document_paragraph(d, &paragraph_body, text, f));
    TRY(document_heading(d, 1, "3. Kết quả", f));
    for (size_t i = 0; i < m->track_count; i++) {
        paragraph_style name = paragraph_body;
        name.style.font = FONT_SERIF_BOLD;
        name.first = 0;
        TRY(document_need(d, MM(40), f));
        TRY(document_paragraph(d, &name, m->ranking[i].title, f));
        TRY(document_table(d, &m->ranking[i], 0, f));
    }
    TRY(document_heading(d, 1, "4. Ý kiến khác", f));
    TRY(document_blanks(d, 3, f));
    TRY(keep_signatures(d, m, f));
    snprintf(
        text, sizeof text,
        "Biên bản lập xong lúc …… giờ ……, các thành viên cùng nghe, nhất trí và ký tên. Mã đối "
        "chiếu số liệu: %s.",
        m->code);
    return document_paragraph(d, &paragraph_body, text, f);
}

static status put_minutes(document *d, void *what, fault *f)
{
    const minutes *m = what;
    const signature heads[] = {{"THƯ KÝ", "(Ký, ghi rõ họ tên)", ""},
                               {"CHỦ TỊCH HỘI ĐỒNG", "(Ký, ghi rõ họ tên)", ""}};
    TRY(put_opening(d, m, f));
    TRY(put_body(d, m, f));
    TRY(document_signatures(d, heads, 2, SIGN_GAP, f));
    return document_signatures(d, m->judges, m->judge_count, SIGN_GAP_SMALL, f);
}

status report_minutes(store *db, arena *mem, int64_t year, const char *round, const char *path,
                      fault *f)
{
    minutes *m = ARENA_NEW(mem, minutes);
    contest *definition;
    report_file kind;
    if (!m)
        return fault_memory(f);
    TRY(report_file_kind(path, &kind, f));
    TRY(contest_get(db, mem, year, &definition, f));
    m->contest = definition;
    m->day = (date){(int)year, 12, 31};
    TRY(find_round(m, db, mem, year, round, f));
    TRY(read_judges(m, db, mem, f));
    TRY(read_ranking(m, db, mem, f));
    if (kind == FILE_PDF)
        return document_make(
            mem, &page_upright, NUMBERS_TOP, put_minutes, m,
            &(canvas_facts){"Biên bản chấm thi", m->contest->organizer, m->contest->name, m->day},
            path, f);
    const report_table *tables[TRACKS_MOST + 1] = {&m->judge_table};
    for (size_t i = 0; i < m->track_count; i++)
        tables[i + 1] = &m->ranking[i];
    return table_workbook(path, tables, m->track_count + 1, "Biên bản chấm thi", m->day, f);
}
