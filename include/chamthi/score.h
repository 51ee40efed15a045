/* Scores: from the judges' sheets to ranks.
 *
 * Points are integers in hundredths. A missing mark is missing: it is never read as zero, and a sheet
 * that lacks one does not count until it is complete. */
#ifndef CHAMTHI_SCORE_H
#define CHAMTHI_SCORE_H

#include "chamthi/clock.h"
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

/* ---- a sheet's versions ---- */

/* Inside a transaction, after each change of a sheet: keeps it and its marks as they now stand under its
 * present revision. `judge`: whose connection it is, 0 for the organizers'; `reason` may be NULL. */
status sheet_keep(store *db, int64_t sheet, int64_t judge, const char *by, const char *reason,
                  fault *f);

/* Hands a submitted sheet back to its judge, who alone may change its marks; they stand until he does.
 * E_MISSING: no such sheet; E_CONFLICT: not submitted, or the round is closed. */
status sheet_return(store *db, const char *actor, const char *phach, const char *judge,
                    const char *reason, fault *f);

/* The judge has read the entry and gives no points: no conflict of interest (that is assign_recuse), and
 * no zero. On the judge's own connection; E_CONFLICT when the sheet is no longer at `rev` or not his. */
status sheet_abstain(store *db, const char *actor, int64_t sheet, int64_t judge_id,
                     const char *phach, int64_t rev, fault *f);

typedef struct {
    const char *criterion; /* key */
    int64_t points;        /* -1: blank */
} sheet_mark;
typedef struct {
    int64_t rev, at;
    const char *by; /* 'cli:login', 'judge:code'; on a judge's connection 'judge' or 'returned' */
    const char *state, *comment, *reason; /* "" when there is none */
    sheet_mark *marks;
    size_t mark_count;
} sheet_version;
typedef struct {
    sheet_version *items; /* oldest first */
    size_t count;
} sheet_versions;

/* By judge's code, on an organizer's connection. No version: E_MISSING, with a sentence. */
status sheet_history(store *db, arena *mem, const char *phach, const char *judge,
                     sheet_versions *out, fault *f);
/* On a judge's connection, only his own sheet: never a word of anybody else's. */
status sheet_own_history(store *db, arena *mem, const char *phach, int64_t judge_id,
                         sheet_versions *out, fault *f);

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
 * compares, and `by`, who keyed, must be somebody else then (E_CONFLICT). Every mistake names its line, and then nothing is entered: an unknown code, judge or
 * criterion, a mark off its scale, a sheet that was not assigned (E_INPUT), a closed round or a
 * submitted sheet that says something else (E_CONFLICT). The same file again changes nothing. */
status sheet_enter(store *db, arena *mem, const char *actor, const char *by, const char *path,
                   sheet_keying keying, sheet_entered *out, fault *f);

/* The paper against the database, one row a criterion of every sheet that was keyed in. */
typedef enum {
    PAPER_AGREES,
    PAPER_KEYED_ONCE,  /* nobody has keyed the sheet a second time yet */
    PAPER_KEYED_APART, /* the two keyings differ: sheet_settle() */
    PAPER_NOT_DATABASE /* both keyings agree, the database holds something else */
} paper_verdict;
typedef struct {
    const char *phach, *judge, *criterion;
    int64_t first, second, database; /* -1: blank */
    paper_verdict verdict;
} paper_row;
typedef struct {
    paper_row *rows; /* by phách, judge, criterion */
    size_t count;
    int64_t sheets, agreeing; /* sheets keyed in; those without any difference */
} paper_table;
status sheet_reconcile(store *db, arena *mem, int64_t year, const char *round, paper_table *out,
                       fault *f);

/* A person has looked at the paper: which of two different keyings is right. */
/* Until when judges hand in their sheets: told to them, enforced by nobody. E_CONFLICT once it is closed. */
status round_set_due(store *db, const char *actor, int64_t year, const char *round, date day,
                     fault *f);

typedef struct {
    const char *phach, *judge, *criterion; /* codes, key */
    int64_t points;                        /* hundredths; one of the two keyed */
    const char *reason;
} sheet_settlement;
/* E_CONFLICT: the keyings do not differ, the points are neither of them, the round is closed. */
status sheet_settle(store *db, const char *actor, const sheet_settlement *s, fault *f);

/* ---- ranks ---- */

enum { TIE_STEPS_MOST = 16 };

typedef struct {
    int64_t entry_id;
    const char *receipt, *title, *track; /* track key */
    const char *phach;
    int64_t assigned, complete; /* sheets given out, sheets with every mark that count */
    int64_t mean;               /* of the complete sheets, hundredths rounded half up */
    int64_t adjusted;           /* by the method, hundredths; equals the mean for mean */
    fit_method method;          /* the one used, never FIT_AUTO */
    int64_t lowest, highest;    /* of the complete sheets */
    int64_t se, low,
        high;       /* of `adjusted`, 95 %, hundredths; se -1: not known; low > high: refused */
    int64_t chance; /* of a prize, or to go on, in ten-thousandths; -1: not known */
    int64_t rank_low, rank_high;  /* 95 % of what the ranks may be; 0: not known */
    int64_t ties[TIE_STEPS_MOST]; /* for each step of the tie order, more is better; 0 beyond it */
    int64_t
        group;    /* part of the track that shares no judge with the rest, from 1; 0: all compare */
    int64_t rank; /* within the track, or the group; 0: no complete sheet */
    int tie_step; /* step that told it from an entry of equal points, else -1 */
    bool tied;    /* another entry of the track has the same rank */
    bool apart;   /* the sheets differ by what calls for a third reading, or a fifth of the
                                     scale where the rulebook has no such rule */
} rank_row;

typedef struct {
    rank_row *rows; /* by track, then group, rank (none last), receipt */
    size_t count;
    int64_t scale;      /* most points a sheet can have */
    const char **steps; /* the tie order's words */
    size_t step_count;
    bool changed;   /* differs from the ranking stored before */
    remarks alarms; /* what a person must know about the method, track by track */
} rank_table;

typedef enum {
    READING_DRAW,
    READING_THIRD,
    READING_LINE,
    READING_CHECK,
    READING_CALIBRATION,
    READING_LINK
} purpose;
enum { PURPOSES = 6 };
/* "draw", "third", "line", "check", "calibration", "link" */
extern const char *const purpose_words[PURPOSES];

/* One complete sheet. */
typedef struct {
    size_t row;        /* index of the entry */
    int64_t points;    /* sum of its marks */
    const char *judge; /* code */
    purpose purpose;
    bool counts;             /* towards the entry's points */
    const int64_t *marks;    /* by criterion; NULL in tests that need none */
    int64_t sheet_id, order; /* the order in which its judge handed in */
} rank_sheet;

/* Fills what the sheets that count (those of one entry together) say: complete, mean, lowest, highest,
 * apart from `gap` on (hundredths); and adjusted = mean. Pure. */
void rank_means(rank_row *rows, size_t count, const rank_sheet *sheets, size_t sheet_count,
                int64_t gap);
/* Sorts and gives places by `adjusted` at the published precision, then by `ties`: equal in all of them
 * means equal rank, with the next rank left out (1 2 2 4). Each group has places of its own. Pure. */
void rank_places(rank_row *rows, size_t count);

/* Ranks a round by the rulebook's method (or `method` where that is not FIT_RULEBOOK), each track by itself,
 * and stores the result; every ranking stays in the history. Entries that were withdrawn or disqualified
 * are left out. A closed round keeps the result it was closed with; an alarm says when this table differs
 * from it. E_INPUT where the method is not defined for a track's sheets. */
#define FIT_RULEBOOK FIT_METHOD_COUNT
status rank_round(store *db, arena *mem, const char *actor, int64_t year, const char *round,
                  fit_method method, rank_table *out, fault *f);

/* The round's own rules and what came of them, as sentences for a note that is published: method, spread
 * and reliability, agreement, intervals or why there are none, third readings, ties. Names nobody.
 * E_MISSING, with a sentence: the round has no entries. */
status rank_describe(store *db, arena *mem, int64_t year, const char *round, remarks *out,
                     fault *f);

/* ---- further readings ---- */

typedef struct {
    const char *receipt, *title, *track, *phach;
    int64_t rank;
    int64_t readings;          /* to be given */
    int64_t gap;               /* THIRD: between the highest and lowest sheet, hundredths */
    int64_t chance;            /* LINE: in ten-thousandths */
    bool drawn;                /* CHECK: by lot, not because it stands at the top */
    const char *const *judges; /* LINK: codes of those who would join the groups; NULL: anybody */
    size_t judge_count;
} reading_need;

typedef struct {
    purpose purpose;
    int64_t readings; /* LINE: how many there are to give in all */
    int64_t share;    /* CHECK: of a track's entries, in hundredths of a per cent; at least 500 */
    const unsigned char *seed; /* CHECK: SEED_SIZE bytes for the lot */
} reading_request;

typedef struct {
    reading_need *items; /* by track, rank */
    size_t count;
    int64_t threshold; /* THIRD: the gap from which on, hundredths */
    int64_t
        expected_swaps; /* LINE: wrong places expected at the line, hundredths; below 50: enough */
} reading_needs;

/* Which entries call for further readings, and how many; changes nothing.
 * THIRD        the judges differ by the rulebook's gap or more (without one: by more than the model's
 *              error explains), and nobody has read a third time yet
 * LINE         the chance to be above the line lies between 2 and 98 %, the most uncertain first, up to
 *              four readings each
 * CHECK        at least a twentieth of each track: its top, the rest by lot
 * CALIBRATION  entries with agreed marks: as many judges as may read them, DEAL_PER_ENTRY_MOST in all
 * LINK         the fewest readings that join the groups of a track, each by a judge of the largest; only once
 *              every sheet of the track is in, as those still out may join them */
status reading_due(store *db, arena *mem, int64_t year, const char *round, const reading_request *r,
                   reading_needs *out, fault *f);
/* The same, and gives them out to judges who know nothing of the other readings. `out` is what was given. */
status reading_give(store *db, arena *mem, const char *actor, int64_t year, const char *round,
                    const reading_request *r, reading_needs *out, fault *f);
/* Marks an entry of the round as one whose points the panel has agreed on. */
status reading_calibrate(store *db, const char *actor, int64_t year, const char *round,
                         const char *receipt, int64_t points, int64_t tolerance, fault *f);

typedef struct {
    const char *receipt, *phach, *judge, *state;
    purpose purpose;
    int64_t points;    /* -1: not complete yet */
    int64_t against;   /* the mean of its other judges, or the agreed points; -1: none */
    int64_t tolerance; /* of the difference */
    bool beyond;       /* differs by more */
} reading_row;
/* All further readings of a round, and how far each is from what it stands beside. */
status reading_list(store *db, arena *mem, int64_t year, const char *round, reading_row **out,
                    size_t *count, fault *f);

/* ---- what the judges did ---- */

/* A judge in one track. Figures that need more sheets than there are stay at their usual value; what stands
 * out is said in `says`, in plain sentences. Nothing here changes a point: it tells people where to look. */
typedef struct {
    const char *judge, *track;
    size_t n;            /* complete sheets */
    double severity, se; /* points, least squares: below 0 is severe */
    double spread;       /* of his points over the panel's: 1 is usual */
    double misfit; /* mean square of what the model does not explain over the panel's: 1 is usual */
    size_t outliers; /* sheets that nothing explains (5 % false discoveries) */
    double drift;    /* points over ten sheets in the order he handed them in */
    double halo;     /* correlation between his criteria above the panel's */
    double flat;     /* share of sheets with the same share of the points on every criterion */
    size_t own;      /* sheets on entries of his own unit or what it belongs to */
    double own_bias; /* points he gives those above what the model expects */
    remarks says; /* "severe", "lenient", "narrow", "wide", "erratic", "outliers", "drift", "halo",
                             "flat", "own_unit" */
} judge_conduct;

/* Two judges whose common sheets look alike beyond what their entries explain. */
typedef struct {
    const char *first, *second;
    size_t together, identical; /* entries both marked; with the same mark on every criterion */
    const char *text[LANG_COUNT];
} judge_pair;

typedef struct {
    judge_conduct *judges; /* by track, judge */
    size_t count;
    judge_pair *pairs;
    size_t pair_count;
} conduct;

status judge_conduct_read(store *db, arena *mem, int64_t year, const char *round, conduct *out,
                          fault *f);

/* ---- what the result hangs on ---- */

typedef enum { WITHOUT_JUDGE, WITHOUT_CRITERION, BY_RAW_MEAN } what_if;
typedef struct {
    what_if kind;
    const char *what; /* judge's code or criterion's key; "" for the raw mean */
    const char *track;
    const char *first; /* receipt that stands first then; "" when no ranking is possible so */
    bool first_changes;
    const char **in, **out; /* receipts that cross the line of prizes, or of who goes on */
    size_t in_count, out_count;
} stability_row;
/* The same ranking without one judge, without one criterion, and by the raw mean: who would be first, who
 * would cross the line. Changes nothing. */
status rank_stability(store *db, arena *mem, int64_t year, const char *round, stability_row **out,
                      size_t *count, fault *f);

/* ---- ties that people decide ---- */

typedef struct {
    const char *receipt;
    int64_t votes;
} tie_vote;
/* Records the panel's vote between all entries that stand level on every step before it. E_CONFLICT: the
 * rules know no vote, one of the level entries is missing or not level, the round is closed. */
status tie_put_votes(store *db, arena *mem, const char *actor, int64_t year, const char *round,
                     const tie_vote *votes, size_t count, const char *reason, fault *f);
/* Records what was drawn in public (the numbers on the balls, a lottery's result announced beforehand). The
 * order follows from it: each entry's ticket is the BLAKE2b hash of what was drawn and its receipt number,
 * the higher first. Once only; E_CONFLICT as above. */
status tie_put_lot(store *db, arena *mem, const char *actor, int64_t year, const char *round,
                   const char *drawn, const char *reason, fault *f);

/* ---- closing, and changes after it ---- */

typedef struct {
    const char *
        code; /* "sheets", "coverage", "missing", "connected", "third", "ties", "paper", "redaction",
                 "ranked", "audit" */
    const char *text[LANG_COUNT]; /* what must hold */
    int64_t count;                /* how many break it; 0: it holds */
} close_item;
enum { CLOSE_ITEMS_MOST = 12 };
typedef struct {
    close_item items[CLOSE_ITEMS_MOST];
    size_t count, open; /* conditions; those that do not hold */
    char head[65];      /* of the audit chain, to be written into the minutes */
} close_list;
status round_checklist(store *db, arena *mem, int64_t year, const char *round, close_list *out,
                       fault *f);

/* Closes a round: no mark changes after it but by amendment. While a condition of the checklist does not
 * hold it is E_CONFLICT, unless a reason is given, which goes into the audit row with what does not hold. */
status round_close(store *db, arena *mem, const char *actor, int64_t year, const char *round,
                   const char *reason, close_list *out, fault *f);

typedef struct {
    const char *phach, *judge, *criterion; /* codes, key */
    int64_t points;                        /* the new mark, hundredths */
    const char *reason;                    /* whose decision, why */
} amendment;
typedef struct {
    const char *receipt, *track;
    int64_t points_before, points_after, rank_before, rank_after;
    bool crosses; /* the line of prizes, or of who goes on */
} amendment_row;
typedef struct {
    int64_t old; /* the mark as it was */
    amendment_row *rows;
    size_t count;
} amendment_effect;
typedef enum { AMEND_SHOW, AMEND_APPLY } amend_mode;
/* A mark of a closed round: what it would do to points and ranks, and only with AMEND_APPLY does it. The
 * sheet's earlier version and the earlier ranking stay. E_CONFLICT: the round is open, the sheet does not
 * count, or says so already. */
status sheet_amend(store *db, arena *mem, const char *actor, int64_t year, const char *round,
                   const amendment *a, amend_mode mode, amendment_effect *out, fault *f);

/* One entry in one stored ranking. */
typedef struct {
    int64_t id, at;
    const char *by, *method, *reason; /* reason: of the amendment, "" when none */
    const char *track, *receipt;
    int64_t points, rank; /* points -1, rank 0: none */
} ranking_version;
/* Every ranking a round ever had, oldest first. */
status ranking_list(store *db, arena *mem, int64_t year, const char *round, ranking_version **out,
                    size_t *count, fault *f);

/* ---- units ---- */

/* For the collectives' own awards: how much and how good what a unit sent was. */
typedef struct {
    const char *code, *name;
    int64_t entries; /* received and not withdrawn or disqualified */
    int64_t ranked;  /* with points in the round */
    int64_t above;   /* above the line of prizes, or going on */
    int64_t mean;    /* of the ranked ones' points, hundredths; -1: none */
    int64_t best;    /* highest points; -1: none */
    int64_t rank;
} unit_row;
/* By entries above the line, then by number, then by mean points; equal in all three is an equal rank. */
status rank_units(store *db, arena *mem, int64_t year, const char *round, unit_row **out,
                  size_t *count, fault *f);

#endif
