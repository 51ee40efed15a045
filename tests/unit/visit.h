/* One server without its sockets, and one visitor with a cookie: whole requests in a test. */
#ifndef VISIT_H
#define VISIT_H

#include "test.h"

#include "store/internal.h"
#include "store/totp.h"
#include "web/desk.h"
#include "web/request.h"

__attribute__((unused)) static const char password[] = "một câu dài dễ nhớ";
typedef struct {
    char folder[64], path[96];
    site site;
    worker worker;
    store *organizer;
    fault f;
    int64_t now;
    char cookie[200];
    http_reply reply;
    /* of the next request only */
    const char *origin, *fetch_site, *type, *if_match, *if_none_match;
    bool no_origin;
} visit;

__attribute__((unused)) static void run_sql(const char *path, const char *sql)
{
    sqlite3 *db;
    char *error = NULL;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    if (sqlite3_exec(db, sql, NULL, NULL, &error) != SQLITE_OK)
        fail_msg("%s: %s", sql, error);
    sqlite3_close(db);
}

__attribute__((unused)) static int64_t ask(const visit *v, const char *sql)
{
    sqlite3 *db;
    int64_t n = -1;
    fault f = {0};
    assert_int_equal(sqlite3_open(v->path, &db), SQLITE_OK);
    assert_ok(store_exec_int(db, sql, &n, &f), &f);
    sqlite3_close(db);
    return n;
}

__attribute__((unused)) static const char rows[] =
    "INSERT INTO contest VALUES (2024, 'Cuộc thi <2024>', 'barred: CANARY-BARRED', zeroblob(32), "
    "0);"
    "INSERT INTO track(track_id, year, key, name, position) VALUES (1, 2024, 'essay', 'Bài viết', "
    "1);"
    "INSERT INTO round(round_id, year, key, name, position, per_entry, state) VALUES"
    " (1, 2024, 'so-khao', 'Sơ khảo', 1, 2, 'open'), (2, 2024, 'chung-khao', 'Chung khảo', 2, 2,"
    " 'planned');"
    "INSERT INTO criterion(criterion_id, round_id, key, name, description, position,"
    " points_min, points_max, points_step) VALUES (11, 1, 'noi-dung', 'Nội dung', 'mô tả', 1, 0, "
    "1000, 50),"
    " (12, 1, 'van', 'Văn phong', '', 2, 0, 500, 25), (21, 2, 'noi-dung', 'Nội dung', '', 1, 0, "
    "1000, 50);"
    "INSERT INTO judge(judge_id, code) VALUES (1, 'GK01'), (2, 'GK02');"
    "INSERT INTO identity_judge VALUES (1, 'CANARY-JUDGE', 'x', 1960);"
    "INSERT INTO entry(entry_id, year, receipt, track_id, title, title_fold, sent_by, received_at,"
    " first_received_at, row_key) VALUES (1, 2024, 'CANARY-RECEIPT', 1, 'Bài', 'bai', "
    "'CANARY-UNIT', 0, 0,"
    " x'01');"
    "INSERT INTO identity_author(entry_id, position, name, name_key, name_fold, phone) VALUES"
    " (1, 1, 'CANARY-AUTHOR', 'x', 'x', 'CANARY-PHONE');"
    "INSERT INTO blind VALUES ('A1', 1, 1, 'Một <bài>', 'Đoạn một.' || char(10) || 'Đoạn hai.', "
    "1234),"
    " ('A2', 1, 1, 'Hai', 'x', 900), ('A3', 1, 1, 'Ba', 'x', NULL), ('B1', 2, 1, 'Sau', 'x', 10);"
    "INSERT INTO blind_page VALUES ('A1', 1, 'image/png', x'89504E47'), ('A1', 2, 'image/jpeg',"
    " x'FFD8FFD9'), ('A3', 1, 'image/png', x'89');"
    "INSERT INTO identity_phach VALUES ('A1', 1, 1);"
    "INSERT INTO sheet(sheet_id, round_id, phach, judge_id, state) VALUES (1, 1, 'A1', 1, 'open'),"
    " (2, 1, 'A2', 1, 'open'), (3, 1, 'A1', 2, 'open'), (4, 1, 'A3', 2, 'open'), (5, 2, 'B1', 1, "
    "'open'),"
    " (6, 1, 'A3', 1, 'lost');"
    "INSERT INTO award(award_id, year, kind, prize, recipient, recipient_fold, state, reason) "
    "VALUES"
    " (1, 2024, 'entry', 'Nhất', 'X', 'x', 'revoked', NULL);"
    "INSERT INTO certificate(certificate_id, award_id, serial, code, year, name, prize, decision,"
    " decision_date, qr, pdf, pdf_hash, state, reason, issued_at) VALUES (1, 1, '2024/GCN-001',"
    " 'BE0A-BJQF-2GWN-X0X8-SQS1', 2024, 'Ông <Ổn>', 'Nhất', '12/QĐ', '2024-05-31', '', x'00', "
    "x'00',"
    " 'revoked', 'CANARY-REASON', 0);";

/* Every organizer's telephone of these tests knows the same secret. */
__attribute__((unused)) static const unsigned char visit_secret[TOTP_SECRET + 1] =
    "12345678901234567890";

__attribute__((unused)) static void give_code(visit *v, const char *name)
{
    second_factor ignored;
    assert_ok(account_second_factor(v->organizer, "cli:t", name, &ignored, &v->f), &v->f);
    run_sql(v->path, "UPDATE second_factor SET secret = CAST('12345678901234567890' AS BLOB)");
}

__attribute__((unused)) static void visit_start(visit *v)
{
    memset(v, 0, sizeof *v);
    test_folder(v->folder);
    snprintf(v->path, sizeof v->path, "%s/chamthi.db", v->folder);
    v->now = 1000000;
    assert_ok(store_open(&v->organizer, v->path, BY_ORGANIZER, STORE_CREATE, &v->f), &v->f);
    run_sql(v->path, rows);
    assert_ok(account_add(v->organizer, "cli:t", "gk01", ROLE_JUDGE, "GK01", password, &v->f),
              &v->f);
    assert_ok(account_add(v->organizer, "cli:t", "btc", ROLE_ORGANIZER, NULL, password, &v->f),
              &v->f);
    give_code(v, "btc");
    assert_ok(worker_open(&v->worker, v->path, &v->f), &v->f);
    assert_ok(account_gate_new(&v->site.gate, &v->f), &v->f);
    assert_ok(rate_new(&v->site.look_ups, 1000000, &v->f), &v->f);
}

__attribute__((unused)) static void visit_end(visit *v)
{
    buffer_free(&v->reply.page.out);
    worker_close(&v->worker);
    account_gate_free(v->site.gate);
    rate_free(v->site.look_ups);
    store_close(v->organizer);
    test_folder_remove(v->folder);
}

__attribute__((unused)) static const char *header(const visit *v, const char *name)
{
    for (size_t i = 0; i < v->reply.header_count; i++)
        if (strcmp(v->reply.headers[i].name, name) == 0)
            return v->reply.headers[i].value;
    return NULL;
}

__attribute__((unused)) static const char *page(const visit *v)
{
    return v->reply.page.out.bytes;
}

/* As a browser: keeps the cookie it is given. */
__attribute__((unused)) static void keep_cookie(visit *v)
{
    const char *set = header(v, "Set-Cookie");
    if (set && strncmp(set, "look=", 5) != 0)
        snprintf(v->cookie, sizeof v->cookie, "other=1; %.*s", (int)strcspn(set, ";"), set);
}

__attribute__((unused)) static int request_as(visit *v, const char *method, const char *target,
                                              const char *body)
{
    const char *origin = v->site.public_url ? v->site.public_url : "http://127.0.0.1:8080";
    http_request in = {.method = method,
                       .target = target,
                       .address = "10.0.0.1",
                       .host = "127.0.0.1:8080",
                       .origin = v->no_origin ? NULL
                                 : v->origin  ? v->origin
                                              : origin,
                       .fetch_site = v->fetch_site,
                       .cookie = v->cookie[0] ? v->cookie : NULL,
                       .content_type = v->type ? v->type : "application/x-www-form-urlencoded",
                       .if_match = v->if_match,
                       .if_none_match = v->if_none_match,
                       .body = {body, strlen(body)},
                       .now = v->now};
    buffer_free(&v->reply.page.out);
    web_answer(&v->site, &v->worker, &in, &v->reply);
    keep_cookie(v);
    v->origin = v->fetch_site = v->type = v->if_match = v->if_none_match = NULL;
    v->no_origin = false;
    return v->reply.code;
}

__attribute__((unused)) static int get(visit *v, const char *target)
{
    return request_as(v, "GET", target, "");
}

/* The token of the first form on the page shown last. */
__attribute__((unused)) static void read_csrf(const visit *v, char out[65])
{
    static const char mark[] = "name=\"csrf\" value=\"";
    const char *p = strstr(page(v), mark);
    out[0] = '\0';
    if (p)
        snprintf(out, 65, "%s", p + sizeof mark - 1);
}

/* Opens `form_page` for its token and sends `body` with it to `target`. */
__attribute__((unused)) static int send_form(visit *v, const char *method, const char *form_page,
                                             const char *target, const char *body)
{
    char csrf[65], whole[4096];
    const char *if_match = v->if_match;
    get(v, form_page);
    read_csrf(v, csrf);
    snprintf(whole, sizeof whole, "csrf=%s&%s", csrf, body);
    v->if_match = if_match;
    return request_as(v, method, target, whole);
}

__attribute__((unused)) static int post(visit *v, const char *form_page, const char *target,
                                        const char *body)
{
    return send_form(v, "POST", form_page, target, body);
}

/* As draft.js does: the revision it knows, and all fields. */
__attribute__((unused)) static int put_draft(visit *v, const char *revision, const char *body)
{
    v->if_match = revision;
    return send_form(v, "PUT", "/vi/entry/A1", "/vi/entry/A1", body);
}

__attribute__((unused)) static int sign_in(visit *v, const char *name)
{
    char body[200];
    snprintf(body, sizeof body,
             "name=%s&password=m%%E1%%BB%%99t+c%%C3%%A2u+d%%C3%%A0i+d%%E1%%BB%%85+nh%%E1%%BB%%9B"
             "&code=%06d",
             name, totp_digits(visit_secret, v->now / TOTP_SECONDS, 6));
    return post(v, "/vi/sign-in", "/vi/sign-in", body);
}

__attribute__((unused)) static void has(const visit *v, const char *part)
{
    if (!strstr(page(v), part))
        fail_msg("lacks “%s”:\n%s", part, page(v));
}
__attribute__((unused)) static void lacks(const visit *v, const char *part)
{
    if (strstr(page(v), part))
        fail_msg("has “%s”", part);
}

__attribute__((unused)) static int64_t changes(const visit *v)
{
    return ask(v, "SELECT seq FROM audit_head");
}

__attribute__((unused)) static const char *method_of(const route *r)
{
    static const char *const names[METHOD_COUNT] = {"GET", "POST", "PUT"};
    return names[r->method];
}

/* An address for each row of the table, with parts that exist for judge GK01. */
__attribute__((unused)) static const char *address_of(size_t i, arena *mem, language lang)
{
    const char *part = strstr(routes[i].pattern, ":phach")  ? "A1"
                       : strstr(routes[i].pattern, ":year") ? "2024"
                                                            : "BE0A-BJQF-2GWN-X0X8-SQS1";
    return route_address(mem, (route_id)i, lang,
                         strstr(routes[i].pattern, ":name") ? "chamthi.css" : part);
}

#endif
