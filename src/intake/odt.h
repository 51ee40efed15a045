/* The styles of an OpenDocument text: which font each stands for. */
#ifndef INTAKE_ODT_H
#define INTAKE_ODT_H

#include "chamthi/arena.h"
#include "xml.h"

typedef struct odt_styles odt_styles;

/* NULL: memory. Lives in `mem`. */
odt_styles *odt_styles_new(arena *mem);
/* Takes the start of any element that stands outside the text. False: memory. */
bool odt_styles_start(odt_styles *s, const char *name, const char **attributes);
/* After the last of them, before the first look-up. */
void odt_styles_done(odt_styles *s);

/* The font of a style, by its own words or by those it is based on; NULL: they do not say. */
const char *odt_font(const odt_styles *s, const char *family, const char *name);
/* The font of paragraphs whose style does not say. "" when nothing does. */
const char *odt_default_font(const odt_styles *s);

#endif
