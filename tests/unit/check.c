/* The rules: each with an entry that keeps it and one that breaks it, for every provenance. */
#include "test.h"

#include "chamthi/buffer.h"
#include "check/rules.h"

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
    return (check_entry){.track = "essay",
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
    return (contest){.year = 2016,
                     .rules = {.words_least = number(from, 1300),
                               .words_most = number(from, 1500),
                               .seconds_most = number(from, 420),
                               .opens = on_day(from, 2016, 1, 1),
                               .closes = on_day(from, 2016, 7, 15),
                               .press_from = on_day(from, 2015, 8, 1),
                               .required = required,
                               .required_count = 4,
                               .required_source = {.from = from, .source = REGULATION}}};
}

static check_findings run_rules(arena *mem, provenance from, const check_entry *e)
{
    fault f = {0};
    check_findings found = {0};
    contest c = rules_of(from);
    assert_ok(rules_check(mem, &c, e, &found, &f), &f);
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
        if (strcmp(cases[i].rule, "press.publisher") != 0)
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
    assert_ok(rules_check(mem, &c, &e, &found, &f), &f);
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
    text_span s = found.items[0].span;
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
            assert_int_equal(found.items[0].span.start, 0);
            assert_true(found.items[0].span.end > 20);
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
        assert_ok(rules_check_barred(mem, &e, &people[i].barred, 1, &found, &f), &f);
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
    assert_ok(rules_check_barred(mem, &e, barred, 2, &found, &f), &f);
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
