/* Very many 64-bit numbers, thrown into bins by several writers and taken out bin by bin, and the
 * sort that fits a bin into the cache. Taken out in writer order, then in order of putting. */
#ifndef SIMILARITY_BINS_H
#define SIMILARITY_BINS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct bin_chunk bin_chunk;
typedef struct {
    bin_chunk **first, **last;
    size_t bins;
} bin_writer;

bool bin_writer_start(bin_writer *w, size_t bins);
void bin_writer_free(bin_writer *w);
bool bin_put(bin_writer *w, size_t bin, uint64_t value); /* false: no memory */
size_t bin_size(const bin_writer *writers, size_t count, size_t bin);
/* Copies the bin of all writers to `out` and frees it there. */
void bin_take(bin_writer *writers, size_t count, size_t bin, uint64_t *out);

/* Sorts by bits low .. low+width-1, keeping the order of equal ones. `spare` has room for count;
 * afterwards the sorted numbers are in `items`. */
void radix_sort(uint64_t *items, uint64_t *spare, size_t count, unsigned low, unsigned width);

/* A growing list. */
typedef struct {
    uint64_t *items;
    size_t count, capacity;
} number_list;
bool number_put(number_list *l, uint64_t value);

#endif
