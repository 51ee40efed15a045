/* similar scan: folders of .txt files compared with each other, without a database. */
#ifndef CHAMTHI_SCAN_H
#define CHAMTHI_SCAN_H

#include "chamthi/arena.h"

#include <stdint.h>

typedef enum {
    SCAN_COMPARE, /* with every other text */
    SCAN_AGAINST, /* earlier texts: with those to compare only */
    SCAN_LIBRARY  /* rules, forms, quotations: what they say does not count */
} scan_role;

typedef struct {
    const char *folder; /* as given */
    scan_role role;
} scan_folder;

typedef struct {
    const char *a_folder, *a, *b_folder, *b; /* paths below their folders; a before b, bytewise */
    const char *class;                       /* exact, near, contained, partial, patchwork */
    int64_t share_a, share_b;                /* ten-thousandths */
    int64_t syllables;                       /* equal in both, in the counted passages */
    size_t passage_count;                    /* counted ones */
    /* JSON arrays of {a_start,a_end,b_start,b_end,syllables}, bytes of the display texts: what counts,
     * and what is shown but does not count, with "why": "quoted" or "frequent". */
    const char *passages, *masked;
} scan_pair;

typedef struct {
    const char *folder, *path;
    const char *vi, *en; /* why it was left out */
} scan_skipped;

/* Text that very many have and no library: not counted, but told. */
typedef struct {
    const char *folder, *path; /* the first file that has it */
    const char *beginning;     /* its first words */
    size_t start, end, texts;  /* bytes of the display text; how many files have it */
} scan_mass;

/* A file like so many others that it was compared only with those it shares most with. */
typedef struct {
    const char *folder, *path;
    size_t left; /* others that share something and were not compared word by word */
} scan_crowded;

typedef struct {
    scan_pair *pairs; /* by a, b */
    size_t pair_count;
    scan_skipped *skipped;
    size_t skipped_count;
    scan_mass *masses;
    size_t mass_count;
    scan_crowded *crowded;
    size_t crowded_count;
    size_t files, masked_pairs;
} scan_result;

/* Reads every .txt file of the folders and compares; what the library that comes with the program
 * says does not count either. E_MISSING when there is no .txt file at all. The
 * result lives in `mem`. `threads` 0: as many as the machine has. */
status scan_folders(arena *mem, const scan_folder *folders, size_t count, unsigned threads,
                    scan_result *out, fault *f);

#endif
