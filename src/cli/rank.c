/* rank: the standing of a round. */
#include "table.h"

#include "chamthi/score.h"

#include <stdio.h>
#include <string.h>

static const char *tie_text(const cli *c, const rank_table *t, const rank_row *r)
{
    const char *step = t->steps[r->tie_step];
    if (strcmp(step, "vote") == 0)
        return cli_say(c, "bằng điểm, xếp theo biểu quyết", "equal points, by the panel's vote");
    if (strcmp(step, "lot") == 0)
        return cli_say(c, "bằng điểm, xếp theo rút thăm", "equal points, by lot");
    if (strcmp(step, "top_marks") == 0)
        return cli_say(c, "bằng điểm, xếp theo số điểm tối đa", "equal points, by top marks");
    if (strcmp(step, "unrounded") == 0)
        return cli_say(c, "bằng điểm, xếp theo điểm chưa làm tròn",
                       "equal points, by unrounded points");
    return arena_format(c->mem, "%s%s",
                        cli_say(c, "bằng điểm, xếp theo tiêu chí ", "equal points, by criterion "),
                        step);
}

static const char *note(const cli *c, const rank_table *t, const rank_row *r)
{
    if (!r->complete)
        return cli_say(c, "chưa có phiếu đủ điểm", "no complete sheet");
    if (r->complete < r->assigned)
        return cli_say(c, "thiếu phiếu", "sheets missing");
    if (r->group)
        return arena_format(c->mem, "%s%lld",
                            cli_say(c, "chỉ so được trong nhóm ", "compared only within group "),
                            (long long)r->group);
    if (r->tied)
        return cli_say(c, "đồng hạng", "tied");
    if (r->apart)
        return cli_say(c, "giám khảo chấm lệch nhau nhiều", "judges far apart");
    return r->tie_step >= 0 ? tie_text(c, t, r) : "";
}

static void put_known(output *o, bool known, int64_t value)
{
    if (known)
        output_int(o, value);
    else
        output_null(o);
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
                                     {"low", "từ (95%)", "from (95%)", COLUMN_POINTS},
                                     {"high", "đến (95%)", "to (95%)", COLUMN_POINTS},
                                     {"chance", "khả năng, %", "chance, %", COLUMN_POINTS},
                                     {"rank_low", "hạng từ", "rank from", COLUMN_INT},
                                     {"rank_high", "hạng đến", "rank to", COLUMN_INT},
                                     {"note", "lưu ý", "note", COLUMN_TEXT}};
    output o;
    output_start(&o, c, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < t->count; i++) {
        const rank_row *r = &t->rows[i];
        output_text(&o, r->track);
        put_known(&o, r->rank, r->rank);
        output_text(&o, r->receipt);
        output_text(&o, r->title);
        output_int(&o, r->complete);
        output_int(&o, r->assigned);
        const int64_t points[] = {r->mean, r->adjusted, r->lowest, r->highest};
        for (size_t k = 0; k < 4; k++)
            put_known(&o, r->complete, points[k]);
        put_known(&o, r->low <= r->high, r->low);
        put_known(&o, r->low <= r->high, r->high);
        put_known(&o, r->chance >= 0, r->chance);
        put_known(&o, r->rank_high, r->rank_low);
        put_known(&o, r->rank_high, r->rank_high);
        output_text(&o, note(c, t, r));
    }
    return output_end(&o, f);
}

static status chosen_method(const cli *c, fit_method *out, fault *f)
{
    const char *name = cli_option(c, "--method");
    *out = FIT_RULEBOOK;
    if (!name || fit_method_read(name, out))
        return OK;
    return FAIL(f, E_USAGE, "--method nhận một trong: " FIT_METHODS,
                "--method takes one of: " FIT_METHODS);
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
