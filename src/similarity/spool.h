/* Texts that are too many for memory: written one behind the other into a nameless file below $TMPDIR or
 * /tmp, then mapped, so that the machine may drop what it does not need and read it again. */
#ifndef SIMILARITY_SPOOL_H
#define SIMILARITY_SPOOL_H

#include "chamthi/arena.h"

typedef struct spool spool;

status spool_new(spool **out, fault *f);
void spool_free(spool *s); /* NULL allowed; the mapped bytes are gone */

/* Keeps a copy; *at: where it will be in the mapped bytes. From any thread. */
status spool_put(spool *s, slice text, size_t *at, fault *f);
/* When all is in. The bytes stay until the spool is freed. */
status spool_map(spool *s, const char **bytes, fault *f);

#endif
