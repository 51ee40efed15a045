/* Finds a table's columns by their headers, in Vietnamese or English, however they are written. */
#include "chamthi/award.h"
#include "chamthi/text.h"

#include <string.h>

enum { HEADER_SEARCH = 20 };

static bool goes_by(const column_names *names, const char *header)
{
    if (strcmp(names->key, header) == 0)
        return true;
    for (const char *const *h = names->headers; h && *h; h++)
        if (strcmp(*h, header) == 0)
            return true;
    return false;
}

/* A header goes by all of it, or by what stands before its bracket: "Đơn vị (nếu có)". */
static status map_cell(arena *mem, const char *cell, int column, const column_names *names,
                       size_t count, int *columns, fault *f)
{
    const char *head = arena_copy(mem, cell, strcspn(cell, "("));
    const char *whole = text_fold_string(mem, cell);
    const char *before = head ? text_fold_string(mem, head) : NULL;
    if (!whole || !before)
        return fault_memory(f);
    for (size_t i = 0; i < count; i++)
        if (columns[i] < 0 && (strcmp(names[i].key, cell) == 0 || goes_by(&names[i], whole) ||
                               goes_by(&names[i], before)))
            columns[i] = column;
    return OK;
}

static status map_row(arena *mem, const csv_row *row, const column_names *names, size_t count,
                      int *columns, size_t *found, fault *f)
{
    *found = 0;
    for (size_t i = 0; i < count; i++)
        columns[i] = -1;
    for (size_t k = 0; k < row->count; k++)
        TRY(map_cell(mem, row->cells[k], (int)k, names, count, columns, f));
    for (size_t i = 0; i < count; i++)
        *found += columns[i] >= 0;
    return OK;
}

status columns_find(arena *mem, csv_table *t, const column_names *names, size_t count, int *columns,
                    fault *f)
{
    size_t header = 0, most = 0, found;
    for (size_t row = 0; row < t->count && row < HEADER_SEARCH; row++) {
        TRY(map_row(mem, &t->rows[row], names, count, columns, &found, f));
        if (found > most) {
            most = found;
            header = row;
        }
    }
    t->rows += header;
    t->count -= header;
    return map_row(mem, t->count ? &t->rows[0] : &(csv_row){0}, names, count, columns, &found, f);
}
