/* Signing in and out; what was typed when a session ran out goes with the sign-in form. */
#include "page.h"

#include "web/session.h"

#include <string.h>

static const char kept[] = "keep-";
enum { KEPT = sizeof kept - 1 };

/* The fields of an expired form as hidden ones. The first time each gets the prefix; when the
 * password was wrong they come back with it. */
static void put_kept_fields(request *r)
{
    bool first = r->route != &routes[ROUTE_SIGN_IN] && r->route != &routes[ROUTE_SIGN_IN_FORM];
    for (size_t i = 0; i < r->form.count; i++) {
        const form_field *x = &r->form.items[i];
        if (first ? strcmp(x->name, "csrf") != 0 : strncmp(x->name, kept, KEPT) == 0)
            html_put(r->h, "<input type=\"hidden\" name=\"%s%s\" value=\"%s\">\n",
                     first ? kept : "", x->name, x->value);
    }
}

/* Organizers sign in with a code as well; nobody else is asked for one. */
static void put_code(request *r)
{
    html_put(r->h,
             "<div class=\"field\"><label for=\"code\">%s</label>\n<p class=\"hint\" "
             "id=\"h-code\">%s</p>\n"
             "<input id=\"code\" name=\"code\" autocomplete=\"one-time-code\" maxlength=\"20\""
             " aria-describedby=\"h-code\" required></div>\n",
             page_text(r, MSG_CODE), page_text(r, MSG_CODE_HINT));
}

static void put_form(request *r, const char *next, const char *name, bool with_code)
{
    html *h = r->h;
    page_form(r, ROUTE_SIGN_IN, NULL);
    put_kept_fields(r);
    html_put(h, "<input type=\"hidden\" name=\"next\" value=\"%s\">\n", next);
    html_put(h,
             "<div class=\"field\"><label for=\"name\">%s</label>\n<input id=\"name\" name=\"name\""
             " value=\"%s\" autocomplete=\"username\" autocapitalize=\"none\" spellcheck=\"false\""
             " maxlength=\"63\" required></div>\n",
             page_text(r, MSG_NAME), name);
    html_put(h,
             "<div class=\"field\"><label for=\"password\">%s</label>\n<input id=\"password\""
             " name=\"password\" type=\"password\" autocomplete=\"current-password\" required>"
             "</div>\n",
             page_text(r, MSG_PASSWORD));
    if (with_code)
        put_code(r);
    html_put(h, "<p><button class=\"main\">%s</button></p>\n</form>\n<p class=\"hint\">%s</p>\n",
             page_text(r, MSG_SIGN_IN), page_text(r, MSG_FORGOTTEN));
}

/* `tone`: "note" or "errors", how what is said above the form looks. */
static void put_page(request *r, const char *next, const char *name, const char *tone,
                     const char *said)
{
    html *h = r->h;
    page_open(r, page_text(r, MSG_SIGN_IN));
    html_put(h, "<div class=\"narrow\">\n<h1>%s</h1>\n", page_text(r, MSG_SIGN_IN));
    if (said)
        html_put(h, "<p class=\"%s said\" role=\"alert\">%s</p>\n", tone, said);
    put_form(r, next, name, r->out->code == 409 || request_field(r, "code")[0]);
    html_put(h, "</div>\n");
    page_close(r);
}

/* Only an address of our own table may follow: no page elsewhere, no trick with slashes. */
static const char *own_address(request *r, const char *method, const char *next, route_match *m)
{
    if (next[0] != '/' || next[1] == '/' || strchr(next, '\\') ||
        route_find(r->mem, method, next, m, NULL) != OK || !m->route)
        return NULL;
    return next;
}

const char *page_own_address(request *r, const char *next)
{
    route_match m;
    const char *own = own_address(r, "GET", next, &m);
    return own ? own : request_address(r, ROUTE_HOME, NULL);
}

static const char *first_page(request *r, account_role role)
{
    return request_address(r, role == ROLE_JUDGE ? ROUTE_QUEUE : ROUTE_HOME, NULL);
}

status page_sign_in_form(request *r, fault *f)
{
    (void)f;
    const char *next = request_field(r, "next");
    if (r->signed_in)
        return reply_see_other(r, first_page(r, r->who.role));
    put_page(r, next, "", "note", next[0] ? page_text(r, MSG_SIGN_IN_FIRST) : NULL);
    return OK;
}

void page_ask_sign_in(request *r)
{
    if (r->route->method != METHOD_GET) {
        reply_code(r, 401);
        put_page(r, r->in->target, "", "note", page_text(r, MSG_SESSION_OVER));
        return;
    }
    char *next = percent_encode(r->mem, r->in->target);
    reply_see_other(r,
                    arena_format(r->mem, "%s?next=%s", request_address(r, ROUTE_SIGN_IN_FORM, NULL),
                                 next ? next : ""));
}

static bool has_kept_fields(const request *r)
{
    for (size_t i = 0; i < r->form.count; i++)
        if (strncmp(r->form.items[i].name, kept, KEPT) == 0)
            return true;
    return false;
}

/* Signed in again: the form that had failed, complete, one press away. */
static void put_resume(request *r, const route_match *m)
{
    html *h = r->h;
    page_open(r, page_text(r, MSG_RESUME));
    html_put(h, "<div class=\"narrow\">\n<h1>%s</h1>\n<p>%s</p>\n", page_text(r, MSG_RESUME),
             page_text(r, MSG_RESUME_LEAD));
    page_form(r, (route_id)(m->route - routes), m->part);
    for (size_t i = 0; i < r->form.count; i++)
        if (strncmp(r->form.items[i].name, kept, KEPT) == 0)
            html_put(h, "<input type=\"hidden\" name=\"%s\" value=\"%s\">\n",
                     r->form.items[i].name + KEPT, r->form.items[i].value);
    html_put(h, "<p><button class=\"main\">%s</button></p>\n</form>\n</div>\n",
             page_text(r, MSG_RESUME_SEND));
    page_close(r);
}

static status go_on(request *r, account_role role)
{
    route_match m;
    const char *next = request_field(r, "next");
    if (has_kept_fields(r) && own_address(r, "POST", next, &m)) {
        put_resume(r, &m);
        return OK;
    }
    const char *own = own_address(r, "GET", next, &m);
    return reply_see_other(r, own ? own : first_page(r, role));
}

status page_sign_in(request *r, fault *f)
{
    char token[TOKEN_TEXT];
    account_role role;
    int64_t wait = 0;
    sign_in_attempt attempt = {.name = request_field(r, "name"),
                               .password = request_field(r, "password"),
                               .address = r->in->address,
                               .code = request_field(r, "code"),
                               .now = r->in->now};
    status st = account_sign_in(r->site->gate, r->db, &attempt, token, &role, &wait, f);
    if (st == OK) {
        TRY(session_replace(r, token, f));
        return go_on(r, role);
    }
    if (st != E_DENIED && st != E_LIMIT && st != E_CONFLICT)
        return st;
    reply_code(r, st == E_LIMIT ? 429 : st == E_CONFLICT ? 409 : 403);
    if (st == E_LIMIT)
        reply_header(r, "Retry-After", arena_format(r->mem, "%lld", (long long)wait));
    put_page(r, request_field(r, "next"), attempt.name, "errors", fault_text(f, r->lang));
    return OK;
}

status page_sign_out(request *r, fault *f)
{
    TRY(account_sign_out(r->db, &r->who, r->token, f));
    session_drop(r);
    return reply_see_other(r, request_address(r, ROUTE_HOME, NULL));
}
