/* Randomness, hashes and codes, over libsodium. */
#include "chamthi/random.h"

#include <sodium.h>
#include <string.h>

_Static_assert(sizeof(crypto_generichash_state) <= sizeof(hash_state), "hash_state is too small");
_Static_assert(crypto_stream_chacha20_ietf_KEYBYTES == SEED_SIZE, "seed size");

void random_bytes(void *out, size_t size)
{
    randombytes_buf(out, size);
}

void random_start(random_stream *r, const unsigned char seed[SEED_SIZE])
{
    memset(r, 0, sizeof *r);
    memcpy(r->seed, seed, SEED_SIZE);
    r->used = sizeof r->block;
}

uint64_t random_next(random_stream *r)
{
    if (r->used == sizeof r->block) {
        static const unsigned char nonce[crypto_stream_chacha20_ietf_NONCEBYTES];
        memset(r->block, 0, sizeof r->block);
        crypto_stream_chacha20_ietf_xor_ic(r->block, r->block, sizeof r->block, nonce,
                                           (uint32_t)r->counter, r->seed);
        r->counter += sizeof r->block / 64;
        r->used = 0;
    }
    uint64_t value = 0;
    for (int i = 7; i >= 0; i--)
        value = value << 8 | r->block[r->used + (size_t)i];
    r->used += 8;
    return value;
}

uint64_t random_below(random_stream *r, uint64_t bound)
{
    uint64_t unfair = (0 - bound) % bound; /* 2^64 mod bound: values below it would be favoured */
    uint64_t value;
    do
        value = random_next(r);
    while (value < unfair);
    return value % bound;
}

void hash_bytes(unsigned char out[HASH_SIZE], const void *bytes, size_t size)
{
    crypto_generichash(out, HASH_SIZE, bytes, size, NULL, 0);
}

void hash_start(hash_state *h, const void *key, size_t key_size)
{
    crypto_generichash_init((crypto_generichash_state *)h, key, key_size, HASH_SIZE);
}

void hash_piece(hash_state *h, const void *bytes, size_t size)
{
    unsigned char length[8];
    for (int i = 0; i < 8; i++)
        length[i] = (unsigned char)((uint64_t)size >> (8 * i));
    crypto_generichash_update((crypto_generichash_state *)h, length, sizeof length);
    crypto_generichash_update((crypto_generichash_state *)h, bytes, size);
}

void hash_end(hash_state *h, unsigned char out[HASH_SIZE])
{
    crypto_generichash_final((crypto_generichash_state *)h, out, HASH_SIZE);
}

void sha256_hex(char *out, const void *bytes, size_t size)
{
    unsigned char hash[crypto_hash_sha256_BYTES];
    crypto_hash_sha256(hash, bytes, size);
    hex_encode(out, hash, sizeof hash);
}

_Static_assert(crypto_auth_hmacsha256_KEYBYTES == SEED_SIZE, "key size");
_Static_assert(crypto_auth_hmacsha256_BYTES == HASH_SIZE, "hash size");

void hmac_bytes(unsigned char out[HASH_SIZE], const unsigned char key[SEED_SIZE], const void *bytes,
                size_t size)
{
    crypto_auth_hmacsha256(out, bytes, size, key);
}

void hex_encode(char *out, const unsigned char *bytes, size_t size)
{
    sodium_bin2hex(out, size * 2 + 1, bytes, size);
}

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c = (char)(c | 0x20);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool hex_decode(unsigned char *out, size_t size, const char *hex)
{
    if (strlen(hex) != 2 * size)
        return false;
    for (size_t i = 0; i < size; i++) {
        int high = hex_digit(hex[2 * i]), low = hex_digit(hex[2 * i + 1]);
        if (high < 0 || low < 0)
            return false;
        out[i] = (unsigned char)(high << 4 | low);
    }
    return true;
}

/* ---- codes: a polynomial check over GF(32) ---- */

enum { CODE_DATA = CODE_BITS / 5, CODE_LENGTH = CODE_DATA + 1, CODE_GROUP = 4 };
static const char alphabet[33] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/* Multiplies by x in GF(2)[x] / (x^5 + x^2 + 1). */
static unsigned times_x(unsigned a)
{
    a <<= 1;
    return a & 32 ? a ^ 0x25 : a;
}

/* Sum of digit i times x^i, by Horner's rule from the last digit: the weights of 20 places are all
 * different (x has order 31), so one wrong digit or two swapped ones never give the same sum. */
static unsigned checksum(const unsigned char digits[CODE_DATA])
{
    unsigned sum = 0;
    for (int i = CODE_DATA - 1; i >= 0; i--)
        sum = times_x(sum ^ digits[i]);
    return sum;
}

static void code_write(char out[CODE_TEXT_MAX], const unsigned char digits[CODE_LENGTH])
{
    size_t n = 0;
    for (size_t i = 0; i < CODE_LENGTH; i++) {
        if (i && i % CODE_GROUP == 0)
            out[n++] = '-';
        out[n++] = alphabet[digits[i]];
    }
    out[n] = '\0';
}

void code_from_bytes(char out[CODE_TEXT_MAX], const unsigned char bytes[HASH_SIZE])
{
    unsigned char digits[CODE_LENGTH];
    unsigned pool = 0, bits = 0;
    size_t at = 0;
    for (size_t i = 0; i < CODE_DATA; i++) {
        while (bits < 5) {
            pool = pool << 8 | bytes[at++];
            bits += 8;
        }
        bits -= 5;
        digits[i] = (unsigned char)(pool >> bits & 31);
        pool &= (1U << bits) - 1;
    }
    digits[CODE_DATA] = (unsigned char)checksum(digits);
    code_write(out, digits);
}

bool code_parse(const char *typed, char out[CODE_TEXT_MAX])
{
    unsigned char digits[CODE_LENGTH];
    size_t n = 0;
    for (; *typed; typed++) {
        char c = *typed >= 'a' && *typed <= 'z' ? (char)(*typed - 'a' + 'A') : *typed;
        if (c == '-' || c == ' ')
            continue;
        if (c == 'O')
            c = '0';
        if (c == 'I' || c == 'L')
            c = '1';
        const char *found = strchr(alphabet, c);
        if (!found || n == CODE_LENGTH)
            return false;
        digits[n++] = (unsigned char)(found - alphabet);
    }
    if (n != CODE_LENGTH || checksum(digits) != digits[CODE_DATA])
        return false;
    code_write(out, digits);
    return true;
}
