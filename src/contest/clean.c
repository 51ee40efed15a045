/* Names as they are kept: Unicode NFC, on one line. */
#include "clean.h"

#include "chamthi/text.h"

#include <string.h>

char *clean_line(arena *mem, slice text)
{
    buffer shown = BUFFER_INIT;
    text_report report = {0};
    text_display(text, ENCODING_UTF8, &shown, &report);
    const char *from = shown.bytes, *to = shown.bytes + shown.size;
    while (from < to && strchr(" \n", *from))
        from++;
    while (to > from && strchr(" \n", to[-1]))
        to--;
    char *line = shown.failed ? NULL : arena_copy(mem, from, (size_t)(to - from));
    buffer_free(&shown);
    for (char *p = line; p && *p; p++)
        if (*p == '\n')
            *p = ' ';
    return line;
}
