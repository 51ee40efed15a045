/* Who reads what: a seeded draw that keeps every rule, balances the loads, and proves it.
 *
 * deal_draw and deal_prove are pure: values in, values out, integers only (the efficiency figure is
 * the one exception and decides nothing). Ids are compared bytewise, so the order of the input does
 * not matter; the same seed and input give the same plan on every machine. */
#ifndef CHAMTHI_ASSIGN_H
#define CHAMTHI_ASSIGN_H

#include "chamthi/buffer.h"
#include "chamthi/csv.h"
#include "chamthi/random.h"
#include "chamthi/store.h"

#include <stdint.h>

enum {
    DEAL_PER_ENTRY_MOST = 9,
    DEAL_SHARE_WHOLE = 10000 /* ten-thousandths */
};
#define DEAL_NO_CAP INT64_MAX
#define DEAL_ONLY_KEPT INT64_C(-1)
#define DEAL_EVERYBODY INT64_C(-2)

typedef struct {
    const char *const *items;
    size_t count;
} word_list;

typedef struct {
    const char *id;
    const char *track, *language; /* "": a judge of any */
    word_list units; /* of its authors, its collector, its subject: their judges may not read it */
    word_list conflicts; /* ids of judges who may not read it */
    /* Judges it gets, 0: as the problem says, DEAL_ONLY_KEPT: no new one, DEAL_EVERYBODY: it is an anchor,
     * read by all who may read it and take anything, of any unit and panel, beside anybody. */
    int64_t readings;
    int64_t words;     /* to be read, 0: not known */
    const char *panel; /* NULL: whose it is, is for the draw to say */
    size_t line;       /* in the file it came from, 0: none */
} deal_entry;

typedef struct {
    const char *id;
    const char *unit; /* "": none */
    word_list tracks; /* empty: all */
    word_list
        languages; /* empty: Vietnamese ("vi") only; an entry without language is for everybody */
    word_list
        conflicts;     /* unit codes, entry ids, or ids of judges never to be beside on an entry */
    int64_t cap;       /* most entries, those already held included; DEAL_NO_CAP */
    int64_t word_cap;  /* most words to read, the same; 0: no such cap */
    const char *panel; /* tiểu ban: all judges of an entry are of one; NULL or "": of none */
    size_t line;
} deal_judge;

/* Indices into the problem's arrays. */
typedef struct {
    size_t entry, judge;
} deal_pair;

typedef enum {
    SAME_UNIT_NEVER, /* no two judges of one unit on an entry */
    SAME_UNIT_AVOID  /* only as often as the other rules leave no choice */
} same_unit_rule;

typedef struct {
    const deal_entry *entries;
    size_t entry_count;
    const deal_judge *judges;
    size_t judge_count;
    int64_t per_entry; /* 1..DEAL_PER_ENTRY_MOST */
    /* One judge reads at most this share (ten-thousandths) of those entries of a track and language that
     * they may read, so that nobody can count on an entry with a greater probability; but never less than
     * twice an even part. DEAL_SHARE_WHOLE: no such cap. */
    int64_t share;
    same_unit_rule same_unit;
    const deal_pair
        *kept; /* readings that stand and do not move; an entry gets only what it lacks */
    size_t kept_count;
} deal_problem;

typedef struct {
    deal_pair *pairs; /* what was dealt, without the kept ones; sorted by entry id, judge id */
    size_t count;
    /* For each judge: after which step of the levelling no entry could be moved to them any more, 0:
     * never. The proof builds its lower bound from these sets and trusts nothing else. */
    uint32_t *tight;
} deal_plan;

/* Everything below is counted again from the problem's own strings. */
typedef struct {
    int64_t cost; /* a judge's 1st reading costs 0, the 2nd 1, the 3rd 2 …: summed over judges */
    int64_t lower_bound; /* no plan that keeps the rules costs less */
    int64_t load_min, load_max;
    int64_t violations; /* hard rules broken, readings missing or too many; must be 0 */
    int64_t
        same_unit; /* pairs of judges of one unit on one entry, where SAME_UNIT_AVOID allows it */
    int64_t components; /* of the graph judge–entry; 1: all scores are comparable */
    int64_t pair_max;   /* most entries that two judges read together */
    /* Of judge comparisons, against the ideal (balanced) design, the worst track; in millionths.
     * -1: not computed (one judge an entry, or more judges than DEAL_EFFICIENCY_JUDGES). */
    int64_t efficiency;
    unsigned char hash[HASH_SIZE]; /* of deal_text */
} deal_proof;
enum {
    DEAL_EFFICIENCY_JUDGES = 1200,
    DEAL_EFFICIENCY_WHOLE = 1000000,
    DEAL_EFFICIENCY_GOOD =
        900000 /* judges can be compared nearly as well as the number of readings allows */
};

/* A full plan or none: E_INPUT for values that make no sense (ids twice, k out of range), E_CONFLICT
 * with one sentence saying which rule leaves how many readings without a judge. */
status deal_draw(arena *mem, const deal_problem *p, const unsigned char seed[SEED_SIZE],
                 deal_plan *out, fault *f);
status deal_prove(arena *mem, const deal_problem *p, const deal_plan *plan, deal_proof *out,
                  fault *f);
/* Appends the plan as "entry,judge" lines under that header, sorted bytewise, kept readings included. */
status deal_text(arena *mem, const deal_problem *p, const deal_plan *plan, buffer *out, fault *f);
/* Appends the JSON object of interface.md §1. */
void deal_proof_json(const deal_proof *proof, buffer *out);

/* What the largest share does: with a smaller one nobody can count on an entry, judges meet each other more
 * evenly and can be compared better, but loads may have to be less even. Each share is tried with one
 * seed that is no draw's; from the whole down. */
enum { DEAL_OPTIONS = 8 };
typedef struct {
    int64_t share;
    bool possible; /* else the rest says nothing */
    deal_proof proof;
    int64_t largest_part; /* of a track's entries that one judge got, ten-thousandths */
} deal_option;
status deal_options(const deal_problem *p, deal_option out[DEAL_OPTIONS], fault *f);

/* A problem as one canonical text: two problems with the same text have the same plan for every seed. Its
 * parts are the CSV tables of file mode, so that anybody can draw again. */
status deal_inputs_text(arena *mem, const deal_problem *p, buffer *out, fault *f);
status deal_inputs_read(arena *mem, slice text, deal_problem *out, fault *f);

/* ---- file mode ---- */
/* Reads interface.md §3's two tables; errors name the file and line. */
status deal_read_entries(arena *mem, const char *name, const csv_table *t, deal_problem *out,
                         fault *f);
status deal_read_judges(arena *mem, const char *name, const csv_table *t, deal_problem *out,
                        fault *f);
/* "0.25", "25%" or "0,25" → 2500. */
status deal_read_share(const char *text, int64_t *out, fault *f);
/* Up to 64 hex digits; fewer are a number, leading zeros left out. NULL: from the system. */
status deal_read_seed(const char *text, unsigned char out[SEED_SIZE], fault *f);

/* ---- the draw of a round, in the store ---- */
typedef struct {
    int64_t year;
    const char *round; /* key or name */
    int64_t per_entry; /* 0: as the contest says */
    int64_t share;     /* as in deal_problem */
    same_unit_rule same_unit;
    const char *
        anchors; /* receipt numbers or codes of entries that everybody reads, ';' between; or NULL */
    const char *seed;         /* hex, NULL: from the system; a public draw takes none */
    const char *public_value; /* of a public draw: what was not known when it was announced */
} assign_request;

/* Nothing is stored. */
status assign_options(store *db, arena *mem, const assign_request *r, deal_option out[DEAL_OPTIONS],
                      fault *f);

typedef struct {
    int64_t draw; /* its number, 0: nothing was to be done */
    int64_t entries, judges;
    int64_t dealt; /* readings given out by this draw */
    int64_t lost;  /* readings taken back (repair) */
    int64_t
        unknown_subjects; /* entries whose subject's unit is in no list, so no judge avoids it */
    unsigned char seed[SEED_SIZE];
    deal_proof proof;
} assign_report;

/* A public draw. First the organizers post three things: the hash of a secret, the hash of the entries,
 * judges and rules to be drawn from, and the name of a value that nobody can know yet, such as the special
 * prize of a lottery on a later day. When that value is out, it and the secret give the seed,
 *     HMAC-SHA-256(secret, "contest|round|public value|hash of the inputs"),
 * so neither those who hold the secret nor those who know the value can steer the draw, and judges cannot
 * foresee it. Repairs take their seeds the same way. The secret is told when the round is closed. */
typedef struct {
    int64_t notice, entries, judges, per_entry;
    unsigned char secret_hash[HASH_SIZE], inputs_hash[HASH_SIZE];
} assign_notice;
/* Uses year, round and rules of the request. E_CONFLICT when the round is closed or published. */
status assign_announce(store *db, arena *mem, const char *actor, const assign_request *r,
                       const char *public_name, assign_notice *out, fault *f);

/* Draws and stores a plan; nothing is given to judges yet. Every draw is in the audit chain, so that
 * drawing again and again can be seen. E_CONFLICT when the round is closed or already published; once a
 * public draw is announced, only it is possible, by the announced rules, and only while entries and judges
 * are the announced ones. */
status assign_plan(store *db, arena *mem, const char *actor, const assign_request *r,
                   assign_report *out, fault *f);
/* Makes the sheets of the latest plan, or of draw `draw` when that is not 0, in one transaction. E_CONFLICT
 * when entries or judges changed since it was drawn. */
status assign_publish(store *db, arena *mem, const char *actor, int64_t year, const char *round,
                      int64_t draw, assign_report *out, fault *f);
/* Gives out again exactly what is missing: the open sheets of the judge `drop` (a code, or NULL), recused
 * ones, those of entries that came later. Sheets of withdrawn entries are taken back. Nothing else moves.
 * Uses year, round and seed of the request; the rest is as in the published draw. */
status assign_repair(store *db, arena *mem, const char *actor, const assign_request *r,
                     const char *drop, assign_report *out, fault *f);

typedef struct {
    const char *phach;
    int64_t readings; /* further ones, 1 or more */
    const char *const
        *judges; /* codes of those who alone may give them, across panels; NULL: anybody */
    size_t judge_count;
} assign_extra;
/* The same, and each listed entry gets that many readings more than it has: by judges who have not had it
 * in hand and may read it, of a unit not yet on it where there is one, the least loaded first. Later repairs
 * keep the number. E_MISSING for an entry that is not in the round or was withdrawn. */
status assign_give_more(store *db, arena *mem, const char *actor, const assign_request *r,
                        const assign_extra *extra, size_t count, assign_report *out, fault *f);

/* Puts the entries of one judge into parcels (túi bài) of at most PARCEL_MOST, as even in number and words
 * as can be. `parcel[i]` is 0 for an entry that is in none yet, else its number from 1, which stays. */
enum { PARCEL_MOST = 20 };
status deal_parcels(arena *mem, const int64_t *words, uint32_t *parcel, size_t count, fault *f);

/* ---- a judge gives one entry back ---- */
typedef enum { CONFLICT_AUTHOR, CONFLICT_RELATION, CONFLICT_OTHER } conflict_reason;
enum { CONFLICT_REASONS = 3, CONFLICT_NOTE_MOST = 1000 };  /* characters */
extern const char *const conflict_words[CONFLICT_REASONS]; /* "author", "relation", "other" */
bool conflict_read(const char *word, conflict_reason *out);

typedef struct {
    int64_t sheet_id, judge_id;
    int64_t rev;       /* the revision that was looked at */
    const char *phach; /* of the sheet, for the audit row */
    conflict_reason reason;
    const char *note; /* NULL: none; only organizers read it */
} assign_conflict;
/* Takes an unfinished sheet of an open round off the judge's desk, in one transaction: marks stay stored
 * and no longer count, and the next repair gives the reading to somebody else, never again to this judge.
 * Works on a judge's connection. E_CONFLICT when the sheet is no longer at `rev` or not the judge's. */
status assign_recuse(store *db, const char *actor, const assign_conflict *c, fault *f);
/* For organizers, who know code and judge: fills in the sheet. E_MISSING when there is none,
 * E_CONFLICT when it can no longer be given back: handed in, already given back, or the round is
 * closed. */
status assign_find_sheet(store *db, int64_t round_id, const char *phach, const char *judge,
                         assign_conflict *out, fault *f);

/* ---- what others can check ---- */
typedef struct {
    int64_t draw;        /* 0: about all of them */
    const char *vi, *en; /* what must hold */
    bool holds;
} assign_check;
typedef struct {
    assign_check *checks;
    size_t count, capacity;
    int64_t draw, draws, notices; /* the draw looked at, 0: all; how many there are */
    bool good;
} assign_verdict;
/* Draws the published draw (or `draw`) again from what is stored, and compares everything. */
status assign_verify(store *db, arena *mem, int64_t year, const char *round, int64_t draw,
                     assign_verdict *out, fault *f);

typedef enum {
    RECORD_SEALED,  /* hashes only: can be posted while judges work */
    RECORD_REVEALED /* with secrets, seeds, inputs and plans; only of a closed round */
} record_depth;
/* Appends the record of all notices and draws of a round as text. */
status assign_record(store *db, arena *mem, int64_t year, const char *round, record_depth depth,
                     buffer *out, fault *f);
/* Computes a revealed record again, without a database. E_INPUT for what is no record or is sealed. */
status assign_verify_record(arena *mem, slice text, assign_verdict *out, fault *f);

#endif
