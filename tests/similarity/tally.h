/* What the engine found of a labelled set: recall class by class, and of the passages recall, precision,
 * granularity and plagdet as PAN counts them. */
#ifndef TESTS_TALLY_H
#define TESTS_TALLY_H

#include "labelled.h"

#include "similarity/engine.h"

#include <math.h>
#include <stdio.h>

LABELLED const engine_pair *find_pair(const engine_result *r, size_t x, size_t y)
{
    size_t a = x < y ? x : y, b = x < y ? y : x;
    for (size_t i = 0; i < r->pair_count; i++)
        if (r->pairs[i].a == a && r->pairs[i].b == b)
            return &r->pairs[i];
    return NULL;
}

typedef struct {
    size_t start, end;
} span;

LABELLED span bytes_of(const labelled_set *set, size_t text, size_t start, size_t count)
{
    word_list words = set->texts[text].words;
    span out = {0, 0};
    for (size_t i = 0; i < start + count; i++) {
        size_t size = strlen(set->model->words[words.words[i]]) + 1;
        out.start += i < start ? size : 0;
        out.end += size;
    }
    out.end--; /* without the space behind */
    return out;
}

LABELLED size_t common(span x, span y)
{
    size_t from = x.start > y.start ? x.start : y.start, to = x.end < y.end ? x.end : y.end;
    return to > from ? to - from : 0;
}

typedef struct {
    size_t wanted[COPY_CLASSES], found[COPY_CLASSES], unlabelled;
    double labelled, told, detected; /* bytes of passages, both sides */
    double cases, detections;
} tally;

LABELLED void tally_passages(const labelled_set *set, const label *l, const engine_pair *p,
                             tally *t)
{
    int swapped = p->a != l->source;
    span own[2] = {bytes_of(set, l->source, l->source_start, l->source_count),
                   bytes_of(set, l->copy, l->copy_start, l->copy_count)};
    size_t hits = 0;
    for (size_t i = 0; i < p->passage_count; i++) {
        const engine_passage *q = &p->passages[i];
        span a = {q->a_start, q->a_end}, b = {q->b_start, q->b_end};
        span side[2] = {swapped ? b : a, swapped ? a : b};
        size_t told = common(own[0], side[0]) + common(own[1], side[1]);
        t->told += (double)told;
        t->detected += (double)(a.end - a.start + b.end - b.start);
        hits += told > 0;
    }
    t->cases += hits > 0;
    t->detections += (double)hits;
}

LABELLED void tally_set(const labelled_set *set, const engine_result *r, tally *t)
{
    for (size_t i = 0; i < set->label_count; i++) {
        const label *l = &set->labels[i];
        const engine_pair *p = find_pair(r, l->source, l->copy);
        t->wanted[l->class]++;
        t->found[l->class] += p != NULL;
        if (l->source_count) {
            span a = bytes_of(set, l->source, l->source_start, l->source_count),
                 b = bytes_of(set, l->copy, l->copy_start, l->copy_count);
            t->labelled += (double)(a.end - a.start + b.end - b.start);
        }
        if (p && l->source_count)
            tally_passages(set, l, p, t);
    }
    t->unlabelled += r->pair_count; /* the labelled ones are taken off at the end */
}

typedef struct {
    double recall, precision, granularity, plagdet;
} tally_result;

LABELLED tally_result tally_end(tally *t)
{
    tally_result r = {t->told / t->labelled, t->told / t->detected, t->detections / t->cases, 0};
    r.plagdet = 2 * r.recall * r.precision / (r.recall + r.precision) / log2(1 + r.granularity);
    for (copy_class c = 0; c < COPY_CLASSES; c++)
        t->unlabelled -= t->found[c];
    return r;
}

LABELLED void tally_print(const tally *t, const tally_result *r, const char *indent)
{
    for (copy_class c = 0; c < COPY_CLASSES; c++)
        printf("%s%-18s %zu of %zu = %.4f\n", indent, copy_names[c], t->found[c], t->wanted[c],
               (double)t->found[c] / (double)t->wanted[c]);
    printf("%spassages: recall %.4f precision %.4f granularity %.4f plagdet %.4f; pairs without a "
           "label %zu\n",
           indent, r->recall, r->precision, r->granularity, r->plagdet, t->unlabelled);
}

#endif
