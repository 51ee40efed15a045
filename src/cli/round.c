/* round checklist, round close, round due, sheet amend, rank history, rank units. */
#include "table.h"

#include "chamthi/random.h"
#include "chamthi/score.h"

static status print_items(const cli *c, const close_list *list, fault *f)
{
    static const column columns[] = {{"holds", "đạt", "holds", COLUMN_TEXT},
                                     {"condition", "điều kiện", "condition", COLUMN_TEXT},
                                     {"text", "nghĩa là", "in words", COLUMN_TEXT},
                                     {"count", "chỗ chưa đạt", "broken", COLUMN_INT}};
    output o;
    output_start(&o, c, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < list->count; i++) {
        const close_item *item = &list->items[i];
        output_text(&o, item->count ? cli_say(c, "chưa", "no") : cli_say(c, "đạt", "yes"));
        output_text(&o, item->code);
        output_text(&o, item->text[c->lang]);
        output_int(&o, item->count);
    }
    return output_end(&o, f);
}

status cmd_round_checklist(cli *c, fault *f)
{
    int64_t year;
    close_list list;
    TRY(cli_contest(c, &year, f));
    TRY(round_checklist(c->db, c->mem, year, cli_option(c, "--round"), &list, f));
    c->attention = list.open > 0;
    return print_items(c, &list, f);
}

status cmd_round_close(cli *c, fault *f)
{
    int64_t year;
    close_list list;
    const char *key = cli_option(c, "--round");
    TRY(cli_contest(c, &year, f));
    TRY(round_close(c->db, c->mem, c->actor, year, key, cli_option(c, "--reason"), &list, f));
    return cli_print(c, f, "Đã đóng vòng %s năm %lld. Mã đầu nhật ký, ghi vào biên bản: %s\n",
                     "Closed round %s of %lld. Head of the audit chain, for the minutes: %s\n", key,
                     (long long)year, list.head);
}

status cmd_round_due(cli *c, fault *f)
{
    int64_t year;
    date day;
    char shown[20];
    const char *key = cli_option(c, "--round"), *on = cli_option(c, "--on");
    if (!date_parse(on, &day))
        return FAIL(f, E_USAGE, "--on “%s” không phải là một ngày; hãy viết như 31/5/2024",
                    "--on “%s” is no day; write it like 2024-05-31", on);
    TRY(cli_contest(c, &year, f));
    TRY(round_set_due(c->db, c->actor, year, key, day, f));
    date_vietnamese(day, shown);
    return cli_print(c, f, "Giám khảo vòng %s thấy hạn nộp phiếu: hết ngày %s.\n",
                     "The judges of round %s see that sheets are due by the end of %s.\n", key,
                     shown);
}

static status print_effect(const cli *c, const amendment_effect *e, fault *f)
{
    static const column columns[] = {{"track", "thể loại", "track", COLUMN_TEXT},
                                     {"receipt", "số tiếp nhận", "receipt", COLUMN_TEXT},
                                     {"points_before", "điểm cũ", "points before", COLUMN_POINTS},
                                     {"points_after", "điểm mới", "points after", COLUMN_POINTS},
                                     {"rank_before", "hạng cũ", "rank before", COLUMN_INT},
                                     {"rank_after", "hạng mới", "rank after", COLUMN_INT},
                                     {"note", "lưu ý", "note", COLUMN_TEXT}};
    output o;
    output_start(&o, c, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < e->count; i++) {
        const amendment_row *r = &e->rows[i];
        output_text(&o, r->track);
        output_text(&o, r->receipt);
        output_int(&o, r->points_before);
        output_int(&o, r->points_after);
        output_int(&o, r->rank_before);
        output_int(&o, r->rank_after);
        output_text(&o, r->crosses ? cli_say(c, "qua ranh giới", "crosses the line") : "");
    }
    return output_end(&o, f);
}

status cmd_sheet_amend(cli *c, fault *f)
{
    static const mark_scale any = {0, 100000000, 1};
    int64_t year;
    char code[CODE_TEXT_MAX];
    amendment_effect effect;
    amendment a = {.judge = cli_option(c, "--judge"),
                   .criterion = cli_option(c, "--criterion"),
                   .reason = cli_option(c, "--reason")};
    bool apply = cli_flag(c, "--apply");
    if (!code_parse(c->args[0], code))
        return FAIL(f, E_INPUT, "mã phách “%s” gõ sai (ký tự kiểm tra không khớp)",
                    "the blind code “%s” is mistyped (its check character does not fit)",
                    c->args[0]);
    a.phach = code;
    if (mark_read(cli_option(c, "--points"), &any, &a.points) != MARK_POINTS)
        return FAIL(f, E_USAGE, "--points “%s” không phải là số điểm",
                    "--points “%s” is no number of points", cli_option(c, "--points"));
    TRY(cli_contest(c, &year, f));
    TRY(sheet_amend(c->db, c->mem, c->actor, year, cli_option(c, "--round"), &a,
                    apply ? AMEND_APPLY : AMEND_SHOW, &effect, f));
    if (c->format == FORMAT_TABLE) {
        char before[32], after[32];
        points_text(before, effect.old, c->lang == LANG_VI);
        points_text(after, a.points, c->lang == LANG_VI);
        TRY(cli_print(c, f, "%s: tiêu chí %s từ %s thành %s làm đổi điểm hoặc hạng của %zu bài.\n",
                      "%s: criterion %s from %s to %s changes points or rank of %zu entries.\n",
                      apply ? cli_say(c, "Đã sửa", "Applied") : cli_say(c, "Nếu sửa", "If applied"),
                      a.criterion, before, after, effect.count));
    }
    c->attention = !apply;
    return print_effect(c, &effect, f);
}

status cmd_rank_history(cli *c, fault *f)
{
    static const column columns[] = {{"ranking", "lần", "ranking", COLUMN_INT},
                                     {"at", "lúc", "at", COLUMN_TIME},
                                     {"by", "ai", "who", COLUMN_TEXT},
                                     {"method", "cách tính", "method", COLUMN_TEXT},
                                     {"reason", "lý do sửa", "amended because", COLUMN_TEXT},
                                     {"track", "thể loại", "track", COLUMN_TEXT},
                                     {"rank", "hạng", "rank", COLUMN_INT},
                                     {"receipt", "số tiếp nhận", "receipt", COLUMN_TEXT},
                                     {"points", "điểm", "points", COLUMN_POINTS}};
    int64_t year;
    ranking_version *list;
    size_t count;
    output o;
    TRY(cli_contest(c, &year, f));
    TRY(ranking_list(c->db, c->mem, year, cli_option(c, "--round"), &list, &count, f));
    output_start(&o, c, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < count; i++) {
        const ranking_version *v = &list[i];
        output_int(&o, v->id);
        output_int(&o, v->at);
        output_text(&o, v->by);
        output_text(&o, v->method);
        output_text(&o, v->reason);
        output_text(&o, v->track);
        if (v->rank)
            output_int(&o, v->rank);
        else
            output_null(&o);
        output_text(&o, v->receipt);
        if (v->points < 0)
            output_null(&o);
        else
            output_int(&o, v->points);
    }
    return output_end(&o, f);
}

status cmd_rank_units(cli *c, fault *f)
{
    static const column columns[] = {{"rank", "hạng", "rank", COLUMN_INT},
                                     {"unit", "mã đơn vị", "unit", COLUMN_TEXT},
                                     {"name", "đơn vị", "name", COLUMN_TEXT},
                                     {"entries", "bài", "entries", COLUMN_INT},
                                     {"ranked", "có điểm", "ranked", COLUMN_INT},
                                     {"above", "trên ranh giới", "above the line", COLUMN_INT},
                                     {"mean", "điểm trung bình", "mean points", COLUMN_POINTS},
                                     {"best", "bài cao nhất", "best", COLUMN_POINTS}};
    int64_t year;
    unit_row *rows;
    size_t count;
    output o;
    TRY(cli_contest(c, &year, f));
    TRY(rank_units(c->db, c->mem, year, cli_option(c, "--round"), &rows, &count, f));
    output_start(&o, c, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < count; i++) {
        const unit_row *u = &rows[i];
        output_int(&o, u->rank);
        output_text(&o, u->code);
        output_text(&o, u->name);
        output_int(&o, u->entries);
        output_int(&o, u->ranked);
        output_int(&o, u->above);
        if (u->ranked)
            output_int(&o, u->mean);
        else
            output_null(&o);
        if (u->ranked)
            output_int(&o, u->best);
        else
            output_null(&o);
    }
    return output_end(&o, f);
}
