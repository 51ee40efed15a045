/* What each judge did, beside what the others did with the same entries. */
#include "board.h"
#include "copying.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { SHEETS_LEAST = 10, OWN_LEAST = 3 };
static const double clear_95 = 1.96, clear_far = 3, odd_most = 1.5, odd_least = 0.5;

typedef struct {
    arena *mem;
    const board *b;
    const char *track;
    ratings table;
    const fit *model;
    conduct_sheet *sheets; /* by judge, then the order handed in */
    size_t count;
    double sd;      /* of what the model leaves */
    double pool_sd; /* of all points, severity taken off */
    double pool_halo, pool_flat;
} track_study;

static int by_judge(const void *a, const void *b)
{
    const conduct_sheet *x = a, *y = b;
    if (x->judge != y->judge)
        return x->judge < y->judge ? -1 : 1;
    if (x->sheet->order != y->sheet->order)
        return x->sheet->order < y->sheet->order ? -1 : 1;
    return x->sheet->sheet_id < y->sheet->sheet_id ? -1 : 1;
}

static int name_of(const void *key, const void *item)
{
    return strcmp(key, *(const char *const *)item);
}

static size_t place_of(const char *name, const char **names, size_t count)
{
    const char **found = bsearch(name, names, count, sizeof *names, name_of);
    return found ? (size_t)(found - names) : count;
}

static int by_id(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

/* Points, what the model leaves of them, and that over its standard error. */
static void measure(track_study *s, conduct_sheet *c)
{
    const fit_entry *e = &s->model->entries[c->entry];
    const fit_judge *j = &s->model->judges[c->judge];
    c->points = (double)c->sheet->points / 100;
    c->rest = c->points - e->adjusted - j->effect;
    double leverage = 1 / (double)e->n + 1 / (double)j->n;
    c->t = s->sd > 0 && leverage < .99 ? c->rest / (s->sd * sqrt(1 - leverage)) : 0;
}

static status gather(track_study *s, const int64_t *own, size_t own_count, fault *f)
{
    const board *b = s->b;
    s->sheets = ARENA_ARRAY(s->mem, conduct_sheet, b->sheet_count + 1);
    if (!s->sheets)
        return fault_memory(f);
    s->sd = s->model->has_residual ? sqrt(s->model->residual_variance) : 0;
    for (size_t i = 0; i < b->sheet_count; i++) {
        const rank_sheet *sheet = &b->sheets[i];
        size_t e = place_of(b->rows[sheet->row].receipt, s->table.entries, s->table.entry_count);
        size_t j = place_of(sheet->judge, s->table.judges, s->table.judge_count);
        if (!sheet->counts || e == s->table.entry_count || j == s->table.judge_count)
            continue;
        conduct_sheet *c = &s->sheets[s->count++];
        *c = (conduct_sheet){.sheet = sheet,
                             .entry = e,
                             .judge = j,
                             .own = own_count && bsearch(&sheet->sheet_id, own, own_count,
                                                         sizeof *own, by_id) != NULL};
        measure(s, c);
    }
    if (s->count)
        qsort(s->sheets, s->count, sizeof *s->sheets, by_judge);
    return OK;
}

/* ---- single figures ---- */

static bool applies(const track_study *s, size_t criterion)
{
    return criterion_applies(&s->b->rules->criteria[criterion], s->track);
}

static double share_of(const track_study *s, const conduct_sheet *c, size_t criterion)
{
    return (double)c->sheet->marks[criterion] / (double)s->b->rules->criteria[criterion].most;
}

static bool is_flat(const track_study *s, const conduct_sheet *c)
{
    double low = 2, high = -1;
    for (size_t k = 0; k < s->b->rules->criterion_count; k++) {
        if (!applies(s, k))
            continue;
        low = fmin(low, share_of(s, c, k));
        high = fmax(high, share_of(s, c, k));
    }
    return high - low < .015;
}

static double flat_share(const track_study *s, const conduct_sheet *c, size_t n)
{
    size_t flat = 0;
    for (size_t i = 0; i < n; i++)
        flat += is_flat(s, &c[i]);
    return n ? (double)flat / (double)n : 0;
}

static double correlation(const track_study *s, const conduct_sheet *c, size_t n, size_t a,
                          size_t b)
{
    double ma = 0, mb = 0, aa = 0, bb = 0, ab = 0;
    for (size_t i = 0; i < n; i++) {
        ma += share_of(s, &c[i], a) / (double)n;
        mb += share_of(s, &c[i], b) / (double)n;
    }
    for (size_t i = 0; i < n; i++) {
        double x = share_of(s, &c[i], a) - ma, y = share_of(s, &c[i], b) - mb;
        aa += x * x;
        bb += y * y;
        ab += x * y;
    }
    return aa > 1e-12 && bb > 1e-12 ? ab / sqrt(aa * bb) : 0;
}

/* The mean correlation between two criteria over some sheets. */
static double halo_of(const track_study *s, const conduct_sheet *c, size_t n)
{
    size_t criteria = s->b->rules->criterion_count, pairs = 0;
    double sum = 0;
    for (size_t a = 0; a < criteria; a++)
        for (size_t b = a + 1; b < criteria; b++)
            if (applies(s, a) && applies(s, b)) {
                sum += correlation(s, c, n, a, b);
                pairs++;
            }
    return pairs ? sum / (double)pairs : 0;
}

static double deviation(const conduct_sheet *c, size_t n, const fit *model)
{
    double mean = 0, square = 0;
    for (size_t i = 0; i < n; i++)
        mean += (c[i].points - model->judges[c[i].judge].effect) / (double)n;
    for (size_t i = 0; i < n; i++)
        square += pow(c[i].points - model->judges[c[i].judge].effect - mean, 2);
    return n > 1 ? sqrt(square / (double)(n - 1)) : 0;
}

/* Slope of what is left on the place in the row, and how many standard errors it is from 0. */
static double slope(const conduct_sheet *c, size_t n, double *t)
{
    double middle = ((double)n - 1) / 2, xx = 0, xy = 0, mean = 0, rest = 0;
    *t = 0;
    for (size_t i = 0; i < n; i++)
        mean += c[i].rest / (double)n;
    for (size_t i = 0; i < n; i++) {
        xx += pow((double)i - middle, 2);
        xy += ((double)i - middle) * (c[i].rest - mean);
    }
    double by = xx > 0 ? xy / xx : 0;
    for (size_t i = 0; i < n; i++)
        rest += pow(c[i].rest - mean - by * ((double)i - middle), 2);
    if (n > 2 && rest > 1e-12)
        *t = by / sqrt(rest / (double)(n - 2) / xx);
    return by;
}

/* ---- outliers: Benjamini and Hochberg over all sheets of the track ---- */

static int by_size(const void *a, const void *b)
{
    double x = fabs((*(const conduct_sheet *const *)a)->t);
    double y = fabs((*(const conduct_sheet *const *)b)->t);
    return (x < y) - (x > y);
}

static status mark_outliers(track_study *s, fault *f)
{
    conduct_sheet **order = ARENA_ARRAY(s->mem, conduct_sheet *, s->count + 1);
    bool *taken = ARENA_ARRAY(s->mem, bool, s->table.entry_count + 1);
    size_t last = 0;
    if (!order || !taken)
        return fault_memory(f);
    for (size_t i = 0; i < s->count; i++)
        order[i] = &s->sheets[i];
    if (s->count)
        qsort(order, s->count, sizeof *order, by_size);
    for (size_t i = 0; i < s->count; i++) {
        double p = erfc(fabs(order[i]->t) / sqrt(2));
        if (p <= .05 * (double)(i + 1) / (double)s->count)
            last = i + 1;
    }
    /* One wild sheet moves its entry and so makes the others on it look odd: only the oddest is meant. */
    for (size_t i = 0; i < last; i++) {
        order[i]->outlier = fabs(order[i]->t) > clear_far && !taken[order[i]->entry];
        taken[order[i]->entry] = true;
    }
    return OK;
}

/* ---- one judge ---- */

/* A figure in both languages: "3,2" and "3.2". */
static const char *figure_text(arena *mem, double value, int decimals, language lang)
{
    char *text = arena_format(mem, "%.*f", decimals, value);
    char *point = text ? strchr(text, '.') : NULL;
    if (point && lang == LANG_VI)
        *point = ',';
    return text ? text : "";
}

typedef struct {
    const char *before, *after;
} around;

static void say(arena *mem, judge_conduct *c, const char *code, double value, int decimals,
                around vi, around en)
{
    remark_add(mem, &c->says, code, "%s%s%s%.0s%.0s%.0s", "%.0s%.0s%.0s%s%s%s", vi.before,
               figure_text(mem, value, decimals, LANG_VI), vi.after, en.before,
               figure_text(mem, value, decimals, LANG_EN), en.after);
}

static void say_level(arena *mem, judge_conduct *c)
{
    if (c->se <= 0 || fabs(c->severity) <= clear_95 * c->se)
        return;
    bool severe = c->severity < 0;
    say(mem, c, severe ? "severe" : "lenient", fabs(c->severity), 1,
        (around){severe ? "chấm nghiêm hơn mặt bằng chung khoảng "
                        : "chấm nhẹ tay hơn mặt bằng chung khoảng ",
                 " điểm; điểm hiệu chỉnh đã bù phần này"},
        (around){severe ? "marks about " : "marks about ",
                 severe ? " points below the panel; adjusted points make up for it"
                        : " points above the panel; adjusted points make up for it"});
}

static void say_spread(arena *mem, judge_conduct *c)
{
    if (c->n < SHEETS_LEAST || (c->spread < odd_most && c->spread > odd_least))
        return;
    bool wide = c->spread >= odd_most;
    say(mem, c, wide ? "wide" : "narrow", c->spread, 1,
        (around){"điểm trải ra ",
                 wide ? " lần mức thường: phân biệt bài hay, bài dở mạnh hơn người khác"
                      : " lần mức thường: hầu như bài nào cũng gần như nhau"},
        (around){"points spread ", wide ? " times as far as usual"
                                        : " times as far as usual: nearly "
                                          "all entries get the same"});
}

static void say_fit(arena *mem, judge_conduct *c)
{
    if (c->n >= SHEETS_LEAST && c->misfit > odd_most)
        say(mem, c, "erratic", c->misfit, 1,
            (around){"điểm khó giải thích: sai lệch so với các giám khảo cùng bài gấp ",
                     " lần mức chung"},
            (around){"hard to explain: differs from the others on the same entries ",
                     " times as much as usual"});
    if (c->outliers)
        say(mem, c, "outliers", (double)c->outliers, 0,
            (around){"", " phiếu lệch hẳn so với các giám khảo khác; hãy đọc lại bài và phiếu"},
            (around){"", " sheets quite unlike the other judges'; read entry and sheet again"});
}

static void study_drift(arena *mem, const conduct_sheet *c, judge_conduct *out)
{
    double t;
    bool ordered = out->n && c[0].sheet->order != c[out->n - 1].sheet->order;
    if (!ordered || out->n < SHEETS_LEAST)
        return;
    out->drift = 10 * slope(c, out->n, &t);
    if (fabs(t) > clear_far)
        say(mem, out, "drift", fabs(out->drift), 1,
            (around){out->drift < 0 ? "càng về sau chấm càng nghiêm: khoảng "
                                    : "càng về sau chấm càng nhẹ tay: khoảng ",
                     " điểm sau mỗi mười bài"},
            (around){out->drift < 0 ? "grows severer: about " : "grows more lenient: about ",
                     " points over ten entries"});
}

static void study_halo(const track_study *s, const conduct_sheet *c, judge_conduct *out)
{
    out->flat = flat_share(s, c, out->n);
    if (out->n < SHEETS_LEAST || s->b->rules->criterion_count < 2)
        return;
    double own = halo_of(s, c, out->n);
    out->halo = own - s->pool_halo;
    double apart = atanh(fmin(own, .9999)) - atanh(fmin(s->pool_halo, .9999));
    if (out->halo > .1 && apart * sqrt((double)out->n - 3) > clear_far)
        say(s->mem, out, "halo", own, 2,
            (around){"các tiêu chí lên xuống cùng nhau (tương quan ",
                     "): có vẻ chấm theo ấn tượng chung, không theo từng tiêu chí"},
            (around){"the criteria move together (correlation ",
                     "): seems to mark an overall impression"});
    if (out->flat > .5 && out->flat > 2 * s->pool_flat)
        say(s->mem, out, "flat", 100 * out->flat, 0,
            (around){"", " % số phiếu cho mọi tiêu chí cùng một tỉ lệ điểm"},
            (around){"", " % of the sheets have the same share on every criterion"});
}

static void study_own(arena *mem, const conduct_sheet *c, judge_conduct *out)
{
    double own = 0, others = 0, square = 0;
    size_t n = 0;
    for (size_t i = 0; i < out->n; i++) {
        n += c[i].own;
        own += c[i].own ? c[i].rest : 0;
        others += c[i].own ? 0 : c[i].rest;
    }
    out->own = n;
    if (n < OWN_LEAST || n + 2 > out->n)
        return;
    own /= (double)n;
    others /= (double)(out->n - n);
    for (size_t i = 0; i < out->n; i++)
        square += pow(c[i].rest - (c[i].own ? own : others), 2);
    double error = sqrt(square / (double)(out->n - 2) * (1 / (double)n + 1 / (double)(out->n - n)));
    out->own_bias = own - others;
    if (error > 1e-9 && fabs(out->own_bias) / error > clear_far)
        say(mem, out, "own_unit", fabs(out->own_bias), 1,
            (around){out->own_bias > 0
                         ? "cho bài của đơn vị mình cao hơn mức giải thích được khoảng "
                         : "cho bài của đơn vị mình thấp hơn mức giải thích được khoảng ",
                     " điểm"},
            (around){out->own_bias > 0 ? "marks his own unit's entries higher by about "
                                       : "marks his own unit's entries lower by about ",
                     " points"});
}

static void study_judge(const track_study *s, const conduct_sheet *c, size_t n, judge_conduct *out)
{
    const fit_judge *j = &s->model->judges[c->judge];
    double square = 0, sd = deviation(c, n, s->model);
    *out = (judge_conduct){.judge = s->table.judges[c->judge],
                           .track = s->track,
                           .n = n,
                           .severity = j->effect,
                           .se = s->model->has_errors ? j->se : 0,
                           .spread = s->pool_sd > 0 && n > 1 ? sd / s->pool_sd : 1,
                           .misfit = 1};
    for (size_t i = 0; i < n; i++) {
        square += c[i].t * c[i].t;
        out->outliers += c[i].outlier;
    }
    if (s->sd > 0)
        out->misfit = square / (double)n;
    say_level(s->mem, out);
    say_spread(s->mem, out);
    say_fit(s->mem, out);
    study_drift(s->mem, c, out);
    study_halo(s, c, out);
    study_own(s->mem, c, out);
}

/* ---- a track, a round ---- */

typedef struct {
    size_t judge_room, pair_room;
} rooms;

static status study_track(track_study *s, conduct *out, rooms *room, fault *f)
{
    TRY(mark_outliers(s, f));
    s->pool_sd = deviation(s->sheets, s->count, s->model);
    s->pool_halo = halo_of(s, s->sheets, s->count);
    s->pool_flat = flat_share(s, s->sheets, s->count);
    for (size_t from = 0, to; from < s->count; from = to) {
        for (to = from; to < s->count && s->sheets[to].judge == s->sheets[from].judge;)
            to++;
        judge_conduct *list =
            arena_grow(s->mem, out->judges, out->count, &room->judge_room, sizeof *list);
        if (!list)
            return fault_memory(f);
        out->judges = list;
        study_judge(s, s->sheets + from, to - from, &list[out->count]);
        if (list[out->count++].says.failed)
            return fault_memory(f);
    }
    return copying_find(s->mem, s->sheets, s->count, s->b->rules->criterion_count, &s->table, out,
                        &room->pair_room, f);
}

static status read_own(store *db, arena *mem, int64_t round, int64_t **out, size_t *count, fault *f)
{
    cursor c;
    size_t room = 0;
    bool good = true;
    TRY(store_select(db, Q_SHEETS_OF_OWN_UNIT, ARGS(v_int(round)), &c, f));
    while (good && cursor_next(&c)) {
        int64_t *list = arena_grow(mem, *out, *count, &room, sizeof *list);
        good = list != NULL;
        if (good) {
            *out = list;
            list[(*count)++] = cursor_int(&c, 0);
        }
    }
    TRY(cursor_close(&c, f));
    return good ? OK : fault_memory(f);
}

status board_conduct(arena *mem, const board *b, const int64_t *own, size_t own_count, conduct *out,
                     fault *f)
{
    const board_options options = {.method = FIT_LS};
    rank_table t;
    fit **models;
    rooms room = {0, 0};
    *out = (conduct){0};
    TRY(board_rank(mem, b, &options, &t, &models, f));
    for (size_t k = 0; k < b->contest->track_count; k++) {
        track_study s = {
            .mem = mem, .b = b, .track = b->contest->tracks[k].key, .model = models[k]};
        if (!s.model)
            continue;
        TRY(board_ratings(mem, b, s.track, &s.table, f));
        TRY(gather(&s, own, own_count, f));
        TRY(study_track(&s, out, &room, f));
    }
    return OK;
}

status judge_conduct_read(store *db, arena *mem, int64_t year, const char *round, conduct *out,
                          fault *f)
{
    board b;
    int64_t *own = NULL;
    size_t own_count = 0;
    TRY(board_read(db, mem, year, round, &b, f));
    TRY(read_own(db, mem, b.round, &own, &own_count, f));
    return board_conduct(mem, &b, own, own_count, out, f);
}
