/* Every Vietnamese letter on paper: what poppler renders from our PDF is compared, pixel by pixel, with
 * what FreeType draws from the font itself. Text extraction cannot find a lost mark; this does. */
#include "test.h"

#include "chamthi/file.h"
#include "print/canvas.h"

#include <ft2build.h>
#include FT_FREETYPE_H

/* The 12 vowels with 6 tones, d and đ, the other consonants, and what prizes and dates need. */
static const char letters[] =
    "aàảãáạăằẳẵắặâầẩẫấậeèẻẽéẹêềểễếệiìỉĩíịoòỏõóọôồổỗốộơờởỡớợuùủũúụưừửữứựyỳỷỹýỵđ"
    "AÀẢÃÁẠĂẰẲẴẮẶÂẦẨẪẤẬEÈẺẼÉẸÊỀỂỄẾỆIÌỈĨÍỊOÒỎÕÓỌÔỒỔỖỐỘƠỜỞỠỚỢUÙỦŨÚỤƯỪỬỮỨỰYỲỶỸÝỴĐ"
    "bcdfghjklmnpqrstvwxzBCDFGHJKLMNPQRSTVWXZ0123456789“”‘’–.,;:/()-&%";

static const char *const font_files[FONT_COUNT] = {
    "/usr/share/fonts/truetype/liberation2/LiberationSerif-Regular.ttf",
    "/usr/share/fonts/truetype/liberation2/LiberationSerif-Bold.ttf",
    "/usr/share/fonts/truetype/liberation2/LiberationSerif-Italic.ttf",
    "/usr/share/fonts/truetype/liberation2/LiberationSerif-BoldItalic.ttf",
    "/usr/share/fonts/truetype/noto/NotoSerifDisplay-Bold.ttf"};

enum {
    CELL = 1270, /* 12.70 mm = 36 pt = 72 pixels at 144 dots per inch */
    CELL_PIXELS = 72,
    COLUMNS = 16,
    EM_PIXELS = 40, /* 20 pt */
    LEFT = 16,      /* pixels from the cell's edge to the letter's origin */
    BASE = 50,      /* and down to the baseline */
    NUDGE = 2       /* a tenth of a pixel: poppler takes the whole pixel below */
};

typedef struct {
    uint32_t codes[256];
    size_t count;
} letter_list;

static void list_letters(letter_list *out)
{
    out->count = 0;
    for (const char *p = letters; *p;) {
        const unsigned char *b = (const unsigned char *)p;
        size_t size = b[0] < 0x80 ? 1 : b[0] < 0xE0 ? 2 : 3;
        uint32_t code = size == 1   ? b[0]
                        : size == 2 ? (b[0] & 0x1Fu) << 6 | (b[1] & 0x3Fu)
                                    : (b[0] & 0x0Fu) << 12 | (b[1] & 0x3Fu) << 6 | (b[2] & 0x3Fu);
        out->codes[out->count++] = code;
        p += size;
    }
}

static void utf8(uint32_t code, char out[4])
{
    memset(out, 0, 4);
    if (code < 0x80) {
        out[0] = (char)code;
    } else if (code < 0x800) {
        out[0] = (char)(0xC0 | code >> 6);
        out[1] = (char)(0x80 | (code & 0x3F));
    } else {
        out[0] = (char)(0xE0 | code >> 12);
        out[1] = (char)(0x80 | (code >> 6 & 0x3F));
        out[2] = (char)(0x80 | (code & 0x3F));
    }
}

/* A gray picture, 255 is ink. */
typedef struct {
    int width, height;
    unsigned char *ink;
} picture;

/* Draws the letters on a grid; one of them may be exchanged for another. */
static void draw_grid(font_book *fonts, font_id id, const letter_list *list, size_t exchanged,
                      uint32_t with, const char *path)
{
    fault f = {0};
    canvas *c;
    buffer pdf = BUFFER_INIT;
    length rows = (length)((list->count + COLUMNS - 1) / COLUMNS);
    assert_ok(canvas_new(&c, fonts, &f), &f);
    assert_ok(canvas_page(c, COLUMNS * CELL, rows * CELL, &f), &f);
    text_style style = {id, 2000, 0, 0};
    for (size_t i = 0; i < list->count; i++) {
        char text[4];
        length x = (length)(i % COLUMNS) * CELL + LEFT * CELL / CELL_PIXELS + NUDGE;
        length y = (length)(i / COLUMNS) * CELL + BASE * CELL / CELL_PIXELS + NUDGE;
        utf8(i == exchanged ? with : list->codes[i], text);
        assert_ok(canvas_text(c, &style, x, y, ANCHOR_LEFT, text, &f), &f);
    }
    assert_ok(canvas_save(c, &(canvas_facts){"Chữ", "", "", {2024, 1, 1}}, &pdf, &f), &f);
    assert_ok(file_write(path, pdf.bytes, pdf.size, &f), &f);
    buffer_free(&pdf);
    canvas_free(c);
}

static picture render(const char *folder)
{
    char command[256], path[128];
    snprintf(command, sizeof command, "pdftoppm -r 144 -gray -singlefile %s/grid.pdf %s/grid 2>&1",
             folder, folder);
    assert_int_equal(system(command), 0);
    snprintf(path, sizeof path, "%s/grid.pgm", folder);
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    picture p;
    assert_int_equal(fscanf(file, "P5 %d %d 255", &p.width, &p.height), 2);
    assert_int_equal(fgetc(file), '\n');
    size_t size = (size_t)p.width * (size_t)p.height;
    p.ink = malloc(size);
    assert_int_equal(fread(p.ink, 1, size, file), size);
    for (size_t i = 0; i < size; i++)
        p.ink[i] = (unsigned char)(255 - p.ink[i]);
    fclose(file);
    return p;
}

/* What FreeType draws in one cell, without hinting. */
static void draw_reference(FT_Face face, uint32_t code,
                           unsigned char cell[CELL_PIXELS][CELL_PIXELS])
{
    memset(cell, 0, CELL_PIXELS * CELL_PIXELS);
    assert_int_equal(FT_Load_Char(face, code, FT_LOAD_NO_HINTING | FT_LOAD_RENDER), 0);
    assert_int_not_equal(FT_Get_Char_Index(face, code), 0);
    const FT_GlyphSlot glyph = face->glyph;
    for (int y = 0; y < (int)glyph->bitmap.rows; y++)
        for (int x = 0; x < (int)glyph->bitmap.width; x++) {
            int to_x = LEFT + glyph->bitmap_left + x, to_y = BASE - glyph->bitmap_top + y;
            assert_true(to_x >= 0 && to_x < CELL_PIXELS && to_y >= 0 && to_y < CELL_PIXELS);
            cell[to_y][to_x] = glyph->bitmap.buffer[y * glyph->bitmap.pitch + x];
        }
}

/* Pixels that differ by more than a quarter of the scale from paper to ink. */
static int difference(const picture *p, size_t index, FT_Face face, uint32_t code)
{
    unsigned char cell[CELL_PIXELS][CELL_PIXELS];
    int wrong = 0;
    draw_reference(face, code, cell);
    for (int y = 0; y < CELL_PIXELS; y++)
        for (int x = 0; x < CELL_PIXELS; x++) {
            int from_x = (int)(index % COLUMNS) * CELL_PIXELS + x;
            int from_y = (int)(index / COLUMNS) * CELL_PIXELS + y;
            int ink = from_x < p->width && from_y < p->height
                          ? p->ink[(size_t)from_y * (size_t)p->width + (size_t)from_x]
                          : 0;
            wrong += abs(ink - cell[y][x]) > 64;
        }
    return wrong;
}

enum { PIXELS_ALLOWED = 0 };

static font_book *open_fonts(void)
{
    fault f = {0};
    font_book *fonts;
    assert_ok(font_book_new(&fonts, &f), &f);
    return fonts;
}

TEST("134 letters in every font look as the font draws them, no mark is lost")
{
    letter_list list;
    char folder[64], path[80];
    FT_Library library;
    font_book *fonts = open_fonts();
    list_letters(&list);
    test_folder(folder);
    snprintf(path, sizeof path, "%s/grid.pdf", folder);
    assert_int_equal(FT_Init_FreeType(&library), 0);
    for (int id = 0; id < FONT_COUNT; id++) {
        FT_Face face;
        assert_int_equal(FT_New_Face(library, font_files[id], 0, &face), 0);
        assert_int_equal(FT_Set_Pixel_Sizes(face, 0, EM_PIXELS), 0);
        draw_grid(fonts, (font_id)id, &list, SIZE_MAX, 0, path);
        picture p = render(folder);
        for (size_t i = 0; i < list.count; i++) {
            int wrong = difference(&p, i, face, list.codes[i]);
            if (wrong > PIXELS_ALLOWED)
                fail_msg("%s, U+%04X: %d pixels differ", font_label((font_id)id), list.codes[i],
                         wrong);
        }
        free(p.ink);
        FT_Done_Face(face);
    }
    FT_Done_FreeType(library);
    font_book_free(fonts);
    test_folder_remove(folder);
}

TEST("the comparison would notice a single lost mark")
{
    static const struct {
        uint32_t right, wrong;
    } pairs[] = {{0x1EC7 /* ệ */, 0xEA /* ê */},  {0x1EAF /* ắ */, 0x103 /* ă */},
                 {0x1EE3 /* ợ */, 0x1A1 /* ơ */}, {0x111 /* đ */, 'd'},
                 {0x1EC9 /* ỉ */, 0xED /* í */},  {0x1EB6 /* Ặ */, 0x102 /* Ă */}};
    letter_list list;
    char folder[64], path[80];
    FT_Library library;
    FT_Face face;
    font_book *fonts = open_fonts();
    list_letters(&list);
    test_folder(folder);
    snprintf(path, sizeof path, "%s/grid.pdf", folder);
    assert_int_equal(FT_Init_FreeType(&library), 0);
    assert_int_equal(FT_New_Face(library, font_files[FONT_SERIF], 0, &face), 0);
    assert_int_equal(FT_Set_Pixel_Sizes(face, 0, EM_PIXELS), 0);
    for (size_t k = 0; k < sizeof pairs / sizeof *pairs; k++) {
        size_t at = 0;
        while (list.codes[at] != pairs[k].right)
            at++;
        draw_grid(fonts, FONT_SERIF, &list, at, pairs[k].wrong, path);
        picture p = render(folder);
        assert_true(difference(&p, at, face, pairs[k].right) > PIXELS_ALLOWED);
        free(p.ink);
    }
    FT_Done_Face(face);
    FT_Done_FreeType(library);
    font_book_free(fonts);
    test_folder_remove(folder);
}

/* The text of a PDF as poppler extracts it. */
static char *extract(const char *folder)
{
    char command[256], path[128];
    fault f = {0};
    buffer text = BUFFER_INIT;
    snprintf(command, sizeof command, "pdftotext -raw %s/text.pdf %s/text.txt 2>&1", folder,
             folder);
    assert_int_equal(system(command), 0);
    snprintf(path, sizeof path, "%s/text.txt", folder);
    assert_ok(file_read(path, 1 << 20, &text, &f), &f);
    return text.bytes;
}

TEST("every letter copies out of the PDF as it was put in, composed or not")
{
    static const char *const lines[] = {"aàảãáạăằẳẵắặâầẩẫấậeèẻẽéẹêềểễếệiìỉĩíị",
                                        "oòỏõóọôồổỗốộơờởỡớợuùủũúụưừửữứựyỳỷỹýỵđ",
                                        "AÀẢÃÁẠĂẰẲẴẮẶÂẦẨẪẤẬEÈẺẼÉẸÊỀỂỄẾỆIÌỈĨÍỊ",
                                        "OÒỎÕÓỌÔỒỔỖỐỘƠỜỞỠỚỢUÙỦŨÚỤƯỪỬỮỨỰYỲỶỸÝỴĐ",
                                        "Công Tằng Tôn Nữ Hoàng Thị Ngọc Quỳnh Hương Thảo Nguyên",
                                        "“Thuý” và “Thúy” là hai tên – không ai được sửa"};
    fault f = {0};
    char folder[64], path[80];
    font_book *fonts = open_fonts();
    test_folder(folder);
    snprintf(path, sizeof path, "%s/text.pdf", folder);
    for (int id = 0; id < FONT_COUNT; id++) {
        canvas *c;
        buffer pdf = BUFFER_INIT, wanted = BUFFER_INIT;
        text_style style = {(font_id)id, 1200, 0, 0};
        assert_ok(canvas_new(&c, fonts, &f), &f);
        assert_ok(canvas_page(c, A4_LONG, A4_SHORT, &f), &f);
        for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
            assert_ok(canvas_text(c, &style, MM(20), MM(20) + MM(10) * (length)i, ANCHOR_LEFT,
                                  lines[i], &f),
                      &f);
            buffer_format(&wanted, "%s\n", lines[i]);
        }
        /* the same as base letters and loose marks */
        assert_ok(canvas_text(c, &style, MM(20), MM(120), ANCHOR_LEFT,
                              "Nguye\xCC\x82\xCC\x83n Thi\xCC\xA3 A\xCC\x81nh", &f),
                  &f);
        buffer_text(&wanted, "Nguyễn Thị Ánh\n");
        assert_ok(canvas_save(c, &(canvas_facts){"Chữ", "", "", {2024, 1, 1}}, &pdf, &f), &f);
        assert_ok(file_write(path, pdf.bytes, pdf.size, &f), &f);
        char *text = extract(folder);
        assert_int_equal(strncmp(text, wanted.bytes, wanted.size), 0);
        free(text);
        buffer_free(&pdf);
        buffer_free(&wanted);
        canvas_free(c);
    }
    font_book_free(fonts);
    test_folder_remove(folder);
}
