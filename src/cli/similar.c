/* similar, similar list, similar cases, similar rule. */
#include "table.h"

#include "chamthi/similarity.h"

#include <stdlib.h>
#include <string.h>

/* The classes by gravity, then the standings. */
static const cli_word words[] = {
    {"exact", "giống hệt", "exact"},        {"near", "gần giống", "near"},
    {"contained", "nằm trọn", "contained"}, {"patchwork", "ghép nhiều bài", "patchwork"},
    {"partial", "một phần", "partial"},     {"paraphrase", "viết lại", "told again"},
    {"open", "chưa kết luận", "open"},      {"accepted", "đã xác nhận", "accepted"},
    {"dismissed", "bỏ qua", "dismissed"},
};

static const char *word(const cli *c, const char *code)
{
    return cli_show_word(c, words, sizeof words / sizeof *words, code);
}

static void put_case(const cli *c, output *o, const similar_row *r)
{
    bool people = c->format == FORMAT_TABLE;
    output_int(o, r->id);
    output_text(o, r->group);
    output_text(o, r->receipt_a);
    output_text(o, r->receipt_b);
    output_text(o, word(c, r->class));
    output_int(o, r->share_a);
    output_int(o, r->share_b);
    output_text(o, people ? (r->same_author ? cli_say(c, "cùng tác giả", "same author") : "")
                          : (r->same_author ? "yes" : "no"));
    output_text(o, word(c, r->standing));
    output_text(o, r->title_a);
    output_text(o, r->title_b);
    output_text(o, *r->reason ? r->reason : NULL);
    output_text(o, r->passages);
}

static status list_cases(cli *c, int64_t year, const char *standing, similar_channel which,
                         fault *f)
{
    static const column columns[] = {
        {"id", "số", "id", COLUMN_INT},
        {"case", "vụ", "case", COLUMN_TEXT},
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
    similar_row *rows;
    size_t count;
    TRY(similar_list(c->db, c->mem, year, which, &rows, &count, f));
    output o;
    output_start(&o, c, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < count; i++) {
        if (*standing && strcmp(rows[i].standing, standing) != 0)
            continue;
        c->attention |= strcmp(rows[i].standing, "open") == 0;
        put_case(c, &o, &rows[i]);
    }
    return output_end(&o, f);
}

status cmd_similar(cli *c, fault *f)
{
    int64_t year, threads;
    similar_summary sum;
    TRY(cli_contest(c, &year, f));
    TRY(cli_option_int(c, "--threads", 1, 64, 0, &threads, f));
    TRY(similar_run(c->db, c->actor, year, (unsigned)threads, &sum, f));
    TRY(list_cases(c, year, "", SIMILAR_PASSAGES, f));
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
    if (sum.paraphrases)
        TRY(cli_print(
            c, f,
            "%lld cặp khác có đoạn như viết lại bằng lời khác (độ tin thấp hơn); xem: chamthi "
            "similar list --paraphrase\n",
            "%lld further pairs look as if told again in other words (less certain); see: "
            "chamthi similar list --paraphrase\n",
            (long long)sum.paraphrases));
    if (sum.paraphrase_left_out)
        TRY(cli_print(
            c, f, "Năm này quá nhiều bài nên không tìm đoạn viết lại bằng lời khác.\n",
            "The year has too many entries to look for what is told again in other words.\n"));
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
        "accept|dismiss --reason \"…\"\n",
        "See two side by side: chamthi similar show A B; rule: chamthi similar rule A B "
        "accept|dismiss --reason \"…\"\n");
}

status cmd_similar_list(cli *c, fault *f)
{
    int64_t year = 0;
    const char *standing = cli_option(c, "--status");
    if (cli_option(c, "--contest"))
        TRY(cli_contest(c, &year, f));
    return list_cases(c, year, standing ? standing : "",
                      cli_flag(c, "--paraphrase") ? SIMILAR_PARAPHRASES : SIMILAR_PASSAGES, f);
}

/* ---- cases: texts that hang together ---- */

static int by_group(const void *x, const void *y)
{
    const similar_row *a = x, *b = y;
    int order = strcmp(a->group, b->group);
    return order ? order : (a->id > b->id) - (a->id < b->id);
}

static size_t gravity(const char *class)
{
    size_t i = 0;
    while (strcmp(words[i].word, class) != 0 && strcmp(words[i].word, "open") != 0)
        i++;
    return i;
}

static int by_text(const void *x, const void *y)
{
    return strcmp(*(const char *const *)x, *(const char *const *)y);
}

/* The texts of the pairs, each once, the first ones by name; *count: how many. */
static const char *name_texts(const cli *c, const similar_row *rows, size_t pairs, size_t *count)
{
    enum { SHOWN = 30 };
    const char **all = ARENA_ARRAY(c->mem, const char *, 2 * pairs);
    buffer b = BUFFER_INIT;
    *count = 0;
    if (!all)
        return NULL;
    for (size_t i = 0; i < pairs; i++) {
        all[2 * i] = rows[i].receipt_a;
        all[2 * i + 1] = rows[i].receipt_b;
    }
    qsort(all, 2 * pairs, sizeof *all, by_text);
    for (size_t i = 0; i < 2 * pairs; i++)
        if (i == 0 || strcmp(all[i], all[i - 1]) != 0) {
            if ((*count)++ < SHOWN)
                buffer_format(&b, "%s%s", b.size ? ", " : "", all[i]);
        }
    if (*count > SHOWN)
        buffer_text(&b, ", …");
    char *copy = b.failed ? NULL : arena_copy(c->mem, b.bytes, b.size);
    buffer_free(&b);
    return copy;
}

static status put_group(const cli *c, output *o, const similar_row *rows, size_t pairs, fault *f)
{
    size_t texts;
    int64_t open = 0;
    const char *gravest = rows[0].class, *names = name_texts(c, rows, pairs, &texts);
    if (!names)
        return fault_memory(f);
    for (size_t i = 0; i < pairs; i++) {
        open += strcmp(rows[i].standing, "open") == 0;
        gravest = gravity(rows[i].class) < gravity(gravest) ? rows[i].class : gravest;
    }
    output_text(o, rows[0].group);
    output_int(o, (int64_t)texts);
    output_int(o, (int64_t)pairs);
    output_int(o, open);
    output_text(o, word(c, gravest));
    output_text(o, names);
    return OK;
}

status cmd_similar_cases(cli *c, fault *f)
{
    static const column columns[] = {
        {"case", "vụ", "case", COLUMN_TEXT},
        {"texts", "số bài", "texts", COLUMN_INT},
        {"pairs", "số cặp", "pairs", COLUMN_INT},
        {"open", "chưa kết luận", "open", COLUMN_INT},
        {"class", "nặng nhất", "gravest", COLUMN_TEXT},
        {"who", "những bài", "texts of the case", COLUMN_TEXT},
    };
    int64_t year = 0;
    similar_row *rows;
    size_t count;
    if (cli_option(c, "--contest"))
        TRY(cli_contest(c, &year, f));
    TRY(similar_list(c->db, c->mem, year, SIMILAR_PASSAGES, &rows, &count, f));
    if (count)
        qsort(rows, count, sizeof *rows, by_group);
    output o;
    output_start(&o, c, columns, sizeof columns / sizeof *columns);
    status st = OK;
    for (size_t i = 0, end; i < count && st == OK; i = end) {
        for (end = i; end < count && strcmp(rows[end].group, rows[i].group) == 0; end++)
            c->attention |= strcmp(rows[end].standing, "open") == 0;
        st = put_group(c, &o, rows + i, end - i, f);
    }
    status printed = output_end(&o, st == OK ? f : NULL);
    return st == OK ? printed : st;
}

/* similar rule CASE all VERDICT */
static status rule_case(cli *c, similar_ruling verdict, fault *f)
{
    int64_t ruled;
    TRY(similar_rule_case(c->db, c->actor, c->args[0], verdict, cli_option(c, "--reason"), &ruled,
                          f));
    return cli_print(c, f, "Vụ %s: đã kết luận %lld cặp\n", "Case %s: %lld pairs ruled on\n",
                     c->args[0], (long long)ruled);
}

status cmd_similar_rule(cli *c, fault *f)
{
    int64_t a, b;
    bool accept = strcmp(c->args[2], "accept") == 0;
    if (!accept && strcmp(c->args[2], "dismiss") != 0)
        return FAIL(f, E_USAGE,
                    "kết luận là accept (xác nhận) hoặc dismiss (bỏ qua), không phải “%s”",
                    "a ruling is accept or dismiss, not “%s”", c->args[2]);
    if (strcmp(c->args[1], "all") == 0)
        return rule_case(c, accept ? SIMILAR_ACCEPT : SIMILAR_DISMISS, f);
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
