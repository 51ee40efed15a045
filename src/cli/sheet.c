/* sheet export, sheet enter, sheet list. */
#include "table.h"

#include "chamthi/contest.h"
#include "chamthi/csv.h"
#include "chamthi/score.h"

#include <stdio.h>
#include <string.h>

static status chosen_round(const cli *c, int64_t *year, int64_t *round, fault *f)
{
    TRY(cli_contest(c, year, f));
    return contest_round_id(c->db, *year, cli_option(c, "--round"), round, f);
}

status cmd_sheet_export(cli *c, fault *f)
{
    int64_t year, round;
    const char *judge = cli_option(c, "--judge");
    TRY(chosen_round(c, &year, &round, f));
    cursor rows;
    TRY(store_select(c->db, Q_SHEET_EXPORT, ARGS(v_int(round), v_text(judge ? judge : "")), &rows,
                     f));
    buffer b = BUFFER_INIT;
    buffer_text(&b, "phach,judge,criterion,points,comment\n");
    while (cursor_next(&rows)) {
        char points[32] = "";
        if (!cursor_null(&rows, 3))
            points_text(points, cursor_int(&rows, 3), false);
        csv_put(&b, cursor_text(&rows, 0), false);
        csv_put(&b, cursor_text(&rows, 1), false);
        csv_put(&b, cursor_text(&rows, 2), false);
        csv_put(&b, points, false);
        csv_put(&b, cursor_text(&rows, 4), true);
    }
    status st = cursor_close(&rows, f);
    if (st == OK)
        st = cli_out(&b, cli_option(c, "-o"), f);
    buffer_free(&b);
    return st;
}

static void show_points(output *o, int64_t points)
{
    if (points < 0)
        output_null(o);
    else
        output_int(o, points);
}

static status list_differences(cli *c, const sheet_entered *e, fault *f)
{
    static const column columns[] = {{"phach", "mã phách", "code", COLUMN_TEXT},
                                     {"judge", "giám khảo", "judge", COLUMN_TEXT},
                                     {"criterion", "tiêu chí", "criterion", COLUMN_TEXT},
                                     {"first", "nhập lần 1", "first keying", COLUMN_POINTS},
                                     {"second", "nhập lần 2", "second keying", COLUMN_POINTS}};
    output o;
    output_start(&o, c, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < e->difference_count; i++) {
        const sheet_difference *d = &e->differences[i];
        output_text(&o, d->phach);
        output_text(&o, d->judge);
        output_text(&o, d->criterion);
        show_points(&o, d->first);
        show_points(&o, d->second);
    }
    return output_end(&o, f);
}

static status list_incomplete(cli *c, const sheet_entered *e, fault *f)
{
    static const column columns[] = {{"phach", "mã phách", "code", COLUMN_TEXT},
                                     {"judge", "giám khảo", "judge", COLUMN_TEXT},
                                     {"missing", "thiếu điểm", "marks missing", COLUMN_INT}};
    output o;
    output_start(&o, c, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < e->incomplete_count; i++) {
        output_text(&o, e->incomplete[i].phach);
        output_text(&o, e->incomplete[i].judge);
        output_int(&o, e->incomplete[i].missing);
    }
    return output_end(&o, f);
}

status cmd_sheet_enter(cli *c, fault *f)
{
    sheet_entered e;
    bool second = cli_flag(c, "--second-keying");
    const char *by = cli_option(c, "--by");
    TRY(sheet_enter(c->db, c->mem, c->actor, by ? by : c->actor, c->args[0],
                    second ? SECOND_KEYING : FIRST_KEYING, &e, f));
    size_t odd = second ? e.difference_count : e.incomplete_count;
    c->attention = odd > 0;
    if (c->format != FORMAT_TABLE)
        return second ? list_differences(c, &e, f) : list_incomplete(c, &e, f);
    TRY(cli_print(c, f, "%lld dòng, %lld phiếu: %lld thay đổi, %zu %s\n",
                  "%lld rows, %lld sheets: %lld changed, %zu %s\n", (long long)e.rows,
                  (long long)e.sheets, (long long)e.changed, odd,
                  second ? cli_say(c, "chỗ hai lần nhập khác nhau", "marks keyed differently")
                         : cli_say(c, "còn thiếu điểm", "incomplete")));
    if (!odd)
        return OK;
    return second ? list_differences(c, &e, f) : list_incomplete(c, &e, f);
}

static const cli_word states[] = {{"open", "chưa chấm", "open"},
                                  {"draft", "đang chấm", "draft"},
                                  {"submitted", "đã nộp", "submitted"},
                                  {"locked", "đã khóa", "locked"},
                                  {"returned", "trả lại", "returned"},
                                  {"recused", "từ chối", "recused"},
                                  {"abstained", "phiếu trắng", "abstained"}};

const char *sheet_state_word(const cli *c, const char *state)
{
    return cli_show_word(c, states, sizeof states / sizeof *states, state);
}

status cmd_sheet_list(cli *c, fault *f)
{
    static const column columns[] = {{"judge", "giám khảo", "judge", COLUMN_TEXT},
                                     {"phach", "mã phách", "code", COLUMN_TEXT},
                                     {"title", "tên bài", "title", COLUMN_TEXT},
                                     {"state", "phiếu", "sheet", COLUMN_TEXT},
                                     {"marks", "số điểm đã cho", "marks", COLUMN_INT},
                                     {"points", "tổng", "total", COLUMN_POINTS}};
    int64_t year, round;
    cursor rows;
    output o;
    TRY(chosen_round(c, &year, &round, f));
    TRY(store_select(c->db, Q_SHEET_LIST, ARGS(v_int(round)), &rows, f));
    output_start(&o, c, columns, sizeof columns / sizeof *columns);
    while (cursor_next(&rows)) {
        output_cells(&o, &rows, 0, 3);
        output_text(&o, sheet_state_word(c, cursor_text(&rows, 3)));
        output_cells(&o, &rows, 4, 2);
    }
    status st = cursor_close(&rows, f);
    status printed = output_end(&o, st == OK ? f : NULL);
    return st == OK ? printed : st;
}
