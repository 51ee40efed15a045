/* Collectives: number and quality of what each unit sent. */
#include "board.h"

#include <stdlib.h>
#include <string.h>

static int by_worth(const void *a, const void *b)
{
    const unit_row *x = a, *y = b;
    if (x->above != y->above)
        return x->above > y->above ? -1 : 1;
    if (x->entries != y->entries)
        return x->entries > y->entries ? -1 : 1;
    if (x->mean != y->mean)
        return x->mean > y->mean ? -1 : 1;
    return 0;
}

static int by_place(const void *a, const void *b)
{
    int worth = by_worth(a, b);
    return worth ? worth : strcmp(((const unit_row *)a)->code, ((const unit_row *)b)->code);
}

static bool read_unit(cursor *c, arena *mem, unit_row *u)
{
    *u = (unit_row){.code = cursor_copy(c, 0, mem),
                    .name = cursor_copy(c, 1, mem),
                    .entries = cursor_int(c, 2),
                    .mean = -1,
                    .best = -1};
    return u->code && u->name;
}

static status read_units(store *db, arena *mem, int64_t year, unit_row **out, size_t *count,
                         fault *f)
{
    cursor c;
    size_t room = 0;
    bool good = true;
    TRY(store_select(db, Q_UNITS_OF_ENTRIES, ARGS(v_int(year)), &c, f));
    while (good && cursor_next(&c)) {
        unit_row *rows = arena_grow(mem, *out, *count, &room, sizeof *rows);
        good = rows && read_unit(&c, mem, &rows[*count]);
        *out = good ? rows : *out;
        *count += good;
    }
    TRY(cursor_close(&c, f));
    return good ? OK : fault_memory(f);
}

/* The stored ranking, entry by entry, onto the units. */
static status add_points(store *db, const board *b, unit_row *units, size_t count, fault *f)
{
    cursor c;
    TRY(store_select(db, Q_UNITS_POINTS, ARGS(v_int(b->round)), &c, f));
    while (cursor_next(&c)) {
        unit_row *u = units;
        while (u < units + count && strcmp(u->code, cursor_text(&c, 0)) != 0)
            u++;
        if (u == units + count)
            continue;
        int64_t points = cursor_int(&c, 1), rank = cursor_int(&c, 2);
        size_t places = board_places(b, cursor_text(&c, 3));
        u->ranked++;
        u->mean = (u->mean < 0 ? 0 : u->mean) + points; /* a sum until all are in */
        u->best = points > u->best ? points : u->best;
        u->above += (size_t)rank <= places;
    }
    TRY(cursor_close(&c, f));
    for (size_t i = 0; i < count; i++)
        if (units[i].ranked)
            units[i].mean = (2 * units[i].mean + units[i].ranked) / (2 * units[i].ranked);
    return OK;
}

status rank_units(store *db, arena *mem, int64_t year, const char *round, unit_row **out,
                  size_t *count, fault *f)
{
    board b;
    *out = NULL;
    *count = 0;
    TRY(board_read(db, mem, year, round, &b, f));
    TRY(read_units(db, mem, year, out, count, f));
    TRY(add_points(db, &b, *out, *count, f));
    if (*count)
        qsort(*out, *count, sizeof **out, by_place);
    for (size_t i = 0; i < *count; i++)
        (*out)[i].rank =
            i && by_worth(&(*out)[i], &(*out)[i - 1]) == 0 ? (*out)[i - 1].rank : (int64_t)i + 1;
    return OK;
}
