/* Patterns are user input: hostile ones end within their limits, and what was cut short is never "absent". */
#include "test.h"

#include "chamthi/buffer.h"
#include "chamthi/clock.h"
#include "check/rules.h"

static pattern *compiled(const char *source)
{
    pattern *p;
    fault f = {0};
    if (pattern_compile(&p, source, &f) != OK)
        fail_msg("%s: %s", source, f.text[LANG_EN]);
    return p;
}

TEST("patterns know Vietnamese letters, and places are bytes of the text")
{
    static const struct {
        const char *pattern, *text, *places; /* "start-end …" */
    } rows[] = {
        {"bản sao", "Bài này là bản sao, không phải bản gốc", "14-23"},
        {"(?i)BẢN SAO", "bản sao và Bản Sao", "0-9 14-23"},
        {"\\bđ\\w+", "đường đi", "0-9 10-13"},
        {"\\p{Lu}", "Ồn ào", "0-3"},
        {"^\\d{4}$", "2016", "0-4"},
        {"x*", "abc", ""},
        {"(?<=a)", "abc", ""},
        {"a\\Kb", "ab", "1-2"},
        {"ab\\K", "ab", ""},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        text_span places[8];
        buffer b = BUFFER_INIT;
        pattern *p = compiled(rows[i].pattern);
        pattern_result r = pattern_search(p, (slice){rows[i].text, strlen(rows[i].text)},
                                          PATTERN_ANYWHERE, places, 8);
        for (size_t k = 0; k < r.count; k++)
            buffer_format(&b, "%s%zu-%zu", k ? " " : "", places[k].start, places[k].end);
        if (strcmp(b.bytes, rows[i].places) != 0)
            fail_msg("%s: “%s”", rows[i].pattern, b.bytes);
        buffer_free(&b);
        pattern_free(p);
    }
}

TEST("a format must fit as a whole")
{
    static const struct {
        const char *pattern, *value;
        pattern_answer answer;
    } rows[] = {
        {"0\\d{9}", "0900111222", PATTERN_FOUND},
        {"0\\d{9}", "0900111222 ", PATTERN_ABSENT},
        {"0\\d{9}", "x0900111222", PATTERN_ABSENT},
        {"a|ab", "ab", PATTERN_FOUND},
        {"", "", PATTERN_FOUND},
        {"[^@]+@[^@]+", "a@b", PATTERN_FOUND},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        pattern *p = compiled(rows[i].pattern);
        pattern_result r = pattern_search(p, (slice){rows[i].value, strlen(rows[i].value)},
                                          PATTERN_WHOLE, NULL, 0);
        if (r.answer != rows[i].answer)
            fail_msg("%s on “%s”", rows[i].pattern, rows[i].value);
        pattern_free(p);
    }
}

TEST("what is no pattern is refused with its place, and so is a long one")
{
    static const struct {
        const char *pattern, *part;
    } rows[] = {
        {"(", "byte 2"}, {"[a", "byte 3"}, {"a{2,1}", "byte"},
        {"*", "byte"},   {"\\C", "byte"},  {"(?<x", "byte"},
    };
    fault f = {0};
    pattern *p;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        assert_int_equal(pattern_compile(&p, rows[i].pattern, &f), E_INPUT);
        assert_null(p);
        if (!strstr(f.text[LANG_EN], rows[i].part))
            fail_msg("%s: %s", rows[i].pattern, f.text[LANG_EN]);
    }
    char longest[PATTERN_SIZE + 2];
    memset(longest, 'a', sizeof longest);
    longest[PATTERN_SIZE] = '\0';
    assert_ok(pattern_compile(&p, longest, &f), &f);
    pattern_free(p);
    longest[PATTERN_SIZE] = 'a';
    longest[PATTERN_SIZE + 1] = '\0';
    assert_int_equal(pattern_compile(&p, longest, &f), E_INPUT);
}

/* ---- hostile ones ---- */

/* What each is run on: letters without end, blanks, brackets, prose, and last the words that are banned,
 * so that a rule which stops early must not say that they are not there. */
typedef enum { LETTERS, BLANKS, BRACKETS, PROSE } hostile_text;

static const struct {
    const char *pattern;
    hostile_text text;
} hostile[] = {
    {"(a+)+$", LETTERS},
    {"(a|a)*[?!]", LETTERS},
    {"(a|aa)+[?!]", LETTERS},
    {"(a*)*[?!]", LETTERS},
    {"^(([a-z])+.)+[A-Z]([a-z])+$", LETTERS},
    {"(.*a){25}[?!]", LETTERS},
    {"(\\w+\\s?)+[?!]", PROSE},
    {"(\\s*\\S*\\s*)*[?!]", PROSE},
    {"(?:(?:\\w+)+\\s*)+\\d{40}", PROSE},
    {"(.+)\\1+[?!]", LETTERS},
    {"(\\p{L}+\\p{M}*)+\\p{N}{9}", LETTERS},
    {"(?=(a+))+a*[bc][?!]", LETTERS},
    {"\\s+$[?!]", BLANKS},
    {"( +)*[\\t\\v]", BLANKS},
    {"(\\((?:[^()]|(?1))*\\))[xy]", BRACKETS},
    {"(?R)?a[?!]", LETTERS},
    {"((((((((((a?){9}){9}){9})?)+)+)+)+)+)[?!]", LETTERS},
    {"(?s).*.*.*.*.*.*\\d{30}", PROSE},
    {"(?i)(ạ|Ạ|a)+(?<!x)(b|B)*[?!]", LETTERS},
    {"(x+x+)+[yz]|(a+a+)+[yz]|( + +)+[yz]", LETTERS},
};
enum { HOSTILE = sizeof hostile / sizeof *hostile };

static void make_text(hostile_text kind, buffer *b)
{
    static const char *const units[] = {"a", " ", "((a", "người tốt việc tốt ở phường "};
    enum { SIZE = 40000 };
    while (b->size < SIZE)
        buffer_text(b, units[kind]);
    buffer_text(b, " lời cấm)");
}

TEST("twenty hostile patterns each end within their time, and say that they were too costly")
{
    assert_int_equal(HOSTILE, 20);
    for (size_t i = 0; i < HOSTILE; i++) {
        text_span places[4];
        buffer b = BUFFER_INIT;
        pattern *p = compiled(hostile[i].pattern);
        make_text(hostile[i].text, &b);
        int64_t before = clock_cpu_nanoseconds();
        pattern_result r = pattern_search(p, (slice){b.bytes, b.size}, PATTERN_ANYWHERE, places, 4);
        int64_t spent = (clock_cpu_nanoseconds() - before) / 1000000;
        if (spent > 2 * PATTERN_MILLISECONDS) /* sanitizers and a look at the clock between steps */
            fail_msg("%s: %lld ms", hostile[i].pattern, (long long)spent);
        if (r.answer != PATTERN_TOO_COSTLY)
            fail_msg("%s: answered %d after %ld steps", hostile[i].pattern, r.answer, r.steps);
        buffer_free(&b);
        pattern_free(p);
    }
}

/* A contest with one banned phrase beside a hostile pattern for the same phrase. */
static contest_pattern ban(const char *key, const char *use, const char *source)
{
    return (contest_pattern){.key = key,
                             .name = "dùng lời cấm",
                             .use = use,
                             .in = "text",
                             .pattern = source,
                             .basis = {.from = PROVENANCE_FOUND, .source = "QĐ 1"}};
}

TEST("no hostile pattern hides a finding: the banned words are found beside it, and a search cut "
     "short is "
     "itself a finding")
{
    for (size_t i = 0; i < HOSTILE; i++) {
        char alternative[PATTERN_SIZE];
        fault f = {0};
        arena *mem = arena_new(1 << 22);
        buffer b = BUFFER_INIT;
        make_text(hostile[i].text, &b);
        snprintf(alternative, sizeof alternative, "%s|lời cấm", hostile[i].pattern);
        contest_pattern rules[] = {ban("cheo", "banned", alternative),
                                   ban("thang", "banned", "lời cấm"),
                                   ban("can", "required", hostile[i].pattern)};
        rule_pattern list[3];
        for (size_t k = 0; k < 3; k++)
            list[k] = (rule_pattern){&rules[k], NULL, compiled(rules[k].pattern), rules[k].key};
        contest c = {.year = 2024};
        check_findings found = {0};
        check_entry e = {.text = {b.bytes, b.size}};
        rules_run r = {.mem = mem, .c = &c, .patterns = list, .pattern_count = 3, .out = &found};
        assert_ok(rules_patterns(&r, &e, &f), &f);
        bool plain = false, hidden = true;
        for (size_t k = 0; k < found.count; k++) {
            plain |= strcmp(found.items[k].rule, "thang") == 0 &&
                     found.items[k].level == SEVERITY_REJECT && found.items[k].span_count == 1;
            hidden &= strcmp(found.items[k].rule, "cheo") != 0;
            bool costly = strstr(found.items[k].vi, "quá tốn kém") != NULL;
            if (strcmp(found.items[k].rule, "can") == 0 && !costly)
                fail_msg("%s: said to be absent", hostile[i].pattern);
        }
        if (!plain || hidden)
            fail_msg("%s: plain %d, hidden %d", hostile[i].pattern, plain, hidden);
        for (size_t k = 0; k < 3; k++)
            pattern_free(list[k].compiled);
        buffer_free(&b);
        arena_free(mem);
    }
}

/* ---- phrases and formats as rules ---- */

TEST("banned and required phrases and formats, in the text and in fields, broken and kept")
{
    static const check_author authors[] = {{.name = "A", .phone = "0900 111 222", .email = ""},
                                           {.name = "B", .phone = "12", .email = ""}};
    static const struct {
        const char *use, *in, *pattern;
        const char *text, *title;
        size_t author_count;
        int spans; /* of the finding, -1: none */
    } rows[] = {
        {"banned", "text", "(?i)photo\\s*copy", "Bài Photocopy. Lại photo copy.", "", 1, 2},
        {"banned", "text", "photo", "Bài viết tay.", "", 1, -1},
        {"banned", "text", "photo", "", "", 1, -1},
        {"banned", "title", "^\\s*\\d", "", "1. Bài", 1, 0},
        {"banned", "title", "^\\s*\\d", "", "Bài 1", 1, -1},
        {"required", "text", "Kính gửi", "Kính gửi Ban Tổ chức", "", 1, -1},
        {"required", "text", "Kính gửi", "Thưa Ban Tổ chức", "", 1, 0},
        {"format", "phone", "[0-9 .+-]{9,15}", "", "", 1, -1},
        {"format", "phone", "[0-9 .+-]{9,15}", "", "", 2, 0},
        {"format", "email", "[^@]+@[^@]+", "", "", 2, -1}, /* nobody gave one */
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        fault f = {0};
        arena *mem = arena_new(1 << 20);
        contest_pattern rule = ban("k", rows[i].use, rows[i].pattern);
        rule.in = rows[i].in;
        rule_pattern one = {&rule, NULL, compiled(rule.pattern), "pattern.k"};
        contest c = {.year = 2024};
        check_findings found = {0};
        check_entry e = {.text = {rows[i].text, strlen(rows[i].text)},
                         .title = rows[i].title,
                         .authors = authors,
                         .author_count = rows[i].author_count};
        rules_run r = {.mem = mem, .c = &c, .patterns = &one, .pattern_count = 1, .out = &found};
        assert_ok(rules_patterns(&r, &e, &f), &f);
        if ((int)found.count != (rows[i].spans >= 0) ||
            (found.count && found.items[0].span_count != (size_t)rows[i].spans))
            fail_msg("row %zu: %zu findings", i, found.count);
        pattern_free(one.compiled);
        arena_free(mem);
    }
}
