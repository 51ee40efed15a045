/* The index's files, in a folder beside the database: for each year YEAR.segment, and YEAR.log, a log of
 * further segments for what came after it. Both are checked against the texts of the database whenever they
 * are opened; what is missing is added to the log, and a year whose segment is refused, or whose log has
 * grown, is written anew. So they are never backed up, and losing them costs seconds. */
#ifndef SIMILARITY_SHELF_H
#define SIMILARITY_SHELF_H

#include "case.h"
#include "corpus.h"

typedef struct shelf shelf;

/* Open and complete: every text of the database is in it, and none that is not. */
status shelf_open(store *db, shelf **out, fault *f);
void shelf_close(shelf *s); /* NULL is fine */
corpus *shelf_corpus(shelf *s);
/* The corpus' number of a text; CORPUS_NONE. */
size_t shelf_find(const shelf *s, int64_t id);

#endif
