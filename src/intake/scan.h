/* Text read off pictures by a machine (tesseract, in Vietnamese): a suggestion, never an entry's text. */
#ifndef INTAKE_SCAN_H
#define INTAKE_SCAN_H

#include "document.h"

/* Appends the display text of each page, one after the other, an empty line between. E_INPUT or E_LIMIT when a
 * page cannot be read, E_SYSTEM when a program is not installed. */
status scan_read(document_kind kind, slice bytes, buffer *out, fault *f);

#endif
