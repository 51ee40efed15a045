/* The draw: most even loads by flow, then dealt to single entries by lot. */
#include "deal.h"
#include "rules.h"

#include <stdlib.h>
#include <string.h>

enum {
    DEALS_MOST = 6,           /* by rows, before the exact way */
    EXACT_CELLS_CHEAP = 50000 /* which is as quick as another deal when the round is small */
};

/* Judges in random order, but those of one unit side by side. */
static uint32_t *make_deck(arena *mem, const deal_index *x, random_stream *r)
{
    uint32_t *order = ARENA_ARRAY(mem, uint32_t, x->judges);
    uint32_t *deck = ARENA_ARRAY(mem, uint32_t, x->judges);
    unsigned char *used = ARENA_ARRAY(mem, unsigned char, x->judges);
    if (!order || !deck || !used)
        return NULL;
    for (uint32_t j = 0; j < x->judges; j++)
        order[j] = j;
    deal_shuffle(r, order, x->judges);
    size_t n = 0;
    for (size_t i = 0; i < x->judges; i++) {
        if (used[i])
            continue;
        deck[n++] = order[i];
        for (size_t k = i + 1; k < x->judges; k++)
            if (index_same_unit(x, order[i], order[k])) {
                deck[n++] = order[k];
                used[k] = 1;
            }
    }
    return deck;
}

/* With SAME_UNIT_AVOID, gates are widened by no more than needed. */
static status widen(arena *mem, const deal_rows *rows, const uint32_t *deck, network *out, fault *f)
{
    network wide;
    TRY(network_build(mem, rows, deck, RULES_ALL, NULL, &wide, f));
    network_fill(&wide);
    int64_t *extra = ARENA_ARRAY(mem, int64_t, wide.gate_count);
    if (!extra)
        return fault_memory(f);
    for (size_t i = 0; i < wide.gate_count; i++) {
        const unit_gate *gate = &wide.gates[i];
        extra[i] = -(network_flow(&wide, gate->arc) + wide.g.room[gate->arc]);
        wide.g.room[gate->arc] += (gate->members - 1) * (int64_t)rows->row[gate->row].count;
    }
    network_fill(&wide);
    for (size_t i = 0; i < wide.gate_count; i++) {
        extra[i] += network_flow(&wide, wide.gates[i].arc);
        extra[i] = extra[i] > 0 ? extra[i] : 0;
    }
    TRY(network_build(mem, rows, deck, RULES_ALL, extra, out, f));
    return network_balance(mem, out, f);
}

/* The balanced network: every reading has a judge, or a sentence says why not. */
static status solve(arena *mem, const deal_rows *rows, const uint32_t *deck, network *out, fault *f)
{
    TRY(network_build(mem, rows, deck, RULES_ALL, NULL, out, f));
    TRY(network_balance(mem, out, f));
    if (out->found < out->wanted && rows->x->p->same_unit == SAME_UNIT_AVOID)
        TRY(widen(mem, rows, deck, out, f));
    return out->found < out->wanted ? deal_explain(mem, rows, deck, f) : OK;
}

/* Hands each row's readings round its entries in random order (McNaughton's wrap-around): a judge has
 * at most as many readings as there are entries, a unit too, and both lie side by side, so no entry
 * meets one twice. */
static void wrap_around(const network *n, hand *h, random_stream *r, uint32_t *order)
{
    const deal_index *x = n->x;
    for (size_t s = 0; s < n->supply_count;) {
        uint32_t row = n->supplies[s].row;
        size_t count = n->rows->row[row].count, t = 0;
        memcpy(order, x->by_class + n->rows->row[row].first, count * sizeof *order);
        deal_shuffle(r, order, count);
        for (; s < n->supply_count && n->supplies[s].row == row; s++)
            for (int64_t i = network_flow(n, n->supplies[s].arc); i > 0; i--, t++) {
                uint32_t e = order[t % count];
                h->judge[e * h->width + h->placed[e]++] = n->supplies[s].judge;
            }
    }
}

static status start_hand(arena *mem, const deal_rows *rows, hand *h, fault *f)
{
    const deal_index *x = rows->x;
    size_t width = 1;
    for (size_t e = 0; e < x->entries; e++) {
        size_t all = index_kept(x, e) + (size_t)x->class[x->class_of[e]].need;
        width = all > width ? all : width;
    }
    *h = (hand){.rows = rows, .x = x, .width = width};
    h->judge = ARENA_ARRAY(mem, uint32_t, x->entries * width);
    h->placed = ARENA_ARRAY(mem, uint32_t, x->entries);
    return h->judge && h->placed ? OK : fault_memory(f);
}

/* Only the kept judges. */
static void clear_hand(hand *h)
{
    const deal_index *x = h->x;
    memset(h->judge, 0xff, x->entries * h->width * sizeof *h->judge);
    for (size_t e = 0; e < x->entries; e++) {
        number_list kept = list_at(x->kept, e);
        h->placed[e] = (uint32_t)kept.count;
        for (size_t i = 0; i < kept.count; i++)
            h->judge[e * h->width + i] = kept.items[i];
    }
}

bool hand_fits(const hand *h, size_t e, size_t place, uint32_t j)
{
    const deal_index *x = h->x;
    for (size_t i = 0; i < h->placed[e]; i++) {
        uint32_t other = h->judge[e * h->width + i];
        if (i != place && (other == j || index_same_unit(x, other, j) || index_apart(x, other, j)))
            return false;
    }
    return index_may(x, x->class_of[e], j);
}

/* The same loads, but no judge with a row nearly alone: tries smaller shares than the rules ask for. */
static status spread(arena *mem, const deal_rows *rows, const uint32_t *deck, const network *best,
                     network *out, fault *f)
{
    static const int64_t shares[] = {0, 1000, 2500, 5000};
    *out = *best;
    for (size_t i = 0; i < sizeof shares / sizeof *shares; i++) {
        deal_rows *narrow = ARENA_NEW(mem, deal_rows);
        network n;
        if (shares[i] >= rows->x->p->share)
            break;
        if (!narrow)
            return fault_memory(f);
        TRY(rows_with_share(mem, rows, shares[i], narrow, f));
        TRY(network_build(mem, narrow, deck, RULES_ALL, NULL, &n, f));
        network_fill_as(&n, best);
        if (n.found < n.wanted)
            continue;
        *out = n;
        break;
    }
    return OK;
}

/* Judges who may never be beside each other are the one rule that no flow knows: swaps must do. */
static status part_judges(hand *h, random_stream *r, fault *f)
{
    if (!h->x->any_apart || hand_settle(h, r))
        return OK;
    return FAIL(
        f, E_CONFLICT,
        "không tìm được cách phân công mà các cặp giám khảo đã khai không chấm chung bài nào; "
        "hãy bớt cặp phải tránh hoặc thêm giám khảo",
        "no plan was found in which judges who named each other share no entry; name fewer "
        "pairs or add judges");
}

/* First by rows, which is quick and forgets which entries are the forbidden ones; where swaps cannot make
 * that legal, by classes, which always works. Either way the loads are the most even there are. */
static status deal_hand(arena *mem, const deal_rows *rows, const uint32_t *deck, random_stream *r,
                        network *n, hand *h, fault *f)
{
    uint32_t *order = ARENA_ARRAY(mem, uint32_t, rows->x->entries);
    deal_rows fine;
    network even;
    if (!order)
        return fault_memory(f);
    TRY(solve(mem, rows, deck, n, f));
    TRY(spread(mem, rows, deck, n, &even, f));
    int deals = rows->x->classes * rows->x->judges > EXACT_CELLS_CHEAP ? DEALS_MOST : 1;
    for (int i = 0; i < deals; i++) {
        clear_hand(h);
        wrap_around(i < DEALS_MOST / 2 ? &even : n, h, r, order);
        if (hand_settle(h, r))
            return OK;
    }
    TRY(rows_fine(mem, rows->x, rows, &fine, f));
    TRY(solve(mem, &fine, deck, n, f));
    clear_hand(h);
    wrap_around(n, h, r, order);
    return part_judges(h, r, f);
}

/* ---- one try ---- */

typedef struct {
    deal_index x;
    deal_rows rows;
    network n;
    hand h;
} table;

static status deal_table(arena *mem, const deal_problem *p, random_stream *r, table *t, fault *f)
{
    TRY(index_build(mem, p, &t->x, f));
    TRY(rows_coarse(mem, &t->x, &t->rows, f));
    uint32_t *deck = make_deck(mem, &t->x, r);
    if (!deck)
        return fault_memory(f);
    TRY(start_hand(mem, &t->rows, &t->h, f));
    TRY(hand_words_start(mem, &t->h, f));
    TRY(deal_hand(mem, &t->rows, deck, r, &t->n, &t->h, f));
    TRY(hand_words_settle(mem, &t->h, r, f));
    return hand_mix(mem, &t->h, r, f);
}

/* ---- caps by words ----
 * Where swaps cannot bring a judge under the cap, the next try gives them fewer entries. */

static int64_t load_of(const table *t, size_t j)
{
    return t->x.held[j] + network_flow(&t->n, t->n.level_arc[j]);
}

static void lower_caps(const table *t, deal_judge *judges)
{
    for (size_t j = 0; j < t->x.judges; j++) {
        int64_t over = hand_words_over(&t->h, j), load = load_of(t, j);
        if (!over)
            continue;
        int64_t mean = t->h.words[j] / load + 1, cap = load - over / mean - 1;
        judges[t->x.judge_at[j]].cap = cap > t->x.held[j] ? cap : t->x.held[j];
    }
}

/* "J1 +300, J7 +120": what would have made the best try good. */
typedef struct {
    int64_t over; /* in all; 0: none was made yet */
    const char *names;
} shortfall;

static status note_over(arena *mem, const table *t, shortfall *best, fault *f)
{
    int64_t over = 0;
    const char *names = "";
    for (size_t j = 0; j < t->x.judges; j++) {
        int64_t one = hand_words_over(&t->h, j);
        over += one;
        if (one && names)
            names = arena_format(mem, "%s%s%s +%lld", names, *names ? ", " : "",
                                 t->x.p->judges[t->x.judge_at[j]].id, (long long)one);
    }
    if (!names)
        return fault_memory(f);
    if (!best->over || over < best->over)
        *best = (shortfall){over, names};
    return over ? E_CONFLICT : OK;
}

static status explain_words(const shortfall *best, fault *f)
{
    return FAIL(f, E_CONFLICT,
                "hạn mức số từ của giám khảo quá thấp: phương án tốt nhất tìm được còn vượt %lld "
                "từ; cách sửa nhỏ nhất tìm được: nâng hạn mức số từ của %s, hoặc thêm giám khảo",
                "the judges' caps on words are too low: the best plan found is %lld words above "
                "them; the smallest change found: raise the caps on words of %s, or add judges",
                (long long)best->over, best->names);
}

static status deal_within_words(arena *mem, deal_problem *p, random_stream *r, table *t, fault *f)
{
    enum { TRIES = 12 };
    shortfall best = {0};
    deal_judge *judges = ARENA_ARRAY(mem, deal_judge, p->judge_count);
    if (!judges)
        return fault_memory(f);
    for (int i = 0; i < TRIES; i++) {
        *t = (table){0};
        status st = deal_table(mem, p, r, t, f);
        if (st == E_CONFLICT && best.over)
            break;
        TRY(st);
        st = note_over(mem, t, &best, f);
        if (st != E_CONFLICT)
            return st;
        if (!i && p->judge_count)
            memcpy(judges, p->judges, p->judge_count * sizeof *judges);
        lower_caps(t, judges);
        p->judges = judges;
    }
    return explain_words(&best, f);
}

/* ---- the plan ---- */

static int by_number(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

/* Back to the problem's own indices, entries and judges in canonical order. */
static status finish(arena *mem, const deal_problem *p, table *t, deal_plan *out, fault *f)
{
    const deal_index *x = &t->x;
    const hand *h = &t->h;
    size_t anchors = x->p->kept_count - p->kept_count;
    *out = (deal_plan){.pairs = ARENA_ARRAY(mem, deal_pair, (size_t)t->n.wanted + anchors),
                       .tight = ARENA_ARRAY(mem, uint32_t, x->judges)};
    if (!out->pairs || !out->tight)
        return fault_memory(f);
    for (size_t e = 0; e < x->entries; e++) {
        size_t kept = index_kept(x, e);
        uint32_t *dealt = h->judge + e * h->width + kept;
        qsort(dealt, h->placed[e] - kept, sizeof *dealt, by_number);
        for (size_t i = 0; i + kept < h->placed[e]; i++)
            out->pairs[out->count++] = (deal_pair){x->entry_at[e], x->judge_at[dealt[i]]};
    }
    for (size_t i = 0; i < anchors; i++)
        out->pairs[out->count++] = x->p->kept[p->kept_count + i];
    if (anchors)
        qsort_r(out->pairs, out->count, sizeof *out->pairs, rules_by_ids, (void *)p);
    for (size_t j = 0; j < x->judges; j++)
        out->tight[x->judge_at[j]] = t->n.tight[j];
    return OK;
}

status deal_draw(arena *mem, const deal_problem *p, const unsigned char seed[SEED_SIZE],
                 deal_plan *out, fault *f)
{
    deal_problem ready;
    random_stream r;
    table *t = ARENA_NEW(mem, table);
    if (!t)
        return fault_memory(f);
    random_start(&r, seed);
    TRY(deal_prepare(mem, p, &r, &ready, f));
    TRY(deal_within_words(mem, &ready, &r, t, f));
    return finish(mem, p, t, out, f);
}
