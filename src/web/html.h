/* HTML by literal formats. The format is checked by the compiler and must be a literal; %s always
 * escapes, for text and for attributes in double quotes alike. There is no way to write a string
 * from outside without escaping it.
 *
 *     html_put(h, "<td class=\"n\">%s</td>\n", e->phach);
 *
 * Conversions: %s (NULL: nothing), %d, %lld, %zu, %%. Put %s only between tags or inside "…". */
#ifndef WEB_HTML_H
#define WEB_HTML_H

#include "chamthi/buffer.h"

typedef struct {
    buffer out;
    language lang;
} html;

void html_put(html *h, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* The sentence of the page's language; also its own words are escaped: it is text, not HTML. */
void html_say(html *h, const char *vi, const char *en, ...)
    __attribute__((format(printf, 2, 4), format(printf, 3, 4)));
/* A text of several lines as paragraphs; empty lines make none. */
void html_paragraphs(html *h, const char *text);
/* `size` bytes of a text, escaped. */
void html_text(html *h, const char *text, size_t size);

#endif
