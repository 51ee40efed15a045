/* The retrospective's units: who sends how much, year by year, and district by district. */
#include "retrospective.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { HEAT_ROWS = 20, UNITS_MOST = 4000 };

typedef struct {
    const char *name;
    int64_t *of_year; /* entries */
    int64_t sum;
} unit_years;

/* More entries first, then by name. */
static int compare_units(const void *x, const void *y)
{
    const unit_years *a = x, *b = y;
    int more = (a->sum < b->sum) - (a->sum > b->sum);
    return more ? more : strcmp(a->name, b->name);
}

/* One row per unit and year, units together. */
static status read_unit_years(retrospective *r, unit_years *units, size_t *count, fault *f)
{
    cursor c;
    status st = OK;
    TRY(store_select(r->db, Q_REPORT_UNIT_YEARS, ARGS(v_int(r->from), v_int(r->to)), &c, f));
    while (st == OK && cursor_next(&c)) {
        if (!*count || strcmp(units[*count - 1].name, cursor_text(&c, 0)) != 0) {
            if (*count == UNITS_MOST)
                break;
            units[(*count)++] = (unit_years){cursor_copy(&c, 0, r->mem),
                                             ARENA_ARRAY(r->mem, int64_t, r->year_count), 0};
        }
        unit_years *u = &units[*count - 1];
        st = u->name && u->of_year ? OK : fault_memory(f);
        if (st != OK)
            break;
        u->of_year[cursor_int(&c, 1) - r->from] = cursor_int(&c, 2);
        u->sum += cursor_int(&c, 2);
    }
    status closed = cursor_close(&c, st == OK ? f : NULL);
    return st == OK ? closed : st;
}

/* A year that has entries at all says of every unit how many, also none; another one says nothing. */
static status make_heat(retrospective *r, fault *f)
{
    size_t count = 0, shown;
    unit_years *units = ARENA_ARRAY(r->mem, unit_years, UNITS_MOST);
    if (!units)
        return fault_memory(f);
    TRY(read_unit_years(r, units, &count, f));
    qsort(units, count, sizeof *units, compare_units);
    shown = count < HEAT_ROWS ? count : HEAT_ROWS;
    const char **rows = ARENA_ARRAY(r->mem, const char *, shown + 1);
    const char **columns = ARENA_ARRAY(r->mem, const char *, r->year_count);
    chart_value *values = ARENA_ARRAY(r->mem, chart_value, (shown + 1) * r->year_count);
    if (!rows || !columns || !values)
        return fault_memory(f);
    for (size_t k = 0; k < r->year_count; k++)
        if (!(columns[k] = arena_format(r->mem, "%d", (int)r->years[k].year)))
            return fault_memory(f);
    for (size_t i = 0; i < shown; i++) {
        rows[i] = units[i].name;
        for (size_t k = 0; k < r->year_count; k++)
            values[i * r->year_count + k] =
                (chart_value){r->years[k].entries > 0, units[i].of_year[k], ""};
    }
    r->heat = (heat_map){
        "Số bài của các đơn vị gửi nhiều nhất", rows, columns, shown, r->year_count, values};
    return OK;
}

static status make_league(retrospective *r, fault *f)
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

static status make_districts(retrospective *r, fault *f)
{
    static const report_column columns[] = {{"Quận, huyện, thị xã", 44, ALIGN_TEXT},
                                            {"Bài dự thi", 14, ALIGN_NUMBER},
                                            {"Số năm", 12, ALIGN_NUMBER},
                                            {"Tác giả", 13, ALIGN_NUMBER},
                                            {"Giải", 12, ALIGN_NUMBER}};
    cursor c;
    table_start(&r->districts, r->mem, "Theo quận, huyện, thị xã", columns,
                sizeof columns / sizeof *columns);
    TRY(store_select(r->db, Q_REPORT_DISTRICTS, ARGS(v_int(r->from), v_int(r->to)), &c, f));
    while (cursor_next(&c)) {
        table_text(&r->districts, cursor_text(&c, 0));
        for (int i = 1; i < 5; i++)
            table_number(&r->districts, cursor_int(&c, i));
    }
    return cursor_close(&c, f);
}

status retrospective_units(retrospective *r, fault *f)
{
    TRY(make_heat(r, f));
    TRY(make_league(r, f));
    return make_districts(r, f);
}
