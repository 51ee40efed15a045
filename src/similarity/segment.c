/* Segments: made by the engine's first step, read by mapping. */
#include "segment.h"

#include <stdlib.h>
#include <string.h>

enum { VERSION = 1, DIRECTORY_MOST = 24, BYTE_ORDER_MARK = 0x01020304 };
static const char magic[16] = "chamthi-similar";

typedef struct {
    char magic[16];
    uint32_t byte_order, version, k, window;
    uint64_t fold;     /* checksum of the fold table */
    uint64_t checksum; /* of everything behind the header, then of the header with that */
    uint64_t texts, pieces, postings, size;
    uint32_t directory_bits;
    int32_t year;
} segment_head;

/* Four lanes, so that it runs as fast as memory. Against accidents, not against forgers. */
static uint64_t checksum(const void *bytes, size_t size)
{
    const unsigned char *p = bytes;
    uint64_t lane[4] = {1, 2, 3, 4}, word;
    size_t i = 0;
    for (; i + 32 <= size; i += 32)
        for (size_t n = 0; n < 4; n++) {
            memcpy(&word, p + i + 8 * n, 8);
            lane[n] = (lane[n] ^ word) * UINT64_C(0x9E3779B97F4A7C15);
            lane[n] ^= lane[n] >> 29;
        }
    uint64_t sum = size;
    for (; i < size; i++)
        sum = (sum ^ p[i]) * UINT64_C(0x100000001B3);
    for (size_t n = 0; n < 4; n++) {
        sum = (sum ^ lane[n]) * UINT64_C(0xD6E8FEB86659FD93);
        sum ^= sum >> 32;
    }
    return sum;
}

static uint64_t checksum_of(const segment_head *h)
{
    segment_head copy = *h;
    copy.checksum = checksum(h + 1, h->size - sizeof *h);
    return checksum(&copy, sizeof copy);
}

static uint64_t fold_checksum(const fold_table *t)
{
    size_t size;
    const void *bytes = fold_table_bytes(t, &size);
    return checksum(bytes, size);
}

/* ---- making ---- */

typedef struct {
    uint64_t *items; /* postings of all partitions, one behind the other */
    size_t count;
    size_t start[(1 << SEGMENT_PARTITION_BITS) + 1];
} sorted_postings;

static status sort_postings(engine *e, sorted_postings *out, fault *f)
{
    size_t partitions = (size_t)1 << SEGMENT_PARTITION_BITS, largest = 0;
    for (size_t p = 0; p < partitions; p++) {
        size_t count = bin_size(e->postings, e->threads, p);
        out->start[p] = out->count;
        out->count += count;
        largest = count > largest ? count : largest;
    }
    out->start[partitions] = out->count;
    out->items = malloc((out->count + 1) * sizeof *out->items);
    uint64_t *spare = malloc((largest + 1) * sizeof *spare);
    if (!out->items || !spare) {
        free(spare);
        return fault_memory(f);
    }
    for (size_t p = 0; p < partitions; p++) {
        uint64_t *items = out->items + out->start[p];
        bin_take(e->postings, e->threads, p, items);
        radix_sort(items, spare, out->start[p + 1] - out->start[p], PIECE_BITS + POSITION_BITS,
                   HASH_BITS);
    }
    free(spare);
    return OK;
}

static size_t slot_of(unsigned bits, size_t partition, uint64_t hash)
{
    return partition << (bits - SEGMENT_PARTITION_BITS) |
           (size_t)(hash >> (HASH_BITS + SEGMENT_PARTITION_BITS - bits));
}

static status put_directory(const sorted_postings *s, unsigned bits, buffer *out, fault *f)
{
    size_t slots = (size_t)1 << bits;
    uint32_t *directory = calloc(slots + 2, sizeof *directory); /* an even number of them */
    if (!directory)
        return fault_memory(f);
    for (size_t p = 0; p < (size_t)1 << SEGMENT_PARTITION_BITS; p++)
        for (size_t i = s->start[p]; i < s->start[p + 1]; i++)
            directory[slot_of(bits, p, s->items[i] >> (PIECE_BITS + POSITION_BITS)) + 1]++;
    for (size_t i = 0; i < slots; i++)
        directory[i + 1] += directory[i];
    buffer_put(out, directory, (slots + 2) * sizeof *directory);
    free(directory);
    return OK;
}

/* Arrays of 32-bit numbers have an even length, so that what follows is aligned. */
static size_t even(size_t count)
{
    return count + (count & 1);
}

static void put_texts(const engine *e, const segment_name *names, buffer *out)
{
    for (size_t i = 0; i <= e->count; i++) {
        segment_text one = {.first_piece = e->facts[i].first_piece};
        if (i < e->count)
            one.name = names[i];
        buffer_put(out, &one, sizeof one);
    }
    for (size_t i = 0; i < even(e->piece_count); i++)
        buffer_put(out, &e->pieces[i].text, sizeof e->pieces[i].text);
}

static status put_segment(engine *e, const segment_name *names, buffer *out, fault *f)
{
    sorted_postings sorted = {0};
    status st = sort_postings(e, &sorted, f);
    if (st == OK && sorted.count > UINT32_MAX)
        st = FAIL(f, E_LIMIT, "một năm có quá nhiều văn bản để lập chỉ mục",
                  "a year has too much text to be indexed");
    if (st == OK) {
        size_t start = out->size;
        segment_head head = {.byte_order = BYTE_ORDER_MARK,
                             .version = VERSION,
                             .k = e->k,
                             .window = e->window,
                             .fold = fold_checksum(e->fold),
                             .texts = e->count,
                             .pieces = e->piece_count,
                             .postings = sorted.count,
                             .directory_bits = SEGMENT_PARTITION_BITS,
                             .year = e->count ? e->texts[0].year : 0};
        memcpy(head.magic, magic, sizeof magic);
        while (head.directory_bits < DIRECTORY_MOST && sorted.count >> head.directory_bits > 4)
            head.directory_bits++;
        buffer_put(out, &head, sizeof head);
        put_texts(e, names, out);
        st = put_directory(&sorted, head.directory_bits, out, f);
        buffer_put(out, sorted.items, sorted.count * sizeof *sorted.items);
        if (st == OK)
            st = buffer_check(out, f);
        if (st == OK) {
            head.size = out->size - start;
            memcpy(out->bytes + start, &head, sizeof head);
            head.checksum = checksum_of((const void *)(out->bytes + start));
            memcpy(out->bytes + start, &head, sizeof head);
        }
    }
    free(sorted.items);
    return st;
}

status segment_build(const reading *r, const engine_text *texts, const segment_name *names,
                     size_t count, buffer *out, fault *f)
{
    engine e = {.texts = texts,
                .count = count,
                .threads = r->threads,
                .k = r->k,
                .window = r->window,
                .partition_bits = SEGMENT_PARTITION_BITS,
                .fold = r->fold};
    e.facts = calloc(count + 1, sizeof *e.facts);
    status st = e.facts ? engine_fingerprint(&e, f) : fault_memory(f);
    if (st == OK)
        st = put_segment(&e, names, out, f);
    engine_free(&e);
    return st;
}

/* ---- reading ---- */

static bool fits(const reading *r, const segment_head *h, size_t size)
{
    if (size < sizeof *h || memcmp(h->magic, magic, sizeof magic) != 0 ||
        h->byte_order != BYTE_ORDER_MARK || h->version != VERSION || h->k != r->k ||
        h->window != r->window || h->size > size || h->size < sizeof *h ||
        h->directory_bits < SEGMENT_PARTITION_BITS || h->directory_bits > DIRECTORY_MOST ||
        h->texts > UINT32_MAX || h->pieces > 1u << PIECE_BITS || h->postings > UINT32_MAX)
        return false;
    uint64_t wanted = sizeof *h + (h->texts + 1) * sizeof(segment_text) +
                      even(h->pieces) * sizeof(uint32_t) +
                      ((UINT64_C(1) << h->directory_bits) + 2) * sizeof(uint32_t) +
                      h->postings * sizeof(uint64_t);
    return h->size == wanted && h->fold == fold_checksum(r->fold) && h->checksum == checksum_of(h);
}

size_t segment_read(const reading *r, const void *bytes, size_t size, segment *out)
{
    const segment_head *h = bytes;
    if (!fits(r, h, size))
        return 0;
    const segment_text *texts = (const void *)(h + 1);
    const uint32_t *pieces = (const void *)(texts + h->texts + 1);
    const uint32_t *directory = pieces + even(h->pieces);
    *out = (segment){.year = h->year,
                     .text_count = h->texts,
                     .piece_count = h->pieces,
                     .texts = texts,
                     .pieces = pieces,
                     .directory_bits = h->directory_bits,
                     .directory = directory,
                     .postings = (const void *)(directory + (1u << h->directory_bits) + 2)};
    return h->size;
}

static uint64_t hash_of(uint64_t posting)
{
    return posting >> (PIECE_BITS + POSITION_BITS);
}

static posting_range find_in_slot(const uint64_t *low, const uint64_t *end, uint64_t hash)
{
    enum { FEW = 16 }; /* a slot holds about four; one with a frequent k-gram very many */
    const uint64_t *high = end;
    while (high - low > FEW) {
        const uint64_t *middle = low + (high - low) / 2;
        if (hash_of(*middle) < hash)
            low = middle + 1;
        else
            high = middle;
    }
    while (low < high && hash_of(*low) < hash)
        low++;
    posting_range out = {low, low};
    while (out.to < end && hash_of(*out.to) == hash && out.to - low < FEW)
        out.to++;
    for (high = end; out.to - low >= FEW && out.to < high;) {
        const uint64_t *middle = out.to + (high - out.to) / 2;
        if (hash_of(*middle) == hash)
            out.to = middle + 1;
        else
            high = middle;
    }
    return out;
}

/* Each look-up waits for memory twice; asked for beforehand, all wait at once. */
void segment_find(const segment *s, const fingerprint *grams, size_t count, posting_range *out,
                  size_t stride)
{
    for (int pass = 0; pass < 3; pass++)
        for (size_t i = 0; i < count; i++) {
            uint64_t hash = hash_of(grams[i].posting);
            const uint32_t *slot =
                s->directory + slot_of(s->directory_bits, grams[i].partition, hash);
            if (pass == 0)
                __builtin_prefetch(slot);
            else if (pass == 1)
                __builtin_prefetch(s->postings + slot[0]);
            else
                out[i * stride] = find_in_slot(s->postings + slot[0], s->postings + slot[1], hash);
        }
}
