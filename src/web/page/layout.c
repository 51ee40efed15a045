/* The frame of every page: head, top line, foot. */
#include "page.h"

#include "web/session.h"

#include <string.h>

enum { PAGE_BYTES = 40 * 1024 }; /* an essay and its form: no growing in small steps */

const char *page_text(const request *r, message m)
{
    return message_text(r->lang, m);
}

void page_form(request *r, route_id id, const char *part)
{
    html_put(r->h,
             "<form method=\"post\" action=\"%s\">\n"
             "<input type=\"hidden\" name=\"csrf\" value=\"%s\">\n",
             request_address(r, id, part), session_csrf(r));
}

void page_link(request *r, route_id id, const char *part, message text)
{
    html_put(r->h, "<a href=\"%s\">%s</a>", request_address(r, id, part), page_text(r, text));
}

/* The same page in the other language: only a GET can be asked for again. */
static const char *other_language(request *r)
{
    language other = r->lang == LANG_VI ? LANG_EN : LANG_VI;
    bool same = r->route && strncmp(r->route->pattern, "/:lang", 6) == 0 &&
                strcmp(r->in->method, "GET") == 0;
    const char *address = same
                              ? route_address(r->mem, (route_id)(r->route - routes), other, r->part)
                              : route_address(r->mem, ROUTE_HOME, other, NULL);
    const char *query = same ? strchr(r->in->target, '?') : NULL;
    if (address && query)
        address = arena_format(r->mem, "%s%s", address, query);
    return address ? address : "/";
}

static void put_menu(request *r)
{
    html *h = r->h;
    html_put(h, "<nav aria-label=\"%s\">\n", page_text(r, MSG_MAIN_MENU));
    if (r->signed_in && r->who.role == ROLE_JUDGE)
        page_link(r, ROUTE_QUEUE, NULL, MSG_MY_ESSAYS);
    else
        page_link(r, ROUTE_CERTIFICATE, NULL, MSG_MENU_CHECK);
    html_put(h, "<a href=\"%s\" hreflang=\"%s\" lang=\"%s\">%s</a>\n", other_language(r),
             r->lang == LANG_VI ? "en" : "vi", r->lang == LANG_VI ? "en" : "vi",
             page_text(r, MSG_OTHER_LANGUAGE));
    html_put(h, "<a href=\"#look\">%s</a>\n", page_text(r, MSG_SIZE));
    if (r->signed_in) {
        page_form(r, ROUTE_SIGN_OUT, NULL);
        html_put(h, "<button class=\"plain\">%s <span class=\"who\">(%s)</span></button></form>\n",
                 page_text(r, MSG_SIGN_OUT), r->who.name);
    } else {
        page_link(r, ROUTE_SIGN_IN_FORM, NULL, MSG_SIGN_IN);
    }
    html_put(h, "</nav>\n");
}

static const char *const size_classes[SIZE_COUNT] = {"normal", "large", "largest"};
static const char *const theme_classes[THEME_COUNT] = {"device", "light", "dark"};

static void put_choices(request *r, const char *name, message label, const char *const *words,
                        const message *texts, int count, int chosen)
{
    html *h = r->h;
    html_put(h, "<label for=\"look-%s\">%s</label> <select id=\"look-%s\" name=\"%s\">\n", name,
             page_text(r, label), name, name);
    for (int i = 0; i < count; i++) {
        html_put(h, "<option value=\"%s\"", words[i]);
        if (i == chosen)
            html_put(h, " selected");
        html_put(h, ">%s</option>\n", page_text(r, texts[i]));
    }
    html_put(h, "</select>\n");
}

/* Text size and background, for everybody and without a script. */
static void put_look(request *r)
{
    static const message sizes[] = {MSG_SIZE_NORMAL, MSG_SIZE_LARGE, MSG_SIZE_LARGEST};
    static const message themes[] = {MSG_THEME_DEVICE, MSG_THEME_LIGHT, MSG_THEME_DARK};
    html *h = r->h;
    html_put(h, "<form class=\"look\" id=\"look\" action=\"%s\" aria-label=\"%s\">\n",
             request_address(r, ROUTE_LOOK, NULL), page_text(r, MSG_LOOK));
    put_choices(r, "size", MSG_SIZE, size_classes, sizes, SIZE_COUNT, (int)r->look.size);
    put_choices(r, "theme", MSG_THEME, theme_classes, themes, THEME_COUNT, (int)r->look.theme);
    if (strcmp(r->in->method, "GET") == 0 && r->out->code == 200)
        html_put(h, "<input type=\"hidden\" name=\"next\" value=\"%s\">\n", r->in->target);
    html_put(h, "<button>%s</button></form>\n", page_text(r, MSG_LOOK_APPLY));
}

void page_open(request *r, const char *title)
{
    html *h = r->h;
    buffer_reserve(&h->out, PAGE_BYTES);
    html_put(
        h,
        "<!doctype html>\n<html lang=\"%s\" class=\"%s %s\">\n<head>\n<meta charset=\"utf-8\">\n"
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
        "<title>%s – %s</title>\n",
        r->lang == LANG_VI ? "vi" : "en", size_classes[r->look.size], theme_classes[r->look.theme],
        title, page_text(r, MSG_BRAND));
    html_put(h,
             "<link rel=\"stylesheet\" href=\"%s\">\n"
             "<link rel=\"icon\" type=\"image/svg+xml\" href=\"%s\">\n",
             request_address(r, ROUTE_ASSET, "chamthi.css"),
             request_address(r, ROUTE_ASSET, "icon.svg"));
    html_put(h,
             "</head>\n<body>\n<a class=\"skip\" href=\"#main\">%s</a>\n<header class=\"top\">\n",
             page_text(r, MSG_SKIP));
    html_put(h, "<a class=\"brand\" href=\"%s\">%s</a>\n", request_address(r, ROUTE_HOME, NULL),
             page_text(r, MSG_BRAND));
    put_menu(r);
    html_put(h, "</header>\n<main id=\"main\">\n");
}

void page_close(request *r)
{
    html_put(r->h, "</main>\n<footer><p>%s</p>\n", page_text(r, MSG_FOOTER));
    put_look(r);
    html_put(r->h, "</footer>\n</body>\n</html>\n");
}
