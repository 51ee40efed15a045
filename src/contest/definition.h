/* The parts of reading a definition that load.c also needs. */
#ifndef CONTEST_DEFINITION_H
#define CONTEST_DEFINITION_H

#include "chamthi/contest.h"

/* As contest_parse; `kept` is the text without the section `barred`: names of people stand in identity_
 * tables only, where they can be closed and erased. Both live in `mem`. */
status definition_parse(arena *mem, const char *file, slice yaml, contest **out, slice *kept,
                        fault *f);

#endif
