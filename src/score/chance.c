/* Seeded draws: normal deviates, places, the prize line. */
#include "chance.h"

#include "distribution.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { BINS = 16384, TAIL_DRAWS = 40, TAIL_MOST = 10 }; /* a tail of 2.5 % is one draw of forty */

/* Of each entry the best and the worst ranks drawn so far, sorted; whole numbers are enough. */
typedef struct {
    size_t tail; /* kept at either end; the first 40 tail draws count */
    uint32_t *best, *worst;
} tails;

/* One draw's places by counting into bins: exact at the prize line, ranks within a bin are shared. */
typedef struct {
    size_t count, prizes;
    double *value, *prize, *rank;
    uint16_t *bin;
    uint32_t held[BINS], above[BINS];
    double *line; /* the values of the bin that the line falls into */
} places;

/* Each 64 random bits give two normal deviates. */
typedef struct {
    random_stream stream;
    uint64_t bits;
    bool half;
} deviates;

static double deviate(deviates *r)
{
    r->bits = r->half ? r->bits >> 32 : random_next(&r->stream);
    r->half = !r->half;
    return normal_quantile(((double)(uint32_t)r->bits + 0.5) * 0x1p-32);
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x < y) - (x > y);
}

static void fill_bins(places *p)
{
    double low = p->value[0], high = p->value[0];
    for (size_t i = 1; i < p->count; i++) {
        low = p->value[i] < low ? p->value[i] : low;
        high = p->value[i] > high ? p->value[i] : high;
    }
    double scale = high > low ? (BINS - 1) / (high - low) : 0;
    memset(p->held, 0, sizeof p->held);
    for (size_t i = 0; i < p->count; i++) {
        p->bin[i] = (uint16_t)((p->value[i] - low) * scale);
        p->held[p->bin[i]]++;
    }
    uint32_t sum = 0;
    for (size_t b = BINS; b-- > 0;) {
        p->above[b] = sum;
        sum += p->held[b];
    }
}

static void keep_best(uint32_t *list, size_t tail, uint32_t rank)
{
    if (rank >= list[tail - 1])
        return;
    size_t k = tail - 1;
    for (; k > 0 && list[k - 1] > rank; k--)
        list[k] = list[k - 1];
    list[k] = rank;
}

static void keep_tails(tails *t, size_t entry, uint32_t rank)
{
    keep_best(t->best + entry * t->tail, t->tail, rank);
    keep_best(t->worst + entry * t->tail, t->tail, UINT32_MAX - rank);
}

static status start_tails(arena *mem, size_t entries, size_t draws, tails *t, fault *f)
{
    t->tail = draws / TAIL_DRAWS < TAIL_MOST ? draws / TAIL_DRAWS : TAIL_MOST;
    if (!t->tail)
        return OK;
    t->best = ARENA_ARRAY(mem, uint32_t, entries * t->tail);
    t->worst = ARENA_ARRAY(mem, uint32_t, entries * t->tail);
    if (!t->best || !t->worst)
        return fault_memory(f);
    memset(t->best, 0xff, entries * t->tail * sizeof *t->best);
    memset(t->worst, 0xff, entries * t->tail * sizeof *t->worst);
    return OK;
}

static void count_draw(places *p, tails *t)
{
    fill_bins(p);
    size_t line = BINS - 1, in_line = 0;
    while (line > 0 && p->above[line] + p->held[line] < p->prizes)
        line--;
    for (size_t i = 0; i < p->count; i++)
        if (p->bin[i] == line)
            p->line[in_line++] = p->value[i];
    qsort(p->line, in_line, sizeof *p->line, by_size);
    double least = p->line[p->prizes - p->above[line] - 1];
    for (size_t i = 0; i < p->count; i++) {
        p->prize[i] += p->value[i] >= least;
        p->rank[i] += p->above[p->bin[i]] + (p->held[p->bin[i]] + 1) / 2.0;
        if (t)
            keep_tails(t, i, p->above[p->bin[i]] + (p->held[p->bin[i]] + 1) / 2);
    }
}

/* Draws (mu, judges) - their estimates; unit residual variance. */
static void draw_judges(const solver *s, deviates *r, double *x)
{
    size_t n = s->size;
    const ratings *t = s->table;
    for (size_t j = 0; j < n; j++)
        x[j] = deviate(r);
    if (!s->factor) {
        x[0] = 0;
        for (size_t j = 1; j < n; j++)
            x[j] /= sqrt(s->diagonal[j]);
        return;
    }
    for (size_t i = n; i-- > 0;) {
        x[i] /= s->factor[i * n + i];
        for (size_t k = 0; k < i; k++)
            x[k] -= s->factor[i * n + k] * x[i];
    }
    if (s->shrink.entry > 0)
        return;
    x[0] = 0; /* fixed effects: only differences within a group are drawn */
    double *sum = s->work[0];
    memset(sum, 0, n * sizeof *sum);
    for (size_t j = 0; j < t->judge_count; j++)
        sum[t->judge_group[j]] += x[1 + j];
    for (size_t j = 0; j < t->judge_count; j++)
        x[1 + j] -= sum[t->judge_group[j]] / s->group_size[j];
}

static void draw_entries(const ratings *t, const solver *s, double sd, const double *x, deviates *r,
                         const fit *out, double *value)
{
    for (size_t i = 0; i < t->entry_count; i++) {
        double k = (double)(t->start[i + 1] - t->start[i]);
        double weight = s ? solver_weight(s, i) : 1 / k, shift = 0;
        if (s) {
            shift = k * x[0];
            for (size_t q = t->start[i]; q < t->start[i + 1]; q++)
                shift += x[1 + t->judge[q]];
        }
        value[i] = out->entries[i].adjusted + sd * (sqrt(weight) * deviate(r) - weight * shift);
    }
}

status chance_draw(arena *mem, const ratings *table, const solver *s, double sd, fit *out, fault *f)
{
    size_t n = table->entry_count;
    places *p = ARENA_NEW(mem, places);
    double *x = ARENA_ARRAY(mem, double, table->judge_count + 1);
    if (!p || !x)
        return fault_memory(f);
    p->count = n;
    p->prizes = out->prizes;
    p->value = ARENA_ARRAY(mem, double, n);
    p->prize = ARENA_ARRAY(mem, double, n);
    p->rank = ARENA_ARRAY(mem, double, n);
    p->line = ARENA_ARRAY(mem, double, n);
    p->bin = ARENA_ARRAY(mem, uint16_t, n);
    if (!p->value || !p->prize || !p->rank || !p->line || !p->bin)
        return fault_memory(f);
    tails ends = {0};
    TRY(start_tails(mem, n, out->draws, &ends, f));
    deviates r = {.half = false};
    random_start(&r.stream, out->seed);
    for (size_t draw = 0; draw < out->draws; draw++) {
        if (s)
            draw_judges(s, &r, x);
        draw_entries(table, s, sd, x, &r, out, p->value);
        count_draw(p, draw < ends.tail * TAIL_DRAWS ? &ends : NULL);
    }
    for (size_t i = 0; i < n; i++) {
        out->entries[i].prize = p->prize[i] / (double)out->draws;
        out->entries[i].expected_rank = p->rank[i] / (double)out->draws;
        if (ends.tail) {
            out->entries[i].rank_low = ends.best[(i + 1) * ends.tail - 1];
            out->entries[i].rank_high = UINT32_MAX - ends.worst[(i + 1) * ends.tail - 1];
        }
    }
    return OK;
}

void chance_certain(const ratings *table, fit *out)
{
    size_t n = table->entry_count, next;
    for (size_t from = 0; from < n; from = next) {
        size_t rank = out->entries[out->order[from]].rank;
        for (next = from + 1; next < n && out->entries[out->order[next]].rank == rank;)
            next++;
        double tied = (double)(next - from), left = (double)out->prizes - (double)from;
        for (size_t k = from; k < next; k++) {
            fit_entry *e = &out->entries[out->order[k]];
            e->prize = fmin(fmax(left / tied, 0), 1);
            e->expected_rank = (double)(from + next + 1) / 2;
            e->rank_low = from + 1;
            e->rank_high = next;
        }
    }
}
