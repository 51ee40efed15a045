/* Percent-encoding and forms. */
#include "form.h"

#include "chamthi/text.h"

#include <string.h>
#include <strings.h>

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

/* ---- forms that send a file ---- */

const char *form_boundary(arena *mem, const char *content_type)
{
    static const char type[] = "multipart/form-data", name[] = "boundary=";
    if (!content_type || strncasecmp(content_type, type, sizeof type - 1) != 0)
        return NULL;
    const char *p = strcasestr(content_type, name);
    if (!p)
        return NULL;
    p += sizeof name - 1;
    p += *p == '"';
    size_t size = strcspn(p, "\";, ");
    return size && size <= 70 ? arena_format(mem, "--%.*s", (int)size, p) : NULL;
}

static const char *find(slice in, const char *what, size_t size)
{
    return memmem(in.bytes, in.size, what, size);
}

static slice cut(slice s, const char *from)
{
    return (slice){from, s.size - (size_t)(from - s.bytes)};
}

/* The value of `name` in a part's head, "" when there is none. */
static char *head_value(arena *mem, slice head, const char *name)
{
    const char *p = find(head, name, strlen(name));
    if (!p)
        return arena_copy(mem, "", 0);
    slice rest = cut(head, p + strlen(name));
    const char *quote = memchr(rest.bytes, '"', rest.size);
    return arena_copy(mem, rest.bytes, quote ? (size_t)(quote - rest.bytes) : 0);
}

static status cut_short(fault *f)
{
    return FAIL(f, E_INPUT, "tệp gửi lên bị cắt giữa chừng; hãy gửi lại",
                "the file arrived cut short; send it again");
}

static status read_part(arena *mem, slice part, form *out, slice *file, fault *f)
{
    const char *blank = find(part, "\r\n\r\n", 4);
    if (!blank)
        return cut_short(f);
    slice head = {part.bytes, (size_t)(blank - part.bytes)}, body = cut(part, blank + 4);
    char *name = head_value(mem, head, " name=\"");
    if (!name)
        return fault_memory(f);
    if (find(head, "filename=", 9)) {
        *file = body;
        return OK;
    }
    char *value = arena_copy(mem, body.bytes, body.size);
    if (!value || strlen(value) != body.size || !text_is_utf8(body))
        return FAIL(f, E_INPUT, "biểu mẫu gửi lên không đọc được; hãy tải lại trang rồi gửi lại",
                    "the form cannot be read; reload the page and send it again");
    if (out->count == FORM_FIELDS_MAX)
        return FAIL(f, E_LIMIT, "biểu mẫu có quá nhiều ô (tối đa %d)",
                    "the form has too many fields (at most %d)", FORM_FIELDS_MAX);
    unify_lines(value);
    out->items[out->count++] = (form_field){name, value};
    return OK;
}

status form_parse_parts(arena *mem, slice body, const char *boundary, form *out, slice *file,
                        fault *f)
{
    const char *mark = arena_format(mem, "\r\n%s", boundary);
    *out = (form){ARENA_ARRAY(mem, form_field, FORM_FIELDS_MAX), 0};
    *file = (slice){NULL, 0};
    if (!mark || !out->items)
        return fault_memory(f);
    const char *at = find(body, boundary, strlen(boundary));
    while (at) {
        slice rest = cut(body, at + strlen(boundary));
        if (rest.size >= 2 && memcmp(rest.bytes, "--", 2) == 0)
            return OK;
        const char *end = find(rest, mark, strlen(mark));
        if (!end)
            break;
        TRY(read_part(mem, (slice){rest.bytes, (size_t)(end - rest.bytes)}, out, file, f));
        at = end + 2;
    }
    return cut_short(f);
}

const char *form_get(const form *fields, const char *name)
{
    for (size_t i = 0; i < fields->count; i++)
        if (strcmp(fields->items[i].name, name) == 0)
            return fields->items[i].value;
    return NULL;
}
