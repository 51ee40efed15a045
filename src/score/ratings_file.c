/* The CSV of points that file mode reads. */
#include "chamthi/ratings.h"

#include "chamthi/csv.h"

#include <string.h>

enum { TABLE_MEMORY = 1024 * 1024 * 1024, WHOLE_DIGITS = 8 };

typedef struct {
    int entry, judge, points, criterion;
} columns;

/* "7", "7.5", "7,25", "-0.50": hundredths. False when it is no such number. */
static bool parse_points(const char *text, int64_t *out)
{
    bool minus = *text == '-';
    text += minus || *text == '+';
    size_t digits = strspn(text, "0123456789");
    if (!digits || digits > WHOLE_DIGITS)
        return false;
    int64_t n = 0;
    for (size_t i = 0; i < digits; i++)
        n = n * 10 + (*text++ - '0');
    n *= 100;
    if (*text == '.' || *text == ',') {
        text++;
        for (int64_t unit = 10; *text >= '0' && *text <= '9'; text++, unit /= 10) {
            if (!unit && *text != '0')
                return false;
            n += (*text - '0') * unit;
        }
    }
    *out = minus ? -n : n;
    return !*text;
}

static status find_columns(const csv_table *t, const char *path, columns *at, fault *f)
{
    static const char *const entry[] = {"entry", "bài", "phách", "phach", NULL};
    static const char *const judge[] = {"judge", "giám khảo", NULL};
    static const char *const points[] = {"points", "điểm", NULL};
    static const char *const criterion[] = {"criterion", "tiêu chí", NULL};
    *at = (columns){csv_column(t, entry), csv_column(t, judge), csv_column(t, points),
                    csv_column(t, criterion)};
    const char *missing = at->entry < 0 ? "entry" : at->judge < 0 ? "judge" : "points";
    if (at->entry < 0 || at->judge < 0 || at->points < 0)
        return FAIL(
            f, E_INPUT,
            "%s, dòng 1: thiếu cột %s; cần các cột entry, judge, points (và criterion nếu có)",
            "%s, line 1: there is no column %s; entry, judge, points (and perhaps criterion) are "
            "wanted",
            path, missing);
    return OK;
}

static status read_row(const csv_row *row, const columns *at, const char *path, rating *out,
                       fault *f)
{
    const char *points = csv_cell(row, at->points);
    *out = (rating){.entry = csv_cell(row, at->entry),
                    .judge = csv_cell(row, at->judge),
                    .criterion = at->criterion < 0 ? NULL : csv_cell(row, at->criterion),
                    .blank = !*points,
                    .line = row->line};
    bool named = !out->criterion || *out->criterion;
    const char *empty = !*out->entry   ? "entry"
                        : !*out->judge ? "judge"
                        : named        ? NULL
                                       : "criterion";
    if (empty)
        return FAIL(f, E_INPUT, "%s, dòng %zu, cột %s: để trống; hãy điền vào",
                    "%s, line %zu, column %s: empty; fill it in", path, row->line, empty);
    if (!out->blank && !parse_points(points, &out->points))
        return FAIL(
            f, E_INPUT,
            "%s, dòng %zu, cột points: “%s” không phải điểm (số có tối đa hai chữ số thập phân; "
            "để trống nếu không chấm)",
            "%s, line %zu, column points: “%s” are no points (a number with at most two "
            "decimals; leave it blank when nothing was given)",
            path, row->line, points);
    return OK;
}

static status read_rows(arena *work, arena *mem, const char *path, ratings *out, fault *f)
{
    csv_table table;
    columns at;
    TRY(csv_table_read(work, path, &table, f));
    TRY(find_columns(&table, path, &at, f));
    size_t count = table.count - 1;
    rating *rows = ARENA_ARRAY(work, rating, count + 1);
    if (!rows)
        return fault_memory(f);
    for (size_t i = 0; i < count; i++)
        TRY(read_row(&table.rows[i + 1], &at, path, &rows[i], f));
    ratings built;
    TRY(ratings_build(work, path, rows, count, &built, f));
    return ratings_copy(mem, &built, out, f);
}

status ratings_read(arena *mem, const char *path, ratings *out, fault *f)
{
    arena *work = arena_new(TABLE_MEMORY);
    status st = work ? read_rows(work, mem, path, out, f) : fault_memory(f);
    arena_free(work);
    return st;
}
