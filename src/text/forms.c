/* The forms of a text, by utf8proc. */
#include "chamthi/text.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

bool text_is_utf8(slice s)
{
    const utf8proc_uint8_t *p = (const utf8proc_uint8_t *)s.bytes;
    size_t left = s.size;
    while (left) {
        utf8proc_int32_t c;
        utf8proc_ssize_t n = utf8proc_iterate(p, (utf8proc_ssize_t)left, &c);
        if (n <= 0)
            return false;
        p += n;
        left -= (size_t)n;
    }
    return true;
}

static void put_character(buffer *out, utf8proc_int32_t c)
{
    utf8proc_uint8_t bytes[4];
    buffer_put(out, bytes, (size_t)utf8proc_encode_char(c, bytes));
}

static void append_valid(slice s, buffer *out, text_report *r)
{
    const utf8proc_uint8_t *p = (const utf8proc_uint8_t *)s.bytes;
    size_t left = s.size;
    while (left) {
        utf8proc_int32_t c;
        utf8proc_ssize_t n = utf8proc_iterate(p, (utf8proc_ssize_t)left, &c);
        if (n <= 0) {
            r->malformed++;
            c = 0xFFFD;
            n = 1;
        }
        if (c == '\r') {
            if (n < (utf8proc_ssize_t)left && p[n] == '\n')
                c = 0xFEFF;
            else
                c = '\n';
        }
        if (c == 0xFEFF || c == 0xAD || (c >= 0x200B && c <= 0x200F))
            r->invisible += c != 0xFEFF;
        else if (c == '\n' || c >= 0x20)
            put_character(out, c == 0xA0 ? ' ' : c);
        else if (c == '\t')
            buffer_byte(out, ' ');
        p += n;
        left -= (size_t)n;
    }
}

static void map(slice s, utf8proc_option_t options, buffer *out)
{
    utf8proc_uint8_t *mapped = NULL;
    utf8proc_ssize_t n =
        utf8proc_map((const utf8proc_uint8_t *)s.bytes, (utf8proc_ssize_t)s.size, &mapped, options);
    if (n >= 0)
        buffer_put(out, mapped, (size_t)n);
    else
        out->failed = true;
    free(mapped);
}

void text_display_run(slice utf8, const char *font, buffer *out, text_report *r)
{
    buffer valid = BUFFER_INIT;
    (void)font;
    append_valid(utf8, &valid, r);
    map((slice){valid.bytes, valid.size}, UTF8PROC_STABLE | UTF8PROC_COMPOSE, out);
    r->encoding = ENCODING_UTF8;
    buffer_free(&valid);
}

void text_display(slice raw, text_encoding from, buffer *out, text_report *r)
{
    (void)from;
    if (raw.size >= 3 && memcmp(raw.bytes, "\xEF\xBB\xBF", 3) == 0)
        raw = (slice){raw.bytes + 3, raw.size - 3};
    text_display_run(raw, NULL, out, r);
}

static void words_only(slice s, buffer *out)
{
    const utf8proc_uint8_t *p = (const utf8proc_uint8_t *)s.bytes;
    size_t left = s.size, start = out->size;
    bool gap = false;
    while (left) {
        utf8proc_int32_t c;
        utf8proc_ssize_t n = utf8proc_iterate(p, (utf8proc_ssize_t)left, &c);
        if (n <= 0)
            n = 1, c = ' ';
        utf8proc_category_t kind = utf8proc_category(c);
        if ((kind >= UTF8PROC_CATEGORY_LU && kind <= UTF8PROC_CATEGORY_NO)) {
            if (gap && out->size > start)
                buffer_byte(out, ' ');
            gap = false;
            put_character(out, c == 0x111 || c == 0x110 ? (c == 0x111 ? 0x111 : 0x110) : c);
        } else {
            gap = true;
        }
        p += n;
        left -= (size_t)n;
    }
}

void text_key(slice display, buffer *out)
{
    buffer lower = BUFFER_INIT;
    map(display, UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD, &lower);
    words_only((slice){lower.bytes, lower.size}, out);
    buffer_free(&lower);
}

void text_variant(slice display, buffer *out)
{
    text_key(display, out);
}

void text_fold(slice display, buffer *out)
{
    buffer plain = BUFFER_INIT;
    map(display,
        UTF8PROC_STABLE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK |
            UTF8PROC_COMPOSE,
        &plain);
    size_t start = out->size;
    words_only((slice){plain.bytes, plain.size}, out);
    size_t to = start;
    for (size_t i = start; i < out->size; i++) {
        if ((unsigned char)out->bytes[i] == 0xC4 && i + 1 < out->size &&
            (unsigned char)out->bytes[i + 1] == 0x91) {
            out->bytes[to++] = 'd';
            i++;
        } else {
            out->bytes[to++] = out->bytes[i];
        }
    }
    buffer_end(out, to);
    buffer_free(&plain);
}

static char *form_string(arena *mem, const char *text, void (*form)(slice, buffer *))
{
    buffer b = BUFFER_INIT;
    form((slice){text, strlen(text)}, &b);
    char *copy = b.failed ? NULL : arena_copy(mem, b.bytes, b.size);
    buffer_free(&b);
    return copy;
}

char *text_key_string(arena *mem, const char *text)
{
    return form_string(mem, text, text_key);
}

char *text_fold_string(arena *mem, const char *text)
{
    return form_string(mem, text, text_fold);
}

char *name_key(arena *mem, const char *name)
{
    return text_key_string(mem, name);
}

void text_sort_key(slice text, sort_kind kind, buffer *out)
{
    (void)kind;
    text_fold(text, out);
}

text_count text_measure(slice display)
{
    text_count n = {0};
    bool inside = false;
    for (size_t i = 0; i < display.size; i++) {
        bool blank = strchr(" \n", display.bytes[i]) != NULL;
        n.words += !blank && !inside;
        inside = !blank;
    }
    n.syllables = n.words;
    return n;
}

size_t text_width(const char *utf8)
{
    size_t width = 0;
    utf8proc_int32_t c;
    while (*utf8) {
        utf8proc_ssize_t n = utf8proc_iterate((const utf8proc_uint8_t *)utf8, -1, &c);
        if (n <= 0)
            return width + strlen(utf8);
        width += (size_t)utf8proc_charwidth(c);
        utf8 += n;
    }
    return width;
}

size_t text_cut(slice utf8, size_t most)
{
    if (utf8.size <= most)
        return utf8.size;
    while (most && ((unsigned char)utf8.bytes[most] & 0xC0) == 0x80)
        most--;
    return most;
}

static const char *const names[ENCODING_COUNT] = {
    "auto", "utf8",   "utf16le", "utf16be", "tcvn3", "tcvn3h",
    "vni",  "viscii", "vps",     "cp1258",  "viqr",  "mojibake",
};

const char *text_encoding_name(text_encoding e)
{
    return names[e];
}

bool text_encoding_find(const char *name, text_encoding *out)
{
    for (int i = 0; i < ENCODING_COUNT; i++)
        if (strcmp(names[i], name) == 0) {
            *out = (text_encoding)i;
            return true;
        }
    return false;
}

text_encoding text_encoding_of_font(const char *font)
{
    (void)font;
    return ENCODING_AUTO;
}
