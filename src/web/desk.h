/* A judge's desk in the store: the sheets that are his, and nobody else's. The judge's id comes from
 * the session and is bound in every statement. */
#ifndef WEB_DESK_H
#define WEB_DESK_H

#include "chamthi/account.h"
#include "chamthi/assign.h"
#include "chamthi/score.h"
#include "chamthi/store.h"
#include "format.h"

typedef enum {
    SHEET_OPEN,
    SHEET_DRAFT,
    SHEET_SUBMITTED,
    SHEET_RETURNED, /* submitted, and handed back by the organizers with a reason */
    SHEET_RECUSED
} sheet_state;

typedef struct {
    int64_t round_id, year, words; /* words 0: not counted */
    int64_t parcel;                /* from 1; 0: in none */
    const char *round, *contest, *phach, *title, *track;
    const char *due; /* 2024-05-31, "" when no day was said */
    sheet_state state;
} desk_item;

typedef struct {
    desk_item *
        items; /* by year, round, parcel, phách: the order never changes under the reader's hands */
    size_t count;
} desk_queue;

status desk_queue_read(store *db, arena *mem, const account *judge, desk_queue *out, fault *f);
/* The first essay after `phach` (NULL: from the start) that waits for marks, going round once; NULL when
 * all are done. */
const char *desk_next(const desk_queue *queue, const char *phach);

typedef struct {
    int64_t id;
    const char *name, *description;
    mark_scale scale;
    int64_t weight; /* hundredths: a mark counts so many times */
    bool marked;
    int64_t points; /* hundredths, when marked */
} desk_criterion;

typedef struct {
    int64_t id, rev, year, words, submitted_at;
    int64_t pages; /* pictures of a handwritten essay */
    sheet_state state;
    bool writable; /* the round is open and the sheet is with the judge */
    const char *phach, *title, *text, *track, *round;
    const char *due;                              /* 2024-05-31, "" when no day was said */
    const char *comment, *returned_reason, *code; /* "" when there is none */
    const char *note, *highlights;                /* for the judge's own eyes */
    desk_criterion *criteria;
    size_t criterion_count;
} desk_sheet;

/* E_MISSING, with a sentence, when this judge has no such sheet; whether anyone else has is not told. */
status desk_sheet_read(store *db, arena *mem, const account *judge, const char *phach,
                       desk_sheet *out, fault *f);

/* One page of a handwritten essay of this judge; E_MISSING like the sheet. */
status desk_page_read(store *db, arena *mem, const account *judge, const char *phach, int64_t page,
                      buffer *bytes, const char **type, fault *f);

typedef enum { DESK_SAVE, DESK_SUBMIT } desk_aim;

typedef struct {
    mark_kind kind; /* MARK_BLANK takes the mark away, MARK_POINTS sets it, the others leave it */
    int64_t points;
} desk_mark;

typedef struct {
    int64_t rev;            /* the revision the judge had in front of him */
    const desk_mark *marks; /* in the order of the sheet's criteria */
    const char *comment, *note, *highlights;
    desk_aim aim; /* DESK_SUBMIT wants every criterion marked */
    int64_t now;
} desk_change;

/* Writes marks, comment and state in one transaction. E_CONFLICT when the sheet is no longer at that
 * revision or no longer with the judge; nothing is changed then. */
status desk_write(store *db, arena *mem, const account *judge, const desk_sheet *sheet,
                  const desk_change *change, fault *f);
/* Whether the sheet already holds all of the change: the same form sent twice. */
bool desk_holds(const desk_sheet *sheet, const desk_change *change);

/* As assign_recuse. */
status desk_recuse(store *db, const account *judge, const desk_sheet *sheet, int64_t rev,
                   conflict_reason reason, const char *note, fault *f);
/* As sheet_abstain. */
status desk_abstain(store *db, const account *judge, const desk_sheet *sheet, int64_t rev,
                    fault *f);

/* "This looks copied": told to the organizers, once for the same words; the sheet stays where it is.
 * E_CONFLICT when it is not the judge's to read any more. */
status desk_suspect(store *db, const account *judge, const desk_sheet *sheet, const char *text,
                    int64_t now, fault *f);

typedef struct {
    int64_t round_id, year, submitted_at, points, most; /* points of `most`, in hundredths */
    const char *round, *phach, *title, *code;
} desk_given;
/* What the judge has submitted, the latest round first. */
status desk_given_read(store *db, arena *mem, const account *judge, desk_given **out, size_t *count,
                       fault *f);

/* The sum of the marks given. */
int64_t desk_total(const desk_sheet *sheet);

#endif
