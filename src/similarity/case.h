/* What the runs over the database share: texts out of the store, and cases into it. */
#ifndef SIMILARITY_CASE_H
#define SIMILARITY_CASE_H

#include "engine.h"
#include "spool.h"

#include "chamthi/random.h"
#include "chamthi/similarity.h"

typedef struct {
    int64_t id; /* of the entry, or minus that of a reference text */
    int64_t received;
    unsigned char key_hash[HASH_SIZE];
} case_text;

typedef struct {
    int64_t id, a, b;
    unsigned char hash[HASH_SIZE];
    bool current;
    bool paraphrase;
    bool asked, seen; /* this run answers for it; and has found it */
} known_case;

typedef struct {
    store *db;
    arena *mem;
    const char *actor;
    int64_t year;
    known_case *known; /* by (a, b) */
    size_t known_count;
    int64_t noted; /* rows changed beside the cases themselves */
    similar_summary *sum;
} case_run;

/* One text, by its id, in `mem`. E_MISSING, without a sentence, when it has none (any more). */
status case_text_find(store *db, arena *mem, int64_t id, engine_text *text, case_text *facts,
                      fault *f);
/* The texts of very many rows, which may be more than memory holds. */
typedef struct {
    engine_text *texts;
    case_text *facts;
    size_t count;
    spool *displays; /* what `texts` points into */
} case_list;
typedef bool case_filter(const void *state, int64_t id);
/* `wanted` NULL: all. `out` is zero before, and is to be freed also on failure. */
status case_list_read(store *db, arena *mem, statement q, int64_t year, case_filter *wanted,
                      const void *state, case_list *out, fault *f);
void case_list_free(case_list *l);

/* What does not count: the program's library and the one that was loaded, behind `room` free places. */
status case_library(store *db, arena *mem, size_t room, engine_text **out, size_t *count, fault *f);

/* The cases that a run over the year answers for; inside the transaction, before any is written. */
status case_read_known(case_run *r, fault *f);
/* A pair whose text a is `a` and text b is `b`. */
status case_write(case_run *r, const engine_pair *p, const case_text *a, const case_text *b,
                  fault *f);
/* The entry has been compared as it is now; *left likenesses were too many to be read. */
status case_note_seen(case_run *r, const case_text *t, int64_t left, fault *f);
/* What was asked for and not found is no longer current; the audit row, if anything changed. */
status case_finish(case_run *r, const char *action, fault *f);

#endif
