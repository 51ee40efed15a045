/* UTF-8 one character at a time. Malformed bytes are told apart by maximal subpart, as the Unicode
 * standard recommends (chapter 3, table 3-8): each becomes one U+FFFD. */
#ifndef TEXT_UTF8_H
#define TEXT_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { REPLACEMENT = 0xFFFD };

static inline bool utf8_continues(const uint8_t *p, const uint8_t *end)
{
    return p < end && (*p & 0xC0) == 0x80;
}

/* Reads the character at p < end and returns its size; *c is REPLACEMENT and *bad true for a maximal
 * subpart of a malformed sequence. */
static inline size_t utf8_next(const uint8_t *p, const uint8_t *end, uint32_t *c, bool *bad)
{
    uint8_t lead = *p;
    *bad = false;
    if (lead < 0x80) {
        *c = lead;
        return 1;
    }
    size_t more = lead >= 0xC2 && lead < 0xE0 ? 1 : (lead & 0xF0) == 0xE0 ? 2 : 3;
    uint8_t least = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
    uint8_t most = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
    *c = REPLACEMENT;
    if (lead < 0xC2 || lead > 0xF4 || p + 1 == end || p[1] < least || p[1] > most) {
        *bad = true;
        return 1;
    }
    uint32_t value = (uint32_t)(lead & (0x3F >> more)) << 6 | (p[1] & 0x3F);
    for (size_t i = 2; i <= more; i++) {
        if (!utf8_continues(p + i, end)) {
            *bad = true;
            return i;
        }
        value = value << 6 | (p[i] & 0x3F);
    }
    *c = value;
    return more + 1;
}

/* Writes a valid code point, returns its size. */
static inline size_t utf8_put(uint8_t *to, uint32_t c)
{
    if (c < 0x80) {
        to[0] = (uint8_t)c;
        return 1;
    }
    if (c < 0x800) {
        to[0] = (uint8_t)(0xC0 | c >> 6);
        to[1] = (uint8_t)(0x80 | (c & 0x3F));
        return 2;
    }
    if (c < 0x10000) {
        to[0] = (uint8_t)(0xE0 | c >> 12);
        to[1] = (uint8_t)(0x80 | (c >> 6 & 0x3F));
        to[2] = (uint8_t)(0x80 | (c & 0x3F));
        return 3;
    }
    to[0] = (uint8_t)(0xF0 | c >> 18);
    to[1] = (uint8_t)(0x80 | (c >> 12 & 0x3F));
    to[2] = (uint8_t)(0x80 | (c >> 6 & 0x3F));
    to[3] = (uint8_t)(0x80 | (c & 0x3F));
    return 4;
}

/* Where the character that ends before `end` starts; the text must be valid. */
static inline const uint8_t *utf8_back(const uint8_t *start, const uint8_t *end)
{
    const uint8_t *p = end - 1;
    while (p > start && (*p & 0xC0) == 0x80)
        p--;
    return p;
}

#endif
