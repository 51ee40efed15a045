/* What if: one judge less, one criterion less, no adjustment. */
#include "board.h"

#include <stdlib.h>
#include <string.h>

typedef struct {
    arena *mem;
    const board *b;
    rank_table base;
    stability_row *rows;
    size_t count, capacity;
} trying;

static bool of_track(const rank_row *r, const char *track)
{
    return strcmp(r->track, track) == 0;
}

static const rank_row *first_of(const rank_table *t, const char *track)
{
    for (size_t i = 0; i < t->count; i++)
        if (of_track(&t->rows[i], track) && t->rows[i].rank == 1)
            return &t->rows[i];
    return NULL;
}

static const rank_row *same_entry(const rank_table *t, const rank_row *r)
{
    for (size_t i = 0; i < t->count; i++)
        if (t->rows[i].entry_id == r->entry_id)
            return &t->rows[i];
    return NULL;
}

static bool above(const rank_row *r, size_t places)
{
    return r && r->rank && (size_t)r->rank <= places;
}

/* Receipts above the line in `now` that were not in `then`. */
static status list_crossing(arena *mem, const rank_table *now, const rank_table *then,
                            const char *track, size_t places, const char ***out, size_t *count,
                            fault *f)
{
    *out = ARENA_ARRAY(mem, const char *, now->count + 1);
    if (!*out)
        return fault_memory(f);
    for (size_t i = 0; i < now->count; i++) {
        const rank_row *r = &now->rows[i];
        if (of_track(r, track) && above(r, places) && !above(same_entry(then, r), places))
            (*out)[(*count)++] = r->receipt;
    }
    return OK;
}

static status compare(trying *x, what_if kind, const char *what, const char *track,
                      const rank_table *then, fault *f)
{
    const rank_row *was = first_of(&x->base, track);
    if (!was)
        return OK; /* nothing stands there to be changed */
    stability_row *rows = arena_grow(x->mem, x->rows, x->count, &x->capacity, sizeof *rows);
    if (!rows)
        return fault_memory(f);
    x->rows = rows;
    stability_row *r = &rows[x->count++];
    *r = (stability_row){.kind = kind, .what = what, .track = track, .first = ""};
    const rank_row *first = then ? first_of(then, track) : NULL;
    if (!first)
        return OK;
    const rank_row *was_now = same_entry(then, was);
    size_t places = board_places(x->b, track);
    r->first = first->receipt;
    r->first_changes = !was_now || was_now->rank != 1;
    if (!r->first_changes)
        r->first = was->receipt;
    TRY(list_crossing(x->mem, then, &x->base, track, places, &r->in, &r->in_count, f));
    return list_crossing(x->mem, &x->base, then, track, places, &r->out, &r->out_count, f);
}

/* A ranking that the method cannot make of what is left is no failure: it is told as such. */
static status try_board(const trying *x, const board *b, const board_options *o, rank_table *t,
                        const rank_table **out, fault *f)
{
    fault inner = {0};
    status st = board_rank(x->mem, b, o, t, NULL, &inner);
    *out = st == OK ? t : NULL;
    if (st == OK || st == E_INPUT)
        return OK;
    *f = inner;
    return st;
}

static bool judged(const board *b, const char *judge, const char *track)
{
    for (size_t i = 0; i < b->sheet_count; i++)
        if (b->sheets[i].counts && strcmp(b->sheets[i].judge, judge) == 0 &&
            of_track(&b->rows[b->sheets[i].row], track))
            return true;
    return false;
}

static int by_code(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static status without_judges(trying *x, fit *const *fits, fault *f)
{
    const board *b = x->b;
    const char **seen = ARENA_ARRAY(x->mem, const char *, b->sheet_count + 1);
    size_t count = 0;
    if (!seen)
        return fault_memory(f);
    for (size_t i = 0; i < b->sheet_count; i++) {
        size_t k = 0;
        while (k < count && strcmp(seen[k], b->sheets[i].judge) != 0)
            k++;
        if (k == count)
            seen[count++] = b->sheets[i].judge;
    }
    if (count)
        qsort(seen, count, sizeof *seen, by_code);
    for (size_t k = 0; k < count; k++) {
        const board_options o = {.method = FIT_RULEBOOK, .like = fits};
        board rest;
        rank_table t;
        const rank_table *then;
        TRY(board_without_judge(x->mem, b, seen[k], &rest, f));
        TRY(try_board(x, &rest, &o, &t, &then, f));
        for (size_t n = 0; n < b->contest->track_count; n++)
            if (judged(b, seen[k], b->contest->tracks[n].key))
                TRY(compare(x, WITHOUT_JUDGE, seen[k], b->contest->tracks[n].key, then, f));
    }
    return OK;
}

static status without_criteria(trying *x, fault *f)
{
    const board *b = x->b;
    const board_options o = {.method = FIT_RULEBOOK};
    for (size_t k = 0; b->rules->criterion_count > 1 && k < b->rules->criterion_count; k++) {
        board rest;
        rank_table t;
        const rank_table *then;
        TRY(board_without_criterion(x->mem, b, k, &rest, f));
        TRY(try_board(x, &rest, &o, &t, &then, f));
        for (size_t n = 0; n < b->contest->track_count; n++)
            TRY(compare(x, WITHOUT_CRITERION, b->rules->criteria[k].key, b->contest->tracks[n].key,
                        then, f));
    }
    return OK;
}

static status by_mean(trying *x, fault *f)
{
    const board_options o = {.method = FIT_MEAN};
    rank_table t;
    const rank_table *then;
    TRY(try_board(x, x->b, &o, &t, &then, f));
    for (size_t n = 0; n < x->b->contest->track_count; n++)
        TRY(compare(x, BY_RAW_MEAN, "", x->b->contest->tracks[n].key, then, f));
    return OK;
}

status rank_stability(store *db, arena *mem, int64_t year, const char *round, stability_row **out,
                      size_t *count, fault *f)
{
    board b;
    fit **fits;
    const board_options o = {.method = FIT_RULEBOOK};
    TRY(board_read(db, mem, year, round, &b, f));
    trying x = {.mem = mem, .b = &b};
    TRY(board_rank(mem, &b, &o, &x.base, &fits, f));
    TRY(by_mean(&x, f));
    TRY(without_criteria(&x, f));
    TRY(without_judges(&x, fits, f));
    *out = x.rows;
    *count = x.count;
    return OK;
}
