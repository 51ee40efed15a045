/* What a file says about who made it, with what and where: properties, comments, header lines, the
 * paths of somebody's computer. Kept for checks, behind the identity authorizer; never text. */
#ifndef INTAKE_TRACE_H
#define INTAKE_TRACE_H

#include "archive.h"
#include "document.h"
#include "xml.h"

enum { TRACES_MOST = 200, TRACE_SIZE_MOST = 1000 };

/* Notes one trace, as display text, cut to TRACE_SIZE_MOST. Blank ones, ones already noted, and what
 * goes beyond TRACES_MOST are left out. `kind` is a static word. */
void trace_put(document *d, const char *kind, slice text);

/* The next trace of `d` from *at (0 at first). False: there is none. */
bool trace_next(const document *d, size_t *at, const char **kind, const char **value);

/* What one element of a property part is called in it and here. */
typedef struct {
    const char *element; /* local name */
    const char *kind;
} trace_name;

/* Notes the elements of a property part that `names` (ended by a NULL) lists. A part that is missing or
 * broken has no traces; only memory is a fault. */
status trace_read_properties(archive *zip, const char *part, const trace_name *names, document *d,
                             fault *f);
/* Of a list of relations (.rels): what leads to a file on somebody's computer. */
status trace_read_relations(archive *zip, const char *part, document *d, fault *f);

/* Reads a part of a container that the document does without: missing, too large and damaged parts
 * leave `out` empty. */
status trace_read_part(archive *zip, const char *part, buffer *out, fault *f);

#endif
