/* What the public may look up: the contests there were, and one certificate by its code. */
#ifndef WEB_REGISTER_H
#define WEB_REGISTER_H

#include "chamthi/store.h"

typedef struct {
    int64_t year;
    const char *name;
} register_contest;

/* The latest first. */
status register_contests(store *db, arena *mem, register_contest **out, size_t *count, fault *f);

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

/* `code` in its canonical form. E_MISSING, with no sentence set, when there is none. */
status register_find(store *db, arena *mem, const char *code, register_certificate *out, fault *f);

#endif
