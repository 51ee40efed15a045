/* Reads a certificate's layout from YAML; every complaint names file, line and column. */
#include "template_node.h"

#include <string.h>

enum { PAGE_LEAST = MM(50), KIND_MOST = 8 };

static const char *const fact_keys[FACT_COUNT] = {"name",
                                                  "honorific",
                                                  "address",
                                                  "achievement",
                                                  "prize",
                                                  "title",
                                                  "track",
                                                  "serial",
                                                  "decision",
                                                  "decision_date",
                                                  "decision_day",
                                                  "code",
                                                  "qr",
                                                  "year",
                                                  "contest",
                                                  "organizer",
                                                  "place",
                                                  "signatory_title",
                                                  "signatory_name",
                                                  "authority",
                                                  "several",
                                                  "recipient"};

bool fact_find(const char *name, size_t size, fact *out)
{
    for (int i = 0; i < FACT_COUNT; i++)
        if (strlen(fact_keys[i]) == size && strncmp(fact_keys[i], name, size) == 0) {
            *out = (fact)i;
            return true;
        }
    return false;
}

const char *fact_key(fact which)
{
    return fact_keys[which];
}

/* ---- the whole ---- */
static status take_page(template_reader *r, const char *key, node *n, void *target, bool *known)
{
    certificate_template *t = target;
    if (strcmp(key, "width") == 0)
        return template_length(r, n, &t->width);
    if (strcmp(key, "height") == 0)
        return template_length(r, n, &t->height);
    *known = false;
    return OK;
}

static status take_paper(template_reader *r, const char *key, node *n, void *target, bool *known)
{
    certificate_template *t = target;
    if (strcmp(key, "width") == 0)
        return template_length(r, n, &t->paper.width);
    if (strcmp(key, "height") == 0)
        return template_length(r, n, &t->paper.height);
    *known = false;
    return OK;
}

static status take_border(template_reader *r, const char *key, node *n, void *target, bool *known)
{
    certificate_template *t = target;
    if (strcmp(key, "inset") == 0)
        return template_length(r, n, &t->border.inset);
    if (strcmp(key, "band") == 0)
        return template_length(r, n, &t->border.band);
    if (strcmp(key, "color") == 0)
        return template_color(r, n, &t->border.color);
    if (strcmp(key, "pale") == 0)
        return template_color(r, n, &t->border.pale);
    *known = false;
    return OK;
}

static status take_flow(template_reader *r, const char *key, node *n, void *target, bool *known)
{
    certificate_template *t = target;
    if (strcmp(key, "top") == 0)
        return template_length(r, n, &t->flow.top);
    if (strcmp(key, "bottom") == 0)
        return template_length(r, n, &t->flow.bottom);
    if (strcmp(key, "x") == 0)
        return template_length(r, n, &t->flow.x);
    if (strcmp(key, "width") == 0)
        return template_length(r, n, &t->flow.width);
    *known = false;
    return OK;
}

static status take_default(template_reader *r, const char *key, node *n, void *target, bool *known)
{
    certificate_template *t = target;
    fact which;
    *known = fact_find(key, strlen(key), &which);
    return *known ? template_text(r, n, &t->defaults[which]) : OK;
}

static status take_validity(template_reader *r, const char *key, node *n, void *target, bool *known)
{
    certificate_template *t = target;
    const char *text;
    date *day = strcmp(key, "from") == 0 ? &t->valid_from : &t->valid_to;
    *known = strcmp(key, "from") == 0 || strcmp(key, "to") == 0;
    if (!*known)
        return OK;
    TRY(template_text(r, n, &text));
    if (!date_parse(text, day))
        return template_at(r, n,
                           FAIL(r->f, E_INPUT, "“%s” không phải ngày (viết 2024-01-01)",
                                "“%s” is no date (write 2024-01-01)", text));
    return OK;
}

/* The kind stands in serials and file names. */
static status take_kind(template_reader *r, node *n, certificate_template *t)
{
    TRY(template_text(r, n, &t->kind));
    size_t size = strlen(t->kind);
    if (!size || size > KIND_MOST ||
        strspn(t->kind, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") != size)
        return template_at(
            r, n,
            FAIL(r->f, E_INPUT, "kind đứng trong số vào sổ: từ 1 đến %d chữ in hoa không dấu",
                 "kind stands in the serial: 1 to %d plain capitals", (int)KIND_MOST));
    return OK;
}

static status take_template(template_reader *r, const char *key, node *n, void *target, bool *known)
{
    certificate_template *t = target;
    if (strcmp(key, "template") == 0)
        return template_text(r, n, &t->name);
    if (strcmp(key, "kind") == 0)
        return take_kind(r, n, t);
    if (strcmp(key, "called") == 0)
        return template_text(r, n, &t->called);
    if (strcmp(key, "valid") == 0)
        return template_mapping(r, n, take_validity, t);
    if (strcmp(key, "ground") == 0)
        return template_color(r, n, &t->ground);
    if (strcmp(key, "paper") == 0)
        return template_mapping(r, n, take_paper, t);
    if (strcmp(key, "page") == 0)
        return template_mapping(r, n, take_page, t);
    if (strcmp(key, "border") == 0)
        return template_mapping(r, n, take_border, t);
    if (strcmp(key, "rosette") == 0)
        return template_color(r, n, &t->rosette);
    if (strcmp(key, "flow") == 0)
        return template_mapping(r, n, take_flow, t);
    if (strcmp(key, "defaults") == 0)
        return template_mapping(r, n, take_default, t);
    if (strcmp(key, "blocks") == 0)
        return template_blocks(r, n, t);
    *known = false;
    return OK;
}

static status check_template(template_reader *r, node *root, const certificate_template *t)
{
    if (!t->name || !t->kind || !t->block_count)
        return template_at(r, root,
                           FAIL(r->f, E_INPUT, "mẫu cần template, kind, page, flow và blocks",
                                "a template needs template, kind, page, flow and blocks"));
    if (t->width < PAGE_LEAST || t->height < PAGE_LEAST)
        return template_at(
            r, root,
            FAIL(r->f, E_INPUT, "khổ giấy phải từ 50 × 50 mm", "a page is 50 × 50 mm or larger"));
    if (t->border.inset < 0 || t->border.band < 0 || t->flow.bottom <= t->flow.top ||
        t->flow.bottom > t->height || t->flow.width < MM(20) || t->flow.width > t->width)
        return template_at(r, root,
                           FAIL(r->f, E_INPUT, "border hoặc flow không nằm trong trang",
                                "border or flow does not lie on the page"));
    return OK;
}

/* ---- another paper ---- */
typedef struct {
    int64_t times, over; /* the scale, a fraction */
    length right, down;  /* what is left over goes to both sides */
} move;

static length scale(const move *m, length l)
{
    return (length)((l * m->times + (l < 0 ? -m->over : m->over) / 2) / m->over);
}

static void move_block(const move *m, template_block *b)
{
    b->x = scale(m, b->x) + m->right;
    b->y = scale(m, b->y) + m->down;
    b->width = scale(m, b->width);
    b->height = scale(m, b->height);
    b->gap = scale(m, b->gap);
    b->style.spacing = scale(m, b->style.spacing);
    for (size_t i = 0; i < BLOCK_LINES_MOST; i++) {
        b->sizes[i].most = scale(m, b->sizes[i].most);
        b->sizes[i].least = scale(m, b->sizes[i].least);
    }
}

/* As large as the paper allows, in its middle; the frame follows the paper's edges. */
static void move_to_paper(certificate_template *t)
{
    length w = t->paper.width, h = t->paper.height;
    bool wide = (int64_t)w * t->height > (int64_t)h * t->width; /* than the page: height decides */
    move m = {wide ? h : w, wide ? t->height : t->width, 0, 0};
    m.right = (w - scale(&m, t->width)) / 2;
    m.down = (h - scale(&m, t->height)) / 2;
    t->border.inset = scale(&m, t->border.inset);
    t->border.band = scale(&m, t->border.band);
    t->flow.top = scale(&m, t->flow.top) + m.down;
    t->flow.bottom = scale(&m, t->flow.bottom) + m.down;
    t->flow.x = scale(&m, t->flow.x) + m.right;
    t->flow.width = scale(&m, t->flow.width);
    for (size_t i = 0; i < t->block_count; i++)
        move_block(&m, &t->blocks[i]);
    t->width = w;
    t->height = h;
}

static status read_document(template_reader *r, certificate_template *t)
{
    node *root = fy_document_root(r->document);
    t->rosette = t->ground = TEMPLATE_NO_COLOR;
    t->called = "Giấy chứng nhận";
    for (int i = 0; i < FACT_COUNT; i++)
        t->defaults[i] = "";
    TRY(template_mapping(r, root, take_template, t));
    TRY(check_template(r, root, t));
    if (t->paper.width || t->paper.height) {
        if (t->paper.width < PAGE_LEAST || t->paper.height < PAGE_LEAST)
            return template_at(r, root,
                               FAIL(r->f, E_INPUT, "khổ giấy (paper) phải từ 50 × 50 mm",
                                    "the paper is 50 × 50 mm or larger"));
        move_to_paper(t);
    }
    return OK;
}

static status fail_syntax(struct fy_diag *diag, const char *file, fault *f)
{
    void *step = NULL;
    struct fy_diag_error *e = fy_diag_errors_iterate(diag, &step);
    return FAIL(f, E_INPUT, "%s:%d:%d: không phải YAML đúng: %s", "%s:%d:%d: not valid YAML: %s",
                file, e ? e->line : 1, e ? e->column : 1, e ? e->msg : "?");
}

status template_parse(arena *mem, const char *file, slice yaml, certificate_template **out,
                      fault *f)
{
    certificate_template *t = ARENA_NEW(mem, certificate_template);
    struct fy_diag *diag = fy_diag_create(NULL);
    if (!t || !diag) {
        fy_diag_destroy(diag);
        return fault_memory(f);
    }
    fy_diag_set_collect_errors(diag, true);
    struct fy_parse_cfg settings = {.flags = FYPCF_QUIET | FYPCF_DEFAULT_PARSE, .diag = diag};
    template_reader r = {.mem = mem, .file = file, .f = f};
    r.document = fy_document_build_from_string(&settings, yaml.bytes, yaml.size);
    status st = r.document ? read_document(&r, t) : fail_syntax(diag, file, f);
    fy_document_destroy(r.document);
    fy_diag_destroy(diag);
    *out = t;
    return st;
}
