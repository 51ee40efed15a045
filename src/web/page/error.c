/* Pages about what went wrong. */
#include "page.h"

static message title_of(int code)
{
    switch (code) {
    case 400: return MSG_ERROR_400;
    case 401: return MSG_ERROR_401;
    case 403: return MSG_ERROR_403;
    case 404: return MSG_ERROR_404;
    case 405: return MSG_ERROR_405;
    case 409: return MSG_ERROR_409;
    case 413: return MSG_ERROR_413;
    case 429: return MSG_ERROR_429;
    case 503: return MSG_ERROR_503;
    default: return MSG_ERROR_500;
    }
}

static bool has_hint(int code)
{
    return code == 403 || code == 429 || code >= 500;
}

static message hint_of(int code)
{
    switch (code) {
    case 403: return MSG_ERROR_403_ROLE;
    case 429: return MSG_ERROR_429_HINT;
    case 503: return MSG_ERROR_503_HINT;
    default: return MSG_ERROR_500_HINT;
    }
}

void page_error(request *r, int code, const fault *f)
{
    html *h = r->h;
    const char *title = page_text(r, title_of(code));
    reply_code(r, code);
    page_open(r, title);
    html_put(h, "<h1>%s</h1>\n", title);
    if (f)
        html_put(h, "<p class=\"said\">%s.</p>\n", fault_text(f, r->lang));
    else if (has_hint(code))
        html_put(h, "<p>%s</p>\n", page_text(r, hint_of(code)));
    html_put(h, "<p>");
    page_link(r, ROUTE_HOME, NULL, MSG_GO_HOME);
    html_put(h, "</p>\n");
    page_close(r);
}
