/* Which model a table supports, its scores, their doubt, the ranks and the alarms. */
#include "chamthi/fit.h"

#include "chance.h"
#include "distribution.h"
#include "rulebook.h"
#include "variance.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double tie_width = 1e-9, correlation_least = 0.99, normal_95 = 1.959963984540054;
enum { DRAW_ENTRIES = 100000000, DRAWS_LEAST = 100 };

static const char *const method_names[FIT_METHOD_COUNT] = {"auto",    "mean", "ls",   "eb",
                                                           "trimmed", "z",    "scale"};

const char *fit_method_name(fit_method m)
{
    return method_names[m];
}

bool fit_method_read(const char *name, fit_method *out)
{
    for (int m = 0; m < FIT_METHOD_COUNT; m++)
        if (strcmp(name, method_names[m]) == 0) {
            *out = (fit_method)m;
            return true;
        }
    return false;
}

/* What is learnt of a table before a method is chosen. */
typedef struct {
    arena *mem;
    const ratings *table;
    const fit_options *options;
    solver s;
    double df;               /* spare readings of least squares */
    double within;           /* sum of squares within entries */
    double ls_residual;      /* sum of squares after least squares */
    bool all_equal, exact;   /* no differences; none that the effects do not explain */
    bool mixed;              /* eb is defined */
    double *ls, *ls_effects; /* entry scores and judges' effects by least squares */
    variances moments, reml;
    bool has_moments;
    fit *out;
} study;

static size_t readings_of(const ratings *t, size_t entry)
{
    return t->start[entry + 1] - t->start[entry];
}

static status study_means(study *k, fault *f)
{
    const ratings *t = k->table;
    fit *out = k->out;
    out->judges = ARENA_ARRAY(k->mem, fit_judge, t->judge_count);
    out->entries = ARENA_ARRAY(k->mem, fit_entry, t->entry_count);
    out->order = ARENA_ARRAY(k->mem, uint32_t, t->entry_count);
    if (!out->judges || !out->entries || !out->order)
        return fault_memory(f);
    for (size_t j = 0; j < t->judge_count; j++)
        out->judges[j].scale = 1;
    double inverse = 0;
    for (size_t i = 0; i < t->entry_count; i++) {
        fit_entry *e = &out->entries[i];
        int64_t sum = 0;
        e->n = readings_of(t, i);
        for (size_t r = t->start[i]; r < t->start[i + 1]; r++) {
            sum += t->points[r];
            out->judges[t->judge[r]].n++;
        }
        e->mean = (double)sum / (double)e->n / 100;
        for (size_t r = t->start[i]; r < t->start[i + 1]; r++) {
            double rest = (double)t->points[r] / 100 - e->mean;
            k->within += rest * rest;
        }
        inverse += 1 / (double)e->n;
    }
    out->per_entry = (double)t->entry_count / inverse;
    return OK;
}

/* Least squares is always solved: it says what the table can tell apart. */
static status study_squares(study *k, fault *f)
{
    const ratings *t = k->table;
    solver *s = &k->s;
    TRY(solver_start(k->mem, t, s, f));
    TRY(solver_solve(s, (shrinkage){0, 0}, f));
    k->ls = ARENA_ARRAY(k->mem, double, t->entry_count);
    k->ls_effects = ARENA_ARRAY(k->mem, double, t->judge_count);
    if (!k->ls || !k->ls_effects)
        return fault_memory(f);
    for (size_t i = 0; i < t->entry_count; i++)
        k->ls[i] = s->centre + s->entry[i];
    for (size_t j = 0; j < t->judge_count; j++)
        k->ls_effects[j] = s->x[1 + j];
    double rounding = 1e-14 * s->total;
    k->df = (double)(t->count + t->group_count) - (double)(t->entry_count + t->judge_count);
    k->all_equal = true;
    for (size_t r = 1; r < t->count; r++)
        k->all_equal &= t->points[r] == t->points[0];
    k->ls_residual = s->residual > rounding ? s->residual : 0;
    k->exact = !k->all_equal && k->df > 0 && k->ls_residual <= 0;
    k->has_moments = variance_moments(s, &k->moments);
    k->mixed = k->has_moments && k->ls_residual > 0 && t->judge_count > 1 && t->entry_count > 1;
    return OK;
}

static double correlation(const double *a, const solver *s)
{
    size_t n = s->table->entry_count;
    double ma = 0, mb = 0, aa = 0, bb = 0, ab = 0;
    for (size_t i = 0; i < n; i++) {
        ma += a[i] / (double)n;
        mb += s->entry[i] / (double)n;
    }
    for (size_t i = 0; i < n; i++) {
        aa += (a[i] - ma) * (a[i] - ma);
        bb += (s->entry[i] - mb) * (s->entry[i] - mb);
        ab += (a[i] - ma) * (s->entry[i] - mb);
    }
    return aa > 0 && bb > 0 ? ab / sqrt(aa * bb) : 0;
}

/* The mixed model, whenever it is defined: it is the second opinion that raises the alarm. */
static status study_mixed(study *k, fault *f)
{
    if (!k->mixed)
        return OK;
    k->out->moments = !k->s.factor;
    k->reml = k->moments;
    const fit *like = k->options->like;
    if (like && like->method == FIT_EB) {
        k->reml = (variances){like->entry_variance, like->judge_variance, like->residual_variance,
                              like->criterion};
        TRY(solver_solve(&k->s, variance_shrinkage(&k->reml), f));
    } else if (k->s.factor)
        TRY(variance_reml(&k->s, &k->moments, &k->reml, f));
    else
        TRY(solver_solve(&k->s, variance_shrinkage(&k->moments), f));
    k->out->has_correlation = k->table->group_count == 1;
    k->out->correlation = k->reml.entry > 0 ? correlation(k->ls, &k->s) : 0;
    return OK;
}

static bool differ(const study *k)
{
    return k->out->has_correlation && k->out->correlation < correlation_least;
}

/* Both recentre or rescale a judge on his own entries, which is right only if chance dealt them. */
static status refuse_recentring(study *k, fit_method wanted, fault *f)
{
    const ratings *t = k->table;
    bool scale = wanted == FIT_SCALE, drawn = t->group_count == 1 && !differ(k);
    size_t least = SIZE_MAX, fewest = 0;
    for (size_t j = 0; j < t->judge_count; j++)
        if (k->out->judges[j].n < least) {
            least = k->out->judges[j].n;
            fewest = j;
        }
    if (k->options->assigned == ASSIGNED_BY_CHOICE || !drawn)
        return FAIL(f, E_INPUT,
                    "phương pháp %s chỉ đúng khi bài được rút thăm ngẫu nhiên và mọi giám khảo nối "
                    "được với nhau; bảng điểm này không như vậy: hãy dùng --method ls",
                    "the method %s is right only where entries were drawn at random and all judges "
                    "are connected; this table is not so: use --method ls",
                    method_names[wanted]);
    size_t wants = scale ? FIT_SCALE_READINGS : 2;
    if (least < wants)
        return FAIL(f, E_INPUT,
                    "phương pháp %s cần mỗi giám khảo chấm ít nhất %zu bài; giám khảo %s mới có "
                    "%zu; hãy dùng --method auto",
                    "the method %s needs %zu readings of each judge; judge %s has %zu; use "
                    "--method auto",
                    method_names[wanted], wants, t->judges[fewest], least);
    if (scale && !k->mixed)
        return FAIL(f, E_INPUT,
                    "bảng điểm này không đủ cho phương pháp scale; hãy dùng ls hoặc mean",
                    "this table does not support the method scale; use ls or mean");
    return OK;
}

static status choose(study *k, fault *f)
{
    const ratings *t = k->table;
    const fit *like = k->options->like;
    bool follow = like && (like->method != FIT_EB || k->mixed); /* what is left may be too little */
    fit_method wanted = follow ? like->method : k->options->method;
    if (wanted == FIT_Z || wanted == FIT_SCALE)
        TRY(refuse_recentring(k, wanted, f));
    if (wanted == FIT_EB && !k->mixed)
        return FAIL(
            f, E_INPUT,
            "bảng điểm này không đủ cho phương pháp eb (cần ít nhất hai giám khảo, hai bài và "
            "có lượt chấm chung); hãy dùng --method ls hoặc mean",
            "this table does not support the method eb (it needs two judges, two entries and "
            "readings in common that differ); use --method ls or mean");
    k->out->method = wanted;
    if (wanted != FIT_AUTO)
        return OK;
    bool nothing = k->all_equal || t->judge_count < 2 || t->entry_count < 2 || k->df <= 0 ||
                   (t->judge_count == 2 && k->df < FIT_COMMON_LEAST);
    bool by_choice = k->options->assigned == ASSIGNED_BY_CHOICE;
    k->out->method = nothing                                                       ? FIT_MEAN
                     : k->mixed && t->group_count == 1 && !differ(k) && !by_choice ? FIT_EB
                                                                                   : FIT_LS;
    return OK;
}

/* ---- the scores of the chosen method ---- */

static void put_variances(study *k)
{
    fit *out = k->out;
    bool mixed = out->method == FIT_EB || out->method == FIT_SCALE;
    const variances *v = mixed ? &k->reml : &k->moments;
    out->has_variances = k->has_moments;
    out->has_residual = k->df > 0;
    out->entry_variance = v->entry;
    out->judge_variance = v->judge;
    out->residual_variance = mixed ? v->residual : k->df > 0 ? k->ls_residual / k->df : 0;
    out->moments |= !mixed;
    out->has_criterion = mixed && k->s.factor;
    out->criterion = v->criterion;
    double reading = v->entry + v->judge + v->residual;
    out->has_reliability = k->has_moments && reading > 0;
    if (out->has_reliability) {
        double rest = v->entry + v->residual / out->per_entry;
        out->single = v->entry / reading;
        out->adjusted = rest > 0 ? v->entry / rest : 0;
    }
}

static status score_model(study *k, fault *f)
{
    fit *out = k->out;
    const ratings *t = k->table;
    solver *s = &k->s;
    bool mixed = out->method != FIT_LS;
    TRY(solver_solve(s, mixed ? variance_shrinkage(&k->reml) : (shrinkage){0, 0}, f));
    double level = 0;
    for (size_t i = 0; i < t->entry_count; i++)
        level += mixed ? 0 : s->entry[i] / (double)t->entry_count;
    out->mu = s->centre + s->x[0] + level;
    for (size_t i = 0; i < t->entry_count; i++)
        out->entries[i].adjusted = s->centre + s->x[0] + s->entry[i];
    for (size_t j = 0; j < t->judge_count; j++)
        out->judges[j].effect = s->x[1 + j];
    out->has_errors = k->df > 0;
    if (!out->has_errors)
        return OK;
    out->errors_from_diagonal = !s->factor;
    solver_invert(s);
    double sd = sqrt(out->residual_variance);
    for (size_t i = 0; i < t->entry_count; i++)
        out->entries[i].se = sd * sqrt(solver_entry_variance(s, i));
    for (size_t j = 0; j < t->judge_count; j++)
        out->judges[j].se = sd * sqrt(solver_judge_variance(s, j));
    return OK;
}

/* Raw means; the judges' effects are still shown, by least squares. */
static void score_mean(study *k)
{
    fit *out = k->out;
    const ratings *t = k->table;
    solver *s = &k->s;
    double spare = (double)t->count - (double)t->entry_count;
    out->mu = s->centre;
    out->has_errors = spare > 0 && k->df > 0;
    double sd = out->has_errors ? sqrt(k->within / spare) : 0;
    for (size_t i = 0; i < t->entry_count; i++) {
        out->entries[i].adjusted = out->entries[i].mean;
        out->entries[i].se = sd / sqrt((double)out->entries[i].n);
    }
    for (size_t j = 0; j < t->judge_count; j++)
        out->judges[j].effect = k->ls_effects[j];
}

/* The methods of rulebooks: scores without a model of their error. */
static status score_by_rule(study *k, fault *f)
{
    fit *out = k->out;
    score_mean(k);
    out->has_errors = false;
    for (size_t i = 0; i < k->table->entry_count; i++)
        out->entries[i].se = 0;
    if (out->method == FIT_Z)
        return score_standardised(k->mem, k->table, out, f);
    score_trimmed(k->table, out);
    return OK;
}

static status judge_errors_of_mean(study *k, fault *f)
{
    if (k->out->method != FIT_MEAN || !k->out->has_errors)
        return OK;
    TRY(solver_solve(&k->s, (shrinkage){0, 0}, f));
    solver_invert(&k->s);
    double sd = sqrt(k->ls_residual / k->df);
    for (size_t j = 0; j < k->table->judge_count; j++)
        k->out->judges[j].se = sd * sqrt(solver_judge_variance(&k->s, j));
    return OK;
}

/* ---- intervals ---- */

static void put_intervals(study *k)
{
    fit *out = k->out;
    bool sound = k->table->group_count == 1 && (out->method == FIT_LS || !differ(k)) &&
                 out->method != FIT_SCALE;
    out->has_intervals = out->has_errors && sound;
    if (!out->has_intervals)
        return;
    double spare = (double)k->table->count - (double)k->table->entry_count;
    double reach = out->method == FIT_EB ? normal_95
                                         : t_quantile(0.975, out->method == FIT_LS ? k->df : spare);
    for (size_t i = 0; i < k->table->entry_count; i++) {
        fit_entry *e = &out->entries[i];
        e->low = e->adjusted - reach * e->se;
        e->high = e->adjusted + reach * e->se;
    }
}

/* ---- ranks ---- */

typedef struct {
    double score;
    uint32_t group, entry;
} ranked;

static int by_score(const void *a, const void *b)
{
    const ranked *x = a, *y = b;
    if (x->group != y->group)
        return x->group < y->group ? -1 : 1;
    if (x->score > y->score || x->score < y->score)
        return x->score > y->score ? -1 : 1;
    return (x->entry > y->entry) - (x->entry < y->entry);
}

static int by_entry(const void *a, const void *b)
{
    const ranked *x = a, *y = b;
    return (x->entry > y->entry) - (x->entry < y->entry);
}

static status put_ranks(study *k, fault *f)
{
    fit *out = k->out;
    size_t n = k->table->entry_count, first = 0, next;
    ranked *all = ARENA_ARRAY(k->mem, ranked, n);
    if (!all)
        return fault_memory(f);
    out->by_group =
        k->table->group_count > 1 && out->method != FIT_MEAN && out->method != FIT_TRIMMED;
    for (size_t i = 0; i < n; i++)
        all[i] = (ranked){out->entries[i].adjusted, out->by_group ? k->table->entry_group[i] : 0,
                          (uint32_t)i};
    qsort(all, n, sizeof *all, by_score);
    for (size_t from = 0; from < n; from = next) {
        if (from && all[from].group != all[from - 1].group)
            first = from;
        for (next = from + 1; next < n && all[next].group == all[from].group &&
                              all[next - 1].score - all[next].score < tie_width;)
            next++;
        qsort(all + from, next - from, sizeof *all, by_entry);
        for (size_t i = from; i < next; i++) {
            out->order[i] = all[i].entry;
            out->entries[all[i].entry].rank = from - first + 1;
        }
    }
    return OK;
}

/* ---- chances ---- */

static status put_chances(study *k, fault *f)
{
    fit *out = k->out;
    size_t n = k->table->entry_count, most = DRAW_ENTRIES / n;
    out->prizes = k->options->prizes ? k->options->prizes : (n + 9) / 10;
    out->prizes = out->prizes < n ? out->prizes : n;
    if (k->options->seed)
        memcpy(out->seed, k->options->seed, SEED_SIZE);
    else
        ratings_seed(k->table, out->seed);
    out->has_chances = out->has_intervals && k->options->draws;
    if (!out->has_chances)
        return OK;
    most = most < DRAWS_LEAST ? DRAWS_LEAST : most;
    out->draws = k->options->draws < most ? k->options->draws : most;
    double spare = (double)k->table->count - (double)n;
    double sd = out->method == FIT_MEAN ? sqrt(k->within / spare) : sqrt(out->residual_variance);
    if (sd <= 0) {
        chance_certain(k->table, out);
        return OK;
    }
    return chance_draw(k->mem, k->table, out->method == FIT_MEAN ? NULL : &k->s, sd, out, f);
}

/* ---- alarms ---- */

static void alarm_poor(study *k)
{
    fit *out = k->out;
    const ratings *t = k->table;
    if (k->all_equal)
        remark_add(k->mem, &out->alarms, "all_equal", "mọi điểm bằng nhau: mọi bài đồng hạng",
                   "all points are equal: all entries tie");
    if (t->judge_count == 1)
        remark_add(
            k->mem, &out->alarms, "one_judge",
            "chỉ có một giám khảo nên không tách được mức chấm; xếp theo điểm đã cho",
            "there is one judge, so severity cannot be told apart; ranked by the points given");
    else if (t->entry_count == 1)
        remark_add(k->mem, &out->alarms, "one_entry", "chỉ có một bài", "there is only one entry");
    else if (k->df <= 0 && t->group_count == 1)
        remark_add(k->mem, &out->alarms, "no_spare",
                   "không đủ lượt chấm chung để ước lượng sai số; hãy giao thêm lượt chấm",
                   "there are no spare readings to estimate the error; have more readings done");
    if (k->exact)
        remark_add(
            k->mem, &out->alarms, "exact",
            "sau khi trừ mức chấm, các giám khảo khớp nhau hoàn toàn; hãy xem điểm có được "
            "chấm độc lập không",
            "severity apart, the judges agree exactly; see whether they marked independently");
}

static status alarm_groups(study *k, fault *f)
{
    fit *out = k->out;
    const ratings *t = k->table;
    if (t->group_count < 2)
        return OK;
    out->links = ratings_links(k->mem, t);
    if (!out->links)
        return fault_memory(f);
    const char *entry = t->entries[out->links[0].entry], *judge = t->judges[out->links[0].judge];
    if (out->by_group)
        remark_add(
            k->mem, &out->alarms, "disconnected",
            "bài chia thành %zu nhóm không có giám khảo chung: chỉ xếp hạng trong từng nhóm; "
            "cần thêm %zu lượt chấm nối, ví dụ giám khảo %s chấm bài %s (nếu không vướng lợi ích)",
            "the entries fall into %zu groups without a common judge: ranked only within each; "
            "%zu linking readings are needed, such as judge %s for entry %s (if no conflict)",
            t->group_count, t->group_count - 1, judge, entry);
    else
        remark_add(
            k->mem, &out->alarms, "disconnected",
            "bài chia thành %zu nhóm không có giám khảo chung: điểm trung bình không so được "
            "giữa các nhóm; cần thêm %zu lượt chấm nối, ví dụ giám khảo %s chấm bài %s (nếu "
            "không vướng lợi ích)",
            "the entries fall into %zu groups without a common judge: their means cannot be "
            "compared; %zu linking readings are needed, such as judge %s for entry %s (if no "
            "conflict)",
            t->group_count, t->group_count - 1, judge, entry);
    return OK;
}

/* Methods that only a rulebook asks for, and panels too small to adjust. */
static void alarm_method(study *k)
{
    fit *out = k->out;
    if (out->method == FIT_TRIMMED)
        remark_add(k->mem, &out->alarms, "trimmed",
                   "bỏ điểm cao nhất, thấp nhất làm mất lượt chấm: thử nghiệm cho thấy kém hơn cả "
                   "trung bình thường; chỉ dùng vì quy chế ghi như vậy",
                   "leaving out the highest and lowest loses readings: in trials it is worse than "
                   "the plain mean; used only because the rulebook says so");
    if (out->method == FIT_Z)
        remark_add(
            k->mem, &out->alarms, "z_score",
            "điểm chuẩn hóa z coi như mọi giám khảo chấm những chồng bài ngang nhau; chỉ dùng "
            "vì quy chế ghi như vậy",
            "z-scores suppose that all judges had equally good entries; used only because "
            "the rulebook says so");
    if (out->method == FIT_SCALE)
        remark_add(k->mem, &out->alarms, "scale",
                   "mô hình độ giãn điểm chỉ để tham khảo bên cạnh kết quả chính thức",
                   "the judge-scale model is a second opinion beside the official result");
    if (k->table->judge_count == 2 && k->options->method == FIT_AUTO && out->method == FIT_MEAN &&
        !k->all_equal)
        remark_add(k->mem, &out->alarms, "two_judges",
                   "chỉ có hai giám khảo và quá ít bài chấm chung để tách mức chấm; xếp theo điểm "
                   "trung bình",
                   "there are two judges with too few entries in common to tell their severity "
                   "apart; ranked by the mean");
}

static void alarm_differ(study *k)
{
    fit *out = k->out;
    int thousandths = (int)lround(1000 * out->correlation);
    bool drawn = k->options->assigned == ASSIGNED_BY_DRAW;
    if (differ(k) && !k->all_equal)
        remark_add(
            k->mem, &out->alarms, "ls_eb_differ",
            "hai cách ước lượng (ls, eb) cho kết quả khác nhau (tương quan %d phần nghìn, dưới "
            "990): "
            "%s%.0s; nên dùng ls",
            "the two estimates (ls, eb) disagree (correlation %d thousandths, below 990): %.0s%s; "
            "use ls",
            thousandths,
            drawn ? "mỗi giám khảo chấm còn ít bài" : "có vẻ bài không được rút thăm ngẫu nhiên",
            drawn ? "each judge has few entries" : "entries seem not to have been dealt at random");
    if (k->mixed && k->reml.entry <= 0)
        remark_add(k->mem, &out->alarms, "no_entry_variance",
                   "điểm không cho thấy các bài khác nhau hơn mức sai lệch giữa các lượt chấm",
                   "the points show no difference between entries beyond that between readings");
    if (out->has_errors && !out->has_intervals)
        remark_add(k->mem, &out->alarms, "no_interval",
                   "không đưa ra khoảng tin cậy và xác suất giải vì cách phân công không cho phép",
                   "no intervals and chances are given: the assignment does not support them");
}

status fit_run(arena *mem, const ratings *table, const fit_options *options, fit *out, fault *f)
{
    *out = (fit){.prizes = 0};
    study k = {.mem = mem, .table = table, .options = options, .out = out};
    TRY(study_means(&k, f));
    TRY(study_squares(&k, f));
    TRY(study_mixed(&k, f));
    TRY(choose(&k, f));
    put_variances(&k);
    switch (out->method) {
    case FIT_MEAN:
        score_mean(&k);
        TRY(judge_errors_of_mean(&k, f));
        break;
    case FIT_Z:
    case FIT_TRIMMED: TRY(score_by_rule(&k, f)); break;
    case FIT_SCALE:
        TRY(score_model(&k, f));
        TRY(score_scaled(mem, &k.s, &k.reml, out, f));
        break;
    default: TRY(score_model(&k, f));
    }
    put_intervals(&k);
    TRY(put_ranks(&k, f));
    TRY(put_chances(&k, f));
    ratings_remarks(mem, table, &out->alarms);
    alarm_poor(&k);
    TRY(alarm_groups(&k, f));
    alarm_differ(&k);
    alarm_method(&k);
    return out->alarms.failed ? fault_memory(f) : OK;
}
