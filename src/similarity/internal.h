/* What the engine's files share: the state of one comparison, and its steps in order. */
#ifndef SIMILARITY_INTERNAL_H
#define SIMILARITY_INTERNAL_H

#include "bins.h"
#include "engine.h"
#include "parallel.h"
#include "token.h"

#include <stdatomic.h>

/* A posting is hash | piece | position; a pair of postings is owner piece | other piece | two
 * positions in eighths. Texts are read in pieces, so that one long text costs no more than many short ones. */
enum {
    HASH_BITS = 29,
    PIECE_BITS = 22,
    POSITION_BITS = 13,
    PIECE_TOKENS = 1 << POSITION_BITS,
    PIECE_BYTES = 2 * PIECE_TOKENS, /* can never hold more tokens */
    EIGHTH_BITS = 10,
    OVERLAP = 64,  /* tokens of the next piece that an alignment may run into */
    SEED = 3,      /* tokens of an alignment's seeds */
    MASK_RUN = 12, /* the shortest run of tokens worth masking */
    MASK_GAP = 3   /* a hole in it that is masked too */
};

typedef struct {
    uint32_t text, start; /* its first byte */
    uint16_t tokens, fingerprints;
    _Atomic uint16_t frequent; /* of its fingerprints */
    _Atomic uint16_t masked;   /* of its tokens, once it has been aligned with anything */
} piece;

typedef struct {
    uint64_t hash[2]; /* of all tokens */
    uint32_t tokens;
    uint32_t first_piece;
    uint32_t same; /* the first text with the same tokens; itself for most */
    uint16_t year; /* small number of the year */
    bool current;  /* it, or a text the same as it, is a current one */
} text_facts;

/* An aligned passage, in tokens and bytes of both texts. */
typedef struct {
    uint32_t text[2], token_start[2], token_end[2], byte_start[2], byte_end[2];
    uint32_t matched, masked;
    passage_kind kind;
} aligned;

typedef struct {
    aligned *items;
    size_t count, capacity;
} aligned_list;

/* k-grams to be masked: open addressing, 0 is empty. */
enum { MASK_FREQUENT = 1, MASK_LIBRARY = 2, MASK_QUOTED = 4 };
typedef struct {
    uint64_t *slots; /* (id + 1) << 2 | flags */
    size_t capacity, count;
} gram_set;

typedef struct aligner aligner;

/* How texts are read; what a segment must agree with. */
typedef struct {
    unsigned k, window, threads;
    fold_table *fold;
} reading;
/* The k-grams of a comparison of so many texts. */
void reading_choose(reading *r, size_t texts);

typedef struct {
    const engine_text *texts;
    size_t count;
    unsigned threads, k, window;
    unsigned partition_bits;
    size_t year_count;
    fold_table *fold;  /* this and the reader are the caller's */
    tokenizer *reader; /* of the steps that are not shared out */
    text_facts *facts; /* one more than texts, for first_piece */
    piece *pieces;
    size_t piece_count;
    gram_set masks;
    bin_writer *postings;   /* one a thread */
    number_list *runs;      /* one a partition: count | frequent flag, then that many postings */
    number_list *frequents; /* one a partition: ids of frequent k-grams */
    number_list *mass;      /* one a partition: piece | position | texts */
    unsigned bucket_shift;  /* a pair goes to bucket owner >> bucket_shift */
    size_t bucket_count;
    _Atomic uint64_t *bucket_pairs;
    aligned_list *found;  /* one a bucket */
    number_list *crowded; /* likewise: piece << 32 | candidates that were not aligned */
    bool with_mask;       /* masks holds anything */
    bin_writer *pairs;    /* one a thread, of this round's buckets */
    size_t round_first, round_last;
    aligner **aligners; /* one a thread */
} engine;

enum { RUN_FREQUENT = 1 }; /* in the low bit of a run's head; the count is above it */

void engine_free(engine *e);

/* 1: pieces, tokens, fingerprints (fingerprint.c). */
status engine_fingerprint(engine *e, fault *f);
/* 2: groups of identical texts (same.c), then runs of equal fingerprints (index.c). */
status engine_find_same(engine *e, fault *f);
status engine_index(engine *e, fault *f);
/* 3: candidates, aligned (candidate.c, align.c). */
status engine_align(engine *e, fault *f);
/* 4: pairs, classes, cases (classify.c); text that very many have (mass.c). */
status engine_classify(engine *e, arena *mem, engine_result *out, fault *f);
status engine_find_mass(engine *e, arena *mem, engine_result *out, fault *f);

/* ---- k-grams (fingerprint.c) ---- */
/* Hashes of the k-grams of `count` tokens; returns how many: count - k + 1, or 0. */
size_t gram_hashes(const uint32_t *tokens, size_t count, unsigned k, uint64_t *out);
/* Its partition and the hash bits of its posting, as one number. */
static inline uint64_t gram_id(const engine *e, uint64_t hash)
{
    return hash >> (64 - HASH_BITS - e->partition_bits);
}
static inline size_t text_piece_count(const engine *e, size_t text)
{
    return e->facts[text + 1].first_piece - e->facts[text].first_piece;
}

/* ---- candidates (candidate.c) ---- */
/* A hit of two postings as a pair; the pieces may be numbered otherwise than in their postings. */
uint64_t posting_pair(uint64_t owner_piece, uint64_t owner, uint64_t other_piece, uint64_t other);
size_t pair_owner(uint64_t pair);
/* Of the pairs of one owner, sorted: the other pieces, in the low 32 bits, with which to align it; *left
 * candidates are too many. */
status choose_partners(const uint64_t *pairs, size_t count, number_list *out, size_t *left,
                       fault *f);

/* ---- masks (mask.c) ---- */
bool gram_set_add(gram_set *s, uint64_t id, unsigned flag);
unsigned gram_set_find(const gram_set *s, uint64_t id);
bool gram_set_copy(gram_set *to, const gram_set *from);
void gram_set_free(gram_set *s);
status mask_library(engine *e, fault *f);
/* Sets the flags of each token. `grams` has room for the list's capacity. */
void mask_tokens(const engine *e, size_t piece_index, slice text, const token_list *tokens,
                 uint64_t *grams, uint8_t *mask);

/* ---- what is shown grey (grey.c) ---- */
typedef struct {
    token_list tokens;
    uint64_t *grams;
    uint8_t *mask;
} grey_reader;

typedef struct {
    engine_grey *items;
    size_t count, capacity;
} engine_grey_list;

void grey_free(grey_reader *g);
/* Appends what is masked among the tokens from..to-1 of the text. */
bool grey_find(grey_reader *g, const engine *e, uint32_t text, uint32_t from, uint32_t to,
               uint32_t side, engine_grey_list *out);

/* ---- one alignment (align.c) ---- */
aligner *aligner_new(const fold_table *fold); /* NULL: no memory */
void aligner_forget(aligner *al);             /* before it serves another engine */
void aligner_free(aligner *a);
/* Appends the passages that pieces a and b share. */
status aligner_run(aligner *a, engine *e, size_t piece_a, size_t piece_b, aligned_list *out,
                   fault *f);
bool aligned_put(aligned_list *l, const aligned *p);

#endif
