/* Names: keys for matching, and the order of people and of plain text. */
#include "chamthi/text.h"

#include "text/syllable.h"
#include "text/utf8.h"
#include "text/word.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

/* ---- syllables of a key ---- */
enum { PARTS = 16 }; /* longer names are compared by their first parts and then as they stand */

typedef struct {
    slice part[PARTS];
    size_t count;
} parts;

static parts split(slice key)
{
    parts p = {.count = 0};
    size_t from = 0;
    for (size_t i = 0; i <= key.size && p.count < PARTS; i++)
        if (i == key.size || key.bytes[i] == ' ') {
            bool last = p.count == PARTS - 1;
            size_t to = last ? key.size : i;
            if (to > from)
                p.part[p.count++] = (slice){key.bytes + from, to - from};
            from = i + 1;
        }
    return p;
}

static bool equal(slice a, slice b)
{
    return a.size == b.size && memcmp(a.bytes, b.bytes, a.size) == 0;
}

static bool listed(slice word, const char *list)
{
    for (const char *p = list; *p; p += strspn(p, " ")) {
        size_t size = strcspn(p, " ");
        if (equal(word, (slice){p, size}))
            return true;
        p += size;
    }
    return false;
}

/* ---- honorifics ---- */
static const char titles[] = "gs pgs ts tskh ths bs ks cn ds ls nsnd nsưt ngnd ngưt";
/* These are given names and parts of pen names too (Anh Đức, Cô Lan): they are honorifics only before a
 * family name. */
static const char honorifics[] = "ông bà anh chị cô chú bác em cụ cháu thầy ông mr mrs ms";
static const char families[] =
    "nguyễn trần lê phạm huỳnh hoàng phan vũ võ đặng bùi đỗ hồ ngô dương lý đinh đoàn trịnh mai "
    "cao "
    "lương lưu trương đào hà vương tạ tô thái lâm phùng đàm kiều quách nghiêm hứa châu tống chu "
    "mạc "
    "tăng thân âu la doãn khuất khúc ninh bạch vi triệu lại giang viên đậu tôn lò quàng cầm sùng "
    "giàng thào vàng lù hạng nông bế ma lục khổng nhữ phí ứng thiều thạch";

/* How many parts in front are how people address someone, not the name. At least two parts stay. */
static size_t honorific_parts(const parts *p)
{
    size_t n = 0;
    while (p->count - n > 2 && listed(p->part[n], titles))
        n++;
    if (p->count - n > 2 && listed(p->part[n], honorifics) &&
        (listed(p->part[n + 1], families) || listed(p->part[n + 1], titles)))
        n++;
    while (p->count - n > 2 && listed(p->part[n], titles))
        n++;
    return n;
}

static void put_name_key(slice name, void (*form)(slice, buffer *), buffer *out)
{
    buffer key = BUFFER_INIT;
    text_key(name, &key);
    parts p = split((slice){key.bytes, key.size});
    size_t from = honorific_parts(&p);
    if (p.count)
        form((slice){p.part[from].bytes, (size_t)(key.bytes + key.size - p.part[from].bytes)}, out);
    out->failed |= key.failed;
    buffer_free(&key);
}

char *name_key(arena *mem, const char *name)
{
    buffer key = BUFFER_INIT;
    put_name_key((slice){name, strlen(name)}, text_key, &key);
    char *copy = key.failed ? NULL : arena_copy(mem, key.bytes, key.size);
    buffer_free(&key);
    return copy;
}

bool name_begins_with_family(slice name)
{
    buffer key = BUFFER_INIT, fold = BUFFER_INIT, bare = BUFFER_INIT;
    text_key(name, &key);
    text_fold(name, &fold);
    text_fold((slice){families, sizeof families - 1}, &bare);
    parts p = split((slice){key.bytes, key.size});
    size_t first = honorific_parts(&p);
    bool unmarked =
        key.size == fold.size; /* each mark takes bytes that its letter alone does not */
    bool found =
        !bare.failed && first < p.count && listed(p.part[first], unmarked ? bare.bytes : families);
    buffer_free(&key);
    buffer_free(&fold);
    buffer_free(&bare);
    return found;
}

/* ---- matching ---- */
static bool same_form(slice a, slice b, void (*form)(slice, buffer *))
{
    buffer x = BUFFER_INIT, y = BUFFER_INIT;
    put_name_key(a, form, &x);
    put_name_key(b, form, &y);
    bool same = !x.failed && !y.failed && x.size && strcmp(x.bytes, y.bytes) == 0;
    buffer_free(&x);
    buffer_free(&y);
    return same;
}

/* Nguyễn Văn An, An Nguyễn Văn. */
static bool same_in_other_order(const parts *a, const parts *b)
{
    bool used[PARTS] = {false};
    if (a->count != b->count || a->count < 2)
        return false;
    for (size_t i = 0; i < a->count; i++) {
        size_t k = 0;
        while (k < b->count && (used[k] || !equal(a->part[i], b->part[k])))
            k++;
        if (k == b->count)
            return false;
        used[k] = true;
    }
    return true;
}

static bool is_initial(slice a, slice b)
{
    return a.size <= 2 && a.size < b.size && memcmp(a.bytes, b.bytes, a.size) == 0;
}

/* N. V. An, Ng. Văn An: the given name stands in full. */
static bool same_with_initials(const parts *a, const parts *b)
{
    if (a->count != b->count || a->count < 2 ||
        !equal(a->part[a->count - 1], b->part[b->count - 1]))
        return false;
    for (size_t i = 0; i + 1 < a->count; i++)
        if (!equal(a->part[i], b->part[i]) && !is_initial(a->part[i], b->part[i]) &&
            !is_initial(b->part[i], a->part[i]))
            return false;
    return true;
}

name_relation name_compare(slice a, slice b)
{
    if (same_form(a, b, text_key))
        return NAME_SAME;
    if (same_form(a, b, text_variant))
        return NAME_VARIANT;
    if (same_form(a, b, text_fold))
        return NAME_ASK;
    buffer x = BUFFER_INIT, y = BUFFER_INIT;
    put_name_key(a, text_fold, &x);
    put_name_key(b, text_fold, &y);
    parts p = split((slice){x.bytes, x.size}), q = split((slice){y.bytes, y.size});
    bool alike = same_in_other_order(&p, &q) || same_with_initials(&p, &q);
    buffer_free(&x);
    buffer_free(&y);
    return alike ? NAME_ASK : NAME_DIFFERENT;
}

/* ---- order ---- */
/* Bytes of a sort key, in their order. */
enum {
    SORT_END = 0,   /* of everything but the text as it stands */
    SORT_FIELD = 1, /* between given name, family name, middle names */
    SORT_TONE = 2,  /* to 7: after a syllable's letters, so that a shorter syllable comes first */
    SORT_DIGIT = 0x10,
    SORT_LETTER = 0x20,
    SORT_OTHER = 0x60 /* and the character itself */
};

/* One syllable of K1: its letters, then its tone. */
static void put_syllable(slice s, buffer *out)
{
    const uint8_t *p = (const uint8_t *)s.bytes, *end = p + s.size;
    unsigned tone = TONE_NONE;
    while (p < end) {
        uint32_t c;
        bool bad;
        p += utf8_next(p, end, &c, &bad);
        unsigned letter = letter_at(c);
        if (!letter && c >= 0x80) { /* ñ stands with n */
            utf8proc_int32_t base[32];
            int boundary = 0;
            utf8proc_decompose_char((utf8proc_int32_t)c, base, 32, UTF8PROC_DECOMPOSE, &boundary);
            letter = letter_at((uint32_t)base[0]);
        }
        if (letter) {
            buffer_byte(out, (char)(SORT_LETTER + letter_part(letter)));
            tone = tone ? tone : tone_part(letter);
        } else if (c >= '0' && c <= '9') {
            buffer_byte(out, (char)(SORT_DIGIT + c - '0'));
        } else {
            uint8_t bytes[4];
            buffer_byte(out, SORT_OTHER);
            buffer_put(out, bytes, utf8_put(bytes, c));
        }
    }
    buffer_byte(out, (char)(SORT_TONE + tone));
}

static void put_people_order(const parts *p, buffer *out)
{
    size_t first = honorific_parts(p), last = p->count - 1;
    put_syllable(p->part[last], out);
    buffer_byte(out, SORT_FIELD);
    if (first < last)
        put_syllable(p->part[first], out);
    buffer_byte(out, SORT_FIELD);
    for (size_t i = first + 1; i < last; i++)
        put_syllable(p->part[i], out);
}

static void put_reading_order(slice key, buffer *out)
{
    for (const char *p = key.bytes, *end = key.bytes + key.size; p < end;) {
        const char *blank = memchr(p, ' ', (size_t)(end - p));
        size_t size = blank ? (size_t)(blank - p) : (size_t)(end - p);
        put_syllable((slice){p, size}, out);
        p += size + 1;
    }
}

void text_sort_key(slice text, sort_kind kind, buffer *out)
{
    buffer key = BUFFER_INIT;
    text_key(text, &key);
    slice all = {key.bytes, key.size};
    parts p = split(all);
    if (kind == SORT_NAMES && p.count)
        put_people_order(&p, out);
    else
        put_reading_order(all, out);
    buffer_byte(out, SORT_END);
    buffer_put(out, text.bytes, text.size);
    out->failed |= key.failed;
    buffer_free(&key);
}
