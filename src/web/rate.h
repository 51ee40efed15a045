/* How often one address may ask for something that could be guessed, within a minute. */
#ifndef WEB_RATE_H
#define WEB_RATE_H

#include "chamthi/fault.h"

#include <stdbool.h>
#include <stdint.h>

typedef struct rate rate;

status rate_new(rate **out, int64_t most_a_minute, fault *f);
void rate_free(rate *r); /* NULL is fine */

/* Counts one more from this address; false when that is too many. Addresses are kept as hashes, each for
 * a minute. Shared by all threads. */
bool rate_allows(rate *r, const char *address, int64_t now);

#endif
