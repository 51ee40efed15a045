/* Chances at the prize line, from seeded draws of what the true scores may be. */
#ifndef SCORE_CHANCE_H
#define SCORE_CHANCE_H

#include "solve.h"

#include "chamthi/fit.h"

/* Fills prize and expected_rank of all entries. `s` is solved (and inverted) for ls and eb; NULL for mean,
 * where `sd` is the standard deviation of a single reading. */
status chance_draw(arena *mem, const ratings *table, const solver *s, double sd, fit *out,
                   fault *f);

/* Without any error the ranks are certain; entries that tie over the line share what is left. */
void chance_certain(const ratings *table, fit *out);

#endif
