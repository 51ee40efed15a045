/* certificate issue, verify, revoke, reissue, list, key. */
#include "problems.h"
#include "table.h"

#include "chamthi/embed.h"
#include "chamthi/file.h"
#include "chamthi/random.h"

#include <stdio.h>
#include <string.h>

enum { PDF_LIMIT = 256 * 1024 * 1024, KEY_FILE_LIMIT = 64 * 1024 };
#define KEY_LABEL "chamthi-ed25519 "

EMBED(check_page, "src/print/data/kiem-tra.html");

static status read_settings(const cli *c, unsigned char seed[SEED_SIZE], issue_settings *out,
                            fault *f)
{
    const char *hex = cli_option(c, "--seed"), *url = cli_option(c, "--public-url");
    *out = (issue_settings){.public_url = url ? url : "",
                            .template = cli_option(c, "--template"),
                            .paper = cli_option(c, "--paper"),
                            .exclude = cli_option(c, "--exclude")};
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
    issue_result r = {0};
    print_problems problems = PRINT_PROBLEMS_INIT;
    TRY(read_settings(c, seed, &settings, f));
    TRY(cli_contest(c, &year, f));
    status st = certificate_issue(c->db, c->mem, c->actor, year, &settings, &problems, &r, f);
    cli_problems(c, &problems);
    TRY(st);
    c->attention |= r.without_decision > 0 || r.excluded > 0;
    return cli_print(c, f,
                     "Cuộc thi %d: cấp mới %lld giấy chứng nhận, đã cấp trước %lld, chờ số quyết "
                     "định %lld, tạm bỏ ra %lld\n",
                     "%d: %lld certificates issued, %lld before, %lld wait for a decision number, "
                     "%lld left out\n",
                     (int)year, (long long)r.issued, (long long)r.already,
                     (long long)r.without_decision, (long long)r.excluded);
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
                {"authority", "cơ quan", "authority", found->authority},
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

/* A public key file, as "certificate key" writes it. */
static status read_keys(cli *c, const char *path, unsigned char (**out)[SIGN_PUBLIC], size_t *count,
                        fault *f)
{
    buffer text = BUFFER_INIT;
    TRY(file_read(path, KEY_FILE_LIMIT, &text, f));
    *count = 0;
    *out = arena_alloc(c->mem, (text.size / (2 * SIGN_PUBLIC) + 1) * SIGN_PUBLIC);
    for (const char *p = text.bytes; *out && (p = strstr(p, KEY_LABEL)); p++) {
        char hex[2 * SIGN_PUBLIC + 1];
        snprintf(hex, sizeof hex, "%s", p + strlen(KEY_LABEL));
        *count += hex_decode((*out)[*count], SIGN_PUBLIC, hex);
    }
    buffer_free(&text);
    if (!*out)
        return fault_memory(f);
    return *count ? OK
                  : FAIL(f, E_INPUT, "%s không có khóa công khai nào (dòng “%s…”)",
                         "%s holds no public key (a line “%s…”)", path, KEY_LABEL);
}

/* Only the signature, by a public key: the register is not asked. */
static status show_signed(cli *c, const signed_facts *said, const char *key, fault *f)
{
    if (!said->lines) {
        c->attention = true;
        return cli_print(c, f, "KHÔNG XÁC MINH ĐƯỢC: không có thông tin đã ký trong đó\n",
                         "NOT VERIFIED: it carries no signed facts\n");
    }
    if (!said->genuine) {
        c->attention = true;
        return cli_print(c, f, "KHÔNG XÁC MINH ĐƯỢC: chữ ký không phải của khóa trong %s\n",
                         "NOT VERIFIED: the signature is none of the keys in %s\n", key);
    }
    return cli_print(
        c, f,
        "CHỮ KÝ ĐÚNG. Giấy thật ghi đúng như sau (còn hiệu lực hay không thì hỏi nơi "
        "cấp):\n%s",
        "GENUINE SIGNATURE. The true paper says (whether it still holds, ask those who "
        "issued it):\n%s",
        said->lines);
}

static status verify_offline(cli *c, slice what, const char *key, fault *f)
{
    unsigned char(*keys)[SIGN_PUBLIC];
    size_t count;
    signed_facts said;
    TRY(read_keys(c, key, &keys, &count, f));
    TRY(signed_facts_check(c->mem, what, keys, count, &said, f));
    return show_signed(c, &said, key, f);
}

/* A file is known by its bytes, the text of a QR by its signature and code; anything else is taken as a
 * code or serial. */
static status find(cli *c, slice what, bool file, certificate *out, fault *f)
{
    unsigned char(*keys)[SIGN_PUBLIC];
    size_t count;
    signed_facts said;
    if (file) {
        status st = certificate_find_file(c->db, c->mem, what, out, f);
        if (st != E_MISSING)
            return st;
    }
    TRY(signing_keys(c->db, c->mem, &keys, &count, f));
    TRY(signed_facts_check(c->mem, what, keys, count, &said, f));
    bool pdf = file && what.size > 4 && memcmp(what.bytes, "%PDF", 4) == 0;
    if (said.lines && !said.genuine)
        return FAIL(f, E_MISSING, "chữ ký trong mã QR không phải của ban tổ chức này",
                    "the signature in the QR is not this committee's");
    if (said.lines && !pdf)
        return certificate_find(c->db, c->mem, said.code, out, f);
    if (!file)
        return certificate_find(c->db, c->mem, what.bytes, out, f);
    return FAIL(f, E_MISSING,
                "%s không phải bản đã cấp (khác dù chỉ một byte); hãy kiểm tra mã in trên giấy: "
                "chamthi certificate verify MÃ",
                "%s is no file that was issued (not byte for byte); check the code on the paper: "
                "chamthi certificate verify CODE",
                c->args[0]);
}

static status verify_register(cli *c, slice what, bool file, fault *f)
{
    certificate found;
    TRY(store_open(&c->db, c->db_path, BY_ORGANIZER, STORE_EXISTING, f));
    status st = find(c, what, file, &found, f);
    if (st == E_MISSING) { /* an answer, not a failure: the person has something to look at */
        c->attention = true;
        return cli_print(c, f, "KHÔNG XÁC MINH ĐƯỢC: %s%.0s\n", "NOT VERIFIED: %.0s%s\n",
                         fault_text(f, LANG_VI), fault_text(f, LANG_EN));
    }
    TRY(st);
    c->attention = strcmp(found.state, "issued") != 0;
    return show_certificate(c, &found, f);
}

status cmd_certificate_verify(cli *c, fault *f)
{
    const char *what = c->args[0], *key = cli_option(c, "--key");
    buffer bytes = BUFFER_INIT;
    status st = file_read(what, PDF_LIMIT, &bytes, f);
    bool file = st == OK;
    if (!file && (st == E_MISSING || strchr(what, '\n'))) {
        buffer_text(&bytes, what);
        st = buffer_check(&bytes, f);
    }
    slice all = {bytes.bytes, bytes.size};
    if (st == OK)
        st = key ? verify_offline(c, all, key, f) : verify_register(c, all, file, f);
    buffer_free(&bytes);
    return st;
}

/* A page that checks QR texts by itself, on a phone without a network. */
static void put_page(buffer *out, unsigned char (*keys)[SIGN_PUBLIC], size_t count)
{
    static const char mark[] = "{keys}";
    const char *at = strstr(check_page, mark);
    buffer_put(out, check_page, (size_t)(at - check_page));
    for (size_t i = 0; i < count; i++) {
        char hex[2 * SIGN_PUBLIC + 1];
        hex_encode(hex, keys[i], SIGN_PUBLIC);
        buffer_format(out, "%s'%s'", i ? ", " : "", hex);
    }
    buffer_text(out, at + strlen(mark));
}

static void put_keys(buffer *out, unsigned char (*keys)[SIGN_PUBLIC], size_t count)
{
    buffer_text(out, "# Khóa công khai (Ed25519) của giấy chứng nhận; kiểm tra không cần máy chủ:\n"
                     "# chamthi certificate verify GIẤY.pdf --key TỆP-NÀY\n");
    for (size_t i = 0; i < count; i++) {
        char hex[2 * SIGN_PUBLIC + 1];
        hex_encode(hex, keys[i], SIGN_PUBLIC);
        buffer_format(out, KEY_LABEL "%s\n", hex);
    }
}

status cmd_certificate_key(cli *c, fault *f)
{
    unsigned char(*keys)[SIGN_PUBLIC];
    size_t count;
    const char *page = cli_option(c, "--page"), *path = cli_option(c, "-o");
    buffer text = BUFFER_INIT, html = BUFFER_INIT;
    TRY(signing_keys(c->db, c->mem, &keys, &count, f));
    if (!count)
        return FAIL(f, E_MISSING, "chưa có khóa ký: khóa được tạo khi cấp giấy chứng nhận đầu tiên",
                    "there is no signing key yet: it is made with the first certificate");
    put_keys(&text, keys, count);
    put_page(&html, keys, count);
    status st = path || !page ? cli_out(&text, path, f) : OK;
    if (st == OK && page)
        st = cli_out(&html, page, f);
    buffer_free(&text);
    buffer_free(&html);
    return st;
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
    print_problems problems = PRINT_PROBLEMS_INIT;
    TRY(read_settings(c, seed, &settings, f));
    status st = certificate_reissue(c->db, c->mem, c->actor, c->args[0], cli_option(c, "--name"),
                                    cli_option(c, "--reason"), &settings, &problems, &next, f);
    cli_problems(c, &problems);
    TRY(st);
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
                                     {"replaces", "thay cho", "replaces", COLUMN_TEXT},
                                     {"kind", "loại giấy", "kind", COLUMN_TEXT},
                                     {"printings", "số lần in", "printings", COLUMN_INT}};
    static const cli_word states[] = {{"issued", "có hiệu lực", "issued"},
                                      {"held", "tạm dừng", "held"},
                                      {"revoked", "đã thu hồi", "revoked"},
                                      {"replaced", "đã cấp đổi", "replaced"}};
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
        output_text(&o, cli_show_word(c, states, sizeof states / sizeof *states, list[i].state));
        output_text(&o, *list[i].replaces ? list[i].replaces : NULL);
        output_text(&o, list[i].kind);
        output_int(&o, list[i].printings);
    }
    return output_end(&o, f);
}
