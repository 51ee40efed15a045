/* Builds the flow network of a draw and fills it with the most even loads. */
#include "network.h"

#include <string.h>

static size_t count_supplies(const deal_rows *rows)
{
    size_t n = 0;
    for (size_t r = 0; r < rows->count; r++)
        for (size_t j = 0; rows->row[r].need && j < rows->x->judges; j++)
            n += rows_room(rows, r, j) > 0;
    return n;
}

typedef struct {
    network *n;
    const uint32_t *deck;
    network_rules rules;
    const int64_t *extra;
    uint32_t first_row, first_share, next_gate; /* nodes */
} builder;

/* Where a row's arc to that judge ends: the share node of its group, or the judge. */
static uint32_t judge_door(const builder *b, uint32_t row, uint32_t judge)
{
    if (!(b->rules & RULE_SHARE))
        return NODE_JUDGES + judge;
    return b->first_share + b->n->rows->row[row].group * (uint32_t)b->n->x->judges + judge;
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

/* Arcs from row `r` to the judges deck[from..to) of one unit. */
static void connect_unit(builder *b, uint32_t r, size_t from, size_t to)
{
    network *n = b->n;
    int64_t entries = (int64_t)n->rows->row[r].count;
    uint32_t members = 0, start = b->first_row + r;
    for (size_t i = from; i < to; i++)
        members += rows_room(n->rows, r, b->deck[i]) > 0;
    if (members > 1) {
        uint32_t gate = b->next_gate++;
        int64_t room = entries * members;
        if (b->rules & RULE_UNIT)
            room = rows_gate(n->rows, r, n->x->unit[b->deck[from]]);
        if (b->extra)
            room += b->extra[n->gate_count];
        n->gates[n->gate_count++] = (unit_gate){r, members, flow_arc(&n->g, start, gate, room)};
        start = gate;
    }
    for (size_t i = from; i < to; i++) {
        uint32_t j = b->deck[i];
        int64_t room = rows_room(n->rows, r, j);
        if (room > 0)
            n->supplies[n->supply_count++] =
                (supply){r, j, flow_arc(&n->g, start, judge_door(b, r, j), room)};
    }
}

static void connect(builder *b)
{
    network *n = b->n;
    const deal_index *x = n->x;
    for (uint32_t j = 0; j < x->judges; j++)
        n->level_arc[j] = flow_arc(&n->g, NODE_JUDGES + j, NODE_SINK, 0);
    for (size_t g = 0; b->rules & RULE_SHARE && g < x->groups; g++)
        for (uint32_t j = 0; j < x->judges; j++) {
            size_t at = g * x->judges + j;
            int64_t room = n->rows->share[at] - x->group_kept[at];
            room = room > 0 ? room : 0;
            flow_arc(&n->g, b->first_share + (uint32_t)at, NODE_JUDGES + j, room);
        }
    for (uint32_t r = 0; r < n->rows->count; r++) {
        int64_t wanted = n->rows->row[r].need * (int64_t)n->rows->row[r].count;
        n->wanted += wanted;
        flow_arc(&n->g, NODE_SOURCE, b->first_row + r, wanted);
        for (size_t i = 0; wanted && i < x->judges;) {
            size_t to = unit_end(b, i);
            connect_unit(b, r, i, to);
            i = to;
        }
    }
}

status network_build(arena *mem, const deal_rows *rows, const uint32_t *deck, network_rules rule,
                     const int64_t *extra, network *out, fault *f)
{
    const deal_index *x = rows->x;
    if (!rows->share)
        rule &= ~(unsigned)RULE_SHARE;
    size_t supplies = count_supplies(rows), shares = rule & RULE_SHARE ? x->groups * x->judges : 0;
    size_t nodes = NODE_JUDGES + x->judges + rows->count + shares + supplies;
    *out = (network){.x = x, .rows = rows};
    builder b = {.n = out, .deck = deck, .rules = rule, .extra = extra};
    b.first_row = (uint32_t)(NODE_JUDGES + x->judges);
    b.first_share = b.first_row + (uint32_t)rows->count;
    b.next_gate = b.first_share + (uint32_t)shares;
    out->level_arc = ARENA_ARRAY(mem, uint32_t, x->judges);
    out->supplies = ARENA_ARRAY(mem, supply, supplies);
    out->gates = ARENA_ARRAY(mem, unit_gate, supplies);
    out->tight = ARENA_ARRAY(mem, uint32_t, x->judges);
    if (nodes >= UINT32_MAX || !out->level_arc || !out->supplies || !out->gates || !out->tight)
        return fault_memory(f);
    if (!flow_start(mem, &out->g, (uint32_t)nodes, x->judges + rows->count + shares + 2 * supplies))
        return fault_memory(f);
    connect(&b);
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

void network_fill_as(network *n, const network *loads)
{
    for (size_t j = 0; j < n->x->judges; j++)
        n->g.room[n->level_arc[j]] = network_flow(loads, loads->level_arc[j]);
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
