/* check, check explain, finding list, finding rule. */
#include "table.h"

#include "chamthi/check.h"
#include "chamthi/intake.h"

#include <stdlib.h>
#include <string.h>

static const cli_word words[] = {
    {"reject", "có thể loại", "may reject"},
    {"warn", "cảnh báo", "warning"},
    {"note", "lưu ý", "note"},
    {"open", "chưa kết luận", "open"},
    {"accepted", "đúng vi phạm", "accepted"},
    {"dismissed", "bỏ qua", "dismissed"},
};

static status list_findings(cli *c, int64_t year, const char *standing, int64_t *open, fault *f)
{
    static const column columns[] = {
        {"id", "số", "id", COLUMN_INT},
        {"receipt", "số tiếp nhận", "receipt", COLUMN_TEXT},
        {"rule", "quy tắc", "rule", COLUMN_TEXT},
        {"severity", "mức", "severity", COLUMN_TEXT},
        {"status", "kết luận", "status", COLUMN_TEXT},
        {"title", "tên bài", "title", COLUMN_TEXT},
        {"message", "phát hiện", "finding", COLUMN_TEXT},
        {"reason", "lý do", "reason", COLUMN_TEXT},
        {"evidence", "vị trí", "evidence", COLUMN_JSON},
        {"source", "căn cứ", "source", COLUMN_TEXT}, /* a table has it in the sentence */
    };
    bool people = c->format == FORMAT_TABLE;
    *open = 0;
    cursor rows;
    TRY(store_select(c->db, Q_FINDING_LIST, ARGS(v_int(year), v_text(standing)), &rows, f));
    output o;
    output_start(&o, c, columns, sizeof columns / sizeof *columns - people);
    while (cursor_next(&rows)) {
        *open += strcmp(cursor_text(&rows, 4), "open") == 0;
        output_int(&o, cursor_int(&rows, 0));
        output_text(&o, cursor_text(&rows, 1));
        output_text(&o, cursor_text(&rows, 2));
        output_text(&o,
                    cli_show_word(c, words, sizeof words / sizeof *words, cursor_text(&rows, 3)));
        output_text(&o,
                    cli_show_word(c, words, sizeof words / sizeof *words, cursor_text(&rows, 4)));
        output_text(&o, cursor_text(&rows, 5));
        output_text(&o, cli_say(c, cursor_text(&rows, 6), cursor_text(&rows, 7)));
        output_text(&o, cursor_null(&rows, 9) ? NULL : cursor_text(&rows, 9));
        output_text(&o, cursor_text(&rows, 10));
        if (!people)
            output_text(&o, cursor_text(&rows, 8));
    }
    status st = cursor_close(&rows, f);
    status printed = output_end(&o, st == OK ? f : NULL);
    return st == OK ? printed : st;
}

status cmd_check(cli *c, fault *f)
{
    int64_t year, open;
    check_summary sum;
    TRY(cli_contest(c, &year, f));
    TRY(check_run(c->db, c->actor, year, &sum, f));
    TRY(list_findings(c, year, "", &open, f));
    c->attention = open > 0;
    if (c->format != FORMAT_TABLE)
        return OK;
    TRY(cli_print(
        c, f, "\nĐã kiểm tra %lld bài năm %lld: %lld phát hiện (%lld mới), %lld chưa kết luận.\n",
        "\nChecked %lld entries of %lld: %lld findings (%lld new), %lld open.\n",
        (long long)sum.entries, (long long)year, (long long)sum.current, (long long)sum.added,
        (long long)sum.open));
    if (!open)
        return OK;
    return cli_print(
        c, f, "Kết luận từng phát hiện: chamthi finding rule SỐ accept|dismiss --reason \"…\"\n",
        "Rule on each: chamthi finding rule ID accept|dismiss --reason \"…\"\n");
}

/* Without its address on the web, which programs get. */
static const char *short_source(cli *c, const char *source)
{
    const char *address = strstr(source, ", http");
    return address ? arena_copy(c->mem, source, (size_t)(address - source)) : source;
}

status cmd_check_explain(cli *c, fault *f)
{
    static const column columns[] = {
        {"rule", "quy tắc", "rule", COLUMN_TEXT},
        {"outcome", "kết quả", "outcome", COLUMN_TEXT},
        {"says", "thể lệ", "the rules", COLUMN_TEXT},
        {"has", "bài này", "this entry", COLUMN_TEXT},
        {"provenance", "số liệu", "figure", COLUMN_TEXT},
        {"source", "căn cứ", "source", COLUMN_TEXT},
        {"steps", "bước", "steps", COLUMN_INT},
    };
    static const cli_word results[] = {
        {"unknown", "chưa biết nên không kiểm tra", "unknown, so not checked"},
        {"not_for_it", "không áp dụng cho bài này", "not for this entry"},
        {"kept", "đạt", "kept"},
        {"broken", "có phát hiện", "broken"},
        {"too_costly", "quy tắc quá tốn kém, chưa kiểm tra xong", "rule too costly, not finished"},
        {"none", "chưa biết", "unknown"},
        {"found", "có văn bản", "found"},
        {"inferred", "suy ra, chỉ nhắc", "inferred, only warns"},
    };
    static const char *const provenances[] = {"none", "inferred", "found"};
    const size_t n = sizeof results / sizeof *results;
    bool all = strcmp(c->args[0], "all") == 0, people = c->format == FORMAT_TABLE;
    int64_t entry_id;
    check_explanation *list;
    size_t count;
    output o;
    TRY(intake_entry_find(c->db, c->args[1], &entry_id, f));
    TRY(check_explain(c->db, c->mem, entry_id, all ? "" : c->args[0], &list, &count, f));
    output_start(&o, c, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < count; i++) {
        const check_explanation *x = &list[i];
        output_text(&o, x->rule);
        output_text(&o, cli_show_word(c, results, n, x->outcome));
        output_text(&o, cli_say(c, x->says_vi, x->says_en));
        output_text(&o, cli_say(c, x->has_vi, x->has_en));
        output_text(&o, cli_show_word(c, results, n, provenances[x->from]));
        output_text(&o, people ? short_source(c, x->source) : x->source);
        if (x->steps)
            output_int(&o, x->steps);
        else
            output_null(&o);
    }
    return output_end(&o, f);
}

status cmd_finding_list(cli *c, fault *f)
{
    int64_t year = 0, open;
    const char *standing = cli_option(c, "--status");
    if (cli_option(c, "--contest"))
        TRY(cli_contest(c, &year, f));
    TRY(list_findings(c, year, standing ? standing : "", &open, f));
    c->attention = open > 0;
    return OK;
}

status cmd_finding_rule(cli *c, fault *f)
{
    char *end;
    long long id = strtoll(c->args[0], &end, 10);
    if (end == c->args[0] || *end)
        return FAIL(f, E_USAGE, "“%s” không phải số của một phát hiện; xem: chamthi finding list",
                    "“%s” is no finding's number; see: chamthi finding list", c->args[0]);
    bool accept = strcmp(c->args[1], "accept") == 0;
    if (!accept && strcmp(c->args[1], "dismiss") != 0)
        return FAIL(f, E_USAGE,
                    "kết luận là accept (đúng vi phạm) hoặc dismiss (bỏ qua), không phải “%s”",
                    "a ruling is accept or dismiss, not “%s”", c->args[1]);
    TRY(finding_rule(c->db, c->actor, id, accept ? RULING_ACCEPT : RULING_DISMISS,
                     cli_option(c, "--reason"), f));
    if (accept)
        return cli_print(c, f, "Phát hiện %lld: đúng vi phạm\n", "Finding %lld: accepted\n", id);
    return cli_print(c, f, "Phát hiện %lld: bỏ qua\n", "Finding %lld: dismissed\n", id);
}
