/* All a ranking of a round starts from: its rules, entries and complete sheets. Reading it is one thing,
 * ranking it another, so that "what if" is the same ranking of a changed copy. */
#ifndef SCORE_BOARD_H
#define SCORE_BOARD_H

#include "chamthi/contest.h"
#include "chamthi/score.h"

typedef struct {
    int64_t round, year;
    const contest *contest;
    const contest_round *rules;
    char state[16]; /* of the round */
    rank_row *rows; /* by track, receipt */
    size_t row_count;
    rank_sheet *sheets; /* complete ones, by row, judge */
    size_t sheet_count;
    int64_t *votes;      /* of each row, -1: none */
    const char *drawn;   /* in the public lot; NULL: not drawn */
    bool *criterion_out; /* of the rules' criteria: left out of the points */
} board;

status board_read(store *db, arena *mem, int64_t year, const char *round, board *out, fault *f);

status board_copy(arena *mem, const board *b, board *out, fault *f);
/* Copies to change and rank: without one judge's sheets (a code), without one criterion. */
status board_without_judge(arena *mem, const board *b, const char *judge, board *out, fault *f);
status board_without_criterion(arena *mem, const board *b, size_t criterion, board *out, fault *f);

typedef struct {
    fit_method method; /* FIT_RULEBOOK: the rules' own */
    size_t draws;      /* 0: without chances */
    fit *const *like;  /* NULL, or what an earlier ranking's fits were, track by track */
} board_options;

/* Ranks; `fits` (NULL: not wanted) gets each track's model, NULL where there is none, tracks in the order of
 * the contest. */
status board_rank(arena *mem, const board *b, const board_options *options, rank_table *out,
                  fit ***fits, fault *f);
/* The sheets of one track that count, as the table a fit starts from. E_MISSING, no sentence: none. */
status board_ratings(arena *mem, const board *b, const char *track, ratings *out, fault *f);
/* How many places of a track are at stake: prizes of the last round, or who goes on; 0: not known. */
size_t board_places(const board *b, const char *track);
/* Index of a row by receipt, row_count when there is none. */
size_t board_find(const board *b, const char *receipt);
/* What each judge did; `own`: ids, ascending, of sheets on entries of the judge's own unit.
 * Pure. */
status board_conduct(arena *mem, const board *b, const int64_t *own, size_t own_count, conduct *out,
                     fault *f);
/* Stores the ranking with its history, in the transaction that is open. */
status board_store(store *db, const board *b, const rank_table *t, const char *actor,
                   const char *reason, fault *f);
/* Whether the store holds exactly this ranking. */
status board_stored(store *db, const board *b, const rank_table *t, bool *same, fault *f);

#endif
