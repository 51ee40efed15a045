/* unit load, unit list, judge load, judge list. */
#include "table.h"

#include "chamthi/contest.h"
#include "chamthi/text.h"

#include <stdio.h>
#include <string.h>

typedef status (*loader)(store *, arena *, const char *, const char *, int64_t *, fault *);

static status load_and_say(cli *c, loader load, const char *vi, const char *en, fault *f)
{
    int64_t rows;
    TRY(load(c->db, c->mem, c->actor, c->args[0], &rows, f));
    return cli_print(c, f, "%s: %lld %s\n", "%s: %lld %s\n", c->args[0], (long long)rows,
                     cli_say(c, vi, en));
}

status cmd_unit_load(cli *c, fault *f)
{
    return load_and_say(c, unit_load, "đơn vị", "units", f);
}

status cmd_judge_load(cli *c, fault *f)
{
    return load_and_say(c, judge_load, "giám khảo", "judges", f);
}

/* Whether the searched words occur in the text, in any case or accent; NULL: everything does. */
static bool matches(const char *text, const char *sought)
{
    if (!sought)
        return true;
    buffer fold = BUFFER_INIT;
    text_fold((slice){text, strlen(text)}, &fold);
    bool found = strstr(fold.bytes, sought) != NULL;
    buffer_free(&fold);
    return found;
}

static status unit_rows(cli *c, int64_t year, const char *sought, output *o, fault *f)
{
    cursor rows;
    char first[12], last[12];
    snprintf(first, sizeof first, "%04d-01-01", (int)(year % 10000));
    snprintf(last, sizeof last, "%04d-12-31", (int)(year % 10000));
    TRY(store_select(c->db, Q_UNIT_LIST, ARGS(v_text(last), v_text(first)), &rows, f));
    while (cursor_next(&rows)) {
        if (!matches(cursor_text(&rows, 3), sought))
            continue;
        for (int i = 0; i < 7; i++)
            output_text(o, cursor_text(&rows, i));
    }
    return cursor_close(&rows, f);
}

status cmd_unit_list(cli *c, fault *f)
{
    static const column columns[] = {{"code", "mã", "code", COLUMN_TEXT},
                                     {"kind", "loại", "kind", COLUMN_TEXT},
                                     {"name", "tên", "name", COLUMN_TEXT},
                                     {"full_name", "tên đầy đủ", "full name", COLUMN_TEXT},
                                     {"parent_code", "thuộc", "parent", COLUMN_TEXT},
                                     {"valid_from", "từ ngày", "from", COLUMN_TEXT},
                                     {"valid_to", "đến ngày", "to", COLUMN_TEXT}};
    const char *search = cli_option(c, "--search"), *sought = NULL;
    int64_t year;
    TRY(cli_option_int(c, "--year", 2000, 2100, 0, &year, f));
    if (!year)
        TRY(contest_latest(c->db, &year, f));
    if (search && !(sought = text_fold_string(c->mem, search)))
        return fault_memory(f);
    output o;
    output_start(&o, c, columns, sizeof columns / sizeof *columns);
    status st = unit_rows(c, year, sought, &o, f);
    status printed = output_end(&o, st == OK ? f : NULL);
    return st == OK ? printed : st;
}

static status judge_rows(cli *c, int64_t year, output *o, fault *f)
{
    cursor rows;
    TRY(store_select(c->db, Q_JUDGE_LIST, ARGS(v_int(year)), &rows, f));
    while (cursor_next(&rows)) {
        output_cells(o, &rows, 0, 11);
    }
    return cursor_close(&rows, f);
}

status cmd_judge_list(cli *c, fault *f)
{
    static const column columns[] = {{"judge", "mã", "judge", COLUMN_TEXT},
                                     {"name", "họ tên", "name", COLUMN_TEXT},
                                     {"birth_year", "năm sinh", "born", COLUMN_INT},
                                     {"unit", "đơn vị", "unit", COLUMN_TEXT},
                                     {"tracks", "thể loại", "tracks", COLUMN_TEXT},
                                     {"cap", "nhiều nhất", "cap", COLUMN_INT},
                                     {"conflicts", "tránh chấm", "conflicts", COLUMN_TEXT},
                                     {"contest", "cuộc thi", "contest", COLUMN_INT},
                                     {"active", "đang chấm", "active", COLUMN_INT},
                                     {"word_cap", "số từ nhiều nhất", "most words", COLUMN_INT},
                                     {"panel", "tiểu ban", "panel", COLUMN_TEXT}};
    int64_t year;
    TRY(cli_contest(c, &year, f));
    output o;
    output_start(&o, c, columns, sizeof columns / sizeof *columns);
    status st = judge_rows(c, year, &o, f);
    status printed = output_end(&o, st == OK ? f : NULL);
    return st == OK ? printed : st;
}
