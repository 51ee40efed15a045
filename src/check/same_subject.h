/* Whether two entries are about the same person or collective. */
#ifndef CHECK_SAME_SUBJECT_H
#define CHECK_SAME_SUBJECT_H

#include "chamthi/wordlist.h"
#include "rules.h"

typedef struct {
    int64_t entry_id, year;
    const char *receipt, *title;
    const char *key, *fold; /* of the name, without honorifics */
    const char *address, *unit;
    const char *commended; /* what was decided for the subject through this entry, "" for nothing */
} check_subject;

/* All subjects up to a year. */
typedef struct {
    check_subject *items; /* by fold, then year and entry */
    size_t count, capacity;
    uint64_t pairs[1024]; /* a bit for each hash of a name's first two words */
} check_subjects;

/* Adds one; sort with subjects_sort() before the rest. Texts are copied into `mem`. */
status subjects_add(check_subjects *l, arena *mem, const check_subject *one, const char *name,
                    fault *f);
void subjects_sort(check_subjects *l);

/* Notes on an entry: the latest earlier entry about the same subject (subject.same) or else about somebody
 * of the same name (subject.namesake), earlier entries whose subject its text names (subject.mentioned), and what the subject was
 * commended for (subject.commended). Never a word of copying, and never more than a note. */
status rules_check_subject(rules_run *r, const check_entry *e, const check_subjects *all,
                           word_memo *memo, fault *f);

#endif
