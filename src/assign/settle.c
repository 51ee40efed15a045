/* Swaps inside a row, at need inside a group, until no entry has a judge it may not have. */
#include "deal.h"

enum {
    TRIES_SINGLE = 20000, /* partners tried for one swap */
    TRIES_CHAIN = 200000, /* and for a chain of two */
    TRIES_EACH = 64       /* times the entries there are, when that is less */
};

typedef struct {
    hand *h;
    const deal_index *x;
    random_stream *r;
    uint32_t first, count; /* the entries to swap with, in by_class */
} settler;

typedef struct {
    size_t entry, place;
} seat;

static uint32_t *judge_at(settler *s, seat at)
{
    return &s->h->judge[at.entry * s->h->width + at.place];
}

static int tries(const settler *s, int most)
{
    return s->count < (uint32_t)most / TRIES_EACH ? (int)s->count * TRIES_EACH : most;
}

/* A dealt place, by lot. */
static seat any_seat(settler *s)
{
    size_t e = s->x->by_class[s->first + random_below(s->r, s->count)];
    uint32_t need = s->x->class[s->x->class_of[e]].need;
    return (seat){e, index_kept(s->x, e) + random_below(s->r, need)};
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
    for (int i = 0; i < tries(s, TRIES_SINGLE); i++) {
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
    for (int i = 0; i < tries(s, TRIES_CHAIN); i++) {
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
        if (i != at.place && (h->judge[at.entry * h->width + i] == judge ||
                              index_apart(s->x, h->judge[at.entry * h->width + i], judge)))
            return false;
    return true;
}

/* Rows of one group stand side by side; loads and shares stay when they swap. */
static settler whole_group(const settler *s, const entry_run *row)
{
    const deal_index *x = s->x;
    settler wide = *s;
    wide.count = 0;
    for (size_t i = 0; i < x->rows; i++)
        if (x->row[i].group == row->group) {
            wide.first = wide.count ? wide.first : x->row[i].first;
            wide.count += x->row[i].count;
        }
    return wide;
}

static bool settle_row(settler *s, const entry_run *row)
{
    settler wide = whole_group(s, row);
    for (size_t i = 0; i < row->count; i++) {
        size_t e = s->x->by_class[row->first + i];
        for (size_t place = index_kept(s->x, e); place < s->h->placed[e]; place++) {
            seat at = {e, place};
            if (fits(s, at, *judge_at(s, at)) || settle_by_swap(s, at) || settle_by_chain(s, at) ||
                (wide.count > s->count &&
                 (settle_by_swap(&wide, at) || settle_by_chain(&wide, at))))
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
        const entry_run *row = &h->x->row[i];
        settler s = {h, h->x, r, row->first, row->count};
        if (!settle_row(&s, row))
            return false;
    }
    return true;
}
