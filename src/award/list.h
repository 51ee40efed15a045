/* A list of results that somebody sent: .csv or .xlsx, as offices lay one out. */
#ifndef AWARD_LIST_H
#define AWARD_LIST_H

#include "chamthi/award.h"

typedef enum {
    NAME,
    UNIT,
    TITLE,
    PRIZE,
    TRACK,
    DECISION,
    DECISION_DATE,
    KIND,
    HONORIFIC,
    ACHIEVEMENT,
    SINCE,
    LEVEL,
    AUTHORITY,
    SIGNATORY,
    SIGNATORY_NAME,
    COLUMNS
} award_column;

typedef struct {
    size_t line;
    const char *cells[COLUMNS]; /* display text on one line */
    const char *kind;           /* entry, collective, subject */
    char day[20];               /* ISO, "" when there is none */
    int64_t since;              /* 0: of this contest */
    award_decision decision;    /* number NULL: none yet */
} award_row;

/* The rows of the list, for a contest. Titles above the header are passed over; rows without name,
 * prize and title, and columns that say nothing here, are noted in `noted`. E_INPUT names every
 * wrong row. */
status award_list_read(arena *mem, const char *path, const contest *own, award_row **rows,
                       size_t *count, award_load_result *noted, fault *f);

#endif
