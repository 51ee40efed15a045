/* Reads the styles of an .odt: which font a paragraph or a span has. */
#include "odt.h"

#include <stdlib.h>
#include <string.h>

enum { CHAIN_MOST = 20, STYLES_MOST = 20000 };

typedef struct {
    const char *family, *name; /* 'paragraph', 'text' … */
    const char *parent;
    const char *font; /* name of a face or a family; NULL: not said */
} odt_style;

typedef struct {
    const char *name, *family;
} face;

struct odt_styles {
    arena *mem;
    odt_style *items;
    size_t count, capacity;
    face *faces;
    size_t face_count, face_capacity;
    const char *default_font;
    bool in_default, in_style;
};

odt_styles *odt_styles_new(arena *mem)
{
    odt_styles *s = ARENA_NEW(mem, odt_styles);
    if (s)
        s->mem = mem;
    return s;
}

/* "'.VnTime'" is how a family with odd letters in its name is written. */
static const char *keep_family(odt_styles *s, const char *family)
{
    size_t size = strlen(family);
    if (size >= 2 && (*family == '\'' || *family == '"') && family[size - 1] == *family)
        return arena_copy(s->mem, family + 1, size - 2);
    return arena_copy(s->mem, family, size);
}

static bool add_face(odt_styles *s, const char **attributes)
{
    const char *name = xml_attribute(attributes, "name");
    const char *family = xml_attribute(attributes, "font-family");
    if (!name || !family)
        return true;
    face *grown = arena_grow(s->mem, s->faces, s->face_count, &s->face_capacity, sizeof *grown);
    if (!grown)
        return false;
    s->faces = grown;
    face *f = &s->faces[s->face_count];
    *f = (face){arena_string(s->mem, name), keep_family(s, family)};
    s->face_count += f->name && f->family;
    return f->name && f->family;
}

static bool add_style(odt_styles *s, const char **attributes)
{
    const char *name = xml_attribute(attributes, "name");
    const char *family = xml_attribute(attributes, "family");
    s->in_style = false;
    if (!name || !family || s->count == STYLES_MOST)
        return true;
    odt_style *grown = arena_grow(s->mem, s->items, s->count, &s->capacity, sizeof *grown);
    if (!grown)
        return false;
    s->items = grown;
    odt_style *at = &s->items[s->count];
    const char *parent = xml_attribute(attributes, "parent-style-name");
    *at = (odt_style){arena_string(s->mem, family), arena_string(s->mem, name),
                      arena_string(s->mem, parent), NULL};
    s->count++;
    s->in_style = true;
    return at->family && at->name && (at->parent || !parent);
}

static bool add_font(odt_styles *s, const char **attributes)
{
    const char *face_name = xml_attribute(attributes, "font-name");
    const char *family = xml_attribute(attributes, "font-family");
    if (!face_name && !family)
        return true;
    const char *font = face_name ? arena_string(s->mem, face_name) : keep_family(s, family);
    if (s->in_default)
        s->default_font = font;
    else if (s->in_style)
        s->items[s->count - 1].font = font;
    return font != NULL;
}

bool odt_styles_start(odt_styles *s, const char *name, const char **attributes)
{
    const char *local = xml_local(name);
    if (strcmp(local, "font-face") == 0)
        return add_face(s, attributes);
    if (strcmp(local, "text-properties") == 0)
        return add_font(s, attributes);
    if (strcmp(local, "style") == 0) {
        s->in_default = false;
        return add_style(s, attributes);
    }
    if (strcmp(local, "default-style") == 0) {
        const char *family = xml_attribute(attributes, "family");
        s->in_style = false;
        s->in_default = family && strcmp(family, "paragraph") == 0;
    }
    return true;
}

static int compare_style(const void *a, const void *b)
{
    const odt_style *x = a, *y = b;
    int by_family = strcmp(x->family, y->family);
    return by_family ? by_family : strcmp(x->name, y->name);
}

void odt_styles_done(odt_styles *s)
{
    if (s->count)
        qsort(s->items, s->count, sizeof *s->items, compare_style);
    s->in_style = s->in_default = false;
}

/* Through the declared faces; a name that none declares is the family itself. */
static const char *family_of(const odt_styles *s, const char *font)
{
    for (size_t i = 0; i < s->face_count; i++)
        if (strcmp(s->faces[i].name, font) == 0)
            return s->faces[i].family;
    return font;
}

const char *odt_font(const odt_styles *s, const char *family, const char *name)
{
    for (int i = 0; name && s->count && i < CHAIN_MOST; i++) {
        odt_style wanted = {.family = family, .name = name};
        const odt_style *at = bsearch(&wanted, s->items, s->count, sizeof *at, compare_style);
        if (at && at->font)
            return family_of(s, at->font);
        name = at ? at->parent : NULL;
    }
    return NULL;
}

const char *odt_default_font(const odt_styles *s)
{
    return s->default_font ? family_of(s, s->default_font) : "";
}
