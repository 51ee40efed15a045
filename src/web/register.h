/* What the public may look up: contests and what was published of them, and one certificate. */
#ifndef WEB_REGISTER_H
#define WEB_REGISTER_H

#include "chamthi/buffer.h"
#include "chamthi/store.h"

typedef struct {
    int64_t year;
    const char *name;
    bool rules, results; /* whether they are public */
} register_contest;

/* The latest first. */
status register_contests(store *db, arena *mem, register_contest **out, size_t *count, fault *f);

typedef struct {
    const char *name;
    int64_t rules_at, results_at; /* 0: not public */
    bool methods;                 /* there is a note on methods */
} register_page;
/* E_MISSING, with a sentence, when there is no such contest. */
status register_page_read(store *db, arena *mem, int64_t year, register_page *out, fault *f);

typedef struct {
    const char *part, *vi, *en, *source;
} register_rule;
status register_rules(store *db, arena *mem, int64_t year, register_rule **out, size_t *count,
                      fault *f);

typedef struct {
    const char *kind, *prize, *track, *recipient, *unit;
} register_result;
/* By kind, track and prize. */
status register_results(store *db, arena *mem, int64_t year, register_result **out, size_t *count,
                        fault *f);

typedef struct {
    int64_t id, per_entry, at;
    const char *round, *kind, *state;
    const char *inputs, *output, *seed; /* hex; seed "" until the results are public */
} register_draw;
status register_draws(store *db, arena *mem, int64_t year, register_draw **out, size_t *count,
                      fault *f);

/* Appends what a draw was made from, or the note on methods. E_MISSING, with a sentence, when it is not
 * public. */
status register_draw_inputs(store *db, int64_t draw, buffer *out, fault *f);
status register_methods(store *db, int64_t year, buffer *out, fault *f);

typedef enum {
    CERTIFICATE_ISSUED,
    CERTIFICATE_HELD, /* something about the award is being looked into */
    CERTIFICATE_REVOKED,
    CERTIFICATE_REPLACED
} certificate_state;

/* All that is printed on it, "" where nothing is, and whether it still holds; nothing more. */
typedef struct {
    const char *serial, *code, *honorific, *name, *address, *achievement, *prize, *title;
    const char *decision, *decision_date, *contest;
    certificate_state state;
} register_certificate;

/* By `code` in its canonical form, or by the hash of the frozen PDF (NULL, "": not by that). E_MISSING,
 * with no sentence set, when there is none. */
status register_find(store *db, arena *mem, const char *code, slice hash, register_certificate *out,
                     fault *f);

#endif
