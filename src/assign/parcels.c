/* A judge's entries in parcels: at most twenty, about as many words in each, never moved again. */
#include "gather.h"

#include <stdlib.h>

typedef struct {
    int64_t words;
    size_t place;
} weight;

static int heaviest_first(const void *a, const void *b)
{
    const weight *x = a, *y = b;
    if (x->words != y->words)
        return x->words < y->words ? 1 : -1;
    return (x->place > y->place) - (x->place < y->place);
}

/* The lightest parcel that holds fewer than `most`. */
static size_t lightest(const int64_t *words, const size_t *held, size_t parcels, size_t most)
{
    size_t best = parcels;
    for (size_t i = 0; i < parcels; i++)
        if (held[i] < most && (best == parcels || words[i] < words[best]))
            best = i;
    return best;
}

status deal_parcels(arena *mem, const int64_t *words, uint32_t *parcel, size_t count, fault *f)
{
    size_t parcels = (count + PARCEL_MOST - 1) / PARCEL_MOST, fresh = 0;
    for (size_t i = 0; i < count; i++)
        parcels = parcel[i] > parcels ? parcel[i] : parcels;
    weight *order = ARENA_ARRAY(mem, weight, count);
    int64_t *total = ARENA_ARRAY(mem, int64_t, parcels);
    size_t *held = ARENA_ARRAY(mem, size_t, parcels);
    if (!order || !total || !held)
        return fault_memory(f);
    for (size_t i = 0; i < count; i++)
        if (parcel[i]) {
            held[parcel[i] - 1]++;
            total[parcel[i] - 1] += words[i];
        } else {
            order[fresh++] = (weight){words[i], i};
        }
    qsort(order, fresh, sizeof *order, heaviest_first);
    size_t even = parcels ? (count + parcels - 1) / parcels : 0;
    for (size_t i = 0; i < fresh; i++) {
        size_t to = lightest(total, held, parcels, even);
        held[to]++;
        total[to] += order[i].words;
        parcel[order[i].place] = (uint32_t)to + 1;
    }
    return OK;
}

/* ---- in the store ---- */

typedef struct {
    int64_t sheet, judge;
} parcel_sheet;

typedef struct {
    parcel_sheet *sheets;
    int64_t *words;
    uint32_t *parcel;
    size_t count, capacity, words_capacity, parcel_capacity;
} sheet_list;

static status read_sheets(store *db, arena *mem, int64_t round, sheet_list *out, fault *f)
{
    cursor c;
    status st = OK;
    TRY(store_select(db, Q_PARCEL_SHEETS, ARGS(v_int(round)), &c, f));
    while (st == OK && cursor_next(&c)) {
        size_t n = out->count++;
        out->sheets = arena_grow(mem, out->sheets, n, &out->capacity, sizeof *out->sheets);
        out->words = arena_grow(mem, out->words, n, &out->words_capacity, sizeof *out->words);
        out->parcel = arena_grow(mem, out->parcel, n, &out->parcel_capacity, sizeof *out->parcel);
        if (!out->sheets || !out->words || !out->parcel) {
            st = fault_memory(f);
            break;
        }
        out->sheets[n] = (parcel_sheet){cursor_int(&c, 0), cursor_int(&c, 1)};
        out->words[n] = cursor_int(&c, 2);
        out->parcel[n] = (uint32_t)cursor_int(&c, 3);
    }
    status closed = cursor_close(&c, st == OK ? f : NULL);
    return st == OK ? closed : st;
}

status assign_fill_parcels(store *db, arena *mem, int64_t round, fault *f)
{
    sheet_list list = {0};
    TRY(read_sheets(db, mem, round, &list, f));
    for (size_t i = 0, to; i < list.count; i = to) {
        for (to = i; to < list.count && list.sheets[to].judge == list.sheets[i].judge;)
            to++;
        TRY(deal_parcels(mem, list.words + i, list.parcel + i, to - i, f));
    }
    for (size_t i = 0; i < list.count; i++)
        TRY(store_run(db, Q_PARCEL_PUT, ARGS(v_int(list.parcel[i]), v_int(list.sheets[i].sheet)),
                      NULL, f));
    return OK;
}
