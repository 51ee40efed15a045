/* Who an entry's award is for. */
#ifndef AWARD_NAMES_H
#define AWARD_NAMES_H

#include "chamthi/award.h"

/* The authors exactly as the manifest wrote them, and their units, each joined with "; ". */
status award_names(store *db, arena *mem, int64_t entry, const char **names, const char **units,
                   fault *f);

#endif
