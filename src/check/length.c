/* How long an entry may be: words, pages or minutes. */
#include "rules.h"

#include "chamthi/text.h"

#include <string.h>

/* A sheet of A4 in 14 points, set loosely and densely: whoever could have kept the rule is not warned. */
enum { WORDS_LOOSE = 300, WORDS_DENSE = 550, WORDS_SHOWN = 12 };

typedef enum { AT_LEAST, AT_MOST } bound;

static bool outside(int64_t have, const figure *g, bound which)
{
    return which == AT_LEAST ? have < g->number : have > g->number;
}

/* The first few words beyond the limit. */
static text_span words_beyond(slice text, int64_t most)
{
    int64_t words = 0;
    text_span span = {0, 0};
    size_t i = 0;
    while (i < text.size && words < most + WORDS_SHOWN) {
        while (i < text.size && (text.bytes[i] == ' ' || text.bytes[i] == '\n'))
            i++;
        size_t start = i;
        while (i < text.size && text.bytes[i] != ' ' && text.bytes[i] != '\n')
            i++;
        if (i == start || !text_measure((slice){text.bytes + start, i - start}).words)
            continue;
        words++;
        if (words == most + 1)
            span.start = start;
        if (words > most)
            span.end = i;
    }
    return span;
}

static status check_words(rules_run *r, const figure *g, bound which, bool syllables,
                          const check_entry *e, fault *f)
{
    const char *rule = which == AT_MOST ? "length.most" : "length.least";
    bool declared = e->words_by == WORDS_DECLARED;
    int64_t have = syllables && !declared ? e->syllables : e->words;
    if (!rules_apply(r, rule, g))
        return OK;
    if (have < 0) {
        rules_skip(r, rule, g);
        return OK;
    }
    bool broken = outside(have, g, which);
    if (!broken && r->wanted == FINDINGS_ONLY)
        return OK;
    text_span *span = ARENA_NEW(r->mem, text_span);
    if (!span)
        return fault_memory(f);
    if (broken && which == AT_MOST && !declared && !syllables)
        *span = words_beyond(e->text, g->number);
    const char *vi = syllables ? "chữ" : "từ", *en = syllables ? "syllables" : "words";
    long long n = have, limit = g->number;
    rule_facts x = {
        .rule = rule,
        .basis = g,
        .facts = arena_format(r->mem, "%lld against %lld", n, limit),
        .has_vi = arena_format(r->mem, "bài %s %lld %s (%s)", which == AT_MOST ? "dài" : "chỉ có",
                               n, vi, declared ? "số đơn vị khai" : "số máy đếm"),
        .has_en =
            arena_format(r->mem, "%lld %s (%s)", n, en, declared ? "as declared" : "as counted"),
        .says_vi = arena_format(r->mem, "yêu cầu %s %lld %s",
                                which == AT_MOST ? "không quá" : "ít nhất", limit, vi),
        .says_en = arena_format(r->mem, "ask for %s %lld",
                                which == AT_MOST ? "at most" : "at least", limit),
        .join_vi = ", thể lệ ",
        .join_en = ", the rules ",
        .spans = span,
        .span_count = span->end > span->start,
    };
    return rules_settle(r, &x, broken ? RULE_BROKEN : RULE_KEPT, f);
}

static status check_pages(rules_run *r, const figure *g, bound which, const check_entry *e,
                          fault *f)
{
    const char *rule = which == AT_MOST ? "pages.most" : "pages.least";
    if (!rules_apply(r, rule, g))
        return OK;
    if (e->words < 0) {
        rules_skip(r, rule, g);
        return OK;
    }
    int per_page = which == AT_LEAST ? WORDS_LOOSE : WORDS_DENSE;
    int64_t pages = (e->words + per_page - 1) / per_page;
    rule_facts x = {
        .rule = rule,
        .basis = g,
        .most = SEVERITY_WARN, /* an estimate rejects nobody */
        .facts =
            arena_format(r->mem, "about %lld against %lld", (long long)pages, (long long)g->number),
        .has_vi = arena_format(r->mem, "bài khoảng %lld trang A4 (ước từ %lld từ, %d từ một trang)",
                               (long long)pages, (long long)e->words, per_page),
        .has_en = arena_format(r->mem, "about %lld pages (from %lld words, %d to a page)",
                               (long long)pages, (long long)e->words, per_page),
        .says_vi = arena_format(r->mem, "yêu cầu %s %lld trang",
                                which == AT_MOST ? "không quá" : "ít nhất", (long long)g->number),
        .says_en = arena_format(r->mem, "ask for %s %lld",
                                which == AT_MOST ? "at most" : "at least", (long long)g->number),
        .join_vi = ", thể lệ ",
        .join_en = ", the rules ",
    };
    return rules_settle(r, &x, outside(pages, g, which) ? RULE_BROKEN : RULE_KEPT, f);
}

static status check_seconds(rules_run *r, const figure *g, bound which, const check_entry *e,
                            fault *f)
{
    const char *rule = which == AT_MOST ? "duration.most" : "duration.least";
    if (!rules_apply(r, rule, g))
        return OK;
    if (e->seconds < 0) {
        rules_skip(r, rule, g);
        return OK;
    }
    int have = (int)e->seconds, limit = (int)g->number;
    rule_facts x = {
        .rule = rule,
        .basis = g,
        .facts = arena_format(r->mem, "%d against %d", have, limit),
        .has_vi = arena_format(r->mem, "tác phẩm dài %d phút %02d giây", have / 60, have % 60),
        .has_en = arena_format(r->mem, "the work lasts %d:%02d", have / 60, have % 60),
        .says_vi = arena_format(r->mem, "yêu cầu %s %d phút %02d giây",
                                which == AT_MOST ? "không quá" : "ít nhất", limit / 60, limit % 60),
        .says_en = arena_format(r->mem, "ask for %s %d:%02d",
                                which == AT_MOST ? "at most" : "at least", limit / 60, limit % 60),
        .join_vi = ", thể lệ ",
        .join_en = ", the rules ",
    };
    return rules_settle(r, &x, outside(have, g, which) ? RULE_BROKEN : RULE_KEPT, f);
}

/* Reports of a find have no length rule, and broadcast works one of time. */
static bool by_words(const check_entry *e)
{
    return strcmp(e->track, "discovery") != 0 && e->seconds < 0;
}

status rules_length(rules_run *r, const contest_rules *k, const check_entry *e, fault *f)
{
    bool syllables = k->length_counts && strcmp(k->length_counts, "syllables") == 0;
    check_entry uncounted = *e;
    if (!by_words(e))
        uncounted.words = uncounted.syllables = -1;
    TRY(check_words(r, &k->words_least, AT_LEAST, syllables, &uncounted, f));
    TRY(check_words(r, &k->words_most, AT_MOST, syllables, &uncounted, f));
    TRY(check_pages(r, &k->pages_least, AT_LEAST, &uncounted, f));
    TRY(check_pages(r, &k->pages_most, AT_MOST, &uncounted, f));
    TRY(check_seconds(r, &k->seconds_least, AT_LEAST, e, f));
    return check_seconds(r, &k->seconds_most, AT_MOST, e, f);
}
