/* Codes, seeded streams, dates, CSV, buffers and error sentences. */
#include "test.h"

#include "chamthi/buffer.h"
#include "chamthi/clock.h"
#include "chamthi/csv.h"
#include "chamthi/file.h"
#include "chamthi/random.h"

#include <sys/stat.h>
#include <unistd.h>

TEST("a code survives being typed in small letters with look-alikes and without dashes")
{
    unsigned char bytes[HASH_SIZE] = {1, 2, 3, 250, 251, 9, 0, 77, 200, 31, 5, 6};
    char code[CODE_TEXT_MAX], again[CODE_TEXT_MAX], typed[CODE_TEXT_MAX];
    code_from_bytes(code, bytes);
    size_t n = 0;
    for (size_t i = 0; code[i]; i++)
        if (code[i] != '-')
            typed[n++] = (char)(code[i] == '0' ? 'o' : code[i] == '1' ? 'l' : code[i] | 0x20);
    typed[n] = '\0';
    for (size_t i = 0; i < n; i++) /* digits keep their form under | 0x20 */
        assert_true(typed[i] != '\0');
    assert_true(code_parse(typed, again));
    assert_string_equal(code, again);
}

TEST("every single wrong character and every swap of two neighbours in a code is found")
{
    static const char alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    unsigned char bytes[HASH_SIZE];
    for (int round = 0; round < 20; round++) {
        char code[CODE_TEXT_MAX], again[CODE_TEXT_MAX];
        random_bytes(bytes, sizeof bytes);
        code_from_bytes(code, bytes);
        for (size_t i = 0; code[i]; i++) {
            char was = code[i];
            for (size_t k = 0; was != '-' && k < 32; k++) {
                code[i] = alphabet[k];
                assert_int_equal(code_parse(code, again), alphabet[k] == was);
            }
            code[i] = was;
            size_t next = code[i + 1] == '-' ? i + 2 : i + 1;
            if (was == '-' || !code[i + 1] || !code[next] || code[next] == was)
                continue;
            code[i] = code[next];
            code[next] = was;
            assert_false(code_parse(code, again));
            code[next] = code[i];
            code[i] = was;
        }
    }
}

TEST("a seeded stream is the same everywhere: RFC 8439's key stream for the zero key")
{
    unsigned char seed[SEED_SIZE] = {0};
    random_stream r;
    random_start(&r, seed);
    assert_true(random_next(&r) == 0x903df1a0ade0b876ULL);
    assert_true(random_next(&r) == 0x28bd8653e56a5d40ULL);
}

TEST("a message's code under a key is RFC 4231's")
{
    unsigned char key[SEED_SIZE], code[HASH_SIZE];
    char hex[2 * HASH_SIZE + 1];
    memset(key, 0, sizeof key); /* a shorter key is filled with zeros */
    memset(key, 0x0b, 20);
    hmac_bytes(code, key, "Hi There", 8);
    hex_encode(hex, code, HASH_SIZE);
    assert_string_equal(hex, "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
}

TEST("numbers below a bound are all reached and never passed")
{
    unsigned char seed[SEED_SIZE] = {7};
    random_stream r;
    random_start(&r, seed);
    unsigned seen[7] = {0};
    for (int i = 0; i < 7000; i++)
        seen[random_below(&r, 7)]++;
    for (int i = 0; i < 7; i++)
        assert_in_range(seen[i], 850, 1150);
}

TEST("dates are read in the three ways offices write them, and refused when not of the calendar")
{
    static const struct {
        const char *text;
        int year, month, day;
    } good[] = {{"2024-05-31", 2024, 5, 31},
                {"31/5/2024", 2024, 5, 31},
                {"31-05-2024", 2024, 5, 31},
                {"29.2.2024", 2024, 2, 29},
                {"2024-05-31 08:30", 2024, 5, 31}};
    static const char *const bad[] = {"",       "31/5", "29/2/2023", "2024-13-01", "31/4/2024",
                                      "1/1/24", "mai",  "31/5-2024", "31/5/2024x"};
    date d;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        assert_true(date_parse(good[i].text, &d));
        assert_int_equal(d.year, good[i].year);
        assert_int_equal(d.month, good[i].month);
        assert_int_equal(d.day, good[i].day);
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(date_parse(bad[i], &d));
}

TEST("every day from 1970 to 2100 goes to a time and back")
{
    for (int64_t t = date_to_time((date){1970, 1, 1}); t < date_to_time((date){2100, 1, 1});
         t += 86400) {
        date d = date_from_time(t);
        assert_true(date_valid(d));
        assert_int_equal(date_to_time(d), t);
        assert_int_equal(date_to_time(date_from_time(t + 86399)), t);
    }
}

static csv_table parse_csv(arena *mem, const char *text)
{
    csv_table t;
    fault f = {0};
    assert_ok(csv_table_parse(mem, "x.csv", (slice){text, strlen(text)}, &t, &f), &f);
    return t;
}

TEST("a CSV is read with BOM, semicolons, CRLF, quotes and line breaks in a cell")
{
    arena *mem = arena_new(1 << 20);
    csv_table t =
        parse_csv(mem, "\xEF\xBB\xBFtên; tác giả\r\n\r\n\"Bài \"\"một\"\"\nhai\";An\r\nba;Bình");
    assert_int_equal(t.count, 3);
    assert_string_equal(t.rows[0].cells[1], "tác giả");
    assert_string_equal(t.rows[1].cells[0], "Bài \"một\"\nhai");
    assert_int_equal(t.rows[1].line, 3);
    assert_int_equal(t.rows[2].line, 5);
    assert_string_equal(csv_cell(&t.rows[2], 1), "Bình");
    assert_string_equal(csv_cell(&t.rows[2], 7), "");
    arena_free(mem);
}

TEST("a title above the header row does not hide which separator a CSV has")
{
    arena *mem = arena_new(1 << 20);
    csv_table t =
        parse_csv(mem, "DANH SÁCH BÀI DỰ THI\n\nSTT;Tên bài;Tác giả\n1;Ao, cá, trăng;An\n");
    assert_int_equal(t.rows[1].count, 3);
    assert_string_equal(t.rows[2].cells[1], "Ao, cá, trăng");
    arena_free(mem);
}

TEST("a quotation mark that never closes is an error that names the line")
{
    arena *mem = arena_new(1 << 20);
    csv_table t;
    fault f = {0};
    const char *text = "a,b\n1,\"2\n3,4\n";
    assert_int_equal(csv_table_parse(mem, "x.csv", (slice){text, strlen(text)}, &t, &f), E_INPUT);
    assert_non_null(strstr(f.text[LANG_VI], "dòng 2"));
    arena_free(mem);
}

TEST("a number's digits are what printf writes, to both ends of its range")
{
    static const int64_t numbers[] = {0, 7, -7, 10, -99, 1000000, INT64_MAX, INT64_MIN};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        char wanted[32];
        buffer b = BUFFER_INIT;
        snprintf(wanted, sizeof wanted, "%lld", (long long)numbers[i]);
        buffer_int(&b, numbers[i]);
        assert_string_equal(b.bytes, wanted);
        buffer_free(&b);
    }
}

TEST("a cell that a spreadsheet would run as a formula is neutralised, a number is not")
{
    buffer b = BUFFER_INIT;
    csv_put(&b, "=1+1", false);
    csv_put(&b, "-5,5", false);
    csv_put(&b, "@x", true);
    assert_string_equal(b.bytes, "'=1+1,\"-5,5\",'@x\n");
    buffer_free(&b);
}

TEST("a fault's sentence is cut at a character, never inside one")
{
    fault f = {0};
    char text[3 * FAULT_TEXT_MAX];
    for (size_t i = 0; i + 3 < sizeof text; i += 3)
        memcpy(text + i, "ế", 4);
    for (int shift = 0; shift < 3; shift++) {
        FAIL(&f, E_INPUT, "%.*s%s", "%.*s%s", shift, "xyz", text);
        size_t size = strlen(f.text[0]);
        assert_true(size >= FAULT_TEXT_MAX - 4);
        assert_memory_equal(f.text[0] + size - 3, "ế", 3);
    }
}

TEST("an arena refuses to pass its limit and forgets everything on reset")
{
    arena *mem = arena_new(1000);
    assert_non_null(arena_alloc(mem, 900));
    assert_null(arena_alloc(mem, 200));
    arena_reset(mem);
    assert_non_null(arena_alloc(mem, 900));
    assert_null(arena_array(mem, SIZE_MAX / 2, 16));
    arena_free(mem);
}

TEST("a link and a device are written through and stay what they are")
{
    char folder[64], file[96], link[96];
    fault f = {0};
    struct stat info;
    buffer b = BUFFER_INIT;
    test_folder(folder);
    snprintf(file, sizeof file, "%s/a.txt", folder);
    snprintf(link, sizeof link, "%s/link", folder);
    assert_ok(file_write(file, "một", 5, &f), &f);
    assert_int_equal(symlink(file, link), 0);
    assert_ok(file_write(link, "hai", 3, &f), &f);
    assert_int_equal(lstat(link, &info), 0);
    assert_true(S_ISLNK(info.st_mode));
    assert_ok(file_read(file, 100, &b, &f), &f);
    assert_string_equal(b.bytes, "hai");
    assert_int_equal(unlink(link), 0);
    assert_int_equal(symlink("/dev/full", link), 0);
    assert_int_equal(file_write(link, "ba", 2, &f), E_SYSTEM);
    assert_non_null(strstr(f.text[LANG_VI], "ổ đĩa đã đầy"));
    assert_int_equal(lstat(link, &info), 0);
    assert_true(S_ISLNK(info.st_mode));
    buffer_free(&b);
    test_folder_remove(folder);
}

TEST("a file appears under its name complete or not at all")
{
    char folder[64], path[96];
    fault f = {0};
    test_folder(folder);
    snprintf(path, sizeof path, "%s/a/b.txt", folder);
    assert_int_equal(file_write(path, "x", 1, &f), E_MISSING);
    assert_int_equal(file_write("/dev/full/x", "x", 1, &f), E_MISSING);
    snprintf(path, sizeof path, "%s/b.txt", folder);
    assert_ok(file_write(path, "xin chào", 9, &f), &f);
    buffer b = BUFFER_INIT;
    assert_int_equal(file_read(path, 3, &b, &f), E_LIMIT);
    buffer_clear(&b);
    assert_ok(file_read(path, 100, &b, &f), &f);
    assert_string_equal(b.bytes, "xin chào");
    buffer_free(&b);
    test_folder_remove(folder);
}
