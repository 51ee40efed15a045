/* Who gets which prize: pure rules. */
#ifndef AWARD_PICK_H
#define AWARD_PICK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { ANY_TRACK = -1, PLACES_WAIT = -1 };

typedef struct {
    int64_t track; /* ANY_TRACK: all entries compete for it */
    int64_t least; /* hundredths an entry must reach */
    int64_t
        left; /* in: places to be given; out: places nobody takes, PLACES_WAIT: they wait for a tie */
} pick_prize;

typedef enum { PICK_NONE, PICK_PRIZE, PICK_TIED } pick_result;

typedef struct {
    int64_t track, points;
    int64_t rank;       /* within its track: the rulebook may tell entries of equal points apart */
    pick_result result; /* out */
    size_t prize;       /* out: the prize, or the best one in question between the tied */
    bool leaves_open;   /* out: tied, and may fall through to the prizes of its own track */
} pick_entry;

/* `entries` are sorted by points, then rank, best first; `prizes` in the order of the ladder. Entries that
 * stand level (equal points, and in one track equal rank) get the same prize or none: when a line runs between them, all of them are tied and nobody
 * below takes a place that one of them will need. A tie for a prize of all tracks leaves the tied
 * entries' own tracks to people too, for who gets what there depends on it. */
void award_pick(pick_prize *prizes, size_t prize_count, pick_entry *entries, size_t entry_count);

#endif
