/* The library that comes with the program: form headers and sayings that everybody may repeat. */
#ifndef SIMILARITY_LIBRARY_H
#define SIMILARITY_LIBRARY_H

#include "engine.h"

/* Appends nothing and copies nothing of the texts: `out` is an array in `mem` with room for `room` texts
 * of the caller's before the library's `count`, which have the role ENGINE_LIBRARY. */
status library_texts(arena *mem, size_t room, engine_text **out, size_t *count, fault *f);

#endif
