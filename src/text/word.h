/* The keys of one token: a stretch of bytes between ASCII separators. */
#ifndef TEXT_WORD_H
#define TEXT_WORD_H

#include "chamthi/text.h"

typedef enum { FORM_KEY, FORM_VARIANT, FORM_FOLD } key_form;

/* Appends the form of a token: its words with one space between them, nothing when it has none. */
void token_form(slice token, key_form form, buffer *out);

#endif
