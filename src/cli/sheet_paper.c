/* sheet history, sheet return, sheet reconcile, sheet settle. */
#include "table.h"

#include "chamthi/clock.h"
#include "chamthi/random.h"
#include "chamthi/score.h"

#include <string.h>

/* A blind code as people copy it from paper. */
static status typed_phach(const cli *c, const char **out, fault *f)
{
    char code[CODE_TEXT_MAX];
    if (!code_parse(c->args[0], code))
        return FAIL(f, E_INPUT, "mã phách “%s” gõ sai (ký tự kiểm tra không khớp)",
                    "the blind code “%s” is mistyped (its check character does not fit)",
                    c->args[0]);
    *out = arena_string(c->mem, code);
    return *out ? OK : fault_memory(f);
}

static const char *marks_text(const cli *c, const sheet_version *v)
{
    const char *text = "";
    for (size_t i = 0; text && i < v->mark_count; i++) {
        char points[32] = "–";
        if (v->marks[i].points >= 0)
            points_text(points, v->marks[i].points,
                        c->format == FORMAT_TABLE && c->lang == LANG_VI);
        text =
            arena_format(c->mem, "%s%s%s %s", text, i ? "; " : "", v->marks[i].criterion, points);
    }
    return text;
}

status cmd_sheet_history(cli *c, fault *f)
{
    static const column columns[] = {
        {"rev", "bản", "version", COLUMN_INT},     {"at", "lúc", "at", COLUMN_TIME},
        {"by", "ai", "who", COLUMN_TEXT},          {"state", "phiếu", "sheet", COLUMN_TEXT},
        {"marks", "điểm", "marks", COLUMN_TEXT},   {"comment", "nhận xét", "comment", COLUMN_TEXT},
        {"reason", "lý do", "reason", COLUMN_TEXT}};
    const char *phach;
    sheet_versions list;
    output o;
    TRY(typed_phach(c, &phach, f));
    TRY(sheet_history(c->db, c->mem, phach, cli_option(c, "--judge"), &list, f));
    output_start(&o, c, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < list.count; i++) {
        const sheet_version *v = &list.items[i];
        output_int(&o, v->rev);
        output_int(&o, v->at);
        output_text(&o, v->by);
        output_text(&o, sheet_state_word(c, v->state));
        output_text(&o, marks_text(c, v));
        output_text(&o, v->comment);
        output_text(&o, v->reason);
    }
    return output_end(&o, f);
}

status cmd_sheet_return(cli *c, fault *f)
{
    const char *phach, *judge = cli_option(c, "--judge");
    TRY(typed_phach(c, &phach, f));
    TRY(sheet_return(c->db, c->actor, phach, judge, cli_option(c, "--reason"), f));
    return cli_print(c, f, "Đã trả phiếu bài %s cho giám khảo %s\n",
                     "Returned the sheet of entry %s to judge %s\n", phach, judge);
}

static const char *verdict_text(const cli *c, paper_verdict v)
{
    switch (v) {
    case PAPER_AGREES: return cli_say(c, "khớp", "agrees");
    case PAPER_KEYED_ONCE: return cli_say(c, "mới nhập một lần", "keyed once only");
    case PAPER_KEYED_APART: return cli_say(c, "hai lần nhập khác nhau", "keyings differ");
    case PAPER_NOT_DATABASE: break;
    }
    return cli_say(c, "máy khác phiếu giấy", "database differs from paper");
}

static void put_points(output *o, int64_t points)
{
    if (points < 0)
        output_null(o);
    else
        output_int(o, points);
}

static status print_paper(const cli *c, const paper_table *t, fault *f)
{
    static const column columns[] = {{"phach", "mã phách", "code", COLUMN_TEXT},
                                     {"judge", "giám khảo", "judge", COLUMN_TEXT},
                                     {"criterion", "tiêu chí", "criterion", COLUMN_TEXT},
                                     {"first", "nhập lần 1", "first keying", COLUMN_POINTS},
                                     {"second", "nhập lần 2", "second keying", COLUMN_POINTS},
                                     {"database", "trong máy", "database", COLUMN_POINTS},
                                     {"verdict", "kết luận", "verdict", COLUMN_TEXT}};
    output o;
    output_start(&o, c, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < t->count; i++) {
        const paper_row *r = &t->rows[i];
        if (r->verdict == PAPER_AGREES && !cli_flag(c, "--all"))
            continue;
        output_text(&o, r->phach);
        output_text(&o, r->judge);
        output_text(&o, r->criterion);
        put_points(&o, r->first);
        put_points(&o, r->second);
        put_points(&o, r->database);
        output_text(&o, verdict_text(c, r->verdict));
    }
    return output_end(&o, f);
}

status cmd_sheet_reconcile(cli *c, fault *f)
{
    int64_t year;
    paper_table t;
    TRY(cli_contest(c, &year, f));
    TRY(sheet_reconcile(c->db, c->mem, year, cli_option(c, "--round"), &t, f));
    c->attention = t.agreeing < t.sheets;
    if (c->format == FORMAT_TABLE)
        TRY(cli_print(c, f, "%lld phiếu giấy đã nhập, %lld phiếu khớp hoàn toàn\n",
                      "%lld paper sheets keyed in, %lld agree throughout\n", (long long)t.sheets,
                      (long long)t.agreeing));
    if (c->format == FORMAT_TABLE && t.agreeing == t.sheets && !cli_flag(c, "--all"))
        return OK;
    return print_paper(c, &t, f);
}

status cmd_sheet_settle(cli *c, fault *f)
{
    static const mark_scale any = {0, 100000000, 1};
    sheet_settlement s = {.judge = cli_option(c, "--judge"),
                          .criterion = cli_option(c, "--criterion"),
                          .reason = cli_option(c, "--reason")};
    TRY(typed_phach(c, &s.phach, f));
    if (mark_read(cli_option(c, "--points"), &any, &s.points) != MARK_POINTS)
        return FAIL(f, E_USAGE, "--points “%s” không phải là số điểm",
                    "--points “%s” is no number of points", cli_option(c, "--points"));
    TRY(sheet_settle(c->db, c->actor, &s, f));
    return cli_print(c, f, "Đã ghi điểm đúng cho bài %s, giám khảo %s, tiêu chí %s\n",
                     "Settled entry %s, judge %s, criterion %s\n", s.phach, s.judge, s.criterion);
}
