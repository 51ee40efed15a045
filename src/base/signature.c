/* Ed25519 and base64url by libsodium. */
#include "chamthi/signature.h"

#include <sodium.h>

_Static_assert(crypto_sign_SEEDBYTES == SIGN_SECRET, "secret size");
_Static_assert(crypto_sign_PUBLICKEYBYTES == SIGN_PUBLIC, "key size");
_Static_assert(crypto_sign_BYTES == SIGNATURE_SIZE, "signature size");

void sign_public(const unsigned char secret[SIGN_SECRET], unsigned char out[SIGN_PUBLIC])
{
    unsigned char pair[crypto_sign_SECRETKEYBYTES];
    crypto_sign_seed_keypair(out, pair, secret);
    sodium_memzero(pair, sizeof pair);
}

void sign_bytes(const unsigned char secret[SIGN_SECRET], const void *bytes, size_t size,
                unsigned char out[SIGNATURE_SIZE])
{
    unsigned char key[SIGN_PUBLIC], pair[crypto_sign_SECRETKEYBYTES];
    crypto_sign_seed_keypair(key, pair, secret);
    crypto_sign_detached(out, NULL, bytes, size, pair);
    sodium_memzero(pair, sizeof pair);
}

bool sign_holds(const unsigned char key[SIGN_PUBLIC], const void *bytes, size_t size,
                const unsigned char signature[SIGNATURE_SIZE])
{
    return crypto_sign_verify_detached(signature, bytes, size, key) == 0;
}

void base64_put(buffer *out, const void *bytes, size_t size)
{
    size_t room = sodium_base64_encoded_len(size, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    char *to = buffer_reserve(out, room);
    if (!to)
        return;
    sodium_bin2base64(to, room, bytes, size, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    buffer_end(out, out->size + room - 1);
}

bool base64_read(buffer *out, const char *text, size_t size)
{
    size_t done;
    unsigned char *to = (unsigned char *)buffer_reserve(out, size + 1);
    if (!to || sodium_base642bin(to, size, text, size, NULL, &done, NULL,
                                 sodium_base64_VARIANT_URLSAFE_NO_PADDING) != 0) {
        buffer_end(out, out->size);
        return false;
    }
    buffer_end(out, out->size + done);
    return true;
}
