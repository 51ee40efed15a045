/* assign plan, publish, list. */
#include "deal.h"
#include "table.h"

#include "chamthi/contest.h"

#include <stdio.h>
#include <string.h>

status cli_draw_request(const cli *c, assign_request *r, fault *f)
{
    const char *share = cli_option(c, "--cap");
    *r = (assign_request){.round = cli_option(c, "--round"),
                          .share = DEAL_SHARE_WHOLE,
                          .anchors = cli_option(c, "--anchors"),
                          .seed = cli_option(c, "--seed"),
                          .public_value = cli_option(c, "--public-value")};
    TRY(cli_contest(c, &r->year, f));
    r->same_unit = cli_same_unit(c);
    TRY(cli_option_int(c, "--per-entry", 1, DEAL_PER_ENTRY_MOST, 0, &r->per_entry, f));
    return share ? deal_read_share(share, &r->share, f) : OK;
}

static void put_json(const assign_report *r, buffer *out)
{
    char seed[2 * SEED_SIZE + 1];
    hex_encode(seed, r->seed, SEED_SIZE);
    buffer_format(out,
                  "{\"draw\":%lld,\"entries\":%lld,\"judges\":%lld,\"dealt\":%lld,\"lost\":%lld,"
                  "\"unknown_subjects\":%lld,\"seed\":\"%s\",\"proof\":",
                  (long long)r->draw, (long long)r->entries, (long long)r->judges,
                  (long long)r->dealt, (long long)r->lost, (long long)r->unknown_subjects, seed);
    deal_proof_json(&r->proof, out);
    buffer_text(out, "}\n");
}

static status show_proof(const cli *c, const assign_report *r, fault *f)
{
    buffer out = BUFFER_INIT;
    if (c->format == FORMAT_JSON)
        put_json(r, &out);
    else
        cli_put_proof(c, &r->proof, r->seed, &out);
    status st = cli_out(&out, NULL, f);
    buffer_free(&out);
    return st;
}

static status warn_unknown(const cli *c, const assign_report *r, fault *f)
{
    if (!r->unknown_subjects || c->format != FORMAT_TABLE)
        return OK;
    return cli_print(
        c, f,
        "Lưu ý: đơn vị của nhân vật ở %lld bài không có trong danh mục đơn vị, nên không "
        "giám khảo nào phải tránh vì đơn vị đó.\n",
        "Note: the subject's unit of %lld entries is not in the list of units, so no "
        "judge avoids them for it.\n",
        (long long)r->unknown_subjects);
}

status cli_show_draw(const cli *c, const assign_report *r, fault *f)
{
    TRY(show_proof(c, r, f));
    return warn_unknown(c, r, f);
}

/* Which judge reads which code: for people with a receipt's heading, for machines as rows. */
static status show_list(cli *c, int64_t year, fault *f)
{
    static const column columns[] = {
        {"judge", "giám khảo", "judge", COLUMN_TEXT}, {"phach", "mã phách", "code", COLUMN_TEXT},
        {"track", "thể loại", "track", COLUMN_TEXT},  {"words", "số từ", "words", COLUMN_INT},
        {"state", "phiếu", "sheet", COLUMN_TEXT},     {"parcel", "túi", "parcel", COLUMN_INT}};
    static const char *const states[][2] = {{"open", "chưa chấm"},
                                            {"draft", "đang chấm"},
                                            {"submitted", "đã nộp"},
                                            {"returned", "trả lại"},
                                            {"recused", "xin không chấm"}};
    const char *judge = cli_option(c, "--judge");
    int64_t round;
    cursor rows;
    TRY(contest_round_id(c->db, year, cli_option(c, "--round"), &round, f));
    TRY(store_select(c->db, Q_ASSIGN_LIST, ARGS(v_int(round), v_text(judge ? judge : "")), &rows,
                     f));
    output o;
    output_start(&o, c, columns, sizeof columns / sizeof *columns);
    while (cursor_next(&rows)) {
        const char *state = cursor_text(&rows, 4);
        for (size_t i = 0; c->format == FORMAT_TABLE && c->lang == LANG_VI && i < 5; i++)
            state = strcmp(state, states[i][0]) == 0 ? states[i][1] : state;
        output_cells(&o, &rows, 0, 4);
        output_text(&o, state);
        output_int(&o, cursor_int(&rows, 5));
    }
    status st = cursor_close(&rows, f), printed = output_end(&o, st == OK ? f : NULL);
    return st == OK ? printed : st;
}

status cmd_assign_plan(cli *c, fault *f)
{
    assign_request r;
    assign_report report;
    TRY(cli_draw_request(c, &r, f));
    TRY(assign_plan(c->db, c->mem, c->actor, &r, &report, f));
    if (c->format == FORMAT_TABLE)
        TRY(cli_print(c, f, "Lần rút thăm %lld: %lld bài, %lld giám khảo, %lld lượt chấm.\n",
                      "Draw %lld: %lld entries, %lld judges, %lld readings.\n",
                      (long long)report.draw, (long long)report.entries, (long long)report.judges,
                      (long long)report.dealt));
    TRY(cli_show_draw(c, &report, f));
    if (c->format != FORMAT_TABLE)
        return OK;
    return cli_print(
        c, f,
        "Chưa giám khảo nào nhận bài. Công bố bằng: chamthi assign publish --contest "
        "%lld --round %s\n",
        "No judge has got anything yet. Publish with: chamthi assign publish --contest "
        "%lld --round %s\n",
        (long long)r.year, r.round);
}

/* A fraction for machines, a percentage for people. */
static void put_part(const cli *c, output *o, int64_t part, int64_t whole)
{
    char text[32];
    if (c->format == FORMAT_TABLE)
        snprintf(text, sizeof text, "%lld%s%lld %%", (long long)(part * 100 / whole),
                 cli_say(c, ",", "."), (long long)(part * 1000 / whole % 10));
    else
        snprintf(text, sizeof text, "%lld.%04lld", (long long)(part / whole),
                 (long long)(part % whole * 10000 / whole));
    output_text(o, text);
}

static void put_option(const cli *c, output *o, const deal_option *one)
{
    put_part(c, o, one->share, DEAL_SHARE_WHOLE);
    if (!one->possible) {
        for (int i = 0; i < 6; i++)
            output_null(o);
    } else {
        put_part(c, o, one->largest_part, DEAL_SHARE_WHOLE);
        output_int(o, one->proof.load_min);
        output_int(o, one->proof.load_max);
        output_int(o, one->proof.cost);
        if (one->proof.efficiency >= 0)
            put_part(c, o, one->proof.efficiency, DEAL_EFFICIENCY_WHOLE);
        else
            output_null(o);
        output_int(o, one->proof.pair_max);
    }
    output_text(o, one->possible ? cli_say(c, "được", "yes") : cli_say(c, "không", "no"));
}

/* The largest share that compares judges well enough costs the loads least. */
static status advise(const cli *c, const deal_option *options, fault *f)
{
    const deal_option *best = NULL;
    for (size_t i = 0; i < DEAL_OPTIONS; i++) {
        const deal_option *one = &options[i];
        bool good = one->possible && one->proof.efficiency >= DEAL_EFFICIENCY_GOOD;
        if (good && (!best || one->proof.cost < best->proof.cost))
            best = one;
    }
    if (c->format != FORMAT_TABLE)
        return OK;
    if (!best)
        return cli_print(
            c, f,
            "Không mức nào đạt hiệu quả 90 %%: hãy tăng số giám khảo mỗi bài, bớt tiểu ban, "
            "hoặc thêm bài neo mọi người cùng chấm (--anchors).\n",
            "No share reaches an efficiency of 90 %%: have more judges an entry, fewer panels, or "
            "anchors that everybody reads (--anchors).\n");
    return cli_print(c, f,
                     "Nên chọn --cap %lld%%: chia đều nhất trong các mức đạt hiệu quả 90 %%.\n",
                     "Choose --cap %lld%%: the most even loads of those that reach an efficiency "
                     "of 90 %%.\n",
                     (long long)(best->share * 100 / DEAL_SHARE_WHOLE));
}

status cmd_assign_options(cli *c, fault *f)
{
    static const column columns[] = {
        {"cap", "--cap", "--cap", COLUMN_TEXT},
        {"largest_part", "một người chấm nhiều nhất", "largest part of one judge", COLUMN_TEXT},
        {"load_min", "ít bài nhất", "fewest entries", COLUMN_INT},
        {"load_max", "nhiều bài nhất", "most entries", COLUMN_INT},
        {"cost", "chi phí cân bằng", "balance cost", COLUMN_INT},
        {"efficiency", "hiệu quả", "efficiency", COLUMN_TEXT},
        {"pair_max", "hai người chung nhiều nhất", "one pair at most", COLUMN_INT},
        {"possible", "phân công được", "possible", COLUMN_TEXT}};
    assign_request r;
    deal_option options[DEAL_OPTIONS];
    TRY(cli_draw_request(c, &r, f));
    TRY(assign_options(c->db, c->mem, &r, options, f));
    output o;
    output_start(&o, c, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < DEAL_OPTIONS; i++)
        put_option(c, &o, &options[i]);
    TRY(output_end(&o, f));
    return advise(c, options, f);
}

status cmd_assign_publish(cli *c, fault *f)
{
    int64_t year, draw;
    assign_report report;
    TRY(cli_contest(c, &year, f));
    TRY(cli_option_int(c, "--draw", 1, INT64_MAX, 0, &draw, f));
    TRY(assign_publish(c->db, c->mem, c->actor, year, cli_option(c, "--round"), draw, &report, f));
    TRY(show_list(c, year, f));
    if (c->format != FORMAT_TABLE)
        return OK;
    return cli_print(c, f, "Đã công bố lần rút thăm %lld: %lld phiếu chấm cho %lld bài.\n",
                     "Published draw %lld: %lld score sheets for %lld entries.\n",
                     (long long)report.draw, (long long)report.dealt, (long long)report.entries);
}

static status show_draws(cli *c, int64_t year, fault *f)
{
    static const column columns[] = {
        {"draw", "lần", "draw", COLUMN_INT},
        {"at", "lúc", "at", COLUMN_TIME},
        {"state", "trạng thái", "state", COLUMN_TEXT},
        {"per_entry", "giám khảo/bài", "judges/entry", COLUMN_INT},
        {"slots", "lượt chấm", "readings", COLUMN_INT},
        {"output_hash", "mã băm kết quả", "hash of the plan", COLUMN_TEXT},
        {"inputs_hash", "mã băm đầu vào", "hash of the input", COLUMN_TEXT},
        {"proof", "chứng minh", "proof", COLUMN_JSON}};
    static const cli_word states[] = {{"planned", "chưa công bố", "not published"},
                                      {"published", "đang dùng", "in force"},
                                      {"replaced", "đã thay", "replaced"}};
    int64_t round;
    cursor rows;
    TRY(contest_round_id(c->db, year, cli_option(c, "--round"), &round, f));
    TRY(store_select(c->db, Q_DRAW_LIST, ARGS(v_int(round)), &rows, f));
    output o;
    output_start(&o, c, columns, sizeof columns / sizeof *columns);
    while (cursor_next(&rows)) {
        output_int(&o, cursor_int(&rows, 0));
        output_int(&o, cursor_int(&rows, 1));
        output_text(
            &o, cli_show_word(c, states, sizeof states / sizeof *states, cursor_text(&rows, 2)));
        output_cells(&o, &rows, 3, 5);
    }
    status st = cursor_close(&rows, f), printed = output_end(&o, st == OK ? f : NULL);
    return st == OK ? printed : st;
}

static status show_conflicts(cli *c, int64_t year, fault *f)
{
    static const column columns[] = {{"judge", "giám khảo", "judge", COLUMN_TEXT},
                                     {"phach", "mã phách", "code", COLUMN_TEXT},
                                     {"at", "lúc", "at", COLUMN_TIME},
                                     {"reason", "lý do", "reason", COLUMN_TEXT},
                                     {"note", "giải thích", "note", COLUMN_TEXT},
                                     {"state", "phiếu", "sheet", COLUMN_TEXT}};
    static const cli_word words[] = {
        {"author", "nhận ra tác giả", "recognises the author"},
        {"relation", "có quan hệ với nhân vật", "related to the person written about"},
        {"other", "lý do khác", "another reason"}};
    int64_t round;
    cursor rows;
    TRY(contest_round_id(c->db, year, cli_option(c, "--round"), &round, f));
    TRY(store_select(c->db, Q_ASSIGN_DECLARED, ARGS(v_int(round)), &rows, f));
    output o;
    output_start(&o, c, columns, sizeof columns / sizeof *columns);
    while (cursor_next(&rows)) {
        output_text(&o, cursor_text(&rows, 0));
        output_text(&o, cursor_text(&rows, 1));
        output_int(&o, cursor_int(&rows, 2));
        output_text(&o,
                    cli_show_word(c, words, sizeof words / sizeof *words, cursor_text(&rows, 3)));
        output_text(&o, cursor_text(&rows, 4));
        output_text(&o, sheet_state_word(c, cursor_text(&rows, 5)));
    }
    status st = cursor_close(&rows, f), printed = output_end(&o, st == OK ? f : NULL);
    return st == OK ? printed : st;
}

status cmd_assign_list(cli *c, fault *f)
{
    int64_t year;
    TRY(cli_contest(c, &year, f));
    if (cli_flag(c, "--conflicts"))
        return show_conflicts(c, year, f);
    return cli_flag(c, "--draws") ? show_draws(c, year, f) : show_list(c, year, f);
}
