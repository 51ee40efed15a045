/* From certificates to files: sheets, several files of a run, the list of what is where. */
#include "press.h"

#include "imposition.h"

#include "chamthi/csv.h"
#include "chamthi/file.h"
#include "chamthi/random.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ROW_MEMORY = 8 * 1024 * 1024, TEMPLATES_MOST = 16 };

struct press {
    font_book *fonts;
    const print_settings *settings;
    arena *row;
    canvas *c; /* of the file at hand, NULL between files */
    struct {
        const certificate_template *template;
        ornaments drawn;
    } made[TEMPLATES_MOST]; /* on the canvas at hand */
    size_t made_count;
    const char *called; /* the kind of paper, for the document's title */
    date day;
    imposition plan;
    int on_sheet; /* places taken */
    size_t in_file, files;
    buffer pending, list; /* rows of the file at hand, still without its hash; finished rows */
};

static status check_settings(const print_settings *s, fault *f)
{
    bool shop = s->marks == MARKS_CUT || s->sheet_width;
    if (shop && s->way == PRINT_OVERPRINT)
        return FAIL(f, E_USAGE, "in lên phôi thì không ghép tờ, không dấu cắt",
                    "an overprint takes no cut marks and no sheet");
    if (s->way != PRINT_OVERPRINT && (s->right || s->down))
        return FAIL(f, E_USAGE, "--right, --down chỉ dùng khi in lên phôi (--overprint)",
                    "--right and --down belong to --overprint");
    if (!s->out && (shop || s->way == PRINT_OVERPRINT || s->split))
        return FAIL(f, E_USAGE, "--overprint, --crop-marks, --sheet, --split cần -o FILE.pdf",
                    "--overprint, --crop-marks, --sheet and --split want -o FILE.pdf");
    return OK;
}

status press_open(press **out, font_book *fonts, const print_settings *settings, fault *f)
{
    TRY(check_settings(settings, f));
    press *p = calloc(1, sizeof *p);
    if (!p)
        return fault_memory(f);
    *p = (press){.fonts = fonts,
                 .settings = settings,
                 .row = arena_new(ROW_MEMORY),
                 .called = "",
                 .pending = BUFFER_INIT,
                 .list = BUFFER_INIT};
    *out = p;
    buffer_text(&p->list, "serial,name,file,page,sha256\n");
    return p->row ? OK : fault_memory(f);
}

void press_free(press *p)
{
    if (!p)
        return;
    canvas_free(p->c);
    arena_free(p->row);
    buffer_free(&p->pending);
    buffer_free(&p->list);
    free(p);
}

/* ---- the list ---- */
static const char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

static const char *fact_or_empty(const certificate_facts *facts, fact which)
{
    return facts->values[which] ? facts->values[which] : "";
}

/* A row up to its hash. */
static void put_row(buffer *to, const certificate_facts *facts, const char *path, size_t page)
{
    csv_put(to, fact_or_empty(facts, FACT_SERIAL), false);
    csv_put(to, fact_or_empty(facts, FACT_NAME), false);
    csv_put(to, base_name(path), false);
    buffer_format(to, "%zu,", page);
}

/* The rows of a file that has been written, now with its hash. */
static void close_rows(press *p, slice pdf)
{
    char hex[SHA256_HEX];
    sha256_hex(hex, pdf.bytes, pdf.size);
    for (const char *at = p->pending.bytes, *end; at && (end = strchr(at, '\n')); at = end + 1) {
        buffer_put(&p->list, at, (size_t)(end - at));
        buffer_format(&p->list, "%s\n", hex);
    }
    buffer_clear(&p->pending);
}

/* ---- one file of many ---- */
/* "x.pdf", or "x-001.pdf" when the run is split. */
static const char *file_path(press *p)
{
    const char *out = p->settings->out, *dot = strrchr(out, '.');
    if (!p->settings->split)
        return out;
    size_t stem = dot && dot > strrchr(out, '/') ? (size_t)(dot - out) : strlen(out);
    return arena_format(p->row, "%.*s-%03zu%s", (int)stem, out, p->files + 1, out + stem);
}

static status finish_file(press *p, fault *f)
{
    buffer pdf = BUFFER_INIT;
    const char *path = file_path(p);
    canvas_facts facts = {p->called, "", "Bản in gộp; bản gốc là tệp riêng của từng giấy", p->day};
    status st = path ? canvas_save(p->c, &facts, &pdf, f) : fault_memory(f);
    if (st == OK)
        st = file_write(path, pdf.bytes, pdf.size, f);
    if (st == OK)
        close_rows(p, (slice){pdf.bytes, pdf.size});
    buffer_free(&pdf);
    canvas_free(p->c);
    p->c = NULL;
    p->in_file = 0;
    p->made_count = 0;
    p->files++;
    return st;
}

/* The template's drawings, made once in each file. */
static status drawings(press *p, const certificate_template *t, const ornaments **out, fault *f)
{
    for (size_t i = 0; i < p->made_count; i++)
        if (p->made[i].template == t) {
            *out = &p->made[i].drawn;
            return OK;
        }
    if (p->made_count == TEMPLATES_MOST)
        return FAIL(f, E_LIMIT, "quá nhiều mẫu trong một lần in (tối đa %d)",
                    "too many templates in one run (%d at most)", (int)TEMPLATES_MOST);
    p->made[p->made_count].template = t;
    *out = &p->made[p->made_count].drawn;
    return ornaments_make(p->c, t, &p->made[p->made_count++].drawn, f);
}

/* ---- sheets ---- */
static bool has_marks(const press *p)
{
    return p->settings->marks == MARKS_CUT || p->settings->sheet_width;
}

/* A new page or sheet when the one at hand is full, or holds pages of another size. */
static status next_place(press *p, const certificate_template *t, length *x, length *y, fault *f)
{
    const print_settings *s = p->settings;
    bool same = p->plan.piece_x == t->width && p->plan.piece_y == t->height;
    *x = *y = 0;
    if (!has_marks(p))
        return canvas_page(p->c, t->width, t->height, f);
    if (!same)
        TRY(imposition_plan(t->width, t->height, s->sheet_width, s->sheet_height, s->bleed,
                            &p->plan, f));
    if (!same || !p->in_file || p->on_sheet == p->plan.columns * p->plan.rows) {
        TRY(canvas_page(p->c, p->plan.width, p->plan.height, f));
        p->on_sheet = 0;
        imposition_marks(p->c, &p->plan);
    }
    imposition_place(&p->plan, p->on_sheet++, x, y);
    if (p->plan.columns * p->plan.rows == 1)
        canvas_page_cut(p->c, *x, *y, t->width, t->height, p->plan.bleed);
    return OK;
}

static void draw_ground(press *p, const certificate_template *t, length x, length y)
{
    length b = has_marks(p) ? p->plan.bleed : 0;
    if (t->ground == TEMPLATE_NO_COLOR || p->settings->way == PRINT_OVERPRINT)
        return;
    canvas_fill_color(p->c, t->ground);
    canvas_rectangle(p->c, x - b, y - b, t->width + 2 * b, t->height + 2 * b);
    canvas_paint(p->c, PAINT_FILL);
}

static status put_bookmark(press *p, const certificate_facts *facts, fault *f)
{
    const char *serial = fact_or_empty(facts, FACT_SERIAL);
    char *title = arena_format(p->row, "%s%s%s", serial, *serial ? " · " : "",
                               fact_or_empty(facts, FACT_NAME));
    return title ? canvas_bookmark(p->c, 0, 0, title, f) : fault_memory(f);
}

status press_put(press *p, const certificate_template *t, const certificate_facts *facts, fault *f)
{
    const print_settings *s = p->settings;
    const ornaments *drawn = NULL;
    length x, y;
    arena_reset(p->row);
    if (s->split && p->in_file == s->split)
        TRY(finish_file(p, f));
    if (!p->c)
        TRY(canvas_new(&p->c, p->fonts, f));
    TRY(drawings(p, t, &drawn, f));
    TRY(next_place(p, t, &x, &y, f));
    p->in_file++;
    p->day = facts->day;
    p->called = t->called;
    draw_ground(p, t, x, y);
    TRY(put_bookmark(p, facts, f));
    const char *path = file_path(p);
    if (!path)
        return fault_memory(f);
    put_row(&p->pending, facts, path, canvas_page_count(p->c));
    buffer_text(&p->pending, "\n");
    return certificate_draw_at(p->c, p->row, t, drawn, facts, s->way, x + s->right, y + s->down, f);
}

status press_single(press *p, const certificate_facts *facts, size_t number, slice pdf, fault *f)
{
    arena_reset(p->row);
    char *name = certificate_file_name(p->row, fact_or_empty(facts, FACT_SERIAL), number);
    char *path = name ? file_join(p->row, p->settings->each, name) : NULL;
    if (!path)
        return fault_memory(f);
    TRY(file_write(path, pdf.bytes, pdf.size, f));
    char hex[SHA256_HEX];
    sha256_hex(hex, pdf.bytes, pdf.size);
    put_row(&p->list, facts, path, 1);
    buffer_format(&p->list, "%s\n", hex);
    return OK;
}

status press_finish(press *p, fault *f)
{
    arena_reset(p->row);
    if (p->c)
        TRY(finish_file(p, f));
    if (!p->settings->list)
        return OK;
    TRY(buffer_check(&p->list, f));
    return file_write(p->settings->list, p->list.bytes, p->list.size, f);
}
