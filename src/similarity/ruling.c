/* One case: what was found of two texts, and what a person decides about it. */
#include "chamthi/similarity.h"

#include "chamthi/clock.h"

#include <string.h>

static void copy_texts(cursor *c, arena *mem, similar_case *out)
{
    const char **const texts[] = {&out->receipt_a, &out->receipt_b, &out->title_a, &out->title_b,
                                  &out->class,     &out->standing,  &out->reason,  &out->passages};
    for (int i = 0; i < 8; i++)
        *texts[i] = cursor_copy(c, 5 + i, mem);
    slice a = cursor_bytes(c, 13), b = cursor_bytes(c, 14);
    out->text_a = (slice){arena_copy(mem, a.bytes, a.size), a.size};
    out->text_b = (slice){arena_copy(mem, b.bytes, b.size), b.size};
}

status similar_get(store *db, arena *mem, int64_t entry, int64_t other, similar_case *out, fault *f)
{
    cursor c;
    TRY(store_select(db, Q_SIMILAR_GET, ARGS(v_int(entry), v_int(other)), &c, f));
    bool found = cursor_next(&c);
    if (found) {
        *out = (similar_case){.id = cursor_int(&c, 0),
                              .share_a = cursor_int(&c, 1),
                              .share_b = cursor_int(&c, 2),
                              .same_author = cursor_int(&c, 3) != 0,
                              .current = cursor_int(&c, 4) != 0};
        copy_texts(&c, mem, out);
    }
    TRY(cursor_close(&c, f));
    if (!found)
        return FAIL(
            f, E_MISSING,
            "hai bài này không có đoạn giống nhau nào được ghi nhận; xem: chamthi similar list",
            "no similar passages are recorded for these two; see: chamthi similar list");
    return out->receipt_a && out->passages && out->text_a.bytes && out->text_b.bytes
               ? OK
               : fault_memory(f);
}

static const char *standing_of(similar_ruling verdict)
{
    return verdict == SIMILAR_ACCEPT ? "accepted" : "dismissed";
}

/* The row and its audit row. */
static status put_ruling(store *db, arena *mem, const char *actor, int64_t id, const char *a,
                         const char *b, const char *was, const char *standing, const char *reason,
                         fault *f)
{
    TRY(store_run(
        db, Q_SIMILAR_RULE,
        ARGS(v_text(standing), v_text(reason), v_text(actor), v_int(clock_now()), v_int(id)), NULL,
        f));
    const char *object = arena_format(mem, "entries %s %s", a, b);
    return object ? audit_record(db, "similar.rule", object, was, standing, f) : fault_memory(f);
}

static status rule_inside(store *db, arena *mem, const char *actor, const similar_case *was,
                          const char *standing, const char *reason, fault *f)
{
    if (!was->current)
        return FAIL(
            f, E_CONFLICT,
            "hai bài %s và %s không còn đoạn giống nhau ở lần so gần nhất nên không cần kết "
            "luận",
            "entries %s and %s no longer share passages since the last run: no ruling needed",
            was->receipt_a, was->receipt_b);
    if (strcmp(was->standing, standing) == 0 && strcmp(was->reason, reason) == 0)
        return OK;
    return put_ruling(db, mem, actor, was->id, was->receipt_a, was->receipt_b, was->standing,
                      standing, reason, f);
}

static status need_reason(const char *reason, fault *f)
{
    if (reason[strspn(reason, " \t\n")])
        return OK;
    return FAIL(f, E_INPUT, "kết luận cần có lý do: --reason “…”",
                "a ruling needs a reason: --reason “…”");
}

status similar_rule(store *db, const char *actor, int64_t entry, int64_t other,
                    similar_ruling verdict, const char *reason, fault *f)
{
    enum { CASE_MEMORY = 64 * 1024 * 1024 };
    TRY(need_reason(reason, f));
    arena *mem = arena_new(CASE_MEMORY);
    similar_case was;
    status st = mem ? store_begin(db, actor, f) : fault_memory(f);
    if (st == OK)
        st = similar_get(db, mem, entry, other, &was, f);
    if (st == OK)
        st = rule_inside(db, mem, actor, &was, standing_of(verdict), reason, f);
    if (st == OK)
        st = store_commit(db, f);
    else
        store_rollback(db);
    arena_free(mem);
    return st;
}

static status rule_rows(store *db, arena *mem, const char *actor, const char *name,
                        const char *standing, const char *reason, int64_t *ruled, fault *f)
{
    similar_row *rows;
    size_t count, found = 0;
    TRY(similar_list(db, mem, 0, SIMILAR_PASSAGES, &rows, &count, f));
    for (size_t i = 0; i < count; i++) {
        const similar_row *r = &rows[i];
        if (strcmp(r->group, name) != 0)
            continue;
        found++;
        if (strcmp(r->standing, "open") != 0)
            continue;
        TRY(put_ruling(db, mem, actor, r->id, r->receipt_a, r->receipt_b, r->standing, standing,
                       reason, f));
        ++*ruled;
    }
    if (found)
        return OK;
    return FAIL(f, E_MISSING, "không có vụ nào mang số “%s”; xem: chamthi similar cases",
                "there is no case “%s”; see: chamthi similar cases", name);
}

status similar_rule_case(store *db, const char *actor, const char *name, similar_ruling verdict,
                         const char *reason, int64_t *ruled, fault *f)
{
    *ruled = 0;
    TRY(need_reason(reason, f));
    arena *mem = arena_new((size_t)1 << 30);
    status st = mem ? store_begin(db, actor, f) : fault_memory(f);
    if (st == OK) {
        st = rule_rows(db, mem, actor, name, standing_of(verdict), reason, ruled, f);
        if (st == OK)
            st = store_commit(db, f);
        else
            store_rollback(db);
    }
    arena_free(mem);
    return st;
}
