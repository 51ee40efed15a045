/* Passages as JSON: what the program keeps and hands out as evidence. */
#ifndef SIMILARITY_EVIDENCE_H
#define SIMILARITY_EVIDENCE_H

#include "engine.h"

#include "chamthi/buffer.h"

typedef enum {
    EVIDENCE_PLACES, /* where the passages are and why one does not count: what a ruling is about */
    EVIDENCE_ALL     /* also which parts are grey, which depends on what other texts say */
} evidence_part;

typedef enum { EVIDENCE_COUNTED = 1, EVIDENCE_NOT_COUNTED = 2 } evidence_kinds;

/* Appends an array of {a_start,a_end,b_start,b_end,syllables}, bytes of the display texts, with "why" when
 * a passage does not count and "grey_a", "grey_b" (arrays of [start, end]) for parts that do not. */
void evidence_put(buffer *b, const engine_pair *p, unsigned kinds, evidence_part part);

#endif
