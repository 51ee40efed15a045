/* The certificate's drawings: a guilloche band, corner rosettes, a lotus over an open book.
 *
 * The curves are computed in floating point; they decide nothing but where ink goes, and every point
 * is rounded to 0.01 mm before it is written. */
#include "ornament.h"

#include <math.h>
#include <qrencode.h>
#include <string.h>

#define PI 3.14159265358979323846

typedef struct {
    double x, y;
} point;

typedef point (*path)(double t, const double *shape);

static length rounded(double v)
{
    return (length)lround(v);
}

/* Draws t = 0..1 of a path as Bézier pieces whose tangents come from differences. */
static void draw_path(canvas *c, path at, const double *shape, int pieces)
{
    const double h = 1e-5;
    point from = at(0, shape);
    canvas_move(c, rounded(from.x), rounded(from.y));
    for (int i = 0; i < pieces; i++) {
        double t0 = (double)i / pieces, t1 = (double)(i + 1) / pieces, third = (t1 - t0) / 3;
        point a = at(t0, shape), b = at(t1, shape), a1 = at(t0 + h, shape), b0 = at(t1 - h, shape);
        canvas_curve(c, rounded(a.x + (a1.x - a.x) / h * third),
                     rounded(a.y + (a1.y - a.y) / h * third),
                     rounded(b.x - (b.x - b0.x) / h * third),
                     rounded(b.y - (b.y - b0.y) / h * third), rounded(b.x), rounded(b.y));
    }
}

/* shape: centre, radius, share of the wave, waves, phase */
static point rosette(double t, const double *shape)
{
    double angle = 2 * PI * t;
    double r = shape[1] * (1 - shape[2] + shape[2] * cos(shape[3] * angle + shape[4]));
    return (point){shape[0] + r * cos(angle), shape[0] + r * sin(angle)};
}

static void draw_rosette(canvas *c, double centre, double radius, double share, int waves,
                         int strands)
{
    for (int i = 0; i < strands; i++) {
        const double shape[] = {centre, radius, share, waves, 2 * PI * i / strands};
        draw_path(c, rosette, shape, waves * 4);
        canvas_close(c);
    }
    canvas_paint(c, PAINT_STROKE);
}

/* shape: length of the wave, height of the band, share of the swing, phase, 1 when it runs downwards,
 * waves per tile. Tiles overlap a little, so that no seam shows. */
static point wave(double t, const double *shape)
{
    double along = (t * 1.02 - 0.01) * shape[0];
    double across =
        shape[1] / 2 + shape[1] * shape[2] * sin(2 * PI * shape[5] * along / shape[0] + shape[3]);
    return shape[4] > 0 ? (point){across, along} : (point){along, across};
}

typedef enum { TILE_ACROSS, TILE_DOWN } tile_direction;

static status make_tile(canvas *c, const certificate_template *t, length size,
                        tile_direction direction, size_t *out, fault *f)
{
    length band = t->border.band, w = direction == TILE_DOWN ? band : size,
           h = direction == TILE_DOWN ? size : band;
    TRY(canvas_form_start(c, w, h, f));
    canvas_line_width(c, 12);
    for (int family = 0; family < 2; family++) {
        canvas_line_color(c, family ? t->border.color : t->border.pale);
        for (int i = 0; i < 6; i++) {
            const double shape[] = {size,       band,      family ? 0.40 : 0.30,
                                    PI * i / 3, direction, family ? 1 : 2};
            draw_path(c, wave, shape, family ? 4 : 8);
        }
        canvas_paint(c, PAINT_STROKE);
    }
    *out = canvas_form_end(c);
    return OK;
}

/* A quarter of the colour on white. */
static unsigned tint(unsigned color)
{
    unsigned out = 0;
    for (int shift = 0; shift <= 16; shift += 8)
        out |= (255u - (255u - (color >> shift & 0xFFu)) / 4) << shift;
    return out;
}

static status make_corner(canvas *c, const certificate_template *t, length side, size_t *out,
                          fault *f)
{
    TRY(canvas_form_start(c, side, side, f));
    canvas_line_width(c, 12);
    canvas_fill_color(c, tint(t->border.pale));
    canvas_rectangle(c, 0, 0, side, side);
    canvas_paint(c, PAINT_FILL);
    canvas_line_color(c, t->border.pale);
    draw_rosette(c, side / 2.0, side * 0.47, 0.34, 6, 4);
    canvas_line_color(c, t->border.color);
    draw_rosette(c, side / 2.0, side * 0.47, 0.22, 12, 2);
    draw_rosette(c, side / 2.0, side * 0.21, 0.40, 8, 2);
    canvas_line_width(c, 55);
    canvas_rectangle(c, 0, 0, side, side);
    canvas_paint(c, PAINT_STROKE);
    *out = canvas_form_end(c);
    return OK;
}

static void draw_tiles(canvas *c, size_t form, length x, length y, length step, length total,
                       tile_direction direction)
{
    int count = (int)((total + step / 2) / step);
    for (int i = 0; i < count; i++) {
        length along = (length)((int64_t)total * i / count);
        canvas_form_draw(c, form, direction == TILE_DOWN ? x : x + along,
                         direction == TILE_DOWN ? y + along : y);
    }
}

/* The size of a tile near `wanted` of which a whole number fills `total`. */
static length tile_size(length total, length wanted)
{
    length count = (total + wanted / 2) / wanted;
    return (total + count / 2) / (count ? count : 1);
}

static void frame_line(canvas *c, const certificate_template *t, length inset, length width)
{
    canvas_line_width(c, width);
    canvas_rectangle(c, inset, inset, t->width - 2 * inset, t->height - 2 * inset);
    canvas_paint(c, PAINT_STROKE);
}

enum {
    FRAME_GAP = 90,
    CORNER_MORE = 340
}; /* between line and band; corners are that much larger */

/* The band on all four sides, between two rules, with a square at each corner. */
static status make_band(canvas *c, const certificate_template *t, size_t *tiles, fault *f)
{
    length side = t->border.band + CORNER_MORE, start = t->border.inset + side - 60;
    length step_x = tile_size(t->width - 2 * start, t->border.band);
    length step_y = tile_size(t->height - 2 * start, t->border.band);
    TRY(make_tile(c, t, step_x, TILE_ACROSS, &tiles[0], f));
    TRY(make_tile(c, t, step_y, TILE_DOWN, &tiles[1], f));
    return make_corner(c, t, side, &tiles[2], f);
}

static void draw_band(canvas *c, const certificate_template *t, const size_t *tiles)
{
    length inset = t->border.inset, band = t->border.band, side = band + CORNER_MORE;
    length start = inset + side - 60, wide = t->width - 2 * start, high = t->height - 2 * start;
    length near = inset + FRAME_GAP, step_x = tile_size(wide, band), step_y = tile_size(high, band);
    canvas_fill_color(c, tint(t->border.pale));
    canvas_rectangle(c, near, near, t->width - 2 * near, t->height - 2 * near);
    canvas_rectangle(c, near + band, near + band, t->width - 2 * (near + band),
                     t->height - 2 * (near + band));
    canvas_paint(c, PAINT_FILL_EVEN_ODD);
    draw_tiles(c, tiles[0], start, near, step_x, wide, TILE_ACROSS);
    draw_tiles(c, tiles[0], start, t->height - near - band, step_x, wide, TILE_ACROSS);
    draw_tiles(c, tiles[1], near, start, step_y, high, TILE_DOWN);
    draw_tiles(c, tiles[1], t->width - near - band, start, step_y, high, TILE_DOWN);
    canvas_line_color(c, t->border.color);
    frame_line(c, t, inset, 55);
    frame_line(c, t, inset + 2 * FRAME_GAP + band, 55);
    frame_line(c, t, inset + 2 * FRAME_GAP + band + 110, 18);
    length far_x = t->width - inset - side, far_y = t->height - inset - side;
    canvas_form_draw(c, tiles[2], inset, inset);
    canvas_form_draw(c, tiles[2], far_x, inset);
    canvas_form_draw(c, tiles[2], inset, far_y);
    canvas_form_draw(c, tiles[2], far_x, far_y);
}

/* Behind the text, so pale that it never competes with it. */
static status make_rosette(canvas *c, const certificate_template *t, length side, size_t *out,
                           fault *f)
{
    TRY(canvas_form_start(c, side, side, f));
    canvas_line_color(c, t->rosette);
    canvas_line_width(c, 18);
    draw_rosette(c, side / 2.0, side * 0.49, 0.20, 16, 4);
    draw_rosette(c, side / 2.0, side * 0.29, 0.30, 12, 4);
    *out = canvas_form_end(c);
    return OK;
}

static status make_frame(canvas *c, const certificate_template *t, size_t *out, fault *f)
{
    size_t tiles[3] = {0}, pattern = 0;
    length side = (t->height < t->width ? t->height : t->width) * 6 / 10;
    if (t->border.band)
        TRY(make_band(c, t, tiles, f));
    if (t->rosette != TEMPLATE_NO_COLOR)
        TRY(make_rosette(c, t, side, &pattern, f));
    TRY(canvas_form_start(c, t->width, t->height, f));
    if (t->ground != TEMPLATE_NO_COLOR) {
        canvas_fill_color(c, t->ground);
        canvas_rectangle(c, 0, 0, t->width, t->height);
        canvas_paint(c, PAINT_FILL);
    }
    if (t->rosette != TEMPLATE_NO_COLOR)
        canvas_form_draw(c, pattern, (t->width - side) / 2, (t->height - side) / 2);
    if (t->border.band)
        draw_band(c, t, tiles);
    *out = canvas_form_end(c);
    return OK;
}

/* ---- the emblem: "những bông hoa đẹp" over an open book; no state's emblem ---- */
enum { EMBLEM_RED = 0xB5121B, EMBLEM_GOLD = 0xA67C24 };

/* A petal from (x,y), `reach` long and `wide` across, leaning by `angle` from upright. */
static void draw_petal(canvas *c, double x, double y, double angle, double reach, double wide)
{
    const point outline[] = {{-0.55, 0.25}, {-0.50, 0.75}, {0, 1},
                             {0.50, 0.75},  {0.55, 0.25},  {0, 0}};
    point p[6];
    for (int i = 0; i < 6; i++) {
        double across = outline[i].x * wide, along = outline[i].y * reach;
        p[i] = (point){x + across * cos(angle) + along * sin(angle),
                       y + across * sin(angle) - along * cos(angle)};
    }
    canvas_move(c, rounded(x), rounded(y));
    canvas_curve(c, rounded(p[0].x), rounded(p[0].y), rounded(p[1].x), rounded(p[1].y),
                 rounded(p[2].x), rounded(p[2].y));
    canvas_curve(c, rounded(p[3].x), rounded(p[3].y), rounded(p[4].x), rounded(p[4].y), rounded(x),
                 rounded(y));
    canvas_close(c);
    canvas_paint(c, PAINT_BOTH);
}

static void draw_lotus(canvas *c, double x, double y, double size)
{
    static const struct {
        double angle, reach, wide;
        unsigned color;
    } petals[] = {
        {-1.32, 0.86, 0.40, 0xD9A3A0}, {1.32, 0.86, 0.40, 0xD9A3A0}, {-0.98, 0.95, 0.46, 0xCB6F6C},
        {0.98, 0.95, 0.46, 0xCB6F6C},  {-0.58, 1.0, 0.50, 0xC2474A}, {0.58, 1.0, 0.50, 0xC2474A},
        {-0.27, 1.0, 0.50, 0xBB2A31},  {0.27, 1.0, 0.50, 0xBB2A31},  {0, 1.06, 0.52, EMBLEM_RED}};
    for (size_t i = 0; i < sizeof petals / sizeof *petals; i++) {
        canvas_fill_color(c, petals[i].color);
        draw_petal(c, x, y, petals[i].angle, petals[i].reach * size, petals[i].wide * size);
    }
}

static void draw_book(canvas *c, length x, length y, length half, length thick)
{
    for (int side = -1; side <= 1; side += 2) {
        canvas_fill_color(c, 0xFFFFFF);
        canvas_move(c, x, y);
        canvas_curve(c, x + side * half / 4, y - thick / 2, x + side * half * 3 / 4, y - thick / 2,
                     x + side * half, y - thick / 6);
        canvas_line(c, x + side * half, y + thick * 5 / 6);
        canvas_curve(c, x + side * half * 3 / 4, y + thick / 2, x + side * half / 4, y + thick / 2,
                     x, y + thick);
        canvas_close(c);
        canvas_paint(c, PAINT_BOTH);
        for (int line = 1; line <= 2; line++) {
            length lower = y + thick * line / 3;
            canvas_move(c, x + side * half / 7, lower - thick / 9);
            canvas_curve(c, x + side * half / 3, lower - thick * 2 / 5, x + side * half * 2 / 3,
                         lower - thick * 2 / 5, x + side * half * 6 / 7, lower - thick / 5);
        }
        canvas_paint(c, PAINT_STROKE);
    }
}

static status make_emblem(canvas *c, length side, size_t *out, fault *f)
{
    length middle = side / 2;
    TRY(canvas_form_start(c, side, side, f));
    canvas_line_round(c);
    canvas_fill_color(c, 0xFFFFFF);
    canvas_line_color(c, EMBLEM_GOLD);
    canvas_line_width(c, side * 22 / 1000);
    canvas_circle(c, middle, middle, side * 485 / 1000);
    canvas_paint(c, PAINT_BOTH);
    canvas_line_width(c, side * 7 / 1000);
    canvas_fill_color(c, 0xFFFBF0);
    canvas_circle(c, middle, middle, side * 452 / 1000);
    canvas_paint(c, PAINT_BOTH);
    canvas_line_width(c, side * 6 / 1000);
    draw_lotus(c, middle, side * 645 / 1000, side * 43 / 100);
    canvas_line_width(c, side / 100);
    draw_book(c, middle, side * 665 / 1000, side * 28 / 100, side * 105 / 1000);
    *out = canvas_form_end(c);
    return OK;
}

status ornaments_make(canvas *c, const certificate_template *t, ornaments *out, fault *f)
{
    *out = (ornaments){0, 0};
    for (size_t i = 0; i < t->block_count; i++)
        if (t->blocks[i].kind == DRAW_EMBLEM)
            TRY(make_emblem(c, t->blocks[i].height, &out->emblem, f));
    return make_frame(c, t, &out->frame, f);
}

/* ---- QR ---- */
enum { QUIET_ZONE = 4, QR_BYTES_MOST = 2331 }; /* of the largest code of level M */

status ornament_qr_fits(const char *text, fault *f)
{
    if (strlen(text) <= QR_BYTES_MOST)
        return OK;
    return FAIL(f, E_LIMIT, "“%.80s…”: quá dài cho một mã QR", "“%.80s…”: too long for a QR code",
                text);
}

status ornament_qr(canvas *c, const char *text, length x, length y, length side, fault *f)
{
    QRcode *code = QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M);
    if (!code)
        return FAIL(f, E_LIMIT, "“%.80s…”: quá dài cho một mã QR",
                    "“%.80s…”: too long for a QR code", text);
    int width = code->width, modules = width + 2 * QUIET_ZONE;
    canvas_fill_color(c, 0xFFFFFF);
    canvas_rectangle(c, x, y, side, side);
    canvas_paint(c, PAINT_FILL);
    canvas_fill_color(c, 0x000000);
    for (int row = 0; row < width; row++) {
        length top = y + side * (row + QUIET_ZONE) / modules;
        length bottom = y + side * (row + QUIET_ZONE + 1) / modules;
        for (int from = 0, to; from < width; from = to) {
            to = from + 1;
            if (!(code->data[row * width + from] & 1))
                continue;
            while (to < width && code->data[row * width + to] & 1)
                to++;
            length left = x + side * (from + QUIET_ZONE) / modules;
            length right = x + side * (to + QUIET_ZONE) / modules;
            canvas_rectangle(c, left, top, right - left, bottom - top);
        }
    }
    canvas_paint(c, PAINT_FILL);
    QRcode_free(code);
    return OK;
}
