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

static int by_rank(const void *a, const void *b)
{
    const rank_row *x = a, *y = b;
    int track = strcmp(x->track, y->track);
    if (track)
        return track;
    if (!x->complete != !y->complete)
        return x->complete ? -1 : 1;
    if (x->adjusted != y->adjusted)
        return x->adjusted > y->adjusted ? -1 : 1;
    return strcmp(x->receipt, y->receipt);
}

static bool equal_place(const rank_row *x, const rank_row *y)
{
    return strcmp(x->track, y->track) == 0 && x->complete && y->complete &&
           x->adjusted == y->adjusted;
}

void rank_means(rank_row *rows, size_t count, const rank_sheet *sheets, size_t sheet_count,
                int64_t scale)
{
    int64_t sum = 0;
    for (size_t i = 0; i < sheet_count; i++) {
        if (i == 0 || sheets[i].row != sheets[i - 1].row)
            sum = 0;
        take_sheet(&rows[sheets[i].row], &sum, sheets[i].points);
    }
    for (size_t i = 0; i < count; i++) {
        rank_row *r = &rows[i];
        r->apart = r->complete > 1 && 5 * (r->highest - r->lowest) >= scale;
        r->adjusted = r->mean;
        r->method = FIT_MEAN;
    }
}

void rank_places(rank_row *rows, size_t count)
{
    if (count)
        qsort(rows, count, sizeof *rows, by_rank);
    int64_t place = 0;
    for (size_t i = 0; i < count; i++) {
        bool first = i == 0 || strcmp(rows[i].track, rows[i - 1].track) != 0;
        place = first ? 1 : place + 1;
        if (!rows[i].complete)
            continue;
        bool as_before = !first && equal_place(&rows[i], &rows[i - 1]);
        rows[i].rank = as_before ? rows[i - 1].rank : place;
        rows[i].tied = as_before || (i + 1 < count && equal_place(&rows[i], &rows[i + 1]));
    }
}
