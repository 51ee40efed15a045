/* PCRE2 within limits: a callout before every item counts the steps and looks at the clock. */
#define PCRE2_CODE_UNIT_WIDTH 8
#include "chamthi/pattern.h"

#include "chamthi/clock.h"

#include <pcre2.h>
#include <stdlib.h>
#include <string.h>

enum {
    STEPS_BETWEEN_LOOKS = 4096,
    BYTES_BETWEEN_LOOKS = 16 * 1024 * 1024, /* one step may read the whole text */
    STACK_FIRST = 32 * 1024,
    STACK_MOST = 1024 * 1024,
    COMPILE_NESTING = 100
};

struct pattern {
    pcre2_code *code;
    pcre2_match_data *match;
    pcre2_match_context *limits;
    pcre2_jit_stack *stack;
    long steps, look_every;
    int64_t end; /* CPU nanoseconds */
};

static int on_step(pcre2_callout_block *block, void *context)
{
    pattern *p = context;
    (void)block;
    if (++p->steps > PATTERN_STEPS)
        return PCRE2_ERROR_CALLOUT;
    if (p->steps % p->look_every == 0 && clock_cpu_nanoseconds() > p->end)
        return PCRE2_ERROR_CALLOUT;
    return 0;
}

static status compile_code(pattern *p, const char *source, fault *f)
{
    int error = 0;
    PCRE2_SIZE at = 0;
    PCRE2_UCHAR said[120] = "";
    pcre2_compile_context *context = pcre2_compile_context_create(NULL);
    if (!context)
        return fault_memory(f);
    pcre2_set_max_pattern_length(context, PATTERN_SIZE);
    pcre2_set_parens_nest_limit(context, COMPILE_NESTING);
    p->code = pcre2_compile((PCRE2_SPTR)source, PCRE2_ZERO_TERMINATED,
                            PCRE2_UTF | PCRE2_UCP | PCRE2_NEVER_BACKSLASH_C | PCRE2_AUTO_CALLOUT,
                            &error, &at, context);
    pcre2_compile_context_free(context);
    if (p->code)
        return OK;
    if (strlen(source) > PATTERN_SIZE)
        return FAIL(f, E_INPUT, "mẫu dài quá %d byte", "the pattern is longer than %d bytes",
                    PATTERN_SIZE);
    pcre2_get_error_message(error, said, sizeof said);
    return FAIL(f, E_INPUT, "không hiểu mẫu “%s” từ byte thứ %zu: %s",
                "cannot read the pattern “%s” at byte %zu: %s", source, (size_t)at + 1,
                (const char *)said);
}

static bool prepare(pattern *p)
{
    pcre2_jit_compile(p->code, PCRE2_JIT_COMPLETE); /* without it matching is only slower */
    p->match = pcre2_match_data_create(1, NULL);
    p->limits = pcre2_match_context_create(NULL);
    p->stack = pcre2_jit_stack_create(STACK_FIRST, STACK_MOST, NULL);
    if (!p->match || !p->limits || !p->stack)
        return false;
    pcre2_set_match_limit(p->limits, PATTERN_MATCH_LIMIT);
    pcre2_set_depth_limit(p->limits, PATTERN_DEPTH_LIMIT);
    pcre2_set_heap_limit(p->limits, PATTERN_HEAP_KIB);
    pcre2_set_callout(p->limits, on_step, p);
    pcre2_jit_stack_assign(p->limits, NULL, p->stack);
    return true;
}

status pattern_compile(pattern **out, const char *source, fault *f)
{
    pattern *p = calloc(1, sizeof *p);
    *out = NULL;
    status st = p ? compile_code(p, source, f) : fault_memory(f);
    if (st == OK && !prepare(p))
        st = fault_memory(f);
    if (st == OK)
        *out = p;
    else
        pattern_free(p);
    return st;
}

void pattern_free(pattern *p)
{
    if (!p)
        return;
    pcre2_code_free(p->code);
    pcre2_match_data_free(p->match);
    pcre2_match_context_free(p->limits);
    pcre2_jit_stack_free(p->stack);
    free(p);
}

/* The next match from `from` on; false when there is none, or *rc says why it was not found. */
static bool next_match(pattern *p, slice text, size_t from, uint32_t options, text_span *out,
                       int *rc)
{
    *rc = pcre2_match(p->code, (PCRE2_SPTR)text.bytes, text.size, from,
                      options | PCRE2_NO_UTF_CHECK, p->match, p->limits);
    if (*rc < 0)
        return false;
    const PCRE2_SIZE *at = pcre2_get_ovector_pointer(p->match);
    *out = (text_span){at[0], at[1]};
    return true;
}

pattern_result pattern_search(pattern *p, slice text, pattern_place where, text_span *places,
                              size_t most)
{
    pattern_result r = {PATTERN_ABSENT, 0, 0};
    text_span one;
    size_t from = 0;
    int rc = 0;
    uint32_t options = where == PATTERN_WHOLE ? PCRE2_ANCHORED | PCRE2_ENDANCHORED : PCRE2_NOTEMPTY;
    long by_size = (long)(BYTES_BETWEEN_LOOKS / (text.size + 1));
    p->steps = 0;
    p->look_every = by_size > STEPS_BETWEEN_LOOKS ? STEPS_BETWEEN_LOOKS : by_size + 1;
    p->end = clock_cpu_nanoseconds() + (int64_t)PATTERN_MILLISECONDS * 1000000;
    while (next_match(p, text, from, options, &one, &rc)) {
        r.answer = PATTERN_FOUND;
        if (where == PATTERN_WHOLE || r.count == most || one.end <= from)
            break;
        places[r.count++] = one;
        from = one.end;
    }
    if (rc < 0 && rc != PCRE2_ERROR_NOMATCH)
        r.answer = PATTERN_TOO_COSTLY;
    r.steps = p->steps;
    return r;
}
