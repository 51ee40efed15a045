/* Layouts of registered certificates, and their facts. */
#include "register_page.h"

#include <string.h>

static status shelf_add(layout_shelf *s, arena *mem, const char *name, slice yaml, int64_t id,
                        layout_choice **out, fault *f)
{
    if (s->count == SHELF_MOST)
        return FAIL(f, E_LIMIT, "quá nhiều mẫu in trong một lần (tối đa %d); hãy in từng phần",
                    "too many templates in one run (%d at most); print in parts", (int)SHELF_MOST);
    layout_choice *item = &s->items[s->count];
    *item = (layout_choice){name, yaml, NULL, id};
    TRY(template_parse(mem, name, yaml, &item->template, f));
    s->count++;
    *out = item;
    return OK;
}

static status add_source(layout_shelf *s, arena *mem, const char *name, const char *paper, fault *f)
{
    layout_choice *item;
    slice yaml;
    TRY(template_source(mem, name, &yaml, f));
    if (paper)
        TRY(template_on_paper(mem, yaml, paper, &yaml, f));
    return shelf_add(s, mem, name, yaml, 0, &item, f);
}

status shelf_fill(layout_shelf *s, arena *mem, const char *own, const char *paper, fault *f)
{
    s->count = 0;
    if (own)
        TRY(add_source(s, mem, own, paper, f));
    for (size_t i = 0; i < template_builtin_count(); i++)
        TRY(add_source(s, mem, template_builtin_name(i), paper, f));
    return OK;
}

static status choose_kept(layout_shelf *s, store *db, arena *mem, int64_t id, layout_choice **out,
                          fault *f)
{
    const char *name;
    slice yaml;
    for (size_t i = 0; i < s->count; i++)
        if (s->items[i].id == id) {
            *out = &s->items[i];
            return OK;
        }
    TRY(certificate_template_get(db, mem, id, &name, &yaml, f));
    return shelf_add(s, mem, name, yaml, id, out, f);
}

status shelf_choose(layout_shelf *s, store *db, arena *mem, const certificate *c,
                    layout_choice **out, fault *f)
{
    date day = {0, 0, 0};
    if (c->template_id)
        return choose_kept(s, db, mem, c->template_id, out, f);
    date_parse(c->decision_date, &day);
    for (size_t i = 0; i < s->count; i++) {
        const certificate_template *t = s->items[i].template;
        if (strcmp(t->kind, c->kind) == 0 && template_valid_on(t, day)) {
            *out = &s->items[i];
            return OK;
        }
    }
    return FAIL(
        f, E_INPUT,
        "“%s”: không có mẫu %s dùng được cho quyết định ngày %s; chỉ mẫu riêng bằng --template",
        "“%s”: no template of the kind %s is valid for a decision of %s; name one by "
        "--template",
        c->name, c->kind, c->decision_date);
}

status register_facts(const certificate *c, certificate_facts *out, fault *f)
{
    *out = (certificate_facts){0};
    if (!date_parse(c->decision_date, &out->day))
        return FAIL(f, E_INPUT, "“%s”: ngày quyết định “%s” sai",
                    "“%s”: the decision date “%s” is wrong", c->name, c->decision_date);
    const struct {
        fact which;
        const char *value;
    } facts[] = {{FACT_NAME, c->name},
                 {FACT_HONORIFIC, c->honorific},
                 {FACT_ADDRESS, c->address},
                 {FACT_ACHIEVEMENT, c->achievement},
                 {FACT_PRIZE, c->prize},
                 {FACT_TITLE, c->title},
                 {FACT_SERIAL, c->serial},
                 {FACT_DECISION, c->decision},
                 {FACT_CODE, c->code},
                 {FACT_QR, c->qr},
                 {FACT_RECIPIENT, c->recipient},
                 {FACT_CONTEST, c->contest},
                 {FACT_ORGANIZER, c->organizer},
                 {FACT_AUTHORITY, c->authority},
                 {FACT_PLACE, c->place},
                 {FACT_SIGNATORY_TITLE, c->signatory_title},
                 {FACT_SIGNATORY_NAME, c->signatory_name}};
    for (size_t i = 0; i < sizeof facts / sizeof *facts; i++)
        out->values[facts[i].which] = facts[i].value;
    return OK;
}
