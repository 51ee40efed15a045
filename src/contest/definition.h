/* The parts of reading a definition that load.c also needs. */
#ifndef CONTEST_DEFINITION_H
#define CONTEST_DEFINITION_H

#include "chamthi/contest.h"

/* As contest_parse; `kept` is the text without the section `barred`, whose names must not stand where
 * judges' and the public's connections can read. Both live in `mem`. */
status definition_parse(arena *mem, const char *file, slice yaml, contest **out, slice *kept,
                        fault *f);

#endif
