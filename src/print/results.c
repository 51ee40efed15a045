/* Results of a contest: who won what. */
#include "document.h"

#include "chamthi/print.h"

#include <stdio.h>
#include <string.h>

enum { GROUPS_MOST = 40, LAST_LINE = MM(12) };

/* One decision and one track, or what is given outside the tracks: a table of its own. */
typedef struct {
    const char *heading, *decision, *day;
    report_table table;
} result_group;

typedef struct {
    const contest *contest;
    result_group *groups;
    size_t count;
    int64_t awards, commended;
    date day;
} results;

static status find_group(results *r, arena *mem, const char *heading, const char *decision,
                         const char *day, result_group **out, fault *f)
{
    static const report_column columns[] = {{"STT", 9, ALIGN_MIDDLE},
                                            {"Giải", 18, ALIGN_TEXT},
                                            {"Người nhận", 26, ALIGN_TEXT},
                                            {"Tác phẩm", 32, ALIGN_TEXT},
                                            {"Đơn vị", 30, ALIGN_TEXT}};
    for (size_t i = 0; i < r->count; i++)
        if (strcmp(r->groups[i].heading, heading) == 0 &&
            strcmp(r->groups[i].decision, decision) == 0) {
            *out = &r->groups[i];
            return OK;
        }
    if (r->count == GROUPS_MOST)
        return FAIL(f, E_LIMIT, "quá nhiều thể loại và quyết định trong một năm",
                    "too many tracks and decisions in one year");
    *out = &r->groups[r->count++];
    **out = (result_group){
        arena_string(mem, heading), arena_string(mem, decision), arena_string(mem, day), {0}};
    if (!(*out)->heading || !(*out)->decision || !(*out)->day)
        return fault_memory(f);
    table_start(&(*out)->table, mem, (*out)->heading, columns, sizeof columns / sizeof *columns);
    return OK;
}

static status gather(results *r, store *db, arena *mem, int64_t year, fault *f)
{
    cursor c;
    contest *definition;
    TRY(contest_get(db, mem, year, &definition, f));
    r->contest = definition;
    r->groups = ARENA_ARRAY(mem, result_group, GROUPS_MOST);
    if (!r->groups)
        return fault_memory(f);
    TRY(store_select(db, Q_REPORT_WINNERS, ARGS(v_int(year), v_int(year)), &c, f));
    status st = OK;
    while (st == OK && cursor_next(&c)) {
        result_group *g = NULL;
        date day;
        const char *kind = cursor_text(&c, 8);
        const char *heading = strcmp(kind, "collective") == 0 ? "Tập thể"
                              : strcmp(kind, "subject") == 0  ? "Nhân vật được khen"
                                                              : cursor_text(&c, 5);
        st = find_group(r, mem, *heading ? heading : "Giải thưởng", cursor_text(&c, 6),
                        cursor_text(&c, 7), &g, f);
        if (st != OK)
            break;
        table_number(&g->table, (int64_t)table_rows(&g->table) + 1);
        for (int i = 1; i < 5; i++)
            table_text(&g->table, cursor_text(&c, i));
        if (date_parse(cursor_text(&c, 7), &day))
            r->day = day;
        *(strcmp(kind, "entry") == 0 ? &r->awards : &r->commended) += 1;
    }
    status closed = cursor_close(&c, st == OK ? f : NULL);
    TRY(st);
    TRY(closed);
    if (!r->count)
        return FAIL(f, E_CONFLICT,
                    "cuộc thi %d chưa có giải nào theo quyết định; xem: chamthi award list",
                    "%d has no decided awards; see: chamthi award list", (int)year);
    return OK;
}

static status put_group(document *d, const result_group *g, fault *f)
{
    char text[512], shown[20] = "";
    date day;
    if (date_parse(g->day, &day))
        date_vietnamese(day, shown);
    TRY(document_heading(d, 1, g->table.title, f));
    if (*g->decision) {
        snprintf(text, sizeof text, "Theo Quyết định số %.200s ngày %s", g->decision, shown);
        TRY(document_paragraph(d, &paragraph_note, text, f));
    }
    return document_table(d, &g->table, 0, f);
}

static status put_results(document *d, void *what, fault *f)
{
    const results *r = what;
    paragraph_style title = paragraph_center;
    char text[512];
    title.style = (text_style){FONT_SERIF_BOLD, 1600, 0, INK};
    TRY(document_letterhead(d, r->contest->organizer, "", f));
    TRY(document_paragraph(d, &title, "KẾT QUẢ", f));
    title.style.size = 1400;
    title.after = 500;
    TRY(document_paragraph(d, &title, r->contest->name, f));
    for (size_t i = 0; i < r->count; i++)
        TRY(put_group(d, &r->groups[i], f));
    TRY(document_need(d, LAST_LINE + document_signatures_height(2, SIGN_GAP), f));
    if (r->commended)
        snprintf(text, sizeof text, "Danh sách có %lld giải và %lld khen thưởng.",
                 (long long)r->awards, (long long)r->commended);
    else
        snprintf(text, sizeof text, "Danh sách có %lld giải.", (long long)r->awards);
    TRY(document_paragraph(d, &paragraph_body, text, f));
    const signature sign = {r->contest->signatory_title, "(Ký tên, đóng dấu)",
                            r->contest->signatory_name};
    const signature none = {"", "", ""};
    return document_signatures(d, (const signature[]){none, sign}, 2, SIGN_GAP, f);
}

status report_results(store *db, arena *mem, int64_t year, const char *path, fault *f)
{
    results r = {0};
    report_file kind;
    TRY(report_file_kind(path, &kind, f));
    TRY(gather(&r, db, mem, year, f));
    if (kind == FILE_PDF)
        return document_make(
            mem, &page_upright, NUMBERS_TOP, put_results, &r,
            &(canvas_facts){"Kết quả", r.contest->organizer, r.contest->name, r.day}, path, f);
    const report_table *tables[GROUPS_MOST];
    for (size_t i = 0; i < r.count; i++)
        tables[i] = &r.groups[i].table;
    return table_workbook(path, tables, r.count, r.contest->name, r.day, f);
}
