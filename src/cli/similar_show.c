/* similar show: the shared passages of two entries side by side. */
#include "table.h"

#include "chamthi/similarity.h"
#include "chamthi/text.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

typedef struct {
    size_t a_start, a_end, b_start, b_end;
    int64_t syllables;
    const char *why;       /* "" when it counts */
    const json_t *grey[2]; /* of text A, of text B: arrays of [start, end]; NULL: none */
} passage;

typedef struct {
    passage *items;
    size_t count;
    json_t *list; /* what `grey` points into */
} passages;

/* The list as the run kept it; places outside the present texts are left out. */
static status read_passages(cli *c, const similar_case *k, passages *out, fault *f)
{
    json_t *list = json_loads(k->passages, 0, NULL);
    size_t count = json_array_size(list);
    status st = OK;
    *out = (passages){ARENA_ARRAY(c->mem, passage, count + 1), 0, list};
    if (!list || !out->items)
        st = fault_memory(f);
    for (size_t i = 0; i < count && st == OK; i++) {
        const char *why = "";
        json_int_t place[4], syllables;
        json_t *one = json_array_get(list, i);
        if (json_unpack(one, "{s:I,s:I,s:I,s:I,s:I,s?s}", "a_start", &place[0], "a_end", &place[1],
                        "b_start", &place[2], "b_end", &place[3], "syllables", &syllables, "why",
                        &why) != 0)
            continue;
        passage p = {(size_t)place[0],
                     (size_t)place[1],
                     (size_t)place[2],
                     (size_t)place[3],
                     syllables,
                     arena_string(c->mem, why),
                     {json_object_get(one, "grey_a"), json_object_get(one, "grey_b")}};
        bool inside = p.a_start <= p.a_end && p.a_end <= k->text_a.size && p.b_start <= p.b_end &&
                      p.b_end <= k->text_b.size;
        if (!p.why)
            st = fault_memory(f);
        if (inside)
            out->items[out->count++] = p;
    }
    return st;
}

static slice part(slice text, size_t start, size_t end)
{
    return (slice){text.bytes + start, end - start};
}

/* ---- for people ---- */

typedef struct {
    char **items;
    size_t count, capacity;
} lines;

static size_t terminal_width(void)
{
    enum { USUAL = 100, LEAST = 50, MOST = 200 };
    struct winsize w;
    const char *columns = getenv("COLUMNS");
    size_t width = columns ? strtoul(columns, NULL, 10) : 0;
    if (!width && ioctl(STDOUT_FILENO, TIOCGWINSZ, &w) == 0)
        width = w.ws_col;
    return !width ? USUAL : width < LEAST ? LEAST : width > MOST ? MOST : width;
}

static status add_line(cli *c, lines *l, const char *text, fault *f)
{
    if (l->count == l->capacity) {
        size_t capacity = l->capacity ? l->capacity * 2 : 64;
        char **more = ARENA_ARRAY(c->mem, char *, capacity);
        if (!more)
            return fault_memory(f);
        if (l->count)
            memcpy(more, l->items, l->count * sizeof *more);
        l->items = more;
        l->capacity = capacity;
    }
    l->items[l->count] = arena_string(c->mem, text);
    return l->items[l->count++] ? OK : fault_memory(f);
}

/* Does byte `at` of the text stand in one of the grey ranges? */
static bool is_grey(const json_t *ranges, size_t at)
{
    for (size_t i = 0; i < json_array_size(ranges); i++) {
        const json_t *one = json_array_get(ranges, i);
        if ((size_t)json_integer_value(json_array_get(one, 0)) <= at &&
            at < (size_t)json_integer_value(json_array_get(one, 1)))
            return true;
    }
    return false;
}

/* One side of a passage: its bytes, where they begin in their text, and which of these are grey. */
typedef struct {
    slice text;
    size_t start;
    const json_t *grey;
} side;

/* Words with their marks, broken into lines of `width` columns. */
static status wrap(cli *c, const side *from, const compared_word *words, size_t count, size_t width,
                   lines *out, fault *f)
{
    slice text = from->text;
    bool grey = false;
    static const char *const before[] = {"", "~", "{", "["}, *const after[] = {"", "~", "}", "]"};
    buffer line = BUFFER_INIT, one = BUFFER_INIT;
    status st = OK;
    for (size_t i = 0; i < count && st == OK; i++) {
        const compared_word *w = &words[i];
        bool next = i + 1 < count && is_grey(from->grey, from->start + words[i + 1].start);
        bool now = is_grey(from->grey, from->start + w->start);
        buffer_clear(&one);
        buffer_text(&one, now && !grey ? "‹" : "");
        buffer_text(&one, before[w->likeness]);
        buffer_put(&one, text.bytes + w->start, w->end - w->start);
        buffer_text(&one, after[w->likeness]);
        buffer_text(&one, now && !next ? "›" : "");
        grey = now;
        if (line.size && text_width(line.bytes) + 1 + text_width(one.bytes) > width) {
            st = add_line(c, out, line.bytes, f);
            buffer_clear(&line);
        }
        buffer_text(&line, line.size ? " " : "");
        buffer_put(&line, one.bytes, one.size);
    }
    if (st == OK && line.size)
        st = add_line(c, out, line.bytes, f);
    if (st == OK)
        st = buffer_check(&line, f);
    buffer_free(&line);
    buffer_free(&one);
    return st;
}

static void put_side_by_side(buffer *b, const lines *left, const lines *right, size_t width)
{
    for (size_t i = 0; i < left->count || i < right->count; i++) {
        const char *text = i < left->count ? left->items[i] : "";
        buffer_text(b, text);
        if (i < right->count) {
            for (size_t n = text_width(text); n < width; n++)
                buffer_byte(b, ' ');
            buffer_format(b, " │ %s", right->items[i]);
        }
        buffer_byte(b, '\n');
    }
}

static status show_passage(cli *c, const similar_case *k, const passage *p, size_t number,
                           buffer *b, fault *f)
{
    size_t width = (terminal_width() - 3) / 2;
    slice a = part(k->text_a, p->a_start, p->a_end), other = part(k->text_b, p->b_start, p->b_end);
    word_comparison words;
    lines left = {0}, right = {0};
    TRY(similar_compare_words(c->mem, a, other, &words, f));
    side sides[2] = {{a, p->a_start, p->grey[0]}, {other, p->b_start, p->grey[1]}};
    TRY(wrap(c, &sides[0], words.a, words.a_count, width, &left, f));
    TRY(wrap(c, &sides[1], words.b, words.b_count, width, &right, f));
    const char *note =
        !*p->why ? ""
        : strcmp(p->why, "quoted") == 0
            ? cli_say(c, ", trích dẫn, không tính", ", quotation, not counted")
            : cli_say(c, ", có ở nhiều bài, không tính", ", in many texts, not counted");
    buffer_format(b,
                  c->lang == LANG_VI ? "\nĐoạn %zu: %lld chữ giống nhau%s\n"
                                     : "\nPassage %zu: %lld equal syllables%s\n",
                  number, (long long)p->syllables, note);
    put_side_by_side(b, &left, &right, width);
    return OK;
}

static void put_heading(cli *c, const similar_case *k, buffer *b)
{
    char share[2][32];
    bool vi = c->lang == LANG_VI;
    points_text(share[0], k->share_a, vi);
    points_text(share[1], k->share_b, vi);
    buffer_text(b, cli_say(c, "Đoạn giống nhau cần xem xét\n", "Similar passages to review\n"));
    buffer_format(b,
                  vi ? "A (nhận trước)  %s  %s  %s %%\nB               %s  %s  %s %%\n"
                     : "A (first)  %s  %s  %s %%\nB          %s  %s  %s %%\n",
                  k->receipt_a, k->title_a, share[0], k->receipt_b, k->title_b, share[1]);
    if (k->same_author)
        buffer_text(b, cli_say(c, "Cùng một tác giả.\n", "By the same author.\n"));
    if (!k->current)
        buffer_text(b, cli_say(c, "Lần so gần nhất không còn thấy.\n",
                               "The last run no longer found this.\n"));
    buffer_text(
        b,
        cli_say(c,
                "[từ] khác hẳn, ~từ~ chỉ khác dấu, {từ} trông giống nhưng gõ bằng chữ cái khác,\n"
                "‹…› có ở thư viện hoặc rất nhiều bài nên không tính; còn lại giống nhau\n",
                "[word] other, ~word~ other accents only, {word} looks the same in other letters,\n"
                "‹…› in the library or very many texts, not counted; the rest is equal\n"));
}

/* ---- for machines ---- */

static void put_text(buffer *b, const char *key, slice text)
{
    buffer_format(b, ",\"%s\":", key);
    buffer_json_string(b, text.bytes, text.size);
}

static void put_json(const similar_case *k, const passages *list, buffer *b)
{
    char share[2][32];
    points_text(share[0], k->share_a, false);
    points_text(share[1], k->share_b, false);
    buffer_format(b,
                  "{\"id\":%lld,\"a\":\"%s\",\"b\":\"%s\",\"class\":\"%s\",\"share_a\":%s,"
                  "\"share_b\":%s,\"same_author\":%s,\"current\":%s,\"status\":\"%s\"",
                  (long long)k->id, k->receipt_a, k->receipt_b, k->class, share[0], share[1],
                  k->same_author ? "true" : "false", k->current ? "true" : "false", k->standing);
    put_text(b, "title_a", (slice){k->title_a, strlen(k->title_a)});
    put_text(b, "title_b", (slice){k->title_b, strlen(k->title_b)});
    put_text(b, "reason", (slice){k->reason, strlen(k->reason)});
    buffer_text(b, ",\"passages\":[");
    for (size_t i = 0; i < list->count; i++) {
        const passage *p = &list->items[i];
        buffer_format(b,
                      "%s{\"a_start\":%zu,\"a_end\":%zu,\"b_start\":%zu,\"b_end\":%zu,"
                      "\"syllables\":%lld",
                      i ? "," : "", p->a_start, p->a_end, p->b_start, p->b_end,
                      (long long)p->syllables);
        if (*p->why)
            buffer_format(b, ",\"why\":\"%s\"", p->why);
        put_text(b, "a_text", part(k->text_a, p->a_start, p->a_end));
        put_text(b, "b_text", part(k->text_b, p->b_start, p->b_end));
        buffer_byte(b, '}');
    }
    buffer_text(b, "]}\n");
}

status cmd_similar_show(cli *c, fault *f)
{
    int64_t a, b;
    similar_case k;
    passages list;
    TRY(similar_find(c->db, c->args[0], &a, f));
    TRY(similar_find(c->db, c->args[1], &b, f));
    TRY(similar_get(c->db, c->mem, a, b, &k, f));
    TRY(read_passages(c, &k, &list, f));
    buffer text = BUFFER_INIT;
    status st = OK;
    if (c->format == FORMAT_JSON) {
        put_json(&k, &list, &text);
    } else {
        put_heading(c, &k, &text);
        for (size_t i = 0; i < list.count && st == OK; i++)
            st = show_passage(c, &k, &list.items[i], i + 1, &text, f);
    }
    if (st == OK)
        st = cli_out(&text, NULL, f);
    buffer_free(&text);
    json_decref(list.list);
    return st;
}
