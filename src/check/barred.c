/* Authors who may not enter: by name, and by birth year, telephone or unit. */
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

typedef enum { ANOTHER_PERSON, NAME_ONLY, SAME_UNIT, SAME_PHONE, SAME_YEAR } likeness;

static status compare(arena *mem, const check_author *a, const check_barred *b, likeness *out,
                      fault *f)
{
    *out = ANOTHER_PERSON;
    if (!*a->name_fold || strcmp(a->name_fold, b->name_fold) != 0)
        return OK;
    if (a->birth_year && b->birth_year) {
        *out = a->birth_year == b->birth_year ? SAME_YEAR : ANOTHER_PERSON;
        return OK;
    }
    const char *phone_a = rules_phone(mem, a->phone), *phone_b = rules_phone(mem, b->phone);
    if (!phone_a || !phone_b)
        return fault_memory(f);
    if (*phone_a && strcmp(phone_a, phone_b) == 0)
        *out = SAME_PHONE;
    else if (*a->unit_fold && strcmp(a->unit_fold, b->unit_fold) == 0)
        *out = SAME_UNIT;
    else
        *out = NAME_ONLY;
    return OK;
}

static const struct {
    const char *vi, *en;
} grounds[] = {
    [NAME_ONLY] = {"trùng họ tên; chưa đủ năm sinh, điện thoại hay đơn vị để đối chiếu, cần người "
                   "xác minh",
                   "has the name; no birth year, telephone or unit to compare, please verify"},
    [SAME_UNIT] = {"trùng họ tên và đơn vị", "has the name and the unit"},
    [SAME_PHONE] = {"trùng họ tên và số điện thoại", "has the name and the telephone"},
    [SAME_YEAR] = {"trùng họ tên và năm sinh", "has the name and the birth year"},
};

static status add_match(arena *mem, size_t position, const check_author *a, const check_barred *b,
                        likeness found, check_findings *out, fault *f)
{
    bool marks_differ = strcmp(a->name_key, b->name_key) != 0;
    check_finding base = {.rule = "barred.person",
                          .source = "",
                          .level = found == NAME_ONLY ? SEVERITY_WARN : SEVERITY_REJECT};
    const char *facts =
        arena_format(mem, "author %zu (%s), %s, %d", position, a->name_key, b->who_en, (int)found);
    const char *vi =
        arena_format(mem, "tác giả thứ %zu %s với %s, người không được dự thi%s", position,
                     grounds[found].vi, b->who_vi, marks_differ ? " (tên viết khác dấu)" : "");
    const char *en =
        arena_format(mem, "author %zu %s of %s, who may not enter%s", position, grounds[found].en,
                     b->who_en, marks_differ ? " (the marks of the name differ)" : "");
    return rules_add(mem, out, base, facts, vi, en, f);
}

status rules_check_barred(arena *mem, const check_entry *e, const check_barred *list, size_t count,
                          check_findings *out, fault *f)
{
    for (size_t i = 0; i < e->author_count; i++)
        for (size_t k = 0; k < count; k++) {
            likeness found;
            TRY(compare(mem, &e->authors[i], &list[k], &found, f));
            if (found != ANOTHER_PERSON)
                TRY(add_match(mem, i + 1, &e->authors[i], &list[k], found, out, f));
        }
    return OK;
}
