/* A list of the command line as a workbook. */
#include "chamthi/print.h"
#include "table.h"

#include <stdlib.h>

static void put_cell(report_table *t, list_kind kind, const char *text)
{
    if (!*text)
        table_missing(t);
    else if (kind == LIST_NUMBER)
        table_year(t, strtoll(text, NULL, 10)); /* ids and years are lists' usual numbers */
    else if (kind == LIST_POINTS)
        table_points(t, strtoll(text, NULL, 10));
    else
        table_text(t, text);
}

status list_workbook(const char *path, arena *mem, const char *title, const list_column *columns,
                     size_t column_count, const char *const *cells, size_t cell_count, fault *f)
{
    report_table table;
    const report_table *tables[] = {&table};
    report_column *headings = ARENA_ARRAY(mem, report_column, column_count);
    if (!headings)
        return fault_memory(f);
    for (size_t i = 0; i < column_count; i++)
        headings[i] = (report_column){columns[i].heading, 1, ALIGN_TEXT};
    table_start(&table, mem, title, headings, column_count);
    for (size_t i = 0; i < cell_count; i++)
        put_cell(&table, columns[i % column_count].kind, cells[i]);
    return table_workbook(path, tables, 1, title, date_from_time(clock_now()), f);
}
