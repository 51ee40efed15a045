/* Bar charts. */
#include "chart.h"

#include <stdio.h>
#include <string.h>

enum {
    TITLE_HEIGHT = 1000,
    LABEL_HEIGHT = 700,
    AXIS_WIDTH = 1300, /* for the numbers of the grid */
    HATCH_STEP = 170,
    HATCH_SHARE = 14 /* percent of the plot a hatched bar is high */
};

typedef struct {
    document *d;
    const bar_chart *chart;
    length left, right, top, bottom; /* of the plot */
    int64_t most;                    /* the top of the scale */
    int64_t step;
} plot;

/* 1, 2 or 5 times a power of ten, so that at most five lines are drawn. */
static int64_t grid_step(int64_t most)
{
    int64_t step = 1;
    for (int i = 0; step * 5 < most; i++)
        step = i % 3 == 1 ? step / 2 * 5 : step * 2;
    return step;
}

static void find_scale(plot *p)
{
    int64_t most = 1;
    for (size_t s = 0; s < p->chart->series_count; s++)
        for (size_t i = 0; i < p->chart->label_count; i++) {
            const chart_value *v = &p->chart->series[s].values[i];
            most = v->known && v->value > most ? v->value : most;
        }
    p->step = grid_step(most);
    p->most = (most + p->step - 1) / p->step * p->step;
}

static length height_of(const plot *p, int64_t value)
{
    return (length)((p->bottom - p->top) * value / p->most);
}

static status draw_grid(const plot *p, fault *f)
{
    canvas *c = p->d->c;
    text_style style = {FONT_SERIF, 850, 0, INK_GRAY};
    for (int64_t n = 0; n <= p->most; n += p->step) {
        char text[32];
        length y = p->bottom - height_of(p, n);
        number_vietnamese(text, n);
        canvas_line_color(c, n ? 0xDDD6CC : INK);
        canvas_line_width(c, n ? 14 : 28);
        canvas_move(c, p->left, y);
        canvas_line(c, p->right, y);
        canvas_paint(c, PAINT_STROKE);
        TRY(canvas_text(c, &style, p->left - 150, y + 100, ANCHOR_RIGHT, text, f));
    }
    return OK;
}

static void draw_hatched(const plot *p, length x, length width)
{
    canvas *c = p->d->c;
    length height = (p->bottom - p->top) * HATCH_SHARE / 100, top = p->bottom - height;
    canvas_line_color(c, 0xA39A90);
    canvas_line_width(c, 12);
    canvas_push(c);
    canvas_rectangle(c, x, top, width, height);
    canvas_paint(c, PAINT_CLIP);
    for (length k = -height; k < width; k += HATCH_STEP) {
        canvas_move(c, x + k, p->bottom);
        canvas_line(c, x + k + height, top);
    }
    canvas_paint(c, PAINT_STROKE);
    canvas_pop(c);
    canvas_dash(c, 60, 50);
    canvas_rectangle(c, x, top, width, height);
    canvas_paint(c, PAINT_STROKE);
    canvas_dash(c, 0, 0);
}

static status draw_bar(const plot *p, const chart_series *s, const chart_value *v, length x,
                       length width, fault *f)
{
    canvas *c = p->d->c;
    if (!v->known) {
        draw_hatched(p, x, width);
        return OK;
    }
    text_style style = {FONT_SERIF_BOLD, 850, 0, s->color};
    length height = height_of(p, v->value);
    char number[32], text[64];
    number_vietnamese(number, v->value);
    snprintf(text, sizeof text, "%s%s", number, v->remark);
    text_extent e;
    TRY(canvas_measure(c, &style, text, &e, f));
    canvas_fill_color(c, 0xFFFFFF); /* no grid line through a number */
    canvas_rectangle(c, x + (width - e.width) / 2 - 20, p->bottom - height - 90 - e.above,
                     e.width + 40, e.above + 60);
    canvas_paint(c, PAINT_FILL);
    canvas_fill_color(c, s->color);
    canvas_rectangle(c, x, p->bottom - height, width, height);
    canvas_paint(c, PAINT_FILL);
    return canvas_text(c, &style, x + width / 2, p->bottom - height - 90, ANCHOR_CENTER, text, f);
}

static status draw_bars(const plot *p, fault *f)
{
    const bar_chart *chart = p->chart;
    text_style style = {FONT_SERIF, 950, 0, INK};
    length slot = (p->right - p->left) / (length)chart->label_count;
    length width = slot * 70 / 100 / (length)chart->series_count;
    for (size_t i = 0; i < chart->label_count; i++) {
        length x = p->left + slot * (length)i + slot * 15 / 100;
        for (size_t s = 0; s < chart->series_count; s++)
            TRY(draw_bar(p, &chart->series[s], &chart->series[s].values[i],
                         x + width * (length)s + 20, width - 40, f));
        TRY(canvas_text(p->d->c, &style, x + slot * 35 / 100, p->bottom + 450, ANCHOR_CENTER,
                        chart->labels[i], f));
    }
    return OK;
}

/* Names of the series in their colours, from the right. */
static status draw_names(const plot *p, length y, fault *f)
{
    length x = p->right;
    for (size_t s = p->chart->series_count; p->chart->series_count > 1 && s-- > 0;) {
        text_style style = {FONT_SERIF_BOLD, 950, 0, p->chart->series[s].color};
        text_extent e;
        TRY(canvas_measure(p->d->c, &style, p->chart->series[s].name, &e, f));
        TRY(canvas_text(p->d->c, &style, x, y, ANCHOR_RIGHT, p->chart->series[s].name, f));
        canvas_fill_color(p->d->c, style.color);
        canvas_rectangle(p->d->c, x - e.width - 380, y - 240, 260, 260);
        canvas_paint(p->d->c, PAINT_FILL);
        x -= e.width + 900;
    }
    return OK;
}

status chart_draw(document *d, const bar_chart *chart, length height, fault *f)
{
    text_style title = {FONT_SERIF_BOLD, 1150, 0, INK};
    TRY(document_need(d, height, f));
    plot p = {.d = d,
              .chart = chart,
              .left = d->shape.left + AXIS_WIDTH,
              .right = d->shape.left + document_width(d),
              .top = d->y + TITLE_HEIGHT * (chart->series_count > 1 ? 2 : 1),
              .bottom = d->y + height - LABEL_HEIGHT};
    find_scale(&p);
    TRY(canvas_text(d->c, &title, d->shape.left, d->y + 400, ANCHOR_LEFT, chart->title, f));
    TRY(draw_names(&p, d->y + TITLE_HEIGHT + 150, f));
    TRY(draw_grid(&p, f));
    TRY(draw_bars(&p, f));
    d->y += height + 300;
    return OK;
}
