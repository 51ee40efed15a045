/* Zip containers (.zip, .docx, .xlsx) within limits: 2,000 parts, 200 MiB opened, 100 times their
 * packed size, no names that lead elsewhere, nothing inside opened as an archive. */
#ifndef INTAKE_ARCHIVE_H
#define INTAKE_ARCHIVE_H

#include "chamthi/buffer.h"

typedef struct archive archive;

/* From bytes, which must outlive it, or from a file. `reason` is set on refusal: zip.broken,
 * zip.many, zip.bomb. */
status archive_open_bytes(slice bytes, archive **out, const char **reason, fault *f);
status archive_open_file(const char *path, archive **out, const char **reason, fault *f);
void archive_close(archive *a); /* NULL is fine */

size_t archive_count(const archive *a);
const char *archive_name(const archive *a, size_t i); /* as written there; a folder ends in '/' */
size_t archive_size(const archive *a, size_t i);      /* opened, as declared */
/* The part of that name, or -1. */
long archive_find(const archive *a, const char *name);
/* What is wrong with a part before it is opened: NULL, or zip.name, zip.bomb, zip.password. */
const char *archive_problem(const archive *a, size_t i);
/* Refuses when anything is wrong with any part: a container of a document is taken whole or not. */
status archive_check(const archive *a, const char **reason, fault *f);
/* Sets the sentence that belongs to archive_problem()'s word. */
status archive_refuse(const archive *a, size_t i, const char *word, const char **reason, fault *f);
/* Appends the part's bytes. Refuses what archive_problem names, a part larger than `limit`
 * (zip.bomb), and one whose bytes do not fit its checksum (zip.broken). */
status archive_read(archive *a, size_t i, size_t limit, buffer *out, const char **reason, fault *f);

/* A name of a part that is neither absolute nor has backslashes or '..'. */
bool archive_name_safe(const char *name);

#endif
