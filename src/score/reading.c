/* Further readings: where they are due, giving them out, what they found. */
#include "board.h"

#include "chamthi/assign.h"
#include "chamthi/clock.h"
#include "chamthi/random.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    SHARE_LEAST = 500, /* a twentieth */
    EACH_MOST = 4,     /* further readings of one entry at the line */
    CHANCE_LEAST = 200,
    CHANCE_WHOLE = 10000
};

typedef struct {
    store *db;
    arena *mem;
    const reading_request *request;
    board b;
    rank_table t;
    fit **fits;
    reading_needs *out;
    size_t capacity;
} looking;

static status add_need(looking *x, const rank_row *r, int64_t readings, fault *f)
{
    reading_needs *n = x->out;
    reading_need *items = arena_grow(x->mem, n->items, n->count, &x->capacity, sizeof *items);
    if (!items)
        return fault_memory(f);
    n->items = items;
    items[n->count++] = (reading_need){.receipt = r->receipt,
                                       .title = r->title,
                                       .track = r->track,
                                       .phach = r->phach,
                                       .rank = r->rank,
                                       .readings = readings,
                                       .gap = r->highest - r->lowest,
                                       .chance = r->chance};
    return OK;
}

/* ---- a third reading where two judges differ ---- */

/* 1.96 times the standard error of a difference between two readings, in hundredths. */
static int64_t model_gap(const fit *model)
{
    return model && model->has_residual
               ? llround(100 * 1.959963984540054 * sqrt(2 * model->residual_variance))
               : INT64_MAX;
}

typedef struct {
    ratings table;
    const fit *model; /* NULL: the track has no complete sheet */
} track_model;

static int name_of(const void *key, const void *item)
{
    return strcmp(key, *(const char *const *)item);
}

/* How far the readings of an entry lie apart, each judge's severity taken off. */
static int64_t adjusted_gap(const track_model *m, const rank_row *r)
{
    const ratings *t = &m->table;
    double low = INFINITY, high = -INFINITY;
    const char **found =
        bsearch(r->receipt, t->entries, t->entry_count, sizeof *t->entries, name_of);
    size_t i = found ? (size_t)(found - t->entries) : 0;
    for (size_t k = t->start[i]; found && k < t->start[i + 1]; k++) {
        double y = (double)t->points[k] - 100 * m->model->judges[t->judge[k]].effect;
        low = fmin(low, y);
        high = fmax(high, y);
    }
    return high > low ? llround(high - low) : 0;
}

static status read_models(looking *x, track_model **out, fault *f)
{
    *out = ARENA_ARRAY(x->mem, track_model, x->b.contest->track_count + 1);
    if (!*out)
        return fault_memory(f);
    for (size_t k = 0; k < x->b.contest->track_count; k++) {
        (*out)[k].model = x->fits[k];
        if (x->fits[k])
            TRY(board_ratings(x->mem, &x->b, x->b.contest->tracks[k].key, &(*out)[k].table, f));
    }
    return OK;
}

static const track_model *model_of(const looking *x, const track_model *models, const char *track)
{
    for (size_t k = 0; k < x->b.contest->track_count; k++)
        if (strcmp(x->b.contest->tracks[k].key, track) == 0)
            return &models[k];
    return NULL;
}

/* The gap that calls for a third reading, and the entry's own. */
static int64_t gap_of(looking *x, const track_model *models, const rank_row *r, int64_t *limit)
{
    const track_model *m = model_of(x, models, r->track);
    *limit = x->b.rules->third.gap;
    if (*limit)
        return r->highest - r->lowest;
    *limit = m ? model_gap(m->model) : INT64_MAX;
    return m && m->model ? adjusted_gap(m, r) : 0;
}

static status find_apart(looking *x, fault *f)
{
    track_model *models;
    TRY(read_models(x, &models, f));
    for (size_t i = 0; i < x->t.count; i++) {
        const rank_row *r = &x->t.rows[i];
        int64_t there, limit;
        if (r->complete < 2)
            continue;
        int64_t gap = gap_of(x, models, r, &limit);
        x->out->threshold = limit < INT64_MAX ? limit : x->out->threshold;
        if (gap < limit)
            continue;
        TRY(store_int(x->db, Q_READING_SHEETS,
                      ARGS(v_text(r->phach), v_text(purpose_words[READING_THIRD])), &there, f));
        if (there)
            continue;
        TRY(add_need(x, r, 1, f));
        x->out->items[x->out->count - 1].gap = gap;
    }
    return OK;
}

/* ---- readings where the line is in doubt ---- */

static int64_t doubt(const reading_need *n)
{
    return n->chance * (CHANCE_WHOLE - n->chance);
}

static int by_doubt(const void *a, const void *b)
{
    const reading_need *x = a, *y = b;
    if (doubt(x) != doubt(y))
        return doubt(x) > doubt(y) ? -1 : 1;
    return strcmp(x->receipt, y->receipt);
}

static int by_standing(const void *a, const void *b)
{
    const reading_need *x = a, *y = b;
    int track = strcmp(x->track, y->track);
    if (track)
        return track;
    if (x->rank != y->rank)
        return x->rank < y->rank ? -1 : 1;
    return strcmp(x->receipt, y->receipt);
}

static status find_doubtful(looking *x, fault *f)
{
    reading_needs *out = x->out;
    int64_t swaps = 0, left = x->request->readings;
    for (size_t i = 0; i < x->t.count; i++) {
        const rank_row *r = &x->t.rows[i];
        if (r->chance < 0)
            continue;
        if (r->rank && (size_t)r->rank <= board_places(&x->b, r->track))
            swaps += CHANCE_WHOLE - r->chance;
        if (r->chance > CHANCE_LEAST && r->chance < CHANCE_WHOLE - CHANCE_LEAST)
            TRY(add_need(x, r, 0, f));
    }
    out->expected_swaps = swaps / 100;
    if (out->count)
        qsort(out->items, out->count, sizeof *out->items, by_doubt);
    /* A second round of readings begins when every doubtful entry has had one. */
    for (int round = 0; round < EACH_MOST; round++)
        for (size_t i = 0; i < out->count && left; i++, left--)
            out->items[i].readings++;
    while (out->count && !out->items[out->count - 1].readings)
        out->count--;
    if (out->count)
        qsort(out->items, out->count, sizeof *out->items, by_standing);
    return OK;
}

/* ---- check-marking ---- */

/* The top of a track, half of what is checked, then entries by lot from the rest. */
static status find_checked(looking *x, size_t from, size_t to, random_stream *lot, fault *f)
{
    int64_t share = x->request->share > SHARE_LEAST ? x->request->share : SHARE_LEAST;
    size_t ranked = 0, n = 0;
    while (from + ranked < to && x->t.rows[from + ranked].rank)
        ranked++;
    size_t wanted = ((size_t)share * ranked + 9999) / 10000, top = (wanted + 1) / 2;
    size_t *rest = ARENA_ARRAY(x->mem, size_t, ranked + 1);
    if (!rest)
        return fault_memory(f);
    for (size_t i = 0; i < ranked; i++) {
        if (i < top || (top && x->t.rows[from + i].rank == x->t.rows[from].rank))
            TRY(add_need(x, &x->t.rows[from + i], 1, f));
        else
            rest[n++] = from + i;
    }
    for (size_t taken = top; taken < wanted && n; taken++) {
        size_t k = (size_t)random_below(lot, n);
        TRY(add_need(x, &x->t.rows[rest[k]], 1, f));
        x->out->items[x->out->count - 1].drawn = true;
        rest[k] = rest[--n];
    }
    return OK;
}

static status drop_checked(looking *x, fault *f)
{
    size_t kept = 0;
    for (size_t i = 0; i < x->out->count; i++) {
        int64_t there;
        TRY(store_int(x->db, Q_READING_SHEETS,
                      ARGS(v_text(x->out->items[i].phach), v_text(purpose_words[READING_CHECK])),
                      &there, f));
        if (!there)
            x->out->items[kept++] = x->out->items[i];
    }
    x->out->count = kept;
    return OK;
}

static status find_check(looking *x, fault *f)
{
    random_stream lot;
    random_start(&lot, x->request->seed);
    for (size_t from = 0, to; from < x->t.count; from = to) {
        for (to = from; to < x->t.count && strcmp(x->t.rows[to].track, x->t.rows[from].track) == 0;)
            to++;
        TRY(find_checked(x, from, to, &lot, f));
    }
    if (x->out->count)
        qsort(x->out->items, x->out->count, sizeof *x->out->items, by_standing);
    return drop_checked(x, f);
}

/* ---- calibration ---- */

static status find_calibration(looking *x, fault *f)
{
    cursor c;
    bool good = true;
    TRY(store_select(x->db, Q_READING_CALIBRATIONS, ARGS(v_int(x->b.round)), &c, f));
    while (good && cursor_next(&c))
        for (size_t i = 0; good && i < x->t.count; i++) {
            const rank_row *r = &x->t.rows[i];
            int64_t may = cursor_int(&c, 1), room = DEAL_PER_ENTRY_MOST - r->assigned;
            may = may < room ? may : room;
            if (strcmp(r->receipt, cursor_text(&c, 0)) == 0 && may > 0)
                good = add_need(x, r, may, f) == OK;
        }
    TRY(cursor_close(&c, f));
    return good ? OK : fault_memory(f);
}

/* ---- readings that join the groups of a track ---- */

static bool all_in(const rank_table *t, const char *track)
{
    for (size_t i = 0; i < t->count; i++)
        if (strcmp(t->rows[i].track, track) == 0 && t->rows[i].complete < t->rows[i].assigned)
            return false;
    return true;
}

static status link_track(looking *x, const ratings *t, const rating_link *links, fault *f)
{
    const char **judges = ARENA_ARRAY(x->mem, const char *, t->judge_count);
    size_t n = 0;
    if (!judges)
        return fault_memory(f);
    for (size_t j = 0; j < t->judge_count; j++)
        if (t->judge_group[j] == t->judge_group[links[0].judge])
            judges[n++] = t->judges[j];
    for (size_t k = 0; k + 1 < t->group_count; k++)
        for (size_t i = 0; i < x->t.count; i++) {
            if (strcmp(x->t.rows[i].receipt, t->entries[links[k].entry]) != 0)
                continue;
            TRY(add_need(x, &x->t.rows[i], 1, f));
            x->out->items[x->out->count - 1].judges = judges;
            x->out->items[x->out->count - 1].judge_count = n;
        }
    return OK;
}

static status find_links(looking *x, fault *f)
{
    for (size_t k = 0; k < x->b.contest->track_count; k++) {
        const char *track = x->b.contest->tracks[k].key;
        ratings table;
        if (!x->fits[k] || !x->fits[k]->links || !all_in(&x->t, track))
            continue;
        TRY(board_ratings(x->mem, &x->b, track, &table, f));
        TRY(link_track(x, &table, x->fits[k]->links, f));
    }
    return OK;
}

/* ---- what is due ---- */

static status look(looking *x, int64_t year, const char *round, fault *f)
{
    const board_options options = {.method = FIT_RULEBOOK,
                                   .draws = x->request->purpose == READING_LINE ? FIT_DRAWS : 0};
    *x->out = (reading_needs){0};
    TRY(board_read(x->db, x->mem, year, round, &x->b, f));
    TRY(board_rank(x->mem, &x->b, &options, &x->t, &x->fits, f));
    switch (x->request->purpose) {
    case READING_THIRD: return find_apart(x, f);
    case READING_LINE: return find_doubtful(x, f);
    case READING_CHECK: return find_check(x, f);
    case READING_CALIBRATION: return find_calibration(x, f);
    case READING_LINK: return find_links(x, f);
    case READING_DRAW: break;
    }
    return OK;
}

status reading_due(store *db, arena *mem, int64_t year, const char *round, const reading_request *r,
                   reading_needs *out, fault *f)
{
    looking x = {.db = db, .mem = mem, .request = r, .out = out};
    return look(&x, year, round, f);
}

/* ---- giving them out ---- */

/* The orders stand before the sheets are made, so that each sheet says what it is for from the start. */
static status put_orders(store *db, const char *actor, const board *b, purpose p,
                         const reading_needs *n, int sign, fault *f)
{
    TRY(store_begin(db, actor, f));
    status st = OK;
    for (size_t i = 0; st == OK && i < n->count; i++) {
        const reading_need *need = &n->items[i];
        sql_value phach = v_text(need->phach), word = v_text(purpose_words[p]);
        st = sign > 0 ? store_run(db, Q_READING_ORDER,
                                  ARGS(v_int(b->round), phach, word, v_int(need->readings),
                                       v_int(clock_now())),
                                  NULL, f)
                      : store_run(db, Q_READING_ORDER_LOWER,
                                  ARGS(v_int(need->readings), phach, word), NULL, f);
    }
    if (st == OK && sign < 0)
        st = store_run(db, Q_READING_ORDER_DROP, ARGS(v_int(b->round)), NULL, f);
    char object[128], after[64];
    snprintf(object, sizeof object, "round %lld %s", (long long)b->year, b->rules->key);
    snprintf(after, sizeof after, "%s, %zu entries", purpose_words[p], n->count);
    if (st == OK)
        st =
            audit_record(db, sign > 0 ? "reading.order" : "reading.cancel", object, NULL, after, f);
    if (st == OK)
        return store_commit(db, f);
    store_rollback(db);
    return st;
}

static status deal(store *db, arena *mem, const char *actor, const assign_request *request,
                   const reading_needs *n, fault *f)
{
    assign_report report;
    assign_extra *extra = ARENA_ARRAY(mem, assign_extra, n->count + 1);
    if (!extra)
        return fault_memory(f);
    for (size_t i = 0; i < n->count; i++)
        extra[i] = (assign_extra){n->items[i].phach, n->items[i].readings, n->items[i].judges,
                                  n->items[i].judge_count};
    return assign_give_more(db, mem, actor, request, extra, n->count, &report, f);
}

/* Not every judge may read a calibration entry: fewer are asked for until the rules can be kept. */
static bool ask_for_fewer(purpose p, reading_needs *n)
{
    bool fewer = false;
    for (size_t i = 0; p == READING_CALIBRATION && i < n->count; i++)
        if (n->items[i].readings > 1) {
            n->items[i].readings--;
            fewer = true;
        }
    return fewer;
}

status reading_give(store *db, arena *mem, const char *actor, int64_t year, const char *round,
                    const reading_request *r, reading_needs *out, fault *f)
{
    looking x = {.db = db, .mem = mem, .request = r, .out = out};
    TRY(look(&x, year, round, f));
    if (strcmp(x.b.state, "open") != 0)
        return FAIL(f, E_CONFLICT, "vòng %s không mở nên không giao thêm lượt chấm được",
                    "round %s is not open, so no further readings are given", x.b.rules->key);
    const assign_request request = {.year = year, .round = round};
    status st = OK;
    while (out->count) {
        TRY(put_orders(db, actor, &x.b, r->purpose, out, 1, f));
        st = deal(db, mem, actor, &request, out, f);
        if (st == OK)
            return OK;
        fault second = {0};
        TRY(put_orders(db, actor, &x.b, r->purpose, out, -1, &second));
        if (st != E_CONFLICT || !ask_for_fewer(r->purpose, out))
            break;
    }
    return st;
}

status reading_calibrate(store *db, const char *actor, int64_t year, const char *round,
                         const char *receipt, int64_t points, int64_t tolerance, fault *f)
{
    int64_t id, changed = 0;
    char object[64], after[64];
    TRY(contest_round_id(db, year, round, &id, f));
    TRY(store_begin(db, actor, f));
    status st = store_run(db, Q_READING_CALIBRATE,
                          ARGS(v_int(points), v_int(tolerance), v_text(actor), v_int(clock_now()),
                               v_int(id), v_text(receipt)),
                          &changed, f);
    if (st == OK && !changed)
        st = FAIL(f, E_MISSING, "vòng %s không có bài %s", "round %s has no entry %s", round,
                  receipt);
    snprintf(object, sizeof object, "entry %s", receipt);
    snprintf(after, sizeof after, "%lld ± %lld", (long long)points, (long long)tolerance);
    if (st == OK)
        st = audit_record(db, "reading.calibrate", object, NULL, after, f);
    if (st == OK)
        return store_commit(db, f);
    store_rollback(db);
    return st;
}

/* ---- what they found ---- */

static int64_t points_at(cursor *c, int column)
{
    return cursor_null(c, column) ? -1 : cursor_int(c, column);
}

static purpose purpose_named(const char *word)
{
    for (int p = 0; p < PURPOSES; p++)
        if (strcmp(purpose_words[p], word) == 0)
            return (purpose)p;
    return READING_DRAW;
}

/* What the other judges of the entry gave, check-marking aside; -1: nobody did. */
static int64_t mean_of_others(const board *b, const reading_row *r)
{
    int64_t sum = 0, n = 0;
    size_t row = board_find(b, r->receipt);
    for (size_t i = 0; i < b->sheet_count; i++) {
        const rank_sheet *s = &b->sheets[i];
        if (s->row != row || s->purpose == READING_CHECK || s->purpose == READING_CALIBRATION ||
            strcmp(s->judge, r->judge) == 0)
            continue;
        sum += s->points;
        n++;
    }
    return n ? (2 * sum + n) / (2 * n) : -1;
}

static bool read_row(cursor *c, arena *mem, const board *b, int64_t gap, reading_row *r)
{
    *r = (reading_row){.receipt = cursor_copy(c, 0, mem),
                       .phach = cursor_copy(c, 1, mem),
                       .judge = cursor_copy(c, 2, mem),
                       .state = cursor_copy(c, 3, mem),
                       .purpose = purpose_named(cursor_text(c, 4)),
                       .points = points_at(c, 5),
                       .against = points_at(c, 6),
                       .tolerance = points_at(c, 7)};
    if (!r->receipt || !r->phach || !r->judge || !r->state)
        return false;
    if (r->against >= 0) {
        r->purpose = READING_CALIBRATION;
    } else {
        r->against = mean_of_others(b, r);
        r->tolerance = r->against < 0 ? -1 : gap;
    }
    r->beyond = r->points >= 0 && r->against >= 0 && llabs(r->points - r->against) > r->tolerance;
    return true;
}

status reading_list(store *db, arena *mem, int64_t year, const char *round, reading_row **out,
                    size_t *count, fault *f)
{
    board b;
    rank_table t;
    cursor c;
    size_t capacity = 0;
    bool good = true;
    const board_options options = {.method = FIT_RULEBOOK};
    *out = NULL;
    *count = 0;
    TRY(board_read(db, mem, year, round, &b, f));
    TRY(board_rank(mem, &b, &options, &t, NULL, f));
    int64_t gap = b.rules->third.gap ? b.rules->third.gap : t.scale / 5;
    TRY(store_select(db, Q_READING_LIST, ARGS(v_int(b.round)), &c, f));
    while (good && cursor_next(&c)) {
        reading_row *rows = arena_grow(mem, *out, *count, &capacity, sizeof *rows);
        good = rows && read_row(&c, mem, &b, gap, &rows[*count]);
        if (good) {
            *out = rows;
            ++*count;
        }
    }
    TRY(cursor_close(&c, f));
    return good ? OK : fault_memory(f);
}
