/* Signing in: limited guesses, equal cost for unknown names, sessions of which only the hash is kept. */
#include "chamthi/account.h"

#include "chamthi/random.h"
#include "password.h"
#include "second_factor.h"
#include "totp.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { HASHES_AT_ONCE = 2 };

struct account_gate {
    pthread_mutex_t lock;
    pthread_cond_t freed;
    int running;
    uint64_t hashes;
    char nobody[PASSWORD_HASH_MAX]; /* what an unknown name's password is compared with */
};

status account_gate_new(account_gate **out, fault *f)
{
    account_gate *gate = calloc(1, sizeof *gate);
    if (!gate)
        return fault_memory(f);
    unsigned char secret[TOKEN_SIZE];
    char text[TOKEN_TEXT];
    random_bytes(secret, sizeof secret);
    hex_encode(text, secret, sizeof secret);
    status st = password_hash(text, gate->nobody, f);
    if (st != OK) {
        free(gate);
        return st;
    }
    pthread_mutex_init(&gate->lock, NULL);
    pthread_cond_init(&gate->freed, NULL);
    *out = gate;
    return OK;
}

void account_gate_free(account_gate *gate)
{
    if (!gate)
        return;
    pthread_cond_destroy(&gate->freed);
    pthread_mutex_destroy(&gate->lock);
    free(gate);
}

uint64_t account_gate_hashes(account_gate *gate)
{
    pthread_mutex_lock(&gate->lock);
    uint64_t n = gate->hashes;
    pthread_mutex_unlock(&gate->lock);
    return n;
}

/* One hash's work, whoever it is for. */
static bool verify(account_gate *gate, const char *hash, const char *prepared)
{
    pthread_mutex_lock(&gate->lock);
    while (gate->running == HASHES_AT_ONCE)
        pthread_cond_wait(&gate->freed, &gate->lock);
    gate->running++;
    gate->hashes++;
    pthread_mutex_unlock(&gate->lock);
    bool good = crypto_pwhash_str_verify(hash, prepared, strlen(prepared)) == 0;
    pthread_mutex_lock(&gate->lock);
    gate->running--;
    pthread_cond_signal(&gate->freed);
    pthread_mutex_unlock(&gate->lock);
    return good;
}

/* ---- who tries ---- */

typedef struct {
    char name[ACCOUNT_NAME_MAX];
    char name_hash[2 * HASH_SIZE + 1]; /* a password typed into the name field must not be kept */
    int64_t user_id;                   /* 0: unknown */
    account_role role;
    char hash[PASSWORD_HASH_MAX];
} candidate;

static void fold_name(candidate *c, const char *typed)
{
    size_t n = 0;
    unsigned char hash[HASH_SIZE];
    typed += strspn(typed, " ");
    for (; typed[n] && typed[n] != ' ' && n + 1 < sizeof c->name; n++)
        c->name[n] = typed[n] >= 'A' && typed[n] <= 'Z' ? (char)(typed[n] + 32) : typed[n];
    hash_bytes(hash, c->name, n);
    hex_encode(c->name_hash, hash, sizeof hash);
}

static status find_candidate(store *db, candidate *c, fault *f)
{
    cursor row;
    TRY(store_select(db, Q_SIGN_IN_ACCOUNT, ARGS(v_text(c->name)), &row, f));
    if (cursor_next(&row)) {
        c->user_id = cursor_int(&row, 0);
        account_role_find(cursor_text(&row, 1), &c->role);
        snprintf(c->hash, sizeof c->hash, "%s", cursor_text(&row, 2));
    }
    return cursor_close(&row, f);
}

static status check_failures(store *db, const candidate *c, const sign_in_attempt *a, int64_t *wait,
                             fault *f)
{
    cursor row;
    TRY(store_select(db, Q_SIGN_IN_FAILURES,
                     ARGS(v_text(c->name_hash), v_text(a->address), v_int(a->now - FAILURE_WINDOW)),
                     &row, f));
    *wait = 0;
    if (cursor_next(&row) && (cursor_int(&row, 0) >= FAILURES_PER_ACCOUNT ||
                              cursor_int(&row, 1) >= FAILURES_PER_ADDRESS ||
                              cursor_int(&row, 2) >= FAILURES_PER_ACCOUNT_ALL))
        *wait = cursor_int(&row, 3) + FAILURE_WINDOW - a->now;
    TRY(cursor_close(&row, f));
    if (!*wait)
        return OK;
    return FAIL(f, E_LIMIT, "đã sai quá nhiều lần; hãy đợi %d phút rồi thử lại",
                "too many failures; wait %d minutes and try again", (int)((*wait + 59) / 60));
}

/* ---- what is written down ---- */

static status record_failure(store *db, const candidate *c, const sign_in_attempt *a, fault *f)
{
    char object[ACCOUNT_NAME_MAX + 8];
    snprintf(object, sizeof object, "user %s", c->user_id ? c->name : "?");
    TRY(store_run(db, Q_SIGN_IN_FORGET_OLD, ARGS(v_int(a->now - FAILURE_WINDOW)), NULL, f));
    TRY(store_run(db, Q_SIGN_IN_FAILED,
                  ARGS(v_text(c->name_hash), v_text(a->address), v_int(a->now)), NULL, f));
    return audit_record(db, "login.failed", object, NULL, NULL, f);
}

/* ---- the second factor ---- */

typedef enum { FACTOR_NONE, FACTOR_WANTED, FACTOR_GIVEN } factor_state;

/* What the account has, and whether something was typed for it. Organizers need one. */
static status find_factor(store *db, const candidate *c, const sign_in_attempt *a,
                          unsigned char secret[TOTP_SECRET], int64_t *last, factor_state *out,
                          fault *f)
{
    cursor row;
    TRY(store_select(db, Q_SECOND_FACTOR_GET, ARGS(v_int(c->user_id)), &row, f));
    bool found = cursor_next(&row) && cursor_bytes(&row, 0).size == TOTP_SECRET;
    if (found) {
        memcpy(secret, cursor_bytes(&row, 0).bytes, TOTP_SECRET);
        *last = cursor_int(&row, 1);
    }
    TRY(cursor_close(&row, f));
    *out = !found ? FACTOR_NONE : a->code[0] ? FACTOR_GIVEN : FACTOR_WANTED;
    if (!found && c->role == ROLE_ORGANIZER)
        return FAIL(f, E_DENIED,
                    "tài khoản ban tổ chức cần thêm mã xác thực; hãy chạy: chamthi user code %s",
                    "an organizer's account also needs a code; run: chamthi user code %s", c->name);
    return OK;
}

/* Inside a transaction, so that a code is used once however many try it at the same time. */
static status use_code(store *db, const candidate *c, const sign_in_attempt *a, bool *good,
                       fault *f)
{
    unsigned char secret[TOTP_SECRET];
    int64_t last = 0, step = 0, used = 0;
    factor_state state;
    TRY(find_factor(db, c, a, secret, &last, &state, f));
    *good = state == FACTOR_NONE;
    if (state != FACTOR_GIVEN)
        return OK;
    if (totp_matches(secret, a->now, last, a->code, &step)) {
        TRY(store_run(db, Q_SECOND_FACTOR_USE, ARGS(v_int(step), v_int(c->user_id)), &used, f));
        *good = used == 1;
    } else {
        *good = recovery_use(db, c->user_id, a->code, a->now, f);
    }
    sodium_memzero(secret, sizeof secret);
    return OK;
}

static status renew_hash(store *db, const candidate *c, const char *prepared, fault *f)
{
    if (!crypto_pwhash_str_needs_rehash(c->hash, PASSWORD_PASSES, PASSWORD_MEMORY))
        return OK;
    char hash[PASSWORD_HASH_MAX];
    TRY(password_hash(prepared, hash, f));
    return store_run(db, Q_ACCOUNT_PASSWORD, ARGS(v_text(hash), v_int(c->user_id)), NULL, f);
}

static status record_session(store *db, const candidate *c, const sign_in_attempt *a,
                             const unsigned char token[TOKEN_SIZE], fault *f)
{
    char object[ACCOUNT_NAME_MAX + 8];
    unsigned char hash[HASH_SIZE];
    int64_t life = c->role == ROLE_JUDGE ? SESSION_SECONDS_JUDGE : SESSION_SECONDS;
    snprintf(object, sizeof object, "user %s", c->name);
    hash_bytes(hash, token, TOKEN_SIZE);
    TRY(store_run(db, Q_SIGN_IN_FORGET_OLD, ARGS(v_int(a->now - FAILURE_WINDOW)), NULL, f));
    TRY(store_run(db, Q_SIGN_IN_FORGET, ARGS(v_text(c->name_hash), v_text(a->address)), NULL, f));
    TRY(store_run(db, Q_SESSION_END_OLD, ARGS(v_int(a->now)), NULL, f));
    TRY(store_run(
        db, Q_SESSION_ADD,
        ARGS(v_bytes(hash, sizeof hash), v_int(c->user_id), v_int(a->now), v_int(a->now + life)),
        NULL, f));
    return audit_record(db, "login", object, NULL, NULL, f);
}

/* `good`: the password is right; false afterwards when the code is wrong. */
static status record(store *db, const candidate *c, const sign_in_attempt *a, const char *prepared,
                     const unsigned char *token, bool *good, fault *f)
{
    char actor[ACCOUNT_NAME_MAX + 8];
    snprintf(actor, sizeof actor, "user:%s", c->user_id ? c->name : "?");
    TRY(store_begin(db, actor, f));
    status st = *good ? use_code(db, c, a, good, f) : OK;
    if (st == OK && *good)
        st = renew_hash(db, c, prepared, f);
    if (st == OK)
        st = *good ? record_session(db, c, a, token, f) : record_failure(db, c, a, f);
    if (st != OK) {
        store_rollback(db);
        return st;
    }
    return store_commit(db, f);
}

/* E_CONFLICT while the account's code is missing: no failure, and no session yet. */
static status ask_for_code(store *db, const candidate *c, const sign_in_attempt *a, fault *f)
{
    unsigned char secret[TOTP_SECRET];
    int64_t last;
    factor_state state;
    TRY(find_factor(db, c, a, secret, &last, &state, f));
    sodium_memzero(secret, sizeof secret);
    if (state != FACTOR_WANTED)
        return OK;
    return FAIL(
        f, E_CONFLICT,
        "mật khẩu đúng; hãy gõ lại mật khẩu cùng mã 6 số trên điện thoại, hoặc một mã dự phòng",
        "the password is right; type it again with the 6 digits from your telephone, or a "
        "recovery code");
}

status account_sign_in(account_gate *gate, store *db, const sign_in_attempt *a,
                       char token[TOKEN_TEXT], account_role *role, int64_t *wait, fault *f)
{
    candidate c = {.user_id = 0};
    char prepared[PASSWORD_BYTES];
    unsigned char secret[TOKEN_SIZE];
    fold_name(&c, a->name);
    memcpy(c.hash, gate->nobody, sizeof c.hash);
    TRY(check_failures(db, &c, a, wait, f));
    TRY(find_candidate(db, &c, f));
    password_prepare(a->password, prepared, NULL);
    bool good = verify(gate, c.hash, prepared) && c.user_id;
    if (good)
        TRY(ask_for_code(db, &c, a, f));
    random_bytes(secret, sizeof secret);
    status st = record(db, &c, a, prepared, secret, &good, f);
    if (st == OK && good) {
        hex_encode(token, secret, sizeof secret);
        *role = c.role;
    }
    sodium_memzero(prepared, sizeof prepared);
    sodium_memzero(secret, sizeof secret);
    if (st == OK && !good)
        return FAIL(f, E_DENIED,
                    a->code[0] ? "tên đăng nhập, mật khẩu hoặc mã xác thực không đúng"
                               : "tên đăng nhập hoặc mật khẩu không đúng",
                    a->code[0] ? "the name, the password or the code is wrong"
                               : "the name or the password is wrong");
    return st;
}

/* ---- sessions ---- */

static bool token_hash(const char *token, unsigned char hash[HASH_SIZE])
{
    unsigned char secret[TOKEN_SIZE];
    bool good = hex_decode(secret, sizeof secret, token);
    if (good)
        hash_bytes(hash, secret, sizeof secret);
    sodium_memzero(secret, sizeof secret);
    return good;
}

status account_session(store *db, arena *mem, const char *token, int64_t now, account *out,
                       fault *f)
{
    unsigned char hash[HASH_SIZE];
    if (!token_hash(token, hash))
        return E_MISSING;
    cursor c;
    TRY(store_select(db, Q_SESSION_FIND, ARGS(v_bytes(hash, sizeof hash), v_int(now)), &c, f));
    bool found = cursor_next(&c);
    account a = {0};
    if (found) {
        a = (account){.id = cursor_int(&c, 0),
                      .name = cursor_copy(&c, 1, mem),
                      .judge = cursor_null(&c, 3) ? NULL : cursor_copy(&c, 3, mem),
                      .judge_id = cursor_int(&c, 4),
                      .created_at = cursor_int(&c, 5)};
        account_role_find(cursor_text(&c, 2), &a.role);
    }
    TRY(cursor_close(&c, f));
    if (!found)
        return E_MISSING;
    *out = a;
    return a.name && (a.judge || a.role != ROLE_JUDGE) ? OK : fault_memory(f);
}

status account_sign_out(store *db, const account *who, const char *token, fault *f)
{
    unsigned char hash[HASH_SIZE];
    char actor[ACCOUNT_NAME_MAX + 8], object[ACCOUNT_NAME_MAX + 8];
    if (!token_hash(token, hash))
        return OK;
    snprintf(actor, sizeof actor, "user:%s", who->name);
    snprintf(object, sizeof object, "user %s", who->name);
    TRY(store_begin(db, actor, f));
    int64_t ended = 0;
    status st = store_run(db, Q_SESSION_END, ARGS(v_bytes(hash, sizeof hash)), &ended, f);
    if (st == OK && ended)
        st = audit_record(db, "logout", object, NULL, NULL, f);
    if (st != OK) {
        store_rollback(db);
        return st;
    }
    return store_commit(db, f);
}
