/* Finds what names the author, and takes it out. */
#include "finder.h"

#include "chamthi/buffer.h"

#include <stdlib.h>
#include <string.h>

status finder_add(finder *s, size_t start, size_t end, const char *kind, fault *f)
{
    identity_spans *l = &s->found;
    identity_span *items = arena_grow(s->mem, l->items, l->count, &l->capacity, sizeof *items);
    if (!items)
        return fault_memory(f);
    l->items = items;
    l->items[l->count++] = (identity_span){start, end, kind};
    return OK;
}

/* The first and the last lines that have words are where people sign. */
static void mark_ends(finder *s)
{
    enum { FIRST = 8, LAST = 10 };
    size_t seen = 0;
    for (size_t i = 0; i < s->line_count && seen < FIRST; i++)
        if (s->lines[i].first < s->lines[i].after) {
            s->lines[i].near_end = true;
            seen++;
        }
    seen = 0;
    for (size_t i = s->line_count; i > 0 && seen < LAST; i--)
        if (s->lines[i - 1].first < s->lines[i - 1].after) {
            s->lines[i - 1].near_end = true;
            seen++;
        }
}

static status split_lines(finder *s, fault *f)
{
    size_t count = 1, w = 0, start = 0;
    for (size_t i = 0; i < s->text.size; i++)
        count += s->text.bytes[i] == '\n';
    s->lines = ARENA_ARRAY(s->mem, text_line, count);
    s->line_of = ARENA_ARRAY(s->mem, size_t, s->words.count + 1);
    s->subjects = ARENA_ARRAY(s->mem, bool, s->words.count + 1);
    if (!s->lines || !s->line_of || !s->subjects)
        return fault_memory(f);
    while (s->line_count < count) {
        const char *newline = memchr(s->text.bytes + start, '\n', s->text.size - start);
        size_t end = newline ? (size_t)(newline - s->text.bytes) : s->text.size;
        bool colon = memchr(s->text.bytes + start, ':', end - start) != NULL;
        text_line l = {.start = start, .end = end, .first = w, .colon = colon};
        while (w < s->words.count && s->words.items[w].start < end)
            s->line_of[w++] = s->line_count;
        l.after = w;
        s->lines[s->line_count++] = l;
        start = end + 1;
    }
    mark_ends(s);
    return OK;
}

static int by_place(const void *a, const void *b)
{
    const identity_span *x = a, *y = b;
    if (x->start != y->start)
        return x->start < y->start ? -1 : 1;
    return x->end > y->end ? -1 : x->end < y->end;
}

/* Sorted, the longer first at one place; those inside an earlier one go. */
static void keep_outer(identity_spans *l)
{
    size_t kept = 0, reach = 0;
    if (l->count)
        qsort(l->items, l->count, sizeof *l->items, by_place);
    for (size_t i = 0; i < l->count; i++)
        if (l->items[i].end > reach) {
            reach = l->items[i].end;
            l->items[kept++] = l->items[i];
        }
    l->count = kept;
}

/* Places of different kinds in one line with nothing but labels between them become one: one decision
 * for a person. */
static void join_neighbours(finder *s)
{
    identity_spans *l = &s->found;
    size_t kept = 0;
    for (size_t i = 0; i < l->count; i++) {
        identity_span *last = kept ? &l->items[kept - 1] : NULL;
        bool other = last && strcmp(last->kind, l->items[i].kind) != 0;
        if (other && only_labels(s, last->end, l->items[i].start))
            last->end = l->items[i].end;
        else
            l->items[kept++] = l->items[i];
    }
    l->count = kept;
}

status identity_find(arena *mem, slice text, const identity_known *known, identity_spans *out,
                     fault *f)
{
    finder s = {.mem = mem, .text = text, .known = known};
    TRY(words_read(mem, known->memo, text, &s.words, f));
    TRY(split_lines(&s, f));
    TRY(finder_people(&s, f));
    finder_signatures(&s);
    TRY(finder_names(&s, f));
    TRY(finder_contacts(&s, f));
    TRY(finder_lines(&s, f));
    TRY(finder_places(&s, f));
    keep_outer(&s.found);
    join_neighbours(&s);
    *out = s.found;
    return OK;
}

static bool only_blanks(slice text, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++)
        if (text.bytes[i] != ' ')
            return false;
    return true;
}

status identity_redact(arena *mem, slice text, const identity_span *spans, size_t count, slice *out,
                       fault *f)
{
    buffer b = BUFFER_INIT;
    size_t at = 0;
    for (size_t i = 0; i < count; i++) {
        size_t start = spans[i].start, end = spans[i].end;
        if (end > text.size || start > end) {
            buffer_free(&b);
            return FAIL(f, E_SYSTEM, "vị trí che %zu–%zu nằm ngoài bài",
                        "span %zu–%zu is outside the text", start, end);
        }
        if (end <= at)
            continue;
        if (start > at || i == 0) {
            bool touching = i && only_blanks(text, at, start);
            if (!touching) {
                buffer_put(&b, text.bytes + at, start - at);
                buffer_text(&b, "[…]");
            }
        }
        at = end;
    }
    buffer_put(&b, text.bytes + at, text.size - at);
    char *copy = b.failed ? NULL : arena_copy(mem, b.bytes, b.size);
    *out = (slice){copy, b.size};
    buffer_free(&b);
    return copy ? OK : fault_memory(f);
}
