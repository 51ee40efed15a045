/* One alignment: seeds of three equal tokens, grown along their diagonals, chained, merged, judged. */
#include "internal.h"

#include <stdlib.h>
#include <string.h>

enum {
    SLOTS = 256,          /* pieces kept ready, per thread */
    SEGMENTS_MOST = 8192, /* a pair of hostile texts has millions; the first ones tell enough */
    SAME_SEEDS = 8,       /* places in a at which one seed is tried */
    LOOK_BACK = 64,       /* segments tried as the one before */
    CHAIN_GAP = 18,       /* tokens between two segments of a chain */
    MERGE_GAP = 40,       /* tokens between two chains of a passage */
    CHAIN_LEAST = 6,      /* tokens of a chain */
    CHAINS_MOST = 256,
    EXTEND_GAP = 2, /* tokens changed before a single equal one at the end of a passage */
    RUN_LEAST = 6   /* the longest unbroken run of a passage */
};

typedef struct {
    size_t piece; /* plus one; 0: empty */
    slice text;
    token_list tokens;
    uint8_t *mask;
    size_t mask_capacity;
} slot;

typedef struct {
    uint32_t a, b, length;
    int32_t score, before; /* best chain that ends here; index of the segment before, -1: none */
    bool used;
} segment;

typedef struct {
    uint32_t a0, a1, b0, b1;
    uint32_t matched, masked, quoted, longest;
    int32_t score;
} chain;

struct aligner {
    tokenizer *reader;
    slot own, others[SLOTS]; /* own: the piece a, which stays for many b */
    uint64_t grams[PIECE_TOKENS + OVERLAP];
    uint32_t heads[4 * PIECE_TOKENS], next[PIECE_TOKENS + OVERLAP]; /* seeds of a; plus one */
    size_t head_mask;
    uint32_t diagonal[2 * (PIECE_TOKENS + OVERLAP) + 1]; /* tokens of b covered on it */
    segment segments[SEGMENTS_MOST];
    uint64_t by_score[SEGMENTS_MOST]; /* score, falling, and index */
    size_t segment_count;
    chain chains[CHAINS_MOST];
    size_t chain_count;
};

aligner *aligner_new(const fold_table *fold)
{
    aligner *al = calloc(1, sizeof *al);
    if (al && !(al->reader = tokenizer_new(fold))) {
        free(al);
        return NULL;
    }
    return al;
}

static void free_slot(slot *s)
{
    token_list_free(&s->tokens);
    free(s->mask);
}

void aligner_forget(aligner *al)
{
    al->own.piece = 0;
    for (size_t i = 0; i < SLOTS; i++)
        al->others[i].piece = 0;
}

void aligner_free(aligner *al)
{
    if (!al)
        return;
    tokenizer_free(al->reader);
    free_slot(&al->own);
    for (size_t i = 0; i < SLOTS; i++)
        free_slot(&al->others[i]);
    free(al);
}

bool aligned_put(aligned_list *l, const aligned *p)
{
    if (l->count == l->capacity) {
        size_t capacity = l->capacity ? l->capacity * 2 : 16;
        aligned *items = realloc(l->items, capacity * sizeof *items);
        if (!items)
            return false;
        l->items = items;
        l->capacity = capacity;
    }
    l->items[l->count++] = *p;
    return true;
}

/* Reads a piece, and OVERLAP tokens of the next one, into the slot unless it is there already. */
static bool fill_slot(aligner *al, engine *e, slot *s, size_t index)
{
    if (s->piece == index + 1)
        return true;
    piece *p = &e->pieces[index];
    size_t need = p->tokens + (size_t)OVERLAP;
    s->piece = 0;
    s->tokens.count = 0;
    if (!token_list_reserve(&s->tokens, need))
        return false;
    if (s->mask_capacity < need) {
        free(s->mask);
        s->mask = malloc(need);
        s->mask_capacity = s->mask ? need : 0;
        if (!s->mask)
            return false;
    }
    s->text = e->texts[p->text].display;
    token_list view = s->tokens;
    view.capacity = need;
    size_t at = p->start;
    token_read(al->reader, s->text, &at, &view);
    s->tokens.count = view.count;
    mask_tokens(e, index, s->text, &s->tokens, al->grams, s->mask);
    unsigned masked = 0;
    for (size_t i = 0; i < p->tokens && i < s->tokens.count; i++)
        masked += (s->mask[i] & (MASK_FREQUENT | MASK_LIBRARY)) != 0;
    atomic_store_explicit(&p->masked, (uint16_t)masked, memory_order_relaxed);
    s->piece = index + 1;
    return true;
}

/* ---- seeds ---- */

static bool same_seed(const uint32_t *x, const uint32_t *y)
{
    return x[0] == y[0] && x[1] == y[1] && x[2] == y[2];
}

static size_t seed_slot(const aligner *al, const uint32_t *t)
{
    uint64_t h = t[0] * UINT64_C(0x9E3779B97F4A7C15) + t[1] * UINT64_C(0xD6E8FEB86659FD93) +
                 t[2] * UINT64_C(0xA0761D6478BD642F);
    h ^= h >> 32;
    const uint32_t *a = al->own.tokens.hashes;
    size_t i = (size_t)h & al->head_mask;
    while (al->heads[i] && !same_seed(a + al->heads[i] - 1, t))
        i = (i + 1) & al->head_mask;
    return i;
}

static void index_seeds(aligner *al)
{
    size_t n = al->own.tokens.count, size = 64;
    while (size < 2 * n)
        size *= 2;
    al->head_mask = size - 1;
    memset(al->heads, 0, size * sizeof *al->heads);
    for (size_t i = n < SEED ? 0 : n - SEED + 1; i-- > 0;) {
        size_t s = seed_slot(al, al->own.tokens.hashes + i);
        al->next[i] = al->heads[s];
        al->heads[s] = (uint32_t)i + 1;
    }
}

/* Grows a seed both ways along its diagonal, unless an earlier one has covered it. */
static void grow_seed(aligner *al, const token_list *b, uint32_t i, uint32_t j)
{
    const token_list *a = &al->own.tokens;
    uint32_t *covered = &al->diagonal[j + a->count - i];
    if (j < *covered || al->segment_count == SEGMENTS_MOST)
        return;
    uint32_t length = SEED;
    while (i + length < a->count && j + length < b->count &&
           a->hashes[i + length] == b->hashes[j + length])
        length++;
    *covered = j + length;
    al->segments[al->segment_count++] = (segment){i, j, length, 0, -1, false};
}

static int by_place(const void *x, const void *y)
{
    const segment *s = x, *t = y;
    if (s->b != t->b)
        return s->b < t->b ? -1 : 1;
    return s->a < t->a ? -1 : s->a > t->a;
}

static void find_segments(aligner *al, const token_list *b)
{
    const token_list *a = &al->own.tokens;
    al->segment_count = 0;
    memset(al->diagonal, 0, (a->count + b->count + 1) * sizeof *al->diagonal);
    for (uint32_t j = 0; j + SEED <= b->count; j++) {
        uint32_t i = al->heads[seed_slot(al, b->hashes + j)];
        for (int tries = 0; i && tries < SAME_SEEDS; tries++, i = al->next[i - 1])
            grow_seed(al, b, i - 1, j);
    }
    qsort(al->segments, al->segment_count, sizeof *al->segments, by_place);
}

/* ---- chains ---- */

/* Tokens by which s overlaps p in either text. */
static int32_t overlap(const segment *p, const segment *s)
{
    int32_t a = (int32_t)(p->a + p->length) - (int32_t)s->a,
            b = (int32_t)(p->b + p->length) - (int32_t)s->b, most = a > b ? a : b;
    return most > 0 ? most : 0;
}

static int32_t link_score(const segment *p, const segment *s)
{
    int32_t ga = (int32_t)s->a - (int32_t)(p->a + p->length),
            gb = (int32_t)s->b - (int32_t)(p->b + p->length), far = ga > gb ? ga : gb;
    int32_t left = (int32_t)s->length - overlap(p, s);
    if (far > CHAIN_GAP || s->a <= p->a || s->b <= p->b || left < 1)
        return 0;
    int32_t cost = (ga > gb ? ga - gb : gb - ga) / 2 + (far > 0 ? far / 8 : 0);
    return p->score + left - cost;
}

static void score_segments(aligner *al)
{
    for (size_t n = 0; n < al->segment_count; n++) {
        segment *s = &al->segments[n];
        s->score = (int32_t)s->length;
        for (size_t p = n, tried = 0; p-- > 0 && tried < LOOK_BACK; tried++) {
            int32_t score = link_score(&al->segments[p], s);
            if (score > s->score) {
                s->score = score;
                s->before = (int32_t)p;
            }
        }
    }
}

static void add_tokens(chain *c, const slot *a, const slot *b, const segment *s, uint32_t skip)
{
    uint32_t run = 0;
    for (uint32_t i = skip; i < s->length; i++) {
        unsigned x = a->mask[s->a + i], y = b->mask[s->b + i];
        bool masked = ((x | y) & (MASK_FREQUENT | MASK_LIBRARY)) != 0;
        c->matched++;
        c->masked += masked;
        c->quoted += !masked && (x & y & MASK_QUOTED);
        run = masked ? 0 : run + 1;
        c->longest = run > c->longest ? run : c->longest;
    }
}

static uint32_t common(uint32_t s0, uint32_t s1, uint32_t t0, uint32_t t1)
{
    uint32_t from = s0 > t0 ? s0 : t0, to = s1 < t1 ? s1 : t1;
    return to > from ? to - from : 0;
}

/* Is more than half of it, in either text, already told by a better chain? */
static bool is_told(const aligner *al, const chain *c)
{
    for (size_t i = 0; i < al->chain_count; i++) {
        const chain *t = &al->chains[i];
        if (2 * common(c->a0, c->a1, t->a0, t->a1) > c->a1 - c->a0 ||
            2 * common(c->b0, c->b1, t->b0, t->b1) > c->b1 - c->b0)
            return true;
    }
    return false;
}

static void take_chain(aligner *al, const slot *b, uint32_t last)
{
    segment *s = &al->segments[last];
    chain c = {.a1 = s->a + s->length, .b1 = s->b + s->length, .score = s->score};
    for (;;) {
        s->used = true;
        segment *before = s->before < 0 ? NULL : &al->segments[s->before];
        if (before && before->used) {
            c.score -= before->score;
            before = NULL;
        }
        add_tokens(&c, &al->own, b, s, before ? (uint32_t)overlap(before, s) : 0);
        c.a0 = s->a;
        c.b0 = s->b;
        if (!before)
            break;
        s = before;
    }
    if (c.matched >= CHAIN_LEAST && !is_told(al, &c))
        al->chains[al->chain_count++] = c;
}

static int by_value(const void *x, const void *y)
{
    uint64_t s = *(const uint64_t *)x, t = *(const uint64_t *)y;
    return (s > t) - (s < t);
}

/* Segments by score, the best first; equal ones in order of place. */
static void order_by_score(aligner *al)
{
    for (size_t i = 0; i < al->segment_count; i++)
        al->by_score[i] = (uint64_t)(INT32_MAX - al->segments[i].score) << 32 | i;
    qsort(al->by_score, al->segment_count, sizeof *al->by_score, by_value);
}

static void find_chains(aligner *al, const slot *b)
{
    al->chain_count = 0;
    score_segments(al);
    order_by_score(al);
    for (size_t i = 0; i < al->segment_count && al->chain_count < CHAINS_MOST; i++) {
        uint32_t last = (uint32_t)al->by_score[i];
        if (!al->segments[last].used && al->segments[last].score >= CHAIN_LEAST)
            take_chain(al, b, last);
    }
}

/* ---- passages ---- */

static bool dense(const chain *c)
{
    uint32_t a = c->a1 - c->a0, b = c->b1 - c->b0;
    return 2 * c->matched >= (a > b ? a : b);
}

static bool near_enough(uint32_t end, uint32_t start)
{
    return start + 4 >= end && start <= end + MERGE_GAP;
}

static int by_b(const void *x, const void *y)
{
    const chain *s = x, *t = y;
    return s->b0 != t->b0 ? (s->b0 < t->b0 ? -1 : 1) : s->a0 < t->a0 ? -1 : s->a0 > t->a0;
}

/* Joins neighbours that go on in both texts. */
static void merge_chains(aligner *al)
{
    qsort(al->chains, al->chain_count, sizeof *al->chains, by_b);
    size_t kept = 0;
    for (size_t i = 0; i < al->chain_count; i++) {
        chain c = al->chains[i];
        bool joined = false;
        for (size_t p = kept; p-- > 0 && !joined;) {
            chain *to = &al->chains[p], both = *to;
            if (!near_enough(to->a1, c.a0) || !near_enough(to->b1, c.b0))
                continue;
            both.a1 = c.a1 > to->a1 ? c.a1 : to->a1;
            both.b1 = c.b1 > to->b1 ? c.b1 : to->b1;
            both.matched += c.matched;
            both.masked += c.masked;
            both.quoted += c.quoted;
            both.longest = c.longest > to->longest ? c.longest : to->longest;
            joined = dense(&both);
            if (joined)
                *to = both;
        }
        if (!joined)
            al->chains[kept++] = c;
    }
    al->chain_count = kept;
}

static bool worth_showing(const chain *c)
{
    return c->matched >= ENGINE_MATCHED && dense(c);
}

static passage_kind kind_of(const chain *c)
{
    uint32_t own = c->matched - c->masked;
    if (own < ENGINE_MATCHED || c->longest < RUN_LEAST)
        return PASSAGE_MASKED;
    return 4 * c->quoted >= 3 * own ? PASSAGE_QUOTED : PASSAGE_COUNTED;
}

static bool equal_at(const token_list *a, const token_list *b, int64_t i, int64_t j)
{
    return i >= 0 && j >= 0 && i < (int64_t)a->count && j < (int64_t)b->count &&
           a->hashes[i] == b->hashes[j];
}

/* The next equal tokens behind i and j, or before them when step is -1; how many were skipped in the text
 * where it is more, -1: too many. */
static int next_equal(const token_list *a, const token_list *b, int step, int64_t *i, int64_t *j)
{
    for (int skipped = 0; skipped <= EXTEND_GAP; skipped++)
        for (int less = 0; less <= skipped; less++) /* in one of them */
            for (int side = 0; side < 2; side++) {
                int64_t x = *i + step * (1 + skipped - (side ? 0 : less)),
                        y = *j + step * (1 + skipped - (side ? less : 0));
                if (equal_at(a, b, x, y)) {
                    *i = x;
                    *j = y;
                    return skipped;
                }
            }
    return -1;
}

/* Where a passage ends that was found by runs of tokens, single ones among changed ones go on; *i and *j: the
 * last token that belongs to it. */
static void extend(const token_list *a, const token_list *b, int step, int64_t *i, int64_t *j)
{
    int64_t x = *i, y = *j;
    for (int skipped; (skipped = next_equal(a, b, step, &x, &y)) >= 0;)
        if (skipped < EXTEND_GAP) {
            *i = x;
            *j = y;
        }
}

static bool put_passage(engine *e, const slot *a, const slot *b, const chain *c, passage_kind kind,
                        aligned_list *out)
{
    aligned p = {.matched = c->matched, .masked = c->masked, .kind = kind};
    const slot *slots[2] = {a, b};
    int64_t from[2] = {c->a0, c->b0}, last[2] = {(int64_t)c->a1 - 1, (int64_t)c->b1 - 1};
    extend(&a->tokens, &b->tokens, -1, &from[0], &from[1]);
    extend(&a->tokens, &b->tokens, 1, &last[0], &last[1]);
    for (int i = 0; i < 2; i++) {
        size_t index = slots[i]->piece - 1;
        p.text[i] = e->pieces[index].text;
        uint32_t base =
            ((uint32_t)index - e->facts[p.text[i]].first_piece) * (uint32_t)PIECE_TOKENS;
        p.token_start[i] = base + (uint32_t)from[i];
        p.token_end[i] = base + (uint32_t)last[i] + 1;
        p.byte_start[i] = slots[i]->tokens.starts[from[i]];
        p.byte_end[i] = slots[i]->tokens.ends[last[i]];
    }
    return aligned_put(out, &p);
}

status aligner_run(aligner *al, engine *e, size_t piece_a, size_t piece_b, aligned_list *out,
                   fault *f)
{
    bool fresh = al->own.piece != piece_a + 1;
    slot *b = &al->others[piece_b % SLOTS];
    if (!fill_slot(al, e, &al->own, piece_a) || !fill_slot(al, e, b, piece_b))
        return fault_memory(f);
    if (fresh)
        index_seeds(al);
    find_segments(al, &b->tokens);
    find_chains(al, b);
    merge_chains(al);
    uint32_t quoted = 0;
    for (size_t i = 0; i < al->chain_count; i++)
        if (worth_showing(&al->chains[i]) && kind_of(&al->chains[i]) == PASSAGE_QUOTED)
            quoted += al->chains[i].matched - al->chains[i].masked;
    for (size_t i = 0; i < al->chain_count; i++) {
        const chain *c = &al->chains[i];
        passage_kind kind = kind_of(c);
        if (kind == PASSAGE_QUOTED && quoted > ENGINE_QUOTED)
            kind = PASSAGE_COUNTED;
        /* What no mask explains and is still too thin was a chance likeness. */
        if (!worth_showing(c) || (kind == PASSAGE_MASKED && c->masked == 0))
            continue;
        if (!put_passage(e, &al->own, b, c, kind, out))
            return fault_memory(f);
    }
    return OK;
}
