/* contest show: everything a definition says, each figure with where it comes from. */
#include "table.h"

#include "chamthi/contest.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    const cli *c;
    output out;
    const char *part;
} sheet;

/* Words for people in a table, the same words in every language for programs. */
static const char *word(const cli *c, const char *vi, const char *en)
{
    return c->format == FORMAT_TABLE ? cli_say(c, vi, en) : en;
}

static const char *provenance_text(const cli *c, provenance from)
{
    switch (from) {
    case PROVENANCE_FOUND: return word(c, "có văn bản", "found");
    case PROVENANCE_INFERRED: return word(c, "suy ra", "inferred");
    default: return word(c, "chưa biết", "unknown");
    }
}

static void put_row(sheet *s, const char *key, const char *value, const char *from,
                    const char *source)
{
    output_text(&s->out, s->part);
    output_text(&s->out, key);
    output_text(&s->out, value);
    output_text(&s->out, from);
    output_text(&s->out, source);
}

/* A line that is no figure: nothing to prove. */
static void put_plain(sheet *s, const char *key, const char *value)
{
    put_row(s, key, value, NULL, NULL);
}

typedef enum { SHOW_COUNT, SHOW_SECONDS, SHOW_DAY, SHOW_POINTS } figure_style;

static void put_figure(sheet *s, const char *key, const figure *g, figure_style style)
{
    char value[40] = "";
    long long n = g->number;
    if (g->from != PROVENANCE_UNKNOWN) {
        switch (style) {
        case SHOW_COUNT: snprintf(value, sizeof value, "%lld", n); break;
        case SHOW_SECONDS: snprintf(value, sizeof value, "%lld:%02lld", n / 60, n % 60); break;
        case SHOW_DAY: date_iso(g->day, value); break;
        case SHOW_POINTS:
            points_text(value, g->number, s->c->lang == LANG_VI && s->c->format == FORMAT_TABLE);
            break;
        }
    }
    put_row(s, key, g->from == PROVENANCE_UNKNOWN ? NULL : value, provenance_text(s->c, g->from),
            g->source);
}

static void put_head(sheet *s, const contest *c)
{
    s->part = word(s->c, "chung", "contest");
    put_plain(s, "name", c->name);
    put_plain(s, "organizer", c->organizer);
    put_plain(s, "place", c->place);
    put_plain(s, "signatory.title", c->signatory_title);
    put_plain(s, "signatory.name", c->signatory_name);
    s->part = word(s->c, "thể loại", "track");
    for (size_t i = 0; i < c->track_count; i++)
        put_plain(s, c->tracks[i].key, c->tracks[i].name);
}

static void put_list(sheet *s, const char *key, const figure_list *l, bool always)
{
    buffer list = BUFFER_INIT;
    if (!always && !l->basis.stated)
        return;
    for (size_t i = 0; i < l->count; i++)
        buffer_format(&list, "%s%s", i ? ", " : "", l->items[i]);
    put_row(s, key, l->count ? list.bytes : NULL, provenance_text(s->c, l->basis.from),
            l->basis.source);
    buffer_free(&list);
}

static void put_pattern(sheet *s, const contest_pattern *p)
{
    buffer value = BUFFER_INIT;
    buffer_format(&value, "%s %s: %s", p->use, p->in, p->pattern);
    put_row(s, p->key, value.bytes, provenance_text(s->c, p->basis.from), p->basis.source);
    buffer_free(&value);
}

/* Figures beyond those of every year are shown where somebody wrote them. */
static void put_rules(sheet *s, const contest_rules *r, const contest_overlay *o)
{
    const struct {
        const char *key;
        const figure *figure;
        figure_style style;
        bool always;
    } rows[] = {
        {"words_least", &r->words_least, SHOW_COUNT, true},
        {"words_most", &r->words_most, SHOW_COUNT, true},
        {"pages_least", &r->pages_least, SHOW_COUNT, false},
        {"pages_most", &r->pages_most, SHOW_COUNT, false},
        {"seconds_least", &r->seconds_least, SHOW_SECONDS, false},
        {"seconds_most", &r->seconds_most, SHOW_SECONDS, true},
        {"opens", &r->opens, SHOW_DAY, true},
        {"closes", &r->closes, SHOW_DAY, true},
        {"press_from", &r->press_from, SHOW_DAY, true},
        {"press_until", &r->press_until, SHOW_DAY, false},
        {"authors_most", &r->authors_most, SHOW_COUNT, false},
        {"entries_most", &r->entries_most, SHOW_COUNT, false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (rows[i].figure->stated || (rows[i].always && !o))
            put_figure(s, rows[i].key, rows[i].figure, rows[i].style);
    if (r->length_counts)
        put_plain(s, "length_counts", r->length_counts);
    put_list(s, "required", &r->required, !o);
    put_list(s, "publishers", &r->publishers, false);
    put_list(s, "media", &r->media, false);
    put_list(s, "subject_within", &r->subject_within, false);
    put_list(s, "typeset", &r->typeset, false);
    for (size_t i = 0; i < r->pattern_count; i++)
        put_pattern(s, &r->patterns[i]);
}

static void put_overlays(sheet *s, const contest *c)
{
    for (size_t i = 0; i < c->overlay_count; i++) {
        const contest_overlay *o = &c->overlays[i];
        char part[200];
        snprintf(part, sizeof part, "%s: %s%s%s", word(s->c, "riêng", "overlay"),
                 o->track ? o->track : "", o->track && *o->unit ? ", " : "", o->unit);
        s->part = part;
        put_rules(s, &o->rules, o);
    }
}

static void put_round(sheet *s, const contest_round *r)
{
    char key[128], value[112], most[32], least[32], step[32];
    bool comma = s->c->lang == LANG_VI && s->c->format == FORMAT_TABLE;
    const char *from = provenance_text(s->c, r->from);
    s->part = word(s->c, "vòng", "round");
    put_plain(s, r->key, r->name);
    snprintf(key, sizeof key, "%s.per_entry", r->key);
    snprintf(value, sizeof value, "%lld", (long long)r->per_entry);
    put_row(s, key, value, from, r->source);
    snprintf(key, sizeof key, "%s.advance", r->key);
    snprintf(value, sizeof value, "%lld", (long long)r->advance);
    if (r->advance)
        put_row(s, key, value, from, r->source);
    s->part = word(s->c, "tiêu chí", "criterion");
    for (size_t i = 0; i < r->criterion_count; i++) {
        const contest_criterion *k = &r->criteria[i];
        points_text(least, k->least, comma);
        points_text(most, k->most, comma);
        points_text(step, k->step, comma);
        snprintf(key, sizeof key, "%s.%s", r->key, k->key);
        int n = snprintf(value, sizeof value, "%s–%s (%s)", least, most, step);
        if (criterion_weight(k) != 100) {
            points_text(step, k->weight, comma);
            n += snprintf(value + n, sizeof value - (size_t)n, " × %s", step);
        }
        if (k->track)
            snprintf(value + n, sizeof value - (size_t)n, ", %.60s", k->track);
        put_row(s, key, value, from, r->source);
    }
}

static void put_prizes(sheet *s, const contest *c)
{
    s->part = word(s->c, "giải", "prize");
    for (size_t i = 0; i < c->prize_count; i++) {
        const contest_prize *p = &c->prizes[i];
        char key[128];
        snprintf(key, sizeof key, "%s%s%s", p->track ? p->track : "", p->track ? "." : "", p->key);
        put_plain(s, key, p->name);
        snprintf(key, sizeof key, "%s%s%s.quota", p->track ? p->track : "", p->track ? "." : "",
                 p->key);
        put_figure(s, key, &p->quota, SHOW_COUNT);
        snprintf(key, sizeof key, "%s%s%s.least", p->track ? p->track : "", p->track ? "." : "",
                 p->key);
        if (p->minimum.from != PROVENANCE_UNKNOWN)
            put_figure(s, key, &p->minimum, SHOW_POINTS);
    }
}

static void put_rest(sheet *s, const contest *c)
{
    s->part = word(s->c, "đã công bố", "published");
    for (size_t i = 0; i < c->published_count; i++)
        put_figure(s, c->published[i].key, &c->published[i].value, SHOW_COUNT);
    s->part = word(s->c, "không được dự thi", "barred");
    for (size_t i = 0; i < c->barred_count; i++)
        put_plain(s, c->barred[i].role, c->barred[i].name);
}

status cmd_contest_show(cli *c, fault *f)
{
    static const column columns[] = {{"part", "phần", "part", COLUMN_TEXT},
                                     {"key", "khóa", "key", COLUMN_TEXT},
                                     {"value", "giá trị", "value", COLUMN_TEXT},
                                     {"provenance", "căn cứ", "provenance", COLUMN_TEXT},
                                     {"source", "nguồn", "source", COLUMN_TEXT}};
    char *end;
    long long year = strtoll(c->args[0], &end, 10);
    contest *shown;
    if (*end || end == c->args[0])
        return FAIL(f, E_USAGE, "“%s” không phải một năm", "“%s” is no year", c->args[0]);
    TRY(contest_get(c->db, c->mem, year, &shown, f));
    sheet s = {.c = c};
    output_start(&s.out, c, columns, sizeof columns / sizeof *columns);
    put_head(&s, shown);
    s.part = word(c, "thể lệ", "rule");
    put_rules(&s, &shown->rules, NULL);
    put_overlays(&s, shown);
    for (size_t i = 0; i < shown->round_count; i++)
        put_round(&s, &shown->rounds[i]);
    put_prizes(&s, shown);
    put_rest(&s, shown);
    return output_end(&s.out, f);
}
