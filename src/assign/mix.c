/* Swaps that turn a legal plan into a random, then into a well linked legal plan. */
#include "deal.h"

#include <string.h>

enum {
    /* Half of n ln n random transpositions mix n cards; a slot more or less does not matter here. In
     * rounds of LARGE readings one with any place and one inside the group, which nearly always fits,
     * must do. */
    MIXING_PER_SLOT = 6,
    MIXING_PER_SLOT_LARGE = 2,
    MIXING_PER_SLOT_REPAIR = 1, /* of a large round: among readings that stand */
    IMPROVING_PER_SLOT = 8,
    IMPROVING_LEAST = 20000, /* small rounds can afford the search */
    LARGE = 1000000,
    ROUNDS_MOST = 20,
    PAIR_CELLS_MOST = 8 * 1024 * 1024
};

typedef struct {
    hand *h;
    const deal_index *x;
    uint32_t *slots; /* places that were dealt, as entry * width + place */
    size_t count;
    entry_run *groups;    /* of entries that lack readings */
    const int64_t *share; /* as in deal_rows */
    uint32_t *held;       /* [group * judges + judge] */
    uint32_t *pairs;      /* [(track * judges + a) * judges + b], a < b: entries they share; NULL */
    uint32_t *parent;     /* union-find: judges, per track */
    random_stream *r;
} mixer;

static uint32_t *pair_cell(mixer *m, size_t track, uint32_t a, uint32_t b)
{
    uint32_t low = a < b ? a : b, high = a < b ? b : a;
    return &m->pairs[(track * m->x->judges + low) * m->x->judges + high];
}

static size_t track_of_entry(const deal_index *x, size_t e)
{
    return x->track_of[x->group_of[e]];
}

static bool share_allows(const mixer *m, size_t e, size_t other, uint32_t j)
{
    size_t at = m->x->group_of[e] * m->x->judges + j;
    return !m->share || m->x->group_of[e] == m->x->group_of[other] || m->held[at] < m->share[at];
}

/* Adds or takes away the pairs of judge `j` with the others on `e`; returns the change of the sum of
 * squares. */
static int64_t count_pairs(mixer *m, size_t e, size_t place, uint32_t j, int sign)
{
    const hand *h = m->h;
    int64_t change = 0;
    for (size_t i = 0; i < h->placed[e]; i++) {
        if (i == place)
            continue;
        uint32_t *cell = pair_cell(m, track_of_entry(m->x, e), j, h->judge[e * h->width + i]);
        change += sign > 0 ? 2 * (int64_t)*cell + 1 : 1 - 2 * (int64_t)*cell;
        *cell = sign > 0 ? *cell + 1 : *cell - 1;
    }
    return change;
}

typedef enum { SWAP_ANY, SWAP_IN_GROUP, SWAP_IMPROVING } swap_aim;

/* Puts `to` in the place of the judge who holds it; the pairs follow. */
static int64_t replace(mixer *m, size_t slot, uint32_t to, swap_aim aim)
{
    hand *h = m->h;
    size_t e = slot / h->width, place = slot % h->width, row = m->x->group_of[e] * m->x->judges;
    uint32_t from = h->judge[slot];
    int64_t change = 0;
    if (aim == SWAP_IMPROVING) {
        change = count_pairs(m, e, place, from, -1);
        change += count_pairs(m, e, place, to, +1);
    }
    m->held[row + from]--;
    m->held[row + to]++;
    h->judge[slot] = to;
    return change;
}

/* A dealt place of the group that the entry belongs to. */
static size_t slot_in_group(mixer *m, size_t entry)
{
    const deal_index *x = m->x;
    const entry_run *group = &m->groups[x->group_of[entry]];
    size_t e = x->by_class[group->first + random_below(m->r, group->count)];
    return e * m->h->width + index_kept(x, e) +
           (size_t)random_below(m->r, x->class[x->class_of[e]].need);
}

static void try_swap(mixer *m, swap_aim aim)
{
    size_t a = m->slots[random_below(m->r, m->count)];
    size_t b = aim == SWAP_IN_GROUP ? slot_in_group(m, a / m->h->width)
                                    : m->slots[random_below(m->r, m->count)];
    size_t width = m->h->width, ea = a / width, eb = b / width;
    uint32_t ja = m->h->judge[a], jb = m->h->judge[b];
    if (ea == eb || ja == jb || !hand_fits(m->h, ea, a % width, jb) ||
        !hand_fits(m->h, eb, b % width, ja) || !share_allows(m, ea, eb, jb) ||
        !share_allows(m, eb, ea, ja) || !hand_words_allow(m->h, ja, ea, eb) ||
        !hand_words_allow(m->h, jb, eb, ea))
        return;
    int64_t change = replace(m, a, jb, aim);
    change += replace(m, b, ja, aim);
    if (aim == SWAP_IMPROVING && change > 0) {
        replace(m, b, jb, aim);
        replace(m, a, ja, aim);
        return;
    }
    hand_words_move(m->h, ja, ea, eb);
    hand_words_move(m->h, jb, eb, ea);
}

static uint32_t root(mixer *m, uint32_t node)
{
    while (m->parent[node] != node)
        node = m->parent[node] = m->parent[m->parent[node]];
    return node;
}

/* Also of a complete entry, which is not in the hand. */
static number_list judges_on(const hand *h, size_t e)
{
    if (e >= h->x->entries)
        return list_at(h->x->kept, e);
    return (number_list){h->judge + e * h->width, h->placed[e]};
}

/* Links that join all judges who read anything of a track, summed over the tracks. */
static size_t links_wanted(const mixer *m)
{
    const deal_index *x = m->x;
    size_t wanted = 0;
    for (size_t t = 0; t < x->tracks; t++) {
        size_t present = 0;
        for (size_t j = 0; j < x->judges; j++) {
            uint32_t readings = 0;
            for (size_t g = 0; g < x->groups; g++)
                readings += x->track_of[g] == t ? m->held[g * x->judges + j] : 0;
            present += readings > 0;
        }
        wanted += present ? present - 1 : 0;
    }
    return wanted;
}

/* True when in every track all judges who read anything there are linked by common entries. */
static bool linked(mixer *m)
{
    const deal_index *x = m->x;
    size_t wanted = links_wanted(m);
    for (uint32_t i = 0; i < x->tracks * x->judges; i++)
        m->parent[i] = i;
    for (size_t e = 0; wanted && e < x->all; e++) {
        uint32_t base = (uint32_t)(track_of_entry(x, e) * x->judges);
        number_list on = judges_on(m->h, e);
        for (size_t i = 1; i < on.count; i++) {
            uint32_t a = root(m, base + on.items[0]), b = root(m, base + on.items[i]);
            m->parent[a] = b;
            wanted -= a != b;
        }
    }
    return !wanted;
}

static status start(arena *mem, mixer *m, fault *f)
{
    const deal_index *x = m->x;
    const hand *h = m->h;
    size_t most = x->entries * h->width, cells = x->tracks * x->judges * x->judges;
    m->slots = ARENA_ARRAY(mem, uint32_t, most);
    m->held = ARENA_ARRAY(mem, uint32_t, x->groups * x->judges);
    m->parent = ARENA_ARRAY(mem, uint32_t, x->tracks * x->judges);
    m->groups = ARENA_ARRAY(mem, entry_run, x->groups);
    m->share = h->rows->share;
    bool wants_pairs = h->width > 1 && cells <= PAIR_CELLS_MOST;
    m->pairs = wants_pairs ? ARENA_ARRAY(mem, uint32_t, cells) : NULL;
    if (!m->slots || !m->held || !m->parent || !m->groups || (wants_pairs && !m->pairs))
        return fault_memory(f);
    for (size_t i = 0; i < x->rows; i++) { /* rows of a group stand side by side */
        entry_run *group = &m->groups[x->row[i].group];
        group->first = group->count ? group->first : x->row[i].first;
        group->count += x->row[i].count;
    }
    for (size_t i = 0; i < x->groups * x->judges; i++)
        m->held[i] = (uint32_t)x->group_kept[i];
    for (size_t e = 0; e < x->entries; e++)
        for (size_t i = index_kept(x, e); i < h->placed[e]; i++) {
            m->held[x->group_of[e] * x->judges + h->judge[e * h->width + i]]++;
            m->slots[m->count++] = (uint32_t)(e * h->width + i);
        }
    return OK;
}

static void count_all_pairs(mixer *m)
{
    const hand *h = m->h;
    size_t judges = m->x->judges;
    memset(m->pairs, 0, m->x->tracks * judges * judges * sizeof *m->pairs);
    for (size_t e = 0; e < m->x->all; e++) {
        number_list on = judges_on(h, e);
        for (size_t i = 1; i < on.count; i++)
            for (size_t k = 0; k < i; k++)
                ++*pair_cell(m, track_of_entry(m->x, e), on.items[i], on.items[k]);
    }
}

static void improve(mixer *m, size_t swaps)
{
    count_all_pairs(m);
    for (size_t i = 0; i < swaps; i++)
        try_swap(m, SWAP_IMPROVING);
}

status hand_mix(arena *mem, hand *h, random_stream *r, fault *f)
{
    mixer m = {.h = h, .x = h->x, .r = r};
    TRY(start(mem, &m, f));
    bool large = h->x->all * h->width > LARGE;
    size_t each = !large                ? MIXING_PER_SLOT
                  : h->x->p->kept_count ? MIXING_PER_SLOT_REPAIR
                                        : MIXING_PER_SLOT_LARGE;
    size_t mixing = m.count * each;
    size_t improving = m.count * IMPROVING_PER_SLOT + IMPROVING_LEAST;
    for (int round = 0; m.count > 1 && round < ROUNDS_MOST; round++) {
        for (size_t i = 0; i < mixing; i++)
            try_swap(&m, large && i % 2 ? SWAP_IN_GROUP : SWAP_ANY);
        if (m.pairs)
            improve(&m, improving);
        if (h->width < 2 || linked(&m))
            break;
    }
    return OK;
}
