/* The reading page: the blind text, and beside it the score form. */
#include "sheet.h"

#include "web/highlight.h"

void put_essay_facts(request *r, const desk_sheet *sheet)
{
    html *h = r->h;
    html_put(h,
             "<p class=\"facts\"><span>%s <b class=\"phach\">%s</b></span> <span lang=\"vi\">%s "
             "%lld</span>",
             page_text(r, MSG_PHACH), sheet->phach, sheet->round, (long long)sheet->year);
    html_put(h, " <span lang=\"vi\">%s</span>", sheet->track);
    if (sheet->words) {
        char words[SHOWN_MAX];
        show_number(words, r->lang, sheet->words);
        html_put(h, " <span>");
        say_words(h, sheet->words, words);
        html_put(h, "</span>");
    }
    html_put(h, "</p>\n");
}

void put_mark_table(request *r, const desk_sheet *sheet)
{
    html *h = r->h;
    char text[SHOWN_MAX];
    html_put(h,
             "<table>\n<thead><tr><th scope=\"col\">%s</th><th scope=\"col\" class=\"n\">%s</th>"
             "</tr></thead>\n<tbody>\n",
             page_text(r, MSG_CRITERION), page_text(r, MSG_MARK));
    for (size_t i = 0; i < sheet->criterion_count; i++) {
        const desk_criterion *c = &sheet->criteria[i];
        show_points(text, r->lang, c->points);
        html_put(h, "<tr><th scope=\"row\" lang=\"vi\">%s</th><td class=\"n\">%s</td></tr>\n",
                 c->name, c->marked ? text : page_text(r, MSG_NOT_MARKED));
    }
    show_points(text, r->lang, desk_total(sheet));
    html_put(h,
             "</tbody>\n<tfoot><tr><th scope=\"row\">%s</th><td class=\"n\">%s</td></tr></tfoot>\n",
             page_text(r, MSG_TOTAL), text);
    html_put(h, "</table>\n");
}

/* ---- what is wrong ---- */

static bool is_wrong(const typed_sheet *typed, size_t i)
{
    mark_kind kind = typed->means[i].kind;
    return kind != MARK_POINTS && (kind != MARK_BLANK || typed->aim == DESK_SUBMIT);
}

static void say_what_is_wrong(request *r, const desk_criterion *c, const char *typed,
                              mark_kind kind)
{
    char least[SHOWN_MAX], most[SHOWN_MAX], step[SHOWN_MAX];
    show_points(least, r->lang, c->scale.least);
    show_points(most, r->lang, c->scale.most);
    show_points(step, r->lang, c->scale.step);
    switch (kind) {
    case MARK_BLANK: say_mark_missing(r->h, c->name); break;
    case MARK_NO_NUMBER: say_mark_no_number(r->h, c->name, typed); break;
    case MARK_OUT_OF_SCALE: say_mark_out_of_scale(r->h, c->name, typed, least, most); break;
    case MARK_OFF_STEP: say_mark_off_step(r->h, c->name, typed, step); break;
    case MARK_POINTS: break;
    }
}

static void put_comment_error(request *r)
{
    char most[SHOWN_MAX];
    show_number(most, r->lang, COMMENT_MOST);
    say_comment_too_long(r->h, most);
}

static void put_errors(request *r, const desk_sheet *sheet, const typed_sheet *typed)
{
    html *h = r->h;
    html_put(h, "<div class=\"errors\" role=\"alert\" id=\"errors\"><h2>%s</h2>\n<ul>\n",
             page_text(r, typed->aim == DESK_SUBMIT ? MSG_ERRORS_ON_SUBMIT : MSG_ERRORS_ON_SAVE));
    for (size_t i = 0; i < sheet->criterion_count; i++) {
        if (!is_wrong(typed, i))
            continue;
        html_put(h, "<li><a href=\"#m-%lld\">", (long long)sheet->criteria[i].id);
        say_what_is_wrong(r, &sheet->criteria[i], typed->marks[i], typed->means[i].kind);
        html_put(h, "</a></li>\n");
    }
    if (typed->comment_too_long) {
        html_put(h, "<li><a href=\"#comment\">");
        put_comment_error(r);
        html_put(h, "</a></li>\n");
    }
    html_put(h, "</ul>\n</div>\n");
}

/* ---- the form ---- */

static void put_criterion(request *r, const desk_criterion *c, const char *typed, mark_kind kind,
                          bool wrong)
{
    html *h = r->h;
    char least[SHOWN_MAX], most[SHOWN_MAX], step[SHOWN_MAX];
    long long id = (long long)c->id;
    show_points(least, r->lang, c->scale.least);
    show_points(most, r->lang, c->scale.most);
    show_points(step, r->lang, c->scale.step);
    html_put(h,
             "<div class=\"field criterion\">\n<div><label for=\"m-%lld\" lang=\"vi\">%s</label>\n",
             id, c->name);
    html_put(h,
             "<p class=\"hint\" id=\"h-%lld\"><span lang=\"vi\">%s</span> <span class=\"scale\">",
             id, c->description);
    say_scale(h, least, most, step);
    if (c->weight != 100) {
        show_points(step, r->lang, c->weight);
        html_put(h, "; ");
        say_weight(h, step);
    }
    html_put(h, "</span></p>\n");
    html_put(h,
             "</div>\n<input class=\"mark\" id=\"m-%lld\" name=\"m-%lld\" value=\"%s\""
             " inputmode=\"decimal\" autocomplete=\"off\" maxlength=\"20\""
             " data-least=\"%lld\" data-most=\"%lld\" data-step=\"%lld\" data-weight=\"%lld\"",
             id, id, typed, (long long)c->scale.least, (long long)c->scale.most,
             (long long)c->scale.step, (long long)c->weight);
    if (wrong) {
        html_put(h, " aria-invalid=\"true\" aria-describedby=\"e-%lld h-%lld\">\n", id, id);
        html_put(h, "<p class=\"error\" id=\"e-%lld\">", id);
        say_what_is_wrong(r, c, typed, kind);
        html_put(h, "</p>\n</div>\n");
    } else {
        html_put(h, " aria-describedby=\"h-%lld\">\n</div>\n", id);
    }
}

static void put_comment(request *r, const typed_sheet *typed)
{
    html *h = r->h;
    html_put(h,
             "<div class=\"field\"><label for=\"comment\">%s</label>\n"
             "<p class=\"hint\" id=\"h-comment\">%s</p>\n",
             page_text(r, MSG_COMMENT), page_text(r, MSG_COMMENT_HINT));
    if (typed->comment_too_long) {
        html_put(h, "<p class=\"error\">");
        put_comment_error(r);
        html_put(h, "</p>\n");
    }
    /* The first line end after the tag is not part of the text. */
    html_put(h,
             "<textarea id=\"comment\" name=\"comment\" rows=\"6\" lang=\"vi\""
             " aria-describedby=\"h-comment\">\n%s</textarea></div>\n",
             typed->comment);
}

/* Whose words on whose sheet: the name under which draft.js keeps them on this device. */
static void put_key(request *r, const desk_sheet *sheet)
{
    html_put(r->h, " data-key=\"%s:%s\"", r->who.name, sheet->phach);
}

/* Where draft.js says how saving goes; empty without it. */
static void put_autosave(request *r, const desk_sheet *sheet)
{
    html *h = r->h;
    html_put(h, "<p id=\"autosave\" class=\"hint\" role=\"status\"");
    put_key(r, sheet);
    html_put(h, " data-saving=\"%s\" data-saved=\"%s\" data-restored=\"%s\"",
             page_text(r, MSG_AUTO_SAVING), page_text(r, MSG_AUTO_SAVED),
             page_text(r, MSG_AUTO_RESTORED));
    html_put(h, " data-offline=\"%s\" data-expired=\"%s\"", page_text(r, MSG_AUTO_OFFLINE),
             page_text(r, MSG_AUTO_EXPIRED));
    html_put(h, " data-conflict=\"%s\" data-partly=\"%s\" data-refused=\"%s\"></p>\n",
             page_text(r, MSG_AUTO_CONFLICT), page_text(r, MSG_AUTO_PARTLY),
             page_text(r, MSG_AUTO_REFUSED));
}

void put_draft_script(request *r, const desk_sheet *sheet)
{
    if (sheet->state == SHEET_SUBMITTED) {
        html_put(r->h, "<span id=\"sent\" hidden");
        put_key(r, sheet);
        html_put(r->h, "></span>\n");
    }
    html_put(r->h, "<script src=\"%s\" defer></script>\n",
             request_address(r, ROUTE_ASSET, "draft.js"));
    if (sheet->writable)
        html_put(r->h, "<script src=\"%s\" defer></script>\n",
                 request_address(r, ROUTE_ASSET, "read.js"));
}

static void put_running_total(request *r, const desk_sheet *sheet)
{
    char text[SHOWN_MAX];
    show_points(text, r->lang, desk_total(sheet));
    html_put(r->h, "<p class=\"total\">%s <output id=\"total\">%s</output></p>\n",
             page_text(r, MSG_TOTAL), text);
}

/* Beside the comment, which the organizers read, what nobody else does. */
static void put_note(request *r, const char *note)
{
    html_put(r->h,
             "<div class=\"field private\"><label for=\"note\">%s</label>\n"
             "<p class=\"hint\" id=\"h-note\">%s</p>\n"
             "<textarea id=\"note\" name=\"note\" rows=\"4\" lang=\"vi\""
             " aria-describedby=\"h-note\">\n%s</textarea></div>\n",
             page_text(r, MSG_NOTE), page_text(r, MSG_NOTE_HINT), note);
}

void put_sheet_form(request *r, const desk_sheet *sheet, int64_t rev)
{
    page_form(r, ROUTE_SHEET, sheet->phach);
    html_put(r->h,
             "<input type=\"hidden\" name=\"rev\" value=\"%lld\">\n"
             "<input type=\"hidden\" name=\"who\" value=\"%s\">\n",
             (long long)rev, r->who.name);
}

static void put_score_form(request *r, const desk_sheet *sheet, const typed_sheet *typed,
                           errors_shown errors)
{
    html *h = r->h;
    put_sheet_form(r, sheet, typed->rev);
    html_put(h,
             "<input type=\"hidden\" name=\"highlights\" value=\"%s\">\n<p class=\"hint\">%s</p>\n",
             typed->highlights, page_text(r, MSG_SHEET_LEAD));
    for (size_t i = 0; i < sheet->criterion_count; i++)
        put_criterion(r, &sheet->criteria[i], typed->marks[i], typed->means[i].kind,
                      errors == ERRORS_LISTED && is_wrong(typed, i));
    put_running_total(r, sheet);
    put_comment(r, typed);
    put_note(r, typed->note);
    put_autosave(r, sheet);
    html_put(h,
             "<p class=\"buttons\"><button name=\"do\" value=\"save\">%s</button>\n"
             "<button class=\"main\" name=\"do\" value=\"submit\">%s</button></p>\n"
             "<p class=\"hint\">%s</p>\n</form>\n",
             page_text(r, MSG_SAVE_DRAFT), page_text(r, MSG_SUBMIT), page_text(r, MSG_SUBMIT_NOTE));
    html_put(h,
             "<p class=\"aside buttons\"><a class=\"button\" href=\"%s\">%s</a>\n"
             "<a class=\"button\" href=\"%s\">%s</a></p>\n",
             request_address(r, ROUTE_RECUSE_FORM, sheet->phach), page_text(r, MSG_RECOGNISE),
             request_address(r, ROUTE_SUSPECT_FORM, sheet->phach), page_text(r, MSG_SUSPECT));
}

/* Where the sheet stands, said above the form or instead of it. */
static void put_state(request *r, const desk_sheet *sheet)
{
    html *h = r->h;
    html_put(h, "<div id=\"state\">\n");
    if (sheet->writable)
        page_due(r, sheet->due);
    if (sheet->state == SHEET_DRAFT) {
        html_put(h, "<p class=\"note\">");
        say_saved(h, (long long)sheet->rev);
        html_put(h, " ");
        page_link(r, ROUTE_GIVEN, NULL, MSG_GIVEN);
        html_put(h, "</p>\n");
    }
    if (sheet->returned_reason && sheet->returned_reason[0] && sheet->state != SHEET_SUBMITTED) {
        html_put(h, "<p class=\"note\">");
        say_returned(h, sheet->returned_reason);
        html_put(h, "</p>\n");
    }
    if (sheet->state == SHEET_SUBMITTED) {
        html_put(h, "<p class=\"note\">%s ", page_text(r, MSG_YOU_SUBMITTED));
        page_link(r, ROUTE_RECEIPT, sheet->phach, MSG_SEE_RECEIPT);
        html_put(h, "</p>\n");
    } else if (sheet->state == SHEET_RECUSED) {
        html_put(h, "<p class=\"note\">%s</p>\n", page_text(r, MSG_YOU_RECUSED));
    } else if (!sheet->writable) {
        html_put(h, "<p class=\"note\">%s</p>\n", page_text(r, MSG_ROUND_CLOSED));
    }
    html_put(h, "</div>\n");
}

/* A printed sheet lies apart from its essay, so it says whose it is. */
static void put_paper_head(request *r, const desk_sheet *sheet)
{
    html_put(r->h, "<div class=\"paper\"><p><b lang=\"vi\">%s</b></p>\n", sheet->title);
    put_essay_facts(r, sheet);
    html_put(r->h, "<p>");
    say_judge(r->h, r->who.judge);
    html_put(r->h, "</p></div>\n");
}

static void put_sheet_side(request *r, const desk_sheet *sheet, const typed_sheet *typed,
                           errors_shown errors)
{
    html *h = r->h;
    html_put(h, "<section class=\"sheet\" aria-labelledby=\"sheet\">\n<h2 id=\"sheet\">%s</h2>\n",
             page_text(r, MSG_SHEET));
    put_paper_head(r, sheet);
    put_state(r, sheet);
    if (sheet->writable) {
        put_score_form(r, sheet, typed, errors);
    } else if (sheet->state != SHEET_RECUSED) {
        put_mark_table(r, sheet);
        if (sheet->comment[0]) {
            html_put(h, "<h3>%s</h3>\n<div lang=\"vi\">", page_text(r, MSG_COMMENT));
            html_paragraphs(h, sheet->comment);
            html_put(h, "</div>\n");
        }
        if (sheet->note[0]) {
            html_put(h, "<div class=\"private\"><h3>%s</h3>\n<div lang=\"vi\">",
                     page_text(r, MSG_NOTE));
            html_paragraphs(h, sheet->note);
            html_put(h, "</div></div>\n");
        }
        html_put(h, "<p class=\"links\">");
        page_link(r, ROUTE_HISTORY, sheet->phach, MSG_SHEET_HISTORY);
        html_put(h, "</p>\n");
    }
    html_put(h, "</section>\n");
}

void put_entry_page(request *r, const desk_sheet *sheet, const typed_sheet *typed,
                    errors_shown errors)
{
    html *h = r->h;
    const char *prefix = errors == ERRORS_LISTED ? page_text(r, MSG_ERROR_PREFIX) : "";
    const char *title = arena_format(r->mem, "%s%s", prefix, sheet->title);
    page_open(r, title ? title : sheet->phach);
    html_put(h, "<p class=\"crumbs\">");
    page_link(r, ROUTE_QUEUE, NULL, MSG_BACK_TO_QUEUE);
    html_put(h,
             " <a class=\"to-sheet\" href=\"#sheet\">%s</a>"
             " <button type=\"button\" class=\"plain\" data-print hidden>%s</button></p>\n",
             page_text(r, MSG_TO_SHEET), page_text(r, MSG_PRINT));
    if (errors == ERRORS_LISTED)
        put_errors(r, sheet, typed);
    html_put(h, "<div class=\"desk\">\n<article class=\"essay\">\n<h1 lang=\"vi\">%s</h1>\n",
             sheet->title);
    put_essay_facts(r, sheet);
    html_put(h,
             "<button type=\"button\" id=\"last-place\" class=\"plain\" hidden>%s</button>\n"
             "<div id=\"text\" lang=\"vi\">",
             page_text(r, MSG_LAST_PLACE));
    if (sheet->state != SHEET_RECUSED)
        html_highlighted(h, sheet->text, typed->highlights);
    html_put(h, "</div>\n");
    if (sheet->state != SHEET_RECUSED)
        put_pictures(r, sheet);
    if (sheet->writable) /* read.js shows it while something is selected */
        html_put(h,
                 "<button type=\"button\" id=\"highlight\" hidden data-drop=\"%s\">%s</button>\n",
                 page_text(r, MSG_HIGHLIGHT_DROP), page_text(r, MSG_HIGHLIGHT));
    html_put(h, "</article>\n");
    put_sheet_side(r, sheet, typed, errors);
    html_put(h, "</div>\n");
    put_draft_script(r, sheet);
    page_close(r);
}

status page_entry(request *r, fault *f)
{
    desk_sheet sheet;
    typed_sheet typed;
    TRY(desk_sheet_read(r->db, r->mem, &r->who, r->part, &sheet, f));
    TRY(typed_from_store(r, &sheet, &typed, f));
    put_entry_page(r, &sheet, &typed, ERRORS_NONE);
    return OK;
}
