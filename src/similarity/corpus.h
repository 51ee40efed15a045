/* The corpus: segments of many years, asked what one text shares with all of theirs. The answer is what
 * engine_compare would say about that text, at the cost of its own fingerprints. */
#ifndef SIMILARITY_CORPUS_H
#define SIMILARITY_CORPUS_H

#include "segment.h"

typedef struct corpus corpus;
#define CORPUS_NONE SIZE_MAX

/* `texts` is how many the corpus will hold: it decides the k-grams. What the library says is masked. */
status corpus_new(corpus **out, size_t texts, const engine_text *library, size_t library_count,
                  fault *f);
void corpus_free(corpus *a);
const reading *corpus_reading(const corpus *a);

/* Adds the segment at the beginning of the bytes, as segment_read does; *used is 0 when it was refused.
 * The bytes stay the caller's. */
status corpus_add(corpus *a, const void *bytes, size_t size, size_t *used, fault *f);

/* The texts of all segments in the order of adding. One that is forgotten is never found. */
size_t corpus_count(const corpus *a);
const segment_name *corpus_name(const corpus *a, size_t text, int *year);
void corpus_forget(corpus *a, size_t text);

/* Gives the present text of `id`, which lives until the question is answered. */
typedef status (*corpus_text)(void *state, int64_t id, engine_text *out, fault *f);
typedef struct {
    engine_text text;
    int64_t id;
    size_t self; /* its number in the corpus, with which it is not compared; CORPUS_NONE */
    corpus_text read;
    void *state;
} corpus_question;

typedef struct {
    engine_result result; /* pairs of texts of the corpus (a) and the question (b) */
    const int64_t *ids;   /* by the result's text numbers */
    const engine_text *texts;
} corpus_answer;

status corpus_ask(corpus *a, arena *mem, const corpus_question *q, corpus_answer *out, fault *f);

#endif
