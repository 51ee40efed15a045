/* What a canvas hands over to be written as a PDF file. */
#ifndef PRINT_CANVAS_FIXES_H
#define PRINT_CANVAS_FIXES_H

#include "canvas.h"

/* One face of a document: text is written as numbers of its glyphs, in the order of first use. */
typedef struct {
    const font_face *face; /* NULL: not used */
    uint16_t *numbers;     /* glyph of the face -> number here, 0: not used yet */
    uint16_t *glyphs;      /* number here -> glyph of the face; glyphs[0] is 0 */
    uint32_t *codes;       /* number here -> character */
    size_t count, capacity;
} pdf_font;

typedef struct {
    length x, y, width, height;
} pdf_area;

typedef struct {
    length width, height;
    buffer content;
    pdf_area cut; /* 0 wide: not cut */
    length bleed; /* around the cut */
} pdf_page;

typedef struct {
    char *title;
    int level;
    size_t page;
    length y;
} pdf_bookmark;

typedef struct {
    pdf_font fonts[FONT_COUNT];
    pdf_page *pages, *forms;
    size_t page_count, form_count;
    pdf_bookmark *bookmarks;
    size_t bookmark_count;
} pdf_parts;

/* Hundredths of a point. */
int pdf_points(length l);

/* Writes the file; empties the pages' and forms' contents on the way. In their operators fonts are
 * called /F0 … by font_id, forms /X0 …. */
status pdf_write(pdf_parts *parts, const canvas_facts *facts, buffer *out, fault *f);

#endif
