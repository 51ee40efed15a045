/* Fonts, lines, templates and the layout of a certificate. */
#include "test.h"

#include "chamthi/file.h"
#include "print/certificate.h"
#include "print/document.h"
#include "print/imposition.h"
#include "print/signed.h"

typedef struct {
    arena *mem;
    font_book *fonts;
    canvas *c;
    fault f;
} desk;

static void desk_start(desk *d)
{
    memset(d, 0, sizeof *d);
    d->mem = arena_new(64 << 20);
    assert_ok(font_book_new(&d->fonts, &d->f), &d->f);
    assert_ok(canvas_new(&d->c, d->fonts, &d->f), &d->f);
}

static void desk_end(desk *d)
{
    canvas_free(d->c);
    font_book_free(d->fonts);
    arena_free(d->mem);
}

/* ---- lines ---- */
TEST("a line never ends inside Hà Nội, a year or a number in words")
{
    static const struct {
        const char *text, *glued; /* ~ stands for a no-break space */
    } cases[] = {{"tại Hà Nội", "tại Hà~Nội"},
                 {"thành phố HÀ NỘI", "thành~phố HÀ~NỘI"},
                 {"Hà Nội – câu chuyện", "Hà~Nội~– câu chuyện"},
                 {"năm 2024", "năm~2024"},
                 {"ngày 20 tháng 9 năm 2024", "ngày~20 tháng~9 năm~2024"},
                 {"lần thứ XV", "lần thứ~XV"},
                 {"năm học 2023 – 2024", "năm học 2023~–~2024"},
                 {"Quyết định số 125/QĐ-BTC", "Quyết định số~125/QĐ-BTC"},
                 {"Hà Nam", "Hà Nam"},
                 {"gương điển hình tiên tiến, người tốt", "gương điển~hình tiên~tiến, người~tốt"},
                 {"thi tại Hà Nội, năm nay", "thi tại Hà~Nội, năm nay"},
                 {"một  hai", "một hai"},
                 {"", ""}};
    arena *mem = arena_new(1 << 16);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        buffer wanted = BUFFER_INIT;
        for (const char *p = cases[i].glued; *p; p++)
            if (*p == '~')
                buffer_text(&wanted, "\xC2\xA0");
            else
                buffer_byte(&wanted, *p);
        assert_string_equal(lines_glue(mem, cases[i].text), wanted.bytes);
        buffer_free(&wanted);
    }
    arena_free(mem);
}

TEST("co-authors are joined with commas and và, each name whole")
{
    static const struct {
        const char *names, *joined;
    } cases[] = {{"Lý An", "Lý An"},
                 {"Lý An; Bùi Hà", "Lý~An và~Bùi~Hà"},
                 {"A B; C D ;E", "A~B, C~D và~E"},
                 {"; A B;", "A B"},
                 {"", ""}};
    arena *mem = arena_new(1 << 16);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char *joined = lines_names(mem, cases[i].names);
        buffer shown = BUFFER_INIT;
        for (const char *p = joined; *p; p++) {
            bool space = strncmp(p, "\xC2\xA0", 2) == 0;
            buffer_byte(&shown, space ? '~' : *p);
            p += space;
        }
        /* a single name may be broken anywhere: a trailing separator does not make two of it */
        assert_string_equal(shown.bytes, cases[i].joined);
        buffer_free(&shown);
    }
    arena_free(mem);
}

TEST("two lines of a heading are of nearly equal length")
{
    desk d;
    desk_start(&d);
    text_style style = {FONT_SERIF, 1200, 0, 0};
    text_block block;
    assert_ok(
        lines_break(d.c, d.mem, &style,
                    "Ban Tổ chức cuộc thi viết về gương điển hình tiên tiến, người tốt, việc tốt",
                    MM(90), 120, LINES_BALANCED, &block, &d.f),
        &d.f);
    assert_int_equal(block.count, 2);
    assert_true(abs(block.widths[0] - block.widths[1]) < MM(15));
    assert_true(block.widest <= MM(90));
    assert_ok(
        lines_break(d.c, d.mem, &style,
                    "Ban Tổ chức cuộc thi viết về gương điển hình tiên tiến, người tốt, việc tốt",
                    MM(90), 120, LINES_FULL, &block, &d.f),
        &d.f);
    assert_true(block.widths[0] > block.widths[1]);
    desk_end(&d);
}

TEST("a name shrinks before it takes a second line, and is refused before it is cut")
{
    desk d;
    desk_start(&d);
    text_style style = {FONT_DISPLAY, 0, 0, 0};
    static const size_range sizes[] = {{3000, 2000}, {2200, 1600}};
    text_block block;
    assert_ok(lines_fit(d.c, d.mem, &style, "Lý An", MM(100), 120, sizes, 2, &block, &d.f), &d.f);
    assert_int_equal(block.style.size, 3000);
    assert_ok(
        lines_fit(d.c, d.mem, &style, "Nguyễn Thị Hồng Hạnh", MM(100), 120, sizes, 2, &block, &d.f),
        &d.f);
    assert_int_equal(block.count, 1);
    assert_in_range(block.style.size, 2000, 2975);
    assert_ok(lines_fit(d.c, d.mem, &style, "Công Tằng Tôn Nữ Hoàng Thị Ngọc Quỳnh Hương", MM(100),
                        120, sizes, 2, &block, &d.f),
              &d.f);
    assert_int_equal(block.count, 2);
    assert_in_range(block.style.size, 1600, 2200);
    assert_int_equal(lines_fit(d.c, d.mem, &style,
                               "Công Tằng Tôn Nữ Hoàng Thị Ngọc Quỳnh Hương Thảo Nguyên Đường "
                               "Uyển Phương Mai",
                               MM(60), 120, sizes, 2, &block, &d.f),
                     E_LIMIT);
    desk_end(&d);
}

TEST("a web address may break after a slash or hyphen, a name never inside")
{
    desk d;
    desk_start(&d);
    text_style style = {FONT_SERIF, 1000, 0, 0};
    text_block block;
    assert_ok(lines_break(d.c, d.mem, &style,
                          "Nguồn https://vvc.vn/guong-nguoi-tot-viec-tot-2018-1663356998/", MM(40),
                          120, LINES_FULL, &block, &d.f),
              &d.f);
    assert_true(block.widest <= MM(40));
    buffer whole = BUFFER_INIT;
    for (size_t i = 0; i < block.count; i++)
        buffer_text(&whole, block.lines[i]);
    assert_non_null(
        strstr(whole.bytes, "https://vvc.vn/guong-nguoi-tot-viec-tot-2018-1663356998/"));
    buffer_free(&whole);
    assert_ok(lines_break(d.c, d.mem, &style, "2EKP-9529-J5HC-NC2X-YP24", MM(24), 120, LINES_FULL,
                          &block, &d.f),
              &d.f);
    assert_int_equal(block.count, 3);
    assert_string_equal(block.lines[0], "2EKP-9529-");
    assert_ok(lines_break(d.c, d.mem, &style,
                          "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz", MM(12), 120,
                          LINES_FULL, &block, &d.f),
              &d.f);
    assert_true(block.widest <= MM(12));
    assert_ok(lines_break(d.c, d.mem, &style,
                          lines_names(d.mem, "Nguyễn Thị Hồng Hạnh; Công Tằng Tôn Nữ Ngọc Quỳnh"),
                          MM(45), 120, LINES_FULL, &block, &d.f),
              &d.f);
    assert_int_equal(block.count, 2);
    desk_end(&d);
}

/* ---- reports ---- */
TEST("numbers are written as Vietnamese offices do")
{
    static const struct {
        int64_t number;
        const char *whole, *points; /* the second as hundredths */
    } cases[] = {{0, "0", "0"},
                 {7, "7", "0,07"},
                 {999, "999", "9,99"},
                 {1620, "1.620", "16,2"},
                 {750, "750", "7,5"},
                 {2309000, "2.309.000", "23.090"},
                 {-1450, "-1.450", "-14,5"},
                 {100000, "100.000", "1.000"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[32];
        number_vietnamese(text, cases[i].number);
        assert_string_equal(text, cases[i].whole);
        points_vietnamese(text, cases[i].number);
        assert_string_equal(text, cases[i].points);
    }
}

static status put_table(document *d, void *what, fault *f)
{
    TRY(document_table(d, what, 0, f));
    assert_true(canvas_page_count(d->c) >= 4);
    assert_true(d->y <= d->shape.height - d->shape.bottom + 300);
    return OK;
}

TEST("a table goes over pages with its rows whole and every page numbered")
{
    static const report_column columns[] = {{"Số", 10, ALIGN_NUMBER}, {"Chữ", 60, ALIGN_TEXT}};
    desk k;
    report_table t;
    char folder[64], path[96], last[64], command[256];
    desk_start(&k);
    test_folder(folder);
    snprintf(path, sizeof path, "%s/bang.pdf", folder);
    table_start(&t, k.mem, "Bảng", columns, 2);
    for (int i = 0; i < 150; i++) {
        table_number(&t, i);
        table_text(&t, "Hội Liên hiệp Phụ nữ phường Trung Phụng, quận Đống Đa, thành phố Hà Nội – "
                       "một dòng đủ dài để phải xuống dòng trong ô");
    }
    assert_ok(document_make(k.mem, &page_upright, NUMBERS_BOTTOM, put_table, &t,
                            &(canvas_facts){"Bảng", "", "", {2024, 1, 1}}, path, &k.f),
              &k.f);
    snprintf(command, sizeof command, "pdftotext '%s' - | grep '^Trang ' | tail -n 1", path);
    FILE *pages = popen(command, "r");
    assert_non_null(fgets(last, sizeof last, pages));
    pclose(pages);
    int page = 0, of = 1;
    assert_int_equal(sscanf(last, "Trang %d/%d", &page, &of), 2);
    assert_int_equal(page, of);
    test_folder_remove(folder);
    desk_end(&k);
}

/* ---- what cannot be printed ---- */
TEST("a character the font lacks is refused and named, never replaced")
{
    static const struct {
        const char *text, *part;
        status wanted;
    } cases[] = {{"Nguyễn Văn A", "", OK},      {"Nguyễn 😀", "U+1F600", E_INPUT},
                 {"王小明", "U+738B", E_INPUT}, {"tab\there", "U+0009", E_INPUT},
                 {"\xC3(", "UTF-8", E_INPUT},   {"a\xCC\xBD", "U+033D", E_INPUT}};
    desk d;
    desk_start(&d);
    text_style style = {FONT_SERIF, 1200, 0, 0};
    text_extent e;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(canvas_measure(d.c, &style, cases[i].text, &e, &d.f), cases[i].wanted);
        if (cases[i].wanted != OK) {
            assert_non_null(strstr(d.f.text[LANG_VI], cases[i].part));
            assert_non_null(strstr(d.f.text[LANG_EN], cases[i].part));
        }
    }
    desk_end(&d);
}

TEST("loose marks measure and draw as the composed letters")
{
    desk d;
    desk_start(&d);
    text_style style = {FONT_SERIF, 1200, 0, 0};
    text_extent composed, loose;
    assert_ok(canvas_measure(d.c, &style, "Nguyễn", &composed, &d.f), &d.f);
    assert_ok(canvas_measure(d.c, &style, "Nguye\xCC\x82\xCC\x83n", &loose, &d.f), &d.f);
    assert_int_equal(composed.width, loose.width);
    assert_int_equal(composed.above, loose.above);
    desk_end(&d);
}

TEST("a missing font is a sentence that names the package")
{
    fault f = {0};
    font_book *fonts;
    const font_face *face;
    assert_int_equal(setenv("CHAMTHI_FONTS", "/nonexistent", 1), 0);
    assert_ok(font_book_new(&fonts, &f), &f);
    assert_int_equal(font_book_face(fonts, FONT_DISPLAY, &face, &f), E_SYSTEM);
    assert_non_null(strstr(f.text[LANG_VI], "fonts-noto-core"));
    assert_int_equal(font_book_face(fonts, FONT_SERIF, &face, &f), E_SYSTEM);
    assert_non_null(strstr(f.text[LANG_EN], "fonts-liberation2"));
    font_book_free(fonts);
    unsetenv("CHAMTHI_FONTS");
}

/* Subsets whatever a damaged file still offers: nothing may be read outside it (asan watches). */
static void use_face(arena *mem, slice bytes)
{
    font_face *face;
    if (font_face_parse(mem, "x.ttf", bytes, &face, NULL) != OK)
        return;
    uint16_t glyphs[80] = {0};
    size_t count = 1;
    for (uint32_t code = 0x1EA0; code < 0x1EF0 && count < 80; code++) {
        uint16_t glyph = font_glyph(face, code);
        font_glyph_box(face, glyph);
        font_advance(face, glyph);
        if (glyph)
            glyphs[count++] = glyph;
    }
    buffer out = BUFFER_INIT;
    font_subset(face, glyphs, count, &out, NULL);
    buffer_free(&out);
}

TEST("a damaged font file never makes the reader leave it")
{
    fault f = {0};
    buffer whole = BUFFER_INIT;
    arena *mem = arena_new(64 << 20);
    assert_ok(file_read("/usr/share/fonts/truetype/liberation2/LiberationSerif-Regular.ttf",
                        8 << 20, &whole, &f),
              &f);
    for (size_t size = 0; size < whole.size; size += 1 + size / 7) {
        char *cut = malloc(size + 1); /* its own allocation, so that a read beyond is seen */
        assert_non_null(cut);
        memcpy(cut, whole.bytes, size);
        use_face(mem, (slice){cut, size});
        free(cut);
    }
    srand(20240920);
    for (int round = 0; round < 60; round++) {
        char *bent = malloc(whole.size);
        assert_non_null(bent);
        memcpy(bent, whole.bytes, whole.size);
        for (int i = 0; i < 200; i++)
            bent[(size_t)rand() % (i % 2 ? whole.size : 2000)] = (char)rand();
        use_face(mem, (slice){bent, whole.size});
        free(bent);
    }
    buffer_free(&whole);
    arena_free(mem);
}

/* ---- templates ---- */
TEST("a mistake in a template is named with its line and column")
{
    static const char head[] = "template: a\nkind: GCN\npage: {width: 297, height: 210}\n"
                               "flow: {top: 20, bottom: 130, x: 148, width: 230}\n";
    static const struct {
        const char *text, *part;
    } cases[] = {
        {"blocks:\n  - {key: a, text: x, size: 13, colour: red}\n", "t.yaml:6:33: không có khóa"},
        {"blocks:\n  - {key: a, text: '{nme}', size: 13}\n", "t.yaml:6:21: không có trường “nme”"},
        {"blocks:\n  - {key: a, text: x, size: 13, font: arial}\n", "t.yaml:6:39:"},
        {"blocks:\n  - {key: a, text: x, size: [12, 20]}\n", "cỡ chữ"},
        {"blocks:\n  - {key: a, text: x, size: large}\n", "t.yaml:6:29: “large”"},
        {"blocks:\n  - {key: a, text: x}\n", "thiếu size"},
        {"blocks:\n  - {text: x, size: 13}\n", "thiếu key"},
        {"blocks: []\n", "blocks cần"},
        {"rosette: gold\n", "t.yaml:5:10: “gold”"},
        {"blocks:\n  - {key: a\n", "không phải YAML"},
        {"border: {inset: -3}\nblocks:\n  - {key: a, text: x, size: 13}\n", "border"},
    };
    arena *mem = arena_new(1 << 20);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        fault f = {0};
        certificate_template *t;
        char *yaml = arena_format(mem, "%s%s", head, cases[i].text);
        assert_int_equal(template_parse(mem, "t.yaml", (slice){yaml, strlen(yaml)}, &t, &f),
                         E_INPUT);
        if (!strstr(f.text[LANG_VI], cases[i].part))
            fail_msg("%s\nlacks: %s", f.text[LANG_VI], cases[i].part);
    }
    arena_free(mem);
}

/* ---- certificates ---- */
static const char long_name[] =
    "Công Tằng Tôn Nữ Hoàng Thị Ngọc Quỳnh Hương Thảo Nguyên Uyển Phương";
static const char twelve_authors[] =
    "Nguyễn Thị Hồng Hạnh; Trần Văn Đức; Lê Hoàng Minh Châu; Phạm Thị Thu Hà; Đỗ Quang Vinh; "
    "Vũ Ngọc Bảo Anh; Bùi Thị Lan; Hoàng Văn Thái; Đặng Thu Phương; Ngô Quốc Khánh; "
    "Phan Thị Mỹ Duyên; Trịnh Xuân Trường";
enum { WORDS_LEAST = 2, WORDS_MOST = 13, NAMES = WORDS_MOST - WORDS_LEAST + 1 + 3 };

/* The beginning of a text, up to the n-th of those separators. */
static const char *beginning(arena *mem, const char *text, char separator, int n)
{
    const char *end = text;
    for (; *end; end++)
        if (*end == separator && --n == 0)
            break;
    return arena_copy(mem, text, (size_t)(end - text));
}

/* One person of 2 to 13 words; 2, 5 and 12 co-authors. */
static const char *name_at(arena *mem, int i)
{
    static const int authors[] = {2, 5, 12};
    int words = WORDS_LEAST + i;
    return words <= WORDS_MOST
               ? beginning(mem, long_name, ' ', words)
               : beginning(mem, twelve_authors, ';', authors[words - WORDS_MOST - 1]);
}

static const char *const titles[] = {
    "", "Bếp lửa", "Lớp học tình thương bên bãi giữa sông Hồng",
    ("Người gác chắn đường ngang số 5 và ba mươi năm giữ những chuyến tàu đêm bình yên qua ngoại ô "
     "Hà Nội – câu chuyện về một người thợ đường sắt chưa một lần được tôn vinh nhưng vẫn lặng "
     "lẽ suốt cả một đời")};
static const char *const organizers[] = {
    "Ban Tổ chức cuộc thi", "Ban Tổ chức Cuộc thi viết về gương điển hình tiên tiến, người tốt, "
                            "việc tốt thành phố Hà Nội năm 2024"};

static certificate_facts facts_of(const char *name, const char *title, const char *organizer)
{
    certificate_facts facts = {.day = {2024, 9, 20}};
    facts.values[FACT_NAME] = name;
    facts.values[FACT_TITLE] = title;
    facts.values[FACT_ORGANIZER] = organizer;
    facts.values[FACT_ADDRESS] = "Trường Trung học cơ sở Nguyễn Trãi, quận Ba Đình";
    facts.values[FACT_PRIZE] = "Giải Khuyến khích";
    facts.values[FACT_CONTEST] = "Cuộc thi viết về gương điển hình tiên tiến, người tốt, việc tốt "
                                 "năm 2024";
    facts.values[FACT_SERIAL] = "2024/GCN-017";
    facts.values[FACT_DECISION] = "125/QĐ-BTC";
    facts.values[FACT_CODE] = facts.values[FACT_QR] = "7K3M-9QXD-2VWT-H5RA-C8YZ";
    facts.values[FACT_SIGNATORY_TITLE] = "Phó Chủ tịch Ủy ban nhân dân thành phố – Trưởng ban";
    facts.values[FACT_SIGNATORY_NAME] = "Nguyễn Văn Phúc";
    return facts;
}

static void check_apart(const placed_block *b, size_t count, const certificate_template *t)
{
    for (size_t i = 0; i < count; i++) {
        assert_in_range(b[i].left, t->border.inset + t->border.band, t->width);
        assert_in_range(b[i].right, b[i].left, t->width - t->border.inset - t->border.band);
        assert_in_range(b[i].top, t->border.inset + t->border.band, t->height);
        assert_in_range(b[i].bottom, b[i].top, t->height - t->border.inset - t->border.band);
        for (size_t k = 0; k < i; k++)
            if (b[i].left < b[k].right && b[k].left < b[i].right && b[i].top < b[k].bottom &&
                b[k].top < b[i].bottom)
                fail_msg("%s touches %s", b[i].key, b[k].key);
    }
}

static const char *const papers[] = {NULL, "a3", "400x300", "365x270"};
static const char *const recipients[] = {"entry", "collective", "subject"};

static void check_template(const char *name, const char *paper)
{
    desk d;
    desk_start(&d);
    slice yaml;
    certificate_template *t;
    assert_ok(template_open(d.mem, name, paper, &yaml, &t, &d.f), &d.f);
    placed_block places[TEMPLATE_BLOCKS_MOST];
    for (int n = 0; n < NAMES; n++)
        for (size_t k = 0; k < sizeof titles / sizeof *titles; k++)
            for (size_t o = 0; o < sizeof organizers / sizeof *organizers; o++)
                for (size_t r = 0; r < sizeof recipients / sizeof *recipients; r++) {
                    certificate_facts facts = facts_of(name_at(d.mem, n), titles[k], organizers[o]);
                    size_t count = 0;
                    facts.values[FACT_RECIPIENT] = recipients[r];
                    facts.values[FACT_AUTHORITY] = organizers[o];
                    assert_ok(certificate_place(d.c, d.mem, t, &facts, places, &count, &d.f), &d.f);
                    assert_true(count >= 14);
                    check_apart(places, count, t);
                }
    desk_end(&d);
}

TEST("on every template and paper no block touches another, from two-word names to twelve authors")
{
    for (size_t i = 0; i < template_builtin_count(); i++)
        for (size_t k = 0; k < sizeof papers / sizeof *papers; k++)
            check_template(template_builtin_name(i), papers[k]);
}

TEST("35 mm stay free for signature and seal on every template")
{
    for (size_t k = 0; k < template_builtin_count(); k++) {
        desk d;
        desk_start(&d);
        certificate_template *t;
        assert_ok(template_builtin(d.mem, k, &t, &d.f), &d.f);
        placed_block places[TEMPLATE_BLOCKS_MOST];
        size_t count = 0;
        length from = 0, to = 0;
        certificate_facts facts = facts_of("Lý An", titles[1], organizers[1]);
        assert_ok(certificate_place(d.c, d.mem, t, &facts, places, &count, &d.f), &d.f);
        for (size_t i = 0; i < count; i++) {
            from = strcmp(places[i].key, "signatory_title") == 0 ? places[i].bottom : from;
            to = strcmp(places[i].key, "signatory_name") == 0 ? places[i].top : to;
        }
        assert_true(to - from >= MM(35));
        desk_end(&d);
    }
}

TEST("a block with a condition stands only where the condition holds")
{
    static const char head[] =
        "template: a\nkind: GCN\npage: {width: 297, height: 210}\n"
        "flow: {top: 20, bottom: 130, x: 148, width: 230}\nblocks:\n"
        "  - {key: always, text: x, size: 13}\n  - {key: b, text: y, size: 13, ";
    static const struct {
        const char *condition, *title;
        size_t blocks;
    } cases[] = {{"when: title", "Bếp lửa", 2},
                 {"when: title", "", 1},
                 {"unless: title", "Bếp lửa", 1},
                 {"unless: title", "", 2},
                 {"when: title = Bếp lửa", "Bếp lửa", 2},
                 {"when: title = Bếp lửa", "Bếp", 1},
                 {"unless: title = Bếp lửa", "Bếp lửa", 1},
                 {"unless: title = Bếp lửa", "Bếp", 2},
                 {"when: several, unless: title", "", 2},
                 {"when: several, unless: title", "Bếp", 1},
                 {"when: several = 3, unless: title", "", 1},
                 {"when: several", "", 2},
                 {"when: several = 2", "", 2},
                 {"when: several = 3", "", 1}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        desk d;
        desk_start(&d);
        certificate_template *t;
        placed_block places[TEMPLATE_BLOCKS_MOST];
        size_t count = 0;
        char *yaml = arena_format(d.mem, "%s%s}\n", head, cases[i].condition);
        certificate_facts facts = facts_of("Lý An; Bùi Hà", cases[i].title, organizers[0]);
        assert_ok(template_parse(d.mem, "t.yaml", (slice){yaml, strlen(yaml)}, &t, &d.f), &d.f);
        assert_ok(certificate_place(d.c, d.mem, t, &facts, places, &count, &d.f), &d.f);
        assert_int_equal(count, cases[i].blocks);
        desk_end(&d);
    }
}

TEST("one template places tone marks in one way")
{
    static const struct {
        const char *texts[2], *first, *other; /* NULL: they agree */
    } cases[] = {{{"CỘNG HÒA XÃ HỘI", "hoà bình"}, "hòa", "hoà"},
                 {{"CỘNG HOÀ XÃ HỘI", "Ủy ban"}, "hoà", "ủy"},
                 {{"CỘNG HÒA", "Ủy ban, khỏe, quý, hoàn thành"}, NULL, NULL},
                 {{"quý {title} thuý", "thúy"}, "thuý", "thúy"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        certificate_template t = {.block_count = 2};
        char first[32], other[32];
        t.blocks[0].text = cases[i].texts[0];
        t.blocks[1].text = cases[i].texts[1];
        assert_int_equal(template_mixes_tones(&t, first, other), cases[i].first != NULL);
        if (cases[i].first) {
            assert_string_equal(first, cases[i].first);
            assert_string_equal(other, cases[i].other);
        }
    }
}

TEST("pages lie on a sheet apart by their bleed, as many as fit, turned when more fit then")
{
    static const struct {
        int width, height, sheet_width, sheet_height, bleed, count; /* mm; count 0: none fits */
    } cases[] = {{297, 210, 0, 0, 3, 1},     {297, 210, 450, 320, 3, 2}, {210, 148, 450, 320, 3, 4},
                 {210, 148, 320, 450, 3, 4}, {297, 210, 297, 210, 3, 0}, {100, 50, 297, 210, 0, 6},
                 {420, 297, 450, 320, 3, 1}, {420, 297, 450, 320, 6, 0}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        fault f = {0};
        imposition p;
        length x, y;
        status st =
            imposition_plan(MM(cases[i].width), MM(cases[i].height), MM(cases[i].sheet_width),
                            MM(cases[i].sheet_height), MM(cases[i].bleed), &p, &f);
        assert_int_equal(st, cases[i].count ? OK : E_INPUT);
        if (st != OK)
            continue;
        assert_int_equal(p.columns * p.rows, cases[i].count);
        for (int k = 0; k < p.columns * p.rows; k++) {
            imposition_place(&p, k, &x, &y);
            assert_true(x >= p.bleed + CUT_MARK && y >= p.bleed + CUT_MARK);
            assert_true(x + p.piece_x + p.bleed + CUT_MARK <= p.width);
            assert_true(y + p.piece_y + p.bleed + CUT_MARK <= p.height);
        }
    }
}

TEST("what a QR says is signed, in lines or in a link, and no letter of it can be changed")
{
    static const char *const urls[] = {"", "https://thi.example.vn"};
    unsigned char secret[SIGN_SECRET] = {7}, keys[2][SIGN_PUBLIC] = {{0}};
    arena *mem = arena_new(1 << 20);
    fault f = {0};
    certificate c = {.serial = "2024/GK-003", .code = "7K3M-9QXD-2VWT-H5RA-C8YZ"};
    c.honorific = "Bà", c.name = "Trần Thị Thuý", c.address = "phường Bưởi", c.prize = "Giấy khen";
    c.title = c.achievement = "", c.organizer = "", c.authority = "UBND quận Tây Hồ",
    c.decision = "12/QĐ-UBND";
    c.decision_date = "2024-09-20";
    sign_public(secret, keys[1]);
    for (size_t i = 0; i < 2; i++) {
        const char *qr;
        signed_facts said;
        assert_ok(signed_make(mem, &c, "Giấy khen", urls[i], secret, &qr, &f), &f);
        assert_ok(signed_facts_check(mem, (slice){qr, strlen(qr)}, keys, 2, &said, &f), &f);
        assert_true(said.genuine);
        assert_non_null(strstr(said.lines, "Bà Trần Thị Thuý\n"));
        assert_string_equal(said.code, c.code);
        size_t from = i ? (size_t)(strchr(qr, '#') - qr) + 1 : 0;
        for (size_t at = from; at < strlen(qr); at++) { /* every byte counts */
            char *bent = arena_string(mem, qr);
            bent[at] = bent[at] == 'A' ? 'B' : 'A';
            assert_ok(signed_facts_check(mem, (slice){bent, strlen(bent)}, keys, 2, &said, &f), &f);
            assert_false(said.lines && said.genuine);
        }
        assert_ok(signed_facts_check(mem, (slice){qr, strlen(qr)}, keys, 1, &said, &f), &f);
        assert_false(said.genuine); /* another's key */
    }
    arena_free(mem);
}

TEST("what does not fit is refused with the recipient's name")
{
    desk d;
    desk_start(&d);
    certificate_template *t;
    assert_ok(template_standard(d.mem, &t, &d.f), &d.f);
    placed_block places[TEMPLATE_BLOCKS_MOST];
    size_t count = 0;
    buffer title = BUFFER_INIT;
    for (int i = 0; i < 200; i++)
        buffer_text(&title, "rất dài ");
    certificate_facts facts = facts_of("Nguyễn Thị Hồng Hạnh", title.bytes, organizers[0]);
    assert_int_equal(certificate_place(d.c, d.mem, t, &facts, places, &count, &d.f), E_LIMIT);
    assert_non_null(strstr(d.f.text[LANG_VI], "Nguyễn Thị Hồng Hạnh"));
    assert_non_null(strstr(d.f.text[LANG_VI], "title"));
    facts = facts_of("Nguyễn 😀", titles[1], organizers[0]);
    assert_int_equal(certificate_place(d.c, d.mem, t, &facts, places, &count, &d.f), E_INPUT);
    assert_non_null(strstr(d.f.text[LANG_VI], "U+1F600"));
    buffer_free(&title);
    desk_end(&d);
}

TEST("the same facts give the same bytes, other facts another identifier")
{
    desk d;
    desk_start(&d);
    certificate_template *t;
    assert_ok(template_standard(d.mem, &t, &d.f), &d.f);
    buffer a = BUFFER_INIT, b = BUFFER_INIT, other = BUFFER_INIT;
    certificate_facts facts = facts_of("Nguyễn Thị Hồng Hạnh", titles[1], organizers[1]);
    certificate_facts changed = facts_of("Lý An", titles[1], organizers[1]);
    assert_ok(certificate_single(d.fonts, t, &facts, &a, &d.f), &d.f);
    assert_ok(certificate_single(d.fonts, t, &facts, &b, &d.f), &d.f);
    assert_ok(certificate_single(d.fonts, t, &changed, &other, &d.f), &d.f);
    assert_int_equal(a.size, b.size);
    assert_memory_equal(a.bytes, b.bytes, a.size);
    char *id = memmem(a.bytes, a.size, "/ID", 3), *id2 = memmem(other.bytes, other.size, "/ID", 3);
    assert_non_null(id);
    assert_non_null(id2);
    assert_int_not_equal(memcmp(id, id2, 40), 0);
    assert_non_null(memmem(a.bytes, a.size, "D:20240920", 10)); /* the data's day, not today */
    assert_true(a.size < 60000);
    buffer_free(&a);
    buffer_free(&b);
    buffer_free(&other);
    desk_end(&d);
}
