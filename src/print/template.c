/* Reads a certificate's layout from YAML; every complaint names file, line and column. */
#include "template.h"

#include "chamthi/embed.h"
#include "chamthi/file.h"
#include "chamthi/random.h"

#include <libfyaml.h>
#include <string.h>

EMBED(standard_template, "src/print/data/giay-chung-nhan.yaml");

enum { TEMPLATE_FILE_LIMIT = 1024 * 1024, PAGE_LEAST = MM(50), PAGE_MOST = MM(1200) };

static const char *const fact_keys[FACT_COUNT] = {
    "name",    "honorific", "address",       "achievement",     "prize",         "title", "track",
    "serial",  "decision",  "decision_date", "decision_day",    "code",          "qr",    "year",
    "contest", "organizer", "place",         "signatory_title", "signatory_name"};

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

/* ---- nodes ---- */
typedef struct {
    arena *mem;
    const char *file;
    struct fy_document *document;
    fault *f;
} reader;

typedef struct fy_node node;

/* Puts the node's place in front of the sentence that was just made. */
static status at(const reader *r, node *n, status st)
{
    struct fy_token *token = NULL;
    while (n && !(token = fy_node_get_scalar_token(n))) {
        if (fy_node_get_type(n) == FYNT_SEQUENCE)
            n = fy_node_sequence_get_by_index(n, 0);
        else if (fy_node_get_type(n) == FYNT_MAPPING && fy_node_mapping_item_count(n) > 0)
            n = fy_node_pair_key(fy_node_mapping_get_by_index(n, 0));
        else
            n = NULL;
    }
    const struct fy_mark *mark = token ? fy_token_start_mark(token) : NULL;
    int line = mark ? mark->line + 1 : 1, column = mark ? mark->column + 1 : 1;
    fault_prefix(r->f, "%s:%d:%d", "%s:%d:%d", r->file, line, column);
    return st;
}

static status read_text(reader *r, node *n, const char **out)
{
    size_t size;
    const char *text = fy_node_get_type(n) == FYNT_SCALAR ? fy_node_get_scalar(n, &size) : NULL;
    if (!text)
        return at(r, n, FAIL(r->f, E_INPUT, "cần một dòng chữ", "text is wanted"));
    *out = arena_copy(r->mem, text, size);
    return *out ? OK : fault_memory(r->f);
}

/* "148.5" → 14850; both a point and a comma are understood. */
static status read_hundredths(reader *r, node *n, int *out)
{
    const char *text, *p;
    TRY(read_text(r, n, &text));
    p = text;
    bool negative = *p == '-';
    p += negative;
    long whole = 0, part = 0, digits = 0;
    for (; *p >= '0' && *p <= '9' && whole < 100000; p++, digits++)
        whole = whole * 10 + (*p - '0');
    if (*p == '.' || *p == ',') {
        p++;
        for (long place = 10; *p >= '0' && *p <= '9' && place; p++, place /= 10)
            part += (*p - '0') * place;
    }
    if (*p || !digits)
        return at(r, n,
                  FAIL(r->f, E_INPUT, "“%s” không phải một số (tối đa hai số lẻ)",
                       "“%s” is no number (two decimals at most)", text));
    *out = (int)(negative ? -(whole * 100 + part) : whole * 100 + part);
    return OK;
}

static status read_length(reader *r, node *n, length *out)
{
    TRY(read_hundredths(r, n, out));
    if (*out < -PAGE_MOST || *out > PAGE_MOST)
        return at(r, n,
                  FAIL(r->f, E_INPUT, "độ dài ngoài khoảng ±1200 mm", "a length outside ±1200 mm"));
    return OK;
}

static status read_color(reader *r, node *n, unsigned *out)
{
    const char *text;
    unsigned char rgb[3];
    TRY(read_text(r, n, &text));
    if (strcmp(text, "none") == 0) {
        *out = TEMPLATE_NO_COLOR;
        return OK;
    }
    if (text[0] != '#' || !hex_decode(rgb, 3, text + 1))
        return at(r, n,
                  FAIL(r->f, E_INPUT, "“%s” không phải màu dạng '#B5121B'",
                       "“%s” is no colour like '#B5121B'", text));
    *out = (unsigned)rgb[0] << 16 | (unsigned)rgb[1] << 8 | rgb[2];
    return OK;
}

static status read_choice(reader *r, node *n, const char *const *words, int *out)
{
    const char *text;
    TRY(read_text(r, n, &text));
    for (int i = 0; words[i]; i++)
        if (strcmp(words[i], text) == 0) {
            *out = i;
            return OK;
        }
    return at(r, n,
              FAIL(r->f, E_INPUT, "“%s” không dùng được ở đây (ví dụ: %s)",
                   "“%s” cannot be used here (for example: %s)", text, words[0]));
}

/* Calls `take` for every pair of a mapping; an unknown key is an error. */
typedef status (*take_pair)(reader *r, const char *key, node *value, void *target, bool *known);

static status read_mapping(reader *r, node *n, take_pair take, void *target)
{
    if (fy_node_get_type(n) != FYNT_MAPPING)
        return at(
            r, n,
            FAIL(r->f, E_INPUT, "cần các cặp “khóa: giá trị”", "pairs “key: value” are wanted"));
    void *step = NULL;
    struct fy_node_pair *pair;
    while ((pair = fy_node_mapping_iterate(n, &step))) {
        const char *key;
        bool known = true;
        TRY(read_text(r, fy_node_pair_key(pair), &key));
        if (!fy_node_pair_value(pair))
            return at(r, fy_node_pair_key(pair),
                      FAIL(r->f, E_INPUT, "“%s” chưa có giá trị", "“%s” has no value", key));
        TRY(take(r, key, fy_node_pair_value(pair), target, &known));
        if (!known)
            return at(
                r, fy_node_pair_key(pair),
                FAIL(r->f, E_INPUT, "không có khóa “%s” ở đây", "there is no key “%s” here", key));
    }
    return OK;
}

/* ---- blocks ---- */
static status read_pair(reader *r, node *n, int *first, int *second)
{
    if (fy_node_get_type(n) != FYNT_SEQUENCE || fy_node_sequence_item_count(n) != 2)
        return at(r, n,
                  FAIL(r->f, E_INPUT, "cần hai số trong ngoặc vuông, ví dụ [30, 20]",
                       "two numbers in brackets are wanted, for example [30, 20]"));
    TRY(read_hundredths(r, fy_node_sequence_get_by_index(n, 0), first));
    return read_hundredths(r, fy_node_sequence_get_by_index(n, 1), second);
}

static status check_size(reader *r, node *n, size_range s)
{
    if (s.least < 400 || s.most < s.least || s.most > 20000)
        return at(r, n,
                  FAIL(r->f, E_INPUT, "cỡ chữ phải từ 4 đến 200, số lớn trước số nhỏ",
                       "sizes go from 4 to 200, the larger one first"));
    return OK;
}

/* 13 · [30, 20] · [[30, 20], [24, 16]]: one size; largest and smallest; the same by number of lines. */
static status read_sizes(reader *r, node *n, template_block *b)
{
    size_range *s = b->sizes;
    bool by_lines = fy_node_get_type(n) == FYNT_SEQUENCE &&
                    fy_node_get_type(fy_node_sequence_get_by_index(n, 0)) == FYNT_SEQUENCE;
    if (fy_node_get_type(n) == FYNT_SCALAR) {
        TRY(read_hundredths(r, n, &s[0].most));
        s[0].least = s[0].most;
        return check_size(r, n, s[0]);
    }
    if (!by_lines) {
        TRY(read_pair(r, n, &s[0].most, &s[0].least));
        return check_size(r, n, s[0]);
    }
    int count = fy_node_sequence_item_count(n);
    if (count > BLOCK_LINES_MOST)
        return at(
            r, n,
            FAIL(r->f, E_INPUT, "nhiều nhất %d dòng", "%d lines at most", (int)BLOCK_LINES_MOST));
    for (int i = 0; i < count; i++) {
        node *item = fy_node_sequence_get_by_index(n, i);
        TRY(read_pair(r, item, &s[i].most, &s[i].least));
        TRY(check_size(r, item, s[i]));
    }
    b->line_count = (size_t)count;
    return OK;
}

static status read_lines(reader *r, node *n, template_block *b)
{
    int count;
    TRY(read_hundredths(r, n, &count));
    if (count % 100 || count < 100 || count > 100 * BLOCK_LINES_MOST)
        return at(r, n,
                  FAIL(r->f, E_INPUT, "số dòng phải từ 1 đến %d",
                       "the number of lines goes from 1 to %d", (int)BLOCK_LINES_MOST));
    b->line_count = (size_t)count / 100;
    return OK;
}

/* Every {fact} of a text must exist. */
static status check_facts(reader *r, node *n, const char *text)
{
    for (const char *p = strchr(text, '{'); p; p = strchr(p + 1, '{')) {
        size_t size = strcspn(p + 1, "}");
        fact which;
        if (!fact_find(p + 1, size, &which))
            return at(r, n,
                      FAIL(r->f, E_INPUT, "không có trường “%.*s”; các trường: name, prize, title…",
                           "there is no field “%.*s”; fields: name, prize, title…", (int)size,
                           p + 1));
    }
    return OK;
}

static status read_font(reader *r, node *n, template_block *b)
{
    const char *name;
    TRY(read_text(r, n, &name));
    if (!font_find(name, &b->style.font))
        return at(r, n,
                  FAIL(r->f, E_INPUT,
                       "không có phông “%s”; dùng serif, serif-bold, serif-italic, "
                       "serif-bold-italic hoặc display",
                       "there is no font “%s”; use serif, serif-bold, serif-italic, "
                       "serif-bold-italic or display",
                       name));
    return OK;
}

static status take_block(reader *r, const char *key, node *n, void *target, bool *known)
{
    static const char *const kinds[] = {"text", "emblem", "qr", NULL};
    static const char *const cases[] = {"as-written", "upper", NULL};
    static const char *const sides[] = {"left", "center", "right", NULL};
    static const char *const answers[] = {"no", "yes", NULL};
    template_block *b = target;
    int choice;
    if (strcmp(key, "key") == 0)
        return read_text(r, n, &b->key);
    if (strcmp(key, "text") == 0) {
        TRY(read_text(r, n, &b->text));
        return check_facts(r, n, b->text);
    }
    if (strcmp(key, "draw") == 0) {
        TRY(read_choice(r, n, kinds, &choice));
        b->kind = (block_kind)choice;
    } else if (strcmp(key, "case") == 0) {
        TRY(read_choice(r, n, cases, &choice));
        b->letters = (letter_case)choice;
    } else if (strcmp(key, "align") == 0) {
        TRY(read_choice(r, n, sides, &choice));
        b->align = (text_anchor)choice;
    } else if (strcmp(key, "underlined") == 0) {
        TRY(read_choice(r, n, answers, &choice));
        b->underlined = choice == 1;
    } else if (strcmp(key, "at") == 0) {
        b->fixed = true;
        return read_pair(r, n, &b->x, &b->y);
    } else if (strcmp(key, "font") == 0) {
        return read_font(r, n, b);
    } else if (strcmp(key, "color") == 0) {
        return read_color(r, n, &b->style.color);
    } else if (strcmp(key, "size") == 0) {
        return read_sizes(r, n, b);
    } else if (strcmp(key, "lines") == 0) {
        return read_lines(r, n, b);
    } else if (strcmp(key, "spacing") == 0) {
        return read_hundredths(r, n, &b->style.spacing);
    } else if (strcmp(key, "leading") == 0) {
        TRY(read_hundredths(r, n, &b->leading));
        b->leading /= 100;
    } else if (strcmp(key, "width") == 0) {
        return read_length(r, n, &b->width);
    } else if (strcmp(key, "height") == 0) {
        return read_length(r, n, &b->height);
    } else if (strcmp(key, "gap") == 0) {
        return read_length(r, n, &b->gap);
    } else {
        *known = false;
    }
    return OK;
}

static status finish_block(reader *r, node *n, certificate_template *t, template_block *b)
{
    if (!b->key || (b->kind != DRAW_EMBLEM && !b->text))
        return at(r, n,
                  FAIL(r->f, E_INPUT, "khối này thiếu key hoặc text",
                       "this block has no key or no text"));
    if (b->kind != DRAW_TEXT && b->height < MM(5))
        return at(r, n,
                  FAIL(r->f, E_INPUT, "khối “%s” cần height từ 5 mm",
                       "the block “%s” needs a height of 5 mm or more", b->key));
    if (b->kind == DRAW_TEXT && !b->sizes[0].most)
        return at(
            r, n,
            FAIL(r->f, E_INPUT, "khối “%s” thiếu size", "the block “%s” has no size", b->key));
    if (b->leading < 80 || b->leading > 300)
        return at(r, n,
                  FAIL(r->f, E_INPUT, "leading phải từ 80 đến 300 (phần trăm)",
                       "leading goes from 80 to 300 (percent)"));
    for (size_t i = 1; i < b->line_count; i++)
        if (!b->sizes[i].most)
            b->sizes[i] = b->sizes[i - 1];
    if (!b->fixed) {
        b->x = t->flow.x;
        b->width = b->width ? b->width : t->flow.width;
        b->align = ANCHOR_CENTER;
    }
    if (b->kind == DRAW_TEXT && b->width < MM(10))
        return at(r, n,
                  FAIL(r->f, E_INPUT, "khối “%s” cần width từ 10 mm",
                       "the block “%s” needs a width of 10 mm or more", b->key));
    return OK;
}

static status read_blocks(reader *r, node *n, certificate_template *t)
{
    int count = fy_node_get_type(n) == FYNT_SEQUENCE ? fy_node_sequence_item_count(n) : 0;
    if (count < 1 || count > TEMPLATE_BLOCKS_MOST)
        return at(r, n,
                  FAIL(r->f, E_INPUT, "blocks cần từ 1 đến %d khối", "blocks wants 1 to %d of them",
                       (int)TEMPLATE_BLOCKS_MOST));
    for (int i = 0; i < count; i++) {
        node *item = fy_node_sequence_get_by_index(n, i);
        template_block *b = &t->blocks[t->block_count];
        *b = (template_block){.leading = 120, .line_count = 1, .align = ANCHOR_CENTER};
        TRY(read_mapping(r, item, take_block, b));
        TRY(finish_block(r, item, t, b));
        t->block_count++;
    }
    return OK;
}

/* ---- the whole ---- */
static status take_page(reader *r, const char *key, node *n, void *target, bool *known)
{
    certificate_template *t = target;
    if (strcmp(key, "width") == 0)
        return read_length(r, n, &t->width);
    if (strcmp(key, "height") == 0)
        return read_length(r, n, &t->height);
    *known = false;
    return OK;
}

static status take_border(reader *r, const char *key, node *n, void *target, bool *known)
{
    certificate_template *t = target;
    if (strcmp(key, "inset") == 0)
        return read_length(r, n, &t->border.inset);
    if (strcmp(key, "band") == 0)
        return read_length(r, n, &t->border.band);
    if (strcmp(key, "color") == 0)
        return read_color(r, n, &t->border.color);
    if (strcmp(key, "pale") == 0)
        return read_color(r, n, &t->border.pale);
    *known = false;
    return OK;
}

static status take_flow(reader *r, const char *key, node *n, void *target, bool *known)
{
    certificate_template *t = target;
    if (strcmp(key, "top") == 0)
        return read_length(r, n, &t->flow.top);
    if (strcmp(key, "bottom") == 0)
        return read_length(r, n, &t->flow.bottom);
    if (strcmp(key, "x") == 0)
        return read_length(r, n, &t->flow.x);
    if (strcmp(key, "width") == 0)
        return read_length(r, n, &t->flow.width);
    *known = false;
    return OK;
}

static status take_default(reader *r, const char *key, node *n, void *target, bool *known)
{
    certificate_template *t = target;
    fact which;
    *known = fact_find(key, strlen(key), &which);
    return *known ? read_text(r, n, &t->defaults[which]) : OK;
}

static status take_template(reader *r, const char *key, node *n, void *target, bool *known)
{
    certificate_template *t = target;
    if (strcmp(key, "template") == 0)
        return read_text(r, n, &t->name);
    if (strcmp(key, "kind") == 0)
        return read_text(r, n, &t->kind);
    if (strcmp(key, "page") == 0)
        return read_mapping(r, n, take_page, t);
    if (strcmp(key, "border") == 0)
        return read_mapping(r, n, take_border, t);
    if (strcmp(key, "rosette") == 0)
        return read_color(r, n, &t->rosette);
    if (strcmp(key, "flow") == 0)
        return read_mapping(r, n, take_flow, t);
    if (strcmp(key, "defaults") == 0)
        return read_mapping(r, n, take_default, t);
    if (strcmp(key, "blocks") == 0)
        return read_blocks(r, n, t);
    *known = false;
    return OK;
}

static status check_template(reader *r, node *root, const certificate_template *t)
{
    if (!t->name || !t->kind || !t->block_count)
        return at(r, root,
                  FAIL(r->f, E_INPUT, "mẫu cần template, kind, page, flow và blocks",
                       "a template needs template, kind, page, flow and blocks"));
    if (t->width < PAGE_LEAST || t->height < PAGE_LEAST)
        return at(
            r, root,
            FAIL(r->f, E_INPUT, "khổ giấy phải từ 50 × 50 mm", "a page is 50 × 50 mm or larger"));
    if (t->border.inset < 0 || t->border.band < 0 || t->flow.bottom <= t->flow.top ||
        t->flow.bottom > t->height || t->flow.width < MM(20) || t->flow.width > t->width)
        return at(r, root,
                  FAIL(r->f, E_INPUT, "border hoặc flow không nằm trong trang",
                       "border or flow does not lie on the page"));
    return OK;
}

static status read_document(reader *r, certificate_template *t)
{
    node *root = fy_document_root(r->document);
    t->rosette = TEMPLATE_NO_COLOR;
    for (int i = 0; i < FACT_COUNT; i++)
        t->defaults[i] = "";
    TRY(read_mapping(r, root, take_template, t));
    return check_template(r, root, t);
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
    reader r = {.mem = mem, .file = file, .f = f};
    r.document = fy_document_build_from_string(&settings, yaml.bytes, yaml.size);
    status st = r.document ? read_document(&r, t) : fail_syntax(diag, file, f);
    fy_document_destroy(r.document);
    fy_diag_destroy(diag);
    *out = t;
    return st;
}

status template_read(arena *mem, const char *path, certificate_template **out, fault *f)
{
    buffer yaml = BUFFER_INIT;
    status st = file_read(path, TEMPLATE_FILE_LIMIT, &yaml, f);
    if (st == OK)
        st = template_parse(mem, path, (slice){yaml.bytes, yaml.size}, out, f);
    buffer_free(&yaml);
    return st;
}

status template_standard(arena *mem, certificate_template **out, fault *f)
{
    slice yaml = {standard_template, EMBED_SIZE(standard_template)};
    return template_parse(mem, "giay-chung-nhan.yaml", yaml, out, f);
}
