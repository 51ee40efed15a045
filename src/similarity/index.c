/* Step 2b: postings sorted partition by partition; what only one text has is forgotten at once, what
 * very many have is set aside to be masked, the rest stays as runs for the candidates. */
#include "internal.h"

#include <stdlib.h>
#include <string.h>

typedef struct {
    engine *e;
    size_t partition;
    uint64_t *kept; /* the postings of the run, first of each text, first texts only */
    size_t count;
    uint32_t *per_year;
} run;

static size_t piece_of(uint64_t posting)
{
    return (size_t)(posting >> POSITION_BITS) & ((1u << PIECE_BITS) - 1);
}

static uint32_t text_of(const run *r, size_t i)
{
    return r->e->pieces[piece_of(r->kept[i])].text;
}

/* More than ENGINE_FREQUENT texts of one year, or very many of all years together. */
static bool is_frequent(run *r)
{
    if (r->count <= ENGINE_FREQUENT)
        return false;
    if (r->count > 8 * ENGINE_FREQUENT)
        return true;
    bool frequent = false;
    memset(r->per_year, 0, r->e->year_count * sizeof *r->per_year);
    for (size_t i = 0; i < r->count; i++)
        frequent |= ++r->per_year[r->e->facts[text_of(r, i)].year] > ENGINE_FREQUENT;
    return frequent;
}

/* Keeps the first posting of each text that stands for its group; false: nothing to compare. */
static bool keep_texts(run *r, const uint64_t *from, size_t count)
{
    const engine *e = r->e;
    bool current = false;
    r->count = 0;
    for (size_t i = 0; i < count; i++) {
        uint32_t text = e->pieces[piece_of(from[i])].text;
        if (e->facts[text].same != text || (r->count && text_of(r, r->count - 1) == text))
            continue;
        r->kept[r->count++] = from[i];
        current |= e->facts[text].current;
    }
    return r->count > 1 && current;
}

static void count_pairs(run *r, bool frequent)
{
    engine *e = r->e;
    size_t earlier = 0; /* texts that are not current, though they come later in the list */
    for (size_t i = r->count; i-- > 0;) {
        bool own = e->facts[text_of(r, i)].current;
        size_t bucket = piece_of(r->kept[i]) >> e->bucket_shift, pairs = earlier;
        pairs += frequent ? 2 : i; /* an upper bound of what candidate.c emits */
        if (own)
            atomic_fetch_add_explicit(&e->bucket_pairs[bucket], pairs, memory_order_relaxed);
        earlier += !own;
    }
}

/* Every posting of a frequent k-gram counts towards its piece being mostly frequent. */
static bool note_frequent(run *r)
{
    engine *e = r->e;
    for (size_t i = 0; i < r->count; i++)
        atomic_fetch_add_explicit(&e->pieces[piece_of(r->kept[i])].frequent, 1,
                                  memory_order_relaxed);
    uint64_t hash = r->kept[0] >> (PIECE_BITS + POSITION_BITS);
    uint64_t place = r->kept[0] & ((UINT64_C(1) << (PIECE_BITS + POSITION_BITS)) - 1);
    uint64_t texts = r->count < (1u << HASH_BITS) ? r->count : (1u << HASH_BITS) - 1;
    return number_put(&e->frequents[r->partition], (uint64_t)r->partition << HASH_BITS | hash) &&
           number_put(&e->mass[r->partition], place << HASH_BITS | texts);
}

static bool put_run(run *r, const uint64_t *from, size_t count)
{
    if (count < 2 || !keep_texts(r, from, count))
        return true;
    number_list *to = &r->e->runs[r->partition];
    bool frequent = is_frequent(r);
    if (frequent && !note_frequent(r))
        return false;
    count_pairs(r, frequent);
    bool good = number_put(to, (uint64_t)r->count << 1 | (frequent ? RUN_FREQUENT : 0));
    for (size_t i = 0; i < r->count && good; i++)
        good = number_put(to, r->kept[i]);
    return good;
}

static bool put_runs(run *r, const uint64_t *items, size_t count)
{
    bool good = true;
    for (size_t i = 0, end; i < count && good; i = end) {
        uint64_t hash = items[i] >> (PIECE_BITS + POSITION_BITS);
        for (end = i + 1; end < count && items[end] >> (PIECE_BITS + POSITION_BITS) == hash;)
            end++;
        good = put_run(r, items + i, end - i);
    }
    return good;
}

static status index_partition(void *state, unsigned thread, size_t partition, fault *f)
{
    engine *e = state;
    (void)thread;
    size_t count = bin_size(e->postings, e->threads, partition);
    uint64_t *items = malloc((2 * count + 1) * sizeof *items);
    run r = {.e = e, .partition = partition};
    r.per_year = malloc((e->year_count + 1) * sizeof *r.per_year);
    bool good = items && r.per_year;
    if (good) {
        bin_take(e->postings, e->threads, partition, items);
        radix_sort(items, items + count, count, PIECE_BITS + POSITION_BITS, HASH_BITS);
        r.kept = items + count;
        good = put_runs(&r, items, count);
    }
    free(items);
    free(r.per_year);
    return good ? OK : fault_memory(f);
}

status engine_index(engine *e, fault *f)
{
    size_t partitions = (size_t)1 << e->partition_bits;
    while (e->piece_count >> e->bucket_shift > 2048)
        e->bucket_shift++;
    e->bucket_count = (e->piece_count >> e->bucket_shift) + 1;
    e->bucket_pairs = calloc(e->bucket_count, sizeof *e->bucket_pairs);
    e->runs = calloc(partitions, sizeof *e->runs);
    e->frequents = calloc(partitions, sizeof *e->frequents);
    e->mass = calloc(partitions, sizeof *e->mass);
    if (!e->bucket_pairs || !e->runs || !e->frequents || !e->mass)
        return fault_memory(f);
    TRY(parallel_run(e->threads, partitions, index_partition, e, f));
    for (size_t p = 0; p < partitions; p++)
        for (size_t i = 0; i < e->frequents[p].count; i++)
            if (!gram_set_add(&e->masks, e->frequents[p].items[i], MASK_FREQUENT))
                return fault_memory(f);
    TRY(mask_library(e, f));
    e->with_mask = e->masks.count > 0;
    return OK;
}
