/* The web server: judges' pages and the public certificate check. */
#ifndef CHAMTHI_WEB_H
#define CHAMTHI_WEB_H

#include "chamthi/arena.h"

#include <stdbool.h>

typedef struct {
    const char *database;
    const char *listen;     /* "127.0.0.1:8080", "[::1]:8080"; port 0: any free one */
    const char *public_url; /* "https://cham.example.vn" when a proxy stands in front, else NULL */
} web_options;

/* Serves until SIGTERM or SIGINT, then lets running requests end (up to ten seconds) and returns OK.
 * `ready` is called once, with the address, when requests are taken. E_USAGE: an address that
 * cannot be read; E_SYSTEM: one that cannot be listened on. Blocks the two signals in the calling
 * thread for good. */
status web_serve(const web_options *o, void (*ready)(void *context, const char *address),
                 void *context, fault *f);

/* Whether only this machine can reach that address. */
bool web_listens_locally(const char *listen);

#endif
