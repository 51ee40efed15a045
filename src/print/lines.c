/* Breaks text into lines and finds the size at which it fits. */
#include "lines.h"

#include "chamthi/text.h"

#include <string.h>
#include <utf8proc.h>

#define NO_BREAK "\xC2\xA0"

enum {
    WORDS_MOST = 1024,
    UNIT_SIZE = 100000, /* words are measured once, at 1,000 points, and scaled */
    SIZE_STEP = 25,     /* a quarter of a point */
    PIECE_LEAST = 8     /* bytes of a word that are not torn apart */
};

/* ---- typographic rules ---- */
static bool is_one_of(const char *word, size_t size, const char *const *list)
{
    for (; *list; list++)
        if (strlen(*list) == size && strncmp(*list, word, size) == 0)
            return true;
    return false;
}

/* A comma or other mark may follow the word. */
static bool same_word(const char *word, size_t size, const char *wanted)
{
    while (size && strchr(",.;:", word[size - 1]))
        size--;
    return strlen(wanted) == size && strncmp(wanted, word, size) == 0;
}

static bool begins_with_number(const char *word)
{
    return (*word >= '0' && *word <= '9') || strchr("IVXLCDM", *word);
}

/* Whether a line may not end between two words. */
static bool sticks(const char *a, size_t a_size, const char *b, size_t b_size)
{
    static const char *const before_number[] = {"năm", "Năm", "ngày", "Ngày", "tháng", "số", "Số",
                                                "thứ", "Thứ", "khóa", "lớp",  "giờ",   NULL};
    static const char *const dashes[] = {"-", "–", NULL};
    static const struct {
        const char *first, *second;
    } pairs[] = {{"Hà", "Nội"},    {"HÀ", "NỘI"},     {"tiên", "tiến"}, {"điển", "hình"},
                 {"người", "tốt"}, {"việc", "tốt"},   {"tổ", "chức"},   {"Tổ", "chức"},
                 {"Ủy", "ban"},    {"nhân", "dân"},   {"thành", "phố"}, {"Thành", "phố"},
                 {"Chủ", "tịch"},  {"Trưởng", "ban"}, {"tác", "giả"},   {"tác", "phẩm"},
                 {"Tác", "phẩm"}};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        if (same_word(a, a_size, pairs[i].first) && same_word(b, b_size, pairs[i].second))
            return true;
    if (is_one_of(a, a_size, before_number) && begins_with_number(b))
        return true;
    /* a dash ends a line, it never begins one */
    return is_one_of(b, b_size, dashes) || (is_one_of(a, a_size, dashes) && *b >= '0' && *b <= '9');
}

char *lines_glue(arena *mem, const char *text)
{
    size_t spaces = 0, size = strlen(text);
    for (const char *p = text; *p; p++)
        spaces += *p == ' ';
    char *out = arena_alloc(mem, size + spaces + 1), *to = out;
    if (!out)
        return NULL;
    const char *word = text;
    while (*word) {
        size_t n = strcspn(word, " ");
        memcpy(to, word, n);
        to += n;
        const char *next = word + n + strspn(word + n, " ");
        if (*next && sticks(word, n, next, strcspn(next, " "))) {
            memcpy(to, NO_BREAK, strlen(NO_BREAK));
            to += strlen(NO_BREAK);
        } else if (*next) {
            *to++ = ' ';
        }
        word = next;
    }
    *to = 0;
    return out;
}

char *lines_names(arena *mem, const char *names)
{
    buffer b = BUFFER_INIT;
    const char *name = names + strspn(names, "; ");
    const char *second = name + strcspn(name, ";");
    bool several = second[strspn(second, "; ")] != 0;
    for (bool first = true; *name; first = false) {
        size_t n = strcspn(name, ";");
        const char *next = name + n + strspn(name + n, "; ");
        while (n && name[n - 1] == ' ')
            n--;
        if (!first)
            buffer_text(&b, *next ? ", " : " và" NO_BREAK);
        for (size_t i = 0; i < n; i++)
            if (name[i] == ' ' && several)
                buffer_text(&b, NO_BREAK);
            else
                buffer_byte(&b, name[i]);
        name = next;
    }
    char *out = b.failed ? NULL : arena_string(mem, b.bytes);
    buffer_free(&b);
    return out;
}

char *lines_upper(arena *mem, const char *text)
{
    buffer b = BUFFER_INIT;
    utf8proc_int32_t code;
    const utf8proc_uint8_t *at = (const utf8proc_uint8_t *)text;
    for (utf8proc_ssize_t size; *at && (size = utf8proc_iterate(at, -1, &code)) > 0; at += size) {
        utf8proc_uint8_t bytes[4];
        utf8proc_ssize_t n = utf8proc_encode_char(utf8proc_toupper(code), bytes);
        buffer_put(&b, bytes, (size_t)n);
    }
    char *out = b.failed ? NULL : arena_string(mem, b.bytes);
    buffer_free(&b);
    return out;
}

/* ---- breaking ---- */
typedef struct {
    const char *at;
    size_t size;
    int64_t unit;    /* width at UNIT_SIZE */
    int64_t letters; /* for letter spacing */
    bool joined;     /* follows the one before without a space: a piece of an address */
} word;

typedef struct {
    word *words;
    size_t count, capacity;
    int64_t space; /* width of a space at UNIT_SIZE */
    int spacing;
} words;

static bool is_ascii(const char *at, size_t size)
{
    for (size_t i = 0; i < size; i++)
        if (at[i] & 0x80)
            return false;
    return true;
}

/* Where a word too wide for its line may end: after a slash or hyphen, as in web addresses and codes,
 * else in the middle. */
static size_t piece_size(const char *at, size_t size)
{
    for (size_t n = PIECE_LEAST; n < size; n++)
        if (at[n - 1] == '/' || at[n - 1] == '-')
            return n;
    return size;
}

static status add_word(canvas *c, arena *mem, const text_style *unit, const char *at, size_t size,
                       words *out, fault *f)
{
    text_extent e;
    if (out->count == out->capacity)
        return FAIL(f, E_LIMIT, "“%.80s…”: quá dài để in", "“%.80s…”: too long to print",
                    out->words[0].at);
    char *piece = arena_copy(mem, at, size);
    if (!piece)
        return fault_memory(f);
    TRY(canvas_measure(c, unit, piece, &e, f));
    out->words[out->count++] =
        (word){piece, size, e.width, (int64_t)text_characters((slice){piece, size}), false};
    return OK;
}

/* `widest` at UNIT_SIZE; only plain ASCII words are ever broken. */
static status add_broken(canvas *c, arena *mem, const text_style *unit, const char *at, size_t size,
                         int64_t widest, words *out, fault *f)
{
    size_t first = out->count;
    TRY(add_word(c, mem, unit, at, size, out, f));
    if (out->words[first].unit <= widest || !is_ascii(at, size))
        return OK;
    out->count = first;
    for (size_t done = 0; done < size;) {
        size_t piece = piece_size(at + done, size - done);
        piece = piece == size ? (size + 1) / 2 : piece;
        size_t before = out->count;
        if (piece < size)
            TRY(add_broken(c, mem, unit, at + done, piece, widest, out, f));
        else
            TRY(add_word(c, mem, unit, at + done, piece, out, f));
        out->words[before].joined = done > 0;
        done += piece;
    }
    return OK;
}

static size_t word_capacity(const char *text)
{
    size_t most = 8;
    for (const char *p = text; *p; p++)
        most += *p == ' ' ? 2 : *p == '-' || *p == '/';
    most += strlen(text) / 2;
    return most < WORDS_MOST ? most : WORDS_MOST;
}

static status measure_words(canvas *c, arena *mem, const text_style *style, const char *text,
                            int64_t widest, words *out, fault *f)
{
    text_style unit = {style->font, UNIT_SIZE, 0, style->color};
    text_extent e;
    out->count = 0;
    out->capacity = word_capacity(text);
    out->words = ARENA_ARRAY(mem, word, out->capacity);
    if (!out->words)
        return fault_memory(f);
    out->spacing = style->spacing;
    TRY(canvas_measure(c, &unit, " ", &e, f));
    out->space = e.width;
    for (const char *p = text + strspn(text, " "); *p;) {
        size_t size = strcspn(p, " ");
        TRY(add_broken(c, mem, &unit, p, size, widest, out, f));
        p += size + strspn(p + size, " ");
    }
    return OK;
}

/* Width of words from..to-1 on one line, in hundredths of a millimetre. */
static int64_t line_width(const words *w, int size, size_t from, size_t to)
{
    int64_t unit = 0, letters = 0;
    for (size_t i = from; i < to; i++) {
        bool spaced = i > from && !w->words[i].joined;
        unit += w->words[i].unit + (spaced ? w->space : 0);
        letters += w->words[i].letters + spaced;
    }
    return unit * size / UNIT_SIZE + (letters > 1 ? (letters - 1) * w->spacing * 127 / 360 : 0);
}

/* ends[i] is one past the last word of line i; returns the number of lines. */
static size_t break_greedily(const words *w, int size, length width, size_t *ends)
{
    size_t lines = 0, from = 0;
    while (from < w->count) {
        size_t to = from + 1;
        while (to < w->count && line_width(w, size, from, to + 1) <= width)
            to++;
        ends[lines++] = from = to;
    }
    return lines;
}

static bool ends_clause(const word *w)
{
    return strchr(",;:", w->at[w->size - 1]) != NULL;
}

/* The same number of lines with the smallest sum of squared gaps; a line that ends inside a clause costs
 * as much as a gap of a seventh of the width. */
static status balance(arena *mem, const words *w, int size, length width, size_t lines,
                      size_t *ends, fault *f)
{
    size_t n = w->count, row = n + 1;
    int64_t *cost = ARENA_ARRAY(mem, int64_t, (lines + 1) * row);
    size_t *from = ARENA_ARRAY(mem, size_t, (lines + 1) * row);
    if (!cost || !from)
        return fault_memory(f);
    for (size_t i = 0; i < (lines + 1) * row; i++)
        cost[i] = INT64_MAX;
    cost[0] = 0;
    for (size_t line = 1; line <= lines; line++)
        for (size_t to = 1; to <= n; to++)
            for (size_t start = to; start-- > 0;) {
                int64_t gap = width - line_width(w, size, start, to);
                int64_t before = cost[(line - 1) * row + start];
                if (gap < 0 && to - start > 1)
                    break;
                if (before == INT64_MAX)
                    continue;
                bool inside = to < n && !ends_clause(&w->words[to - 1]);
                int64_t sum = before + gap * gap + (inside ? (int64_t)width * width / 49 : 0);
                if (sum < cost[line * row + to]) {
                    cost[line * row + to] = sum;
                    from[line * row + to] = start;
                }
            }
    for (size_t line = lines, to = n; line > 0; to = from[line * row + to], line--)
        ends[line - 1] = to;
    return OK;
}

static status make_block(canvas *c, arena *mem, const words *w, const text_style *style,
                         int leading, const size_t *ends, size_t lines, text_block *out, fault *f)
{
    *out = (text_block){.style = *style, .count = lines};
    out->lines = ARENA_ARRAY(mem, const char *, lines + 1);
    out->widths = ARENA_ARRAY(mem, length, lines + 1);
    out->leading = (length)((int64_t)style->size * leading * 127 / 36000);
    if (!out->lines || !out->widths)
        return fault_memory(f);
    for (size_t i = 0, from = 0; i < lines; from = ends[i++]) {
        buffer line = BUFFER_INIT;
        for (size_t k = from; k < ends[i]; k++) {
            buffer_text(&line, k > from && !w->words[k].joined ? " " : "");
            buffer_put(&line, w->words[k].at, w->words[k].size);
        }
        out->lines[i] = line.failed ? NULL : arena_copy(mem, line.bytes, line.size);
        buffer_free(&line);
        if (!out->lines[i])
            return fault_memory(f);
        text_extent e;
        TRY(canvas_measure(c, style, out->lines[i], &e, f));
        out->widths[i] = e.width;
        out->widest = e.width > out->widest ? e.width : out->widest;
        out->above = i == 0 ? e.above : out->above;
        out->below = e.below;
    }
    return OK;
}

static status break_words(canvas *c, arena *mem, const words *w, const text_style *style,
                          length width, int leading, line_shape shape, text_block *out, fault *f)
{
    size_t *ends = ARENA_ARRAY(mem, size_t, w->count + 1);
    if (!ends)
        return fault_memory(f);
    size_t lines = break_greedily(w, style->size, width, ends);
    if (shape == LINES_BALANCED && lines > 1)
        TRY(balance(mem, w, style->size, width, lines, ends, f));
    return make_block(c, mem, w, style, leading, ends, lines, out, f);
}

status lines_break(canvas *c, arena *mem, const text_style *style, const char *text, length width,
                   int leading, line_shape shape, text_block *out, fault *f)
{
    words w;
    TRY(measure_words(c, mem, style, text, (int64_t)width * UNIT_SIZE / style->size, &w, f));
    return break_words(c, mem, &w, style, width, leading, shape, out, f);
}

static bool fits(const words *w, int size, length width, size_t lines, size_t *ends)
{
    for (size_t i = 0; i < w->count; i++)
        if (line_width(w, size, i, i + 1) > width)
            return false;
    return break_greedily(w, size, width, ends) <= lines;
}

status lines_fit(canvas *c, arena *mem, const text_style *style, const char *text, length width,
                 int leading, const size_range *ranges, size_t range_count, text_block *out,
                 fault *f)
{
    words w;
    text_style sized = *style;
    TRY(measure_words(c, mem, style, text, INT64_MAX, &w, f));
    size_t *ends = ARENA_ARRAY(mem, size_t, w.count + 1);
    if (!ends)
        return fault_memory(f);
    for (size_t lines = 1; lines <= range_count; lines++)
        for (int size = ranges[lines - 1].most; size >= ranges[lines - 1].least;
             size -= SIZE_STEP) {
            if (!fits(&w, size, width, lines, ends))
                continue;
            sized.size = size;
            return break_words(c, mem, &w, &sized, width, leading, LINES_BALANCED, out, f);
        }
    return FAIL(f, E_LIMIT, "“%.200s” quá dài: không vừa %zu dòng ở cỡ chữ nhỏ nhất",
                "“%.200s” is too long: it does not fit %zu lines at the smallest size", text,
                range_count);
}
