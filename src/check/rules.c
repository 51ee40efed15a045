/* One entry against its year's rules: what the rules share, and the order they run in. */
#include "rules.h"

#include "chamthi/text.h"

#include <string.h>

/* ---- findings ---- */

status rules_add(rules_run *r, check_finding base, const char *facts, const char *vi,
                 const char *en, fault *f)
{
    check_findings *out = r->out;
    if (!facts || !vi || !en)
        return fault_memory(f);
    check_finding *items =
        arena_grow(r->mem, out->items, out->count, &out->capacity, sizeof *out->items);
    if (!items)
        return fault_memory(f);
    out->items = items;
    hash_state h;
    unsigned char level = (unsigned char)base.level;
    hash_start(&h, NULL, 0);
    hash_piece(&h, base.rule, strlen(base.rule));
    hash_piece(&h, &level, 1);
    hash_piece(&h, facts, strlen(facts));
    hash_end(&h, base.evidence_hash);
    base.vi = vi;
    base.en = en;
    out->items[out->count++] = base;
    return OK;
}

/* ---- figures ---- */

static const char *source_of(const figure *g)
{
    return g && g->source ? g->source : "";
}

/* The source without its address on the web: the finding keeps it whole. */
static const char *short_source(arena *mem, const figure *g)
{
    const char *source = source_of(g), *address = strstr(source, "http");
    size_t size = address ? (size_t)(address - source) : strlen(source);
    while (size && strchr(" ,;:(", source[size - 1]))
        size--;
    return size ? arena_copy(mem, source, size) : source;
}

/* What the figure rests on, put behind every sentence. */
static const char *basis_vi(arena *mem, const figure *g)
{
    const char *source = short_source(mem, g);
    if (!g)
        return "";
    if (!source || !*source)
        return g->from == PROVENANCE_FOUND ? "" : " (quy định suy đoán nên chỉ nhắc)";
    if (g->from == PROVENANCE_FOUND)
        return arena_format(mem, " (căn cứ: %s)", source);
    return arena_format(mem, " (quy định suy đoán nên chỉ nhắc: %s)", source);
}

static const char *basis_en(arena *mem, const figure *g)
{
    const char *source = short_source(mem, g);
    if (!g)
        return "";
    if (!source || !*source)
        return g->from == PROVENANCE_FOUND ? "" : " (inferred: only a warning)";
    if (g->from == PROVENANCE_FOUND)
        return arena_format(mem, " (by %s)", source);
    return arena_format(mem, " (inferred, so only a warning: %s)", source);
}

/* ---- outcomes ---- */

/* Notes are for a person who asks about one entry: one that does not fit into memory is left out. */
static void note(rules_run *r, rule_note n)
{
    if (r->wanted == FINDINGS_ONLY)
        return;
    rule_note *notes =
        arena_grow(r->mem, r->notes, r->note_count, &r->note_capacity, sizeof *notes);
    if (!notes)
        return;
    r->notes = notes;
    r->notes[r->note_count++] = n;
}

bool rules_apply(rules_run *r, const char *rule, const figure *g)
{
    if (g->from != PROVENANCE_UNKNOWN)
        return true;
    note(r, (rule_note){rule, RULE_UNKNOWN, g, "", "", "", "", 0});
    return false;
}

void rules_skip(rules_run *r, const char *rule, const figure *g)
{
    note(r, (rule_note){rule, RULE_NOT_FOR_IT, g, "", "", "", "", 0});
}

static severity level_of(const rule_facts *x)
{
    severity by_basis =
        x->basis && x->basis->from == PROVENANCE_FOUND ? SEVERITY_REJECT : SEVERITY_WARN;
    return x->most != SEVERITY_NOTE && x->most < by_basis ? x->most : by_basis;
}

status rules_settle(rules_run *r, const rule_facts *x, rule_outcome outcome, fault *f)
{
    note(r, (rule_note){x->rule, outcome, x->basis, x->says_vi, x->says_en, x->has_vi, x->has_en,
                        x->steps});
    if (outcome != RULE_BROKEN)
        return OK;
    const char *vi = basis_vi(r->mem, x->basis), *en = basis_en(r->mem, x->basis);
    if (!vi || !en || !x->has_vi || !x->has_en || !x->says_vi || !x->says_en)
        return fault_memory(f);
    const char *join_vi = x->join_vi ? x->join_vi : "", *join_en = x->join_en ? x->join_en : "";
    check_finding base = {.rule = x->rule,
                          .source = source_of(x->basis),
                          .level = level_of(x),
                          .spans = x->spans,
                          .span_count = x->span_count};
    return rules_add(
        r, base, x->facts,
        arena_format(r->mem, "%s%s%s%s", x->has_vi, join_vi, x->join_vi ? x->says_vi : "", vi),
        arena_format(r->mem, "%s%s%s%s", x->has_en, join_en, x->join_en ? x->says_en : "", en), f);
}

/* ---- writing ---- */

static bool marked_letter(const unsigned char *p, size_t left)
{
    /* Latin letters beyond ASCII: U+00C0–U+01BF, U+0300–U+036F, U+1E00–U+1EFF. */
    return (p[0] >= 0xC3 && p[0] <= 0xC6) || p[0] == 0xCC || p[0] == 0xCD ||
           (p[0] == 0xE1 && left > 1 && p[1] >= 0xB8 && p[1] <= 0xBB);
}

/* Four of five words of Vietnamese carry a mark; under one of five it was typed without them. */
static status check_marks(rules_run *r, const check_entry *e, fault *f)
{
    enum { FEWEST_WORDS = 20, SHOWN_WORDS = 12 };
    size_t words = 0, marked = 0, i = 0;
    text_span span = {0, 0};
    const unsigned char *p = (const unsigned char *)e->text.bytes;
    while (i < e->text.size) {
        bool letter = false, mark = false;
        size_t start = i;
        for (; i < e->text.size && p[i] != ' ' && p[i] != '\n'; i++) {
            letter |= (p[i] | 0x20) >= 'a' && (p[i] | 0x20) <= 'z';
            mark |= marked_letter(p + i, e->text.size - i);
        }
        if (letter || mark) {
            words++;
            marked += mark;
            if (words == 1)
                span.start = start;
            if (words <= SHOWN_WORDS)
                span.end = i;
        }
        i++;
        if (words >= FEWEST_WORDS && marked * 5 >= words + (e->text.size - i) / 2)
            return OK; /* whatever follows */
    }
    if (words < FEWEST_WORDS || marked * 5 >= words)
        return OK;
    text_span *shown = ARENA_NEW(r->mem, text_span);
    if (!shown)
        return fault_memory(f);
    *shown = span;
    check_finding base = {.rule = "text.unmarked",
                          .source = "",
                          .level = SEVERITY_NOTE,
                          .spans = shown,
                          .span_count = 1};
    return rules_add(r, base, arena_format(r->mem, "%zu of %zu", marked, words),
                     arena_format(r->mem,
                                  "chỉ %zu trong %zu từ có dấu: bài gõ không dấu, hãy xem lại",
                                  marked, words),
                     arena_format(r->mem, "only %zu of %zu words carry marks: typed without them?",
                                  marked, words),
                     f);
}

status rules_check(rules_run *r, const check_entry *e, fault *f)
{
    const contest_rules k = contest_rules_at(r->c, &e->place);
    /* Notes and findings outlive this call, and so must the figures they point to. */
    contest_rules *rules = ARENA_NEW(r->mem, contest_rules);
    if (!rules)
        return fault_memory(f);
    *rules = k;
    TRY(rules_length(r, rules, e, f));
    TRY(rules_fields(r, rules, e, f));
    TRY(rules_dates(r, rules, e, f));
    TRY(rules_press(r, rules, e, f));
    TRY(rules_patterns(r, e, f));
    return check_marks(r, e, f);
}
