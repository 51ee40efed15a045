/* The draw: most even loads by flow, then dealt to single entries by lot. */
#include "deal.h"

#include <stdlib.h>
#include <string.h>

static void shuffle(random_stream *r, uint32_t *items, size_t count)
{
    for (size_t i = count; i > 1; i--) {
        size_t k = (size_t)random_below(r, i);
        uint32_t was = items[i - 1];
        items[i - 1] = items[k];
        items[k] = was;
    }
}

/* Judges in random order, but those of one unit side by side. */
static uint32_t *make_deck(arena *mem, const deal_index *x, random_stream *r)
{
    uint32_t *order = ARENA_ARRAY(mem, uint32_t, x->judges);
    uint32_t *deck = ARENA_ARRAY(mem, uint32_t, x->judges);
    unsigned char *used = ARENA_ARRAY(mem, unsigned char, x->judges);
    if (!order || !deck || !used)
        return NULL;
    for (uint32_t j = 0; j < x->judges; j++)
        order[j] = j;
    shuffle(r, order, x->judges);
    size_t n = 0;
    for (size_t i = 0; i < x->judges; i++) {
        if (used[i])
            continue;
        deck[n++] = order[i];
        for (size_t k = i + 1; k < x->judges; k++)
            if (index_same_unit(x, order[i], order[k])) {
                deck[n++] = order[k];
                used[k] = 1;
            }
    }
    return deck;
}

/* The balanced network; with SAME_UNIT_AVOID, gates are widened by no more than needed. */
static status solve(arena *mem, const deal_index *x, const uint32_t *deck, network *out, fault *f)
{
    TRY(network_build(mem, x, deck, RULES_ALL, NULL, out, f));
    TRY(network_balance(mem, out, f));
    if (out->found == out->wanted)
        return OK;
    if (x->p->same_unit == SAME_UNIT_NEVER)
        return deal_explain(mem, x, deck, f);
    network wide;
    TRY(network_build(mem, x, deck, RULES_ALL, NULL, &wide, f));
    network_fill(&wide);
    for (size_t i = 0; i < wide.gate_count; i++) {
        const unit_gate *gate = &wide.gates[i];
        wide.g.room[gate->arc] += (gate->members - 1) * (int64_t)x->class[gate->class].count;
    }
    network_fill(&wide);
    if (wide.found < wide.wanted)
        return deal_explain(mem, x, deck, f);
    int64_t *extra = ARENA_ARRAY(mem, int64_t, wide.gate_count);
    if (!extra)
        return fault_memory(f);
    for (size_t i = 0; i < wide.gate_count; i++) {
        int64_t over =
            network_flow(&wide, wide.gates[i].arc) - (int64_t)x->class[wide.gates[i].class].count;
        extra[i] = over > 0 ? over : 0;
    }
    TRY(network_build(mem, x, deck, RULES_ALL, extra, out, f));
    return network_balance(mem, out, f);
}

/* Hands each class's readings round its entries in random order (McNaughton's wrap-around): a judge has
 * at most as many readings as there are entries, a unit too, and both lie side by side, so no entry
 * meets one twice. */
static void wrap_around(const network *n, hand *h, random_stream *r, uint32_t *order)
{
    const deal_index *x = n->x;
    for (size_t s = 0; s < n->supply_count;) {
        uint32_t c = n->supplies[s].class;
        size_t count = x->class[c].count, t = 0;
        memcpy(order, x->by_class + x->class[c].first, count * sizeof *order);
        shuffle(r, order, count);
        for (; s < n->supply_count && n->supplies[s].class == c; s++)
            for (int64_t i = network_flow(n, n->supplies[s].arc); i > 0; i--, t++) {
                uint32_t e = order[t % count];
                h->judge[e * h->width + h->placed[e]++] = n->supplies[s].judge;
            }
    }
}

static status start_hand(arena *mem, const deal_index *x, hand *h, fault *f)
{
    size_t width = 1;
    for (size_t e = 0; e < x->entries; e++) {
        size_t all = x->kept[e].count + (size_t)x->class[x->class_of[e]].need;
        width = all > width ? all : width;
    }
    *h = (hand){.x = x, .width = width};
    h->judge = ARENA_ARRAY(mem, uint32_t, x->entries * width);
    h->placed = ARENA_ARRAY(mem, uint32_t, x->entries);
    if (!h->judge || !h->placed)
        return fault_memory(f);
    memset(h->judge, 0xff, x->entries * width * sizeof *h->judge);
    for (size_t e = 0; e < x->entries; e++)
        for (size_t i = 0; i < x->kept[e].count; i++)
            h->judge[e * width + h->placed[e]++] = x->kept[e].items[i];
    return OK;
}

static int by_number(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

/* Back to the problem's own indices, entries and judges in canonical order. */
static status finish(arena *mem, hand *h, const network *n, deal_plan *out, fault *f)
{
    const deal_index *x = h->x;
    *out = (deal_plan){.pairs = ARENA_ARRAY(mem, deal_pair, (size_t)n->wanted),
                       .tight = ARENA_ARRAY(mem, uint32_t, x->judges)};
    if (!out->pairs || !out->tight)
        return fault_memory(f);
    for (size_t e = 0; e < x->entries; e++) {
        size_t kept = x->kept[e].count;
        uint32_t *dealt = h->judge + e * h->width + kept;
        qsort(dealt, h->placed[e] - kept, sizeof *dealt, by_number);
        for (size_t i = 0; i + kept < h->placed[e]; i++)
            out->pairs[out->count++] = (deal_pair){x->entry_at[e], x->judge_at[dealt[i]]};
    }
    for (size_t j = 0; j < x->judges; j++)
        out->tight[x->judge_at[j]] = n->tight[j];
    return OK;
}

status deal_draw(arena *mem, const deal_problem *p, const unsigned char seed[SEED_SIZE],
                 deal_plan *out, fault *f)
{
    deal_index x;
    network n;
    hand h;
    random_stream r;
    TRY(index_build(mem, p, &x, f));
    random_start(&r, seed);
    uint32_t *deck = make_deck(mem, &x, &r);
    uint32_t *order = ARENA_ARRAY(mem, uint32_t, x.entries);
    if (!deck || !order)
        return fault_memory(f);
    TRY(solve(mem, &x, deck, &n, f));
    TRY(start_hand(mem, &x, &h, f));
    wrap_around(&n, &h, &r, order);
    TRY(hand_mix(mem, &h, &r, f));
    return finish(mem, &h, &n, out, f);
}
