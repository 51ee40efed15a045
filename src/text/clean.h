/* From any bytes to D1, for text already known to be UTF-8: see clean.c. */
#ifndef TEXT_CLEAN_H
#define TEXT_CLEAN_H

#include "chamthi/text.h"

typedef struct {
    buffer *out;
    text_report *report;
    size_t floor;  /* what stands in `out` before this offset is not touched */
    size_t dirty;  /* from here on `out` still has to be normalised; SIZE_MAX: nothing */
    unsigned says; /* SAYS_… of all characters seen (tables.h) */
} cleaner;

cleaner cleaner_start(buffer *out, size_t floor, text_report *report);
/* Appends the clean form. Words are not yet searched for look-alikes, ends of the text not trimmed. */
void clean(cleaner *k, slice utf8);
/* Takes off a blank at the very end. */
void clean_trim(cleaner *k);

#endif
