/* What the pages share. Every page function writes into r->h between page_open and page_close and
 * returns a fault for the frame to show. */
#ifndef WEB_PAGE_H
#define WEB_PAGE_H

#include "web/message.h"
#include "web/request.h"

#define X(name, method, pattern, page, who, db, body_limit) status page(request *r, fault *f);
#include "web/routes.h"
#undef X

/* Head, top line, <main>. `title` is text of any origin. */
void page_open(request *r, const char *title);
void page_close(request *r);

/* The text of the page's language. */
const char *page_text(const request *r, message m);
/* Opens a POST form to that route, with its CSRF token; close it with "</form>". */
void page_form(request *r, route_id id, const char *part);
/* A link with a text of the table. */
void page_link(request *r, route_id id, const char *part, message text);

/* Until when sheets are due (2024-05-31) and how long that is; nothing for "". */
void page_due(request *r, const char *iso);

/* `next` when it is an address that this program answers with a page, else the first page. */
const char *page_own_address(request *r, const char *next);

/* A whole page about what went wrong; `f` NULL: the general sentence of the code. */
void page_error(request *r, int code, const fault *f);
/* A GET is sent to the sign-in page and comes back. A form whose session ran out gets the sign-in form
 * at once, with all that was typed inside it, to be sent on afterwards. */
void page_ask_sign_in(request *r);

#endif
