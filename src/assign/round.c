/* The draw of a round in the store: plan and publish. */
#include "drawing.h"

#include "chamthi/clock.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

status assign_run(arena *mem, const deal_problem *p, const unsigned char seed[SEED_SIZE],
                  deal_plan *plan, deal_proof *proof, fault *f)
{
    TRY(deal_draw(mem, p, seed, plan, f));
    TRY(deal_prove(mem, p, plan, proof, f));
    if (proof->violations)
        return FAIL(f, E_SYSTEM, "bản phân công vừa lập vi phạm %lld quy tắc; không ghi gì cả",
                    "the plan just made breaks %lld rules; nothing was written",
                    (long long)proof->violations);
    return OK;
}

char *assign_audit_text(arena *mem, const assign_draw *draw)
{
    char hex[3][2 * HASH_SIZE + 1];
    unsigned char seed_hash[HASH_SIZE]; /* the seed itself would let judges foresee the draw */
    hash_bytes(seed_hash, draw->seed, SEED_SIZE);
    hex_encode(hex[0], seed_hash, HASH_SIZE);
    hex_encode(hex[1], draw->inputs_hash, HASH_SIZE);
    hex_encode(hex[2], draw->output_hash, HASH_SIZE);
    char *text = arena_format(mem, "draw=%lld seed_hash=%s inputs=%s output=%s",
                              (long long)draw->id, hex[0], hex[1], hex[2]);
    return text && draw->notice ? arena_format(mem, "%s notice=%lld public=%s", text,
                                               (long long)draw->notice, draw->value)
                                : text;
}

/* ---- one drawn plan on its way into the store ---- */

status drawing_open_round(drawing *d, int64_t year, const char *round, fault *f)
{
    TRY(assign_find_round(d->db, d->mem, year, round, &d->round, f));
    if (strcmp(d->round.state, "closed") == 0)
        return FAIL(f, E_CONFLICT, "vòng %s năm %lld đã đóng, không phân công nữa",
                    "round %s of %lld is closed; nothing is assigned any more", d->round.key,
                    (long long)year);
    return OK;
}

static status has_entries(const drawing *d, fault *f)
{
    if (!d->input.p.entry_count)
        return FAIL(f, E_CONFLICT,
                    "vòng %s năm %lld chưa có bài nào có mã phách; hãy chạy trước: chamthi phach "
                    "give --contest %lld --round %s",
                    "no entry of round %s of %lld has a code yet; run first: chamthi phach give "
                    "--contest %lld --round %s",
                    d->round.key, (long long)d->round.year, (long long)d->round.year, d->round.key);
    if (!d->input.p.judge_count)
        return FAIL(
            f, E_CONFLICT,
            "cuộc thi năm %lld chưa có giám khảo; hãy chạy trước: chamthi judge load TỆP.csv",
            "the contest of %lld has no judges; run first: chamthi judge load FILE.csv",
            (long long)d->round.year);
    return OK;
}

static status mark_anchor(drawing *d, const char *name, fault *f)
{
    cursor c;
    size_t e = d->input.p.entry_count;
    TRY(store_select(d->db, Q_ASSIGN_PHACH, ARGS(v_int(d->round.id), v_text(name)), &c, f));
    if (cursor_next(&c))
        e = assign_find_entry(&d->input, cursor_text(&c, 0));
    TRY(cursor_close(&c, f));
    if (e == d->input.p.entry_count || d->input.entries[e].readings == DEAL_ONLY_KEPT)
        return FAIL(f, E_MISSING, "vòng %s không có bài “%s” để làm bài neo, hoặc bài đã rút",
                    "round %s has no entry “%s” to be an anchor, or it was withdrawn", d->round.key,
                    name);
    d->input.entries[e].readings = DEAL_EVERYBODY;
    return OK;
}

status drawing_rules(drawing *d, const assign_request *r, fault *f)
{
    char *names = arena_string(d->mem, r->anchors ? r->anchors : ""), *save = NULL;
    if (!names)
        return fault_memory(f);
    for (char *p = strtok_r(names, "; ", &save); p; p = strtok_r(NULL, "; ", &save))
        TRY(mark_anchor(d, p, f));
    d->input.p.per_entry = r->per_entry ? r->per_entry : d->round.per_entry;
    d->input.p.share = r->share;
    d->input.p.same_unit = r->same_unit;
    return OK;
}

status drawing_inputs(drawing *d, fault *f)
{
    buffer_clear(&d->inputs);
    TRY(deal_inputs_text(d->mem, &d->input.p, &d->inputs, f));
    hash_bytes(d->inputs_hash, d->inputs.bytes, d->inputs.size);
    return OK;
}

static status choose_seed(drawing *d, const char *seed, fault *f)
{
    if (!d->posted.id)
        return deal_read_seed(seed, d->out->seed, f);
    if (seed)
        return FAIL(f, E_USAGE,
                    "vòng %s rút thăm công khai: hạt giống tính từ số bí mật và giá trị công khai, "
                    "không chọn được bằng --seed",
                    "round %s has a public draw: its seed comes from the secret and the public "
                    "value and cannot be chosen by --seed",
                    d->round.key);
    return assign_public_seed(d->mem, d->posted.secret, d->round.year, d->round.key, d->value,
                              d->inputs_hash, d->out->seed, f);
}

status drawing_run(drawing *d, const char *seed, fault *f)
{
    const deal_problem *p = &d->input.p;
    TRY(drawing_inputs(d, f));
    TRY(choose_seed(d, seed, f));
    TRY(assign_run(d->mem, p, d->out->seed, &d->plan, &d->out->proof, f));
    d->out->entries = (int64_t)p->entry_count;
    d->out->judges = (int64_t)p->judge_count;
    d->out->dealt = (int64_t)d->plan.count;
    d->out->lost = (int64_t)d->input.lose_count;
    d->out->unknown_subjects = d->input.unknown_subjects;
    return OK;
}

static status add_slots(drawing *d, const deal_pair *pairs, size_t count, fault *f)
{
    const deal_problem *p = &d->input.p;
    for (size_t i = 0; i < count; i++)
        TRY(store_run(d->db, Q_DRAW_SLOT_ADD,
                      ARGS(v_int(d->out->draw), v_text(p->entries[pairs[i].entry].id),
                           v_text(p->judges[pairs[i].judge].id)),
                      NULL, f));
    return OK;
}

status drawing_write(drawing *d, draw_kind kind, fault *f)
{
    static const struct {
        const char *kind, *action, *state;
    } words[] = {{"plan", "assign.plan", "planned"},
                 {"repair", "assign.repair", "published"},
                 {"extra", "assign.extra", "published"}};
    const deal_problem *p = &d->input.p;
    int64_t now = clock_now();
    buffer proof = BUFFER_INIT;
    deal_proof_json(&d->out->proof, &proof);
    status st = buffer_check(&proof, f);
    if (st == OK)
        st = store_insert(
            d->db, Q_DRAW_ADD,
            ARGS(v_int(d->round.id), v_text(words[kind].kind), v_bytes(d->out->seed, SEED_SIZE),
                 v_slice((slice){d->inputs.bytes, d->inputs.size}),
                 v_bytes(d->inputs_hash, HASH_SIZE), v_bytes(d->out->proof.hash, HASH_SIZE),
                 v_int(p->per_entry), v_text(proof.bytes), v_text(words[kind].state), v_int(now),
                 kind == DRAW_PLAN ? v_null() : v_int(now),
                 d->posted.id ? v_int(d->posted.id) : v_null(), v_text(d->value)),
            &d->out->draw, f);
    buffer_free(&proof);
    TRY(st);
    TRY(add_slots(d, p->kept, p->kept_count, f));
    TRY(add_slots(d, d->plan.pairs, d->plan.count, f));
    assign_draw draw = {.id = d->out->draw, .notice = d->posted.id, .value = d->value};
    memcpy(draw.seed, d->out->seed, SEED_SIZE);
    memcpy(draw.inputs_hash, d->inputs_hash, HASH_SIZE);
    memcpy(draw.output_hash, d->out->proof.hash, HASH_SIZE);
    char *after = assign_audit_text(d->mem, &draw);
    return after ? audit_record(d->db, words[kind].action, d->round.object, NULL, after, f)
                 : fault_memory(f);
}

status drawing_make_sheets(drawing *d, fault *f)
{
    const deal_problem *p = &d->input.p;
    for (size_t i = 0; i < d->plan.count; i++)
        TRY(store_run(d->db, Q_ASSIGN_SHEET_MAKE,
                      ARGS(v_int(d->round.id), v_text(p->entries[d->plan.pairs[i].entry].id),
                           v_text(p->judges[d->plan.pairs[i].judge].id)),
                      NULL, f));
    return assign_fill_parcels(d->db, d->mem, d->round.id, f);
}

status drawing_commit(drawing *d, status work(drawing *, void *, fault *), void *context, fault *f)
{
    TRY(store_begin(d->db, d->actor, f));
    status st = work(d, context, f);
    buffer_free(&d->inputs);
    if (st == OK)
        return store_commit(d->db, f);
    store_rollback(d->db);
    return st;
}

/* ---- plan ---- */

status drawing_begin(drawing *d, int64_t year, const char *round, fault *f)
{
    int64_t published = 0;
    TRY(drawing_open_round(d, year, round, f));
    TRY(store_int(d->db, Q_DRAW_LATEST, ARGS(v_int(d->round.id), v_text("published")), &published,
                  f));
    if (published)
        return FAIL(
            f, E_CONFLICT,
            "phân công vòng %s đã công bố (lần rút thăm %lld); chỉ còn sửa được bằng: chamthi "
            "assign repair",
            "the draw of round %s is published (draw %lld); it changes only by: chamthi "
            "assign repair",
            d->round.key, (long long)published);
    TRY(assign_gather(d->db, d->mem, &d->round, &(assign_left){0}, NULL, &d->input, f));
    return has_entries(d, f);
}

/* Whether the round as it is now is, by the rules of then, what was drawn or announced then. */
static status compare_inputs(drawing *d, slice inputs, bool *same, fault *f)
{
    deal_problem then;
    TRY(deal_inputs_read(d->mem, inputs, &then, f));
    d->input.p.per_entry = then.per_entry;
    d->input.p.share = then.share;
    d->input.p.same_unit = then.same_unit;
    assign_keep_wanted(&d->input, &then);
    TRY(drawing_inputs(d, f));
    *same =
        d->inputs.size == inputs.size && memcmp(d->inputs.bytes, inputs.bytes, inputs.size) == 0;
    return OK;
}

/* The latest notice binds the draw. */
static status follow_notice(drawing *d, const assign_request *r, int64_t notice, fault *f)
{
    bool same;
    TRY(assign_get_notice(d->db, d->mem, &d->round, notice, &d->posted, f));
    if (!r->public_value)
        return FAIL(f, E_CONFLICT,
                    "vòng %s đã thông báo rút thăm công khai; khi có kết quả “%s” hãy ghi nó bằng "
                    "--public-value",
                    "a public draw is announced for round %s; when “%s” is known, give it by "
                    "--public-value",
                    d->round.key, d->posted.public_name);
    TRY(assign_check_public(r->public_value, f));
    d->value = r->public_value;
    TRY(compare_inputs(d, d->posted.inputs, &same, f));
    if (!same)
        return FAIL(f, E_CONFLICT,
                    "danh sách bài hoặc giám khảo đã thay đổi sau thông báo rút thăm số %lld; hãy "
                    "thông báo lại: chamthi assign announce",
                    "entries or judges changed after notice %lld of the draw; announce it again: "
                    "chamthi assign announce",
                    (long long)notice);
    return OK;
}

static status plan(drawing *d, void *context, fault *f)
{
    const assign_request *r = context;
    int64_t notice = 0;
    TRY(drawing_begin(d, r->year, r->round, f));
    TRY(store_int(d->db, Q_NOTICE_LATEST, ARGS(v_int(d->round.id)), &notice, f));
    if (notice)
        TRY(follow_notice(d, r, notice, f));
    else
        TRY(drawing_rules(d, r, f));
    if (!notice && r->public_value)
        return FAIL(f, E_CONFLICT,
                    "vòng %s chưa thông báo rút thăm công khai; hãy chạy trước: chamthi assign "
                    "announce --round %s --public-name …",
                    "no public draw is announced for round %s; run first: chamthi assign announce "
                    "--round %s --public-name …",
                    d->round.key, d->round.key);
    TRY(drawing_run(d, r->seed, f));
    return drawing_write(d, DRAW_PLAN, f);
}

status assign_plan(store *db, arena *mem, const char *actor, const assign_request *r,
                   assign_report *out, fault *f)
{
    *out = (assign_report){0};
    drawing d = {.db = db, .mem = mem, .actor = actor, .out = out, .inputs = BUFFER_INIT};
    return drawing_commit(&d, plan, (void *)r, f);
}

/* ---- publish ---- */

typedef struct {
    int64_t year, draw;
    const char *round;
} publishing;

static status find_plan(drawing *d, int64_t wanted, assign_draw *out, fault *f)
{
    int64_t id = wanted;
    if (!id)
        TRY(store_int(d->db, Q_DRAW_LATEST, ARGS(v_int(d->round.id), v_text("planned")), &id, f));
    if (!id)
        return FAIL(f, E_CONFLICT,
                    "vòng %s chưa có bản phân công nào chờ công bố; hãy chạy trước: chamthi assign "
                    "plan --round %s",
                    "round %s has no plan to publish; run first: chamthi assign plan --round %s",
                    d->round.key, d->round.key);
    TRY(assign_get_draw(d->db, d->mem, &d->round, id, out, f));
    if (strcmp(out->state, "planned") != 0)
        return FAIL(f, E_CONFLICT,
                    "lần rút thăm %lld đã công bố hoặc đã bị thay thế; xem: chamthi assign list "
                    "--draws",
                    "draw %lld is already published or replaced; see: chamthi assign list --draws",
                    (long long)id);
    return OK;
}

static status publish(drawing *d, void *context, fault *f)
{
    const publishing *what = context;
    assign_draw draw;
    bool same;
    char hex[2 * SEED_SIZE + 1], after[64];
    TRY(drawing_open_round(d, what->year, what->round, f));
    TRY(find_plan(d, what->draw, &draw, f));
    TRY(assign_gather(d->db, d->mem, &d->round, &(assign_left){0}, NULL, &d->input, f));
    TRY(compare_inputs(d, draw.inputs, &same, f));
    if (!same)
        return FAIL(f, E_CONFLICT,
                    "danh sách bài hoặc giám khảo đã thay đổi sau lần rút thăm %lld; hãy lập lại: "
                    "chamthi assign plan --round %s",
                    "entries or judges changed after draw %lld; draw again: chamthi assign plan "
                    "--round %s",
                    (long long)draw.id, d->round.key);
    hex_encode(hex, draw.seed, SEED_SIZE);
    TRY(drawing_run(d, hex, f));
    if (memcmp(d->out->proof.hash, draw.output_hash, HASH_SIZE) != 0)
        return FAIL(f, E_CONFLICT,
                    "rút lại lần %lld cho kết quả khác bản đã lưu; xem: chamthi assign verify",
                    "draw %lld gives another plan than the stored one; see: chamthi assign verify",
                    (long long)draw.id);
    d->out->draw = draw.id;
    TRY(drawing_make_sheets(d, f));
    TRY(store_run(d->db, Q_DRAW_REPLACE_OTHERS, ARGS(v_int(d->round.id), v_int(draw.id)), NULL, f));
    TRY(store_run(d->db, Q_DRAW_PUBLISH, ARGS(v_int(clock_now()), v_int(draw.id)), NULL, f));
    TRY(store_run(d->db, Q_ASSIGN_ROUND_OPEN, ARGS(v_int(d->round.id)), NULL, f));
    snprintf(after, sizeof after, "draw=%lld sheets=%zu", (long long)draw.id, d->plan.count);
    return audit_record(d->db, "assign.publish", d->round.object, NULL, after, f);
}

status assign_publish(store *db, arena *mem, const char *actor, int64_t year, const char *round,
                      int64_t draw, assign_report *out, fault *f)
{
    *out = (assign_report){0};
    drawing d = {.db = db, .mem = mem, .actor = actor, .out = out, .inputs = BUFFER_INIT};
    return drawing_commit(&d, publish, &(publishing){year, draw, round}, f);
}
