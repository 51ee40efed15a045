/* The keys of one token: a stretch of bytes between ASCII separators. */
#ifndef TEXT_WORD_H
#define TEXT_WORD_H

#include "chamthi/text.h"

/* Appends the form of a token: its words with one blank between them and, when `out` holds something from
 * `start` on, before them; nothing when it has none. */
void token_append(slice token, text_output form, size_t start, buffer *out);

/* What separates tokens: ASCII that is no letter or digit. */
static inline bool is_token_separator(unsigned char c)
{
    unsigned char lower = c | 0x20;
    return c < 0x80 && !(c >= '0' && c <= '9') && !(lower >= 'a' && lower <= 'z');
}

#endif
