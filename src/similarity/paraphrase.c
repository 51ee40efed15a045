/* Paraphrase: sentences by their rare syllables, cosine and Dice, neighbours joined. All weights are whole
 * numbers, so that the same texts give the same pairs everywhere. */
#include "paraphrase.h"

#include "bins.h"
#include "parallel.h"
#include "sentence.h"

#include <stdlib.h>
#include <string.h>

enum {
    RAREST = 6,                       /* syllables of a sentence that find others */
    KEYS = RAREST * (RAREST - 1) / 2, /* pairs of them */
    RUN_MOST = 200,                   /* sentences with the same pair; more say nothing */
    GAP = 4,                          /* sentences between two that belong together */
    SENTENCES_LEAST = 3,              /* of a passage */
    BYTES_LEAST = 150,                /* likewise, on each side */
    SEEDS_MOST = 256,                 /* of a pair of texts; the first ones tell enough */
    AHEAD = 12                        /* sketches asked for before their turn */
};

typedef struct {
    const engine_text *texts;
    size_t count;
    sentence_list all;
    uint64_t *keys; /* pair of rare syllables | sentence, sorted */
    size_t key_count;
    uint32_t *slots; /* by the first bits of a key: where they begin */
    unsigned slot_bits;
    uint32_t **seen; /* one a thread: of each sentence, plus one, for which it was last likely */
    const engine_result *known;
    arena **mems;        /* one a thread */
    engine_pair **found; /* by text, the later of the pair */
    size_t *found_count;
} channel;

/* The rarest syllables that stand in another sentence too, the rarest first; how many. */
static size_t rarest(const sentence_list *l, size_t number, uint32_t out[RAREST])
{
    uint16_t weights[RAREST];
    size_t n = 0, first = l->items[number].first;
    for (size_t t = first; t < first + l->sketches[number].count; t++) {
        term one = l->terms[t];
        if (one.weight == l->alone)
            continue;
        size_t at = n < RAREST ? n : RAREST - 1;
        if (n == RAREST && weights[at] >= one.weight)
            continue;
        for (; at > 0 && weights[at - 1] < one.weight; at--) {
            weights[at] = weights[at - 1];
            out[at] = out[at - 1];
        }
        weights[at] = one.weight;
        out[at] = one.hash;
        n += n < RAREST;
    }
    return n;
}

static uint64_t key_of(uint32_t a, uint32_t b)
{
    uint64_t low = a < b ? a : b, high = a < b ? b : a;
    uint64_t h = (high << 32 | low) * UINT64_C(0x9E3779B97F4A7C15);
    h ^= h >> 32;
    return h * UINT64_C(0xD6E8FEB86659FD93) >> SENTENCE_BITS << SENTENCE_BITS;
}

/* The keys of a sentence, without its number. */
static size_t keys_of(const channel *c, size_t number, uint64_t out[KEYS])
{
    uint32_t rare[RAREST];
    size_t n = rarest(&c->all, number, rare), count = 0;
    for (size_t i = 0; i < n; i++)
        for (size_t k = i + 1; k < n; k++)
            out[count++] = key_of(rare[i], rare[k]);
    return count;
}

static bool make_slots(channel *c)
{
    enum { SLOT_BITS_LEAST = 8, SLOT_BITS_MOST = 26 };
    c->slot_bits = SLOT_BITS_LEAST;
    while (c->slot_bits < SLOT_BITS_MOST && c->key_count >> c->slot_bits > 2)
        c->slot_bits++;
    size_t slots = (size_t)1 << c->slot_bits, at = 0;
    c->slots = malloc(slots * sizeof *c->slots);
    for (size_t i = 0; c->slots && i < slots; i++) {
        while (at < c->key_count && c->keys[at] >> (64 - c->slot_bits) < i)
            at++;
        c->slots[i] = (uint32_t)at;
    }
    return c->slots != NULL;
}

static status make_keys(channel *c, fault *f)
{
    c->keys = malloc((2 * KEYS * c->all.count + 1) * sizeof *c->keys);
    if (!c->keys)
        return fault_memory(f);
    for (size_t i = 0; i < c->all.count; i++) {
        size_t n = keys_of(c, i, c->keys + c->key_count);
        for (size_t k = 0; k < n; k++)
            c->keys[c->key_count++] |= i;
    }
    radix_sort(c->keys, c->keys + KEYS * c->all.count, c->key_count, SENTENCE_BITS,
               64 - SENTENCE_BITS);
    return make_slots(c) ? OK : fault_memory(f);
}

/* ---- sentences like one ---- */

/* The first of the keys that are equal to this one, and how many there are. */
static size_t find_key(const channel *c, uint64_t key, const uint64_t **first)
{
    const uint64_t *p = c->keys + c->slots[key >> (64 - c->slot_bits)],
                   *end = c->keys + c->key_count;
    while (p < end && *p < key)
        p++;
    *first = p;
    while (p < end && *p >> SENTENCE_BITS == key >> SENTENCE_BITS && p - *first <= RUN_MOST)
        p++;
    return (size_t)(p - *first);
}

/* May the text be compared with the other, as in the engine: each current one with those before it and with
 * all that are not current? */
static bool owns(const channel *c, uint32_t text, uint32_t other)
{
    return c->texts[text].role == ENGINE_CURRENT && text != other &&
           c->texts[other].role != ENGINE_LIBRARY &&
           (other < text || c->texts[other].role != ENGINE_CURRENT);
}

static int by_number(const void *x, const void *y)
{
    uint64_t a = *(const uint64_t *)x, b = *(const uint64_t *)y;
    return (a > b) - (a < b);
}

/* Every other sentence that shares two rare syllables, once. */
static bool put_likely(const channel *c, uint32_t *seen, size_t number, number_list *out)
{
    uint64_t keys[KEYS];
    size_t n = keys_of(c, number, keys);
    out->count = 0;
    for (size_t k = 0; k < n; k++) /* waiting for memory for all at once */
        __builtin_prefetch(&c->slots[keys[k] >> (64 - c->slot_bits)]);
    for (size_t k = 0; k < n; k++)
        __builtin_prefetch(c->keys + c->slots[keys[k] >> (64 - c->slot_bits)]);
    for (size_t k = 0; k < n; k++) {
        const uint64_t *first;
        size_t count = find_key(c, keys[k], &first);
        for (size_t i = 0; i < count && count <= RUN_MOST; i++) {
            size_t other = first[i] & ((1u << SENTENCE_BITS) - 1);
            if (seen[other] == number + 1)
                continue;
            seen[other] = (uint32_t)number + 1;
            if (!number_put(out, other))
                return false;
        }
    }
    return true;
}

/* Sentences like one of the library's; it has few. */
static status mask_library_sentences(channel *c, fault *f)
{
    number_list likely = {0};
    bool good = true;
    for (size_t i = 0; i < c->all.count && good; i++) {
        if (c->texts[c->all.items[i].text].role != ENGINE_LIBRARY)
            continue;
        good = put_likely(c, c->seen[0], i, &likely);
        for (size_t k = 0; k < likely.count && good; k++) {
            sketch *other = &c->all.sketches[likely.items[k]];
            other->masked = other->masked || sentences_alike(&c->all, i, likely.items[k]);
        }
    }
    free(likely.items);
    return good ? OK : fault_memory(f);
}

/* ---- passages ---- */

/* Two sentences that are alike: of the text, and of the other. */
typedef struct {
    uint32_t other_text, own, other, group;
} seed;

static int by_other(const void *x, const void *y)
{
    const seed *a = x, *b = y;
    if (a->other_text != b->other_text)
        return a->other_text < b->other_text ? -1 : 1;
    if (a->own != b->own)
        return a->own < b->own ? -1 : 1;
    return (a->other > b->other) - (a->other < b->other);
}

static bool near_each_other(uint32_t x, uint32_t y)
{
    return (x > y ? x - y : y - x) <= GAP + 1;
}

/* Seeds near each other in both texts get one group, the number of its first. */
static void group_seeds(seed *s, size_t count)
{
    for (size_t i = 0; i < count; i++)
        s[i].group = (uint32_t)i;
    for (bool moved = true; moved;) {
        moved = false;
        for (size_t i = 0; i < count; i++)
            for (size_t k = i + 1; k < count && s[k].own - s[i].own <= GAP + 1; k++) {
                if (s[i].group == s[k].group || !near_each_other(s[i].other, s[k].other))
                    continue;
                uint32_t group = s[i].group < s[k].group ? s[i].group : s[k].group;
                s[i].group = s[k].group = group;
                moved = true;
            }
    }
}

typedef struct {
    uint32_t own[2], other[2]; /* first and last sentence */
    size_t own_count, other_count, common;
} stretch;

/* The different sentences of the group on each side; by_other has sorted the own ones. */
static stretch measure(const channel *c, const seed *s, size_t count, uint32_t group)
{
    uint64_t others[SEEDS_MOST] = {0};
    stretch out = {.own = {UINT32_MAX, 0}, .other = {UINT32_MAX, 0}};
    size_t n = 0;
    uint32_t last = UINT32_MAX;
    for (size_t i = 0; i < count; i++) {
        if (s[i].group != group)
            continue;
        out.own[0] = s[i].own < out.own[0] ? s[i].own : out.own[0];
        out.own[1] = s[i].own > out.own[1] ? s[i].own : out.own[1];
        out.other[0] = s[i].other < out.other[0] ? s[i].other : out.other[0];
        out.other[1] = s[i].other > out.other[1] ? s[i].other : out.other[1];
        if (s[i].own != last)
            out.common += sentences_common(&c->all, s[i].own, s[i].other);
        out.own_count += s[i].own != last;
        last = s[i].own;
        others[n++] = s[i].other;
    }
    qsort(others, n, sizeof *others, by_number);
    for (size_t i = 0; i < n; i++)
        out.other_count += i == 0 || others[i] != others[i - 1];
    return out;
}

static uint32_t syllables_between(const channel *c, uint32_t first, uint32_t last)
{
    uint32_t n = 0;
    for (uint32_t i = first; i <= last; i++)
        n += c->all.items[i].syllables;
    return n;
}

static uint32_t share(const channel *c, uint32_t text, uint32_t part)
{
    uint32_t first = c->all.first_of_text[text], behind = c->all.first_of_text[text + 1];
    uint32_t whole = behind > first ? syllables_between(c, first, behind - 1) : 0;
    uint64_t out = whole ? (uint64_t)part * ENGINE_WHOLE / whole : 0;
    return out > ENGINE_WHOLE ? ENGINE_WHOLE : (uint32_t)out;
}

static bool is_known(const channel *c, uint32_t a, uint32_t b)
{
    size_t low = 0, high = c->known->pair_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        const engine_pair *p = &c->known->pairs[middle];
        if (p->a < a || (p->a == a && p->b < b))
            low = middle + 1;
        else
            high = middle;
    }
    return low < c->known->pair_count && c->known->pairs[low].a == a && c->known->pairs[low].b == b;
}

static int by_a_start(const void *x, const void *y)
{
    const engine_passage *p = x, *q = y;
    return p->a_start != q->a_start ? (p->a_start < q->a_start ? -1 : 1)
                                    : (p->b_start > q->b_start) - (p->b_start < q->b_start);
}

/* Passages of the text with one other; none: nothing is put. */
static bool put_pair(channel *c, arena *mem, uint32_t text, seed *s, size_t count, engine_pair *out,
                     size_t *out_count)
{
    uint32_t other = s[0].other_text, part[2] = {0, 0};
    bool first = text < other;
    if (count > SEEDS_MOST)
        count = SEEDS_MOST;
    if (count < SENTENCES_LEAST || is_known(c, first ? text : other, first ? other : text))
        return true;
    engine_passage *passages = ARENA_ARRAY(mem, engine_passage, count);
    size_t n = 0;
    if (!passages)
        return false;
    group_seeds(s, count);
    for (uint32_t group = 0; group < count; group++) {
        if (s[group].group != group)
            continue;
        stretch m = measure(c, s, count, group);
        uint32_t own_start = c->all.items[m.own[0]].start, own_end = c->all.items[m.own[1]].end,
                 other_start = c->all.items[m.other[0]].start,
                 other_end = c->all.items[m.other[1]].end;
        if (m.own_count < SENTENCES_LEAST || m.other_count < SENTENCES_LEAST ||
            own_end - own_start < BYTES_LEAST || other_end - other_start < BYTES_LEAST)
            continue;
        part[0] += syllables_between(c, m.own[0], m.own[1]);
        part[1] += syllables_between(c, m.other[0], m.other[1]);
        passages[n++] = first ? (engine_passage){.a_start = own_start,
                                                 .a_end = own_end,
                                                 .b_start = other_start,
                                                 .b_end = other_end}
                              : (engine_passage){.a_start = other_start,
                                                 .a_end = other_end,
                                                 .b_start = own_start,
                                                 .b_end = own_end};
        passages[n - 1].syllables = (uint32_t)m.common;
    }
    if (!n)
        return true;
    qsort(passages, n, sizeof *passages, by_a_start);
    uint32_t own_share = share(c, text, part[0]), other_share = share(c, other, part[1]);
    const engine_text *t = c->texts;
    out[(*out_count)++] =
        (engine_pair){.a = first ? text : other,
                      .b = first ? other : text,
                      .class = ENGINE_PARAPHRASE,
                      .share_a = first ? own_share : other_share,
                      .share_b = first ? other_share : own_share,
                      .same_author = t[text].author && t[text].author == t[other].author,
                      .group = first ? text : other,
                      .passages = passages,
                      .passage_count = n};
    return true;
}

static bool put_seed(seed **seeds, size_t *count, size_t *room, seed s)
{
    if (*count == *room) {
        size_t wanted = *room ? 2 * *room : 256;
        seed *more = realloc(*seeds, wanted * sizeof *more);
        if (!more)
            return false;
        *seeds = more;
        *room = wanted;
    }
    (*seeds)[(*count)++] = s;
    return true;
}

static bool find_seeds(const channel *c, uint32_t *seen, size_t text, seed **seeds, size_t *count,
                       size_t *room)
{
    number_list likely = {0};
    bool good = true;
    for (size_t i = c->all.first_of_text[text]; i < c->all.first_of_text[text + 1] && good; i++) {
        if (c->all.sketches[i].masked)
            continue;
        good = put_likely(c, seen, i, &likely);
        for (size_t k = 0; k < likely.count && good; k++) {
            const sketch *other = &c->all.sketches[likely.items[k]];
            if (k + AHEAD < likely.count)
                __builtin_prefetch(&c->all.sketches[likely.items[k + AHEAD]]);
            if (other->masked || !owns(c, (uint32_t)text, other->text) ||
                !sentences_alike(&c->all, i, likely.items[k]))
                continue;
            good = put_seed(seeds, count, room,
                            (seed){other->text, (uint32_t)i, (uint32_t)likely.items[k], 0});
        }
    }
    free(likely.items);
    return good;
}

static status compare_text(void *state, unsigned thread, size_t text, fault *f)
{
    channel *c = state;
    arena *mem = c->mems[thread];
    seed *seeds = NULL;
    size_t count = 0, room = 0, others = 0;
    if (c->texts[text].role != ENGINE_CURRENT)
        return OK;
    bool good = find_seeds(c, c->seen[thread], text, &seeds, &count, &room);
    if (good && count)
        qsort(seeds, count, sizeof *seeds, by_other);
    for (size_t i = 0; i < count; i++)
        others += i == 0 || seeds[i].other_text != seeds[i - 1].other_text;
    c->found[text] = good && others ? ARENA_ARRAY(mem, engine_pair, others) : NULL;
    good = good && (!others || c->found[text]);
    for (size_t i = 0, end; i < count && good; i = end) {
        for (end = i; end < count && seeds[end].other_text == seeds[i].other_text;)
            end++;
        good = put_pair(c, mem, (uint32_t)text, seeds + i, end - i, c->found[text],
                        &c->found_count[text]);
    }
    free(seeds);
    return good ? OK : fault_memory(f);
}

/* ---- all ---- */

static int by_pair(const void *x, const void *y)
{
    const engine_pair *p = x, *q = y;
    return p->a != q->a ? (p->a < q->a ? -1 : 1) : (p->b > q->b) - (p->b < q->b);
}

static status gather(const channel *c, arena *mem, engine_pair **pairs, size_t *count, fault *f)
{
    *count = 0;
    for (size_t i = 0; i < c->count; i++)
        *count += c->found_count[i];
    engine_pair *out = ARENA_ARRAY(mem, engine_pair, *count);
    if (!out)
        return fault_memory(f);
    *count = 0;
    for (size_t i = 0; i < c->count; i++)
        for (size_t k = 0; k < c->found_count[i]; k++) {
            engine_pair p = c->found[i][k];
            engine_passage *copy = ARENA_ARRAY(mem, engine_passage, p.passage_count);
            if (!copy)
                return fault_memory(f);
            memcpy(copy, p.passages, p.passage_count * sizeof *copy);
            p.passages = copy;
            out[(*count)++] = p;
        }
    if (*count)
        qsort(out, *count, sizeof *out, by_pair);
    *pairs = out;
    return OK;
}

static status run(channel *c, arena *mem, unsigned threads, engine_pair **pairs, size_t *count,
                  fault *f)
{
    TRY(sentences_read(c->texts, c->count, threads, &c->all, f));
    c->found = calloc(c->count + 1, sizeof(engine_pair *));
    c->found_count = calloc(c->count + 1, sizeof *c->found_count);
    if (!c->found || !c->found_count)
        return fault_memory(f);
    if (c->all.count) {
        TRY(make_keys(c, f));
        for (unsigned i = 0; i < threads; i++)
            if (!(c->seen[i] = calloc(c->all.count, sizeof **c->seen)))
                return fault_memory(f);
        TRY(mask_library_sentences(c, f));
        TRY(parallel_run(threads, c->count, compare_text, c, f));
    }
    return gather(c, mem, pairs, count, f);
}

status paraphrase_find(arena *mem, const engine_text *texts, size_t count, unsigned threads,
                       const engine_result *known, engine_pair **pairs, size_t *pair_count,
                       fault *f)
{
    threads = parallel_threads(threads);
    channel c = {.texts = texts, .count = count, .known = known};
    c.seen = calloc(threads, sizeof(uint32_t *));
    bool good = (c.mems = calloc(threads, sizeof(arena *))) != NULL && c.seen;
    for (unsigned i = 0; i < threads && good; i++)
        good = (c.mems[i] = arena_new(SIZE_MAX)) != NULL;
    status st = good ? run(&c, mem, threads, pairs, pair_count, f) : fault_memory(f);
    for (unsigned i = 0; i < threads && c.mems; i++)
        arena_free(c.mems[i]);
    for (unsigned i = 0; i < threads && c.seen; i++)
        free(c.seen[i]);
    free(c.mems);
    free(c.seen);
    sentences_free(&c.all);
    free(c.keys);
    free(c.slots);
    free(c.found);
    free(c.found_count);
    return st;
}
