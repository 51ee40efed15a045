/* Ed25519 signatures (RFC 8032), and bytes as base64url (RFC 4648) for QR codes and files. */
#ifndef CHAMTHI_SIGNATURE_H
#define CHAMTHI_SIGNATURE_H

#include "chamthi/buffer.h"

enum { SIGN_SECRET = 32, SIGN_PUBLIC = 32, SIGNATURE_SIZE = 64 };

void sign_public(const unsigned char secret[SIGN_SECRET], unsigned char out[SIGN_PUBLIC]);
void sign_bytes(const unsigned char secret[SIGN_SECRET], const void *bytes, size_t size,
                unsigned char out[SIGNATURE_SIZE]);
bool sign_holds(const unsigned char key[SIGN_PUBLIC], const void *bytes, size_t size,
                const unsigned char signature[SIGNATURE_SIZE]);

/* Appends; without padding. */
void base64_put(buffer *out, const void *bytes, size_t size);
/* Appends what `text` stands for; false, with `out` as it was, when it is no base64url. */
bool base64_read(buffer *out, const char *text, size_t size);

#endif
