/* How many entries of each row a judge, and a unit's judges together, may read. Rows are the index's
 * own (all entries of a track and language) or its classes. */
#ifndef ASSIGN_ROWS_H
#define ASSIGN_ROWS_H

#include "index.h"

typedef struct {
    const deal_index *x;
    const entry_run *row;
    size_t count;
    const uint32_t *room; /* [row * judges + judge] */
    const uint32_t *gate; /* [row * units + unit]; NULL: all entries of the row */
    const int64_t *share; /* [group * judges + judge]: most of it for them; NULL: no such rule */
} deal_rows;

/* Few rows: a relaxation that forgets which entries are the forbidden ones. */
status rows_coarse(arena *mem, const deal_index *x, deal_rows *out, fault *f);
/* The same rows with another largest share (ten-thousandths; 0: twice an even part, no more). */
status rows_with_share(arena *mem, const deal_rows *coarse, int64_t share, deal_rows *out,
                       fault *f);
/* One row for each class: exact, but large. E_LIMIT when it has more than ROWS_CELLS_MOST cells. */
enum { ROWS_CELLS_MOST = 8 * 1024 * 1024 };
status rows_fine(arena *mem, const deal_index *x, const deal_rows *coarse, deal_rows *out,
                 fault *f);

static inline int64_t rows_room(const deal_rows *r, size_t row, size_t judge)
{
    return r->room[row * r->x->judges + judge];
}
static inline int64_t rows_gate(const deal_rows *r, size_t row, uint32_t unit)
{
    return r->gate ? r->gate[row * r->x->units + unit] : (int64_t)r->row[row].count;
}

#endif
