/* Randomness. Two kinds, never mixed: the system's (codes, tokens, salts) and a seeded stream
 * (draws that anyone must be able to repeat). The seeded stream is ChaCha20 (RFC 8439) with the seed as
 * key and an all-zero nonce, so the same seed gives the same bytes on every machine and compiler. */
#ifndef CHAMTHI_RANDOM_H
#define CHAMTHI_RANDOM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { SEED_SIZE = 32, HASH_SIZE = 32 };

void random_bytes(void *out, size_t size); /* from the system */

typedef struct {
    unsigned char seed[SEED_SIZE];
    unsigned char block[512];
    size_t used;
    uint64_t counter;
} random_stream;

void random_start(random_stream *r, const unsigned char seed[SEED_SIZE]);
uint64_t random_next(random_stream *r);
/* Uniform in 0..bound-1 by rejection; bound > 0. */
uint64_t random_below(random_stream *r, uint64_t bound);

/* BLAKE2b-256 of one piece, and of several pieces each preceded by its length (so that no two lists
 * of pieces share a hash). */
void hash_bytes(unsigned char out[HASH_SIZE], const void *bytes, size_t size);
typedef struct {
    _Alignas(64) unsigned char opaque[384];
} hash_state;
void hash_start(hash_state *h, const void *key, size_t key_size); /* key NULL, 0: unkeyed */
void hash_piece(hash_state *h, const void *bytes, size_t size);
void hash_end(hash_state *h, unsigned char out[HASH_SIZE]);

/* SHA-256 as sha256sum prints it, for lists that others check. `out` holds SHA256_HEX bytes. */
enum { SHA256_HEX = 65 };
void sha256_hex(char *out, const void *bytes, size_t size);

/* HMAC-SHA-256 (RFC 2104). */
void hmac_bytes(unsigned char out[HASH_SIZE], const unsigned char key[SEED_SIZE], const void *bytes,
                size_t size);

void hex_encode(char *out, const unsigned char *bytes, size_t size); /* 2*size+1 bytes */
bool hex_decode(unsigned char *out, size_t size, const char *hex);   /* exactly 2*size digits */

/* Codes people read aloud and type: 95 bits as 19 characters of Crockford's base 32 (no I L O U) and
 * a check character over GF(32), in five groups of four. Any one wrong character and any two swapped
 * ones are found. `out` holds CODE_TEXT_MAX bytes. */
enum { CODE_BITS = 95, CODE_TEXT_MAX = 32 };
void code_from_bytes(char out[CODE_TEXT_MAX], const unsigned char bytes[HASH_SIZE]);
/* Canonical form of what somebody typed (case, spaces, dashes, look-alikes); false: check fails. */
bool code_parse(const char *typed, char out[CODE_TEXT_MAX]);

#endif
