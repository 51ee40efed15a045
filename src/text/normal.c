/* Normalisation of stretches that need Unicode's full rules. */
#include "text/normal.h"

#include "text/utf8.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

typedef struct {
    utf8proc_int32_t *points;
    size_t count, capacity;
} points;

enum { DECOMPOSED_MOST = 32 }; /* U+FDFA becomes 18 characters */

static bool room(points *p, size_t extra)
{
    if (p->count + extra <= p->capacity)
        return true;
    size_t wanted = 2 * p->capacity + extra;
    utf8proc_int32_t *bigger = realloc(p->points, wanted * sizeof *bigger);
    if (!bigger)
        return false;
    p->points = bigger;
    p->capacity = wanted;
    return true;
}

static unsigned combining_class(utf8proc_int32_t c)
{
    return (unsigned)utf8proc_get_property(c)->combining_class;
}

/* Puts a run of marks into canonical order, stably and in linear time (utf8proc's own order takes
 * quadratic time, which a hostile file could use). */
static bool order_marks(utf8proc_int32_t *run, size_t count)
{
    size_t start[256] = {0}, total = 0;
    utf8proc_int32_t *sorted = malloc(count * sizeof *sorted);
    if (!sorted)
        return false;
    for (size_t i = 0; i < count; i++)
        start[combining_class(run[i])]++;
    for (int k = 0; k < 256; k++) {
        size_t of_class = start[k];
        start[k] = total;
        total += of_class;
    }
    for (size_t i = 0; i < count; i++)
        sorted[start[combining_class(run[i])]++] = run[i];
    memcpy(run, sorted, count * sizeof *run);
    free(sorted);
    return true;
}

static bool order(points *p)
{
    for (size_t i = 0; i < p->count;) {
        size_t from = i;
        while (i < p->count && combining_class(p->points[i]) != 0)
            i++;
        if (i - from > 1 && !order_marks(p->points + from, i - from))
            return false;
        i += i == from;
    }
    return true;
}

static bool decompose(slice utf8, utf8proc_option_t options, points *p)
{
    const uint8_t *at = (const uint8_t *)utf8.bytes, *end = at + utf8.size;
    int boundary = 0;
    while (at < end) {
        uint32_t c;
        bool bad;
        at += utf8_next(at, end, &c, &bad);
        if (!room(p, DECOMPOSED_MOST))
            return false;
        utf8proc_ssize_t n = utf8proc_decompose_char((utf8proc_int32_t)c, p->points + p->count,
                                                     DECOMPOSED_MOST, options, &boundary);
        p->count += n > 0 ? (size_t)n : 0;
    }
    return true;
}

void normal_append(slice utf8, normal_form form, buffer *out)
{
    points p = {0};
    utf8proc_option_t options = UTF8PROC_STABLE | UTF8PROC_COMPOSE;
    if (form == NORMAL_NFKC)
        options |= UTF8PROC_COMPAT | UTF8PROC_IGNORE;
    if (!decompose(utf8, options, &p) || !order(&p)) {
        out->failed = true;
        free(p.points);
        return;
    }
    utf8proc_ssize_t n = utf8proc_normalize_utf32(p.points, (utf8proc_ssize_t)p.count, options);
    char *to = buffer_reserve(out, n > 0 ? (size_t)n * 4 : 0);
    size_t size = 0;
    for (utf8proc_ssize_t i = 0; to && i < n; i++)
        size += utf8_put((uint8_t *)to + size, (uint32_t)p.points[i]);
    if (to)
        buffer_end(out, out->size + size);
    free(p.points);
}
