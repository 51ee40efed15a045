/* certificate print, make, template: everything that makes pages. */
#include "problems.h"
#include "table.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

void cli_problems(const cli *c, print_problems *p)
{
    fputs(p->lines[c->lang].bytes, stderr);
    print_problems_free(p);
}

/* "1.5" or "1,5" millimetres of an option as hundredths; 0 when it was not given. */
static status read_millimetres(const cli *c, const char *name, int most, int *out, fault *f)
{
    const char *text = cli_option(c, name);
    *out = 0;
    if (!text)
        return OK;
    char *end;
    bool negative = *text == '-';
    long whole = strtol(text + negative, &end, 10), tenths = 0;
    bool good = end != text + negative && text[negative] >= '0' && text[negative] <= '9';
    if (good && (*end == '.' || *end == ',') && end[1] >= '0' && end[1] <= '9') {
        tenths = end[1] - '0';
        end += 2;
    }
    if (!good || *end || whole > most)
        return FAIL(f, E_USAGE, "%s: “%s” không phải số mi-li-mét từ -%d đến %d, một số lẻ",
                    "%s: “%s” is no number of millimetres from -%d to %d with one decimal", name,
                    text, most, most);
    *out = (int)(whole * 100 + tenths * 10) * (negative ? -1 : 1);
    return OK;
}

/* "a3", "sra3", "450x320". */
static status read_sheet(const cli *c, print_settings *out, fault *f)
{
    static const struct {
        const char *name;
        int width, height;
    } sheets[] = {{"a4", 297, 210}, {"a3", 420, 297}, {"sra3", 450, 320}, {"a2", 594, 420}};
    const char *text = cli_option(c, "--sheet");
    int used = 0;
    if (!text)
        return OK;
    for (size_t i = 0; i < sizeof sheets / sizeof *sheets; i++)
        if (strcasecmp(text, sheets[i].name) == 0) {
            out->sheet_width = 100 * sheets[i].width;
            out->sheet_height = 100 * sheets[i].height;
            return OK;
        }
    bool good = sscanf(text, "%4dx%4d%n", &out->sheet_width, &out->sheet_height, &used) == 2 &&
                !text[used] && out->sheet_width >= 100 && out->sheet_width <= 2000 &&
                out->sheet_height >= 100 && out->sheet_height <= 2000;
    out->sheet_width *= 100;
    out->sheet_height *= 100;
    return good ? OK
                : FAIL(f, E_USAGE,
                       "--sheet: “%s” không phải khổ tờ in; viết a3, sra3, a2 hoặc 450x320",
                       "--sheet: “%s” is no sheet; write a3, sra3, a2 or 450x320", text);
}

enum { BLEED_USUAL = 300, OFFSET_MOST = 50, BLEED_MOST = 20, SPLIT_MOST = 100000 };

static status read_press(const cli *c, print_settings *out, fault *f)
{
    int64_t split;
    *out = (print_settings){.out = cli_option(c, "-o"),
                            .each = cli_option(c, "--each"),
                            .list = cli_option(c, "--list"),
                            .way = cli_flag(c, "--overprint") ? PRINT_OVERPRINT : PRINT_COMPLETE,
                            .marks = cli_flag(c, "--crop-marks") ? MARKS_CUT : MARKS_NONE};
    if (!out->out && !out->each)
        return FAIL(f, E_USAGE, "cần -o FILE.pdf (mọi trang) hoặc --each DIR (mỗi người một tệp)",
                    "-o FILE.pdf (all pages) or --each DIR (a file each) is wanted");
    TRY(cli_option_int(c, "--split", 1, SPLIT_MOST, 0, &split, f));
    out->split = (size_t)split;
    TRY(read_millimetres(c, "--right", OFFSET_MOST, &out->right, f));
    TRY(read_millimetres(c, "--down", OFFSET_MOST, &out->down, f));
    TRY(read_millimetres(c, "--bleed", BLEED_MOST, &out->bleed, f));
    TRY(read_sheet(c, out, f));
    bool shop = out->marks == MARKS_CUT || out->sheet_width;
    if (shop && !cli_option(c, "--bleed"))
        out->bleed = BLEED_USUAL;
    return OK;
}

static status say_printed(cli *c, const print_settings *s, size_t count, fault *f)
{
    return cli_print(c, f, "Đã in %zu giấy chứng nhận:%s%s%s%s\n",
                     "Printed %zu certificates:%s%s%s%s\n", count, s->out ? " " : "",
                     s->out ? s->out : "", s->each ? " " : "", s->each ? s->each : "");
}

status cmd_certificate_print(cli *c, fault *f)
{
    int64_t year;
    size_t printed;
    print_settings settings;
    TRY(read_press(c, &settings, f));
    TRY(cli_contest(c, &year, f));
    TRY(certificate_print(c->db, c->mem, c->actor, year, c->args, c->arg_count, &settings, &printed,
                          f));
    return say_printed(c, &settings, printed, f);
}

status cmd_certificate_make(cli *c, fault *f)
{
    size_t pages;
    print_settings settings;
    print_problems problems = PRINT_PROBLEMS_INIT;
    const make_source from = {.template = cli_option(c, "--template"),
                              .paper = cli_option(c, "--paper"),
                              .recipients = cli_option(c, "--recipients"),
                              .exclude = cli_option(c, "--exclude")};
    TRY(read_press(c, &settings, f));
    status st = certificate_make(c->mem, &from, &settings, &problems, &pages, f);
    cli_problems(c, &problems);
    TRY(st);
    return say_printed(c, &settings, pages, f);
}

/* ---- templates ---- */
status cmd_certificate_template_show(cli *c, fault *f)
{
    slice yaml;
    buffer text = BUFFER_INIT;
    TRY(template_text_of(c->mem, c->args[0], cli_option(c, "--paper"), &yaml, f));
    buffer_put(&text, yaml.bytes, yaml.size);
    status st = cli_out(&text, cli_option(c, "-o"), f);
    buffer_free(&text);
    return st;
}

status cmd_certificate_template_check(cli *c, fault *f)
{
    buffer remarks[LANG_COUNT] = {BUFFER_INIT, BUFFER_INIT};
    status st = template_check(c->args[0], cli_option(c, "--paper"), remarks, f);
    c->attention = st == OK && remarks[c->lang].size > 0;
    if (st == OK)
        st =
            c->attention
                ? cli_out(&remarks[c->lang], NULL, f)
                : cli_print(
                      c, f, "Mẫu dùng được: mọi trường hợp thử đều vừa, không khối nào chạm nhau\n",
                      "The template is fine: every case tried fits, no block touches another\n");
    buffer_free(&remarks[LANG_VI]);
    buffer_free(&remarks[LANG_EN]);
    return st;
}

status cmd_certificate_template_preview(cli *c, fault *f)
{
    const char *out = cli_option(c, "-o");
    TRY(template_preview(c->args[0], cli_option(c, "--paper"), out, f));
    return cli_print(c, f, "Bản xem thử: %s\n", "Preview: %s\n", out);
}

status cmd_certificate_template_test(cli *c, fault *f)
{
    print_settings settings;
    TRY(read_press(c, &settings, f));
    TRY(template_test_sheet(c->args[0], cli_option(c, "--paper"), &settings, f));
    return cli_print(c, f, "Tờ thử căn phôi: %s\n", "Test sheet: %s\n", settings.out);
}
