/* report results, minutes, methods, retrospective; receipt print; sheet print. */
#include "table.h"

#include "chamthi/print.h"

static status say_written(cli *c, fault *f)
{
    return cli_print(c, f, "Đã ghi %s\n", "Wrote %s\n", cli_option(c, "-o"));
}

status cmd_report_results(cli *c, fault *f)
{
    int64_t year;
    TRY(cli_contest(c, &year, f));
    TRY(report_results(c->db, c->mem, year, cli_option(c, "-o"), f));
    return say_written(c, f);
}

status cmd_report_minutes(cli *c, fault *f)
{
    int64_t year;
    TRY(cli_contest(c, &year, f));
    TRY(report_minutes(c->db, c->mem, year, cli_option(c, "--round"), cli_option(c, "-o"), f));
    return say_written(c, f);
}

status cmd_report_methods(cli *c, fault *f)
{
    int64_t year;
    TRY(cli_contest(c, &year, f));
    TRY(report_methods(c->db, c->mem, year, cli_option(c, "-o"), f));
    return say_written(c, f);
}

status cmd_report_retrospective(cli *c, fault *f)
{
    int64_t from, to, latest;
    TRY(contest_latest(c->db, &latest, f));
    TRY(cli_option_int(c, "--to", 2000, 2100, latest, &to, f));
    TRY(cli_option_int(c, "--from", 2000, 2100, to > 2009 ? to - 9 : 2000, &from, f));
    TRY(report_retrospective(c->db, c->mem, from, to, cli_option(c, "-o"), f));
    return say_written(c, f);
}

status cmd_receipt_print(cli *c, fault *f)
{
    int64_t year;
    size_t units;
    TRY(cli_contest(c, &year, f));
    TRY(receipt_print(c->db, c->mem, year, cli_option(c, "--unit"), cli_option(c, "-o"), &units,
                      f));
    return cli_print(c, f, "Đã ghi %s: biên nhận của %zu đơn vị\n",
                     "Wrote %s: receipts for %zu units\n", cli_option(c, "-o"), units);
}

status cmd_sheet_print(cli *c, fault *f)
{
    int64_t year;
    size_t judges;
    TRY(cli_contest(c, &year, f));
    TRY(sheet_print(c->db, c->mem, year, cli_option(c, "--round"), cli_option(c, "--judge"),
                    cli_option(c, "-o"), &judges, f));
    return cli_print(c, f, "Đã ghi %s: phiếu chấm của %zu giám khảo\n",
                     "Wrote %s: score sheets of %zu judges\n", cli_option(c, "-o"), judges);
}
