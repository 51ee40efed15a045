/* The two addresses `serve` is given, read and checked. */
#ifndef WEB_LISTEN_H
#define WEB_LISTEN_H

#include "chamthi/arena.h"

#include <netinet/in.h>
#include <stdbool.h>

typedef union {
    struct sockaddr any;
    struct sockaddr_in v4;
    struct sockaddr_in6 v6;
} socket_address;

/* HOST:PORT; HOST is an IPv4 address, an IPv6 address in brackets, or localhost. */
status listen_parse(const char *text, socket_address *out, fault *f);
bool listen_is_loopback(const socket_address *a);
/* "127.0.0.1", "::1"; an IPv4 address inside IPv6 is written as IPv4. */
void address_text(const struct sockaddr *a, char out[INET6_ADDRSTRLEN]);

/* scheme://host[:port], without a path; a final '/' is taken off. */
status public_url_parse(arena *mem, const char *text, const char **out, bool *secure, fault *f);

/* Who a forwarded request came from: the last address of X-Forwarded-For, which our own proxy wrote.
 * False, with `out` left alone, when there is none or it is no address. */
bool forwarded_for(const char *header, char out[INET6_ADDRSTRLEN]);

#endif
