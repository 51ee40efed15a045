/* A growing byte buffer on the heap.
 *
 * `bytes` is always NUL-terminated and never NULL, so a buffer can be read as a C string. A failed
 * allocation sets `failed` and later appends do nothing: append freely, check once at the end with
 * buffer_check(). Release with buffer_free(). */
#ifndef CHAMTHI_BUFFER_H
#define CHAMTHI_BUFFER_H

#include "chamthi/arena.h"

#include <stdbool.h>
#include <stdint.h>

typedef struct {
    char *bytes;
    size_t size;     /* without the NUL */
    size_t capacity; /* 0: `bytes` points at a shared empty string */
    bool failed;
} buffer;

extern char buffer_empty[];
#define BUFFER_INIT                                                                                \
    {                                                                                              \
        buffer_empty, 0, 0, false                                                                  \
    }

void buffer_free(buffer *b);  /* leaves an empty, usable buffer */
void buffer_clear(buffer *b); /* size 0, memory kept */
void buffer_put(buffer *b, const void *bytes, size_t size);
void buffer_text(buffer *b, const char *text);
void buffer_byte(buffer *b, char byte);
void buffer_int(buffer *b, int64_t n); /* in decimal, many times faster than a format */
void buffer_format(buffer *b, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Makes room for `extra` bytes after the present ones and returns where they go, NULL on failure;
 * the caller adds what it wrote to `size` and keeps the NUL with buffer_end(). */
char *buffer_reserve(buffer *b, size_t extra);
void buffer_end(buffer *b, size_t new_size);
/* OK, or the memory fault if any append failed. */
status buffer_check(const buffer *b, fault *f);

/* The decimal form of a number, without a NUL; returns its length. */
enum { INT_MAX_TEXT = 20 };
size_t int_text(char out[INT_MAX_TEXT], int64_t n);

/* Appends text as a JSON string with its quotes (RFC 8259; UTF-8 stays, controls are escaped). */
void buffer_json_string(buffer *b, const char *text, size_t size);

#endif
