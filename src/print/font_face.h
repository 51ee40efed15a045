/* What font.c reads from a TrueType file and font_subset.c cuts from it. */
#ifndef PRINT_FONT_FACE_H
#define PRINT_FONT_FACE_H

#include "font.h"

typedef struct {
    const unsigned char *at; /* NULL: the file has no such table */
    size_t size;
} font_table;

struct font_face {
    const char *name; /* for sentences */
    char postscript_name[64];
    font_table head, hhea, maxp, hmtx, loca, glyf, cmap;
    size_t units_per_em, glyph_count, metric_count;
    bool long_loca;
    int ascent, descent, cap_height, italic_angle;
    font_box bounds;
};

/* Reads big-endian numbers; 0 beyond the table's end. */
unsigned font_u16(font_table t, size_t at);
int font_i16(font_table t, size_t at);
uint32_t font_u32(font_table t, size_t at);

/* The outline of a glyph, empty for blanks and for offsets that make no sense. */
font_table font_outline(const font_face *face, unsigned glyph);

#endif
