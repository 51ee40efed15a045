/* The audit chain: each row's hash covers the row and the hash before it, and the head is kept apart,
 * so a changed, removed, swapped or added row is found. */
#include "chamthi/clock.h"
#include "chamthi/random.h"
#include "internal.h"

#include <string.h>

typedef struct {
    int64_t seq, at;
    const char *actor, *action, *object, *before, *after;
} audit_row;

static void hash_number(hash_state *h, int64_t n)
{
    unsigned char bytes[8];
    for (int i = 0; i < 8; i++)
        bytes[i] = (unsigned char)((uint64_t)n >> (8 * i));
    hash_piece(h, bytes, sizeof bytes);
}

static void hash_optional(hash_state *h, const char *text)
{
    hash_piece(h, text ? "+" : "-", 1); /* an absent value is not an empty one */
    hash_piece(h, text ? text : "", text ? strlen(text) : 0);
}

static void chain(unsigned char hash[HASH_SIZE], const audit_row *r)
{
    hash_state h;
    hash_start(&h, NULL, 0);
    hash_piece(&h, hash, HASH_SIZE);
    hash_number(&h, r->seq);
    hash_number(&h, r->at);
    hash_optional(&h, r->actor);
    hash_optional(&h, r->action);
    hash_optional(&h, r->object);
    hash_optional(&h, r->before);
    hash_optional(&h, r->after);
    hash_end(&h, hash);
}

static status read_head(store *s, int64_t *seq, unsigned char hash[HASH_SIZE], fault *f)
{
    cursor c;
    TRY(store_select(s, Q_AUDIT_HEAD, NO_ARGS, &c, f));
    bool good = cursor_next(&c) && cursor_bytes(&c, 1).size == HASH_SIZE;
    if (good) {
        *seq = cursor_int(&c, 0);
        memcpy(hash, cursor_bytes(&c, 1).bytes, HASH_SIZE);
    }
    TRY(cursor_close(&c, f));
    return good ? OK
                : FAIL(f, E_SYSTEM, "đầu chuỗi nhật ký đã mất",
                       "the head of the audit chain is gone");
}

status audit_record(store *s, const char *action, const char *object, const char *before,
                    const char *after, fault *f)
{
    if (!s->in_transaction)
        return FAIL(f, E_SYSTEM, "ghi nhật ký ngoài giao dịch", "audit row outside a transaction");
    if (!s->audited)
        TRY(read_head(s, &s->audit_seq, s->audit_hash, f));
    audit_row r = {s->audit_seq + 1, clock_now(), s->actor, action, object, before, after};
    chain(s->audit_hash, &r);
    TRY(store_run(s, Q_AUDIT_APPEND,
                  ARGS(v_int(r.seq), v_int(r.at), v_text(r.actor), v_text(action), v_text(object),
                       v_text(before), v_text(after), v_bytes(s->audit_hash, HASH_SIZE)),
                  NULL, f));
    s->audit_seq++;
    s->audited++;
    return OK;
}

status audit_close(store *s, fault *f)
{
    if (!s->audited)
        return OK;
    return store_run(s, Q_AUDIT_MOVE_HEAD,
                     ARGS(v_int(s->audit_seq), v_bytes(s->audit_hash, HASH_SIZE)), NULL, f);
}

static const char *optional(cursor *c, int column)
{
    return cursor_null(c, column) ? NULL : cursor_text(c, column);
}

status audit_verify(store *s, audit_verdict *out, fault *f)
{
    unsigned char hash[HASH_SIZE] = {0}, head[HASH_SIZE];
    int64_t head_seq = 0;
    audit_verdict v = {.intact = true};
    cursor c;
    TRY(store_select(s, Q_AUDIT_ALL, NO_ARGS, &c, f));
    while (v.intact && cursor_next(&c)) {
        audit_row r = {cursor_int(&c, 0), cursor_int(&c, 1), optional(&c, 2), optional(&c, 3),
                       optional(&c, 4),   optional(&c, 5),   optional(&c, 6)};
        chain(hash, &r);
        slice kept = cursor_bytes(&c, 7);
        v.rows++;
        if (r.seq != v.rows || kept.size != HASH_SIZE || memcmp(kept.bytes, hash, HASH_SIZE) != 0) {
            v.intact = false;
            v.first_bad = v.rows;
        }
    }
    TRY(cursor_close(&c, f));
    TRY(read_head(s, &head_seq, head, f));
    if (v.intact && (head_seq != v.rows || memcmp(head, hash, HASH_SIZE) != 0)) {
        v.intact = false;
        v.first_bad = v.rows + 1;
    }
    hex_encode(v.head, head, HASH_SIZE);
    *out = v;
    return OK;
}
