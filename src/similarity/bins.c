/* Binned numbers and the radix sort. */
#include "bins.h"

#include <stdlib.h>
#include <string.h>

enum { CHUNK = 511, DIGIT = 10 };

struct bin_chunk {
    bin_chunk *next;
    size_t used;
    uint64_t items[CHUNK];
};

bool bin_writer_start(bin_writer *w, size_t bins)
{
    *w = (bin_writer){calloc(bins, sizeof(bin_chunk *)), calloc(bins, sizeof(bin_chunk *)), bins};
    return w->first && w->last;
}

static void free_chunks(bin_chunk *c)
{
    while (c) {
        bin_chunk *next = c->next;
        free(c);
        c = next;
    }
}

void bin_writer_free(bin_writer *w)
{
    for (size_t i = 0; w->first && i < w->bins; i++)
        free_chunks(w->first[i]);
    free(w->first);
    free(w->last);
    *w = (bin_writer){0};
}

static bool add_chunk(bin_writer *w, size_t bin)
{
    bin_chunk *c = malloc(sizeof *c);
    if (!c)
        return false;
    c->next = NULL;
    c->used = 0;
    if (w->last[bin])
        w->last[bin]->next = c;
    else
        w->first[bin] = c;
    w->last[bin] = c;
    return true;
}

bool bin_put(bin_writer *w, size_t bin, uint64_t value)
{
    bin_chunk *c = w->last[bin];
    if (!c || c->used == CHUNK) {
        if (!add_chunk(w, bin))
            return false;
        c = w->last[bin];
    }
    c->items[c->used++] = value;
    return true;
}

size_t bin_size(const bin_writer *writers, size_t count, size_t bin)
{
    size_t size = 0;
    for (size_t i = 0; i < count; i++)
        for (const bin_chunk *c = writers[i].first[bin]; c; c = c->next)
            size += c->used;
    return size;
}

void bin_take(bin_writer *writers, size_t count, size_t bin, uint64_t *out)
{
    for (size_t i = 0; i < count; i++) {
        for (const bin_chunk *c = writers[i].first[bin]; c; c = c->next) {
            memcpy(out, c->items, c->used * sizeof *out);
            out += c->used;
        }
        free_chunks(writers[i].first[bin]);
        writers[i].first[bin] = writers[i].last[bin] = NULL;
    }
}

/* One stable pass; false, and nothing moved, when all numbers have the same digit. */
static bool radix_pass(const uint64_t *from, uint64_t *to, size_t count, unsigned low,
                       unsigned width)
{
    size_t place[1 << DIGIT] = {0}, mask = ((size_t)1 << width) - 1, at = 0;
    for (size_t i = 0; i < count; i++)
        place[from[i] >> low & mask]++;
    if (place[from[0] >> low & mask] == count)
        return false;
    for (size_t i = 0; i <= mask; i++) {
        size_t size = place[i];
        place[i] = at;
        at += size;
    }
    for (size_t i = 0; i < count; i++)
        to[place[from[i] >> low & mask]++] = from[i];
    return true;
}

void radix_sort(uint64_t *items, uint64_t *spare, size_t count, unsigned low, unsigned width)
{
    uint64_t *from = items, *to = spare;
    while (width && count > 1) {
        unsigned digit = width < DIGIT ? width : DIGIT;
        if (radix_pass(from, to, count, low, digit)) {
            uint64_t *other = from;
            from = to;
            to = other;
        }
        low += digit;
        width -= digit;
    }
    if (from != items)
        memcpy(items, from, count * sizeof *items);
}

bool number_put(number_list *l, uint64_t value)
{
    if (l->count == l->capacity) {
        size_t capacity = l->capacity ? l->capacity * 2 : 64;
        uint64_t *items = realloc(l->items, capacity * sizeof *items);
        if (!items)
            return false;
        l->items = items;
        l->capacity = capacity;
    }
    l->items[l->count++] = value;
    return true;
}
