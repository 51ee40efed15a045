/* A CSV file with known columns. */
#include "listing.h"

#include "chamthi/nearest.h"
#include "chamthi/text.h"

#include <string.h>

/* Headings are compared without case, marks and punctuation; the Vietnamese ones are as good. */
static bool names_column(const listing_column *c, const char *heading)
{
    const char *names[] = {heading, c->name, c->vietnamese};
    buffer folds[3] = {BUFFER_INIT, BUFFER_INIT, BUFFER_INIT};
    for (size_t i = 0; i < 3; i++)
        text_fold((slice){names[i], strlen(names[i])}, &folds[i]);
    bool same = folds[0].size && (strcmp(folds[0].bytes, folds[1].bytes) == 0 ||
                                  strcmp(folds[0].bytes, folds[2].bytes) == 0);
    for (size_t i = 0; i < 3; i++)
        buffer_free(&folds[i]);
    return same;
}

static status place_columns(listing *r, size_t count, fault *f)
{
    const csv_row *head = &r->table.rows[0];
    const char *known[LISTING_COLUMNS + 1] = {NULL};
    for (size_t k = 0; k < count; k++) {
        known[k] = r->columns[k].name;
        r->at[k] = -1;
    }
    for (size_t i = 0; i < head->count; i++) {
        size_t k = 0;
        while (k < count && !names_column(&r->columns[k], head->cells[i]))
            k++;
        if (k == count && *head->cells[i]) {
            const char *near = nearest_word(head->cells[i], known);
            return FAIL(f, E_INPUT, "%s, dòng 1: không có cột nào tên “%s”%s%s%s",
                        "%s, line 1: there is no column called “%s”%s%s%s", r->path, head->cells[i],
                        near ? " → " : "", near ? near : "", near ? "?" : "");
        }
        if (k < count && r->at[k] >= 0)
            return FAIL(f, E_INPUT, "%s, dòng 1: cột “%s” có hai lần",
                        "%s, line 1: the column “%s” is there twice", r->path, head->cells[i]);
        if (k < count)
            r->at[k] = (int)i;
    }
    for (size_t k = 0; k < count; k++)
        if (r->columns[k].need == COLUMN_NEEDED && r->at[k] < 0)
            return FAIL(f, E_INPUT, "%s, dòng 1: thiếu cột %s", "%s, line 1: no column %s", r->path,
                        r->columns[k].name);
    return OK;
}

status listing_read(arena *mem, const char *path, const listing_column *columns, size_t count,
                    listing *out, fault *f)
{
    *out = (listing){.path = path, .columns = columns};
    TRY(csv_table_read(mem, path, &out->table, f));
    if (!out->table.count)
        return FAIL(f, E_INPUT, "%s: tệp rỗng; cần một dòng tên cột rồi mỗi mục một dòng",
                    "%s: the file is empty; it wants a row of headings, then a row for each item",
                    path);
    out->count = out->table.count - 1;
    return place_columns(out, count, f);
}

const char *listing_cell(const listing *r, size_t row, int column)
{
    return csv_cell(&r->table.rows[row + 1], r->at[column]);
}

status listing_blame(const listing *r, size_t row, int column, fault *f)
{
    return fault_prefix(f, "%s, dòng %zu, cột %s", "%s, line %zu, column %s", r->path,
                        listing_line(r, row), r->columns[column].name);
}
