/* The web room's pure parts: escaping, forms, numbers, addresses, the route table, the messages. */
#include "test.h"

#include "web/form.h"
#include "web/format.h"
#include "web/highlight.h"
#include "web/html.h"
#include "web/listen.h"
#include "web/message.h"
#include "web/route.h"

/* ---- escaping ---- */

static const char *const seeds[] = {
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "' onmouseover='alert(1)",
    "\" autofocus onfocus=alert(1) x=\"",
    "</textarea><script>alert(1)</script>",
    "</title><svg onload=alert(1)>",
    "<!--<img src=\"--><img src=x onerror=alert(1)//\">",
    "javascript:alert(1)",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&amp;amp;lt;",
    "&#60;script&#62;",
    "&#x3c;img&#x3e;",
    "<%00script>",
    "<scr\tipt>",
    "<a href=\"data:text/html,<script>alert(1)</script>\">",
    "{{7*7}} ${7*7} <%= 7*7 %>",
    "%s%n%d%p %%",
    "]]><x>",
    "<math><mtext></mtext><script>",
    "\\\"; alert(1); //",
    "<base href=//evil.example>",
    "<meta http-equiv=refresh content=0>",
    "<style>*{display:none}</style>",
    "\xE2\x80\xAE<evil>\xE2\x80\xAC",
    "ặ ễ ổ <b>đậm</b> “ngoặc”",
    "+84<>'\"&",
    "\r\n<b>\r",
    "a\x01\x02<\x7F>",
    "`<img src=`x`onerror=alert(1)>`",
    "<IMG \"\"\"><SCRIPT>alert(1)</SCRIPT>\">",
};

/* What a browser reads back from what html_put wrote. */
static void unescape(const char *p, buffer *out)
{
    static const char *const entities[][2] = {{"&amp;", "&"},   {"&lt;", "<"},  {"&gt;", ">"},
                                              {"&quot;", "\""}, {"&#39;", "'"}, {"&#13;", "\r"}};
    while (*p) {
        size_t step = 0;
        for (size_t i = 0; i < 6 && !step; i++)
            if (strncmp(p, entities[i][0], strlen(entities[i][0])) == 0) {
                buffer_text(out, entities[i][1]);
                step = strlen(entities[i][0]);
            }
        if (!step)
            buffer_byte(out, *p);
        p += step ? step : 1;
    }
}

static void check_escaped(const char *hostile)
{
    html h = {BUFFER_INIT, LANG_VI};
    html_put(&h, "%s", hostile);
    if (strpbrk(h.out.bytes, "<>\"'\r"))
        fail_msg("left as it was: %s", h.out.bytes);
    buffer back = BUFFER_INIT;
    unescape(h.out.bytes, &back);
    assert_string_equal(back.bytes, hostile);
    buffer_free(&back);
    buffer_free(&h.out);
}

TEST("three hundred hostile strings come back byte for byte and leave no bare sign of HTML")
{
    static const char *const frames[][2] = {
        {"", ""},   {"\"", "\""}, {"'", "'"},      {"</p>", "<p>"}, {"<![CDATA[", "]]>"},
        {"&", ";"}, {"<<", ">>"}, {"<!--", "-->"}, {"x=", " y"},    {"\\", "\\"}};
    size_t tried = 0;
    for (size_t i = 0; i < sizeof seeds / sizeof *seeds; i++)
        for (size_t k = 0; k < sizeof frames / sizeof *frames; k++) {
            char text[200];
            snprintf(text, sizeof text, "%s%s%s", frames[k][0], seeds[i], frames[k][1]);
            check_escaped(text);
            tried++;
        }
    assert_in_range(tried, 300, 300);
}

TEST(
    "the writer knows %s, %d, %lld, %zu and %%, and anything else spoils the page instead of lying")
{
    html h = {BUFFER_INIT, LANG_EN};
    html_put(&h, "<a href=\"%s\">%d %lld %zu %%</a>", "?a=1&b", -7, 1LL << 40, (size_t)12);
    html_put(&h, "%s", form_get(&(form){NULL, 0}, "absent"));
    assert_string_equal(h.out.bytes, "<a href=\"?a=1&amp;b\">-7 1099511627776 12 %</a>");
    assert_false(h.out.failed);
    html_put(&h, "%x", 255u);
    assert_true(h.out.failed);
    buffer_free(&h.out);
}

TEST("a sentence is text in both languages, also where it looks like HTML")
{
    html h = {BUFFER_INIT, LANG_VI};
    html_say(&h, "<b>%s</b>", "<i>%s</i>", "a<b");
    h.lang = LANG_EN;
    html_say(&h, "<b>%s</b>", "<i>%s</i>", "a<b");
    assert_string_equal(h.out.bytes, "&lt;b&gt;a&lt;b&lt;/b&gt;&lt;i&gt;a&lt;b&lt;/i&gt;");
    buffer_free(&h.out);
}

TEST("a text's lines become paragraphs, its empty lines none")
{
    html h = {BUFFER_INIT, LANG_VI};
    html_paragraphs(&h, "\n\nMột <b>\n \t\nHai\n");
    assert_string_equal(h.out.bytes, "<p>Một &lt;b&gt;</p>\n<p>Hai</p>\n");
    buffer_free(&h.out);
}

/* ---- forms ---- */

TEST("coloured passages are marked by characters, each in its paragraph; what lies behind the text "
     "is "
     "left out")
{
    static const struct {
        const char *text, *list, *wanted;
    } cases[] = {
        {"Một dòng", "", "<p>Một dòng</p>\n"},
        {"Một dòng", "0:0-3", "<p><mark>Một</mark> dòng</p>\n"},
        {"Một dòng", "0:4-8", "<p>Một <mark>dòng</mark></p>\n"},
        {"Ặ<Ổ>ễ", "0:0-2 0:3-5", "<p><mark>Ặ&lt;</mark>Ổ<mark>&gt;ễ</mark></p>\n"},
        {"một\n \nhai\nba", "0:0-1 1:1-3 2:0-2",
         "<p><mark>m</mark>ột</p>\n<p>h<mark>ai</mark></p>\n<p><mark>ba</mark></p>\n"},
        {"hai", "0:1-900", "<p>h<mark>ai</mark></p>\n"},
        {"hai\nba", "1:0-1 7:0-2", "<p>hai</p>\n<p><mark>b</mark>a</p>\n"},
        {"\xF0\x9F\x8C\xBE"
         "b",
         "0:1-2", "<p>\xF0\x9F\x8C\xBE<mark>b</mark></p>\n"},
        {"", "0:0-1", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        html h = {.lang = LANG_VI};
        buffer_reserve(&h.out, 1);
        html_highlighted(&h, cases[i].text, cases[i].list);
        assert_string_equal(h.out.bytes ? h.out.bytes : "", cases[i].wanted);
        buffer_free(&h.out);
    }
}

TEST("a list of passages that is none, or has too many, is refused")
{
    static const char *const bad[] = {"x",           "0:3-3",
                                      "0:5-3",       "0:0-3 0:2-4",
                                      "1:0-3 0:0-3", "0:0-3 ",
                                      " 0:0-3",      "0:0-3  0:4-5",
                                      "0:0-3,1:0-2", "0:-1-3",
                                      "0:0-",        "0-3",
                                      "0:0-3 1",     "0:0-99999999999999999999",
                                      "<b>"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        if (highlights_fit(bad[i]))
            fail_msg("“%s” passes for a list", bad[i]);
    assert_true(highlights_fit(""));
    assert_true(highlights_fit("0:0-3 0:3-4 2:1-2"));
    assert_int_equal(highlights_count("0:0-3 0:3-4 2:1-2"), 3);
    assert_int_equal(highlights_count(""), 0);
    buffer many = {0};
    for (int i = 0; i < HIGHLIGHTS_MOST; i++)
        buffer_format(&many, i ? " %d:0-1" : "%d:0-1", i);
    assert_true(highlights_fit(many.bytes));
    buffer_text(&many, " 999:0-1");
    assert_false(highlights_fit(many.bytes));
    buffer_free(&many);
}

TEST("a form is read as browsers write it")
{
    arena *mem = arena_new(1 << 20);
    static const char body[] = "a=1+2&b=%E1%BA%B7%26%3D&c&=d&&e=x%0D%0Ay%0Dz&a=again";
    form fields;
    fault f = {0};
    assert_ok(form_parse(mem, (slice){body, sizeof body - 1}, &fields, &f), &f);
    assert_int_equal(fields.count, 6);
    assert_string_equal(form_get(&fields, "a"), "1 2");
    assert_string_equal(form_get(&fields, "b"), "ặ&=");
    assert_string_equal(form_get(&fields, "c"), "");
    assert_string_equal(form_get(&fields, "e"), "x\ny\nz");
    assert_null(form_get(&fields, "f"));
    arena_free(mem);
}

TEST("a form with a NUL, a broken escape or what is no UTF-8 is refused, and one with too many "
     "fields")
{
    static const char *const bad[] = {"a=%00", "a=%",      "a=%4",        "a=%zz",         "%=1",
                                      "a=%FF", "a=%C3%28", "a=%ED%A0%80", "a=%F4%90%80%80"};
    arena *mem = arena_new(1 << 20);
    form fields;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        if (form_parse(mem, (slice){bad[i], strlen(bad[i])}, &fields, NULL) != E_INPUT)
            fail_msg("%s", bad[i]);
    buffer many = BUFFER_INIT;
    for (int i = 0; i < FORM_FIELDS_MAX; i++)
        buffer_text(&many, "x=1&");
    assert_int_equal(form_parse(mem, (slice){many.bytes, many.size}, &fields, NULL), OK);
    buffer_text(&many, "x=1");
    assert_int_equal(form_parse(mem, (slice){many.bytes, many.size}, &fields, NULL), E_LIMIT);
    buffer_free(&many);
    arena_free(mem);
}

TEST("a form with a file is read, its file left where it is; one cut short is refused")
{
#define PART(head, body) "--b\r\nContent-Disposition: form-data; " head "\r\n\r\n" body "\r\n"
    static const char whole[] =
        PART("name=\"csrf\"", "abc") PART("name=\"file\"; filename=\"../\"", "%PDF\r\n--x\r\n")
            PART("name=\"ghi\"", "ch\xC3\xBA") "--b--\r\n";
    static const struct {
        const char *type, *boundary;
    } types[] = {{"multipart/form-data; boundary=b", "--b"},
                 {"Multipart/Form-Data; charset=x; Boundary=\"----9a\"", "------9a"},
                 {"multipart/form-data", NULL},
                 {"application/x-www-form-urlencoded; boundary=b", NULL},
                 {NULL, NULL}};
    arena *mem = arena_new(1 << 20);
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        const char *got = form_boundary(mem, types[i].type);
        if (types[i].boundary)
            assert_string_equal(got, types[i].boundary);
        else
            assert_null(got);
    }
    form fields;
    slice file;
    fault f = {0};
    assert_ok(form_parse_parts(mem, (slice){whole, sizeof whole - 1}, "--b", &fields, &file, &f),
              &f);
    assert_int_equal(fields.count, 2);
    assert_string_equal(form_get(&fields, "csrf"), "abc");
    assert_string_equal(form_get(&fields, "ghi"), "chú");
    assert_int_equal(file.size, 11);
    assert_memory_equal(file.bytes, "%PDF\r\n--x\r\n", 11);
    for (size_t size = 0; size < sizeof whole - 5; size++) /* without its last mark */
        if (form_parse_parts(mem, (slice){whole, size}, "--b", &fields, &file, NULL) != E_INPUT)
            fail_msg("cut at %zu", size);
    arena_free(mem);
}

/* ---- numbers ---- */

TEST("numbers, marks and times are shown as readers of each language write them")
{
    char out[SHOWN_MAX];
    static const struct {
        int64_t n;
        const char *vi, *en;
    } numbers[] = {{0, "0", "0"},
                   {999, "999", "999"},
                   {1000, "1.000", "1,000"},
                   {-1234567, "-1.234.567", "-1,234,567"}};
    static const struct {
        int64_t points;
        const char *vi, *en;
    } marks[] = {{0, "0", "0"},      {850, "8,5", "8.5"}, {775, "7,75", "7.75"},
                 {1000, "10", "10"}, {5, "0,05", "0.05"}, {-50, "-0,5", "-0.5"}};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        show_number(out, LANG_VI, numbers[i].n);
        assert_string_equal(out, numbers[i].vi);
        show_number(out, LANG_EN, numbers[i].n);
        assert_string_equal(out, numbers[i].en);
    }
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        show_points(out, LANG_VI, marks[i].points);
        assert_string_equal(out, marks[i].vi);
        show_points(out, LANG_EN, marks[i].points);
        assert_string_equal(out, marks[i].en);
    }
    show_time(out, LANG_VI, 1717139100);
    assert_string_equal(out, "31/5/2024 14:05");
    show_time(out, LANG_EN, 1717139100);
    assert_string_equal(out, "31 May 2024, 14:05");
    show_date(out, LANG_EN, "2024-05-31");
    assert_string_equal(out, "31 May 2024");
    show_date(out, LANG_VI, "khoảng giữa năm hai nghìn không trăm hai mươi tư");
    assert_true(strlen(out) < SHOWN_MAX && strncmp(out, "khoảng giữa năm", 15) == 0);
}

/* ---- addresses ---- */

TEST("an address to listen on is read, or named as wrong")
{
    static const struct {
        const char *text;
        bool good, local;
    } cases[] = {{"127.0.0.1:8080", true, true},
                 {"localhost:0", true, true},
                 {"[::1]:8080", true, true},
                 {"0.0.0.0:80", true, false},
                 {"[2001:db8::1]:443", true, false},
                 {"127.0.0.1", false, false},
                 {":8080", false, false},
                 {"127.0.0.1:", false, false},
                 {"127.0.0.1:65536", false, false},
                 {"127.0.0.1:-1", false, false},
                 {"127.0.0.1:80x", false, false},
                 {"::1:80", false, false},
                 {"[::1:80", false, false},
                 {"example.vn:80", false, false}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        socket_address a;
        bool good = listen_parse(cases[i].text, &a, NULL) == OK;
        if (good != cases[i].good || (good && listen_is_loopback(&a) != cases[i].local))
            fail_msg("%s", cases[i].text);
    }
}

TEST("a public address has a scheme and a host and nothing more")
{
    static const struct {
        const char *text, *wanted;
        bool secure;
    } cases[] = {{"https://cham.example.vn", "https://cham.example.vn", true},
                 {"https://cham.example.vn/", "https://cham.example.vn", true},
                 {"http://10.0.0.5:8080", "http://10.0.0.5:8080", false},
                 {"cham.example.vn", NULL, false},
                 {"https://", NULL, false},
                 {"https://a/b", NULL, false},
                 {"https://a?x", NULL, false},
                 {"ftp://a", NULL, false}};
    arena *mem = arena_new(1 << 16);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *url = NULL;
        bool secure = false;
        status st = public_url_parse(mem, cases[i].text, &url, &secure, NULL);
        assert_int_equal(st, cases[i].wanted ? OK : E_USAGE);
        if (!cases[i].wanted)
            continue;
        assert_string_equal(url, cases[i].wanted);
        assert_int_equal(secure, cases[i].secure);
    }
    arena_free(mem);
}

TEST("of a forwarded request only the last address counts, the one our own proxy wrote")
{
    static const struct {
        const char *header, *wanted;
    } cases[] = {{"203.0.113.9", "203.0.113.9"},
                 {"1.2.3.4, 203.0.113.9", "203.0.113.9"},
                 {"1.2.3.4,2001:db8::7 ", "2001:db8::7"},
                 {"unknown", NULL},
                 {"1.2.3.4, ", NULL},
                 {"", NULL},
                 {NULL, NULL}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char got[INET6_ADDRSTRLEN] = "the peer";
        assert_int_equal(forwarded_for(cases[i].header, got), cases[i].wanted != NULL);
        assert_string_equal(got, cases[i].wanted ? cases[i].wanted : "the peer");
    }
}

/* ---- the route table ---- */

static const char *method_of(const route *r)
{
    static const char *const names[METHOD_COUNT] = {"GET", "POST", "PUT"};
    return names[r->method];
}

TEST("every route is found at the address made for it, whatever stands in its part, in both "
     "languages")
{
    static const char *const parts[] = {"K3F-92Q", "a/b?c#d", "../..", "ặ %20+&=", "vi"};
    arena *mem = arena_new(1 << 20);
    for (size_t i = 0; i < ROUTE_COUNT; i++)
        for (size_t k = 0; k < sizeof parts / sizeof *parts; k++)
            for (int lang = 0; lang < LANG_COUNT; lang++) {
                route_match m;
                const char *path = route_address(mem, (route_id)i, (language)lang, parts[k]);
                assert_non_null(path);
                assert_int_equal(route_find(mem, method_of(&routes[i]), path, &m, NULL), OK);
                if (m.route != &routes[i])
                    fail_msg("%s leads elsewhere", path);
                if (m.part)
                    assert_string_equal(m.part, parts[k]);
                if (strncmp(routes[i].pattern, "/:lang", 6) == 0)
                    assert_int_equal(m.lang, lang);
            }
    arena_free(mem);
}

TEST("each route takes at most one part, a POST takes a body and a GET takes none")
{
    for (size_t i = 0; i < ROUTE_COUNT; i++) {
        const char *p = routes[i].pattern;
        size_t parts = 0;
        for (; (p = strchr(p, ':')); p++)
            parts += strncmp(p, ":lang", 5) != 0;
        assert_in_range(parts, 0, 1);
        assert_int_equal(routes[i].body_limit > 0, routes[i].method != METHOD_GET);
        assert_true(routes[i].body_limit <= (i == ROUTE_CERTIFICATE_FILE ? 1024 : 72) * 1024);
        /* a judge's page gets a judge's connection, and nobody else's page does */
        assert_int_equal(routes[i].who == FOR_JUDGE, routes[i].db == BY_JUDGE);
        assert_true(routes[i].db != BY_ORGANIZER);
    }
}

TEST("addresses that are not in the table, or not with that method, are told apart")
{
    static const struct {
        const char *method, *path, *allow;
        bool found;
    } cases[] = {{"GET", "/vi/", "GET, HEAD", true},
                 {"HEAD", "/vi", "GET, HEAD", true},
                 {"POST", "/vi/sign-in", "GET, HEAD, POST", true},
                 {"DELETE", "/vi/sign-in", "GET, HEAD, POST", false},
                 {"PUT", "/vi/sign-out", "POST", false},
                 {"GET", "/vi/sign-out", "POST", false},
                 {"POST", "/vi", "GET, HEAD", false},
                 {"GET", "/vi?x=/sign-in", "GET, HEAD", true},
                 {"GET", "/vi/certificate?code=1/2", "GET, HEAD, POST", true},
                 {"GET", "/vi?/certificate", "GET, HEAD", true},
                 {"GET", "/fr/", NULL, false},
                 {"GET", "/vi/entry/", NULL, false},
                 {"GET", "/vi/entry//receipt", NULL, false},
                 {"GET", "/vi/entry/A/receipt/x", NULL, false},
                 {"GET", "//vi", NULL, false},
                 {"GET", "/asset/../etc/passwd", NULL, false},
                 {"GET", "", "GET, HEAD", true}};
    arena *mem = arena_new(1 << 20);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        route_match m;
        assert_int_equal(route_find(mem, cases[i].method, cases[i].path, &m, NULL), OK);
        bool same = m.allow && cases[i].allow ? strcmp(m.allow, cases[i].allow) == 0
                                              : m.allow == cases[i].allow;
        if ((m.route != NULL) != cases[i].found || !same)
            fail_msg("%s %s: %s", cases[i].method, cases[i].path, m.allow ? m.allow : "-");
    }
    route_match m;
    assert_int_equal(route_find(mem, "GET", "/vi/entry/%zz", &m, NULL), E_INPUT);
    assert_int_equal(route_find(mem, "GET", "/vi/entry/%00", &m, NULL), E_INPUT);
    arena_free(mem);
}

TEST("every text stands in both languages and holds no conversion")
{
    for (int m = 0; m < MSG_COUNT; m++)
        for (int lang = 0; lang < LANG_COUNT; lang++) {
            const char *text = message_text((language)lang, (message)m);
            if (!text[0] || strchr(text, '%'))
                fail_msg("message %d: “%s”", m, text);
        }
}
