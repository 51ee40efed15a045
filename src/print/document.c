/* Lays paragraphs, tables and signatures on pages. */
#include "document.h"

#include "chamthi/file.h"

#include <stdio.h>
#include <string.h>

const page_shape page_upright = {A4_SHORT, A4_LONG, MM(30), MM(18), MM(20), MM(20)};
const page_shape page_sideways = {A4_LONG, A4_SHORT, MM(18), MM(18), MM(20), MM(18)};

const paragraph_style paragraph_body = {.style = {FONT_SERIF, 1300, 0, INK},
                                        .align = ANCHOR_LEFT,
                                        .justified = true,
                                        .first = MM(10),
                                        .after = 200,
                                        .leading = 130};
const paragraph_style paragraph_center = {
    .style = {FONT_SERIF, 1300, 0, INK}, .align = ANCHOR_CENTER, .after = 150, .leading = 125};
const paragraph_style paragraph_note = {.style = {FONT_SERIF_ITALIC, 1050, 0, INK_GRAY},
                                        .align = ANCHOR_LEFT,
                                        .after = 150,
                                        .leading = 125};

enum {
    CELL_PAD_X = 140,
    CELL_PAD_Y = 110,
    TABLE_SIZE = 1050,
    TABLE_LEADING = 120,
    SIGNS_IN_ROW = 3,
    SIGN_TEXT = MM(20), /* of title, note and name */
    BLANK_HEIGHT = 800
};

status document_page(document *d, fault *f)
{
    d->y = d->shape.top;
    return canvas_page(d->c, d->shape.width, d->shape.height, f);
}

length document_width(const document *d)
{
    return d->shape.width - d->shape.left - d->shape.right;
}

static length room(const document *d)
{
    return d->shape.height - d->shape.bottom - d->y;
}

status document_need(document *d, length height, fault *f)
{
    return room(d) >= height || d->y == d->shape.top ? OK : document_page(d, f);
}

void document_skip(document *d, length height)
{
    d->y += height;
}

static length size_of(const text_style *style)
{
    return (length)((int64_t)style->size * 127 / 360);
}

/* ---- paragraphs ---- */
static status draw_line(document *d, const paragraph_style *p, const text_block *b, size_t i,
                        fault *f)
{
    length x = d->shape.left + p->indent, width = document_width(d) - p->indent;
    length baseline = d->y + size_of(&b->style) * 80 / 100;
    if (i == 0 && p->first) {
        x += p->first;
        width -= p->first;
    }
    if (p->justified && i + 1 < b->count)
        return canvas_text_justified(d->c, &b->style, x, baseline, width, b->lines[i], f);
    x += p->align == ANCHOR_CENTER ? width / 2 : p->align == ANCHOR_RIGHT ? width : 0;
    return canvas_text(d->c, &b->style, x, baseline, p->align, b->lines[i], f);
}

/* The first line is shorter by its indent: a run of no-break spaces of that width stands for it. */
static status break_paragraph(document *d, const paragraph_style *p, const char *text,
                              text_block *out, fault *f)
{
    const char *glued = lines_glue(d->mem, text);
    text_extent space;
    buffer padded = BUFFER_INIT;
    if (!glued)
        return fault_memory(f);
    TRY(canvas_measure(d->c, &p->style, " ", &space, f));
    for (length done = 0; p->first && done < p->first; done += space.width)
        buffer_text(&padded, "\xC2\xA0");
    size_t skip = padded.size;
    buffer_text(&padded, glued);
    status st = buffer_check(&padded, f);
    if (st == OK)
        st = lines_break(d->c, d->mem, &p->style, padded.bytes, document_width(d) - p->indent,
                         p->leading, p->align == ANCHOR_CENTER ? LINES_BALANCED : LINES_FULL, out,
                         f);
    if (st == OK && out->count)
        out->lines[0] += skip;
    buffer_free(&padded);
    return st;
}

status document_paragraph(document *d, const paragraph_style *p, const char *text, fault *f)
{
    text_block b;
    TRY(break_paragraph(d, p, text, &b, f));
    d->y += p->before;
    for (size_t i = 0; i < b.count; i++) {
        TRY(document_need(d, b.leading, f));
        TRY(draw_line(d, p, &b, i, f));
        d->y += b.leading;
    }
    d->y += p->after;
    return OK;
}

status document_blanks(document *d, size_t lines, fault *f)
{
    for (size_t i = 0; i < lines; i++) {
        TRY(document_need(d, BLANK_HEIGHT, f));
        d->y += BLANK_HEIGHT;
        canvas_line_color(d->c, INK_GRAY);
        canvas_line_width(d->c, 20);
        canvas_dash(d->c, 20, 80);
        canvas_move(d->c, d->shape.left, d->y - 150);
        canvas_line(d->c, d->shape.left + document_width(d), d->y - 150);
        canvas_paint(d->c, PAINT_STROKE);
        canvas_dash(d->c, 0, 0);
    }
    d->y += 200;
    return OK;
}

status document_heading(document *d, int level, const char *text, fault *f)
{
    paragraph_style p = {.style = {FONT_SERIF_BOLD, level ? 1300 : 1600, 0, level ? INK : INK_RED},
                         .align = ANCHOR_LEFT,
                         .before = d->y == d->shape.top ? 0
                                   : level              ? 350
                                                        : 600,
                         .after = 250,
                         .leading = 120};
    TRY(document_need(d, MM(45), f));
    TRY(canvas_bookmark(d->c, level, d->y, text, f));
    return document_paragraph(d, &p, text, f);
}

/* ---- tables ---- */
typedef struct {
    document *d;
    const report_table *t;
    length *x; /* left edges of the columns, and the right edge of the last */
    length row_least;
} grid;

static status make_grid(document *d, const report_table *t, length row_least, grid *out, fault *f)
{
    int64_t shares = 0, done = 0;
    *out = (grid){d, t, ARENA_ARRAY(d->mem, length, t->column_count + 1), row_least};
    if (!out->x || t->failed)
        return fault_memory(f);
    for (size_t k = 0; k < t->column_count; k++)
        shares += t->columns[k].share;
    for (size_t k = 0; k <= t->column_count; k++) {
        out->x[k] = d->shape.left + (length)(document_width(d) * done / shares);
        done += k < t->column_count ? t->columns[k].share : 0;
    }
    return OK;
}

static status break_cell(const grid *g, size_t column, const text_style *style, const char *text,
                         text_block *out, fault *f)
{
    length width = g->x[column + 1] - g->x[column] - 2 * CELL_PAD_X;
    TRY(lines_break(g->d->c, g->d->mem, style, text, width, TABLE_LEADING, LINES_FULL, out, f));
    if (out->widest <= width)
        return OK;
    /* One long word, such as a code: smaller, so that it never runs into the next column. */
    text_style narrow = *style;
    narrow.size = (int)((int64_t)style->size * width / out->widest);
    return lines_break(g->d->c, g->d->mem, &narrow, text, width, TABLE_LEADING, LINES_FULL, out, f);
}

static text_anchor anchor_of(column_align align)
{
    return align == ALIGN_NUMBER   ? ANCHOR_RIGHT
           : align == ALIGN_MIDDLE ? ANCHOR_CENTER
                                   : ANCHOR_LEFT;
}

static status draw_cell(const grid *g, size_t column, const text_block *b, text_anchor anchor,
                        length top, fault *f)
{
    length left = g->x[column] + CELL_PAD_X, right = g->x[column + 1] - CELL_PAD_X;
    length x = anchor == ANCHOR_LEFT ? left : anchor == ANCHOR_RIGHT ? right : (left + right) / 2;
    for (size_t i = 0; i < b->count; i++)
        TRY(canvas_text(g->d->c, &b->style, x,
                        top + CELL_PAD_Y + size_of(&b->style) * 80 / 100 + (length)i * b->leading,
                        anchor, b->lines[i], f));
    return OK;
}

static length block_height(const text_block *b)
{
    return 2 * CELL_PAD_Y + (length)b->count * b->leading;
}

static void draw_rules(const grid *g, length top, length bottom)
{
    canvas *c = g->d->c;
    canvas_line_color(c, INK_RULE);
    canvas_line_width(c, 14);
    for (size_t k = 0; k <= g->t->column_count; k++) {
        canvas_move(c, g->x[k], top);
        canvas_line(c, g->x[k], bottom);
    }
    canvas_move(c, g->x[0], top);
    canvas_line(c, g->x[g->t->column_count], top);
    canvas_move(c, g->x[0], bottom);
    canvas_line(c, g->x[g->t->column_count], bottom);
    canvas_paint(c, PAINT_STROKE);
}

static status draw_header(const grid *g, fault *f)
{
    text_style style = {FONT_SERIF_BOLD, TABLE_SIZE, 0, INK};
    size_t count = g->t->column_count;
    text_block *blocks = ARENA_ARRAY(g->d->mem, text_block, count);
    length height = 0, top = g->d->y;
    if (!blocks)
        return fault_memory(f);
    for (size_t k = 0; k < count; k++) {
        TRY(break_cell(g, k, &style, g->t->columns[k].heading, &blocks[k], f));
        height = block_height(&blocks[k]) > height ? block_height(&blocks[k]) : height;
    }
    canvas_fill_color(g->d->c, PAPER_SHADE);
    canvas_rectangle(g->d->c, g->x[0], top, g->x[count] - g->x[0], height);
    canvas_paint(g->d->c, PAINT_FILL);
    for (size_t k = 0; k < count; k++) {
        length down = (height - block_height(&blocks[k])) / 2;
        TRY(draw_cell(g, k, &blocks[k], ANCHOR_CENTER, top + down, f));
    }
    draw_rules(g, top, top + height);
    g->d->y += height;
    return OK;
}

static status draw_row(const grid *g, const report_cell *cells, fault *f)
{
    text_style style = {FONT_SERIF, TABLE_SIZE, 0, INK};
    size_t count = g->t->column_count;
    text_block *blocks = ARENA_ARRAY(g->d->mem, text_block, count);
    length height = g->row_least;
    char text[4096];
    if (!blocks)
        return fault_memory(f);
    for (size_t k = 0; k < count; k++) {
        cell_shown(&cells[k], text, sizeof text);
        TRY(break_cell(g, k, &style, text, &blocks[k], f));
        height = block_height(&blocks[k]) > height ? block_height(&blocks[k]) : height;
    }
    if (room(g->d) < height) {
        TRY(document_page(g->d, f));
        TRY(draw_header(g, f));
    }
    for (size_t k = 0; k < count; k++)
        TRY(draw_cell(g, k, &blocks[k], anchor_of(g->t->columns[k].align), g->d->y, f));
    draw_rules(g, g->d->y, g->d->y + height);
    g->d->y += height;
    return OK;
}

status document_table(document *d, const report_table *t, length row_least, fault *f)
{
    grid g;
    TRY(make_grid(d, t, row_least, &g, f));
    TRY(document_need(d, MM(28), f));
    TRY(draw_header(&g, f));
    for (size_t i = 0; i < table_rows(t); i++)
        TRY(draw_row(&g, t->cells + i * t->column_count, f));
    d->y += 300;
    return OK;
}

/* ---- letterhead and signatures ---- */
static status draw_centered(document *d, const text_style *style, length x, length width,
                            const char *text, length *y, fault *f)
{
    text_block b;
    const char *glued = lines_glue(d->mem, text);
    if (!glued)
        return fault_memory(f);
    TRY(lines_break(d->c, d->mem, style, glued, width, 118, LINES_BALANCED, &b, f));
    for (size_t i = 0; i < b.count; i++, *y += b.leading)
        TRY(canvas_text(d->c, style, x, *y + size_of(style) * 80 / 100, ANCHOR_CENTER, b.lines[i],
                        f));
    return OK;
}

static void draw_rule(document *d, length x, length y, length width)
{
    canvas_line_color(d->c, INK);
    canvas_line_width(d->c, 25);
    canvas_move(d->c, x - width / 2, y);
    canvas_line(d->c, x + width / 2, y);
    canvas_paint(d->c, PAINT_STROKE);
}

status document_letterhead(document *d, const char *organizer, const char *number, fault *f)
{
    length width = document_width(d), left = d->shape.left + width * 21 / 100;
    length right = d->shape.left + width * 71 / 100, y = d->y, y_right = d->y;
    text_style bold = {FONT_SERIF_BOLD, 1200, 0, INK}, motto = {FONT_SERIF_BOLD, 1300, 0, INK};
    text_style plain = {FONT_SERIF, 1300, 0, INK};
    text_extent e;
    const char *glued = lines_glue(d->mem, organizer);
    const char *capitals = glued ? lines_upper(d->mem, glued) : NULL;
    if (!capitals)
        return fault_memory(f);
    TRY(draw_centered(d, &bold, left, width * 42 / 100, capitals, &y, f));
    draw_rule(d, left, y + 90, MM(22));
    y += 280;
    if (*number)
        TRY(draw_centered(d, &plain, left, width * 42 / 100, number, &y, f));
    TRY(draw_centered(d, &bold, right, width * 60 / 100, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
                      &y_right, f));
    TRY(canvas_measure(d->c, &motto, "Độc lập - Tự do - Hạnh phúc", &e, f));
    TRY(draw_centered(d, &motto, right, width * 60 / 100, "Độc lập - Tự do - Hạnh phúc", &y_right,
                      f));
    draw_rule(d, right, y_right + 40, e.width);
    d->y = (y > y_right ? y : y_right) + 700;
    return OK;
}

length document_signatures_height(size_t count, length gap)
{
    return (length)((count + SIGNS_IN_ROW - 1) / SIGNS_IN_ROW) * (gap + SIGN_TEXT);
}

status document_signatures(document *d, const signature *list, size_t count, length gap, fault *f)
{
    text_style title = {FONT_SERIF_BOLD, 1300, 0, INK}, note = {FONT_SERIF_ITALIC, 1200, 0, INK};
    length row_height = gap + SIGN_TEXT;
    size_t columns = count < SIGNS_IN_ROW ? count : SIGNS_IN_ROW;
    length cell = columns ? document_width(d) / (length)columns : 0;
    for (size_t i = 0; i < count; i += SIGNS_IN_ROW) {
        size_t in_row = count - i < SIGNS_IN_ROW ? count - i : SIGNS_IN_ROW;
        TRY(document_need(d, row_height, f));
        for (size_t k = 0; k < in_row; k++) {
            const signature *s = &list[i + k];
            length x = d->shape.left + cell * (length)k + cell / 2, y = d->y;
            TRY(draw_centered(d, &title, x, cell - 400, s->title, &y, f));
            TRY(draw_centered(d, &note, x, cell - 400, s->note, &y, f));
            y = d->y + row_height - MM(9);
            TRY(draw_centered(d, &title, x, cell - 400, s->name, &y, f));
        }
        d->y += row_height;
    }
    return OK;
}

/* ---- numbers and saving ---- */
static status number_pages(document *d, size_t from, size_t to, fault *f)
{
    text_style style = {FONT_SERIF, d->numbers == NUMBERS_TOP ? 1300 : 1000, 0,
                        d->numbers == NUMBERS_TOP ? INK : INK_GRAY};
    for (size_t i = from + 1; d->numbers != NUMBERS_NONE && i < to; i++) {
        char text[64];
        canvas_select(d->c, i);
        if (d->numbers == NUMBERS_TOP)
            snprintf(text, sizeof text, "%zu", i - from + 1);
        else
            snprintf(text, sizeof text, "Trang %zu/%zu", i - from + 1, to - from);
        TRY(canvas_text(d->c, &style, d->shape.width / 2,
                        d->numbers == NUMBERS_TOP ? d->shape.top / 2 + 200
                                                  : d->shape.height - d->shape.bottom / 2,
                        ANCHOR_CENTER, text, f));
    }
    canvas_select(d->c, to - 1);
    return OK;
}

status document_section(document *d, fault *f)
{
    size_t pages = canvas_page_count(d->c);
    TRY(number_pages(d, d->section_start, pages, f));
    d->section_start = pages;
    return document_page(d, f);
}

static status write_file(document *d, const canvas_facts *facts, const char *path, fault *f)
{
    buffer pdf = BUFFER_INIT;
    status st = number_pages(d, d->section_start, canvas_page_count(d->c), f);
    if (st == OK)
        st = canvas_save(d->c, facts, &pdf, f);
    if (st == OK)
        st = file_write(path, pdf.bytes, pdf.size, f);
    buffer_free(&pdf);
    return st;
}

status document_make(arena *mem, const page_shape *shape, page_numbers numbers, document_body body,
                     void *what, const canvas_facts *facts, const char *path, fault *f)
{
    document d = {.mem = mem, .shape = *shape, .numbers = numbers};
    font_book *fonts = NULL;
    TRY(font_book_new(&fonts, f));
    status st = canvas_new(&d.c, fonts, f);
    if (st == OK)
        st = document_page(&d, f);
    if (st == OK)
        st = body(&d, what, f);
    if (st == OK)
        st = write_file(&d, facts, path, f);
    canvas_free(d.c);
    font_book_free(fonts);
    return st;
}
