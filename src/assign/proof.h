/* A plan being counted again. Shared by proof.c and bound.c. */
#ifndef ASSIGN_PROOF_H
#define ASSIGN_PROOF_H

#include "chamthi/assign.h"

typedef struct {
    arena *mem;
    const deal_problem *p;
    const deal_plan *plan;
    deal_pair *all; /* kept and dealt, by entry id, then judge id */
    size_t count;
    int64_t *load;  /* per judge of the problem */
    bool any_apart; /* some judges named others */
    deal_proof *out;

    /* For the bound the anchors' readings are among those that stand; all readings of `rest` are free. */
    deal_problem standing;
    deal_plan rest;
    int64_t *held, *most; /* per judge: what stands, and most entries by their caps */
} prover;

/* The lower bound, and how often a largest share is exceeded. Loads and cost must have been counted. */
status proof_bound(prover *v, fault *f);

#endif
