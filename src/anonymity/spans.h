/* What names the author in a text: values in, spans out. */
#ifndef ANONYMITY_SPANS_H
#define ANONYMITY_SPANS_H

#include "chamthi/arena.h"

typedef struct {
    size_t start, end; /* bytes of the text */
    const char *kind;  /* "name", "phone", "email", "signature", "contact" or "unit" */
} identity_span;

typedef struct {
    identity_span *items;
    size_t count, capacity;
} identity_spans;

/* What is known about the people of one entry. */
typedef struct {
    const char *const *names; /* all authors, as the manifest wrote them */
    size_t name_count;
    const char *const *units; /* the authors' */
    size_t unit_count;
    const char *subject, *subject_unit; /* "" when unknown: their mentions stay in the text */
} identity_known;

/* Proposes the spans that name an author: full names in any case and with or without marks, a given
 * name behind a form of address once the full name is there, telephones, e-mail addresses, what
 * follows "Người viết:" and the like, contact lines near it, short lines with the author's unit. The
 * subject's name is left alone, also when it contains the author's.
 * Sorted by place, none inside another; lives in `mem`. */
status identity_find(arena *mem, slice text, const identity_known *known, identity_spans *out,
                     fault *f);

/* The text with "[…]" for each span; overlapping and touching spans become one. `spans` are sorted by
 * start. */
status identity_redact(arena *mem, slice text, const identity_span *spans, size_t count, slice *out,
                       fault *f);

#endif
