/* Which files each row of a list means. Pure. */
#ifndef INTAKE_MATCH_H
#define INTAKE_MATCH_H

#include "manifest.h"
#include "source.h"

typedef enum {
    MATCH_NONE, /* the row names no file: a paper entry */
    MATCH_FILE,
    MATCH_MISSING,
    MATCH_TWICE,     /* an earlier row has this file */
    MATCH_AMBIGUOUS, /* several files could be meant */
    MATCH_PROPOSED   /* a file that may be meant: a person decides */
} match_kind;

typedef struct {
    match_kind kind;
    size_t file;          /* MATCH_FILE, MATCH_TWICE, MATCH_PROPOSED */
    size_t other;         /* MATCH_TWICE: the earlier row */
    size_t first_further; /* 1 + the first further file of the entry, 0: none */
    unsigned evidence;    /* MATCH_PROPOSED */
    const char *wanted;   /* the name that was looked for; NULL: the row has none */
} row_match;

/* What became of a file. */
typedef struct {
    size_t row;          /* 1 + the row it belongs to, 0: no row names it */
    size_t next_further; /* 1 + the next further file of that row */
} file_match;

/* Every file goes to one row at most. First by the path as written; then, among what is left, by path
 * and by name without regard to case, accents, punctuation, and at last without the ending. `base` is
 * the folder of the list, which paths may also be relative to. A cell may name several files (';' or
 * line ends between), or a folder that holds them: the first document is the entry's, the others are
 * further files. `out` holds m->count, `taken` file_count. */
status match_files(arena *mem, const manifest *m, const source_file *files, size_t file_count,
                   const char *base, row_match *out, file_match *taken, fault *f);

/* After everything else: files that go with an entry's own. Another format of it (bài.doc beside
 * bài.docx), pictures called like it ("bài - ảnh 1.jpg"), and pictures in a folder that holds one entry. */
status match_further(arena *mem, const source_file *files, size_t file_count, row_match *rows,
                     size_t row_count, file_match *taken, fault *f);

/* ---- by content ---- */

enum { EVIDENCE_TITLE = 1, EVIDENCE_AUTHOR = 2 };

/* A row without a file, and a file without a row, in folded words with a blank at either end. */
typedef struct {
    size_t row;
    const char *title;
    const char *const *authors;
    size_t author_count;
} guess_row;
typedef struct {
    size_t file;
    const char *name; /* without its ending */
    const char *text; /* the beginning and the end */
} guess_file;

/* Title and author both found, in the name or the text, or a name that is the title: matched, when it is
 * so for one file and one row only. Title or author alone, or for several: proposed. */
status match_by_content(arena *mem, const guess_row *rows, size_t row_count,
                        const guess_file *files, size_t file_count, row_match *out,
                        file_match *taken, fault *f);

#endif
