/* Percent-encoding and forms. */
#include "form.h"

#include "chamthi/text.h"

#include <string.h>

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c = (char)(c | 0x20);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

char *percent_decode(arena *mem, slice text, plus_rule plus)
{
    char *out = arena_alloc(mem, text.size + 1);
    size_t n = 0;
    if (!out)
        return NULL;
    for (size_t i = 0; i < text.size; i++) {
        char c = text.bytes[i];
        if (c == '+' && plus == PLUS_IS_SPACE) {
            c = ' ';
        } else if (c == '%') {
            bool whole = text.size - i >= 3;
            int high = whole ? hex_digit(text.bytes[i + 1]) : -1;
            int low = whole ? hex_digit(text.bytes[i + 2]) : -1;
            if (high < 0 || low < 0)
                return NULL;
            c = (char)(high << 4 | low);
            i += 2;
        }
        if (c == '\0')
            return NULL;
        out[n++] = c;
    }
    return text_is_utf8((slice){out, n}) ? out : NULL;
}

char *percent_encode(arena *mem, const char *text)
{
    static const char digits[] = "0123456789ABCDEF";
    char *out = arena_alloc(mem, 3 * strlen(text) + 1);
    size_t n = 0;
    for (; out && *text; text++) {
        unsigned char c = (unsigned char)*text;
        bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                     strchr("-._~", c);
        if (plain) {
            out[n++] = (char)c;
        } else {
            out[n++] = '%';
            out[n++] = digits[c >> 4];
            out[n++] = digits[c & 15];
        }
    }
    return out;
}

/* Browsers send line ends as CR LF. */
static void unify_lines(char *text)
{
    char *to = text;
    for (const char *from = text; *from; from++)
        if (*from != '\r')
            *to++ = *from;
        else if (from[1] != '\n')
            *to++ = '\n';
    *to = '\0';
}

static status read_field(arena *mem, slice text, form_field *out, fault *f)
{
    const char *equals = memchr(text.bytes, '=', text.size);
    size_t size = equals ? (size_t)(equals - text.bytes) : text.size;
    slice value = equals ? (slice){equals + 1, text.size - size - 1} : (slice){"", 0};
    char *name = percent_decode(mem, (slice){text.bytes, size}, PLUS_IS_SPACE);
    char *decoded = percent_decode(mem, value, PLUS_IS_SPACE);
    if (!name || !decoded)
        return FAIL(f, E_INPUT, "biểu mẫu gửi lên không đọc được; hãy tải lại trang rồi gửi lại",
                    "the form cannot be read; reload the page and send it again");
    unify_lines(decoded);
    *out = (form_field){name, decoded};
    return OK;
}

status form_parse(arena *mem, slice text, form *out, fault *f)
{
    *out = (form){ARENA_ARRAY(mem, form_field, FORM_FIELDS_MAX), 0};
    if (!out->items)
        return fault_memory(f);
    for (size_t at = 0; at < text.size;) {
        const char *end = memchr(text.bytes + at, '&', text.size - at);
        size_t size = end ? (size_t)(end - text.bytes) - at : text.size - at;
        if (size && out->count == FORM_FIELDS_MAX)
            return FAIL(f, E_LIMIT, "biểu mẫu có quá nhiều ô (tối đa %d)",
                        "the form has too many fields (at most %d)", FORM_FIELDS_MAX);
        if (size)
            TRY(read_field(mem, (slice){text.bytes + at, size}, &out->items[out->count++], f));
        at += size + 1;
    }
    return OK;
}

const char *form_get(const form *fields, const char *name)
{
    for (size_t i = 0; i < fields->count; i++)
        if (strcmp(fields->items[i].name, name) == 0)
            return fields->items[i].value;
    return NULL;
}
