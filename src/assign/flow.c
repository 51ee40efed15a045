/* Dinic's maximum flow without recursion. */
#include "flow.h"

#include <string.h>

#define NO_ARC UINT32_MAX

bool flow_start(arena *mem, flow *g, uint32_t nodes, size_t arc_pairs)
{
    size_t arcs = 2 * arc_pairs;
    *g = (flow){.nodes = nodes, .most = (uint32_t)arcs};
    g->first = ARENA_ARRAY(mem, uint32_t, nodes);
    g->next = ARENA_ARRAY(mem, uint32_t, arcs);
    g->to = ARENA_ARRAY(mem, uint32_t, arcs);
    g->room = ARENA_ARRAY(mem, int64_t, arcs);
    g->level = ARENA_ARRAY(mem, uint32_t, nodes);
    g->queue = ARENA_ARRAY(mem, uint32_t, nodes);
    g->current = ARENA_ARRAY(mem, uint32_t, nodes);
    g->path = ARENA_ARRAY(mem, uint32_t, nodes);
    if (arcs >= NO_ARC || !g->first || !g->next || !g->to || !g->room || !g->level || !g->queue ||
        !g->current || !g->path)
        return false;
    memset(g->first, 0xff, nodes * sizeof *g->first);
    return true;
}

static void put(flow *g, uint32_t from, uint32_t to, int64_t room)
{
    uint32_t a = g->arcs++;
    g->to[a] = to;
    g->room[a] = room;
    g->next[a] = g->first[from];
    g->first[from] = a;
}

uint32_t flow_arc(flow *g, uint32_t from, uint32_t to, int64_t room)
{
    put(g, from, to, room);
    put(g, to, from, 0);
    return g->arcs - 2;
}

/* Distances from the source over arcs with room. */
static bool find_levels(flow *g, uint32_t source, uint32_t sink)
{
    memset(g->level, 0xff, g->nodes * sizeof *g->level);
    size_t head = 0, tail = 0;
    g->level[source] = 0;
    g->queue[tail++] = source;
    while (head < tail) {
        uint32_t node = g->queue[head++];
        for (uint32_t a = g->first[node]; a != NO_ARC; a = g->next[a])
            if (g->room[a] > 0 && g->level[g->to[a]] == UINT32_MAX) {
                g->level[g->to[a]] = g->level[node] + 1;
                g->queue[tail++] = g->to[a];
            }
    }
    return g->level[sink] != UINT32_MAX;
}

/* Pushes along the `length` arcs of the path; returns how much. */
static int64_t push_path(flow *g, size_t length)
{
    int64_t most = INT64_MAX;
    for (size_t i = 0; i < length; i++)
        if (g->room[g->path[i]] < most)
            most = g->room[g->path[i]];
    for (size_t i = 0; i < length; i++) {
        g->room[g->path[i]] -= most;
        g->room[g->path[i] ^ 1] += most;
    }
    return most;
}

/* Steps back to the node before the first arc that is full now. */
static size_t retreat_full(const flow *g, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (g->room[g->path[i]] == 0)
            return i;
    return length;
}

/* All shortest paths, until none is left. */
static int64_t block(flow *g, uint32_t source, uint32_t sink)
{
    int64_t total = 0;
    size_t length = 0;
    uint32_t node = source;
    memcpy(g->current, g->first, g->nodes * sizeof *g->first);
    for (;;) {
        if (node == sink) {
            total += push_path(g, length);
            length = retreat_full(g, length);
            node = g->to[g->path[length] ^ 1];
        }
        uint32_t a = g->current[node];
        while (a != NO_ARC && (g->room[a] == 0 || g->level[g->to[a]] != g->level[node] + 1))
            a = g->next[a];
        g->current[node] = a;
        if (a != NO_ARC) {
            g->path[length++] = a;
            node = g->to[a];
        } else if (node == source) {
            return total;
        } else {
            length--;
            node = g->to[g->path[length] ^ 1];
            g->current[node] = g->next[g->current[node]];
        }
    }
}

int64_t flow_run(flow *g, uint32_t source, uint32_t sink)
{
    int64_t total = 0;
    while (find_levels(g, source, sink))
        total += block(g, source, sink);
    return total;
}
