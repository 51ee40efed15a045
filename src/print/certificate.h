/* One certificate on one page. */
#ifndef PRINT_CERTIFICATE_H
#define PRINT_CERTIFICATE_H

#include "ornament.h"

#include "chamthi/print.h"

typedef struct {
    const char *values[FACT_COUNT]; /* NULL or "": the template's default */
    date day; /* of the decision; FACT_DECISION_DATE and _DAY are made from it */
} certificate_facts;

/* Draws a page. The layout shrinks gaps, then sizes, until everything fits; when even that is not
 * enough, or a character has no glyph, the fault names recipient and block and the page stays empty. */
status certificate_draw(canvas *c, arena *mem, const certificate_template *t, const ornaments *o,
                        const certificate_facts *facts, fault *f);
/* The same on the page that is there already, its paper's corner at (right, down): for overprints
 * moved by what a printer is off, and for several on one sheet. */
status certificate_draw_at(canvas *c, arena *mem, const certificate_template *t, const ornaments *o,
                           const certificate_facts *facts, print_way way, length right, length down,
                           fault *f);

/* A document of its own, as it is frozen on issuing: appends the PDF's bytes. */
status certificate_single(font_book *fonts, const certificate_template *t,
                          const certificate_facts *facts, buffer *out, fault *f);

/* "2024/GCN-017" → "2024-GCN-017.pdf"; without a serial, "<number>.pdf". NULL: memory. */
char *certificate_file_name(arena *mem, const char *serial, size_t number);

/* ---- for tests: where everything went ---- */
typedef struct {
    const char *key;
    length left, top, right, bottom; /* of the ink */
    bool preprinted;
} placed_block;

/* Lays a page out without drawing it. `placed` holds TEMPLATE_BLOCKS_MOST. */
status certificate_place(canvas *c, arena *mem, const certificate_template *t,
                         const certificate_facts *facts, placed_block *placed, size_t *count,
                         fault *f);

#endif
