/* Accounts: adding, listing, disabling, a new password. */
#include "chamthi/account.h"

#include "chamthi/clock.h"
#include "chamthi/random.h"
#include "password.h"
#include "second_factor.h"
#include "totp.h"

#include <stdio.h>
#include <string.h>

static const char *const roles[ROLE_COUNT] = {"organizer", "judge", "printer", "auditor"};

const char *account_role_key(account_role role)
{
    return roles[role];
}

bool account_role_find(const char *key, account_role *out)
{
    for (int i = 0; i < ROLE_COUNT; i++)
        if (strcmp(roles[i], key) == 0) {
            *out = (account_role)i;
            return true;
        }
    return false;
}

static status check_name(const char *name, fault *f)
{
    size_t size = strlen(name);
    bool good = size >= 2 && size < ACCOUNT_NAME_MAX &&
                strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789._-") == size;
    return good ? OK
                : FAIL(f, E_INPUT,
                       "tên đăng nhập “%s”: chỉ dùng chữ thường không dấu, chữ số và . _ - (từ 2 "
                       "đến 63 ký tự)",
                       "account name “%s”: use small letters a–z, digits and . _ - (2 to 63 "
                       "characters)",
                       name);
}

static status find_judge(store *db, account_role role, const char *code, int64_t *id, fault *f)
{
    if (role != ROLE_JUDGE && code)
        return FAIL(f, E_USAGE, "--judge chỉ dùng với --role judge",
                    "--judge goes with --role judge only");
    if (role != ROLE_JUDGE)
        return OK;
    if (!code)
        return FAIL(f, E_USAGE, "tài khoản giám khảo cần --judge MÃ (mã trong danh sách giám khảo)",
                    "a judge's account wants --judge CODE (the code in the list of judges)");
    status st = store_int(db, Q_ACCOUNT_JUDGE, ARGS(v_text(code)), id, f);
    if (st != E_MISSING)
        return st;
    return FAIL(
        f, E_MISSING,
        "chưa có giám khảo mang mã “%s”; hãy nạp danh sách bằng: chamthi judge load TỆP.csv",
        "there is no judge of code “%s”; load the list with: chamthi judge load FILE.csv", code);
}

static void object_of(char out[ACCOUNT_NAME_MAX + 8], const char *name)
{
    snprintf(out, ACCOUNT_NAME_MAX + 8, "user %s", name);
}

static status hash_of(const char *password, const char *name, char hash[PASSWORD_HASH_MAX],
                      fault *f)
{
    char prepared[PASSWORD_BYTES];
    status st = password_prepare(password, prepared, f);
    if (st == OK)
        st = password_check(prepared, name, f);
    if (st == OK)
        st = password_hash(prepared, hash, f);
    sodium_memzero(prepared, sizeof prepared);
    return st;
}

static status add_rows(store *db, const char *name, account_role role, int64_t judge_id,
                       const char *hash, fault *f)
{
    char object[ACCOUNT_NAME_MAX + 8];
    object_of(object, name);
    status st =
        store_run(db, Q_ACCOUNT_ADD,
                  ARGS(v_text(name), v_text(roles[role]), judge_id ? v_int(judge_id) : v_null(),
                       v_text(hash), v_int(clock_now())),
                  NULL, f);
    if (st == E_CONFLICT)
        return FAIL(f, E_CONFLICT,
                    "đã có tài khoản “%s”; đổi mật khẩu bằng: chamthi user passwd %s",
                    "there is an account “%s” already; change its password with: chamthi user "
                    "passwd %s",
                    name, name);
    TRY(st);
    return audit_record(db, "user.add", object, NULL, roles[role], f);
}

status account_add(store *db, const char *actor, const char *name, account_role role,
                   const char *judge, const char *password, fault *f)
{
    char hash[PASSWORD_HASH_MAX];
    int64_t judge_id = 0;
    TRY(check_name(name, f));
    TRY(find_judge(db, role, judge, &judge_id, f));
    TRY(hash_of(password, name, hash, f));
    TRY(store_begin(db, actor, f));
    status st = add_rows(db, name, role, judge_id, hash, f);
    if (st != OK) {
        store_rollback(db);
        return st;
    }
    return store_commit(db, f);
}

static status read_account(cursor *c, arena *mem, account *out, fault *f)
{
    account a = {.id = cursor_int(c, 0),
                 .name = cursor_copy(c, 1, mem),
                 .judge = cursor_null(c, 3) ? NULL : cursor_copy(c, 3, mem),
                 .judge_id = cursor_int(c, 4),
                 .created_at = cursor_int(c, 5),
                 .disabled_at = cursor_int(c, 6)};
    account_role_find(cursor_text(c, 2), &a.role);
    *out = a;
    return a.name && (a.judge || cursor_null(c, 3)) ? OK : fault_memory(f);
}

status account_list(store *db, arena *mem, account **out, size_t *count, fault *f)
{
    size_t room = 64, n = 0;
    account *list = ARENA_ARRAY(mem, account, room);
    cursor c;
    TRY(store_select(db, Q_ACCOUNT_ALL, NO_ARGS, &c, f));
    status st = list ? OK : fault_memory(f);
    while (st == OK && cursor_next(&c)) {
        if (n == room) {
            account *wider = ARENA_ARRAY(mem, account, 2 * room);
            if (!wider) {
                st = fault_memory(f);
                break;
            }
            memcpy(wider, list, n * sizeof *list);
            list = wider;
            room *= 2;
        }
        st = read_account(&c, mem, &list[n++], f);
    }
    status closed = cursor_close(&c, st == OK ? f : NULL);
    *out = list;
    *count = n;
    return st == OK ? closed : st;
}

static status find_account(store *db, const char *name, int64_t *id, fault *f)
{
    status st = store_int(db, Q_ACCOUNT_ID, ARGS(v_text(name)), id, f);
    if (st != E_MISSING)
        return st;
    return FAIL(f, E_MISSING, "không có tài khoản “%s”; xem: chamthi user list",
                "there is no account “%s”; see: chamthi user list", name);
}

/* Runs one change of an account's row, ends its sessions and writes the audit row. */
static status change(store *db, const char *name, statement q, sql_value first, const char *action,
                     fault *f)
{
    char object[ACCOUNT_NAME_MAX + 8];
    object_of(object, name);
    int64_t id;
    TRY(find_account(db, name, &id, f));
    TRY(store_run(db, q, ARGS(first, v_int(id)), NULL, f));
    TRY(store_run(db, Q_ACCOUNT_END_SESSIONS, ARGS(v_int(id)), NULL, f));
    return audit_record(db, action, object, NULL, NULL, f);
}

static status change_in_transaction(store *db, const char *actor, const char *name, statement q,
                                    sql_value first, const char *action, fault *f)
{
    TRY(store_begin(db, actor, f));
    status st = change(db, name, q, first, action, f);
    if (st != OK) {
        store_rollback(db);
        return st;
    }
    return store_commit(db, f);
}

static void recovery_hash(unsigned char hash[HASH_SIZE], int64_t id, const char *code)
{
    hash_state h;
    hash_start(&h, &id, sizeof id);
    hash_piece(&h, code, strlen(code));
    hash_end(&h, hash);
}

static status put_second_factor(store *db, int64_t id, const unsigned char secret[TOTP_SECRET],
                                second_factor *out, fault *f)
{
    unsigned char random[HASH_SIZE], hash[HASH_SIZE];
    char code[CODE_TEXT_MAX];
    TRY(store_run(db, Q_SECOND_FACTOR_PUT, ARGS(v_int(id), v_bytes(secret, TOTP_SECRET)), NULL, f));
    TRY(store_run(db, Q_RECOVERY_CLEAR, ARGS(v_int(id)), NULL, f));
    for (int i = 0; i < RECOVERY_CODES; i++) {
        random_bytes(random, sizeof random);
        code_from_bytes(code, random);
        snprintf(out->codes[i], RECOVERY_TEXT, "%.14s", code); /* three groups of four */
        recovery_hash(hash, id, out->codes[i]);
        TRY(store_run(db, Q_RECOVERY_ADD, ARGS(v_int(id), v_bytes(hash, sizeof hash)), NULL, f));
    }
    return store_run(db, Q_ACCOUNT_END_SESSIONS, ARGS(v_int(id)), NULL, f);
}

status account_second_factor(store *db, const char *actor, const char *name, second_factor *out,
                             fault *f)
{
    unsigned char secret[TOTP_SECRET];
    char object[ACCOUNT_NAME_MAX + 8];
    int64_t id;
    TRY(find_account(db, name, &id, f));
    random_bytes(secret, sizeof secret);
    totp_text(secret, out->secret);
    object_of(object, name);
    TRY(store_begin(db, actor, f));
    status st = put_second_factor(db, id, secret, out, f);
    sodium_memzero(secret, sizeof secret);
    if (st == OK)
        st = audit_record(db, "user.second-factor", object, NULL, NULL, f);
    if (st != OK) {
        store_rollback(db);
        return st;
    }
    return store_commit(db, f);
}

bool recovery_use(store *db, int64_t id, const char *typed, int64_t now, fault *f)
{
    char code[RECOVERY_TEXT];
    unsigned char hash[HASH_SIZE];
    size_t n = 0;
    for (; *typed && n + 1 < sizeof code; typed++) { /* small letters and missing dashes do too */
        if (*typed == '-' || *typed == ' ')
            continue;
        if (n == 4 || n == 9)
            code[n++] = '-';
        code[n++] = *typed >= 'a' && *typed <= 'z' ? (char)(*typed - 32) : *typed;
    }
    code[n < sizeof code ? n : sizeof code - 1] = '\0';
    recovery_hash(hash, id, code);
    int64_t used = 0;
    return store_run(db, Q_RECOVERY_USE, ARGS(v_int(now), v_int(id), v_bytes(hash, sizeof hash)),
                     &used, f) == OK &&
           used == 1;
}

status account_disable(store *db, const char *actor, const char *name, fault *f)
{
    return change_in_transaction(db, actor, name, Q_ACCOUNT_DISABLE, v_int(clock_now()),
                                 "user.disable", f);
}

status account_set_password(store *db, const char *actor, const char *name, const char *password,
                            fault *f)
{
    int64_t id;
    char hash[PASSWORD_HASH_MAX];
    TRY(find_account(db, name, &id, f));
    TRY(hash_of(password, name, hash, f));
    return change_in_transaction(db, actor, name, Q_ACCOUNT_PASSWORD, v_text(hash), "user.password",
                                 f);
}
