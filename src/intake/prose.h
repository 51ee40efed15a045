/* The text of a document as it flows off its pages: runs of one font each, gathered into paragraphs;
 * apart from them boxes (text boxes, notes), which follow the paragraph they are anchored in. */
#ifndef INTAKE_PROSE_H
#define INTAKE_PROSE_H

#include "document.h"

enum { BOXES_MOST = 8, FONT_NAME_MAX = 64 };

typedef enum {
    JOIN_NOTHING = 0, /* the first paragraph, or the mark before was deleted */
    JOIN_LINE = '\n',
    JOIN_CELL = ' '
} prose_join;

typedef struct {
    buffer done;  /* finished paragraphs */
    buffer line;  /* the open paragraph, as display text */
    buffer boxes; /* what is anchored in it */
    buffer run;   /* characters of one font, not yet converted */
    char run_font[FONT_NAME_MAX];
    text_encoding run_encoding;
    prose_join next; /* what comes between the last paragraph and the next */
} prose_level;

typedef struct {
    prose_level levels[BOXES_MOST];
    size_t top;    /* the innermost open box; 0: the body */
    bool too_deep; /* a box stood in more boxes than there are levels */
    text_report *report;
} prose;

void prose_start(prose *w, text_report *report);
void prose_free(prose *w);

/* Characters of the open paragraph, UTF-8, in a font ("" when unknown). Writing programs cut runs
 * anywhere, even between the letter and its mark: neighbours in fonts of one encoding are one run. */
void prose_put(prose *w, const char *font, const char *bytes, size_t size);
void prose_end_paragraph(prose *w, prose_join next);
/* The paragraph ended last was a cell's, a row's last. */
void prose_end_cell(prose *w);
void prose_end_row(prose *w);

void prose_open_box(prose *w);
void prose_close_box(prose *w);
void prose_take_box(prose *w, buffer *out); /* closes it and hands its text over instead */
/* Text that is display text already follows the open paragraph. */
void prose_add_box(prose *w, slice text);

/* Ends the open paragraph, if there is one, and gives the whole as display text. Refuses xml.deep when
 * too_deep. */
status prose_end(prose *w, document *out, fault *f);

#endif
