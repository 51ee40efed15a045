/* Life after the draw: what is missing is given out again, and some entries get further readings. */
#include "drawing.h"
#include "rules.h"

#include <string.h>

typedef struct {
    const assign_request *request;
    const char *drop;
    const assign_extra *extra;
    size_t extra_count;
} repairing;

static bool knows_judge(const deal_problem *p, const char *code)
{
    for (size_t j = 0; j < p->judge_count; j++)
        if (strcmp(p->judges[j].id, code) == 0)
            return true;
    return false;
}

/* Who left in earlier repairs (they stand there with cap 0), and who leaves now, which may be news. */
static status list_left(drawing *d, const deal_problem *then, const char *drop, assign_left *out,
                        bool *news, fault *f)
{
    *out = (assign_left){ARENA_ARRAY(d->mem, const char *, then->judge_count + 1), 0};
    *news = drop != NULL;
    if (!out->codes)
        return fault_memory(f);
    for (size_t j = 0; j < then->judge_count; j++)
        if (then->judges[j].cap == 0) {
            out->codes[out->count++] = then->judges[j].id;
            *news &= drop && strcmp(drop, then->judges[j].id) != 0;
        }
    if (drop)
        out->codes[out->count++] = drop;
    if (drop && !knows_judge(then, drop))
        return FAIL(f, E_MISSING, "vòng %s không có giám khảo mã “%s”; xem: chamthi assign list",
                    "round %s has no judge “%s”; see: chamthi assign list", d->round.key, drop);
    return OK;
}

/* What is published now, and the rules it all began with. */
static status read_published(drawing *d, deal_problem *then, fault *f)
{
    int64_t latest, first;
    assign_draw draw;
    deal_problem rules;
    TRY(store_int(d->db, Q_DRAW_LATEST, ARGS(v_int(d->round.id), v_text("published")), &latest, f));
    if (!latest)
        return FAIL(f, E_CONFLICT,
                    "phân công vòng %s chưa công bố; hãy dùng: chamthi assign plan --round %s",
                    "round %s has no published draw; use: chamthi assign plan --round %s",
                    d->round.key, d->round.key);
    TRY(assign_get_draw(d->db, d->mem, &d->round, latest, &draw, f));
    TRY(deal_inputs_read(d->mem, draw.inputs, then, f));
    TRY(store_int(d->db, Q_DRAW_FIRST, ARGS(v_int(d->round.id)), &first, f));
    if (first != latest) {
        TRY(assign_get_draw(d->db, d->mem, &d->round, first, &draw, f));
        TRY(deal_inputs_read(d->mem, draw.inputs, &rules, f));
        then->same_unit = rules.same_unit; /* further readings may have had to be laxer */
    }
    if (draw.notice)
        TRY(assign_get_notice(d->db, d->mem, &d->round, draw.notice, &d->posted, f));
    d->value = draw.notice ? draw.value : NULL;
    return OK;
}

/* ---- how many readings each entry is to have ---- */

/* Readings that join the parts of a design go across panels. */
static status forget_panels(drawing *d, fault *f)
{
    deal_problem *p = &d->input.p;
    deal_judge *judges = ARENA_ARRAY(d->mem, deal_judge, p->judge_count + 1);
    if (!judges)
        return fault_memory(f);
    for (size_t j = 0; j < p->judge_count; j++) {
        judges[j] = p->judges[j];
        judges[j].panel = NULL;
    }
    p->judges = judges;
    return OK;
}

/* Everybody else is barred from the entry, for this draw only. */
static status bar_others(drawing *d, deal_entry *entry, const assign_extra *extra, fault *f)
{
    const deal_problem *p = &d->input.p;
    size_t n = entry->conflicts.count;
    const char **barred = ARENA_ARRAY(d->mem, const char *, n + p->judge_count + 1);
    if (!barred)
        return fault_memory(f);
    for (size_t i = 0; i < n; i++)
        barred[i] = entry->conflicts.items[i];
    for (size_t j = 0; j < p->judge_count; j++) {
        bool may = false;
        for (size_t k = 0; k < extra->judge_count; k++)
            may |= strcmp(extra->judges[k], p->judges[j].id) == 0;
        if (!may)
            barred[n++] = p->judges[j].id;
    }
    entry->conflicts = (word_list){barred, n};
    return forget_panels(d, f);
}

static status want_more(drawing *d, const assign_extra *extra, size_t count, const int64_t *kept,
                        fault *f)
{
    assign_input *input = &d->input;
    for (size_t i = 0; i < count; i++) {
        size_t e = assign_find_entry(input, extra[i].phach);
        if (e == input->p.entry_count || input->entries[e].readings == DEAL_ONLY_KEPT)
            return FAIL(f, E_MISSING, "vòng %s không có bài mã phách “%s”, hoặc bài đã rút",
                        "round %s has no entry “%s”, or it was withdrawn", d->round.key,
                        extra[i].phach);
        deal_entry *entry = &input->entries[e];
        if (entry->readings == DEAL_EVERYBODY)
            return FAIL(f, E_CONFLICT, "bài neo %s đã giao cho mọi giám khảo chấm được",
                        "the anchor %s is read by everybody who may", entry->id);
        int64_t wanted = entry->readings ? entry->readings : input->p.per_entry;
        wanted = (wanted > kept[e] ? wanted : kept[e]) + extra[i].readings;
        if (extra[i].readings < 1 || wanted > DEAL_PER_ENTRY_MOST)
            return FAIL(
                f, E_INPUT,
                "bài %s: không thể có %lld lượt chấm (thêm ít nhất 1, tất cả nhiều nhất %d)",
                "entry %s cannot have %lld readings (at least 1 more, at most %d in all)",
                entry->id, (long long)wanted, DEAL_PER_ENTRY_MOST);
        entry->readings = wanted;
        if (extra[i].judges)
            TRY(bar_others(d, entry, &extra[i], f));
    }
    return OK;
}

static bool anchor_missing(const deal_problem *p, size_t e)
{
    for (size_t j = 0; j < p->judge_count; j++) {
        bool reads = p->judges[j].cap <= 0 || rules_broken(&p->entries[e], &p->judges[j]);
        for (size_t i = 0; !reads && i < p->kept_count; i++)
            reads = p->kept[i].entry == e && p->kept[i].judge == j;
        if (!reads)
            return true;
    }
    return false;
}

static bool anything_missing(const deal_problem *p, const int64_t *kept)
{
    for (size_t e = 0; e < p->entry_count; e++)
        if (p->entries[e].readings == DEAL_EVERYBODY
                ? anchor_missing(p, e)
                : kept[e] < (p->entries[e].readings ? p->entries[e].readings : p->per_entry))
            return true;
    return false;
}

/* ---- the draw ---- */

static status lose_sheets(drawing *d, fault *f)
{
    for (size_t i = 0; i < d->input.lose_count; i++)
        TRY(store_run(d->db, Q_ASSIGN_SHEET_LOSE, ARGS(v_int(d->input.lose[i])), NULL, f));
    return OK;
}

/* A further reader comes from a further unit where there is one. */
static status run(drawing *d, const repairing *what, fault *f)
{
    status st = drawing_run(d, what->request->seed, f);
    if (st != E_CONFLICT || !what->extra_count || d->input.p.same_unit == SAME_UNIT_AVOID)
        return st;
    d->input.p.same_unit = SAME_UNIT_AVOID;
    return drawing_run(d, what->request->seed, f);
}

static status repair(drawing *d, void *context, fault *f)
{
    const repairing *what = context;
    deal_problem then, *p = &d->input.p;
    assign_left left;
    bool news;
    TRY(drawing_open_round(d, what->request->year, what->request->round, f));
    TRY(read_published(d, &then, f));
    TRY(list_left(d, &then, what->drop, &left, &news, f));
    TRY(assign_gather(d->db, d->mem, &d->round, &left, what->drop, &d->input, f));
    p->per_entry = then.per_entry;
    p->share = then.share;
    p->same_unit = then.same_unit;
    int64_t *kept = ARENA_ARRAY(d->mem, int64_t, p->entry_count);
    if (!kept)
        return fault_memory(f);
    for (size_t i = 0; i < p->kept_count; i++)
        kept[p->kept[i].entry]++;
    assign_keep_wanted(&d->input, &then);
    TRY(want_more(d, what->extra, what->extra_count, kept, f));
    if (!news && !anything_missing(p, kept) && !d->input.lose_count)
        return OK;
    TRY(run(d, what, f));
    TRY(lose_sheets(d, f));
    TRY(store_run(d->db, Q_DRAW_REPLACE_OTHERS, ARGS(v_int(d->round.id), v_int(0)), NULL, f));
    TRY(drawing_write(d, what->extra_count ? DRAW_EXTRA : DRAW_REPAIR, f));
    return drawing_make_sheets(d, f);
}

static status commit(store *db, arena *mem, const char *actor, const repairing *what,
                     assign_report *out, fault *f)
{
    *out = (assign_report){0};
    drawing d = {.db = db, .mem = mem, .actor = actor, .out = out, .inputs = BUFFER_INIT};
    return drawing_commit(&d, repair, (void *)what, f);
}

status assign_repair(store *db, arena *mem, const char *actor, const assign_request *r,
                     const char *drop, assign_report *out, fault *f)
{
    return commit(db, mem, actor, &(repairing){.request = r, .drop = drop}, out, f);
}

status assign_give_more(store *db, arena *mem, const char *actor, const assign_request *r,
                        const assign_extra *extra, size_t count, assign_report *out, fault *f)
{
    return commit(db, mem, actor, &(repairing){.request = r, .extra = extra, .extra_count = count},
                  out, f);
}
