/* The list of cases: pairs, and which of them hang together. */
#include "chamthi/similarity.h"

#include <stdlib.h>
#include <string.h>

enum { LINKED = 5000 }; /* ten-thousandths of one text */

typedef struct {
    int64_t a, b;
} pair_ids;

typedef struct {
    similar_row *rows;
    pair_ids *ids;
    size_t count;
} listing;

static status read_row(cursor *c, arena *mem, similar_row *row, fault *f)
{
    *row = (similar_row){.id = cursor_int(c, 0),
                         .share_a = cursor_int(c, 4),
                         .share_b = cursor_int(c, 5),
                         .same_author = cursor_int(c, 6) != 0};
    const struct {
        const char **to;
        int column;
    } texts[] = {{&row->receipt_a, 1}, {&row->receipt_b, 2}, {&row->class, 3},
                 {&row->standing, 7},  {&row->reason, 8},    {&row->title_a, 9},
                 {&row->title_b, 10},  {&row->passages, 11}};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        *texts[i].to = cursor_copy(c, texts[i].column, mem);
        if (!*texts[i].to)
            return fault_memory(f);
    }
    return OK;
}

static status read_rows(store *db, arena *mem, int64_t year, similar_channel which, listing *out,
                        fault *f)
{
    size_t row_room = 0, id_room = 0;
    cursor c;
    status st = OK;
    TRY(store_select(db, Q_SIMILAR_LIST, ARGS(v_int(year), v_int(which == SIMILAR_PARAPHRASES)), &c,
                     f));
    while (st == OK && cursor_next(&c)) {
        out->rows = arena_grow(mem, out->rows, out->count, &row_room, sizeof *out->rows);
        out->ids = arena_grow(mem, out->ids, out->count, &id_room, sizeof *out->ids);
        if (!out->rows || !out->ids) {
            st = fault_memory(f);
            break;
        }
        out->ids[out->count] = (pair_ids){cursor_int(&c, 12), cursor_int(&c, 13)};
        st = read_row(&c, mem, &out->rows[out->count++], f);
    }
    status closed = cursor_close(&c, st == OK ? f : NULL);
    return st == OK ? closed : st;
}

/* ---- groups ---- */

typedef struct {
    int64_t id;
    size_t parent;
    const char *name;
} member;

static int by_id(const void *x, const void *y)
{
    const member *a = x, *b = y;
    return (a->id > b->id) - (a->id < b->id);
}

static size_t find_member(const member *all, size_t count, int64_t id)
{
    member wanted = {.id = id};
    return (size_t)((const member *)bsearch(&wanted, all, count, sizeof *all, by_id) - all);
}

static size_t root_of(member *all, size_t i)
{
    while (all[i].parent != i) {
        all[i].parent = all[all[i].parent].parent;
        i = all[i].parent;
    }
    return i;
}

/* Reference texts and earlier entries have the smaller ids: they name the case. */
static status group(arena *mem, listing *l, fault *f)
{
    member *all = ARENA_ARRAY(mem, member, 2 * l->count);
    size_t n = 0;
    if (!all)
        return fault_memory(f);
    for (size_t i = 0; i < l->count; i++) {
        all[2 * i] = (member){l->ids[i].a, 0, l->rows[i].receipt_a};
        all[2 * i + 1] = (member){l->ids[i].b, 0, l->rows[i].receipt_b};
    }
    if (l->count)
        qsort(all, 2 * l->count, sizeof *all, by_id);
    for (size_t i = 0; i < 2 * l->count; i++)
        if (!n || all[n - 1].id != all[i].id)
            all[n++] = all[i];
    for (size_t i = 0; i < n; i++)
        all[i].parent = i;
    for (size_t i = 0; i < l->count; i++) {
        const similar_row *row = &l->rows[i];
        size_t a = root_of(all, find_member(all, n, l->ids[i].a)),
               b = root_of(all, find_member(all, n, l->ids[i].b));
        if (row->share_a >= LINKED || row->share_b >= LINKED)
            all[a > b ? a : b].parent = a > b ? b : a;
    }
    /* A thin pair belongs to the case of its later text. */
    for (size_t i = 0; i < l->count; i++)
        l->rows[i].group = all[root_of(all, find_member(all, n, l->ids[i].b))].name;
    return OK;
}

status similar_list(store *db, arena *mem, int64_t year, similar_channel which, similar_row **out,
                    size_t *count, fault *f)
{
    listing l = {0};
    TRY(read_rows(db, mem, year, which, &l, f));
    TRY(group(mem, &l, f));
    *out = l.rows;
    *count = l.count;
    return OK;
}
