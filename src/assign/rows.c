/* Counts what judges and units may read, row by row, by taking away what is forbidden. */
#include "rows.h"

typedef struct {
    const deal_index *x;
    uint32_t *room, *gate;
    uint32_t *stamp;   /* per judge: the class that forbade them last, plus one */
    uint32_t *missing; /* per unit: judges forbidden in the present class */
    uint32_t *able;    /* [group * units + unit]: its judges who know the group */
    uint32_t *touched; /* units with `missing` set */
    size_t touched_count;
} counter;

static void forbid(counter *k, size_t class, uint32_t judge)
{
    const deal_index *x = k->x;
    uint32_t unit = x->unit[judge];
    if (k->stamp[judge] == class + 1 || !x->knows[x->class[class].group * x->judges + judge])
        return;
    k->stamp[judge] = (uint32_t) class + 1;
    k->room[x->row_of[class] * x->judges + judge] -= (uint32_t)x->class[class].count;
    if (unit == NO_UNIT)
        return;
    if (!k->missing[unit]++)
        k->touched[k->touched_count++] = unit;
}

static void count_class(counter *k, size_t class)
{
    const deal_index *x = k->x;
    number_list refused = list_at(x->refused, class), barred = list_at(x->barred, class);
    for (size_t i = 0; i < refused.count; i++) {
        number_list avoid = list_at(x->avoid, refused.items[i]);
        for (size_t n = 0; n < avoid.count; n++)
            forbid(k, class, avoid.items[n]);
    }
    for (size_t i = 0; i < barred.count; i++)
        forbid(k, class, barred.items[i]);
    for (; k->touched_count; k->touched_count--) {
        uint32_t unit = k->touched[k->touched_count - 1];
        if (k->missing[unit] == k->able[x->class[class].group * x->units + unit])
            k->gate[x->row_of[class] * x->units + unit] -= (uint32_t)x->class[class].count;
        k->missing[unit] = 0;
    }
}

/* Everything that track and language allow. */
static void start_full(counter *k)
{
    const deal_index *x = k->x;
    for (size_t g = 0; g < x->groups; g++)
        for (size_t j = 0; j < x->judges; j++)
            if (x->unit[j] != NO_UNIT)
                k->able[g * x->units + x->unit[j]] += x->knows[g * x->judges + j];
    for (size_t r = 0; r < x->rows; r++) {
        size_t g = x->row[r].group;
        uint32_t count = (uint32_t)x->row[r].count;
        for (size_t j = 0; j < x->judges; j++)
            k->room[r * x->judges + j] = x->knows[g * x->judges + j] ? count : 0;
        for (size_t u = 0; u < x->units; u++)
            k->gate[r * x->units + u] = k->able[g * x->units + u] ? count : 0;
    }
}

/* Twice an even part of each group: less could not be asked of those who may read it. */
static int64_t *twice_even(arena *mem, const deal_index *x, const uint32_t *room)
{
    int64_t *readings = ARENA_ARRAY(mem, int64_t, x->groups);
    unsigned char *able = ARENA_ARRAY(mem, unsigned char, x->groups * x->judges);
    if (!readings || !able)
        return NULL;
    for (size_t r = 0; r < x->rows; r++) {
        size_t group = x->row[r].group;
        readings[group] += x->row[r].need * (int64_t)x->row[r].count;
        for (size_t j = 0; j < x->judges; j++)
            able[group * x->judges + j] |= room[r * x->judges + j] > 0;
    }
    for (size_t i = 0; i < x->groups * x->judges; i++)
        readings[i / x->judges] += x->group_kept[i];
    for (size_t g = 0; g < x->groups; g++) {
        int64_t judges = 0;
        for (size_t j = 0; j < x->judges; j++)
            judges += able[g * x->judges + j];
        readings[g] = judges ? (2 * readings[g] + judges - 1) / judges : 0;
    }
    return readings;
}

/* A judge gets at most the stated share of what they may read of a group, so that no single entry is
 * theirs with a greater probability; or twice an even part if that is more. */
static int64_t *find_shares(arena *mem, const deal_index *x, const uint32_t *room, int64_t part)
{
    int64_t *share = ARENA_ARRAY(mem, int64_t, x->groups * x->judges);
    int64_t *least = twice_even(mem, x, room);
    if (!share || !least)
        return NULL;
    for (size_t i = 0; i < x->groups * x->judges; i++)
        share[i] = x->group_size[i / x->judges];
    for (size_t r = 0; r < x->rows; r++)
        for (size_t j = 0; j < x->judges; j++)
            share[x->row[r].group * x->judges + j] -=
                (int64_t)x->row[r].count - room[r * x->judges + j];
    for (size_t i = 0; i < x->groups * x->judges; i++) {
        int64_t size = x->group_size[i / x->judges], most = share[i] * part / DEAL_SHARE_WHOLE;
        most = most > least[i / x->judges] ? most : least[i / x->judges];
        share[i] = most < size ? most : size;
    }
    return share;
}

status rows_coarse(arena *mem, const deal_index *x, deal_rows *out, fault *f)
{
    counter k = {.x = x};
    k.room = ARENA_ARRAY(mem, uint32_t, x->rows * x->judges);
    k.gate = ARENA_ARRAY(mem, uint32_t, x->rows * x->units);
    k.stamp = ARENA_ARRAY(mem, uint32_t, x->judges);
    k.missing = ARENA_ARRAY(mem, uint32_t, x->units);
    k.able = ARENA_ARRAY(mem, uint32_t, x->groups * x->units);
    k.touched = ARENA_ARRAY(mem, uint32_t, x->units);
    if (!k.room || !k.gate || !k.stamp || !k.missing || !k.able || !k.touched)
        return fault_memory(f);
    start_full(&k);
    for (size_t c = 0; c < x->classes; c++)
        count_class(&k, c);
    *out = (deal_rows){x, x->row, x->rows, k.room, k.gate, NULL};
    return x->p->share < DEAL_SHARE_WHOLE ? rows_with_share(mem, out, x->p->share, out, f) : OK;
}

status rows_with_share(arena *mem, const deal_rows *coarse, int64_t share, deal_rows *out, fault *f)
{
    *out = *coarse;
    out->share = find_shares(mem, coarse->x, coarse->room, share);
    return out->share ? OK : fault_memory(f);
}

status rows_fine(arena *mem, const deal_index *x, const deal_rows *coarse, deal_rows *out, fault *f)
{
    if (x->classes * x->judges > ROWS_CELLS_MOST)
        return FAIL(
            f, E_LIMIT,
            "quá nhiều trường hợp phải tránh khác nhau (%zu) với %zu giám khảo để tìm phương "
            "án chính xác; hãy chia theo thể loại hoặc bớt khai báo riêng lẻ",
            "too many different sets of conflicts (%zu) with %zu judges for an exact "
            "search; split by track or declare fewer single conflicts",
            x->classes, x->judges);
    uint32_t *room = ARENA_ARRAY(mem, uint32_t, x->classes * x->judges);
    if (!room)
        return fault_memory(f);
    for (size_t c = 0; c < x->classes; c++)
        for (size_t j = 0; j < x->judges; j++)
            if (index_may(x, c, j))
                room[c * x->judges + j] = (uint32_t)x->class[c].count;
    *out = (deal_rows){x, x->class, x->classes, room, NULL, coarse->share};
    return OK;
}
