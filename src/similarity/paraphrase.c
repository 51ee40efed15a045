/* Paraphrase: sentences by their rare syllables, cosine and Dice, neighbours joined. All weights are whole
 * numbers, so that the same texts give the same pairs everywhere. */
#include "paraphrase.h"

#include "bins.h"
#include "parallel.h"

#include "chamthi/text.h"

#include <stdlib.h>
#include <string.h>

enum {
    SENTENCE_LEAST = 8, /* syllables; shorter ones are read with the next */
    SENTENCE_MOST = 60,
    RAREST = 6,                       /* syllables of a sentence that find others */
    KEYS = RAREST * (RAREST - 1) / 2, /* pairs of them */
    RUN_MOST = 200,                   /* sentences with the same pair; more say nothing */
    SENTENCE_BITS = 24,
    COSINE = 40,
    DICE = 33,           /* least, in hundredths */
    GAP = 4,             /* sentences between two that belong together */
    SENTENCES_LEAST = 3, /* of a passage */
    BYTES_LEAST = 150,   /* likewise, on each side */
    SEEDS_MOST = 256     /* of a pair of texts; the first ones tell enough */
};

typedef struct {
    uint32_t text, start, end; /* bytes of the display text */
    uint32_t first;            /* its terms */
    uint16_t count;            /* different ones */
    uint16_t syllables;
    uint64_t norm; /* sum of squared weights */
} sentence;

/* What tells most sentences apart without reading their terms: a bit for each term. */
enum { SKETCH_WORDS = 4, AHEAD = 12 /* sketches asked for before their turn */ };
typedef struct {
    uint64_t bits[SKETCH_WORDS];
    uint32_t text;
    uint16_t count, spare; /* terms; those whose bit was set already */
    bool masked;
} sketch;

typedef struct {
    uint32_t hash; /* 0: empty */
    uint32_t sentences;
    uint16_t weight; /* sixteenths of log2 of how rare it is */
} term_count;

typedef struct {
    uint32_t hash;
    uint16_t weight;
} term;

typedef struct {
    const engine_text *texts;
    size_t count;
    sentence *sentences;
    sketch *sketches;
    size_t sentence_count, sentence_room;
    uint32_t *first_sentence; /* of each text; one more at the end */
    term *terms;              /* of a sentence by hash */
    size_t term_count, term_room;
    term_count *vocabulary; /* open addressing */
    size_t words, room;
    unsigned alone; /* the weight of what stands in one sentence only */
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

/* ---- sentences ---- */

static bool room_for(void **items, size_t count, size_t *room, size_t size)
{
    if (count < *room)
        return true;
    size_t wanted = *room ? 2 * *room : 4096;
    void *more = realloc(*items, wanted * size);
    if (!more)
        return false;
    *items = more;
    *room = wanted;
    return true;
}

static term_count *find_word(const channel *c, uint32_t hash)
{
    size_t i = hash * UINT64_C(0x9E3779B97F4A7C15) >> 20 & (c->room - 1);
    while (c->vocabulary[i].hash && c->vocabulary[i].hash != hash)
        i = (i + 1) & (c->room - 1);
    return &c->vocabulary[i];
}

static bool count_word(channel *c, uint32_t hash)
{
    if (2 * c->words >= c->room) {
        channel bigger = {.room = c->room ? 2 * c->room : 1 << 16};
        bigger.vocabulary = calloc(bigger.room, sizeof *bigger.vocabulary);
        if (!bigger.vocabulary)
            return false;
        for (size_t i = 0; i < c->room; i++)
            if (c->vocabulary[i].hash)
                *find_word(&bigger, c->vocabulary[i].hash) = c->vocabulary[i];
        free(c->vocabulary);
        c->vocabulary = bigger.vocabulary;
        c->room = bigger.room;
    }
    term_count *w = find_word(c, hash);
    c->words += !w->hash;
    w->hash = hash;
    w->sentences++;
    return true;
}

static int by_hash(const void *x, const void *y)
{
    const term *a = x, *b = y;
    return (a->hash > b->hash) - (a->hash < b->hash);
}

static uint32_t word_hash(const char *p, size_t size)
{
    uint64_t h = size;
    for (size_t i = 0; i < size; i++)
        h = (h ^ (unsigned char)p[i]) * UINT64_C(0x100000001B3);
    h ^= h >> 32;
    return (uint32_t)h ? (uint32_t)h : 1;
}

/* Adds the bytes as a sentence; its different syllables, sorted, are its terms. */
static bool add_sentence(channel *c, uint32_t text, size_t start, size_t end, text_memo *memo,
                         buffer *key)
{
    if (!room_for((void **)&c->sentences, c->sentence_count, &c->sentence_room,
                  sizeof *c->sentences))
        return false;
    sentence s = {.text = text,
                  .start = (uint32_t)start,
                  .end = (uint32_t)end,
                  .first = (uint32_t)c->term_count};
    slice display = c->texts[text].display;
    buffer_clear(key);
    text_keys(memo, TEXT_K2, (slice){display.bytes + start, end - start}, key);
    for (size_t i = 0, size; i < key->size; i += size + 1) {
        const char *blank = memchr(key->bytes + i, ' ', key->size - i);
        size = blank ? (size_t)(blank - key->bytes) - i : key->size - i;
        if (!room_for((void **)&c->terms, c->term_count, &c->term_room, sizeof *c->terms))
            return false;
        c->terms[c->term_count++] = (term){word_hash(key->bytes + i, size), 0};
        s.syllables++;
    }
    term *own = c->terms + s.first;
    if (s.syllables)
        qsort(own, s.syllables, sizeof *own, by_hash);
    for (size_t i = 0; i < s.syllables; i++)
        if (!s.count || own[s.count - 1].hash != own[i].hash)
            own[s.count++] = own[i];
    c->term_count = s.first + s.count;
    for (size_t i = 0; i < s.count; i++)
        if (!count_word(c, own[i].hash))
            return false;
    c->sentences[c->sentence_count++] = s;
    return !key->failed;
}

static bool is_blank(char b)
{
    return b == ' ' || b == '\n';
}

/* Does a sentence end behind this byte? */
static bool ends(slice t, size_t i)
{
    char b = t.bytes[i];
    if (b == '\n')
        return true;
    return (b == '.' || b == '?' || b == '!') &&
           (i + 1 == t.size || is_blank(t.bytes[i + 1]) || (unsigned char)t.bytes[i + 1] >= 0x80 ||
            t.bytes[i + 1] == '"');
}

/* Sentences of the text; words are counted by the blanks between them. */
static bool split(channel *c, uint32_t text, text_memo *memo, buffer *key)
{
    slice t = c->texts[text].display;
    size_t start = 0, words = 0;
    for (size_t i = 0; i < t.size; i++) {
        words += !is_blank(t.bytes[i]) && (i + 1 == t.size || is_blank(t.bytes[i + 1]));
        bool full = words >= SENTENCE_MOST && is_blank(t.bytes[i]);
        if (i + 1 < t.size && !ends(t, i) && !full)
            continue;
        if (words >= SENTENCE_LEAST) {
            if (!add_sentence(c, text, start, i + 1 - (t.bytes[i] == '\n'), memo, key))
                return false;
        } else if (t.bytes[i] != '\n' && i + 1 < t.size) {
            continue;
        }
        start = i + 1;
        words = 0;
    }
    return true;
}

static status read_sentences(channel *c, fault *f)
{
    text_memo *memo = text_memo_new();
    buffer key = BUFFER_INIT;
    bool good = true;
    c->first_sentence = malloc((c->count + 1) * sizeof *c->first_sentence);
    for (size_t i = 0; i < c->count && good && c->first_sentence; i++) {
        c->first_sentence[i] = (uint32_t)c->sentence_count;
        good = split(c, (uint32_t)i, memo, &key);
    }
    if (c->first_sentence)
        c->first_sentence[c->count] = (uint32_t)c->sentence_count;
    buffer_free(&key);
    text_memo_free(memo);
    if (!good || !c->first_sentence)
        return fault_memory(f);
    if (c->sentence_count >> SENTENCE_BITS)
        return FAIL(f, E_LIMIT, "quá nhiều câu văn để tìm đoạn viết lại",
                    "too many sentences to look for paraphrase");
    return OK;
}

/* ---- weights and keys ---- */

/* Sixteen times the logarithm to base 2, rounded down; n > 0. */
static unsigned log2_16(uint64_t n)
{
    unsigned whole = 63u - (unsigned)__builtin_clzll(n);
    uint64_t x = whole > 31 ? n >> (whole - 31) : n << (31 - whole); /* 1.x in 31 bits */
    unsigned out = whole * 16;
    for (unsigned bit = 8; bit; bit /= 2) {
        x = x * x >> 31;
        if (x >> 32) {
            out += bit;
            x >>= 1;
        }
    }
    return out;
}

static void draw_sketch(const channel *c, size_t number)
{
    const sentence *s = &c->sentences[number];
    sketch *k = &c->sketches[number];
    *k = (sketch){.text = s->text, .count = s->count};
    for (size_t t = s->first; t < s->first + s->count; t++) {
        uint32_t bit = c->terms[t].hash % (64 * SKETCH_WORDS);
        k->spare += k->bits[bit / 64] >> bit % 64 & 1;
        k->bits[bit / 64] |= UINT64_C(1) << bit % 64;
    }
}

static status weigh(channel *c, fault *f)
{
    c->alone = log2_16(c->sentence_count + 1);
    c->sketches = malloc(c->sentence_count * sizeof *c->sketches);
    if (!c->sketches)
        return fault_memory(f);
    for (size_t i = 0; i < c->room; i++)
        if (c->vocabulary[i].hash)
            c->vocabulary[i].weight = (uint16_t)(c->alone - log2_16(c->vocabulary[i].sentences));
    for (size_t i = 0; i < c->sentence_count; i++) {
        sentence *s = &c->sentences[i];
        for (size_t t = s->first; t < s->first + s->count; t++) {
            c->terms[t].weight = find_word(c, c->terms[t].hash)->weight;
            s->norm += (uint64_t)c->terms[t].weight * c->terms[t].weight;
        }
        draw_sketch(c, i);
    }
    return OK;
}

/* The rarest syllables that stand in another sentence too, the rarest first; how many. */
static size_t rarest(const channel *c, const sentence *s, uint32_t out[RAREST])
{
    uint16_t weights[RAREST];
    size_t n = 0;
    for (size_t t = s->first; t < s->first + s->count; t++) {
        term one = c->terms[t];
        if (one.weight == c->alone)
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
static size_t keys_of(const channel *c, const sentence *s, uint64_t out[KEYS])
{
    uint32_t rare[RAREST];
    size_t n = rarest(c, s, rare), count = 0;
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
    c->keys = malloc((2 * KEYS * c->sentence_count + 1) * sizeof *c->keys);
    if (!c->keys)
        return fault_memory(f);
    for (size_t i = 0; i < c->sentence_count; i++) {
        size_t n = keys_of(c, &c->sentences[i], c->keys + c->key_count);
        for (size_t k = 0; k < n; k++)
            c->keys[c->key_count++] |= i;
    }
    radix_sort(c->keys, c->keys + KEYS * c->sentence_count, c->key_count, SENTENCE_BITS,
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

static unsigned count_bits(uint64_t word)
{
    return (unsigned)__builtin_popcountll(word);
}

/* Can they have enough terms in common? */
static bool may_be_alike(const sketch *a, const sketch *b)
{
    unsigned common = a->spare < b->spare ? a->spare : b->spare;
    for (size_t i = 0; i < SKETCH_WORDS; i++)
        common += count_bits(a->bits[i] & b->bits[i]);
    return 200 * common >= (unsigned)DICE * (a->count + b->count);
}

static bool alike(const channel *c, const sentence *a, const sentence *b)
{
    uint64_t dot = 0, common = 0;
    const term *x = c->terms + a->first, *x_end = x + a->count, *y = c->terms + b->first,
               *y_end = y + b->count;
    while (x < x_end && y < y_end) {
        if (x->hash == y->hash) {
            common++;
            dot += (uint64_t)x->weight * x->weight;
        }
        uint32_t hash = x->hash;
        x += hash <= y->hash;
        y += y->hash <= hash;
    }
    return 200 * common >= (uint64_t)DICE * (a->count + b->count) &&
           dot * dot * 100 * 100 >= (uint64_t)COSINE * COSINE * a->norm * b->norm && dot > 0;
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
    size_t n = keys_of(c, &c->sentences[number], keys);
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
    for (size_t i = 0; i < c->sentence_count && good; i++) {
        const sentence *own = &c->sentences[i];
        if (c->texts[own->text].role != ENGINE_LIBRARY)
            continue;
        good = put_likely(c, c->seen[0], i, &likely);
        for (size_t k = 0; k < likely.count && good; k++) {
            sketch *other = &c->sketches[likely.items[k]];
            other->masked = other->masked || alike(c, own, &c->sentences[likely.items[k]]);
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

static size_t common_terms(const channel *c, const sentence *a, const sentence *b)
{
    size_t n = 0;
    const term *x = c->terms + a->first, *y = c->terms + b->first;
    for (size_t i = 0, k = 0; i < a->count && k < b->count;) {
        n += x[i].hash == y[k].hash;
        uint32_t hash = x[i].hash;
        i += hash <= y[k].hash;
        k += y[k].hash <= hash;
    }
    return n;
}

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
            out.common += common_terms(c, &c->sentences[s[i].own], &c->sentences[s[i].other]);
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
        n += c->sentences[i].syllables;
    return n;
}

static uint32_t share(const channel *c, uint32_t text, uint32_t part)
{
    uint32_t first = c->first_sentence[text], behind = c->first_sentence[text + 1];
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
        uint32_t own_start = c->sentences[m.own[0]].start, own_end = c->sentences[m.own[1]].end,
                 other_start = c->sentences[m.other[0]].start,
                 other_end = c->sentences[m.other[1]].end;
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

static bool find_seeds(const channel *c, uint32_t *seen, size_t text, seed **seeds, size_t *count,
                       size_t *room)
{
    number_list likely = {0};
    bool good = true;
    for (size_t i = c->first_sentence[text]; i < c->first_sentence[text + 1] && good; i++) {
        const sketch *own = &c->sketches[i];
        if (own->masked)
            continue;
        good = put_likely(c, seen, i, &likely);
        for (size_t k = 0; k < likely.count && good; k++) {
            const sketch *other = &c->sketches[likely.items[k]];
            if (k + AHEAD < likely.count)
                __builtin_prefetch(&c->sketches[likely.items[k + AHEAD]]);
            if (other->masked || !may_be_alike(own, other) ||
                !owns(c, (uint32_t)text, other->text) ||
                !alike(c, &c->sentences[i], &c->sentences[likely.items[k]]))
                continue;
            good = room_for((void **)seeds, *count, room, sizeof **seeds);
            if (good)
                (*seeds)[(*count)++] =
                    (seed){other->text, (uint32_t)i, (uint32_t)likely.items[k], 0};
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
    TRY(read_sentences(c, f));
    c->found = calloc(c->count + 1, sizeof(engine_pair *));
    c->found_count = calloc(c->count + 1, sizeof *c->found_count);
    if (!c->found || !c->found_count)
        return fault_memory(f);
    if (c->sentence_count) {
        TRY(weigh(c, f));
        TRY(make_keys(c, f));
        for (unsigned i = 0; i < threads; i++)
            if (!(c->seen[i] = calloc(c->sentence_count, sizeof **c->seen)))
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
    free(c.sentences);
    free(c.sketches);
    free(c.first_sentence);
    free(c.terms);
    free(c.vocabulary);
    free(c.keys);
    free(c.slots);
    free(c.found);
    free(c.found_count);
    return st;
}
