/* Step 1: every text into pieces, tokens, k-grams, and by winnowing into postings. */
#include "internal.h"

#include <stdlib.h>

/* Winnowing takes the smallest of each window by the low bits, so that the high bits, which say
 * which k-gram it is, stay evenly spread over the partitions. */
enum { ORDER_BITS = 24 };
#define GRAM_BASE 0x9E3779B97F4A7C15u

static uint64_t finish(uint64_t h)
{
    h ^= h >> 32;
    h *= 0xD6E8FEB86659FD93u;
    h ^= h >> 32;
    h *= 0xD6E8FEB86659FD93u;
    return h ^ h >> 32;
}

size_t gram_hashes(const uint32_t *tokens, size_t count, unsigned k, uint64_t *out)
{
    if (count < k)
        return 0;
    uint64_t h = 0, gone = 1;
    for (unsigned i = 0; i + 1 < k; i++) {
        h = h * GRAM_BASE + tokens[i] + 1;
        gone *= GRAM_BASE;
    }
    for (size_t i = 0; i + k <= count; i++) {
        h = h * GRAM_BASE + tokens[i + k - 1] + 1;
        out[i] = finish(h);
        h -= (tokens[i] + UINT64_C(1)) * gone;
    }
    return count - k + 1;
}

typedef struct {
    engine *e;
    bin_writer *to;
    tokenizer *reader;
    uint64_t *grams;
    size_t piece;
    unsigned fingerprints;
} winnower;

static bool put_fingerprint(winnower *w, size_t position)
{
    uint64_t h = w->grams[position];
    size_t partition = w->e->partition_bits ? (size_t)(h >> (64 - w->e->partition_bits)) : 0;
    uint64_t hash = h << w->e->partition_bits >> (64 - HASH_BITS);
    w->fingerprints++;
    return bin_put(w->to, partition,
                   hash << (PIECE_BITS + POSITION_BITS) | (uint64_t)w->piece << POSITION_BITS |
                       position);
}

static uint64_t order(uint64_t hash)
{
    return hash & ((1u << ORDER_BITS) - 1);
}

static bool winnow(winnower *w, size_t count)
{
    const uint64_t *g = w->grams;
    size_t window = w->e->window, least = 0;
    bool good = true, put = false;
    for (size_t i = 0; i < count && good; i++) {
        bool moved = i == 0 || order(g[i]) <= order(g[least]);
        if (moved) {
            least = i;
        } else if (i - least >= window) {
            least = i - window + 1;
            for (size_t j = least + 1; j <= i; j++)
                if (order(g[j]) <= order(g[least]))
                    least = j;
            moved = true;
        }
        put |= moved;
        if (put && (i + 1 >= window || i + 1 == count)) {
            good = put_fingerprint(w, least);
            put = false;
        }
    }
    return good;
}

static status read_piece(winnower *w, token_list *tokens, size_t *at, fault *f)
{
    engine *e = w->e;
    piece *p = &e->pieces[w->piece];
    tokens->count = 0;
    p->start = (uint32_t)*at;
    token_read(w->reader, e->texts[p->text].display, at, tokens);
    p->tokens = (uint16_t)tokens->count;
    text_facts *facts = &e->facts[p->text];
    for (size_t i = 0; i < tokens->count; i++) {
        facts->hash[0] = (facts->hash[0] ^ tokens->hashes[i]) * 0x9E3779B97F4A7C15u;
        facts->hash[0] ^= facts->hash[0] >> 31;
        facts->hash[1] = (facts->hash[1] + tokens->hashes[i]) * 0xD6E8FEB86659FD93u;
        facts->hash[1] ^= facts->hash[1] >> 33;
    }
    facts->tokens += (uint32_t)tokens->count;
    if (e->texts[p->text].role == ENGINE_LIBRARY)
        return OK;
    w->fingerprints = 0;
    if (!winnow(w, gram_hashes(tokens->hashes, tokens->count, e->k, w->grams)))
        return fault_memory(f);
    p->fingerprints = (uint16_t)w->fingerprints;
    return OK;
}

/* Each thread reads one stretch of texts, so that the postings of a partition, taken thread by thread,
 * are in the order of texts whatever the number of threads. */
static status read_stretch(void *state, unsigned thread, size_t item, fault *f)
{
    engine *e = state;
    (void)thread;
    size_t first = e->piece_count * item / e->threads,
           last = e->piece_count * (item + 1) / e->threads;
    while (first && first < e->piece_count && e->pieces[first].text == e->pieces[first - 1].text)
        first++; /* a text belongs to the stretch where it begins */
    while (last < e->piece_count && e->pieces[last].text == e->pieces[last - 1].text)
        last++;
    token_list tokens = {0};
    winnower w = {.e = e, .to = &e->postings[item]};
    w.grams = malloc(PIECE_TOKENS * sizeof *w.grams);
    w.reader = tokenizer_new(e->fold);
    status st =
        w.grams && w.reader && token_list_reserve(&tokens, PIECE_TOKENS) ? OK : fault_memory(f);
    size_t at = 0;
    for (w.piece = first; st == OK && w.piece < last; w.piece++) {
        if (w.piece == first || e->pieces[w.piece].text != e->pieces[w.piece - 1].text)
            at = 0;
        st = read_piece(&w, &tokens, &at, f);
    }
    free(w.grams);
    tokenizer_free(w.reader);
    token_list_free(&tokens);
    return st;
}

static size_t pieces_of(slice text)
{
    return text.size / PIECE_BYTES + 1;
}

static status lay_out_pieces(engine *e, fault *f)
{
    size_t count = 0;
    for (size_t i = 0; i < e->count; i++) {
        if (e->texts[i].display.size > (1u << 30))
            return FAIL(f, E_LIMIT, "văn bản thứ %zu lớn hơn 1 GB, không so sánh được",
                        "text number %zu is larger than 1 GB and cannot be compared", i + 1);
        e->facts[i].first_piece = (uint32_t)count;
        count += pieces_of(e->texts[i].display);
        if (count > 1u << PIECE_BITS)
            return FAIL(f, E_LIMIT, "quá nhiều văn bản để so sánh trong một lần (trên %u đoạn)",
                        "too much text to compare at once (over %u pieces)", 1u << PIECE_BITS);
    }
    e->facts[e->count].first_piece = (uint32_t)count;
    e->piece_count = count;
    e->pieces = calloc(count + 1, sizeof *e->pieces);
    if (!e->pieces)
        return fault_memory(f);
    for (size_t i = 0; i < e->count; i++)
        for (size_t p = e->facts[i].first_piece; p < e->facts[i + 1].first_piece; p++)
            e->pieces[p].text = (uint32_t)i;
    return OK;
}

status engine_fingerprint(engine *e, fault *f)
{
    TRY(lay_out_pieces(e, f));
    size_t bytes = 0;
    for (size_t i = 0; i < e->count; i++)
        bytes += e->texts[i].display.size;
    /* About one posting in 20 bytes; a partition of 2^17 postings is sorted inside the cache. */
    while (e->partition_bits < 11 && bytes / 20 >> e->partition_bits > 1u << 17)
        e->partition_bits++;
    e->postings = calloc(e->threads, sizeof *e->postings);
    if (!e->postings)
        return fault_memory(f);
    for (unsigned i = 0; i < e->threads; i++)
        if (!bin_writer_start(&e->postings[i], (size_t)1 << e->partition_bits))
            return fault_memory(f);
    return parallel_run(e->threads, e->threads, read_stretch, e, f);
}
