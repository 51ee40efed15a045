/* Sizes of UTF-8 text: columns, cuts, validity. */
#include "chamthi/text.h"

#include "text/utf8.h"

#include <string.h>
#include <utf8proc.h>

bool text_is_utf8(slice s)
{
    const uint8_t *p = (const uint8_t *)s.bytes, *end = p + s.size;
    uint32_t c;
    bool bad = false;
    while (p < end && !bad)
        p += utf8_next(p, end, &c, &bad);
    return !bad;
}

size_t text_characters(slice utf8)
{
    size_t n = 0;
    for (size_t i = 0; i < utf8.size; i++)
        n += ((unsigned char)utf8.bytes[i] & 0xC0) != 0x80;
    return n;
}

size_t text_width(const char *utf8)
{
    const uint8_t *p = (const uint8_t *)utf8, *end = p + strlen(utf8);
    size_t width = 0;
    while (p < end) {
        uint32_t c;
        bool bad;
        p += utf8_next(p, end, &c, &bad);
        int columns = utf8proc_charwidth((utf8proc_int32_t)c);
        width += columns > 0 ? (size_t)columns : 0;
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
