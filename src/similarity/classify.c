/* Step 4: passages become pairs with shares and classes, pairs become cases. */
#include "internal.h"

#include <stdlib.h>
#include <string.h>

enum {
    NEAR = 8000,       /* ten-thousandths */
    CASE = 5000,       /* a share that links two texts into one case */
    PATCHED = 4000,    /* of a patchwork, in all */
    SOURCES_LEAST = 3, /* of a patchwork */
    SOURCE_LEAST = 20  /* tokens that a source must add */
};

/* Two texts that each stand for their group of identical ones. */
typedef struct {
    uint32_t text[2], share[2];
    size_t first, count; /* passages */
    engine_class class;
} draft;

typedef struct {
    engine *e;
    arena *mem;
    aligned_list all; /* by (text, text, token_start) */
    draft *drafts;
    size_t draft_count;
    uint32_t *next_same, *same_count; /* the next text of the group; how many, at the first */
    engine_pair *pairs;
    size_t pair_count, pair_capacity;
    token_list tokens; /* of the text last located */
    size_t located;    /* plus one */
    grey_reader grey;
    engine_grey_list greys; /* of one pair */
    size_t masked_pairs;
} classifier;

static int by_texts(const void *x, const void *y)
{
    const aligned *p = x, *q = y;
    for (int i = 0; i < 2; i++)
        if (p->text[i] != q->text[i])
            return p->text[i] < q->text[i] ? -1 : 1;
    for (int i = 0; i < 2; i++)
        if (p->token_start[i] != q->token_start[i])
            return p->token_start[i] < q->token_start[i] ? -1 : 1;
    return p->token_end[0] < q->token_end[0] ? -1 : p->token_end[0] > q->token_end[0];
}

static bool same_texts(const aligned *p, const aligned *q)
{
    return p->text[0] == q->text[0] && p->text[1] == q->text[1];
}

/* A passage that crosses from one piece into the next was found twice, in part: one passage. */
static bool join(aligned *to, const aligned *p)
{
    if (!same_texts(to, p) || to->kind != p->kind)
        return false;
    for (int i = 0; i < 2; i++)
        if (p->token_start[i] < to->token_start[i] ||
            p->token_start[i] > to->token_end[i] + OVERLAP)
            return false;
    uint32_t span = UINT32_MAX;
    for (int i = 0; i < 2; i++) {
        if (p->token_end[i] > to->token_end[i]) {
            to->token_end[i] = p->token_end[i];
            to->byte_end[i] = p->byte_end[i];
        }
        uint32_t own = to->token_end[i] - to->token_start[i];
        span = own < span ? own : span;
    }
    to->matched = to->matched + p->matched < span ? to->matched + p->matched : span;
    to->masked = to->masked + p->masked < to->matched ? to->masked + p->masked : to->matched;
    return true;
}

static bool in_pieces(const engine *e, const aligned *p)
{
    return text_piece_count(e, p->text[0]) > 1 || text_piece_count(e, p->text[1]) > 1;
}

static status gather(classifier *c, fault *f)
{
    engine *e = c->e;
    size_t count = 0, kept = 0;
    for (size_t i = 0; i < e->bucket_count; i++)
        count += e->found[i].count;
    aligned *items = malloc((count + 1) * sizeof *items);
    if (!items)
        return fault_memory(f);
    c->all = (aligned_list){items, 0, count};
    for (size_t i = 0; i < e->bucket_count; i++) {
        if (e->found[i].count)
            memcpy(items + c->all.count, e->found[i].items, e->found[i].count * sizeof *items);
        c->all.count += e->found[i].count;
        free(e->found[i].items);
        e->found[i] = (aligned_list){0};
    }
    qsort(items, count, sizeof *items, by_texts);
    for (size_t i = 0; i < count; i++)
        if (!kept || !in_pieces(e, &items[i]) || !join(&items[kept - 1], &items[i]))
            items[kept++] = items[i];
    c->all.count = kept;
    return OK;
}

typedef struct {
    uint32_t start, end;
} range;

static int by_start(const void *x, const void *y)
{
    const range *p = x, *q = y;
    return p->start != q->start ? (p->start < q->start ? -1 : 1)
                                : (p->end > q->end) - (p->end < q->end);
}

/* Unmasked tokens of one side that stand in counted passages. */
static uint64_t covered(const classifier *c, const draft *d, int side, range *spare)
{
    size_t n = 0;
    uint64_t sum = 0, masked = 0;
    uint32_t reached = 0;
    for (size_t i = d->first; i < d->first + d->count; i++) {
        const aligned *p = &c->all.items[i];
        if (p->kind != PASSAGE_COUNTED)
            continue;
        spare[n++] = (range){p->token_start[side], p->token_end[side]};
        masked += p->masked;
    }
    qsort(spare, n, sizeof *spare, by_start);
    for (size_t i = 0; i < n; i++) {
        uint32_t from = spare[i].start > reached ? spare[i].start : reached;
        if (spare[i].end > from)
            sum += spare[i].end - from;
        reached = spare[i].end > reached ? spare[i].end : reached;
    }
    return sum > masked ? sum - masked : 0;
}

static uint64_t unmasked_tokens(const engine *e, uint32_t text)
{
    uint64_t tokens = e->facts[text].tokens;
    for (size_t p = e->facts[text].first_piece; p < e->facts[text + 1].first_piece; p++)
        tokens -= atomic_load(&e->pieces[p].masked);
    return tokens;
}

static uint32_t share_of(uint64_t part, uint64_t whole)
{
    uint64_t share = whole ? part * ENGINE_WHOLE / whole : 0;
    return share > ENGINE_WHOLE ? ENGINE_WHOLE : (uint32_t)share;
}

static engine_class class_of(const uint32_t share[2])
{
    if (share[0] >= NEAR && share[1] >= NEAR)
        return ENGINE_NEAR;
    return share[0] >= NEAR || share[1] >= NEAR ? ENGINE_CONTAINED : ENGINE_PARTIAL;
}

static status make_drafts(classifier *c, fault *f)
{
    const aligned *items = c->all.items;
    range *spare = malloc((c->all.count + 1) * sizeof *spare);
    c->drafts = malloc((c->all.count + 1) * sizeof *c->drafts);
    if (!spare || !c->drafts) {
        free(spare);
        return fault_memory(f);
    }
    for (size_t i = 0, end; i < c->all.count; i = end) {
        bool counted = false;
        for (end = i; end < c->all.count && same_texts(&items[i], &items[end]); end++)
            counted |= items[end].kind == PASSAGE_COUNTED;
        if (!counted) {
            c->masked_pairs++;
            continue;
        }
        draft *d = &c->drafts[c->draft_count++];
        *d = (draft){.first = i, .count = end - i};
        for (int side = 0; side < 2; side++) {
            d->text[side] = items[i].text[side];
            d->share[side] =
                share_of(covered(c, d, side, spare), unmasked_tokens(c->e, d->text[side]));
        }
        d->class = class_of(d->share);
    }
    free(spare);
    return OK;
}

/* ---- patchwork ---- */

typedef struct {
    uint32_t text, share;
    size_t draft;
    int side;
} source;

static int by_text_and_share(const void *x, const void *y)
{
    const source *p = x, *q = y;
    if (p->text != q->text)
        return p->text < q->text ? -1 : 1;
    if (p->share != q->share)
        return p->share > q->share ? -1 : 1;
    return p->draft < q->draft ? -1 : p->draft > q->draft;
}

/* Is x known to have come after y? Then y cannot have taken anything from it. */
static bool came_later(const engine *e, uint32_t x, uint32_t y)
{
    const engine_text *s = &e->texts[x], *t = &e->texts[y];
    if (s->role != t->role)
        return s->role == ENGINE_CURRENT;
    return s->received && t->received && s->received > t->received;
}

/* Tokens of the text that this source adds to those marked already. */
static uint64_t mark(const classifier *c, const source *s, uint8_t *marked)
{
    uint64_t added = 0;
    const draft *d = &c->drafts[s->draft];
    for (size_t i = d->first; i < d->first + d->count; i++) {
        const aligned *p = &c->all.items[i];
        for (uint32_t t = p->token_start[s->side];
             p->kind == PASSAGE_COUNTED && t < p->token_end[s->side]; t++) {
            added += !marked[t];
            marked[t] = 1;
        }
    }
    return added;
}

static status judge_patchwork(classifier *c, source *sources, size_t count, fault *f)
{
    uint32_t text = sources[0].text;
    uint8_t *marked = calloc(c->e->facts[text].tokens + 1, 1);
    if (!marked)
        return fault_memory(f);
    uint64_t all = 0;
    size_t used = 0;
    for (size_t i = 0; i < count; i++) {
        draft *d = &c->drafts[sources[i].draft];
        if (sources[i].share >= NEAR || came_later(c->e, d->text[1 - sources[i].side], text))
            continue;
        uint64_t added = mark(c, &sources[i], marked);
        all += added;
        if (added >= SOURCE_LEAST)
            sources[used++] = sources[i];
    }
    free(marked);
    if (used >= SOURCES_LEAST && share_of(all, unmasked_tokens(c->e, text)) >= PATCHED)
        for (size_t i = 0; i < used; i++)
            c->drafts[sources[i].draft].class = ENGINE_PATCHWORK;
    return OK;
}

static status find_patchworks(classifier *c, fault *f)
{
    size_t count = 2 * c->draft_count;
    source *sources = malloc((count + 1) * sizeof *sources);
    if (!sources)
        return fault_memory(f);
    for (size_t i = 0; i < count; i++) {
        const draft *d = &c->drafts[i / 2];
        sources[i] = (source){d->text[i & 1], d->share[i & 1], i / 2, (int)(i & 1)};
    }
    qsort(sources, count, sizeof *sources, by_text_and_share);
    status st = OK;
    for (size_t i = 0, end; i < count && st == OK; i = end) {
        for (end = i + 1; end < count && sources[end].text == sources[i].text;)
            end++;
        if (end - i >= SOURCES_LEAST)
            st = judge_patchwork(c, sources + i, end - i, f);
    }
    free(sources);
    return st;
}

/* ---- pairs of all texts of two groups ---- */

static engine_pair *add_pair(classifier *c, uint32_t a, uint32_t b)
{
    if (c->pair_count == c->pair_capacity) {
        size_t capacity = c->pair_capacity ? 2 * c->pair_capacity : 64;
        engine_pair *pairs = realloc(c->pairs, capacity * sizeof *pairs);
        if (!pairs)
            return NULL;
        c->pairs = pairs;
        c->pair_capacity = capacity;
    }
    const engine_text *t = c->e->texts;
    engine_pair *p = &c->pairs[c->pair_count++];
    *p = (engine_pair){.a = a < b ? a : b, .b = a < b ? b : a};
    p->same_author = t[a].author && t[a].author == t[b].author;
    return p;
}

/* The bytes of a token range in a text that has the same tokens as the aligned one. */
static bool locate(classifier *c, uint32_t text, uint32_t from, uint32_t to, uint32_t *start,
                   uint32_t *end)
{
    const engine *e = c->e;
    if (c->located != text + (size_t)1) {
        size_t at = 0;
        c->located = 0;
        c->tokens.count = 0;
        if (!token_list_reserve(&c->tokens, e->facts[text].tokens + (size_t)1))
            return false;
        token_read(e->reader, e->texts[text].display, &at, &c->tokens);
        c->located = text + (size_t)1;
    }
    *start = c->tokens.starts[from];
    *end = c->tokens.ends[to - 1];
    return true;
}

static bool fill_passage(classifier *c, const aligned *p, const uint32_t text[2],
                         engine_passage *to)
{
    uint32_t start[2], end[2];
    for (int i = 0; i < 2; i++) {
        start[i] = p->byte_start[i];
        end[i] = p->byte_end[i];
        if (text[i] != p->text[i] &&
            !locate(c, text[i], p->token_start[i], p->token_end[i], &start[i], &end[i]))
            return false;
    }
    int a = text[0] < text[1] ? 0 : 1, b = 1 - a;
    *to = (engine_passage){start[a], end[a], start[b], end[b], p->matched, p->masked, p->kind};
    return true;
}

static int by_a_start(const void *x, const void *y)
{
    const engine_passage *p = x, *q = y;
    if (p->a_start != q->a_start)
        return p->a_start < q->a_start ? -1 : 1;
    return p->b_start < q->b_start ? -1 : p->b_start > q->b_start;
}

/* Few pairs have any. */
static bool put_greys(classifier *c, const draft *d, const uint32_t text[2], engine_pair *pair)
{
    c->greys.count = 0;
    for (size_t i = d->first; i < d->first + d->count; i++) {
        const aligned *p = &c->all.items[i];
        for (uint32_t side = 0; side < 2 && p->masked && p->kind == PASSAGE_COUNTED; side++) {
            uint32_t shown = (text[0] < text[1]) == (side == 0) ? 0 : 1;
            if (!grey_find(&c->grey, c->e, text[side], p->token_start[side], p->token_end[side],
                           shown, &c->greys))
                return false;
        }
    }
    engine_grey *copy = c->greys.count ? ARENA_ARRAY(c->mem, engine_grey, c->greys.count) : NULL;
    if (copy)
        memcpy(copy, c->greys.items, c->greys.count * sizeof *copy);
    pair->greys = copy;
    pair->grey_count = c->greys.count;
    return copy || !c->greys.count;
}

static bool put_draft(classifier *c, const draft *d, uint32_t x, uint32_t y)
{
    const engine *e = c->e;
    if (e->texts[x].role != ENGINE_CURRENT && e->texts[y].role != ENGINE_CURRENT)
        return true;
    const uint32_t text[2] = {x, y};
    engine_pair *p = add_pair(c, x, y);
    engine_passage *passages = ARENA_ARRAY(c->mem, engine_passage, d->count);
    if (!p || !passages)
        return false;
    p->class = d->class;
    p->share_a = d->share[x < y ? 0 : 1];
    p->share_b = d->share[x < y ? 1 : 0];
    for (size_t i = 0; i < d->count; i++)
        if (!fill_passage(c, &c->all.items[d->first + i], text, &passages[i]))
            return false;
    qsort(passages, d->count, sizeof *passages, by_a_start);
    p->passages = passages;
    p->passage_count = d->count;
    return put_greys(c, d, text, p);
}

/* All pairs of the two groups, or of their first texts only when there are too many. */
static bool expand_draft(classifier *c, const draft *d)
{
    uint32_t a = d->text[0], b = d->text[1];
    bool all = (uint64_t)c->same_count[a] * c->same_count[b] <= 2 * ENGINE_GROUP, good = true;
    for (uint32_t x = a; x != UINT32_MAX && good; x = all ? c->next_same[x] : UINT32_MAX)
        for (uint32_t y = b; y != UINT32_MAX && good; y = all ? c->next_same[y] : UINT32_MAX)
            good = put_draft(c, d, x, y);
    return good;
}

static bool put_exact(classifier *c, uint32_t x, uint32_t y)
{
    const engine *e = c->e;
    if (e->texts[x].role != ENGINE_CURRENT && e->texts[y].role != ENGINE_CURRENT)
        return true;
    engine_pair *p = add_pair(c, x, y);
    engine_passage *whole = ARENA_NEW(c->mem, engine_passage);
    uint32_t tokens = e->facts[x].tokens;
    if (!p || !whole || !locate(c, x, 0, tokens, &whole->a_start, &whole->a_end) ||
        !locate(c, y, 0, tokens, &whole->b_start, &whole->b_end))
        return false;
    whole->syllables = tokens;
    p->class = ENGINE_EXACT;
    p->share_a = p->share_b = ENGINE_WHOLE;
    p->passages = whole;
    p->passage_count = 1;
    return true;
}

static bool put_same(classifier *c)
{
    bool good = true;
    for (uint32_t i = 0; i < c->e->count && good; i++) {
        bool all = c->same_count[i] <= ENGINE_GROUP;
        for (uint32_t x = i; x != UINT32_MAX && c->same_count[i] > 1 && good;
             x = all ? c->next_same[x] : UINT32_MAX)
            for (uint32_t y = c->next_same[x]; y != UINT32_MAX && good; y = c->next_same[y])
                good = put_exact(c, x, y);
    }
    return good;
}

static status link_same(classifier *c, fault *f)
{
    size_t n = c->e->count;
    uint32_t *last = malloc((n + 1) * sizeof *last);
    c->next_same = malloc((n + 1) * sizeof *c->next_same);
    c->same_count = calloc(n + 1, sizeof *c->same_count);
    bool good = last && c->next_same && c->same_count;
    for (uint32_t i = 0; good && i < n; i++) {
        uint32_t first = c->e->facts[i].same;
        c->next_same[i] = UINT32_MAX;
        if (first != i)
            c->next_same[last[first]] = i;
        last[first] = i;
        c->same_count[first]++;
    }
    free(last);
    return good ? OK : fault_memory(f);
}

/* ---- cases ---- */

static uint32_t root_of(uint32_t *parent, uint32_t i)
{
    while (parent[i] != i) {
        parent[i] = parent[parent[i]];
        i = parent[i];
    }
    return i;
}

static int by_pair(const void *x, const void *y)
{
    const engine_pair *p = x, *q = y;
    return p->a != q->a ? (p->a < q->a ? -1 : 1) : p->b < q->b ? -1 : p->b > q->b;
}

static status finish(classifier *c, engine_result *out, fault *f)
{
    uint32_t *parent = malloc((c->e->count + 1) * sizeof *parent);
    engine_pair *pairs = ARENA_ARRAY(c->mem, engine_pair, c->pair_count);
    if (!parent || !pairs) {
        free(parent);
        return fault_memory(f);
    }
    for (uint32_t i = 0; i < c->e->count; i++)
        parent[i] = i;
    if (c->pair_count) {
        memcpy(pairs, c->pairs, c->pair_count * sizeof *pairs);
        qsort(pairs, c->pair_count, sizeof *pairs, by_pair);
    }
    for (size_t i = 0; i < c->pair_count; i++) {
        uint32_t a = root_of(parent, pairs[i].a), b = root_of(parent, pairs[i].b);
        if (pairs[i].share_a >= CASE || pairs[i].share_b >= CASE)
            parent[a > b ? a : b] = a > b ? b : a;
    }
    for (size_t i = 0; i < c->pair_count; i++)
        pairs[i].group = root_of(parent, pairs[i].a);
    free(parent);
    out->pairs = pairs;
    out->pair_count = c->pair_count;
    out->masked_pairs = c->masked_pairs;
    return OK;
}

/* Buckets and the pieces in them are in the order of texts. */
static status tell_crowded(const classifier *c, engine_result *out, fault *f)
{
    const engine *e = c->e;
    size_t count = 0;
    for (size_t b = 0; e->crowded && b < e->bucket_count; b++)
        count += e->crowded[b].count;
    out->crowded = ARENA_ARRAY(c->mem, engine_crowded, count);
    if (!out->crowded)
        return fault_memory(f);
    out->crowded_count = 0;
    for (size_t b = 0; e->crowded && b < e->bucket_count; b++)
        for (size_t i = 0; i < e->crowded[b].count; i++) {
            uint64_t one = e->crowded[b].items[i];
            uint32_t text = e->pieces[one >> 32].text, left = (uint32_t)one;
            if (out->crowded_count && out->crowded[out->crowded_count - 1].text == text)
                out->crowded[out->crowded_count - 1].left += left;
            else
                out->crowded[out->crowded_count++] = (engine_crowded){text, left};
        }
    return OK;
}

static status classify(classifier *c, engine_result *out, fault *f)
{
    TRY(gather(c, f));
    TRY(make_drafts(c, f));
    TRY(find_patchworks(c, f));
    TRY(link_same(c, f));
    for (size_t i = 0; i < c->draft_count; i++)
        if (!expand_draft(c, &c->drafts[i]))
            return fault_memory(f);
    if (!put_same(c))
        return fault_memory(f);
    TRY(finish(c, out, f));
    TRY(tell_crowded(c, out, f));
    return engine_find_mass(c->e, c->mem, out, f);
}

status engine_classify(engine *e, arena *mem, engine_result *out, fault *f)
{
    classifier c = {.e = e, .mem = mem};
    status st = classify(&c, out, f);
    free(c.all.items);
    free(c.drafts);
    free(c.next_same);
    free(c.same_count);
    free(c.pairs);
    free(c.greys.items);
    grey_free(&c.grey);
    token_list_free(&c.tokens);
    return st;
}
