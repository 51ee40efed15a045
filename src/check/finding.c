/* Findings in the store: those of a run beside those known before, and what people decided. */
#include "finding.h"

#include "chamthi/buffer.h"

#include <stdio.h>
#include <string.h>

static const char *const severities[] = {"note", "warn", "reject"};

/* ---- keeping ---- */

typedef struct {
    int64_t id;
    bool current, seen;
    const char *rule, *source, *vi, *en, *evidence;
    unsigned char hash[HASH_SIZE];
} known_finding;

static status read_known(finding_keeper *r, int64_t entry_id, known_finding **out,
                         size_t *out_count, fault *f)
{
    known_finding *list = NULL;
    size_t count = 0, capacity = 0;
    cursor c;
    status st = OK;
    TRY(store_select(r->db, Q_FINDING_OF_ENTRY, ARGS(v_int(entry_id)), &c, f));
    while (st == OK && cursor_next(&c)) {
        list = arena_grow(r->mem, list, count, &capacity, sizeof *list);
        if (!list) {
            st = fault_memory(f);
            break;
        }
        known_finding *k = &list[count++];
        *k = (known_finding){.id = cursor_int(&c, 0),
                             .rule = cursor_copy(&c, 1, r->mem),
                             .source = cursor_copy(&c, 3, r->mem),
                             .vi = cursor_copy(&c, 5, r->mem),
                             .en = cursor_copy(&c, 6, r->mem),
                             .evidence = cursor_copy(&c, 7, r->mem),
                             .current = cursor_int(&c, 8) != 0};
        slice hash = cursor_bytes(&c, 2);
        if (hash.size == HASH_SIZE)
            memcpy(k->hash, hash.bytes, HASH_SIZE);
        if (!k->rule || !k->source || !k->vi || !k->en || !k->evidence)
            st = fault_memory(f);
    }
    status closed = cursor_close(&c, st == OK ? f : NULL);
    *out = list;
    *out_count = count;
    return st == OK ? closed : st;
}

static known_finding *find_known(known_finding *list, size_t count, const check_finding *n)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(list[i].rule, n->rule) == 0 &&
            memcmp(list[i].hash, n->evidence_hash, HASH_SIZE) == 0)
            return &list[i];
    return NULL;
}

static status evidence_json(arena *mem, slice text, const check_finding *n, const char **out,
                            fault *f)
{
    buffer b = BUFFER_INIT;
    buffer_text(&b, "[");
    for (size_t i = 0; i < n->span_count; i++) {
        text_span s = n->spans[i];
        buffer_format(&b, "%s{\"start\":%zu,\"end\":%zu,\"text\":", i ? "," : "", s.start, s.end);
        buffer_json_string(&b, text.bytes + s.start, s.end - s.start);
        buffer_text(&b, "}");
    }
    buffer_text(&b, "]");
    *out = b.failed ? NULL : arena_copy(mem, b.bytes, b.size);
    buffer_free(&b);
    return *out ? OK : fault_memory(f);
}

/* A new finding is added; a known one is renewed when a word of it or its standing has changed. */
static status keep(finding_keeper *r, int64_t entry_id, known_finding *k, const check_finding *n,
                   const char *evidence, fault *f)
{
    if (!k) {
        r->sum->added++;
        return store_run(r->db, Q_FINDING_ADD,
                         ARGS(v_int(entry_id), v_text(n->rule),
                              v_bytes(n->evidence_hash, HASH_SIZE), v_text(n->source),
                              v_text(severities[n->level]), v_text(n->vi), v_text(n->en),
                              v_text(evidence), n->other ? v_int(n->other) : v_null()),
                         NULL, f);
    }
    k->seen = true;
    if (k->current && strcmp(k->source, n->source) == 0 && strcmp(k->vi, n->vi) == 0 &&
        strcmp(k->en, n->en) == 0 && strcmp(k->evidence, evidence) == 0)
        return OK;
    r->sum->added += !k->current;
    r->renewed++;
    return store_run(
        r->db, Q_FINDING_RENEW,
        ARGS(v_text(n->source), v_text(n->vi), v_text(n->en), v_text(evidence), v_int(k->id)), NULL,
        f);
}

status finding_keep(finding_keeper *r, int64_t entry_id, slice text, const check_findings *found,
                    fault *f)
{
    known_finding *known;
    size_t count;
    TRY(read_known(r, entry_id, &known, &count, f));
    for (size_t i = 0; i < found->count; i++) {
        const char *evidence;
        TRY(evidence_json(r->mem, text, &found->items[i], &evidence, f));
        TRY(keep(r, entry_id, find_known(known, count, &found->items[i]), &found->items[i],
                 evidence, f));
    }
    for (size_t i = 0; i < count; i++)
        if (known[i].current && !known[i].seen) {
            r->sum->vanished++;
            TRY(store_run(r->db, Q_FINDING_VANISH, ARGS(v_int(known[i].id)), NULL, f));
        }
    return OK;
}

/* ---- rulings ---- */

typedef struct {
    char receipt[32], rule[64], status[16];
    bool current, same_reason;
} ruled_finding;

static status read_finding(store *db, int64_t id, const char *reason, ruled_finding *out, fault *f)
{
    cursor c;
    TRY(store_select(db, Q_FINDING_GET, ARGS(v_int(id)), &c, f));
    bool found = cursor_next(&c);
    if (found) {
        snprintf(out->receipt, sizeof out->receipt, "%s", cursor_text(&c, 0));
        snprintf(out->rule, sizeof out->rule, "%s", cursor_text(&c, 1));
        out->current = cursor_int(&c, 2) != 0;
        snprintf(out->status, sizeof out->status, "%s", cursor_text(&c, 3));
        out->same_reason = strcmp(cursor_text(&c, 4), reason) == 0;
    }
    TRY(cursor_close(&c, f));
    if (!found)
        return FAIL(f, E_MISSING,
                    "không có phát hiện số %lld; xem các số bằng: chamthi finding list",
                    "there is no finding %lld; see them with: chamthi finding list", (long long)id);
    if (!out->current)
        return FAIL(
            f, E_CONFLICT,
            "phát hiện số %lld (bài %s) không còn ở lần kiểm tra gần nhất nên không cần kết "
            "luận",
            "finding %lld (entry %s) no longer holds since the last check: no ruling needed",
            (long long)id, out->receipt);
    return OK;
}

static status rule_inside(store *db, const char *actor, int64_t id, const char *verdict,
                          const char *reason, fault *f)
{
    ruled_finding was;
    TRY(read_finding(db, id, reason, &was, f));
    if (strcmp(was.status, verdict) == 0 && was.same_reason)
        return OK;
    TRY(store_run(
        db, Q_FINDING_RULE,
        ARGS(v_text(verdict), v_text(reason), v_text(actor), v_int(clock_now()), v_int(id)), NULL,
        f));
    char object[160];
    snprintf(object, sizeof object, "entry %s finding %lld %s", was.receipt, (long long)id,
             was.rule);
    return audit_record(db, "finding.rule", object, was.status, verdict, f);
}

status finding_rule(store *db, const char *actor, int64_t id, ruling verdict, const char *reason,
                    fault *f)
{
    if (!reason[strspn(reason, " \t\n")])
        return FAIL(f, E_INPUT, "kết luận cần có lý do: --reason \"…\"",
                    "a ruling needs a reason: --reason \"…\"");
    TRY(store_begin(db, actor, f));
    status st =
        rule_inside(db, actor, id, verdict == RULING_ACCEPT ? "accepted" : "dismissed", reason, f);
    if (st == OK)
        return store_commit(db, f);
    store_rollback(db);
    return st;
}
