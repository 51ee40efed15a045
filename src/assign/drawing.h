/* One drawn plan on its way into the store. Used by round.c, repair.c and notice.c. */
#ifndef ASSIGN_DRAWING_H
#define ASSIGN_DRAWING_H

#include "gather.h"

typedef struct {
    store *db;
    arena *mem;
    const char *actor;
    assign_round round;
    assign_input input;
    assign_posted posted; /* of a public draw; id 0: none */
    const char *value;    /* and its public value */
    deal_plan plan;
    assign_report *out;
    buffer inputs; /* canonical text */
    unsigned char inputs_hash[HASH_SIZE];
} drawing;

typedef enum { DRAW_PLAN, DRAW_REPAIR, DRAW_EXTRA } draw_kind;

/* Runs `work` in a transaction. */
status drawing_commit(drawing *d, status work(drawing *, void *, fault *), void *context, fault *f);
/* Finds the round; E_CONFLICT when it is closed. */
status drawing_open_round(drawing *d, int64_t year, const char *round, fault *f);
/* Also gathers it for a first draw; E_CONFLICT when it is published or has no entries or judges. */
status drawing_begin(drawing *d, int64_t year, const char *round, fault *f);
/* The rules of a request, for a first draw. */
status drawing_rules(drawing *d, const assign_request *r, fault *f);
/* Writes d->inputs and their hash. */
status drawing_inputs(drawing *d, fault *f);
/* Draws from d->input. A public draw takes no seed, its own comes from the notice. */
status drawing_run(drawing *d, const char *seed, fault *f);
/* Stores it with its slots and its audit row: a plan as planned, the others as published. */
status drawing_write(drawing *d, draw_kind kind, fault *f);
/* A sheet for each reading that was dealt. */
status drawing_make_sheets(drawing *d, fault *f);

#endif
