/* Lists as offices make them: where the header is, what a cell means, which rows are entries. */
#include "test.h"

#include "intake/manifest.h"

#include "chamthi/arena.h"

enum { MEMORY = 64 * 1024 * 1024 };
#define COUNT(a) (sizeof(a) / sizeof *(a))

static status read_list(arena *mem, const char *text, manifest *out, fault *f)
{
    return manifest_read(mem, "danh sách.csv", (slice){text, strlen(text)}, out, f);
}

TEST("the header is found under titles, over two lines, and whatever separates the cells")
{
    static const char *const lists[] = {
        "UBND QUẬN TÂY HỒ,,,\nDANH SÁCH BÀI DỰ THI, NĂM 2024\n\nSTT;Tên bài;Tác "
        "giả;Nhân vật\n1;Một;An;Bà Sợi\n",
        "Danh sách, gồm 1 bài, gửi ngày 5/7\nSTT|Tên bài|Tác giả|Nhân vật\n1|Một|An|Bà Sợi\n",
        "STT,Tên bài,Tác giả,,Nhân vật,\n,,Họ tên,Năm sinh,Họ tên,Địa chỉ\n1,Một,An,1960,Bà "
        "Sợi,Bưởi\n",
        "STT,Tên,Họ và tên,Nhân\n,bài,tác giả,vật\n1,Một,An,Bà Sợi\n",
        "Tên bài dự thi (*),\"Họ và tên\ntác giả (ghi đủ)\",Nhân vật\n(1),(2),(3)\nMột,An,Bà Sợi\n",
    };
    for (size_t i = 0; i < COUNT(lists); i++) {
        arena *mem = arena_new(MEMORY);
        manifest m;
        fault f = {0};
        assert_ok(read_list(mem, lists[i], &m, &f), &f);
        if (m.count != 1)
            fail_msg("list %zu: %zu rows", i, m.count);
        assert_string_equal(m.rows[0].field[FIELD_TITLE], "Một");
        assert_string_equal(m.rows[0].field[FIELD_AUTHOR], "An");
        assert_string_equal(m.rows[0].field[FIELD_SUBJECT], "Bà Sợi");
        arena_free(mem);
    }
}

TEST("under a heading “Nhân vật” a name, an address and a unit are not the author's")
{
    arena *mem = arena_new(MEMORY);
    manifest m;
    fault f = {0};
    assert_ok(read_list(mem,
                        "Tên bài,Tác giả,,,Nhân vật,,,\n,Họ và tên,Năm sinh,Đơn vị,Họ và tên,Năm "
                        "sinh,Đơn vị,Địa chỉ\nMột,An,1960,Sở Y tế,Bà Sợi,1950,Tổ 5,Bưởi\n",
                        &m, &f),
              &f);
    const char *const *cells = m.rows[0].field;
    assert_string_equal(cells[FIELD_AUTHOR], "An");
    assert_string_equal(cells[FIELD_BIRTH_YEAR], "1960");
    assert_string_equal(cells[FIELD_UNIT], "Sở Y tế");
    assert_string_equal(cells[FIELD_SUBJECT], "Bà Sợi");
    assert_string_equal(cells[FIELD_SUBJECT_UNIT], "Tổ 5");
    assert_string_equal(cells[FIELD_SUBJECT_ADDRESS], "Bưởi");
    assert_string_equal(cells[FIELD_ADDRESS], "");
    arena_free(mem);
}

TEST("a mark for the cell above is what that cell says, also in a third row")
{
    arena *mem = arena_new(MEMORY);
    manifest m;
    fault f = {0};
    assert_ok(read_list(mem,
                        "tên bài,tác giả,đơn vị,địa chỉ\nMột,An,Báo Hànộimới,Hà Nội\n"
                        "Hai,Bình,nt,\"\"\"\"\nBa,như trên,-nt-,''\n",
                        &m, &f),
              &f);
    assert_int_equal(m.count, 3);
    assert_string_equal(m.rows[1].field[FIELD_UNIT], "Báo Hànộimới");
    assert_string_equal(m.rows[1].field[FIELD_ADDRESS], "Hà Nội");
    assert_string_equal(m.rows[2].field[FIELD_UNIT], "Báo Hànộimới");
    assert_string_equal(m.rows[2].field[FIELD_ADDRESS], "Hà Nội");
    assert_string_equal(m.rows[2].field[FIELD_AUTHOR], "Bình");
    arena_free(mem);
}

TEST("totals, headings, repeated headers and signatures are listed and are no entries; a row that "
     "lacks its author is one")
{
    arena *mem = arena_new(MEMORY);
    manifest m;
    fault f = {0};
    assert_ok(read_list(mem,
                        "STT,tên bài,tác giả,điện thoại\nI. KHỐI QUẬN,,,\n1,Một,An,09\n"
                        "2,Hai,,0912345678\nSTT,Tên bài,Tác giả,Điện thoại\n3,Ba,Chi,\n"
                        "4,Tổng hợp chuyện làng,Dung,\n,Tổng cộng: 4 bài,,\n"
                        ",,\"Hà Nội, ngày 5 tháng 7 năm 2016\",\n,Người lập,,Thủ trưởng\n",
                        &m, &f),
              &f);
    assert_int_equal(m.count, 4);
    assert_string_equal(m.rows[1].field[FIELD_TITLE], "Hai");
    assert_string_equal(m.rows[3].field[FIELD_TITLE], "Tổng hợp chuyện làng");
    assert_int_equal(m.aside_count, 5);
    assert_int_equal(m.aside[0].line, 2);
    assert_string_equal(m.aside[2].text, "Tổng cộng: 4 bài");
    arena_free(mem);
}

TEST("days are read as offices write them, the day before the month")
{
    static const struct {
        const char *text, *day; /* "": refused */
        int64_t seconds;
    } cases[] = {{"2016-07-05", "2016-07-05", 0},
                 {"2016-07-05 08:30", "2016-07-05", 30600},
                 {"2016-07-05T08:30", "2016-07-05", 30600},
                 {"5/7/2016", "2016-07-05", 0},
                 {"05-07-16", "2016-07-05", 0},
                 {"5.7.2016", "2016-07-05", 0},
                 {"5 tháng 7 năm 2016", "2016-07-05", 0},
                 {"ngày 05 tháng 07 năm 2016", "2016-07-05", 0},
                 {"5/7/2016 8:30", "2016-07-05", 30600},
                 {"8h30 ngày 5/7/2016", "2016-07-05", 30600},
                 {"8h ngày 5/7/2016", "2016-07-05", 28800},
                 {"42556", "2016-07-05", 0},
                 {"31/4/2024", "", 0},
                 {"7/25/2016", "", 0},
                 {"hôm qua", "", 0},
                 {"5/7", "", 0},
                 {"5/7/2016 25:00", "", 0},
                 {"2016", "", 0},
                 {"khoảng 5/7/2016", "", 0},
                 {"", "", 0}};
    for (size_t i = 0; i < COUNT(cases); i++) {
        moment at;
        char iso[20] = "";
        bool read = moment_parse(cases[i].text, &at);
        if (read)
            date_iso(at.day, iso);
        if (strcmp(iso, cases[i].day) != 0 || (read && at.seconds != cases[i].seconds))
            fail_msg("“%s”: got “%s”", cases[i].text, iso);
    }
}

TEST("several authors in one cell stand apart when each is a name; what is unclear is asked about")
{
    static const struct {
        const char *cell, *names; /* "?" asked; '|' between */
    } cases[] = {
        {"Nguyễn Văn An", "Nguyễn Văn An"},
        {"Nguyễn Văn An; Lê Bình", "Nguyễn Văn An|Lê Bình"},
        {"Nguyễn Văn An, Lê Thị Bình", "Nguyễn Văn An|Lê Thị Bình"},
        {"Nguyễn Văn An và Lê Thị Bình", "Nguyễn Văn An|Lê Thị Bình"},
        {"Nguyễn Văn An, Lê Thị Bình và Trần Chi", "Nguyễn Văn An|Lê Thị Bình|Trần Chi"},
        {"Nguyễn Văn An - Lê Thị Bình", "Nguyễn Văn An|Lê Thị Bình"},
        {"Nguyễn Văn An-Lê Thị Bình", "Nguyễn Văn An|Lê Thị Bình"},
        {"NGUYỄN VĂN AN & LÊ THỊ BÌNH", "NGUYỄN VĂN AN|LÊ THỊ BÌNH"},
        {"Nguyen Van An, Le Thi Binh", "Nguyen Van An|Le Thi Binh"},
        {"1. Nguyễn Văn An\n2. Lê Thị Bình", "Nguyễn Văn An|Lê Thị Bình"},
        {"- Nguyễn Văn An\n- Y Ban", "Nguyễn Văn An|Y Ban"},
        {"Ông Nguyễn Văn An và bà Lê Thị Bình", "Ông Nguyễn Văn An|bà Lê Thị Bình"},
        {"Nguyễn Thị Lan - Trường THCS Lê Lợi", "?"},
        {"Nguyễn Thị Lan, Ban Bạn đọc", "?"},
        {"Hội Phụ nữ và Đoàn Thanh niên phường Bưởi", "Hội Phụ nữ và Đoàn Thanh niên phường Bưởi"},
        {"Nhóm phóng viên Ban Văn hóa - Xã hội", "Nhóm phóng viên Ban Văn hóa - Xã hội"},
        {"Xuân-Diệu", "Xuân-Diệu"}};
    for (size_t i = 0; i < COUNT(cases); i++) {
        arena *mem = arena_new(MEMORY);
        manifest_row row = {.line = 2};
        row_values v;
        const char *reason = "";
        char names[256] = "?";
        fault f = {0};
        for (int k = 0; k < FIELD_COUNT; k++)
            row.field[k] = "";
        row.field[FIELD_TITLE] = "Một";
        row.field[FIELD_AUTHOR] = cases[i].cell;
        status st = row_read(mem, &row, &v, &reason, &f);
        if (st == OK)
            *names = '\0';
        else
            assert_string_equal(reason, "row.authors");
        for (size_t k = 0; st == OK && k < v.author_count; k++) {
            strcat(names, k ? "|" : "");
            strcat(names, v.authors[k].name);
        }
        if (strcmp(names, cases[i].names) != 0)
            fail_msg("“%s”: got “%s”", cases[i].cell, names);
        arena_free(mem);
    }
}
