/* Lays out one certificate by its template: a column that flows, blocks at fixed places, and a proof
 * that nothing touches anything else. */
#include "certificate.h"

#include <stdio.h>
#include <string.h>

enum {
    GAP_LEAST = 45,  /* percent of the template's gap when space is short */
    GAP_MOST = 190,  /* and when there is plenty */
    SIZE_LEAST = 70, /* percent of the largest size, then it is refused */
    SIZE_STEP = 3,
    UNDERLINE_DROP = 39, /* percent of the size, below the baseline */
    UNDERLINE_WIDTH = 6
};

typedef struct {
    const template_block *from;
    const char *content; /* of a QR */
    text_block text;
    length x, top, height; /* top of the first line's box; height of all lines */
    length ascent;         /* from there to the first baseline */
} placed;

typedef struct {
    canvas *c;
    arena *mem;
    const certificate_template *t;
    const certificate_facts *facts;
    const char *day_short, *day_long, *several;
    placed blocks[TEMPLATE_BLOCKS_MOST];
    size_t count;
} layout;

/* ---- facts into text ---- */
static const char *fact_value(const layout *l, fact which)
{
    if (which == FACT_DECISION_DATE)
        return l->day_short;
    if (which == FACT_DECISION_DAY)
        return l->day_long;
    if (which == FACT_SEVERAL)
        return l->several;
    const char *value = l->facts->values[which];
    return value && *value ? value : l->t->defaults[which];
}

/* Days below 10 and the months 1 and 2 take a leading 0 (NĐ 30/2020). */
static status make_days(layout *l, fault *f)
{
    date d = l->facts->day;
    l->day_short = l->day_long = "";
    if (!date_valid(d))
        return OK;
    int digits = d.month < 3 ? 2 : 1;
    l->day_short = arena_format(l->mem, "%02d/%0*d/%d", d.day, digits, d.month, d.year);
    l->day_long =
        arena_format(l->mem, "ngày %02d tháng %0*d năm %d", d.day, digits, d.month, d.year);
    return l->day_short && l->day_long ? OK : fault_memory(f);
}

static status count_authors(layout *l, fault *f)
{
    const char *names = fact_value(l, FACT_NAME);
    size_t count = 0;
    for (const char *p = names + strspn(names, "; "); *p; p += strspn(p, "; "), count++)
        p += strcspn(p, ";");
    l->several = count > 1 ? arena_format(l->mem, "%zu", count) : "";
    return l->several ? OK : fault_memory(f);
}

static bool holds(const layout *l, const block_condition *c)
{
    const char *value = fact_value(l, c->which);
    return *c->wanted ? strcmp(value, c->wanted) == 0 : *value != 0;
}

static bool is_shown(const layout *l, const template_block *b)
{
    return (!b->when.asked || holds(l, &b->when)) && !(b->unless.asked && holds(l, &b->unless));
}

/* Replaces {facts}; *empty when the text names facts and all of them are empty. */
static status fill_in(layout *l, const char *text, const char **out, bool *empty, fault *f)
{
    buffer b = BUFFER_INIT;
    bool named = false, filled = false;
    for (const char *p = text; *p; p++) {
        fact which;
        size_t size = *p == '{' ? strcspn(p + 1, "}") : 0;
        if (*p != '{' || !fact_find(p + 1, size, &which)) {
            buffer_byte(&b, *p);
            continue;
        }
        const char *value = fact_value(l, which);
        const char *shown = which == FACT_NAME ? lines_names(l->mem, value) : value;
        named = true;
        filled |= *value != 0;
        buffer_text(&b, shown ? shown : "");
        p += size + 1;
    }
    *empty = named && !filled;
    *out = b.failed ? NULL : arena_string(l->mem, b.bytes);
    buffer_free(&b);
    return *out ? OK : fault_memory(f);
}

/* ---- blocks ---- */
static size_range scaled(size_range s, int percent)
{
    int most = s.most * percent / 100;
    return (size_range){most > s.least ? most : s.least, s.least};
}

/* Names of several authors stay whole on a line where that fits. */
static status fit_text(layout *l, const template_block *b, const char *text, int percent,
                       text_block *out, fault *f)
{
    size_range sizes[BLOCK_LINES_MOST];
    for (size_t i = 0; i < b->line_count; i++)
        sizes[i] = scaled(b->sizes[i], percent);
    fault why = {0};
    status st = lines_fit(l->c, l->mem, &b->style, text, b->width, b->leading, sizes, b->line_count,
                          out, &why);
    if (st != E_LIMIT || !strstr(text, "\xC2\xA0")) {
        if (st != OK && f)
            *f = why;
        return st;
    }
    char *loose = arena_string(l->mem, text);
    if (!loose)
        return fault_memory(f);
    for (char *p = loose; (p = strstr(p, "\xC2\xA0"));) {
        *p = ' ';
        memmove(p + 1, p + 2, strlen(p + 2) + 1);
    }
    return lines_fit(l->c, l->mem, &b->style, loose, b->width, b->leading, sizes, b->line_count,
                     out, f);
}

static length size_to_length(int size)
{
    return (length)((int64_t)size * 127 / 360);
}

/* The box of a line is as high as its size and letters stand on 78 % of it; stacked marks may need
 * more. */
static void measure_box(placed *p)
{
    length size = size_to_length(p->text.style.size), usual = size * 78 / 100;
    length below = p->text.below > size - usual ? p->text.below : size - usual;
    p->ascent = p->text.above > usual ? p->text.above : usual;
    p->height = p->ascent + (length)(p->text.count - 1) * p->text.leading +
                (p->from->underlined ? size * (UNDERLINE_DROP + UNDERLINE_WIDTH) / 100 : below);
}

/* Makes one block, or leaves it out when it has nothing to say. */
static status make_block(layout *l, const template_block *b, int percent, fault *f)
{
    placed *p = &l->blocks[l->count];
    *p = (placed){.from = b, .x = b->x, .top = b->y, .height = b->height};
    const char *text = "";
    bool empty = false;
    if (!is_shown(l, b))
        return OK;
    if (b->text)
        TRY(fill_in(l, b->text, &text, &empty, f));
    text += strspn(text, " ");
    bool speaks = b->kind == DRAW_TEXT || b->kind == DRAW_QR;
    if (empty || (speaks && !*text))
        return OK;
    l->count++;
    p->content = text;
    if (b->kind != DRAW_TEXT)
        return OK;
    const char *glued = lines_glue(l->mem, text); /* before capitals: it knows words as written */
    if (glued && b->letters == CASE_UPPER)
        glued = lines_upper(l->mem, glued);
    if (!glued)
        return fault_memory(f);
    TRY(fit_text(l, b, glued, percent, &p->text, f));
    measure_box(p);
    if (b->fixed && b->height)
        p->top += (b->height - p->height) / 2;
    return OK;
}

/* ---- the flow ---- */
typedef struct {
    length heights, gaps;
} flow_need;

static flow_need measure_flow(const layout *l)
{
    flow_need need = {0, 0};
    for (size_t i = 0; i < l->count; i++)
        if (!l->blocks[i].from->fixed) {
            need.heights += l->blocks[i].height;
            need.gaps += l->blocks[i].from->gap;
        }
    return need;
}

/* Gaps take what is left, within bounds; what then remains goes above and below. */
static void stack_flow(layout *l, flow_need need)
{
    length room = l->t->flow.bottom - l->t->flow.top - need.heights;
    int percent = need.gaps ? (int)((int64_t)room * 100 / need.gaps) : 100;
    percent = percent > GAP_MOST ? GAP_MOST : percent;
    length y = l->t->flow.top + (room - need.gaps * percent / 100) * 2 / 5;
    for (size_t i = 0; i < l->count; i++) {
        placed *p = &l->blocks[i];
        if (p->from->fixed)
            continue;
        y += p->from->gap * percent / 100;
        p->top = y;
        y += p->height;
    }
}

static status make_blocks(layout *l, int percent, fault *f)
{
    l->count = 0;
    for (size_t i = 0; i < l->t->block_count; i++) {
        const template_block *b = &l->t->blocks[i];
        status st = make_block(l, b, b->fixed ? 100 : percent, f);
        if (st != OK) {
            fault_prefix(f, "khối “%s”", "block “%s”", b->key);
            return st;
        }
    }
    return OK;
}

static status flow(layout *l, fault *f)
{
    length room = l->t->flow.bottom - l->t->flow.top;
    for (int percent = 100; percent >= SIZE_LEAST; percent -= SIZE_STEP) {
        TRY(make_blocks(l, percent, f));
        flow_need need = measure_flow(l);
        if (need.heights + need.gaps * GAP_LEAST / 100 <= room) {
            stack_flow(l, need);
            return OK;
        }
    }
    return FAIL(f, E_LIMIT, "nội dung quá dài cho trang này, kể cả ở cỡ chữ nhỏ",
                "the text is too long for this page, even at small sizes");
}

/* ---- proof ---- */
static length baseline(const placed *p, size_t line)
{
    return p->top + p->ascent + (length)line * p->text.leading;
}

static length left_edge(length x, length width, text_anchor align)
{
    return align == ANCHOR_LEFT ? x : align == ANCHOR_CENTER ? x - width / 2 : x - width;
}

static placed_block ink(const placed *p)
{
    const template_block *b = p->from;
    if (b->kind != DRAW_TEXT) {
        length left = left_edge(p->x, b->height, b->align);
        return (placed_block){b->key,       left, p->top, left + b->height, p->top + b->height,
                              b->preprinted};
    }
    length left = left_edge(p->x, p->text.widest, b->align);
    length last = baseline(p, p->text.count - 1);
    length size = size_to_length(p->text.style.size);
    length below = b->underlined ? size * (UNDERLINE_DROP + UNDERLINE_WIDTH) / 100 : p->text.below;
    return (placed_block){
        b->key,       left,         baseline(p, 0) - p->text.above, left + p->text.widest,
        last + below, b->preprinted};
}

static bool touch(const placed_block *a, const placed_block *b)
{
    return a->left < b->right && b->left < a->right && a->top < b->bottom && b->top < a->bottom;
}

static status check_places(const layout *l, placed_block *out, fault *f)
{
    const certificate_template *t = l->t;
    length edge = t->border.inset + t->border.band;
    for (size_t i = 0; i < l->count; i++) {
        out[i] = ink(&l->blocks[i]);
        if (out[i].left < edge || out[i].top < edge || out[i].right > t->width - edge ||
            out[i].bottom > t->height - edge)
            return FAIL(f, E_LIMIT, "khối “%s” chạm khung; hãy sửa mẫu",
                        "block “%s” touches the frame; change the template", out[i].key);
        for (size_t k = 0; k < i; k++)
            if (touch(&out[i], &out[k]))
                return FAIL(f, E_LIMIT, "khối “%s” chạm khối “%s”; hãy sửa mẫu",
                            "block “%s” touches block “%s”; change the template", out[k].key,
                            out[i].key);
    }
    return OK;
}

static status lay_out(layout *l, placed_block *places, fault *f)
{
    status st = make_days(l, f);
    if (st == OK)
        st = count_authors(l, f);
    if (st == OK)
        st = flow(l, f);
    if (st == OK)
        st = check_places(l, places, f);
    if (st != OK && st != E_SYSTEM)
        fault_prefix(f, "giấy chứng nhận của “%s”", "certificate of “%s”",
                     fact_value(l, FACT_NAME));
    return st;
}

status certificate_place(canvas *c, arena *mem, const certificate_template *t,
                         const certificate_facts *facts, placed_block *out, size_t *count, fault *f)
{
    layout *l = ARENA_NEW(mem, layout);
    if (!l)
        return fault_memory(f);
    *l = (layout){.c = c, .mem = mem, .t = t, .facts = facts};
    TRY(lay_out(l, out, f));
    *count = l->count;
    return OK;
}

/* ---- drawing ---- */
static status draw_text_block(canvas *c, const placed *p, fault *f)
{
    for (size_t i = 0; i < p->text.count; i++)
        TRY(canvas_text(c, &p->text.style, p->x, baseline(p, i), p->from->align, p->text.lines[i],
                        f));
    if (p->from->underlined) {
        length width = p->text.widest, size = size_to_length(p->text.style.size);
        length y = baseline(p, p->text.count - 1) + size * UNDERLINE_DROP / 100;
        length left = left_edge(p->x, width, p->from->align);
        canvas_line_color(c, p->text.style.color);
        canvas_line_width(c, size * UNDERLINE_WIDTH / 100);
        canvas_move(c, left, y);
        canvas_line(c, left + width, y);
        canvas_paint(c, PAINT_STROKE);
    }
    return OK;
}

static status draw_block(canvas *c, const ornaments *o, const placed *p, fault *f)
{
    const template_block *b = p->from;
    length left = left_edge(p->x, b->height, b->align);
    switch (b->kind) {
    case DRAW_TEXT: return draw_text_block(c, p, f);
    case DRAW_QR: return ornament_qr(c, p->content, left, p->top, b->height, f);
    case DRAW_EMBLEM: canvas_form_draw(c, o->emblem, left, p->top); return OK;
    case DRAW_SPACE: return OK;
    }
    return OK;
}

status certificate_draw_at(canvas *c, arena *mem, const certificate_template *t, const ornaments *o,
                           const certificate_facts *facts, print_way way, length right, length down,
                           fault *f)
{
    placed_block *places = ARENA_ARRAY(mem, placed_block, TEMPLATE_BLOCKS_MOST);
    layout *l = ARENA_NEW(mem, layout);
    if (!l || !places)
        return fault_memory(f);
    *l = (layout){.c = c, .mem = mem, .t = t, .facts = facts};
    TRY(lay_out(l, places, f));
    bool moved = right || down;
    if (moved)
        canvas_push_moved(c, right, down);
    if (way == PRINT_COMPLETE)
        canvas_form_draw(c, o->frame, 0, 0);
    for (size_t i = 0; i < l->count; i++)
        if (way == PRINT_COMPLETE || !l->blocks[i].from->preprinted)
            TRY(draw_block(c, o, &l->blocks[i], f));
    if (moved)
        canvas_pop(c);
    return OK;
}

status certificate_draw(canvas *c, arena *mem, const certificate_template *t, const ornaments *o,
                        const certificate_facts *facts, fault *f)
{
    TRY(canvas_page(c, t->width, t->height, f));
    return certificate_draw_at(c, mem, t, o, facts, PRINT_COMPLETE, 0, 0, f);
}

enum { SINGLE_MEMORY = 8 * 1024 * 1024 };

status certificate_single(font_book *fonts, const certificate_template *t,
                          const certificate_facts *facts, buffer *out, fault *f)
{
    canvas *c = NULL;
    ornaments o;
    arena *mem = arena_new(SINGLE_MEMORY);
    status st = mem ? canvas_new(&c, fonts, f) : fault_memory(f);
    if (st == OK)
        st = ornaments_make(c, t, &o, f);
    if (st == OK)
        st = certificate_draw(c, mem, t, &o, facts, f);
    if (st == OK) {
        const char *serial = facts->values[FACT_SERIAL] ? facts->values[FACT_SERIAL] : "";
        char title[256];
        snprintf(title, sizeof title, "%s %s", t->called, serial);
        const char *qr = facts->values[FACT_QR] ? facts->values[FACT_QR] : "";
        st = canvas_save(c, &(canvas_facts){title, "", qr, facts->day}, out, f);
    }
    canvas_free(c);
    arena_free(mem);
    return st;
}

char *certificate_file_name(arena *mem, const char *serial, size_t number)
{
    char *name =
        *serial ? arena_format(mem, "%s.pdf", serial) : arena_format(mem, "%zu.pdf", number);
    for (char *p = name; p && *p; p++)
        if (*p == '/' || *p == '\\' || (unsigned char)*p < ' ')
            *p = '-';
    return name && *name == '.' ? arena_format(mem, "_%s", name) : name;
}
