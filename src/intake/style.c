/* Reads the styles of a .docx: which font a run has that names none itself. */
#include "style.h"

#include "document.h"
#include "xml.h"

#include <string.h>

enum { CHAIN_MOST = 20, STYLES_MOST = 5000 };

typedef struct style {
    struct style *next;
    const char *id, *based_on;
    font_pair fonts;
    bool default_paragraph;
} style;

struct style_sheet {
    style *first;
    const style *default_paragraph;
    font_pair defaults;
};

typedef struct {
    arena *mem;
    style_sheet *sheet;
    style *open; /* the style being read */
    size_t count;
    bool in_defaults, in_run, failed;
} reading;

font_pair style_fonts(const char **attributes)
{
    font_pair fonts = {xml_attribute(attributes, "ascii"), xml_attribute(attributes, "hAnsi")};
    if (xml_attribute(attributes, "asciiTheme"))
        fonts.ascii = "";
    if (xml_attribute(attributes, "hAnsiTheme"))
        fonts.high = "";
    return fonts;
}

static const char *keep(reading *r, const char *text)
{
    char *copy = arena_string(r->mem, text);
    r->failed |= text && !copy;
    return copy;
}

static bool is_true(const char *value)
{
    return value &&
           (strcmp(value, "1") == 0 || strcmp(value, "true") == 0 || strcmp(value, "on") == 0);
}

static void open_style(reading *r, const char **attributes)
{
    style *s = r->count++ < STYLES_MOST ? ARENA_NEW(r->mem, style) : NULL;
    if (!s) {
        r->failed = true;
        return;
    }
    const char *type = xml_attribute(attributes, "type");
    s->id = keep(r, xml_attribute(attributes, "styleId"));
    s->default_paragraph =
        type && strcmp(type, "paragraph") == 0 && is_true(xml_attribute(attributes, "default"));
    s->next = r->sheet->first;
    r->sheet->first = s;
    r->open = s;
}

static void on_start(void *context, const char *name, const char **attributes, int depth)
{
    reading *r = context;
    const char *local = xml_local(name);
    (void)depth;
    if (r->failed)
        return;
    if (strcmp(local, "style") == 0) {
        open_style(r, attributes);
    } else if (strcmp(local, "rPrDefault") == 0) {
        r->in_defaults = true;
    } else if (strcmp(local, "rPr") == 0) {
        r->in_run = true;
    } else if (strcmp(local, "basedOn") == 0 && r->open) {
        r->open->based_on = keep(r, xml_attribute(attributes, "val"));
    } else if (strcmp(local, "rFonts") == 0 && r->in_run && (r->open || r->in_defaults)) {
        font_pair f = style_fonts(attributes);
        f = (font_pair){keep(r, f.ascii), keep(r, f.high)};
        *(r->in_defaults ? &r->sheet->defaults : &r->open->fonts) = f;
    }
}

static void on_end(void *context, const char *name, int depth)
{
    reading *r = context;
    const char *local = xml_local(name);
    (void)depth;
    if (strcmp(local, "style") == 0)
        r->open = NULL;
    else if (strcmp(local, "rPrDefault") == 0)
        r->in_defaults = false;
    else if (strcmp(local, "rPr") == 0)
        r->in_run = false;
}

status style_sheet_read(arena *mem, slice xml, style_sheet **out, const char **reason, fault *f)
{
    static const xml_handlers handlers = {on_start, on_end, NULL};
    reading r = {.mem = mem, .sheet = ARENA_NEW(mem, style_sheet)};
    if (!r.sheet)
        return fault_memory(f);
    TRY(xml_parse("styles.xml", xml, XML_NO_DOCTYPE, &handlers, &r, reason, f));
    if (r.failed)
        return fault_memory(f);
    for (const style *s = r.sheet->first; s; s = s->next)
        if (s->default_paragraph)
            r.sheet->default_paragraph = s;
    *out = r.sheet;
    return OK;
}

static const style *find(const style_sheet *s, const char *id)
{
    for (const style *at = s->first; id && at; at = at->next)
        if (at->id && strcmp(at->id, id) == 0)
            return at;
    return NULL;
}

static void fill(font_pair *fonts, font_pair from)
{
    if (!fonts->ascii)
        fonts->ascii = from.ascii;
    if (!fonts->high)
        fonts->high = from.high;
}

static void fill_chain(const style_sheet *s, const style *at, font_pair *fonts)
{
    for (int i = 0; at && i < CHAIN_MOST && !(fonts->ascii && fonts->high); i++) {
        fill(fonts, at->fonts);
        at = find(s, at->based_on);
    }
}

void style_sheet_fill(const style_sheet *s, const char *character, const char *paragraph,
                      font_pair *fonts)
{
    if (!s)
        return;
    fill_chain(s, find(s, character), fonts);
    const style *p = find(s, paragraph);
    fill_chain(s, p ? p : s->default_paragraph, fonts);
    fill(fonts, s->defaults);
}
