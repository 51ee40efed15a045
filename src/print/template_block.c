/* The blocks of a template: what they say, how they look, where they stand. */
#include "template_node.h"

#include <string.h>

static status read_pair(template_reader *r, node *n, int *first, int *second)
{
    if (fy_node_get_type(n) != FYNT_SEQUENCE || fy_node_sequence_item_count(n) != 2)
        return template_at(r, n,
                           FAIL(r->f, E_INPUT, "cần hai số trong ngoặc vuông, ví dụ [30, 20]",
                                "two numbers in brackets are wanted, for example [30, 20]"));
    TRY(template_hundredths(r, fy_node_sequence_get_by_index(n, 0), first));
    return template_hundredths(r, fy_node_sequence_get_by_index(n, 1), second);
}

static status check_size(template_reader *r, node *n, size_range s)
{
    if (s.least < 400 || s.most < s.least || s.most > 20000)
        return template_at(r, n,
                           FAIL(r->f, E_INPUT, "cỡ chữ phải từ 4 đến 200, số lớn trước số nhỏ",
                                "sizes go from 4 to 200, the larger one first"));
    return OK;
}

/* 13 · [30, 20] · [[30, 20], [24, 16]]: one size; largest and smallest; the same by number of lines. */
static status read_sizes(template_reader *r, node *n, template_block *b)
{
    size_range *s = b->sizes;
    bool by_lines = fy_node_get_type(n) == FYNT_SEQUENCE &&
                    fy_node_get_type(fy_node_sequence_get_by_index(n, 0)) == FYNT_SEQUENCE;
    if (fy_node_get_type(n) == FYNT_SCALAR) {
        TRY(template_hundredths(r, n, &s[0].most));
        s[0].least = s[0].most;
        return check_size(r, n, s[0]);
    }
    if (!by_lines) {
        TRY(read_pair(r, n, &s[0].most, &s[0].least));
        return check_size(r, n, s[0]);
    }
    int count = fy_node_sequence_item_count(n);
    if (count > BLOCK_LINES_MOST)
        return template_at(
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

static status read_lines(template_reader *r, node *n, template_block *b)
{
    int count;
    TRY(template_hundredths(r, n, &count));
    if (count % 100 || count < 100 || count > 100 * BLOCK_LINES_MOST)
        return template_at(r, n,
                           FAIL(r->f, E_INPUT, "số dòng phải từ 1 đến %d",
                                "the number of lines goes from 1 to %d", (int)BLOCK_LINES_MOST));
    b->line_count = (size_t)count / 100;
    return OK;
}

/* Every {fact} of a text must exist. */
static status check_facts(template_reader *r, node *n, const char *text)
{
    for (const char *p = strchr(text, '{'); p; p = strchr(p + 1, '{')) {
        size_t size = strcspn(p + 1, "}");
        fact which;
        if (!fact_find(p + 1, size, &which))
            return template_at(
                r, n,
                FAIL(r->f, E_INPUT, "không có trường “%.*s”; các trường: name, prize, title…",
                     "there is no field “%.*s”; fields: name, prize, title…", (int)size, p + 1));
    }
    return OK;
}

static status read_font(template_reader *r, node *n, template_block *b)
{
    const char *name;
    TRY(template_text(r, n, &name));
    if (!font_find(name, &b->style.font))
        return template_at(r, n,
                           FAIL(r->f, E_INPUT,
                                "không có phông “%s”; dùng serif, serif-bold, serif-italic, "
                                "serif-bold-italic hoặc display",
                                "there is no font “%s”; use serif, serif-bold, serif-italic, "
                                "serif-bold-italic or display",
                                name));
    return OK;
}

/* "title" or "prize = Giải Đặc biệt". */
static status read_condition(template_reader *r, node *n, block_condition *out)
{
    const char *text;
    TRY(template_text(r, n, &text));
    size_t size = strcspn(text, " =");
    const char *equals = text + size + strspn(text + size, " ");
    const char *wanted = *equals == '=' ? equals + 1 + strspn(equals + 1, " ") : equals;
    if (!fact_find(text, size, &out->which) || (*equals && (*equals != '=' || !*wanted)))
        return template_at(r, n,
                           FAIL(r->f, E_INPUT,
                                "“%s” không phải điều kiện; viết tên trường, ví dụ: title, hoặc: "
                                "prize = Giải Đặc biệt",
                                "“%s” is no condition; write a field's name, for example: title, "
                                "or: prize = Giải Đặc biệt",
                                text));
    out->asked = true;
    out->wanted = wanted;
    return OK;
}

static status take_block(template_reader *r, const char *key, node *n, void *target, bool *known)
{
    static const char *const kinds[] = {"text", "emblem", "qr", "space", NULL};
    static const char *const cases[] = {"as-written", "upper", NULL};
    static const char *const sides[] = {"left", "center", "right", NULL};
    static const char *const answers[] = {"no", "yes", NULL};
    template_block *b = target;
    int choice;
    if (strcmp(key, "key") == 0)
        return template_text(r, n, &b->key);
    if (strcmp(key, "text") == 0) {
        TRY(template_text(r, n, &b->text));
        return check_facts(r, n, b->text);
    }
    if (strcmp(key, "draw") == 0) {
        TRY(template_choice(r, n, kinds, &choice));
        b->kind = (block_kind)choice;
    } else if (strcmp(key, "case") == 0) {
        TRY(template_choice(r, n, cases, &choice));
        b->letters = (letter_case)choice;
    } else if (strcmp(key, "align") == 0) {
        TRY(template_choice(r, n, sides, &choice));
        b->align = (text_anchor)choice;
    } else if (strcmp(key, "underlined") == 0) {
        TRY(template_choice(r, n, answers, &choice));
        b->underlined = choice == 1;
    } else if (strcmp(key, "preprinted") == 0) {
        TRY(template_choice(r, n, answers, &choice));
        b->preprinted = choice == 1;
    } else if (strcmp(key, "when") == 0) {
        return read_condition(r, n, &b->when);
    } else if (strcmp(key, "unless") == 0) {
        return read_condition(r, n, &b->unless);
    } else if (strcmp(key, "at") == 0) {
        b->fixed = true;
        return read_pair(r, n, &b->x, &b->y);
    } else if (strcmp(key, "font") == 0) {
        return read_font(r, n, b);
    } else if (strcmp(key, "color") == 0) {
        return template_color(r, n, &b->style.color);
    } else if (strcmp(key, "size") == 0) {
        return read_sizes(r, n, b);
    } else if (strcmp(key, "lines") == 0) {
        return read_lines(r, n, b);
    } else if (strcmp(key, "spacing") == 0) {
        return template_hundredths(r, n, &b->style.spacing);
    } else if (strcmp(key, "leading") == 0) {
        TRY(template_hundredths(r, n, &b->leading));
        b->leading /= 100;
    } else if (strcmp(key, "width") == 0) {
        return template_length(r, n, &b->width);
    } else if (strcmp(key, "height") == 0) {
        return template_length(r, n, &b->height);
    } else if (strcmp(key, "gap") == 0) {
        return template_length(r, n, &b->gap);
    } else {
        *known = false;
    }
    return OK;
}

static status finish_block(template_reader *r, node *n, certificate_template *t, template_block *b)
{
    bool speaks = b->kind == DRAW_TEXT || b->kind == DRAW_QR;
    if (!b->key || (speaks && !b->text))
        return template_at(r, n,
                           FAIL(r->f, E_INPUT, "khối này thiếu key hoặc text",
                                "this block has no key or no text"));
    if (b->kind != DRAW_TEXT && b->height < MM(5))
        return template_at(r, n,
                           FAIL(r->f, E_INPUT, "khối “%s” cần height từ 5 mm",
                                "the block “%s” needs a height of 5 mm or more", b->key));
    if (b->kind == DRAW_TEXT && !b->sizes[0].most)
        return template_at(
            r, n,
            FAIL(r->f, E_INPUT, "khối “%s” thiếu size", "the block “%s” has no size", b->key));
    if (b->leading < 80 || b->leading > 300)
        return template_at(r, n,
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
        return template_at(r, n,
                           FAIL(r->f, E_INPUT, "khối “%s” cần width từ 10 mm",
                                "the block “%s” needs a width of 10 mm or more", b->key));
    return OK;
}

status template_blocks(template_reader *r, node *n, certificate_template *t)
{
    int count = fy_node_get_type(n) == FYNT_SEQUENCE ? fy_node_sequence_item_count(n) : 0;
    if (count < 1 || count > TEMPLATE_BLOCKS_MOST)
        return template_at(r, n,
                           FAIL(r->f, E_INPUT, "blocks cần từ 1 đến %d khối",
                                "blocks wants 1 to %d of them", (int)TEMPLATE_BLOCKS_MOST));
    for (int i = 0; i < count; i++) {
        node *item = fy_node_sequence_get_by_index(n, i);
        template_block *b = &t->blocks[t->block_count];
        *b = (template_block){.leading = 120, .line_count = 1, .align = ANCHOR_CENTER};
        TRY(template_mapping(r, item, take_block, b));
        TRY(finish_block(r, item, t, b));
        t->block_count++;
    }
    return OK;
}
