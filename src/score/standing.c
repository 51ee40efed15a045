/* From a board to a ranking: which sheets count, the model, the tie order. */
#include "board.h"

#include "chamthi/random.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- which sheets count ---- */

static bool is_final(const board *b, const char *rule)
{
    return b->rules->third.final && strcmp(b->rules->third.final, rule) == 0;
}

static int by_points(const void *a, const void *b)
{
    const rank_sheet *x = *(rank_sheet *const *)a, *y = *(rank_sheet *const *)b;
    if (x->points != y->points)
        return x->points < y->points ? -1 : 1;
    return strcmp(x->judge, y->judge);
}

/* The rulebook's word on a third reading; without one, or where none was needed, every sheet counts but
 * those that only check. */
static void choose_counting(const board *b, rank_sheet *sheets, size_t count)
{
    enum { SHEETS_MOST = 64 };
    rank_sheet *judged[SHEETS_MOST];
    size_t n = 0;
    bool third = false;
    for (size_t i = 0; i < count; i++) {
        third |= sheets[i].purpose == READING_THIRD;
        sheets[i].counts = sheets[i].purpose != READING_CHECK;
        if (sheets[i].counts && n < SHEETS_MOST)
            judged[n++] = &sheets[i];
    }
    if (third && is_final(b, "third_is_final")) {
        for (size_t i = 0; i < count; i++)
            sheets[i].counts = sheets[i].purpose == READING_THIRD;
    } else if (third && is_final(b, "median_of_three") && n % 2) {
        qsort(judged, n, sizeof *judged, by_points);
        for (size_t i = 0; i < n; i++)
            judged[i]->counts = i == n / 2;
    }
}

static void choose_all(const board *b)
{
    for (size_t from = 0, to; from < b->sheet_count; from = to) {
        for (to = from; to < b->sheet_count && b->sheets[to].row == b->sheets[from].row;)
            to++;
        choose_counting(b, b->sheets + from, to - from);
    }
}

/* ---- the model of one track ---- */

status board_ratings(arena *mem, const board *b, const char *track, ratings *out, fault *f)
{
    size_t count = 0;
    rating *rows = ARENA_ARRAY(mem, rating, b->sheet_count + 1);
    if (!rows)
        return fault_memory(f);
    choose_all(b);
    for (size_t i = 0; i < b->sheet_count; i++) {
        const rank_sheet *s = &b->sheets[i];
        if (s->counts && strcmp(b->rows[s->row].track, track) == 0)
            rows[count++] =
                (rating){.entry = b->rows[s->row].receipt, .judge = s->judge, .points = s->points};
    }
    return count ? ratings_build(mem, track, rows, count, out, f) : E_MISSING;
}

static int64_t hundredths(double points)
{
    return llround(100 * points);
}

static void take_entry(rank_row *r, const fit *model, const fit_entry *e)
{
    r->method = model->method;
    if (model->method != FIT_MEAN)
        r->adjusted = hundredths(e->adjusted);
    if (model->has_errors)
        r->se = hundredths(e->se);
    if (model->has_intervals) {
        r->low = hundredths(e->low);
        r->high = hundredths(e->high);
    }
    if (model->has_chances) {
        r->chance = llround(10000 * e->prize);
        r->rank_low = (int64_t)e->rank_low;
        r->rank_high = (int64_t)e->rank_high;
    }
}

static int find_name(const void *key, const void *item)
{
    return strcmp(key, *(const char *const *)item);
}

static void take_fit(rank_row *rows, size_t count, const char *track, const ratings *table,
                     const fit *model)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(rows[i].track, track) != 0)
            continue;
        const char **found = bsearch(rows[i].receipt, table->entries, table->entry_count,
                                     sizeof *table->entries, find_name);
        if (!found)
            continue;
        take_entry(&rows[i], model, &model->entries[found - table->entries]);
        if (model->by_group)
            rows[i].group = table->entry_group[found - table->entries] + 1;
    }
}

static fit_method method_of(const board *b, const board_options *o)
{
    fit_method m = FIT_MEAN;
    if (o->method != FIT_RULEBOOK)
        return o->method;
    if (b->rules->method)
        fit_method_read(b->rules->method, &m);
    return m;
}

static status fit_track(arena *mem, const board *b, const board_options *o, size_t track,
                        rank_table *t, fit **out, fault *f)
{
    ratings table;
    const char *key = b->contest->tracks[track].key;
    fit *model = ARENA_NEW(mem, fit);
    if (!model)
        return fault_memory(f);
    status st = board_ratings(mem, b, key, &table, f);
    if (st == E_MISSING)
        return OK;
    TRY(st);
    const fit_options options = {.method = method_of(b, o),
                                 .assigned = ASSIGNED_BY_DRAW,
                                 .prizes = board_places(b, key),
                                 .draws = o->draws,
                                 .like = o->like ? o->like[track] : NULL};
    TRY(fit_run(mem, &table, &options, model, f));
    take_fit(t->rows, t->count, key, &table, model);
    for (size_t i = 0; i < model->alarms.count; i++)
        remark_add(mem, &t->alarms, model->alarms.items[i].code, "%s: %s%.0s", "%s: %.0s%s", key,
                   model->alarms.items[i].text[LANG_VI], model->alarms.items[i].text[LANG_EN]);
    *out = model;
    return t->alarms.failed ? fault_memory(f) : OK;
}

/* ---- the tie order ---- */

/* Per hundred sheets, so that entries with a different number of them compare. */
static int64_t criterion_points(const board *b, size_t row_first, size_t row_end, size_t criterion)
{
    int64_t sum = 0, n = 0;
    for (size_t i = row_first; i < row_end; i++)
        if (b->sheets[i].counts) {
            sum += b->sheets[i].marks[criterion];
            n++;
        }
    return n ? 100 * sum / n : -1;
}

static int64_t top_marks(const board *b, size_t from, size_t to)
{
    int64_t top = 0, n = 0;
    for (size_t i = from; i < to; i++) {
        if (!b->sheets[i].counts)
            continue;
        for (size_t k = 0; k < b->rules->criterion_count; k++)
            top += !b->criterion_out[k] && b->sheets[i].marks[k] == b->rules->criteria[k].most;
        n++;
    }
    return n ? 10000 * top / n : -1;
}

static int64_t unrounded(const board *b, size_t from, size_t to)
{
    int64_t sum = 0, n = 0;
    for (size_t i = from; i < to; i++)
        if (b->sheets[i].counts) {
            sum += b->sheets[i].points;
            n++;
        }
    return n ? 10000 * sum / n : -1;
}

/* A ticket for each entry follows from what was drawn in public and nothing else: anybody can compute it. */
static int64_t ticket(const char *drawn, const char *receipt)
{
    hash_state h;
    unsigned char hash[HASH_SIZE];
    int64_t n = 0;
    hash_start(&h, NULL, 0);
    hash_piece(&h, drawn, strlen(drawn));
    hash_piece(&h, receipt, strlen(receipt));
    hash_end(&h, hash);
    for (int i = 0; i < 7; i++)
        n = n << 8 | hash[i];
    return n;
}

static size_t criterion_named(const board *b, const char *key)
{
    for (size_t k = 0; k < b->rules->criterion_count; k++)
        if (strcmp(b->rules->criteria[k].key, key) == 0)
            return k;
    return b->rules->criterion_count;
}

static int64_t tie_value(const board *b, size_t row, size_t from, size_t to, const char *by)
{
    size_t criterion = criterion_named(b, by);
    if (criterion < b->rules->criterion_count)
        return b->criterion_out[criterion] ? 0 : criterion_points(b, from, to, criterion);
    if (strcmp(by, "top_marks") == 0)
        return top_marks(b, from, to);
    if (strcmp(by, "unrounded") == 0)
        return unrounded(b, from, to);
    if (strcmp(by, "vote") == 0)
        return b->votes[row];
    return b->drawn ? ticket(b->drawn, b->rows[row].receipt) : 0;
}

/* The most points that a sheet can have, of the track with the most. */
static int64_t most_points(const board *b)
{
    int64_t most = 0;
    for (size_t n = 0; n < b->contest->track_count; n++) {
        int64_t sum = 0;
        for (size_t k = 0; k < b->rules->criterion_count; k++) {
            const contest_criterion *c = &b->rules->criteria[k];
            if (!b->criterion_out[k] && criterion_applies(c, b->contest->tracks[n].key))
                sum += criterion_weigh(c, c->most);
        }
        most = sum > most ? sum : most;
    }
    return most;
}

static void fill_ties(const board *b, rank_table *t)
{
    for (size_t from = 0, to; from < b->sheet_count; from = to) {
        size_t row = b->sheets[from].row;
        for (to = from; to < b->sheet_count && b->sheets[to].row == row;)
            to++;
        for (size_t k = 0; k < t->step_count; k++)
            t->rows[row].ties[k] = tie_value(b, row, from, to, t->steps[k]);
    }
}

/* ---- all together ---- */

status board_rank(arena *mem, const board *b, const board_options *o, rank_table *out, fit ***fits,
                  fault *f)
{
    rank_table t = {.count = b->row_count};
    t.rows = ARENA_ARRAY(mem, rank_row, b->row_count + 1);
    t.steps = ARENA_ARRAY(mem, const char *, TIE_STEPS_MOST);
    fit **models = ARENA_ARRAY(mem, fit *, b->contest->track_count + 1);
    if (!t.rows || !t.steps || !models)
        return fault_memory(f);
    memcpy(t.rows, b->rows, b->row_count * sizeof *t.rows);
    for (size_t i = 0; i < b->rules->tie_count && i < TIE_STEPS_MOST; i++)
        t.steps[t.step_count++] = b->rules->ties[i].by;
    t.scale = most_points(b);
    choose_all(b);
    int64_t gap = b->rules->third.gap ? b->rules->third.gap : (t.scale + 4) / 5;
    rank_means(t.rows, t.count, b->sheets, b->sheet_count, gap);
    for (size_t k = 0; k < b->contest->track_count; k++)
        TRY(fit_track(mem, b, o, k, &t, &models[k], f));
    fill_ties(b, &t);
    rank_places(t.rows, t.count);
    *out = t;
    if (fits)
        *fits = models;
    return OK;
}
