/* rank agreement: how far the judges of a file of points agree. */
#include "score_out.h"
#include "table.h"

#include "chamthi/agreement.h"

static const char *const icc_keys[ICC_COUNT] = {"ICC1", "ICC2", "ICC3", "ICC1k", "ICC2k", "ICC3k"};
static const char *const alpha_keys[ALPHA_COUNT] = {"nominal", "ordinal", "interval", "ratio"};

static void put_estimate(buffer *b, const char *key, const estimate *e)
{
    put_key(b, key);
    buffer_byte(b, '{');
    put_number(b, "value", e->known, e->value);
    put_number(b, "low", e->bounded, e->low);
    put_number(b, "high", e->bounded, e->high);
    buffer_byte(b, '}');
}

static status print_json(const cli *c, const agreement *a, fault *f)
{
    buffer b = BUFFER_INIT;
    buffer_byte(&b, '{');
    put_count(&b, "entries", a->entries);
    put_count(&b, "judges", a->judges);
    put_count(&b, "readings", a->readings);
    put_count(&b, "complete_entries", a->complete);
    put_number(&b, "readings_per_entry", a->per_entry > 0, a->per_entry);
    put_text(&b, "icc_basis", a->by_components ? "components" : "anova");
    put_key(&b, "icc");
    buffer_byte(&b, '{');
    for (int i = 0; i < ICC_COUNT; i++)
        put_estimate(&b, icc_keys[i], &a->icc[i]);
    buffer_byte(&b, '}');
    put_key(&b, "kendall");
    buffer_byte(&b, '{');
    put_number(&b, "w", a->w.known, a->w.value);
    put_number(&b, "w_ties", a->w_ties.known, a->w_ties.value);
    put_number(&b, "chi_square", a->w_ties.known, a->chi_square);
    put_number(&b, "df", a->w_ties.known, (double)a->df);
    put_number(&b, "p", a->w_ties.known, a->p);
    buffer_byte(&b, '}');
    put_key(&b, "alpha");
    buffer_byte(&b, '{');
    for (int i = 0; i < ALPHA_COUNT; i++)
        put_number(&b, alpha_keys[i], a->alpha[i].known, a->alpha[i].value);
    buffer_byte(&b, '}');
    put_key(&b, "alpha_intervals");
    buffer_byte(&b, '{');
    for (int i = 0; i < ALPHA_COUNT; i++)
        put_estimate(&b, alpha_keys[i], &a->alpha[i]);
    buffer_byte(&b, '}');
    put_remarks(c, &b, "notes", &a->notes);
    buffer_text(&b, "}\n");
    status st = cli_out(&b, NULL, f);
    buffer_free(&b);
    return st;
}

static void put_row(output *o, const char *name, const estimate *e)
{
    output_text(o, name);
    number_cell(o, e->known, e->value, 4);
    number_cell(o, e->bounded, e->low, 4);
    number_cell(o, e->bounded, e->high, 4);
}

static status print_rows(const cli *c, const agreement *a, fault *f)
{
    static const column columns[] = {{"statistic", "hệ số", "statistic", COLUMN_TEXT},
                                     {"value", "giá trị", "value", COLUMN_INT},
                                     {"low", "dưới 95%", "low 95%", COLUMN_INT},
                                     {"high", "trên 95%", "high 95%", COLUMN_INT}};
    static const char *const icc[ICC_COUNT] = {"ICC(1)",   "ICC(2)",   "ICC(3)",
                                               "ICC(1,k)", "ICC(2,k)", "ICC(3,k)"};
    static const char *const alpha[ALPHA_COUNT] = {
        "Krippendorff alpha (nominal)", "Krippendorff alpha (ordinal)",
        "Krippendorff alpha (interval)", "Krippendorff alpha (ratio)"};
    output o;
    output_start(&o, c, columns, 4);
    for (int i = 0; i < ICC_COUNT; i++)
        put_row(&o, icc[i], &a->icc[i]);
    put_row(&o, "Kendall W", &a->w);
    put_row(&o, "Kendall W (ties)", &a->w_ties);
    for (int i = 0; i < ALPHA_COUNT; i++)
        put_row(&o, alpha[i], &a->alpha[i]);
    return output_end(&o, f);
}

status cmd_rank_agreement(cli *c, fault *f)
{
    ratings table;
    agreement found;
    TRY(ratings_read(c->mem, c->args[0], &table, f));
    TRY(agreement_measure(c->mem, &table, &found, f));
    c->attention = table.incomplete || table.unscored_count;
    if (c->format == FORMAT_JSON)
        return print_json(c, &found, f);
    TRY(print_rows(c, &found, f));
    return print_remarks(c, &found.notes, f);
}
