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

/* "1.300–1.500 từ", "đến 2.000 từ*": a star marks what was carried over from another year. */
static void put_length(report_table *t, const contest_rules *rules)
{
    const figure *least = &rules->words_least, *most = &rules->words_most;
    char from[32], to[32];
    bool has_least = least->from != PROVENANCE_UNKNOWN, has_most = most->from != PROVENANCE_UNKNOWN;
    const char *star =
        least->from == PROVENANCE_INFERRED || most->from == PROVENANCE_INFERRED ? "*" : "";
    number_vietnamese(from, least->number);
    number_vietnamese(to, most->number);
    if (has_least && has_most)
        table_format(t, "%s–%s từ%s", from, to, star);
    else if (has_most)
        table_format(t, "đến %s từ%s", to, star);
    else if (has_least)
        table_format(t, "từ %s từ%s", from, star);
    else
        table_missing(t);
}

static void put_window(report_table *t, const contest_rules *rules)
{
    char opens[20] = "?", closes[20] = "?";
    bool has_opens = rules->opens.from != PROVENANCE_UNKNOWN;
    bool has_closes = rules->closes.from != PROVENANCE_UNKNOWN;
    bool inferred =
        rules->opens.from == PROVENANCE_INFERRED || rules->closes.from == PROVENANCE_INFERRED;
    if (has_opens)
        date_vietnamese(rules->opens.day, opens);
    if (has_closes)
        date_vietnamese(rules->closes.day, closes);
    if (has_opens || has_closes)
        table_format(t, "%s – %s%s", opens, closes, inferred ? "*" : "");
    else
        table_missing(t);
}

static status make_rules(retrospective *r, fault *f)
{
    static const report_column columns[] = {{"Năm", 9, ALIGN_MIDDLE},
                                            {"Độ dài bài viết", 17, ALIGN_MIDDLE},
                                            {"Thời gian nhận bài", 20, ALIGN_MIDDLE},
                                            {"Thể loại", 24, ALIGN_TEXT},
                                            {"Căn cứ của độ dài", 66, ALIGN_TEXT}};
    table_start(&r->rules, r->mem, "Thể lệ từng năm", columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < r->year_count; i++) {
        const contest *c = r->years[i].definition;
        table_year(&r->rules, r->years[i].year);
        if (!c) {
            for (int k = 0; k < 4; k++)
                table_missing(&r->rules);
            continue;
        }
        put_length(&r->rules, &c->rules);
        put_window(&r->rules, &c->rules);
        buffer tracks = BUFFER_INIT;
        for (size_t k = 0; k < c->track_count; k++)
            buffer_format(&tracks, "%s%s", k ? "; " : "", c->tracks[k].name);
        status st = buffer_check(&tracks, f);
        if (st == OK)
            table_text(&r->rules, tracks.size ? tracks.bytes : "");
        buffer_free(&tracks);
        TRY(st);
        table_text(&r->rules, c->rules.words_most.from == PROVENANCE_UNKNOWN
                                  ? "chưa tìm thấy"
                                  : c->rules.words_most.source);
    }
    return OK;
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
        table_year(t, y->year);
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
        table_year(&r->prizes, y->year);
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
        table_year(&r->winners, cursor_int(&c, 0));
        for (int i = 1; i < 5; i++)
            table_text(&r->winners, cursor_text(&c, i));
    }
    return cursor_close(&c, f);
}

static status make_honours(retrospective *r, fault *f)
{
    static const report_column columns[] = {
        {"Hình thức", 13, ALIGN_TEXT},  {"Người, đơn vị được khen", 30, ALIGN_TEXT},
        {"Đơn vị", 24, ALIGN_TEXT},     {"Giai đoạn", 15, ALIGN_MIDDLE},
        {"Quyết định", 22, ALIGN_TEXT}, {"Cơ quan khen thưởng", 26, ALIGN_TEXT}};
    cursor c;
    table_start(&r->honours, r->mem, "Khen thưởng cho cả giai đoạn", columns,
                sizeof columns / sizeof *columns);
    TRY(store_select(r->db, Q_REPORT_HONOURS, ARGS(v_int(r->from), v_int(r->to)), &c, f));
    while (cursor_next(&c)) {
        date day;
        char written[20] = "";
        if (date_parse(cursor_text(&c, 6), &day))
            date_vietnamese(day, written);
        for (int i = 0; i < 3; i++)
            table_text(&r->honours, cursor_text(&c, i));
        table_format(&r->honours, "%d–%d", (int)cursor_int(&c, 3), (int)cursor_int(&c, 4));
        table_format(&r->honours, "%s ngày %s", cursor_text(&c, 5), written);
        table_text(&r->honours, *cursor_text(&c, 7) ? cursor_text(&c, 7) : "Ban Tổ chức");
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
            table_year(&r->sources, r->years[i].year);
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
    TRY(make_rules(r, f));
    make_entries(r);
    TRY(make_prizes(r, f));
    TRY(make_winners(r, f));
    TRY(make_honours(r, f));
    make_sources(r);
    TRY(retrospective_units(r, f));
    TRY(retrospective_people(r, f));
    return retrospective_judging(r, f);
}
