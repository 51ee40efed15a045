/* Who comes to the ceremony: everybody who gets a prize, one by one, with a seat. */
#ifndef PRINT_GUESTS_H
#define PRINT_GUESTS_H

#include "chamthi/store.h"

typedef struct {
    const char *name, *unit, *prize;
    const char *address, *phone; /* of the first author of an entry, or of its subject; else "" */
    bool again;    /* the same person as the one before, for another award: one seat */
    size_t award;  /* place in the order of calling */
    char seat[16]; /* "B7" */
} guest;

typedef struct {
    const char *kind, *prize, *recipient, *unit, *title, *track, *serial;
} called_award;

typedef struct {
    called_award *awards; /* in the order in which they are called: the first prize last */
    size_t award_count;
    guest *guests; /* by unit, then given name */
    size_t guest_count;
} guest_list;

/* Seats go unit by unit, so that people of one unit sit together: a unit that does not fit into what is
 * left of a row begins the next one. E_CONFLICT when the year has no decided award. */
status guests_gather(store *db, arena *mem, int64_t year, int64_t seats_in_row, guest_list *out,
                     fault *f);

#endif
