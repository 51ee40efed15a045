/* A round as a problem to draw: read from the store. Used by round.c and verify.c. */
#ifndef ASSIGN_GATHER_H
#define ASSIGN_GATHER_H

#include "chamthi/assign.h"

typedef struct {
    int64_t id, year, per_entry;
    const char *key, *state;
    char object[96]; /* for audit rows: "round 2024/so-khao" */
} assign_round;

typedef struct {
    deal_problem p;      /* sizes filled in; rules (per_entry, share, same_unit) are the caller's */
    deal_entry *entries; /* p.entries, by id, for the caller to say how many readings they get */
    int64_t *lose;       /* sheets to be taken back */
    size_t lose_count;
    int64_t unknown_subjects;
} assign_input;

/* Who stopped judging: codes, sorted. */
typedef struct {
    const char **codes;
    size_t count;
} assign_left;

status assign_find_round(store *db, arena *mem, int64_t year, const char *round, assign_round *out,
                         fault *f);
/* Entries, judges, and what the round's sheets keep. `left`: judges who get nothing new; `drop`: one of
 * them, whose unfinished sheets are taken back too, or NULL. */
status assign_gather(store *db, arena *mem, const assign_round *r, const assign_left *left,
                     const char *drop, assign_input *out, fault *f);

/* An entry's place by its code, or entry_count. */
size_t assign_find_entry(const assign_input *input, const char *phach);
/* Anchors of a draw before, and further readings given earlier, stay wanted, also when their reader leaves. */
void assign_keep_wanted(assign_input *input, const deal_problem *then);

/* What was posted before a public draw. */
typedef struct {
    int64_t id, at;
    unsigned char secret[SEED_SIZE], secret_hash[HASH_SIZE], inputs_hash[HASH_SIZE];
    slice inputs;
    const char *public_name;
} assign_posted;
/* One, or with `id` 0 all of the round, oldest first. */
status assign_get_notices(store *db, arena *mem, const assign_round *r, int64_t id,
                          assign_posted **out, size_t *count, fault *f);
status assign_get_notice(store *db, arena *mem, const assign_round *r, int64_t id,
                         assign_posted *out, fault *f);
/* E_INPUT unless it is one clean line. */
status assign_check_public(const char *text, fault *f);
/* HMAC(secret, contest | round | public value | inputs). */
status assign_public_seed(arena *mem, const unsigned char secret[SEED_SIZE], int64_t year,
                          const char *round, const char *value,
                          const unsigned char inputs_hash[HASH_SIZE], unsigned char out[SEED_SIZE],
                          fault *f);

/* A stored draw. */
typedef struct {
    int64_t id, at;
    int64_t notice;    /* 0: none */
    int64_t published; /* when, 0: never */
    unsigned char seed[SEED_SIZE], inputs_hash[HASH_SIZE], output_hash[HASH_SIZE];
    slice inputs;
    const char *kind, *proof, *state;
    const char *value; /* the public one, "" */
} assign_draw;
status assign_get_draw(store *db, arena *mem, const assign_round *r, int64_t id, assign_draw *out,
                       fault *f);
/* Puts the round's sheets that are in no parcel yet into one of their judge's. */
status assign_fill_parcels(store *db, arena *mem, int64_t round, fault *f);
/* A column's bytes, cut or filled with zeros to `size`. */
void assign_take_bytes(cursor *c, int column, unsigned char *out, size_t size);
/* Draws, proves, and tells whether anything is wrong with it (E_SYSTEM: a broken rule). */
status assign_run(arena *mem, const deal_problem *p, const unsigned char seed[SEED_SIZE],
                  deal_plan *plan, deal_proof *proof, fault *f);
/* What the audit row of a draw says. */
char *assign_audit_text(arena *mem, const assign_draw *draw);

#endif
