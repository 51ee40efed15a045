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
    bool stated;        /* the definition has this key, if only to say that it is unknown */
    int64_t number;     /* words, seconds, pieces, đồng */
    date day;           /* for dates */
    const char *source; /* document or address, "" when unknown */
} figure;

/* Several words that stand together under one source. */
typedef struct {
    figure basis; /* its number and day mean nothing */
    const char *const *items;
    size_t count;
} figure_list;

typedef struct {
    const char *key, *name;
} contest_track;

typedef struct {
    const char *key, *name, *description;
    const char *track;         /* key; NULL: entries of every track are marked by it */
    int64_t least, most, step; /* points in hundredths */
    int64_t weight;            /* hundredths: a mark counts so many times; 0 is not said: once */
} contest_criterion;

/* 100 where the rulebook says nothing. */
int64_t criterion_weight(const contest_criterion *k);
bool criterion_applies(const contest_criterion *k, const char *track);
/* What a mark adds to its sheet's points, hundredths; always a whole number. */
int64_t criterion_weigh(const contest_criterion *k, int64_t points);

/* When two judges are too far apart, a further one reads blind, and this is what counts then. */
typedef struct {
    int64_t gap; /* hundredths between two sheets from which on; 0: beyond the model's own error */
    const char *final; /* "mean_of_all", "median_of_three", "third_is_final" */
} contest_third;

/* One step of the order in which equal points are told apart: a criterion's key (the higher sum is
 * first), or "top_marks" (more marks at the top of their scale), "unrounded", "vote", "lot". */
typedef struct {
    const char *by;
} contest_tie;

typedef struct {
    const char *key, *name;
    const char *method;  /* mean, ls, eb, auto, trimmed, z; NULL: mean */
    contest_third third; /* final NULL: the rulebook has no such rule */
    const contest_tie *ties;
    size_t tie_count;
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

/* What must not, or must, be found somewhere, or how a field must look: a PCRE2 pattern (pattern.h). */
typedef struct {
    const char *key, *name; /* name: what people read when it is broken */
    const char *use;        /* banned, required, format */
    const char *in;         /* text, or a manifest key */
    const char *pattern;
    figure basis;
} contest_pattern;

typedef struct {
    figure words_least, words_most;     /* of word_count, or as length_counts says */
    const char *length_counts;          /* words (as Word counts, the default) or syllables */
    figure pages_least, pages_most;     /* typeset A4 pages; estimated from the words */
    figure seconds_least, seconds_most; /* broadcast works */
    figure opens, closes;               /* dates of first receipt, both included */
    figure press_from, press_until;     /* press works published in these days, both included */
    figure authors_most;                /* of one entry; 1: no groups */
    figure entries_most;                /* of one author in the year */
    figure_list required;               /* manifest keys that must not be empty (interface.md §2);
                                           "address|unit" means one of the two */
    figure_list publishers;             /* newspapers and stations whose works count */
    figure_list media;                  /* typed, handwritten, audio, video */
    figure_list subject_within;         /* units in which the subject must live or work */
    figure_list typeset;                /* paper, size, font: shown to people, never checked */
    const contest_pattern *patterns;
    size_t pattern_count;
} contest_rules;

/* Rules that differ for a track, a unit, or a track in a unit: what is stated here stands instead of the
 * year's own, patterns come on top. Later ones win. A unit's rules also bind what lies in it. */
typedef struct {
    const char *track;     /* key, NULL: any */
    const char *unit;      /* code or name, "": any */
    const char *unit_code; /* of `unit` in that year, "" when contest_get() found no such one */
    contest_rules rules;
} contest_overlay;

/* A definition; everything in it lives in the arena it was parsed into. */
typedef struct {
    int64_t year;
    const char *name, *organizer, *place;
    const char *signatory_title, *signatory_name; /* of the awarding level; name may be "" */
    contest_rules rules;
    contest_overlay *overlays;
    size_t overlay_count;
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

/* The key itself when there is no such track. */
const char *contest_track_name(const contest *c, const char *key);
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
/* "Cuộc thi … năm 2024" → "Cuộc thi …", for what speaks of several years. */
const char *contest_name_without_year(arena *mem, const contest *c);
/* E_MISSING, with what to do, when no contest of that year is loaded. */
status contest_known(store *db, int64_t year, fault *f);
/* The latest year in the database. */
status contest_latest(store *db, int64_t *year, fault *f);

/* Who an entry's rules are looked up for: its track, and the codes of its unit and the one around it. */
typedef struct {
    const char *track, *unit, *around; /* "" when unknown */
} rules_place;
bool contest_overlay_binds(const contest_overlay *o, const rules_place *at);
/* The year's rules with every overlay that binds; only the year's own patterns. */
contest_rules contest_rules_at(const contest *c, const rules_place *at);

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
