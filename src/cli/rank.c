/* rank: the standing of a round. */
#include "table.h"

#include "chamthi/score.h"

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
        const int64_t points[] = {r->mean, r->lowest, r->highest};
        for (size_t k = 0; k < 3; k++) {
            if (r->complete)
                output_int(&o, points[k]);
            else
                output_null(&o);
        }
        output_text(&o, note(c, r));
    }
    return output_end(&o, f);
}

status cmd_rank(cli *c, fault *f)
{
    int64_t year;
    rank_table t;
    const char *method = cli_option(c, "--method");
    if (method && strcmp(method, "mean") != 0)
        return FAIL(
            f, E_USAGE,
            "cách tính “%s” chỉ dùng được với tệp điểm: chamthi rank fit TỆP.csv --method %s; "
            "xếp hạng một vòng dùng điểm trung bình (mean)",
            "method “%s” works on a file of marks: chamthi rank fit FILE.csv --method %s; "
            "a round is ranked by the mean",
            method, method);
    TRY(cli_contest(c, &year, f));
    TRY(rank_round(c->db, c->mem, c->actor, year, cli_option(c, "--round"), &t, f));
    for (size_t i = 0; i < t.count; i++)
        c->attention |=
            t.rows[i].complete < t.rows[i].assigned || !t.rows[i].complete || t.rows[i].apart;
    return print_rows(c, &t, f);
}
