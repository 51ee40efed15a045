/* Blindness: what a judge's connection answers does not depend on who wrote what. Two databases differ
 * only in hidden identity; every statement a judge may run must answer both with the same bytes. */
#include "blind_house.h"

#include "chamthi/buffer.h"
#include "chamthi/random.h"
#include "chamthi/store.h"
#include "store/access.h"

/* ---- every statement, with arguments that hit and miss ---- */

static const struct {
    statement q;
    const char *name, *sql;
    int who;
} table[] = {
#define X(name, who, sql) {Q_##name, #name, sql, who},
#include "store/statements.h"
#undef X
};
enum { STATEMENTS = sizeof table / sizeof *table };

enum { POOL = 12, MOST_ARGUMENTS = 12, TRIALS = 300 };

static sql_value from_pool(uint64_t i)
{
    const sql_value pool[POOL] = {
        v_int(1),       v_int(2),       v_int(3),        v_int(2024),         v_int(0),
        v_text("AAAA"), v_text("BBBB"), v_text("draft"), v_text("submitted"), v_text("so-khao"),
        v_int(750),     v_null(),
    };
    return pool[i];
}

static size_t parameters(const char *sql)
{
    size_t most = 0;
    for (const char *p = strchr(sql, '$'); p; p = strchr(p + 1, '$')) {
        size_t n = strtoul(p + 1, NULL, 10);
        most = n > most ? n : most;
    }
    return most;
}

/* What the connection answers: rows, or the status and sentence of the refusal. Nothing is kept. */
static size_t answer(store *db, statement q, const sql_value *args, size_t count, buffer *out)
{
    fault f = {0};
    cursor c;
    size_t rows = 0;
    assert_ok(store_begin(db, "judge:GK01", &f), &f);
    status st = store_select(db, q, args, count, &c, &f);
    if (st == OK) {
        while (cursor_next(&c)) {
            for (int i = 0; i < sqlite3_column_count(c.prepared); i++) {
                slice s = cursor_bytes(&c, i);
                buffer_format(out, "%d:%zu:", cursor_null(&c, i), s.size);
                buffer_put(out, s.bytes, s.size);
            }
            buffer_byte(out, '\n');
            rows++;
        }
        st = cursor_close(&c, &f);
    }
    buffer_format(out, "%d %s %s\n", st, st == OK ? "" : f.text[LANG_VI],
                  st == OK ? "" : f.text[LANG_EN]);
    store_rollback(db);
    return rows;
}

static size_t compare_statement(blind_house h[2], size_t which, buffer text[2])
{
    unsigned char seed[SEED_SIZE] = {(unsigned char)which};
    size_t count = parameters(table[which].sql), rows = 0;
    random_stream r;
    assert_true(count <= MOST_ARGUMENTS);
    random_start(&r, seed);
    for (int trial = 0; trial < (count ? TRIALS : 1); trial++) {
        sql_value args[MOST_ARGUMENTS];
        for (size_t i = 0; i < count; i++)
            args[i] = from_pool(random_below(&r, POOL));
        for (int i = 0; i < 2; i++) {
            buffer_clear(&text[i]);
            rows += answer(h[i].judge, table[which].q, args, count, &text[i]);
        }
        if (text[0].size != text[1].size || memcmp(text[0].bytes, text[1].bytes, text[0].size) != 0)
            fail_msg("%s tells who is who:\n%s\n%s", table[which].name, text[0].bytes,
                     text[1].bytes);
    }
    return rows;
}

TEST("every statement a judge may run answers the same bytes whoever wrote the entries")
{
    blind_house h[2];
    buffer text[2] = {BUFFER_INIT, BUFFER_INIT};
    size_t rows = 0;
    for (int i = 0; i < 2; i++)
        build(&h[i], &identities[i]);
    for (size_t i = 0; i < STATEMENTS; i++)
        if (table[i].who & BY_JUDGE)
            rows += compare_statement(h, i, text);
    assert_true(rows > 100); /* the answers were not all empty */
    for (int i = 0; i < 2; i++) {
        buffer_free(&text[i]);
        take_down(&h[i]);
    }
}

TEST("a judge's connection refuses every statement that is not marked for judges, with the same "
     "words")
{
    blind_house h[2];
    buffer text[2] = {BUFFER_INIT, BUFFER_INIT};
    for (int i = 0; i < 2; i++)
        build(&h[i], &identities[i]);
    for (size_t i = 0; i < STATEMENTS; i++) {
        if (table[i].who & BY_JUDGE)
            continue;
        fault f = {0};
        cursor c;
        assert_int_equal(store_select(h[0].judge, table[i].q, NO_ARGS, &c, &f), E_DENIED);
        for (int k = 0; k < 2; k++) {
            buffer_clear(&text[k]);
            answer(h[k].judge, table[i].q, NO_ARGS, &text[k]);
        }
        assert_string_equal(text[0].bytes, text[1].bytes);
    }
    for (int i = 0; i < 2; i++) {
        buffer_free(&text[i]);
        take_down(&h[i]);
    }
}

TEST("no statement gives a judge a word or mark of another judge's sheet")
{
    blind_house h;
    fault f = {0};
    cursor c;
    build(&h, &identities[0]);
    static const statement own[] = {Q_DESK_HISTORY, Q_DESK_SHEET};
    for (size_t i = 0; i < sizeof own / sizeof *own; i++) {
        size_t rows = 0;
        assert_ok(store_select(h.judge, own[i], ARGS(v_text("BBBB"), v_int(1)), &c, &f), &f);
        while (cursor_next(&c)) {
            rows++;
            for (int k = 0; k < sqlite3_column_count(c.prepared); k++)
                assert_false(strstr(cursor_text(&c, k), "của người khác") ||
                             cursor_int(&c, k) == 800);
        }
        assert_ok(cursor_close(&c, &f), &f);
        assert_true(rows > 0);
        assert_ok(store_select(h.judge, own[i], ARGS(v_text("CCCC"), v_int(1)), &c, &f), &f);
        assert_false(cursor_next(&c));
        assert_ok(cursor_close(&c, &f), &f);
    }
    take_down(&h);
}

/* ---- the authorizer itself ---- */

static int prepare_as(sqlite3 *db, const char *sql)
{
    sqlite3_stmt *s = NULL;
    int rc = sqlite3_prepare_v2(db, sql, -1, &s, NULL);
    sqlite3_finalize(s);
    return rc;
}

/* Tables a role may read at all; every other table of the schema is refused, also ones added later. */
static const struct {
    access_role who;
    const char *tables; /* between blanks */
} readable[] = {
    {BY_JUDGE, " contest track round criterion blind blind_page sheet sheet_revision mark_revision "
               "mark sheet_note suspicion audit_head "},
    {BY_PUBLIC, " contest certificate publication public_rule "},
    {BY_LOGIN, " user judge session login_failure second_factor recovery_code audit_head "},
};

static bool may_read(const char *tables, const char *table_name)
{
    char word[64];
    snprintf(word, sizeof word, " %s ", table_name);
    return strstr(tables, word) != NULL;
}

TEST("each role may name its own tables and no other, whatever the SQL")
{
    static const char *const forms[] = {
        "SELECT count(*) FROM %s",
        "SELECT 1 FROM %s LIMIT 1",
        "SELECT (SELECT max(rowid) FROM %s)",
        "SELECT 1 WHERE EXISTS (SELECT 1 FROM %s)",
        "WITH x AS (SELECT * FROM %s) SELECT count(*) FROM x",
    };
    blind_house h;
    build(&h, &identities[0]);
    for (size_t r = 0; r < sizeof readable / sizeof *readable; r++) {
        sqlite3 *db, *names;
        sqlite3_stmt *list;
        size_t refused = 0;
        assert_int_equal(sqlite3_open(h.path, &names), SQLITE_OK);
        assert_int_equal(sqlite3_open(h.path, &db), SQLITE_OK);
        assert_int_equal(access_install(db, &readable[r].who), SQLITE_OK);
        assert_int_equal(sqlite3_prepare_v2(names,
                                            "SELECT name FROM sqlite_schema WHERE type = 'table'",
                                            -1, &list, NULL),
                         SQLITE_OK);
        while (sqlite3_step(list) == SQLITE_ROW) {
            const char *name = (const char *)sqlite3_column_text(list, 0);
            if (may_read(readable[r].tables, name))
                continue;
            for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
                char *sql = sqlite3_mprintf(forms[i], name);
                if (prepare_as(db, sql) == SQLITE_OK)
                    fail_msg("role %d: %s", readable[r].who, sql);
                sqlite3_free(sql);
                refused++;
            }
        }
        assert_true(refused > 100);
        sqlite3_finalize(list);
        sqlite3_close(names);
        sqlite3_close(db);
    }
    take_down(&h);
}

TEST("a judge's connection cannot write identity, attach a file, change a setting or read a "
     "definition")
{
    static const char *const refused[] = {
        "SELECT name FROM identity_author",
        "SELECT title FROM entry",
        "SELECT display FROM identity_text",
        "SELECT entry_id FROM identity_phach",
        "SELECT definition FROM contest",
        "SELECT * FROM contest",
        "SELECT actor FROM audit",
        "SELECT purpose FROM sheet",
        "SELECT points FROM calibration",
        "UPDATE sheet_revision SET comment = ''",
        "DELETE FROM mark_revision",
        "UPDATE identity_phach SET entry_id = 1",
        "DELETE FROM sheet",
        "UPDATE blind SET text = ''",
        "INSERT INTO blind SELECT * FROM blind",
        "SELECT b.text, a.name FROM blind b JOIN identity_phach p ON p.phach = b.phach"
        " JOIN identity_author a ON a.entry_id = p.entry_id",
        "SELECT sql FROM sqlite_schema",
        "ATTACH 'x.db' AS x",
        "PRAGMA table_info(identity_author)",
        "PRAGMA writable_schema = 1",
        "CREATE TABLE mine (x)",
        "CREATE TEMP VIEW v AS SELECT name FROM identity_author",
        "DROP TABLE mark",
        "VACUUM INTO 'copy.db'",
    };
    static const char *const allowed[] = {
        "SELECT phach, title, text FROM blind",
        "SELECT name FROM contest",
        "SELECT points FROM mark",
        "UPDATE sheet SET comment = 'x' WHERE sheet_id = 1",
    };
    blind_house h;
    build(&h, &identities[0]);
    sqlite3 *db;
    access_role who = BY_JUDGE;
    assert_int_equal(sqlite3_open(h.path, &db), SQLITE_OK);
    assert_int_equal(access_install(db, &who), SQLITE_OK);
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++)
        if (sqlite3_exec(db, refused[i], NULL, NULL, NULL) == SQLITE_OK)
            fail_msg("accepted: %s", refused[i]);
    for (size_t i = 0; i < sizeof allowed / sizeof *allowed; i++)
        if (prepare_as(db, allowed[i]) != SQLITE_OK)
            fail_msg("refused: %s: %s", allowed[i], sqlite3_errmsg(db));
    sqlite3_close(db);
    take_down(&h);
}

TEST("the public's connection reads awards and draws through their views only, and no further "
     "column")
{
    static const struct {
        const char *sql;
        bool allowed;
    } cases[] = {{"SELECT recipient FROM award", false},
                 {"SELECT reason FROM award", false},
                 {"SELECT seed FROM draw", false},
                 {"SELECT name FROM round", false},
                 {"SELECT name FROM prize", false},
                 {"SELECT entry_id FROM public_result", false},
                 {"SELECT a.recipient FROM public_result r JOIN award a ON a.year = r.year", false},
                 {"SELECT (SELECT max(seed) FROM draw) FROM public_draw", false},
                 {"SELECT reason FROM certificate", false},
                 {"SELECT position, recipient, recipient_unit FROM public_result", true},
                 {"SELECT seed, inputs FROM public_draw WHERE draw_id = 1", true}};
    blind_house h;
    build(&h, &identities[0]);
    sqlite3 *db;
    access_role who = BY_PUBLIC;
    assert_int_equal(sqlite3_open(h.path, &db), SQLITE_OK);
    assert_int_equal(access_install(db, &who), SQLITE_OK);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        if ((prepare_as(db, cases[i].sql) == SQLITE_OK) != cases[i].allowed)
            fail_msg("%s: %s", cases[i].sql, sqlite3_errmsg(db));
    sqlite3_close(db);
    take_down(&h);
}
