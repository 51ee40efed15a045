/* Lễ trao giải: who is called when, and who sits where. */
#include "document.h"

#include "chamthi/print.h"
#include "guests.h"

#include <stdio.h>
#include <string.h>

typedef struct {
    const contest *contest;
    guest_list list;
    report_table calls, seats;
} ceremony;

/* The seats of one award's people, "A1, A2". */
static const char *seats_of(arena *mem, const guest_list *list, size_t award)
{
    buffer b = BUFFER_INIT;
    for (size_t i = 0; i < list->guest_count; i++)
        if (list->guests[i].award == award)
            buffer_format(&b, "%s%s", b.size ? ", " : "", list->guests[i].seat);
    const char *text = b.failed ? NULL : arena_string(mem, b.size ? b.bytes : "");
    buffer_free(&b);
    return text;
}

static status list_calls(ceremony *r, arena *mem, fault *f)
{
    static const report_column columns[] = {
        {"STT", 8, ALIGN_MIDDLE},         {"Giải", 18, ALIGN_TEXT},
        {"Mời lên nhận", 30, ALIGN_TEXT}, {"Đơn vị", 32, ALIGN_TEXT},
        {"Tác phẩm", 34, ALIGN_TEXT},     {"Ghế", 11, ALIGN_MIDDLE},
        {"Số giấy", 19, ALIGN_MIDDLE}};
    table_start(&r->calls, mem, "Thứ tự mời nhận giải", columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < r->list.award_count; i++) {
        const called_award *a = &r->list.awards[i];
        const char *names = lines_names(mem, a->recipient), *seats = seats_of(mem, &r->list, i);
        if (!names || !seats)
            return fault_memory(f);
        table_number(&r->calls, (int64_t)i + 1);
        table_text(&r->calls, a->prize);
        table_text(&r->calls, names);
        table_text(&r->calls, a->unit);
        table_text(&r->calls, a->title);
        table_text(&r->calls, seats);
        table_text(&r->calls, a->serial);
    }
    return OK;
}

static void list_seats(ceremony *r, arena *mem)
{
    static const report_column columns[] = {{"Đơn vị", 50, ALIGN_TEXT},
                                            {"Họ và tên", 36, ALIGN_TEXT},
                                            {"Giải", 22, ALIGN_TEXT},
                                            {"Ghế", 12, ALIGN_MIDDLE},
                                            {"Có mặt", 12, ALIGN_MIDDLE}};
    table_start(&r->seats, mem, "Chỗ ngồi theo đơn vị", columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < r->list.guest_count; i++) {
        const guest *g = &r->list.guests[i];
        bool again = i && strcmp(g[-1].unit, g->unit) == 0;
        table_text(&r->seats, again ? "" : *g->unit ? g->unit : "Không ghi đơn vị");
        table_text(&r->seats, g->again ? "" : g->name);
        table_text(&r->seats, g->prize);
        table_text(&r->seats, g->again ? "" : g->seat);
        table_text(&r->seats, "");
    }
}

static status put_ceremony(document *d, void *what, fault *f)
{
    const ceremony *r = what;
    paragraph_style title = paragraph_center;
    char text[256];
    size_t people = 0;
    for (size_t i = 0; i < r->list.guest_count; i++)
        people += !r->list.guests[i].again;
    title.style = (text_style){FONT_SERIF_BOLD, 1600, 0, INK};
    TRY(document_paragraph(d, &title, "LỄ TRAO GIẢI", f));
    title.style.size = 1400;
    title.after = 400;
    TRY(document_paragraph(d, &title, r->contest->name, f));
    snprintf(text, sizeof text,
             "%zu giải và khen thưởng, %zu người và tập thể lên nhận. Giải gọi từ thấp đến cao, "
             "giải cao nhất gọi sau cùng.",
             r->list.award_count, people);
    TRY(document_paragraph(d, &paragraph_body, text, f));
    TRY(document_heading(d, 0, r->calls.title, f));
    TRY(document_table(d, &r->calls, 0, f));
    TRY(document_page(d, f));
    TRY(document_heading(d, 0, r->seats.title, f));
    return document_table(d, &r->seats, 0, f);
}

status report_ceremony(store *db, arena *mem, int64_t year, int64_t seats_in_row, const char *path,
                       fault *f)
{
    ceremony r = {0};
    contest *definition;
    report_file kind;
    TRY(report_file_kind(path, &kind, f));
    TRY(contest_get(db, mem, year, &definition, f));
    r.contest = definition;
    TRY(guests_gather(db, mem, year, seats_in_row, &r.list, f));
    TRY(list_calls(&r, mem, f));
    list_seats(&r, mem);
    const canvas_facts facts = {
        "Lễ trao giải", definition->organizer, definition->name, {(int)year, 12, 31}};
    if (kind == FILE_PDF)
        return document_make(mem, &page_sideways, NUMBERS_BOTTOM, put_ceremony, &r, &facts, path,
                             f);
    const report_table *const tables[] = {&r.calls, &r.seats};
    return table_workbook(path, tables, 2, definition->name, facts.day, f);
}
