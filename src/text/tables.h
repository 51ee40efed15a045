/* The tables that generate/tables.c makes at build time from the lists in data/. Inside the text room
 * only. */
#ifndef TEXT_TABLES_H
#define TEXT_TABLES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* ---- letters: the order of data/letters.txt, from 1 ---- */
enum {
    LETTER_A = 1,
    LETTER_A_BREVE,
    LETTER_A_CIRCUMFLEX,
    LETTER_D = 6,
    LETTER_D_STROKE,
    LETTER_E,
    LETTER_E_CIRCUMFLEX,
    LETTER_I = 13,
    LETTER_M = 17,
    LETTER_O = 19,
    LETTER_O_CIRCUMFLEX,
    LETTER_O_HORN,
    LETTER_U = 27,
    LETTER_U_HORN,
    LETTER_Y = 32,
    LETTER_COUNT = 34
};
enum { TONE_NONE, TONE_HUYEN, TONE_HOI, TONE_NGA, TONE_SAC, TONE_NANG, TONE_COUNT };
enum { CASE_LOWER, CASE_UPPER };

/* Code points 0–24F and 1E00–1EFF are looked up directly. */
enum { LETTER_LATIN = 0x250, LETTER_SPAN = LETTER_LATIN + 0x100 };
static inline int letter_index(uint32_t c)
{
    if (c < LETTER_LATIN)
        return (int)c;
    return c >= 0x1E00 && c < 0x1F00 ? (int)(c - 0x1E00 + LETTER_LATIN) : -1;
}

/* A letter with its tone and case in one number; 0: no letter of the alphabet. */
#define LETTER_PACK(letter, tone, upper) ((uint16_t)((letter) | (tone) << 6 | (upper) << 9))
static inline unsigned letter_part(unsigned packed)
{
    return packed & 63;
}
static inline unsigned tone_part(unsigned packed)
{
    return packed >> 6 & 7;
}
static inline unsigned case_part(unsigned packed)
{
    return packed >> 9 & 1;
}

extern const uint16_t letter_of[LETTER_SPAN];
extern const uint16_t letter_points[LETTER_COUNT][2 * TONE_COUNT];
static inline uint16_t letter_point(unsigned letter, unsigned tone, unsigned upper)
{
    return letter_points[letter][2 * tone + upper];
}
extern const uint8_t letter_base[LETTER_COUNT]; /* the letter without its shape: ê → e, đ → d */

/* ---- normalisation ---- */
/* 0300 0301 0302 0303 0306 0309 031B 0323, in this order; -1 for any other mark. */
enum { MARK_COUNT = 8 };
int mark_index(uint32_t c);
/* The one character that base and mark compose to in NFC, 0 when it takes more than one. */
extern const uint16_t composed[LETTER_SPAN][MARK_COUNT];
/* A bit for each code point of the BMP that NFC keeps, that is no mark, and that composes with nothing
 * before it: text may be cut in front of it and normalised in parts. */
extern const uint8_t nfc_safe[0x10000 / 8];

/* ---- what a character says about its text (display.c) ---- */
enum {
    SAYS_CARE = 1,       /* needs more than copying */
    SAYS_VIETNAMESE = 2, /* a letter or mark that only Vietnamese Unicode has */
    SAYS_BYTE = 4,       /* what a legacy byte looks like when read as windows-1252 */
    SAYS_LOOKALIKE = 8   /* may stand for another letter */
};
enum { SAYS_SPAN = 0x2100 };
extern const uint8_t says[SAYS_SPAN];

/* ---- syllables ---- */
/* Up to SYLLABLE_LETTERS toneless letters, six bits each, are a key; slot = key + properties. */
enum { SYLLABLE_LETTERS = 7, SYLLABLE_KEY_BITS = 42, SYLLABLE_SLOT_BITS = 14 };
#define SYLLABLE_KEY_MASK ((UINT64_C(1) << SYLLABLE_KEY_BITS) - 1)
enum {
    SYLLABLE_STOP = 8,    /* ends in c ch p t: only sắc and nặng */
    SYLLABLE_LONE_Y = 16, /* y alone after its consonant: also written i */
    SYLLABLE_FOREIGN = 32 /* on the list of foreign.txt, not a syllable of the rules */
};                        /* the low three bits: which letter carries the tone */
extern const uint64_t syllable_slots[1 << SYLLABLE_SLOT_BITS];
/* Keys of what syllables become without any mark: khong, viet. */
extern const uint64_t bare_slots[1 << SYLLABLE_SLOT_BITS];

/* How unlikely a syllable is, −ln(probability) in hundredths; key, then three bits of tone. */
enum { COST_SLOT_BITS = 15, COST_SHIFT = 48, COST_UNIT = 100 };
extern const uint64_t cost_slots[1 << COST_SLOT_BITS];
extern const unsigned cost_unseen; /* of a well-formed syllable that the counts do not have */

static inline size_t slot_start(uint64_t key, int bits)
{
    return (size_t)(key * UINT64_C(0x9E3779B97F4A7C15) >> (64 - bits));
}
/* The slot whose low bits (mask) are the key, 0 when there is none; open addressing. */
static inline uint64_t slot_find(const uint64_t *slots, int bits, uint64_t key, uint64_t mask)
{
    size_t at = slot_start(key, bits);
    while (slots[at] && (slots[at] & mask) != key)
        at = (at + 1) & (((size_t)1 << bits) - 1);
    return slots[at];
}

/* How much likelier a syllable is after another than alone, ln in hundredths; a mixed key of both. */
enum { PAIR_SLOT_BITS = 14, PAIR_SHIFT = 48 };
#define PAIR_KEY_MASK ((UINT64_C(1) << PAIR_SHIFT) - 1)
extern const uint64_t pair_slots[1 << PAIR_SLOT_BITS];
static inline uint64_t pair_key(uint64_t first, uint64_t second)
{
    return (first * UINT64_C(0x9E3779B97F4A7C15) ^ second * UINT64_C(0xC2B2AE3D27D4EB4F)) >>
           (64 - PAIR_SHIFT);
}

/* ---- encodings before Unicode ---- */
enum { SET_TCVN3, SET_VNI, SET_VISCII, SET_VPS, SET_CP1258, SET_COUNT };
/* The letter of a byte alone; 0: the set has no letter there, the byte is what windows-1252 says. */
extern const uint16_t set_letter[SET_COUNT][256];
/* For each byte of the sets, and of TCVN3 in capitals after them: up to three bytes of UTF-8, then how many. */
extern const uint8_t set_utf8[SET_COUNT + 1][4 * 256];
/* VNI: letters of two bytes, found by the kind of their first and second byte (0: none). */
enum { VNI_FIRST = 16, VNI_SECOND = 48 };
extern const uint8_t vni_first[256], vni_second[256];
extern const uint16_t vni_pair[VNI_FIRST][VNI_SECOND];

#endif
