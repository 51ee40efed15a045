/* Drawing pages: lengths in hundredths of a millimetre from the page's top left corner, x to the
 * right and y downwards, as one measures paper. Everything is rounded to 0.01 pt, dates come from the
 * caller, so the same calls give the same bytes.
 *
 * Text is UTF-8; it is composed (NFC) before it is drawn, and a character the font lacks is refused,
 * never replaced. The PDF is made in memory by canvas_save(): a full disk is the file writer's fault
 * to report. */
#ifndef PRINT_CANVAS_H
#define PRINT_CANVAS_H

#include "font.h"

#include "chamthi/clock.h"

typedef int length; /* hundredths of a millimetre */
#define MM(millimetres) ((length)(100 * (millimetres)))

enum { A4_SHORT = MM(210), A4_LONG = MM(297) };

typedef struct {
    font_id font;
    int size;       /* hundredths of a point */
    int spacing;    /* added between letters, hundredths of a point */
    unsigned color; /* 0xRRGGBB */
} text_style;

typedef enum { ANCHOR_LEFT, ANCHOR_CENTER, ANCHOR_RIGHT } text_anchor;

typedef struct {
    length width;
    length above, below; /* ink, from the baseline; `below` is 0 for text without descenders */
} text_extent;

typedef enum { PAINT_FILL, PAINT_FILL_EVEN_ODD, PAINT_STROKE, PAINT_BOTH, PAINT_CLIP } paint;

typedef struct canvas canvas;

/* `fonts` must outlive the canvas. */
status canvas_new(canvas **out, font_book *fonts, fault *f);
void canvas_free(canvas *c); /* NULL is fine */
/* Begins a page; everything drawn goes there until the next one. */
status canvas_page(canvas *c, length width, length height, fault *f);
/* The present page is to be cut to that rectangle, and its colour reaches `bleed` beyond. */
void canvas_page_cut(canvas *c, length x, length y, length width, length height, length bleed);
size_t canvas_page_count(const canvas *c);
void canvas_select(canvas *c, size_t page); /* goes back to an earlier page, from 0 */
/* An entry in the reader's side panel, leading to that height of the present page. Level 0 or 1. */
status canvas_bookmark(canvas *c, int level, length y, const char *title, fault *f);

typedef struct {
    const char *title, *author, *subject;
    date day; /* stands in the PDF as its creation date */
} canvas_facts;
/* Appends the PDF's bytes; the canvas can only be freed afterwards. */
status canvas_save(canvas *c, const canvas_facts *facts, buffer *out, fault *f);

/* ---- lines and areas; a failed allocation shows in canvas_save ---- */
void canvas_fill_color(canvas *c, unsigned color);
void canvas_line_color(canvas *c, unsigned color);
void canvas_line_width(canvas *c, length width);
void canvas_line_round(canvas *c);                  /* round joins and ends, until canvas_pop */
void canvas_dash(canvas *c, length on, length off); /* 0, 0: solid */
void canvas_push(canvas *c);
void canvas_pop(canvas *c);
/* Pushes, and moves everything drawn until the matching pop. */
void canvas_push_moved(canvas *c, length right, length down);
void canvas_move(canvas *c, length x, length y);
void canvas_line(canvas *c, length x, length y);
void canvas_curve(canvas *c, length x1, length y1, length x2, length y2, length x, length y);
void canvas_close(canvas *c);
void canvas_rectangle(canvas *c, length x, length y, length width, length height);
void canvas_circle(canvas *c, length x, length y, length radius);
void canvas_paint(canvas *c, paint how);

/* A drawing kept once in the file and shown on many pages: what is drawn between start and end goes
 * into it, with (0,0) at its own top left corner. Text is not allowed inside. */
status canvas_form_start(canvas *c, length width, length height, fault *f);
size_t canvas_form_end(canvas *c);
void canvas_form_draw(canvas *c, size_t form, length x, length y);

/* ---- text ---- */
/* E_INPUT names the character that the font lacks, or says that the text is not UTF-8. */
status canvas_measure(canvas *c, const text_style *style, const char *text, text_extent *out,
                      fault *f);
/* `y` is the baseline. */
status canvas_text(canvas *c, const text_style *style, length x, length y, text_anchor anchor,
                   const char *text, fault *f);
/* From the left, its spaces widened so that it ends at x + width. */
status canvas_text_justified(canvas *c, const text_style *style, length x, length y, length width,
                             const char *text, fault *f);

#endif
