/* What is masked: k-grams of the library, k-grams of very many texts, words between quotation marks. */
#include "internal.h"

#include <stdlib.h>
#include <string.h>

static size_t slot_of(const gram_set *s, uint64_t id)
{
    size_t mask = s->capacity - 1, i = (size_t)(id * 0x9E3779B97F4A7C15u >> 20) & mask;
    while (s->slots[i] && s->slots[i] >> 2 != id + 1)
        i = (i + 1) & mask;
    return i;
}

static bool grow(gram_set *s)
{
    gram_set bigger = {.capacity = s->capacity ? 2 * s->capacity : 1024, .count = s->count};
    bigger.slots = calloc(bigger.capacity, sizeof *bigger.slots);
    if (!bigger.slots)
        return false;
    for (size_t i = 0; i < s->capacity; i++)
        if (s->slots[i])
            bigger.slots[slot_of(&bigger, (s->slots[i] >> 2) - 1)] = s->slots[i];
    free(s->slots);
    *s = bigger;
    return true;
}

bool gram_set_add(gram_set *s, uint64_t id, unsigned flag)
{
    if (2 * s->count >= s->capacity && !grow(s))
        return false;
    size_t i = slot_of(s, id);
    s->count += !s->slots[i];
    s->slots[i] |= (id + 1) << 2 | flag;
    return true;
}

unsigned gram_set_find(const gram_set *s, uint64_t id)
{
    return s->capacity ? (unsigned)(s->slots[slot_of(s, id)] & 3) : 0;
}

bool gram_set_copy(gram_set *to, const gram_set *from)
{
    *to = *from;
    to->slots = from->capacity ? malloc(from->capacity * sizeof *to->slots) : NULL;
    if (to->slots)
        memcpy(to->slots, from->slots, from->capacity * sizeof *to->slots);
    return to->slots || !from->capacity;
}

void gram_set_free(gram_set *s)
{
    free(s->slots);
    *s = (gram_set){0};
}

static bool add_text(engine *e, slice text, token_list *tokens, uint64_t *grams)
{
    for (size_t at = 0; at < text.size;) {
        tokens->count = 0;
        token_read(e->reader, text, &at, tokens);
        size_t n = gram_hashes(tokens->hashes, tokens->count, e->k, grams);
        for (size_t i = 0; i < n; i++)
            if (!gram_set_add(&e->masks, gram_id(e, grams[i]), MASK_LIBRARY))
                return false;
    }
    return true;
}

status mask_library(engine *e, fault *f)
{
    token_list tokens = {0};
    uint64_t *grams = malloc(PIECE_TOKENS * sizeof *grams);
    bool good = grams && token_list_reserve(&tokens, PIECE_TOKENS);
    for (size_t i = 0; i < e->count && good; i++)
        if (e->texts[i].role == ENGINE_LIBRARY)
            good = add_text(e, e->texts[i].display, &tokens, grams);
    free(grams);
    token_list_free(&tokens);
    return good ? OK : fault_memory(f);
}

/* A stretch of masked tokens that is still growing. */
typedef struct {
    size_t start, end;
    unsigned flag;
} stretch;

static void close_stretch(const stretch *s, uint8_t *mask)
{
    if (s->end - s->start >= MASK_RUN)
        for (size_t i = s->start; i < s->end; i++)
            mask[i] |= (uint8_t)s->flag;
}

static void mask_grams(const engine *e, const token_list *t, uint64_t *grams, unsigned flags,
                       uint8_t *mask)
{
    stretch open[2] = {{0, 0, MASK_FREQUENT}, {0, 0, MASK_LIBRARY}};
    size_t n = gram_hashes(t->hashes, t->count, e->k, grams);
    for (size_t i = 0; i < n; i++) {
        unsigned found = gram_set_find(&e->masks, gram_id(e, grams[i])) & flags;
        for (int s = 0; found && s < 2; s++) {
            if (!(found & open[s].flag))
                continue;
            if (i > open[s].end + MASK_GAP || open[s].end == 0) {
                close_stretch(&open[s], mask);
                open[s].start = i;
            }
            open[s].end = i + e->k;
        }
    }
    close_stretch(&open[0], mask);
    close_stretch(&open[1], mask);
}

typedef enum { MARK_NONE, MARK_OPENS, MARK_CLOSES, MARK_TURNS, MARK_BREAKS } mark_kind;

/* The quotation mark or line break at this byte. Double marks only, as a quotation is written:
 * " “ ” „ « ». */
static mark_kind mark_at(const char *p, size_t left)
{
    const unsigned char *c = (const unsigned char *)p;
    switch (*c) {
    case '\n': return MARK_BREAKS;
    case '"': return MARK_TURNS;
    case 0xE2:
        if (left < 3 || c[1] != 0x80)
            return MARK_NONE;
        return c[2] == 0x9C || c[2] == 0x9E ? MARK_OPENS : c[2] == 0x9D ? MARK_CLOSES : MARK_NONE;
    case 0xC2:
        if (left < 2)
            return MARK_NONE;
        return c[1] == 0xAB ? MARK_OPENS : c[1] == 0xBB ? MARK_CLOSES : MARK_NONE;
    default: return MARK_NONE;
    }
}

/* Marks the tokens between an opening mark and the closing one of the same paragraph. */
static void mask_quotations(slice text, size_t behind, const token_list *tokens, uint8_t *mask)
{
    bool open = false;
    size_t first = 0;
    for (size_t i = 0; i <= tokens->count; i++) {
        size_t to = i < tokens->count ? tokens->starts[i] : behind + (i ? 4 : 0);
        to = to < text.size ? to : text.size;
        for (; behind < to; behind++) {
            mark_kind kind = mark_at(text.bytes + behind, to - behind);
            if (open && (kind == MARK_CLOSES || kind == MARK_TURNS)) {
                for (size_t k = first; k < i; k++)
                    mask[k] |= MASK_QUOTED;
                open = false;
            } else if (kind == MARK_OPENS || kind == MARK_TURNS) {
                open = true;
                first = i;
            } else if (kind == MARK_BREAKS) {
                open = false;
            }
        }
        behind = i < tokens->count ? tokens->ends[i] : behind;
    }
}

void mask_tokens(const engine *e, size_t piece_index, slice text, const token_list *tokens,
                 uint64_t *grams, uint8_t *mask)
{
    const piece *p = &e->pieces[piece_index];
    memset(mask, 0, tokens->count);
    bool mostly = 2u * atomic_load_explicit(&p->frequent, memory_order_relaxed) > p->fingerprints;
    if (e->with_mask)
        mask_grams(e, tokens, grams, MASK_LIBRARY | (mostly ? 0u : MASK_FREQUENT), mask);
    mask_quotations(text, p->start, tokens, mask);
}
