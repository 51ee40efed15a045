/* The store: the audit chain, transactions, upgrades, two writers, copies, the statement table. */
#include "test.h"

#include "chamthi/file.h"
#include "chamthi/store.h"
#include "store/access.h"
#include "store/internal.h"

#include <sys/wait.h>

typedef struct {
    char folder[64], path[96];
    store *db;
    arena *mem;
    fault f;
} house;

static void house_start(house *h)
{
    memset(h, 0, sizeof *h);
    test_folder(h->folder);
    snprintf(h->path, sizeof h->path, "%s/chamthi.db", h->folder);
    h->mem = arena_new(1 << 20);
    assert_ok(store_open(&h->db, h->path, BY_ORGANIZER, STORE_CREATE, &h->f), &h->f);
}

static void house_end(house *h)
{
    store_close(h->db);
    arena_free(h->mem);
    test_folder_remove(h->folder);
}

static void reopen(house *h)
{
    store_close(h->db);
    assert_ok(store_open(&h->db, h->path, BY_ORGANIZER, STORE_EXISTING, &h->f), &h->f);
}

/* One transaction with one audit row. */
static status note(store *db, const char *object, fault *f)
{
    TRY(store_begin(db, "cli:test", f));
    status st = audit_record(db, "test", object, NULL, "x", f);
    if (st == OK)
        return store_commit(db, f);
    store_rollback(db);
    return st;
}

/* Somebody with a tool of his own. */
static void stranger(const char *path, const char *sql)
{
    sqlite3 *db;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    char *error = NULL;
    if (sqlite3_exec(db, sql, NULL, NULL, &error) != SQLITE_OK)
        fail_msg("%s: %s", sql, error);
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
}

static int64_t ask(const char *path, const char *sql)
{
    sqlite3 *db;
    int64_t n = -1;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_ok(store_exec_int(db, sql, &n, &(fault){0}), &(fault){0});
    sqlite3_close(db);
    return n;
}

/* ---- audit ---- */

TEST("an untouched audit chain is intact and names its head")
{
    house h;
    house_start(&h);
    audit_verdict v;
    for (int i = 0; i < 5; i++)
        assert_ok(note(h.db, "entry 2024-00001", &h.f), &h.f);
    assert_ok(audit_verify(h.db, &v, &h.f), &h.f);
    assert_true(v.intact);
    assert_int_equal(v.rows, 5);
    assert_int_equal(v.first_bad, 0);
    assert_int_equal(strlen(v.head), 64);
    house_end(&h);
}

TEST("a changed, removed, swapped or added audit row and a moved head are each found")
{
    static const struct {
        const char *what, *sql;
        int64_t first_bad;
    } cases[] = {
        {"changed actor", "UPDATE audit SET actor = 'cli:other' WHERE seq = 3", 3},
        {"changed time", "UPDATE audit SET at = at + 1 WHERE seq = 2", 2},
        {"changed action", "UPDATE audit SET action = 'y' WHERE seq = 1", 1},
        {"changed object", "UPDATE audit SET object = 'entry 9' WHERE seq = 4", 4},
        {"absent made empty", "UPDATE audit SET before = '' WHERE seq = 4", 4},
        {"removed from the middle", "DELETE FROM audit WHERE seq = 3", 3},
        {"removed at the end", "DELETE FROM audit WHERE seq = 6", 6},
        {"removed and closed up",
         "DELETE FROM audit WHERE seq = 3; UPDATE audit SET seq = seq - 1 WHERE seq > 3", 3},
        {"all removed", "DELETE FROM audit", 1},
        {"swapped",
         "UPDATE audit SET seq = 100 WHERE seq = 2; UPDATE audit SET seq = 2 WHERE seq = 3;"
         "UPDATE audit SET seq = 3 WHERE seq = 100",
         2},
        {"added at the end",
         "INSERT INTO audit SELECT 7, at, actor, action, object, before, after, hash FROM audit"
         " WHERE seq = 6",
         7},
        {"head moved back",
         "UPDATE audit_head SET seq = 5, hash = (SELECT hash FROM audit WHERE seq = 5)", 7},
        {"head's hash changed", "UPDATE audit_head SET hash = zeroblob(32)", 7},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        house h;
        house_start(&h);
        for (int k = 0; k < 6; k++) {
            char object[32];
            snprintf(object, sizeof object, "entry 2024-%05d", k);
            assert_ok(note(h.db, object, &h.f), &h.f);
        }
        store_close(h.db);
        stranger(h.path, cases[i].sql);
        assert_ok(store_open(&h.db, h.path, BY_ORGANIZER, STORE_EXISTING, &h.f), &h.f);
        audit_verdict v;
        assert_ok(audit_verify(h.db, &v, &h.f), &h.f);
        if (v.intact || v.first_bad != cases[i].first_bad)
            fail_msg("%s: intact %d, first bad row %lld", cases[i].what, v.intact,
                     (long long)v.first_bad);
        house_end(&h);
    }
}

TEST("a transaction that changed something without an audit row is refused and undone")
{
    house h;
    house_start(&h);
    assert_ok(note(h.db, "entry 2024-00001", &h.f), &h.f);
    unsigned char zeros[32] = {0};
    assert_ok(store_begin(h.db, "cli:test", &h.f), &h.f);
    assert_ok(store_run(h.db, Q_AUDIT_MOVE_HEAD, ARGS(v_int(9), v_bytes(zeros, sizeof zeros)), NULL,
                        &h.f),
              &h.f);
    assert_int_equal(store_commit(h.db, &h.f), E_SYSTEM);
    assert_false(store_in_transaction(h.db));
    audit_verdict v;
    assert_ok(audit_verify(h.db, &v, &h.f), &h.f);
    assert_true(v.intact);
    house_end(&h);
}

TEST("an audit row outside a transaction and a transaction inside another are refused")
{
    house h;
    house_start(&h);
    assert_int_equal(audit_record(h.db, "test", "x", NULL, NULL, &h.f), E_SYSTEM);
    assert_ok(store_begin(h.db, "cli:test", &h.f), &h.f);
    assert_int_equal(store_begin(h.db, "cli:test", &h.f), E_SYSTEM);
    store_rollback(h.db);
    assert_ok(note(h.db, "after all", &h.f), &h.f);
    house_end(&h);
}

TEST("what was not committed is gone after closing")
{
    house h;
    house_start(&h);
    assert_ok(note(h.db, "kept", &h.f), &h.f);
    assert_ok(store_begin(h.db, "cli:test", &h.f), &h.f);
    assert_ok(audit_record(h.db, "test", "lost", NULL, NULL, &h.f), &h.f);
    reopen(&h);
    audit_verdict v;
    assert_ok(audit_verify(h.db, &v, &h.f), &h.f);
    assert_true(v.intact);
    assert_int_equal(v.rows, 1);
    house_end(&h);
}

/* ---- two writers ---- */

enum { WRITERS = 2, EACH = 200 };

static int write_many(const char *path)
{
    store *db;
    fault f = {0};
    int bad = store_open(&db, path, BY_ORGANIZER, STORE_EXISTING, &f) != OK;
    for (int i = 0; i < EACH && !bad; i++)
        bad = note(db, "entry 2024-00001", &f) != OK;
    store_close(db);
    if (bad)
        fprintf(stderr, "# writer: %s\n", fault_text(&f, LANG_EN));
    return bad;
}

TEST("two processes writing two hundred transactions each under the lock lose nothing")
{
    house h;
    house_start(&h);
    store_close(h.db);
    pid_t child[WRITERS];
    for (int i = 0; i < WRITERS; i++) {
        child[i] = fork();
        assert_true(child[i] >= 0);
        if (child[i] == 0)
            _exit(write_many(h.path));
    }
    for (int i = 0; i < WRITERS; i++) {
        int end;
        assert_int_equal(waitpid(child[i], &end, 0), child[i]);
        assert_true(WIFEXITED(end));
        assert_int_equal(WEXITSTATUS(end), 0);
    }
    assert_ok(store_open(&h.db, h.path, BY_ORGANIZER, STORE_EXISTING, &h.f), &h.f);
    audit_verdict v;
    assert_ok(audit_verify(h.db, &v, &h.f), &h.f);
    assert_true(v.intact);
    assert_int_equal(v.rows, WRITERS * EACH);
    house_end(&h);
}

/* ---- opening and upgrades ---- */

TEST("a missing database, another program's and a newer one are refused and left as they were")
{
    static const struct {
        const char *sql;
        status wanted;
    } cases[] = {
        {"CREATE TABLE songs (title TEXT)", E_INPUT},
        {"CREATE TABLE schema_version (version INTEGER PRIMARY KEY, applied_at INTEGER NOT NULL);"
         "INSERT INTO schema_version VALUES (1, 0), (99, 0)",
         E_INPUT},
    };
    char folder[64], path[96];
    test_folder(folder);
    snprintf(path, sizeof path, "%s/x.db", folder);
    store *db;
    fault f = {0};
    assert_int_equal(store_open(&db, path, BY_ORGANIZER, STORE_EXISTING, &f), E_MISSING);
    assert_int_equal(access(path, F_OK), -1);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        unlink(path);
        stranger(path, cases[i].sql);
        buffer before = BUFFER_INIT, after = BUFFER_INIT;
        assert_ok(file_read(path, 1 << 20, &before, &f), &f);
        assert_int_equal(store_open(&db, path, BY_ORGANIZER, STORE_EXISTING, &f), cases[i].wanted);
        assert_null(db);
        assert_ok(file_read(path, 1 << 20, &after, &f), &f);
        assert_int_equal(after.size, before.size);
        assert_memory_equal(after.bytes, before.bytes, before.size);
        buffer_free(&before);
        buffer_free(&after);
    }
    test_folder_remove(folder);
}

TEST("a file that is no database is refused")
{
    char folder[64], path[96];
    test_folder(folder);
    snprintf(path, sizeof path, "%s/x.db", folder);
    fault f = {0};
    static const char letter[] = "Kính gửi Ban Tổ chức cuộc thi, tôi xin gửi bài dự thi kèm theo.";
    assert_ok(file_write(path, letter, sizeof letter, &f), &f);
    store *db;
    assert_int_equal(store_open(&db, path, BY_ORGANIZER, STORE_EXISTING, &f), E_SYSTEM);
    assert_null(db);
    buffer b = BUFFER_INIT;
    assert_ok(file_read(path, 1 << 20, &b, &f), &f);
    assert_int_equal(b.size, sizeof letter);
    assert_memory_equal(b.bytes, letter, sizeof letter);
    buffer_free(&b);
    test_folder_remove(folder);
}

static status upgrade(const char *path, const migration *list, int count, fault *f)
{
    sqlite3 *db;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    status st = migrate_run(db, path, list, count, f);
    sqlite3_close(db);
    return st;
}

/* A database as the first schema left it: a contest with a marked sheet and an award. */
static void first_schema(const char *path)
{
    fault f = {0};
    assert_ok(upgrade(path, schema_migrations, 1, &f), &f);
    stranger(
        path,
        "INSERT INTO contest VALUES (2016, 'cuộc thi', 'year: 2016', zeroblob(32), 0);"
        "INSERT INTO track VALUES (1, 2016, 'essay', 'Bài viết', 1);"
        "INSERT INTO round VALUES (1, 2016, 'so-khao', 'Sơ khảo', 1, 2, 'open');"
        "INSERT INTO criterion VALUES (1, 1, 'a', 'A', '', 1, 0, 1000, 50);"
        "INSERT INTO judge VALUES (1, 'GK01', NULL, NULL, 1);"
        "INSERT INTO user VALUES (1, 'gk01', 'judge', 1, 'x', NULL, 0);"
        "INSERT INTO entry(entry_id, year, receipt, track_id, title, title_fold, received_at,"
        " first_received_at, row_key) VALUES (1, 2016, '2016-00001', 1, 'Bài', 'bai', 0, 0, x'01');"
        "INSERT INTO identity_phach VALUES ('AAAA', 1, 1);"
        "INSERT INTO blind VALUES ('AAAA', 1, 1, 'Bài', 'chữ', 1);"
        "INSERT INTO sheet VALUES (7, 1, 'AAAA', 1, 'submitted', 3, 'hay', NULL, 5, 'ABCD-EFGH');"
        "INSERT INTO mark VALUES (7, 1, 850, 3);"
        "INSERT INTO result VALUES (1, 1, 'mean', 1, 850, 850, 1, 0);"
        "INSERT INTO award(year, kind, prize, entry_id, recipient, recipient_fold, state)"
        " VALUES (2016, 'entry', 'Nhất', 1, 'An', 'an', 'proposed');");
}

TEST("an upgrade copies the file first, then brings it to the new version")
{
    house h;
    house_start(&h);
    store_close(h.db);
    h.db = NULL;
    unlink(h.path);
    first_schema(h.path);
    assert_ok(store_open(&h.db, h.path, BY_ORGANIZER, STORE_EXISTING, &h.f), &h.f);
    assert_int_equal(ask(h.path, "SELECT max(version) FROM schema_version"), SCHEMA_VERSION);
    assert_int_equal(ask(h.path, "SELECT count(*) FROM contest WHERE year = 2016"), 1);
    assert_int_equal(ask(h.path, "SELECT points FROM mark JOIN sheet USING (sheet_id)"
                                 " WHERE code = 'ABCD-EFGH' AND state = 'submitted'"),
                     850);
    assert_int_equal(ask(h.path, "SELECT count(*) FROM pragma_foreign_key_check"), 0);
    char copy[128];
    snprintf(copy, sizeof copy, "%s.v1", h.path);
    assert_int_equal(access(copy, F_OK), 0);
    assert_int_equal(ask(copy, "SELECT max(version) FROM schema_version"), 1);
    assert_int_equal(ask(copy, "SELECT count(*) FROM contest WHERE year = 2016"), 1);
    house_end(&h);
}

TEST("an upgrade that fails in the middle leaves the version before it whole")
{
    static const char *const broken[] = {
        "CREATE TABLE later (x INTEGER) STRICT; INSERT INTO nowhere VALUES (1)",
        "CREATE TABLE later (x INTEGER REFERENCES contest (year)) STRICT;"
        "INSERT INTO later VALUES (1999)",
    };
    house h;
    house_start(&h);
    store_close(h.db);
    h.db = NULL;
    for (size_t i = 0; i < sizeof broken / sizeof *broken; i++) {
        unlink(h.path);
        first_schema(h.path);
        const migration list[] = {schema_migrations[0], {broken[i]}};
        assert_int_equal(upgrade(h.path, list, 2, &h.f), E_SYSTEM);
        assert_int_equal(ask(h.path, "SELECT max(version) FROM schema_version"), 1);
        assert_int_equal(ask(h.path, "SELECT count(*) FROM sqlite_schema WHERE name = 'later'"), 0);
    }
    assert_ok(store_open(&h.db, h.path, BY_ORGANIZER, STORE_EXISTING, &h.f), &h.f);
    assert_int_equal(ask(h.path, "SELECT count(*) FROM contest WHERE year = 2016"), 1);
    house_end(&h);
}

/* ---- copies and doctor ---- */

TEST("a backup put back is the database as it was, and the one it replaced is kept")
{
    house h;
    house_start(&h);
    char copy[128], kept[128];
    snprintf(copy, sizeof copy, "%s/copy.db", h.folder);
    snprintf(kept, sizeof kept, "%s.before-restore", h.path);
    assert_ok(note(h.db, "first", &h.f), &h.f);
    assert_ok(store_backup(h.db, copy, &h.f), &h.f);
    assert_int_equal(store_backup(h.db, copy, &h.f), E_CONFLICT);
    assert_ok(note(h.db, "second", &h.f), &h.f);
    store_close(h.db);
    h.db = NULL;
    assert_ok(store_restore(copy, h.path, &h.f), &h.f);
    assert_int_equal(ask(h.path, "SELECT count(*) FROM audit"), 1);
    assert_int_equal(ask(kept, "SELECT count(*) FROM audit"), 2);
    assert_ok(store_open(&h.db, h.path, BY_ORGANIZER, STORE_EXISTING, &h.f), &h.f);
    audit_verdict v;
    assert_ok(audit_verify(h.db, &v, &h.f), &h.f);
    assert_true(v.intact);
    house_end(&h);
}

TEST("nothing is restored under the hands of whoever has the database open, nor over what was kept "
     "before")
{
    house h;
    house_start(&h);
    char copy[128];
    snprintf(copy, sizeof copy, "%s/copy.db", h.folder);
    assert_ok(note(h.db, "first", &h.f), &h.f);
    assert_ok(store_backup(h.db, copy, &h.f), &h.f);
    assert_int_equal(store_restore(copy, h.path, &h.f), E_CONFLICT); /* h.db has it open */
    assert_ok(note(h.db, "second", &h.f), &h.f);
    store_close(h.db);
    h.db = NULL;
    assert_ok(store_restore(copy, h.path, &h.f), &h.f);
    assert_int_equal(store_restore(copy, h.path, &h.f),
                     E_CONFLICT); /* "second" stands in there alone */
    assert_int_equal(ask(h.path, "SELECT count(*) FROM audit"), 1);
    house_end(&h);
}

TEST("a damaged database can be restored too, and is kept as it was")
{
    static const char noise[20000] = "no database any more";
    house h;
    house_start(&h);
    char copy[128], kept[128];
    snprintf(copy, sizeof copy, "%s/copy.db", h.folder);
    snprintf(kept, sizeof kept, "%s.before-restore", h.path);
    assert_ok(note(h.db, "first", &h.f), &h.f);
    assert_ok(store_backup(h.db, copy, &h.f), &h.f);
    store_close(h.db);
    h.db = NULL;
    assert_ok(file_write(h.path, noise, sizeof noise, &h.f), &h.f);
    assert_ok(store_restore(copy, h.path, &h.f), &h.f);
    assert_int_equal(ask(h.path, "SELECT count(*) FROM audit"), 1);
    buffer bytes = BUFFER_INIT;
    assert_ok(file_read(kept, sizeof noise, &bytes, &h.f), &h.f);
    assert_memory_equal(bytes.bytes, noise, sizeof noise);
    buffer_free(&bytes);
    house_end(&h);
}

TEST("nothing is written into a database file that was put aside while open")
{
    house h;
    house_start(&h);
    char aside[128];
    snprintf(aside, sizeof aside, "%s.old", h.path);
    assert_ok(note(h.db, "first", &h.f), &h.f);
    assert_int_equal(rename(h.path, aside), 0);
    assert_int_equal(note(h.db, "second", &h.f), E_SYSTEM);
    assert_int_equal(store_batch_begin(h.db, &h.f), E_SYSTEM);
    assert_int_equal(rename(aside, h.path), 0);
    assert_ok(note(h.db, "second", &h.f), &h.f);
    house_end(&h);
}

TEST("restoring from nothing, from a letter or from another program's file changes nothing")
{
    house h;
    house_start(&h);
    char from[128];
    snprintf(from, sizeof from, "%s/from", h.folder);
    assert_ok(note(h.db, "kept", &h.f), &h.f);
    store_close(h.db);
    h.db = NULL;
    assert_int_equal(store_restore(from, h.path, &h.f), E_MISSING);
    assert_ok(file_write(from, "abc", 3, &h.f), &h.f);
    assert_int_equal(store_restore(from, h.path, &h.f), E_SYSTEM);
    unlink(from);
    stranger(from, "CREATE TABLE songs (title TEXT)");
    assert_int_equal(store_restore(from, h.path, &h.f), E_INPUT);
    assert_int_equal(ask(h.path, "SELECT count(*) FROM audit"), 1);
    house_end(&h);
}

static int64_t broken(store *db, arena *mem, const char *english)
{
    invariant *list;
    size_t count;
    fault f = {0};
    assert_ok(store_doctor(db, mem, &list, &count, &f), &f);
    int64_t sum = 0;
    for (size_t i = 0; i < count; i++)
        if (!english || strcmp(list[i].en, english) == 0)
            sum += list[i].broken;
    return sum;
}

TEST("the doctor finds nothing in a sound database and each planted fault under its own sentence")
{
    static const struct {
        const char *sql, *english;
    } cases[] = {
        {"INSERT INTO track VALUES (1, 2024, 'essay', 'bài viết', 1)", "foreign keys match"},
        {"DELETE FROM audit WHERE seq = 1", "the audit chain is unbroken"},
        {"INSERT INTO entry(entry_id, year, receipt, track_id, title, title_fold, received_at,"
         " first_received_at, row_key) VALUES (1, 2024, '2024-00001', 1, 'a', 'a', 0, 0, x'00')",
         "every entry has an author"},
        {"INSERT INTO blind VALUES ('ABC', 1, 1, 'a', 'b', 3)",
         "blind codes and blind texts pair up"},
    };
    house h;
    house_start(&h);
    assert_ok(note(h.db, "one", &h.f), &h.f);
    assert_int_equal(broken(h.db, h.mem, NULL), 0);
    house_end(&h);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        house_start(&h);
        assert_ok(note(h.db, "one", &h.f), &h.f);
        store_close(h.db);
        stranger(h.path, cases[i].sql);
        assert_ok(store_open(&h.db, h.path, BY_ORGANIZER, STORE_EXISTING, &h.f), &h.f);
        if (broken(h.db, h.mem, cases[i].english) == 0)
            fail_msg("not found: %s", cases[i].english);
        house_end(&h);
    }
}

/* ---- the statement table ---- */

static const struct {
    const char *name, *sql;
    int who;
} table[] = {
#define X(name, who, sql) {#name, sql, who},
#include "store/statements.h"
#undef X
};

TEST("every statement of the table is accepted for each role it names, its parameters in order")
{
    static const access_role roles[] = {BY_ORGANIZER, BY_JUDGE, BY_PUBLIC, BY_LOGIN};
    house h;
    house_start(&h);
    for (size_t r = 0; r < sizeof roles / sizeof *roles; r++) {
        sqlite3 *db;
        assert_int_equal(sqlite3_open(h.path, &db), SQLITE_OK);
        assert_int_equal(access_install(db, &roles[r]), SQLITE_OK);
        for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
            if (!(table[i].who & (int)roles[r]))
                continue;
            sqlite3_stmt *s = NULL;
            if (sqlite3_prepare_v2(db, table[i].sql, -1, &s, NULL) != SQLITE_OK)
                fail_msg("%s, role %d: %s", table[i].name, roles[r], sqlite3_errmsg(db));
            if (!statement_in_order(s))
                fail_msg("%s: parameters out of order", table[i].name);
            sqlite3_finalize(s);
        }
        sqlite3_close(db);
    }
    house_end(&h);
}

TEST("parameters numbered out of the order of their first use are refused")
{
    static const struct {
        const char *sql;
        bool in_order;
    } cases[] = {
        {"SELECT 1", true},           {"SELECT $1, $2", true},  {"SELECT $1, $2, $1", true},
        {"SELECT $2, $1", false},     {"SELECT $1, $3", false}, {"SELECT $2", false},
        {"SELECT $1, $2, $4", false}, {"SELECT ?, ?", false},
    };
    sqlite3 *db;
    assert_int_equal(sqlite3_open(":memory:", &db), SQLITE_OK);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        sqlite3_stmt *s;
        assert_int_equal(sqlite3_prepare_v2(db, cases[i].sql, -1, &s, NULL), SQLITE_OK);
        if (statement_in_order(s) != cases[i].in_order)
            fail_msg("%s", cases[i].sql);
        sqlite3_finalize(s);
    }
    sqlite3_close(db);
}

TEST("a look sees the database as it was at its first read, whatever others write meanwhile")
{
    house h;
    store *other;
    int64_t before, during, after;
    house_start(&h);
    assert_ok(note(h.db, "entry 1", &h.f), &h.f);
    assert_ok(store_open(&other, h.path, BY_ORGANIZER, STORE_EXISTING, &h.f), &h.f);
    assert_ok(store_look_begin(h.db, &h.f), &h.f);
    assert_ok(store_int(h.db, Q_AUDIT_HEAD, NO_ARGS, &before, &h.f), &h.f);
    assert_ok(note(other, "entry 2", &h.f), &h.f);
    assert_ok(store_int(h.db, Q_AUDIT_HEAD, NO_ARGS, &during, &h.f), &h.f);
    store_look_end(h.db);
    assert_ok(store_int(h.db, Q_AUDIT_HEAD, NO_ARGS, &after, &h.f), &h.f);
    assert_int_equal(before, 1);
    assert_int_equal(during, 1);
    assert_int_equal(after, 2);
    assert_ok(note(h.db, "entry 3", &h.f), &h.f); /* and it may write again */
    store_close(other);
    house_end(&h);
}

TEST("in a batch each transaction is kept or undone by itself, and nobody else sees any before the "
     "batch is committed")
{
    house h;
    house_start(&h);
    assert_ok(store_batch_begin(h.db, &h.f), &h.f);
    assert_ok(note(h.db, "entry 1", &h.f), &h.f);
    assert_ok(store_begin(h.db, "cli:test", &h.f), &h.f);
    assert_ok(audit_record(h.db, "test", "entry 2", NULL, "x", &h.f), &h.f);
    store_rollback(h.db);
    assert_ok(note(h.db, "entry 3", &h.f), &h.f);
    assert_ok(store_begin(h.db, "cli:test", &h.f), &h.f); /* a job that forgets to end */
    assert_ok(audit_record(h.db, "test", "entry 4", NULL, "x", &h.f), &h.f);
    assert_int_equal(ask(h.path, "SELECT count(*) FROM audit"), 0);
    assert_ok(store_batch_commit(h.db, &h.f), &h.f);
    assert_int_equal(ask(h.path, "SELECT count(*) FROM audit"), 2);
    assert_int_equal(
        ask(h.path, "SELECT count(*) FROM audit WHERE object IN ('entry 1', 'entry 3')"), 2);
    assert_ok(note(h.db, "entry 5", &h.f), &h.f); /* and single ones go on afterwards */
    audit_verdict v;
    assert_ok(audit_verify(h.db, &v, &h.f), &h.f);
    assert_true(v.intact && v.rows == 3);
    house_end(&h);
}

TEST("a batch that SQLite undid half-way takes no more jobs, and its commit fails")
{
    house h;
    house_start(&h);
    assert_ok(store_batch_begin(h.db, &h.f), &h.f);
    assert_ok(note(h.db, "entry 1", &h.f), &h.f);
    assert_int_equal(sqlite3_exec(h.db->db, "ROLLBACK", NULL, NULL, NULL), SQLITE_OK);
    assert_int_equal(note(h.db, "entry 2", &h.f), E_SYSTEM);
    assert_int_equal(store_batch_commit(h.db, &h.f), E_SYSTEM);
    assert_int_equal(ask(h.path, "SELECT count(*) FROM audit"), 0);
    assert_ok(note(h.db, "entry 3", &h.f), &h.f);
    house_end(&h);
}

TEST("what is read between two ends is one state, whatever others write; it nests in nothing")
{
    house h;
    store *other;
    house_start(&h);
    assert_ok(note(h.db, "entry 1", &h.f), &h.f);
    assert_ok(store_open(&other, h.path, BY_ORGANIZER, STORE_EXISTING, &h.f), &h.f);
    store_look_end(h.db); /* not begun: nothing happens */
    for (int page = 1; page <= 2; page++) {
        audit_verdict v;
        assert_ok(store_look_begin(h.db, &h.f), &h.f);
        assert_ok(audit_verify(h.db, &v, &h.f), &h.f);
        assert_int_equal(v.rows, page);
        assert_ok(note(other, "entry 2", &h.f), &h.f);
        assert_ok(audit_verify(h.db, &v, &h.f), &h.f);
        assert_int_equal(v.rows, page); /* as found at first */
        assert_int_equal(store_look_begin(h.db, &h.f), E_SYSTEM);
        store_look_end(h.db);
    }
    assert_ok(note(h.db, "entry 3", &h.f), &h.f); /* writing goes on as before */
    store_close(other);
    house_end(&h);
}

TEST("a statement outside the role, and one with too few or too many values, is refused")
{
    house h;
    house_start(&h);
    cursor c;
    assert_int_equal(store_select(h.db, Q_AUDIT_HEAD, ARGS(v_int(1)), &c, &h.f), E_SYSTEM);
    assert_int_equal(store_select(h.db, Q_AUDIT_RECENT, NO_ARGS, &c, &h.f), E_SYSTEM);
    store *judge;
    assert_ok(store_open(&judge, h.path, BY_JUDGE, STORE_EXISTING, &h.f), &h.f);
    assert_int_equal(store_select(judge, Q_AUDIT_ALL, NO_ARGS, &c, &h.f), E_DENIED);
    store_close(judge);
    house_end(&h);
}
