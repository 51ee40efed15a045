/* assign announce, record, verify: the draw as others see it. */
#include "deal.h"
#include "table.h"

#include "chamthi/file.h"

status cmd_assign_announce(cli *c, fault *f)
{
    assign_request r;
    assign_notice n;
    char secret[2 * HASH_SIZE + 1], inputs[2 * HASH_SIZE + 1];
    const char *name = cli_option(c, "--public-name");
    TRY(cli_draw_request(c, &r, f));
    TRY(assign_announce(c->db, c->mem, c->actor, &r, name, &n, f));
    hex_encode(secret, n.secret_hash, HASH_SIZE);
    hex_encode(inputs, n.inputs_hash, HASH_SIZE);
    if (c->format == FORMAT_JSON)
        return cli_print(c, f, "{\"notice\":%lld,\"secret_hash\":\"%s\",\"inputs_hash\":\"%s\"}\n",
                         "{\"notice\":%lld,\"secret_hash\":\"%s\",\"inputs_hash\":\"%s\"}\n",
                         (long long)n.notice, secret, inputs);
    return cli_print(
        c, f,
        "Thông báo rút thăm số %lld: vòng %s năm %lld, %lld bài, %lld giám khảo, %lld lượt chấm "
        "mỗi "
        "bài.\nHãy niêm yết ba dòng sau trước khi có kết quả:\n"
        "  Mã băm của số bí mật: %s\n"
        "  Mã băm danh sách bài, giám khảo và quy tắc: %s\n"
        "  Giá trị công khai sẽ dùng: %s\n"
        "Khi có kết quả: chamthi assign plan --contest %lld --round %s --public-value KẾT-QUẢ\n",
        "Notice %lld of a draw: round %s of %lld, %lld entries, %lld judges, %lld readings an "
        "entry.\nPost these three lines before the value is known:\n"
        "  Hash of the secret: %s\n"
        "  Hash of entries, judges and rules: %s\n"
        "  The public value will be: %s\n"
        "When it is known: chamthi assign plan --contest %lld --round %s --public-value VALUE\n",
        (long long)n.notice, r.round, (long long)r.year, (long long)n.entries, (long long)n.judges,
        (long long)n.per_entry, secret, inputs, name, (long long)r.year, r.round);
}

status cmd_assign_record(cli *c, fault *f)
{
    int64_t year;
    buffer out = BUFFER_INIT;
    TRY(cli_contest(c, &year, f));
    record_depth depth = cli_flag(c, "--reveal") ? RECORD_REVEALED : RECORD_SEALED;
    status st = assign_record(c->db, c->mem, year, cli_option(c, "--round"), depth, &out, f);
    if (st == OK)
        st = cli_out(&out, cli_option(c, "-o"), f);
    buffer_free(&out);
    return st;
}

static status verify_file(cli *c, assign_verdict *v, fault *f)
{
    enum { RECORD_MOST = 1 << 30 };
    buffer text = BUFFER_INIT;
    status st = file_read(c->args[0], RECORD_MOST, &text, f);
    if (st == OK)
        st = assign_verify_record(c->mem, (slice){text.bytes, text.size}, v, f);
    buffer_free(&text);
    return st;
}

static status verify_store(cli *c, assign_verdict *v, fault *f)
{
    int64_t year, draw;
    const char *round = cli_option(c, "--round");
    if (!round)
        return FAIL(f, E_USAGE, "hãy ghi --round KEY, hoặc tên tệp biên bản rút thăm",
                    "give --round KEY, or the file of a draw's record");
    TRY(cli_contest(c, &year, f));
    TRY(cli_option_int(c, "--draw", 1, INT64_MAX, 0, &draw, f));
    return assign_verify(c->db, c->mem, year, round, draw, v, f);
}

status cmd_assign_verify(cli *c, fault *f)
{
    static const column columns[] = {{"holds", "đạt", "holds", COLUMN_TEXT},
                                     {"draw", "lần rút", "draw", COLUMN_INT},
                                     {"what", "điều kiện", "what", COLUMN_TEXT}};
    assign_verdict v;
    TRY(c->arg_count ? verify_file(c, &v, f) : verify_store(c, &v, f));
    c->attention |= !v.good;
    output o;
    output_start(&o, c, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < v.count; i++) {
        output_text(&o, v.checks[i].holds ? cli_say(c, "đạt", "yes") : cli_say(c, "KHÔNG", "NO"));
        if (v.checks[i].draw)
            output_int(&o, v.checks[i].draw);
        else
            output_null(&o);
        output_text(&o, cli_say(c, v.checks[i].vi, v.checks[i].en));
    }
    TRY(output_end(&o, f));
    if (c->format != FORMAT_TABLE)
        return OK;
    if (v.draw)
        TRY(cli_print(c, f, "Đã kiểm tra lần rút thăm %lld.\n", "Checked draw %lld.\n",
                      (long long)v.draw));
    return cli_print(c, f, "Vòng này rút thăm %lld lần, thông báo rút thăm công khai %lld lần.\n",
                     "The round had %lld draws and %lld notices of a public draw.\n",
                     (long long)v.draws, (long long)v.notices);
}
