/* What a photo says of its camera, its owner and the place: EXIF of .jpg, text chunks of .png. */
#include "trace.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

enum { FIELDS_MOST = 200, CHUNKS_MOST = 10000 };

/* ---- EXIF: a list of numbered fields ---- */

typedef struct {
    slice bytes; /* from the mark of the byte order on: offsets count from here */
    bool big_endian;
} exif;

/* 0 beyond the end. */
static uint32_t number_at(const exif *e, size_t at, size_t size)
{
    uint32_t n = 0;
    if (at > e->bytes.size || size > e->bytes.size - at)
        return 0;
    for (size_t i = 0; i < size; i++)
        n = n << 8 | (unsigned char)e->bytes.bytes[at + (e->big_endian ? i : size - 1 - i)];
    return n;
}

static const struct {
    uint32_t tag;
    const char *kind;
} exif_fields[] = {{0x010E, "title"},   {0x010F, "camera"},  {0x0110, "camera"},
                   {0x0131, "program"}, {0x0132, "created"}, {0x013B, "creator"},
                   {0x8298, "creator"}, {0x9C9D, "creator"}};

/* Windows writes its own fields in UTF-16. */
static void put_field(document *d, const exif *e, const char *kind, size_t at, size_t size,
                      bool wide)
{
    if (at > e->bytes.size || size > e->bytes.size - at)
        return;
    slice text = {e->bytes.bytes + at, size};
    buffer shown = BUFFER_INIT;
    text_report report = {0};
    if (!wide && memchr(text.bytes, '\0', text.size))
        text.size = strlen(text.bytes);
    text_display(text, wide ? ENCODING_UTF16LE : ENCODING_AUTO, &shown, &report);
    while (shown.size && !shown.bytes[shown.size - 1])
        shown.size--;
    trace_put(d, kind, (slice){shown.bytes, shown.size});
    d->traces.failed |= shown.failed;
    buffer_free(&shown);
}

static void read_fields(document *d, const exif *e)
{
    enum { ENTRY_SIZE = 12, ASCII = 2, GPS = 0x8825 };
    size_t at = number_at(e, 4, 4);
    uint32_t count = number_at(e, at, 2);
    for (uint32_t i = 0; i < count && i < FIELDS_MOST; i++) {
        size_t field = at + 2 + (size_t)i * ENTRY_SIZE;
        uint32_t tag = number_at(e, field, 2), size = number_at(e, field + 4, 4);
        size_t value = size > 4 ? number_at(e, field + 8, 4) : field + 8;
        if (tag == GPS)
            trace_put(d, "place", (slice){"GPS", 3});
        for (size_t k = 0; k < sizeof exif_fields / sizeof *exif_fields; k++)
            if (tag == exif_fields[k].tag)
                put_field(d, e, exif_fields[k].kind, value, size,
                          number_at(e, field + 2, 2) != ASCII);
    }
}

/* Segments of a .jpg: FF, kind, two bytes of size; the picture itself follows FF DA. */
static void read_jpeg(document *d, slice bytes)
{
    static const char mark[] = "Exif\0";
    const unsigned char *b = (const unsigned char *)bytes.bytes;
    for (size_t at = 2; at + 4 < bytes.size && b[at] == 0xFF && b[at + 1] != 0xDA;) {
        size_t size = (size_t)b[at + 2] << 8 | b[at + 3];
        if (size < 2 || size > bytes.size - at - 2)
            return;
        slice body = {bytes.bytes + at + 4, size - 2};
        if (b[at + 1] == 0xE1 && body.size > 14 && memcmp(body.bytes, mark, sizeof mark) == 0) {
            exif e = {{body.bytes + sizeof mark, body.size - sizeof mark}, body.bytes[6] == 'M'};
            read_fields(d, &e);
        }
        at += 2 + size;
    }
}

/* Chunks of a .png: size, kind, body, checksum. */
static void read_png(document *d, slice bytes)
{
    static const struct {
        const char *word, *kind;
    } words[] = {{"Author", "creator"},
                 {"Title", "title"},
                 {"Software", "program"},
                 {"Comment", "comment"},
                 {"Source", "path"}};
    const exif e = {bytes, true};
    size_t at = 8;
    for (int i = 0; i < CHUNKS_MOST && at + 12 <= bytes.size; i++) {
        size_t size = number_at(&e, at, 4);
        const char *body = bytes.bytes + at + 8;
        if (size > bytes.size - at - 12)
            return;
        bool text = memcmp(body - 4, "tEXt", 4) == 0;
        for (size_t k = 0; text && k < sizeof words / sizeof *words; k++) {
            size_t word = strlen(words[k].word) + 1;
            if (size > word && memcmp(body, words[k].word, word) == 0)
                put_field(d, &e, words[k].kind, at + 8 + word, size - word, false);
        }
        at += 12 + size;
    }
}

status picture_read(slice bytes, document *out, fault *f)
{
    static const char png[] = "\x89PNG", intel[] = "II*", motorola[] = "MM";
    if (bytes.size > 8 && memcmp(bytes.bytes, png, 4) == 0)
        read_png(out, bytes);
    else if (bytes.size > 8 &&
             (memcmp(bytes.bytes, intel, 3) == 0 || memcmp(bytes.bytes, motorola, 2) == 0))
        read_fields(out, &(exif){bytes, bytes.bytes[0] == 'M'});
    else
        read_jpeg(out, bytes);
    return buffer_check(&out->traces, f);
}
