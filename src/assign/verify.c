/* Draws again what was drawn, from the store or from a published record, and says what does not match. */
#include "record.h"

#include <string.h>

void assign_take_bytes(cursor *c, int column, unsigned char *out, size_t size)
{
    slice bytes = cursor_bytes(c, column);
    memset(out, 0, size);
    memcpy(out, bytes.bytes, bytes.size < size ? bytes.size : size);
}

status assign_get_draw(store *db, arena *mem, const assign_round *r, int64_t id, assign_draw *out,
                       fault *f)
{
    cursor c;
    *out = (assign_draw){0};
    TRY(store_select(db, Q_DRAW_GET, ARGS(v_int(id), v_int(r->id)), &c, f));
    if (cursor_next(&c)) {
        slice inputs = cursor_bytes(&c, 1);
        out->id = id;
        assign_take_bytes(&c, 0, out->seed, SEED_SIZE);
        out->inputs = (slice){arena_copy(mem, inputs.bytes, inputs.size), inputs.size};
        assign_take_bytes(&c, 2, out->inputs_hash, HASH_SIZE);
        assign_take_bytes(&c, 3, out->output_hash, HASH_SIZE);
        out->proof = cursor_copy(&c, 4, mem);
        out->state = cursor_copy(&c, 5, mem);
        out->at = cursor_int(&c, 6);
        out->kind = cursor_copy(&c, 7, mem);
        out->notice = cursor_int(&c, 8);
        out->value = cursor_copy(&c, 9, mem);
        out->published = cursor_int(&c, 10);
    }
    TRY(cursor_close(&c, f));
    if (!out->id)
        return FAIL(f, E_MISSING, "vòng %s không có lần rút thăm số %lld",
                    "round %s has no draw %lld", r->key, (long long)id);
    bool whole = out->inputs.bytes && out->proof && out->state && out->kind && out->value;
    return whole ? OK : fault_memory(f);
}

status draw_verdict_add(arena *mem, assign_verdict *v, int64_t draw, bool holds, const char *vi,
                        const char *en, fault *f)
{
    v->checks = arena_grow(mem, v->checks, v->count, &v->capacity, sizeof *v->checks);
    if (!v->checks)
        return fault_memory(f);
    v->checks[v->count++] = (assign_check){draw, vi, en, holds};
    v->good &= holds;
    return OK;
}

/* ---- a record ---- */

typedef struct {
    arena *mem;
    const draw_record *record;
    assign_verdict *out;
    fault *f;
} checking;

static status say(checking *k, int64_t draw, bool holds, const char *vi, const char *en)
{
    return draw_verdict_add(k->mem, k->out, draw, holds, vi, en, k->f);
}

static const assign_posted *find_notice(const draw_record *record, int64_t id)
{
    for (size_t i = 0; i < record->notice_count; i++)
        if (record->notices[i].id == id)
            return &record->notices[i];
    return NULL;
}

static bool has_hash(const void *bytes, size_t size, const unsigned char hash[HASH_SIZE])
{
    unsigned char again[HASH_SIZE];
    hash_bytes(again, bytes, size);
    return memcmp(again, hash, HASH_SIZE) == 0;
}

static status check_seed(checking *k, const recorded_draw *r)
{
    const assign_draw *d = &r->draw;
    TRY(say(k, d->id, has_hash(d->seed, SEED_SIZE, r->seed_hash),
            "hạt giống đúng với mã băm đã ghi", "the seed has the recorded hash"));
    if (!d->notice)
        return OK;
    const assign_posted *n = find_notice(k->record, d->notice);
    unsigned char seed[SEED_SIZE] = {0};
    if (n)
        TRY(assign_public_seed(k->mem, n->secret, k->record->year, k->record->round, d->value,
                               d->inputs_hash, seed, k->f));
    TRY(say(k, d->id, n && has_hash(n->secret, SEED_SIZE, n->secret_hash),
            "số bí mật đúng với mã băm đã thông báo trước khi rút",
            "the secret has the hash that was posted before the draw"));
    if (strcmp(d->kind, "plan") == 0)
        TRY(say(k, d->id, n && memcmp(n->inputs_hash, d->inputs_hash, HASH_SIZE) == 0,
                "rút đúng trên danh sách đã thông báo", "what was drawn from is what was posted"));
    return say(k, d->id, n && memcmp(seed, d->seed, SEED_SIZE) == 0,
               "hạt giống tính đúng từ số bí mật và giá trị công khai",
               "the seed comes from the secret and the public value");
}

static status check_again(checking *k, const recorded_draw *r)
{
    const assign_draw *d = &r->draw;
    deal_problem p;
    deal_plan plan;
    deal_proof proof = {0};
    TRY(say(k, d->id, has_hash(d->inputs.bytes, d->inputs.size, d->inputs_hash),
            "dữ liệu đầu vào đúng với mã băm đã ghi", "the input has the recorded hash"));
    status st = deal_inputs_read(k->mem, d->inputs, &p, k->f);
    if (st == OK)
        st = deal_draw(k->mem, &p, d->seed, &plan, k->f);
    if (st == OK)
        st = deal_prove(k->mem, &p, &plan, &proof, k->f);
    if (fault_exit_status(st) == 3)
        return st;
    TRY(say(k, d->id, st == OK && memcmp(proof.hash, d->output_hash, HASH_SIZE) == 0,
            "rút lại bằng hạt giống đã ghi cho đúng bản phân công đó",
            "drawing again with the recorded seed gives the same plan"));
    TRY(say(k, d->id, has_hash(r->plan.bytes, r->plan.size, d->output_hash),
            "bảng phân công lưu đúng với mã băm đã ghi", "the stored plan has the recorded hash"));
    buffer text = BUFFER_INIT;
    if (st == OK)
        deal_proof_json(&proof, &text);
    bool same = strcmp(text.bytes, d->proof) == 0;
    buffer_free(&text);
    TRY(say(k, d->id, same,
            "chứng minh đã ghi (số bài, vi phạm, liên kết, hiệu quả) đúng khi tính lại",
            "the recorded proof (loads, rules, links, efficiency) is the same when counted again"));
    return say(k, d->id, st == OK && proof.violations == 0, "không quy tắc nào bị vi phạm",
               "no rule is broken");
}

/* The lines of `part` that stand in the sorted lines of `whole`; both have a header. */
static bool lines_within(slice part, slice whole)
{
    const char *p = part.bytes, *end = p + part.size, *w = whole.bytes, *whole_end = w + whole.size;
    while (p < end) {
        const char *line_end = memchr(p, '\n', (size_t)(end - p));
        size_t size = (size_t)((line_end ? line_end : end - 1) + 1 - p);
        while (w < whole_end && ((size_t)(whole_end - w) < size || memcmp(w, p, size) != 0)) {
            const char *next = memchr(w, '\n', (size_t)(whole_end - w));
            w = next ? next + 1 : whole_end;
        }
        if (w == whole_end)
            return false;
        p += size;
    }
    return true;
}

/* What a repair kept is its input's last table; it must be part of the plan before. */
static status check_kept(checking *k, const recorded_draw *before, const recorded_draw *r)
{
    slice inputs = r->draw.inputs, kept = {inputs.bytes, 0};
    for (size_t i = inputs.size; i > 2 && !kept.size; i--)
        if (memcmp(inputs.bytes + i - 2, "\n\n", 2) == 0)
            kept = (slice){inputs.bytes + i, inputs.size - i};
    return say(k, r->draw.id, kept.size && lines_within(kept, before->plan),
               "chỉ chia lại phần bị thiếu: lượt chấm giữ lại đều có trong lần trước",
               "only what was missing was dealt: all readings kept stood in the draw before");
}

status draw_record_check(arena *mem, const draw_record *record, assign_verdict *out, fault *f)
{
    checking k = {mem, record, out, f};
    const recorded_draw *last = NULL; /* published before */
    out->notices = (int64_t)record->notice_count;
    for (size_t i = 0; i < record->draw_count; i++) {
        const recorded_draw *r = &record->draws[i];
        TRY(check_seed(&k, r));
        TRY(check_again(&k, r));
        bool change = strcmp(r->draw.kind, "plan") != 0;
        if (change && last)
            TRY(check_kept(&k, last, r));
        last = r->draw.published ? r : last;
    }
    return OK;
}

status assign_verify_record(arena *mem, slice text, assign_verdict *out, fault *f)
{
    draw_record record;
    *out = (assign_verdict){.good = true};
    TRY(draw_record_read(mem, text, &record, f));
    out->draws = (int64_t)record.draw_count;
    return draw_record_check(mem, &record, out, f);
}

/* ---- the store ---- */

/* Sheets in use; recused ones stay in the draw that made them until a repair. */
static status sheets_text(store *db, int64_t round, const char *slots, buffer *out, fault *f)
{
    cursor c;
    TRY(store_select(db, Q_ASSIGN_SHEETS, ARGS(v_int(round)), &c, f));
    buffer_text(out, "entry,judge\n");
    while (cursor_next(&c)) {
        buffer line = BUFFER_INIT;
        csv_put(&line, cursor_text(&c, 1), false);
        csv_put(&line, cursor_text(&c, 2), true);
        bool recused = strcmp(cursor_text(&c, 3), "recused") == 0 && strstr(slots, line.bytes);
        if (strcmp(cursor_text(&c, 3), "lost") != 0 &&
            (recused || strcmp(cursor_text(&c, 3), "recused") != 0))
            buffer_put(out, line.bytes, line.size);
        buffer_free(&line);
    }
    TRY(cursor_close(&c, f));
    return buffer_check(out, f);
}

static status check_sheets(store *db, arena *mem, const assign_round *r, int64_t draw,
                           assign_verdict *v, fault *f)
{
    buffer slots = BUFFER_INIT, sheets = BUFFER_INIT;
    status st;
    TRY_DONE(draw_record_slots(db, draw, &slots, f));
    TRY_DONE(sheets_text(db, r->id, slots.bytes, &sheets, f));
    TRY_DONE(draw_verdict_add(mem, v, draw, strcmp(sheets.bytes, slots.bytes) == 0,
                              "phiếu chấm đúng từng bài, từng giám khảo theo bản phân công",
                              "the score sheets are those of the plan, one for one", f));
done:
    buffer_free(&slots);
    buffer_free(&sheets);
    return st;
}

static status check_audit(store *db, arena *mem, const assign_round *r, const assign_draw *draw,
                          assign_verdict *v, fault *f)
{
    int64_t audited = 0;
    audit_verdict chain;
    char *after = assign_audit_text(mem, draw);
    if (!after)
        return fault_memory(f);
    TRY(store_int(db, Q_ASSIGN_AUDITED, ARGS(v_text(r->object), v_text(after)), &audited, f));
    TRY(draw_verdict_add(mem, v, draw->id, audited == 1,
                         "nhật ký kiểm toán có ghi lần rút thăm này với đúng các mã băm",
                         "the audit chain records this draw with the same hashes", f));
    TRY(audit_verify(db, &chain, f));
    return draw_verdict_add(mem, v, 0, chain.intact, "chuỗi nhật ký kiểm toán liền mạch",
                            "the audit chain is unbroken", f);
}

status assign_verify(store *db, arena *mem, int64_t year, const char *round, int64_t draw,
                     assign_verdict *out, fault *f)
{
    assign_round r;
    draw_record record;
    *out = (assign_verdict){.good = true};
    TRY(assign_find_round(db, mem, year, round, &r, f));
    TRY(store_int(db, Q_DRAW_COUNT, ARGS(v_int(r.id)), &out->draws, f));
    for (size_t i = 0; i < 2 && !draw; i++)
        TRY(store_int(db, Q_DRAW_LATEST,
                      ARGS(v_int(r.id), v_text(i == 0 ? "published" : "planned")), &draw, f));
    if (!draw)
        return FAIL(f, E_MISSING, "vòng %s năm %lld chưa rút thăm lần nào",
                    "round %s of %lld has had no draw", r.key, (long long)year);
    TRY(draw_record_load(db, mem, &r, draw, &record, f));
    if (!record.draw_count)
        return FAIL(f, E_MISSING, "vòng %s không có lần rút thăm số %lld",
                    "round %s has no draw %lld", r.key, (long long)draw);
    out->draw = draw;
    TRY(draw_record_check(mem, &record, out, f));
    if (strcmp(record.draws[0].draw.state, "published") == 0)
        TRY(check_sheets(db, mem, &r, draw, out, f));
    return check_audit(db, mem, &r, &record.draws[0].draw, out, f);
}
