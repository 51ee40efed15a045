/* Letters of other scripts that look like ours, typed or recognised by mistake. */
#ifndef TEXT_LOOKALIKE_H
#define TEXT_LOOKALIKE_H

#include "chamthi/text.h"

#include <stdint.h>

/* The letter that eth, African d or a Cyrillic or Greek letter is mistaken for; 0 when c is none of
 * these. µ is a unit, not a look-alike. */
uint32_t lookalike_of(uint32_t c);
bool is_cyrillic_or_greek(uint32_t c);

/* Puts the meant letters into words of `out` from `floor` on, when the word is otherwise Latin and
 * becomes a Vietnamese syllable. Words that mix scripts are counted, repaired or not. */
void lookalike_repair(buffer *out, size_t floor, text_report *report);

#endif
