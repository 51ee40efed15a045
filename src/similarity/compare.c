/* One comparison from beginning to end. */
#include "internal.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int by_number(const void *a, const void *b)
{
    int x = *(const int *)a, y = *(const int *)b;
    return (x > y) - (x < y);
}

/* Years become 0, 1, 2 …, so that counts per year are an array. */
static status number_years(engine *e, fault *f)
{
    int *years = malloc((e->count + 1) * sizeof *years);
    if (!years)
        return fault_memory(f);
    for (size_t i = 0; i < e->count; i++)
        years[i] = e->texts[i].year;
    qsort(years, e->count, sizeof *years, by_number);
    size_t n = 0;
    for (size_t i = 0; i < e->count; i++)
        if (n == 0 || years[i] != years[n - 1])
            years[n++] = years[i];
    bool good = n < UINT16_MAX;
    for (size_t i = 0; i < e->count && good; i++) {
        const int *at = bsearch(&e->texts[i].year, years, n, sizeof *years, by_number);
        e->facts[i].year = (uint16_t)(at - years);
    }
    free(years);
    e->year_count = n;
    return good ? OK : FAIL(f, E_LIMIT, "quá nhiều năm khác nhau", "too many different years");
}

void reading_choose(reading *r, size_t texts)
{
    /* 20,000 entries and ten years are few: a window of four finds 96 in 100 lifts of which every fourth word
     * was changed, one of six 90. Above, coarser k-grams cost half and lose a hundredth of lifts with some
     * changes. */
    bool few = texts <= 300000;
    r->k = few ? 5 : 6;
    r->window = few ? 4 : 8;
}

void engine_free(engine *e)
{
    size_t partitions = (size_t)1 << e->partition_bits;
    for (unsigned i = 0; e->postings && i < e->threads; i++)
        bin_writer_free(&e->postings[i]);
    number_list *lists[] = {e->runs, e->frequents, e->mass};
    for (size_t i = 0; i < 3; i++) {
        for (size_t p = 0; lists[i] && p < partitions; p++)
            free(lists[i][p].items);
        free(lists[i]);
    }
    for (size_t i = 0; e->found && i < e->bucket_count; i++)
        free(e->found[i].items);
    for (size_t i = 0; e->crowded && i < e->bucket_count; i++)
        free(e->crowded[i].items);
    free(e->postings);
    free(e->found);
    free(e->crowded);
    free(e->bucket_pairs);
    gram_set_free(&e->masks);
    free(e->facts);
    free(e->pieces);
}

static status compare(engine *e, arena *mem, engine_result *out, fault *f)
{
    e->facts = calloc(e->count + 1, sizeof *e->facts);
    if (!e->reader || !e->facts)
        return fault_memory(f);
    TRY(number_years(e, f));
    TRY(engine_fingerprint(e, f));
    TRY(engine_find_same(e, f));
    TRY(engine_index(e, f));
    TRY(engine_align(e, f));
    return engine_classify(e, mem, out, f);
}

status engine_compare(arena *mem, const engine_text *texts, size_t count, unsigned threads,
                      engine_result *out, fault *f)
{
    reading r = {.threads = parallel_threads(threads), .fold = fold_table_new()};
    reading_choose(&r, count);
    engine e = {.texts = texts,
                .count = count,
                .threads = r.threads,
                .k = r.k,
                .window = r.window,
                .fold = r.fold,
                .reader = r.fold ? tokenizer_new(r.fold) : NULL};
    engine_result result = {0};
    status st = compare(&e, mem, &result, f);
    engine_free(&e);
    tokenizer_free(e.reader);
    fold_table_free(r.fold);
    if (st == OK)
        *out = result;
    return st;
}

const char *engine_class_name(engine_class c)
{
    static const char *const names[] = {"exact",   "near",      "contained",
                                        "partial", "patchwork", "paraphrase"};
    return names[c];
}
