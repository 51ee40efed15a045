/* Means and places: pure, integers only, independent of the order of its input. */
#include "chamthi/score.h"

#include <stdlib.h>
#include <string.h>

static void take_sheet(rank_row *r, int64_t *sum, int64_t points)
{
    r->lowest = !r->complete || points < r->lowest ? points : r->lowest;
    r->highest = !r->complete || points > r->highest ? points : r->highest;
    r->complete++;
    *sum += points;
    /* Half up; points are never negative here. */
    r->mean = (2 * *sum + r->complete) / (2 * r->complete);
}

/* The first step of the tie order that tells two entries of equal points apart, -1 when none does. Steps
 * that the order does not have are 0 in every row. */
static int telling_step(const rank_row *x, const rank_row *y)
{
    for (int k = 0; k < TIE_STEPS_MOST; k++)
        if (x->ties[k] != y->ties[k])
            return k;
    return -1;
}

static int by_rank(const void *a, const void *b)
{
    const rank_row *x = a, *y = b;
    int track = strcmp(x->track, y->track);
    if (track)
        return track;
    if (!x->complete != !y->complete)
        return x->complete ? -1 : 1;
    if (x->group != y->group)
        return x->group < y->group ? -1 : 1;
    if (x->adjusted != y->adjusted)
        return x->adjusted > y->adjusted ? -1 : 1;
    int step = telling_step(x, y);
    if (step >= 0)
        return x->ties[step] > y->ties[step] ? -1 : 1;
    return strcmp(x->receipt, y->receipt);
}

static bool compared(const rank_row *x, const rank_row *y)
{
    return strcmp(x->track, y->track) == 0 && x->group == y->group;
}

static bool equal_points(const rank_row *x, const rank_row *y)
{
    return compared(x, y) && x->complete && y->complete && x->adjusted == y->adjusted;
}

void rank_means(rank_row *rows, size_t count, const rank_sheet *sheets, size_t sheet_count,
                int64_t gap)
{
    int64_t sum = 0;
    for (size_t i = 0; i < sheet_count; i++) {
        if (i == 0 || sheets[i].row != sheets[i - 1].row)
            sum = 0;
        if (sheets[i].counts)
            take_sheet(&rows[sheets[i].row], &sum, sheets[i].points);
    }
    for (size_t i = 0; i < count; i++) {
        rank_row *r = &rows[i];
        r->apart = r->complete > 1 && r->highest - r->lowest >= gap;
        r->adjusted = r->mean;
        r->method = FIT_MEAN;
        r->se = r->chance = -1;
        r->low = 1;
    }
}

void rank_places(rank_row *rows, size_t count)
{
    if (count)
        qsort(rows, count, sizeof *rows, by_rank);
    int64_t place = 0;
    for (size_t i = 0; i < count; i++) {
        rank_row *r = &rows[i];
        bool first = i == 0 || !compared(r, &rows[i - 1]);
        place = first ? 1 : place + 1;
        r->tie_step = -1;
        if (!r->complete)
            continue;
        bool above = !first && equal_points(r, &rows[i - 1]);
        bool below = i + 1 < count && equal_points(r, &rows[i + 1]);
        int step_above = above ? telling_step(r, &rows[i - 1]) : -1;
        int step_below = below ? telling_step(r, &rows[i + 1]) : -1;
        r->rank = above && step_above < 0 ? rows[i - 1].rank : place;
        r->tied = (above && step_above < 0) || (below && step_below < 0);
        r->tie_step = step_above > step_below ? step_above : step_below;
    }
}
