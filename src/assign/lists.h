/* Many short lists of numbers in two arrays, and small sorted sets of names. */
#ifndef ASSIGN_LISTS_H
#define ASSIGN_LISTS_H

#include "chamthi/arena.h"

#include <stdbool.h>
#include <stdint.h>

typedef struct {
    uint32_t a, b;
} link;

typedef struct {
    const uint32_t *start, *items; /* list i: items[start[i]] … items[start[i + 1] - 1] */
} list_table;

typedef struct {
    const uint32_t *items;
    size_t count;
} number_list;

static inline number_list list_at(list_table t, size_t i)
{
    return (number_list){t.items + t.start[i], t.start[i + 1] - t.start[i]};
}

/* For each of `n` left ends the sorted right ends, each once. False: memory. */
bool lists_make(arena *mem, const link *links, size_t count, size_t n, list_table *out);
int list_compare(number_list a, number_list b);

typedef struct {
    const char **items;
    size_t count, capacity;
} name_set;

/* Adds a name at its place; false when memory is out. Meant for few different names. */
bool name_set_add(arena *mem, name_set *s, const char *name);
/* For many names: put them into `items` in any order, repeats too, then this. */
void name_set_sort(name_set *s);
/* Index of `name`, or s->count. */
size_t name_set_find(const name_set *s, const char *name);

#endif
