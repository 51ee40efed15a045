/* Step 3: postings become pairs of pieces; pairs with two rare fingerprints on one diagonal are
 * aligned. In rounds of buckets, so that very many pairs never stand in memory at once; and each piece
 * with the ENGINE_PARTNERS others that share most, so that very many likenesses cost no more than time. */
#include "internal.h"

#include <stdlib.h>

enum {
    ROUND_PAIRS = 32 * 1024 * 1024,
    HITS_ENOUGH = 8,     /* a pair with that many is aligned wherever they lie */
    DIAGONAL_SLACK = 2,  /* in eighths of positions */
    DIAGONAL_REACH = 10, /* likewise */
    PLACE_BITS = 2 * EIGHTH_BITS
};

static size_t piece_of(uint64_t posting)
{
    return (size_t)(posting >> POSITION_BITS) & ((1u << PIECE_BITS) - 1);
}

static uint64_t eighth_of(uint64_t posting)
{
    return (posting & (PIECE_TOKENS - 1)) >> (POSITION_BITS - EIGHTH_BITS);
}

uint64_t posting_pair(uint64_t owner_piece, uint64_t owner, uint64_t other_piece, uint64_t other)
{
    return owner_piece << (PIECE_BITS + PLACE_BITS) | other_piece << PLACE_BITS |
           eighth_of(owner) << EIGHTH_BITS | eighth_of(other);
}

static bool current(const engine *e, uint64_t posting)
{
    return e->facts[e->pieces[piece_of(posting)].text].current;
}

/* A pair is kept with its owner: the later text, or the current one when the later is not. So each text has
 * its own list of those it may have taken from, which can be cut without hiding a source from others. */
static bool put_pair(engine *e, bin_writer *to, uint64_t owner, uint64_t other)
{
    size_t bucket = piece_of(owner) >> e->bucket_shift;
    if (bucket < e->round_first || bucket >= e->round_last)
        return true;
    return bin_put(to, bucket - e->round_first,
                   posting_pair(piece_of(owner), owner, piece_of(other), other));
}

/* All pairs of a rare run. */
static bool pair_all(engine *e, bin_writer *to, const uint64_t *run, size_t count)
{
    bool good = true;
    for (size_t i = 0; i < count && good; i++) {
        size_t bucket = piece_of(run[i]) >> e->bucket_shift;
        if (bucket < e->round_first || bucket >= e->round_last || !current(e, run[i]))
            continue;
        for (size_t j = 0; j < count && good; j++)
            if (j < i || (j > i && !current(e, run[j])))
                good = put_pair(e, to, run[i], run[j]);
    }
    return good;
}

static bool mostly_frequent(const engine *e, uint64_t posting)
{
    const piece *p = &e->pieces[piece_of(posting)];
    return 2u * atomic_load_explicit(&p->frequent, memory_order_relaxed) > p->fingerprints;
}

/* A frequent run says nothing, except about texts that consist mostly of frequent k-grams: these are
 * copies of one mass text, and each is compared with the first of them and the first current one. */
static bool pair_with_first(engine *e, bin_writer *to, const uint64_t *run, size_t count)
{
    bool good = true;
    const uint64_t *first = NULL, *first_current = NULL;
    for (size_t i = 0; i < count && good; i++) {
        if (!mostly_frequent(e, run[i]))
            continue;
        bool own = current(e, run[i]);
        if (own && first)
            good = put_pair(e, to, run[i], *first);
        if (own && first_current && first_current != first)
            good &= put_pair(e, to, run[i], *first_current);
        if (!own && first_current)
            good = put_pair(e, to, *first_current, run[i]);
        first = first ? first : &run[i];
        if (!first_current && own)
            first_current = &run[i];
    }
    return good;
}

static status emit_partition(void *state, unsigned thread, size_t partition, fault *f)
{
    engine *e = state;
    const number_list *runs = &e->runs[partition];
    bin_writer *to = &e->pairs[thread];
    bool good = true;
    for (size_t i = 0; i < runs->count && good;) {
        size_t count = (size_t)(runs->items[i] >> 1);
        bool frequent = runs->items[i++] & RUN_FREQUENT;
        good = frequent ? pair_with_first(e, to, runs->items + i, count)
                        : pair_all(e, to, runs->items + i, count);
        i += count;
    }
    return good ? OK : fault_memory(f);
}

/* Two hits near each other on one diagonal, or very many hits. */
static bool is_candidate(const uint64_t *hits, size_t count)
{
    if (count >= HITS_ENOUGH)
        return true;
    enum { MASK = (1 << EIGHTH_BITS) - 1 };
    for (size_t i = 0; i < count; i++)
        for (size_t j = i + 1; j < count; j++) {
            int64_t a = (int64_t)(hits[i] >> EIGHTH_BITS & MASK) -
                        (int64_t)(hits[j] >> EIGHTH_BITS & MASK),
                    b = (int64_t)(hits[i] & MASK) - (int64_t)(hits[j] & MASK);
            if (llabs(a) <= DIAGONAL_REACH && llabs(a - b) <= DIAGONAL_SLACK)
                return true;
        }
    return false;
}

size_t pair_owner(uint64_t pair)
{
    return (size_t)(pair >> (PLACE_BITS + PIECE_BITS));
}

static int by_number(const void *x, const void *y)
{
    uint64_t a = *(const uint64_t *)x, b = *(const uint64_t *)y;
    return (a > b) - (a < b);
}

/* The candidates among the pairs of one owner: UINT32_MAX - hits | other piece. */
static bool choose(const uint64_t *pairs, size_t count, number_list *out)
{
    out->count = 0;
    for (size_t i = 0, end; i < count; i = end) {
        uint64_t both = pairs[i] >> PLACE_BITS;
        for (end = i + 1; end < count && pairs[end] >> PLACE_BITS == both;)
            end++;
        uint64_t hits = end - i;
        if (is_candidate(pairs + i, end - i) &&
            !number_put(out, (UINT32_MAX - hits) << 32 | (both & ((1u << PIECE_BITS) - 1))))
            return false;
    }
    return true;
}

status choose_partners(const uint64_t *pairs, size_t count, number_list *out, size_t *left,
                       fault *f)
{
    *left = 0;
    if (!choose(pairs, count, out))
        return fault_memory(f);
    if (out->count > ENGINE_PARTNERS) { /* those that share most; of equal ones the first */
        qsort(out->items, out->count, sizeof *out->items, by_number);
        *left = out->count - ENGINE_PARTNERS;
        out->count = ENGINE_PARTNERS;
    }
    return OK;
}

static status align_owner(engine *e, aligner *al, const uint64_t *pairs, size_t count,
                          number_list *chosen, size_t bucket, fault *f)
{
    size_t owner = pair_owner(pairs[0]), left;
    TRY(choose_partners(pairs, count, chosen, &left, f));
    if (left && !number_put(&e->crowded[bucket], (uint64_t)owner << 32 | left))
        return fault_memory(f);
    for (size_t i = 0; i < chosen->count; i++)
        TRY(aligner_run(al, e, owner, (size_t)(uint32_t)chosen->items[i], &e->found[bucket], f));
    return OK;
}

static status align_pairs(engine *e, aligner *al, const uint64_t *pairs, size_t count,
                          size_t bucket, fault *f)
{
    number_list chosen = {0};
    status st = OK;
    for (size_t i = 0, end; i < count && st == OK; i = end) {
        for (end = i + 1; end < count && pair_owner(pairs[end]) == pair_owner(pairs[i]);)
            end++;
        st = align_owner(e, al, pairs + i, end - i, &chosen, bucket, f);
    }
    free(chosen.items);
    return st;
}

static status align_bucket(void *state, unsigned thread, size_t item, fault *f)
{
    engine *e = state;
    size_t count = bin_size(e->pairs, e->threads, item);
    if (!count)
        return OK;
    if (!e->aligners[thread])
        e->aligners[thread] = aligner_new(e->fold);
    uint64_t *pairs = malloc(2 * count * sizeof *pairs);
    status st = pairs && e->aligners[thread] ? OK : fault_memory(f);
    if (st == OK) {
        bin_take(e->pairs, e->threads, item, pairs);
        radix_sort(pairs, pairs + count, count, PLACE_BITS, PIECE_BITS + e->bucket_shift);
        st = align_pairs(e, e->aligners[thread], pairs, count, e->round_first + item, f);
    }
    free(pairs);
    return st;
}

static status run_round(engine *e, fault *f)
{
    status st = OK;
    size_t buckets = e->round_last - e->round_first;
    for (unsigned i = 0; i < e->threads && st == OK; i++)
        if (!bin_writer_start(&e->pairs[i], buckets))
            st = fault_memory(f);
    if (st == OK)
        st = parallel_run(e->threads, (size_t)1 << e->partition_bits, emit_partition, e, f);
    if (st == OK)
        st = parallel_run(e->threads, buckets, align_bucket, e, f);
    for (unsigned i = 0; i < e->threads; i++)
        bin_writer_free(&e->pairs[i]);
    return st;
}

status engine_align(engine *e, fault *f)
{
    e->found = calloc(e->bucket_count, sizeof *e->found);
    e->crowded = calloc(e->bucket_count, sizeof *e->crowded);
    e->pairs = calloc(e->threads, sizeof *e->pairs);
    e->aligners = calloc(e->threads, sizeof(aligner *));
    status st = e->found && e->crowded && e->pairs && e->aligners ? OK : fault_memory(f);
    while (st == OK && e->round_first < e->bucket_count) {
        uint64_t pairs = 0;
        e->round_last = e->round_first;
        do
            pairs += e->bucket_pairs[e->round_last++];
        while (e->round_last < e->bucket_count &&
               pairs + e->bucket_pairs[e->round_last] <= ROUND_PAIRS);
        if (pairs)
            st = run_round(e, f);
        e->round_first = e->round_last;
    }
    for (unsigned i = 0; e->aligners && i < e->threads; i++)
        aligner_free(e->aligners[i]);
    free(e->aligners);
    free(e->pairs);
    return st;
}
