/* What a judge has given so far, and the versions of one sheet: his own, nobody else's. */
#include "sheet.h"

#include "chamthi/score.h"

#include <string.h>

/* ---- all sheets of one judge ---- */

enum { BINS = 10, BAR_WIDTH = 10, CHART_HEIGHT = 40 };

/* How many sheets lie in each tenth of the scale; full marks are in the last. */
static int64_t count_bins(const desk_given *given, size_t count, int64_t bins[BINS])
{
    int64_t most = 0;
    memset(bins, 0, BINS * sizeof *bins);
    for (size_t i = 0; i < count; i++) {
        int64_t bin = given[i].most ? given[i].points * BINS / given[i].most : 0;
        bin = bin < 0 ? 0 : bin >= BINS ? BINS - 1 : bin;
        bins[bin]++;
        most = bins[bin] > most ? bins[bin] : most;
    }
    return most;
}

/* The picture says what the table beside it says. */
static void put_chart(request *r, const int64_t bins[BINS], int64_t most)
{
    html *h = r->h;
    html_put(h, "<svg class=\"chart\" viewBox=\"0 0 %d %d\" aria-hidden=\"true\">\n",
             BINS * BAR_WIDTH, CHART_HEIGHT);
    for (int i = 0; i < BINS; i++) {
        int height = (int)(bins[i] * CHART_HEIGHT / most);
        html_put(h, "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\"/>\n", i * BAR_WIDTH + 1,
                 CHART_HEIGHT - height, BAR_WIDTH - 2, height);
    }
    html_put(h, "</svg>\n");
}

static void put_distribution(request *r, const desk_given *given, size_t count)
{
    html *h = r->h;
    int64_t bins[BINS], most = count_bins(given, count, bins), scale = given[0].most;
    put_chart(r, bins, most);
    html_put(h,
             "<table class=\"bins\">\n<thead><tr><th scope=\"col\">%s</th><th scope=\"col\" "
             "class=\"n\">%s</th></tr></thead>\n<tbody>\n",
             page_text(r, MSG_GIVEN_FROM_TO), page_text(r, MSG_GIVEN_COUNT));
    for (int i = 0; i < BINS; i++) {
        char from[SHOWN_MAX], to[SHOWN_MAX];
        if (!bins[i])
            continue;
        show_points(from, r->lang, scale * i / BINS);
        show_points(to, r->lang, scale * (i + 1) / BINS);
        html_put(h, "<tr><th scope=\"row\">%s–%s</th><td class=\"n\">%lld</td></tr>\n", from, to,
                 (long long)bins[i]);
    }
    html_put(h, "</tbody>\n</table>\n");
}

static void put_given_row(request *r, const desk_given *g)
{
    html *h = r->h;
    char points[SHOWN_MAX], time[SHOWN_MAX];
    show_points(points, r->lang, g->points);
    show_time(time, r->lang, g->submitted_at);
    html_put(
        h,
        "<tr><th scope=\"row\"><a href=\"%s\" lang=\"vi\">%s</a><br><span class=\"hint\">%s</span>"
        "</th><td>%s<br><span class=\"hint phach\">%s</span></td><td class=\"n\">%s</td></tr>\n",
        request_address(r, ROUTE_ENTRY, g->phach), g->title, g->phach, time, g->code, points);
}

static void put_round(request *r, const desk_given *given, size_t count)
{
    html *h = r->h;
    html_put(h, "<h2 lang=\"vi\">%s – %lld</h2>\n<div class=\"given\">\n", given[0].round,
             (long long)given[0].year);
    put_distribution(r, given, count);
    html_put(h, "</div>\n");
    html_put(
        h,
        "<table>\n<thead><tr><th scope=\"col\">%s</th><th scope=\"col\">%s</th><th scope=\"col\" "
        "class=\"n\">%s</th></tr></thead>\n<tbody>\n",
        page_text(r, MSG_ESSAY), page_text(r, MSG_SUBMITTED_AT), page_text(r, MSG_TOTAL));
    for (size_t i = 0; i < count; i++)
        put_given_row(r, &given[i]);
    html_put(h, "</tbody>\n</table>\n");
}

status page_given(request *r, fault *f)
{
    html *h = r->h;
    desk_given *given;
    size_t count;
    TRY(desk_given_read(r->db, r->mem, &r->who, &given, &count, f));
    page_open(r, page_text(r, MSG_GIVEN));
    html_put(h, "<p class=\"crumbs\">");
    page_link(r, ROUTE_QUEUE, NULL, MSG_BACK_TO_QUEUE);
    html_put(h, "</p>\n<h1>%s</h1>\n<p>%s</p>\n", page_text(r, MSG_GIVEN),
             page_text(r, count ? MSG_GIVEN_LEAD : MSG_GIVEN_NONE));
    for (size_t i = 0, n; i < count; i += n) {
        for (n = 1; i + n < count && given[i + n].round_id == given[i].round_id;)
            n++;
        put_round(r, &given[i], n);
    }
    page_close(r);
    return OK;
}

/* ---- one sheet ---- */

static message state_text(const char *state)
{
    switch (state[0]) {
    case 's': return MSG_STATE_SUBMITTED;
    case 'd': return MSG_STATE_DRAFT;
    case 'o': return MSG_STATE_OPEN;
    default: return strcmp(state, "returned") == 0 ? MSG_STATE_RETURNED : MSG_STATE_RECUSED;
    }
}

/* The marks of a version stand in the order of the sheet's criteria. */
static void put_version(request *r, const desk_sheet *sheet, const sheet_version *v)
{
    html *h = r->h;
    char time[SHOWN_MAX], points[SHOWN_MAX];
    int64_t total = 0;
    show_time(time, r->lang, v->at);
    html_put(h, "<section>\n<h2>%s %lld – %s</h2>\n<p class=\"hint\">%s</p>\n",
             page_text(r, MSG_VERSION), (long long)v->rev, page_text(r, state_text(v->state)),
             time);
    if (v->reason[0])
        html_put(h, "<p class=\"note\" lang=\"vi\">%s</p>\n", v->reason);
    html_put(h, "<dl lang=\"vi\">\n");
    for (size_t i = 0; i < v->mark_count && i < sheet->criterion_count; i++) {
        show_points(points, r->lang, v->marks[i].points);
        if (v->marks[i].points >= 0)
            total += v->marks[i].points * sheet->criteria[i].weight / 100;
        html_put(h, "<dt>%s</dt><dd>%s</dd>\n", sheet->criteria[i].name,
                 v->marks[i].points >= 0 ? points : "–");
    }
    show_points(points, r->lang, total);
    html_put(h, "<dt>%s</dt><dd><b>%s</b></dd>\n</dl>\n<div lang=\"vi\">", page_text(r, MSG_TOTAL),
             points);
    html_paragraphs(h, v->comment);
    html_put(h, "</div>\n</section>\n");
}

status page_history(request *r, fault *f)
{
    html *h = r->h;
    desk_sheet sheet;
    sheet_versions versions = {NULL, 0};
    TRY(desk_sheet_read(r->db, r->mem, &r->who, r->part, &sheet, f));
    status st = sheet_own_history(r->db, r->mem, r->part, r->who.judge_id, &versions, NULL);
    if (st != OK && st != E_MISSING)
        return sheet_own_history(r->db, r->mem, r->part, r->who.judge_id, &versions, f);
    page_open(r, page_text(r, MSG_SHEET_HISTORY));
    html_put(h, "<p class=\"crumbs\"><a href=\"%s\" lang=\"vi\">← %s</a></p>\n<h1>%s</h1>\n",
             request_address(r, ROUTE_ENTRY, sheet.phach), sheet.title,
             page_text(r, MSG_SHEET_HISTORY));
    put_essay_facts(r, &sheet);
    if (!versions.count)
        html_put(h, "<p>%s</p>\n", page_text(r, MSG_NO_VERSIONS));
    for (size_t i = versions.count; i-- > 0;) /* the latest first */
        put_version(r, &sheet, &versions.items[i]);
    page_close(r);
    return OK;
}
