/* The rules: each with an entry that keeps it and one that breaks it, for every provenance. */
#include "test.h"

#include "chamthi/buffer.h"
#include "check/place.h"
#include "check/same_subject.h"

#define REGULATION "QĐ 36/2015"

static const check_author writer = {.name = "Nguyễn Thị Mẫu",
                                    .name_key = "nguyễn thị mẫu",
                                    .name_fold = "nguyen thi mau",
                                    .unit = "",
                                    .unit_fold = "",
                                    .address = "Thôn 1, xã Vân Hà",
                                    .phone = "0900 111 222",
                                    .email = ""};

/* An entry that keeps every rule below. */
static check_entry good_entry(void)
{
    return (check_entry){.id = 1,
                         .receipt = "2016-00001",
                         .track = "essay",
                         .place = {"essay", "", ""},
                         .medium = MEDIUM_TYPED,
                         .subject_place = SUBJECT_INSIDE,
                         .syllables = 1450,
                         .title = "Một bài",
                         .sent_by = "Quận Tây Hồ",
                         .received = {2016, 5, 4},
                         .words = 1400,
                         .seconds = -1,
                         .published = "",
                         .publisher = "",
                         .url = "",
                         .subject = "Lê Văn Tốt",
                         .subject_kind = "",
                         .subject_address = "",
                         .subject_unit = "",
                         .subject_group = "",
                         .authors = &writer,
                         .author_count = 1,
                         .text = {"", 0}};
}

static figure number(provenance from, int64_t n)
{
    return (figure){.from = from, .number = n, .source = REGULATION};
}

static figure on_day(provenance from, int year, int month, int day)
{
    return (figure){.from = from, .day = {year, month, day}, .source = REGULATION};
}

static contest rules_of(provenance from)
{
    static const char *const required[] = {"author", "phone", "address|unit", "subject"};
    static const char *const publishers[] = {"Báo Hànộimới", "Đài Phát thanh và Truyền hình Hà Nội",
                                             "Báo X"};
    static const char *const media[] = {"typed", "handwritten", "video"};
    static const char *const city[] = {"Hà Nội"};
    static const char *const typeset[] = {"khổ A4", "cỡ chữ 14", "Times New Roman"};
    figure source = {.from = from, .stated = true, .source = REGULATION};
    return (contest){.year = 2016,
                     .rules = {.words_least = number(from, 1300),
                               .words_most = number(from, 1500),
                               .pages_least = number(from, 2),
                               .pages_most = number(from, 6),
                               .seconds_least = number(from, 60),
                               .seconds_most = number(from, 420),
                               .authors_most = number(from, 3),
                               .publishers = {source, publishers, 3},
                               .media = {source, media, 3},
                               .subject_within = {source, city, 1},
                               .typeset = {source, typeset, 3},
                               .press_until = on_day(from, 2016, 7, 15),
                               .opens = on_day(from, 2016, 1, 1),
                               .closes = on_day(from, 2016, 7, 15),
                               .press_from = on_day(from, 2015, 8, 1),
                               .required = {source, required, 4}}};
}

static check_findings run_rules(arena *mem, provenance from, const check_entry *e)
{
    fault f = {0};
    check_findings found = {0};
    contest c = rules_of(from);
    rules_run r = {.mem = mem, .c = &c, .out = &found};
    assert_ok(rules_check(&r, e, &f), &f);
    return found;
}

typedef void change(check_entry *e);
#define CHANGE(name, ...)                                                                          \
    static void name(check_entry *e)                                                               \
    {                                                                                              \
        __VA_ARGS__;                                                                               \
    }
static const check_author no_phone = {"A", "a", "a", "", "", "Thôn 1", "", "", 0};
static const check_author no_place = {"A", "a", "a", "", "", "", "0900 111 222", "", 0};
static const check_author unit_only = {"A", "a", "a", "Trường X", "truong x", "", "0900 111 222",
                                       "",  0};
static const check_author two[] = {{"A", "a", "a", "", "", "", "", "", 0},
                                   {"B", "b", "b", "", "", "Thôn 1", "0900 111 222", "", 0}};
static const check_author three[] = {{"A", "a", "a", "", "", "Thôn 1", "0900 111 222", "", 0},
                                     {"B", "b", "b", "", "", "", "", "", 0},
                                     {"C", "c", "c", "", "", "", "", "", 0},
                                     {"D", "d", "d", "", "", "", "", "", 0}};
static const check_author nameless = {"", "", "", "", "", "Thôn 1", "0900 111 222", "", 0};
CHANGE(nothing, (void)e)
CHANGE(at_least, e->words = 1300)
CHANGE(under_least, e->words = 1299)
CHANGE(at_most, e->words = 1500)
CHANGE(over_most, e->words = 1501)
CHANGE(declared_over, e->words = 1720; e->words_by = WORDS_DECLARED)
CHANGE(not_counted, e->words = -1)
CHANGE(short_report, e->words = 90; e->track = "discovery")
CHANGE(work_in_time, e->seconds = 420; e->words = 10)
CHANGE(work_too_long, e->seconds = 421; e->words = 10)
CHANGE(first_day, e->received = ((date){2016, 1, 1}))
CHANGE(day_before, e->received = ((date){2015, 12, 31}))
CHANGE(last_day, e->received = ((date){2016, 7, 15}))
CHANGE(day_after, e->received = ((date){2016, 7, 16}))
CHANGE(next_year, e->received = ((date){2017, 2, 1}))
CHANGE(without_phone, e->authors = &no_phone)
CHANGE(without_place, e->authors = &no_place)
CHANGE(with_unit, e->authors = &unit_only)
CHANGE(second_gives, e->authors = two; e->author_count = 2)
CHANGE(without_name, e->authors = &nameless)
CHANGE(without_subject, e->subject = "")
CHANGE(press_good, e->track = "press"; e->published = "2015-08-01"; e->publisher = "Báo X")
CHANGE(press_old, e->track = "press"; e->published = "2015-07-31"; e->publisher = "Báo X")
CHANGE(press_undated, e->track = "press"; e->publisher = "Báo X")
CHANGE(press_nowhere, e->track = "press"; e->published = "2016-02-01")
CHANGE(essay_undated, e->published = "")
CHANGE(press_late, e->track = "press"; e->published = "2016-07-16"; e->publisher = "Báo X")
CHANGE(press_last, e->track = "press"; e->published = "2016-07-15"; e->publisher = "Báo X")
CHANGE(press_short, e->track = "press"; e->published = "2016-02-01";
       e->publisher = "Hà Nội mới điện tử")
CHANGE(press_other, e->track = "press"; e->published = "2016-02-01"; e->publisher = "Tạp chí Y")
CHANGE(work_too_short, e->seconds = 59; e->words = 10)
CHANGE(three_authors, e->authors = three; e->author_count = 3)
CHANGE(four_authors, e->authors = three; e->author_count = 4)
CHANGE(sound, e->medium = MEDIUM_AUDIO)
CHANGE(film, e->medium = MEDIUM_VIDEO)
CHANGE(no_medium, e->medium = MEDIUM_UNKNOWN)
CHANGE(unplaced, e->subject_place = SUBJECT_UNPLACED)
CHANGE(in_another_province, e->subject_place = SUBJECT_OUTSIDE; e->subject_address = "Hưng Yên")

static const struct {
    change *make;
    const char *rule; /* NULL: no finding */
    const char *part; /* of the Vietnamese message */
} cases[] = {
    {nothing, NULL, NULL},
    {at_least, NULL, NULL},
    {under_least, "length.least", "chỉ có 1299 từ"},
    {at_most, NULL, NULL},
    {over_most, "length.most", "1501 từ (số máy đếm)"},
    {declared_over, "length.most", "1720 từ (số đơn vị khai)"},
    {not_counted, NULL, NULL},
    {short_report, NULL, NULL},
    {work_in_time, NULL, NULL},
    {work_too_long, "duration.most", "7 phút 01 giây"},
    {first_day, NULL, NULL},
    {day_before, "received.early", "31/12/2015"},
    {last_day, NULL, NULL},
    {day_after, "received.late", "15/7/2016"},
    {next_year, "received.late", "1/2/2017"},
    {without_phone, "field.required", "số điện thoại"},
    {without_place, "field.required", "địa chỉ tác giả hoặc đơn vị công tác"},
    {with_unit, NULL, NULL},
    {second_gives, NULL, NULL},
    {without_name, "field.required", "họ tên tác giả"},
    {without_subject, "field.required", "tên nhân vật"},
    {press_good, NULL, NULL},
    {press_old, "press.published", "31/7/2015"},
    {press_undated, "press.published", "chưa ghi ngày đăng"},
    {press_nowhere, "press.publisher", "cơ quan báo chí"},
    {essay_undated, NULL, NULL},
    {press_late, "press.published.late", "sau ngày được tính cuối cùng 15/7/2016"},
    {press_last, NULL, NULL},
    {press_short, NULL, NULL},
    {press_other, "press.accepted", "“Tạp chí Y”"},
    {work_too_short, "duration.least", "0 phút 59 giây"},
    {three_authors, NULL, NULL},
    {four_authors, "authors.most", "bài có 4 tác giả"},
    {sound, "media.accepted", "phát thanh"},
    {film, NULL, NULL},
    {no_medium, NULL, NULL},
    {unplaced, NULL, NULL},
    {in_another_province, "subject.place", "ở tỉnh khác"},
};
enum { CASES = sizeof cases / sizeof *cases };

TEST("a broken rule with a found figure may reject and names its source")
{
    arena *mem = arena_new(1 << 22);
    for (size_t i = 0; i < CASES; i++) {
        check_entry e = good_entry();
        cases[i].make(&e);
        check_findings found = run_rules(mem, PROVENANCE_FOUND, &e);
        if (found.count != (cases[i].rule ? 1 : 0))
            fail_msg("row %zu: %zu findings, %s", i, found.count,
                     found.count ? found.items[0].vi : "");
        if (!cases[i].rule)
            continue;
        assert_string_equal(found.items[0].rule, cases[i].rule);
        assert_int_equal(found.items[0].level, SEVERITY_REJECT);
        assert_string_equal(found.items[0].source, REGULATION);
        if (!strstr(found.items[0].vi, cases[i].part))
            fail_msg("row %zu: “%s” lacks “%s”", i, found.items[0].vi, cases[i].part);
    }
    arena_free(mem);
}

TEST("the same rule with an inferred figure only warns and says so")
{
    arena *mem = arena_new(1 << 22);
    for (size_t i = 0; i < CASES; i++) {
        check_entry e = good_entry();
        cases[i].make(&e);
        check_findings found = run_rules(mem, PROVENANCE_INFERRED, &e);
        assert_int_equal(found.count, cases[i].rule ? 1 : 0);
        if (!cases[i].rule)
            continue;
        assert_int_equal(found.items[0].level, SEVERITY_WARN);
        assert_non_null(strstr(found.items[0].vi, "suy đoán nên chỉ nhắc: " REGULATION));
    }
    arena_free(mem);
}

TEST("an unknown figure says nothing; only a press work without its publisher still warns")
{
    arena *mem = arena_new(1 << 22);
    for (size_t i = 0; i < CASES; i++) {
        check_entry e = good_entry();
        cases[i].make(&e);
        check_findings found = run_rules(mem, PROVENANCE_UNKNOWN, &e);
        bool publisher = cases[i].rule && strcmp(cases[i].rule, "press.publisher") == 0;
        assert_int_equal(found.count, publisher);
        if (publisher)
            assert_int_equal(found.items[0].level, SEVERITY_WARN);
    }
    arena_free(mem);
}

TEST("a source's address on the web stays out of the sentence and in the finding")
{
    arena *mem = arena_new(1 << 20);
    fault f = {0};
    check_findings found = {0};
    contest c = rules_of(PROVENANCE_FOUND);
    c.rules.closes.source = "Báo X, 2016, https://example.vn/a-b.html";
    check_entry e = good_entry();
    day_after(&e);
    rules_run r = {.mem = mem, .c = &c, .out = &found};
    assert_ok(rules_check(&r, &e, &f), &f);
    assert_int_equal(found.count, 1);
    assert_non_null(strstr(found.items[0].vi, "(căn cứ: Báo X, 2016)"));
    assert_string_equal(found.items[0].source, c.rules.closes.source);
    arena_free(mem);
}

TEST("what is too long is shown: the words beyond the limit, as bytes of the text")
{
    arena *mem = arena_new(1 << 22);
    buffer b = BUFFER_INIT;
    for (int i = 1; i <= 1503; i++)
        buffer_format(&b, "%schữ%d", i == 1 ? "" : i % 10 == 0 ? "\n" : " ", i);
    check_entry e = good_entry();
    e.text = (slice){b.bytes, b.size};
    e.words = 1503;
    check_findings found = run_rules(mem, PROVENANCE_FOUND, &e);
    assert_int_equal(found.count, 1);
    text_span s = found.items[0].spans[0];
    static const char wanted[] = "chữ1501 chữ1502 chữ1503";
    assert_int_equal(s.end - s.start, strlen(wanted));
    assert_memory_equal(b.bytes + s.start, wanted, strlen(wanted));
    buffer_free(&b);
    arena_free(mem);
}

TEST("equal facts keep their evidence hash, other facts, figures and provenances change it")
{
    arena *mem = arena_new(1 << 22);
    check_entry e = good_entry();
    e.words = 1600;
    check_findings a = run_rules(mem, PROVENANCE_FOUND, &e),
                   b = run_rules(mem, PROVENANCE_FOUND, &e);
    assert_memory_equal(a.items[0].evidence_hash, b.items[0].evidence_hash, HASH_SIZE);
    e.words = 1601;
    b = run_rules(mem, PROVENANCE_FOUND, &e);
    assert_memory_not_equal(a.items[0].evidence_hash, b.items[0].evidence_hash, HASH_SIZE);
    e.words = 1600;
    b = run_rules(mem, PROVENANCE_INFERRED, &e);
    assert_memory_not_equal(a.items[0].evidence_hash, b.items[0].evidence_hash, HASH_SIZE);
    arena_free(mem);
}

TEST("a text typed without marks gets a note; Vietnamese, short and empty texts do not")
{
    static const struct {
        const char *text;
        bool noted;
    } texts[] = {
        {"", false},
        {"Kinh gui Ban To chuc", false},
        {"Ba cu ban nuoc dau ngo nam nay da ngoai tam muoi, sang nao cung day tu bon gio de nau "
         "mot "
         "noi che that to cho cac chau hoc sinh di hoc som uong mien phi.",
         true},
        {"Bà cụ bán nước đầu ngõ năm nay đã ngoài tám mươi, sáng nào cũng dậy từ bốn giờ để nấu "
         "một "
         "nồi chè thật to cho các cháu học sinh đi học sớm uống miễn phí.",
         false},
        {"“…” – ‘…’ ” “ 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25", false},
    };
    arena *mem = arena_new(1 << 22);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        check_entry e = good_entry();
        e.text = (slice){texts[i].text, strlen(texts[i].text)};
        check_findings found = run_rules(mem, PROVENANCE_FOUND, &e);
        assert_int_equal(found.count, texts[i].noted);
        if (texts[i].noted) {
            assert_int_equal(found.items[0].level, SEVERITY_NOTE);
            assert_int_equal(found.items[0].spans[0].start, 0);
            assert_true(found.items[0].spans[0].end > 20);
        }
    }
    arena_free(mem);
}

/* ---- people ---- */

TEST("a barred person is found by name and birth year, telephone or unit; by name alone it only "
     "warns")
{
    static const struct {
        const char *what;
        check_author author;
        check_barred barred;
        int level; /* -1: another person */
    } people[] = {
        {"same year",
         {"Lại Thế Hùng", "lại thế hùng", "lai the hung", "", "", "", "", "", 1969},
         {"lại thế hùng", "lai the hung", "", "", "giám khảo GK03", "judge GK03", 1969},
         SEVERITY_REJECT},
        {"same year, marks lost",
         {"LAI THE HUNG", "lai the hung", "lai the hung", "", "", "", "", "", 1969},
         {"lại thế hùng", "lai the hung", "", "", "giám khảo GK03", "judge GK03", 1969},
         SEVERITY_REJECT},
        {"another year",
         {"Lại Thế Hùng", "lại thế hùng", "lai the hung", "Báo X", "bao x", "", "0900111222", "",
          1970},
         {"lại thế hùng", "lai the hung", "bao x", "0900111222", "giám khảo", "judge", 1969},
         -1},
        {"one year unknown",
         {"Lại Thế Hùng", "lại thế hùng", "lai the hung", "", "", "", "", "", 0},
         {"lại thế hùng", "lai the hung", "", "", "giám khảo", "judge", 1969},
         SEVERITY_WARN},
        {"no year, same telephone",
         {"Lại Thế Hùng", "lại thế hùng", "lai the hung", "", "", "", "+84 900 111 222", "", 0},
         {"lại thế hùng", "lai the hung", "", "0900.111.222", "giám khảo", "judge", 1969},
         SEVERITY_REJECT},
        {"no year, other telephone",
         {"Lại Thế Hùng", "lại thế hùng", "lai the hung", "", "", "", "0900 111 223", "", 0},
         {"lại thế hùng", "lai the hung", "", "0900 111 222", "giám khảo", "judge", 0},
         SEVERITY_WARN},
        {"no year, same unit",
         {"Lại Thế Hùng", "lại thế hùng", "lai the hung", "Báo X", "bao x", "", "", "", 0},
         {"lại thế hùng", "lai the hung", "bao x", "", "giám khảo", "judge", 0},
         SEVERITY_REJECT},
        {"another name",
         {"Lại Thế Hưng", "lại thế hưng", "lai the hung 2", "", "", "", "", "", 1969},
         {"lại thế hùng", "lai the hung", "", "", "giám khảo", "judge", 1969},
         -1},
        {"no name",
         {"", "", "", "", "", "", "", "", 0},
         {"", "", "", "", "giám khảo", "judge", 0},
         -1},
    };
    arena *mem = arena_new(1 << 22);
    for (size_t i = 0; i < sizeof people / sizeof *people; i++) {
        fault f = {0};
        check_findings found = {0};
        check_entry e = good_entry();
        e.authors = &people[i].author;
        rules_run r = {.mem = mem, .out = &found};
        assert_ok(rules_check_barred(&r, &e, &people[i].barred, 1, &f), &f);
        if (found.count != (people[i].level >= 0) ||
            (found.count && (int)found.items[0].level != people[i].level))
            fail_msg("%s: %zu findings", people[i].what, found.count);
        if (found.count) { /* findings are kept and shown widely: no name in them */
            assert_null(strstr(found.items[0].vi, "Hùng"));
            assert_non_null(strstr(found.items[0].vi, people[i].barred.who_vi));
        }
    }
    arena_free(mem);
}

TEST("every author of a group is compared with every barred person")
{
    static const check_barred barred[] = {{"a", "a", "", "", "giám khảo 1", "judge 1", 1960},
                                          {"b", "b", "", "", "giám khảo 2", "judge 2", 1961}};
    static const check_author group[] = {{"B", "b", "b", "", "", "", "", "", 1961},
                                         {"C", "c", "c", "", "", "", "", "", 1962},
                                         {"A", "a", "a", "", "", "", "", "", 1960}};
    arena *mem = arena_new(1 << 22);
    fault f = {0};
    check_findings found = {0};
    check_entry e = good_entry();
    e.authors = group;
    e.author_count = 3;
    rules_run r = {.mem = mem, .out = &found};
    assert_ok(rules_check_barred(&r, &e, barred, 2, &f), &f);
    assert_int_equal(found.count, 2);
    assert_non_null(strstr(found.items[0].vi, "tác giả thứ 1"));
    assert_non_null(strstr(found.items[1].vi, "tác giả thứ 3"));
    arena_free(mem);
}

TEST("telephones compare by their digits")
{
    static const struct {
        const char *text, *digits;
    } phones[] = {
        {"0900 111 222", "0900111222"},
        {"0900.111.222", "0900111222"},
        {"+84 900 111 222", "0900111222"},
        {"84900111222", "0900111222"},
        {"(+84) 900-111-222", "0900111222"},
        {"024 3825 1234", "02438251234"},
        {"113", ""},
        {"", ""},
        {"không có", ""},
    };
    arena *mem = arena_new(1 << 20);
    for (size_t i = 0; i < sizeof phones / sizeof *phones; i++)
        assert_string_equal(rules_phone(mem, phones[i].text), phones[i].digits);
    arena_free(mem);
}

/* ---- estimates, addresses ---- */

TEST("pages are an estimate from the words: they only ever warn")
{
    static const struct {
        int64_t words;
        const char *rule;
    } lengths[] = {
        {1400, NULL}, {300, "pages.least"}, {301, NULL}, {3300, NULL}, {3301, "pages.most"}};
    arena *mem = arena_new(1 << 22);
    for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
        fault f = {0};
        check_findings found = {0};
        contest c = rules_of(PROVENANCE_FOUND);
        c.rules.words_least = c.rules.words_most = number(PROVENANCE_UNKNOWN, 0);
        check_entry e = good_entry();
        e.words = lengths[i].words;
        rules_run r = {.mem = mem, .c = &c, .out = &found};
        assert_ok(rules_check(&r, &e, &f), &f);
        assert_int_equal(found.count, lengths[i].rule ? 1 : 0);
        if (!found.count)
            continue;
        assert_string_equal(found.items[0].rule, lengths[i].rule);
        assert_int_equal(found.items[0].level, SEVERITY_WARN);
        assert_non_null(strstr(found.items[0].vi, "ước từ"));
    }
    arena_free(mem);
}

TEST("a limit counted in syllables looks at syllables")
{
    arena *mem = arena_new(1 << 22);
    fault f = {0};
    check_findings found = {0};
    contest c = rules_of(PROVENANCE_FOUND);
    check_entry e = good_entry();
    e.syllables = 1501;
    rules_run r = {.mem = mem, .c = &c, .out = &found};
    assert_ok(rules_check(&r, &e, &f), &f);
    assert_int_equal(found.count, 0);
    c.rules.length_counts = "syllables";
    assert_ok(rules_check(&r, &e, &f), &f);
    assert_int_equal(found.count, 1);
    assert_non_null(strstr(found.items[0].vi, "bài dài 1501 chữ"));
    arena_free(mem);
}

TEST("an address lies in the city by its units' names, outside by another province's")
{
    static const struct {
        const char *address;
        int where;
    } addresses[] = {
        {"", SUBJECT_UNPLACED},
        {" , ", SUBJECT_UNPLACED},
        {"Tổ 9, phường Bưởi, quận Tây Hồ", SUBJECT_INSIDE},
        {"Tổ 9, P. Bưởi, Q.Tây Hồ, Hà Nội", SUBJECT_INSIDE},
        {"TAY HO", SUBJECT_INSIDE},
        {"Số 5 ngõ 12 Thụy Khuê", SUBJECT_UNREAD},
        {"Thôn Đoài, xã Tân Tiến, huyện Văn Giang, tỉnh Hưng Yên", SUBJECT_OUTSIDE},
        {"Thôn Tây Hồ, xã X, Thái Bình", SUBJECT_OUTSIDE},
        {"Phố Huế, quận Tây Hồ", SUBJECT_INSIDE},
        {"TP. Hải Phòng", SUBJECT_OUTSIDE},
    };
    static const char *const units[] = {"ha noi",      "thanh pho ha noi", "tay ho",
                                        "quan tay ho", "phuong buoi",      ""};
    arena *mem = arena_new(1 << 20);
    fault f = {0};
    place_names names = {0};
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        assert_ok(place_add(&names, mem, units[i], &f), &f);
    place_sort(&names);
    for (size_t i = 0; i < sizeof addresses / sizeof *addresses; i++)
        if ((int)place_look(&names, mem, addresses[i].address) != addresses[i].where)
            fail_msg("“%s”", addresses[i].address);
    arena_free(mem);
}

/* ---- entries of one author ---- */

TEST("an author with too many entries is found by name and birth year, telephone or unit; by name "
     "alone "
     "it only warns")
{
    static const check_writer all[] = {
        {{.name_fold = "le an", .phone = "0900 111 222", .unit_fold = ""}, 1, "2016-00001"},
        {{.name_fold = "le an", .phone = "+84 900111222", .unit_fold = ""}, 2, "2016-00002"},
        {{.name_fold = "le an", .phone = "", .unit_fold = ""}, 3, "2016-00003"},
        {{.name_fold = "le binh", .phone = "0900 111 222", .unit_fold = ""}, 4, "2016-00004"},
    };
    static const struct {
        int64_t limit;
        int level; /* -1: no finding */
    } limits[] = {{1, SEVERITY_REJECT}, {2, SEVERITY_WARN}, {3, -1}};
    arena *mem = arena_new(1 << 22);
    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++) {
        fault f = {0};
        check_findings found = {0};
        contest c = rules_of(PROVENANCE_FOUND);
        c.rules.entries_most = number(PROVENANCE_FOUND, limits[i].limit);
        check_entry e = good_entry();
        e.authors = &all[0].who;
        rules_run r = {.mem = mem, .c = &c, .out = &found};
        assert_ok(rules_check_entries(&r, &e, all, 4, &f), &f);
        assert_int_equal(found.count, limits[i].level >= 0);
        if (!found.count)
            continue;
        assert_int_equal(found.items[0].level, limits[i].level);
        assert_non_null(strstr(found.items[0].vi, "2016-00001, 2016-00002, 2016-00003"));
    }
    arena_free(mem);
}

/* ---- overlays ---- */

static const char overlaid[] =
    "year: 2021\nname: X\norganizer: X\nplace: X\nsignatory: {title: X}\n"
    "tracks:\n  - {key: essay, name: A}\n  - {key: press, name: B}\n"
    "rules:\n"
    "  words_least: {provenance: unknown}\n"
    "  words_most: {value: 1500, provenance: found, source: S}\n"
    "  closes: {value: 2021-06-30, provenance: found, source: S}\n"
    "overlays:\n"
    "  - {track: press, rules: {words_most: {provenance: unknown}}}\n"
    "  - unit: Quận Tây Hồ\n"
    "    rules:\n"
    "      words_least: {value: 900, provenance: found, source: KH Tây Hồ}\n"
    "      closes: {value: 2021-05-15, provenance: inferred, source: KH Tây Hồ}\n"
    "  - {unit: Quận Tây Hồ, track: press, rules: {closes: {value: 2021-05-20, provenance: found,"
    " source: KH Tây Hồ}}}\n"
    "rounds:\n  - {key: so-khao, name: S, per_entry: 2, provenance: inferred, source: S, criteria:"
    " [{key: a, name: A, most: 10, step: 1}]}\n"
    "prizes:\n  - {key: nhat, name: N, quota: {provenance: unknown}}\n";

TEST("overlays change what they state for their track and unit, and an unknown there says nothing")
{
    static const struct {
        const char *what;
        rules_place at;
        int64_t words;
        date received;
        const char *rules; /* "key severity …" */
    } cases_[] = {
        {"the year's own", {"essay", "001", "01"}, 1600, {2021, 6, 1}, "length.most/2 "},
        {"not yet late in the city", {"essay", "001", "01"}, 800, {2021, 6, 1}, ""},
        {"a press work has no limit", {"press", "001", "01"}, 1600, {2021, 6, 1}, ""},
        {"the district's own least", {"essay", "003", "01"}, 800, {2021, 5, 1}, "length.least/2 "},
        {"and the year's most", {"essay", "003", "01"}, 1600, {2021, 5, 1}, "length.most/2 "},
        {"its deadline is inferred",
         {"essay", "003", "01"},
         1000,
         {2021, 5, 16},
         "received.late/1 "},
        {"a commune in it", {"essay", "00103", "003"}, 1000, {2021, 5, 16}, "received.late/1 "},
        {"its press works later", {"press", "003", "01"}, 1600, {2021, 5, 18}, ""},
        {"and then late", {"press", "003", "01"}, 1600, {2021, 5, 21}, "received.late/2 "},
    };
    arena *mem = arena_new(1 << 22);
    fault f = {0};
    contest *c;
    assert_ok(contest_parse(mem, "x.yaml", (slice){overlaid, strlen(overlaid)}, &c, &f), &f);
    for (size_t i = 0; i < c->overlay_count; i++)
        c->overlays[i].unit_code = *c->overlays[i].unit ? "003" : "";
    for (size_t i = 0; i < sizeof cases_ / sizeof *cases_; i++) {
        check_findings found = {0};
        buffer b = BUFFER_INIT;
        check_entry e = good_entry();
        e.track = cases_[i].at.track;
        e.publisher = "Báo X";
        e.place = cases_[i].at;
        e.words = cases_[i].words;
        e.received = cases_[i].received;
        rules_run r = {.mem = mem, .c = c, .out = &found};
        assert_ok(rules_check(&r, &e, &f), &f);
        for (size_t k = 0; k < found.count; k++)
            buffer_format(&b, "%s/%d ", found.items[k].rule, (int)found.items[k].level);
        if (strcmp(b.bytes, cases_[i].rules) != 0)
            fail_msg("%s: “%s”", cases_[i].what, b.bytes);
        buffer_free(&b);
    }
    arena_free(mem);
}

/* ---- subjects ---- */

static check_findings run_subjects(arena *mem, const check_subjects *all, const check_entry *e)
{
    fault f = {0};
    check_findings found = {0};
    contest c = {.year = 2016};
    rules_run r = {.mem = mem, .c = &c, .out = &found};
    assert_ok(rules_check_subject(&r, e, all, NULL, &f), &f);
    return found;
}

static void add_subject(check_subjects *all, arena *mem, int64_t id, int64_t year, const char *name,
                        const char *address, const char *unit)
{
    fault f = {0};
    check_subject one = {.entry_id = id,
                         .year = year,
                         .receipt = "2015-00001",
                         .title = "Bài trước",
                         .address = address,
                         .unit = unit,
                         .commended = ""};
    assert_ok(subjects_add(all, mem, &one, name, &f), &f);
}

TEST("a subject is the same by name and place or unit, a namesake by name alone, whatever the "
     "marks, "
     "honorifics and the way the address is written")
{
    static const struct {
        const char *name, *address, *unit; /* of this entry */
        const char *rule;                  /* NULL: nothing to say */
    } rows[] = {
        {"Dương Thị Liễu", "Xã Nam Sơn, huyện Sóc Sơn", "", "subject.same"},
        {"bà Dương Thị Liễu", "thôn Đông, xã Nam Sơn, huyện Sóc Sơn", "", "subject.same"},
        {"DƯƠNG THỊ LIỄU", "", "Trạm Y tế xã Nam Sơn", "subject.same"},
        {"Duong Thi Lieu", "Nam Sơn, Sóc Sơn", "", "subject.namesake"},
        {"Dương Thị Liễu", "Xã Minh Phú, huyện Sóc Sơn", "", "subject.namesake"},
        {"Dương Thị Liễu", "", "", "subject.namesake"},
        {"Dương Thị Liều", "Xã Nam Sơn, huyện Sóc Sơn", "", "subject.same"},
        {"Dương Thị Liên", "Xã Nam Sơn, huyện Sóc Sơn", "", NULL},
        {"", "Xã Nam Sơn, huyện Sóc Sơn", "", NULL},
    };
    arena *mem = arena_new(1 << 22);
    check_subjects *all = ARENA_NEW(mem, check_subjects);
    add_subject(all, mem, 7, 2015, "Chị Dương Thị Liễu", "Xã Nam Sơn, huyện Sóc Sơn",
                "Trạm Y tế xã Nam Sơn");
    subjects_sort(all);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        check_entry e = good_entry();
        e.subject = rows[i].name;
        e.subject_address = rows[i].address;
        e.subject_unit = rows[i].unit;
        check_findings found = run_subjects(mem, all, &e);
        if (found.count != (rows[i].rule != NULL) ||
            (rows[i].rule && strcmp(found.items[0].rule, rows[i].rule) != 0))
            fail_msg("row %zu: %zu findings, %s", i, found.count,
                     found.count ? found.items[0].rule : "");
        if (!rows[i].rule)
            continue;
        assert_int_equal(found.items[0].level, SEVERITY_NOTE);
        assert_int_equal(found.items[0].other, 7);
    }
    arena_free(mem);
}

TEST("the name of another entry's subject is found in a text with its place, once, and never one's "
     "own or a "
     "later entry's")
{
    static const struct {
        const char *text;
        int64_t other; /* 0: nothing */
        size_t start;
    } rows[] = {
        {"Bà nhớ ông Đỗ Văn Khải lắm. Đỗ Văn Khải lái đò.", 7, 15},
        {"BÀ NHỚ ÔNG ĐỖ VĂN KHẢI LẮM", 7, 15},
        {"bà nhớ ông đỗ văn khải", 0, 0},
        {"Đỗ Văn, Khải và Văn Khải", 0, 0},
        {"Lê Văn Tốt là nhân vật của bài này.", 0, 0},
        {"Trần Thị Sau đến sau.", 0, 0},
        {"", 0, 0},
    };
    arena *mem = arena_new(1 << 22);
    check_subjects *all = ARENA_NEW(mem, check_subjects);
    add_subject(all, mem, 7, 2015, "Đỗ Văn Khải", "", "");
    add_subject(all, mem, 9, 2016, "Trần Thị Sau", "", "");
    subjects_sort(all);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        check_entry e = good_entry();
        e.text = (slice){rows[i].text, strlen(rows[i].text)};
        check_findings found = run_subjects(mem, all, &e);
        if (found.count != (rows[i].other != 0))
            fail_msg("row %zu: %zu findings", i, found.count);
        if (!found.count)
            continue;
        assert_string_equal(found.items[0].rule, "subject.mentioned");
        assert_int_equal(found.items[0].other, rows[i].other);
        assert_int_equal(found.items[0].spans[0].start, rows[i].start);
    }
    arena_free(mem);
}
