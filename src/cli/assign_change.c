/* assign repair, extra, recuse: changes to a published draw. */
#include "deal.h"
#include "table.h"

#include "chamthi/contest.h"

static status read_change(const cli *c, assign_request *r, fault *f)
{
    *r = (assign_request){.round = cli_option(c, "--round"), .seed = cli_option(c, "--seed")};
    return cli_contest(c, &r->year, f);
}

status cmd_assign_repair(cli *c, fault *f)
{
    assign_request r;
    assign_report report;
    TRY(read_change(c, &r, f));
    TRY(assign_repair(c->db, c->mem, c->actor, &r, cli_option(c, "--drop"), &report, f));
    if (!report.draw)
        return cli_print(c, f, "Không có phiếu nào cần chia lại.\n",
                         "There is nothing to give out again.\n");
    if (c->format == FORMAT_TABLE)
        TRY(cli_print(
            c, f,
            "Lần rút thăm %lld: thu lại %lld phiếu chưa nộp, chia lại %lld lượt chấm; các "
            "phiếu khác giữ nguyên.\n",
            "Draw %lld: %lld unfinished sheets taken back, %lld readings given out again; "
            "all other sheets stay.\n",
            (long long)report.draw, (long long)report.lost, (long long)report.dealt));
    return cli_show_draw(c, &report, f);
}

status cmd_assign_extra(cli *c, fault *f)
{
    assign_request r;
    assign_report report;
    int64_t more;
    TRY(read_change(c, &r, f));
    TRY(cli_option_int(c, "--more", 1, DEAL_PER_ENTRY_MOST, 1, &more, f));
    assign_extra *list = ARENA_ARRAY(c->mem, assign_extra, c->arg_count);
    if (!list)
        return fault_memory(f);
    for (size_t i = 0; i < c->arg_count; i++)
        list[i] = (assign_extra){.phach = c->args[i], .readings = more};
    TRY(assign_give_more(c->db, c->mem, c->actor, &r, list, c->arg_count, &report, f));
    if (c->format == FORMAT_TABLE)
        TRY(cli_print(c, f, "Lần rút thăm %lld: thêm %lld lượt chấm; các phiếu khác giữ nguyên.\n",
                      "Draw %lld: %lld further readings given out; all other sheets stay.\n",
                      (long long)report.draw, (long long)report.dealt));
    return cli_show_draw(c, &report, f);
}

status cmd_assign_recuse(cli *c, fault *f)
{
    const char *round = cli_option(c, "--round"), *judge = cli_option(c, "--judge");
    int64_t year, id;
    assign_conflict conflict;
    conflict_reason reason;
    TRY(cli_contest(c, &year, f));
    if (!conflict_read(cli_option(c, "--reason"), &reason))
        return FAIL(f, E_USAGE,
                    "--reason nhận author (nhận ra tác giả), relation (có quan hệ với nhân vật) "
                    "hoặc other (lý do khác)",
                    "--reason takes author (recognises the author), relation (to the person "
                    "written about) or other");
    TRY(contest_round_id(c->db, year, round, &id, f));
    TRY(assign_find_sheet(c->db, id, c->args[0], judge, &conflict, f));
    conflict.reason = reason;
    conflict.note = cli_option(c, "--note");
    TRY(assign_recuse(c->db, c->actor, &conflict, f));
    return cli_print(c, f,
                     "Đã ghi: giám khảo %s thôi chấm bài %s. Giao bài cho người khác bằng: chamthi "
                     "assign repair --contest %lld --round %s\n",
                     "Recorded: judge %s no longer reads entry %s. Give it to somebody else with: "
                     "chamthi assign repair --contest %lld --round %s\n",
                     judge, c->args[0], (long long)year, round);
}
