/* Everything about the draws of one round that others may check. */
#ifndef ASSIGN_RECORD_H
#define ASSIGN_RECORD_H

#include "gather.h"

typedef struct {
    assign_draw draw;
    unsigned char seed_hash[HASH_SIZE];
    slice plan; /* "entry,judge" lines under that header */
} recorded_draw;

typedef struct {
    int64_t year;
    const char *round;
    record_depth depth;
    assign_posted *notices;
    size_t notice_count;
    recorded_draw *draws; /* oldest first */
    size_t draw_count;
} draw_record;

/* From the store: all draws, or draw `only` when that is not 0. */
status draw_record_load(store *db, arena *mem, const assign_round *r, int64_t only,
                        draw_record *out, fault *f);
void draw_record_write(const draw_record *record, buffer *out);
status draw_record_read(arena *mem, slice text, draw_record *out, fault *f);
/* Computes every draw again; adds what holds and what does not. */
status draw_record_check(arena *mem, const draw_record *record, assign_verdict *out, fault *f);
/* Adds one line to a verdict. */
status draw_verdict_add(arena *mem, assign_verdict *v, int64_t draw, bool holds, const char *vi,
                        const char *en, fault *f);
/* A draw's slots in the store as "entry,judge" lines. */
status draw_record_slots(store *db, int64_t draw, buffer *out, fault *f);

#endif
