/* Gathers the retrospective's tables: what the database counts, and what was published. */
#include "retrospective.h"

#include <stdio.h>
#include <string.h>

enum { PRIZES_MOST = 12 };

const figure *published_figure(const year_facts *y, const char *key)
{
    for (size_t i = 0; y->definition && i < y->definition->published_count; i++)
        if (strcmp(y->definition->published[i].key, key) == 0)
            return y->definition->published[i].value.from == PROVENANCE_UNKNOWN
                       ? NULL
                       : &y->definition->published[i].value;
    return NULL;
}

/* ---- years ---- */
static status read_year(retrospective *r, year_facts *y, fault *f)
{
    cursor c;
    contest *definition = NULL;
    fault none = {0};
    status st = contest_get(r->db, r->mem, y->year, &definition, &none);
    if (st == E_MISSING)
        return OK;
    if (st != OK) {
        if (f)
            *f = none;
        return st;
    }
    y->definition = r->latest = definition;
    TRY(store_select(r->db, Q_REPORT_YEAR, ARGS(v_int(y->year)), &c, f));
    if (cursor_next(&c)) {
        int64_t *to[] = {&y->entries, &y->authors,     &y->units,       &y->tracks,
                         &y->prizes,  &y->collectives, &y->certificates};
        for (int i = 0; i < 7; i++)
            *to[i] = cursor_int(&c, i);
    }
    return cursor_close(&c, f);
}

static status read_years(retrospective *r, fault *f)
{
    r->year_count = (size_t)(r->to - r->from + 1);
    r->years = ARENA_ARRAY(r->mem, year_facts, r->year_count);
    if (!r->years)
        return fault_memory(f);
    for (size_t i = 0; i < r->year_count; i++) {
        r->years[i].year = r->from + (int64_t)i;
        TRY(read_year(r, &r->years[i], f));
    }
    if (!r->latest)
        return FAIL(f, E_CONFLICT,
                    "không có cuộc thi nào từ %d đến %d; hãy nạp: chamthi contest load",
                    "there is no contest from %d to %d; load them: chamthi contest load",
                    (int)r->from, (int)r->to);
    return OK;
}

/* The day of the last year's last decision, else that year's last day: never today. */
static status read_day(retrospective *r, fault *f)
{
    cursor c;
    r->day = (date){(int)r->latest->year, 12, 31};
    TRY(store_select(r->db, Q_REPORT_LAST_DECISION, ARGS(v_int(r->latest->year)), &c, f));
    if (cursor_next(&c))
        date_parse(cursor_text(&c, 0), &r->day);
    return cursor_close(&c, f);
}

/* ---- tables ---- */
static void put_year(report_table *t, int64_t year)
{
    char text[24];
    snprintf(text, sizeof text, "%d", (int)year);
    table_text(t, text);
}

/* A count of zero in a year without any row means nothing was kept, not that nobody took part. */
static void put_counted(report_table *t, const year_facts *y, int64_t count, int64_t any)
{
    if (y->definition && any)
        table_number(t, count);
    else
        table_missing(t);
}

static void put_published(report_table *t, const year_facts *y, const char *key)
{
    const figure *p = published_figure(y, key);
    if (!p)
        table_missing(t);
    else
        table_remark(t, p->number, p->from == PROVENANCE_INFERRED ? "*" : "");
}

static void make_entries(retrospective *r)
{
    static const report_column columns[] = {{"Năm", 9, ALIGN_MIDDLE},
                                            {"Bài trong cơ sở dữ liệu", 12, ALIGN_NUMBER},
                                            {"Tác giả", 9, ALIGN_NUMBER},
                                            {"Đơn vị gửi", 9, ALIGN_NUMBER},
                                            {"Thể loại", 9, ALIGN_NUMBER},
                                            {"Tổng số theo công bố", 12, ALIGN_NUMBER},
                                            {"Bài viết (công bố)", 12, ALIGN_NUMBER},
                                            {"Báo chí (công bố)", 12, ALIGN_NUMBER},
                                            {"Cấp cơ sở (công bố)", 13, ALIGN_NUMBER}};
    report_table *t = &r->entries;
    int64_t sum = 0;
    table_start(t, r->mem, "Bài dự thi theo năm", columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < r->year_count; i++) {
        const year_facts *y = &r->years[i];
        sum += y->entries;
        put_year(t, y->year);
        put_counted(t, y, y->entries, y->entries);
        put_counted(t, y, y->authors, y->entries);
        put_counted(t, y, y->units, y->entries);
        put_counted(t, y, y->tracks, y->entries);
        put_published(t, y, "entries");
        put_published(t, y, "essays");
        put_published(t, y, "press_works");
        put_published(t, y, "base_entries");
    }
    table_text(t, "Cộng");
    table_number(t, sum);
    for (int i = 0; i < 7; i++)
        table_text(t, "");
}

/* Names of the prizes given in these years, best first. */
static status read_prize_names(retrospective *r, const char **names, size_t *count, fault *f)
{
    cursor c;
    *count = 0;
    TRY(store_select(r->db, Q_REPORT_PRIZES, ARGS(v_int(r->from), v_int(r->to)), &c, f));
    while (*count < PRIZES_MOST && cursor_next(&c))
        names[(*count)++] = cursor_copy(&c, 0, r->mem);
    return cursor_close(&c, f);
}

static status make_prizes(retrospective *r, fault *f)
{
    const char *names[PRIZES_MOST];
    size_t count;
    TRY(read_prize_names(r, names, &count, f));
    report_column *columns = ARENA_ARRAY(r->mem, report_column, count + 5);
    if (!columns)
        return fault_memory(f);
    columns[0] = (report_column){"Năm", 9, ALIGN_MIDDLE};
    for (size_t k = 0; k < count; k++)
        columns[k + 1] = (report_column){names[k], 10, ALIGN_NUMBER};
    columns[count + 1] = (report_column){"Cộng", 9, ALIGN_NUMBER};
    columns[count + 2] = (report_column){"Theo công bố", 10, ALIGN_NUMBER};
    columns[count + 3] = (report_column){"Tập thể", 9, ALIGN_NUMBER};
    columns[count + 4] = (report_column){"Tập thể (công bố)", 11, ALIGN_NUMBER};
    table_start(&r->prizes, r->mem, "Giải thưởng theo năm", columns, count + 5);
    for (size_t i = 0; i < r->year_count; i++) {
        const year_facts *y = &r->years[i];
        put_year(&r->prizes, y->year);
        for (size_t k = 0; k < count; k++) {
            int64_t n;
            TRY(store_int(r->db, Q_REPORT_PRIZE_COUNT, ARGS(v_int(y->year), v_text(names[k])), &n,
                          f));
            put_counted(&r->prizes, y, n, y->prizes);
        }
        put_counted(&r->prizes, y, y->prizes, y->prizes);
        put_published(&r->prizes, y, "prizes");
        put_counted(&r->prizes, y, y->collectives, y->prizes + y->collectives);
        put_published(&r->prizes, y, "collectives");
    }
    return OK;
}

static status make_winners(retrospective *r, fault *f)
{
    static const report_column columns[] = {{"Năm", 8, ALIGN_MIDDLE},
                                            {"Giải", 16, ALIGN_TEXT},
                                            {"Người nhận", 24, ALIGN_TEXT},
                                            {"Tác phẩm", 30, ALIGN_TEXT},
                                            {"Đơn vị", 28, ALIGN_TEXT}};
    cursor c;
    table_start(&r->winners, r->mem, "Các giải đã trao", columns, sizeof columns / sizeof *columns);
    TRY(store_select(r->db, Q_REPORT_WINNERS, ARGS(v_int(r->from), v_int(r->to)), &c, f));
    while (cursor_next(&c)) {
        put_year(&r->winners, cursor_int(&c, 0));
        for (int i = 1; i < 5; i++)
            table_text(&r->winners, cursor_text(&c, i));
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
        put_year(&r->repeated, cursor_int(&c, 2));
        put_year(&r->repeated, cursor_int(&c, 3));
    }
    return cursor_close(&c, f);
}

static status make_units(retrospective *r, fault *f)
{
    static const report_column columns[] = {{"Đơn vị", 50, ALIGN_TEXT},
                                            {"Số bài gửi", 14, ALIGN_NUMBER},
                                            {"Số năm tham gia", 14, ALIGN_NUMBER},
                                            {"Số giải", 12, ALIGN_NUMBER}};
    cursor c;
    table_start(&r->units, r->mem, "Đơn vị gửi nhiều bài nhất", columns,
                sizeof columns / sizeof *columns);
    TRY(store_select(r->db, Q_REPORT_UNITS, ARGS(v_int(r->from), v_int(r->to)), &c, f));
    while (cursor_next(&c)) {
        table_text(&r->units, cursor_text(&c, 0));
        for (int i = 1; i < 4; i++)
            table_number(&r->units, cursor_int(&c, i));
    }
    return cursor_close(&c, f);
}

static void make_sources(retrospective *r)
{
    static const report_column columns[] = {{"Năm", 8, ALIGN_MIDDLE},
                                            {"Số liệu", 20, ALIGN_TEXT},
                                            {"Giá trị", 10, ALIGN_NUMBER},
                                            {"Mức tin cậy", 14, ALIGN_TEXT},
                                            {"Nguồn", 60, ALIGN_TEXT}};
    static const char *const words[][2] = {
        {"entries", "Tổng số bài, tác phẩm"}, {"essays", "Bài viết"},
        {"press_works", "Tác phẩm báo chí"},  {"base_entries", "Bài ở cấp cơ sở"},
        {"agencies", "Cơ quan báo chí"},      {"prizes", "Giải thưởng"},
        {"collectives", "Tập thể được khen"}};
    table_start(&r->sources, r->mem, "Nguồn của số liệu công bố", columns,
                sizeof columns / sizeof *columns);
    for (size_t i = 0; i < r->year_count; i++)
        for (size_t k = 0; k < sizeof words / sizeof *words; k++) {
            const figure *p = published_figure(&r->years[i], words[k][0]);
            if (!p)
                continue;
            put_year(&r->sources, r->years[i].year);
            table_text(&r->sources, words[k][1]);
            table_number(&r->sources, p->number);
            table_text(&r->sources, p->from == PROVENANCE_FOUND ? "có nguồn" : "suy ra (*)");
            table_text(&r->sources, p->source);
        }
}

status retrospective_gather(retrospective *r, store *db, arena *mem, int64_t from, int64_t to,
                            fault *f)
{
    *r = (retrospective){.db = db, .mem = mem, .from = from, .to = to};
    TRY(read_years(r, f));
    TRY(read_day(r, f));
    make_entries(r);
    TRY(make_prizes(r, f));
    TRY(make_winners(r, f));
    TRY(make_repeated(r, f));
    TRY(make_units(r, f));
    make_sources(r);
    return OK;
}
