/* The syllable tables, asked. */
#include "text/syllable.h"

static const struct {
    uint16_t mark, letter, shaped;
} shapes[] = {{0x302, LETTER_A, LETTER_A_CIRCUMFLEX}, {0x302, LETTER_E, LETTER_E_CIRCUMFLEX},
              {0x302, LETTER_O, LETTER_O_CIRCUMFLEX}, {0x306, LETTER_A, LETTER_A_BREVE},
              {0x31B, LETTER_O, LETTER_O_HORN},       {0x31B, LETTER_U, LETTER_U_HORN}};

static unsigned tone_of_mark(uint32_t mark)
{
    switch (mark) {
    case 0x300: return TONE_HUYEN;
    case 0x309: return TONE_HOI;
    case 0x303: return TONE_NGA;
    case 0x301: return TONE_SAC;
    case 0x323: return TONE_NANG;
    default: return TONE_NONE;
    }
}

bool letter_add_mark(uint16_t *packed, uint32_t mark)
{
    unsigned letter = letter_part(*packed), tone = tone_part(*packed), upper = case_part(*packed);
    unsigned added = tone_of_mark(mark);
    if (added) {
        if (tone != TONE_NONE || !letter_point(letter, added, CASE_LOWER))
            return false;
        *packed = LETTER_PACK(letter, added, upper);
        return true;
    }
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++)
        if (shapes[i].mark == mark && shapes[i].letter == letter) {
            *packed = LETTER_PACK(shapes[i].shaped, tone, upper);
            return true;
        }
    return false;
}

syllable syllable_of(const uint16_t *letters, size_t count)
{
    syllable s = {0};
    if (count > SYLLABLE_LETTERS)
        return s;
    for (size_t i = 0; i < count; i++) {
        s.key = s.key << 6 | letter_part(letters[i]);
        unsigned tone = tone_part(letters[i]);
        s.tones += tone != TONE_NONE;
        s.tone |= tone;
    }
    uint64_t slot = slot_find(syllable_slots, SYLLABLE_SLOT_BITS, s.key, SYLLABLE_KEY_MASK);
    s.well_formed = slot != 0;
    s.flags = (unsigned)(slot >> SYLLABLE_KEY_BITS);
    return s;
}

bool syllable_is_valid(const syllable *s)
{
    if (!s->well_formed || s->tones > 1)
        return false;
    return !(s->flags & SYLLABLE_STOP) || s->tone >= TONE_SAC;
}

void syllable_place_tone(const syllable *s, uint16_t *letters, size_t count)
{
    if (!s->well_formed || s->tones != 1 || (s->flags & SYLLABLE_FOREIGN))
        return;
    size_t place = s->flags & 7;
    for (size_t i = 0; i < count; i++)
        letters[i] = LETTER_PACK(letter_part(letters[i]), i == place ? s->tone : TONE_NONE,
                                 case_part(letters[i]));
}

bool syllable_has_odd_tone(const syllable *s, const uint16_t *letters, size_t count)
{
    size_t place = s->flags & 7, at = 0;
    if (!s->well_formed || s->tones != 1 || (s->flags & SYLLABLE_FOREIGN))
        return false;
    while (at < count && tone_part(letters[at]) == TONE_NONE)
        at++;
    if (at == place)
        return false;
    unsigned here = letter_part(letters[at]);
    unsigned next = at + 1 < count ? letter_part(letters[at + 1]) : 0;
    return !((here == LETTER_O && (next == LETTER_A || next == LETTER_E)) ||
             (here == LETTER_U && next == LETTER_Y));
}

unsigned syllable_cost(const syllable *s)
{
    uint64_t mask = (UINT64_C(1) << (SYLLABLE_KEY_BITS + 3)) - 1;
    uint64_t slot = slot_find(cost_slots, COST_SLOT_BITS, s->key << 3 | s->tone, mask);
    return slot ? (unsigned)(slot >> COST_SHIFT) : cost_unseen;
}

unsigned syllable_pair_gain(const syllable *first, const syllable *second)
{
    uint64_t key = pair_key(first->key << 3 | first->tone, second->key << 3 | second->tone);
    return (unsigned)(slot_find(pair_slots, PAIR_SLOT_BITS, key, PAIR_KEY_MASK) >> PAIR_SHIFT);
}

bool syllable_is_bare(const uint16_t *letters, size_t count)
{
    uint64_t key = 0;
    if (count > SYLLABLE_LETTERS)
        return false;
    for (size_t i = 0; i < count; i++)
        key = key << 6 | letter_part(letters[i]);
    return slot_find(bare_slots, SYLLABLE_SLOT_BITS, key, SYLLABLE_KEY_MASK) != 0;
}
