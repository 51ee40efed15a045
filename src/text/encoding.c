/* Names of encodings, and the fonts that stand for them. */
#include "chamthi/text.h"

#include <string.h>
#include <strings.h>

static const char *const names[ENCODING_COUNT] = {
    "auto", "utf8",   "utf16le", "utf16be", "tcvn3", "tcvn3h",
    "vni",  "viscii", "vps",     "cp1258",  "viqr",  "mojibake",
};

const char *text_encoding_name(text_encoding e)
{
    return names[e];
}

bool text_encoding_find(const char *name, text_encoding *out)
{
    for (int i = 0; i < ENCODING_COUNT; i++)
        if (strcasecmp(names[i], name) == 0) {
            *out = (text_encoding)i;
            return true;
        }
    return false;
}

static bool starts(const char *text, const char *start)
{
    return strncasecmp(text, start, strlen(start)) == 0;
}

/* A family of one letter after its name, as in .VnTimeH, prints capitals; .VnTimeH Bold too. */
static bool is_capital_family(const char *font)
{
    size_t size = strcspn(font, " -,");
    return size > 4 && font[size - 1] == 'H';
}

text_encoding text_encoding_of_font(const char *font)
{
    if (!font)
        return ENCODING_AUTO;
    /* PDF files name an embedded part of a font ABCDEF+.VnTime. */
    const char *plus = strchr(font, '+');
    if (plus && plus - font == 6)
        font = plus + 1;
    if (starts(font, ".Vn"))
        return is_capital_family(font) ? ENCODING_TCVN3_CAPITAL : ENCODING_TCVN3;
    if (starts(font, "VNI-") || starts(font, "VNI "))
        return ENCODING_VNI;
    if (starts(font, "VPS "))
        return ENCODING_VPS;
    return ENCODING_AUTO;
}
