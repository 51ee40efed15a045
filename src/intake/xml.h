/* XML from strangers: no document type that declares anything, no entities, at most 100 levels. */
#ifndef INTAKE_XML_H
#define INTAKE_XML_H

#include "chamthi/arena.h"
#include "chamthi/buffer.h"

#include <stdbool.h>

enum { XML_DEPTH_MOST = 100 };

/* `depth` is 1 for the root. `name` and attributes (name, value, … NULL) are as written, prefix
 * included. `end` and `text` may be NULL. */
typedef struct {
    void (*start)(void *context, const char *name, const char **attributes, int depth);
    void (*end)(void *context, const char *name, int depth);
    void (*text)(void *context, const char *bytes, size_t size);
} xml_handlers;

typedef enum {
    XML_NO_DOCTYPE,   /* documents of people */
    XML_NAMED_DOCTYPE /* a <!DOCTYPE x SYSTEM "…"> without content may stand there; never fetched */
} xml_doctype;

/* On refusal `reason` is xml.entity, xml.deep or xml.broken. `part` is named in the sentence. */
status xml_parse(const char *part, slice xml, xml_doctype doctype, const xml_handlers *handlers,
                 void *context, const char **reason, fault *f);

const char *xml_local(const char *name); /* after the prefix */
/* The value of the attribute with that local name, or NULL. */
const char *xml_attribute(const char **attributes, const char *local);

#endif
