/* Everything that ends on paper: certificates, receipts, score sheets, reports.
 *
 * Paper is A4 unless a template says otherwise. Dates in a PDF come from the data, never from the
 * clock: the same data give the same bytes. */
#ifndef CHAMTHI_PRINT_H
#define CHAMTHI_PRINT_H

#include "chamthi/award.h"

/* ---- certificates without a database ---- */
typedef struct {
    size_t pages;
    size_t bytes; /* of the file of all pages, 0 when none was asked for */
} make_result;

/* One page per row of a CSV file (interface.md §1, certificate make). `out` holds all pages, `each` is
 * a folder for one file per row, named by serial or row; either may be NULL. Every row is laid out
 * before a file is written; what does not fit or lacks a glyph is named by row and nothing is made. */
status certificate_make(arena *mem, const char *template_path, const char *recipients_path,
                        const char *out, const char *each, make_result *result, fault *f);

#endif
