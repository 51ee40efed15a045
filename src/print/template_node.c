/* Values out of a template's YAML; every complaint names file, line and column. */
#include "template_node.h"

#include "chamthi/random.h"

#include <string.h>

enum { LENGTH_MOST = MM(1200) };

/* Puts the node's place in front of the sentence that was just made. */
status template_at(const template_reader *r, node *n, status st)
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

status template_text(template_reader *r, node *n, const char **out)
{
    size_t size;
    const char *text = fy_node_get_type(n) == FYNT_SCALAR ? fy_node_get_scalar(n, &size) : NULL;
    if (!text)
        return template_at(r, n, FAIL(r->f, E_INPUT, "cần một dòng chữ", "text is wanted"));
    *out = arena_copy(r->mem, text, size);
    return *out ? OK : fault_memory(r->f);
}

/* "148.5" → 14850; both a point and a comma are understood. */
status template_hundredths(template_reader *r, node *n, int *out)
{
    const char *text, *p;
    TRY(template_text(r, n, &text));
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
        return template_at(r, n,
                           FAIL(r->f, E_INPUT, "“%s” không phải một số (tối đa hai số lẻ)",
                                "“%s” is no number (two decimals at most)", text));
    *out = (int)(negative ? -(whole * 100 + part) : whole * 100 + part);
    return OK;
}

status template_length(template_reader *r, node *n, length *out)
{
    TRY(template_hundredths(r, n, out));
    if (*out < -LENGTH_MOST || *out > LENGTH_MOST)
        return template_at(
            r, n, FAIL(r->f, E_INPUT, "độ dài ngoài khoảng ±1200 mm", "a length outside ±1200 mm"));
    return OK;
}

status template_color(template_reader *r, node *n, unsigned *out)
{
    const char *text;
    unsigned char rgb[3];
    TRY(template_text(r, n, &text));
    if (strcmp(text, "none") == 0) {
        *out = TEMPLATE_NO_COLOR;
        return OK;
    }
    if (text[0] != '#' || !hex_decode(rgb, 3, text + 1))
        return template_at(r, n,
                           FAIL(r->f, E_INPUT, "“%s” không phải màu dạng '#B5121B'",
                                "“%s” is no colour like '#B5121B'", text));
    *out = (unsigned)rgb[0] << 16 | (unsigned)rgb[1] << 8 | rgb[2];
    return OK;
}

status template_choice(template_reader *r, node *n, const char *const *words, int *out)
{
    const char *text;
    TRY(template_text(r, n, &text));
    for (int i = 0; words[i]; i++)
        if (strcmp(words[i], text) == 0) {
            *out = i;
            return OK;
        }
    return template_at(r, n,
                       FAIL(r->f, E_INPUT, "“%s” không dùng được ở đây (ví dụ: %s)",
                            "“%s” cannot be used here (for example: %s)", text, words[0]));
}

status template_mapping(template_reader *r, node *n, take_pair take, void *target)
{
    if (fy_node_get_type(n) != FYNT_MAPPING)
        return template_at(
            r, n,
            FAIL(r->f, E_INPUT, "cần các cặp “khóa: giá trị”", "pairs “key: value” are wanted"));
    void *step = NULL;
    struct fy_node_pair *pair;
    while ((pair = fy_node_mapping_iterate(n, &step))) {
        const char *key;
        bool known = true;
        TRY(template_text(r, fy_node_pair_key(pair), &key));
        if (!fy_node_pair_value(pair))
            return template_at(
                r, fy_node_pair_key(pair),
                FAIL(r->f, E_INPUT, "“%s” chưa có giá trị", "“%s” has no value", key));
        TRY(take(r, key, fy_node_pair_value(pair), target, &known));
        if (!known)
            return template_at(
                r, fy_node_pair_key(pair),
                FAIL(r->f, E_INPUT, "không có khóa “%s” ở đây", "there is no key “%s” here", key));
    }
    return OK;
}
