/* similar, similar list, similar rule. */
#include "table.h"

#include "chamthi/similarity.h"

#include <string.h>

static const cli_word words[] = {
    {"exact", "giống hệt", "exact"},
    {"near", "gần giống", "near"},
    {"contained", "nằm trọn", "contained"},
    {"partial", "một phần", "partial"},
    {"patchwork", "ghép nhiều bài", "patchwork"},
    {"open", "chưa kết luận", "open"},
    {"accepted", "đã xác nhận", "accepted"},
    {"dismissed", "bỏ qua", "dismissed"},
};

static void put_case(const cli *c, output *o, cursor *rows)
{
    bool people = c->format == FORMAT_TABLE, same = cursor_int(rows, 6) != 0;
    output_int(o, cursor_int(rows, 0));
    output_text(o, cursor_text(rows, 1));
    output_text(o, cursor_text(rows, 2));
    output_text(o, cli_show_word(c, words, sizeof words / sizeof *words, cursor_text(rows, 3)));
    output_int(o, cursor_int(rows, 4));
    output_int(o, cursor_int(rows, 5));
    output_text(o, people ? (same ? cli_say(c, "cùng tác giả", "same author") : "")
                          : (same ? "yes" : "no"));
    output_text(o, cli_show_word(c, words, sizeof words / sizeof *words, cursor_text(rows, 7)));
    output_text(o, cursor_text(rows, 9));
    output_text(o, cursor_text(rows, 10));
    output_text(o, cursor_null(rows, 8) ? NULL : cursor_text(rows, 8));
    output_text(o, cursor_text(rows, 11));
}

static status list_cases(cli *c, int64_t year, const char *standing, fault *f)
{
    static const column columns[] = {
        {"id", "số", "id", COLUMN_INT},
        {"a", "bài A (nhận trước)", "A (received first)", COLUMN_TEXT},
        {"b", "bài B", "B", COLUMN_TEXT},
        {"class", "loại", "class", COLUMN_TEXT},
        {"share_a", "% bài A", "% of A", COLUMN_POINTS},
        {"share_b", "% bài B", "% of B", COLUMN_POINTS},
        {"same_author", "tác giả", "author", COLUMN_TEXT},
        {"status", "kết luận", "status", COLUMN_TEXT},
        {"title_a", "tên bài A", "title of A", COLUMN_TEXT},
        {"title_b", "tên bài B", "title of B", COLUMN_TEXT},
        {"reason", "lý do", "reason", COLUMN_TEXT},
        {"passages", "đoạn giống nhau", "similar passages", COLUMN_JSON},
    };
    int64_t open = 0;
    cursor rows;
    TRY(store_select(c->db, Q_SIMILAR_LIST, ARGS(v_int(year), v_text(standing), v_int(0)), &rows,
                     f));
    output o;
    output_start(&o, c, columns, sizeof columns / sizeof *columns);
    while (cursor_next(&rows)) {
        open += strcmp(cursor_text(&rows, 7), "open") == 0;
        put_case(c, &o, &rows);
    }
    status st = cursor_close(&rows, f);
    status printed = output_end(&o, st == OK ? f : NULL);
    c->attention = open > 0;
    return st == OK ? printed : st;
}

status cmd_similar(cli *c, fault *f)
{
    int64_t year, threads;
    similar_summary sum;
    TRY(cli_contest(c, &year, f));
    TRY(cli_option_int(c, "--threads", 1, 64, 0, &threads, f));
    TRY(similar_run(c->db, c->actor, year, (unsigned)threads, &sum, f));
    TRY(list_cases(c, year, "", f));
    if (c->format != FORMAT_TABLE)
        return OK;
    TRY(cli_print(
        c, f,
        "\nĐã so %lld bài năm %lld với nhau và với %lld bài các năm trước: %lld cặp có đoạn "
        "giống nhau cần xem xét (%lld mới), %lld cặp chưa kết luận; %lld bài không có văn "
        "bản để so.\n",
        "\nCompared %lld entries of %lld with each other and with %lld of earlier years: "
        "%lld pairs share passages to review (%lld new), %lld open; %lld entries have no "
        "text to compare.\n",
        (long long)sum.texts, (long long)year, (long long)sum.earlier, (long long)sum.current,
        (long long)(sum.added + sum.changed), (long long)sum.open, (long long)sum.unread));
    if (sum.masses)
        TRY(cli_print(
            c, f,
            "%lld đoạn có ở rất nhiều bài (đề bài, mẫu đơn?) nên không tính; xem: chamthi "
            "similar mass\n",
            "%lld stretches stand in very many entries (question, form?) and are not counted; "
            "see: chamthi similar mass\n",
            (long long)sum.masses));
    if (sum.crowded)
        TRY(cli_print(
            c, f,
            "%lld bài giống quá nhiều bài khác: mỗi bài chỉ so từng chữ với những bài giống "
            "nhất, phần còn lại chưa so.\n",
            "%lld entries are like too many others: each was compared word by word with the "
            "most alike only.\n",
            (long long)sum.crowded));
    if (!sum.open)
        return OK;
    return cli_print(
        c, f,
        "Xem hai bài cạnh nhau: chamthi similar show A B; kết luận: chamthi similar rule A B "
        "accept|dismiss --reason “…”\n",
        "See two side by side: chamthi similar show A B; rule: chamthi similar rule A B "
        "accept|dismiss --reason “…”\n");
}

status cmd_similar_list(cli *c, fault *f)
{
    int64_t year = 0;
    const char *standing = cli_option(c, "--status");
    if (cli_option(c, "--contest"))
        TRY(cli_contest(c, &year, f));
    if (standing && strcmp(standing, "open") != 0 && strcmp(standing, "accepted") != 0 &&
        strcmp(standing, "dismissed") != 0)
        return FAIL(f, E_USAGE, "--status nhận open, accepted hoặc dismissed",
                    "--status takes open, accepted or dismissed");
    return list_cases(c, year, standing ? standing : "", f);
}

status cmd_similar_rule(cli *c, fault *f)
{
    int64_t a, b;
    bool accept = strcmp(c->args[2], "accept") == 0;
    if (!accept && strcmp(c->args[2], "dismiss") != 0)
        return FAIL(f, E_USAGE,
                    "kết luận là accept (xác nhận) hoặc dismiss (bỏ qua), không phải “%s”",
                    "a ruling is accept or dismiss, not “%s”", c->args[2]);
    TRY(similar_find(c->db, c->args[0], &a, f));
    TRY(similar_find(c->db, c->args[1], &b, f));
    TRY(similar_rule(c->db, c->actor, a, b, accept ? SIMILAR_ACCEPT : SIMILAR_DISMISS,
                     cli_option(c, "--reason"), f));
    if (accept)
        return cli_print(c, f, "Cặp %s, %s: đã xác nhận\n", "Pair %s, %s: accepted\n", c->args[0],
                         c->args[1]);
    return cli_print(c, f, "Cặp %s, %s: bỏ qua\n", "Pair %s, %s: dismissed\n", c->args[0],
                     c->args[1]);
}
