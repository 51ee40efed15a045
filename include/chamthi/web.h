/* The web server: judges' pages, and what the public may see of a contest. */
#ifndef CHAMTHI_WEB_H
#define CHAMTHI_WEB_H

#include "chamthi/store.h"

#include <stdbool.h>

typedef struct {
    const char *database;
    const char *listen;     /* "127.0.0.1:8080", "[::1]:8080"; port 0: any free one */
    const char *access_log; /* a file, "-": stderr; NULL: none */
    const char *public_url; /* "https://cham.example.vn" when a proxy stands in front, else NULL */
} web_options;

/* Serves until SIGTERM or SIGINT, then lets running requests end (up to ten seconds) and returns OK.
 * `ready` is called once, with the address, when requests are taken. E_USAGE: an address that
 * cannot be read; E_SYSTEM: one that cannot be listened on. Blocks the two signals in the calling
 * thread for good. */
status web_serve(const web_options *o, void (*ready)(void *context, const char *address),
                 void *context, fault *f);

/* What the public sees of a contest, for an organizer's connection. Both may be done again: what was
 * there is replaced, and awards held or revoked later vanish by themselves. */
/* The rules as they stand in the contest's definition, without anybody's name. */
status publish_rules(store *db, arena *mem, const char *actor, int64_t year, fault *f);
/* Names and units of the decided awards, `methods` (a PDF) and every draw with its seed. E_CONFLICT when no
 * award of the year is decided. */
status publish_results(store *db, const char *actor, int64_t year, slice methods, fault *f);
typedef enum { PUBLIC_RULES, PUBLIC_RESULTS } public_part;
status publish_take_back(store *db, const char *actor, int64_t year, public_part part, fault *f);

/* Whether only this machine can reach that address. */
bool web_listens_locally(const char *listen);

#endif
