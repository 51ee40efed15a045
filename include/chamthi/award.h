/* Prizes, decisions and the register of certificates.
 *
 * An award goes proposed → decided → (held ↔ decided) → revoked. The program proposes by the ranking
 * and the prizes' quotas; people decide. Names are kept exactly as the manifest or the list wrote
 * them; several are separated by "; ". */
#ifndef CHAMTHI_AWARD_H
#define CHAMTHI_AWARD_H

#include "chamthi/contest.h"
#include "chamthi/csv.h"
#include "chamthi/intake.h"
#include "chamthi/signature.h"

/* ---- proposing ---- */
typedef enum {
    LINE_PROPOSED, /* an award now stands in the database */
    LINE_KEPT,     /* decided or held earlier: it keeps its place in the quota */
    LINE_TIED,     /* equal points at the line between prizes, or between prize and none */
    LINE_SKIPPED,  /* may not win as things stand: see reason */
    LINE_EMPTY     /* a prize nobody gets: too few entries, or none reaches the minimum */
} award_outcome;

typedef struct {
    award_outcome outcome;
    const char *track, *prize; /* names; for a tie the best prize in question, "" when skipped */
    const char *receipt;       /* "" for an empty prize */
    const char *recipient;
    int64_t points; /* hundredths, -1: none */
    const char *reason_vi, *reason_en;
} award_line;

/* Replaces the year's proposals by new ones from the results of the last round. Ties at the line are
 * not broken: none of the tied gets the prize, award_give() does it for a person. Skipped are entries
 * with an accepted rejecting finding, with an open or accepted exact copy, withdrawn ones, and those
 * without a complete sheet; other open findings and shared passages are named on the line.
 * `changed` is false when the same proposals stood there before. E_CONFLICT when the last round has no
 * results yet, or ranks parts of a track that cannot be compared. */
status award_propose(store *db, arena *mem, const char *actor, int64_t year, award_line **lines,
                     size_t *count, bool *changed, fault *f);
/* Proposes one entry by hand: key or name of the prize, and why. E_CONFLICT when it has an award. */
status award_give(store *db, arena *mem, const char *actor, const char *receipt, const char *prize,
                  const char *reason, int64_t *id, fault *f);

/* Proposes a commendation outside the ranking: of a unit that organised well, of the person or
 * collective an entry was written about, or of anybody by name. Exactly one of the three is set. */
typedef struct {
    const char *unit;                    /* code of the unit */
    const char *subject;                 /* receipt number of the entry about them */
    const char *name;                    /* a collective, exactly as it is to be printed */
    const char *prize;                   /* "Bằng khen", "Giấy khen" */
    const char *honorific, *achievement; /* NULL: as the template says it */
} award_commendation;
status award_commend(store *db, arena *mem, const char *actor, int64_t year,
                     const award_commendation *what, int64_t *id, fault *f);

/* ---- deciding ---- */
/* One decision: by one authority of one level, signed by one person. */
typedef struct {
    const char *number;
    date day;
    const char *level;     /* see award_levels; NULL: city */
    const char *authority; /* as printed; NULL: the contest's organizer and signatory */
    const char *signatory, *signatory_name; /* title, and name (NULL: left blank) */
} award_decision;

typedef struct {
    const char *key, *vi, *en;
} award_level;
/* state, city, department, district, commune, unit; ends with a NULL key. */
extern const award_level award_levels[];

/* E_INPUT when the level is none, or the authority is plainly of another one; E_CONFLICT when the same
 * decision was entered before under another authority or signatory. */
status award_check_decision(store *db, arena *mem, const award_decision *d, fault *f);

/* `ids` NULL: all proposals of the year. */
status award_decide(store *db, arena *mem, const char *actor, int64_t year, const int64_t *ids,
                    size_t count, const award_decision *decision, int64_t *decided, fault *f);

typedef enum {
    AWARD_HOLD,    /* a complaint or inspection: nothing is issued, certificates show it */
    AWARD_RELEASE, /* back to decided */
    AWARD_REVOKE   /* cancelled with its certificates; the numbers are never used again */
} award_action;
/* `money`: what became of the reward, of a revoked award; also later, when it was paid back. NULL: as
 * noted before. */
status award_act(store *db, const char *actor, int64_t id, award_action action, const char *reason,
                 const char *money, fault *f);

/* ---- results of years of which only lists survive ---- */
typedef struct {
    int64_t rows, added, decided, unchanged;
    const char **unused; /* headings of columns that say nothing here */
    size_t unused_count;
    list_aside *aside; /* totals, headings, signatures: rows without name, prize and title */
    size_t aside_count;
} award_load_result;

/* From .csv or .xlsx: columns name, unit, title, prize, track, decision, decision_date, kind,
 * honorific, achievement, since (an honour for the years since then), level, authority, signatory,
 * signatory_name, in English or Vietnamese; name and prize must be filled. Rows with a decision and
 * its date are decided, others proposed; a proposal that is there already is decided. One
 * transaction; every wrong row is named and nothing is loaded then. */
status award_load(store *db, arena *mem, const char *actor, const char *path, int64_t year,
                  award_load_result *out, fault *f);

/* ---- certificates ---- */
typedef struct {
    int64_t id, award, year;
    const char *serial, *code, *qr;
    const char *honorific, *name, *address, *achievement, *prize, *title;
    const char *decision, *decision_date;
    const char *state;    /* issued, held, revoked, replaced */
    const char *reason;   /* of the last change of state, "" when none */
    const char *replaces; /* serial of the one this replaced, "" when none */
    const char *replaced_by;
    const char *kind;      /* of paper: GCN, GK, BK */
    const char *recipient; /* entry, collective, subject */
    const char *contest, *organizer, *authority, *place, *signatory_title, *signatory_name;
    int64_t since; /* of one that is due: an honour for the years since then; 0: of its contest */
    int64_t template_id; /* 0: issued under schema 1 */
    int64_t printings;
} certificate;

/* Awards that were decided, have a decision number and never had a certificate, with the facts that go
 * on one; serial, code and id are not set yet. `without_number` counts those that have to wait. */
status certificate_due(store *db, arena *mem, int64_t year, certificate **out, size_t *count,
                       int64_t *without_number, fault *f);
/* Inside a transaction: the next serial, "2024/GCN-017". Numbers are never reused. */
status certificate_next_serial(store *db, arena *mem, int64_t year, const char *kind,
                               const char **out, fault *f);
/* Inside a transaction: enters a certificate with its frozen bytes into the register. */
status certificate_register(store *db, const certificate *c, slice pdf, int64_t replaces, fault *f);

/* `year` 0: all. In the order of their serials. */
status certificate_list(store *db, arena *mem, int64_t year, certificate **out, size_t *count,
                        fault *f);
/* By serial or code, in any case. E_MISSING with a sentence. */
status certificate_find(store *db, arena *mem, const char *serial_or_code, certificate *out,
                        fault *f);
/* By the bytes of its PDF; E_MISSING without a sentence when they are none of ours. */
status certificate_find_file(store *db, arena *mem, slice pdf, certificate *out, fault *f);
/* The frozen bytes. */
status certificate_pdf(store *db, int64_t id, buffer *out, fault *f);
/* Notes a printing; one transaction for all. `way`: complete, overprint, file. */
status certificate_printed(store *db, const char *actor, const certificate *list, size_t count,
                           const char *way, fault *f);

/* Inside a transaction: keeps the layout, once, and gives its number. */
status certificate_template_put(store *db, const char *name, slice yaml, int64_t *id, fault *f);
/* Allocated in `mem`. */
status certificate_template_get(store *db, arena *mem, int64_t id, const char **name, slice *yaml,
                                fault *f);

/* ---- the key that signs what the QR says ---- */
/* Inside a transaction: the newest secret; made when there is none yet, from `seed` (32 bytes) or, when
 * NULL, at random. */
status signing_secret(store *db, const unsigned char *seed, unsigned char secret[SIGN_SECRET],
                      fault *f);
/* The public keys, newest first; `out` in `mem`. */
status signing_keys(store *db, arena *mem, unsigned char (**out)[SIGN_PUBLIC], size_t *count,
                    fault *f);
/* Takes one certificate back; the award stands. */
status certificate_revoke(store *db, arena *mem, const char *actor, const char *serial,
                          const char *reason, fault *f);

/* ---- tables people send ---- */
/* One column: a key and the headers it goes by, already folded (no accents, no case, one blank
 * between words), NULL at the end. */
typedef struct {
    const char *key;
    const char *const *headers;
} column_names;

/* Finds the header row, which titles may stand above, and the columns in it; columns[i] is -1 when
 * names[i] is missing. What stands above the header is taken off the table. */
status columns_find(arena *mem, csv_table *t, const column_names *names, size_t count, int *columns,
                    fault *f);

#endif
