/* The first page, short addresses and assets. */
#include "page.h"

#include "chamthi/random.h"
#include "web/asset.h"
#include "web/register.h"
#include "web/session.h"

#include <string.h>

status page_root(request *r, fault *f)
{
    (void)f;
    return reply_see_other(r, request_address(r, ROUTE_HOME, NULL));
}

static void put_contest(request *r, const register_contest *c)
{
    html *h = r->h;
    const char *year = arena_format(r->mem, "%lld", (long long)c->year);
    html_put(h,
             "<li><a href=\"%s\"><span class=\"year\">%lld</span> <span lang=\"vi\">%s</span></a>",
             request_address(r, ROUTE_CONTEST, year ? year : ""), (long long)c->year, c->name);
    if (c->results) {
        html_put(h, " <span class=\"links\">");
        page_link(r, ROUTE_RESULTS, year ? year : "", MSG_RESULTS);
        html_put(h, "</span>");
    }
    html_put(h, "</li>\n");
}

status page_home(request *r, fault *f)
{
    html *h = r->h;
    register_contest *list;
    size_t count;
    TRY(register_contests(r->db, r->mem, &list, &count, f));
    page_open(r, page_text(r, MSG_HOME));
    html_put(h, "<h1>%s</h1>\n<p class=\"lead\">%s</p>\n", page_text(r, MSG_HOME),
             page_text(r, MSG_HOME_LEAD));
    if (r->signed_in && r->who.role != ROLE_JUDGE)
        html_put(h, "<p class=\"note\">%s</p>\n", page_text(r, MSG_NO_PAGES));
    if (!count)
        html_put(h, "<p>%s</p>\n", page_text(r, MSG_NO_CONTEST));
    html_put(h, "<ul class=\"contests\">\n");
    for (size_t i = 0; i < count; i++)
        put_contest(r, &list[i]);
    html_put(h, "</ul>\n");
    page_close(r);
    return OK;
}

/* For a proxy or a monitor: whether the database answers. */
status page_health(request *r, fault *f)
{
    register_contest *list;
    size_t count;
    TRY(register_contests(r->db, r->mem, &list, &count, f));
    r->out->type = "text/plain; charset=utf-8";
    html_put(r->h, "ok\n");
    return OK;
}

/* A choice of the visitor's own, so it needs no form of ours. */
status page_look(request *r, fault *f)
{
    (void)f;
    look_set(r, request_field(r, "size"), request_field(r, "theme"));
    return reply_see_other(r, page_own_address(r, request_field(r, "next")));
}

status page_asset(request *r, fault *f)
{
    asset a;
    unsigned char hash[HASH_SIZE];
    char hex[2 * HASH_SIZE + 1];
    if (!asset_find(r->part, &a))
        return FAIL(f, E_MISSING, "không có tệp này", "there is no such file");
    hash_bytes(hash, a.bytes.bytes, a.bytes.size);
    hex_encode(hex, hash, sizeof hash);
    const char *etag = arena_format(r->mem, "\"%.16s\"", hex);
    if (!etag)
        return fault_memory(f);
    reply_header(r, "ETag", etag);
    reply_header(r, "Cache-Control", "no-cache");
    r->out->fixed = a.bytes;
    if (r->in->if_none_match && strcmp(r->in->if_none_match, etag) == 0) {
        r->out->fixed.size = 0;
        reply_code(r, 304);
    } else {
        reply_header(r, "Content-Type", a.type);
    }
    return OK;
}
