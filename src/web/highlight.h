/* Passages that a judge has coloured for himself, kept as "0:12-40 3:0-7": paragraph, first character and
 * the one behind the last, all from 0; ascending, without overlap. Pure. */
#ifndef WEB_HIGHLIGHT_H
#define WEB_HIGHLIGHT_H

#include "html.h"

enum { HIGHLIGHTS_MOST = 500 };

/* Whether it is such a list, of at most HIGHLIGHTS_MOST passages. */
bool highlights_fit(const char *list);
size_t highlights_count(const char *list); /* of a list that fits */
/* As html_paragraphs, the passages of a list that fits in <mark>. What lies behind the text is left out. */
void html_highlighted(html *h, const char *text, const char *list);

#endif
