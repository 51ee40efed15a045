/* Caps by words to read: kept by swapping longer entries for shorter ones, the number of entries unchanged. */
#include "deal.h"

enum {
    TRIES_LEAST = 2000, /* partners tried for one judge */
    TRIES_EACH = 200    /* times their readings, when that is more */
};

static int64_t words_of(const hand *h, size_t e)
{
    return h->x->p->entries[h->x->entry_at[e]].words;
}

static int64_t cap_of(const hand *h, size_t j)
{
    int64_t cap = h->x->p->judges[h->x->judge_at[j]].word_cap;
    if (!cap)
        return INT64_MAX;
    return cap > h->words_kept[j] ? cap : h->words_kept[j];
}

bool hand_words_allow(const hand *h, uint32_t judge, size_t from, size_t to)
{
    if (!h->words)
        return true;
    int64_t change = words_of(h, to) - words_of(h, from);
    return change <= 0 || h->words[judge] + change <= cap_of(h, judge);
}

void hand_words_move(hand *h, uint32_t judge, size_t from, size_t to)
{
    if (h->words)
        h->words[judge] += words_of(h, to) - words_of(h, from);
}

int64_t hand_words_over(const hand *h, size_t judge)
{
    int64_t cap = h->words ? cap_of(h, judge) : INT64_MAX;
    return h->words && h->words[judge] > cap ? h->words[judge] - cap : 0;
}

status hand_words_start(arena *mem, hand *h, fault *f)
{
    const deal_index *x = h->x;
    bool any = false;
    for (size_t j = 0; j < x->judges; j++)
        any |= x->p->judges[j].word_cap > 0;
    if (!any)
        return OK;
    h->words = ARENA_ARRAY(mem, int64_t, x->judges);
    h->words_kept = ARENA_ARRAY(mem, int64_t, x->judges);
    if (!h->words || !h->words_kept)
        return fault_memory(f);
    for (size_t e = 0; e < x->all; e++) {
        number_list kept = list_at(x->kept, e);
        for (size_t i = 0; i < kept.count; i++)
            h->words_kept[kept.items[i]] += words_of(h, e);
    }
    return OK;
}

static void count_words(hand *h)
{
    const deal_index *x = h->x;
    for (size_t j = 0; h->words && j < x->judges; j++)
        h->words[j] = h->words_kept[j];
    for (size_t e = 0; h->words && e < x->entries; e++)
        for (size_t i = index_kept(x, e); i < h->placed[e]; i++)
            h->words[h->judge[e * h->width + i]] += words_of(h, e);
}

/* Places by judge, as they are before the swaps. */
typedef struct {
    uint32_t *start, *slots;
} seats;

static bool list_seats(arena *mem, const hand *h, seats *out)
{
    const deal_index *x = h->x;
    out->start = ARENA_ARRAY(mem, uint32_t, x->judges + 2);
    out->slots = ARENA_ARRAY(mem, uint32_t, x->entries * h->width);
    if (!out->start || !out->slots)
        return false;
    for (int pass = 0; pass < 2; pass++) {
        for (size_t e = 0; e < x->entries; e++)
            for (size_t i = index_kept(x, e); i < h->placed[e]; i++) {
                size_t slot = e * h->width + i;
                if (pass)
                    out->slots[out->start[h->judge[slot] + 1]++] = (uint32_t)slot;
                else
                    out->start[h->judge[slot] + 2]++;
            }
        for (size_t j = 2; !pass && j < x->judges + 2; j++)
            out->start[j] += out->start[j - 1];
    }
    return true;
}

/* A dealt place of the same row, so that shares stay. */
static size_t partner(const hand *h, size_t e, random_stream *r)
{
    const deal_index *x = h->x;
    const entry_run *row = &x->row[x->row_of[x->class_of[e]]];
    size_t other = x->by_class[row->first + random_below(r, row->count)];
    return other * h->width + index_kept(x, other) +
           (size_t)random_below(r, x->class[x->class_of[other]].need);
}

static void relieve(hand *h, uint32_t judge, uint32_t *slots, size_t count, random_stream *r)
{
    size_t tries = count * TRIES_EACH > TRIES_LEAST ? count * TRIES_EACH : TRIES_LEAST;
    for (size_t i = 0; count && i < tries && hand_words_over(h, judge); i++) {
        uint32_t *mine = &slots[random_below(r, count)];
        size_t a = *mine, ea = a / h->width, b = partner(h, ea, r), eb = b / h->width;
        uint32_t other = h->judge[b];
        if (h->judge[a] != judge || other == judge || ea == eb ||
            words_of(h, eb) >= words_of(h, ea) || !hand_words_allow(h, other, eb, ea) ||
            !hand_fits(h, ea, a % h->width, other) || !hand_fits(h, eb, b % h->width, judge))
            continue;
        hand_words_move(h, judge, ea, eb);
        hand_words_move(h, other, eb, ea);
        h->judge[a] = other;
        h->judge[b] = judge;
        *mine = (uint32_t)b;
    }
}

status hand_words_settle(arena *mem, hand *h, random_stream *r, fault *f)
{
    seats s;
    bool over = false;
    count_words(h);
    for (size_t j = 0; j < h->x->judges; j++)
        over |= hand_words_over(h, j) > 0;
    if (!over)
        return OK;
    if (!list_seats(mem, h, &s))
        return fault_memory(f);
    for (uint32_t j = 0; j < h->x->judges; j++)
        relieve(h, j, s.slots + s.start[j], s.start[j + 1] - s.start[j], r);
    return OK;
}
