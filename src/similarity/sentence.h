/* The sentences of texts, each as the set of its syllables with their weights: how rare a syllable is among
 * all sentences. Whole numbers throughout, so that the same texts give the same answers everywhere. */
#ifndef SIMILARITY_SENTENCE_H
#define SIMILARITY_SENTENCE_H

#include "engine.h"

enum { SENTENCE_BITS = 24 }; /* a sentence's number */

typedef struct {
    uint32_t text, start, end; /* bytes of the display text */
    uint32_t syllables;
    size_t first;  /* its terms */
    uint64_t norm; /* sum of squared weights */
} sentence;

typedef struct {
    uint32_t hash;
    uint16_t weight; /* sixteenths of log2 of how rare the syllable is */
} term;

/* What tells most sentences apart without reading their terms: a bit for each term. */
enum { SKETCH_WORDS = 4 };
typedef struct {
    uint64_t bits[SKETCH_WORDS];
    uint32_t text;
    uint16_t count, spare; /* terms; those whose bit was set already */
    bool masked;           /* for the caller; not set */
} sketch;

typedef struct {
    sentence *items; /* in the order of texts */
    sketch *sketches;
    size_t count;
    uint32_t *first_of_text; /* one more than texts */
    term *terms;             /* of a sentence by hash, each once */
    unsigned alone;          /* the weight of a syllable of one sentence only */
} sentence_list;

/* E_LIMIT: more than 2^SENTENCE_BITS. `out` is zero before, and is to be freed also on failure. */
status sentences_read(const engine_text *texts, size_t count, unsigned threads, sentence_list *out,
                      fault *f);
void sentences_free(sentence_list *l);

/* Do they have so many terms in common, and so rare ones, that one may be the other told again? */
bool sentences_alike(const sentence_list *l, size_t a, size_t b);
size_t sentences_common(const sentence_list *l, size_t a, size_t b); /* terms */

#endif
