/* Notes the traces people leave in files. */
#include "trace.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

enum { PROPERTY_PART_LIMIT = 1024 * 1024 };

bool trace_next(const document *d, size_t *at, const char **kind, const char **value)
{
    if (*at >= d->traces.size)
        return false;
    *kind = d->traces.bytes + *at;
    *value = *kind + strlen(*kind) + 1;
    *at += strlen(*kind) + strlen(*value) + 2;
    return true;
}

static bool is_noted(const document *d, const char *kind, slice text)
{
    const char *other, *value;
    size_t count = 0;
    for (size_t at = 0; trace_next(d, &at, &other, &value); count++)
        if (strcmp(other, kind) == 0 && strlen(value) == text.size &&
            memcmp(value, text.bytes, text.size) == 0)
            return true;
    return count >= TRACES_MOST;
}

void trace_put(document *d, const char *kind, slice text)
{
    buffer shown = BUFFER_INIT;
    text_report report = {0};
    text.size = text.size < 4 * TRACE_SIZE_MOST ? text.size : 4 * TRACE_SIZE_MOST;
    text_display(text, ENCODING_UTF8, &shown, &report);
    size_t blank = strspn(shown.bytes, " \n");
    slice value = {shown.bytes + blank, shown.size - blank};
    value.size = text_cut(value, TRACE_SIZE_MOST);
    while (value.size && isspace((unsigned char)value.bytes[value.size - 1]))
        value.size--;
    if (value.size && !memchr(value.bytes, '\0', value.size) && !is_noted(d, kind, value)) {
        buffer_put(&d->traces, kind, strlen(kind) + 1);
        buffer_put(&d->traces, value.bytes, value.size);
        buffer_byte(&d->traces, '\0');
    }
    d->traces.failed |= shown.failed;
    buffer_free(&shown);
}

status trace_read_part(archive *zip, const char *part, buffer *out, fault *f)
{
    long i = archive_find(zip, part);
    if (i < 0)
        return OK;
    const char *reason = NULL;
    fault why = {0};
    status st = archive_read(zip, (size_t)i, PROPERTY_PART_LIMIT, out, &reason, &why);
    if (st == OK || reason)
        return OK;
    *f = why;
    return st;
}

/* ---- property parts ---- */

typedef struct {
    document *d;
    const trace_name *names;
    const char *open; /* the kind of the element being read; NULL: none that matters */
    buffer text;
} reading;

static void on_start(void *context, const char *name, const char **attributes, int depth)
{
    reading *r = context;
    (void)depth;
    r->open = NULL;
    buffer_clear(&r->text);
    for (const trace_name *n = r->names; n->element && !r->open; n++)
        if (strcmp(n->element, xml_local(name)) == 0)
            r->open = n->kind;
    const char *pages = xml_attribute(attributes, "page-count");
    if (pages)
        trace_put(r->d, "pages", (slice){pages, strlen(pages)});
}

static void on_text(void *context, const char *bytes, size_t size)
{
    reading *r = context;
    if (r->open)
        buffer_put(&r->text, bytes, size);
}

static void on_end(void *context, const char *name, int depth)
{
    reading *r = context;
    (void)name;
    (void)depth;
    if (r->open)
        trace_put(r->d, r->open, (slice){r->text.bytes, r->text.size});
    r->open = NULL;
}

/* A refusal of the parser is no fault here: what was read before stays. */
static status read_xml(archive *zip, const char *part, const xml_handlers *handlers, void *context,
                       fault *f)
{
    buffer xml = BUFFER_INIT;
    const char *reason = NULL;
    fault why = {0};
    status st = trace_read_part(zip, part, &xml, f);
    if (st == OK && xml.size) {
        st = xml_parse(part, (slice){xml.bytes, xml.size}, XML_NO_DOCTYPE, handlers, context,
                       &reason, &why);
        if (st != OK && reason)
            st = OK;
        else if (st != OK)
            *f = why;
    }
    buffer_free(&xml);
    return st;
}

status trace_read_properties(archive *zip, const char *part, const trace_name *names, document *d,
                             fault *f)
{
    static const xml_handlers handlers = {on_start, on_end, on_text};
    reading r = {d, names, NULL, BUFFER_INIT};
    status st = read_xml(zip, part, &handlers, &r, f);
    if (st == OK)
        st = buffer_check(&r.text, f);
    buffer_free(&r.text);
    return st == OK ? buffer_check(&d->traces, f) : st;
}

static void on_relation(void *context, const char *name, const char **attributes, int depth)
{
    document *d = context;
    const char *target = xml_attribute(attributes, "Target");
    (void)name;
    (void)depth;
    if (target && strncasecmp(target, "file:", 5) == 0)
        trace_put(d, "path", (slice){target, strlen(target)});
}

status trace_read_relations(archive *zip, const char *part, document *d, fault *f)
{
    static const xml_handlers handlers = {on_relation, NULL, NULL};
    TRY(read_xml(zip, part, &handlers, d, f));
    return buffer_check(&d->traces, f);
}
