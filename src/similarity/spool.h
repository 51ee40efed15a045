/* Very many texts: the first gigabyte of them in memory, the rest one behind the other in a nameless file
 * below $TMPDIR or /tmp, mapped, so that the machine may drop what it does not need and read it again. */
#ifndef SIMILARITY_SPOOL_H
#define SIMILARITY_SPOOL_H

#include "chamthi/arena.h"

typedef struct spool spool;

status spool_new(spool **out, fault *f);
void spool_free(spool *s); /* NULL allowed; the texts are gone */

/* Keeps a copy; *at: its place. From any thread. */
status spool_put(spool *s, slice text, size_t *at, fault *f);
/* When all is in; before the first spool_text. */
status spool_close(spool *s, fault *f);
const char *spool_text(const spool *s, size_t at, size_t size);

#endif
