/* What a judge has coloured for himself. */
#include "highlight.h"

#include <string.h>

enum { NUMBER_MOST = 10000000 };

typedef struct {
    const char *rest;           /* of the list: "" at its end */
    size_t paragraph, from, to; /* the passage read last */
} passages;

static bool read_number(const char **p, char after, size_t *out)
{
    size_t n = 0;
    const char *start = *p;
    for (; **p >= '0' && **p <= '9' && n < NUMBER_MOST; (*p)++)
        n = 10 * n + (size_t)(**p - '0');
    *out = n;
    if (*p == start || n >= NUMBER_MOST)
        return false;
    return !after || *(*p)++ == after;
}

/* False at the end, and at what is no passage or lies before the last one. */
static bool next(passages *p)
{
    const char *at = p->rest;
    passages now = {0};
    if (!read_number(&at, ':', &now.paragraph) || !read_number(&at, '-', &now.from) ||
        !read_number(&at, '\0', &now.to) || now.to <= now.from || now.paragraph < p->paragraph ||
        (now.paragraph == p->paragraph && now.from < p->to))
        return false;
    if (*at == ' ' && at[1])
        at++;
    else if (*at)
        return false;
    now.rest = at;
    *p = now;
    return true;
}

bool highlights_fit(const char *list)
{
    passages p = {.rest = list};
    size_t count = 0;
    while (next(&p))
        count++;
    return !*p.rest && count <= HIGHLIGHTS_MOST;
}

size_t highlights_count(const char *list)
{
    size_t count = *list != '\0';
    for (; *list; list++)
        count += *list == ' ';
    return count;
}

/* Behind the next `count` characters, at most at `end`. */
static const char *skip(const char *text, const char *end, size_t count)
{
    while (text < end && count--)
        do
            text++;
        while (text < end && ((unsigned char)*text & 0xC0) == 0x80);
    return text;
}

/* A line and those of the passages that lie in it; `p` is left at the first that does not. */
static void put_line(html *h, const char *line, const char *end, size_t number, passages *p,
                     bool *more)
{
    const char *at = line;
    for (; *more && p->paragraph == number; *more = next(p)) {
        const char *start = skip(line, end, p->from), *stop = skip(start, end, p->to - p->from);
        html_text(h, at, (size_t)(start - at));
        html_put(h, "<mark>");
        html_text(h, start, (size_t)(stop - start));
        html_put(h, "</mark>");
        at = stop;
    }
    html_text(h, at, (size_t)(end - at));
}

void html_highlighted(html *h, const char *text, const char *list)
{
    passages p = {.rest = list};
    bool more = next(&p);
    for (size_t number = 0; *text;) {
        const char *end = strchrnul(text, '\n');
        if (strspn(text, " \t\r") < (size_t)(end - text)) {
            html_put(h, "<p>");
            put_line(h, text, end, number++, &p, &more);
            html_put(h, "</p>\n");
        }
        text = end + (*end == '\n');
    }
}
