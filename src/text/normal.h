/* NFC and NFKC of short stretches, by utf8proc: for what the tables cannot decide. */
#ifndef TEXT_NORMAL_H
#define TEXT_NORMAL_H

#include "chamthi/buffer.h"

typedef enum {
    NORMAL_NFC,
    NORMAL_NFKC /* and without characters that are never seen (default ignorable) */
} normal_form;

/* Appends the normal form of the text; malformed bytes become U+FFFD. */
void normal_append(slice utf8, normal_form form, buffer *out);

#endif
