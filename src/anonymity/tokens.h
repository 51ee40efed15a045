/* Words of a text with their places and folded forms. */
#ifndef ANONYMITY_TOKENS_H
#define ANONYMITY_TOKENS_H

#include "chamthi/arena.h"

#include <stdbool.h>

typedef struct {
    size_t start, end; /* bytes of the text */
    const char *fold;  /* plain small letters and digits */
} word;

typedef struct {
    slice text;
    word *items;
    size_t count;
} word_list;

status words_read(arena *mem, slice text, word_list *out, fault *f);

/* Whether the words from `at` on are those of `wanted`, with nothing between them but blanks and a
 * hyphen or dot. */
bool words_match(const word_list *l, size_t at, const word_list *wanted);

#endif
