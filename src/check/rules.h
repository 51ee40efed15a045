/* The rules themselves: values in, findings out. */
#ifndef CHECK_RULES_H
#define CHECK_RULES_H

#include "chamthi/check.h"
#include "chamthi/contest.h"
#include "chamthi/pattern.h"
#include "chamthi/random.h"

typedef enum { SEVERITY_NOTE, SEVERITY_WARN, SEVERITY_REJECT } severity;

typedef struct {
    const char *rule, *source; /* "length.most"; document or address, "" when none */
    severity level;
    const char *vi, *en;
    const text_span *spans; /* where in the text; none: the finding is not about a place */
    size_t span_count;
    unsigned char evidence_hash[HASH_SIZE]; /* of the facts: equal facts keep their ruling */
    int64_t other;                          /* the entry it is about besides its own, 0: none */
} check_finding;

typedef struct {
    check_finding *items;
    size_t count, capacity;
} check_findings;

typedef struct {
    const char *name, *name_key, *name_fold, *unit, *unit_fold, *address, *phone, *email;
    int64_t birth_year; /* 0: unknown */
} check_author;

/* Somebody who may not enter: a judge of the year, an organizer, a secretary, a relative. */
typedef struct {
    const char *name_key, *name_fold, *unit_fold, *phone;
    const char *who_vi, *who_en; /* "giám khảo GK03": never the name itself */
    int64_t birth_year;          /* 0: unknown */
} check_barred;

/* One author of one entry of the year; a list of them is sorted by name_fold. */
typedef struct {
    check_author who;
    int64_t entry_id;
    const char *receipt;
} check_writer;

typedef enum {
    MEDIUM_UNKNOWN,
    MEDIUM_TYPED,
    MEDIUM_HANDWRITTEN,
    MEDIUM_AUDIO,
    MEDIUM_VIDEO
} entry_medium;
/* UNPLACED: no address; UNREAD: one that names no known place. */
typedef enum { SUBJECT_UNPLACED, SUBJECT_INSIDE, SUBJECT_UNREAD, SUBJECT_OUTSIDE } address_place;

typedef struct {
    int64_t id;
    const char *receipt, *track, *title, *sent_by; /* track: its key */
    rules_place place;
    date received;
    int64_t words, syllables; /* -1: not counted */
    enum { WORDS_COUNTED, WORDS_DECLARED } words_by;
    int64_t seconds; /* -1: not a broadcast work */
    entry_medium medium;
    address_place subject_place;
    const char *published, *publisher, *url;
    const char *subject, *subject_kind, *subject_address, *subject_unit, *subject_group;
    const check_author *authors;
    size_t author_count;
    slice text; /* display text, empty when there is none */
} check_entry;

/* What a rule came to, also where it found nothing: for `check explain`. */
typedef enum {
    RULE_UNKNOWN,    /* the year's figure is unknown */
    RULE_NOT_FOR_IT, /* of another track or kind of work, or there is nothing to look at */
    RULE_KEPT,
    RULE_BROKEN,
    RULE_TOO_COSTLY
} rule_outcome;

typedef struct {
    const char *rule;
    rule_outcome outcome;
    const figure *basis;           /* NULL: the program's own rule */
    const char *says_vi, *says_en; /* what it asks for, "" when unknown */
    const char *has_vi, *has_en;   /* what the entry has, "" when it was not looked at */
    long steps;                    /* of a pattern */
} rule_note;

typedef struct {
    const contest_pattern *rule;
    const contest_overlay *overlay; /* NULL: the year's own */
    pattern *compiled;
    const char *key; /* "pattern.<key>" */
} rule_pattern;

/* One run over entries of a year. */
typedef struct {
    arena *mem; /* of one entry */
    const contest *c;
    const rule_pattern *patterns; /* of the year and of every overlay */
    size_t pattern_count;
    check_findings *out;
    enum { FINDINGS_ONLY, EVERY_OUTCOME } wanted;
    rule_note *notes; /* with EVERY_OUTCOME */
    size_t note_count, note_capacity;
} rules_run;

/* Every rule but those that need other entries or lists. Findings come in a fixed order and live in
 * the run's memory. */
status rules_check(rules_run *r, const check_entry *e, fault *f);
/* Authors against the barred people. Same name and same birth year, or same name with one of the
 * years unknown but the same telephone or unit: may reject. The same name alone, or another name with
 * the same telephone (a relative?): a warning. The same name with different years: another person. */
status rules_check_barred(rules_run *r, const check_entry *e, const check_barred *list,
                          size_t count, fault *f);
/* How many entries each author sent this year; `all` includes this entry. */
status rules_check_entries(rules_run *r, const check_entry *e, const check_writer *all,
                           size_t count, fault *f);

/* Digits of a telephone number, +84 written as 0; "" when there are fewer than eight. */
const char *rules_phone(arena *mem, const char *text);

/* ---- what the rules share ---- */

/* One rule applied to one entry. A broken rule's sentence is: has, join, says, basis. */
typedef struct {
    const char *rule;
    const figure *basis;
    severity most;     /* SEVERITY_NOTE counts as not set: the basis alone decides */
    const char *facts; /* what the ruling is about, without language */
    const char *has_vi, *has_en, *says_vi, *says_en;
    const char *join_vi, *join_en; /* NULL: the sentence is `has` alone */
    const text_span *spans;
    size_t span_count;
    long steps;
} rule_facts;

/* False, with a note, when the figure is unknown. */
bool rules_apply(rules_run *r, const char *rule, const figure *g);
/* A note for a rule that does not concern this entry. */
void rules_skip(rules_run *r, const char *rule, const figure *g);
/* A note, and a finding when it is broken or was too costly; a NULL among the texts is a failed
 * allocation. */
status rules_settle(rules_run *r, const rule_facts *x, rule_outcome outcome, fault *f);
/* Adds a finding with its sentence in both languages. */
status rules_add(rules_run *r, check_finding base, const char *facts, const char *vi,
                 const char *en, fault *f);

/* A manifest key and its words; NULL: not one that entries carry. */
typedef struct {
    const char *key, *vi, *en;
} rule_field;
const rule_field *rules_field(const char *key);
/* The values of a field, up to `most`: one of the entry, or one for each author. */
size_t rules_values(const check_entry *e, const char *key, const char **values, size_t most);

status rules_length(rules_run *r, const contest_rules *k, const check_entry *e, fault *f);
status rules_fields(rules_run *r, const contest_rules *k, const check_entry *e, fault *f);
status rules_dates(rules_run *r, const contest_rules *k, const check_entry *e, fault *f);
status rules_press(rules_run *r, const contest_rules *k, const check_entry *e, fault *f);
status rules_patterns(rules_run *r, const check_entry *e, fault *f);

#endif
