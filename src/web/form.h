/* Addresses and forms as they come over the wire: percent-encoding, name=value lists. Pure. */
#ifndef WEB_FORM_H
#define WEB_FORM_H

#include "chamthi/arena.h"

#include <stdbool.h>

typedef struct {
    const char *name, *value;
} form_field;

typedef struct {
    form_field *items;
    size_t count;
} form;

enum { FORM_FIELDS_MAX = 100 };

/* Reads application/x-www-form-urlencoded (also a query string). E_INPUT when it has a NUL, is no
 * UTF-8 or has a broken escape, E_LIMIT above FORM_FIELDS_MAX fields. Line ends become \n. */
status form_parse(arena *mem, slice text, form *out, fault *f);
/* The first field of that name; NULL when there is none. */
const char *form_get(const form *fields, const char *name);

/* The boundary of a multipart/form-data type, NULL when it is another type or has none. */
const char *form_boundary(arena *mem, const char *content_type);
/* Reads such a body: its fields, and the bytes of the last part that has a file name (they stay where
 * they are). The name is not looked at. E_INPUT when it is cut short. */
status form_parse_parts(arena *mem, slice body, const char *boundary, form *out, slice *file,
                        fault *f);

typedef enum { PLUS_IS_SPACE, PLUS_IS_PLUS } plus_rule;
/* Decodes %XX. NULL when it has a NUL, a broken escape or is no UTF-8, or memory is out. */
char *percent_decode(arena *mem, slice text, plus_rule plus);
/* Encodes all but letters, digits and - . _ ~ . NULL: memory. */
char *percent_encode(arena *mem, const char *text);

#endif
