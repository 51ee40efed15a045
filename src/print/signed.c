/* Signs a certificate's facts, and reads them back. */
#include "signed.h"

#include "chamthi/print.h"

#include <string.h>

/* Some printed values stand together on a line; a line without any is left out. */
static void put_line(buffer *out, const char *before, const char *value, const char *after)
{
    if (*value)
        buffer_format(out, "%s%s%s\n", before, value, after);
}

static void put_facts(buffer *out, const certificate *c, const char *called)
{
    buffer_format(out, "%s %s\n", called, c->serial);
    buffer_format(out, "%s%s%s\n", c->honorific, *c->honorific ? " " : "", c->name);
    put_line(out, "", c->address, "");
    put_line(out, "", c->prize, "");
    put_line(out, "“", c->title, "”");
    put_line(out, "", c->achievement, "");
    if (strcmp(c->authority, c->organizer) != 0)
        put_line(out, "", c->authority, "");
    buffer_format(out, "QĐ %s, %s\nMã %s\n", c->decision, c->decision_date, c->code);
}

status signed_make(arena *mem, const certificate *c, const char *called, const char *url,
                   const unsigned char secret[SIGN_SECRET], const char **out, fault *f)
{
    unsigned char signature[SIGNATURE_SIZE];
    buffer lines = BUFFER_INIT, qr = BUFFER_INIT;
    put_facts(&lines, c, called);
    sign_bytes(secret, lines.bytes, lines.size, signature);
    if (*url) {
        buffer_put(&lines, signature, SIGNATURE_SIZE);
        buffer_format(&qr, "%s/vi/certificate?code=%s#", url, c->code);
        base64_put(&qr, lines.bytes, lines.size);
    } else {
        buffer_put(&qr, lines.bytes, lines.size);
        buffer_byte(&qr, '=');
        base64_put(&qr, signature, SIGNATURE_SIZE);
    }
    *out = lines.failed || qr.failed ? NULL : arena_copy(mem, qr.bytes, qr.size);
    buffer_free(&lines);
    buffer_free(&qr);
    return *out ? OK : fault_memory(f);
}

/* The part of a link after '#': lines, then the bytes of the signature. */
static bool read_link(arena *mem, const char *part, const char **lines,
                      unsigned char signature[SIGNATURE_SIZE])
{
    buffer all = BUFFER_INIT;
    bool good = base64_read(&all, part, strcspn(part, " \r\n")) && all.size > SIGNATURE_SIZE;
    if (good) {
        size_t size = all.size - SIGNATURE_SIZE;
        memcpy(signature, all.bytes + size, SIGNATURE_SIZE);
        *lines = memchr(all.bytes, 0, size) ? NULL : arena_copy(mem, all.bytes, size);
        good = *lines != NULL;
    }
    buffer_free(&all);
    return good;
}

bool signed_read(arena *mem, const char *qr, const char **lines,
                 unsigned char signature[SIGNATURE_SIZE])
{
    const char *link = strchr(qr, '#'), *mark = strstr(qr, "\n=");
    if (strncmp(qr, "http", 4) == 0 && link)
        return read_link(mem, link + 1, lines, signature);
    if (!mark)
        return false;
    buffer bytes = BUFFER_INIT;
    bool good =
        base64_read(&bytes, mark + 2, strcspn(mark + 2, " \r\n")) && bytes.size == SIGNATURE_SIZE;
    if (good)
        memcpy(signature, bytes.bytes, SIGNATURE_SIZE);
    buffer_free(&bytes);
    *lines = good ? arena_copy(mem, qr, (size_t)(mark + 1 - qr)) : NULL;
    return *lines != NULL;
}

/* ---- checking ---- */
/* The description in a PDF's metadata is what its QR says; that packet is never packed. */
static const char *pdf_text(arena *mem, slice pdf)
{
    static const char start[] = "<dc:description><rdf:Alt><rdf:li xml:lang=\"x-default\">";
    const char *from = memmem(pdf.bytes, pdf.size, start, strlen(start));
    if (!from)
        return NULL;
    from += strlen(start);
    const char *end = memmem(from, pdf.size - (size_t)(from - pdf.bytes), "<", 1);
    char *text = end ? arena_copy(mem, from, (size_t)(end - from)) : NULL;
    static const struct {
        const char *escaped, *plain;
    } escapes[] = {{"&lt;", "<"}, {"&gt;", ">"}, {"&#10;", "\n"}, {"&amp;", "&"}};
    for (size_t i = 0; text && i < sizeof escapes / sizeof *escapes; i++)
        for (char *p = text; (p = strstr(p, escapes[i].escaped)); p++) {
            size_t size = strlen(escapes[i].escaped);
            *p = *escapes[i].plain;
            memmove(p + 1, p + size, strlen(p + size) + 1);
        }
    return text;
}

/* The code on the last line that has one, "" without. */
static const char *find_code(arena *mem, const char *lines)
{
    static const char label[] = "\nMã ";
    const char *at = NULL;
    for (const char *p = lines; (p = strstr(p, label)); p++)
        at = p + strlen(label);
    return at ? arena_copy(mem, at, strcspn(at, "\n")) : "";
}

status signed_facts_check(arena *mem, slice what, unsigned char (*keys)[SIGN_PUBLIC], size_t count,
                          signed_facts *out, fault *f)
{
    unsigned char signature[SIGNATURE_SIZE];
    bool pdf = what.size > 4 && memcmp(what.bytes, "%PDF", 4) == 0;
    const char *text = pdf ? pdf_text(mem, what) : arena_copy(mem, what.bytes, what.size);
    *out = (signed_facts){NULL, false, ""};
    if (!text && !pdf)
        return fault_memory(f);
    if (!text || !signed_read(mem, text, &out->lines, signature))
        return OK;
    for (size_t i = 0; i < count && !out->genuine; i++)
        out->genuine = sign_holds(keys[i], out->lines, strlen(out->lines), signature);
    out->code = find_code(mem, out->lines);
    return out->code ? OK : fault_memory(f);
}
