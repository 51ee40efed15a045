/* The second proof of an organizer: six digits that change every thirty seconds (RFC 6238, SHA-1, as every
 * phone's program makes them), or one of ten codes written on paper. Pure. */
#ifndef STORE_TOTP_H
#define STORE_TOTP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { TOTP_SECRET = 20, TOTP_SECONDS = 30, TOTP_TEXT = 2 * TOTP_SECRET };

/* The digits of one step as a number. */
int totp_digits(const unsigned char secret[TOTP_SECRET], int64_t step, int digits);
/* Whether six typed digits (blanks ignored) are those of now, or of a step before or after; `step` says which. A
 * step up to `last` was used already and matches no more. */
bool totp_matches(const unsigned char secret[TOTP_SECRET], int64_t now, int64_t last,
                  const char *typed, int64_t *step);
/* Base 32, as phones want it: 32 characters. */
void totp_text(const unsigned char secret[TOTP_SECRET], char out[TOTP_TEXT]);

void sha1_hmac(unsigned char out[20], const void *key, size_t key_size, const void *text,
               size_t size);

#endif
