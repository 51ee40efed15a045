/* RFC 6238 over RFC 2104 over FIPS 180-4's SHA-1: libsodium has no SHA-1, and here it guards nothing but a
 * code that lives for half a minute. */
#include "totp.h"

#include <sodium.h>
#include <string.h>

typedef struct {
    uint32_t h[5];
    uint64_t size;
    unsigned char block[64];
} sha1;

static uint32_t turn(uint32_t x, int n)
{
    return x << n | x >> (32 - n);
}

static void mix_block(sha1 *s)
{
    uint32_t w[80], a = s->h[0], b = s->h[1], c = s->h[2], d = s->h[3], e = s->h[4];
    for (int i = 0; i < 16; i++)
        w[i] = (uint32_t)s->block[4 * i] << 24 | (uint32_t)s->block[4 * i + 1] << 16 |
               (uint32_t)s->block[4 * i + 2] << 8 | s->block[4 * i + 3];
    for (int i = 16; i < 80; i++)
        w[i] = turn(w[i - 3] ^ w[i - 8] ^ w[i - 14] ^ w[i - 16], 1);
    for (int i = 0; i < 80; i++) {
        uint32_t f = i < 20   ? (b & c) | (~b & d)
                     : i < 40 ? b ^ c ^ d
                     : i < 60 ? (b & c) | (b & d) | (c & d)
                              : b ^ c ^ d;
        static const uint32_t k[] = {0x5A827999, 0x6ED9EBA1, 0x8F1BBCDC, 0xCA62C1D6};
        uint32_t next = turn(a, 5) + f + e + k[i / 20] + w[i];
        e = d;
        d = c;
        c = turn(b, 30);
        b = a;
        a = next;
    }
    s->h[0] += a;
    s->h[1] += b;
    s->h[2] += c;
    s->h[3] += d;
    s->h[4] += e;
}

static void put(sha1 *s, const void *bytes, size_t size)
{
    const unsigned char *p = bytes;
    for (; size; size--) {
        s->block[s->size++ % 64] = *p++;
        if (s->size % 64 == 0)
            mix_block(s);
    }
}

static void finish(sha1 *s, unsigned char out[20])
{
    unsigned char end[8];
    uint64_t bits = s->size * 8;
    for (int i = 0; i < 8; i++)
        end[i] = (unsigned char)(bits >> (56 - 8 * i));
    put(s, "\x80", 1);
    while (s->size % 64 != 56)
        put(s, "", 1);
    put(s, end, 8);
    for (int i = 0; i < 20; i++)
        out[i] = (unsigned char)(s->h[i / 4] >> (24 - 8 * (i % 4)));
}

static const sha1 fresh = {.h = {0x67452301, 0xEFCDAB89, 0x98BADCFE, 0x10325476, 0xC3D2E1F0},
                           .size = 0};

void sha1_hmac(unsigned char out[20], const void *key, size_t key_size, const void *text,
               size_t size)
{
    unsigned char pad[64] = {0}, inner[20];
    sha1 s = fresh;
    if (key_size > sizeof pad) {
        put(&s, key, key_size);
        finish(&s, pad);
        s = fresh;
    } else {
        memcpy(pad, key, key_size);
    }
    for (size_t i = 0; i < sizeof pad; i++)
        pad[i] ^= 0x36;
    put(&s, pad, sizeof pad);
    put(&s, text, size);
    finish(&s, inner);
    s = fresh;
    for (size_t i = 0; i < sizeof pad; i++)
        pad[i] ^= 0x36 ^ 0x5C;
    put(&s, pad, sizeof pad);
    put(&s, inner, sizeof inner);
    finish(&s, out);
}

int totp_digits(const unsigned char secret[TOTP_SECRET], int64_t step, int digits)
{
    unsigned char counter[8], hash[20];
    for (int i = 0; i < 8; i++)
        counter[i] = (unsigned char)((uint64_t)step >> (56 - 8 * i));
    sha1_hmac(hash, secret, TOTP_SECRET, counter, sizeof counter);
    const unsigned char *p = hash + (hash[19] & 15);
    uint32_t n = (uint32_t)(p[0] & 127) << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
    uint32_t most = 1;
    for (int i = 0; i < digits; i++)
        most *= 10;
    return (int)(n % most);
}

/* The number that six digits make; -1 when it is anything else. */
static int read_six(const char *typed)
{
    int n = 0, count = 0;
    for (; *typed; typed++) {
        if (*typed == ' ')
            continue;
        if (*typed < '0' || *typed > '9' || ++count > 6)
            return -1;
        n = 10 * n + (*typed - '0');
    }
    return count == 6 ? n : -1;
}

bool totp_matches(const unsigned char secret[TOTP_SECRET], int64_t now, int64_t last,
                  const char *typed, int64_t *step)
{
    int wanted = read_six(typed);
    bool found = false;
    for (int64_t s = now / TOTP_SECONDS - 1; s <= now / TOTP_SECONDS + 1; s++) {
        int right = totp_digits(secret, s, 6);
        if (s > last && sodium_memcmp(&right, &wanted, sizeof right) == 0 && !found) {
            found = true;
            *step = s;
        }
    }
    return found;
}

void totp_text(const unsigned char secret[TOTP_SECRET], char out[TOTP_TEXT])
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    size_t n = 0;
    for (size_t bit = 0; bit < 8 * TOTP_SECRET; bit += 5) {
        unsigned two = (unsigned)secret[bit / 8] << 8;
        if (bit / 8 + 1 < TOTP_SECRET)
            two |= secret[bit / 8 + 1];
        out[n++] = letters[two >> (11 - bit % 8) & 31];
    }
    out[n] = '\0';
}
