/* Keeping the findings of a run. */
#ifndef CHECK_FINDING_H
#define CHECK_FINDING_H

#include "rules.h"

typedef struct {
    store *db;
    arena *mem; /* of one entry */
    check_summary *sum;
    int64_t renewed; /* known findings with another wording or standing */
} finding_keeper;

/* Brings the stored findings of one entry in line with what was found, inside a transaction: new ones
 * are added, known ones keep their ruling, those no longer found stop being current. */
status finding_keep(finding_keeper *r, int64_t entry_id, slice text, const check_findings *found,
                    fault *f);

#endif
