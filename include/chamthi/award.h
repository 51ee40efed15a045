/* Prizes, decisions and the register of certificates. */
#ifndef CHAMTHI_AWARD_H
#define CHAMTHI_AWARD_H

#include "chamthi/contest.h"
#include "chamthi/csv.h"

/* ---- tables people send ---- */
/* One column: a key and the headers it goes by, already folded (no accents, no case, one blank
 * between words), NULL at the end. */
typedef struct {
    const char *key;
    const char *const *headers;
} column_names;

/* Finds the columns in the first row; columns[i] is -1 when names[i] is missing. */
status columns_find(arena *mem, const csv_table *t, const column_names *names, size_t count,
                    int *columns, fault *f);

#endif
