/* One request and its reply as the pages see them: nothing of the HTTP library, so that a test can
 * ask for any page without a socket. */
#ifndef WEB_REQUEST_H
#define WEB_REQUEST_H

#include "chamthi/account.h"
#include "form.h"
#include "html.h"
#include "rate.h"
#include "route.h"

enum { REPLY_HEADERS_MAX = 24, REQUEST_MEMORY = 16 * 1024 * 1024, REQUEST_MEMORY_KEPT = 64 * 1024 };

/* What stays the same as long as the server runs; shared by all threads. */
typedef struct {
    const char *public_url; /* "https://cham.example.vn" without a final '/', NULL: none given */
    bool secure;            /* public_url is https */
    account_gate *gate;
    rate *look_ups; /* of certificates */
} site;

enum { LOOK_UPS_A_MINUTE = 30 }; /* from one address */

/* The visitor's choice, kept in a cookie of its own. */
typedef struct {
    enum { SIZE_NORMAL, SIZE_LARGE, SIZE_LARGEST, SIZE_COUNT } size;
    enum { THEME_DEVICE, THEME_LIGHT, THEME_DARK, THEME_COUNT } theme;
} look;

/* What one request needs for itself; used by one thread at a time. */
typedef struct {
    store *login, *judge, *public;
    arena *mem;
} worker;

status worker_open(worker *out, const char *database, fault *f);
void worker_close(worker *w);

/* As sent. A header that is absent is NULL. */
typedef struct {
    const char *method;
    const char *target;  /* path and query, still encoded */
    const char *address; /* of the client */
    const char *host, *origin, *fetch_site, *cookie, *content_type, *if_match, *if_none_match;
    slice body;
    bool body_too_large; /* the server stopped reading it */
    int64_t now;
} http_request;

typedef struct {
    const char *name, *value;
} http_header;

typedef struct {
    int code;
    http_header headers[REPLY_HEADERS_MAX]; /* strings live in the worker's arena */
    size_t header_count;
    const char *type; /* Content-Type of `page`, NULL: HTML */
    slice fixed;      /* bytes that outlive the reply (an asset); sent instead of `page` when set */
    html page;        /* released by the caller: buffer_free(&reply.page.out) */
} http_reply;

/* Answers any request. Resets the worker's arena first, so the reply's headers last until the next. */
void web_answer(const site *s, worker *w, const http_request *in, http_reply *out);
/* The same frame around a refusal by the server itself: 500, or 503 for "in a moment". */
void web_refuse(const site *s, worker *w, const http_request *in, int code, http_reply *out);
/* Which row of the table a request asks for; NULL when there is none. Only looks at method and target. */
const route *web_route(const http_request *in);

struct request {
    const site *site;
    const http_request *in;
    http_reply *out;
    html *h; /* the page being written */
    arena *mem;
    const route *route; /* NULL while none was found */
    language lang;
    const char *part; /* of the address, see route.h */
    form form;        /* the query of a GET, the body of a POST */
    slice file;       /* of a form that sends one; no bytes otherwise */
    look look;        /* how large and how light the visitor wants pages */
    store *db;        /* connection of the route's role */
    store *login;     /* for the frame and the session only */
    bool signed_in;
    account who;            /* when signed_in */
    char token[TOKEN_TEXT]; /* of the cookie, or a fresh one; "" until one is needed */
    char *csrf;             /* that goes with it; NULL until one is needed */
    enum { COOKIE_KEPT, COOKIE_SET, COOKIE_DROPPED } cookie;
};

/* ---- for pages ---- */
/* An address of this program in the page's language; never NULL. */
const char *request_address(request *r, route_id id, const char *part);
const char *request_field(const request *r, const char *name); /* "" when absent */
void reply_code(request *r, int code);
void reply_header(request *r, const char *name, const char *value);
/* A file to be saved under `name`, whose bytes are appended to r->h->out. */
void reply_file(request *r, const char *type, const char *name);
/* 303 to an address of this program; what was written of the page is dropped. */
status reply_see_other(request *r, const char *address);

#endif
