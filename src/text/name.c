/* Names: keys for matching, and the order of people and of plain text. */
#include "chamthi/text.h"

char *name_key(arena *mem, const char *name)
{
    return text_key_string(mem, name);
}

void text_sort_key(slice text, sort_kind kind, buffer *out)
{
    (void)kind;
    text_fold(text, out);
}
