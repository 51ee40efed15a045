/* Which file each row of a list means. Pure. */
#ifndef INTAKE_MATCH_H
#define INTAKE_MATCH_H

#include "manifest.h"
#include "source.h"

typedef enum {
    MATCH_NONE, /* the row names no file: a paper entry */
    MATCH_FILE,
    MATCH_MISSING,
    MATCH_TWICE,    /* an earlier row has this file */
    MATCH_AMBIGUOUS /* several files could be meant */
} match_kind;

typedef struct {
    match_kind kind;
    size_t file;  /* MATCH_FILE, MATCH_TWICE */
    size_t other; /* MATCH_TWICE: the earlier row */
} row_match;

/* Every file goes to one row at most. First by the path as written; then, among what is left, by path
 * and by name without regard to case, accents, punctuation, and at last without the ending. `base` is
 * the folder of the list, which paths may also be relative to. `out` holds m->count; `taken` (by
 * file) says the row + 1, 0: no row names it. */
status match_files(arena *mem, const manifest *m, const source_file *files, size_t file_count,
                   const char *base, row_match *out, size_t *taken, fault *f);

#endif
