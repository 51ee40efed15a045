/* The rules themselves: values in, findings out. */
#ifndef CHECK_RULES_H
#define CHECK_RULES_H

#include "chamthi/check.h"
#include "chamthi/contest.h"
#include "chamthi/random.h"

typedef enum { SEVERITY_NOTE, SEVERITY_WARN, SEVERITY_REJECT } severity;

typedef struct {
    size_t start, end; /* bytes of the display text */
} text_span;

typedef struct {
    const char *rule, *source; /* "length.most"; document or address, "" when none */
    severity level;
    const char *vi, *en;
    text_span span; /* where in the text; empty: the finding is not about a place */
    unsigned char evidence_hash[HASH_SIZE]; /* of the facts: equal facts keep their ruling */
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

typedef struct {
    const char *track, *title, *sent_by; /* track: its key */
    date received;
    int64_t words; /* -1: not counted */
    enum { WORDS_COUNTED, WORDS_DECLARED } words_by;
    int64_t seconds; /* -1: not a broadcast work */
    const char *published, *publisher, *url;
    const char *subject, *subject_kind, *subject_address, *subject_unit, *subject_group;
    const check_author *authors;
    size_t author_count;
    slice text; /* display text, empty when there is none */
} check_entry;

/* Every rule but the barred people. Findings come in a fixed order and live in `mem`. */
status rules_check(arena *mem, const contest *c, const check_entry *e, check_findings *out,
                   fault *f);
/* Authors against the barred people. Same name and same birth year, or same name with one of the
 * years unknown but the same telephone or unit: may reject. The same name alone: a warning. The same
 * name with different years: another person. */
status rules_check_barred(arena *mem, const check_entry *e, const check_barred *list, size_t count,
                          check_findings *out, fault *f);

/* Digits of a telephone number, +84 written as 0; "" when there are fewer than eight. */
const char *rules_phone(arena *mem, const char *text);

/* Room for one more item in an arena array; NULL when memory is out. */
void *rules_grow(arena *mem, void *items, size_t count, size_t *capacity, size_t size);

/* Adds a finding with its sentence in both languages; a NULL among the texts is a failed allocation.
 * `facts` is what the ruling is about, without language: a change in it asks for a new ruling. */
status rules_add(arena *mem, check_findings *out, check_finding base, const char *facts,
                 const char *vi, const char *en, fault *f);

#endif
