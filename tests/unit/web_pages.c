/* Whole requests without a socket: who may ask for what, what is refused, what is stored. */
#include "visit.h"

#include "chamthi/web.h"

static const char hostile[] = "<script>'\"&amp;</script>\n ặ";

/* ---- who may do what ---- */

TEST("every POST and PUT of the table is refused without the session's token or from a foreign "
     "page, and "
     "changes nothing")
{
    static const struct {
        const char *what, *origin, *fetch_site, *token;
        bool no_origin;
    } cases[] = {
        {"no token", NULL, NULL, "", false},
        {"a wrong token", NULL, NULL,
         "csrf=0000000000000000000000000000000000000000000000000000000000000000", false},
        {"a foreign origin", "https://evil.example", NULL, NULL, false},
        {"the same host on another port", "http://127.0.0.1:8081", NULL, NULL, false},
        {"another scheme", "https://127.0.0.1:8080", NULL, NULL, false},
        {"a hidden origin", "null", NULL, NULL, false},
        {"an origin that begins like ours", "http://127.0.0.1:8080.evil.example", NULL, NULL,
         false},
        {"a page of another site", NULL, "cross-site", NULL, false},
        {"a page of a sister site", NULL, "same-site", NULL, false},
        {"neither Origin nor Sec-Fetch-Site", NULL, NULL, NULL, true},
    };
    visit v;
    visit_start(&v);
    arena *mem = arena_new(1 << 20);
    assert_int_equal(sign_in(&v, "gk01"), 303);
    get(&v, "/vi/entry/A1");
    char csrf[65], right[80];
    read_csrf(&v, csrf);
    snprintf(right, sizeof right, "csrf=%s", csrf);
    int64_t before = changes(&v);
    for (size_t i = 0; i < ROUTE_COUNT; i++)
        for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
            if (routes[i].method == METHOD_GET)
                continue;
            v.origin = cases[k].origin;
            v.fetch_site = cases[k].fetch_site;
            v.no_origin = cases[k].no_origin;
            v.if_match = "\"0\"";
            int code = request_as(&v, method_of(&routes[i]), address_of(i, mem, LANG_VI),
                                  cases[k].token ? cases[k].token : right);
            if (code != 403)
                fail_msg("%s with %s: %d", routes[i].name, cases[k].what, code);
        }
    assert_int_equal(changes(&v), before);
    arena_free(mem);
    visit_end(&v);
}

/* Before all routes for one visitor: what each must answer. 0: not looked at here. */
static int wanted_code(const route *r, const char *who)
{
    bool judge = strcmp(who, "gk01") == 0, stranger = strcmp(who, "") == 0;
    if (r->who == FOR_ANYONE)
        return 0;
    if (stranger)
        return r->method == METHOD_GET ? 303 : 401;
    return r->who == FOR_JUDGE && !judge ? 403 : 0;
}

TEST("role by route: strangers are asked to sign in, organizers cannot mark, judges can do all of "
     "theirs")
{
    static const char *const visitors[] = {"", "btc", "gk01"};
    for (size_t w = 0; w < 3; w++) {
        visit v;
        visit_start(&v);
        arena *mem = arena_new(1 << 20);
        if (visitors[w][0])
            assert_int_equal(sign_in(&v, visitors[w]), 303);
        int64_t before = changes(&v);
        for (size_t i = 0; i < ROUTE_COUNT; i++) {
            const char *address = address_of(i, mem, LANG_VI);
            if (routes[i].who == FOR_ANYONE)
                continue;
            bool writes = routes[i].method != METHOD_GET;
            int wanted = wanted_code(&routes[i], visitors[w]);
            if (writes && !wanted)
                continue; /* allowed ones are done in the tests below */
            const char *form_page = visitors[w][0] ? "/vi" : "/vi/sign-in";
            int code = writes ? send_form(&v, method_of(&routes[i]), form_page, address,
                                          "rev=0&reason=author")
                              : get(&v, address);
            if (wanted ? code != wanted : code >= 400)
                fail_msg("%s for “%s”: %d", routes[i].name, visitors[w], code);
            if (code == 303 && wanted)
                assert_non_null(strstr(header(&v, "Location"), "/vi/sign-in?next=%2F"));
        }
        assert_int_equal(changes(&v), before); /* and no GET has changed anything */
        arena_free(mem);
        visit_end(&v);
    }
}

TEST("a handwritten essay is read on its pictures, page by page, by its own judges only")
{
    visit v;
    visit_start(&v);
    assert_int_equal(sign_in(&v, "gk01"), 303);
    assert_int_equal(get(&v, "/vi/entry/A1"), 200);
    assert_non_null(strstr(page(&v), "<img src=\"/vi/picture/A1.2\" alt=\"Ảnh trang viết tay 2\""));
    assert_null(strstr(page(&v), "A1.3"));
    assert_int_equal(get(&v, "/vi/picture/A1.2"), 200);
    assert_string_equal(header(&v, "Content-Type"), "image/jpeg");
    assert_int_equal(v.reply.page.out.size, 4);
    static const char *const none[] = {"A1.3", "A1.0", "A1.-1", "A1.", "A3", "A3.1", "A2", ".1"};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
        char address[60];
        snprintf(address, sizeof address, "/vi/picture/%s", none[i]);
        assert_int_equal(get(&v, address), 404);
    }
    run_sql(v.path, "UPDATE blind SET text = '' WHERE phach = 'A2'");
    assert_int_equal(get(&v, "/vi/entry/A2"), 200);
    assert_non_null(strstr(page(&v), "Hãy đọc bản giấy mang cùng mã phách"));
    visit_end(&v);
}

TEST("a judge sees neither another judge's essay nor one of a round not open, and cannot tell it "
     "from none")
{
    static const char *const hidden[] = {"A3", "B1", "A9"};
    static const char *const pages[] = {"", "/receipt", "/recuse"};
    visit v;
    visit_start(&v);
    assert_int_equal(sign_in(&v, "gk01"), 303);
    char address[64], first[4096] = "";
    for (size_t k = 0; k < 3; k++)
        for (size_t i = 0; i < 3; i++) {
            snprintf(address, sizeof address, "/vi/entry/%s%s", hidden[i], pages[k]);
            assert_int_equal(get(&v, address), 404);
            const char *main_part = strstr(page(&v), "<main");
            assert_non_null(main_part);
            if (!first[0])
                snprintf(first, sizeof first, "%s", main_part);
            assert_string_equal(main_part, first);
        }
    for (size_t i = 0; i < 3; i++) {
        snprintf(address, sizeof address, "/vi/entry/%s", hidden[i]);
        assert_int_equal(post(&v, "/vi/judge", address, "rev=0&do=save&m-11=5"), 404);
        snprintf(address, sizeof address, "/vi/entry/%s/recuse", hidden[i]);
        assert_int_equal(post(&v, "/vi/judge", address, "rev=0&reason=author"), 404);
    }
    assert_int_equal(ask(&v, "SELECT count(*) FROM mark"), 0);
    visit_end(&v);
}

TEST("no page and no header of a judge or of the public says who anybody is")
{
    visit v;
    visit_start(&v);
    arena *mem = arena_new(1 << 20);
    assert_int_equal(sign_in(&v, "gk01"), 303);
    for (size_t i = 0; i < ROUTE_COUNT; i++)
        for (int lang = 0; lang < LANG_COUNT; lang++) {
            if (routes[i].method != METHOD_GET)
                continue;
            get(&v, address_of(i, mem, (language)lang));
            lacks(&v, "CANARY");
            for (size_t k = 0; k < v.reply.header_count; k++)
                assert_null(strstr(v.reply.headers[k].value, "CANARY"));
        }
    assert_int_equal(get(&v, "/vi/certificate?code=be0a+bjqf+2gwn+xox8+sqsl"), 200);
    has(&v, "Ông &lt;Ổn&gt;");
    has(&v, "thu hồi");
    lacks(&v, "CANARY");
    arena_free(mem);
    visit_end(&v);
}

TEST("a certificate's page tells each of its states, in both languages, and what is printed")
{
    static const struct {
        const char *state, *vi, *en;
    } cases[] = {{"issued", "có thật và đang có hiệu lực", "genuine and valid"},
                 {"held", "tạm dừng hiệu lực", "suspended for now"},
                 {"revoked", "đã bị thu hồi", "was revoked"},
                 {"replaced", "thay bằng giấy mới", "replaced by a new one"}};
    visit v;
    visit_start(&v);
    for (size_t i = 0; i < 4; i++) {
        char sql[100];
        snprintf(sql, sizeof sql, "UPDATE certificate SET state = '%s'", cases[i].state);
        run_sql(v.path, sql);
        assert_int_equal(get(&v, "/vi/certificate?code=BE0A-BJQF-2GWN-X0X8-SQS1"), 200);
        has(&v, cases[i].vi);
        has(&v, "số 12/QĐ ngày 31/5/2024");
        get(&v, "/en/certificate?code=be0abjqf2gwnx0x8sqs1");
        has(&v, cases[i].en);
        has(&v, "No. 12/QĐ of 31 May 2024");
        has(&v, "2024/GCN-001");
    }
    visit_end(&v);
}

TEST("a certificate's own PDF, sent to the check, says what is printed and whether it holds; "
     "another "
     "file does not")
{
    static const char frame[] = "--b\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n%s\r\n"
                                "--b\r\nContent-Disposition: form-data; name=\"file\"; "
                                "filename=\"x.pdf\"\r\n\r\n%s\r\n--b--\r\n";
    visit v;
    visit_start(&v);
    run_sql(v.path, "UPDATE certificate SET state = 'issued', pdf_hash ="
                    " x'324dcf027dd4a30a932c441f365a25e86b173defa4b8e58948253471b81b72cf'");
    static const struct {
        const char *bytes, *said;
        int code;
    } cases[] = {{"hello", "có thật và đang có hiệu lực", 200},
                 {"hello ", "không phải bản gốc đã cấp", 404},
                 {"", "Chưa chọn tệp nào", 404}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char csrf[65], body[600];
        get(&v, "/vi/certificate");
        read_csrf(&v, csrf);
        snprintf(body, sizeof body, frame, csrf, cases[i].bytes);
        v.type = "multipart/form-data; boundary=b";
        assert_int_equal(request_as(&v, "POST", "/vi/certificate", body), cases[i].code);
        has(&v, cases[i].said);
    }
    v.type = "multipart/form-data; boundary=b"; /* other pages take plain forms only */
    assert_int_equal(request_as(&v, "POST", "/vi/sign-in", "--b--"), 400);
    visit_end(&v);
}

/* ---- what is public of a contest ---- */

TEST("nothing of a contest is public before it is published, and then names, units, rules and "
     "draws are")
{
    visit v;
    visit_start(&v);
    run_sql(
        v.path,
        "INSERT INTO award(award_id, year, kind, prize, entry_id, recipient, recipient_fold,"
        " recipient_unit, title, track, state, decision, decision_date, reason) VALUES"
        " (2, 2024, 'entry', 'Giải Nhất', 1, 'Người <Được Giải>', 'x', 'Quận Một', 'CANARY-TITLE',"
        " 'Bài viết', 'decided', '1/QĐ', '2024-09-01', 'CANARY-WHY'),"
        " (3, 2024, 'entry', 'Giải Nhì', NULL, 'CANARY-HELD', 'x', '', '', '', 'held', '1/QĐ',"
        " '2024-09-01', ''), (4, 2024, 'entry', 'Giải Ba', NULL, 'CANARY-PROPOSED', 'x', '', '', "
        "'',"
        " 'proposed', NULL, NULL, '');"
        "INSERT INTO draw(draw_id, round_id, seed, inputs, inputs_hash, output_hash, per_entry, "
        "proof,"
        " state, at) VALUES (7, 1, x'ABCD', 'entry,track', x'11', x'22', 2, '{}', 'published', 1),"
        " (8, 1, x'EF01', 'CANARY-PLAN', x'33', x'44', 2, '{}', 'planned', 1);");
    get(&v, "/vi/contest/2024/results");
    has(&v, "Kết quả chưa được công bố");
    lacks(&v, "Người");
    get(&v, "/vi/contest/2024/draws");
    has(&v, "<dd class=\"hash\">11</dd>");
    lacks(&v, "abcd");
    assert_int_equal(get(&v, "/vi/draw/7"), 404);
    assert_int_equal(get(&v, "/vi/contest/2024/methods"), 404);
    assert_int_equal(get(&v, "/vi/contest/1999"), 404);
    assert_int_equal(get(&v, "/vi/contest/x"), 404);
    assert_ok(publish_results(v.organizer, "cli:t", 2024, (slice){"%PDF-x", 6}, &v.f), &v.f);
    get(&v, "/en/contest/2024/results");
    has(&v, "Người &lt;Được Giải&gt;");
    has(&v, "Quận Một");
    lacks(&v, "CANARY");
    get(&v, "/vi/contest/2024/draws");
    has(&v, "abcd");
    lacks(&v, "ef01");
    assert_int_equal(get(&v, "/vi/draw/7"), 200);
    assert_string_equal(page(&v), "entry,track");
    assert_string_equal(header(&v, "Content-Disposition"), "attachment; filename=\"rut-tham.txt\"");
    assert_int_equal(get(&v, "/vi/draw/8"), 404);
    assert_int_equal(get(&v, "/vi/contest/2024/methods"), 200);
    assert_string_equal(page(&v), "%PDF-x");
    assert_string_equal(header(&v, "Content-Type"), "application/pdf");
    run_sql(v.path, "UPDATE award SET state = 'revoked' WHERE award_id = 2");
    get(&v, "/vi/contest/2024/results");
    lacks(&v, "Người"); /* a revoked award vanishes by itself */
    assert_ok(publish_take_back(v.organizer, "cli:t", 2024, PUBLIC_RESULTS, &v.f), &v.f);
    assert_int_equal(get(&v, "/vi/draw/7"), 404);
    assert_int_equal(get(&v, "/vi/contest/2024/methods"), 404);
    assert_int_equal(publish_results(v.organizer, "cli:t", 2024, (slice){"", 0}, &v.f), E_CONFLICT);
    visit_end(&v);
}

TEST("a public page is not sent again to a stranger who has it")
{
    visit v;
    visit_start(&v);
    assert_int_equal(get(&v, "/vi"), 200);
    char etag[40];
    snprintf(etag, sizeof etag, "%s", header(&v, "ETag"));
    assert_string_equal(header(&v, "Cache-Control"), "private, max-age=60");
    v.if_none_match = etag;
    assert_int_equal(get(&v, "/vi"), 304);
    assert_string_equal(page(&v), "");
    assert_int_equal(sign_in(&v, "gk01"), 303);
    v.if_none_match = etag;
    assert_int_equal(get(&v, "/vi"), 200); /* it now has somebody's name on it */
    assert_string_equal(header(&v, "Cache-Control"), "private, no-cache");
    visit_end(&v);
}

TEST("text size and background are kept in a cookie that can say nothing else")
{
    static const struct {
        const char *query, *wanted;
    } cases[] = {{"size=large&theme=dark", "look=large.dark; "},
                 {"size=largest&theme=light", "look=largest.light; "},
                 {"size=%22%3E&theme=x%0D%0Ay", "look=normal.device; "},
                 {"", "look=normal.device; "}};
    visit v;
    visit_start(&v);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char target[100];
        snprintf(target, sizeof target, "/vi/look?%s&next=%%2Fvi%%2Fcertificate", cases[i].query);
        assert_int_equal(get(&v, target), 303);
        assert_int_equal(
            strncmp(header(&v, "Set-Cookie"), cases[i].wanted, strlen(cases[i].wanted)), 0);
        assert_string_equal(header(&v, "Location"), "/vi/certificate");
    }
    snprintf(v.cookie, sizeof v.cookie, "a=b; look=large.dark; c=d");
    get(&v, "/vi");
    has(&v, "<html lang=\"vi\" class=\"large dark\">");
    snprintf(v.cookie, sizeof v.cookie, "look=\"><script>.x");
    get(&v, "/vi");
    has(&v, "<html lang=\"vi\" class=\"normal device\">");
    get(&v, "/vi/look?size=large&theme=dark&next=https%3A%2F%2Fevil.example");
    assert_string_equal(header(&v, "Location"), "/vi");
    visit_end(&v);
}

TEST(
    "certificates can be looked up thirty times a minute from one address, without stopping others")
{
    visit v;
    visit_start(&v);
    rate_free(v.site.look_ups);
    assert_ok(rate_new(&v.site.look_ups, LOOK_UPS_A_MINUTE, &v.f), &v.f);
    for (int i = 0; i < LOOK_UPS_A_MINUTE; i++)
        assert_int_equal(get(&v, "/vi/certificate?code=BE0A-BJQF-2GWN-X0X8-SQS1"), 200);
    assert_int_equal(get(&v, "/vi/certificate?code=BE0A-BJQF-2GWN-X0X8-SQS1"), 429);
    assert_string_equal(header(&v, "Retry-After"), "60");
    assert_int_equal(get(&v, "/vi/certificate"), 200); /* asking for the page is no look-up */
    assert_true(rate_allows(v.site.look_ups, "10.0.0.2", v.now) ||
                rate_allows(v.site.look_ups, "10.0.0.3", v.now)); /* one may share the place */
    v.now += 60;
    assert_int_equal(get(&v, "/vi/certificate?code=BE0A-BJQF-2GWN-X0X8-SQS1"), 200);
    visit_end(&v);
}

/* ---- what every reply has ---- */

static void check_reply(const visit *v, const char *address)
{
    static const char *const wanted[][2] = {
        {"Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self';"},
        {"X-Content-Type-Options", "nosniff"},
        {"Referrer-Policy", "same-origin"},
        {"X-Frame-Options", "DENY"}};
    static const char *const forbidden[] = {" style=", "<style",   " onclick",
                                            " onload", " onerror", "javascript:"};
    static const char own_script[] = "<script src=\"/asset/";
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        const char *value = header(v, wanted[i][0]);
        if (!value || strncmp(value, wanted[i][1], strlen(wanted[i][1])) != 0)
            fail_msg("%s: %s is %s", address, wanted[i][0], value ? value : "missing");
    }
    assert_non_null(strstr(header(v, "Content-Security-Policy"), "frame-ancestors 'none'"));
    assert_null(strstr(header(v, "Content-Security-Policy"), "unsafe"));
    for (size_t i = 0; i < sizeof forbidden / sizeof *forbidden; i++)
        if (strstr(page(v), forbidden[i]))
            fail_msg("%s: “%s”", address, forbidden[i]);
    for (const char *p = page(v); (p = strstr(p, "<script")); p++)
        if (strncmp(p, own_script, sizeof own_script - 1) != 0)
            fail_msg("%s: %.60s", address, p);
}

TEST("every reply, also every refusal, has the security headers and no inline script or style")
{
    static const struct {
        const char *method, *target;
        int code;
    } odd[] = {{"GET", "/nothing", 404},
               {"GET", "/vi/entry/%zz", 400},
               {"PUT", "/vi", 405},
               {"GET", "/vi/certificate?code=%00", 400},
               {"GET", "/vi/certificate?code=x", 400},
               {"GET", "/en/certificate?code=BE0A-BJQF-2GWN-X0X8-SQS2", 400},
               {"GET", "/asset/none.css", 404},
               {"POST", "/vi", 405},
               {"TRACE", "/vi", 405}};
    visit v;
    visit_start(&v);
    arena *mem = arena_new(1 << 20);
    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++) {
        if (request_as(&v, odd[i].method, odd[i].target, "") != odd[i].code)
            fail_msg("%s %s: %d", odd[i].method, odd[i].target, v.reply.code);
        check_reply(&v, odd[i].target);
    }
    assert_int_equal(sign_in(&v, "gk01"), 303);
    for (size_t i = 0; i < ROUTE_COUNT; i++) {
        const char *address = address_of(i, mem, LANG_EN);
        get(&v, address);
        check_reply(&v, address);
    }
    arena_free(mem);
    visit_end(&v);
}

TEST("a refusal speaks the visitor's language")
{
    static const struct {
        const char *target, *vi_or_en;
    } cases[] = {{"/vi/nothing", "Không tìm thấy"},
                 {"/en/nothing", "Not found"},
                 {"/nothing", "Không tìm thấy"}};
    visit v;
    visit_start(&v);
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(get(&v, cases[i].target), 404);
        has(&v, cases[i].vi_or_en);
    }
    char body[73 * 1024];
    memset(body, 'a', sizeof body - 1);
    body[sizeof body - 1] = '\0';
    assert_int_equal(request_as(&v, "POST", "/en/sign-in", body), 413);
    has(&v, "larger than allowed (72 KiB)");
    v.type = "text/plain";
    assert_int_equal(request_as(&v, "POST", "/vi/sign-in", "name=x"), 400);
    has(&v, "chỉ nhận biểu mẫu thường");
    visit_end(&v);
}

TEST("an asset has an ETag and is not sent again to who has it")
{
    visit v;
    visit_start(&v);
    assert_int_equal(get(&v, "/asset/chamthi.css"), 200);
    char etag[40];
    snprintf(etag, sizeof etag, "%s", header(&v, "ETag"));
    assert_true(v.reply.fixed.size > 2000);
    v.if_none_match = etag;
    assert_int_equal(get(&v, "/asset/chamthi.css"), 304);
    assert_int_equal(v.reply.fixed.size, 0);
    v.if_none_match = "\"0000000000000000\"";
    assert_int_equal(get(&v, "/asset/chamthi.css"), 200);
    visit_end(&v);
}

/* ---- sessions ---- */

TEST("the cookie is HttpOnly and SameSite, behind TLS also Secure and bound to the host; it "
     "changes at sign-in")
{
    static const struct {
        const char *url, *name;
        bool secure;
    } cases[] = {{NULL, "chamthi=", false},
                 {"http://10.0.0.5", "chamthi=", false},
                 {"https://cham.example.vn", "__Host-chamthi=", true}};
    for (size_t i = 0; i < 3; i++) {
        visit v;
        visit_start(&v);
        v.site.public_url = cases[i].url;
        v.site.secure = cases[i].secure;
        char before[200];
        get(&v, "/vi/sign-in");
        snprintf(before, sizeof before, "%s", v.cookie);
        assert_int_equal(sign_in(&v, "gk01"), 303);
        const char *set = header(&v, "Set-Cookie");
        assert_true(strncmp(set, cases[i].name, strlen(cases[i].name)) == 0);
        assert_non_null(strstr(set, "; Path=/; HttpOnly; SameSite=Lax"));
        assert_int_equal(strstr(set, "; Secure") != NULL, cases[i].secure);
        assert_int_equal(header(&v, "Strict-Transport-Security") != NULL, cases[i].secure);
        assert_string_not_equal(before, v.cookie);
        assert_int_equal(get(&v, "/vi/judge"), 200);
        visit_end(&v);
    }
}

TEST("a session runs out; what was typed then waits inside the sign-in form and is stored after it")
{
    visit v;
    visit_start(&v);
    assert_int_equal(sign_in(&v, "gk01"), 303);
    get(&v, "/vi/entry/A1");
    char csrf[65], body[400];
    read_csrf(&v, csrf);
    v.now += SESSION_SECONDS_JUDGE;
    snprintf(body, sizeof body, "csrf=%s&rev=0&do=save&m-11=8%%2C5&m-12=&comment=a%%0Ab%%3C", csrf);
    assert_int_equal(request_as(&v, "POST", "/vi/entry/A1", body), 401);
    has(&v, "name=\"keep-m-11\" value=\"8,5\"");
    has(&v, "name=\"keep-comment\" value=\"a\nb&lt;\"");
    assert_int_equal(ask(&v, "SELECT count(*) FROM mark"), 0);
    read_csrf(&v, csrf);
    const char *kept =
        "next=%2Fvi%2Fentry%2FA1&keep-rev=0&keep-do=save&keep-m-11=8%2C5&keep-comment=a%0Ab%3C";
    snprintf(body, sizeof body, "csrf=%s&name=gk01&password=sai&%s", csrf, kept);
    assert_int_equal(request_as(&v, "POST", "/vi/sign-in", body), 403);
    has(&v, "name=\"keep-m-11\" value=\"8,5\"");
    lacks(&v, "keep-keep-");
    lacks(&v, "keep-password");
    read_csrf(&v, csrf);
    snprintf(body, sizeof body,
             "csrf=%s&name=gk01&password=m%%E1%%BB%%99t+c%%C3%%A2u+d%%C3%%A0i+d%%E1%%BB%%85+nh%%E1%"
             "%BB%%9B&%s",
             csrf, kept);
    assert_int_equal(request_as(&v, "POST", "/vi/sign-in", body), 200);
    has(&v, "action=\"/vi/entry/A1\"");
    has(&v, "name=\"m-11\" value=\"8,5\"");
    char *form_start = strstr(page(&v), "action=\"/vi/entry/A1\""),
         *token = strstr(form_start, "value=\"");
    snprintf(body, sizeof body, "csrf=%.64s&rev=0&do=save&m-11=8%%2C5&comment=a%%0Ab%%3C",
             token + 7);
    assert_int_equal(request_as(&v, "POST", "/vi/entry/A1", body), 303);
    assert_int_equal(ask(&v, "SELECT points FROM mark WHERE sheet_id = 1"), 850);
    visit_end(&v);
}

TEST("after signing in one comes to an address of ours, never to another's")
{
    static const struct {
        const char *next, *wanted;
    } cases[] = {{"%2Fvi%2Fentry%2FA2", "/vi/entry/A2"},
                 {"%2Fvi%2Fcertificate%3Fcode%3Dx", "/vi/certificate?code=x"},
                 {"https%3A%2F%2Fevil.example%2F", "/vi/judge"},
                 {"%2F%2Fevil.example%2Fvi", "/vi/judge"},
                 {"%2F%5Cevil.example", "/vi/judge"},
                 {"%2Fvi%2Fnothing", "/vi/judge"},
                 {"%2Fvi%2Fsign-out", "/vi/judge"},
                 {"vi%2Fjudge", "/vi/judge"},
                 {"", "/vi/judge"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        visit v;
        char body[300];
        visit_start(&v);
        snprintf(body, sizeof body,
                 "next=%s&name=gk01&password=m%%E1%%BB%%99t+c%%C3%%A2u+d%%C3%%A0i+d%%E1%%BB%%85+nh%"
                 "%E1%%BB%%9B",
                 cases[i].next);
        assert_int_equal(post(&v, "/vi/sign-in", "/vi/sign-in", body), 303);
        assert_string_equal(header(&v, "Location"), cases[i].wanted);
        visit_end(&v);
    }
}

TEST("an organizer is asked for a code after the right password, and signs in with it")
{
    visit v;
    visit_start(&v);
    const char *typed = "name=btc&password=m%E1%BB%99t+c%C3%A2u+d%C3%A0i+d%E1%BB%85+nh%E1%BB%9B";
    get(&v, "/vi/sign-in");
    lacks(&v, "name=\"code\"");
    assert_int_equal(post(&v, "/vi/sign-in", "/vi/sign-in", typed), 409);
    has(&v, "name=\"code\"");
    has(&v, "value=\"btc\"");
    lacks(&v, "value=\"một");
    assert_int_equal(sign_in(&v, "btc"), 303);
    visit_end(&v);
}

TEST("too many wrong passwords: 429 with the time to wait, in words and as a header")
{
    visit v;
    visit_start(&v);
    for (int i = 0; i < FAILURES_PER_ACCOUNT; i++)
        assert_int_equal(post(&v, "/vi/sign-in", "/vi/sign-in", "name=gk01&password=sai"), 403);
    assert_int_equal(sign_in(&v, "gk01"), 429);
    has(&v, "hãy đợi 15 phút");
    assert_string_equal(header(&v, "Retry-After"), "900");
    v.now += FAILURE_WINDOW;
    assert_int_equal(sign_in(&v, "gk01"), 303);
    visit_end(&v);
}

TEST("signing out ends the session in every tab and takes the cookie back")
{
    visit v;
    char old[200];
    visit_start(&v);
    assert_int_equal(sign_in(&v, "gk01"), 303);
    snprintf(old, sizeof old, "%s", v.cookie);
    assert_int_equal(post(&v, "/vi/judge", "/vi/sign-out", ""), 303);
    assert_non_null(strstr(header(&v, "Set-Cookie"), "Max-Age=0"));
    snprintf(v.cookie, sizeof v.cookie, "%s", old);
    assert_int_equal(get(&v, "/vi/judge"), 303);
    visit_end(&v);
}

/* ---- sheets ---- */

TEST("a draft keeps what was typed, byte for byte, and a blank is no mark")
{
    visit v;
    visit_start(&v);
    assert_int_equal(sign_in(&v, "gk01"), 303);
    assert_int_equal(post(&v, "/vi/entry/A1", "/vi/entry/A1",
                          "rev=0&do=save&m-11=8%2C5&m-12=&comment=%3Cscript%3E%27%22%26amp%3B%3C%2F"
                          "script%3E%0D%0A+%E1%BA%B7"),
                     303);
    assert_string_equal(header(&v, "Location"), "/vi/entry/A1#state");
    assert_int_equal(ask(&v, "SELECT points FROM mark WHERE sheet_id = 1 AND criterion_id = 11"),
                     850);
    assert_int_equal(ask(&v, "SELECT count(*) FROM mark"), 1);
    char sql[200];
    snprintf(sql, sizeof sql,
             "SELECT length(comment) = %zu AND rev = 1 AND state = 'draft' FROM sheet"
             " WHERE sheet_id = 1",
             strlen(hostile) - 2); /* two bytes more than characters */
    assert_int_equal(ask(&v, sql), 1);
    get(&v, "/vi/entry/A1");
    has(&v, "value=\"8,5\"");
    has(&v, ">\n&lt;script&gt;&#39;&quot;&amp;amp;&lt;/script&gt;\n ặ</textarea>");
    get(&v, "/en/entry/A1");
    has(&v, "value=\"8.5\"");
    visit_end(&v);
}

TEST("marks that cannot stand are named, the others stored, all typed text kept; nothing is "
     "submitted")
{
    visit v;
    visit_start(&v);
    assert_int_equal(sign_in(&v, "gk01"), 303);
    assert_int_equal(
        post(&v, "/vi/entry/A1", "/vi/entry/A1", "rev=0&do=submit&m-11=11&m-12=4%2C75&comment=x"),
        422);
    has(&v, "nằm ngoài thang điểm 0–10");
    has(&v, "name=\"m-11\" value=\"11\"");
    has(&v, "name=\"m-12\" value=\"4,75\"");
    has(&v, "name=\"rev\" value=\"1\"");
    assert_int_equal(ask(&v, "SELECT points FROM mark WHERE sheet_id = 1"), 475);
    assert_int_equal(ask(&v, "SELECT state = 'draft' FROM sheet WHERE sheet_id = 1"), 1);
    visit_end(&v);
}

TEST("a submitted sheet has a receipt, the same form again gives the same one, another form a "
     "conflict")
{
    visit v;
    visit_start(&v);
    assert_int_equal(sign_in(&v, "gk01"), 303);
    const char *typed = "rev=0&do=submit&m-11=8.5&m-12=4%2C25&comment=hay";
    char csrf[65], body[300];
    get(&v, "/vi/entry/A1");
    read_csrf(&v, csrf);
    for (int i = 0; i < 2; i++) {
        snprintf(body, sizeof body, "csrf=%s&%s", csrf, typed);
        assert_int_equal(request_as(&v, "POST", "/vi/entry/A1", body), 303);
        assert_string_equal(header(&v, "Location"), "/vi/entry/A1/receipt");
    }
    assert_int_equal(ask(&v, "SELECT rev FROM sheet WHERE sheet_id = 1"), 1);
    assert_int_equal(ask(&v, "SELECT count(*) FROM audit WHERE action = 'sheet.submit'"), 1);
    assert_int_equal(get(&v, "/vi/entry/A1/receipt"), 200);
    has(&v, "12,75");
    snprintf(body, sizeof body, "csrf=%s&rev=0&do=submit&m-11=9&m-12=4%%2C25&comment=hay", csrf);
    assert_int_equal(request_as(&v, "POST", "/vi/entry/A1", body), 409);
    has(&v, "<td>8,5</td><td>9</td>");
    lacks(&v, "value=\"save\"");
    assert_int_equal(ask(&v, "SELECT points FROM mark WHERE criterion_id = 11"), 850);
    visit_end(&v);
}

TEST("a form of an older revision changes nothing and is shown beside what is stored")
{
    visit v;
    visit_start(&v);
    assert_int_equal(sign_in(&v, "gk01"), 303);
    assert_int_equal(post(&v, "/vi/entry/A1", "/vi/entry/A1", "rev=0&do=save&m-11=5&comment=cu"),
                     303);
    int64_t before = changes(&v);
    assert_int_equal(
        post(&v, "/vi/entry/A1", "/vi/entry/A1", "rev=0&do=save&m-11=7%2C5&comment=moi"), 409);
    has(&v, "<td>5</td><td>7,5</td>");
    has(&v, "name=\"rev\" value=\"1\"");
    has(&v, "name=\"comment\" value=\"moi\"");
    assert_int_equal(changes(&v), before);
    assert_int_equal(
        post(&v, "/vi/entry/A1", "/vi/entry/A1", "rev=1&do=save&m-11=7%2C5&comment=moi"), 303);
    assert_int_equal(ask(&v, "SELECT points FROM mark WHERE sheet_id = 1"), 750);
    visit_end(&v);
}

TEST("of two that read the same revision only the first may write, also when both passed the "
     "page's own look")
{
    visit v;
    visit_start(&v);
    account who = {.name = "gk01", .role = ROLE_JUDGE, .judge = "GK01", .judge_id = 1};
    desk_sheet sheet;
    desk_mark marks[2] = {{MARK_POINTS, 500}, {MARK_BLANK, 0}};
    desk_change change = {0, marks, "một", "", "", DESK_SAVE, 1};
    store *db = v.worker.judge;
    assert_ok(desk_sheet_read(db, v.worker.mem, &who, "A1", &sheet, &v.f), &v.f);
    assert_ok(desk_write(db, v.worker.mem, &who, &sheet, &change, &v.f), &v.f);
    marks[0].points = 700;
    change.comment = "hai";
    assert_int_equal(desk_write(db, v.worker.mem, &who, &sheet, &change, &v.f), E_CONFLICT);
    assert_int_equal(desk_recuse(db, &who, &sheet, 0, CONFLICT_AUTHOR, NULL, &v.f), E_CONFLICT);
    assert_int_equal(ask(&v, "SELECT points FROM mark WHERE sheet_id = 1"), 500);
    assert_int_equal(ask(&v, "SELECT comment = 'một' AND rev = 1 FROM sheet WHERE sheet_id = 1"),
                     1);
    account other = {.name = "gk02", .role = ROLE_JUDGE, .judge = "GK02", .judge_id = 2};
    change.rev = 1; /* somebody else's hands on the same sheet */
    assert_int_equal(desk_write(db, v.worker.mem, &other, &sheet, &change, &v.f), E_CONFLICT);
    visit_end(&v);
}

TEST("a sheet of a closed round, a submitted one and a recused one can be read but not written")
{
    static const char *const closings[] = {
        "UPDATE round SET state = 'closed' WHERE round_id = 1",
        "UPDATE sheet SET state = 'submitted', submitted_at = 0, code = 'X' WHERE sheet_id = 1",
        "UPDATE sheet SET state = 'recused' WHERE sheet_id = 1"};
    for (size_t i = 0; i < 3; i++) {
        visit v;
        visit_start(&v);
        assert_int_equal(sign_in(&v, "gk01"), 303);
        run_sql(v.path, closings[i]);
        int64_t before = changes(&v);
        assert_int_equal(post(&v, "/vi/judge", "/vi/entry/A1", "rev=0&do=save&m-11=5"), 409);
        post(&v, "/vi/judge", "/vi/entry/A1/recuse", "rev=0&reason=author");
        assert_int_equal(changes(&v), before);
        assert_int_equal(get(&v, "/vi/entry/A1"), 200);
        lacks(&v, "class=\"mark\"");
        visit_end(&v);
    }
}

TEST("a returned sheet shows the reason and can be written again")
{
    visit v;
    visit_start(&v);
    assert_int_equal(sign_in(&v, "gk01"), 303);
    run_sql(v.path, "UPDATE sheet SET state = 'returned', rev = 4, returned_reason = 'thiếu <điểm>'"
                    " WHERE sheet_id = 1");
    get(&v, "/vi/entry/A1");
    has(&v, "thiếu &lt;điểm&gt;");
    assert_int_equal(post(&v, "/vi/entry/A1", "/vi/entry/A1", "rev=4&do=submit&m-11=5&m-12=5"),
                     303);
    assert_int_equal(
        ask(&v, "SELECT state = 'submitted' AND rev = 5 FROM sheet WHERE sheet_id = 1"), 1);
    visit_end(&v);
}

TEST("declining wants a reason, leaves one audit row without names, and hides the text")
{
    visit v;
    visit_start(&v);
    assert_int_equal(sign_in(&v, "gk01"), 303);
    assert_int_equal(post(&v, "/vi/entry/A1/recuse", "/vi/entry/A1/recuse", "rev=0"), 400);
    assert_int_equal(
        post(&v, "/vi/entry/A1/recuse", "/vi/entry/A1/recuse", "rev=0&reason=relation"), 303);
    assert_int_equal(ask(&v,
                         "SELECT count(*) FROM audit WHERE action = 'sheet.recuse' AND actor ="
                         " 'judge:GK01' AND object = 'sheet A1' AND after = 'recused: relation'"),
                     1);
    get(&v, "/vi/entry/A1");
    lacks(&v, "Đoạn một.");
    get(&v, "/vi/judge");
    has(&v, "trên 1 bài"); /* it no longer counts */
    visit_end(&v);
}

TEST("a reason may be explained in as many Vietnamese letters as its field takes")
{
    visit v;
    visit_start(&v);
    assert_int_equal(sign_in(&v, "gk01"), 303);
    char csrf[65], *body = malloc(10000);
    assert_non_null(body);
    get(&v, "/vi/entry/A1/recuse");
    has(&v, "maxlength=\"1000\"");
    read_csrf(&v, csrf);
    int size = snprintf(body, 10000, "csrf=%s&rev=0&reason=other&note=", csrf);
    for (int i = 0; i < 1000; i++)
        size += snprintf(body + size, 10000 - (size_t)size, "%s", "%E1%BB%87");
    assert_int_equal(request_as(&v, "POST", "/vi/entry/A1/recuse", body), 303);
    assert_int_equal(ask(&v, "SELECT length(note) FROM declared_conflict"), 1000);
    free(body);
    visit_end(&v);
}

TEST("a comment too long is named, and the marks beside it are stored")
{
    visit v;
    visit_start(&v);
    assert_int_equal(sign_in(&v, "gk01"), 303);
    char csrf[65], *body = malloc(8000);
    get(&v, "/vi/entry/A1");
    read_csrf(&v, csrf);
    int size = snprintf(body, 8000, "csrf=%s&rev=0&do=save&m-11=5&comment=", csrf);
    memset(body + size, 'x', 5001);
    body[size + 5001] = '\0';
    assert_int_equal(request_as(&v, "POST", "/vi/entry/A1", body), 422);
    has(&v, "dài quá 5.000 ký tự");
    assert_int_equal(ask(&v, "SELECT points FROM mark WHERE sheet_id = 1"), 500);
    assert_int_equal(ask(&v, "SELECT length(comment) FROM sheet WHERE sheet_id = 1"), 0);
    free(body);
    visit_end(&v);
}

TEST("after all this the audit chain is whole and the database keeps every promise")
{
    visit v;
    visit_start(&v);
    assert_int_equal(sign_in(&v, "gk01"), 303);
    assert_int_equal(post(&v, "/vi/entry/A1", "/vi/entry/A1", "rev=0&do=submit&m-11=5&m-12=5"),
                     303);
    assert_int_equal(post(&v, "/vi/judge", "/vi/sign-out", ""), 303);
    audit_verdict verdict;
    assert_ok(audit_verify(v.organizer, &verdict, &v.f), &v.f);
    assert_true(verdict.intact);
    assert_true(verdict.rows >= 5);
    visit_end(&v);
}
