/* One text against the corpus: its fingerprints are looked up, the hits become candidates as in a
 * comparison of all, and the candidates and the text a small comparison of their own. */
#include "corpus.h"

#include <stdlib.h>
#include <string.h>

typedef struct {
    segment s;
    size_t first_text, first_piece; /* in the numbers of the corpus */
} holding;

struct corpus {
    reading r;
    tokenizer *reader;
    aligner *aligner;
    gram_set library;
    holding *held;
    size_t count, capacity, text_count, piece_count;
};

/* ---- segments ---- */

static status read_library(corpus *a, const engine_text *library, size_t count, fault *f)
{
    engine e = {.texts = library,
                .count = count,
                .k = a->r.k,
                .partition_bits = SEGMENT_PARTITION_BITS,
                .fold = a->r.fold,
                .reader = a->reader};
    status st = mask_library(&e, f);
    a->library = e.masks;
    return st;
}

status corpus_new(corpus **out, size_t texts, const engine_text *library, size_t library_count,
                  fault *f)
{
    corpus *a = calloc(1, sizeof *a);
    if (!a)
        return fault_memory(f);
    reading_choose(&a->r, texts);
    a->r.threads = 1;
    a->r.fold = fold_table_new();
    a->reader = a->r.fold ? tokenizer_new(a->r.fold) : NULL;
    a->aligner = a->r.fold ? aligner_new(a->r.fold) : NULL;
    status st =
        a->reader && a->aligner ? read_library(a, library, library_count, f) : fault_memory(f);
    if (st == OK)
        *out = a;
    else
        corpus_free(a);
    return st;
}

void corpus_free(corpus *a)
{
    if (!a)
        return;
    for (size_t i = 0; i < a->count; i++)
        free(a->held[i].s.dead);
    free(a->held);
    gram_set_free(&a->library);
    aligner_free(a->aligner);
    tokenizer_free(a->reader);
    fold_table_free(a->r.fold);
    free(a);
}

const reading *corpus_reading(const corpus *a)
{
    return &a->r;
}

static bool make_room(corpus *a)
{
    if (a->count < a->capacity)
        return true;
    size_t capacity = a->capacity ? 2 * a->capacity : 16;
    holding *more = realloc(a->held, capacity * sizeof *more);
    if (!more)
        return false;
    a->held = more;
    a->capacity = capacity;
    return true;
}

status corpus_add(corpus *a, const void *bytes, size_t size, size_t *used, fault *f)
{
    segment s;
    *used = segment_read(&a->r, bytes, size, &s);
    if (!*used)
        return OK;
    if (a->piece_count + s.piece_count > 1u << PIECE_BITS)
        return FAIL(f, E_LIMIT, "kho bài cũ quá lớn để tra một lần (trên %u đoạn)",
                    "the corpus is too large to be asked at once (over %u pieces)",
                    1u << PIECE_BITS);
    if (!make_room(a))
        return fault_memory(f);
    holding *h = &a->held[a->count];
    *h = (holding){s, a->text_count, a->piece_count};
    h->s.dead = calloc(s.text_count + 1, 1);
    if (!h->s.dead)
        return fault_memory(f);
    a->count++;
    a->text_count += s.text_count;
    a->piece_count += s.piece_count;
    return OK;
}

size_t corpus_count(const corpus *a)
{
    return a->text_count;
}

/* The segment that holds the text of that number. */
static const holding *holder_of_text(const corpus *a, size_t text)
{
    size_t low = 0, high = a->count;
    while (high - low > 1) {
        size_t middle = (low + high) / 2;
        *(a->held[middle].first_text <= text ? &low : &high) = middle;
    }
    return &a->held[low];
}

static const holding *holder_of_piece(const corpus *a, size_t number)
{
    size_t low = 0, high = a->count;
    while (high - low > 1) {
        size_t middle = (low + high) / 2;
        *(a->held[middle].first_piece <= number ? &low : &high) = middle;
    }
    return &a->held[low];
}

const segment_name *corpus_name(const corpus *a, size_t text, int *year)
{
    const holding *h = holder_of_text(a, text);
    *year = h->s.year;
    return &h->s.texts[text - h->first_text].name;
}

void corpus_forget(corpus *a, size_t text)
{
    const holding *h = holder_of_text(a, text);
    h->s.dead[text - h->first_text] = 1;
}

/* ---- looking up ---- */

typedef struct {
    corpus *a;
    const corpus_question *q;
    engine own;       /* the text alone: its pieces and postings */
    number_list hits; /* as candidate.c has them: own piece | corpus piece | two places */
    gram_set frequent;
    number_list first_hits; /* corpus piece, for each frequent k-gram that it has first */
} asking;

static size_t piece_in(uint64_t posting)
{
    return (size_t)(posting >> POSITION_BITS) & ((1u << PIECE_BITS) - 1);
}

/* The next posting of a text that counts: alive, not the question itself, and not one just seen. */
static const uint64_t *next_text(const asking *k, size_t number, const uint64_t *at,
                                 const uint64_t *end, uint32_t *last)
{
    const holding *h = &k->a->held[number];
    for (; at < end; at++) {
        uint32_t text = h->s.pieces[piece_in(*at)];
        if (text == *last || h->s.dead[text] || h->first_text + text == k->q->self)
            continue;
        *last = text;
        return at;
    }
    return NULL;
}

enum { ANY_YEAR = 8 * ENGINE_FREQUENT };

/* As in a comparison of all (index.c), the question counted in. */
static bool is_frequent(const asking *k, const posting_range *ranges)
{
    size_t of_year = 0, all = 1;
    for (size_t i = 0; i < k->a->count; i++) {
        const segment *s = &k->a->held[i].s;
        if (i == 0 || s->year != k->a->held[i - 1].s.year)
            of_year = s->year == k->q->text.year;
        uint32_t last = UINT32_MAX;
        for (const uint64_t *p = ranges[i].from;
             (p = next_text(k, i, p, ranges[i].to, &last)) != NULL; p++) {
            all++;
            if (++of_year > ENGINE_FREQUENT || all > ANY_YEAR)
                return true;
        }
    }
    return false;
}

static bool put_hit(asking *k, uint64_t posting, size_t segment_number, uint64_t found)
{
    uint64_t other = piece_in(found) + k->a->held[segment_number].first_piece;
    return number_put(&k->hits, posting_pair(piece_in(posting), posting, other, found));
}

/* A frequent k-gram says something only to a text that has hardly any others: the first that has it. */
static bool put_first(asking *k, uint64_t posting, const posting_range *ranges)
{
    for (size_t i = 0; i < k->a->count; i++) {
        uint32_t last = UINT32_MAX;
        const uint64_t *p = next_text(k, i, ranges[i].from, ranges[i].to, &last);
        if (p)
            return put_hit(k, posting, i, *p) &&
                   number_put(&k->first_hits, piece_in(*p) + k->a->held[i].first_piece);
    }
    return true;
}

static bool put_all(asking *k, uint64_t posting, const posting_range *ranges)
{
    for (size_t i = 0; i < k->a->count; i++) {
        uint32_t last = UINT32_MAX;
        for (const uint64_t *p = ranges[i].from;
             (p = next_text(k, i, p, ranges[i].to, &last)) != NULL; p++)
            if (!put_hit(k, posting, i, *p))
                return false;
    }
    return true;
}

enum { BLOCK = 512 }; /* fingerprints looked up together */

/* The text's own fingerprints, by partition: in the order of the segments' postings. */
static fingerprint *take_fingerprints(asking *k, size_t *count)
{
    size_t most = 0, n = 0;
    for (size_t i = 0; i < k->own.piece_count; i++)
        most += k->own.pieces[i].fingerprints;
    fingerprint *out = malloc((most + 1) * sizeof *out);
    uint64_t *items = malloc((most + 1) * sizeof *items);
    for (size_t p = 0; out && items && p < (size_t)1 << SEGMENT_PARTITION_BITS; p++) {
        size_t of_partition = bin_size(k->own.postings, 1, p);
        bin_take(k->own.postings, 1, p, items);
        for (size_t i = 0; i < of_partition; i++)
            out[n++] = (fingerprint){p, items[i]};
    }
    *count = n;
    free(items);
    if (items)
        return out;
    free(out);
    return NULL;
}

static bool look_up(asking *k, const fingerprint *one, const posting_range *ranges, bool *frequent)
{
    *frequent = is_frequent(k, ranges);
    if (!*frequent)
        return put_all(k, one->posting, ranges);
    uint64_t hash = one->posting >> (PIECE_BITS + POSITION_BITS);
    k->own.pieces[piece_in(one->posting)].frequent++;
    return gram_set_add(&k->frequent, (uint64_t)one->partition << HASH_BITS | hash, MASK_FREQUENT);
}

static bool look_up_first(asking *k, const fingerprint *one, const posting_range *ranges,
                          bool *frequent)
{
    const piece *own = &k->own.pieces[piece_in(one->posting)];
    return !*frequent || 2u * own->frequent <= own->fingerprints ||
           put_first(k, one->posting, ranges);
}

/* Does it for every fingerprint, block by block. */
static bool for_each(asking *k, const fingerprint *prints, size_t count, bool *frequent,
                     bool (*job)(asking *, const fingerprint *, const posting_range *, bool *))
{
    size_t stride = k->a->count;
    posting_range *ranges = calloc(BLOCK * stride + 1, sizeof *ranges);
    bool good = ranges != NULL;
    for (size_t from = 0; good && from < count; from += BLOCK) {
        size_t n = count - from < BLOCK ? count - from : BLOCK;
        for (size_t s = 0; s < stride; s++)
            segment_find(&k->a->held[s].s, prints + from, n, ranges + s, stride);
        for (size_t i = 0; good && i < n; i++)
            good = job(k, &prints[from + i], ranges + i * stride, &frequent[from + i]);
    }
    free(ranges);
    return good;
}

static status look_up_all(asking *k, fault *f)
{
    size_t count;
    fingerprint *prints = take_fingerprints(k, &count);
    bool *frequent = prints ? calloc(count + 1, sizeof *frequent) : NULL;
    bool good = frequent && for_each(k, prints, count, frequent, look_up) &&
                (!k->frequent.count || for_each(k, prints, count, frequent, look_up_first));
    free(prints);
    free(frequent);
    return good ? OK : fault_memory(f);
}

/* ---- comparing with the candidates ---- */

/* A candidate pair: a piece of the question, and one of the corpus. */
typedef struct {
    size_t own, other;
} candidate;

typedef struct {
    candidate *items;
    size_t count, left;
} candidate_list;

static int by_number(const void *x, const void *y)
{
    uint64_t a = *(const uint64_t *)x, b = *(const uint64_t *)y;
    return (a > b) - (a < b);
}

static status find_candidates(asking *k, candidate_list *out, fault *f)
{
    number_list chosen = {0};
    uint64_t *hits = k->hits.items;
    size_t count = k->hits.count, left;
    status st = OK;
    if (count)
        qsort(hits, count, sizeof *hits, by_number);
    out->items = malloc((k->own.piece_count * ENGINE_PARTNERS + 1) * sizeof *out->items);
    if (!out->items)
        return fault_memory(f);
    for (size_t i = 0, end; i < count && st == OK; i = end) {
        size_t own = pair_owner(hits[i]);
        for (end = i + 1; end < count && pair_owner(hits[end]) == own;)
            end++;
        st = choose_partners(hits + i, end - i, &chosen, &left, f);
        out->left += left;
        for (size_t c = 0; c < chosen.count && st == OK; c++)
            out->items[out->count++] = (candidate){own, (uint32_t)chosen.items[c]};
    }
    free(chosen.items);
    return st;
}

/* The corpus's number of the text that has the piece; *within: which of its pieces. */
static size_t text_of_piece(const corpus *a, size_t number, size_t *within)
{
    const holding *h = holder_of_piece(a, number);
    uint32_t text = h->s.pieces[number - h->first_piece];
    *within = number - h->first_piece - h->s.texts[text].first_piece;
    return h->first_text + text;
}

typedef struct {
    engine e;
    engine_text *texts; /* the candidates' by number in the corpus, then the question */
    uint64_t *numbers;
    int64_t *ids;
    size_t count; /* of candidates */
} small_comparison;

static status read_candidates(asking *k, arena *mem, const candidate_list *list,
                              small_comparison *out, fault *f)
{
    size_t within;
    int year;
    out->numbers = ARENA_ARRAY(mem, uint64_t, list->count + 1);
    out->ids = ARENA_ARRAY(mem, int64_t, list->count + 1);
    out->texts = ARENA_ARRAY(mem, engine_text, list->count + 1);
    if (!out->numbers || !out->ids || !out->texts)
        return fault_memory(f);
    for (size_t i = 0; i < list->count; i++)
        out->numbers[i] = text_of_piece(k->a, list->items[i].other, &within);
    qsort(out->numbers, list->count, sizeof *out->numbers, by_number);
    for (size_t i = 0; i < list->count; i++) {
        if (out->count && out->numbers[out->count - 1] == out->numbers[i])
            continue;
        size_t number = (size_t)out->numbers[i];
        out->numbers[out->count] = number;
        out->ids[out->count] = corpus_name(k->a, number, &year)->id;
        TRY(k->q->read(k->q->state, out->ids[out->count], &out->texts[out->count], f));
        out->texts[out->count++].role = ENGINE_EARLIER;
    }
    out->ids[out->count] = k->q->id;
    out->texts[out->count] = k->q->text;
    out->texts[out->count].role = ENGINE_CURRENT;
    return OK;
}

/* The piece of the small comparison; of a text that is the same as another, the other's. */
static bool small_piece(const small_comparison *c, size_t text, size_t within, size_t *out)
{
    size_t same = c->e.facts[text].same;
    *out = c->e.facts[same].first_piece + within;
    return within < text_piece_count(&c->e, same);
}

static size_t small_text(const small_comparison *c, uint64_t number)
{
    const uint64_t *at = bsearch(&number, c->numbers, c->count, sizeof number, by_number);
    return (size_t)(at - c->numbers);
}

/* What is frequent in the corpus is masked here too, and who consists of it is known. */
static status take_frequent(asking *k, small_comparison *c, fault *f)
{
    engine *e = &c->e;
    size_t within, piece_number, own = e->facts[c->count].first_piece;
    for (size_t i = 0; i < k->own.piece_count; i++)
        e->pieces[own + i].frequent = k->own.pieces[i].frequent;
    for (size_t i = 0; i < k->first_hits.count; i++) {
        uint64_t number = text_of_piece(k->a, (size_t)k->first_hits.items[i], &within);
        if (bsearch(&number, c->numbers, c->count, sizeof number, by_number) &&
            small_piece(c, small_text(c, number), within, &piece_number))
            e->pieces[piece_number].frequent++;
    }
    for (size_t i = 0; i < k->frequent.capacity; i++)
        if (k->frequent.slots[i] &&
            !gram_set_add(&e->masks, (k->frequent.slots[i] >> 2) - 1, MASK_FREQUENT))
            return fault_memory(f);
    e->with_mask = e->masks.count > 0;
    return OK;
}

static status align_candidates(asking *k, const candidate_list *list, small_comparison *c, fault *f)
{
    engine *e = &c->e;
    aligner *al = k->a->aligner;
    size_t within, own, other;
    aligner_forget(al);
    for (size_t i = 0; i < list->count; i++) {
        size_t text = small_text(c, text_of_piece(k->a, list->items[i].other, &within));
        if (e->facts[text].same != text || e->facts[c->count].same == text ||
            !small_piece(c, c->count, list->items[i].own, &own) ||
            !small_piece(c, text, within, &other))
            continue;
        TRY(aligner_run(al, e, own, other, &e->found[0], f));
    }
    uint64_t crowded = (uint64_t)e->facts[c->count].first_piece << 32 | list->left;
    return !list->left || number_put(&e->crowded[0], crowded) ? OK : fault_memory(f);
}

static status compare_small(asking *k, arena *mem, const candidate_list *list, small_comparison *c,
                            corpus_answer *out, fault *f)
{
    engine *e = &c->e;
    const corpus *a = k->a;
    TRY(read_candidates(k, mem, list, c, f));
    *e = (engine){.texts = c->texts,
                  .count = c->count + 1,
                  .threads = 1,
                  .k = a->r.k,
                  .window = a->r.window,
                  .fold = a->r.fold,
                  .reader = a->reader,
                  .bucket_count = 1};
    e->facts = calloc(e->count + 1, sizeof *e->facts);
    e->found = calloc(1, sizeof *e->found);
    e->crowded = calloc(1, sizeof *e->crowded);
    if (!e->facts || !e->found || !e->crowded || !gram_set_copy(&e->masks, &a->library))
        return fault_memory(f);
    TRY(engine_fingerprint(e, f));
    e->partition_bits = SEGMENT_PARTITION_BITS; /* how the masks' k-grams are numbered */
    TRY(engine_find_same(e, f));
    TRY(take_frequent(k, c, f));
    TRY(align_candidates(k, list, c, f));
    out->ids = c->ids;
    out->texts = c->texts;
    return engine_classify(e, mem, &out->result, f);
}

static status ask(asking *k, arena *mem, corpus_answer *out, fault *f)
{
    candidate_list list = {0};
    small_comparison c = {0};
    engine *own = &k->own;
    *own = (engine){.texts = &k->q->text,
                    .count = 1,
                    .threads = 1,
                    .k = k->a->r.k,
                    .window = k->a->r.window,
                    .fold = k->a->r.fold,
                    .partition_bits = SEGMENT_PARTITION_BITS};
    own->facts = calloc(2, sizeof *own->facts);
    status st = own->facts ? engine_fingerprint(own, f) : fault_memory(f);
    if (st == OK)
        st = look_up_all(k, f);
    if (st == OK)
        st = find_candidates(k, &list, f);
    if (st == OK && list.count)
        st = compare_small(k, mem, &list, &c, out, f);
    engine_free(&c.e);
    free(list.items);
    return st;
}

status corpus_ask(corpus *a, arena *mem, const corpus_question *q, corpus_answer *out, fault *f)
{
    asking k = {.a = a, .q = q};
    corpus_answer answer = {0};
    status st = ask(&k, mem, &answer, f);
    engine_free(&k.own);
    gram_set_free(&k.frequent);
    free(k.hits.items);
    free(k.first_hits.items);
    if (st == OK)
        *out = answer;
    return st;
}
