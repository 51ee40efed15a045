/* The rules as a flow network: class of entries → (unit) → (share of the track) → judge → level.
 * Shared by deal.c and explain.c. */
#ifndef ASSIGN_NETWORK_H
#define ASSIGN_NETWORK_H

#include "flow.h"
#include "index.h"

typedef enum { RULE_SHARE = 1, RULE_UNIT = 2, RULES_ALL = 3 } network_rules;

/* One judge who may read one class; the flow through `arc` is how many of its entries they get. */
typedef struct {
    uint32_t class, judge, arc;
} supply;

/* Two or more judges of one unit who may read one class. */
typedef struct {
    uint32_t class, members, arc;
} unit_gate;

typedef struct {
    const deal_index *x;
    flow g;
    uint32_t *class_arc, *level_arc;
    supply *supplies; /* class by class, judges in the order of the deck */
    size_t supply_count;
    unit_gate *gates;
    size_t gate_count;
    int64_t wanted, found;
    uint32_t *tight; /* as in deal_plan, by canonical judge */
} network;

enum { NODE_SOURCE, NODE_SINK, NODE_JUDGES };

/* `deck`: judges, those of one unit side by side; it decides between equal solutions. `extra`: for each
 * gate, how many entries may get one more judge of that unit, or NULL. */
status network_build(arena *mem, const deal_index *x, const uint32_t *deck, network_rules rules,
                     const int64_t *extra, network *out, fault *f);
/* The largest flow that the caps allow, unbalanced. */
void network_fill(network *n);
/* Fills level by level: of all flows the one whose loads are least spread. found < wanted when the
 * rules leave readings without a judge. */
status network_balance(arena *mem, network *n, fault *f);
/* Most entries of a group that one judge may hold. */
int64_t network_share(const deal_index *x, size_t group);

static inline int64_t network_flow(const network *n, uint32_t arc)
{
    return n->g.room[arc ^ 1];
}

#endif
