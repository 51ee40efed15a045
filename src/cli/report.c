/* report results, minutes, methods, retrospective, units, ceremony, labels; receipt print; sheet print. */
#include "table.h"

#include "chamthi/print.h"

#include <string.h>

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

/* --from and --to: the last ten years when they are not given. */
static status choose_years(const cli *c, int64_t *from, int64_t *to, fault *f)
{
    int64_t latest;
    TRY(contest_latest(c->db, &latest, f));
    TRY(cli_option_int(c, "--to", 2000, 2100, latest, to, f));
    return cli_option_int(c, "--from", 2000, 2100, *to > 2009 ? *to - 9 : 2000, from, f);
}

status cmd_report_honours(cli *c, fault *f)
{
    int64_t from, to, least;
    TRY(choose_years(c, &from, &to, f));
    TRY(cli_option_int(c, "--least-years", 1, 100, 3, &least, f));
    TRY(report_honours(c->db, c->mem, from, to, least, cli_option(c, "-o"), f));
    return say_written(c, f);
}

status cmd_report_retrospective(cli *c, fault *f)
{
    int64_t from, to;
    TRY(choose_years(c, &from, &to, f));
    TRY(report_retrospective(c->db, c->mem, from, to, cli_option(c, "-o"), f));
    return say_written(c, f);
}

status cmd_report_units(cli *c, fault *f)
{
    int64_t year;
    TRY(cli_contest(c, &year, f));
    TRY(report_units(c->db, c->mem, year, cli_option(c, "-o"), f));
    return say_written(c, f);
}

status cmd_report_ceremony(cli *c, fault *f)
{
    int64_t year, seats;
    TRY(cli_contest(c, &year, f));
    TRY(cli_option_int(c, "--row-seats", 2, 200, 12, &seats, f));
    TRY(report_ceremony(c->db, c->mem, year, seats, cli_option(c, "-o"), f));
    return say_written(c, f);
}

static bool says(const cli *c, const char *option, const char *word)
{
    const char *given = cli_option(c, option);
    return given && strcmp(given, word) == 0;
}

status cmd_report_labels(cli *c, fault *f)
{
    int64_t year;
    size_t count;
    TRY(cli_contest(c, &year, f));
    TRY(report_labels(c->db, c->mem, year,
                      says(c, "--for", "units") ? LABELS_FOR_UNITS : LABELS_FOR_WINNERS,
                      says(c, "--paper", "envelopes") ? LABELS_ON_ENVELOPES : LABELS_ON_SHEETS,
                      cli_option(c, "-o"), &count, f));
    return cli_print(c, f, "Đã ghi %s: %zu địa chỉ\n", "Wrote %s: %zu addresses\n",
                     cli_option(c, "-o"), count);
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

status cmd_assign_print(cli *c, fault *f)
{
    int64_t year;
    size_t judges;
    TRY(cli_contest(c, &year, f));
    TRY(reading_list_print(c->db, c->mem, year, cli_option(c, "--round"), cli_option(c, "--judge"),
                           cli_option(c, "-o"), &judges, f));
    return cli_print(c, f, "Đã ghi %s: danh sách bài của %zu giám khảo\n",
                     "Wrote %s: the entries of %zu judges\n", cli_option(c, "-o"), judges);
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
