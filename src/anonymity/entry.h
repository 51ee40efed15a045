/* One entry as the store's side of anonymity reads it. */
#ifndef ANONYMITY_ENTRY_H
#define ANONYMITY_ENTRY_H

#include "chamthi/anonymity.h"
#include "spans.h"

/* What a judge reads of an entry. Each part has places of its own. */
typedef enum { PART_TITLE, PART_TEXT, PARTS } entry_part;

typedef struct {
    slice text;                    /* display text with a NUL behind it; empty when there is none */
    unsigned char hash[HASH_SIZE]; /* decisions count only for this very text */
} redact_part;

typedef struct {
    int64_t id;
    const char *receipt;
    redact_part parts[PARTS];
    identity_known known;
} redact_entry;

/* E_MISSING when there is no such entry. All in `mem`. */
status redact_read(store *db, arena *mem, int64_t id, redact_entry *out, fault *f);

typedef enum { SPAN_PROPOSED, SPAN_ACCEPTED, SPAN_REJECTED } span_state;

typedef struct {
    int64_t id;
    size_t start, end;
    span_state state;
} stored_span;

typedef struct {
    stored_span *items; /* of the part as it is now, by place */
    size_t count;
} stored_spans;

status redact_spans(store *db, arena *mem, const redact_entry *e, entry_part part,
                    stored_spans *out, fault *f);
/* How many places of the entry wait for a person. */
status redact_undecided(store *db, arena *mem, const redact_entry *e, size_t *out, fault *f);

/* The parts as a judge may read them: without the accepted places. A title also loses what names
 * the authors for certain, unless a person left it there: it is read first, and by everybody. */
status redact_texts(store *db, arena *mem, const redact_entry *e, slice out[PARTS], fault *f);

/* Whether a person has reviewed (or skipped) the present text. */
typedef enum { REVIEW_MISSING, REVIEW_WAITING, REVIEW_GOOD } review_state;
status redact_standing(store *db, arena *mem, const redact_entry *e, review_state *out, fault *f);

#endif
