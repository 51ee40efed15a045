/* What PDF/A-2u asks of a file beside embedded fonts: who it is, in XMP, and what its colours mean. */
#ifndef PRINT_ARCHIVE_H
#define PRINT_ARCHIVE_H

#include "canvas.h"

/* Appends an XMP packet that says what the information dictionary says. */
void archive_metadata(const canvas_facts *facts, buffer *out);
/* Appends an ICC profile of sRGB, made here so that no profile of others has to be shipped. */
void archive_profile(buffer *out);

#define ARCHIVE_CREATOR "chamthi"
#define ARCHIVE_PRODUCER "chamthi, libharu"

#endif
