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
    int64_t *
        words; /* per judge: words to read, what is kept included; NULL: nobody has a cap on them */
    int64_t *words_kept;
} hand;
#define NO_JUDGE UINT32_MAX

void deal_shuffle(random_stream *r, uint32_t *items, size_t count);

/* `out`: the problem with its anchors among the kept readings (behind p's own) and every entry's panel
 * chosen: by lot, so that each panel's judges get about as much to read. E_CONFLICT: anchors break a cap. */
status deal_prepare(arena *mem, const deal_problem *p, random_stream *r, deal_problem *out,
                    fault *f);

/* May `j` take that place of entry `e`? The judge there now leaves. */
bool hand_fits(const hand *h, size_t e, size_t place, uint32_t j);

/* Makes a hand legal that was dealt by rows, by swapping judges inside each row or group, so that all
 * loads and shares stay. False when it gave up on one. */
bool hand_settle(hand *h, random_stream *r);

/* Swaps judges between entries, loads unchanged: first at random, so that the plan is an ordinary one
 * of all that keep the rules, then towards fewer repeated pairs of judges, until each track's judges
 * are linked. */
status hand_mix(arena *mem, hand *h, random_stream *r, fault *f);

/* words.c. Without such caps these say yes and do nothing. Words of the kept judges are counted once; those of
 * the dealt ones follow the swaps, which never put a judge above the cap, or further above it. */
status hand_words_start(arena *mem, hand *h, fault *f);
bool hand_words_allow(const hand *h, uint32_t judge, size_t from, size_t to);
void hand_words_move(hand *h, uint32_t judge, size_t from, size_t to);
/* Swaps long entries of judges above their cap for shorter ones of others. */
status hand_words_settle(arena *mem, hand *h, random_stream *r, fault *f);
/* By how many words the judge is above the cap. */
int64_t hand_words_over(const hand *h, size_t judge);

/* Why the readings cannot all be given: E_CONFLICT with the sentence. */
status deal_explain(arena *mem, const deal_rows *rows, const uint32_t *deck, fault *f);

#endif
