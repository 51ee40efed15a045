/* A segment of the index: the fingerprints of one year's texts as one immutable run of bytes, that is
 * mapped as it is. What does not fit (another version, other parameters, another fold table, another
 * machine's byte order, a byte changed, cut short) is refused; the texts are the truth and a segment can
 * be made again at any time. */
#ifndef SIMILARITY_SEGMENT_H
#define SIMILARITY_SEGMENT_H

#include "internal.h"

#include "chamthi/buffer.h"

enum { IDENTITY_SIZE = 16, SEGMENT_PARTITION_BITS = 11 };

/* Whose text it is, and what tells its present text from an earlier one. */
typedef struct {
    int64_t id;
    unsigned char identity[IDENTITY_SIZE];
} segment_name;

typedef struct {
    segment_name name;
    uint64_t first_piece;
} segment_text;

typedef struct {
    int year;
    size_t text_count, piece_count;
    const segment_text *texts; /* one more than text_count, for first_piece */
    const uint32_t *pieces;    /* the text of each */
    unsigned directory_bits;
    const uint32_t *directory; /* by the first bits of the k-gram: where its postings begin */
    const uint64_t
        *postings; /* hash | piece | position, in the order of whole k-grams, then texts */
    uint8_t *dead; /* one a text; not part of the bytes */
} segment;

/* Appends the segment of texts of one year. E_LIMIT as engine_compare. */
status segment_build(const reading *r, const engine_text *texts, const segment_name *names,
                     size_t count, buffer *out, fault *f);

/* Reads the segment at the beginning of the bytes, which must be aligned to 8 and stay where they are;
 * returns how many are its own, 0: refused. `dead` is not allocated. */
size_t segment_read(const reading *r, const void *bytes, size_t size, segment *out);

/* A k-gram to be looked up: its partition, and a posting with its hash. */
typedef struct {
    size_t partition;
    uint64_t posting;
} fingerprint;

typedef struct {
    const uint64_t *from, *to; /* to: one behind the last */
} posting_range;

/* The postings of each k-gram, into out[0], out[stride], out[2 * stride] … */
void segment_find(const segment *s, const fingerprint *grams, size_t count, posting_range *out,
                  size_t stride);

#endif
