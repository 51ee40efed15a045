/* Two databases that differ only in hidden identity, for the tests of blindness. */
#ifndef BLIND_HOUSE_H
#define BLIND_HOUSE_H

#include "test.h"

#include "chamthi/buffer.h"
#include "chamthi/store.h"
#include "store/internal.h"

/* The shared world: a contest, a round, three blind texts, two judges with their sheets. */
static const char world[] =
    "INSERT INTO contest VALUES (2024, 'Cuộc thi', 'year: 2024\nbarred: [{name: @}]', x'00', 1);"
    "INSERT INTO track VALUES (1, 2024, 'essay', 'Bài viết', 1);"
    "INSERT INTO round(round_id, year, key, name, position, per_entry, state) VALUES (1, 2024, "
    "'so-khao', 'Sơ khảo', 1, 2, 'open'),"
    " (2, 2024, 'chung-khao', 'Chung khảo', 2, 2, 'planned');"
    "INSERT INTO criterion(criterion_id, round_id, key, name, description, position,"
    " points_min, points_max, points_step) VALUES (1, 1, 'noi-dung', 'Nội dung', '', 1, 0, 1000, "
    "25),"
    " (2, 1, 'the-hien', 'Thể hiện', '', 2, 0, 1000, 25);"
    "INSERT INTO judge(judge_id, code, unit_id, cap, active) VALUES (1, 'GK01', NULL, NULL, 1), "
    "(2, 'GK02', NULL, NULL, 1);"
    "INSERT INTO judge_contest(judge_id, year, tracks) VALUES (1, 2024, ''), (2, 2024, '');"
    "INSERT INTO user VALUES (1, 'gk01', 'judge', 1, 'x', NULL, 1);"
    "INSERT INTO blind VALUES ('AAAA', 1, 1, 'Một', 'Chuyện một.', 2), ('BBBB', 1, 1, 'Hai',"
    " 'Chuyện hai.', 2), ('CCCC', 1, 1, 'Ba', 'Chuyện ba.', 2);"
    "INSERT INTO blind_page VALUES ('AAAA', 1, 'image/png', x'89504E47');"
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
    "INSERT INTO mark_revision VALUES (2, 1, 1, 750), (3, 2, 1, 800);"
    "INSERT INTO sheet_note VALUES (2, 'ghi chú', '0-3'), (3, 'của người khác', '2-5');"
    "INSERT INTO suspicion(sheet_id, text, at) VALUES (3, 'của người khác', 5);";

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
    "INSERT INTO commendation(entry_id, form, level, authority, decision, decision_date)"
    " VALUES (^1, '@', 'unit', '@', '~', '~');"
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

__attribute__((unused)) static void execute(sqlite3 *db, const char *sql)
{
    char *error = NULL;
    if (sqlite3_exec(db, sql, NULL, NULL, &error) != SQLITE_OK)
        fail_msg("%s", error);
}

__attribute__((unused)) static void fill(sqlite3 *db, const char *text, const identity *who)
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

__attribute__((unused)) static void build(blind_house *h, const identity *who)
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

__attribute__((unused)) static void take_down(blind_house *h)
{
    store_close(h->judge);
    test_folder_remove(h->folder);
}

#endif
