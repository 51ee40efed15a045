/* What draft.js sends while a judge types: stored when it is newer than what there is, never over
 * somebody else's version. */
#include "sheet.h"

/* 204, 422: the revision that now holds what was sent, or what was right of it. 412: one stands in
 * its way. */
static status answer(request *r, int code, int64_t rev)
{
    reply_code(r, code);
    reply_header(r, "ETag", arena_format(r->mem, "\"%lld\"", (long long)rev));
    return OK;
}

/* A mark that is no mark yet ("8,") leaves the stored one alone; the page keeps what was typed. */
static desk_change change_of(const request *r, const desk_sheet *sheet, typed_sheet *typed)
{
    for (size_t i = 0; i < sheet->criterion_count; i++) {
        const desk_criterion *c = &sheet->criteria[i];
        if (typed->means[i].kind != MARK_POINTS && typed->means[i].kind != MARK_BLANK)
            typed->means[i] = (desk_mark){c->marked ? MARK_POINTS : MARK_BLANK, c->points};
    }
    return (desk_change){.rev = typed->rev,
                         .marks = typed->means,
                         .comment = typed->comment_too_long ? sheet->comment : typed->comment,
                         .note = typed->comment_too_long ? sheet->note : typed->note,
                         .highlights = typed->highlights,
                         .aim = DESK_SAVE,
                         .now = r->in->now};
}

status page_draft(request *r, fault *f)
{
    desk_sheet sheet;
    typed_sheet typed;
    TRY(desk_sheet_read(r->db, r->mem, &r->who, r->part, &sheet, f));
    TRY(typed_from_form(r, &sheet, &typed, f));
    int done = typed_has_errors(&sheet, &typed) ? 422 : 204;
    desk_change change = change_of(r, &sheet, &typed);
    if (desk_holds(&sheet, &change)) /* also the same request twice, its first answer lost */
        return answer(r, done, sheet.rev);
    if (!sheet.writable || typed.rev != sheet.rev)
        return answer(r, 412, sheet.rev);
    status st = desk_write(r->db, r->mem, &r->who, &sheet, &change, f);
    if (st == E_CONFLICT)
        return answer(r, 412, sheet.rev);
    TRY(st);
    return answer(r, done, typed.rev + 1);
}
