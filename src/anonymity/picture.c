/* Takes a picture apart into its segments (ISO/IEC 10918-1 B, 15948) and keeps those that draw. */
#include "picture.h"

#include <stdint.h>
#include <string.h>

enum {
    APP0 = 0xE0,
    APP1 = 0xE1,
    APP14 = 0xEE, /* Adobe: which colours the numbers mean */
    APP15 = 0xEF,
    COMMENT = 0xFE,
    SCAN = 0xDA,
    END = 0xD9,
    ORIENTATION = 0x0112,
    CHUNK = 12 /* bytes of a PNG chunk around its body */
};

static uint32_t number(const unsigned char *p, int size, bool big_endian)
{
    uint32_t n = 0;
    for (int i = 0; i < size; i++)
        n |= (uint32_t)p[i] << 8 * (big_endian ? size - 1 - i : i);
    return n;
}

/* ---- .jpg ---- */

/* 1..8 as Exif has it, 0 when it does not say. */
static uint32_t orientation(const unsigned char *exif, size_t size)
{
    if (size < 14 || memcmp(exif, "Exif\0", 6) != 0)
        return 0;
    const unsigned char *tiff = exif + 6;
    bool big_endian = tiff[0] == 'M';
    size_t room = size - 6, at = number(tiff + 4, 4, big_endian);
    if (at > room - 2)
        return 0;
    uint32_t count = number(tiff + at, 2, big_endian);
    at += 2;
    for (uint32_t i = 0; i < count && room >= 12 && at <= room - 12; i++, at += 12) {
        uint32_t value = number(tiff + at + 8, 2, big_endian);
        if (number(tiff + at, 2, big_endian) == ORIENTATION)
            return value <= 8 ? value : 0;
    }
    return 0;
}

static void put_orientation(buffer *out, uint32_t side)
{
    static const char before[] = "\xFF\xE1\0\x22"
                                 "Exif\0\0MM\0*\0\0\0\x08\0\1\x01\x12\0\3\0\0\0\1\0";
    static const char after[] = "\0\0\0\0\0";
    buffer_put(out, before, sizeof before - 1);
    buffer_byte(out, (char)side);
    buffer_put(out, after, sizeof after);
}

/* From the start of a scan to its next marker, or the end. */
static size_t scan_end(const unsigned char *b, size_t at, size_t size)
{
    for (; at + 1 < size; at++)
        if (b[at] == 0xFF && b[at + 1] != 0 && (b[at + 1] < 0xD0 || b[at + 1] > 0xD7))
            return at;
    return size;
}

static bool says_nothing(unsigned char kind)
{
    return !(kind > APP0 && kind <= APP15 && kind != APP14) && kind != COMMENT;
}

/* False: cut short, or no such file. */
static bool clean_jpeg(slice in, buffer *out)
{
    const unsigned char *b = (const unsigned char *)in.bytes;
    uint32_t side = 0;
    buffer_put(out, in.bytes, 2);
    for (size_t at = 2; at + 4 <= in.size || (at + 2 <= in.size && b[at + 1] == END);) {
        if (b[at] != 0xFF)
            return false;
        unsigned char kind = b[at + 1];
        if (kind == 0xFF) { /* fill */
            at++;
            continue;
        }
        if (kind == END) {
            buffer_put(out, in.bytes + at, 2);
            return true;
        }
        size_t size = number(b + at + 2, 2, true), end = at + 2 + size;
        if (size < 2 || end > in.size)
            return false;
        if (kind == APP1 && !side && (side = orientation(b + at + 4, size - 2)))
            put_orientation(out, side);
        if (kind == SCAN)
            end = scan_end(b, end, in.size);
        if (says_nothing(kind))
            buffer_put(out, in.bytes + at, end - at);
        at = end;
    }
    return false;
}

/* ---- .png ---- */

static bool clean_png(slice in, buffer *out)
{
    static const char kept[][5] = {"IHDR", "PLTE", "tRNS", "gAMA", "IDAT", "IEND"};
    buffer_put(out, in.bytes, 8);
    for (size_t at = 8; at + CHUNK <= in.size;) {
        const char *chunk = in.bytes + at;
        size_t size = number((const unsigned char *)chunk, 4, true);
        if (size > in.size - at - CHUNK)
            return false;
        for (size_t i = 0; i < sizeof kept / sizeof *kept; i++)
            if (memcmp(chunk + 4, kept[i], 4) == 0)
                buffer_put(out, chunk, size + CHUNK);
        if (memcmp(chunk + 4, "IEND", 4) == 0)
            return true;
        at += size + CHUNK;
    }
    return false;
}

status picture_clean(const char *name, slice in, buffer *out, const char **type, fault *f)
{
    bool jpeg = in.size > 4 && memcmp(in.bytes, "\xFF\xD8\xFF", 3) == 0;
    bool png = in.size > 8 && memcmp(in.bytes, "\x89PNG\r\n\x1A\n", 8) == 0;
    *type = jpeg ? "image/jpeg" : "image/png";
    if (!jpeg && !png)
        return FAIL(f, E_INPUT, "%s không phải ảnh .jpg hay .png; hãy lưu trang này thành ảnh",
                    "%s is no .jpg or .png picture; save the page as a picture", name);
    if (!(jpeg ? clean_jpeg(in, out) : clean_png(in, out)))
        return FAIL(f, E_INPUT, "%s: ảnh bị hỏng hoặc chưa đủ; hãy lưu lại ảnh",
                    "%s: the picture is broken or cut short; save it again", name);
    return buffer_check(out, f);
}
