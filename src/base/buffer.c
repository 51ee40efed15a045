/* A growing byte buffer with a sticky failure flag. */
#include "chamthi/buffer.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FORMAT_USUAL = 63 }; /* bytes; more are formatted twice */

char buffer_empty[1] = "";

void buffer_free(buffer *b)
{
    if (b->capacity)
        free(b->bytes);
    *b = (buffer)BUFFER_INIT;
}

void buffer_clear(buffer *b)
{
    b->size = 0;
    b->failed = false;
    if (b->capacity)
        b->bytes[0] = '\0';
}

char *buffer_reserve(buffer *b, size_t extra)
{
    if (b->failed)
        return NULL;
    if (extra > SIZE_MAX / 4 || b->size > SIZE_MAX / 4) {
        b->failed = true;
        return NULL;
    }
    size_t need = b->size + extra + 1;
    if (need > b->capacity) {
        size_t capacity = b->capacity ? b->capacity * 2 : 256;
        if (capacity < need)
            capacity = need;
        char *bytes = realloc(b->capacity ? b->bytes : NULL, capacity);
        if (!bytes) {
            b->failed = true;
            return NULL;
        }
        bytes[b->size] = '\0';
        b->bytes = bytes;
        b->capacity = capacity;
    }
    return b->bytes + b->size;
}

void buffer_end(buffer *b, size_t new_size)
{
    if (!b->capacity)
        return;
    b->size = new_size;
    b->bytes[new_size] = '\0';
}

void buffer_put(buffer *b, const void *bytes, size_t size)
{
    if (!size)
        return;
    bool fits = !b->failed && b->capacity > size && b->size < b->capacity - size;
    char *to = fits ? b->bytes + b->size : buffer_reserve(b, size);
    if (!to)
        return;
    memcpy(to, bytes, size);
    b->size += size;
    b->bytes[b->size] = '\0';
}

void buffer_text(buffer *b, const char *text)
{
    buffer_put(b, text, strlen(text));
}

void buffer_byte(buffer *b, char byte)
{
    buffer_put(b, &byte, 1);
}

size_t int_text(char out[INT_MAX_TEXT], int64_t n)
{
    char backwards[INT_MAX_TEXT];
    size_t count = 0, size = 0;
    uint64_t left = n < 0 ? -(uint64_t)n : (uint64_t)n;
    do
        backwards[count++] = (char)('0' + left % 10);
    while (left /= 10);
    if (n < 0)
        out[size++] = '-';
    while (count)
        out[size++] = backwards[--count];
    return size;
}

void buffer_int(buffer *b, int64_t n)
{
    char text[INT_MAX_TEXT];
    buffer_put(b, text, int_text(text, n));
}

void buffer_format(buffer *b, const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    char *to = buffer_reserve(b, FORMAT_USUAL);
    int size = to ? vsnprintf(to, FORMAT_USUAL + 1, format, args) : -1;
    if (size > FORMAT_USUAL) {
        to = buffer_reserve(b, (size_t)size);
        size = to ? vsnprintf(to, (size_t)size + 1, format, again) : -1;
    }
    if (size < 0)
        b->failed = true;
    else
        buffer_end(b, b->size + (size_t)size);
    va_end(again);
    va_end(args);
}

status buffer_check(const buffer *b, fault *f)
{
    return b->failed ? fault_memory(f) : OK;
}

void buffer_json_string(buffer *b, const char *text, size_t size)
{
    buffer_byte(b, '"');
    size_t from = 0;
    for (size_t i = 0; i < size; i++) {
        unsigned char c = (unsigned char)text[i];
        if (c >= 0x20 && c != '"' && c != '\\')
            continue;
        buffer_put(b, text + from, i - from);
        from = i + 1;
        if (c == '"' || c == '\\')
            buffer_format(b, "\\%c", c);
        else if (c == '\n')
            buffer_text(b, "\\n");
        else
            buffer_format(b, "\\u%04x", c);
    }
    buffer_put(b, text + from, size - from);
    buffer_byte(b, '"');
}
