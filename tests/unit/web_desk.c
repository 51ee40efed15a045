/* A judge's desk over HTTP: the queue, what is saved while he types, his own notes and marks. */
#include "visit.h"

/* ---- the queue ---- */

static void asks(visit *v, const char *address, const char *part)
{
    assert_int_equal(get(v, address), 200);
    has(v, part);
}

TEST("the queue goes parcel by parcel, each with its progress and the words left")
{
    visit v;
    visit_start(&v);
    assert_int_equal(sign_in(&v, "gk01"), 303);
    asks(&v, "/vi/judge", "Đã nộp 0 trên 2 bài, còn khoảng 2.134 từ để đọc</p>");
    lacks(&v, "<h3>"); /* in no parcel yet */
    run_sql(v.path, "UPDATE sheet SET parcel = 1 WHERE judge_id = 1");
    asks(&v, "/vi/judge", "<h3>Túi 1</h3>\n<p class=\"progress\">");
    run_sql(v.path, "UPDATE sheet SET parcel = 2 WHERE sheet_id = 1");
    asks(&v, "/vi/judge", "Đã nộp 0 trên 2 bài, còn khoảng 2.134 từ để đọc</p>\n<h3>Túi 1</h3>");
    has(&v, "Đã nộp 0 trên 1 bài, còn khoảng 900 từ để đọc</p>");
    const char *first = strstr(page(&v), "Túi 1"), *second = strstr(page(&v), "Túi 2");
    assert_true(first && second && strstr(first, "/vi/entry/A2") < second &&
                strstr(second, "/vi/entry/A1"));
    asks(&v, "/en/judge", "0 of 1 essay submitted, about 1,234 words left to read</p>");
    has(&v, "0 of 2 essays submitted");
    has(&v, "/en/entry/A2\">"); /* the next to read is of the first parcel */
    visit_end(&v);
}

TEST("queue and sheet say until when sheets are due, counting days in Hà Nội, in both languages")
{
    static const struct {
        const char *iso, *vi, *en;
    } cases[] = {
        /* it is 31 May 2024, 23:59 in Hà Nội */
        {"2024-06-10", "Hạn nộp phiếu: hết ngày 10/6/2024, còn 10 ngày",
         "Sheets are due by the end of 10 June 2024, in 10 days"},
        {"2024-06-01", "Hạn nộp phiếu: hết ngày 1/6/2024, còn 1 ngày",
         "Sheets are due by the end of 1 June 2024, in 1 day<"},
        {"2024-05-31", "Hạn nộp phiếu: hết hôm nay, 31/5/2024",
         "Sheets are due today, 31 May 2024"},
        {"2024-05-30", "Hạn nộp phiếu là 30/5/2024, đã quá 1 ngày",
         "Sheets were due on 30 May 2024, 1 day ago"},
        {"2023-05-31", "đã quá 366 ngày", "366 days ago"},
    };
    visit v;
    visit_start(&v);
    v.now = 1717174740;
    assert_int_equal(sign_in(&v, "gk01"), 303);
    get(&v, "/vi/judge");
    lacks(&v, "Hạn nộp");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        date day;
        assert_true(date_parse(cases[i].iso, &day));
        assert_ok(round_set_due(v.organizer, "cli:t", 2024, "so-khao", day, &v.f), &v.f);
        asks(&v, "/vi/judge", cases[i].vi);
        asks(&v, "/en/judge", cases[i].en);
        asks(&v, "/vi/entry/A1", cases[i].vi);
    }
    run_sql(v.path, "UPDATE round SET state = 'closed' WHERE round_id = 1");
    get(&v, "/vi/entry/A1");
    lacks(&v, "Hạn nộp"); /* nothing can be handed in any more */
    date day = {2024, 6, 1};
    assert_int_equal(round_set_due(v.organizer, "cli:t", 2024, "so-khao", day, &v.f), E_CONFLICT);
    visit_end(&v);
}

/* ---- while typing ---- */

TEST("a draft sent while typing is stored at its revision, again it changes nothing, an older one "
     "never overwrites")
{
    visit v;
    visit_start(&v);
    assert_int_equal(sign_in(&v, "gk01"), 303);
    assert_int_equal(put_draft(&v, "\"0\"", "m-11=8%2C5&m-12=&comment=m%E1%BB%99t"), 204);
    assert_string_equal(header(&v, "ETag"), "\"1\"");
    int64_t before = changes(&v);
    for (int i = 0; i < 2; i++) { /* its answer was lost: the same again, at the old revision */
        assert_int_equal(put_draft(&v, "\"0\"", "m-11=8%2C5&m-12=&comment=m%E1%BB%99t"), 204);
        assert_string_equal(header(&v, "ETag"), "\"1\"");
    }
    assert_int_equal(put_draft(&v, "\"0\"", "m-11=9&comment=hai"), 412);
    assert_string_equal(header(&v, "ETag"), "\"1\"");
    assert_int_equal(changes(&v), before);
    assert_int_equal(put_draft(&v, "\"1\"", "m-11=9&m-12=3%2C&comment=hai"), 422);
    assert_string_equal(header(&v, "ETag"), "\"2\""); /* what was right of it is stored */
    assert_int_equal(ask(&v, "SELECT points FROM mark WHERE sheet_id = 1"), 900);
    assert_int_equal(ask(&v, "SELECT count(*) FROM mark"), 1); /* "3," is no mark yet */
    assert_int_equal(put_draft(&v, "\"2\"", "m-11=ch%C3%ADn&m-12=3&comment=hai"), 422);
    assert_int_equal(ask(&v, "SELECT points FROM mark WHERE criterion_id = 11"), 900);
    static const char *const odd[] = {NULL, "1", "\"x\"", "*", "\"1", "\"\""};
    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++)
        assert_int_equal(put_draft(&v, odd[i], "m-11=9"), 400);
    visit_end(&v);
}

TEST("a draft cannot be sent to a submitted sheet, to another judge's, or without a session")
{
    visit v;
    visit_start(&v);
    assert_int_equal(sign_in(&v, "gk01"), 303);
    v.if_match = "\"0\"";
    assert_int_equal(send_form(&v, "PUT", "/vi/entry/A1", "/vi/entry/A3", "m-11=9"), 404);
    assert_int_equal(post(&v, "/vi/entry/A1", "/vi/entry/A1", "rev=0&do=submit&m-11=5&m-12=5"),
                     303);
    v.if_match = "\"1\"";
    assert_int_equal(send_form(&v, "PUT", "/vi/entry/A2", "/vi/entry/A1", "m-11=9&m-12=5"), 412);
    assert_int_equal(ask(&v, "SELECT points FROM mark WHERE criterion_id = 11"), 500);
    char csrf[65], body[100];
    get(&v, "/vi/entry/A2");
    read_csrf(&v, csrf);
    snprintf(body, sizeof body, "csrf=%s&m-11=9", csrf);
    v.now += SESSION_SECONDS_JUDGE;
    v.if_match = "\"0\"";
    assert_int_equal(request_as(&v, "PUT", "/vi/entry/A2", body), 401);
    visit_end(&v);
}

TEST("what one judge typed is never stored as another's who signs in on the same device")
{
    visit v;
    visit_start(&v);
    assert_ok(account_add(v.organizer, "cli:t", "gk02", ROLE_JUDGE, "GK02", password, &v.f), &v.f);
    assert_int_equal(sign_in(&v, "gk02"), 303);
    get(&v, "/vi/entry/A1"); /* an essay on both desks, neither has begun */
    has(&v, "name=\"who\" value=\"gk02\"");
    assert_int_equal(put_draft(&v, "\"0\"", "who=gk01&m-11=9&m-12=5&comment=x"), 409);
    const char *typed = "who=gk01&rev=0&do=submit&m-11=9&m-12=5";
    assert_int_equal(post(&v, "/vi/entry/A1", "/vi/entry/A1", typed), 409);
    has(&v, "tài khoản gk01");
    assert_int_equal(ask(&v, "SELECT count(*) FROM mark"), 0);
    assert_int_equal(put_draft(&v, "\"0\"", "who=gk02&m-11=9&m-12=5&comment=x"), 204);
    visit_end(&v);
}

TEST("a form submitted at an older revision is taken when the newer one says the same")
{
    visit v;
    visit_start(&v);
    assert_int_equal(sign_in(&v, "gk01"), 303);
    assert_int_equal(put_draft(&v, "\"0\"", "m-11=8%2C5&m-12=4&comment=x"), 204);
    const char *typed = "rev=0&do=submit&m-11=8.5&m-12=4&comment=x";
    assert_int_equal(post(&v, "/vi/entry/A1", "/vi/entry/A1", typed), 303);
    assert_string_equal(header(&v, "Location"), "/vi/entry/A1/receipt");
    assert_int_equal(
        ask(&v, "SELECT state = 'submitted' AND rev = 2 FROM sheet WHERE sheet_id = 1"), 1);
    visit_end(&v);
}

TEST("a judge's notes are kept beside the sheet, for him alone, and stand in no audit row")
{
    visit v;
    visit_start(&v);
    assert_int_equal(sign_in(&v, "gk01"), 303);
    assert_int_equal(put_draft(&v, "\"0\"", "m-11=5&comment=x&note=%C4%91o%E1%BA%A1n+ba"), 204);
    get(&v, "/vi/entry/A1");
    has(&v,
        "name=\"note\" rows=\"4\" lang=\"vi\" aria-describedby=\"h-note\">\nđoạn ba</textarea>");
    assert_int_equal(put_draft(&v, "\"1\"", "m-11=5&comment=x"),
                     204); /* a form without the field */
    assert_int_equal(ask(&v, "SELECT count(*) FROM sheet_note WHERE text = 'đoạn ba'"), 1);
    assert_int_equal(ask(&v, "SELECT count(*) FROM audit WHERE after LIKE '%đoạn%'"), 0);
    assert_ok(account_add(v.organizer, "cli:t", "gk02", ROLE_JUDGE, "GK02", password, &v.f), &v.f);
    assert_int_equal(post(&v, "/vi/judge", "/vi/sign-out", ""), 303);
    assert_int_equal(sign_in(&v, "gk02"), 303);
    get(&v, "/vi/entry/A1"); /* the same essay on another desk */
    lacks(&v, "đoạn ba");
    visit_end(&v);
}

TEST("passages a judge has coloured are kept for him alone; a list that is none changes nothing")
{
    visit v;
    visit_start(&v);
    assert_int_equal(sign_in(&v, "gk01"), 303);
    assert_int_equal(put_draft(&v, "\"0\"", "m-11=5&highlights=0%3A0-4+1%3A5-8"), 204);
    get(&v, "/vi/entry/A1");
    has(&v, "<p><mark>Đoạn</mark> một.</p>\n<p>Đoạn <mark>hai</mark>.</p>");
    has(&v, "name=\"highlights\" value=\"0:0-4 1:5-8\"");
    assert_int_equal(put_draft(&v, "\"1\"", "m-11=5&highlights=%3Cb%3E"), 204);
    assert_int_equal(put_draft(&v, "\"1\"", "m-11=5.5"), 204); /* a form without the field */
    assert_int_equal(ask(&v, "SELECT count(*) FROM sheet_note WHERE highlights = '0:0-4 1:5-8'"),
                     1);
    assert_int_equal(ask(&v, "SELECT count(*) FROM audit WHERE after LIKE '%0:0%'"), 0);
    assert_int_equal(post(&v, "/vi/entry/A1", "/vi/entry/A1", "rev=1&do=save&m-11=7&highlights="),
                     409); /* as typed in another tab */
    has(&v, "<th scope=\"row\">Đoạn tô màu</th><td>2 đoạn</td><td>0 đoạn</td>");
    assert_int_equal(post(&v, "/vi/entry/A1", "/vi/entry/A1", "rev=2&do=save&m-11=7&highlights="),
                     303);
    get(&v, "/vi/entry/A1");
    lacks(&v, "<mark>");
    visit_end(&v);
}

TEST("telling that an essay looks copied reaches the organizers once and changes no sheet")
{
    visit v;
    visit_start(&v);
    assert_int_equal(sign_in(&v, "gk01"), 303);
    const char *address = "/vi/entry/A1/copied";
    assert_int_equal(post(&v, address, address, "text=+%0A"), 400);
    assert_int_equal(post(&v, address, address, "text=B%C3%A1o+%3CH%3E+2019"), 200);
    assert_int_equal(post(&v, address, address, "text=B%C3%A1o+%3CH%3E+2019"), 409);
    assert_int_equal(ask(&v, "SELECT count(*) FROM suspicion WHERE text = 'Báo <H> 2019'"), 1);
    assert_int_equal(ask(&v, "SELECT rev = 0 AND state = 'open' FROM sheet WHERE sheet_id = 1"), 1);
    assert_int_equal(ask(&v,
                         "SELECT count(*) FROM audit WHERE action = 'sheet.suspect' AND object ="
                         " 'sheet A1' AND after IS NULL"),
                     1);
    visit_end(&v);
}

TEST("a judge sees the marks he gave, as a list and as a distribution, and each version of a sheet")
{
    visit v;
    visit_start(&v);
    assert_int_equal(sign_in(&v, "gk01"), 303);
    get(&v, "/vi/judge/given");
    has(&v, "Bạn chưa nộp phiếu nào");
    run_sql(v.path,
            "INSERT INTO mark VALUES (3, 11, 950, 1), (3, 12, 475, 1);"
            "UPDATE sheet SET state = 'submitted', submitted_at = 1, code = 'Y' WHERE sheet_id ="
            " 3"); /* the other judge's */
    assert_int_equal(post(&v, "/vi/entry/A1", "/vi/entry/A1", "rev=0&do=save&m-11=7&comment=nhap"),
                     303);
    assert_int_equal(post(&v, "/vi/entry/A1", "/vi/entry/A1", "rev=1&do=submit&m-11=8%2C5&m-12=4"),
                     303);
    get(&v, "/vi/judge/given");
    has(&v, "<th scope=\"row\">12–13,5</th><td class=\"n\">1</td>");
    has(&v, "<td class=\"n\">12,5</td>");
    lacks(&v, "14,25"); /* nor anybody else's */
    get(&v, "/vi/entry/A1/history");
    has(&v, "Bản 2 – đã nộp");
    has(&v, "Bản 1 – bản nháp");
    has(&v, "nhap");
    visit_end(&v);
}
