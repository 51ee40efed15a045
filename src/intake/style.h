/* The fonts that the styles of a .docx stand for. */
#ifndef INTAKE_STYLE_H
#define INTAKE_STYLE_H

#include "chamthi/arena.h"

/* The two fonts a run has: for ASCII characters and for the rest of Latin-1, where the letters of the
 * legacy fonts lie. NULL: not said here; "": a font of the theme, which is Unicode. */
typedef struct {
    const char *ascii, *high;
} font_pair;

typedef struct style_sheet style_sheet;

/* Reads styles.xml; refusals as xml_parse. Everything lives in `mem`. */
status style_sheet_read(arena *mem, slice xml, style_sheet **out, const char **reason, fault *f);

/* Fills what `fonts` leaves open: from the character style, then the paragraph style (the default one
 * when NULL), each with what it is based on, then the document's defaults. `s` may be NULL. */
void style_sheet_fill(const style_sheet *s, const char *character, const char *paragraph,
                      font_pair *fonts);

/* The fonts of one w:rFonts element. */
font_pair style_fonts(const char **attributes);

#endif
