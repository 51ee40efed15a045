/* What the public may read of a contest: its rules, results, draws and methods, once published. */
#include "page.h"

#include "web/format.h"
#include "web/register.h"

#include <stdlib.h>
#include <string.h>

static int64_t number_of(const char *text)
{
    char *end;
    long long n = strtoll(text, &end, 10);
    return *text && !*end ? n : -1;
}

static const char *year_text(request *r, int64_t year)
{
    const char *text = arena_format(r->mem, "%lld", (long long)year);
    return text ? text : "";
}

/* Opens a page of the contest in the address. */
static status open_contest(request *r, message title, int64_t *year, register_page *out, fault *f)
{
    *year = number_of(r->part);
    TRY(register_page_read(r->db, r->mem, *year, out, f));
    const char *whole = arena_format(r->mem, "%s – %s", page_text(r, title), out->name);
    page_open(r, whole ? whole : out->name);
    html_put(r->h, "<p class=\"crumbs\">");
    if (title == MSG_CONTEST_RULES)
        page_link(r, ROUTE_HOME, NULL, MSG_BACK_TO_CONTESTS);
    else
        page_link(r, ROUTE_CONTEST, year_text(r, *year), MSG_BACK_TO_CONTEST);
    html_put(r->h, "</p>\n<h1>%s <span class=\"year\">%lld</span></h1>\n<p lang=\"vi\">%s</p>\n",
             page_text(r, title), (long long)*year, out->name);
    return OK;
}

static void put_published(request *r, int64_t at)
{
    char time[SHOWN_MAX];
    show_time(time, r->lang, at);
    html_put(r->h, "<p class=\"hint\">");
    say_published(r->h, time);
    html_put(r->h, "</p>\n");
}

/* ---- rules ---- */

static message part_title(const char *part)
{
    switch (part[0]) {
    case 't': return MSG_PART_TRACK;
    case 'r': return MSG_PART_ROUND;
    case 'p': return MSG_PART_PRIZE;
    default: return MSG_PART_GENERAL;
    }
}

/* Rules that follow one another from one source name it once. */
static size_t put_run(request *r, const register_rule *rules, size_t count)
{
    html *h = r->h;
    size_t n = 0;
    html_put(h, "<ul>\n");
    for (; n < count && strcmp(rules[n].part, rules->part) == 0 &&
           strcmp(rules[n].source, rules->source) == 0;
         n++)
        html_put(h, "<li>%s</li>\n", r->lang == LANG_VI ? rules[n].vi : rules[n].en);
    html_put(h, "</ul>\n");
    if (rules->source[0])
        html_put(h, "<p class=\"hint\">%s <span lang=\"vi\">%s</span></p>\n",
                 page_text(r, MSG_SOURCE), rules->source);
    return n;
}

static void put_rules(request *r, const register_rule *rules, size_t count)
{
    const char *part = "";
    for (size_t i = 0; i < count;) {
        if (strcmp(part, rules[i].part) != 0)
            html_put(r->h, "<h2>%s</h2>\n", page_text(r, part_title(rules[i].part)));
        part = rules[i].part;
        i += put_run(r, rules + i, count - i);
    }
}

status page_contest(request *r, fault *f)
{
    int64_t year;
    register_page c;
    register_rule *rules;
    size_t count;
    TRY(open_contest(r, MSG_CONTEST_RULES, &year, &c, f));
    TRY(register_rules(r->db, r->mem, year, &rules, &count, f));
    html_put(r->h, "<p class=\"links\">");
    if (c.results_at)
        page_link(r, ROUTE_RESULTS, year_text(r, year), MSG_RESULTS);
    html_put(r->h, " ");
    page_link(r, ROUTE_DRAWS, year_text(r, year), MSG_DRAWS);
    html_put(r->h, "</p>\n");
    if (c.rules_at)
        put_published(r, c.rules_at);
    else
        html_put(r->h, "<p class=\"note\">%s</p>\n", page_text(r, MSG_RULES_NOT_PUBLIC));
    put_rules(r, rules, count);
    page_close(r);
    return OK;
}

/* ---- results ---- */

static void put_result_rows(request *r, const register_result *rows, size_t count)
{
    html *h = r->h;
    html_put(h,
             "<table>\n<thead><tr><th scope=\"col\">%s</th><th scope=\"col\">%s</th>"
             "<th scope=\"col\">%s</th></tr></thead>\n<tbody lang=\"vi\">\n",
             page_text(r, MSG_FIELD_PRIZE), page_text(r, MSG_FIELD_RECIPIENT),
             page_text(r, MSG_FIELD_UNIT));
    for (size_t i = 0; i < count; i++)
        html_put(h, "<tr><td>%s</td><th scope=\"row\">%s</th><td>%s</td></tr>\n", rows[i].prize,
                 rows[i].recipient, rows[i].unit);
    html_put(h, "</tbody>\n</table>\n");
}

static const char *heading_of(request *r, const register_result *row)
{
    if (strcmp(row->kind, "collective") == 0)
        return page_text(r, MSG_KIND_COLLECTIVE);
    if (strcmp(row->kind, "subject") == 0)
        return page_text(r, MSG_KIND_SUBJECT);
    return row->track[0] ? row->track : page_text(r, MSG_KIND_ENTRY);
}

status page_results(request *r, fault *f)
{
    int64_t year;
    register_page c;
    register_result *rows;
    size_t count;
    TRY(open_contest(r, MSG_RESULTS, &year, &c, f));
    TRY(register_results(r->db, r->mem, year, &rows, &count, f));
    if (!c.results_at) {
        html_put(r->h, "<p class=\"note\">%s</p>\n", page_text(r, MSG_RESULTS_NOT_PUBLIC));
        page_close(r);
        return OK;
    }
    put_published(r, c.results_at);
    html_put(r->h, "<p class=\"links\">");
    if (c.methods)
        page_link(r, ROUTE_METHODS, year_text(r, year), MSG_METHODS);
    html_put(r->h, " ");
    page_link(r, ROUTE_DRAWS, year_text(r, year), MSG_DRAWS);
    html_put(r->h, " ");
    page_link(r, ROUTE_CERTIFICATE, NULL, MSG_CHECK_CERTIFICATE);
    html_put(r->h, "</p>\n");
    for (size_t i = 0, n; i < count; i += n) {
        for (n = 1; i + n < count && strcmp(rows[i + n].kind, rows[i].kind) == 0 &&
                    strcmp(rows[i + n].track, rows[i].track) == 0;)
            n++;
        html_put(r->h, "<h2 lang=\"vi\">%s</h2>\n", heading_of(r, &rows[i]));
        put_result_rows(r, &rows[i], n);
    }
    page_close(r);
    return OK;
}

status page_methods(request *r, fault *f)
{
    TRY(register_methods(r->db, number_of(r->part), &r->h->out, f));
    reply_file(r, "application/pdf", "cach-cham.pdf");
    return OK;
}

/* ---- draws ---- */

static message draw_kind(const char *kind)
{
    if (strcmp(kind, "repair") == 0)
        return MSG_DRAW_REPAIR;
    return strcmp(kind, "extra") == 0 ? MSG_DRAW_EXTRA : MSG_DRAW_PLAN;
}

static void put_hash(request *r, message name, const char *hex)
{
    html_put(r->h, "<dt>%s</dt><dd class=\"hash\">%s</dd>\n", page_text(r, name), hex);
}

static void put_draw(request *r, const register_draw *d)
{
    html *h = r->h;
    char time[SHOWN_MAX];
    show_time(time, r->lang, d->at);
    html_put(h, "<section>\n<h2><span lang=\"vi\">%s</span> – %s %lld</h2>\n<dl>\n", d->round,
             page_text(r, draw_kind(d->kind)), (long long)d->id);
    html_put(h, "<dt>%s</dt><dd>%s (%s)</dd>\n", page_text(r, MSG_DRAWN_AT), time,
             page_text(r, MSG_HANOI_TIME));
    html_put(h, "<dt>%s</dt><dd>%lld</dd>\n", page_text(r, MSG_PER_ENTRY), (long long)d->per_entry);
    put_hash(r, MSG_INPUTS_HASH, d->inputs);
    put_hash(r, MSG_OUTPUT_HASH, d->output);
    put_hash(r, MSG_SEED, d->seed[0] ? d->seed : page_text(r, MSG_SEED_LATER));
    html_put(h, "</dl>\n");
    if (d->seed[0]) {
        const char *number = arena_format(r->mem, "%lld", (long long)d->id);
        html_put(h, "<p>");
        page_link(r, ROUTE_DRAW_INPUTS, number ? number : "", MSG_DRAW_INPUTS);
        html_put(h, "</p>\n");
    }
    html_put(h, "</section>\n");
}

status page_draws(request *r, fault *f)
{
    int64_t year;
    register_page c;
    register_draw *draws;
    size_t count;
    TRY(open_contest(r, MSG_DRAWS, &year, &c, f));
    TRY(register_draws(r->db, r->mem, year, &draws, &count, f));
    html_put(r->h, "<p>%s</p>\n", page_text(r, count ? MSG_DRAWS_LEAD : MSG_NO_DRAWS));
    for (size_t i = 0; i < count; i++)
        put_draw(r, &draws[i]);
    if (count && c.results_at)
        html_put(r->h, "<h2>%s</h2>\n<p>%s</p>\n<pre>%s</pre>\n", page_text(r, MSG_DRAW_AGAIN),
                 page_text(r, MSG_DRAW_AGAIN_LEAD),
                 "chamthi assign deal --entries entries.csv --judges judges.csv --per-entry N "
                 "--seed HEX");
    page_close(r);
    return OK;
}

status page_draw_inputs(request *r, fault *f)
{
    TRY(register_draw_inputs(r->db, number_of(r->part), &r->h->out, f));
    reply_file(r, "text/plain; charset=utf-8", "rut-tham.txt");
    return OK;
}
