/* What an entry must say of itself, its authors and its subject. */
#include "rules.h"

#include <string.h>

static const rule_field fields[] = {
    {"title", "tên bài", "title"},
    {"author", "họ tên tác giả", "author"},
    {"birth_year", "năm sinh tác giả", "birth year"},
    {"address", "địa chỉ tác giả", "author's address"},
    {"phone", "số điện thoại tác giả", "author's telephone"},
    {"email", "thư điện tử tác giả", "author's e-mail"},
    {"unit", "đơn vị công tác của tác giả", "author's unit"},
    {"sent_by", "đơn vị gửi bài", "unit that sent it"},
    {"subject", "tên nhân vật", "subject's name"},
    {"subject_kind", "nhân vật là cá nhân hay tập thể", "kind of subject"},
    {"subject_address", "địa chỉ nhân vật", "subject's address"},
    {"subject_unit", "đơn vị của nhân vật", "subject's unit"},
    {"subject_group", "nhóm đối tượng của nhân vật", "subject's group"},
    {"published", "ngày đăng", "date of publication"},
    {"publisher", "cơ quan báo chí đã đăng", "publisher"},
    {"url", "đường dẫn", "address on the web"},
};

const rule_field *rules_field(const char *key)
{
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        if (strcmp(fields[i].key, key) == 0)
            return &fields[i];
    return NULL;
}

static const char *of_author(const check_author *a, const char *key)
{
    return strcmp(key, "author") == 0       ? a->name
           : strcmp(key, "birth_year") == 0 ? (a->birth_year ? "known" : "")
           : strcmp(key, "address") == 0    ? a->address
           : strcmp(key, "phone") == 0      ? a->phone
           : strcmp(key, "email") == 0      ? a->email
           : strcmp(key, "unit") == 0       ? a->unit
                                            : NULL;
}

size_t rules_values(const check_entry *e, const char *key, const char **values, size_t most)
{
    const struct {
        const char *key, *value;
    } own[] = {
        {"title", e->title},
        {"sent_by", e->sent_by},
        {"subject", e->subject},
        {"subject_kind", e->subject_kind},
        {"subject_address", e->subject_address},
        {"subject_unit", e->subject_unit},
        {"subject_group", e->subject_group},
        {"published", e->published},
        {"publisher", e->publisher},
        {"url", e->url},
    };
    size_t count = 0;
    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        if (strcmp(own[i].key, key) == 0 && count < most)
            values[count++] = own[i].value;
    for (size_t i = 0; i < e->author_count && count < most && of_author(&e->authors[i], key); i++)
        values[count++] = of_author(&e->authors[i], key);
    return count;
}

/* Of several authors, one who gave it is enough: an office writes one address for a group. */
static bool given(const check_entry *e, const char *key)
{
    enum { AUTHORS = 64 };
    const char *values[AUTHORS];
    size_t count = rules_values(e, key, values, AUTHORS);
    for (size_t i = 0; i < count; i++)
        if (*values[i])
            return true;
    return false;
}

enum { KEY_SIZE = 40 };

static const char *copy_key(char out[KEY_SIZE], const char *key, size_t size)
{
    size_t kept = size < KEY_SIZE ? size : KEY_SIZE - 1;
    memcpy(out, key, kept);
    out[kept] = '\0';
    return out;
}

static bool any_given(const check_entry *e, const char *choice)
{
    bool found = false;
    for (const char *p = choice; *p && !found;) {
        size_t size = strcspn(p, "|");
        char key[KEY_SIZE];
        found = given(e, copy_key(key, p, size));
        p += size + (p[size] == '|');
    }
    return found;
}

/* "address|unit": one of the two is enough. */
static status check_required(rules_run *r, const figure *g, const char *choice,
                             const check_entry *e, fault *f)
{
    const char *vi = "", *en = "";
    bool found = any_given(e, choice);
    if (found && r->wanted == FINDINGS_ONLY)
        return OK;
    for (const char *p = choice; *p;) {
        size_t size = strcspn(p, "|");
        char key[KEY_SIZE];
        const rule_field *known = rules_field(copy_key(key, p, size));
        if (known) {
            vi = arena_format(r->mem, "%s%s%s", vi, *vi ? " hoặc " : "", known->vi);
            en = arena_format(r->mem, "%s%s%s", en, *en ? " or " : "", known->en);
        }
        if (!vi || !en)
            return fault_memory(f);
        p += size + (p[size] == '|');
    }
    if (!*vi) /* a column this program does not keep: nothing to look at */
        return OK;
    rule_facts x = {
        .rule = "field.required",
        .basis = g,
        .facts = choice,
        .has_vi = arena_format(r->mem, "%s %s", found ? "đã ghi" : "thiếu", vi),
        .has_en = arena_format(r->mem, "%s: %s", found ? "given" : "missing", en),
        .says_vi = arena_format(r->mem, "phải ghi %s", vi),
        .says_en = arena_format(r->mem, "%s must be given", en),
    };
    return rules_settle(r, &x, found ? RULE_KEPT : RULE_BROKEN, f);
}

static status check_media(rules_run *r, const figure_list *accepted, const check_entry *e, fault *f)
{
    static const struct {
        const char *key, *vi, *en;
    } media[] = {[MEDIUM_UNKNOWN] = {"", "", ""},
                 [MEDIUM_TYPED] = {"typed", "bài đánh máy", "a typed text"},
                 [MEDIUM_HANDWRITTEN] = {"handwritten", "bài viết tay", "a handwritten text"},
                 [MEDIUM_AUDIO] = {"audio", "tác phẩm phát thanh", "a sound recording"},
                 [MEDIUM_VIDEO] = {"video", "tác phẩm truyền hình", "a film"}};
    bool known = false;
    if (!rules_apply(r, "media.accepted", &accepted->basis))
        return OK;
    if (e->medium == MEDIUM_UNKNOWN) {
        rules_skip(r, "media.accepted", &accepted->basis);
        return OK;
    }
    for (size_t i = 0; i < accepted->count; i++)
        known |= strcmp(accepted->items[i], media[e->medium].key) == 0;
    rule_facts x = {
        .rule = "media.accepted",
        .basis = &accepted->basis,
        .facts = media[e->medium].key,
        .has_vi = media[e->medium].vi,
        .has_en = media[e->medium].en,
        .says_vi = "là hình thức thể lệ không nhận",
        .says_en = "which the rules do not take",
        .join_vi = " ",
        .join_en = ", ",
    };
    return rules_settle(r, &x, known ? RULE_KEPT : RULE_BROKEN, f);
}

static status check_authors(rules_run *r, const figure *g, const check_entry *e, fault *f)
{
    if (!rules_apply(r, "authors.most", g))
        return OK;
    long long have = (long long)e->author_count, limit = g->number;
    rule_facts x = {
        .rule = "authors.most",
        .basis = g,
        .facts = arena_format(r->mem, "%lld against %lld", have, limit),
        .has_vi = arena_format(r->mem, "bài có %lld tác giả", have),
        .has_en = arena_format(r->mem, "%lld authors", have),
        .says_vi = limit == 1 ? "không nhận bài của nhóm tác giả"
                              : arena_format(r->mem, "cho nhiều nhất %lld tác giả một bài", limit),
        .says_en = limit == 1 ? "take no entries by groups"
                              : arena_format(r->mem, "allow at most %lld", limit),
        .join_vi = ", thể lệ ",
        .join_en = ", the rules ",
    };
    return rules_settle(r, &x, have > limit ? RULE_BROKEN : RULE_KEPT, f);
}

/* An address that names no unit of the city is only a reason to look: people leave the district out. */
static status check_subject_place(rules_run *r, const figure_list *within, const check_entry *e,
                                  fault *f)
{
    if (!rules_apply(r, "subject.place", &within->basis))
        return OK;
    if (e->subject_place == SUBJECT_UNPLACED) {
        rules_skip(r, "subject.place", &within->basis);
        return OK;
    }
    if (e->subject_place == SUBJECT_INSIDE && r->wanted == FINDINGS_ONLY)
        return OK;
    const char *city = within->count ? within->items[0] : "";
    bool elsewhere = e->subject_place == SUBJECT_OUTSIDE;
    rule_facts x = {
        .rule = "subject.place",
        .basis = &within->basis,
        .most = elsewhere ? SEVERITY_REJECT : SEVERITY_WARN,
        .facts = e->subject_address,
        .has_vi = arena_format(r->mem, "địa chỉ nhân vật “%s” %s", e->subject_address,
                               elsewhere ? "ở tỉnh khác" : "chưa rõ thuộc quận, huyện nào"),
        .has_en = arena_format(r->mem, "the subject's address “%s” %s", e->subject_address,
                               elsewhere ? "is in another province" : "names no known district"),
        .says_vi = arena_format(r->mem, "yêu cầu nhân vật ở %s", city),
        .says_en = arena_format(r->mem, "ask for a subject in %s", city),
        .join_vi = ", thể lệ ",
        .join_en = ", the rules ",
    };
    if (e->subject_place == SUBJECT_INSIDE)
        x.has_vi = x.has_en = e->subject_address;
    return rules_settle(r, &x, e->subject_place == SUBJECT_INSIDE ? RULE_KEPT : RULE_BROKEN, f);
}

status rules_fields(rules_run *r, const contest_rules *k, const check_entry *e, fault *f)
{
    if (rules_apply(r, "field.required", &k->required.basis))
        for (size_t i = 0; i < k->required.count; i++)
            TRY(check_required(r, &k->required.basis, k->required.items[i], e, f));
    TRY(check_media(r, &k->media, e, f));
    TRY(check_authors(r, &k->authors_most, e, f));
    return check_subject_place(r, &k->subject_within, e, f);
}
