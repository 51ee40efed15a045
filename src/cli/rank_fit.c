/* rank fit: severity, adjusted scores, their doubt and ranks from a file of points. */
#include "score_out.h"
#include "table.h"

#include "chamthi/fit.h"

#include <string.h>

static status read_options(const cli *c, fit_options *out, unsigned char seed[SEED_SIZE], fault *f)
{
    const char *method = cli_option(c, "--method"), *hex = cli_option(c, "--seed");
    int64_t prizes;
    *out = (fit_options){.method = FIT_AUTO, .draws = FIT_DRAWS};
    if (method && !fit_method_read(method, &out->method))
        return FAIL(f, E_USAGE, "--method nhận một trong: " FIT_METHODS "; không phải “%s”",
                    "--method takes one of: " FIT_METHODS "; not “%s”", method);
    TRY(cli_option_int(c, "--prizes", 1, UINT32_MAX, 0, &prizes, f));
    out->prizes = (size_t)prizes;
    if (hex && !hex_decode(seed, SEED_SIZE, hex))
        return FAIL(f, E_USAGE, "--seed cần đúng %d chữ số thập lục phân",
                    "--seed wants exactly %d hexadecimal digits", 2 * SEED_SIZE);
    out->seed = hex ? seed : NULL;
    return OK;
}

static void put_head(buffer *b, const ratings *t, const fit *r)
{
    put_text(b, "method", fit_method_name(r->method));
    put_text(b, "estimator", r->moments ? "moments" : "reml");
    put_number(b, "mu", true, r->mu);
    put_key(b, "variance");
    buffer_byte(b, '{');
    put_number(b, "entry", r->has_variances, r->entry_variance);
    put_number(b, "judge", r->has_variances, r->judge_variance);
    put_number(b, "residual", r->has_residual, r->residual_variance);
    buffer_byte(b, '}');
    put_number(b, "criterion", r->has_criterion, r->criterion);
    put_key(b, "reliability");
    buffer_byte(b, '{');
    put_number(b, "single", r->has_reliability, r->single);
    put_number(b, "adjusted", r->has_reliability, r->adjusted);
    put_number(b, "readings_per_entry", true, r->per_entry);
    put_number(b, "correlation_ls_eb", r->has_correlation, r->correlation);
    buffer_byte(b, '}');
    put_key(b, "connected");
    buffer_text(b, t->group_count == 1 ? "true" : "false");
    put_count(b, "groups", t->group_count);
    put_text(b, "errors", !r->has_errors ? NULL : r->errors_from_diagonal ? "diagonal" : "exact");
    char hex[2 * SEED_SIZE + 1];
    hex_encode(hex, r->seed, SEED_SIZE);
    put_count(b, "prizes", r->prizes);
    put_count(b, "draws", r->draws);
    put_text(b, "seed", hex);
}

static void put_entry(buffer *b, const ratings *t, const fit *r, uint32_t i)
{
    const fit_entry *e = &r->entries[i];
    put_text(b, "entry", t->entries[i]);
    put_count(b, "n", e->n);
    put_number(b, "mean", true, e->mean);
    put_number(b, "adjusted", true, e->adjusted);
    put_number(b, "se", r->has_errors, e->se);
    put_number(b, "low", r->has_intervals, e->low);
    put_number(b, "high", r->has_intervals, e->high);
    put_number(b, "p_prize", r->has_chances, e->prize);
    put_number(b, "expected_rank", r->has_chances, e->expected_rank);
    bool interval = r->has_chances && e->rank_high;
    put_number(b, "rank_low", interval, (double)e->rank_low);
    put_number(b, "rank_high", interval, (double)e->rank_high);
    put_count(b, "rank", e->rank);
    put_count(b, "group", t->entry_group[i] + 1);
}

static void put_lists(buffer *b, const ratings *t, const fit *r)
{
    put_key(b, "judges");
    for (size_t j = 0; j < t->judge_count; j++) {
        buffer_text(b, j ? ",\n{" : "[\n{");
        put_text(b, "judge", t->judges[j]);
        put_count(b, "n", r->judges[j].n);
        put_number(b, "severity", true, r->judges[j].effect);
        put_number(b, "se", r->has_errors, r->judges[j].se);
        put_number(b, "scale", r->method == FIT_SCALE, r->judges[j].scale);
        buffer_byte(b, '}');
    }
    buffer_byte(b, ']');
    put_key(b, "entries");
    for (size_t i = 0; i < t->entry_count; i++) {
        buffer_text(b, i ? ",\n{" : "[\n{");
        put_entry(b, t, r, r->order[i]);
        buffer_byte(b, '}');
    }
    buffer_byte(b, ']');
    put_key(b, "links");
    buffer_byte(b, '[');
    for (size_t i = 0; r->links && i + 1 < t->group_count; i++) {
        buffer_text(b, i ? ",{" : "{");
        put_text(b, "entry", t->entries[r->links[i].entry]);
        put_text(b, "judge", t->judges[r->links[i].judge]);
        buffer_byte(b, '}');
    }
    buffer_byte(b, ']');
    put_key(b, "unscored");
    buffer_byte(b, '[');
    for (size_t i = 0; i < t->unscored_count; i++) {
        buffer_text(b, i ? "," : "");
        buffer_json_string(b, t->unscored[i], strlen(t->unscored[i]));
    }
    buffer_byte(b, ']');
}

static status print_json(const cli *c, const ratings *t, const fit *r, fault *f)
{
    buffer b = BUFFER_INIT;
    buffer_byte(&b, '{');
    put_head(&b, t, r);
    put_lists(&b, t, r);
    put_remarks(c, &b, "alarms", &r->alarms);
    buffer_text(&b, "}\n");
    status st = cli_out(&b, NULL, f);
    buffer_free(&b);
    return st;
}

static status print_entries(const cli *c, const ratings *t, const fit *r, fault *f)
{
    static const column columns[] = {{"entry", "bài", "entry", COLUMN_TEXT},
                                     {"n", "lượt", "n", COLUMN_INT},
                                     {"mean", "trung bình", "mean", COLUMN_INT},
                                     {"adjusted", "hiệu chỉnh", "adjusted", COLUMN_INT},
                                     {"se", "sai số", "se", COLUMN_INT},
                                     {"low", "dưới 95%", "low 95%", COLUMN_INT},
                                     {"high", "trên 95%", "high 95%", COLUMN_INT},
                                     {"p_prize", "xác suất giải", "p(prize)", COLUMN_INT},
                                     {"expected_rank", "hạng kỳ vọng", "exp. rank", COLUMN_INT},
                                     {"rank", "hạng", "rank", COLUMN_INT},
                                     {"group", "nhóm", "group", COLUMN_INT}};
    output o;
    output_start(&o, c, columns, 11);
    for (size_t at = 0; at < t->entry_count; at++) {
        uint32_t i = r->order[at];
        const fit_entry *e = &r->entries[i];
        output_text(&o, t->entries[i]);
        output_int(&o, (int64_t)e->n);
        number_cell(&o, true, e->mean, 3);
        number_cell(&o, true, e->adjusted, 3);
        number_cell(&o, r->has_errors, e->se, 3);
        number_cell(&o, r->has_intervals, e->low, 2);
        number_cell(&o, r->has_intervals, e->high, 2);
        number_cell(&o, r->has_chances, e->prize, 3);
        number_cell(&o, r->has_chances, e->expected_rank, 1);
        output_int(&o, (int64_t)e->rank);
        output_int(&o, (int64_t)t->entry_group[i] + 1);
    }
    return output_end(&o, f);
}

static status print_judges(const cli *c, const ratings *t, const fit *r, fault *f)
{
    static const column columns[] = {
        {"judge", "giám khảo", "judge", COLUMN_TEXT},
        {"n", "lượt", "n", COLUMN_INT},
        {"severity", "lệch (− nghiêm, + nhẹ tay)", "effect (− severe, + lenient)", COLUMN_INT},
        {"se", "sai số", "se", COLUMN_INT}};
    output o;
    output_start(&o, c, columns, 4);
    for (size_t j = 0; j < t->judge_count; j++) {
        output_text(&o, t->judges[j]);
        output_int(&o, (int64_t)r->judges[j].n);
        number_cell(&o, true, r->judges[j].effect, 3);
        number_cell(&o, r->has_errors, r->judges[j].se, 3);
    }
    return output_end(&o, f);
}

status cmd_rank_fit(cli *c, fault *f)
{
    ratings table;
    fit_options options;
    fit result;
    unsigned char seed[SEED_SIZE];
    TRY(read_options(c, &options, seed, f));
    TRY(ratings_read(c->mem, c->args[0], &table, f));
    TRY(fit_run(c->mem, &table, &options, &result, f));
    c->attention = result.alarms.count > 0;
    if (c->format == FORMAT_JSON)
        return print_json(c, &table, &result, f);
    TRY(print_entries(c, &table, &result, f));
    if (c->format == FORMAT_TABLE) {
        TRY(cli_print(c, f, "\nPhương pháp: %s. Mức chấm của từng giám khảo:\n",
                      "\nMethod: %s. Each judge's level:\n", fit_method_name(result.method)));
        TRY(print_judges(c, &table, &result, f));
    }
    return print_remarks(c, &result.alarms, f);
}
