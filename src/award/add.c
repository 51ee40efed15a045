/* Enters an award. */
#include "add.h"

#include "chamthi/text.h"

static const char *or_empty(const char *text)
{
    return text ? text : "";
}

status award_add(store *db, arena *mem, const new_award *a, int64_t *id, fault *f)
{
    const award_decision *d = &a->decision;
    int64_t unused;
    char day[20] = "";
    char *fold = text_fold_string(mem, a->recipient);
    if (!fold)
        return fault_memory(f);
    if (d->number)
        date_iso(d->day, day);
    return store_insert(db, Q_AWARD_ADD,
                        ARGS(v_int(a->year), v_text(a->kind), a->prize_id, v_text(a->prize),
                             a->entry_id, v_text(a->recipient), v_text(fold), v_text(a->unit),
                             v_text(a->title), v_text(a->track), v_text(or_empty(d->signatory)),
                             v_text(d->number), d->number ? v_text(day) : v_null(),
                             v_text(a->source), v_text(a->state), v_text(a->reason),
                             v_text(d->level ? d->level : "city"), v_text(or_empty(d->authority)),
                             v_text(or_empty(d->signatory_name)), v_text(or_empty(a->honorific)),
                             v_text(or_empty(a->achievement)), a->unit_id,
                             a->since ? v_int(a->since) : v_null()),
                        id ? id : &unused, f);
}
