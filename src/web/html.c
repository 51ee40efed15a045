/* The only place where characters become HTML. */
#include "html.h"

#include <stdarg.h>
#include <string.h>

/* A carriage return would be read back as a line feed, so it is written as a reference too. */
static const char *entity(char c)
{
    switch (c) {
    case '&': return "&amp;";
    case '<': return "&lt;";
    case '>': return "&gt;";
    case '"': return "&quot;";
    case '\'': return "&#39;";
    case '\r': return "&#13;";
    default: return NULL;
    }
}

/* `text` is a string, or the part of one before a line end. strcspn looks at 16 bytes at once: essays are
 * long and need few entities. */
static void escape(buffer *out, const char *text, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        size_t plain = strcspn(text + i, "&<>\"'\r\n");
        if (plain > size - i)
            plain = size - i;
        buffer_put(out, text + i, plain);
        i += plain;
        const char *written = i < size ? entity(text[i]) : NULL;
        if (written)
            buffer_text(out, written);
        else if (i < size)
            buffer_byte(out, text[i]);
    }
}

typedef enum { LITERAL_HTML, LITERAL_TEXT } literal_kind;

/* Writes one conversion and returns what follows it; an unknown one spoils the page. */
static const char *convert(buffer *out, const char *p, va_list *args)
{
    if (*p == '%') {
        buffer_byte(out, '%');
        return p + 1;
    }
    if (*p == 's') {
        const char *text = va_arg(*args, const char *);
        escape(out, text ? text : "", text ? strlen(text) : 0);
        return p + 1;
    }
    if (*p == 'd') {
        buffer_int(out, va_arg(*args, int));
        return p + 1;
    }
    if (strncmp(p, "lld", 3) == 0) {
        buffer_int(out, va_arg(*args, long long));
        return p + 3;
    }
    if (strncmp(p, "zu", 2) == 0) {
        buffer_int(out, (int64_t)va_arg(*args, size_t));
        return p + 2;
    }
    out->failed = true;
    return p + strlen(p);
}

static void put(buffer *out, literal_kind kind, const char *p, va_list *args)
{
    while (*p) {
        size_t plain = (size_t)(strchrnul(p, '%') - p);
        if (kind == LITERAL_TEXT)
            escape(out, p, plain);
        else
            buffer_put(out, p, plain);
        p += plain;
        if (*p)
            p = convert(out, p + 1, args);
    }
}

void html_put(html *h, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    put(&h->out, LITERAL_HTML, format, &args);
    va_end(args);
}

void html_say(html *h, const char *vi, const char *en, ...)
{
    va_list args;
    va_start(args, en);
    put(&h->out, LITERAL_TEXT, h->lang == LANG_VI ? vi : en, &args);
    va_end(args);
}

void html_text(html *h, const char *text, size_t size)
{
    escape(&h->out, text, size);
}

void html_paragraphs(html *h, const char *text)
{
    while (*text) {
        size_t size = (size_t)(strchrnul(text, '\n') - text);
        if (strspn(text, " \t\r") < size) {
            buffer_text(&h->out, "<p>");
            escape(&h->out, text, size);
            buffer_text(&h->out, "</p>\n");
        }
        text += size + (text[size] == '\n');
    }
}
