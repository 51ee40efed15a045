/* What the largest share of one judge costs and gains, for the chair to choose from. */
#include "drawing.h"
#include "lists.h"

#include <string.h>

static const int64_t shares[DEAL_OPTIONS] = {10000, 5000, 3000, 2000, 1500, 1000, 500, 200};

/* The largest part of a track's entries that one judge reads, ten-thousandths. */
static status largest_part(arena *mem, const deal_problem *p, const deal_plan *plan, int64_t *out,
                           fault *f)
{
    name_set tracks = {0};
    for (size_t e = 0; e < p->entry_count; e++)
        if (!name_set_add(mem, &tracks, p->entries[e].track))
            return fault_memory(f);
    int64_t *size = ARENA_ARRAY(mem, int64_t, tracks.count);
    int64_t *load = ARENA_ARRAY(mem, int64_t, tracks.count * p->judge_count);
    if (!size || !load)
        return fault_memory(f);
    for (size_t e = 0; e < p->entry_count; e++)
        size[name_set_find(&tracks, p->entries[e].track)]++;
    for (size_t i = 0; i < plan->count; i++) {
        size_t track = name_set_find(&tracks, p->entries[plan->pairs[i].entry].track);
        load[track * p->judge_count + plan->pairs[i].judge]++;
    }
    *out = 0;
    for (size_t i = 0; i < tracks.count * p->judge_count; i++) {
        int64_t part = load[i] * DEAL_SHARE_WHOLE / size[i / p->judge_count];
        *out = part > *out ? part : *out;
    }
    return OK;
}

static status try_share(arena *mem, const deal_problem *p, deal_option *out, fault *f)
{
    static const unsigned char trial[SEED_SIZE]; /* never a real draw's */
    deal_plan plan;
    status st = deal_draw(mem, p, trial, &plan, f);
    out->possible = st == OK;
    if (st == E_CONFLICT && p->share < DEAL_SHARE_WHOLE)
        return OK;
    TRY(st);
    TRY(deal_prove(mem, p, &plan, &out->proof, f));
    return largest_part(mem, p, &plan, &out->largest_part, f);
}

status deal_options(const deal_problem *p, deal_option out[DEAL_OPTIONS], fault *f)
{
    enum { TRIAL_BYTES_MOST = 1 << 30 };
    arena *mem = arena_new(TRIAL_BYTES_MOST);
    deal_problem trial = *p;
    status st = mem ? OK : fault_memory(f);
    for (size_t i = 0; st == OK && i < DEAL_OPTIONS; i++) {
        arena_reset(mem);
        out[i] = (deal_option){.share = shares[i]};
        trial.share = shares[i];
        st = try_share(mem, &trial, &out[i], f);
    }
    arena_free(mem);
    return st;
}

status assign_options(store *db, arena *mem, const assign_request *r, deal_option out[DEAL_OPTIONS],
                      fault *f)
{
    drawing d = {.db = db, .mem = mem};
    TRY(drawing_begin(&d, r->year, r->round, f));
    TRY(drawing_rules(&d, r, f));
    return deal_options(&d.input.p, out, f);
}
