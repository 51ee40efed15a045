/* Expat, with everything refused that a document has no need for. */
#include "xml.h"

#include "document.h"

#include <expat.h>
#include <limits.h>
#include <string.h>

typedef struct {
    XML_Parser parser;
    const xml_handlers *handlers;
    void *context;
    xml_doctype doctype;
    int depth;
    const char *stopped; /* why we stopped the parser ourselves */
} parse;

static void stop(parse *p, const char *word)
{
    p->stopped = word;
    XML_StopParser(p->parser, XML_FALSE);
}

static void on_start(void *context, const char *name, const char **attributes)
{
    parse *p = context;
    if (++p->depth > XML_DEPTH_MOST) {
        stop(p, "xml.deep");
        return;
    }
    p->handlers->start(p->context, name, attributes, p->depth);
}

static void on_end(void *context, const char *name)
{
    parse *p = context;
    if (p->handlers->end && !p->stopped)
        p->handlers->end(p->context, name, p->depth);
    p->depth--;
}

static void on_text(void *context, const char *bytes, int size)
{
    parse *p = context;
    if (p->handlers->text && !p->stopped)
        p->handlers->text(p->context, bytes, (size_t)size);
}

static void on_doctype(void *context, const char *name, const char *system, const char *public,
                       int has_internal_subset)
{
    parse *p = context;
    (void)name;
    (void)system;
    (void)public;
    if (p->doctype == XML_NO_DOCTYPE || has_internal_subset)
        stop(p, "xml.entity");
}

static status refuse(const parse *p, const char *part, const char **reason, fault *f)
{
    if (p->stopped && strcmp(p->stopped, "xml.deep") == 0)
        return REFUSE(
            reason, p->stopped, f,
            "%s lồng nhau quá %d tầng nên không được mở; hãy mở bằng Word rồi lưu lại",
            "%s is nested more than %d levels deep and is not opened; open it in Word and "
            "save it again",
            part, XML_DEPTH_MOST);
    if (p->stopped)
        return REFUSE(
            reason, p->stopped, f,
            "%s có khai báo thực thể XML, tệp bình thường không có, nên không được mở; hãy "
            "mở bằng Word rồi lưu lại",
            "%s declares XML entities, which no ordinary file does, and is not opened; "
            "open it in Word and save it again",
            part);
    return REFUSE(reason, "xml.broken", f, "%s hỏng ở dòng %lu (%s); hãy mở bằng Word rồi lưu lại",
                  "%s is broken at line %lu (%s); open it in Word and save it again", part,
                  (unsigned long)XML_GetCurrentLineNumber(p->parser),
                  XML_ErrorString(XML_GetErrorCode(p->parser)));
}

status xml_parse(const char *part, slice xml, xml_doctype doctype, const xml_handlers *handlers,
                 void *context, const char **reason, fault *f)
{
    parse p = {XML_ParserCreate(NULL), handlers, context, doctype, 0, NULL};
    if (!p.parser)
        return fault_memory(f);
    XML_SetUserData(p.parser, &p);
    XML_SetElementHandler(p.parser, on_start, on_end);
    XML_SetCharacterDataHandler(p.parser, on_text);
    XML_SetStartDoctypeDeclHandler(p.parser, on_doctype);
    enum XML_Status parsed = XML_STATUS_OK;
    /* In pieces, so that a stop is not followed by work on the rest. */
    for (size_t at = 0; parsed == XML_STATUS_OK && (at < xml.size || at == 0);) {
        size_t left = xml.size - at, piece = left < 1 << 20 ? left : 1 << 20;
        parsed = XML_Parse(p.parser, xml.bytes + at, (int)piece, piece == left);
        at += piece;
        if (!piece)
            break;
    }
    status st = parsed == XML_STATUS_OK && !p.stopped ? OK : refuse(&p, part, reason, f);
    XML_ParserFree(p.parser);
    return st;
}

const char *xml_local(const char *name)
{
    const char *colon = strchr(name, ':');
    return colon ? colon + 1 : name;
}

const char *xml_attribute(const char **attributes, const char *local)
{
    for (; *attributes; attributes += 2)
        if (strcmp(xml_local(attributes[0]), local) == 0)
            return attributes[1];
    return NULL;
}
