/* D1 paragraph by paragraph, for whole texts and streams. */
#ifndef TEXT_DISPLAY_H
#define TEXT_DISPLAY_H

#include "chamthi/text.h"

typedef struct {
    text_encoding from;     /* ENCODING_AUTO: decided for each paragraph */
    text_encoding previous; /* of the last decided paragraph; ENCODING_AUTO: none yet */
    text_encoding next;     /* of the next decided one, valid up to next_until */
    const char *next_until;
    size_t floor; /* what stands in `out` before is not touched */
} display_state;

/* Appends D1 of one or more paragraphs, their line ends included. */
void display_paragraphs(display_state *state, slice text, buffer *out, text_report *report);
/* The same of one, with what follows it for the sake of an undecided one. */
void display_paragraph(display_state *state, slice paragraph, slice rest, buffer *out,
                       text_report *report);
/* Up to the first line end, which is included. */
slice display_first_paragraph(slice s);
/* Ends the text. */
void display_end(const display_state *state, buffer *out);

/* UTF-16 by its mark or its zero bytes, else ENCODING_AUTO; *skip is the size of a byte order mark. */
text_encoding display_sniff(slice raw, size_t *skip);
/* Appends UTF-16 as UTF-8. */
void display_from_utf16(slice s, text_encoding from, buffer *out, text_report *report);

#endif
