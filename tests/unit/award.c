/* Awards: who gets which prize, and the life of an award in the database. */
#include "test.h"

#include "award/pick.h"
#include "chamthi/award.h"
#include "chamthi/file.h"

/* ---- the ladder ---- */
/* Entries as "track:points", prizes as "track:places:least", track * for any; the outcome of each entry is
 * a prize's index, "-" or "?" with the best prize in question. */
typedef struct {
    const char *sentence, *prizes, *entries, *outcome, *left;
} ladder_case;

static const ladder_case ladders[] = {
    {"the best get the best prizes", "a:1:0 a:2:0", "a:900 a:800 a:700 a:600", "0 1 1 -", "0 0"},
    {"each track has its own ladder", "a:1:0 b:1:0", "a:900 a:800 b:100", "0 - 1", "0 0"},
    {"nobody below the minimum wins", "a:1:850 a:2:500", "a:800 a:600 a:400", "1 1 -", "1 0"},
    {"a prize stays empty when entries run out", "a:1:0 a:3:0", "a:900 a:800", "0 1", "0 2"},
    {"a tie inside one prize is no tie", "a:2:0 a:1:0", "a:800 a:800 a:700", "0 0 1", "0 0"},
    {"a tie at the line between prizes is left to people", "a:1:0 a:2:0", "a:800 a:800 a:700 a:600",
     "?0 ?0 1 -", "0 0"},
    {"a tie at the last place is left to people", "a:2:0", "a:900 a:800 a:800 a:700", "0 ?0 ?0 -",
     "0"},
    {"those below a tie keep what is safe either way", "a:1:0 a:1:0 a:1:0",
     "a:800 a:800 a:700 a:600", "?0 ?0 2 -", "0 0 0"},
    {"a tie of three over two prizes", "a:1:0 a:1:0", "a:800 a:800 a:800 a:700", "?0 ?0 ?0 -",
     "0 0"},
    {"a prize for all tracks goes to the best of all", "*:1:0 a:1:0 b:1:0",
     "b:950 a:900 b:800 a:700", "0 1 2 -", "0 0 0"},
    {"the grand prize may stay empty and its entries win below", "*:1:950 a:1:0", "a:900 a:800",
     "1 -", "1 0"},
    {"a tie for the grand prize leaves those tracks to people", "*:1:0 a:1:0 b:1:0 c:1:0",
     "a:900 b:900 c:800 a:700", "?0 ?0 3 -", "0 w w 0"},
    {"a tie for two grand prizes of three stays among them", "*:2:0 a:1:0", "a:900 a:900 a:800",
     "0 0 1", "0 0"},
    {"equal points that the tie order told apart are no tie", "a:1:0 a:1:0", "a:800:1 a:800:2",
     "0 1", "0 0"},
    {"those it left level still are", "a:1:0 a:1:0", "a:800:1 a:800:1 a:800:3", "?0 ?0 -", "0 0"},
    {"an unknown quota gives nothing", "a:0:0 a:1:0", "a:900 a:800", "1 -", "0 0"},
    {"no entries", "a:1:0", "", "", "1"},
    {"no prizes", "", "a:900", "-", ""},
};

static int64_t track_number(char c)
{
    return c == '*' ? ANY_TRACK : c - 'a' + 1;
}

static size_t read_prizes(const char *text, pick_prize *out)
{
    size_t n = 0;
    char track;
    long long left, least;
    int used;
    for (; sscanf(text, " %c:%lld:%lld%n", &track, &left, &least, &used) == 3; text += used)
        out[n++] = (pick_prize){track_number(track), least, left};
    return n;
}

static size_t read_entries(const char *text, pick_entry *out)
{
    size_t n = 0;
    char track;
    long long points;
    int used;
    for (; sscanf(text, " %c:%lld%n", &track, &points, &used) == 2; text += used) {
        out[n++] = (pick_entry){.track = track_number(track), .points = points};
        if (text[used] == ':') { /* told apart by the rulebook's tie order */
            char *end;
            out[n - 1].rank = strtoll(text + used + 1, &end, 10);
            used = (int)(end - text);
        }
    }
    return n;
}

TEST("prizes follow the ranking, and no tie at a line is broken by the program")
{
    for (size_t i = 0; i < sizeof ladders / sizeof *ladders; i++) {
        pick_prize prizes[8];
        pick_entry entries[8];
        size_t prize_count = read_prizes(ladders[i].prizes, prizes);
        size_t entry_count = read_entries(ladders[i].entries, entries);
        char outcome[64] = "", left[64] = "";
        award_pick(prizes, prize_count, entries, entry_count);
        for (size_t k = 0; k < entry_count; k++) {
            char one[16] = "-";
            if (entries[k].result != PICK_NONE)
                snprintf(one, sizeof one, "%s%zu", entries[k].result == PICK_TIED ? "?" : "",
                         entries[k].prize);
            snprintf(outcome + strlen(outcome), sizeof outcome - strlen(outcome), "%s%s",
                     k ? " " : "", one);
        }
        for (size_t k = 0; k < prize_count; k++) {
            char one[32] = "w";
            if (prizes[k].left != PLACES_WAIT)
                snprintf(one, sizeof one, "%lld", (long long)prizes[k].left);
            snprintf(left + strlen(left), sizeof left - strlen(left), "%s%s", k ? " " : "", one);
        }
        if (strcmp(outcome, ladders[i].outcome) != 0 || strcmp(left, ladders[i].left) != 0)
            fail_msg("%s: got %s | %s, wanted %s | %s", ladders[i].sentence, outcome, left,
                     ladders[i].outcome, ladders[i].left);
    }
}

TEST("however the points fall, no prize is given twice and nobody is passed over")
{
    srand(2024);
    for (int round = 0; round < 3000; round++) {
        pick_prize prizes[5];
        pick_entry entries[12];
        int64_t places[5];
        for (size_t p = 0; p < 5; p++) {
            places[p] = rand() % 3;
            prizes[p] = (pick_prize){p == 0 ? ANY_TRACK : 1 + (int)p % 2, rand() % 5, places[p]};
        }
        int64_t points = 14;
        for (size_t i = 0; i < 12; i++) {
            points -= rand() % 3;
            entries[i] = (pick_entry){.track = 1 + rand() % 2, .points = points > 0 ? points : 0};
        }
        award_pick(prizes, 5, entries, 12);
        for (size_t p = 0; p < 5; p++) {
            int64_t given = 0;
            for (size_t i = 0; i < 12; i++)
                given += entries[i].result == PICK_PRIZE && entries[i].prize == p;
            assert_true(given <= places[p]);
        }
        for (size_t i = 0; i < 12; i++) {
            if (entries[i].result != PICK_PRIZE)
                continue;
            const pick_prize *won = &prizes[entries[i].prize];
            assert_true(entries[i].points >= won->least);
            assert_true(won->track == ANY_TRACK || won->track == entries[i].track);
            for (size_t k = 0; k < i; k++) /* a better entry of the track has something too */
                if (entries[k].track == entries[i].track && entries[k].points > entries[i].points)
                    assert_int_not_equal(entries[k].result, PICK_NONE);
        }
    }
}

/* ---- lists of earlier years ---- */
typedef struct {
    char folder[64], db_path[96], csv[96];
    store *db;
    arena *mem;
    fault f;
} office;

static const char definition[] =
    "year: 2016\nname: Cuộc thi 2016\norganizer: Ban Tổ chức\nplace: Hà Nội\n"
    "signatory: {title: TRƯỞNG BAN, name: \"\"}\n"
    "tracks:\n  - {key: essay, name: Bài viết}\n"
    "rules:\n  words_least: {provenance: unknown}\n  words_most: {provenance: unknown}\n"
    "  seconds_most: {provenance: unknown}\n  opens: {provenance: unknown}\n"
    "  closes: {provenance: unknown}\n  press_from: {provenance: unknown}\n"
    "  required: {provenance: unknown}\n"
    "rounds:\n  - key: cuoi\n    name: Chung khảo\n    per_entry: 1\n    provenance: inferred\n"
    "    source: thử\n    criteria:\n      - {key: a, name: Điểm, most: 10, step: 0.5}\n"
    "prizes:\n  - {key: nhat, name: Giải Nhất, track: essay, quota: {value: 1, provenance: "
    "inferred, source: thử}}\n";

static void office_start(office *o)
{
    char yaml[96];
    int64_t year;
    bool changed;
    memset(o, 0, sizeof *o);
    test_folder(o->folder);
    snprintf(o->db_path, sizeof o->db_path, "%s/c.db", o->folder);
    snprintf(o->csv, sizeof o->csv, "%s/list.csv", o->folder);
    snprintf(yaml, sizeof yaml, "%s/2016.yaml", o->folder);
    o->mem = arena_new(64 << 20);
    assert_ok(store_open(&o->db, o->db_path, BY_ORGANIZER, STORE_CREATE, &o->f), &o->f);
    assert_ok(file_write(yaml, definition, strlen(definition), &o->f), &o->f);
    assert_ok(contest_load(o->db, o->mem, "cli:test", yaml, &year, &changed, &o->f), &o->f);
}

static void office_end(office *o)
{
    store_close(o->db);
    arena_free(o->mem);
    test_folder_remove(o->folder);
}

static status load(office *o, const char *csv, award_load_result *r)
{
    assert_ok(file_write(o->csv, csv, strlen(csv), &o->f), &o->f);
    return award_load(o->db, o->mem, "cli:test", o->csv, 2016, r, &o->f);
}

TEST("a list with Vietnamese or English headers loads once, however often it is given")
{
    static const char *const lists[] = {
        "họ tên,đơn vị,tên bài,giải,thể loại,quyết định,ngày quyết định\n"
        "Phạm Thuý Nga,Trường THCS,Bếp lửa,Giải Nhất,bài viết,15/QĐ-BTC,2016-09-15\n",
        "Name;Unit;Title;Prize;Track;Decision;Decision_date\r\n"
        "Lý An;;Cô giáo;Giải Nhất;essay;15/QĐ-BTC;15/9/2016\r\n"};
    office o;
    office_start(&o);
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        award_load_result first, again;
        assert_ok(load(&o, lists[i], &first), &o.f);
        assert_int_equal(first.added, 1);
        assert_ok(load(&o, lists[i], &again), &o.f);
        assert_int_equal(again.added, 0);
        assert_int_equal(again.unchanged, 1);
    }
    office_end(&o);
}

TEST("a wrong row is named with its line, and then nothing is loaded")
{
    static const struct {
        const char *csv, *part;
    } cases[] = {
        {"họ tên,giải\nAn,Giải Nhất\n,Giải Nhì\n", "dòng 3: cột họ tên trống"},
        {"họ tên,giải\nAn,\n", "dòng 2: cột giải trống"},
        {"họ tên,giải,ngày quyết định\nAn,Nhất,31/2/2016\n", "dòng 2: ngày quyết định"},
        {"họ tên,giải,quyết định\nAn,Nhất,15/QĐ\n", "thiếu ngày: 15/QĐ"},
        {"họ tên,giải,đối tượng\nAn,Nhất,con mèo\n", "con mèo"},
        {"họ tên\nAn\n", "không thấy dòng tiêu đề"},
        {"", "không thấy dòng tiêu đề"},
        {"họ tên,giải,cấp\nAn,Nhất,làng\n", "không có: làng"},
        {"họ tên,giải,cơ quan khen thưởng\nAn,Bằng khen,UBND\n", "thiếu chức danh người ký"},
        {"họ tên,giải,cấp,cơ quan khen thưởng,chức danh người ký,quyết định,ngày quyết định\n"
         "An,Bằng khen,thành phố,Ủy ban nhân dân quận Ba Đình,Chủ tịch,1/QĐ,1/9/2016\n",
         "không phải cơ quan cấp thành phố"},
        {"họ tên,giải\nA\xEF\xBF\xBD(,Nhất\n", "UTF-8"}};
    office o;
    office_start(&o);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        award_load_result r;
        assert_int_equal(load(&o, cases[i].csv, &r), E_INPUT);
        if (!strstr(o.f.text[LANG_VI], cases[i].part))
            fail_msg("%s\nlacks: %s", o.f.text[LANG_VI], cases[i].part);
        int64_t count = 0;
        cursor c;
        assert_ok(store_select(o.db, Q_AWARD_LIST, ARGS(v_int(2016), v_text("")), &c, &o.f), &o.f);
        while (cursor_next(&c))
            count++;
        assert_ok(cursor_close(&c, &o.f), &o.f);
        assert_int_equal(count, 0);
    }
    office_end(&o);
}

TEST("a list is read as offices lay it out, and whatever is no award is named")
{
    office o;
    office_start(&o);
    award_load_result r;
    cursor c;
    assert_ok(load(&o,
                   "DANH SÁCH ĐOẠT GIẢI,,,,\n(Kèm theo Quyết định),,,,\n"
                   "TT,Họ và tên (tác giả),Giải thưởng,Số QĐ,Ngày QĐ\n"
                   "1,Phạm Thuý Nga,Nhất,15/QĐ-BTC,ngày 15 tháng 9 năm 2016\n"
                   "2,\"Lý An\nVũ Hà\",giải nhất,nt,nt\n"
                   "Tổng cộng: 2 giải,,,,\n",
                   &r),
              &o.f);
    assert_int_equal(r.added, 2);
    assert_int_equal(r.unused_count, 1);
    assert_string_equal(r.unused[0], "TT");
    assert_int_equal(r.aside_count, 1);
    assert_string_equal(r.aside[0].text, "Tổng cộng: 2 giải");
    assert_ok(store_select(o.db, Q_AWARD_LIST, ARGS(v_int(2016), v_text("decided")), &c, &o.f),
              &o.f);
    static const char *const wanted[][2] = {{"Giải Nhất", "Phạm Thuý Nga"},
                                            {"Giải Nhất", "Lý An; Vũ Hà"}};
    for (size_t i = 0; i < 2; i++) {
        assert_true(cursor_next(&c));
        assert_string_equal(cursor_text(&c, 3), wanted[i][0]);
        assert_string_equal(cursor_text(&c, 5), wanted[i][1]);
        assert_string_equal(cursor_text(&c, 9), "15/QĐ-BTC");
        assert_string_equal(cursor_text(&c, 10), "2016-09-15");
    }
    assert_ok(cursor_close(&c, &o.f), &o.f);
    office_end(&o);
}

TEST("a list that comes again, with its decisions or without, adds no award")
{
    static const char *const lists[] = {
        "name,prize\nLý An,Giải Nhất\n",
        "name,prize,decision,decision_date\nLý An,Nhất,15/QĐ-BTC,2016-09-15\n"};
    office o;
    office_start(&o);
    award_load_result r;
    assert_ok(load(&o, lists[0], &r), &o.f);
    assert_int_equal(r.added, 1);
    assert_ok(load(&o, lists[1], &r), &o.f);
    assert_int_equal(r.added, 0);
    assert_int_equal(r.decided, 1);
    for (size_t i = 0; i < 2; i++) {
        assert_ok(load(&o, lists[i], &r), &o.f);
        assert_int_equal(r.unchanged, 1);
        assert_int_equal(r.added + r.decided, 0);
    }
    office_end(&o);
}

TEST("an award without its decision stays a proposal")
{
    office o;
    office_start(&o);
    award_load_result r;
    cursor c;
    assert_ok(load(&o, "name,prize\nLý An,Giải Nhất\n", &r), &o.f);
    assert_ok(store_select(o.db, Q_AWARD_LIST, ARGS(v_int(2016), v_text("proposed")), &c, &o.f),
              &o.f);
    assert_true(cursor_next(&c));
    assert_string_equal(cursor_text(&c, 5), "Lý An");
    assert_false(cursor_next(&c));
    assert_ok(cursor_close(&c, &o.f), &o.f);
    office_end(&o);
}

/* ---- decisions ---- */
TEST("an award goes from proposed to decided, held, back, and revoked, and no other way")
{
    static const struct {
        award_action action;
        status wanted;
        const char *state;
    } steps[] = {{AWARD_HOLD, E_CONFLICT, "proposed"},
                 {AWARD_REVOKE, E_CONFLICT, "proposed"},
                 {(award_action)-1, OK, "decided"},
                 {AWARD_RELEASE, E_CONFLICT, "decided"},
                 {AWARD_HOLD, OK, "held"},
                 {AWARD_HOLD, E_CONFLICT, "held"},
                 {AWARD_RELEASE, OK, "decided"},
                 {AWARD_HOLD, OK, "held"},
                 {AWARD_REVOKE, OK, "revoked"},
                 {AWARD_RELEASE, E_CONFLICT, "revoked"},
                 {(award_action)-1, E_CONFLICT, "revoked"}};
    office o;
    office_start(&o);
    award_load_result r;
    assert_ok(load(&o, "name,prize\nLý An,Giải Nhất\n", &r), &o.f);
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        int64_t decided, id = 1;
        cursor c;
        status st =
            (int)steps[i].action == -1
                ? award_decide(o.db, o.mem, "cli:test", 2016, &id, 1,
                               &(award_decision){.number = "15/QĐ-BTC", .day = {2016, 9, 15}},
                               &decided, &o.f)
                : award_act(o.db, "cli:test", 1, steps[i].action, "vì", NULL, &o.f);
        assert_int_equal(st, steps[i].wanted);
        assert_ok(store_select(o.db, Q_AWARD_GET, ARGS(v_int(1)), &c, &o.f), &o.f);
        assert_true(cursor_next(&c));
        assert_string_equal(cursor_text(&c, 1), steps[i].state);
        assert_ok(cursor_close(&c, &o.f), &o.f);
    }
    assert_int_equal(award_act(o.db, "cli:test", 99, AWARD_HOLD, "vì", NULL, &o.f), E_MISSING);
    assert_int_equal(award_act(o.db, "cli:test", 1, AWARD_HOLD, "", NULL, &o.f), E_INPUT);
    office_end(&o);
}

TEST("a decision has one authority, of its own level, and one signatory")
{
    static const struct {
        award_decision d;
        status wanted;
    } cases[] = {
        {{.number = "15/QĐ-BTC", .day = {2016, 9, 15}}, OK},
        {{.number = "15/QĐ-BTC", .day = {2016, 9, 15}, .signatory = "Chủ tịch"}, E_CONFLICT},
        {{.number = "15/QĐ-BTC", .day = {2016, 9, 16}, .signatory = "Chủ tịch"}, OK},
        {{"16/QĐ",
          {2016, 9, 15},
          "city",
          "Chủ tịch Ủy ban nhân dân thành phố Hà Nội",
          "Chủ tịch",
          ""},
         OK},
        {{"17/QĐ", {2016, 9, 15}, "district", "Chủ tịch Ủy ban nhân dân thành phố Hà Nội", "x", ""},
         E_INPUT},
        {{"17/QĐ", {2016, 9, 15}, "district", "Ủy ban nhân dân huyện Thường Tín", "Chủ tịch", ""},
         OK},
        {{"18/QĐ", {2016, 9, 15}, "commune", "Ủy ban nhân dân quận Ba Đình", "x", ""}, E_INPUT},
        {{"18/QĐ", {2016, 9, 15}, "department", "Hội Nhà báo", "Chủ tịch", ""}, OK},
        {{"19/QĐ", {2016, 9, 15}, "city", "Ủy ban nhân dân thành phố Hà Nội", NULL, NULL}, E_INPUT},
        {{"19/QĐ", {2016, 9, 15}, "thon", NULL, NULL, NULL}, E_INPUT}};
    office o;
    office_start(&o);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const award_commendation who = {.name = arena_format(o.mem, "Tập thể %zu", i),
                                        .prize = "Bằng khen"};
        int64_t id, decided;
        assert_ok(award_commend(o.db, o.mem, "cli:test", 2016, &who, &id, &o.f), &o.f);
        assert_int_equal(award_commend(o.db, o.mem, "cli:test", 2016, &who, &id, NULL), E_CONFLICT);
        status st =
            award_decide(o.db, o.mem, "cli:test", 2016, &id, 1, &cases[i].d, &decided, &o.f);
        if (st != cases[i].wanted)
            fail_msg("case %zu: %d, %s", i, (int)st, fault_text(&o.f, LANG_VI));
    }
    office_end(&o);
}
