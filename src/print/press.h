/* Puts certificates on sheets and into files, and keeps the list of what is where.
 *
 * Each file is complete under its name or not there: it is written when it is full, so that a long run
 * holds one file's pages at a time. */
#ifndef PRINT_PRESS_H
#define PRINT_PRESS_H

#include "certificate.h"

typedef struct press press;

/* `fonts` and `settings` must outlive it. E_USAGE for settings that exclude each other. */
status press_open(press **out, font_book *fonts, const print_settings *settings, fault *f);
void press_free(press *p); /* NULL is fine; what was not finished is not written */

/* One certificate onto the next place of settings->out. */
status press_put(press *p, const certificate_template *t, const certificate_facts *facts, fault *f);
/* One certificate's own file into settings->each, named by serial, else by `number`. */
status press_single(press *p, const certificate_facts *facts, size_t number, slice pdf, fault *f);
/* Writes the last file and then the list. */
status press_finish(press *p, fault *f);

#endif
