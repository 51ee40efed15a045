/* The routes: what may be asked for, by whom, on which connection, with how large a body. The table
 * (routes.h) is the only list; addresses are made from it, tests walk it. */
#ifndef WEB_ROUTE_H
#define WEB_ROUTE_H

#include "chamthi/arena.h"
#include "chamthi/store.h"

typedef struct request request;

typedef enum { METHOD_GET, METHOD_POST, METHOD_PUT, METHOD_COUNT } web_method;
/* A page for judges is refused to organizers too: whoever does not judge has no sheet to write on. */
typedef enum { FOR_ANYONE, FOR_SIGNED_IN, FOR_JUDGE } audience;

/* Every POST and PUT needs the session's CSRF token and an own Origin: the frame checks it for the
 * method, so that no row can forget it. A GET changes nothing. */
typedef struct {
    const char *name;
    web_method method;
    const char *pattern; /* ":lang" is vi or en; at most one other ":part", handed to the page */
    status (*page)(request *r, fault *f);
    audience who;
    access_role db;    /* the connection the page gets; it has no other */
    size_t body_limit; /* bytes */
} route;

typedef enum {
#define X(name, method, pattern, page, who, db, body_limit) ROUTE_##name,
#include "routes.h"
#undef X
    ROUTE_COUNT
} route_id;

extern const route routes[ROUTE_COUNT];

typedef struct {
    const route *route; /* NULL: no such address, or not with this method */
    const char *allow;  /* the methods that would do, NULL: no such address */
    language lang;      /* of the address; Vietnamese when it names none */
    const char *part;   /* decoded value of the other ":part", NULL when there is none */
} route_match;

/* Finds the row for what a request asks for; its query is not looked at. E_INPUT when the part
 * cannot be decoded. Without `mem` it is left alone. */
status route_find(arena *mem, const char *method, const char *target, route_match *out, fault *f);

/* The address of a route; `part` NULL when its pattern has none. NULL: memory is out. */
const char *route_address(arena *mem, route_id id, language lang, const char *part);

#endif
