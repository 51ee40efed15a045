/* Similarity in the database: passages that entries share, of one year with itself and all earlier
 * years, kept as cases on which a person rules. "Similar passages to review", never more.
 *
 * In a case, A is the entry that was received first. Shares are ten-thousandths of each text. */
#ifndef CHAMTHI_SIMILARITY_H
#define CHAMTHI_SIMILARITY_H

#include "chamthi/store.h"

typedef struct {
    int64_t texts, earlier;   /* of the year; of earlier years */
    int64_t current, open;    /* cases that hold now; of these, not ruled on */
    int64_t added;            /* not known to the run before */
    int64_t changed;          /* known with other passages: open again */
    int64_t vanished;         /* known to the run before, no longer found: kept, current = 0 */
    int64_t unread;           /* entries of the year without text: paper, scans, broadcasts */
    int64_t paraphrases;      /* further pairs, told in other words: of lower confidence */
    bool paraphrase_left_out; /* the year has too many texts for that */
    int64_t masses;  /* stretches of text that very many entries share: not counted, but told */
    int64_t crowded; /* entries like so many that only the most alike were compared */
    bool too_many;   /* arrived for being compared one by one */
} similar_summary;

/* Compares the texts of a year with each other and with all earlier ones, in one transaction. A case
 * with the same passages keeps its ruling; a run that finds nothing new changes nothing. `threads` 0:
 * as many as the machine has; the result does not depend on it. */
status similar_run(store *db, const char *actor, int64_t year, unsigned threads,
                   similar_summary *out, fault *f);

/* Compares those entries of the year that no run has seen as they are now, each for itself, with all
 * entries of this and earlier years, so that an entry is checked when it arrives. More than five hundred are
 * left to similar_run (`too_many`). Needs an index, which it
 * keeps in the folder DATABASE-similar and makes again whenever it does not fit the texts; the folder may be
 * deleted at any time. Texts and `earlier` of the summary are those compared and those asked. */
status similar_arrived(store *db, const char *actor, int64_t year, similar_summary *out, fault *f);

typedef struct {
    int64_t id, share_a, share_b;
    bool same_author, current;
    const char *receipt_a, *receipt_b, *title_a, *title_b;
    const char *class, *standing, *reason,
        *passages; /* passages: JSON, bytes of the display texts */
    slice text_a, text_b;
} similar_case;

/* The case of two texts, in either order; lives in `mem`. E_MISSING with a sentence. */
status similar_get(store *db, arena *mem, int64_t entry, int64_t other, similar_case *out,
                   fault *f);

typedef enum { SIMILAR_PASSAGES, SIMILAR_PARAPHRASES } similar_channel;

/* One of the pairs that hold now. */
typedef struct {
    int64_t id, share_a, share_b;
    bool same_author;
    const char *receipt_a, *receipt_b, *title_a, *title_b;
    const char *class, *standing, *reason, *passages;
    const char *
        group; /* the first text of its case: texts linked by shares of half or more, so that thirty
                          copies are one case */
} similar_row;

/* The pairs of a year with itself and earlier ones, of all years for 0: the gravest first. Lives in `mem`. */
status similar_list(store *db, arena *mem, int64_t year, similar_channel which, similar_row **out,
                    size_t *count, fault *f);

/* The text that people name by a receipt number, or by R and a number when it is a reference text. */
status similar_find(store *db, const char *name, int64_t *id, fault *f);

typedef enum {
    REFERENCE_COMPARE, /* entries are compared with it: a winner of an earlier year, a published book */
    REFERENCE_LIBRARY /* what it says does not count: rules, a question, a form, quotations */
} reference_kind;

/* Keeps the text of a file under its name; the same again changes nothing, another text replaces it. `year`
 * 0: unknown. *id is the number people use; E_INPUT when the file has no text. */
status similar_load(store *db, const char *actor, const char *path, reference_kind kind,
                    int64_t year, int64_t *id, fault *f);
/* E_CONFLICT when cases stand on it; E_MISSING. */
status similar_unload(store *db, const char *actor, int64_t id, fault *f);

typedef enum { SIMILAR_ACCEPT, SIMILAR_DISMISS } similar_ruling;

/* What a person decided about a case. The same ruling with the same reason changes nothing.
 * E_MISSING: no such case; E_CONFLICT: it is no longer current; E_INPUT: empty reason. */
status similar_rule(store *db, const char *actor, int64_t entry, int64_t other,
                    similar_ruling verdict, const char *reason, fault *f);

/* The same for every pair of a case that is still open; `name` is the case's in similar_list. *ruled: how
 * many. E_MISSING when there is no such case. */
status similar_rule_case(store *db, const char *actor, const char *name, similar_ruling verdict,
                         const char *reason, int64_t *ruled, fault *f);

/* ---- two passages side by side ---- */
typedef enum {
    WORD_EQUAL, /* the same but for case, tone place and punctuation */
    WORD_MARKS, /* other accents only */
    WORD_ALIKE, /* looks the same, but is written with letters of another script */
    WORD_OTHER  /* nothing like it on the other side */
} word_likeness;

typedef struct {
    size_t start, end; /* bytes of its passage; words stand between blanks and line ends */
    word_likeness likeness;
} compared_word;

typedef struct {
    compared_word *a, *b;
    size_t a_count, b_count;
} word_comparison;

/* The longest common sequence of words. Passages that differ in more than about two thousand words on
 * each side are told apart no further: what lies between their common beginning and end is "other". */
status similar_compare_words(arena *mem, slice a, slice b, word_comparison *out, fault *f);

#endif
