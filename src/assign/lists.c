/* Lists by counting sort; name sets by insertion. */
#include "lists.h"

#include <stdlib.h>
#include <string.h>

/* Sorts a short list and drops repeats; returns its new length. */
static uint32_t tidy(uint32_t *items, uint32_t count)
{
    for (uint32_t i = 1; i < count; i++) {
        uint32_t item = items[i], k = i;
        for (; k > 0 && items[k - 1] > item; k--)
            items[k] = items[k - 1];
        items[k] = item;
    }
    uint32_t n = count > 0;
    for (uint32_t i = 1; i < count; i++)
        if (items[i] != items[n - 1])
            items[n++] = items[i];
    return n;
}

bool lists_make(arena *mem, const link *links, size_t count, size_t n, list_table *out)
{
    uint32_t *start = ARENA_ARRAY(mem, uint32_t, n + 2);
    uint32_t *items = ARENA_ARRAY(mem, uint32_t, count);
    if (!start || !items)
        return false;
    for (size_t i = 0; i < count; i++)
        start[links[i].a + 2]++;
    for (size_t i = 2; i < n + 2; i++)
        start[i] += start[i - 1];
    for (size_t i = 0; i < count; i++)
        items[start[links[i].a + 1]++] = links[i].b;
    uint32_t used = 0;
    for (size_t i = 0; i < n; i++) {
        uint32_t from = start[i], size = start[i + 1] - from;
        size = tidy(items + from, size);
        memmove(items + used, items + from, size * sizeof *items);
        start[i] = used;
        used += size;
    }
    start[n] = used;
    *out = (list_table){start, items};
    return true;
}

int list_compare(number_list a, number_list b)
{
    if (a.count != b.count)
        return a.count < b.count ? -1 : 1;
    for (size_t i = 0; i < a.count; i++)
        if (a.items[i] != b.items[i])
            return a.items[i] < b.items[i] ? -1 : 1;
    return 0;
}

/* The first place whose name is not below `name`. */
static size_t place_of(const name_set *s, const char *name)
{
    size_t low = 0, high = s->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (strcmp(s->items[middle], name) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

size_t name_set_find(const name_set *s, const char *name)
{
    size_t at = place_of(s, name);
    return at < s->count && strcmp(s->items[at], name) == 0 ? at : s->count;
}

bool name_set_add(arena *mem, name_set *s, const char *name)
{
    size_t at = place_of(s, name);
    if (at < s->count && strcmp(s->items[at], name) == 0)
        return true;
    if (s->count == s->capacity) {
        size_t capacity = s->capacity ? 2 * s->capacity : 16;
        const char **items = ARENA_ARRAY(mem, const char *, capacity);
        if (!items)
            return false;
        if (s->count)
            memcpy(items, s->items, s->count * sizeof *items);
        s->items = items;
        s->capacity = capacity;
    }
    memmove(s->items + at + 1, s->items + at, (s->count - at) * sizeof *s->items);
    s->items[at] = name;
    s->count++;
    return true;
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

void name_set_sort(name_set *s)
{
    size_t n = s->count > 0;
    if (s->count)
        qsort(s->items, s->count, sizeof *s->items, by_text);
    for (size_t i = 1; i < s->count; i++)
        if (strcmp(s->items[i], s->items[n - 1]) != 0)
            s->items[n++] = s->items[i];
    s->count = n;
}
