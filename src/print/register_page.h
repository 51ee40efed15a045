/* From a row of the register to a page: its layout and its facts. */
#ifndef PRINT_REGISTER_PAGE_H
#define PRINT_REGISTER_PAGE_H

#include "certificate.h"

enum { SHELF_MOST = 16 };

typedef struct {
    const char *name;
    slice yaml;
    certificate_template *template;
    int64_t id; /* in the database, 0: not kept there yet */
} layout_choice;

/* The layouts at hand: one's own first, those built in, and those that certificates were issued with. */
typedef struct {
    layout_choice items[SHELF_MOST];
    size_t count;
} layout_shelf;

/* `own` NULL: only those built in; `paper` NULL: as each says. */
status shelf_fill(layout_shelf *s, arena *mem, const char *own, const char *paper, fault *f);
/* The layout a certificate was issued with; for one that was not, the first of its kind that is valid on
 * the day of its decision. */
status shelf_choose(layout_shelf *s, store *db, arena *mem, const certificate *c,
                    layout_choice **out, fault *f);

/* What goes on the page, as the register has it. */
status register_facts(const certificate *c, certificate_facts *out, fault *f);

#endif
