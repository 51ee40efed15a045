/* "I recognise the author": asked once more, then the sheet leaves the desk. */
#include "sheet.h"

#include <stdlib.h>
#include <string.h>

static const message reason_texts[CONFLICT_REASONS] = {MSG_REASON_AUTHOR, MSG_REASON_RELATION,
                                                       MSG_REASON_OTHER};

static void put_reasons(request *r)
{
    html *h = r->h;
    html_put(h, "<fieldset><legend>%s</legend>\n", page_text(r, MSG_RECUSE_REASON));
    for (size_t i = 0; i < CONFLICT_REASONS; i++) {
        html_put(
            h,
            "<div class=\"choice\"><input type=\"radio\" name=\"reason\" id=\"r-%s\" value=\"%s\"",
            conflict_words[i], conflict_words[i]);
        if (i == 0)
            html_put(h, " checked");
        html_put(h, " required> <label for=\"r-%s\">%s</label></div>\n", conflict_words[i],
                 page_text(r, reason_texts[i]));
    }
    html_put(h,
             "<div class=\"choice\"><input type=\"radio\" name=\"reason\" id=\"r-abstain\" "
             "value=\"abstain\" required> <label for=\"r-abstain\">%s</label></div>\n",
             page_text(r, MSG_REASON_ABSTAIN));
    html_put(h, "</fieldset>\n");
    html_put(
        h,
        "<div class=\"field\"><label for=\"note\">%s</label>\n<p class=\"hint\" id=\"h-note\">%s"
        "</p>\n<textarea id=\"note\" name=\"note\" rows=\"3\" maxlength=\"%d\""
        " aria-describedby=\"h-note\"></textarea></div>\n",
        page_text(r, MSG_RECUSE_NOTE), page_text(r, MSG_COMMENT_HINT), CONFLICT_NOTE_MOST);
}

status page_recuse_form(request *r, fault *f)
{
    html *h = r->h;
    desk_sheet sheet;
    TRY(desk_sheet_read(r->db, r->mem, &r->who, r->part, &sheet, f));
    const char *entry = request_address(r, ROUTE_ENTRY, sheet.phach);
    if (!sheet.writable)
        return reply_see_other(r, entry);
    page_open(r, page_text(r, MSG_RECOGNISE));
    html_put(h,
             "<div class=\"narrow\">\n<h1>%s</h1>\n<p class=\"facts\"><span lang=\"vi\">%s</span> "
             "<b class=\"phach\">%s</b></p>\n",
             page_text(r, MSG_RECOGNISE), sheet.title, sheet.phach);
    html_put(h, "<p>%s</p>\n", page_text(r, MSG_RECUSE_LEAD));
    page_form(r, ROUTE_RECUSE, sheet.phach);
    html_put(h, "<input type=\"hidden\" name=\"rev\" value=\"%lld\">\n", (long long)sheet.rev);
    put_reasons(r);
    html_put(h,
             "<p class=\"buttons\"><button class=\"danger\">%s</button>\n"
             "<a class=\"button\" href=\"%s\">%s</a></p>\n</form>\n</div>\n",
             page_text(r, MSG_RECUSE_CONFIRM), entry, page_text(r, MSG_RECUSE_BACK));
    page_close(r);
    return OK;
}

status page_recuse(request *r, fault *f)
{
    desk_sheet sheet;
    const char *rev = request_field(r, "rev");
    conflict_reason reason = CONFLICT_OTHER;
    char *end;
    TRY(desk_sheet_read(r->db, r->mem, &r->who, r->part, &sheet, f));
    long long number = strtoll(rev, &end, 10);
    bool abstains = strcmp(request_field(r, "reason"), "abstain") == 0;
    bool known = abstains || conflict_read(request_field(r, "reason"), &reason);
    if (!known || end == rev || *end)
        return FAIL(f, E_INPUT, "hãy quay lại và chọn một lý do", "go back and choose a reason");
    if (sheet.state != SHEET_RECUSED && abstains)
        TRY(desk_abstain(r->db, &r->who, &sheet, number, f));
    else if (sheet.state != SHEET_RECUSED)
        TRY(desk_recuse(r->db, &r->who, &sheet, number, reason, request_field(r, "note"), f));
    return reply_see_other(r, request_address(r, ROUTE_ENTRY, sheet.phach));
}
