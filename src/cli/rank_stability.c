/* rank stability: what the result hangs on. */
#include "table.h"

#include "chamthi/score.h"

static const char *what_text(const cli *c, const stability_row *r)
{
    switch (r->kind) {
    case WITHOUT_JUDGE:
        return arena_format(c->mem, "%s%s", cli_say(c, "bỏ giám khảo ", "without judge "), r->what);
    case WITHOUT_CRITERION:
        return arena_format(c->mem, "%s%s", cli_say(c, "bỏ tiêu chí ", "without criterion "),
                            r->what);
    case BY_RAW_MEAN: break;
    }
    return cli_say(c, "điểm trung bình, không hiệu chỉnh", "raw mean, not adjusted");
}

static const char *list_text(const cli *c, const char *const *items, size_t count)
{
    const char *text = "";
    for (size_t i = 0; text && i < count; i++)
        text = arena_format(c->mem, "%s%s%s", text, i ? " " : "", items[i]);
    return text ? text : "";
}

static const char *verdict(const cli *c, const stability_row *r)
{
    if (!*r->first)
        return cli_say(c, "không xếp hạng được nữa", "no ranking is possible");
    if (r->first_changes)
        return cli_say(c, "đổi bài đứng đầu", "another entry stands first");
    return r->in_count || r->out_count
               ? cli_say(c, "có bài qua ranh giới", "entries cross the line")
               : cli_say(c, "không đổi", "no change");
}

status cmd_rank_stability(cli *c, fault *f)
{
    static const column columns[] = {{"track", "thể loại", "track", COLUMN_TEXT},
                                     {"what", "nếu", "if", COLUMN_TEXT},
                                     {"verdict", "thì", "then", COLUMN_TEXT},
                                     {"first", "đứng đầu", "first", COLUMN_TEXT},
                                     {"in", "vào", "in", COLUMN_TEXT},
                                     {"out", "ra", "out", COLUMN_TEXT}};
    int64_t year;
    stability_row *rows;
    size_t count;
    output o;
    TRY(cli_contest(c, &year, f));
    TRY(rank_stability(c->db, c->mem, year, cli_option(c, "--round"), &rows, &count, f));
    output_start(&o, c, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < count; i++) {
        const stability_row *r = &rows[i];
        output_text(&o, r->track);
        output_text(&o, what_text(c, r));
        output_text(&o, verdict(c, r));
        output_text(&o, r->first);
        output_text(&o, list_text(c, r->in, r->in_count));
        output_text(&o, list_text(c, r->out, r->out_count));
    }
    return output_end(&o, f);
}
