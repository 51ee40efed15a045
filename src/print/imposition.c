/* Several pages on a sheet, and the marks by which they are cut. */
#include "imposition.h"

enum { MARK_WIDTH = 9, MARK_COLOR = 0x000000 };

static const length margin = CUT_MARK + CUT_MARK_GAP;

/* Neighbours keep both their bleeds between them. */
static int fitting(length sheet, length piece, length bleed)
{
    length room = sheet - 2 * margin;
    return room < 0 ? 0 : room / (piece + 2 * bleed);
}

status imposition_plan(length width, length height, length sheet_width, length sheet_height,
                       length bleed, imposition *out, fault *f)
{
    length w = sheet_width, h = sheet_height;
    if (!w || !h) {
        w = width + 2 * (bleed + margin);
        h = height + 2 * (bleed + margin);
    }
    int upright = fitting(w, width, bleed) * fitting(h, height, bleed);
    int turned = fitting(h, width, bleed) * fitting(w, height, bleed);
    if (!upright && !turned)
        return FAIL(f, E_INPUT,
                    "tờ in %d × %d mm quá nhỏ cho trang %d × %d mm cùng lề xén và dấu cắt",
                    "a sheet of %d × %d mm is too small for a page of %d × %d mm with its bleed "
                    "and cut marks",
                    w / 100, h / 100, width / 100, height / 100);
    if (turned > upright) {
        length side = w;
        w = h;
        h = side;
    }
    *out =
        (imposition){.width = w, .height = h, .piece_x = width, .piece_y = height, .bleed = bleed};
    out->columns = fitting(w, width, bleed);
    out->rows = fitting(h, height, bleed);
    out->left = (w - out->columns * (width + 2 * bleed)) / 2 + bleed;
    out->top = (h - out->rows * (height + 2 * bleed)) / 2 + bleed;
    return OK;
}

void imposition_place(const imposition *plan, int i, length *x, length *y)
{
    *x = plan->left + i % plan->columns * (plan->piece_x + 2 * plan->bleed);
    *y = plan->top + i / plan->columns * (plan->piece_y + 2 * plan->bleed);
}

static void mark(canvas *c, length x, length y, length to_x, length to_y)
{
    canvas_move(c, x, y);
    canvas_line(c, to_x, to_y);
}

void imposition_marks(canvas *c, const imposition *plan)
{
    length last_x, last_y, away = plan->bleed + CUT_MARK_GAP;
    imposition_place(plan, plan->columns * plan->rows - 1, &last_x, &last_y);
    length left = plan->left - away, right = last_x + plan->piece_x + away;
    length top = plan->top - away, bottom = last_y + plan->piece_y + away;
    canvas_line_color(c, MARK_COLOR);
    canvas_line_width(c, MARK_WIDTH);
    for (int i = 0; i < plan->columns; i++)
        for (int side = 0; side < 2; side++) {
            length x = plan->left + i * (plan->piece_x + 2 * plan->bleed) + side * plan->piece_x;
            mark(c, x, top, x, top - CUT_MARK);
            mark(c, x, bottom, x, bottom + CUT_MARK);
        }
    for (int i = 0; i < plan->rows; i++)
        for (int side = 0; side < 2; side++) {
            length y = plan->top + i * (plan->piece_y + 2 * plan->bleed) + side * plan->piece_y;
            mark(c, left, y, left - CUT_MARK, y);
            mark(c, right, y, right + CUT_MARK, y);
        }
    canvas_paint(c, PAINT_STROKE);
}
