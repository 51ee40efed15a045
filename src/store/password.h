/* Passwords: their one spelling and their hash. */
#ifndef STORE_PASSWORD_H
#define STORE_PASSWORD_H

#include "chamthi/account.h"

#include <sodium.h>

enum {
    PASSWORD_BYTES = 4 * PASSWORD_MOST + 1,
    PASSWORD_HASH_MAX = crypto_pwhash_argon2id_STRBYTES,
    PASSWORD_PASSES = 2,
    PASSWORD_MEMORY = 19 * 1024 * 1024
};

/* The NFKC form. E_INPUT when it has too few or too many characters or is no UTF-8; `out` is then the
 * empty string, which no account has. The caller wipes it. */
status password_prepare(const char *typed, char out[PASSWORD_BYTES], fault *f);
status password_hash(const char *prepared, char out[PASSWORD_HASH_MAX], fault *f);

#endif
