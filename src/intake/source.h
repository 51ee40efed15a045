/* Where received files come from: a folder (with the .zips in it), a .zip, or one file. Names are for people and for
 * matching; nothing is ever opened by a name out of a list or an archive. */
#ifndef INTAKE_SOURCE_H
#define INTAKE_SOURCE_H

#include "chamthi/arena.h"
#include "chamthi/buffer.h"

enum { SOURCE_FILE_LIMIT = 64 * 1024 * 1024 };

typedef enum {
    FILE_RECEIVED,
    FILE_IGNORED, /* Word's lock files, Thumbs.db, .DS_Store: listed, not taken */
    FILE_MANIFEST
} file_role;

typedef struct {
    const char *path; /* display text, '/' between parts */
    const char *name; /* last part */
    size_t size;
    size_t index; /* in the folder walk or the archive */
    file_role role;
    size_t zip;                  /* 1 + the archive it is in, 0: none */
    const unsigned char *stored; /* hash of a file that is in the database; NULL: in the source */
} source_file;

typedef struct source source;

/* E_MISSING, E_INPUT or E_SYSTEM with a sentence. */
status source_open(arena *mem, const char *path, source **out, fault *f);
void source_close(source *s); /* NULL is fine */

source_file *source_files(source *s, size_t *count); /* sorted by path */
/* Appends the bytes. E_INPUT with a reason word when this one file cannot be taken: file.unreadable,
 * file.large, zip.…; E_SYSTEM when nothing can be read any more. */
status source_read(source *s, const source_file *file, size_t limit, buffer *out,
                   const char **reason, fault *f);
/* A folder or a link of that name stands where a file was expected. */
bool source_has_other(const source *s, const char *path);

/* The role of a file by its name alone; FILE_MANIFEST is given by who chooses one. */
file_role source_role(const char *name);

#endif
