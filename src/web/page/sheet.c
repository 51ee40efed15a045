/* Taking a sheet: saved, submitted, sent back with its errors, or in conflict with another version. */
#include "sheet.h"

#include "web/highlight.h"

#include <string.h>

static desk_change change_of(const request *r, const desk_sheet *sheet, const typed_sheet *typed)
{
    return (desk_change){.rev = typed->rev,
                         .marks = typed->means,
                         .comment = typed->comment_too_long ? sheet->comment : typed->comment,
                         .note = typed->comment_too_long ? sheet->note : typed->note,
                         .highlights = typed->highlights,
                         .aim = typed->aim,
                         .now = r->in->now};
}

/* ---- conflict ---- */

static void put_passages(request *r, const char *highlights)
{
    char number[SHOWN_MAX];
    int64_t n = (int64_t)highlights_count(highlights);
    show_number(number, r->lang, n);
    say_passages(r->h, n, number);
}

static void put_versions(request *r, const desk_sheet *sheet, const typed_sheet *typed)
{
    html *h = r->h;
    html_put(
        h,
        "<table class=\"versions\">\n<thead><tr><th scope=\"col\">%s</th><th scope=\"col\">%s</th>"
        "<th scope=\"col\">%s</th></tr></thead>\n<tbody>\n",
        page_text(r, MSG_CRITERION), page_text(r, MSG_SAVED_VERSION),
        page_text(r, MSG_TYPED_VERSION));
    for (size_t i = 0; i < sheet->criterion_count; i++) {
        const desk_criterion *c = &sheet->criteria[i];
        char saved[SHOWN_MAX] = "–";
        if (c->marked)
            show_points(saved, r->lang, c->points);
        html_put(h, "<tr><th scope=\"row\" lang=\"vi\">%s</th><td>%s</td><td>%s</td></tr>\n",
                 c->name, saved, typed->marks[i][0] ? typed->marks[i] : "–");
    }
    html_put(h, "<tr><th scope=\"row\">%s</th><td lang=\"vi\">", page_text(r, MSG_COMMENT));
    html_paragraphs(h, sheet->comment);
    html_put(h, "</td><td lang=\"vi\">");
    html_paragraphs(h, typed->comment);
    html_put(h, "</td></tr>\n");
    if (sheet->note[0] || typed->note[0]) {
        html_put(h, "<tr><th scope=\"row\">%s</th><td lang=\"vi\">", page_text(r, MSG_NOTE));
        html_paragraphs(h, sheet->note);
        html_put(h, "</td><td lang=\"vi\">");
        html_paragraphs(h, typed->note);
        html_put(h, "</td></tr>\n");
    }
    if (strcmp(sheet->highlights, typed->highlights) != 0) {
        html_put(h, "<tr><th scope=\"row\">%s</th><td>", page_text(r, MSG_HIGHLIGHTED));
        put_passages(r, sheet->highlights);
        html_put(h, "</td><td>");
        put_passages(r, typed->highlights);
        html_put(h, "</td></tr>\n");
    }
    html_put(h, "</tbody>\n</table>\n");
}

/* A form that would store what was typed over the version now shown. */
static void put_use_typed(request *r, const desk_sheet *sheet, const typed_sheet *typed)
{
    html *h = r->h;
    put_sheet_form(r, sheet, sheet->rev);
    for (size_t i = 0; i < sheet->criterion_count; i++)
        html_put(h, "<input type=\"hidden\" name=\"m-%lld\" value=\"%s\">\n",
                 (long long)sheet->criteria[i].id, typed->marks[i]);
    html_put(h,
             "<input type=\"hidden\" name=\"comment\" value=\"%s\">\n"
             "<input type=\"hidden\" name=\"note\" value=\"%s\">\n"
             "<input type=\"hidden\" name=\"highlights\" value=\"%s\">\n",
             typed->comment, typed->note, typed->highlights);
    html_put(h, "<button name=\"do\" value=\"save\">%s</button>\n</form>\n",
             page_text(r, MSG_USE_TYPED));
}

static status put_conflict(request *r, const desk_sheet *sheet, const typed_sheet *typed)
{
    html *h = r->h;
    reply_code(r, 409);
    page_open(r, page_text(r, MSG_CONFLICT));
    html_put(h, "<h1>%s</h1>\n", page_text(r, MSG_CONFLICT));
    put_essay_facts(r, sheet);
    html_put(h, "<p>%s</p>\n",
             page_text(r, sheet->writable ? MSG_CONFLICT_LEAD : MSG_CONFLICT_FINAL));
    put_versions(r, sheet, typed);
    html_put(h,
             "<div class=\"buttons\"><a class=\"button main\" href=\"%s\" data-forget=\"%s:%s\">"
             "%s</a>\n",
             request_address(r, ROUTE_ENTRY, sheet->phach), r->who.name, sheet->phach,
             page_text(r, MSG_KEEP_SAVED));
    if (sheet->writable)
        put_use_typed(r, sheet, typed);
    html_put(h, "</div>\n");
    put_draft_script(r, sheet);
    page_close(r);
    return OK;
}

/* ---- taking it ---- */

static status done(request *r, const desk_sheet *sheet, desk_aim aim)
{
    const char *entry = request_address(r, ROUTE_ENTRY, sheet->phach);
    if (aim == DESK_SUBMIT)
        return reply_see_other(r, request_address(r, ROUTE_RECEIPT, sheet->phach));
    return reply_see_other(r, arena_format(r->mem, "%s#state", entry));
}

/* Someone was faster, or the same form came twice. */
static status settle(request *r, const typed_sheet *typed, fault *f)
{
    desk_sheet now;
    TRY(desk_sheet_read(r->db, r->mem, &r->who, r->part, &now, f));
    desk_change change = change_of(r, &now, typed);
    if (desk_holds(&now, &change))
        return done(r, &now, now.state == SHEET_SUBMITTED ? DESK_SUBMIT : DESK_SAVE);
    if (typed->aim == DESK_SUBMIT && now.writable && !typed_has_errors(&now, typed)) {
        /* The other version says the same, so it may have been saved by this very page: nothing is lost
         * by submitting it. */
        change.aim = DESK_SAVE;
        bool same = desk_holds(&now, &change);
        change.aim = DESK_SUBMIT;
        change.rev = now.rev;
        if (same && desk_write(r->db, r->mem, &r->who, &now, &change, f) == OK)
            return done(r, &now, DESK_SUBMIT);
    }
    return put_conflict(r, &now, typed);
}

/* What is right goes into the draft; the page comes back with all that was typed. */
static status send_back(request *r, const desk_sheet *sheet, typed_sheet *typed, fault *f)
{
    desk_change change = change_of(r, sheet, typed);
    desk_sheet now;
    change.aim = DESK_SAVE;
    status st = desk_write(r->db, r->mem, &r->who, sheet, &change, f);
    if (st == E_CONFLICT)
        return settle(r, typed, f);
    TRY(st);
    TRY(desk_sheet_read(r->db, r->mem, &r->who, r->part, &now, f));
    typed->rev = now.rev;
    reply_code(r, 422);
    put_entry_page(r, &now, typed, ERRORS_LISTED);
    return OK;
}

status page_sheet(request *r, fault *f)
{
    desk_sheet sheet;
    typed_sheet typed;
    TRY(desk_sheet_read(r->db, r->mem, &r->who, r->part, &sheet, f));
    TRY(typed_from_form(r, &sheet, &typed, f));
    if (typed.rev != sheet.rev || !sheet.writable)
        return settle(r, &typed, f);
    if (typed_has_errors(&sheet, &typed))
        return send_back(r, &sheet, &typed, f);
    desk_change change = change_of(r, &sheet, &typed);
    status st = desk_write(r->db, r->mem, &r->who, &sheet, &change, f);
    if (st == E_CONFLICT)
        return settle(r, &typed, f);
    TRY(st);
    return done(r, &sheet, typed.aim);
}

/* ---- receipt ---- */

static void put_receipt(request *r, const desk_sheet *sheet)
{
    html *h = r->h;
    char time[SHOWN_MAX];
    show_time(time, r->lang, sheet->submitted_at);
    html_put(h, "<h1>%s</h1>\n<p class=\"good\">%s</p>\n", page_text(r, MSG_RECEIPT),
             page_text(r, MSG_RECEIPT_LEAD));
    html_put(h, "<dl>\n<dt>%s</dt><dd class=\"code\">%s</dd>\n", page_text(r, MSG_RECEIPT_CODE),
             sheet->code);
    html_put(h, "<dt>%s</dt><dd>%s (%s)</dd>\n", page_text(r, MSG_SUBMITTED_AT), time,
             page_text(r, MSG_HANOI_TIME));
    html_put(h, "<dt>%s</dt><dd><span lang=\"vi\">%s</span> <b class=\"phach\">%s</b></dd>\n",
             page_text(r, MSG_ESSAY), sheet->title, sheet->phach);
    html_put(h, "<dt>%s</dt><dd lang=\"vi\">%s %lld</dd>\n</dl>\n", page_text(r, MSG_ROUND),
             sheet->round, (long long)sheet->year);
}

status page_receipt(request *r, fault *f)
{
    html *h = r->h;
    desk_sheet sheet;
    desk_queue queue;
    TRY(desk_sheet_read(r->db, r->mem, &r->who, r->part, &sheet, f));
    if (sheet.state != SHEET_SUBMITTED)
        return reply_see_other(r, request_address(r, ROUTE_ENTRY, sheet.phach));
    TRY(desk_queue_read(r->db, r->mem, &r->who, &queue, f));
    const char *next = desk_next(&queue, sheet.phach);
    page_open(r, page_text(r, MSG_RECEIPT));
    html_put(h, "<div class=\"receipt\">\n");
    put_receipt(r, &sheet);
    put_mark_table(r, &sheet);
    html_put(h, "<p class=\"hint\">%s</p>\n<p class=\"buttons\">", page_text(r, MSG_RECEIPT_KEEP));
    if (next)
        html_put(h, "<a class=\"button main\" href=\"%s\">%s</a>\n",
                 request_address(r, ROUTE_ENTRY, next), page_text(r, MSG_READ_NEXT));
    html_put(h,
             "<a class=\"button\" href=\"%s\">%s</a>\n"
             "<button type=\"button\" data-print hidden>%s</button></p>\n</div>\n",
             request_address(r, ROUTE_QUEUE, NULL), page_text(r, MSG_MY_ESSAYS),
             page_text(r, MSG_PRINT_RECEIPT));
    put_draft_script(r, &sheet);
    page_close(r);
    return OK;
}
