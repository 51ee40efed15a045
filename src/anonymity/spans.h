/* What names the author in a text: values in, spans out. */
#ifndef ANONYMITY_SPANS_H
#define ANONYMITY_SPANS_H

#include "chamthi/wordlist.h"

typedef struct {
    size_t start, end; /* bytes of the text */
    const char *kind;  /* "name", "phone", "email", "id", "signature", "contact", "unit", "class",
                          "address" or "birth" */
} identity_span;

typedef struct {
    identity_span *items;
    size_t count, capacity;
} identity_spans;

/* As the manifest wrote it, "" when unknown. A name may bring pen names: "Vũ Văn Thịnh (bút danh …)". */
typedef struct {
    const char *name, *unit, *address, *email;
} identity_author;

/* What is known about the people of one entry. */
typedef struct {
    const identity_author *authors;
    size_t author_count;
    const char *subject, *subject_unit; /* "" when unknown: their mentions stay in the text */
    word_memo *memo;                    /* for bulk work; may be NULL */
} identity_known;

/* Proposes the spans that name an author: the name in any case, with or without marks, in any order,
 * spaced out, run together, across line ends, with initials, in part, and the given name where somebody
 * is addressed or introduces himself; telephones, e-mail addresses, identity numbers; the author's
 * address, unit, class and year of birth where the author is spoken of; what follows "Người viết:" and
 * the like. The subject's name is left alone, also when it contains the author's.
 * Sorted by place, none inside another; lives in `mem`. */
status identity_find(arena *mem, slice text, const identity_known *known, identity_spans *out,
                     fault *f);

/* The text with "[…]" for each span; overlapping and touching spans become one. `spans` are sorted by
 * start. */
status identity_redact(arena *mem, slice text, const identity_span *spans, size_t count, slice *out,
                       fault *f);

#endif
