/* The faces that may be printed with: TrueType files of Debian's packages, read with bounds checks,
 * measured, and cut down to the glyphs a document uses.
 *
 * Only these faces, because they hold every Vietnamese letter and were compared pixel by pixel with
 * FreeType (tests/unit/print.c). */
#ifndef PRINT_FONT_H
#define PRINT_FONT_H

#include "chamthi/buffer.h"

#include <stdint.h>

typedef enum {
    FONT_SERIF, /* Liberation Serif: the metric twin of Times New Roman, which the state's layout asks */
    FONT_SERIF_BOLD,
    FONT_SERIF_ITALIC,
    FONT_SERIF_BOLD_ITALIC,
    FONT_DISPLAY, /* Noto Serif Display Bold: titles and names */
    FONT_COUNT
} font_id;

/* "serif-bold" as templates write it; false when there is no such font. */
bool font_find(const char *name, font_id *out);
const char *font_label(font_id id); /* "Liberation Serif Bold" */

/* Lengths in thousandths of an em, upwards positive. */
typedef struct {
    int left, bottom, right, top;
} font_box;

typedef struct font_face font_face;
typedef struct font_book font_book;

/* The book loads a face when it is first asked for and keeps it. $CHAMTHI_FONTS takes the place of
 * /usr/share/fonts/truetype. E_SYSTEM names the missing file and its package. */
status font_book_new(font_book **out, fault *f);
void font_book_free(font_book *b); /* NULL is fine */
status font_book_face(font_book *b, font_id id, const font_face **out, fault *f);

/* Reads a face from bytes that stay alive; `name` is for the sentence. E_INPUT when it is no usable
 * TrueType font: no glyf outlines, or a table that points outside the file. */
status font_face_parse(arena *mem, const char *name, slice bytes, font_face **out, fault *f);

uint16_t font_glyph(const font_face *face, uint32_t code); /* 0: the face has no such character */
int font_advance(const font_face *face, uint16_t glyph);   /* as viewers step: a whole number */
font_box font_glyph_box(const font_face *face, uint16_t glyph); /* ink; all 0 for a blank */
const char *font_postscript_name(const font_face *face);
int font_ascent(const font_face *face);
int font_descent(const font_face *face); /* negative */
int font_cap_height(const font_face *face);
int font_italic_angle(const font_face *face); /* degrees, negative for slanted faces */
font_box font_bounds(const font_face *face);

/* Appends a TrueType file holding the glyphs in that order (glyphs[0] must be 0, the empty box) and,
 * after them, the parts their composites are made of, at any depth. Hinting is left out. */
status font_subset(const font_face *face, const uint16_t *glyphs, size_t count, buffer *out,
                   fault *f);

#endif
