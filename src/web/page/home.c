/* The first page, short addresses and assets. */
#include "page.h"

#include "chamthi/random.h"
#include "web/asset.h"
#include "web/register.h"

#include <string.h>

status page_root(request *r, fault *f)
{
    (void)f;
    return reply_see_other(r, request_address(r, ROUTE_HOME, NULL));
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
        html_put(h, "<li><span class=\"year\">%lld</span> <span lang=\"vi\">%s</span></li>\n",
                 (long long)list[i].year, list[i].name);
    html_put(h, "</ul>\n");
    page_close(r);
    return OK;
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
