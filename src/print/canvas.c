/* Collects drawing calls as PDF operators, page by page. */
#include "canvas_fixes.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

enum { TEXT_MOST = 8192, STATE_DEPTH = 16, PAGES_MOST = 1000000 };

typedef struct {
    int64_t fill, stroke; /* -1: unknown */
    int width;
} paint_state;

struct canvas {
    pdf_parts parts;
    size_t page_capacity, form_capacity, bookmark_capacity;
    font_book *fonts;
    size_t page;      /* present one */
    bool inside_form; /* drawing goes to the last form */
    paint_state state[STATE_DEPTH];
    size_t depth;
    bool failed;
};

int pdf_points(length l)
{
    int64_t n = (int64_t)l * 360;
    return (int)((n + (n < 0 ? -63 : 63)) / 127);
}

static length from_points(int64_t points) /* hundredths of a point, rounded up */
{
    return (length)((points * 127 + 359) / 360);
}

status canvas_new(canvas **out, font_book *fonts, fault *f)
{
    canvas *c = calloc(1, sizeof *c);
    if (!c)
        return fault_memory(f);
    c->fonts = fonts;
    *out = c;
    return OK;
}

void canvas_free(canvas *c)
{
    if (!c)
        return;
    for (int i = 0; i < FONT_COUNT; i++) {
        free(c->parts.fonts[i].numbers);
        free(c->parts.fonts[i].glyphs);
        free(c->parts.fonts[i].codes);
    }
    for (size_t i = 0; i < c->parts.page_count; i++)
        buffer_free(&c->parts.pages[i].content);
    for (size_t i = 0; i < c->parts.form_count; i++)
        buffer_free(&c->parts.forms[i].content);
    for (size_t i = 0; i < c->parts.bookmark_count; i++)
        free(c->parts.bookmarks[i].title);
    free(c->parts.pages);
    free(c->parts.forms);
    free(c->parts.bookmarks);
    free(c);
}

static void *grow(void *items, size_t count, size_t *capacity, size_t size)
{
    if (count < *capacity)
        return items;
    size_t wanted = *capacity ? 2 * *capacity : 8;
    void *bigger = realloc(items, wanted * size);
    if (bigger)
        *capacity = wanted;
    return bigger;
}

static void forget_state(canvas *c)
{
    c->depth = 0;
    c->state[0] = (paint_state){-1, -1, -1};
}

static status add_sheet(pdf_page **sheets, size_t *count, size_t *capacity, length width,
                        length height, fault *f)
{
    pdf_page *bigger = grow(*sheets, *count, capacity, sizeof *bigger);
    if (!bigger)
        return fault_memory(f);
    *sheets = bigger;
    bigger[(*count)++] = (pdf_page){.width = width, .height = height, .content = BUFFER_INIT};
    return OK;
}

status canvas_page(canvas *c, length width, length height, fault *f)
{
    if (c->parts.page_count >= PAGES_MOST)
        return FAIL(f, E_LIMIT, "quá nhiều trang cho một tệp PDF; hãy in thành nhiều tệp",
                    "too many pages for one PDF; print several files");
    TRY(add_sheet(&c->parts.pages, &c->parts.page_count, &c->page_capacity, width, height, f));
    canvas_select(c, c->parts.page_count - 1);
    return OK;
}

void canvas_page_cut(canvas *c, length x, length y, length width, length height, length bleed)
{
    pdf_page *page = &c->parts.pages[c->page];
    page->cut = (pdf_area){x, y, width, height};
    page->bleed = bleed;
}

size_t canvas_page_count(const canvas *c)
{
    return c->parts.page_count;
}

void canvas_select(canvas *c, size_t page)
{
    c->page = page;
    forget_state(c);
}

status canvas_bookmark(canvas *c, int level, length y, const char *title, fault *f)
{
    pdf_parts *p = &c->parts;
    pdf_bookmark *bigger =
        grow(p->bookmarks, p->bookmark_count, &c->bookmark_capacity, sizeof *bigger);
    if (!bigger)
        return fault_memory(f);
    p->bookmarks = bigger;
    pdf_bookmark *line = &bigger[p->bookmark_count];
    *line = (pdf_bookmark){strdup(title), level, c->page, y};
    if (!line->title)
        return fault_memory(f);
    p->bookmark_count++;
    return OK;
}

status canvas_save(canvas *c, const canvas_facts *facts, buffer *out, fault *f)
{
    return c->failed ? fault_memory(f) : pdf_write(&c->parts, facts, out, f);
}

/* ---- operators ---- */
static pdf_page *sheet(canvas *c)
{
    return c->inside_form ? &c->parts.forms[c->parts.form_count - 1] : &c->parts.pages[c->page];
}

/* 1234 → "12.34 ", 1200 → "12 ". */
static void put_number(buffer *b, int hundredths)
{
    char text[16], *p = text + sizeof text;
    unsigned n = hundredths < 0 ? 0u - (unsigned)hundredths : (unsigned)hundredths;
    unsigned rest = n % 100;
    *--p = ' ';
    if (rest) {
        if (rest % 10)
            *--p = (char)('0' + rest % 10);
        *--p = (char)('0' + rest / 10);
        *--p = '.';
    }
    n /= 100;
    do
        *--p = (char)('0' + n % 10);
    while (n /= 10);
    if (hundredths < 0)
        *--p = '-';
    buffer_put(b, p, (size_t)(text + sizeof text - p));
}

static void put_point(canvas *c, length x, length y)
{
    pdf_page *s = sheet(c);
    put_number(&s->content, pdf_points(x));
    put_number(&s->content, pdf_points(s->height - y));
}

static void put(canvas *c, const char *operators)
{
    buffer_text(&sheet(c)->content, operators);
}

/* A component of 0..255 as a number between 0 and 1; two decimals would show as other colours. */
static void put_color(canvas *c, unsigned color, const char *operator)
{
    for (int shift = 16; shift >= 0; shift -= 8)
        buffer_format(&sheet(c)->content, "%u.%03u ", (color >> shift & 0xFF) / 255,
                      (color >> shift & 0xFF) % 255 * 1000 / 255);
    put(c, operator);
}

void canvas_fill_color(canvas *c, unsigned color)
{
    if (c->state[c->depth].fill == (int64_t)color)
        return;
    c->state[c->depth].fill = color;
    put_color(c, color, "rg\n");
}

void canvas_line_color(canvas *c, unsigned color)
{
    if (c->state[c->depth].stroke == (int64_t)color)
        return;
    c->state[c->depth].stroke = color;
    put_color(c, color, "RG\n");
}

void canvas_line_width(canvas *c, length width)
{
    if (c->state[c->depth].width == width)
        return;
    c->state[c->depth].width = width;
    put_number(&sheet(c)->content, pdf_points(width));
    put(c, "w\n");
}

void canvas_line_round(canvas *c)
{
    put(c, "1 J 1 j\n");
}

void canvas_dash(canvas *c, length on, length off)
{
    put(c, "[ ");
    if (on) {
        put_number(&sheet(c)->content, pdf_points(on));
        put_number(&sheet(c)->content, pdf_points(off));
    }
    put(c, "] 0 d\n");
}

void canvas_push(canvas *c)
{
    put(c, "q\n");
    if (c->depth + 1 < STATE_DEPTH) {
        c->state[c->depth + 1] = c->state[c->depth];
        c->depth++;
    } else {
        c->failed = true;
    }
}

void canvas_pop(canvas *c)
{
    put(c, "Q\n");
    c->depth -= c->depth > 0;
}

void canvas_push_moved(canvas *c, length right, length down)
{
    canvas_push(c);
    put(c, "1 0 0 1 ");
    put_number(&sheet(c)->content, pdf_points(right));
    put_number(&sheet(c)->content, -pdf_points(down));
    put(c, "cm\n");
}

void canvas_move(canvas *c, length x, length y)
{
    put_point(c, x, y);
    put(c, "m\n");
}

void canvas_line(canvas *c, length x, length y)
{
    put_point(c, x, y);
    put(c, "l\n");
}

void canvas_curve(canvas *c, length x1, length y1, length x2, length y2, length x, length y)
{
    put_point(c, x1, y1);
    put_point(c, x2, y2);
    put_point(c, x, y);
    put(c, "c\n");
}

void canvas_close(canvas *c)
{
    put(c, "h\n");
}

void canvas_rectangle(canvas *c, length x, length y, length width, length height)
{
    put_point(c, x, y + height);
    put_number(&sheet(c)->content, pdf_points(x + width) - pdf_points(x));
    put_number(&sheet(c)->content, pdf_points(y + height) - pdf_points(y));
    put(c, "re\n");
}

void canvas_circle(canvas *c, length x, length y, length radius)
{
    length k = (length)((int64_t)radius * 55228 / 100000); /* a quarter circle as one Bézier */
    canvas_move(c, x + radius, y);
    canvas_curve(c, x + radius, y + k, x + k, y + radius, x, y + radius);
    canvas_curve(c, x - k, y + radius, x - radius, y + k, x - radius, y);
    canvas_curve(c, x - radius, y - k, x - k, y - radius, x, y - radius);
    canvas_curve(c, x + k, y - radius, x + radius, y - k, x + radius, y);
    canvas_close(c);
}

void canvas_paint(canvas *c, paint how)
{
    static const char *const operators[] = {"f\n", "f*\n", "S\n", "B\n", "W n\n"};
    put(c, operators[how]);
}

status canvas_form_start(canvas *c, length width, length height, fault *f)
{
    TRY(add_sheet(&c->parts.forms, &c->parts.form_count, &c->form_capacity, width, height, f));
    c->inside_form = true;
    forget_state(c);
    return OK;
}

size_t canvas_form_end(canvas *c)
{
    c->inside_form = false;
    forget_state(c);
    return c->parts.form_count - 1;
}

void canvas_form_draw(canvas *c, size_t form, length x, length y)
{
    put(c, "q 1 0 0 1 ");
    put_point(c, x, y + c->parts.forms[form].height);
    buffer_format(&sheet(c)->content, "cm /X%zu Do Q\n", form);
}

/* ---- text ---- */
typedef struct {
    uint32_t codes[TEXT_MOST];
    size_t count;
} characters;

/* Characters that NFC never changes and that join with nothing: then composing can be left out. */
static bool composed(uint32_t code)
{
    return code < 0x300 || (code >= 0x1E00 && code < 0x1F00) || (code >= 0x2010 && code < 0x2030);
}

static status decode(const char *text, characters *out, bool *plain, fault *f)
{
    const utf8proc_uint8_t *at = (const utf8proc_uint8_t *)text;
    utf8proc_ssize_t left = (utf8proc_ssize_t)strlen(text);
    out->count = 0;
    *plain = true;
    while (left > 0) {
        utf8proc_int32_t code;
        utf8proc_ssize_t size = utf8proc_iterate(at, left, &code);
        if (size <= 0)
            return FAIL(f, E_INPUT, "“%.80s”: không phải UTF-8 đúng, không in được",
                        "“%.80s”: not valid UTF-8, cannot be printed", text);
        if (out->count == TEXT_MOST)
            return FAIL(f, E_LIMIT, "“%.80s…”: quá dài cho một dòng in",
                        "“%.80s…”: too long for one printed line", text);
        if (code == 0xA0) /* a no-break space has done its work once lines are made */
            code = ' ';
        *plain &= composed((uint32_t)code);
        out->codes[out->count++] = (uint32_t)code;
        at += size;
        left -= size;
    }
    return OK;
}

static status compose(const char *text, characters *out, fault *f)
{
    bool plain;
    TRY(decode(text, out, &plain, f));
    if (plain)
        return OK;
    utf8proc_uint8_t *whole = utf8proc_NFC((const utf8proc_uint8_t *)text);
    if (!whole)
        return fault_memory(f);
    status st = decode((const char *)whole, out, &plain, f);
    free(whole);
    return st;
}

static status find_face(canvas *c, font_id id, pdf_font **out, fault *f)
{
    pdf_font *font = &c->parts.fonts[id];
    *out = font;
    if (font->face)
        return OK;
    const font_face *face;
    TRY(font_book_face(c->fonts, id, &face, f));
    font->numbers = calloc(65536, sizeof *font->numbers);
    font->glyphs = calloc(256, sizeof *font->glyphs);
    font->codes = calloc(256, sizeof *font->codes);
    if (!font->numbers || !font->glyphs || !font->codes)
        return fault_memory(f);
    font->capacity = 256;
    font->count = 1;
    font->face = face;
    return OK;
}

static status find_glyph(const pdf_font *font, font_id id, uint32_t code, const char *text,
                         uint16_t *out, fault *f)
{
    /* a mark that composed with nothing would stand in the wrong place */
    bool loose = code >= 0x300 && code < 0x370, control = code < ' ' || code == 0x7F;
    *out = loose || control ? 0 : font_glyph(font->face, code);
    if (*out)
        return OK;
    utf8proc_uint8_t shown[5] = {0};
    if (code >= ' ')
        utf8proc_encode_char((utf8proc_int32_t)code, shown);
    return FAIL(f, E_INPUT, "“%.200s”: phông %s không có ký tự “%s” (U+%04X)",
                "“%.200s”: the font %s has no character “%s” (U+%04X)", text, font_label(id),
                (const char *)shown, code);
}

/* The number of a glyph in this document; 0 when memory is out. */
static unsigned glyph_number(pdf_font *font, uint16_t glyph, uint32_t code)
{
    if (font->numbers[glyph])
        return font->numbers[glyph];
    if (font->count == font->capacity) {
        uint16_t *glyphs = realloc(font->glyphs, 2 * font->capacity * sizeof *glyphs);
        if (!glyphs)
            return 0;
        font->glyphs = glyphs;
        uint32_t *codes = realloc(font->codes, 2 * font->capacity * sizeof *codes);
        if (!codes)
            return 0;
        font->codes = codes;
        font->capacity *= 2;
    }
    font->glyphs[font->count] = glyph;
    font->codes[font->count] = code;
    font->numbers[glyph] = (uint16_t)font->count;
    return (unsigned)font->count++;
}

/* Width and ink in thousandths of the size; the spacing after the last letter is not counted. */
typedef struct {
    int64_t advance;
    int above, below;
} run_extent;

static status measure(canvas *c, const text_style *style, const char *text, characters *codes,
                      uint16_t *glyphs, run_extent *out, fault *f)
{
    pdf_font *font;
    TRY(find_face(c, style->font, &font, f));
    TRY(compose(text, codes, f));
    *out = (run_extent){0, 0, 0};
    for (size_t i = 0; i < codes->count; i++) {
        TRY(find_glyph(font, style->font, codes->codes[i], text, &glyphs[i], f));
        font_box box = font_glyph_box(font->face, glyphs[i]);
        out->advance += font_advance(font->face, glyphs[i]);
        out->above = box.top > out->above ? box.top : out->above;
        out->below = -box.bottom > out->below ? -box.bottom : out->below;
    }
    return OK;
}

static int64_t run_width(const text_style *style, const run_extent *e, size_t count)
{
    return e->advance * style->size / 1000 + (count ? (int64_t)(count - 1) * style->spacing : 0);
}

status canvas_measure(canvas *c, const text_style *style, const char *text, text_extent *out,
                      fault *f)
{
    characters codes;
    uint16_t glyphs[TEXT_MOST];
    run_extent e;
    TRY(measure(c, style, text, &codes, glyphs, &e, f));
    out->width = from_points(run_width(style, &e, codes.count));
    out->above = from_points((int64_t)e.above * style->size / 1000);
    out->below = from_points((int64_t)e.below * style->size / 1000);
    return OK;
}

/* `stretch` is added at every space, in hundredths of a point. */
static void put_run(canvas *c, const text_style *style, int left, int baseline,
                    const characters *codes, const uint16_t *glyphs, int64_t stretch)
{
    pdf_font *font = &c->parts.fonts[style->font];
    canvas_fill_color(c, style->color);
    buffer *b = &sheet(c)->content;
    buffer_format(b, "BT /F%d ", (int)style->font);
    put_number(b, style->size);
    put(c, "Tf ");
    if (style->spacing) {
        put_number(b, style->spacing);
        put(c, "Tc ");
    }
    put_number(b, left);
    put_number(b, baseline);
    put(c, stretch ? "Td [<" : "Td <");
    for (size_t i = 0; i < codes->count; i++) {
        unsigned n = glyph_number(font, glyphs[i], codes->codes[i]);
        c->failed |= n == 0;
        buffer_format(b, "%04x", n);
        if (stretch && codes->codes[i] == ' ') {
            put(c, "> ");
            put_number(b, (int)(-stretch * 100000 / style->size)); /* thousandths of the size */
            put(c, "<");
        }
    }
    put(c, stretch ? ">] TJ" : "> Tj");
    put(c, style->spacing ? " 0 Tc ET\n" : " ET\n");
}

status canvas_text(canvas *c, const text_style *style, length x, length y, text_anchor anchor,
                   const char *text, fault *f)
{
    characters codes;
    uint16_t glyphs[TEXT_MOST];
    run_extent e;
    TRY(measure(c, style, text, &codes, glyphs, &e, f));
    int left = pdf_points(x), width = (int)run_width(style, &e, codes.count);
    left -= anchor == ANCHOR_CENTER ? width / 2 : anchor == ANCHOR_RIGHT ? width : 0;
    put_run(c, style, left, pdf_points(sheet(c)->height - y), &codes, glyphs, 0);
    return OK;
}

status canvas_text_justified(canvas *c, const text_style *style, length x, length y, length width,
                             const char *text, fault *f)
{
    characters codes;
    uint16_t glyphs[TEXT_MOST];
    run_extent e;
    int64_t spaces = 0;
    TRY(measure(c, style, text, &codes, glyphs, &e, f));
    for (size_t i = 0; i < codes.count; i++)
        spaces += codes.codes[i] == ' ';
    int64_t missing = pdf_points(width) - run_width(style, &e, codes.count);
    put_run(c, style, pdf_points(x), pdf_points(sheet(c)->height - y), &codes, glyphs,
            spaces && missing > 0 ? missing / spaces : 0);
    return OK;
}
