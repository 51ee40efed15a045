/* Accounts: passwords, equal costs, limited guesses, sessions. */
#include "test.h"

#include "chamthi/account.h"
#include "chamthi/clock.h"
#include "store/password.h"
#include "store/totp.h"

#include <sqlite3.h>

static const char good_password[] = "một câu dài dễ nhớ";

typedef struct {
    char folder[64], path[96];
    store *organizer, *login;
    account_gate *gate;
    arena *mem;
    fault f;
} house;

static void run_sql(const char *path, const char *sql)
{
    sqlite3 *db;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    char *error = NULL;
    if (sqlite3_exec(db, sql, NULL, NULL, &error) != SQLITE_OK)
        fail_msg("%s: %s", sql, error);
    sqlite3_close(db);
}

static void house_start(house *h)
{
    memset(h, 0, sizeof *h);
    test_folder(h->folder);
    snprintf(h->path, sizeof h->path, "%s/chamthi.db", h->folder);
    h->mem = arena_new(1 << 20);
    assert_ok(store_open(&h->organizer, h->path, BY_ORGANIZER, STORE_CREATE, &h->f), &h->f);
    run_sql(h->path, "INSERT INTO judge(judge_id, code) VALUES (7, 'GK07')");
    assert_ok(
        account_add(h->organizer, "cli:test", "gk07", ROLE_JUDGE, "GK07", good_password, &h->f),
        &h->f);
    assert_ok(store_open(&h->login, h->path, BY_LOGIN, STORE_EXISTING, &h->f), &h->f);
    assert_ok(account_gate_new(&h->gate, &h->f), &h->f);
}

static void house_end(house *h)
{
    account_gate_free(h->gate);
    store_close(h->login);
    store_close(h->organizer);
    arena_free(h->mem);
    test_folder_remove(h->folder);
}

static status try_code(house *h, const char *name, const char *password, const char *code,
                       int64_t now, char token[TOKEN_TEXT])
{
    sign_in_attempt a = {
        .name = name, .password = password, .address = "10.0.0.9", .code = code, .now = now};
    account_role role;
    int64_t wait;
    h->f = (fault){0};
    return account_sign_in(h->gate, h->login, &a, token, &role, &wait, &h->f);
}

static status try_sign_in(house *h, const char *name, const char *password, const char *address,
                          int64_t now, char token[TOKEN_TEXT])
{
    sign_in_attempt a = {
        .name = name, .password = password, .address = address, .code = "", .now = now};
    account_role role;
    int64_t wait;
    h->f = (fault){0};
    return account_sign_in(h->gate, h->login, &a, token, &role, &wait, &h->f);
}

TEST("a judge signs in however the keyboard composed the accents and whatever the capitals of the "
     "name")
{
    static const char *const spellings[][2] = {
        {"gk07", "một câu dài dễ nhớ"},
        {" GK07 ", "một câu dài dễ nhớ"},
        {"Gk07",
         "mo\xCC\xA3\xCC\x82t ca\xCC\x82u da\xCC\x80i de\xCC\x82\xCC\x83 nho\xCC\x9B\xCC\x81"},
    };
    house h;
    house_start(&h);
    for (size_t i = 0; i < sizeof spellings / sizeof *spellings; i++) {
        char token[TOKEN_TEXT];
        account who;
        assert_ok(try_sign_in(&h, spellings[i][0], spellings[i][1], "10.0.0.1", 1000, token), &h.f);
        assert_ok(account_session(h.login, h.mem, token, 1001, &who, &h.f), &h.f);
        assert_string_equal(who.name, "gk07");
        assert_string_equal(who.judge, "GK07");
        assert_int_equal(who.judge_id, 7);
        assert_int_equal(who.role, ROLE_JUDGE);
    }
    house_end(&h);
}

TEST("a password is kept as Argon2id of at least 19 MiB and 2 passes, a session only as a hash")
{
    house h;
    house_start(&h);
    char token[TOKEN_TEXT];
    assert_ok(try_sign_in(&h, "gk07", good_password, "10.0.0.1", 1000, token), &h.f);
    sqlite3 *db;
    sqlite3_stmt *s;
    assert_int_equal(sqlite3_open(h.path, &db), SQLITE_OK);
    sqlite3_prepare_v2(db, "SELECT password, token_hash FROM user, session", -1, &s, NULL);
    assert_int_equal(sqlite3_step(s), SQLITE_ROW);
    const char *password = (const char *)sqlite3_column_text(s, 0);
    assert_true(strncmp(password, "$argon2id$v=19$m=19456,t=2,p=1$", 31) == 0);
    unsigned char secret[TOKEN_SIZE];
    size_t size;
    assert_int_equal(sodium_hex2bin(secret, sizeof secret, token, 64, NULL, &size, NULL), 0);
    assert_int_equal(sqlite3_column_bytes(s, 1), 32);
    assert_memory_not_equal(sqlite3_column_blob(s, 1), secret, 32);
    sqlite3_finalize(s);
    sqlite3_close(db);
    house_end(&h);
}

TEST("a password has 12 to 128 characters, counted as characters and not as bytes")
{
    static const struct {
        const char *password;
        status wanted;
    } cases[] = {
        {"", E_INPUT},
        {"mười một chữ", OK},
        {"ngắn quá ạ!", E_INPUT},
        {"ệệệệệệệệệệệ", E_INPUT},
        {"ệệệệệệệệệệệệ", OK},
        {"\xFF\xFE not text at all", E_INPUT},
        {"ﬁﬁﬁﬁﬁﬁ", OK}, /* twelve characters once the ligatures are taken apart */
    };
    char prepared[PASSWORD_BYTES], longest[PASSWORD_MOST + 2];
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        if (password_prepare(cases[i].password, prepared, NULL) != cases[i].wanted)
            fail_msg("%s", cases[i].password);
    memset(longest, 'a', sizeof longest);
    longest[PASSWORD_MOST + 1] = '\0';
    assert_int_equal(password_prepare(longest, prepared, NULL), E_INPUT);
    assert_string_equal(prepared, "");
    longest[PASSWORD_MOST] = '\0';
    assert_int_equal(password_prepare(longest, prepared, NULL), OK);
}

TEST("a password that others would think of is refused, with its marks or without; a sentence is "
     "not")
{
    static const struct {
        const char *password;
        status wanted;
    } cases[] = {
        {"123456789012", E_INPUT},     {"passwordpassword", E_INPUT}, {"unbelievable", E_INPUT},
        {"administrator", E_INPUT},    {"1q2w3e4r5t6y", E_INPUT},     {"qwertyuiop123", E_INPUT},
        {"ệệệệệệệệệệệệ", E_INPUT},     {"abcabcabcabc", E_INPUT},     {"0987654321098", E_INPUT},
        {"matkhau12345", E_INPUT},     {"mật khẩu 12345", E_INPUT},   {"Anh yêu em 1234", E_INPUT},
        {"chamthi2024!", E_INPUT},     {"giám khảo 2024", E_INPUT},   {"gk07gk07gk07", E_INPUT},
        {"Hà Nội 2024!", E_INPUT},     {"một câu dài dễ nhớ", OK},    {"con mèo ngủ trên mái", OK},
        {"correct horse battery", OK}, {"tôi yêu phố cổ", OK},        {"трава у дома", OK},
    };
    char prepared[PASSWORD_BYTES];
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(password_prepare(cases[i].password, prepared, NULL), OK);
        if (password_check(prepared, "gk07", NULL) != cases[i].wanted)
            fail_msg("%s", cases[i].password);
    }
}

TEST("an unknown name, a wrong password, a disabled account and a hopeless password cost one hash "
     "each")
{
    static const char *const cases[][2] = {
        {"gk07", "một câu dài khó nhớ"},
        {"nobody", "một câu dài dễ nhớ"},
        {"closed", "một câu dài dễ nhớ"},
        {"gk07", "ngắn"},
        {"nobody", ""},
        {"'; DROP TABLE user; --", "\xFF"},
    };
    house h;
    house_start(&h);
    char token[TOKEN_TEXT], first[FAULT_TEXT_MAX] = "";
    assert_ok(
        account_add(h.organizer, "cli:test", "closed", ROLE_AUDITOR, NULL, good_password, &h.f),
        &h.f);
    assert_ok(account_disable(h.organizer, "cli:test", "closed", &h.f), &h.f);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        uint64_t before = account_gate_hashes(h.gate);
        char address[20];
        snprintf(address, sizeof address, "10.0.1.%zu", i);
        assert_int_equal(try_sign_in(&h, cases[i][0], cases[i][1], address, 1000, token), E_DENIED);
        assert_int_equal(account_gate_hashes(h.gate) - before, 1);
        if (!first[0])
            memcpy(first, fault_text(&h.f, LANG_VI), sizeof first);
        assert_string_equal(first, fault_text(&h.f, LANG_VI)); /* and read the same */
    }
    house_end(&h);
}

TEST("after five failures one must wait, without a hash, until fifteen minutes have passed")
{
    house h;
    house_start(&h);
    char token[TOKEN_TEXT];
    for (int i = 0; i < FAILURES_PER_ACCOUNT; i++)
        assert_int_equal(try_sign_in(&h, "gk07", "sai mật khẩu rồi", "10.0.0.1", 1000 + i, token),
                         E_DENIED);
    uint64_t before = account_gate_hashes(h.gate);
    assert_int_equal(try_sign_in(&h, "gk07", good_password, "10.0.0.1", 1010, token), E_LIMIT);
    assert_int_equal(account_gate_hashes(h.gate), before);
    /* the same person elsewhere, and others at the same place, are not locked out */
    assert_ok(try_sign_in(&h, "gk07", good_password, "10.0.0.2", 1010, token), &h.f);
    assert_int_equal(try_sign_in(&h, "nobody", good_password, "10.0.0.1", 1010, token), E_DENIED);
    assert_ok(try_sign_in(&h, "gk07", good_password, "10.0.0.1", 1004 + FAILURE_WINDOW, token),
              &h.f);
    house_end(&h);
}

TEST("thirty failures from one address stop every name from there")
{
    house h;
    house_start(&h);
    char token[TOKEN_TEXT], sql[300];
    snprintf(
        sql, sizeof sql,
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d)"
        " INSERT INTO login_failure(name, address, at) SELECT 'x' || i, '10.0.0.9', 1000 FROM n",
        FAILURES_PER_ADDRESS);
    run_sql(h.path, sql);
    assert_int_equal(try_sign_in(&h, "gk07", good_password, "10.0.0.9", 1500, token), E_LIMIT);
    assert_ok(try_sign_in(&h, "gk07", good_password, "10.0.0.8", 1500, token), &h.f);
    house_end(&h);
}

TEST("what was typed as a name is not kept: it may be a password")
{
    house h;
    house_start(&h);
    char token[TOKEN_TEXT], command[300];
    try_sign_in(&h, "matkhaucuatoi", "x", "10.0.0.1", 1000, token);
    snprintf(command, sizeof command, "! grep -q matkhaucuatoi '%s' '%s-wal'", h.path, h.path);
    assert_int_equal(system(command), 0);
    house_end(&h);
}

TEST("a session runs out, ends on signing out, on a new password, and when account or judge is "
     "closed")
{
    static const char *const ends[] = {"time", "sign out", "password", "disable", "judge"};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        house h;
        house_start(&h);
        char token[TOKEN_TEXT];
        account who;
        int64_t now = 1000;
        assert_ok(try_sign_in(&h, "gk07", good_password, "10.0.0.1", now, token), &h.f);
        now += SESSION_SECONDS_JUDGE - 1;
        assert_ok(account_session(h.login, h.mem, token, now, &who, &h.f), &h.f);
        switch (i) {
        case 0: now++; break;
        case 1: assert_ok(account_sign_out(h.login, &who, token, &h.f), &h.f); break;
        case 2:
            assert_ok(
                account_set_password(h.organizer, "cli:test", "gk07", "một câu dài khác hẳn", &h.f),
                &h.f);
            break;
        case 3: assert_ok(account_disable(h.organizer, "cli:test", "gk07", &h.f), &h.f); break;
        default: run_sql(h.path, "UPDATE judge SET active = 0"); break;
        }
        if (account_session(h.login, h.mem, token, now, &who, &h.f) != E_MISSING)
            fail_msg("%s", ends[i]);
        audit_verdict v;
        assert_ok(audit_verify(h.organizer, &v, &h.f), &h.f);
        assert_true(v.intact);
        house_end(&h);
    }
}

TEST("a token that is wrong, cut or no hex opens nothing")
{
    house h;
    house_start(&h);
    char token[TOKEN_TEXT];
    account who;
    assert_ok(try_sign_in(&h, "gk07", good_password, "10.0.0.1", 1000, token), &h.f);
    const char *bad[] = {"", "00", "zz", token + 1, "' OR 1=1 --"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_int_equal(account_session(h.login, h.mem, bad[i], 1001, &who, &h.f), E_MISSING);
    token[0] = token[0] == '0' ? '1' : '0';
    assert_int_equal(account_session(h.login, h.mem, token, 1001, &who, &h.f), E_MISSING);
    house_end(&h);
}

TEST("an account without a proper name, role partner or password is refused and nothing is added")
{
    static const struct {
        const char *name;
        account_role role;
        const char *judge, *password;
        status wanted;
    } cases[] = {
        {"a", ROLE_AUDITOR, NULL, "một câu dài dễ nhớ", E_INPUT},
        {"Lan Anh", ROLE_AUDITOR, NULL, "một câu dài dễ nhớ", E_INPUT},
        {"lan", ROLE_AUDITOR, NULL, "ngắn", E_INPUT},
        {"lan", ROLE_JUDGE, NULL, "một câu dài dễ nhớ", E_USAGE},
        {"lan", ROLE_JUDGE, "GK99", "một câu dài dễ nhớ", E_MISSING},
        {"lan", ROLE_PRINTER, "GK07", "một câu dài dễ nhớ", E_USAGE},
        {"gk07", ROLE_AUDITOR, NULL, "một câu dài dễ nhớ", E_CONFLICT},
    };
    house h;
    house_start(&h);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(account_add(h.organizer, "cli:test", cases[i].name, cases[i].role,
                                     cases[i].judge, cases[i].password, &h.f),
                         cases[i].wanted);
    account *list;
    size_t count;
    assert_ok(account_list(h.organizer, h.mem, &list, &count, &h.f), &h.f);
    assert_int_equal(count, 1);
    house_end(&h);
}

TEST("a hash of weaker parameters is renewed when its owner signs in")
{
    house h;
    house_start(&h);
    char weak[crypto_pwhash_STRBYTES], sql[400], token[TOKEN_TEXT];
    assert_int_equal(crypto_pwhash_str_alg(weak, good_password, strlen(good_password), 1, 8192,
                                           crypto_pwhash_ALG_ARGON2ID13),
                     0);
    snprintf(sql, sizeof sql, "UPDATE user SET password = '%s'", weak);
    run_sql(h.path, sql);
    assert_ok(try_sign_in(&h, "gk07", good_password, "10.0.0.1", 1000, token), &h.f);
    run_sql(h.path, "CREATE TEMP TABLE t(n CHECK (n = 1)); INSERT INTO t SELECT count(*) FROM user"
                    " WHERE password LIKE '$argon2id$v=19$m=19456,t=2,p=1$%'");
    assert_ok(try_sign_in(&h, "gk07", good_password, "10.0.0.1", 1001, token), &h.f);
    house_end(&h);
}

/* ---- the second factor ---- */

static const unsigned char rfc_secret[TOTP_SECRET + 1] = "12345678901234567890";

TEST("codes are those of RFC 6238, and SHA-1 is that of RFC 2202")
{
    static const struct {
        int64_t now;
        int digits;
    } cases[] = {{59, 94287082},         {1111111109, 7081804},  {1111111111, 14050471},
                 {1234567890, 89005924}, {2000000000, 69279037}, {20000000000, 65353130}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(totp_digits(rfc_secret, cases[i].now / TOTP_SECONDS, 8), cases[i].digits);
    unsigned char mac[20], key[80];
    char hex[41], text[TOTP_TEXT];
    memset(key, 0xAA, sizeof key);
    sha1_hmac(mac, "Jefe", 4, "what do ya want for nothing?", 28);
    assert_string_equal(sodium_bin2hex(hex, sizeof hex, mac, 20),
                        "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79");
    sha1_hmac(mac, key, sizeof key, "Test Using Larger Than Block-Size Key - Hash Key First", 54);
    assert_string_equal(sodium_bin2hex(hex, sizeof hex, mac, 20),
                        "aa4ae5e15272d00e95705637ce8a3b55ed402112");
    totp_text(rfc_secret, text);
    assert_string_equal(text, "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
}

TEST("a code holds for its step and one on each side, and only when it is newer than the last one "
     "used")
{
    int64_t step = 0, now = 1111111111, this_step = now / TOTP_SECONDS;
    for (int k = -3; k <= 3; k++) {
        char typed[16];
        int digits = totp_digits(rfc_secret, this_step + k, 6);
        snprintf(typed, sizeof typed, "%03d %03d", digits / 1000, digits % 1000);
        assert_int_equal(totp_matches(rfc_secret, now, 0, typed, &step), k >= -1 && k <= 1);
        if (k >= -1 && k <= 1)
            assert_int_equal(step, this_step + k);
        assert_false(totp_matches(rfc_secret, now, this_step + 1, typed, &step));
    }
    static const char *const wrong[] = {"", "12345", "1234567", "abcdef", "-12345", "0x1234"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_false(totp_matches(rfc_secret, now, 0, wrong[i], &step));
}

TEST("an organizer needs a code as well: each six digits once, each recovery code once")
{
    house h;
    second_factor factor;
    char token[TOKEN_TEXT], typed[8];
    int64_t now = 1111111111;
    house_start(&h);
    assert_ok(account_add(h.organizer, "cli:t", "btc", ROLE_ORGANIZER, NULL, good_password, &h.f),
              &h.f);
    assert_int_equal(try_code(&h, "btc", good_password, "", now, token), E_DENIED);
    assert_non_null(strstr(h.f.text[LANG_VI], "chamthi user code btc"));
    assert_ok(account_second_factor(h.organizer, "cli:t", "btc", &factor, &h.f), &h.f);
    run_sql(h.path, "UPDATE second_factor SET secret = CAST('12345678901234567890' AS BLOB)");
    snprintf(typed, sizeof typed, "%06d", totp_digits(rfc_secret, now / TOTP_SECONDS, 6));
    assert_int_equal(try_code(&h, "btc", good_password, "", now, token), E_CONFLICT);
    assert_int_equal(try_code(&h, "btc", "sai mật khẩu này rồi", typed, now, token), E_DENIED);
    assert_int_equal(try_code(&h, "btc", good_password, "000000", now, token), E_DENIED);
    assert_ok(try_code(&h, "btc", good_password, typed, now, token), &h.f);
    assert_int_equal(try_code(&h, "btc", good_password, typed, now, token), E_DENIED); /* used */
    assert_ok(try_code(&h, "btc", good_password, factor.codes[3], now, token), &h.f);
    assert_int_equal(try_code(&h, "btc", good_password, factor.codes[3], now, token), E_DENIED);
    char small[RECOVERY_TEXT]; /* as somebody types it */
    size_t n = 0;
    for (const char *p = factor.codes[4]; *p; p++)
        if (*p != '-')
            small[n++] = *p >= 'A' && *p <= 'Z' ? (char)(*p + 32) : *p;
    small[n] = '\0';
    assert_ok(try_code(&h, "btc", good_password, small, now, token), &h.f);
    assert_int_equal(try_code(&h, "gk07", good_password, "", now, token), OK); /* judges do not */
    house_end(&h);
}
