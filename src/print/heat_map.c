/* Heat maps: one hue, white gutters, the number in each cell. */
#include "chart.h"

enum {
    ROW_HEIGHT = MM(7),
    HEAD_HEIGHT = MM(6),
    NAME_WIDTH = MM(52),
    GUTTER = 35,
    DARK_FROM = 55, /* percent of the largest: white digits from here on */
    COLOR_LOW = 0xFBEFE3,
    COLOR_HIGH = 0xA8161D
};

static unsigned mix(unsigned low, unsigned high, int64_t part, int64_t whole)
{
    unsigned color = 0;
    for (int shift = 16; shift >= 0; shift -= 8) {
        int64_t a = low >> shift & 0xFF, b = high >> shift & 0xFF;
        color |= (unsigned)(a + (b - a) * part / whole) << shift;
    }
    return color;
}

static int64_t largest(const heat_map *m)
{
    int64_t most = 1;
    for (size_t i = 0; i < m->row_count * m->column_count; i++)
        most = m->values[i].known && m->values[i].value > most ? m->values[i].value : most;
    return most;
}

static void draw_unknown(canvas *c, length x, length y, length width, length height)
{
    canvas_push(c);
    canvas_rectangle(c, x, y, width, height);
    canvas_paint(c, PAINT_CLIP);
    canvas_line_color(c, 0xC9C0B6);
    canvas_line_width(c, 12);
    for (length k = -height; k < width; k += 170) {
        canvas_move(c, x + k, y + height);
        canvas_line(c, x + k + height, y);
    }
    canvas_paint(c, PAINT_STROKE);
    canvas_pop(c);
}

static status draw_cell(document *d, const chart_value *v, int64_t most, length x, length y,
                        length width, fault *f)
{
    length w = width - GUTTER, h = ROW_HEIGHT - GUTTER;
    char number[32];
    if (!v->known) {
        draw_unknown(d->c, x, y, w, h);
        return OK;
    }
    bool dark = 100 * v->value >= DARK_FROM * most;
    text_style style = {FONT_SERIF, 1000, 0, dark ? 0xFFFFFF : INK};
    canvas_fill_color(d->c, mix(COLOR_LOW, COLOR_HIGH, v->value, most));
    canvas_rectangle(d->c, x, y, w, h);
    canvas_paint(d->c, PAINT_FILL);
    number_vietnamese(number, v->value);
    return canvas_text(d->c, &style, x + w / 2, y + h / 2 + 125, ANCHOR_CENTER, number, f);
}

static status draw_head(document *d, const heat_map *m, length left, length width, fault *f)
{
    text_style style = {FONT_SERIF_BOLD, 950, 0, INK_GRAY};
    for (size_t k = 0; k < m->column_count; k++)
        TRY(canvas_text(d->c, &style, left + width * (length)k + (width - GUTTER) / 2,
                        d->y + HEAD_HEIGHT - 150, ANCHOR_CENTER, m->columns[k], f));
    d->y += HEAD_HEIGHT;
    return OK;
}

static status draw_name(document *d, const char *name, fault *f)
{
    const size_range sizes[] = {{1050, 700}, {800, 600}};
    text_style style = {FONT_SERIF, 1050, 0, INK};
    text_block b;
    TRY(lines_fit(d->c, d->mem, &style, name, NAME_WIDTH - 200, 105, sizes, 2, &b, f));
    length y = d->y + (ROW_HEIGHT - GUTTER) / 2 + 125 - (length)(b.count - 1) * b.leading / 2;
    for (size_t i = 0; i < b.count; i++, y += b.leading)
        TRY(canvas_text(d->c, &b.style, d->shape.left, y, ANCHOR_LEFT, b.lines[i], f));
    return OK;
}

status heat_map_draw(document *d, const heat_map *m, fault *f)
{
    text_style title = {FONT_SERIF_BOLD, 1150, 0, INK};
    length left = d->shape.left + NAME_WIDTH;
    length width = (document_width(d) - NAME_WIDTH) / (length)m->column_count;
    int64_t most = largest(m);
    TRY(document_need(d, MM(40), f));
    TRY(canvas_text(d->c, &title, d->shape.left, d->y + 400, ANCHOR_LEFT, m->title, f));
    d->y += 700;
    TRY(draw_head(d, m, left, width, f));
    for (size_t i = 0; i < m->row_count; i++) {
        length before = d->y;
        TRY(document_need(d, ROW_HEIGHT, f));
        if (d->y < before)
            TRY(draw_head(d, m, left, width, f));
        TRY(draw_name(d, m->rows[i], f));
        for (size_t k = 0; k < m->column_count; k++)
            TRY(draw_cell(d, &m->values[i * m->column_count + k], most, left + width * (length)k,
                          d->y, width, f));
        d->y += ROW_HEIGHT;
    }
    d->y += 500;
    return OK;
}
