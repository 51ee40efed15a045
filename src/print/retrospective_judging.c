/* The retrospective's judging: the rounds, how severe each judge was over the years, texts that came
 * back in a later year. Judges stand by their codes only. */
#include "retrospective.h"

#include "chamthi/fit.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { JUDGES_MOST = 400, READINGS_MOST = 200000, READINGS_LEAST = 2 };

static status make_rounds(retrospective *r, fault *f)
{
    static const report_column columns[] = {{"Năm", 9, ALIGN_MIDDLE},
                                            {"Vòng", 22, ALIGN_TEXT},
                                            {"Bài", 10, ALIGN_NUMBER},
                                            {"Giám khảo", 12, ALIGN_NUMBER},
                                            {"Giám khảo/bài", 13, ALIGN_NUMBER},
                                            {"Phiếu đã nộp", 12, ALIGN_NUMBER},
                                            {"Điểm cao nhất", 12, ALIGN_NUMBER},
                                            {"Điểm thấp nhất", 12, ALIGN_NUMBER}};
    cursor c;
    table_start(&r->rounds, r->mem, "Các vòng chấm", columns, sizeof columns / sizeof *columns);
    TRY(store_select(r->db, Q_REPORT_ROUNDS, ARGS(v_int(r->from), v_int(r->to)), &c, f));
    while (cursor_next(&c)) {
        bool held = cursor_int(&c, 3) > 0;
        if (!held)
            continue;
        table_year(&r->rounds, cursor_int(&c, 0));
        table_text(&r->rounds, cursor_text(&c, 1));
        table_number(&r->rounds, cursor_int(&c, 3));
        table_number(&r->rounds, cursor_int(&c, 4));
        table_number(&r->rounds, cursor_int(&c, 2));
        table_number(&r->rounds, cursor_int(&c, 5));
        for (int i = 6; i < 8; i++) {
            if (cursor_null(&c, i))
                table_missing(&r->rounds);
            else
                table_points(&r->rounds, cursor_int(&c, i));
        }
    }
    return cursor_close(&c, f);
}

/* ---- severity ---- */
typedef struct {
    const char *code;
    bool *judged;     /* by year */
    int64_t *leaning; /* hundredths; below 0 is severe */
} judge_years;

static judge_years *find_judge(retrospective *r, judge_years *judges, size_t *count,
                               const char *code)
{
    for (size_t i = 0; i < *count; i++)
        if (strcmp(judges[i].code, code) == 0)
            return &judges[i];
    if (*count == JUDGES_MOST)
        return NULL;
    judges[*count] =
        (judge_years){arena_string(r->mem, code), ARENA_ARRAY(r->mem, bool, r->year_count),
                      ARENA_ARRAY(r->mem, int64_t, r->year_count)};
    judge_years *j = &judges[*count];
    if (!j->code || !j->judged || !j->leaning)
        return NULL;
    (*count)++;
    return j;
}

static status read_readings(retrospective *r, arena *mem, int64_t year, rating **out, size_t *count,
                            fault *f)
{
    cursor c;
    status st = OK;
    *out = ARENA_ARRAY(mem, rating, READINGS_MOST);
    *count = 0;
    if (!*out)
        return fault_memory(f);
    TRY(store_select(r->db, Q_REPORT_READINGS, ARGS(v_int(year)), &c, f));
    while (st == OK && *count < READINGS_MOST && cursor_next(&c)) {
        rating *x = &(*out)[(*count)++];
        *x = (rating){.entry = cursor_copy(&c, 0, mem),
                      .judge = cursor_copy(&c, 1, mem),
                      .points = cursor_int(&c, 2)};
        st = x->entry && x->judge ? OK : fault_memory(f);
    }
    status closed = cursor_close(&c, st == OK ? f : NULL);
    return st == OK ? closed : st;
}

/* How far each judge's marks lie above or below what the same entries got from the others. */
static status read_year(retrospective *r, arena *mem, size_t at, judge_years *judges, size_t *count,
                        fault *f)
{
    rating *rows;
    size_t rows_count;
    ratings table;
    fit result;
    fit_options options = {.method = FIT_LS};
    TRY(read_readings(r, mem, r->years[at].year, &rows, &rows_count, f));
    if (!rows_count)
        return OK;
    TRY(ratings_build(mem, "database", rows, rows_count, &table, f));
    if (table.judge_count < 2 || table.group_count > 1) /* nobody to compare with */
        return OK;
    TRY(fit_run(mem, &table, &options, &result, f));
    for (size_t k = 0; k < table.judge_count; k++) {
        if (result.judges[k].n < READINGS_LEAST)
            continue;
        judge_years *j = find_judge(r, judges, count, table.judges[k]);
        if (!j)
            return FAIL(f, E_LIMIT, "hơn %d giám khảo", "more than %d judges", JUDGES_MOST);
        j->judged[at] = true;
        j->leaning[at] = (int64_t)llround(100 * result.judges[k].effect);
    }
    return OK;
}

static int compare_judges(const void *a, const void *b)
{
    return strcmp(((const judge_years *)a)->code, ((const judge_years *)b)->code);
}

static void list_severity(retrospective *r, const judge_years *judges, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        table_text(&r->severity, judges[i].code);
        for (size_t k = 0; k < r->year_count; k++) {
            if (judges[i].judged[k])
                table_points(&r->severity, judges[i].leaning[k]);
            else
                table_missing(&r->severity);
        }
    }
}

static status make_severity(retrospective *r, fault *f)
{
    size_t count = 0;
    judge_years *judges = ARENA_ARRAY(r->mem, judge_years, JUDGES_MOST);
    report_column *columns = ARENA_ARRAY(r->mem, report_column, r->year_count + 1);
    if (!judges || !columns)
        return fault_memory(f);
    columns[0] = (report_column){"Giám khảo (mã)", 22, ALIGN_TEXT};
    for (size_t k = 0; k < r->year_count; k++) {
        columns[k + 1] =
            (report_column){arena_format(r->mem, "%d", (int)r->years[k].year), 11, ALIGN_NUMBER};
        if (!columns[k + 1].heading)
            return fault_memory(f);
    }
    table_start(&r->severity, r->mem, "Mức chấm của giám khảo qua các năm", columns,
                r->year_count + 1);
    for (size_t k = 0; k < r->year_count; k++) {
        arena *scratch = arena_new(512u << 20);
        status st = scratch ? read_year(r, scratch, k, judges, &count, f) : fault_memory(f);
        arena_free(scratch);
        TRY(st);
    }
    qsort(judges, count, sizeof *judges, compare_judges);
    list_severity(r, judges, count);
    return OK;
}

/* ---- texts that came back ---- */
static const char *status_words(const char *word)
{
    return strcmp(word, "accepted") == 0    ? "đã xác nhận"
           : strcmp(word, "dismissed") == 0 ? "bỏ qua"
                                            : "chưa kết luận";
}

static status make_returned(retrospective *r, fault *f)
{
    static const report_column columns[] = {{"Bài trước", 38, ALIGN_TEXT},
                                            {"Bài sau", 38, ALIGN_TEXT},
                                            {"Phần giống của bài sau (%)", 15, ALIGN_NUMBER},
                                            {"Cùng tác giả", 11, ALIGN_MIDDLE},
                                            {"Kết luận", 18, ALIGN_TEXT}};
    cursor c;
    table_start(&r->returned, r->mem, "Bài có đoạn giống bài của năm trước", columns,
                sizeof columns / sizeof *columns);
    TRY(store_select(r->db, Q_REPORT_RETURNED, ARGS(v_int(r->from), v_int(r->to)), &c, f));
    while (cursor_next(&c)) {
        table_format(&r->returned, "%s “%s”", cursor_text(&c, 1), cursor_text(&c, 2));
        table_format(&r->returned, "%s “%s”", cursor_text(&c, 4), cursor_text(&c, 5));
        table_points(&r->returned, cursor_int(&c, 7));
        table_text(&r->returned, cursor_int(&c, 8) ? "có" : "không");
        table_text(&r->returned, status_words(cursor_text(&c, 9)));
    }
    return cursor_close(&c, f);
}

status retrospective_judging(retrospective *r, fault *f)
{
    TRY(make_rounds(r, f));
    TRY(make_severity(r, f));
    return make_returned(r, f);
}
