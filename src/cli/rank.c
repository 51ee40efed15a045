/* rank: the standing of a round. */
#include "table.h"

#include "chamthi/score.h"

#include <stdio.h>
#include <string.h>

static const char *note(const cli *c, const rank_row *r)
{
    if (!r->complete)
        return cli_say(c, "chưa có phiếu đủ điểm", "no complete sheet");
    if (r->complete < r->assigned)
        return cli_say(c, "thiếu phiếu", "sheets missing");
    if (r->apart)
        return cli_say(c, "giám khảo chấm lệch nhau nhiều", "judges far apart");
    return r->tied ? cli_say(c, "đồng hạng", "tied") : "";
}

static status print_rows(const cli *c, const rank_table *t, fault *f)
{
    static const column columns[] = {{"track", "thể loại", "track", COLUMN_TEXT},
                                     {"rank", "hạng", "rank", COLUMN_INT},
                                     {"receipt", "số tiếp nhận", "receipt", COLUMN_TEXT},
                                     {"title", "tên bài", "title", COLUMN_TEXT},
                                     {"sheets", "phiếu đủ", "sheets", COLUMN_INT},
                                     {"assigned", "phiếu giao", "assigned", COLUMN_INT},
                                     {"mean", "trung bình", "mean", COLUMN_POINTS},
                                     {"adjusted", "điểm xếp hạng", "adjusted", COLUMN_POINTS},
                                     {"lowest", "thấp nhất", "lowest", COLUMN_POINTS},
                                     {"highest", "cao nhất", "highest", COLUMN_POINTS},
                                     {"note", "lưu ý", "note", COLUMN_TEXT}};
    output o;
    output_start(&o, c, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < t->count; i++) {
        const rank_row *r = &t->rows[i];
        output_text(&o, r->track);
        if (r->rank)
            output_int(&o, r->rank);
        else
            output_null(&o);
        output_text(&o, r->receipt);
        output_text(&o, r->title);
        output_int(&o, r->complete);
        output_int(&o, r->assigned);
        const int64_t points[] = {r->mean, r->adjusted, r->lowest, r->highest};
        for (size_t k = 0; k < 4; k++) {
            if (r->complete)
                output_int(&o, points[k]);
            else
                output_null(&o);
        }
        output_text(&o, note(c, r));
    }
    return output_end(&o, f);
}

static status chosen_method(const cli *c, fit_method *out, fault *f)
{
    const char *name = cli_option(c, "--method");
    *out = FIT_MEAN;
    for (int m = 0; name && m < FIT_METHOD_COUNT; m++)
        if (strcmp(name, fit_method_name((fit_method)m)) == 0) {
            *out = (fit_method)m;
            return OK;
        }
    return name ? FAIL(f, E_USAGE, "--method nhận mean, ls, eb hoặc auto",
                       "--method takes mean, ls, eb or auto")
                : OK;
}

status cmd_rank(cli *c, fault *f)
{
    int64_t year;
    rank_table t;
    fit_method method;
    TRY(chosen_method(c, &method, f));
    TRY(cli_contest(c, &year, f));
    TRY(rank_round(c->db, c->mem, c->actor, year, cli_option(c, "--round"), method, &t, f));
    for (size_t i = 0; i < t.count; i++)
        c->attention |=
            t.rows[i].complete < t.rows[i].assigned || !t.rows[i].complete || t.rows[i].apart;
    c->attention |= t.alarms.count > 0;
    TRY(print_rows(c, &t, f));
    for (size_t i = 0; i < t.alarms.count; i++)
        fprintf(stderr, "chamthi: %s\n", t.alarms.items[i].text[c->lang]);
    return OK;
}
