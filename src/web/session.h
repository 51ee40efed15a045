/* The cookie, whose session it is, and the two proofs that a POST comes from our own page. */
#ifndef WEB_SESSION_H
#define WEB_SESSION_H

#include "request.h"

/* Reads the cookie and looks up the session; fills r->token, r->signed_in, r->who. */
status session_read(request *r, fault *f);

/* Reads the cookie of the visitor's look; sets it anew. */
void look_read(request *r);
void look_set(request *r, const char *size, const char *theme);

/* The token that every form carries; makes the visitor a cookie when there is none yet. */
const char *session_csrf(request *r);
/* E_DENIED unless Origin (or Sec-Fetch-Site) is ours and the form carries the right token. */
status session_check_post(const request *r, fault *f);

/* After signing in: the new token replaces the old one, so nobody can have known it before, and the
 * visitor is who the session says. */
status session_replace(request *r, const char token[TOKEN_TEXT], fault *f);
void session_drop(request *r);
/* The Set-Cookie header, when there is something to set. */
void session_finish(request *r);

#endif
