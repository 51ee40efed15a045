/* Whether an address lies in the city: by the names of its units and of the other provinces. */
#ifndef CHECK_PLACE_H
#define CHECK_PLACE_H

#include "rules.h"

typedef struct {
    const char **folds; /* sorted */
    size_t count, capacity;
} place_names;

/* Adds a folded name; sort with place_sort() before place_look(). */
status place_add(place_names *l, arena *mem, const char *fold, fault *f);
void place_sort(place_names *l);

/* SUBJECT_UNPLACED for an empty address. Allocates in `mem`; out of memory is SUBJECT_UNREAD. */
address_place place_look(const place_names *l, arena *mem, const char *address);

#endif
