/* Passwords: their one spelling and their hash. */
#ifndef STORE_PASSWORD_H
#define STORE_PASSWORD_H

#include "chamthi/account.h"

#include <sodium.h>

enum {
    PASSWORD_BYTES = 4 * PASSWORD_MOST + 1,
    PASSWORD_HASH_MAX = crypto_pwhash_argon2id_STRBYTES,
    PASSWORD_PASSES = 2,
    PASSWORD_MEMORY = 19 * 1024 * 1024,
    PASSWORD_BITS =
        30 /* the least: 5 tries in 15 minutes would need ages, and one hash takes 30 ms */
};

/* The NFKC form. E_INPUT when it has too few or too many characters or is no UTF-8; `out` is then the
 * empty string, which no account has. The caller wipes it. */
status password_prepare(const char *typed, char out[PASSWORD_BYTES], fault *f);
/* E_INPUT when somebody who knows what people choose would guess it: a common password or word, a
 * row of keys, a repetition, a date, words of this trade, the account's own name; with or without
 * marks. */
status password_check(const char *prepared, const char *name, fault *f);
status password_hash(const char *prepared, char out[PASSWORD_HASH_MAX], fault *f);

#endif
