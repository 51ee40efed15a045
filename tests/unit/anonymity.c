/* What names the author is proposed, what names the subject is not; and the redacted text. */
#include "test.h"

#include "anonymity/spans.h"
#include "chamthi/buffer.h"

typedef struct {
    const char *what, *author, *unit, *subject, *text;
    const char *wanted; /* "kind=text|kind=text" in order */
} example;

static void find(arena *mem, const example *e, identity_spans *out)
{
    fault f = {0};
    identity_author authors[8];
    size_t count = 0;
    char *copy = arena_string(mem, e->author), *save = NULL;
    for (char *p = strtok_r(copy, ";", &save); p; p = strtok_r(NULL, ";", &save))
        authors[count++] = (identity_author){p + strspn(p, " "), e->unit, "", ""};
    identity_known known = {authors, count, e->subject, "", NULL};
    assert_ok(identity_find(mem, (slice){e->text, strlen(e->text)}, &known, out, &f), &f);
}

static void describe(const example *e, const identity_spans *found, buffer *b)
{
    for (size_t i = 0; i < found->count; i++) {
        buffer_format(b, "%s%s=", i ? "|" : "", found->items[i].kind);
        buffer_put(b, e->text + found->items[i].start, found->items[i].end - found->items[i].start);
    }
}

static void expect(const example *list, size_t count)
{
    arena *mem = arena_new(1 << 22);
    for (size_t i = 0; i < count; i++) {
        identity_spans found;
        buffer b = BUFFER_INIT;
        find(mem, &list[i], &found);
        describe(&list[i], &found, &b);
        if (strcmp(b.bytes, list[i].wanted) != 0)
            fail_msg("%s: “%s”, wanted “%s”", list[i].what, b.bytes, list[i].wanted);
        buffer_free(&b);
    }
    arena_free(mem);
}
#define EXPECT(list) expect(list, sizeof list / sizeof *list)

#define AUTHOR "Thái Thị Thu Hằng"
#define SUBJECT "Dương Văn Sắn"

TEST("the author's full name is found as written, in capitals, without marks and across a line end")
{
    static const example list[] = {
        {"as written", AUTHOR, "", SUBJECT, "Tôi, Thái Thị Thu Hằng, kể lại.",
         "name=Thái Thị Thu Hằng"},
        {"capitals", AUTHOR, "", SUBJECT, "Xin mời cô giáo THÁI THỊ THU HẰNG qua cầu!",
         "name=THÁI THỊ THU HẰNG"},
        {"no marks", AUTHOR, "", SUBJECT, "thai thi thu hang viet", "name=thai thi thu hang"},
        {"line end and spaces", AUTHOR, "", SUBJECT, "Thái Thị\nThu  Hằng",
         "name=Thái Thị\nThu  Hằng"},
        {"hyphens", AUTHOR, "", SUBJECT, "THÁI-THỊ-THU-HẰNG", "name=THÁI-THỊ-THU-HẰNG"},
        {"old and new tone place", "Nguyễn Hòa Thuý", "", "", "Nguyễn Hoà Thúy ký",
         "name=Nguyễn Hoà Thúy"},
        {"twice", AUTHOR, "", SUBJECT, "Thái Thị Thu Hằng và Thái Thị Thu Hằng",
         "name=Thái Thị Thu Hằng|name=Thái Thị Thu Hằng"},
        {"two authors", "Trương Quỳnh Chi; Phí Văn Hoàn", "", SUBJECT,
         "Phí Văn Hoàn đọc, Trương Quỳnh Chi dẫn.", "name=Phí Văn Hoàn|name=Trương Quỳnh Chi"},
        {"another name", AUTHOR, "", SUBJECT, "Thái Thị Thu Hà và Thái Văn Hằng", ""},
        {"without a middle name", AUTHOR, "", SUBJECT, "Thái Thu Hằng", "name=Thái Thu Hằng"},
        {"in part", AUTHOR, "", SUBJECT, "Thái Thị, cô của Thu Hằng", "name=Thu Hằng"},
        {"words between", AUTHOR, "", SUBJECT, "Thái Thị, cô của Thu, Hằng", ""},
        {"one word is no name", "Hằng", "", SUBJECT, "Chị Hằng đến.", ""},
        {"no author", "", "", "", "Chị Hằng đến.", ""},
        {"empty text", AUTHOR, "", SUBJECT, "", ""},
    };
    EXPECT(list);
}

TEST("the given name behind a form of address is found, with the author's own marks")
{
    static const example list[] = {
        {"with the full name", AUTHOR, "", SUBJECT, "– Cô Hằng ơi! Cô giáo THÁI THỊ THU HẰNG đây.",
         "name=Hằng|name=THÁI THỊ THU HẰNG"},
        {"without it", AUTHOR, "", SUBJECT, "– Cô Hằng ơi!", "name=Hằng"},
        {"another Hằng", AUTHOR, "", SUBJECT, "Thái Thị Thu Hằng gặp chị Hằng Nga.",
         "name=Thái Thị Thu Hằng"},
        {"other marks", AUTHOR, "", SUBJECT, "Thái Thị Thu Hằng đi với anh Hang, chị Hàng.",
         "name=Thái Thị Thu Hằng"},
        {"small letter", AUTHOR, "", SUBJECT, "Thái Thị Thu Hằng cho em hằng ngày.",
         "name=Thái Thị Thu Hằng"},
        {"the subject's own", AUTHOR, "", "Lê Thị Hằng", "Thái Thị Thu Hằng gặp chị Hằng.",
         "name=Thái Thị Thu Hằng"},
    };
    EXPECT(list);
}

TEST("the subject's name stays, also when it contains the author's or differs by marks alone")
{
    static const example list[] = {
        {"family", "Dương Văn An", "", SUBJECT, "Dương Văn Sắn là cha của Dương Văn An.",
         "name=Dương Văn An"},
        {"longer name", "Lê Thị Thanh", "", "Lê Thị Thanh Bình",
         "Lê Thị Thanh Bình gặp Lê Thị Thanh.", "name=Lê Thị Thanh"},
        {"only marks differ", "Trần Văn Ấn", "", "Trần Văn Ân", "Trần Văn Ân và Trần Văn Ấn.",
         "name=Trần Văn Ấn"},
        {"the very same name", "Trần Văn Ân", "", "Trần Văn Ân", "Trần Văn Ân kể.", ""},
        {"the very same name, signed", "Trần Văn Ân", "", "Trần Văn Ân",
         "Trần Văn Ân kể.\nNgười viết: Trần Văn Ân", "name=Trần Văn Ân"},
    };
    EXPECT(list);
}

TEST("telephones are found in every way people write them, other figures are not")
{
    static const example list[] = {
        {"plain", "", "", "", "gọi 0900247316 nhé", "phone=0900247316"},
        {"groups", "", "", "", "ĐT 0900 247 316.", "phone=0900 247 316"},
        {"dots", "", "", "", "0900.247.316", "phone=0900.247.316"},
        {"hyphens", "", "", "", "0900-247-316", "phone=0900-247-316"},
        {"abroad", "", "", "", "+84 900 247 316", "phone=+84 900 247 316"},
        {"abroad, no plus", "", "", "", "84900247316", "phone=84900247316"},
        {"land line", "", "", "", "(024) 3825 1234", "phone=024) 3825 1234"},
        {"behind a date", "", "", "", "năm 2018 0900 247 316", "phone=0900 247 316"},
        {"two", "", "", "", "0900 247 316, 0900 247 317", "phone=0900 247 316|phone=0900 247 317"},
        {"money", "", "", "", "1.250.000.000 đồng", ""},
        {"date", "", "", "", "05.10.2018", ""},
        {"year range", "", "", "", "2015 - 2024", ""},
        {"too long", "", "", "", "0900247316001", ""},
        {"long number", "", "", "", "10900247316", ""},
        {"plate", "", "", "", "29X3-045.67", ""},
    };
    EXPECT(list);
}

TEST("e-mail addresses are found, without the full stop behind them")
{
    static const example list[] = {
        {"plain", "", "", "", "Gửi hang.thai@example.vn.", "email=hang.thai@example.vn"},
        {"plus", "", "", "", "<a+b@mail.example.org>", "email=a+b@mail.example.org"},
        {"no dot", "", "", "", "a@b", ""},
        {"no name", "", "", "", "@example.vn", ""},
        {"an at sign", "", "", "", "giá 5 @ 3", ""},
        {"dot only", "", "", "", "a@b.", ""},
    };
    EXPECT(list);
}

TEST("what follows a signature's label is found, with the contact lines beside it")
{
    static const example list[] = {
        {"last line", "A B", "", "", "Hết chuyện.\n\nNgười viết: Giáp Văn Trường, 0900 247 316",
         "signature=Giáp Văn Trường, 0900 247 316"},
        {"capitals without marks", "A B", "", "", "NGUOI VIET : Giap Van Truong",
         "signature=Giap Van Truong"},
        {"first line with unit", "A B", "", "",
         "Họ và tên tác giả: Nghiêm Xuân Hoạch – Đơn vị: Hội Cựu chiến binh xã Vân Hà\nChuyện kể.",
         "signature=Nghiêm Xuân Hoạch – Đơn vị: Hội Cựu chiến binh xã Vân Hà"},
        {"name on the next line", "A B", "", "", "Tác giả:\n\nLê Thị B", "signature=Lê Thị B"},
        {"nothing behind it", "A B", "", "", "Tác giả:", ""},
        {"prose behind it", "A B", "", "",
         "Tác giả:\nMột dòng rất dài không phải là tên của ai cả trong bài này", ""},
        {"in brackets", "A B", "", "", "Hết. (Người viết: Lê Thị B) Phụ lục.",
         "signature=Lê Thị B"},
        {"no colon", "A B", "", "", "Người viết bài này rất vui.", ""},
        {"inside a sentence", "A B", "", "", "Tôi hỏi một người viết: ông đi đâu?", ""},
        {"contact lines", "A B", "", "Lê Văn Tốt",
         "Tác giả: Lê Thị B\nSinh năm: 1961\nĐịa chỉ: Số 5, Thôn Đoài\nĐiện thoại: chưa có",
         "signature=Lê Thị B|contact=1961|contact=Số 5, Thôn Đoài|contact=chưa có"},
        {"the subject's own lines", "A B", "", "Lê Văn Tốt",
         "Họ và tên: Lê Văn Tốt\nĐịa chỉ: Thôn Đoài\nNăm sinh: 1950\nÔng kể.", ""},
    };
    EXPECT(list);
}

TEST("the author's unit is found in a short line, not in the story")
{
    static const example list[] = {
        {"short line", "A B", "Trường THCS Ngọc Thụy", "",
         "Trường THCS Ngọc Thuỵ, quận Long Biên\nKể.", "unit=Trường THCS Ngọc Thuỵ"},
        {"story", "A B", "Trường THCS Ngọc Thụy", "",
         "Buổi sáng hôm ấy ở sân Trường THCS Ngọc Thụy, các em học sinh xếp hàng từ rất sớm để chờ "
         "thầy.",
         ""},
    };
    EXPECT(list);
}

TEST("each redacted span becomes one mark; overlapping and touching ones become one together")
{
    static const struct {
        identity_span spans[4];
        size_t count;
        const char *wanted;
    } cases[] = {
        {{{0}}, 0, "abc def ghi"},
        {{{0, 3, "name"}}, 1, "[…] def ghi"},
        {{{4, 7, "name"}}, 1, "abc […] ghi"},
        {{{8, 11, "name"}}, 1, "abc def […]"},
        {{{0, 3, "name"}, {8, 11, "name"}}, 2, "[…] def […]"},
        {{{0, 5, "name"}, {2, 7, "name"}}, 2, "[…] ghi"},
        {{{0, 7, "name"}, {2, 5, "name"}, {8, 11, "name"}}, 3, "[…]"},
        {{{0, 3, "name"}, {4, 7, "name"}}, 2, "[…] ghi"},
        {{{0, 11, "name"}}, 1, "[…]"},
    };
    static const char text[] = "abc def ghi";
    arena *mem = arena_new(1 << 20);
    fault f = {0};
    slice out;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_ok(identity_redact(mem, (slice){text, strlen(text)}, cases[i].spans, cases[i].count,
                                  &out, &f),
                  &f);
        assert_int_equal(out.size, strlen(cases[i].wanted));
        assert_memory_equal(out.bytes, cases[i].wanted, out.size);
    }
    assert_ok(identity_redact(mem, (slice){"", 0}, NULL, 0, &out, &f), &f);
    assert_int_equal(out.size, 0);
    identity_span beyond = {4, 20, "name"};
    assert_int_equal(identity_redact(mem, (slice){text, strlen(text)}, &beyond, 1, &out, &f),
                     E_SYSTEM);
    arena_free(mem);
}
