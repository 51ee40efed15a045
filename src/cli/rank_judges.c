/* rank judges: what each judge did, in figures and in words. */
#include "score_out.h"
#include "table.h"

#include "chamthi/score.h"

#include <stdio.h>

static const char *says(const cli *c, const judge_conduct *j)
{
    const char *text = "";
    for (size_t i = 0; text && i < j->says.count; i++)
        text = arena_format(c->mem, "%s%s%s", text, i ? "; " : "", j->says.items[i].text[c->lang]);
    return text && *text ? text : cli_say(c, "không có gì khác thường", "nothing unusual");
}

status cmd_rank_judges(cli *c, fault *f)
{
    static const column columns[] = {
        {"track", "thể loại", "track", COLUMN_TEXT},
        {"judge", "giám khảo", "judge", COLUMN_TEXT},
        {"n", "phiếu", "sheets", COLUMN_INT},
        {"severity", "lệch (− nghiêm)", "effect (− severe)", COLUMN_INT},
        {"se", "sai số", "se", COLUMN_INT},
        {"spread", "độ trải", "spread", COLUMN_INT},
        {"misfit", "khó giải thích", "misfit", COLUMN_INT},
        {"outliers", "phiếu lệch hẳn", "outliers", COLUMN_INT},
        {"drift", "trôi/10 bài", "drift/10", COLUMN_INT},
        {"halo", "ấn tượng chung", "halo", COLUMN_INT},
        {"own", "bài đơn vị mình", "own unit", COLUMN_INT},
        {"says", "nhận xét", "in words", COLUMN_TEXT}};
    int64_t year;
    conduct found;
    output o;
    TRY(cli_contest(c, &year, f));
    TRY(judge_conduct_read(c->db, c->mem, year, cli_option(c, "--round"), &found, f));
    output_start(&o, c, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < found.count; i++) {
        const judge_conduct *j = &found.judges[i];
        output_text(&o, j->track);
        output_text(&o, j->judge);
        output_int(&o, (int64_t)j->n);
        number_cell(&o, true, j->severity, 2);
        number_cell(&o, j->se > 0, j->se, 2);
        number_cell(&o, true, j->spread, 2);
        number_cell(&o, true, j->misfit, 2);
        output_int(&o, (int64_t)j->outliers);
        number_cell(&o, true, j->drift, 2);
        number_cell(&o, true, j->halo, 2);
        output_int(&o, (int64_t)j->own);
        output_text(&o, says(c, j));
    }
    TRY(output_end(&o, f));
    c->attention = found.pair_count > 0;
    for (size_t i = 0; i < found.pair_count; i++)
        fprintf(stderr, "chamthi: %s\n", found.pairs[i].text[c->lang]);
    return OK;
}
