/* The encodings Vietnamese was written in before Unicode. */
#ifndef TEXT_LEGACY_H
#define TEXT_LEGACY_H

#include "chamthi/text.h"

#include <stdint.h>

/* Appends the bytes as UTF-8, not yet cleaned or normalised; for TCVN3 … VIQR and MOJIBAKE (one or two
 * misreadings are undone). False, and nothing appended, when MOJIBAKE meets bytes that are no UTF-8. */
bool legacy_decode(text_encoding from, slice bytes, buffer *out);

/* How many letters of windows-1252 among the bytes have no place in the encoding: a text really written
 * in it has none or few. */
size_t legacy_strays(text_encoding from, slice bytes);

/* The byte that windows-1252 shows as c, −1 when there is none. C1 controls and the private characters
 * F020–F0FF (symbol fonts in Word) stand for their own byte. */
int legacy_byte(uint32_t c);
/* The other way round: what windows-1252 shows for a byte. */
uint32_t legacy_character(uint8_t byte);
/* Appends the bytes that UTF-8 text stands for; false, and nothing appended, when some character has
 * none. */
bool legacy_bytes(slice utf8, buffer *out);

#endif
