/* Opens a YAML document and keeps the list of what is wrong with it. */
#include "node.h"

#include "chamthi/text.h"

#include <string.h>

enum { ROOM_FOR_THE_REST = 64 }; /* bytes of a fault kept for "and N more" */

void yaml_keep_problem(yaml *y, place at, const fault *sentence)
{
    buffer lines[LANG_COUNT] = {BUFFER_INIT, BUFFER_INIT};
    bool fits = true;
    for (int lang = 0; lang < LANG_COUNT; lang++) {
        buffer_format(&lines[lang], "%s%s:%d:%d: %s", y->problems ? "\n" : "", y->file, at.line,
                      at.column, sentence->text[lang]);
        fits &= y->said[lang].size + lines[lang].size < FAULT_TEXT_MAX - ROOM_FOR_THE_REST;
    }
    fits &= y->shown == y->problems; /* none after one that was left out */
    if (fits || !y->problems) {
        for (int lang = 0; lang < LANG_COUNT; lang++)
            buffer_put(&y->said[lang], lines[lang].bytes, lines[lang].size);
        y->shown++;
    }
    y->problems++;
    for (int lang = 0; lang < LANG_COUNT; lang++)
        buffer_free(&lines[lang]);
}

static place place_of_mark(const struct fy_mark *mark, place otherwise)
{
    return mark ? (place){mark->line + 1, mark->column + 1} : otherwise;
}

/* What offices get wrong, in their own words; the parser's sentence serves for the rest. */
static const struct {
    const char *parser, *vi;
} common[] = {
    {"duplicate key", "khóa này đã ghi ở một dòng phía trên"},
    {"tab character may not be used as indentation",
     "đầu dòng phải dùng dấu cách, không dùng phím Tab"},
    {"invalid nested block mapping on the same line",
     "chữ có dấu hai chấm phải đặt trong ngoặc kép"},
    {"could not find expected ':'", "sau khóa phải có dấu hai chấm và một dấu cách"},
    {"missing comma in flow mapping", "thiếu dấu phẩy hoặc dấu } trong nhóm { }"},
    {"flow mapping with invalid extra closing brace", "thừa dấu }"},
    {"wrongly indented double-quoted scalar", "thiếu dấu ngoặc kép đóng"},
    {"did not find expected '-' indicator", "dòng này lùi vào không thẳng hàng với các dòng trên"},
    {"invalid multiline plain key", "dòng này lùi vào không thẳng hàng với các dòng trên"},
    {"invalid scalar at the end of block sequence", "sau dấu - phải có một dấu cách"},
};

static void keep_syntax_problem(yaml *y)
{
    void *at = NULL;
    struct fy_diag_error *e = fy_diag_errors_iterate(y->diag, &at);
    place where = {1, 1};
    const char *said = e && e->msg ? e->msg : "?";
    if (e && e->line > 0)
        where = (place){e->line, e->column > 0 ? e->column : 1};
    for (size_t i = 0; i < sizeof common / sizeof *common; i++)
        if (strcmp(common[i].parser, said) == 0) {
            PROBLEM(y, where, "%s%.0s", "%.0s%s", common[i].vi, said);
            return;
        }
    PROBLEM(y, where, "không đọc được YAML: %s (hãy xem lại khoảng trắng đầu dòng, dấu “:”, ngoặc)",
            "cannot read the YAML: %s (look at indentation, “:” and brackets)", said);
}

static void load(yaml *y)
{
    y->document = fy_parse_load_document(y->parser);
    if (!y->document && fy_diag_got_error(y->diag)) {
        keep_syntax_problem(y);
        return;
    }
    if (!y->document) {
        PROBLEM(y, ((place){1, 1}), "tệp trống; xem mẫu bằng: chamthi contest example",
                "the file is empty; see a sample with: chamthi contest example");
        return;
    }
    struct fy_document *second = fy_parse_load_document(y->parser);
    if (second)
        PROBLEM(y, ((place){1, 1}), "tệp có nhiều tài liệu (dòng ---); hãy tách mỗi năm một tệp",
                "the file holds several documents (---); keep one year in one file");
    else if (fy_diag_got_error(y->diag))
        keep_syntax_problem(y);
    fy_parse_document_destroy(y->parser, second);
}

void yaml_open(yaml *y, arena *mem, const char *file, slice text)
{
    *y = (yaml){.mem = mem, .file = file, .said = {BUFFER_INIT, BUFFER_INIT}};
    if (!text_is_utf8(text)) {
        PROBLEM(y, ((place){1, 1}), "tệp không phải UTF-8; hãy lưu lại dạng UTF-8",
                "the file is not UTF-8; save it again as UTF-8");
        return;
    }
    struct fy_diag_cfg messages;
    fy_diag_cfg_default(&messages);
    messages.fp = NULL;
    y->diag = fy_diag_create(&messages);
    if (y->diag)
        fy_diag_set_collect_errors(y->diag, true);
    struct fy_parse_cfg settings = {.flags = FYPCF_QUIET | FYPCF_COLLECT_DIAG | FYPCF_JSON_NONE,
                                    .diag = y->diag};
    y->parser = y->diag ? fy_parser_create(&settings) : NULL;
    if (!y->parser || fy_parser_set_string(y->parser, text.bytes, text.size) != 0) {
        y->memory = true;
        return;
    }
    load(y);
}

void yaml_close(yaml *y)
{
    if (y->document)
        fy_parse_document_destroy(y->parser, y->document);
    if (y->parser)
        fy_parser_destroy(y->parser);
    if (y->diag)
        fy_diag_destroy(y->diag);
    for (int lang = 0; lang < LANG_COUNT; lang++)
        buffer_free(&y->said[lang]);
}

status yaml_verdict(const yaml *y, fault *f)
{
    if (y->memory)
        return fault_memory(f);
    if (!y->problems)
        return OK;
    TRY(buffer_check(&y->said[LANG_VI], f));
    TRY(buffer_check(&y->said[LANG_EN], f));
    fault both[2] = {{0}, {0}};
    size_t rest = y->problems - y->shown;
    fault_set(&both[0], E_INPUT, "%s", "%s", y->said[LANG_VI].bytes);
    fault_set(&both[1], E_INPUT, "%s", "%s", y->said[LANG_EN].bytes);
    if (rest) {
        fault_set(&both[0], E_INPUT, "%s\n… và %zu lỗi nữa", "%s%zu", y->said[LANG_VI].bytes, rest);
        fault_set(&both[1], E_INPUT, "%s%zu", "%s\n… and %zu more", y->said[LANG_EN].bytes, rest);
    }
    if (f) {
        f->code = E_INPUT;
        memcpy(f->text[LANG_VI], both[0].text[LANG_VI], FAULT_TEXT_MAX);
        memcpy(f->text[LANG_EN], both[1].text[LANG_EN], FAULT_TEXT_MAX);
    }
    return E_INPUT;
}

/* ---- places ---- */

place node_place(struct fy_node *node, place otherwise)
{
    void *at = NULL;
    while (node && !fy_node_is_scalar(node)) {
        at = NULL;
        if (fy_node_is_mapping(node)) {
            struct fy_node_pair *pair = fy_node_mapping_iterate(node, &at);
            node = pair ? fy_node_pair_key(pair) : NULL;
        } else {
            node = fy_node_sequence_iterate(node, &at);
        }
    }
    struct fy_token *token = node ? fy_node_get_scalar_token(node) : NULL;
    return place_of_mark(token ? fy_token_start_mark(token) : NULL, otherwise);
}

struct fy_node_pair *node_pair(struct fy_node *mapping, const char *key)
{
    void *at = NULL;
    struct fy_node_pair *pair;
    while (mapping && fy_node_is_mapping(mapping) &&
           (pair = fy_node_mapping_iterate(mapping, &at)) != NULL) {
        size_t size = 0;
        const char *text = fy_node_get_scalar(fy_node_pair_key(pair), &size);
        if (text && strlen(key) == size && memcmp(text, key, size) == 0)
            return pair;
    }
    return NULL;
}

/* One step down: `key` of the mapping, then item `index` of that. */
static struct fy_node *step(struct fy_node *from, const char *key, int index, place *at)
{
    struct fy_node_pair *pair = key ? node_pair(from, key) : NULL;
    if (!pair)
        return NULL;
    *at = node_place(fy_node_pair_key(pair), *at);
    struct fy_node *value = fy_node_pair_value(pair);
    if (index != NO_INDEX && value && fy_node_is_sequence(value))
        value = fy_node_sequence_get_by_index(value, index);
    *at = node_place(value, *at);
    return value;
}

place yaml_place(const yaml *y, yaml_path path)
{
    place at = {1, 1};
    struct fy_node *node = step(fy_document_root(y->document), path.key, path.index, &at);
    if (node && path.inner)
        step(node, path.inner, path.inner_index, &at);
    return at;
}

static size_t key_start(struct fy_node_pair *pair)
{
    struct fy_token *token = fy_node_get_scalar_token(fy_node_pair_key(pair));
    const struct fy_mark *mark = token ? fy_token_start_mark(token) : NULL;
    return mark ? mark->input_pos : 0;
}

slice yaml_section(const yaml *y, slice text, const char *key)
{
    struct fy_node *root = fy_document_root(y->document);
    struct fy_node_pair *own = node_pair(root, key), *pair;
    if (!own)
        return (slice){"", 0};
    size_t from = key_start(own), to = text.size;
    void *at = NULL;
    while ((pair = fy_node_mapping_iterate(root, &at)) != NULL) {
        size_t start = key_start(pair);
        if (start > from && start < to)
            to = start;
    }
    return (slice){text.bytes + from, to - from};
}
