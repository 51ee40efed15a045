/* Blindness: what a judge's connection answers does not depend on who wrote what. Two databases differ
 * only in hidden identity; every statement a judge may run must answer both with the same bytes. */
#include "test.h"

#include "chamthi/buffer.h"
#include "chamthi/random.h"
#include "chamthi/store.h"
#include "store/access.h"

/* The shared world: a contest, a round, three blind texts, two judges with their sheets. */
static const char world[] =
    "INSERT INTO contest VALUES (2024, 'Cuộc thi', 'year: 2024\nbarred: [{name: @}]', x'00', 1);"
    "INSERT INTO track VALUES (1, 2024, 'essay', 'Bài viết', 1);"
    "INSERT INTO round VALUES (1, 2024, 'so-khao', 'Sơ khảo', 1, 2, 'open'),"
    " (2, 2024, 'chung-khao', 'Chung khảo', 2, 2, 'planned');"
    "INSERT INTO criterion VALUES (1, 1, 'noi-dung', 'Nội dung', '', 1, 0, 1000, 25),"
    " (2, 1, 'the-hien', 'Thể hiện', '', 2, 0, 1000, 25);"
    "INSERT INTO judge VALUES (1, 'GK01', NULL, NULL, 1), (2, 'GK02', NULL, NULL, 1);"
    "INSERT INTO judge_contest VALUES (1, 2024, ''), (2, 2024, '');"
    "INSERT INTO user VALUES (1, 'gk01', 'judge', 1, 'x', NULL, 1);"
    "INSERT INTO blind VALUES ('AAAA', 1, 1, 'Một', 'Chuyện một.', 2), ('BBBB', 1, 1, 'Hai',"
    " 'Chuyện hai.', 2), ('CCCC', 1, 1, 'Ba', 'Chuyện ba.', 2);"
    "INSERT INTO draw(draw_id, round_id, seed, inputs, inputs_hash, output_hash, per_entry, proof,"
    " state, at) VALUES (1, 1, x'00', '', x'00', x'00', 2, '{}', 'published', 1);"
    "INSERT INTO draw_slot VALUES (1, 'AAAA', 1), (1, 'BBBB', 1), (1, 'BBBB', 2), (1, 'CCCC', 2);"
    "INSERT INTO sheet(sheet_id, round_id, phach, judge_id, state, rev) VALUES"
    " (1, 1, 'AAAA', 1, 'open', 0), (2, 1, 'BBBB', 1, 'draft', 1), (3, 1, 'BBBB', 2, 'submitted', "
    "2),"
    " (4, 1, 'CCCC', 2, 'open', 0);"
    "INSERT INTO mark VALUES (2, 1, 750, 1), (3, 1, 800, 1), (3, 2, 650, 1);"
    "INSERT INTO sheet_revision VALUES (2, 1, 5, 'judge:GK01', 'draft', 'nháp', NULL),"
    " (3, 2, 6, 'user:ban-to-chuc', 'returned', 'của người khác', 'vì sao');"
    "INSERT INTO mark_revision VALUES (2, 1, 1, 750), (3, 2, 1, 800);";

/* Who is who: @ stands in every name, title and text; ^1 ^2 ^3 say which entry is behind which code,
 * ~ moves times, years and lengths. */
static const char secret[] =
    "INSERT INTO unit(unit_id, code, kind, name, full_name, name_fold, full_name_fold)"
    " VALUES (1, 'U~', 'school', '@', '@', '@', '@');"
    "INSERT INTO identity_judge VALUES (1, '@', '@', 19~), (2, 'b @', 'b @', "
    "19~);"
    "INSERT INTO identity_barred VALUES (1, 2024, '@', '@', 'organizer', 19~, '@', "
    "'@');"
    "INSERT INTO identity_blob VALUES (x'~', ~, x'~');"
    "INSERT INTO entry(entry_id, year, receipt, track_id, title, title_fold, unit_id, sent_by,"
    " received_at, first_received_at, word_count, row_key) VALUES"
    " (1, 2024, '2024-0001~', 1, '@ 1', '@', 1, '@', ~, ~, ~, x'01'),"
    " (2, 2024, '2024-0002~', 1, '@ 2', '@', 1, '@', ~, ~, ~, x'02'),"
    " (3, 2024, '2024-0003~', 1, '@ 3', '@', 1, '@', ~, ~, ~, x'03');"
    "INSERT INTO receipt_counter VALUES (2024, 9~);"
    "INSERT INTO identity_text VALUES (1, '@ 1', x'~'), (2, '@ 2', x'~'),"
    " (3, '@ 3', x'~');"
    "INSERT INTO identity_file VALUES (1, 1, 1, '@.docx', x'~', ~);"
    "INSERT INTO identity_attachment(entry_id, name, hash, received_at) VALUES (1, '@.jpg', x'~', "
    "~);"
    "INSERT INTO identity_trace VALUES (x'~', 'creator', '@');"
    "INSERT INTO identity_scan(hash, suggested) VALUES (x'~', '@');"
    "INSERT INTO identity_author(author_id, entry_id, position, name, name_key, name_fold, "
    "birth_year,"
    " address, phone) VALUES (1, 1, 1, '@', '@', '@', 19~, '@', '@'),"
    " (2, 2, 1, 'b @', 'b', 'b', 19~, '', ''), (3, 3, 1, 'c @', 'c', 'c', 19~, '', '');"
    "INSERT INTO subject(entry_id, name, name_fold) VALUES (1, '@', '@');"
    "INSERT INTO finding(entry_id, rule, severity, message_vi, message_en, evidence_hash)"
    " VALUES (^1, 'barred.person', 'reject', '@', '@', x'00');"
    "INSERT INTO similarity(entry_a, entry_b, class, share_a, share_b, evidence_hash)"
    " VALUES (^1, ^2, 'exact', ~, ~, x'00');"
    "INSERT INTO redaction(entry_id, text_hash, byte_start, byte_end, kind)"
    " VALUES (^1, x'00', ~, 9~, '@');"
    "INSERT INTO redaction_review VALUES (^1, x'00', 'skipped', '@', ~);"
    "INSERT INTO identity_phach VALUES ('AAAA', 1, ^1), ('BBBB', 1, ^2), ('CCCC', 1, ^3);"
    "INSERT INTO result VALUES (1, ^1, 'mean', 2, 7~, 7~, 1, 0, NULL);"
    "INSERT INTO quarantine(year, source_key, file_name, reason, message_vi, message_en, at)"
    " VALUES (2024, x'~', '@', 'file.missing', '@', '@', ~);"
    "INSERT INTO award(year, kind, prize, entry_id, recipient, recipient_fold, state)"
    " VALUES (2024, 'entry', 'Nhất', ^1, '@', '@', 'proposed');"
    "INSERT INTO user VALUES (2, '@', 'organizer', NULL, '@', NULL, ~);"
    "INSERT INTO judge_conflict VALUES (1, '@');"
    "INSERT INTO declared_conflict VALUES (3, 'author', '@', ~);";

typedef struct {
    const char *person;
    const char *entries; /* behind the three codes */
    int number;
} identity;

static const identity identities[2] = {{"Nguyễn Thị Lộ", "123", 51}, {"Trần Văn Kín", "312", 84}};

typedef struct {
    char folder[64], path[96];
    store *judge;
} blind_house;

static void execute(sqlite3 *db, const char *sql)
{
    char *error = NULL;
    if (sqlite3_exec(db, sql, NULL, NULL, &error) != SQLITE_OK)
        fail_msg("%s", error);
}

static void fill(sqlite3 *db, const char *text, const identity *who)
{
    buffer b = BUFFER_INIT;
    for (; *text; text++) {
        if (*text == '@')
            buffer_text(&b, who->person);
        else if (*text == '~')
            buffer_format(&b, "%d", who->number);
        else if (*text == '^')
            buffer_byte(&b, who->entries[*++text - '1']);
        else
            buffer_byte(&b, *text);
    }
    execute(db, b.bytes);
    buffer_free(&b);
}

static void build(blind_house *h, const identity *who)
{
    fault f = {0};
    sqlite3 *db;
    store *made;
    test_folder(h->folder);
    snprintf(h->path, sizeof h->path, "%s/chamthi.db", h->folder);
    assert_ok(store_open(&made, h->path, BY_ORGANIZER, STORE_CREATE, &f), &f);
    store_close(made);
    assert_int_equal(sqlite3_open(h->path, &db), SQLITE_OK);
    fill(db, world, who);
    fill(db, secret, who);
    sqlite3_close(db);
    assert_ok(store_open(&h->judge, h->path, BY_JUDGE, STORE_EXISTING, &f), &f);
}

static void take_down(blind_house *h)
{
    store_close(h->judge);
    test_folder_remove(h->folder);
}

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
    {BY_JUDGE,
     " contest track round criterion blind sheet sheet_revision mark_revision mark audit_head "},
    {BY_PUBLIC, " contest certificate "},
    {BY_LOGIN, " user judge session login_failure audit_head "},
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
