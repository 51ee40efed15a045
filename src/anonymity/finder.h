/* What the parts of the finder share. */
#ifndef ANONYMITY_FINDER_H
#define ANONYMITY_FINDER_H

#include "chamthi/wordlist.h"
#include "spans.h"

/* Of whom a line speaks, as far as names tell. */
typedef enum { OWNER_NONE, OWNER_AUTHOR, OWNER_SUBJECT } line_owner;

typedef struct {
    size_t start, end;   /* bytes of the text, without the line end */
    size_t first, after; /* words of the line: first ≤ i < after */
    bool near_end;       /* among the first or last lines that have words */
    bool colon;          /* has one: only then can it have labels */
    bool signature;      /* a label says who wrote */
    line_owner owner;
} text_line;

/* A name: its syllables, folded and with marks. */
typedef struct {
    word_list words;
    const char *const *keys; /* K1 of each syllable */
    const char *run;         /* all folds run together */
    bool pen;                /* a pen name */
} person;

typedef struct {
    arena *mem;
    slice text;
    word_list words;
    size_t *line_of; /* of each word */
    bool *subjects;  /* words inside a mention of the subject's full name */
    text_line *lines;
    size_t line_count;
    const identity_known *known;
    person *people; /* the authors, with their pen names */
    size_t person_count;
    person subject;
    identity_spans found;
} finder;

status finder_add(finder *s, size_t start, size_t end, const char *kind, fault *f);

/* Reads the names of the entry's people and marks where the subject's stands. */
status finder_people(finder *s, fault *f);
void finder_signatures(finder *s);           /* marks the lines whose label says who wrote */
status finder_names(finder *s, fault *f);    /* also marks the lines that name the author */
status finder_contacts(finder *s, fault *f); /* telephones, e-mail addresses, identity numbers */
status finder_lines(finder *s, fault *f);    /* what stands behind labels, years of birth */
status finder_places(finder *s, fault *f);   /* the authors' addresses, units and classes */

typedef struct {
    size_t size; /* words, 0: none */
    bool place;  /* a street or a market of that name */
} mention;

/* What of this person begins at word `at`. */
mention mention_at(const finder *s, const person *p, size_t at);

/* ---- small questions about words ---- */
/* The first word that begins at that byte or behind it. */
size_t word_from(const finder *s, size_t byte);
bool word_is(const finder *s, size_t at, const char *fold);
/* One of a NULL-terminated list. */
bool word_among(const finder *s, size_t at, const char *const *folds);
/* Whether words at and at+1 stand in one sentence, with at most a blank or a comma between them. */
bool same_clause(const finder *s, size_t at);
/* A first-person word in the sentence, at most `most` words before `at`. */
bool self_before(const finder *s, size_t at, size_t most);
/* The word behind the label when the words at `at` spell it and a colon follows, else 0. */
size_t label_end(const finder *s, size_t at, size_t after, const char *label);
/* Whether only labels and punctuation stand between two places of one line. */
bool only_labels(const finder *s, size_t from, size_t to);

#endif
