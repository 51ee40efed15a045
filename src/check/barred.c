/* Authors who may not enter, and how often one may: by name, and by birth year, telephone or unit. */
#include "rules.h"

#include <string.h>

const char *rules_phone(arena *mem, const char *text)
{
    enum { FEWEST = 8 };
    char *digits = arena_alloc(mem, strlen(text) + 2), *to = digits;
    if (!digits)
        return NULL;
    bool abroad = text[strspn(text, " (")] == '+';
    for (; *text; text++)
        if (*text >= '0' && *text <= '9')
            *to++ = *text;
    size_t size = (size_t)(to - digits);
    if (size < FEWEST)
        return "";
    if (strncmp(digits, "84", 2) == 0 && (abroad || size == 11)) {
        digits[1] = '0';
        return digits + 1;
    }
    return digits;
}

typedef enum { ANOTHER_PERSON, PHONE_ONLY, NAME_ONLY, SAME_UNIT, SAME_PHONE, SAME_YEAR } likeness;

/* What two people are compared by. */
typedef struct {
    const char *name_fold, *phone, *unit_fold;
    int64_t birth_year;
} person;

static person person_of(const check_author *a)
{
    return (person){a->name_fold, a->phone, a->unit_fold, a->birth_year};
}

static status compare(arena *mem, const person *a, const person *b, likeness *out, fault *f)
{
    *out = ANOTHER_PERSON;
    bool same_name = *a->name_fold && strcmp(a->name_fold, b->name_fold) == 0;
    if (!same_name && (!*a->phone || !*b->phone))
        return OK;
    if (same_name && a->birth_year && b->birth_year) {
        *out = a->birth_year == b->birth_year ? SAME_YEAR : ANOTHER_PERSON;
        return OK;
    }
    const char *phone_a = rules_phone(mem, a->phone), *phone_b = rules_phone(mem, b->phone);
    if (!phone_a || !phone_b)
        return fault_memory(f);
    bool same_phone = *phone_a && strcmp(phone_a, phone_b) == 0;
    if (same_phone)
        *out = same_name ? SAME_PHONE : PHONE_ONLY;
    else if (same_name)
        *out = *a->unit_fold && strcmp(a->unit_fold, b->unit_fold) == 0 ? SAME_UNIT : NAME_ONLY;
    return OK;
}

static const struct {
    const char *vi, *en;
} grounds[] = {
    [PHONE_ONLY] = {"khác tên nhưng cùng số điện thoại (có thể là người thân, cần người xác minh)",
                    "has another name but the telephone (a relative? please verify)"},
    [NAME_ONLY] = {"trùng họ tên; chưa đủ năm sinh, điện thoại hay đơn vị để đối chiếu, cần người "
                   "xác minh",
                   "has the name; no birth year, telephone or unit to compare, please verify"},
    [SAME_UNIT] = {"trùng họ tên và đơn vị", "has the name and the unit"},
    [SAME_PHONE] = {"trùng họ tên và số điện thoại", "has the name and the telephone"},
    [SAME_YEAR] = {"trùng họ tên và năm sinh", "has the name and the birth year"},
};

static status add_match(rules_run *r, size_t position, const check_author *a, const check_barred *b,
                        likeness found, fault *f)
{
    bool marks_differ = found > NAME_ONLY && strcmp(a->name_key, b->name_key) != 0;
    check_finding base = {.rule = "barred.person",
                          .source = "",
                          .level = found <= NAME_ONLY ? SEVERITY_WARN : SEVERITY_REJECT};
    const char *facts = arena_format(r->mem, "author %zu (%s), %s, %s", position, a->name_key,
                                     b->who_en, grounds[found].en);
    const char *vi =
        arena_format(r->mem, "tác giả thứ %zu %s với %s, người không được dự thi%s", position,
                     grounds[found].vi, b->who_vi, marks_differ ? " (tên viết khác dấu)" : "");
    const char *en = arena_format(r->mem, "author %zu %s of %s, who may not enter%s", position,
                                  grounds[found].en, b->who_en,
                                  marks_differ ? " (the marks of the name differ)" : "");
    return rules_add(r, base, facts, vi, en, f);
}

status rules_check_barred(rules_run *r, const check_entry *e, const check_barred *list,
                          size_t count, fault *f)
{
    for (size_t i = 0; i < e->author_count; i++) {
        person a = person_of(&e->authors[i]);
        for (size_t k = 0; k < count; k++) {
            person b = {list[k].name_fold, list[k].phone, list[k].unit_fold, list[k].birth_year};
            likeness found;
            TRY(compare(r->mem, &a, &b, &found, f));
            if (found != ANOTHER_PERSON)
                TRY(add_match(r, i + 1, &e->authors[i], &list[k], found, f));
        }
    }
    rule_facts x = {.rule = "barred.person",
                    .has_vi = arena_format(r->mem, "đã so với %zu người không được dự thi", count),
                    .has_en = arena_format(r->mem, "compared with %zu barred people", count),
                    .says_vi = "tác giả không phải người bị cấm dự thi",
                    .says_en = "no author may be one of them"};
    if (r->wanted == EVERY_OUTCOME)
        return rules_settle(r, &x, RULE_KEPT, f);
    return OK;
}

/* ---- entries of one author ---- */

typedef struct {
    long long sure, perhaps;
    const char *receipts;
} author_entries;

static size_t first_of_name(const check_writer *all, size_t count, const char *name_fold)
{
    size_t from = 0, to = count;
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if (strcmp(all[middle].who.name_fold, name_fold) < 0)
            from = middle + 1;
        else
            to = middle;
    }
    return from;
}

static status count_entries(rules_run *r, const check_entry *e, const check_author *a,
                            const check_writer *all, size_t count, author_entries *out, fault *f)
{
    person mine = person_of(a);
    *out = (author_entries){.receipts = ""};
    size_t i = *a->name_fold ? first_of_name(all, count, a->name_fold) : count;
    for (; i < count && strcmp(all[i].who.name_fold, a->name_fold) == 0; i++) {
        person other = person_of(&all[i].who);
        likeness found = SAME_YEAR;
        if (all[i].entry_id != e->id)
            TRY(compare(r->mem, &mine, &other, &found, f));
        out->sure += found > NAME_ONLY;
        out->perhaps += found == NAME_ONLY;
        if (found < NAME_ONLY)
            continue;
        out->receipts = arena_format(r->mem, "%s%s%s", out->receipts, *out->receipts ? ", " : "",
                                     all[i].receipt);
        if (!out->receipts)
            return fault_memory(f);
    }
    return OK;
}

status rules_check_entries(rules_run *r, const check_entry *e, const check_writer *all,
                           size_t count, fault *f)
{
    const contest_rules k = contest_rules_at(r->c, &e->place);
    figure *limit = ARENA_NEW(r->mem, figure);
    if (!limit)
        return fault_memory(f);
    *limit = k.entries_most;
    if (!rules_apply(r, "entries.most", limit))
        return OK;
    for (size_t i = 0; i < e->author_count; i++) {
        author_entries have;
        TRY(count_entries(r, e, &e->authors[i], all, count, &have, f));
        bool sure = have.sure > limit->number, broken = have.sure + have.perhaps > limit->number;
        if (!broken && r->wanted == FINDINGS_ONLY)
            continue;
        rule_facts x = {
            .rule = "entries.most",
            .basis = limit,
            .most = sure ? SEVERITY_REJECT : SEVERITY_WARN,
            .facts = arena_format(r->mem, "author %zu, %lld and %lld against %lld, %s", i + 1,
                                  have.sure, have.perhaps, (long long)limit->number, have.receipts),
            .has_vi = arena_format(
                r->mem, "tác giả thứ %zu có %lld bài%s (%s)", i + 1, have.sure + have.perhaps,
                have.perhaps ? ", trong đó có bài mới chỉ trùng họ tên" : "", have.receipts),
            .has_en = arena_format(
                r->mem, "author %zu has %lld entries%s (%s)", i + 1, have.sure + have.perhaps,
                have.perhaps ? ", some only by the same name" : "", have.receipts),
            .says_vi = arena_format(r->mem, "cho nhiều nhất %lld bài", (long long)limit->number),
            .says_en = arena_format(r->mem, "allow at most %lld", (long long)limit->number),
            .join_vi = ", thể lệ ",
            .join_en = ", the rules ",
        };
        TRY(rules_settle(r, &x, broken ? RULE_BROKEN : RULE_KEPT, f));
    }
    return OK;
}
