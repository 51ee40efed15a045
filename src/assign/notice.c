/* A public draw is announced: what is posted, and how its seed comes about. */
#include "drawing.h"

#include "chamthi/clock.h"

#include <string.h>

enum { PUBLIC_TEXT_MOST = 200 };

status assign_public_seed(arena *mem, const unsigned char secret[SEED_SIZE], int64_t year,
                          const char *round, const char *value,
                          const unsigned char inputs_hash[HASH_SIZE], unsigned char out[SEED_SIZE],
                          fault *f)
{
    char hex[2 * HASH_SIZE + 1];
    hex_encode(hex, inputs_hash, HASH_SIZE);
    char *text = arena_format(mem, "%lld|%s|%s|%s", (long long)year, round, value, hex);
    if (!text)
        return fault_memory(f);
    hmac_bytes(out, secret, text, strlen(text));
    return OK;
}

status assign_check_public(const char *text, fault *f)
{
    size_t size = strlen(text);
    bool plain = size > 0 && size <= PUBLIC_TEXT_MOST && *text != ' ' && text[size - 1] != ' ';
    for (const char *p = text; *p; p++)
        plain &= (unsigned char)*p >= ' ';
    return plain
               ? OK
               : FAIL(f, E_INPUT,
                      "tên hoặc giá trị công khai phải là một dòng chữ, không trống, không có "
                      "khoảng trắng ở đầu và cuối, dài nhất %d byte",
                      "a public name or value is one line of text without blanks around it, of at "
                      "most %d bytes",
                      PUBLIC_TEXT_MOST);
}

static void take_notice(cursor *c, arena *mem, assign_posted *out)
{
    slice inputs = cursor_bytes(c, 3);
    out->id = cursor_int(c, 0);
    assign_take_bytes(c, 1, out->secret, SEED_SIZE);
    assign_take_bytes(c, 2, out->secret_hash, HASH_SIZE);
    out->inputs = (slice){arena_copy(mem, inputs.bytes, inputs.size), inputs.size};
    assign_take_bytes(c, 4, out->inputs_hash, HASH_SIZE);
    out->public_name = cursor_copy(c, 5, mem);
    out->at = cursor_int(c, 6);
}

status assign_get_notices(store *db, arena *mem, const assign_round *r, int64_t id,
                          assign_posted **out, size_t *count, fault *f)
{
    size_t capacity = 0;
    cursor c;
    status st = OK;
    *out = NULL;
    *count = 0;
    TRY(store_select(db, Q_NOTICE_LIST, ARGS(v_int(r->id), v_int(id)), &c, f));
    while (st == OK && cursor_next(&c)) {
        assign_posted *list = arena_grow(mem, *out, *count, &capacity, sizeof *list);
        if (list) {
            take_notice(&c, mem, &list[*count]);
            *out = list;
        }
        bool whole = list && list[*count].inputs.bytes && list[*count].public_name;
        st = whole ? OK : fault_memory(f);
        ++*count;
    }
    status closed = cursor_close(&c, st == OK ? f : NULL);
    return st == OK ? closed : st;
}

status assign_get_notice(store *db, arena *mem, const assign_round *r, int64_t id,
                         assign_posted *out, fault *f)
{
    assign_posted *list;
    size_t count;
    TRY(assign_get_notices(db, mem, r, id, &list, &count, f));
    if (!count)
        return FAIL(f, E_MISSING, "vòng %s không có thông báo rút thăm số %lld",
                    "round %s has no notice of a draw %lld", r->key, (long long)id);
    *out = list[0];
    return OK;
}

/* ---- announcing ---- */

typedef struct {
    const assign_request *request;
    const char *public_name;
    assign_notice *out;
} announcing;

static status write_notice(drawing *d, const announcing *what, fault *f)
{
    unsigned char secret[SEED_SIZE];
    char secret_hex[2 * HASH_SIZE + 1], inputs_hex[2 * HASH_SIZE + 1];
    assign_notice *out = what->out;
    random_bytes(secret, sizeof secret);
    hash_bytes(out->secret_hash, secret, sizeof secret);
    memcpy(out->inputs_hash, d->inputs_hash, HASH_SIZE);
    TRY(store_insert(
        d->db, Q_NOTICE_ADD,
        ARGS(v_int(d->round.id), v_bytes(secret, SEED_SIZE), v_bytes(out->secret_hash, HASH_SIZE),
             v_slice((slice){d->inputs.bytes, d->inputs.size}),
             v_bytes(out->inputs_hash, HASH_SIZE), v_text(what->public_name), v_int(clock_now())),
        &out->notice, f));
    hex_encode(secret_hex, out->secret_hash, HASH_SIZE);
    hex_encode(inputs_hex, out->inputs_hash, HASH_SIZE);
    char *after = arena_format(d->mem, "notice=%lld secret_hash=%s inputs=%s public=%s",
                               (long long)out->notice, secret_hex, inputs_hex, what->public_name);
    return after ? audit_record(d->db, "assign.announce", d->round.object, NULL, after, f)
                 : fault_memory(f);
}

static status announce(drawing *d, void *context, fault *f)
{
    const announcing *what = context;
    deal_plan plan;
    deal_proof proof;
    unsigned char trial[SEED_SIZE] = {0};
    TRY(drawing_begin(d, what->request->year, what->request->round, f));
    TRY(drawing_rules(d, what->request, f));
    TRY(drawing_inputs(d, f));
    TRY(assign_run(d->mem, &d->input.p, trial, &plan, &proof, f)); /* it can be drawn at all */
    *what->out = (assign_notice){.entries = (int64_t)d->input.p.entry_count,
                                 .judges = (int64_t)d->input.p.judge_count,
                                 .per_entry = d->input.p.per_entry};
    return write_notice(d, what, f);
}

status assign_announce(store *db, arena *mem, const char *actor, const assign_request *r,
                       const char *public_name, assign_notice *out, fault *f)
{
    drawing d = {.db = db, .mem = mem, .actor = actor, .inputs = BUFFER_INIT};
    TRY(assign_check_public(public_name, f));
    return drawing_commit(&d, announce, &(announcing){r, public_name, out}, f);
}
