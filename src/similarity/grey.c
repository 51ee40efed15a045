/* The parts of counted passages that do not count: shown grey, so that nobody wonders where they went. */
#include "internal.h"

#include <stdlib.h>

static bool grey_start(grey_reader *g)
{
    g->grams = malloc((PIECE_TOKENS + OVERLAP) * sizeof *g->grams);
    g->mask = malloc(PIECE_TOKENS + OVERLAP);
    return g->grams && g->mask && token_list_reserve(&g->tokens, PIECE_TOKENS);
}

void grey_free(grey_reader *g)
{
    free(g->grams);
    free(g->mask);
    token_list_free(&g->tokens);
    *g = (grey_reader){0};
}

static bool put(engine_grey_list *l, engine_grey one)
{
    engine_grey *last = l->count ? &l->items[l->count - 1] : NULL;
    if (last && last->side == one.side && last->end + 1 >= one.start && last->start <= one.start) {
        last->end = one.end;
        return true;
    }
    if (l->count == l->capacity) {
        size_t capacity = l->capacity ? 2 * l->capacity : 16;
        engine_grey *items = realloc(l->items, capacity * sizeof *items);
        if (!items)
            return false;
        l->items = items;
        l->capacity = capacity;
    }
    l->items[l->count++] = one;
    return true;
}

bool grey_find(grey_reader *g, const engine *e, uint32_t text, uint32_t from, uint32_t to,
               uint32_t side, engine_grey_list *out)
{
    bool good = g->mask || grey_start(g);
    for (uint32_t n = from / PIECE_TOKENS; good && n * (uint32_t)PIECE_TOKENS < to; n++) {
        size_t index = e->facts[text].first_piece + n, at = e->pieces[index].start;
        slice display = e->texts[text].display;
        g->tokens.count = 0;
        token_read(e->reader, display, &at, &g->tokens);
        mask_tokens(e, index, display, &g->tokens, g->grams, g->mask);
        for (uint32_t i = 0; i < g->tokens.count && good; i++) {
            uint32_t token = n * (uint32_t)PIECE_TOKENS + i;
            if (token >= from && token < to && g->mask[i] & (MASK_FREQUENT | MASK_LIBRARY))
                good = put(out, (engine_grey){side, g->tokens.starts[i], g->tokens.ends[i]});
        }
    }
    return good;
}
