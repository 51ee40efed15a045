/* Fills structs from YAML by tables of fields. */
#include "chamthi/nearest.h"
#include "clean.h"
#include "node.h"

#include <stdlib.h>
#include <string.h>

enum { KEYS_MAX = 40, LIST_MAX = 1000 };

static void *at_offset(void *base, size_t offset)
{
    return (char *)base + offset;
}

/* ---- scalars ---- */

static bool is_empty(struct fy_node *node)
{
    if (!node)
        return true;
    size_t size = 0;
    const char *text = fy_node_is_scalar(node) ? fy_node_get_scalar(node, &size) : "?";
    return fy_node_get_style(node) == FYNS_PLAIN &&
           (!text || size == 0 || (size == 1 && *text == '~') ||
            (size == 4 && memcmp(text, "null", 4) == 0));
}

/* The scalar as NFC on one line, trimmed; NULL after a problem. */
static const char *read_text(yaml *y, struct fy_node *node, place at, const char *key)
{
    if (is_empty(node))
        return "";
    if (!fy_node_is_scalar(node) || fy_node_is_alias(node)) {
        PROBLEM(y, at, "%s: cần một dòng chữ, không phải danh sách hay nhóm khóa",
                "%s: wants plain text, not a list or a group of keys", key);
        return NULL;
    }
    size_t size = 0;
    const char *raw = fy_node_get_scalar(node, &size);
    char *copy = clean_line(y->mem, (slice){raw ? raw : "", raw ? size : 0});
    y->memory |= !copy;
    return copy;
}

static bool is_key(const char *text)
{
    return *text && strlen(text) <= KEYS_MAX &&
           text[strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789-_")] == '\0';
}

static void join_words(const char *const *words, char *out, size_t size)
{
    size_t used = 0;
    out[0] = '\0';
    for (; *words && used + strlen(*words) + 3 < size; words++) {
        memcpy(out + used, used ? ", " : "", used ? 2 : 0);
        used += used ? 2 : 0;
        memcpy(out + used, *words, strlen(*words) + 1);
        used += strlen(*words);
    }
}

static void problem_word(yaml *y, place at, const char *key, const char *typed,
                         const char *const *words)
{
    const char *near = nearest_word(typed, words);
    char all[400];
    join_words(words, all, sizeof all);
    if (near)
        PROBLEM(y, at, "%s: không có giá trị “%s”; có phải “%s”?",
                "%s: there is no value “%s”; did you mean “%s”?", key, typed, near);
    else
        PROBLEM(y, at, "%s: không có giá trị “%s”; chọn một trong: %s",
                "%s: there is no value “%s”; choose one of: %s", key, typed, all);
}

static const char *read_word(yaml *y, struct fy_node *node, place at, const char *key,
                             const char *const *words)
{
    const char *text = read_text(y, node, at, key);
    if (!text)
        return NULL;
    for (const char *const *w = words; *w; w++)
        if (strcmp(*w, text) == 0)
            return *w;
    problem_word(y, at, key, text, words);
    return NULL;
}

static bool read_int(yaml *y, struct fy_node *node, place at, const field *d, int64_t *out)
{
    const char *text = read_text(y, node, at, d->key);
    if (!text)
        return false;
    char *end;
    long long n = strtoll(text, &end, 10);
    if (end != text && !*end && n >= d->least && n <= d->most && !strchr("+ ", *text)) {
        *out = n;
        return true;
    }
    PROBLEM(y, at,
            "%s: “%s” không phải số nguyên từ %lld đến %lld (không viết dấu chấm phân cách hàng "
            "nghìn)",
            "%s: “%s” is no whole number from %lld to %lld (without thousands separators)", d->key,
            text, (long long)d->least, (long long)d->most);
    return false;
}

/* 80, 0.5, 7,25 → hundredths. */
static bool parse_points(const char *text, int64_t *out)
{
    size_t whole = strspn(text, "0123456789");
    if (whole == 0 || whole > 6)
        return false;
    int64_t n = strtoll(text, NULL, 10) * 100;
    const char *p = text + whole;
    if (*p == '.' || *p == ',') {
        size_t digits = strspn(p + 1, "0123456789");
        if (digits == 0 || digits > 2 || p[1 + digits])
            return false;
        n += (p[1] - '0') * 10 + (digits == 2 ? p[2] - '0' : 0);
    } else if (*p) {
        return false;
    }
    *out = n;
    return true;
}

static bool read_points(yaml *y, struct fy_node *node, place at, const field *d, int64_t *out)
{
    const char *text = read_text(y, node, at, d->key);
    if (!text)
        return false;
    if (parse_points(text, out) && *out >= d->least)
        return true;
    PROBLEM(y, at, "%s: “%s” không phải số%s (ví dụ 25 hoặc 0.5, nhiều nhất hai số lẻ)",
            "%s: “%s” is no number%s (such as 25 or 0.5, at most two decimals)", d->key, text,
            d->least > 0 ? " > 0" : "");
    return false;
}

/* 420 or 7:00 → seconds. */
static bool read_seconds(yaml *y, struct fy_node *node, place at, const char *key, int64_t *out)
{
    const char *text = read_text(y, node, at, key);
    if (!text)
        return false;
    size_t first = strspn(text, "0123456789");
    bool clock = first && first <= 4 && text[first] == ':' &&
                 strspn(text + first + 1, "0123456789") == 2 && !text[first + 3] &&
                 text[first + 1] < '6';
    if (clock || (first && first <= 6 && !text[first])) {
        *out = strtoll(text, NULL, 10);
        if (clock)
            *out = *out * 60 + strtoll(text + first + 1, NULL, 10);
        return true;
    }
    PROBLEM(y, at, "%s: “%s” không phải thời lượng (viết 7:00 hoặc số giây 420)",
            "%s: “%s” is no duration (write 7:00 or 420 seconds)", key, text);
    return false;
}

static bool read_day(yaml *y, struct fy_node *node, place at, const char *key, date *out)
{
    const char *text = read_text(y, node, at, key);
    if (!text)
        return false;
    if (date_parse(text, out))
        return true;
    PROBLEM(y, at, "%s: “%s” không phải một ngày có trong lịch (viết 2024-05-31 hoặc 31/5/2024)",
            "%s: “%s” is no day of the calendar (write 2024-05-31 or 31/5/2024)", key, text);
    return false;
}

/* ---- figures: value, provenance, source ---- */

static const char *const provenances[] = {"unknown", "inferred", "found", NULL};

static bool read_provenance(yaml *y, struct fy_node *node, place at, provenance *out)
{
    const char *word = read_word(y, node, at, "provenance", provenances);
    for (int i = 0; word && provenances[i]; i++)
        if (strcmp(word, provenances[i]) == 0)
            *out = (provenance)i;
    return word != NULL;
}

static void read_words(yaml *y, struct fy_node *node, place at, const field *d, void *out)
{
    if (!fy_node_is_sequence(node) || fy_node_sequence_item_count(node) > LIST_MAX) {
        PROBLEM(y, at, "%s: value cần một danh sách, ví dụ [title, author, phone]",
                "%s: value wants a list, such as [title, author, phone]", d->key);
        return;
    }
    size_t count = (size_t)fy_node_sequence_item_count(node), n = 0;
    const char **list = ARENA_ARRAY(y->mem, const char *, count + 1);
    y->memory |= !list;
    void *each = NULL;
    struct fy_node *item;
    while (list && n < count && (item = fy_node_sequence_iterate(node, &each)) != NULL) {
        const char *text = d->words ? read_word(y, item, node_place(item, at), d->key, d->words)
                                    : read_text(y, item, node_place(item, at), d->key);
        if (text)
            list[n++] = text;
    }
    figure_list *to = at_offset(out, d->offset);
    to->items = list;
    to->count = n;
}

static void read_value(yaml *y, struct fy_node *node, place at, const field *d, void *out)
{
    figure *g = at_offset(out, d->offset);
    switch (d->kind) {
    case FIELD_COUNT_FIGURE: read_int(y, node, at, d, &g->number); break;
    case FIELD_POINTS_FIGURE: read_points(y, node, at, d, &g->number); break;
    case FIELD_SECONDS_FIGURE: read_seconds(y, node, at, d->key, &g->number); break;
    case FIELD_DAY_FIGURE: read_day(y, node, at, d->key, &g->day); break;
    default: read_words(y, node, at, d, out); break;
    }
}

/* A figure says where it comes from: found and inferred ones have a value and a source, unknown ones
 * have no value. */
static void check_figure(yaml *y, place at, const field *d, const figure *g, bool valued)
{
    if (g->from == PROVENANCE_UNKNOWN && valued)
        PROBLEM(y, at, "%s: provenance là unknown (chưa biết) thì không được ghi value",
                "%s: an unknown figure must not have a value", d->key);
    else if (g->from != PROVENANCE_UNKNOWN && !valued)
        PROBLEM(y, at, "%s: provenance là %s thì phải ghi value",
                "%s: a figure that is %s must have a value", d->key, provenances[g->from]);
    else if (g->from != PROVENANCE_UNKNOWN && !*g->source)
        PROBLEM(y, at, "%s: phải ghi source (lấy từ văn bản, bài báo nào)",
                "%s: source must say which document it comes from", d->key);
}

static const char *const figure_keys[] = {"value", "provenance", "source", NULL};

static bool known_keys(yaml *y, struct fy_node *node, const char *const *keys)
{
    size_t before = y->problems;
    void *each = NULL;
    struct fy_node_pair *pair;
    while ((pair = fy_node_mapping_iterate(node, &each)) != NULL) {
        place at = node_place(fy_node_pair_key(pair), (place){1, 1});
        const char *text = read_text(y, fy_node_pair_key(pair), at, "?");
        const char *near = text ? nearest_word(text, keys) : NULL;
        bool known = false;
        for (const char *const *k = keys; text && *k && !known; k++)
            known = strcmp(*k, text) == 0;
        char all[400];
        join_words(keys, all, sizeof all);
        if (text && !known && near)
            PROBLEM(y, at, "không có khóa “%s”; có phải “%s”?",
                    "there is no key “%s”; did you mean “%s”?", text, near);
        else if (text && !known && fy_node_get_style(node) == FYNS_FLOW &&
                 is_empty(fy_node_pair_value(pair)))
            PROBLEM(y, at,
                    "“%s” đứng sau một dấu phẩy: trong { } số lẻ viết 0.5, chữ có dấu phẩy đặt "
                    "trong ngoặc kép",
                    "“%s” stands behind a comma: within { } decimals are written 0.5, and text "
                    "with a comma in quotes",
                    text);
        else if (text && !known)
            PROBLEM(y, at, "không có khóa “%s”; ở đây dùng được: %s",
                    "there is no key “%s”; known here: %s", text, all);
    }
    return y->problems == before;
}

static void read_figure(yaml *y, struct fy_node *node, place at, const field *d, void *out)
{
    figure *g = at_offset(out, d->offset);
    g->source = "";
    g->stated = true;
    if (!node || !fy_node_is_mapping(node)) {
        PROBLEM(y, at,
                "%s: phải viết {value: …, provenance: found hoặc inferred, source: …} hoặc "
                "{provenance: unknown}",
                "%s: write {value: …, provenance: found or inferred, source: …} or "
                "{provenance: unknown}",
                d->key);
        return;
    }
    size_t before = y->problems;
    known_keys(y, node, figure_keys);
    struct fy_node_pair *value = node_pair(node, "value"), *from = node_pair(node, "provenance"),
                        *source = node_pair(node, "source");
    bool valued = value && !is_empty(fy_node_pair_value(value));
    if (!from)
        PROBLEM(y, at, "%s: thiếu provenance (found, inferred hay unknown)",
                "%s: provenance is missing (found, inferred or unknown)", d->key);
    else
        read_provenance(y, fy_node_pair_value(from), node_place(fy_node_pair_value(from), at),
                        &g->from);
    if (source)
        g->source = read_text(y, fy_node_pair_value(source),
                              node_place(fy_node_pair_value(source), at), "source");
    if (valued)
        read_value(y, fy_node_pair_value(value), node_place(fy_node_pair_value(value), at), d, out);
    if (y->problems == before && g->source)
        check_figure(y, at, d, g, valued);
}

/* ---- mappings and lists ---- */

static void read_mapping(yaml *y, struct fy_node *node, place at, const shape *s, void *out);

static void read_list(yaml *y, struct fy_node *node, place at, const field *d, void *out)
{
    if (is_empty(node))
        return;
    int count = fy_node_is_sequence(node) ? fy_node_sequence_item_count(node) : -1;
    if (count < 0 || count > LIST_MAX) {
        PROBLEM(y, at, "%s: cần một danh sách, mỗi mục một dòng bắt đầu bằng “- ”",
                "%s: wants a list, each item on a line that begins with “- ”", d->key);
        return;
    }
    char *items = arena_array(y->mem, (size_t)count + 1, d->shape->size);
    y->memory |= !items;
    for (int i = 0; items && i < count; i++) {
        struct fy_node *item = fy_node_sequence_get_by_index(node, i);
        read_mapping(y, item, node_place(item, at), d->shape, items + (size_t)i * d->shape->size);
    }
    *(void **)at_offset(out, d->offset) = items;
    *(size_t *)at_offset(out, d->count) = items ? (size_t)count : 0;
}

static void read_scalar_field(yaml *y, struct fy_node *node, place at, const field *d, void *to)
{
    const char *text = NULL;
    switch (d->kind) {
    case FIELD_INT: read_int(y, node, at, d, to); return;
    case FIELD_POINTS: read_points(y, node, at, d, to); return;
    case FIELD_PROVENANCE: read_provenance(y, node, at, to); return;
    case FIELD_WORD: text = read_word(y, node, at, d->key, d->words); break;
    default: text = read_text(y, node, at, d->key); break;
    }
    if (text && !*text && d->kind == FIELD_KEY && d->need == MAY_BE_LEFT_OUT)
        return;
    if (text && d->kind == FIELD_KEY && !is_key(text))
        PROBLEM(y, at, "%s: “%s” phải gồm chữ thường không dấu, chữ số, - hoặc _ (ví dụ so-khao)",
                "%s: “%s” must be small letters without marks, digits, - or _ (such as so-khao)",
                d->key, text);
    else if (text && d->need == NEEDED && !*text)
        PROBLEM(y, at, "%s: không được để trống", "%s: must not be empty", d->key);
    if (text)
        *(const char **)to = text;
}

static void read_field(yaml *y, struct fy_node *node, place at, const field *d, void *out)
{
    void *to = at_offset(out, d->offset);
    switch (d->kind) {
    case FIELD_PART: read_mapping(y, node, at, d->shape, to); break;
    case FIELD_LIST: read_list(y, node, at, d, out); break;
    case FIELD_COUNT_FIGURE:
    case FIELD_POINTS_FIGURE:
    case FIELD_SECONDS_FIGURE:
    case FIELD_DAY_FIGURE:
    case FIELD_WORDS_FIGURE: read_figure(y, node, at, d, out); break;
    default: read_scalar_field(y, node, at, d, to); break;
    }
}

/* What a field holds when its key is left out: texts are "", figures unknown, lists empty. */
static void set_absent(const field *d, void *out)
{
    void *to = at_offset(out, d->offset);
    switch (d->kind) {
    case FIELD_TEXT: *(const char **)to = ""; break;
    case FIELD_COUNT_FIGURE:
    case FIELD_POINTS_FIGURE:
    case FIELD_SECONDS_FIGURE:
    case FIELD_DAY_FIGURE:
    case FIELD_WORDS_FIGURE: ((figure *)to)->source = ""; break;
    case FIELD_PART:
        for (size_t i = 0; i < d->shape->count; i++)
            set_absent(&d->shape->fields[i], to);
        break;
    default: break;
    }
}

static void read_mapping(yaml *y, struct fy_node *node, place at, const shape *s, void *out)
{
    for (size_t i = 0; i < s->count; i++)
        set_absent(&s->fields[i], out);
    if (!node || !fy_node_is_mapping(node)) {
        PROBLEM(y, at, "ở đây cần các dòng “khóa: giá trị”", "“key: value” lines are wanted here");
        return;
    }
    const char *keys[KEYS_MAX + 1] = {NULL};
    for (size_t i = 0; i < s->count && i < KEYS_MAX; i++)
        keys[i] = s->fields[i].key;
    known_keys(y, node, keys);
    for (size_t i = 0; i < s->count; i++) {
        const field *d = &s->fields[i];
        struct fy_node_pair *pair = node_pair(node, d->key);
        if (!pair && d->need == NEEDED)
            PROBLEM(y, at, "thiếu khóa %s", "the key %s is missing", d->key);
        if (!pair)
            continue;
        place own = node_place(fy_node_pair_key(pair), at);
        struct fy_node *value = fy_node_pair_value(pair);
        read_field(y, value, node_place(value, own), d, out);
    }
}

void yaml_read(yaml *y, const shape *s, void *out)
{
    if (!y->document)
        return;
    struct fy_node *root = fy_document_root(y->document);
    if (root && fy_node_is_mapping(root) && fy_node_get_style(root) == FYNS_FLOW) {
        PROBLEM(y, node_place(root, (place){1, 1}),
                "hãy viết mỗi khóa trên một dòng, không đặt cả tệp trong { }",
                "write each key on its own line, not the whole file in { }");
        return;
    }
    read_mapping(y, root, node_place(root, (place){1, 1}), s, out);
}
