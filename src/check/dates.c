/* When an entry came, and where and when a press work was published. */
#include "rules.h"

#include "chamthi/text.h"

#include <string.h>

static int date_order(date a, date b)
{
    int years = a.year - b.year, months = a.month - b.month;
    return years ? years : months ? months : a.day - b.day;
}

typedef enum { NOT_BEFORE, NOT_AFTER } date_bound;

typedef struct {
    const char *rule;
    date_bound bound;
    const char *has_vi, *has_en;   /* "nhận ngày" */
    const char *says_vi, *says_en; /* "hạn cuối nhận bài" */
} date_rule;

static status check_date(rules_run *r, const date_rule *d, const figure *g, date have, fault *f)
{
    char is[20], limit[20];
    if (!rules_apply(r, d->rule, g))
        return OK;
    int order = date_order(have, g->day);
    bool broken = d->bound == NOT_BEFORE ? order < 0 : order > 0;
    if (!broken && r->wanted == FINDINGS_ONLY)
        return OK;
    date_vietnamese(have, is);
    date_vietnamese(g->day, limit);
    rule_facts x = {
        .rule = d->rule,
        .basis = g,
        .facts = arena_format(r->mem, "%s against %s", is, limit),
        .has_vi = arena_format(r->mem, "%s %s", d->has_vi, is),
        .has_en = arena_format(r->mem, "%s %s", d->has_en, is),
        .says_vi = arena_format(r->mem, "%s %s", d->says_vi, limit),
        .says_en = arena_format(r->mem, "%s %s", d->says_en, limit),
        .join_vi = d->bound == NOT_BEFORE ? ", trước " : ", sau ",
        .join_en = d->bound == NOT_BEFORE ? ", before " : ", after ",
    };
    return rules_settle(r, &x, broken ? RULE_BROKEN : RULE_KEPT, f);
}

status rules_dates(rules_run *r, const contest_rules *k, const check_entry *e, fault *f)
{
    static const date_rule early = {"received.early", NOT_BEFORE,         "nhận ngày",
                                    "received on",    "ngày mở cuộc thi", "the opening day"};
    static const date_rule late = {"received.late", NOT_AFTER,           "nhận ngày",
                                   "received on",   "hạn cuối nhận bài", "the closing day"};
    TRY(check_date(r, &early, &k->opens, e->received, f));
    return check_date(r, &late, &k->closes, e->received, f);
}

/* ---- press works ---- */

/* That a press work names its newspaper follows from the track itself, so without a figure its lack is
 * a warning. */
static status check_publisher_given(rules_run *r, const contest_rules *k, const check_entry *e,
                                    fault *f)
{
    static const figure none = {.from = PROVENANCE_INFERRED};
    rule_facts x = {
        .rule = "press.publisher",
        .basis = k->publishers.basis.from ? &k->publishers.basis
                 : k->press_from.from     ? &k->press_from
                                          : &none,
        .facts = "no publisher",
        .has_vi = *e->publisher ? e->publisher
                                : "tác phẩm báo chí chưa ghi cơ quan báo chí đã đăng, phát",
        .has_en = *e->publisher ? e->publisher
                                : "a press work without the newspaper or station that carried it",
        .says_vi = "phải ghi cơ quan báo chí đã đăng, phát",
        .says_en = "the newspaper or station must be named",
    };
    return rules_settle(r, &x, *e->publisher ? RULE_KEPT : RULE_BROKEN, f);
}

/* The letters of a name without what kind of thing it is: "Báo Hànộimới", "Hà Nội mới" → hanoimoi. */
static char *publisher_letters(arena *mem, const char *name)
{
    static const char *const kinds[] = {"bao ", "dai ", "tap chi ", "trang tin "};
    char *fold = text_fold_string(mem, name), *to = fold;
    if (!fold)
        return NULL;
    const char *from = fold;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strncmp(from, kinds[i], strlen(kinds[i])) == 0)
            from += strlen(kinds[i]);
    for (; *from; from++)
        if (*from != ' ')
            *to++ = *from;
    *to = '\0';
    return fold;
}

/* "Hà Nội mới điện tử" is "Báo Hànộimới". */
static bool same_publisher(arena *mem, const char *given, const char *accepted)
{
    char *x = publisher_letters(mem, given), *y = publisher_letters(mem, accepted);
    return x && y && *y && strstr(x, y);
}

static status check_publisher_accepted(rules_run *r, const figure_list *accepted,
                                       const check_entry *e, fault *f)
{
    bool known = false;
    if (!rules_apply(r, "press.accepted", &accepted->basis))
        return OK;
    if (!*e->publisher) {
        rules_skip(r, "press.accepted", &accepted->basis);
        return OK;
    }
    for (size_t i = 0; i < accepted->count && !known; i++)
        known = same_publisher(r->mem, e->publisher, accepted->items[i]);
    rule_facts x = {
        .rule = "press.accepted",
        .basis = &accepted->basis,
        .facts = e->publisher,
        .has_vi = arena_format(r->mem, "đăng, phát trên “%s”", e->publisher),
        .has_en = arena_format(r->mem, "published by “%s”", e->publisher),
        .says_vi = "không phải cơ quan báo chí mà thể lệ công nhận",
        .says_en = "which is not among the accepted ones",
        .join_vi = ", ",
        .join_en = ", ",
    };
    return rules_settle(r, &x, known ? RULE_KEPT : RULE_BROKEN, f);
}

static status check_published(rules_run *r, const contest_rules *k, const check_entry *e, fault *f)
{
    static const date_rule old = {"press.published",
                                  NOT_BEFORE,
                                  "đăng ngày",
                                  "published on",
                                  "ngày được tính đầu tiên",
                                  "the first day that counts"};
    static const date_rule late = {"press.published.late",
                                   NOT_AFTER,
                                   "đăng ngày",
                                   "published on",
                                   "ngày được tính cuối cùng",
                                   "the last day that counts"};
    const figure *g = k->press_from.from ? &k->press_from : &k->press_until;
    date published;
    if (date_parse(e->published, &published)) {
        TRY(check_date(r, &old, &k->press_from, published, f));
        return check_date(r, &late, &k->press_until, published, f);
    }
    if (!rules_apply(r, "press.published", g))
        return OK;
    rule_facts x = {
        .rule = "press.published",
        .basis = g,
        .facts = "no date",
        .has_vi = "tác phẩm báo chí chưa ghi ngày đăng, phát",
        .has_en = "a press work without its date of publication",
        .says_vi = "phải ghi ngày đăng, phát",
        .says_en = "the date of publication must be given",
    };
    return rules_settle(r, &x, RULE_BROKEN, f);
}

status rules_press(rules_run *r, const contest_rules *k, const check_entry *e, fault *f)
{
    if (strcmp(e->track, "press") != 0) {
        rules_skip(r, "press.publisher", NULL);
        rules_skip(r, "press.accepted", &k->publishers.basis);
        rules_skip(r, "press.published", &k->press_from);
        return OK;
    }
    TRY(check_publisher_given(r, k, e, f));
    TRY(check_publisher_accepted(r, &k->publishers, e, f));
    return check_published(r, k, e, f);
}
