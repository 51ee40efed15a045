/* K1, K2 and K3 of whole texts, without a memo and with one. */
#include "text/memo.h"
#include "text/word.h"

#include <string.h>

static void keys_alone(text_output form, slice display, buffer *out)
{
    const char *p = display.bytes, *end = p + display.size;
    size_t start = out->size;
    while (p < end) {
        while (p < end && is_token_separator((unsigned char)*p))
            p++;
        const char *from = p;
        while (p < end && !is_token_separator((unsigned char)*p))
            p++;
        if (p > from)
            token_append((slice){from, (size_t)(p - from)}, form, start, out);
    }
}

void text_keys(text_memo *memo, text_output form, slice display, buffer *out)
{
    if (memo)
        memo_keys(memo, form, display, out);
    else
        keys_alone(form, display, out);
}

void text_key(slice display, buffer *out)
{
    keys_alone(TEXT_K1, display, out);
}

void text_variant(slice display, buffer *out)
{
    keys_alone(TEXT_K2, display, out);
}

void text_fold(slice display, buffer *out)
{
    keys_alone(TEXT_K3, display, out);
}

static char *form_string(arena *mem, const char *text, text_output form)
{
    buffer b = BUFFER_INIT;
    keys_alone(form, (slice){text, strlen(text)}, &b);
    char *copy = b.failed ? NULL : arena_copy(mem, b.bytes, b.size);
    buffer_free(&b);
    return copy;
}

char *text_key_string(arena *mem, const char *text)
{
    return form_string(mem, text, TEXT_K1);
}

char *text_fold_string(arena *mem, const char *text)
{
    return form_string(mem, text, TEXT_K3);
}

char *text_display_string(arena *mem, const char *text)
{
    buffer b = BUFFER_INIT;
    text_report report = {0};
    text_display((slice){text, strlen(text)}, ENCODING_UTF8, &b, &report);
    char *copy = b.failed ? NULL : arena_copy(mem, b.bytes, b.size);
    buffer_free(&b);
    return copy;
}
