/* How well a plan lets judges be compared. Reported, never decided by. */
#ifndef ASSIGN_EFFICIENCY_H
#define ASSIGN_EFFICIENCY_H

#include "chamthi/assign.h"

/* `pairs` sorted by entry. The harmonic mean of the canonical efficiency factors against those of a
 * balanced design of the same size, in the track where it is worst; millionths, 0 when a track's judges
 * are not linked, -1 when there is nothing to compare or too much to compute. */
status deal_efficiency(arena *mem, const deal_problem *p, const deal_pair *pairs, size_t count,
                       int64_t *out, fault *f);

#endif
