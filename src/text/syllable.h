/* Syllables: whether a word is one, and where its tone mark stands. A letter is a packed number of
 * tables.h. */
#ifndef TEXT_SYLLABLE_H
#define TEXT_SYLLABLE_H

#include "text/tables.h"

/* The letter at a code point, 0 when it is none of the alphabet. */
static inline unsigned letter_at(uint32_t c)
{
    int at = letter_index(c);
    return at < 0 ? 0 : letter_of[at];
}

/* Adds a mark to a letter, whatever order marks were typed in. False: they do not go together. */
bool letter_add_mark(uint16_t *letter, uint32_t mark);

/* What a word of the alphabet is as a syllable. */
typedef struct {
    uint64_t key;     /* of its letters without tone; 0 when there are too many */
    unsigned flags;   /* SYLLABLE_…, and the place of the tone in the low three bits */
    unsigned tone;    /* of its only toned letter */
    unsigned tones;   /* how many letters carry one */
    bool well_formed; /* the letters make a syllable or a word of foreign.txt */
} syllable;

syllable syllable_of(const uint16_t *letters, size_t count);
/* A syllable with a tone its coda allows. */
bool syllable_is_valid(const syllable *s);
/* Moves the only tone of a syllable to the letter of the new style. */
void syllable_place_tone(const syllable *s, uint16_t *letters, size_t count);
/* True when its tone stands where neither style puts it (bôì), which people hardly ever type. */
bool syllable_has_odd_tone(const syllable *s, const uint16_t *letters, size_t count);
/* −ln(probability) in hundredths. */
unsigned syllable_cost(const syllable *s);
/* By how much the cost of the second falls because it follows the first. */
unsigned syllable_pair_gain(const syllable *first, const syllable *second);
/* True when letters without any mark are what a syllable leaves: khong. */
bool syllable_is_bare(const uint16_t *letters, size_t count);

#endif
