/* Builds the flow network of a draw and fills it with the most even loads. */
#include "network.h"

#include <string.h>

static bool in_group(const deal_index *x, size_t judge, size_t group)
{
    for (size_t c = 0; c < x->classes; c++)
        if (x->class[c].group == group && index_may(x, c, judge))
            return true;
    return false;
}

int64_t network_share(const deal_index *x, size_t group)
{
    int64_t entries = 0, readings = 0, able = 0;
    for (size_t c = 0; c < x->classes; c++)
        if (x->class[c].group == group) {
            int64_t count = (int64_t)x->class[c].count;
            size_t kept = x->kept[x->by_class[x->class[c].first]].count;
            entries += count;
            readings += count * (x->class[c].need + (int64_t)kept);
        }
    for (size_t j = 0; j < x->judges; j++)
        able += in_group(x, j, group);
    int64_t asked = (entries * x->p->share + DEAL_SHARE_WHOLE - 1) / DEAL_SHARE_WHOLE;
    int64_t least = able ? (2 * readings + able - 1) / able : 0;
    int64_t most = asked > least ? asked : least;
    return most < entries ? most : entries;
}

/* Kept readings of each judge in each group: [group * judges + judge]. */
static int64_t *count_kept(arena *mem, const deal_index *x)
{
    int64_t *held = ARENA_ARRAY(mem, int64_t, x->groups * x->judges);
    for (size_t e = 0; held && e < x->entries; e++)
        for (size_t i = 0; i < x->kept[e].count; i++)
            held[x->group_of[e] * x->judges + x->kept[e].items[i]]++;
    return held;
}

static size_t count_supplies(const deal_index *x)
{
    size_t n = 0;
    for (size_t c = 0; c < x->classes; c++)
        for (size_t j = 0; x->class[c].need && j < x->judges; j++)
            n += index_may(x, c, j);
    return n;
}

typedef struct {
    network *n;
    const uint32_t *deck;
    network_rules rules;
    const int64_t *extra;
    uint32_t first_class, first_share, next_gate; /* nodes */
} builder;

/* Where a class's arc to that judge ends: the share node of its group, or the judge. */
static uint32_t judge_door(const builder *b, uint32_t class, uint32_t judge)
{
    const deal_index *x = b->n->x;
    if (!(b->rules & RULE_SHARE))
        return NODE_JUDGES + judge;
    return b->first_share + x->class[class].group * (uint32_t)x->judges + judge;
}

/* The judges of the deck from `from` on that are of one unit. */
static size_t unit_end(const builder *b, size_t from)
{
    const deal_index *x = b->n->x;
    size_t to = from + 1;
    while (to < x->judges && index_same_unit(x, b->deck[from], b->deck[to]))
        to++;
    return to;
}

/* Arcs from class `c` to the judges deck[from..to) of one unit. */
static void connect_unit(builder *b, uint32_t c, size_t from, size_t to)
{
    network *n = b->n;
    const deal_index *x = n->x;
    int64_t entries = (int64_t)x->class[c].count;
    uint32_t members = 0, start = b->first_class + c;
    for (size_t i = from; i < to; i++)
        members += index_may(x, c, b->deck[i]);
    if (members > 1) {
        uint32_t gate = b->next_gate++;
        int64_t room = b->rules & RULE_UNIT ? entries : entries * members;
        if (b->extra)
            room += b->extra[n->gate_count];
        n->gates[n->gate_count++] = (unit_gate){c, members, flow_arc(&n->g, start, gate, room)};
        start = gate;
    }
    for (size_t i = from; i < to; i++)
        if (index_may(x, c, b->deck[i])) {
            uint32_t j = b->deck[i];
            uint32_t arc = flow_arc(&n->g, start, judge_door(b, c, j), entries);
            n->supplies[n->supply_count++] = (supply){c, j, arc};
        }
}

static void connect(builder *b, const int64_t *kept)
{
    network *n = b->n;
    const deal_index *x = n->x;
    for (uint32_t j = 0; j < x->judges; j++)
        n->level_arc[j] = flow_arc(&n->g, NODE_JUDGES + j, NODE_SINK, 0);
    for (size_t g = 0; kept && g < x->groups; g++) {
        int64_t share = network_share(x, g);
        for (uint32_t j = 0; j < x->judges; j++) {
            size_t at = g * x->judges + j;
            int64_t room = share > kept[at] ? share - kept[at] : 0;
            flow_arc(&n->g, b->first_share + (uint32_t)at, NODE_JUDGES + j, room);
        }
    }
    for (uint32_t c = 0; c < x->classes; c++) {
        int64_t wanted = x->class[c].need * (int64_t)x->class[c].count;
        n->wanted += wanted;
        n->class_arc[c] = flow_arc(&n->g, NODE_SOURCE, b->first_class + c, wanted);
        for (size_t i = 0; wanted && i < x->judges;) {
            size_t to = unit_end(b, i);
            connect_unit(b, c, i, to);
            i = to;
        }
    }
}

status network_build(arena *mem, const deal_index *x, const uint32_t *deck, network_rules rules,
                     const int64_t *extra, network *out, fault *f)
{
    if (x->p->share >= DEAL_SHARE_WHOLE)
        rules &= ~(unsigned)RULE_SHARE;
    size_t supplies = count_supplies(x);
    size_t shares = rules & RULE_SHARE ? x->groups * x->judges : 0;
    size_t nodes = NODE_JUDGES + x->judges + x->classes + shares + supplies;
    *out = (network){.x = x};
    builder b = {.n = out, .deck = deck, .rules = rules, .extra = extra};
    b.first_class = (uint32_t)(NODE_JUDGES + x->judges);
    b.first_share = b.first_class + (uint32_t)x->classes;
    b.next_gate = b.first_share + (uint32_t)shares;
    out->class_arc = ARENA_ARRAY(mem, uint32_t, x->classes);
    out->level_arc = ARENA_ARRAY(mem, uint32_t, x->judges);
    out->supplies = ARENA_ARRAY(mem, supply, supplies);
    out->gates = ARENA_ARRAY(mem, unit_gate, supplies);
    out->tight = ARENA_ARRAY(mem, uint32_t, x->judges);
    int64_t *kept = rules & RULE_SHARE ? count_kept(mem, x) : NULL;
    if (nodes >= UINT32_MAX || !out->class_arc || !out->level_arc || !out->supplies ||
        !out->gates || !out->tight || (rules & RULE_SHARE && !kept))
        return fault_memory(f);
    if (!flow_start(mem, &out->g, (uint32_t)nodes, x->judges + x->classes + shares + 2 * supplies))
        return fault_memory(f);
    connect(&b, kept);
    return OK;
}

/* What the judge may still be given when everybody stops at `level`. */
static int64_t level_room(const network *n, size_t j, int64_t level)
{
    const deal_index *x = n->x;
    int64_t most = x->cap[j] < level ? x->cap[j] : level;
    return most > x->held[j] ? most - x->held[j] : 0;
}

static void set_level(network *n, int64_t level)
{
    for (size_t j = 0; j < n->x->judges; j++) {
        uint32_t arc = n->level_arc[j];
        int64_t room = level_room(n, j, level) - network_flow(n, arc);
        n->g.room[arc] = n->tight[j] || room < 0 ? 0 : room;
    }
}

void network_fill(network *n)
{
    set_level(n, INT64_MAX);
    n->found += flow_run(&n->g, NODE_SOURCE, NODE_SINK);
}

/* True, and the flow kept, when every judge not yet tight can be filled up to `level`. */
static bool saturate(network *n, int64_t level, int64_t *saved)
{
    int64_t asked = 0;
    for (size_t j = 0; j < n->x->judges; j++)
        asked += n->tight[j] ? network_flow(n, n->level_arc[j]) : level_room(n, j, level);
    if (asked > n->wanted)
        return false;
    memcpy(saved, n->g.room, n->g.arcs * sizeof *saved);
    set_level(n, level);
    int64_t added = flow_run(&n->g, NODE_SOURCE, NODE_SINK);
    if (n->found + added == asked) {
        n->found = asked;
        return true;
    }
    memcpy(n->g.room, saved, n->g.arcs * sizeof *saved);
    return false;
}

/* The highest level in known..most to which all can be filled; fills up to it. */
static int64_t highest_level(network *n, int64_t known, int64_t most, int64_t *saved)
{
    while (known < most) {
        int64_t middle = known + (most - known + 1) / 2;
        if (saturate(n, middle, saved))
            known = middle;
        else
            most = middle - 1;
    }
    return known;
}

static bool all_at_cap(const network *n)
{
    const deal_index *x = n->x;
    for (size_t j = 0; j < x->judges; j++)
        if (!n->tight[j] && x->held[j] + network_flow(n, n->level_arc[j]) < x->cap[j])
            return false;
    return true;
}

status network_balance(arena *mem, network *n, fault *f)
{
    const deal_index *x = n->x;
    int64_t *saved = ARENA_ARRAY(mem, int64_t, n->g.arcs), most = n->wanted, level = 0;
    if (!saved)
        return fault_memory(f);
    for (size_t j = 0; j < x->judges; j++)
        most = x->held[j] + n->wanted > most ? x->held[j] + n->wanted : most;
    for (uint32_t phase = 1; n->found < n->wanted && !all_at_cap(n); phase++) {
        level = highest_level(n, level, most, saved) + 1;
        set_level(n, level);
        n->found += flow_run(&n->g, NODE_SOURCE, NODE_SINK);
        for (uint32_t j = 0; n->found < n->wanted && j < x->judges; j++)
            if (!n->tight[j] && !flow_reached(&n->g, NODE_JUDGES + j))
                n->tight[j] = phase;
    }
    return OK;
}
