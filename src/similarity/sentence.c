/* Reading sentences, counting in how many each syllable stands, and comparing two of them. */
#include "sentence.h"

#include "parallel.h"

#include "chamthi/text.h"

#include <stdlib.h>
#include <string.h>

enum {
    WORDS_LEAST = 8, /* of a sentence; shorter ones are read with the next */
    WORDS_MOST = 60,
    TERMS_MOST = 200, /* a word without blanks may be a page; this many tell enough */
    COSINE = 40,
    DICE = 33 /* least, in hundredths */
};

/* ---- reading ---- */

/* The texts of one thread. */
typedef struct {
    sentence *sentences;
    uint16_t *counts; /* terms of each */
    term *terms;
    size_t sentence_count, sentence_room, count_room, term_count, term_room;
    text_memo *memo;
    buffer key;
} reader;

typedef struct {
    const engine_text *texts;
    size_t count, bytes, parts;
    reader *readers;
} reading_all;

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

/* The syllables of the key, sorted and each once; how many, and in *syllables before that. */
static uint16_t take_terms(const buffer *key, term out[TERMS_MOST], uint32_t *syllables)
{
    size_t n = 0;
    uint16_t count = 0;
    for (size_t i = 0, size; i < key->size && n < TERMS_MOST; i += size + 1) {
        const char *blank = memchr(key->bytes + i, ' ', key->size - i);
        size = blank ? (size_t)(blank - key->bytes) - i : key->size - i;
        out[n++] = (term){word_hash(key->bytes + i, size), 0};
    }
    qsort(out, n, sizeof *out, by_hash);
    for (size_t i = 0; i < n; i++)
        if (!count || out[count - 1].hash != out[i].hash)
            out[count++] = out[i];
    *syllables = (uint32_t)n;
    return count;
}

static bool add_sentence(reader *r, slice display, uint32_t text, size_t start, size_t end)
{
    term terms[TERMS_MOST];
    sentence s = {
        .text = text, .start = (uint32_t)start, .end = (uint32_t)end, .first = r->term_count};
    buffer_clear(&r->key);
    text_keys(r->memo, TEXT_K2, (slice){display.bytes + start, end - start}, &r->key);
    uint16_t count = take_terms(&r->key, terms, &s.syllables);
    if (!room_for((void **)&r->sentences, r->sentence_count, &r->sentence_room, sizeof s) ||
        !room_for((void **)&r->counts, r->sentence_count, &r->count_room, sizeof count) ||
        !room_for((void **)&r->terms, r->term_count + TERMS_MOST, &r->term_room, sizeof *terms))
        return false;
    memcpy(r->terms + r->term_count, terms, count * sizeof *terms);
    r->term_count += count;
    r->counts[r->sentence_count] = count;
    r->sentences[r->sentence_count++] = s;
    return !r->key.failed;
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
static bool split(reader *r, slice t, uint32_t text)
{
    size_t start = 0, words = 0;
    for (size_t i = 0; i < t.size; i++) {
        words += !is_blank(t.bytes[i]) && (i + 1 == t.size || is_blank(t.bytes[i + 1]));
        bool full = words >= WORDS_MOST && is_blank(t.bytes[i]);
        if (i + 1 < t.size && !ends(t, i) && !full)
            continue;
        if (words >= WORDS_LEAST) {
            if (!add_sentence(r, t, text, start, i + 1 - (t.bytes[i] == '\n')))
                return false;
        } else if (t.bytes[i] != '\n' && i + 1 < t.size) {
            continue;
        }
        start = i + 1;
        words = 0;
    }
    return true;
}

/* The first text that goes beyond so many bytes. */
static size_t text_at(const reading_all *all, size_t bytes)
{
    size_t i = 0;
    for (size_t sum = 0; i < all->count && sum + all->texts[i].display.size <= bytes; i++)
        sum += all->texts[i].display.size;
    return i;
}

/* One stretch of texts, so that all stretches in a row are in the order of texts. */
static status read_part(void *state, unsigned thread, size_t part, fault *f)
{
    reading_all *all = state;
    reader *r = &all->readers[part];
    size_t share = all->bytes / all->parts, from = text_at(all, share * part),
           to = part + 1 < all->parts ? text_at(all, share * (part + 1)) : all->count;
    bool good = (r->memo = text_memo_new()) != NULL;
    (void)thread;
    for (size_t i = from; i < to && good; i++)
        good = split(r, all->texts[i].display, (uint32_t)i);
    text_memo_free(r->memo);
    buffer_free(&r->key);
    return good ? OK : fault_memory(f);
}

static status join(const reading_all *all, sentence_list *out, fault *f)
{
    size_t sentences = 0, terms = 0;
    for (size_t p = 0; p < all->parts; p++) {
        sentences += all->readers[p].sentence_count;
        terms += all->readers[p].term_count;
    }
    if (sentences >> SENTENCE_BITS)
        return FAIL(f, E_LIMIT, "quá nhiều câu văn để tìm đoạn viết lại",
                    "too many sentences to look for paraphrase");
    out->items = malloc((sentences + 1) * sizeof *out->items);
    out->sketches = calloc(sentences + 1, sizeof *out->sketches);
    out->terms = malloc((terms + 1) * sizeof *out->terms);
    out->first_of_text = calloc(all->count + 1, sizeof *out->first_of_text);
    if (!out->items || !out->sketches || !out->terms || !out->first_of_text)
        return fault_memory(f);
    terms = 0;
    for (size_t p = 0; p < all->parts; p++) {
        const reader *r = &all->readers[p];
        for (size_t i = 0; i < r->sentence_count; i++) {
            sentence *s = &out->items[out->count];
            *s = r->sentences[i];
            s->first += terms;
            out->sketches[out->count++] = (sketch){.text = s->text, .count = r->counts[i]};
            out->first_of_text[s->text + 1] = (uint32_t)out->count;
        }
        if (r->term_count)
            memcpy(out->terms + terms, r->terms, r->term_count * sizeof *r->terms);
        terms += r->term_count;
    }
    for (size_t i = 0; i < all->count; i++) /* texts without a sentence */
        if (!out->first_of_text[i + 1])
            out->first_of_text[i + 1] = out->first_of_text[i];
    return OK;
}

static status read_all(const engine_text *texts, size_t count, unsigned threads, sentence_list *out,
                       fault *f)
{
    reading_all all = {.texts = texts, .count = count, .parts = threads};
    for (size_t i = 0; i < count; i++)
        all.bytes += texts[i].display.size;
    all.readers = calloc(threads, sizeof *all.readers);
    if (!all.readers)
        return fault_memory(f);
    status st = parallel_run(threads, threads, read_part, &all, f);
    if (st == OK)
        st = join(&all, out, f);
    for (size_t p = 0; p < threads; p++) {
        free(all.readers[p].sentences);
        free(all.readers[p].counts);
        free(all.readers[p].terms);
    }
    free(all.readers);
    return st;
}

/* ---- weights ---- */

typedef struct {
    uint32_t hash; /* 0: empty */
    uint32_t sentences;
    uint16_t weight;
} word;

typedef struct {
    word *slots; /* open addressing */
    size_t count, room;
} vocabulary;

static word *find_word(const vocabulary *v, uint32_t hash)
{
    size_t i = hash * UINT64_C(0x9E3779B97F4A7C15) >> 20 & (v->room - 1);
    while (v->slots[i].hash && v->slots[i].hash != hash)
        i = (i + 1) & (v->room - 1);
    return &v->slots[i];
}

static bool count_word(vocabulary *v, uint32_t hash)
{
    if (2 * v->count >= v->room) {
        vocabulary bigger = {.count = v->count, .room = v->room ? 2 * v->room : 1 << 16};
        bigger.slots = calloc(bigger.room, sizeof *bigger.slots);
        if (!bigger.slots)
            return false;
        for (size_t i = 0; i < v->room; i++)
            if (v->slots[i].hash)
                *find_word(&bigger, v->slots[i].hash) = v->slots[i];
        free(v->slots);
        *v = bigger;
    }
    word *w = find_word(v, hash);
    v->count += !w->hash;
    w->hash = hash;
    w->sentences++;
    return true;
}

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

static bool weigh(sentence_list *l, vocabulary *v)
{
    size_t terms = l->count ? l->items[l->count - 1].first + l->sketches[l->count - 1].count : 0;
    l->alone = log2_16(l->count + 1);
    for (size_t i = 0; i < terms; i++)
        if (!count_word(v, l->terms[i].hash))
            return false;
    for (size_t i = 0; i < v->room; i++)
        if (v->slots[i].hash)
            v->slots[i].weight = (uint16_t)(l->alone - log2_16(v->slots[i].sentences));
    for (size_t i = 0; i < l->count; i++) {
        sketch *k = &l->sketches[i];
        for (size_t t = l->items[i].first; t < l->items[i].first + k->count; t++) {
            term *one = &l->terms[t];
            uint32_t bit = one->hash % (64 * SKETCH_WORDS);
            one->weight = find_word(v, one->hash)->weight;
            l->items[i].norm += (uint64_t)one->weight * one->weight;
            k->spare = (uint16_t)(k->spare + (k->bits[bit / 64] >> bit % 64 & 1));
            k->bits[bit / 64] |= UINT64_C(1) << bit % 64;
        }
    }
    return true;
}

status sentences_read(const engine_text *texts, size_t count, unsigned threads, sentence_list *out,
                      fault *f)
{
    vocabulary v = {0};
    TRY(read_all(texts, count, threads, out, f));
    status st = weigh(out, &v) ? OK : fault_memory(f);
    free(v.slots);
    return st;
}

void sentences_free(sentence_list *l)
{
    free(l->items);
    free(l->sketches);
    free(l->terms);
    free(l->first_of_text);
    *l = (sentence_list){0};
}

/* ---- two sentences ---- */

static bool enough(const sketch *a, const sketch *b, uint64_t common)
{
    return 200 * common >= (uint64_t)DICE * ((uint64_t)a->count + b->count);
}

/* Never fewer than they have in common. */
static uint64_t most_common(const sketch *a, const sketch *b)
{
    uint64_t common = a->spare < b->spare ? a->spare : b->spare;
    for (size_t i = 0; i < SKETCH_WORDS; i++)
        common += (unsigned)__builtin_popcountll(a->bits[i] & b->bits[i]);
    return common;
}

/* Terms in common; *dot: the sum of their squared weights. */
static uint64_t multiply(const sentence_list *l, size_t a, size_t b, uint64_t *dot)
{
    uint64_t common = 0;
    const term *x = l->terms + l->items[a].first, *x_end = x + l->sketches[a].count,
               *y = l->terms + l->items[b].first, *y_end = y + l->sketches[b].count;
    *dot = 0;
    while (x < x_end && y < y_end) {
        if (x->hash == y->hash) {
            common++;
            *dot += (uint64_t)x->weight * x->weight;
        }
        uint32_t hash = x->hash;
        x += hash <= y->hash;
        y += y->hash <= hash;
    }
    return common;
}

bool sentences_alike(const sentence_list *l, size_t a, size_t b)
{
    const sketch *x = &l->sketches[a], *y = &l->sketches[b];
    uint64_t dot;
    return enough(x, y, most_common(x, y)) && enough(x, y, multiply(l, a, b, &dot)) && dot > 0 &&
           dot * dot * 100 * 100 >= (uint64_t)COSINE * COSINE * l->items[a].norm * l->items[b].norm;
}

size_t sentences_common(const sentence_list *l, size_t a, size_t b)
{
    uint64_t dot;
    return multiply(l, a, b, &dot);
}
