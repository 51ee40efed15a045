/* Judges who copied each other: the same mark on every criterion, more often than the others agree so. */
#include "copying.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    uint32_t first, second;
    bool identical;
} meeting;

static int by_entry(const void *a, const void *b)
{
    const conduct_sheet *x = *(const conduct_sheet *const *)a,
                        *y = *(const conduct_sheet *const *)b;
    if (x->entry != y->entry)
        return x->entry < y->entry ? -1 : 1;
    return (x->judge > y->judge) - (x->judge < y->judge);
}

static int by_pair(const void *a, const void *b)
{
    const meeting *x = a, *y = b;
    if (x->first != y->first)
        return x->first < y->first ? -1 : 1;
    return (x->second > y->second) - (x->second < y->second);
}

static bool same_marks(const conduct_sheet *x, const conduct_sheet *y, size_t criteria)
{
    return memcmp(x->sheet->marks, y->sheet->marks, criteria * sizeof *x->sheet->marks) == 0;
}

/* Every pair of judges on every entry. */
static status list_meetings(arena *mem, const conduct_sheet *sheets, size_t count, size_t criteria,
                            meeting **out, size_t *out_count, fault *f)
{
    const conduct_sheet **order = ARENA_ARRAY(mem, const conduct_sheet *, count + 1);
    size_t room = 0;
    if (!order)
        return fault_memory(f);
    for (size_t i = 0; i < count; i++)
        order[i] = &sheets[i];
    if (count)
        qsort(order, count, sizeof *order, by_entry);
    for (size_t i = 0; i < count; i++)
        for (size_t k = i + 1; k < count && order[k]->entry == order[i]->entry; k++) {
            meeting *list = arena_grow(mem, *out, *out_count, &room, sizeof *list);
            if (!list)
                return fault_memory(f);
            *out = list;
            list[(*out_count)++] = (meeting){(uint32_t)order[i]->judge, (uint32_t)order[k]->judge,
                                             same_marks(order[i], order[k], criteria)};
        }
    return OK;
}

/* The chance of `hits` or more in `n` trials of probability p. */
static double chance_of(size_t hits, size_t n, double p)
{
    double sum = 0;
    for (size_t k = hits; k <= n; k++)
        sum += exp(lgamma((double)n + 1) - lgamma((double)k + 1) - lgamma((double)(n - k) + 1) +
                   (double)k * log(p) + (double)(n - k) * log1p(-p));
    return sum;
}

static status add_pair(arena *mem, const ratings *table, const meeting *m, size_t n,
                       size_t identical, conduct *out, size_t *room, fault *f)
{
    judge_pair *pairs = arena_grow(mem, out->pairs, out->pair_count, room, sizeof *pairs);
    if (!pairs)
        return fault_memory(f);
    out->pairs = pairs;
    judge_pair *p = &pairs[out->pair_count++];
    *p = (judge_pair){.first = table->judges[m->first],
                      .second = table->judges[m->second],
                      .together = n,
                      .identical = identical};
    p->text[LANG_VI] = arena_format(
        mem,
        "giám khảo %s và %s cho điểm giống hệt ở mọi tiêu chí trong %zu trên %zu bài chấm chung, "
        "nhiều hơn hẳn mức tình cờ; hãy hỏi hai người có chấm độc lập không",
        p->first, p->second, identical, n);
    p->text[LANG_EN] = arena_format(
        mem,
        "judges %s and %s give the same mark on every criterion in %zu of %zu common entries, far "
        "more than chance; ask whether they marked independently",
        p->first, p->second, identical, n);
    return p->text[LANG_VI] && p->text[LANG_EN] ? OK : fault_memory(f);
}

status copying_find(arena *mem, const conduct_sheet *sheets, size_t count, size_t criteria,
                    const ratings *table, conduct *out, size_t *room, fault *f)
{
    meeting *all = NULL;
    size_t n = 0, alike = 0, pairs = 0;
    TRY(list_meetings(mem, sheets, count, criteria, &all, &n, f));
    if (!n)
        return OK;
    qsort(all, n, sizeof *all, by_pair);
    for (size_t i = 0; i < n; i++) {
        alike += all[i].identical;
        pairs += i == 0 || by_pair(&all[i], &all[i - 1]) != 0;
    }
    for (size_t from = 0, to; from < n; from = to) {
        size_t identical = 0;
        for (to = from; to < n && by_pair(&all[to], &all[from]) == 0; to++)
            identical += all[to].identical;
        /* What is usual is taken from the other pairs, and never from nothing. */
        double usual = ((double)(alike - identical) + 1) / ((double)(n - (to - from)) + 2);
        usual = fmin(fmax(usual, 1e-6), .99);
        if (to - from < PAIR_LEAST || identical < PAIR_IDENTICAL_LEAST ||
            chance_of(identical, to - from, usual) * (double)pairs > 1e-3)
            continue;
        TRY(add_pair(mem, table, &all[from], to - from, identical, out, room, f));
    }
    return OK;
}
