/* The library texts, from data/library.txt: one a paragraph, parted by blank lines. */
#include "library.h"

#include "chamthi/embed.h"

#include <string.h>

EMBED(similarity_library, "src/similarity/data/library.txt");

static size_t paragraph_size(const char *text)
{
    const char *end = strstr(text, "\n\n");
    return end ? (size_t)(end - text) : strlen(text);
}

status library_texts(arena *mem, size_t room, engine_text **out, size_t *count, fault *f)
{
    size_t paragraphs = 0;
    for (const char *p = similarity_library; *p; p += strspn(p, "\n"), paragraphs++)
        p += paragraph_size(p);
    *out = ARENA_ARRAY(mem, engine_text, room + paragraphs);
    if (!*out)
        return fault_memory(f);
    *count = 0;
    for (const char *p = similarity_library; *p; p += strspn(p, "\n")) {
        size_t size = paragraph_size(p);
        (*out)[room + (*count)++] = (engine_text){.display = {p, size}, .role = ENGINE_LIBRARY};
        p += size;
    }
    return OK;
}
