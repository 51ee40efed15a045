/* Finds a table's columns by their headers, in Vietnamese or English, however they are written. */
#include "chamthi/award.h"
#include "chamthi/text.h"

#include <string.h>

static bool goes_by(const column_names *names, const char *header)
{
    if (strcmp(names->key, header) == 0)
        return true;
    for (const char *const *h = names->headers; h && *h; h++)
        if (strcmp(*h, header) == 0)
            return true;
    return false;
}

status columns_find(arena *mem, const csv_table *t, const column_names *names, size_t count,
                    int *columns, fault *f)
{
    for (size_t i = 0; i < count; i++)
        columns[i] = -1;
    for (size_t k = 0; t->count && k < t->rows[0].count; k++) {
        char *header = text_fold_string(mem, t->rows[0].cells[k]);
        if (!header)
            return fault_memory(f);
        for (size_t i = 0; i < count; i++)
            if (columns[i] < 0 &&
                (goes_by(&names[i], header) || strcmp(names[i].key, t->rows[0].cells[k]) == 0))
                columns[i] = (int)k;
    }
    return OK;
}
