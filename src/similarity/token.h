/* Folded syllables of a text, with their places: what the engine compares. */
#ifndef SIMILARITY_TOKEN_H
#define SIMILARITY_TOKEN_H

#include "chamthi/arena.h"

#include <stdbool.h>
#include <stdint.h>

/* What each character of the basic plane becomes: lower case, without marks, đ→d, look-alike letters
 * of other scripts made Latin; nothing for marks and zero-width characters. */
typedef struct fold_table fold_table;
fold_table *fold_table_new(void); /* NULL: no memory. Read-only afterwards, shared by threads. */
void fold_table_free(fold_table *t);
const void *fold_table_bytes(const fold_table *t, size_t *size); /* to tell tables apart */

typedef struct {
    uint32_t *hashes;        /* of the folded syllable */
    uint32_t *starts, *ends; /* bytes of the text */
    size_t count, capacity;
} token_list;
bool token_list_reserve(token_list *l, size_t capacity);
void token_list_free(token_list *l);

/* Reads texts, and remembers the syllables it has seen: one a thread. */
typedef struct tokenizer tokenizer;
tokenizer *tokenizer_new(const fold_table *fold); /* NULL: no memory */
void tokenizer_free(tokenizer *z);

/* Appends tokens from byte *at on until the list is full or the text ends; moves *at behind the last
 * one read. A token is a run of letters and digits; one written at its end is taken as text_fold's
 * spelling variant (ly = li). */
void token_read(tokenizer *z, slice text, size_t *at, token_list *out);

#endif
