/* Maximum flow on integers (Dinic), restartable: raise some rooms, run again, get the added flow. */
#ifndef ASSIGN_FLOW_H
#define ASSIGN_FLOW_H

#include "chamthi/arena.h"

#include <stdbool.h>
#include <stdint.h>

typedef struct {
    uint32_t nodes, arcs, most; /* arcs come in pairs: i and i ^ 1 are each other's way back */
    uint32_t *first, *next, *to;
    int64_t *room;
    uint32_t *level, *queue, *current, *path; /* work space of a run */
} flow;

/* Room for `arc_pairs` arcs. False: memory. */
bool flow_start(arena *mem, flow *g, uint32_t nodes, size_t arc_pairs);
/* Returns the arc's number; room[number ^ 1] is what flows through it. */
uint32_t flow_arc(flow *g, uint32_t from, uint32_t to, int64_t room);
/* Pushes as much as fits from `source` to `sink` on top of what flows, returns the addition. */
int64_t flow_run(flow *g, uint32_t source, uint32_t sink);
/* After flow_run: true when more could still be brought from the source to that node. */
static inline bool flow_reached(const flow *g, uint32_t node)
{
    return g->level[node] != UINT32_MAX;
}

#endif
