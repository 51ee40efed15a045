/* A judge's queue: what there is to read, what is done. */
#include "page.h"

#include "chamthi/clock.h"
#include "web/desk.h"

static message state_text(sheet_state s)
{
    switch (s) {
    case SHEET_OPEN: return MSG_STATE_OPEN;
    case SHEET_DRAFT: return MSG_STATE_DRAFT;
    case SHEET_SUBMITTED: return MSG_STATE_SUBMITTED;
    case SHEET_RETURNED: return MSG_STATE_RETURNED;
    case SHEET_RECUSED: break;
    }
    return MSG_STATE_RECUSED;
}

static void put_item(request *r, const desk_item *item)
{
    static const char *const classes[] = {"open", "draft", "submitted", "returned", "recused"};
    html *h = r->h;
    html_put(h, "<li class=\"%s\"><a href=\"%s\" lang=\"vi\">%s</a>\n<p class=\"facts\">",
             classes[item->state], request_address(r, ROUTE_ENTRY, item->phach), item->title);
    html_put(h, "<span>%s <b class=\"phach\">%s</b></span> <span lang=\"vi\">%s</span>",
             page_text(r, MSG_PHACH), item->phach, item->track);
    if (item->words) {
        char words[SHOWN_MAX];
        show_number(words, r->lang, item->words);
        html_put(h, " <span>");
        say_words(h, item->words, words);
        html_put(h, "</span>");
    }
    html_put(h, " <span class=\"state\">%s</span></p></li>\n",
             page_text(r, state_text(item->state)));
}

/* How far the judge is; recused essays no longer count. */
static void put_progress(request *r, const desk_item *items, size_t count)
{
    html *h = r->h;
    int64_t done = 0, all = 0, words = 0;
    char done_text[SHOWN_MAX], all_text[SHOWN_MAX], words_text[SHOWN_MAX];
    for (size_t i = 0; i < count; i++) {
        all += items[i].state != SHEET_RECUSED;
        done += items[i].state == SHEET_SUBMITTED;
        if (items[i].state != SHEET_SUBMITTED && items[i].state != SHEET_RECUSED)
            words += items[i].words;
    }
    show_number(done_text, r->lang, done);
    show_number(all_text, r->lang, all);
    show_number(words_text, r->lang, words);
    html_put(h, "<p class=\"progress\"><progress max=\"%lld\" value=\"%lld\" aria-hidden=\"true\">",
             (long long)(all ? all : 1), (long long)done);
    html_put(h, "</progress> ");
    say_progress(h, all, done_text, all_text);
    if (words) {
        html_put(h, ", ");
        say_words_left(h, words, words_text);
    }
    html_put(h, "</p>\n");
}

void page_due(request *r, const char *iso)
{
    html *h = r->h;
    date due;
    char day[SHOWN_MAX], days[SHOWN_MAX];
    if (!date_parse(iso, &due))
        return;
    int64_t left = (date_to_time(due) - date_to_time(date_from_time(r->in->now))) / (24 * 60 * 60);
    show_date(day, r->lang, iso);
    show_number(days, r->lang, left < 0 ? -left : left);
    html_put(h, "<p class=\"%s\">", left < 0 ? "note" : "due");
    if (left > 0)
        say_due_in(h, left, day, days);
    else if (left == 0)
        say_due_today(h, day);
    else
        say_overdue(h, -left, day, days);
    html_put(h, "</p>\n");
}

/* One parcel of a round, or all that is in none. */
static void put_parcel(request *r, const desk_item *items, size_t count)
{
    html *h = r->h;
    if (items->parcel) {
        html_put(h, "<h3>");
        say_parcel(h, (long long)items->parcel);
        html_put(h, "</h3>\n");
        put_progress(r, items, count);
    }
    html_put(h, "<ol class=\"queue\">\n");
    for (size_t i = 0; i < count; i++)
        put_item(r, &items[i]);
    html_put(h, "</ol>\n");
}

static void put_round(request *r, const desk_item *items, size_t count)
{
    html *h = r->h;
    html_put(h, "<h2 lang=\"vi\">%s – %lld</h2>\n<p lang=\"vi\">%s</p>\n", items->round,
             (long long)items->year, items->contest);
    page_due(r, items->due);
    if (items[0].parcel == 0 || items[0].parcel != items[count - 1].parcel)
        put_progress(r, items, count);
    for (size_t i = 0, n; i < count; i += n) {
        for (n = 1; i + n < count && items[i + n].parcel == items[i].parcel;)
            n++;
        put_parcel(r, &items[i], n);
    }
}

status page_queue(request *r, fault *f)
{
    html *h = r->h;
    desk_queue queue;
    TRY(desk_queue_read(r->db, r->mem, &r->who, &queue, f));
    const char *next = desk_next(&queue, NULL);
    page_open(r, page_text(r, MSG_MY_ESSAYS));
    html_put(h, "<h1>%s</h1>\n", page_text(r, MSG_MY_ESSAYS));
    if (next)
        html_put(h, "<p><a class=\"button main\" href=\"%s\">%s</a></p>\n",
                 request_address(r, ROUTE_ENTRY, next), page_text(r, MSG_READ_NEXT));
    else
        html_put(h, "<p class=\"note\">%s</p>\n",
                 page_text(r, queue.count ? MSG_QUEUE_DONE : MSG_QUEUE_EMPTY));
    html_put(h, "<p class=\"links\">");
    page_link(r, ROUTE_GIVEN, NULL, MSG_GIVEN);
    html_put(h, "</p>\n");
    for (size_t i = 0, n; i < queue.count; i += n) {
        for (n = 1; i + n < queue.count && queue.items[i + n].round_id == queue.items[i].round_id;)
            n++;
        put_round(r, &queue.items[i], n);
    }
    page_close(r);
    return OK;
}
