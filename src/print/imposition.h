/* How pages lie on the print shop's sheet: as many as fit, cut marks around them, colour beyond the cut. */
#ifndef PRINT_IMPOSITION_H
#define PRINT_IMPOSITION_H

#include "canvas.h"

enum {
    CUT_MARK = MM(5),
    CUT_MARK_GAP = MM(1)
}; /* a mark's length, and its distance from the bleed */

typedef struct {
    length width, height;    /* of the sheet, perhaps turned */
    length piece_x, piece_y; /* of one page after cutting */
    length bleed;            /* kept around each page */
    int columns, rows;
    length left, top; /* of the first page's cut */
} imposition;

/* Where pages of width × height lie on a sheet (0 × 0: a sheet made for one page); turned when more of
 * them fit then. E_INPUT when not even one fits with its bleed and marks. */
status imposition_plan(length width, length height, length sheet_width, length sheet_height,
                       length bleed, imposition *out, fault *f);
/* Top left corner of the cut of page `i` of a sheet, from 0. */
void imposition_place(const imposition *plan, int i, length *x, length *y);
/* Marks at the sheet's edges for every cut, none inside a page or its bleed. */
void imposition_marks(canvas *c, const imposition *plan);

#endif
