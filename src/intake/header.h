/* Which column of a list means what. Pure. */
#ifndef INTAKE_HEADER_H
#define INTAKE_HEADER_H

#include "manifest.h"

typedef struct {
    size_t row;              /* of the header; of its second line when it has two */
    int column[FIELD_COUNT]; /* -1: none */
    size_t matched;
} header_map;

/* Whether a list has a title and an author column. */
bool header_complete(const header_map *m);
/* The header is the first row near the top with a title and an author, alone or together with the row
 * below it ("Tác giả" over "Họ tên | Năm sinh"). When there is none, `out` is the row that came
 * closest. */
status header_find(arena *mem, const csv_table *t, header_map *out, fault *f);
/* E_INPUT: what is missing, and what was found instead. */
status header_fail(const csv_table *t, const char *name, const header_map *closest, fault *f);
/* The header again, as printed on each page, or "(1) (2) (3)" under it. */
bool header_repeated(arena *mem, const csv_row *row, const header_map *m);

#endif
