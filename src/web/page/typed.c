/* Between the form's fields and marks. */
#include "sheet.h"

#include "chamthi/text.h"
#include "web/highlight.h"

#include <stdlib.h>
#include <string.h>

static status make_room(request *r, const desk_sheet *sheet, typed_sheet *out, fault *f)
{
    *out = (typed_sheet){.marks = ARENA_ARRAY(r->mem, const char *, sheet->criterion_count + 1),
                         .means = ARENA_ARRAY(r->mem, desk_mark, sheet->criterion_count + 1)};
    return out->marks && out->means ? OK : fault_memory(f);
}

status typed_from_store(request *r, const desk_sheet *sheet, typed_sheet *out, fault *f)
{
    TRY(make_room(r, sheet, out, f));
    out->rev = sheet->rev;
    out->comment = sheet->comment;
    out->note = sheet->note;
    out->highlights = sheet->highlights;
    for (size_t i = 0; i < sheet->criterion_count; i++) {
        const desk_criterion *c = &sheet->criteria[i];
        char text[SHOWN_MAX] = "";
        if (c->marked)
            show_points(text, r->lang, c->points);
        out->marks[i] = arena_string(r->mem, text);
        out->means[i] = (desk_mark){c->marked ? MARK_POINTS : MARK_BLANK, c->points};
        if (!out->marks[i])
            return fault_memory(f);
    }
    return OK;
}

static bool too_long(const char *text)
{
    return text_characters((slice){text, strlen(text)}) > COMMENT_MOST;
}

/* The revision the judge had in front of him: If-Match of a PUT, a field of a form. */
static bool read_revision(const request *r, int64_t *out)
{
    bool put = r->route->method == METHOD_PUT;
    const char *text = put ? r->in->if_match : request_field(r, "rev");
    char *end;
    if (!text || (put && *text++ != '"'))
        return false;
    *out = strtoll(text, &end, 10);
    return end != text && strcmp(end, put ? "\"" : "") == 0;
}

status typed_from_form(request *r, const desk_sheet *sheet, typed_sheet *out, fault *f)
{
    const char *who = request_field(r, "who");
    TRY(make_room(r, sheet, out, f));
    if (who[0] && strcmp(who, r->who.name) != 0)
        return FAIL(
            f, E_CONFLICT,
            "phiếu này do tài khoản %s điền; hãy đăng xuất rồi đăng nhập lại bằng tài khoản đó",
            "this sheet was filled in by the account %s; sign out and in again as that one", who);
    if (!read_revision(r, &out->rev))
        return FAIL(f, E_INPUT, "biểu mẫu thiếu số lần lưu; hãy tải lại trang rồi gửi lại",
                    "the form lacks its revision; reload the page and send it again");
    out->aim = strcmp(request_field(r, "do"), "submit") == 0 ? DESK_SUBMIT : DESK_SAVE;
    out->comment = request_field(r, "comment");
    out->note = form_get(&r->form, "note") ? request_field(r, "note") : sheet->note;
    out->highlights = request_field(r, "highlights");
    if (!form_get(&r->form, "highlights") || !highlights_fit(out->highlights))
        out->highlights = sheet->highlights;
    out->comment_too_long = too_long(out->comment) || too_long(out->note);
    for (size_t i = 0; i < sheet->criterion_count; i++) {
        const char *name = arena_format(r->mem, "m-%lld", (long long)sheet->criteria[i].id);
        if (!name)
            return fault_memory(f);
        out->marks[i] = request_field(r, name);
        out->means[i].kind =
            mark_read(out->marks[i], &sheet->criteria[i].scale, &out->means[i].points);
    }
    return OK;
}

bool typed_has_errors(const desk_sheet *sheet, const typed_sheet *typed)
{
    bool wrong = typed->comment_too_long;
    for (size_t i = 0; i < sheet->criterion_count; i++) {
        mark_kind kind = typed->means[i].kind;
        wrong |= kind != MARK_POINTS && (kind != MARK_BLANK || typed->aim == DESK_SUBMIT);
    }
    return wrong;
}
