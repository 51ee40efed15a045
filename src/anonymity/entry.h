/* One entry as the store's side of anonymity reads it. */
#ifndef ANONYMITY_ENTRY_H
#define ANONYMITY_ENTRY_H

#include "chamthi/anonymity.h"
#include "spans.h"

typedef struct {
    int64_t id;
    const char *receipt, *title;
    slice text;                         /* display text, empty when there is none */
    unsigned char text_hash[HASH_SIZE]; /* decisions count only for this text */
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
    stored_span *items; /* of the present text, by place */
    size_t count;
} stored_spans;

status redact_spans(store *db, arena *mem, const redact_entry *e, stored_spans *out, fault *f);
size_t spans_undecided(const stored_spans *l);

/* The text and title a judge may read. The title loses the authors' names without asking anybody. */
status redact_texts(store *db, arena *mem, const redact_entry *e, slice *text, slice *title,
                    fault *f);

/* Whether a person has reviewed (or skipped) the present text. */
typedef enum { REVIEW_MISSING, REVIEW_WAITING, REVIEW_GOOD } review_state;
status redact_standing(store *db, arena *mem, const redact_entry *e, review_state *out, fault *f);

#endif
