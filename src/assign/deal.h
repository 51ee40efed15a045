/* Parts of the draw that deal.c, settle.c, mix.c and explain.c share. */
#ifndef ASSIGN_DEAL_H
#define ASSIGN_DEAL_H

#include "network.h"

/* A plan being made, in canonical numbers. Each entry has `width` places: kept judges first. */
typedef struct {
    const deal_rows *rows; /* coarse */
    const deal_index *x;
    size_t width;
    uint32_t *judge;  /* [entry * width + place], NO_JUDGE when empty */
    uint32_t *placed; /* per entry: places in use */
} hand;
#define NO_JUDGE UINT32_MAX

/* May `j` take that place of entry `e`? The judge there now leaves. */
bool hand_fits(const hand *h, size_t e, size_t place, uint32_t j);

/* Makes a hand legal that was dealt by rows, by swapping judges inside each row or group, so that all
 * loads and shares stay. False when it gave up on one. */
bool hand_settle(hand *h, random_stream *r);

/* Swaps judges between entries, loads unchanged: first at random, so that the plan is an ordinary one
 * of all that keep the rules, then towards fewer repeated pairs of judges, until each track's judges
 * are linked. */
status hand_mix(arena *mem, hand *h, random_stream *r, fault *f);

/* Why the readings cannot all be given: E_CONFLICT with the sentence. */
status deal_explain(arena *mem, const deal_rows *rows, const uint32_t *deck, fault *f);

#endif
