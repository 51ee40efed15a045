/* Swaps inside a row until no entry has a judge it may not have. */
#include "deal.h"

enum {
    TRIES_SINGLE = 20000, /* partners tried for one swap */
    TRIES_CHAIN = 200000  /* and for a chain of two */
};

typedef struct {
    hand *h;
    const deal_index *x;
    random_stream *r;
    const entry_run *row;
} settler;

typedef struct {
    size_t entry, place;
} seat;

static uint32_t *judge_at(settler *s, seat at)
{
    return &s->h->judge[at.entry * s->h->width + at.place];
}

/* A dealt place of the row, by lot. */
static seat any_seat(settler *s)
{
    size_t e = s->x->by_class[s->row->first + random_below(s->r, s->row->count)];
    return (seat){e, index_kept(s->x, e) + random_below(s->r, (uint64_t)s->row->need)};
}

static bool fits(settler *s, seat at, uint32_t judge)
{
    return hand_fits(s->h, at.entry, at.place, judge);
}

static void swap(settler *s, seat a, seat b)
{
    uint32_t was = *judge_at(s, a);
    *judge_at(s, a) = *judge_at(s, b);
    *judge_at(s, b) = was;
}

/* bad ⇄ other, when both become legal. */
static bool settle_by_swap(settler *s, seat bad)
{
    uint32_t judge = *judge_at(s, bad);
    for (int i = 0; i < TRIES_SINGLE; i++) {
        seat other = any_seat(s);
        if (other.entry == bad.entry || *judge_at(s, other) == judge ||
            !fits(s, bad, *judge_at(s, other)) || !fits(s, other, judge))
            continue;
        swap(s, bad, other);
        return true;
    }
    return false;
}

/* bad ← a ← b ← bad: the judge of `a` comes to the bad place, that of `b` to `a`, the bad one to `b`. */
static bool settle_by_chain(settler *s, seat bad)
{
    uint32_t judge = *judge_at(s, bad);
    seat a = bad, b = bad;
    bool have_a = false, have_b = false;
    for (int i = 0; i < TRIES_CHAIN; i++) {
        seat any = any_seat(s);
        if (any.entry == bad.entry)
            continue;
        if (fits(s, bad, *judge_at(s, any)))
            a = any, have_a = true;
        if (*judge_at(s, any) != judge && fits(s, any, judge))
            b = any, have_b = true;
        if (!have_a || !have_b || a.entry == b.entry || !fits(s, a, *judge_at(s, b)))
            continue;
        swap(s, bad, a);
        swap(s, a, b);
        return true;
    }
    return false;
}

/* With SAME_UNIT_AVOID a colleague beside is tolerated where nothing better is found. */
static bool tolerable(settler *s, seat at)
{
    const hand *h = s->h;
    uint32_t judge = *judge_at(s, at);
    if (s->x->p->same_unit == SAME_UNIT_NEVER || !index_may(s->x, s->x->class_of[at.entry], judge))
        return false;
    for (size_t i = 0; i < h->placed[at.entry]; i++)
        if (i != at.place && h->judge[at.entry * h->width + i] == judge)
            return false;
    return true;
}

static bool settle_row(settler *s)
{
    for (size_t i = 0; i < s->row->count; i++) {
        size_t e = s->x->by_class[s->row->first + i];
        for (size_t place = index_kept(s->x, e); place < s->h->placed[e]; place++) {
            seat at = {e, place};
            if (fits(s, at, *judge_at(s, at)) || settle_by_swap(s, at) || settle_by_chain(s, at))
                continue;
            if (!tolerable(s, at))
                return false;
        }
    }
    return true;
}

bool hand_settle(hand *h, random_stream *r)
{
    for (size_t i = 0; i < h->x->rows; i++) {
        settler s = {h, h->x, r, &h->x->row[i]};
        if (s.row->need && !settle_row(&s))
            return false;
    }
    return true;
}
