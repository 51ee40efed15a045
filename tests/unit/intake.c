/* Lists and the import itself. */
#include "zip.h"

#include "chamthi/contest.h"
#include "chamthi/file.h"
#include "chamthi/intake.h"
#include "intake/manifest.h"
#include "intake/match.h"

enum { MEMORY = 64 * 1024 * 1024 };

/* ---- lists ---- */

static status read_list(arena *mem, const char *name, const char *text, manifest *out, fault *f)
{
    return manifest_read(mem, name, (slice){text, strlen(text)}, out, f);
}

TEST("every key of the manifest is a header")
{
    for (int i = 0; i < FIELD_COUNT; i++) {
        arena *mem = arena_new(MEMORY);
        manifest m;
        fault f = {0};
        const char *head = arena_format(mem, "title,author,%s\nMột,An,x\n", field_key((field)i));
        assert_ok(read_list(mem, "m.csv", head, &m, &f), &f);
        assert_int_equal(m.unused_count, i == FIELD_TITLE || i == FIELD_AUTHOR);
        arena_free(mem);
    }
}

TEST("headers are known in any case, accent, order, and in English; a title row above them is "
     "passed")
{
    static const char *const lists[] = {
        "Tệp;TÊN BÀI;tac gia;Số  điện thoại\na.txt;Một;An;09\n",
        "author,phone,title,file\nAn,09,Một,a.txt\n",
        "DANH SÁCH\n\nTên tệp\tTiêu đề\tHọ và tên\tĐIỆN THOẠI\na.txt\tMột\tAn\t09\n",
        "\xEF\xBB\xBFtên tác phẩm,họ tên,tệp,sdt\nMột,An,a.txt,09\n"};
    for (size_t i = 0; i < COUNT(lists); i++) {
        arena *mem = arena_new(MEMORY);
        manifest m;
        fault f = {0};
        assert_ok(read_list(mem, "m.csv", lists[i], &m, &f), &f);
        assert_int_equal(m.count, 1);
        assert_string_equal(m.rows[0].field[FIELD_FILE], "a.txt");
        assert_string_equal(m.rows[0].field[FIELD_TITLE], "Một");
        assert_string_equal(m.rows[0].field[FIELD_AUTHOR], "An");
        assert_string_equal(m.rows[0].field[FIELD_PHONE], "09");
        assert_int_equal(m.unused_count, 0);
        arena_free(mem);
    }
}

TEST("a missing header is one sentence that lists what was found")
{
    arena *mem = arena_new(MEMORY);
    manifest m;
    fault f = {0};
    assert_int_equal(read_list(mem, "m.csv", "Tên bài,Người viết\nMột,An\n", &m, &f), E_INPUT);
    assert_non_null(strstr(f.text[LANG_VI], "“tác giả”"));
    assert_non_null(strstr(f.text[LANG_VI], "“Người viết”"));
    assert_null(strstr(f.text[LANG_VI], "“tên bài”"));
    arena_free(mem);
}

TEST("an Excel list is read: shared and inline strings, dates, lost zeros, gaps between cells")
{
    part parts[] = {
        {"xl/workbook.xml", "<workbook xmlns:r=\"r\"><sheets><sheet name=\"A\" sheetId=\"2\" "
                            "r:id=\"rId7\"/><sheet r:id=\"rId1\"/></sheets></workbook>"},
        {"xl/_rels/workbook.xml.rels",
         "<Relationships><Relationship Id=\"rId1\" Target=\"worksheets/sheet1.xml\"/>"
         "<Relationship Id=\"rId7\" Target=\"worksheets/sheet2.xml\"/></Relationships>"},
        {"xl/styles.xml",
         "<styleSheet><numFmts><numFmt numFmtId=\"164\" formatCode=\"dd/mm/yyyy;@\"/><numFmt "
         "numFmtId=\"165\" formatCode=\"0&quot; đ&quot;\"/></numFmts>"
         "<cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs>"
         "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"164\"/><xf "
         "numFmtId=\"165\"/></cellXfs></styleSheet>"},
        {"xl/sharedStrings.xml",
         "<sst><si><t>Tên bài</t></si><si><r><t>Tác</t></r><r><t xml:space=\"preserve\"> "
         "giả</t></r><rPh><t>x</t></rPh></si></sst>"},
        {"xl/worksheets/sheet1.xml", "<worksheet><sheetData/></worksheet>"},
        {"xl/worksheets/sheet2.xml",
         "<worksheet><sheetData><row r=\"3\"><c r=\"A3\" t=\"s\"><v>0</v></c><c r=\"B3\" "
         "t=\"s\"><v>1</v></c><c r=\"D3\" t=\"inlineStr\"><is><t>Ngày nhận</t></is></c>"
         "<c r=\"E3\" t=\"str\"><v>Điện thoại</v></c><c r=\"F3\" t=\"inlineStr\"><is><t>Số "
         "từ</t></is></c></row>"
         "<row r=\"5\"><c r=\"A5\" t=\"inlineStr\"><is><t>Một</t></is></c><c r=\"B5\" "
         "t=\"inlineStr\"><is><t>An</t></is></c>"
         "<c r=\"D5\" s=\"2\"><v>45443</v></c><c r=\"E5\"><v>9.00123456E8</v></c><c r=\"F5\" "
         "s=\"3\"><v>1450</v></c></row>"
         "<row r=\"6\"><c r=\"A6\" t=\"inlineStr\"><is><t>Hai</t></is></c><c r=\"B6\" "
         "t=\"inlineStr\"><is><t>Bình</t></is></c><c r=\"D6\" "
         "s=\"1\"><v>45443.354166667</v></c></row>"
         "<row r=\"7\"><c r=\"A7\"/></row></sheetData></worksheet>"}};
    buffer zip = BUFFER_INIT;
    arena *mem = arena_new(MEMORY);
    manifest m;
    fault f = {0};
    make_zip(parts, COUNT(parts), &zip);
    assert_ok(manifest_read(mem, "m.xlsx", (slice){zip.bytes, zip.size}, &m, &f), &f);
    assert_int_equal(m.count, 2);
    assert_int_equal(m.rows[0].line, 5);
    assert_string_equal(m.rows[0].field[FIELD_AUTHOR], "An");
    assert_string_equal(m.rows[0].field[FIELD_RECEIVED], "2024-05-31");
    assert_string_equal(m.rows[0].field[FIELD_PHONE], "900123456");
    assert_string_equal(m.rows[0].field[FIELD_WORDS], "1450");
    assert_string_equal(m.rows[1].field[FIELD_RECEIVED], "2024-05-31 08:30");
    arena_free(mem);
    buffer_free(&zip);
}

TEST("counts, lengths and years are read as offices write them")
{
    static const struct {
        const char *text;
        int64_t value; /* -1: refused */
    } counts[] = {{"1450", 1450},    {"1.450", 1450},   {"1,450 từ", 1450}, {"1 450", 1450},
                  {"12.345", 12345}, {"900 từ", 900},   {"0", 0},           {"1.45", -1},
                  {"1.4500", -1},    {"", -1},          {"từ", -1},         {"khoảng 900", -1},
                  {"-5", -1},        {"9 trang 5", -1}, {"2000000", -1},    {"1..450", -1}},
      lengths[] = {{"6:45", 405},   {"06:45", 405}, {"1:02:03", 3723},
                   {"7 phút", 420}, {"7'", 420},    {"6 phút 30 giây", 390},
                   {"7", -1},       {"6:75", -1},   {"", -1},
                   {"mai", -1}},
      years[] = {{"1955", 1955}, {"12/5/1960", 1960}, {"1960-05-12", 1960},
                 {"55", -1},     {"3024", -1},        {"khoảng 1955", -1}};
    int64_t n;
    for (size_t i = 0; i < COUNT(counts); i++)
        assert_int_equal(count_parse(counts[i].text, &n) ? n : -1, counts[i].value);
    for (size_t i = 0; i < COUNT(lengths); i++)
        assert_int_equal(duration_parse(lengths[i].text, &n) ? n : -1, lengths[i].value);
    for (size_t i = 0; i < COUNT(years); i++)
        assert_int_equal(birth_year_parse(years[i].text, &n) ? n : -1, years[i].value);
}

TEST("a telephone is one number however it is written")
{
    static const char *const cases[][2] = {{"0912 345 678", "0912345678"},
                                           {"0912.345.678", "0912345678"},
                                           {"+84 912 345 678", "0912345678"},
                                           {"84912345678", "0912345678"},
                                           {"912345678", "0912345678"},
                                           {"(024) 3825 1234", "02438251234"},
                                           {"2438251234", "02438251234"},
                                           {"+84 24 3825 1234", "02438251234"},
                                           {"0912345678 / 0987654321", "0912345678 0987654321"},
                                           {"", ""},
                                           {"+84 (0) 912 345 678", "0912345678"},
                                           {"không có", ""}};
    arena *mem = arena_new(MEMORY);
    for (size_t i = 0; i < COUNT(cases); i++)
        assert_string_equal(phone_key(mem, cases[i][0]), cases[i][1]);
    arena_free(mem);
}

static manifest_row make_row(const char *file, const char *title, const char *author)
{
    manifest_row row = {.line = 2};
    for (int i = 0; i < FIELD_COUNT; i++)
        row.field[i] = "";
    row.field[FIELD_FILE] = file;
    row.field[FIELD_TITLE] = title;
    row.field[FIELD_AUTHOR] = author;
    return row;
}

TEST("a telephone that Excel held as a number is given its 0 back; any other stays as written")
{
    static const char *const cases[][2] = {{"912345678", "0912345678"},
                                           {"84912345678", "0912345678"},
                                           {"0912345678", "0912345678"},
                                           {"0912 345 678", "0912 345 678"},
                                           {"09123456780987654321", "09123456780987654321"}};
    arena *mem = arena_new(MEMORY);
    for (size_t i = 0; i < COUNT(cases); i++) {
        manifest_row row = make_row("", "Một", "An");
        row_values v;
        const char *reason = NULL;
        fault f = {0};
        row.field[FIELD_PHONE] = cases[i][0];
        assert_ok(row_read(mem, &row, &v, &reason, &f), &f);
        assert_string_equal(v.authors[0].phone, cases[i][1]);
    }
    arena_free(mem);
}

TEST("co-authors share address and unit; telephone and year of birth are the first one's unless "
     "each has one")
{
    arena *mem = arena_new(MEMORY);
    manifest_row row = make_row("", "Một", "An ; Bình;");
    row_values v;
    const char *reason = NULL;
    fault f = {0};
    row.field[FIELD_PHONE] = "0912345678";
    row.field[FIELD_BIRTH_YEAR] = "1980; 1990";
    row.field[FIELD_UNIT] = "Báo Hànộimới";
    assert_ok(row_read(mem, &row, &v, &reason, &f), &f);
    assert_int_equal(v.author_count, 2);
    assert_string_equal(v.authors[1].name, "Bình");
    assert_string_equal(v.authors[0].phone, "0912345678");
    assert_string_equal(v.authors[1].phone, "");
    assert_string_equal(v.authors[1].unit, "Báo Hànộimới");
    assert_int_equal(v.authors[1].birth, 1990);
    arena_free(mem);
}

TEST("a row that cannot be read says which cell")
{
    static const struct {
        field what;
        const char *text, *reason;
    } cases[] = {{FIELD_TITLE, "", "row.title"},
                 {FIELD_AUTHOR, " ; ", "row.author"},
                 {FIELD_RECEIVED, "31/4/2024", "row.date"},
                 {FIELD_PUBLISHED, "hôm qua", "row.date"},
                 {FIELD_WORDS, "nhiều", "row.words"},
                 {FIELD_DURATION, "7", "row.duration"},
                 {FIELD_BIRTH_YEAR, "55", "row.birth"}};
    arena *mem = arena_new(MEMORY);
    for (size_t i = 0; i < COUNT(cases); i++) {
        manifest_row row = make_row("a", "b", "c");
        row_values v;
        const char *reason = NULL;
        fault f = {0};
        row.field[cases[i].what] = cases[i].text;
        assert_int_equal(row_read(mem, &row, &v, &reason, &f), E_INPUT);
        assert_string_equal(reason, cases[i].reason);
    }
    arena_free(mem);
}

TEST("files are found by path, by name, without accents, without ending; one file goes to one row")
{
    static const source_file files[] = {
        {"A/bai 1.docx", "bai 1.docx", 1, 0, FILE_RECEIVED, 0, NULL},
        {"B/bai 1.docx", "bai 1.docx", 1, 1, FILE_RECEIVED, 0, NULL},
        {"B/Chuyện nhỏ.txt", "Chuyện nhỏ.txt", 1, 2, FILE_RECEIVED, 0, NULL},
        {"c.pdf", "c.pdf", 1, 3, FILE_RECEIVED, 0, NULL},
        {"d.docx", "d.docx", 1, 4, FILE_RECEIVED, 0, NULL},
        {"~$d.docx", "~$d.docx", 1, 5, FILE_IGNORED, 0, NULL},
        {"L/e.txt", "e.txt", 1, 6, FILE_RECEIVED, 0, NULL}};
    static const struct {
        const char *file;
        match_kind kind;
        size_t index;
    } cases[] = {{"B\\bai 1.docx", MATCH_FILE, 1},  {"./A/bai 1.docx", MATCH_FILE, 0},
                 {"CHUYEN NHO.TXT", MATCH_FILE, 2}, {"c", MATCH_FILE, 3},
                 {"d.docx", MATCH_FILE, 4},         {"D.DOCX", MATCH_TWICE, 4},
                 {"d.pdf", MATCH_MISSING, 0},       {"", MATCH_NONE, 0},
                 {"~$e.txt", MATCH_TWICE, 6},       {"e.txt", MATCH_FILE, 6}};
    arena *mem = arena_new(MEMORY);
    manifest_row rows[COUNT(cases)];
    row_match found[COUNT(cases)];
    file_match taken[COUNT(files)] = {{0, 0}};
    fault f = {0};
    for (size_t i = 0; i < COUNT(cases); i++)
        rows[i] = make_row(cases[i].file, "x", "y");
    manifest m = {.rows = rows, .count = COUNT(rows)};
    assert_ok(match_files(mem, &m, files, COUNT(files), "L", found, taken, &f), &f);
    for (size_t i = 0; i < COUNT(cases); i++) {
        if (found[i].kind != cases[i].kind ||
            (found[i].kind == MATCH_FILE && found[i].file != cases[i].index))
            fail_msg("%s: kind %d, file %zu", cases[i].file, (int)found[i].kind, found[i].file);
    }
    assert_int_equal(found[5].other, 4);
    arena_free(mem);
}

TEST("a name that two files could have is not guessed")
{
    static const source_file files[] = {{"A/bai.txt", "bai.txt", 1, 0, FILE_RECEIVED, 0, NULL},
                                        {"B/bai.txt", "bai.txt", 1, 1, FILE_RECEIVED, 0, NULL}};
    arena *mem = arena_new(MEMORY);
    manifest_row row = make_row("bai.txt", "x", "y");
    manifest m = {.rows = &row, .count = 1};
    row_match found;
    file_match taken[2] = {{0, 0}};
    fault f = {0};
    assert_ok(match_files(mem, &m, files, 2, "", &found, taken, &f), &f);
    assert_int_equal(found.kind, MATCH_AMBIGUOUS);
    arena_free(mem);
}

/* ---- whole imports ---- */

typedef struct {
    char folder[64], parcel[80];
    store *db;
    arena *mem;
    intake_result r;
    fault f;
} world;

static void put(world *w, const char *name, const char *text)
{
    char path[256];
    snprintf(path, sizeof path, "%s/%s", w->parcel, name);
    assert_ok(file_write(path, text, strlen(text), &w->f), &w->f);
}

static world world_make(void)
{
    world w = {.mem = arena_new(MEMORY)};
    int64_t year;
    bool changed;
    test_folder(w.folder);
    snprintf(w.parcel, sizeof w.parcel, "%s/goi", w.folder);
    assert_ok(file_make_folder(w.parcel, &w.f), &w.f);
    assert_ok(
        store_open(&w.db, file_join(w.mem, w.folder, "a.db"), BY_ORGANIZER, STORE_CREATE, &w.f),
        &w.f);
    assert_ok(
        contest_load(w.db, w.mem, "cli:test", "fixtures/contests/2024.yaml", &year, &changed, &w.f),
        &w.f);
    return w;
}

static void world_end(world *w)
{
    store_close(w->db);
    arena_free(w->mem);
    test_folder_remove(w->folder);
}

static intake_result *take(world *w, intake_mode mode)
{
    intake_job job = {
        .path = w->parcel, .year = 2024, .mode = mode, .actor = "cli:test", .progress_label = ""};
    assert_ok(intake_import(w->db, w->mem, &job, &w->r, &w->f), &w->f);
    assert_int_equal(w->r.rows, w->r.imported + w->r.unchanged + w->r.quarantined);
    assert_int_equal(w->r.item_count, w->r.rows + w->r.unlisted);
    return &w->r;
}

static int64_t audit_rows(world *w)
{
    audit_verdict v;
    assert_ok(audit_verify(w->db, &v, &w->f), &w->f);
    assert_true(v.intact);
    return v.rows;
}

static const char *one_value(world *w, statement q, int64_t id, int column)
{
    cursor c;
    assert_ok(store_select(w->db, q, ARGS(v_int(id)), &c, &w->f), &w->f);
    const char *text = cursor_next(&c) ? cursor_copy(&c, column, w->mem) : "(none)";
    assert_ok(cursor_close(&c, &w->f), &w->f);
    return text;
}

TEST("a corrected file makes a second version under the same receipt; the first is kept")
{
    world w = world_make();
    int64_t id;
    put(&w, "manifest.csv",
        "tệp,tên bài,tác giả,ngày nhận\na.txt,Một,An,2024-03-01\nb.txt,Hai,Bình,2024-03-02\n");
    put(&w, "a.txt", "Bản đầu tiên của bài.");
    put(&w, "b.txt", "Bài của Bình.");
    assert_int_equal(take(&w, INTAKE_WRITE)->imported, 2);
    assert_string_equal(w.r.items[1].receipt, "2024-00002");
    int64_t before = audit_rows(&w);
    put(&w, "a.txt", "Bản đã sửa của bài, dài hơn.");
    assert_int_equal(take(&w, INTAKE_WRITE)->imported, 1);
    assert_int_equal(w.r.unchanged, 1);
    assert_string_equal(w.r.items[0].receipt, "2024-00001");
    assert_string_equal(w.r.items[0].change, "version");
    assert_int_equal(audit_rows(&w), before + 1);
    assert_ok(intake_entry_find(w.db, "2024-1", &id, &w.f), &w.f);
    assert_string_equal(one_value(&w, Q_ENTRY_TEXT, id, 0), "Bản đã sửa của bài, dài hơn.");
    cursor c;
    assert_ok(store_select(w.db, Q_ENTRY_ORIGINAL, ARGS(v_int(id), v_int(1)), &c, &w.f), &w.f);
    assert_true(cursor_next(&c));
    assert_string_equal(cursor_text(&c, 0), "Bản đầu tiên của bài.");
    assert_ok(cursor_close(&c, &w.f), &w.f);
    assert_string_equal(one_value(&w, Q_ENTRY_SHOW, id, 5),
                        "1709226000"); /* first receipt: 1/3/2024 */
    world_end(&w);
}

static int64_t received(world *w)
{
    int64_t id;
    assert_ok(intake_entry_find(w->db, "2024-1", &id, &w->f), &w->f);
    return atoll(one_value(w, Q_ENTRY_SHOW, id, 6));
}

TEST("a replaced file never goes back to the date that the list gives the first one")
{
    static const int64_t march_1 = 1709226000, march_2 = march_1 + 86400;
    static const char *const lists[] = {"tệp,tên bài,tác giả,ngày nhận\na.txt,Một,An,2024-03-01\n",
                                        "tệp,tên bài,tác giả,ngày nhận\na.txt,Một,An,2024-03-02\n",
                                        "tệp,tên bài,tác giả,ngày nhận\na.txt,MỘT,An,2024-03-01\n"};
    static const struct {
        const char *list, *file;
        int64_t least, most;
    } steps[] = {{lists[0], "Bản một.", march_1, march_1},
                 {lists[1], "Bản một.", march_2, march_2},
                 {lists[0], "Bản một.", march_1, march_1},
                 {lists[0], "Bản hai.", march_2 + 1, INT64_MAX},
                 {lists[0], "Bản ba.", march_2 + 1, INT64_MAX},
                 {lists[2], "Bản ba.", march_2 + 1, INT64_MAX}};
    world w = world_make();
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        put(&w, "manifest.csv", steps[i].list);
        put(&w, "a.txt", steps[i].file);
        assert_int_equal(take(&w, INTAKE_WRITE)->imported, 1);
        assert_true(received(&w) >= steps[i].least && received(&w) <= steps[i].most);
    }
    world_end(&w);
}

TEST("a corrected row changes the entry, its authors and nothing else")
{
    world w = world_make();
    int64_t id;
    put(&w, "manifest.csv", "tệp,tên bài,tác giả\na.txt,Một,Trần Văn An;Lê Bình\n");
    put(&w, "a.txt", "Bài.");
    take(&w, INTAKE_WRITE);
    put(&w, "manifest.csv", "tệp,tên bài,tác giả,nhân vật\na.txt,Một trăm,Trần Văn An,Bà Sợi\n");
    assert_int_equal(take(&w, INTAKE_WRITE)->imported, 1);
    assert_string_equal(w.r.items[0].change, "details");
    assert_string_equal(w.r.items[0].receipt, "2024-00001");
    assert_ok(intake_entry_find(w.db, "2024-00001", &id, &w.f), &w.f);
    assert_string_equal(one_value(&w, Q_ENTRY_SHOW, id, 3), "Một trăm");
    assert_string_equal(one_value(&w, Q_ENTRY_SUBJECT, id, 0), "Bà Sợi");
    assert_string_equal(one_value(&w, Q_ENTRY_TEXT, id, 0), "Bài.");
    assert_int_equal(take(&w, INTAKE_WRITE)->unchanged, 1);
    world_end(&w);
}

TEST("another entry under a file name that was used before is not taken for a correction")
{
    world w = world_make();
    put(&w, "manifest.csv", "tệp,tên bài,tác giả\nbai du thi.txt,Một,An\n");
    put(&w, "bai du thi.txt", "Bài của An.");
    take(&w, INTAKE_WRITE);
    put(&w, "manifest.csv", "tệp,tên bài,tác giả\nbai du thi.txt,Hai,Bình\n");
    put(&w, "bai du thi.txt", "Bài của Bình.");
    assert_int_equal(take(&w, INTAKE_WRITE)->quarantined, 1);
    assert_string_equal(w.r.items[0].reason, "receipt.other");
    assert_string_equal(w.r.items[0].receipt, "2024-00001");
    put(&w, "manifest.csv",
        "tệp,tên bài,tác giả,đơn vị gửi\nbai du thi.txt,Hai,Bình,Quận Ba Đình\n");
    assert_int_equal(take(&w, INTAKE_WRITE)->imported, 1); /* another unit's file of that name */
    assert_string_equal(w.r.items[0].receipt, "2024-00002");
    world_end(&w);
}

TEST("what was set aside is settled when the next parcel brings it right")
{
    world w = world_make();
    int64_t open = 1;
    put(&w, "manifest.csv", "tệp,tên bài,tác giả\na.txt,Một,An\n");
    put(&w, "b.txt", "Bài của Bình.");
    take(&w, INTAKE_WRITE);
    assert_string_equal(w.r.items[0].reason, "file.missing");
    assert_int_equal(w.r.missing, 1);
    assert_string_equal(w.r.items[1].reason, "file.unlisted");
    assert_int_equal(w.r.items[1].row, 0);
    put(&w, "manifest.csv", "tệp,tên bài,tác giả\na.txt,Một,An\nb.txt,Hai,Bình\n");
    put(&w, "a.txt", "Bài của An.");
    assert_int_equal(take(&w, INTAKE_WRITE)->imported, 2);
    assert_ok(store_int(w.db, Q_QUARANTINE_COUNT, ARGS(v_int(2024)), &open, &w.f), &w.f);
    assert_int_equal(open, 0);
    int64_t rows = audit_rows(&w);
    assert_int_equal(take(&w, INTAKE_WRITE)->unchanged, 2);
    assert_int_equal(audit_rows(&w), rows);
    world_end(&w);
}

TEST("a dry run gives the same items and receipts, and writes nothing")
{
    world w = world_make();
    put(&w, "manifest.csv", "tệp,tên bài,tác giả\na.txt,Một,An\nkhông.txt,Hai,Bình\n,Ba,Chi\n");
    put(&w, "a.txt", "Bài của An.");
    put(&w, "thừa.txt", "Thừa.");
    int64_t rows = audit_rows(&w);
    intake_result dry = *take(&w, INTAKE_DRY_RUN);
    assert_int_equal(audit_rows(&w), rows);
    intake_result real = *take(&w, INTAKE_WRITE);
    assert_int_equal(dry.item_count, real.item_count);
    for (size_t i = 0; i < dry.item_count; i++) {
        assert_int_equal(dry.items[i].status, real.items[i].status);
        assert_string_equal(dry.items[i].receipt, real.items[i].receipt);
        assert_string_equal(dry.items[i].reason, real.items[i].reason);
    }
    assert_string_equal(real.items[2].receipt, "2024-00002");
    world_end(&w);
}

TEST("a paper entry twice in one list is one entry and one row to look at")
{
    world w = world_make();
    int64_t id;
    put(&w, "manifest.csv", "tên bài,tác giả,số từ\nMột,An,\"1.250 từ\"\nMỘT,an,\n");
    take(&w, INTAKE_WRITE);
    assert_int_equal(w.r.imported, 1);
    assert_string_equal(w.r.items[1].reason, "row.twice");
    assert_ok(intake_entry_find(w.db, "2024-00001", &id, &w.f), &w.f);
    assert_string_equal(one_value(&w, Q_ENTRY_SHOW, id, 10), "1250");
    assert_string_equal(one_value(&w, Q_ENTRY_SHOW, id, 12), "declared");
    world_end(&w);
}

TEST("more rows than one batch are all received, in the list's order")
{
    enum { ROWS = 600 };
    world w = world_make();
    buffer list = BUFFER_INIT;
    buffer_text(&list, "tệp,tên bài,tác giả\n");
    for (int i = 1; i <= ROWS; i++) {
        char name[32], text[64];
        snprintf(name, sizeof name, "%d.txt", i);
        snprintf(text, sizeof text, "Bài số %d.", i);
        put(&w, name, text);
        buffer_format(&list, "%s,Bài %d,Người %d\n", name, i, i);
    }
    put(&w, "manifest.csv", list.bytes);
    buffer_free(&list);
    assert_int_equal(take(&w, INTAKE_WRITE)->imported, ROWS);
    assert_string_equal(w.r.items[ROWS - 1].receipt, "2024-00600");
    assert_string_equal(w.r.items[ROWS - 1].file, "600.txt");
    assert_int_equal(take(&w, INTAKE_WRITE)->unchanged, ROWS);
    world_end(&w);
}
