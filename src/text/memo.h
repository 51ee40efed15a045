/* The memo: results of words met before, found by the word's own bytes. */
#ifndef TEXT_MEMO_H
#define TEXT_MEMO_H

#include "chamthi/text.h"

/* As text_keys. Returns what the characters said (SAYS_… of tables.h), and MEMO_BROKEN when bytes were
 * malformed, when a character ends a line or is a control, or when a word was only invisible characters. */
enum { MEMO_BROKEN = 1 };
unsigned memo_keys(text_memo *memo, text_output form, slice display, buffer *out);

#endif
