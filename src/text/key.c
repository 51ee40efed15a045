/* K1, K2 and K3 of whole texts. */
#include "text/word.h"

#include "text/utf8.h"

#include <string.h>

static bool is_separator(uint8_t c)
{
    return c < 0x80 &&
           !((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'));
}

static void text_form(slice display, key_form form, buffer *out)
{
    const uint8_t *p = (const uint8_t *)display.bytes, *end = p + display.size;
    size_t start = out->size;
    while (p < end) {
        while (p < end && is_separator(*p))
            p++;
        const uint8_t *from = p;
        while (p < end && !is_separator(*p))
            p++;
        size_t before = out->size;
        if (p == from)
            break;
        if (before > start)
            buffer_byte(out, ' ');
        size_t joined = out->size;
        token_form((slice){(const char *)from, (size_t)(p - from)}, form, out);
        if (out->size == joined)
            buffer_end(out, before);
    }
}

void text_key(slice display, buffer *out)
{
    text_form(display, FORM_KEY, out);
}

void text_variant(slice display, buffer *out)
{
    text_form(display, FORM_VARIANT, out);
}

void text_fold(slice display, buffer *out)
{
    text_form(display, FORM_FOLD, out);
}

static char *form_string(arena *mem, const char *text, key_form form)
{
    buffer b = BUFFER_INIT;
    text_form((slice){text, strlen(text)}, form, &b);
    char *copy = b.failed ? NULL : arena_copy(mem, b.bytes, b.size);
    buffer_free(&b);
    return copy;
}

char *text_key_string(arena *mem, const char *text)
{
    return form_string(mem, text, FORM_KEY);
}

char *text_fold_string(arena *mem, const char *text)
{
    return form_string(mem, text, FORM_FOLD);
}
