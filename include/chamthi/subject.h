/* The people and collectives that entries are about, over all years, and what they were commended for.
 *
 * A subject is recorded with each entry: name, address and unit as of that year, kind and occupation
 * group. Which entries are about the same subject comes from the findings subject.same (unless
 * dismissed) and subject.namesake (once accepted): see check.h. */
#ifndef CHAMTHI_SUBJECT_H
#define CHAMTHI_SUBJECT_H

#include "chamthi/store.h"

typedef struct {
    const char *receipt, *title, *sent_by;
    int64_t entry_id, year;
    const char *prize;     /* decided, "" for none */
    const char *commended; /* what the subject was given through this entry, "" for nothing */
    const char *proposed;  /* what it is proposed for, "" for nothing */
    bool barred;           /* a person has accepted a violation */
} subject_entry;

typedef enum { SUBJECT_PERSON, SUBJECT_COLLECTIVE, SUBJECT_SMALL_COLLECTIVE } subject_kind;

typedef struct {
    const char *name, *address, *unit; /* as the latest entry has them */
    const char *group; /* công nhân, nông dân …, as far as it is one of the known */
    subject_kind kind;
    subject_entry *entries; /* by year and receipt */
    size_t entry_count;
} subject_record;

/* Every subject that has an entry in that year (0: any), with its entries of all years; in the order of
 * its first entry. */
status subject_register(store *db, arena *mem, int64_t year, subject_record **out, size_t *count,
                        fault *f);

/* "CBCNV công nhân" → công nhân; the text itself when it is none of the known groups. */
const char *subject_group(arena *mem, const char *text);
subject_kind subject_kind_of(arena *mem, const char *kind, const char *group);

/* Cấp nào phát động thì cấp đó khen thưởng: the city for what won a prize of the city's contest, the unit
 * that collected the entry for the others. */
typedef enum { LEVEL_UNIT, LEVEL_CITY } commend_level;
commend_level subject_level(const subject_entry *e);

typedef struct {
    commend_level level;
    const char *authority;                /* who gives it */
    const char *form;                     /* Giấy khen, Bằng khen … */
    const char *decision, *decision_date; /* "" and "": only proposed; the date in ISO form */
} commendation;

/* Records a proposal or, with a decision, a commendation of the entry's subject; the same form again
 * completes the proposal. E_MISSING: the entry has no subject; E_CONFLICT: decided otherwise before. */
status subject_commend(store *db, const char *actor, int64_t entry_id, const commendation *c,
                       fault *f);

#endif
