/* Fills a ladder of prizes from a ranking, without breaking a tie. */
#include "pick.h"

/* A stretch of the ladder looked at for one track, or for all. */
typedef struct {
    pick_prize *prizes;
    size_t first, end; /* of the ladder */
    int64_t track;
    pick_entry *entries;
    size_t entry_count;
} stretch;

static bool takes_part(const stretch *s, size_t entry)
{
    const pick_entry *e = &s->entries[entry];
    return e->result == PICK_NONE && (s->track == ANY_TRACK || e->track == s->track);
}

/* The next prize with a place that these points reach; s->end when there is none. */
static size_t next_prize(const stretch *s, size_t from, int64_t points)
{
    for (size_t p = from; p < s->end; p++)
        if (s->prizes[p].track == s->track && s->prizes[p].left > 0 && points >= s->prizes[p].least)
            return p;
    return s->end;
}

/* Places those of from..to-1 who take part; they stand level. */
static void place_group(stretch *s, size_t from, size_t to, int64_t members)
{
    int64_t points = s->entries[from].points, unplaced = members;
    size_t first = next_prize(s, s->first, points);
    if (!members || first == s->end)
        return;
    bool tied = s->prizes[first].left < members;
    for (size_t p = first; p < s->end && unplaced; p = next_prize(s, p + 1, points)) {
        int64_t taken = s->prizes[p].left < unplaced ? s->prizes[p].left : unplaced;
        s->prizes[p].left -= taken; /* whichever of them gets it, nobody below does */
        unplaced -= taken;
    }
    for (size_t i = from; i < to; i++)
        if (takes_part(s, i)) {
            s->entries[i].result = tied ? PICK_TIED : PICK_PRIZE;
            s->entries[i].prize = first;
            s->entries[i].leaves_open = tied && unplaced && s->track == ANY_TRACK;
        }
}

static bool level(const pick_entry *a, const pick_entry *b)
{
    return a->points == b->points && (a->track != b->track || a->rank == b->rank);
}

static void fill(stretch *s)
{
    for (size_t from = 0, to; from < s->entry_count; from = to) {
        int64_t members = 0;
        for (to = from; to < s->entry_count && level(&s->entries[to], &s->entries[from]); to++)
            members += takes_part(s, to);
        place_group(s, from, to, members);
    }
}

static bool waits_for_tie(const stretch *s)
{
    for (size_t i = 0; i < s->entry_count; i++)
        if (s->entries[i].leaves_open && s->entries[i].track == s->track)
            return true;
    return false;
}

static void fill_track(stretch *s)
{
    if (s->track == ANY_TRACK || !waits_for_tie(s)) {
        fill(s);
        return;
    }
    for (size_t p = s->first; p < s->end; p++)
        if (s->prizes[p].track == s->track && s->prizes[p].left > 0)
            s->prizes[p].left = PLACES_WAIT;
}

static bool track_came_before(const pick_prize *prizes, size_t first, size_t prize)
{
    for (size_t p = first; p < prize; p++)
        if (prizes[p].track == prizes[prize].track)
            return true;
    return false;
}

void award_pick(pick_prize *prizes, size_t prize_count, pick_entry *entries, size_t entry_count)
{
    for (size_t i = 0; i < entry_count; i++) {
        entries[i].result = PICK_NONE;
        entries[i].leaves_open = false;
    }
    for (size_t first = 0, end; first < prize_count; first = end) {
        bool any = prizes[first].track == ANY_TRACK;
        for (end = first; end < prize_count && (prizes[end].track == ANY_TRACK) == any; end++)
            ;
        for (size_t p = first; p < end; p++)
            if (!track_came_before(prizes, first, p)) {
                stretch s = {prizes, first, end, prizes[p].track, entries, entry_count};
                fill_track(&s);
            }
    }
}
