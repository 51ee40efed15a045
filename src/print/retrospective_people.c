/* The retrospective's people: authors who keep writing, who won again, whom the entries are about. */
#include "retrospective.h"

static status make_faithful(retrospective *r, fault *f)
{
    static const report_column columns[] = {
        {"Tác giả", 34, ALIGN_TEXT},   {"Năm sinh", 11, ALIGN_MIDDLE},
        {"Số năm", 10, ALIGN_NUMBER},  {"Số bài", 10, ALIGN_NUMBER},
        {"Số giải", 10, ALIGN_NUMBER}, {"Từ – đến", 15, ALIGN_MIDDLE},
        {"Đơn vị", 40, ALIGN_TEXT}};
    cursor c;
    table_start(&r->faithful, r->mem, "Tác giả tham gia nhiều năm nhất", columns,
                sizeof columns / sizeof *columns);
    TRY(store_select(r->db, Q_REPORT_FAITHFUL, ARGS(v_int(r->from), v_int(r->to)), &c, f));
    while (cursor_next(&c)) {
        table_text(&r->faithful, cursor_text(&c, 0));
        if (cursor_int(&c, 1))
            table_year(&r->faithful, cursor_int(&c, 1));
        else
            table_missing(&r->faithful);
        for (int i = 2; i < 5; i++)
            table_number(&r->faithful, cursor_int(&c, i));
        table_format(&r->faithful, "%d–%d", (int)cursor_int(&c, 5), (int)cursor_int(&c, 6));
        table_text(&r->faithful, cursor_text(&c, 7));
    }
    return cursor_close(&c, f);
}

static status make_repeated(retrospective *r, fault *f)
{
    static const report_column columns[] = {{"Tác giả", 40, ALIGN_TEXT},
                                            {"Số giải", 12, ALIGN_NUMBER},
                                            {"Từ năm", 12, ALIGN_MIDDLE},
                                            {"Đến năm", 12, ALIGN_MIDDLE}};
    cursor c;
    table_start(&r->repeated, r->mem, "Tác giả đoạt giải nhiều năm", columns,
                sizeof columns / sizeof *columns);
    TRY(store_select(r->db, Q_REPORT_REPEATED, ARGS(v_int(r->from), v_int(r->to)), &c, f));
    while (cursor_next(&c)) {
        table_text(&r->repeated, cursor_text(&c, 0));
        table_number(&r->repeated, cursor_int(&c, 1));
        table_year(&r->repeated, cursor_int(&c, 2));
        table_year(&r->repeated, cursor_int(&c, 3));
    }
    return cursor_close(&c, f);
}

static status make_subjects(retrospective *r, fault *f)
{
    static const report_column columns[] = {{"Loại", 18, ALIGN_TEXT},
                                            {"Nhóm đối tượng", 34, ALIGN_TEXT},
                                            {"Số bài", 14, ALIGN_NUMBER},
                                            {"Số nhân vật", 14, ALIGN_NUMBER},
                                            {"Bài đoạt giải", 14, ALIGN_NUMBER},
                                            {"Nhân vật được khen", 16, ALIGN_NUMBER}};
    cursor c;
    table_start(&r->subjects, r->mem, "Gương được viết theo nhóm đối tượng", columns,
                sizeof columns / sizeof *columns);
    TRY(store_select(r->db, Q_REPORT_SUBJECTS, ARGS(v_int(r->from), v_int(r->to)), &c, f));
    while (cursor_next(&c)) {
        table_text(&r->subjects, *cursor_text(&c, 0) ? cursor_text(&c, 0) : "chưa ghi");
        table_text(&r->subjects, *cursor_text(&c, 1) ? cursor_text(&c, 1) : "chưa ghi");
        for (int i = 2; i < 6; i++)
            table_number(&r->subjects, cursor_int(&c, i));
    }
    return cursor_close(&c, f);
}

static status read_subject_years(retrospective *r, fault *f)
{
    for (size_t i = 0; i < r->year_count; i++) {
        cursor c;
        TRY(store_select(r->db, Q_REPORT_SUBJECT_YEARS, ARGS(v_int(r->years[i].year)), &c, f));
        if (cursor_next(&c)) {
            r->years[i].persons = cursor_int(&c, 0);
            r->years[i].groups = cursor_int(&c, 1);
        }
        TRY(cursor_close(&c, f));
    }
    return OK;
}

status retrospective_people(retrospective *r, fault *f)
{
    TRY(make_faithful(r, f));
    TRY(make_repeated(r, f));
    TRY(make_subjects(r, f));
    return read_subject_years(r, f);
}
