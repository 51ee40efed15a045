/* Memory with one lifetime: a job or request allocates from an arena and frees all of it at once.
 *
 * Nobody frees a single string. An arena has a byte limit, so hostile input ends in an error
 * sentence, not in a dead machine. Allocations are zeroed and aligned for any type. */
#ifndef CHAMTHI_ARENA_H
#define CHAMTHI_ARENA_H

#include "chamthi/fault.h"

#include <stdarg.h>
#include <stddef.h>

typedef struct arena arena;

/* Bytes that are not owned: UTF-8 text or raw data, not necessarily NUL-terminated. */
typedef struct {
    const char *bytes;
    size_t size;
} slice;

/* NULL when the system has no memory. `limit` in bytes; allocations beyond it return NULL. */
arena *arena_new(size_t limit);
void arena_free(arena *a);  /* NULL is fine */
void arena_reset(arena *a); /* forgets every allocation, keeps a block for reuse */

/* NULL when the limit or the system's memory is exhausted: return fault_memory(f) then. */
void *arena_alloc(arena *a, size_t size);
void *arena_array(arena *a, size_t count, size_t size); /* checks the multiplication */
/* Room for one more item in a growing array: `items` itself, or a copy twice as long, when `count` has
 * reached *capacity. NULL like arena_alloc, and then nothing changed. */
void *arena_grow(arena *a, void *items, size_t count, size_t *capacity, size_t size);
char *arena_copy(arena *a, const char *bytes, size_t size); /* adds a NUL */
char *arena_string(arena *a, const char *text);             /* NULL in, NULL out */
char *arena_format(arena *a, const char *format, ...) __attribute__((format(printf, 2, 3)));

#define ARENA_NEW(a, type) ((type *)arena_alloc((a), sizeof(type)))
#define ARENA_ARRAY(a, type, count) ((type *)arena_array((a), (count), sizeof(type)))

#endif
