/* The pages of a handwritten essay, as pictures in which the names are covered. */
#include "sheet.h"

#include "chamthi/random.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void put_pictures(request *r, const desk_sheet *sheet)
{
    if (!sheet->pages && !sheet->text[0])
        html_put(r->h, "<p class=\"note\">%s</p>\n", page_text(r, MSG_READ_ON_PAPER));
    for (int64_t i = 1; i <= sheet->pages; i++) {
        const char *part = arena_format(r->mem, "%s.%lld", sheet->phach, (long long)i);
        const char *address = request_address(r, ROUTE_PICTURE, part ? part : sheet->phach);
        html_put(r->h,
                 "<p class=\"picture\"><a href=\"%s\"><img src=\"%s\" alt=\"%s %lld\""
                 " loading=\"lazy\"></a></p>\n",
                 address, address, page_text(r, MSG_PICTURE_OF_PAGE), (long long)i);
    }
}

/* The address is a code, or a code and ".2" for the second page. */
status page_picture(request *r, fault *f)
{
    char phach[CODE_TEXT_MAX + 8];
    const char *dot = strrchr(r->part, '.'), *type;
    size_t size = dot ? (size_t)(dot - r->part) : strlen(r->part);
    int64_t page = dot ? strtoll(dot + 1, NULL, 10) : 1;
    snprintf(phach, sizeof phach, "%.*s", (int)(size < sizeof phach ? size : 0), r->part);
    TRY(desk_page_read(r->db, r->mem, &r->who, phach, page, &r->h->out, &type, f));
    r->out->type = type;
    return OK;
}
