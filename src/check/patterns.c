/* Phrases and formats that a contest bans or asks for. */
#include "rules.h"

#include <string.h>

enum { PLACES_SHOWN = 20, VALUES_MOST = 64 };

typedef struct {
    const rule_pattern *p;
    pattern_answer answer; /* over all values */
    size_t values, fitting, places;
    long steps;
    text_span *spans; /* in the text */
} search;

static void look_at(search *s, slice value, bool text)
{
    bool format = strcmp(s->p->rule->use, "format") == 0;
    if (s->steps > PATTERN_STEPS)
        s->answer = PATTERN_TOO_COSTLY;
    if (s->answer == PATTERN_TOO_COSTLY)
        return;
    pattern_result found =
        pattern_search(s->p->compiled, value, format ? PATTERN_WHOLE : PATTERN_ANYWHERE,
                       text ? s->spans : NULL, text ? PLACES_SHOWN : 0);
    s->values++;
    s->steps += found.steps;
    s->places += found.count;
    s->fitting += found.answer == PATTERN_FOUND || found.count;
    if (found.answer == PATTERN_TOO_COSTLY)
        s->answer = PATTERN_TOO_COSTLY;
}

static status add_costly(rules_run *r, const search *s, fault *f)
{
    const char *name = s->p->rule->name;
    check_finding base = {
        .rule = s->p->key, .source = s->p->rule->basis.source, .level = SEVERITY_WARN};
    return rules_add(
        r, base, "too costly",
        arena_format(r->mem,
                     "quy tắc quá tốn kém: “%s” phải dừng ở %d ms khi đọc bài này nên chưa biết có "
                     "vi phạm không; hãy viết mẫu đơn giản hơn hoặc tự đọc bài",
                     name, PATTERN_MILLISECONDS),
        arena_format(
            r->mem,
            "rule too costly: “%s” was stopped at %d ms on this entry, so nobody knows yet "
            "whether it is kept; write a simpler pattern or read the entry",
            name, PATTERN_MILLISECONDS),
        f);
}

static status settle(rules_run *r, const search *s, fault *f)
{
    const contest_pattern *p = s->p->rule;
    bool banned = strcmp(p->use, "banned") == 0, text = strcmp(p->in, "text") == 0;
    const rule_field *where = rules_field(p->in);
    bool costly = s->answer == PATTERN_TOO_COSTLY;
    bool broken = banned ? s->fitting > 0 : s->fitting < s->values;
    if (costly && !(banned && broken)) /* what was not read to the end is never "absent" */
        broken = false;
    if (!broken && !costly && r->wanted == FINDINGS_ONLY)
        return OK;
    rule_facts x = {
        .rule = s->p->key,
        .basis = &p->basis,
        .facts =
            banned ? arena_format(r->mem, "%s, %zu places", p->pattern, s->places) : p->pattern,
        .has_vi =
            text ? p->name : arena_format(r->mem, "%s: %s", where ? where->vi : p->in, p->name),
        .has_en =
            text ? p->name : arena_format(r->mem, "%s: %s", where ? where->en : p->in, p->name),
        .says_vi = arena_format(r->mem, "%s “%s”",
                                banned                          ? "không được có"
                                : strcmp(p->use, "format") == 0 ? "phải viết theo mẫu"
                                                                : "phải có",
                                p->pattern),
        .says_en = arena_format(r->mem, "%s “%s”", p->use, p->pattern),
        .spans = s->spans,
        .span_count = broken && banned && text ? s->places : 0,
        .steps = s->steps,
    };
    if (costly)
        TRY(add_costly(r, s, f));
    return rules_settle(r, &x, broken ? RULE_BROKEN : costly ? RULE_TOO_COSTLY : RULE_KEPT, f);
}

static status check_pattern(rules_run *r, const rule_pattern *p, const check_entry *e, fault *f)
{
    const char *values[VALUES_MOST];
    search s = {.p = p, .spans = ARENA_ARRAY(r->mem, text_span, PLACES_SHOWN)};
    bool required = strcmp(p->rule->use, "required") == 0;
    if (!s.spans)
        return fault_memory(f);
    if (strcmp(p->rule->in, "text") == 0) {
        if (e->text.size)
            look_at(&s, e->text, true);
    } else {
        size_t count = rules_values(e, p->rule->in, values, VALUES_MOST);
        for (size_t i = 0; i < count; i++)
            if (*values[i] || required)
                look_at(&s, (slice){values[i], strlen(values[i])}, false);
    }
    if (!s.values) {
        rules_skip(r, p->key, &p->rule->basis);
        return OK;
    }
    return settle(r, &s, f);
}

status rules_patterns(rules_run *r, const check_entry *e, fault *f)
{
    for (size_t i = 0; i < r->pattern_count; i++) {
        const rule_pattern *p = &r->patterns[i];
        if (!p->overlay || contest_overlay_binds(p->overlay, &e->place))
            TRY(check_pattern(r, p, e, f));
        else
            rules_skip(r, p->key, &p->rule->basis);
    }
    return OK;
}
