/* Pages of text and tables: A4, one column, as NĐ 30/2020 lays out the state's papers. */
#ifndef PRINT_DOCUMENT_H
#define PRINT_DOCUMENT_H

#include "lines.h"
#include "table.h"

enum {
    INK = 0x1E1A17,
    INK_RED = 0xB5121B,
    INK_GOLD = 0xA67C24,
    INK_GRAY = 0x6B645E,
    INK_RULE = 0xB9B0A5,
    PAPER_SHADE = 0xF7F0E0
};

typedef struct {
    length width, height, left, right, top, bottom; /* the last four are margins */
} page_shape;
extern const page_shape page_upright, page_sideways;

typedef enum {
    NUMBERS_TOP,    /* centred in the top margin, none on the first page: NĐ 30/2020 */
    NUMBERS_BOTTOM, /* "Trang 2/9" below, none on the first page */
    NUMBERS_NONE
} page_numbers;

typedef struct {
    text_style style;
    text_anchor align;
    bool justified;       /* all lines but the last */
    length first, indent; /* of the first line; of all */
    length before, after;
    int leading; /* percent */
} paragraph_style;
extern const paragraph_style paragraph_body, paragraph_center, paragraph_note;

typedef struct {
    canvas *c;
    arena *mem;
    page_shape shape;
    page_numbers numbers;
    length y;             /* the next thing goes below it */
    size_t section_start; /* page, from 0, on which numbering began */
} document;

status document_page(document *d, fault *f); /* begins a new page */
length document_width(const document *d);    /* between the margins */
/* A new page when less than `height` is left on this one. */
status document_need(document *d, length height, fault *f);
/* Starts counting pages anew, for papers of several recipients in one file. */
status document_section(document *d, fault *f);
void document_skip(document *d, length height);

status document_paragraph(document *d, const paragraph_style *style, const char *text, fault *f);
/* Dotted lines across the page, for writing by hand. */
status document_blanks(document *d, size_t lines, fault *f);
/* A heading stays with what follows and stands in the side panel. */
status document_heading(document *d, int level, const char *text, fault *f);
/* The table's title, its header on every page, its rows whole. `row_least`: rows are at least that
 * high, for writing by hand. */
status document_table(document *d, const report_table *t, length row_least, fault *f);
/* "CỘNG HÒA …" on the right, the organizer on the left, both with their rules. */
status document_letterhead(document *d, const char *organizer, const char *number, fault *f);

typedef struct {
    const char *title, *note, *name; /* "THƯ KÝ", "(Ký, ghi rõ họ tên)", printed below the gap */
} signature;
/* Side by side, three in a row, `gap` free for each hand; a row is never torn apart. */
enum { SIGN_GAP = MM(30), SIGN_GAP_SMALL = MM(18) };
/* What they take, to keep the text before them on their page. */
length document_signatures_height(size_t count, length gap);
status document_signatures(document *d, const signature *list, size_t count, length gap, fault *f);

/* Makes a whole paper: `body` draws it, then its pages are numbered and it is written, complete or not at
 * all. The facts are read when the body is done. */
typedef status (*document_body)(document *d, void *what, fault *f);
status document_make(arena *mem, const page_shape *shape, page_numbers numbers, document_body body,
                     void *what, const canvas_facts *facts, const char *path, fault *f);

#endif
