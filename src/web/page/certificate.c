/* Is this certificate real? All that is printed on it and whether it holds, nothing more. */
#include "page.h"

#include "chamthi/random.h"
#include "web/format.h"
#include "web/register.h"
#include "web/session.h"

status page_code(request *r, fault *f)
{
    char *code = percent_encode(r->mem, r->part);
    const char *page = request_address(r, ROUTE_CERTIFICATE, NULL);
    (void)f;
    return reply_see_other(r, arena_format(r->mem, "%s?code=%s", page, code ? code : ""));
}

static void put_question(request *r, const char *typed)
{
    html *h = r->h;
    html_put(h, "<h1>%s</h1>\n<form method=\"get\" action=\"%s\" class=\"look-up\">\n",
             page_text(r, MSG_CHECK_CERTIFICATE), request_address(r, ROUTE_CERTIFICATE, NULL));
    html_put(
        h,
        "<div class=\"field\"><label for=\"code\">%s</label>\n<p class=\"hint\" id=\"h-code\">%s"
        "</p>\n<input id=\"code\" name=\"code\" value=\"%s\" autocomplete=\"off\""
        " autocapitalize=\"characters\" spellcheck=\"false\" maxlength=\"40\""
        " aria-describedby=\"h-code\" required></div>\n",
        page_text(r, MSG_CERTIFICATE_CODE), page_text(r, MSG_CERTIFICATE_LEAD), typed);
    html_put(h, "<p><button class=\"main\">%s</button></p>\n</form>\n",
             page_text(r, MSG_CERTIFICATE_CHECK));
}

/* A file field takes what is dropped on it by itself, without any script. */
static void put_file_question(request *r)
{
    html *h = r->h;
    html_put(h,
             "<form method=\"post\" enctype=\"multipart/form-data\" action=\"%s\">\n"
             "<input type=\"hidden\" name=\"csrf\" value=\"%s\">\n",
             request_address(r, ROUTE_CERTIFICATE_FILE, NULL), session_csrf(r));
    html_put(
        h,
        "<div class=\"field\"><label for=\"file\">%s</label>\n<p class=\"hint\" id=\"h-file\">%s"
        "</p>\n<input id=\"file\" name=\"file\" type=\"file\" accept=\"application/pdf\""
        " aria-describedby=\"h-file\" required></div>\n<p><button>%s</button></p>\n</form>\n",
        page_text(r, MSG_CERTIFICATE_FILE), page_text(r, MSG_CERTIFICATE_FILE_HINT),
        page_text(r, MSG_CERTIFICATE_FILE_CHECK));
}

static void put_row(request *r, message name, const char *before, const char *text)
{
    if (text[0])
        html_put(r->h, "<dt>%s</dt><dd lang=\"vi\">%s%s%s</dd>\n", page_text(r, name), before,
                 before[0] ? " " : "", text);
}

static void put_facts(request *r, const register_certificate *c)
{
    html *h = r->h;
    char day[SHOWN_MAX];
    show_date(day, r->lang, c->decision_date);
    html_put(h, "<dl>\n");
    put_row(r, MSG_FIELD_NAME, c->honorific, c->name);
    put_row(r, MSG_FIELD_ADDRESS, "", c->address);
    put_row(r, MSG_FIELD_PRIZE, "", c->prize);
    put_row(r, MSG_FIELD_TITLE, "", c->title);
    put_row(r, MSG_FIELD_ACHIEVEMENT, "", c->achievement);
    put_row(r, MSG_FIELD_CONTEST, "", c->contest);
    html_put(h, "<dt>%s</dt><dd>", page_text(r, MSG_FIELD_DECISION));
    say_decision(h, c->decision, day);
    html_put(h, "</dd>\n");
    put_row(r, MSG_FIELD_SERIAL, "", c->serial);
    put_row(r, MSG_FIELD_CODE, "", c->code);
    html_put(h, "</dl>\n");
}

static void put_verdict(request *r, message verdict, message hint, bool good)
{
    html *h = r->h;
    if (good)
        html_put(h, "<section class=\"verdict good\" role=\"status\">\n");
    else
        html_put(h, "<section class=\"verdict bad\" role=\"status\">\n");
    html_put(h, "<h2>%s</h2>\n<p>%s</p>\n", page_text(r, verdict), page_text(r, hint));
}

static void put_found(request *r, const register_certificate *c)
{
    switch (c->state) {
    case CERTIFICATE_ISSUED:
        put_verdict(r, MSG_CERTIFICATE_ISSUED, MSG_CERTIFICATE_ISSUED_HINT, true);
        break;
    case CERTIFICATE_HELD:
        put_verdict(r, MSG_CERTIFICATE_HELD, MSG_CERTIFICATE_HELD_HINT, false);
        break;
    case CERTIFICATE_REVOKED:
        put_verdict(r, MSG_CERTIFICATE_REVOKED, MSG_CERTIFICATE_REVOKED_HINT, false);
        break;
    case CERTIFICATE_REPLACED:
        put_verdict(r, MSG_CERTIFICATE_REPLACED, MSG_CERTIFICATE_REPLACED_HINT, false);
        break;
    }
    put_facts(r, c);
    html_put(r->h, "</section>\n");
}

/* Codes cannot be guessed; whoever tries is told to wait all the same. */
static bool may_look_up(request *r)
{
    return rate_allows(r->site->look_ups, r->in->address, r->in->now);
}

static status too_often(request *r)
{
    reply_header(r, "Retry-After", "60");
    page_error(r, 429, NULL);
    return OK;
}

static status put_answer(request *r, const char *typed, fault *f)
{
    char code[CODE_TEXT_MAX];
    register_certificate found;
    if (!code_parse(typed, code)) {
        reply_code(r, 400);
        put_verdict(r, MSG_CERTIFICATE_MISTYPED, MSG_CERTIFICATE_MISTYPED_HINT, false);
        html_put(r->h, "</section>\n");
        return OK;
    }
    status st = register_find(r->db, r->mem, code, (slice){NULL, 0}, &found, f);
    if (st == E_MISSING) {
        reply_code(r, 404);
        put_verdict(r, MSG_CERTIFICATE_UNKNOWN, MSG_CERTIFICATE_UNKNOWN_HINT, false);
        html_put(r->h, "</section>\n");
        return OK;
    }
    TRY(st);
    put_found(r, &found);
    return OK;
}

status page_certificate(request *r, fault *f)
{
    const char *typed = request_field(r, "code");
    if (typed[0] && !may_look_up(r))
        return too_often(r);
    page_open(r, page_text(r, MSG_CHECK_CERTIFICATE));
    html_put(r->h, "<div class=\"narrow\">\n");
    put_question(r, typed);
    if (typed[0])
        TRY(put_answer(r, typed, f));
    put_file_question(r);
    html_put(r->h, "</div>\n");
    page_close(r);
    return OK;
}

static status put_file_answer(request *r, fault *f)
{
    unsigned char hash[HASH_SIZE];
    register_certificate found;
    hash_bytes(hash, r->file.bytes, r->file.size);
    status st = register_find(r->db, r->mem, "", (slice){(char *)hash, sizeof hash}, &found, f);
    if (st != E_MISSING) {
        TRY(st);
        put_found(r, &found);
        return OK;
    }
    reply_code(r, 404);
    put_verdict(r, r->file.size ? MSG_CERTIFICATE_FILE_UNKNOWN : MSG_CERTIFICATE_NO_FILE,
                MSG_CERTIFICATE_FILE_UNKNOWN_HINT, false);
    html_put(r->h, "</section>\n");
    return OK;
}

status page_certificate_file(request *r, fault *f)
{
    if (!may_look_up(r))
        return too_often(r);
    page_open(r, page_text(r, MSG_CHECK_CERTIFICATE));
    html_put(r->h, "<div class=\"narrow\">\n");
    put_question(r, "");
    TRY(put_file_answer(r, f));
    put_file_question(r);
    html_put(r->h, "</div>\n");
    page_close(r);
    return OK;
}
