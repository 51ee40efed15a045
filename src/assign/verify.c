/* Draws a stored draw again and compares everything with what the store says. */
#include "gather.h"

#include <string.h>

static void take_bytes(cursor *c, int column, unsigned char *out, size_t size)
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
        take_bytes(&c, 0, out->seed, SEED_SIZE);
        out->inputs = (slice){arena_copy(mem, inputs.bytes, inputs.size), inputs.size};
        take_bytes(&c, 2, out->inputs_hash, HASH_SIZE);
        take_bytes(&c, 3, out->output_hash, HASH_SIZE);
        out->proof = cursor_copy(&c, 5, mem);
        out->state = cursor_copy(&c, 6, mem);
    }
    TRY(cursor_close(&c, f));
    if (!out->id)
        return FAIL(f, E_MISSING, "vòng %s không có lần rút thăm số %lld",
                    "round %s has no draw %lld", r->key, (long long)id);
    return out->inputs.bytes && out->proof && out->state ? OK : fault_memory(f);
}

static void check(assign_verdict *v, bool holds, const char *vi, const char *en)
{
    v->checks[v->count++] = (assign_check){vi, en, holds};
    v->good &= holds;
}

/* Two columns of text from the store as the canonical "entry,judge" lines. */
static status slots_text(store *db, int64_t draw, buffer *out, fault *f)
{
    cursor c;
    TRY(store_select(db, Q_DRAW_SLOTS, ARGS(v_int(draw)), &c, f));
    buffer_text(out, "entry,judge\n");
    while (cursor_next(&c)) {
        csv_put(out, cursor_text(&c, 0), false);
        csv_put(out, cursor_text(&c, 1), true);
    }
    TRY(cursor_close(&c, f));
    return buffer_check(out, f);
}

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

static status check_again(arena *mem, const assign_draw *draw, assign_verdict *v, fault *f)
{
    deal_problem p;
    deal_plan plan;
    deal_proof proof = {0};
    unsigned char hash[HASH_SIZE];
    hash_bytes(hash, draw->inputs.bytes, draw->inputs.size);
    check(v, memcmp(hash, draw->inputs_hash, HASH_SIZE) == 0,
          "dữ liệu đầu vào đúng với mã băm đã ghi", "the input has the recorded hash");
    status st = deal_inputs_read(mem, draw->inputs, &p, f);
    if (st == OK)
        st = deal_draw(mem, &p, draw->seed, &plan, f);
    if (st == OK)
        st = deal_prove(mem, &p, &plan, &proof, f);
    if (fault_exit_status(st) == 3)
        return st;
    check(v, st == OK && memcmp(proof.hash, draw->output_hash, HASH_SIZE) == 0,
          "rút lại bằng hạt giống đã ghi cho đúng bản phân công đó",
          "drawing again with the recorded seed gives the same plan");
    buffer text = BUFFER_INIT;
    if (st == OK)
        deal_proof_json(&proof, &text);
    check(v, strcmp(text.bytes, draw->proof) == 0,
          "chứng minh đã ghi (số bài, vi phạm, liên kết, hiệu quả) đúng khi tính lại",
          "the recorded proof (loads, rules, links, efficiency) is the same when counted again");
    check(v, st == OK && proof.violations == 0, "không quy tắc nào bị vi phạm",
          "no rule is broken");
    buffer_free(&text);
    return OK;
}

static status check_store(store *db, arena *mem, const assign_round *r, const assign_draw *draw,
                          assign_verdict *v, fault *f)
{
    unsigned char hash[HASH_SIZE];
    int64_t audited = 0;
    buffer slots = BUFFER_INIT, sheets = BUFFER_INIT;
    status st;
    TRY_DONE(slots_text(db, draw->id, &slots, f));
    hash_bytes(hash, slots.bytes, slots.size);
    check(v, memcmp(hash, draw->output_hash, HASH_SIZE) == 0,
          "bảng phân công lưu đúng với mã băm đã ghi", "the stored plan has the recorded hash");
    if (strcmp(draw->state, "published") == 0) {
        TRY_DONE(sheets_text(db, r->id, slots.bytes, &sheets, f));
        check(v, strcmp(sheets.bytes, slots.bytes) == 0,
              "phiếu chấm đúng từng bài, từng giám khảo theo bản phân công",
              "the score sheets are those of the plan, one for one");
    }
    char *after =
        assign_audit_text(mem, draw->id, draw->seed, draw->inputs_hash, draw->output_hash);
    TRY_DONE(after ? OK : fault_memory(f));
    TRY_DONE(store_int(db, Q_ASSIGN_AUDITED, ARGS(v_text(r->object), v_text(after)), &audited, f));
    check(v, audited == 1, "nhật ký kiểm toán có ghi lần rút thăm này với đúng các mã băm",
          "the audit chain records this draw with the same hashes");
done:
    buffer_free(&slots);
    buffer_free(&sheets);
    return st;
}

status assign_verify(store *db, arena *mem, int64_t year, const char *round, int64_t draw,
                     assign_verdict *out, fault *f)
{
    assign_round r;
    assign_draw d;
    audit_verdict chain;
    *out = (assign_verdict){.good = true};
    TRY(assign_find_round(db, mem, year, round, &r, f));
    TRY(store_int(db, Q_DRAW_COUNT, ARGS(v_int(r.id)), &out->draws, f));
    for (size_t i = 0; i < 2 && !draw; i++)
        TRY(store_int(db, Q_DRAW_LATEST,
                      ARGS(v_int(r.id), v_text(i == 0 ? "published" : "planned")), &draw, f));
    if (!draw)
        return FAIL(f, E_MISSING, "vòng %s năm %lld chưa rút thăm lần nào",
                    "round %s of %lld has had no draw", r.key, (long long)year);
    TRY(assign_get_draw(db, mem, &r, draw, &d, f));
    out->draw = draw;
    TRY(check_again(mem, &d, out, f));
    TRY(check_store(db, mem, &r, &d, out, f));
    TRY(audit_verify(db, &chain, f));
    check(out, chain.intact, "chuỗi nhật ký kiểm toán liền mạch", "the audit chain is unbroken");
    return OK;
}
