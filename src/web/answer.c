/* The frame around every page: find the route, know the visitor, refuse what is not allowed, run the
 * page, put the security headers on. */
#include "chamthi/random.h"
#include "page/page.h"
#include "request.h"
#include "session.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

status worker_open(worker *out, const char *database, fault *f)
{
    *out = (worker){.mem = arena_new(REQUEST_MEMORY)};
    /* The block kept between requests: most need no other. */
    if (!out->mem || !arena_alloc(out->mem, REQUEST_MEMORY_KEPT))
        return fault_memory(f);
    TRY(store_open(&out->login, database, BY_LOGIN, STORE_EXISTING, f));
    TRY(store_open(&out->judge, database, BY_JUDGE, STORE_EXISTING, f));
    return store_open(&out->public, database, BY_PUBLIC, STORE_EXISTING, f);
}

void worker_close(worker *w)
{
    store_close(w->login);
    store_close(w->judge);
    store_close(w->public);
    arena_free(w->mem);
}

/* ---- replies ---- */

void reply_code(request *r, int code)
{
    r->out->code = code;
}

void reply_header(request *r, const char *name, const char *value)
{
    http_reply *out = r->out;
    if (value && out->header_count < REPLY_HEADERS_MAX)
        out->headers[out->header_count++] = (http_header){name, value};
    else
        r->h->out.failed = true; /* never a page without one of its headers */
}

status reply_see_other(request *r, const char *address)
{
    buffer_clear(&r->h->out);
    reply_code(r, 303);
    reply_header(r, "Location", address);
    return OK;
}

const char *request_address(request *r, route_id id, const char *part)
{
    const char *address = route_address(r->mem, id, r->lang, part);
    return address ? address : "/";
}

const char *request_field(const request *r, const char *name)
{
    const char *value = form_get(&r->form, name);
    return value ? value : "";
}

void reply_file(request *r, const char *type, const char *name)
{
    r->out->type = type;
    reply_header(r, "Content-Disposition",
                 arena_format(r->mem, "attachment; filename=\"%s\"", name));
}

/* A public page for somebody who is not signed in may be kept for a minute, and is not sent twice. */
static bool keep_public(request *r)
{
    unsigned char hash[HASH_SIZE];
    char hex[2 * HASH_SIZE + 1];
    buffer *page = &r->h->out;
    if (!r->route || r->route->db != BY_PUBLIC || r->route->method != METHOD_GET || r->signed_in ||
        r->cookie != COOKIE_KEPT || r->out->code != 200 || r->route == &routes[ROUTE_HEALTH])
        return false;
    hash_bytes(hash, page->bytes, page->size);
    hex_encode(hex, hash, sizeof hash);
    const char *etag = arena_format(r->mem, "\"%.16s\"", hex);
    reply_header(r, "ETag", etag);
    reply_header(r, "Vary", "Cookie");
    reply_header(r, "Cache-Control", "private, max-age=60");
    if (etag && r->in->if_none_match && strcmp(r->in->if_none_match, etag) == 0) {
        reply_code(r, 304);
        buffer_clear(page);
    }
    return true;
}

static void put_headers(request *r)
{
    reply_header(r, "Content-Security-Policy",
                 "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
                 "font-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; "
                 "base-uri 'none'");
    reply_header(r, "X-Content-Type-Options", "nosniff");
    reply_header(r, "X-Frame-Options", "DENY");
    reply_header(r, "Referrer-Policy", "same-origin");
    reply_header(r, "Cross-Origin-Opener-Policy", "same-origin");
    reply_header(r, "Cross-Origin-Resource-Policy", "same-origin");
    if (r->site->secure)
        reply_header(r, "Strict-Transport-Security", "max-age=31536000");
    if (!r->out->fixed.bytes) {
        reply_header(r, "Content-Type", r->out->type ? r->out->type : "text/html; charset=utf-8");
        /* Not no-store: going back must bring back what was typed. */
        if (!keep_public(r))
            reply_header(r, "Cache-Control", "private, no-cache");
    }
    session_finish(r);
}

/* ---- from a fault to a page ---- */

static int code_of(status st)
{
    switch (st) {
    case OK: return 200;
    case E_USAGE:
    case E_INPUT: return 400;
    case E_MISSING: return 404;
    case E_CONFLICT: return 409;
    case E_DENIED: return 403;
    case E_LIMIT: return 413;
    case E_SYSTEM: break;
    }
    return 500;
}

static void answer_fault(request *r, status st, const fault *f)
{
    buffer_clear(&r->h->out);
    r->out->header_count = 0;
    r->out->type = NULL;
    r->out->fixed = (slice){NULL, 0};
    if (st == E_SYSTEM) /* what failed is for whoever runs the server, not for the visitor */
        fprintf(stderr, "chamthi serve: %s %s: %s\n", r->in->method,
                r->route ? r->route->pattern : "?", fault_text(f, LANG_VI));
    page_error(r, code_of(st), st == E_SYSTEM || !f->text[r->lang][0] ? NULL : f);
}

/* ---- the steps ---- */

static slice query_of(const char *target)
{
    const char *mark = strchr(target, '?');
    return mark ? (slice){mark + 1, strlen(mark + 1)} : (slice){"", 0};
}

static status find_route(request *r, fault *f)
{
    route_match m;
    status st = route_find(r->mem, r->in->method, r->in->target, &m, f);
    r->lang = r->h->lang = m.lang;
    r->route = m.route;
    r->part = m.part;
    TRY(st);
    if (r->route)
        return OK;
    if (!m.allow)
        return FAIL(f, E_MISSING, "không có trang nào ở địa chỉ này",
                    "there is no page at this address");
    page_error(r, 405, NULL);
    reply_header(r, "Allow", m.allow);
    return OK;
}

static status read_form(request *r, fault *f)
{
    if (r->route->method == METHOD_GET)
        return form_parse(r->mem, query_of(r->in->target), &r->form, f);
    static const char type[] = "application/x-www-form-urlencoded";
    const char *got = r->in->content_type, *boundary = form_boundary(r->mem, got);
    if (boundary && r->route == &routes[ROUTE_CERTIFICATE_FILE])
        return form_parse_parts(r->mem, r->in->body, boundary, &r->form, &r->file, f);
    if (!got || strncasecmp(got, type, sizeof type - 1) != 0)
        return FAIL(f, E_INPUT, "trang này chỉ nhận biểu mẫu thường",
                    "this page takes plain forms only");
    return form_parse(r->mem, r->in->body, &r->form, f);
}

/* False when the visitor may not go on; the reply is then made. */
static bool admit(request *r)
{
    if (r->route->who == FOR_ANYONE || (r->signed_in && r->route->who == FOR_SIGNED_IN))
        return true;
    if (!r->signed_in) {
        page_ask_sign_in(r);
        return false;
    }
    if (r->who.role == ROLE_JUDGE)
        return true;
    page_error(r, 403, NULL);
    return false;
}

static status run(request *r, worker *w, fault *f)
{
    look_read(r);
    TRY(find_route(r, f));
    if (!r->route)
        return OK;
    if (r->in->body_too_large || r->in->body.size > r->route->body_limit)
        return FAIL(f, E_LIMIT, "nội dung gửi lên lớn quá mức cho phép (%zu KiB)",
                    "what was sent is larger than allowed (%zu KiB)", r->route->body_limit / 1024);
    TRY(read_form(r, f));
    TRY(session_read(r, f));
    if (r->route->method != METHOD_GET)
        TRY(session_check_post(r, f));
    if (!admit(r))
        return OK;
    r->db = r->route->db == BY_JUDGE ? w->judge : r->route->db == BY_LOGIN ? w->login : w->public;
    if (r->route->method != METHOD_GET || r->db == w->login)
        return r->route->page(r, f);
    TRY(store_look_begin(r->db, f));
    status st = r->route->page(r, f);
    store_look_end(r->db);
    return st;
}

static request open_request(const site *s, worker *w, const http_request *in, http_reply *out)
{
    *out = (http_reply){.code = 200, .page = {BUFFER_INIT, LANG_VI}};
    arena_reset(w->mem);
    return (request){
        .site = s, .in = in, .out = out, .h = &out->page, .mem = w->mem, .login = w->login};
}

static void close_request(request *r)
{
    http_reply *out = r->out;
    put_headers(r);
    if (!out->page.out.failed)
        return;
    /* No memory for the page: say so in a few bytes, without trusting any more allocation. */
    static const char sorry[] = "chamthi: hết bộ nhớ / out of memory\n";
    out->code = 503;
    out->header_count = 0;
    out->fixed = (slice){sorry, sizeof sorry - 1};
}

void web_answer(const site *s, worker *w, const http_request *in, http_reply *out)
{
    fault f = {0};
    request r = open_request(s, w, in, out);
    status st = run(&r, w, &f);
    if (st != OK)
        answer_fault(&r, st, &f);
    close_request(&r);
}

void web_refuse(const site *s, worker *w, const http_request *in, int code, http_reply *out)
{
    request r = open_request(s, w, in, out);
    find_route(&r, NULL);
    buffer_clear(&r.h->out);
    out->header_count = 0;
    page_error(&r, code, NULL);
    if (code == 503)
        reply_header(&r, "Retry-After", "5");
    close_request(&r);
}

const route *web_route(const http_request *in)
{
    route_match m;
    route_find(NULL, in->method, in->target, &m, NULL);
    return m.route;
}
