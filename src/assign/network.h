/* The rules as a flow network: row of entries → (unit) → (share of the track) → judge → level.
 * Shared by deal.c and explain.c. */
#ifndef ASSIGN_NETWORK_H
#define ASSIGN_NETWORK_H

#include "flow.h"
#include "rows.h"

typedef enum { RULE_SHARE = 1, RULE_UNIT = 2, RULES_ALL = 3 } network_rules;

/* One judge who may read entries of one row; the flow through `arc` is how many they get. */
typedef struct {
    uint32_t row, judge, arc;
} supply;

/* Two or more judges of one unit who may read entries of one row. */
typedef struct {
    uint32_t row, members, arc;
} unit_gate;

typedef struct {
    const deal_index *x;
    const deal_rows *rows;
    flow g;
    uint32_t *level_arc; /* per judge */
    supply *supplies;    /* row by row, judges in the order of the deck */
    size_t supply_count;
    unit_gate *gates;
    size_t gate_count;
    int64_t wanted, found;
    uint32_t *tight; /* as in deal_plan, by canonical judge */
} network;

enum { NODE_SOURCE, NODE_SINK, NODE_JUDGES }; /* the rows' nodes follow the judges' */

/* `deck`: judges, those of one unit side by side; it decides between equal solutions. `extra`: for each
 * gate, how many entries may get one more judge of that unit, or NULL. */
status network_build(arena *mem, const deal_rows *rows, const uint32_t *deck, network_rules rule,
                     const int64_t *extra, network *out, fault *f);
/* The largest flow that the caps allow, unbalanced. */
void network_fill(network *n);
/* The largest flow that gives each judge at most what they have in `loads`, another network of the draw. */
void network_fill_as(network *n, const network *loads);
/* Fills level by level: of all flows the one whose loads are least spread. found < wanted when the
 * rules leave readings without a judge. */
status network_balance(arena *mem, network *n, fault *f);

static inline int64_t network_flow(const network *n, uint32_t arc)
{
    return n->g.room[arc ^ 1];
}

#endif
