/* "This looks copied": told to the organizers; the sheet stays with the judge. */
#include "sheet.h"

#include "chamthi/text.h"

#include <string.h>

enum { TEXT_MOST = 2000 }; /* characters, as the field's maxlength counts them */

static void put_head(request *r, message title, const desk_sheet *sheet)
{
    page_open(r, page_text(r, title));
    html_put(r->h,
             "<div class=\"narrow\">\n<h1>%s</h1>\n<p class=\"facts\"><span lang=\"vi\">%s</span> "
             "<b class=\"phach\">%s</b></p>\n",
             page_text(r, title), sheet->title, sheet->phach);
}

static void put_back(request *r, const desk_sheet *sheet)
{
    html_put(r->h, "<a class=\"button\" href=\"%s\">%s</a>",
             request_address(r, ROUTE_ENTRY, sheet->phach), page_text(r, MSG_RECUSE_BACK));
}

status page_suspect_form(request *r, fault *f)
{
    html *h = r->h;
    desk_sheet sheet;
    TRY(desk_sheet_read(r->db, r->mem, &r->who, r->part, &sheet, f));
    if (sheet.state == SHEET_RECUSED)
        return reply_see_other(r, request_address(r, ROUTE_ENTRY, sheet.phach));
    put_head(r, MSG_SUSPECT, &sheet);
    html_put(h, "<p>%s</p>\n", page_text(r, MSG_SUSPECT_LEAD));
    page_form(r, ROUTE_SUSPECT, sheet.phach);
    html_put(
        h,
        "<div class=\"field\"><label for=\"text\">%s</label>\n<textarea id=\"text\" name=\"text\""
        " rows=\"4\" maxlength=\"%d\" required></textarea></div>\n",
        page_text(r, MSG_SUSPECT_WHERE), TEXT_MOST);
    html_put(h, "<p class=\"buttons\"><button class=\"main\">%s</button>\n",
             page_text(r, MSG_SUSPECT_SEND));
    put_back(r, &sheet);
    html_put(h, "</p>\n</form>\n</div>\n");
    page_close(r);
    return OK;
}

status page_suspect(request *r, fault *f)
{
    desk_sheet sheet;
    const char *text = request_field(r, "text");
    TRY(desk_sheet_read(r->db, r->mem, &r->who, r->part, &sheet, f));
    if (!text[strspn(text, " \t\n")] || text_characters((slice){text, strlen(text)}) > TEXT_MOST)
        return FAIL(
            f, E_INPUT,
            "hãy quay lại và viết bài này giống bài nào, đã đăng ở đâu (nhiều nhất %d ký tự)",
            "go back and write which text it is like and where that was printed (at most %d "
            "characters)",
            TEXT_MOST);
    TRY(desk_suspect(r->db, &r->who, &sheet, text, r->in->now, f));
    put_head(r, MSG_SUSPECT_SENT, &sheet);
    html_put(r->h, "<p class=\"good\">%s</p>\n<p>", page_text(r, MSG_SUSPECT_SENT_LEAD));
    put_back(r, &sheet);
    html_put(r->h, "</p>\n</div>\n");
    page_close(r);
    return OK;
}
