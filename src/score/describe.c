/* A round's rules and what came of them, in sentences that can be published. */
#include "board.h"

#include "chamthi/agreement.h"

#include <math.h>
#include <string.h>

typedef struct {
    store *db;
    arena *mem;
    const board *b;
    const rank_table *t;
    fit *const *fits;
    remarks *out;
} telling;

/* "3,27" in Vietnamese, "3.27" in English. */
static const char *number_text(arena *mem, double value, language lang)
{
    char *text = arena_format(mem, "%.2f", value);
    char *point = text ? strchr(text, '.') : NULL;
    if (point && lang == LANG_VI)
        *point = ',';
    return text ? text : "";
}

static void add(const telling *x, const char *code, const char *vi, const char *en)
{
    if (vi && en)
        remark_add(x->mem, x->out, code, "%s%.0s", "%.0s%s", vi, en);
    else
        x->out->failed = true;
}

static const char *track_name(const telling *x, size_t track)
{
    return x->b->contest->tracks[track].name;
}

/* ---- how points are made ---- */

static void tell_method(const telling *x, size_t track)
{
    static const char *const words[FIT_METHOD_COUNT][LANG_COUNT] = {
        [FIT_MEAN] = {"điểm của bài là trung bình cộng các phiếu đủ điểm",
                      "an entry's points are the mean of its complete sheets"},
        [FIT_LS] =
            {"xếp theo điểm hiệu chỉnh: phần nghiêm hay nhẹ tay của từng giám khảo, ước lượng bằng "
             "bình phương tối thiểu từ các bài chấm chung, được trừ đi; điểm trung bình in bên "
             "cạnh",
             "ranked by adjusted points: each judge's severity, by least squares over common "
             "entries, is taken off; the mean is printed beside"},
        [FIT_EB] =
            {"xếp theo điểm hiệu chỉnh: phần nghiêm hay nhẹ tay của từng giám khảo, ước lượng bằng "
             "mô "
             "hình hiệu ứng ngẫu nhiên (REML, BLUP), được trừ đi; điểm trung bình in bên cạnh",
             "ranked by adjusted points: each judge's severity, by a model of random effects "
             "(REML, BLUP), is taken off; the mean is printed beside"},
        [FIT_TRIMMED] =
            {"điểm của bài là trung bình các phiếu sau khi bỏ phiếu cao nhất và thấp nhất",
             "an entry's points are the mean without its highest and lowest sheet"},
        [FIT_Z] = {"điểm của bài là trung bình điểm chuẩn hóa z theo từng giám khảo",
                   "an entry's points are the mean of its z-scores by judge"}};
    const char *const *w = words[x->fits[track]->method];
    if (w[LANG_VI])
        add(x, "method",
            arena_format(x->mem, "%s: %s; làm tròn đến hai chữ số sau dấu phẩy.",
                         track_name(x, track), w[LANG_VI]),
            arena_format(x->mem, "%s: %s; rounded to hundredths.", track_name(x, track),
                         w[LANG_EN]));
}

static void tell_variances(const telling *x, size_t track)
{
    const fit *m = x->fits[track];
    const char *v[LANG_COUNT][5];
    if (!m->has_variances || !m->has_reliability)
        return;
    /* A plain mean keeps its judges' severity. */
    double rest = m->entry_variance + (m->judge_variance + m->residual_variance) / m->per_entry;
    double ranked = m->method == FIT_MEAN && rest > 0 ? m->entry_variance / rest : m->adjusted;
    const double values[5] = {sqrt(m->entry_variance), sqrt(m->judge_variance),
                              sqrt(m->residual_variance), m->single, ranked};
    for (int lang = 0; lang < LANG_COUNT; lang++)
        for (size_t i = 0; i < 5; i++)
            v[lang][i] = number_text(x->mem, values[i], (language)lang);
    add(x, "variance",
        arena_format(
            x->mem,
            "%s: độ lệch chuẩn giữa các bài %s điểm, giữa các giám khảo %s, của một lượt chấm %s; "
            "độ tin cậy của một phiếu %s, của điểm xếp hạng %s.",
            track_name(x, track), v[LANG_VI][0], v[LANG_VI][1], v[LANG_VI][2], v[LANG_VI][3],
            v[LANG_VI][4]),
        arena_format(x->mem,
                     "%s: standard deviation between entries %s points, between judges %s, of one "
                     "reading %s; reliability of one sheet %s, of the points ranked by %s.",
                     track_name(x, track), v[LANG_EN][0], v[LANG_EN][1], v[LANG_EN][2],
                     v[LANG_EN][3], v[LANG_EN][4]));
}

static status tell_agreement(const telling *x, size_t track, fault *f)
{
    ratings table;
    agreement a;
    TRY(board_ratings(x->mem, x->b, x->b->contest->tracks[track].key, &table, f));
    TRY(agreement_measure(x->mem, &table, &a, f));
    const estimate *icc = &a.icc[ICC_1], *alpha = &a.alpha[ALPHA_INTERVAL];
    if (icc->known && alpha->known)
        add(x, "agreement",
            arena_format(
                x->mem,
                "%s: mức nhất trí giữa các giám khảo: ICC(1) %s, alpha của Krippendorff %s.",
                track_name(x, track), number_text(x->mem, icc->value, LANG_VI),
                number_text(x->mem, alpha->value, LANG_VI)),
            arena_format(x->mem, "%s: agreement of judges: ICC(1) %s, Krippendorff's alpha %s.",
                         track_name(x, track), number_text(x->mem, icc->value, LANG_EN),
                         number_text(x->mem, alpha->value, LANG_EN)));
    return OK;
}

static void tell_intervals(const telling *x, size_t track)
{
    const char *name = track_name(x, track);
    if (x->fits[track]->has_intervals)
        add(x, "intervals",
            arena_format(
                x->mem,
                "%s: mỗi điểm kèm khoảng tin cậy 95 %% và khả năng đạt, tính bằng mô phỏng có hạt "
                "giống nên ai cũng tính lại được.",
                name),
            arena_format(x->mem,
                         "%s: each score has a 95 %% interval and a chance, by seeded draws that "
                         "anybody can repeat.",
                         name));
    else
        add(x, "no_intervals",
            arena_format(
                x->mem,
                "%s: không đưa ra khoảng tin cậy vì số lượt chấm hoặc cách phân công không "
                "cho phép.",
                name),
            arena_format(x->mem,
                         "%s: no intervals: the readings or the assignment do not bear them.",
                         name));
}

/* ---- rules of the round ---- */

static const char *final_text(const char *rule, language lang)
{
    static const char *const words[][3] = {
        {"third_is_final", "lấy điểm của người thứ ba", "the third reading alone counts"},
        {"median_of_three", "lấy điểm đứng giữa", "the middle one counts"},
        {"mean_of_all", "tính trên mọi lượt chấm", "all readings count"}};
    for (size_t i = 0; i < 3; i++)
        if (strcmp(words[i][0], rule) == 0)
            return words[i][lang == LANG_VI ? 1 : 2];
    return "";
}

static size_t sheets_for(const board *b, purpose p)
{
    size_t n = 0;
    for (size_t i = 0; i < b->sheet_count; i++)
        n += b->sheets[i].purpose == p;
    return n;
}

static void tell_third(const telling *x)
{
    const contest_third *third = &x->b->rules->third;
    const char *vi = "quá sai số của mô hình", *en = "more than the model's error";
    if (!third->final)
        return;
    if (third->gap) {
        vi = arena_format(x->mem, "từ %s điểm trở lên",
                          number_text(x->mem, (double)third->gap / 100, LANG_VI));
        en = arena_format(x->mem, "%s points or more",
                          number_text(x->mem, (double)third->gap / 100, LANG_EN));
    }
    size_t n = sheets_for(x->b, READING_THIRD);
    add(x, "third",
        arena_format(
            x->mem,
            "Hai giám khảo lệch nhau %s thì một người thứ ba chấm độc lập, không biết điểm "
            "trước; %s. Đã có %zu lượt chấm như vậy.",
            vi ? vi : "", final_text(third->final, LANG_VI), n),
        arena_format(x->mem,
                     "Where two judges are %s apart a third reads without knowing their points; "
                     "%s. There were %zu such readings.",
                     en ? en : "", final_text(third->final, LANG_EN), n));
}

static void tell_further(const telling *x)
{
    size_t line = sheets_for(x->b, READING_LINE), check = sheets_for(x->b, READING_CHECK);
    size_t calibration = sheets_for(x->b, READING_CALIBRATION);
    size_t link = sheets_for(x->b, READING_LINK);
    if (line + check + calibration + link == 0)
        return;
    add(x, "further",
        arena_format(x->mem,
                     "Lượt chấm thêm: %zu cho bài sát ranh giới, %zu chấm kiểm tra (không tính vào "
                     "điểm), %zu chấm bài chuẩn, %zu để nối các nhóm bài.",
                     line, check, calibration, link),
        arena_format(x->mem,
                     "Further readings: %zu of entries at the line, %zu checks (they do not "
                     "count), %zu of calibration entries, %zu that join groups of entries.",
                     line, check, calibration, link));
}

static const char *step_text(const telling *x, const char *by, language lang)
{
    static const char *const words[][3] = {{"top_marks", "số điểm tối đa", "top marks"},
                                           {"unrounded", "điểm chưa làm tròn", "unrounded points"},
                                           {"vote", "biểu quyết của Hội đồng", "the panel's vote"},
                                           {"lot", "rút thăm công khai", "a public lot"}};
    for (size_t i = 0; i < 4; i++)
        if (strcmp(words[i][0], by) == 0)
            return words[i][lang == LANG_VI ? 1 : 2];
    for (size_t k = 0; k < x->b->rules->criterion_count; k++)
        if (strcmp(x->b->rules->criteria[k].key, by) == 0)
            return x->b->rules->criteria[k].name;
    return by;
}

static void tell_ties(const telling *x)
{
    const char *vi = NULL, *en = NULL;
    size_t told = 0;
    for (size_t k = 0; k < x->t->step_count; k++) {
        vi = arena_format(x->mem, "%s%s%s", vi ? vi : "", k ? ", " : "",
                          step_text(x, x->t->steps[k], LANG_VI));
        en = arena_format(x->mem, "%s%s%s", en ? en : "", k ? ", " : "",
                          step_text(x, x->t->steps[k], LANG_EN));
    }
    for (size_t i = 0; i < x->t->count; i++)
        told += x->t->rows[i].tie_step >= 0;
    if (vi && en)
        add(x, "ties",
            arena_format(x->mem,
                         "Bằng điểm thì xét lần lượt: %s; không bao giờ xét số thứ tự hay giờ nộp. "
                         "Đã phân định %zu bài như vậy.",
                         vi, told),
            arena_format(x->mem,
                         "Equal points are told apart by, in order: %s; never by number or time of "
                         "receipt. %zu entries were.",
                         en, told));
    else
        add(x, "ties",
            "Bài bằng điểm thì đồng hạng; Hội đồng quyết định, chương trình không tự xếp.",
            "Equal points are an equal rank; the panel decides, the program does not.");
}

status rank_describe(store *db, arena *mem, int64_t year, const char *round, remarks *out, fault *f)
{
    board b;
    rank_table t;
    fit **fits;
    const board_options options = {.method = FIT_RULEBOOK};
    *out = (remarks){.count = 0};
    TRY(board_read(db, mem, year, round, &b, f));
    TRY(board_rank(mem, &b, &options, &t, &fits, f));
    const telling x = {db, mem, &b, &t, fits, out};
    for (size_t k = 0; k < b.contest->track_count; k++) {
        if (!fits[k])
            continue;
        tell_method(&x, k);
        tell_variances(&x, k);
        TRY(tell_agreement(&x, k, f));
        tell_intervals(&x, k);
    }
    tell_third(&x);
    tell_further(&x);
    tell_ties(&x);
    return out->failed ? fault_memory(f) : OK;
}
