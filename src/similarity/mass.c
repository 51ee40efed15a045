/* The mass text list: what stands in so many texts that it was masked without being in the library. */
#include "internal.h"

#include <stdlib.h>

enum { MASS_MOST = 1000 };

/* A stretch of frequent k-grams, at its first text. */
typedef struct {
    size_t piece, start, end; /* tokens */
    uint32_t texts;
} stretch;

static int by_place(const void *x, const void *y)
{
    uint64_t p = *(const uint64_t *)x, q = *(const uint64_t *)y;
    return (p > q) - (p < q);
}

static stretch one(const engine *e, uint64_t note)
{
    uint64_t place = note >> HASH_BITS;
    size_t start = (size_t)(place & (PIECE_TOKENS - 1));
    return (stretch){(size_t)(place >> POSITION_BITS), start, start + e->k,
                     (uint32_t)(note & ((1u << HASH_BITS) - 1))};
}

static bool continues(const engine *e, const stretch *s, const stretch *t)
{
    return s->piece == t->piece && t->start <= s->end + e->window && t->texts <= 2 * s->texts &&
           s->texts <= 2 * t->texts;
}

/* Fills in bytes; false: too short, or the library has it. */
static bool describe(engine *e, const stretch *s, token_list *tokens, uint64_t *grams,
                     uint8_t *mask, engine_mass *out)
{
    const piece *p = &e->pieces[s->piece];
    slice text = e->texts[p->text].display;
    size_t at = p->start;
    if (s->end - s->start < MASK_RUN)
        return false;
    tokens->count = 0;
    token_read(e->reader, text, &at, tokens);
    mask_tokens(e, s->piece, text, tokens, grams, mask);
    if (s->end > tokens->count || mask[s->start + (s->end - s->start) / 2] & MASK_LIBRARY)
        return false;
    *out = (engine_mass){.text = p->text,
                         .start = tokens->starts[s->start],
                         .end = tokens->ends[s->end - 1],
                         .texts = s->texts};
    return true;
}

static size_t piece_of(uint64_t posting)
{
    return (size_t)(posting >> POSITION_BITS) & ((1u << PIECE_BITS) - 1);
}

/* The texts of the run of the stretch's first k-gram. */
static bool name_texts(const engine *e, const stretch *s, const token_list *tokens, arena *mem,
                       engine_mass *out)
{
    uint64_t gram;
    gram_hashes(tokens->hashes + s->start, e->k, e->k, &gram);
    uint64_t id = gram_id(e, gram), hash = id & ((UINT64_C(1) << HASH_BITS) - 1);
    const number_list *runs = &e->runs[id >> HASH_BITS];
    uint32_t *who = ARENA_ARRAY(mem, uint32_t, ENGINE_WHO);
    out->who = who;
    for (size_t i = 0, count; who && i < runs->count; i += count + 1) {
        count = (size_t)(runs->items[i] >> 1);
        const uint64_t *run = runs->items + i + 1;
        if (!(runs->items[i] & RUN_FREQUENT) || run[0] >> (PIECE_BITS + POSITION_BITS) != hash)
            continue;
        for (size_t t = 0; t < count && out->who_count < ENGINE_WHO; t++)
            who[out->who_count++] = e->pieces[piece_of(run[t])].text;
        break;
    }
    return who != NULL;
}

static bool fill(engine *e, const number_list *notes, arena *mem, engine_result *out)
{
    token_list tokens = {0};
    uint64_t *grams = malloc(PIECE_TOKENS * sizeof *grams);
    uint8_t *mask = malloc(PIECE_TOKENS);
    bool good = grams && mask && token_list_reserve(&tokens, PIECE_TOKENS);
    for (size_t i = 0; good && i < notes->count && out->mass_count < MASS_MOST;) {
        stretch s = one(e, notes->items[i++]);
        for (; i < notes->count; i++) {
            stretch t = one(e, notes->items[i]);
            if (!continues(e, &s, &t))
                break;
            s.end = t.end;
            s.texts = t.texts > s.texts ? t.texts : s.texts;
        }
        engine_mass *next = &out->masses[out->mass_count];
        if (!describe(e, &s, &tokens, grams, mask, next))
            continue;
        out->mass_count++;
        good = name_texts(e, &s, &tokens, mem, next);
    }
    free(grams);
    free(mask);
    token_list_free(&tokens);
    return good;
}

status engine_find_mass(engine *e, arena *mem, engine_result *out, fault *f)
{
    number_list notes = {0};
    bool good = true;
    for (size_t p = 0; e->mass && p < (size_t)1 << e->partition_bits && good; p++)
        for (size_t i = 0; i < e->mass[p].count && good; i++)
            good = number_put(&notes, e->mass[p].items[i]);
    size_t most = notes.count < MASS_MOST ? notes.count : MASS_MOST;
    out->masses = ARENA_ARRAY(mem, engine_mass, most);
    out->mass_count = 0;
    if (good && notes.count)
        qsort(notes.items, notes.count, sizeof *notes.items, by_place);
    good = good && out->masses && (!notes.count || fill(e, &notes, mem, out));
    free(notes.items);
    return good ? OK : fault_memory(f);
}
