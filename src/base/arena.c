/* A bump allocator in growing blocks, with a byte limit. */
#include "chamthi/arena.h"

#include <malloc.h>
#include <stdalign.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct block {
    struct block *next;
    size_t size, used;
    alignas(max_align_t) unsigned char bytes[];
} block;

struct arena {
    block *first, *now;
    size_t limit, used;
};

enum { BLOCK_MIN = 16 * 1024, BLOCK_MAX = 1024 * 1024, GIVEN_BACK = 64 * 1024 * 1024 };

arena *arena_new(size_t limit)
{
    arena *a = calloc(1, sizeof *a);
    if (a)
        a->limit = limit;
    return a;
}

static void free_blocks(block *b)
{
    while (b) {
        block *next = b->next;
        free(b);
        b = next;
    }
}

void arena_free(arena *a)
{
    if (!a)
        return;
    bool large = a->used > GIVEN_BACK;
    free_blocks(a->first);
    free(a);
    if (large) /* or the blocks stay with the process for good */
        malloc_trim(0);
}

/* Keeps the largest of the ordinary blocks, so that the next of many like jobs fits into it. */
void arena_reset(arena *a)
{
    block *kept = NULL, *next;
    for (block *b = a->first; b; b = next) {
        next = b->next;
        block *worse = b;
        if (b->size <= BLOCK_MAX && (!kept || b->size > kept->size)) {
            worse = kept;
            kept = b;
        }
        free(worse);
    }
    if (kept) {
        kept->next = NULL;
        kept->used = 0;
    }
    a->first = a->now = kept;
    a->used = 0;
}

static block *add_block(arena *a, size_t need)
{
    size_t size = a->now ? a->now->size * 2 : BLOCK_MIN;
    if (size > BLOCK_MAX)
        size = BLOCK_MAX;
    if (size < need)
        size = need;
    block *b = malloc(sizeof *b + size);
    if (!b)
        return NULL;
    b->next = NULL;
    b->size = size;
    b->used = 0;
    if (a->now)
        a->now->next = b;
    else
        a->first = b;
    a->now = b;
    return b;
}

/* Room for `size` bytes, whatever stands in them. */
static void *take(arena *a, size_t size)
{
    size_t step = alignof(max_align_t);
    if (size > SIZE_MAX / 2)
        return NULL;
    size_t need = (size + step - 1) / step * step;
    if (need == 0)
        need = step;
    if (need > a->limit - a->used)
        return NULL;
    block *b = a->now;
    if (!b || b->size - b->used < need)
        b = add_block(a, need);
    if (!b)
        return NULL;
    void *p = b->bytes + b->used;
    b->used += need;
    a->used += need;
    return p;
}

void *arena_alloc(arena *a, size_t size)
{
    void *p = take(a, size);
    return p ? memset(p, 0, size) : NULL;
}

void *arena_array(arena *a, size_t count, size_t size)
{
    if (size && count > SIZE_MAX / size)
        return NULL;
    return arena_alloc(a, count * size);
}

void *arena_grow(arena *a, void *items, size_t count, size_t *capacity, size_t size)
{
    if (count < *capacity)
        return items;
    size_t wanted = *capacity ? 2 * *capacity : 16;
    void *bigger = arena_array(a, wanted, size);
    if (!bigger)
        return NULL;
    if (count)
        memcpy(bigger, items, count * size);
    *capacity = wanted;
    return bigger;
}

char *arena_copy(arena *a, const char *bytes, size_t size)
{
    if (size == SIZE_MAX)
        return NULL;
    char *p = take(a, size + 1);
    if (!p)
        return NULL;
    if (size)
        memcpy(p, bytes, size);
    p[size] = '\0';
    return p;
}

char *arena_string(arena *a, const char *text)
{
    return text ? arena_copy(a, text, strlen(text)) : NULL;
}

char *arena_format(arena *a, const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int size = vsnprintf(NULL, 0, format, args);
    char *p = size < 0 ? NULL : arena_alloc(a, (size_t)size + 1);
    if (p)
        vsnprintf(p, (size_t)size + 1, format, again);
    va_end(again);
    va_end(args);
    return p;
}
