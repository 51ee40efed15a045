/* Why a rule found something in an entry, or found nothing. */
#include "gather.h"

#include "chamthi/buffer.h"

#include <string.h>

static const char *const outcomes[] = {[RULE_UNKNOWN] = "unknown",
                                       [RULE_NOT_FOR_IT] = "not_for_it",
                                       [RULE_KEPT] = "kept",
                                       [RULE_BROKEN] = "broken",
                                       [RULE_TOO_COSTLY] = "too_costly"};

typedef struct {
    const char *rule;
    check_explanation *items;
    size_t count, capacity;
    buffer names; /* of every rule, for the sentence when none fits */
} explaining;

static bool wanted(const explaining *x, const char *rule)
{
    return strncmp(rule, x->rule, strlen(x->rule)) == 0;
}

static status add(explaining *x, arena *mem, check_explanation one, fault *f)
{
    if (!strstr(x->names.bytes, one.rule))
        buffer_format(&x->names, "%s%s", x->names.size ? ", " : "", one.rule);
    if (!wanted(x, one.rule))
        return OK;
    check_explanation *items = arena_grow(mem, x->items, x->count, &x->capacity, sizeof *items);
    if (!items)
        return fault_memory(f);
    x->items = items;
    x->items[x->count++] = one;
    return OK;
}

static status add_note(explaining *x, arena *mem, const rule_note *n, fault *f)
{
    const figure *g = n->basis;
    return add(x, mem,
               (check_explanation){n->rule, outcomes[n->outcome], g ? g->from : PROVENANCE_FOUND,
                                   g && g->source ? g->source : "", n->says_vi, n->says_en,
                                   n->has_vi, n->has_en, n->steps},
               f);
}

/* A finding of a rule that has no figure to explain itself by. */
static status add_finding(explaining *x, arena *mem, const rules_run *r, const check_finding *n,
                          fault *f)
{
    for (size_t i = 0; i < r->note_count; i++)
        if (strcmp(r->notes[i].rule, n->rule) == 0 && r->notes[i].outcome != RULE_KEPT)
            return OK;
    return add(x, mem,
               (check_explanation){n->rule, outcomes[RULE_BROKEN], PROVENANCE_FOUND, n->source, "",
                                   "", n->vi, n->en, 0},
               f);
}

static status run_rules(const check_year *y, cursor *c, arena *mem, explaining *x, fault *f)
{
    check_findings found = {0};
    rules_run r = {.mem = mem,
                   .c = y->c,
                   .patterns = y->patterns,
                   .pattern_count = y->pattern_count,
                   .out = &found,
                   .wanted = EVERY_OUTCOME};
    check_entry e;
    TRY(year_entry(y, c, mem, &e, f));
    TRY(rules_check(&r, &e, f));
    TRY(rules_check_entries(&r, &e, y->writers, y->writer_count, f));
    TRY(rules_check_barred(&r, &e, y->barred, y->barred_count, f));
    TRY(rules_check_subject(&r, &e, y->subjects, y->memo, f));
    for (size_t i = 0; i < r.note_count; i++)
        TRY(add_note(x, mem, &r.notes[i], f));
    for (size_t i = 0; i < found.count; i++)
        TRY(add_finding(x, mem, &r, &found.items[i], f));
    return OK;
}

static status explain_entry(check_year *y, int64_t entry_id, explaining *x, fault *f)
{
    cursor c;
    TRY(store_select(y->db, Q_CHECK_ENTRIES, ARGS(v_int(y->year), v_int(entry_id)), &c, f));
    status st = cursor_next(&c) ? run_rules(y, &c, y->mem, x, f)
                                : FAIL(f, E_MISSING, "không có bài này", "there is no such entry");
    status closed = cursor_close(&c, st == OK ? f : NULL);
    TRY(st == OK ? closed : st);
    if (!x->count)
        return FAIL(f, E_MISSING, "không có quy tắc “%s”; có: %s",
                    "there is no rule “%s”; there are: %s", x->rule, x->names.bytes);
    return OK;
}

status check_explain(store *db, arena *mem, int64_t entry_id, const char *rule,
                     check_explanation **out, size_t *count, fault *f)
{
    int64_t year;
    check_year y;
    explaining x = {.rule = rule, .names = BUFFER_INIT};
    TRY(store_int(db, Q_ENTRY_YEAR, ARGS(v_int(entry_id)), &year, f));
    status st = year_open(&y, db, mem, year, f);
    if (st == OK)
        st = explain_entry(&y, entry_id, &x, f);
    year_close(&y);
    buffer_free(&x.names);
    *out = x.items;
    *count = x.count;
    return st;
}
