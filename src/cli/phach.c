/* phach give, phach join. */
#include "table.h"

#include "chamthi/anonymity.h"

#include <string.h>

static const struct {
    const char *word, *vi, *en;
} outcomes[] = {
    [PHACH_GIVEN] = {"given", "đã cấp mã", "given"},
    [PHACH_ALREADY] = {"already", "có mã từ trước", "had one"},
    [PHACH_NOT_RECEIVED] = {"not_received", "đã rút hoặc bị loại", "withdrawn or disqualified"},
    [PHACH_BROKEN_RULE] = {"broken_rule", "vi phạm thể lệ đã được kết luận",
                           "a broken rule was accepted"},
    [PHACH_UNDECIDED] = {"undecided", "còn chỗ che chưa quyết định; xem: chamthi redact list",
                         "undecided redactions; see: chamthi redact list"},
    [PHACH_NOT_REVIEWED] = {"not_reviewed",
                            "chưa soát việc che tên; ghi nhận bằng: chamthi redact review",
                            "redaction not reviewed; record it with: chamthi redact review"},
};

static status read_seed(const cli *c, unsigned char seed[SEED_SIZE], bool *given, fault *f)
{
    const char *hex = cli_option(c, "--seed");
    *given = hex != NULL;
    if (hex && !hex_decode(seed, SEED_SIZE, hex))
        return FAIL(f, E_USAGE, "--seed cần đúng %d chữ số thập lục phân",
                    "--seed wants exactly %d hexadecimal digits", 2 * SEED_SIZE);
    return OK;
}

static status say_on_paper(const cli *c, const phach_report *r, fault *f)
{
    for (size_t i = 0; i < r->count; i++)
        if (r->items[i].on_paper)
            TRY(cli_print(
                c, f,
                "%s: trong máy không có chữ, cũng không có ảnh để giám khảo đọc; hãy phát bản "
                "giấy, hoặc che tên trên ảnh rồi chạy: chamthi redact pages %s ẢNH…\n",
                "%s: there is neither text nor picture for judges to read; hand it out on "
                "paper, or cover the names in pictures and run: chamthi redact pages %s "
                "PICTURE…\n",
                r->items[i].receipt, r->items[i].receipt));
    return OK;
}

/* In a table only the entries that got none; to machines all of them. Never a code: whoever reads
 * this list reads receipts. */
status cmd_phach_give(cli *c, fault *f)
{
    static const column columns[] = {{"receipt", "số tiếp nhận", "receipt", COLUMN_TEXT},
                                     {"title", "tên bài", "title", COLUMN_TEXT},
                                     {"outcome", "kết quả", "outcome", COLUMN_TEXT}};
    int64_t year;
    bool seeded;
    unsigned char seed[SEED_SIZE];
    phach_report report;
    TRY(cli_contest(c, &year, f));
    TRY(read_seed(c, seed, &seeded, f));
    TRY(phach_give(c->db, c->mem, c->actor, year, cli_option(c, "--round"), seeded ? seed : NULL,
                   &report, f));
    c->attention = report.refused > 0 || report.on_paper > 0;
    bool people = c->format == FORMAT_TABLE;
    output o;
    output_start(&o, c, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < report.count; i++) {
        const phach_item *k = &report.items[i];
        if (people && k->outcome <= PHACH_ALREADY)
            continue;
        output_text(&o, k->receipt);
        output_text(&o, k->title);
        output_text(&o, people ? cli_say(c, outcomes[k->outcome].vi, outcomes[k->outcome].en)
                               : outcomes[k->outcome].word);
    }
    if (!people || report.refused)
        TRY(output_end(&o, f));
    if (!people)
        return OK;
    TRY(say_on_paper(c, &report, f));
    return cli_print(c, f,
                     "Cấp mã phách cho %lld bài; %lld bài có mã từ trước, %lld bài chưa cấp.\n",
                     "Codes given to %lld entries; %lld had one, %lld got none.\n",
                     (long long)report.given, (long long)report.already, (long long)report.refused);
}

status cmd_phach_join(cli *c, fault *f)
{
    static const column columns[] = {{"phach", "mã phách", "code", COLUMN_TEXT},
                                     {"receipt", "số tiếp nhận", "receipt", COLUMN_TEXT},
                                     {"title", "tên bài", "title", COLUMN_TEXT}};
    int64_t year, round_id;
    cursor rows;
    TRY(cli_contest(c, &year, f));
    TRY(phach_join(c->db, c->mem, c->actor, year, cli_option(c, "--round"), &round_id, f));
    TRY(store_select(c->db, Q_PHACH_PAIRS, ARGS(v_int(round_id)), &rows, f));
    output o;
    output_start(&o, c, columns, sizeof columns / sizeof *columns);
    while (cursor_next(&rows))
        for (int i = 0; i < 3; i++)
            output_text(&o, cursor_text(&rows, i));
    status st = cursor_close(&rows, f);
    status printed = output_end(&o, st == OK ? f : NULL);
    return st == OK ? printed : st;
}
