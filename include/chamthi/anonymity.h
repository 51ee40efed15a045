/* Anonymity: what names the author is proposed as spans of the title and the display text; a person
 * accepts, rejects or adds; then every entry gets a random code (phách) for each round, and judges
 * read the redacted text under that code. Both texts are kept. */
#ifndef CHAMTHI_ANONYMITY_H
#define CHAMTHI_ANONYMITY_H

#include "chamthi/random.h"
#include "chamthi/store.h"

typedef struct {
    int64_t entries;   /* looked through */
    int64_t added;     /* new proposals */
    int64_t dropped;   /* undecided proposals no longer made */
    int64_t undecided; /* proposals that wait for a person, after this run */
} redact_summary;

/* Proposes spans for all received entries of a year. Decisions stay; a second run changes nothing. */
status redact_propose(store *db, const char *actor, int64_t year, redact_summary *out, fault *f);

typedef enum { REDACT_ACCEPT, REDACT_REJECT } redact_decision;

/* Decides proposals by their numbers (or decides them anew), all or none. E_MISSING: no such one, or its
 * text was replaced. */
status redact_decide(store *db, const char *actor, const int64_t *ids, size_t count,
                     redact_decision decision, fault *f);
/* Decides all undecided proposals of a year; `count` of them. */
status redact_decide_all(store *db, const char *actor, int64_t year, redact_decision decision,
                         int64_t *count, fault *f);
/* Accepts every place of an entry's title and text where exactly `text` stands; `count` new ones.
 * E_MISSING when there is none. */
status redact_add(store *db, const char *actor, int64_t entry_id, const char *text, int64_t *count,
                  fault *f);

/* By which hash a redaction belongs to a title; one of the display text has that text's own. */
void redact_title_hash(unsigned char out[HASH_SIZE], slice title);

typedef enum { REVIEW_DONE, REVIEW_SKIPPED } review_mode;

/* Records that a person has reviewed the redaction of these entries, or chose to skip it; all or none.
 * E_CONFLICT when proposals are undecided and it is not skipped. The same again changes nothing. */
status redact_review(store *db, const char *actor, const int64_t *entries, size_t count,
                     review_mode mode, fault *f);
/* The same for all received entries of a year in one transaction: `reviewed` anew, and `waiting` ones
 * left out because proposals are undecided. */
status redact_review_all(store *db, const char *actor, int64_t year, review_mode mode,
                         int64_t *reviewed, int64_t *waiting, fault *f);

/* A page of a handwritten entry as a picture, .jpg or .png, in which a person has covered what names the
 * author. */
typedef struct {
    const char *name; /* of the file, for the sentence */
    slice bytes;
} redacted_page;
enum { REDACTED_PAGES_MOST = 60, REDACTED_PAGE_BYTES = 8 * 1024 * 1024 };

/* These are the pages judges see from now on, in place of those before; count 0: none. What the files
 * say besides their pictures (cameras, places, remarks) is left out. Codes that are already given get them
 * too, unless their round is closed. */
status redact_pages(store *db, const char *actor, int64_t entry, const redacted_page *pages,
                    size_t count, fault *f);

/* The display text with each accepted span replaced by "[…]"; empty for an entry without text. Never
 * the display text itself for want of a review: what was not accepted is shown. */
status anonymity_text(store *db, arena *mem, int64_t entry_id, slice *out, fault *f);

/* ---- a person's right to be forgotten ---- */
typedef struct {
    bool erased;          /* false: was erased before, nothing changed */
    int64_t files;        /* original files deleted; 0 while a co-author is still named */
    int64_t authors_left; /* co-authors of the entry who are still named */
    int64_t awards;       /* decided awards, which stay: they are public acts */
} erase_report;

/* Takes an author's name, birth year, address, telephone, e-mail and unit out of the database, hides
 * the accepted places in the text for good and deletes the original files. Marks, ranks, decided
 * awards and issued certificates stay, and so does the audit chain, which holds no names. E_CONFLICT
 * while places that name the author are undecided. `reason` goes into the audit row. */
status author_erase(store *db, arena *mem, const char *actor, int64_t author, const char *reason,
                    erase_report *out, fault *f);

/* ---- phách ---- */
typedef enum {
    PHACH_GIVEN,
    PHACH_ALREADY,      /* has had its code since an earlier run */
    PHACH_NOT_RECEIVED, /* withdrawn or disqualified */
    PHACH_BROKEN_RULE,  /* a finding that rejects was accepted */
    PHACH_UNDECIDED,    /* redaction proposals wait for a person */
    PHACH_NOT_REVIEWED  /* nobody has recorded a review of the present text */
} phach_outcome;

typedef struct {
    const char *receipt, *title;
    phach_outcome outcome;
    bool
        on_paper; /* given, and there is neither text nor picture: judges have to read it on paper */
} phach_item;

typedef struct {
    phach_item *items; /* every entry of the round, by receipt */
    size_t count;
    int64_t given, already, refused, on_paper;
} phach_report;

/* Gives codes for a round: in the first one to the year's entries, later to those that the ranking of
 * the round before sends on (ties at the line all go on). The codes are random, or with `seed` (demo,
 * tests) a keyed hash of round and receipt. They are written in the order of the codes, so that
 * nothing a judge can ask follows the order of receipt. E_CONFLICT for a closed round. */
status phach_give(store *db, arena *mem, const char *actor, int64_t year, const char *round,
                  const unsigned char *seed, phach_report *out, fault *f);

/* Brings codes and entries together again, once the round is closed (else E_CONFLICT): leaves an
 * audit row; read the pairs with Q_PHACH_PAIRS. */
status phach_join(store *db, arena *mem, const char *actor, int64_t year, const char *round,
                  int64_t *round_id, fault *f);

#endif
