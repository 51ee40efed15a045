/* certificate issue, print, verify, revoke, reissue, list, make. */
#include "table.h"

#include "chamthi/file.h"
#include "chamthi/print.h"
#include "chamthi/random.h"

#include <string.h>

enum { PDF_LIMIT = 256 * 1024 * 1024 };

static status read_settings(const cli *c, unsigned char seed[SEED_SIZE], issue_settings *out,
                            fault *f)
{
    const char *hex = cli_option(c, "--seed"), *url = cli_option(c, "--public-url");
    *out = (issue_settings){NULL, url ? url : ""};
    if (url && strncmp(url, "https://", 8) != 0 && strncmp(url, "http://", 7) != 0)
        return FAIL(f, E_USAGE, "--public-url phải bắt đầu bằng https://",
                    "--public-url begins with https://");
    if (!hex)
        return OK;
    if (!hex_decode(seed, SEED_SIZE, hex))
        return FAIL(f, E_USAGE, "--seed cần đúng 64 chữ số hệ 16", "--seed wants 64 hex digits");
    out->seed = seed;
    return OK;
}

status cmd_certificate_issue(cli *c, fault *f)
{
    int64_t year;
    unsigned char seed[SEED_SIZE];
    issue_settings settings;
    issue_result r;
    TRY(read_settings(c, seed, &settings, f));
    TRY(cli_contest(c, &year, f));
    TRY(certificate_issue(c->db, c->mem, c->actor, year, &settings, &r, f));
    c->attention |= r.without_decision > 0;
    return cli_print(c, f,
                     "Cuộc thi %d: cấp mới %lld giấy chứng nhận, đã cấp trước %lld, chờ số quyết "
                     "định %lld\n",
                     "%d: %lld certificates issued, %lld before, %lld wait for a decision number\n",
                     (int)year, (long long)r.issued, (long long)r.already,
                     (long long)r.without_decision);
}

status cmd_certificate_print(cli *c, fault *f)
{
    int64_t year;
    size_t printed;
    const char *out = cli_option(c, "-o"), *each = cli_option(c, "--each");
    if (!out && !each)
        return FAIL(f, E_USAGE, "cần -o FILE.pdf (mọi trang) hoặc --each DIR (từng bản đã lưu)",
                    "-o FILE.pdf (all pages) or --each DIR (each frozen file) is wanted");
    TRY(cli_contest(c, &year, f));
    TRY(certificate_print(c->db, c->mem, c->actor, year, c->args, c->arg_count, out, each, &printed,
                          f));
    return cli_print(c, f, "Đã in %zu giấy chứng nhận:%s%s%s%s\n",
                     "Printed %zu certificates:%s%s%s%s\n", printed, out ? " " : "", out ? out : "",
                     each ? " " : "", each ? each : "");
}

/* ---- verify ---- */
static const char *state_word(const cli *c, const char *state)
{
    static const char *const words[][3] = {{"issued", "CÓ HIỆU LỰC", "VALID"},
                                           {"held", "ĐANG TẠM DỪNG", "ON HOLD"},
                                           {"revoked", "ĐÃ THU HỒI", "REVOKED"},
                                           {"replaced", "ĐÃ THAY THẾ", "REPLACED"}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(words[i][0], state) == 0)
            return cli_say(c, words[i][1], words[i][2]);
    return state;
}

static status show_certificate(cli *c, const certificate *found, fault *f)
{
    const struct {
        const char *key, *vi, *en, *value;
    } rows[] = {{"state", "hiệu lực", "state", state_word(c, found->state)},
                {"serial", "số vào sổ", "serial", found->serial},
                {"code", "mã xác minh", "code", found->code},
                {"name", "người nhận", "name", found->name},
                {"address", "đơn vị", "unit", found->address},
                {"prize", "giải", "prize", found->prize},
                {"title", "tác phẩm", "title", found->title},
                {"decision", "quyết định", "decision", found->decision},
                {"decision_date", "ngày", "date", found->decision_date},
                {"reason", "lý do", "reason", found->reason},
                {"replaces", "thay cho", "replaces", found->replaces},
                {"replaced_by", "được thay bằng", "replaced by", found->replaced_by}};
    enum { ROWS = sizeof rows / sizeof *rows };
    output o;
    if (c->format == FORMAT_TABLE) {
        static const column pair[] = {{"field", "mục", "field", COLUMN_TEXT},
                                      {"value", "nội dung", "value", COLUMN_TEXT}};
        output_start(&o, c, pair, 2);
        for (int i = 0; i < ROWS; i++)
            if (*rows[i].value) {
                output_text(&o, cli_say(c, rows[i].vi, rows[i].en));
                output_text(&o, rows[i].value);
            }
        return output_end(&o, f);
    }
    column columns[ROWS];
    for (int i = 0; i < ROWS; i++)
        columns[i] = (column){rows[i].key, rows[i].vi, rows[i].en, COLUMN_TEXT};
    output_start(&o, c, columns, ROWS);
    for (int i = 0; i < ROWS; i++)
        output_text(&o, i ? rows[i].value : found->state);
    return output_end(&o, f);
}

/* A file is known by its bytes; what is no file is taken as a code or serial. */
static status find(cli *c, const char *what, certificate *out, fault *f)
{
    buffer pdf = BUFFER_INIT;
    status st = file_read(what, PDF_LIMIT, &pdf, f);
    if (st == OK)
        st = certificate_find_file(c->db, c->mem, (slice){pdf.bytes, pdf.size}, out, f);
    else if (st == E_MISSING)
        return certificate_find(c->db, c->mem, what, out, f);
    buffer_free(&pdf);
    if (st == E_MISSING)
        FAIL(f, E_MISSING,
             "%s không phải bản đã cấp (khác dù chỉ một byte); hãy kiểm tra mã in trên giấy: "
             "chamthi certificate verify MÃ",
             "%s is no file that was issued (not byte for byte); check the code on the paper: "
             "chamthi certificate verify CODE",
             what);
    return st;
}

status cmd_certificate_verify(cli *c, fault *f)
{
    certificate found;
    status st = find(c, c->args[0], &found, f);
    if (st == E_MISSING) { /* an answer, not a failure: the person has something to look at */
        c->attention = true;
        return cli_print(c, f, "KHÔNG XÁC MINH ĐƯỢC: %s%.0s\n", "NOT VERIFIED: %.0s%s\n",
                         fault_text(f, LANG_VI), fault_text(f, LANG_EN));
    }
    TRY(st);
    c->attention = strcmp(found.state, "issued") != 0;
    return show_certificate(c, &found, f);
}

/* ---- changes ---- */
status cmd_certificate_revoke(cli *c, fault *f)
{
    TRY(certificate_revoke(c->db, c->mem, c->actor, c->args[0], cli_option(c, "--reason"), f));
    return cli_print(c, f, "Đã thu hồi giấy chứng nhận %s\n", "Revoked the certificate %s\n",
                     c->args[0]);
}

status cmd_certificate_reissue(cli *c, fault *f)
{
    unsigned char seed[SEED_SIZE];
    issue_settings settings;
    certificate next;
    TRY(read_settings(c, seed, &settings, f));
    TRY(certificate_reissue(c->db, c->mem, c->actor, c->args[0], cli_option(c, "--name"),
                            cli_option(c, "--reason"), &settings, &next, f));
    return cli_print(c, f, "Đã cấp %s thay cho %s\n", "Issued %s in place of %s\n", next.serial,
                     c->args[0]);
}

status cmd_certificate_list(cli *c, fault *f)
{
    static const column columns[] = {{"serial", "số vào sổ", "serial", COLUMN_TEXT},
                                     {"contest", "năm", "year", COLUMN_INT},
                                     {"name", "người nhận", "name", COLUMN_TEXT},
                                     {"prize", "giải", "prize", COLUMN_TEXT},
                                     {"title", "tác phẩm", "title", COLUMN_TEXT},
                                     {"decision", "quyết định", "decision", COLUMN_TEXT},
                                     {"code", "mã xác minh", "code", COLUMN_TEXT},
                                     {"state", "trạng thái", "state", COLUMN_TEXT},
                                     {"replaces", "thay cho", "replaces", COLUMN_TEXT}};
    int64_t year = 0;
    certificate *list;
    size_t count;
    if (cli_option(c, "--contest"))
        TRY(cli_contest(c, &year, f));
    TRY(certificate_list(c->db, c->mem, year, &list, &count, f));
    output o;
    output_start(&o, c, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < count; i++) {
        output_text(&o, list[i].serial);
        output_int(&o, list[i].year);
        output_text(&o, list[i].name);
        output_text(&o, list[i].prize);
        output_text(&o, list[i].title);
        output_text(&o, list[i].decision);
        output_text(&o, list[i].code);
        output_text(&o, list[i].state);
        output_text(&o, *list[i].replaces ? list[i].replaces : NULL);
    }
    return output_end(&o, f);
}

status cmd_certificate_make(cli *c, fault *f)
{
    const char *out = cli_option(c, "-o"), *each = cli_option(c, "--each");
    make_result made;
    if (!out && !each)
        return FAIL(f, E_USAGE, "cần -o OUT.pdf hoặc --each DIR",
                    "-o OUT.pdf or --each DIR is wanted");
    TRY(certificate_make(c->mem, cli_option(c, "--template"), cli_option(c, "--recipients"), out,
                         each, &made, f));
    return cli_print(c, f, "Đã in %zu giấy chứng nhận:%s%s%s%s\n",
                     "Printed %zu certificates:%s%s%s%s\n", made.pages, out ? " " : "",
                     out ? out : "", each ? " " : "", each ? each : "");
}
