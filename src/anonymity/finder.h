/* What the parts of the finder share. */
#ifndef ANONYMITY_FINDER_H
#define ANONYMITY_FINDER_H

#include "spans.h"
#include "tokens.h"

typedef struct {
    size_t start, end;   /* bytes of the text, without the line end */
    size_t first, after; /* words of the line: first ≤ i < after */
    bool author_here;    /* names the author, or says who wrote */
} text_line;

typedef struct {
    arena *mem;
    slice text;
    word_list words;
    text_line *lines;
    size_t line_count;
    const identity_known *known;
    identity_spans found;
} finder;

status finder_add(finder *s, size_t start, size_t end, const char *kind, fault *f);

status finder_names(finder *s, fault *f);    /* marks the lines that name the author */
status finder_contacts(finder *s, fault *f); /* telephones and e-mail addresses */
status finder_lines(finder *s, fault *f);    /* signatures, contact lines, unit lines */

#endif
