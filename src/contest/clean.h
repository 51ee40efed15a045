/* Names as they are kept. */
#ifndef CONTEST_CLEAN_H
#define CONTEST_CLEAN_H

#include "chamthi/arena.h"

/* NFC, on one line, without blanks at the ends. NULL: memory. */
char *clean_line(arena *mem, slice text);

#endif
