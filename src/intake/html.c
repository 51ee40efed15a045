/* A web page on its way to LibreOffice, which takes bytes of no named charset for UTF-8 and loses those of an old
 * font. */
#include "document.h"

#include <string.h>
#include <strings.h>

enum { HEAD_SIZE = 4096 };

/* Whether the page says in which charset it is, other than UTF-8. */
static bool names_charset(slice bytes)
{
    static const char word[] = "charset=";
    size_t most = bytes.size < HEAD_SIZE ? bytes.size : HEAD_SIZE, size = sizeof word - 1;
    for (size_t i = 0; i + size < most; i++)
        if (strncasecmp(bytes.bytes + i, word, size) == 0) {
            const char *name = bytes.bytes + i + size, *end = bytes.bytes + bytes.size;
            name += *name == '"' || *name == '\'';
            return end - name < 4 || strncasecmp(name, "utf-", 4) != 0;
        }
    return false;
}

status html_prepare(slice bytes, buffer *out, fault *f)
{
    bool utf16 = bytes.size > 1 && (memcmp(bytes.bytes, "\xFF\xFE", 2) == 0 ||
                                    memcmp(bytes.bytes, "\xFE\xFF", 2) == 0);
    if (utf16 || names_charset(bytes) || text_is_utf8(bytes)) {
        buffer_put(out, bytes.bytes, bytes.size);
        return buffer_check(out, f);
    }
    /* Named by its number each byte arrives as the character it is shown as, font and all. */
    for (size_t i = 0; i < bytes.size; i++) {
        unsigned char byte = (unsigned char)bytes.bytes[i];
        if (byte < 0x80)
            buffer_byte(out, bytes.bytes[i]);
        else
            buffer_format(out, "&#%u;", byte);
    }
    return buffer_check(out, f);
}
