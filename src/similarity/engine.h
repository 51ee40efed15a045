/* The similarity engine: which texts share passages, and where. Pure: texts in, pairs out; no store,
 * no clock, no randomness. The same texts give the same result with any number of threads.
 *
 * Every text is read as folded syllables (case, accents, punctuation, zero-width characters and
 * look-alike letters do not count), cut into k-grams and thinned by winnowing. Rare k-grams that two
 * texts share on one diagonal make a candidate; a candidate is then aligned exactly, so nothing is
 * reported that was not read side by side. Texts are "similar passages for a person to review".
 *
 * What is legitimately shared is masked, counted and shown, never silently dropped:
 *   - k-grams of the library texts (contest rules, form headers, famous quotations);
 *   - k-grams in more than ENGINE_FREQUENT texts of one year (a header nobody told us about), unless
 *     they make up most of a text, which then is a mass text and compared like any other;
 *   - passages that in both texts stand between double quotation marks, up to ENGINE_QUOTED syllables.
 *
 * A text that shares something with more than ENGINE_PARTNERS earlier ones is compared with those it
 * shares most with; how many are left is told.
 *
 * Identical texts are compared once: a group of up to ENGINE_GROUP texts is reported pair by pair, a
 * larger one as each text with the first. */
#ifndef SIMILARITY_ENGINE_H
#define SIMILARITY_ENGINE_H

#include "chamthi/arena.h"

#include <stdbool.h>
#include <stdint.h>

enum {
    ENGINE_FREQUENT = 40, /* texts of one year */
    ENGINE_QUOTED = 150,  /* syllables of a pair */
    ENGINE_GROUP = 32,    /* identical texts */
    ENGINE_PARTNERS =
        50,          /* texts with which one is compared word by word, those it shares most with */
    ENGINE_WHO = 20, /* texts named of those that share mass text */
    ENGINE_MATCHED = 28, /* syllables a passage needs */
    ENGINE_WHOLE = 10000 /* shares are ten-thousandths of a text */
};

typedef enum {
    ENGINE_CURRENT, /* compared with every text */
    ENGINE_EARLIER, /* compared with current texts only */
    ENGINE_LIBRARY  /* compared with nothing: what it says is masked in all others */
} engine_role;

typedef struct {
    slice display; /* D1; kept by the caller until the result has been read */
    int64_t
        received; /* the smaller was first; 0: unknown. An earlier text is before any current one */
    uint64_t author; /* equal and not 0: the same author */
    int year;        /* k-grams are counted per year */
    engine_role role;
} engine_text;

typedef enum {
    ENGINE_EXACT,     /* the same syllables in the same order */
    ENGINE_NEAR,      /* at least 80 % of both */
    ENGINE_CONTAINED, /* at least 80 % of one */
    ENGINE_PARTIAL,   /* less */
    ENGINE_PATCHWORK, /* one text takes at least 40 % of itself from three or more others */
    ENGINE_PARAPHRASE /* told again in other words; paraphrase.h, never from the engine */
} engine_class;
const char *engine_class_name(engine_class c); /* "exact", "near" … as in interface.md */

typedef enum { PASSAGE_COUNTED, PASSAGE_QUOTED, PASSAGE_MASKED } passage_kind;

typedef struct {
    uint32_t a_start, a_end, b_start, b_end; /* bytes of the display texts */
    uint32_t syllables;                      /* equal in both */
    uint32_t masked;                         /* of these, masked by library or frequency */
    passage_kind kind;                       /* only PASSAGE_COUNTED enters shares and class */
} engine_passage;

/* Bytes of a text inside a counted passage that do not count, as the library or very many texts have them. */
typedef struct {
    uint32_t side, start, end; /* side 0: text a, 1: text b */
} engine_grey;

typedef struct {
    uint32_t a, b; /* indices of texts, a < b */
    engine_class class;
    uint32_t share_a, share_b; /* ten-thousandths of the text's unmasked syllables */
    bool same_author;
    uint32_t group; /* the first text of the case: texts linked by shares of half or more */
    const engine_passage *passages; /* by a_start */
    size_t passage_count;           /* at least one counted */
    const engine_grey *greys;       /* passage by passage */
    size_t grey_count;
} engine_pair;

/* Text that stands in more than ENGINE_FREQUENT texts of a year and in no library text. */
typedef struct {
    uint32_t text;       /* the first that has it */
    uint32_t start, end; /* bytes of its display text */
    uint32_t texts;      /* how many have it */
    const uint32_t *who; /* the first ENGINE_WHO of them */
    size_t who_count;
} engine_mass;

/* A text that has more likenesses than were compared. */
typedef struct {
    uint32_t text, left;
} engine_crowded;

typedef struct {
    engine_pair *pairs; /* by (a, b) */
    size_t pair_count;
    engine_mass *masses; /* by (text, start) */
    size_t mass_count;
    engine_crowded *crowded; /* by text */
    size_t crowded_count;
    size_t masked_pairs; /* aligned pairs that share masked text only, and so are not in `pairs` */
} engine_result;

/* Compares all texts. `threads` 0: as many as the machine has. `out` is written only on OK and lives in
 * `mem`; working memory is on the heap and gone when the function returns: about 3 bytes per 10
 * bytes of text. E_LIMIT for a text above 1 GiB or more than about 60 GB in all. */
status engine_compare(arena *mem, const engine_text *texts, size_t count, unsigned threads,
                      engine_result *out, fault *f);

#endif
