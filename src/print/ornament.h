/* Pattern borders, rosettes, the contest's emblem and QR codes, all as lines and areas. */
#ifndef PRINT_ORNAMENT_H
#define PRINT_ORNAMENT_H

#include "template.h"

typedef struct {
    size_t frame, emblem; /* forms of the canvas */
} ornaments;

/* Makes the template's frame and emblem as forms of the canvas, to be drawn on every page. */
status ornaments_make(canvas *c, const certificate_template *t, ornaments *out, fault *f);

/* E_LIMIT when the text is too long for one. */
status ornament_qr_fits(const char *text, fault *f);
/* A QR code (level M) of that side, its quiet zone of four modules inside. E_LIMIT when the text is
 * too long for one. */
status ornament_qr(canvas *c, const char *text, length x, length y, length side, fault *f);

#endif
