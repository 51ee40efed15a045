/* What a contest is: one year's definition (YAML), units, judges.
 *
 * Every figure carries where it comes from. A found one may reject an entry, an inferred one only
 * warns, an unknown one says nothing and its value must not be read. */
#ifndef CHAMTHI_CONTEST_H
#define CHAMTHI_CONTEST_H

#include "chamthi/clock.h"
#include "chamthi/store.h"

typedef enum { PROVENANCE_UNKNOWN, PROVENANCE_INFERRED, PROVENANCE_FOUND } provenance;

typedef struct {
    provenance from;
    int64_t number;     /* words, seconds, pieces, đồng */
    date day;           /* for dates */
    const char *source; /* document or address, "" when unknown */
} figure;

typedef struct {
    const char *key, *name;
} contest_track;

typedef struct {
    const char *key, *name, *description;
    int64_t least, most, step; /* points in hundredths */
} contest_criterion;

typedef struct {
    const char *key, *name;
    int64_t per_entry; /* judges per entry */
    int64_t advance;   /* entries of each track that go on to the next round; 0: last round */
    provenance from;   /* of per_entry, advance and the criteria; never unknown */
    const char *source;
    const contest_criterion *criteria;
    size_t criterion_count;
} contest_round;

typedef struct {
    const char *key, *name, *track; /* track key, NULL: any track */
    figure quota;
    int64_t least;  /* hundredths an entry must reach; 0: no minimum */
    figure minimum; /* the same number with where it comes from */
} contest_prize;

/* A figure the press or the city published, beside which the counted one is shown. */
typedef struct {
    const char *key; /* entries (all at city level), essays, press_works, base_entries, agencies,
                        prizes, collectives */
    figure value;
} contest_published;

typedef struct {
    const char *name, *role, *phone, *unit; /* role: organizer, judge, secretary, relative */
    int64_t birth_year;                     /* 0: unknown */
} contest_barred;

typedef struct {
    figure words_least, words_most; /* counted as word_count */
    figure seconds_most;            /* broadcast works */
    figure opens, closes;           /* dates of receipt, both included */
    figure press_from;              /* press works published from that day on */
    const char *const *required;    /* manifest keys that must not be empty (interface.md §2);
                                       "address|unit" means one of the two */
    size_t required_count;
    figure required_source;
} contest_rules;

/* A definition; everything in it lives in the arena it was parsed into. */
typedef struct {
    int64_t year;
    const char *name, *organizer, *place;
    const char *signatory_title, *signatory_name; /* of the awarding level; name may be "" */
    contest_rules rules;
    const contest_track *tracks;
    size_t track_count;
    const contest_round *rounds;
    size_t round_count;
    const contest_prize *prizes;
    size_t prize_count;
    const contest_published *published;
    size_t published_count;
    const contest_barred *barred;
    size_t barred_count;
} contest;

/* Parses a definition. Every error names file, line and column. */
status contest_parse(arena *mem, const char *file, slice yaml, contest **out, fault *f);
/* Reads the file, checks it, creates or updates the contest in one transaction. `changed` is false
 * when the database already held exactly this definition. */
status contest_load(store *db, arena *mem, const char *actor, const char *path, int64_t *year,
                    bool *changed, fault *f);
/* Several files: all of them or, when one is wrong, none. `out` has `count` places. */
typedef struct {
    int64_t year;
    bool changed;
} contest_loaded;
status contest_load_files(store *db, arena *mem, const char *actor, const char *const *paths,
                          size_t count, contest_loaded *out, fault *f);
/* The definition as loaded, on an organizer's connection. E_MISSING with a sentence when there is no
 * such year. */
status contest_get(store *db, arena *mem, int64_t year, contest **out, fault *f);
/* The latest year in the database. */
status contest_latest(store *db, int64_t *year, fault *f);

/* Ids of a contest's parts; `key` may also be the name, in any case or accent. E_MISSING with a
 * sentence. */
status contest_track_id(store *db, int64_t year, const char *key, int64_t *id, fault *f);
status contest_round_id(store *db, int64_t year, const char *key, int64_t *id, fault *f);

/* A unit by code, full name or name, as it was in that year, in any case or accent and with the usual
 * abbreviations ("Q. Tây Hồ", "Sở GD&ĐT"); "phường Bưởi, quận Tây Hồ" is the commune, "Ban Bạn đọc,
 * Báo Hànộimới" the newsroom. *id is 0 when nothing or more than one thing matches. */
status unit_find(store *db, arena *mem, const char *text, int64_t year, int64_t *id, fault *f);
/* Loads units or judges from CSV (interface.md §3) in one transaction; row errors name file and line. */
status unit_load(store *db, arena *mem, const char *actor, const char *path, int64_t *rows,
                 fault *f);
status judge_load(store *db, arena *mem, const char *actor, const char *path, int64_t *rows,
                  fault *f);

#endif
