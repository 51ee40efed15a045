/* Scores: from the judges' sheets to ranks.
 *
 * Points are integers in hundredths. A missing mark is missing: it is never read as zero, and a sheet
 * that lacks one does not count until it is complete. */
#ifndef CHAMTHI_SCORE_H
#define CHAMTHI_SCORE_H

#include "chamthi/fit.h"
#include "chamthi/store.h"

/* ---- one mark ---- */

typedef enum {
    MARK_BLANK,
    MARK_POINTS,
    MARK_NO_NUMBER,
    MARK_OUT_OF_SCALE,
    MARK_OFF_STEP
} mark_kind;

typedef struct {
    int64_t least, most, step; /* hundredths */
} mark_scale;

/* What somebody typed as a mark: comma and point both do, blanks around are ignored. `points` is
 * written only for MARK_POINTS. */
mark_kind mark_read(const char *typed, const mark_scale *scale, int64_t *points);

/* ---- paper sheets keyed in ---- */

typedef enum { FIRST_KEYING = 1, SECOND_KEYING = 2 } sheet_keying;

/* A mark that two people keyed differently; points -1: blank. */
typedef struct {
    const char *phach, *judge, *criterion;
    int64_t first, second;
} sheet_difference;

typedef struct {
    const char *phach, *judge;
    int64_t missing; /* criteria without a mark */
} sheet_incomplete;

typedef struct {
    int64_t rows, sheets; /* in the file */
    int64_t changed;      /* sheets that the file changed */
    sheet_incomplete *incomplete;
    size_t incomplete_count;
    sheet_difference *differences; /* second keying only */
    size_t difference_count;
} sheet_entered;

/* Enters a CSV phach,judge,criterion,points[,comment] in one transaction. The first keying writes
 * the marks: a sheet with all of them becomes submitted, with some it stays a draft. The second only
 * compares. Every mistake names its line, and then nothing is entered: an unknown code, judge or
 * criterion, a mark off its scale, a sheet that was not assigned (E_INPUT), a closed round or a
 * submitted sheet that says something else (E_CONFLICT). The same file again changes nothing. */
status sheet_enter(store *db, arena *mem, const char *actor, const char *path, sheet_keying keying,
                   sheet_entered *out, fault *f);

/* ---- ranks ---- */

typedef struct {
    int64_t entry_id;
    const char *receipt, *title, *track; /* track key */
    int64_t assigned, complete;          /* sheets given out, sheets with every mark */
    int64_t mean;                        /* of the complete sheets, hundredths rounded half up */
    int64_t adjusted;                    /* by the method, hundredths; equals the mean for mean */
    fit_method method;                   /* the one used, never FIT_AUTO */
    int64_t lowest, highest;             /* of the complete sheets */
    int64_t rank;                        /* within the track; 0: no complete sheet */
    bool tied;                           /* another entry of the track has the same rank */
    bool apart;                          /* highest - lowest is a fifth of the scale or more */
} rank_row;

typedef struct {
    rank_row *rows; /* by track, then rank (none last), then receipt */
    size_t count;
    int64_t scale;  /* most points a sheet can have */
    bool changed;   /* differs from the ranking stored before */
    remarks alarms; /* what a person must know about the method, track by track */
} rank_table;

/* One complete sheet. */
typedef struct {
    size_t row;        /* index of the entry */
    int64_t points;    /* sum of its marks */
    const char *judge; /* code */
} rank_sheet;

/* Fills what the sheets (those of one entry together) say: complete, mean, lowest, highest, apart; and
 * adjusted = mean. Pure. */
void rank_means(rank_row *rows, size_t count, const rank_sheet *sheets, size_t sheet_count,
                int64_t scale);
/* Sorts and gives places by `adjusted`: equal at the published precision means equal rank, with the next
 * rank left out (1 2 2 4). Pure. */
void rank_places(rank_row *rows, size_t count);

/* Ranks a round, each track by itself, and stores the result. Entries that were withdrawn or
 * disqualified are left out. E_INPUT where the method is not defined for a track's sheets. */
status rank_round(store *db, arena *mem, const char *actor, int64_t year, const char *round,
                  fit_method method, rank_table *out, fault *f);

/* Closes a round: no mark changes after it. While sheets are unfinished it is E_CONFLICT, unless a
 * reason is given, which goes into the audit row. */
status round_close(store *db, const char *actor, int64_t year, const char *round,
                   const char *reason, fault *f);

#endif
