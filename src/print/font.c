/* Reads TrueType faces: which characters they have, how wide and tall these are. */
#include "font_face.h"

#include "chamthi/file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FONT_FILE_LIMIT = 32 * 1024 * 1024, BOOK_MEMORY = 64 * 1024 * 1024 };

static const struct {
    const char *key, *label, *file, *package;
} fonts[FONT_COUNT] = {
    {"serif", "Liberation Serif", "liberation2/LiberationSerif-Regular.ttf", "fonts-liberation2"},
    {"serif-bold", "Liberation Serif Bold", "liberation2/LiberationSerif-Bold.ttf",
     "fonts-liberation2"},
    {"serif-italic", "Liberation Serif Italic", "liberation2/LiberationSerif-Italic.ttf",
     "fonts-liberation2"},
    {"serif-bold-italic", "Liberation Serif Bold Italic",
     "liberation2/LiberationSerif-BoldItalic.ttf", "fonts-liberation2"},
    {"display", "Noto Serif Display Bold", "noto/NotoSerifDisplay-Bold.ttf", "fonts-noto-core"},
};

bool font_find(const char *name, font_id *out)
{
    for (int i = 0; i < FONT_COUNT; i++)
        if (strcmp(fonts[i].key, name) == 0) {
            *out = (font_id)i;
            return true;
        }
    return false;
}

const char *font_label(font_id id)
{
    return fonts[id].label;
}

unsigned font_u16(font_table t, size_t at)
{
    return at + 2 <= t.size ? (unsigned)t.at[at] << 8 | t.at[at + 1] : 0;
}

int font_i16(font_table t, size_t at)
{
    int n = (int)font_u16(t, at);
    return n < 0x8000 ? n : n - 0x10000;
}

uint32_t font_u32(font_table t, size_t at)
{
    return (uint32_t)font_u16(t, at) << 16 | font_u16(t, at + 2);
}

/* The table with that tag; size 0 when it is missing or points outside the file. */
static font_table find_table(font_table file, const char *tag)
{
    unsigned count = font_u16(file, 4);
    for (unsigned i = 0; i < count; i++) {
        size_t row = 12 + 16 * (size_t)i;
        if (row + 16 > file.size)
            break;
        size_t offset = font_u32(file, row + 8), size = font_u32(file, row + 12);
        if (memcmp(file.at + row, tag, 4) == 0 && offset <= file.size && size <= file.size - offset)
            return (font_table){file.at + offset, size};
    }
    return (font_table){NULL, 0};
}

static font_table sub_table(font_table t, size_t from)
{
    return from <= t.size ? (font_table){t.at + from, t.size - from} : (font_table){NULL, 0};
}

/* The format 4 map of Unicode's basic plane. */
static font_table find_cmap(font_table cmap)
{
    unsigned count = font_u16(cmap, 2);
    for (unsigned i = 0; i < count; i++) {
        size_t row = 4 + 8 * (size_t)i;
        font_table map = sub_table(cmap, font_u32(cmap, row + 4));
        bool unicode =
            font_u16(cmap, row) == 0 || (font_u16(cmap, row) == 3 && font_u16(cmap, row + 2) == 1);
        if (unicode && map.size > 16 && font_u16(map, 0) == 4)
            return map;
    }
    return (font_table){NULL, 0};
}

/* Name 6 of the Windows platform: plain letters as UTF-16. */
static void read_postscript_name(font_face *face, font_table name)
{
    unsigned count = font_u16(name, 2), storage = font_u16(name, 4);
    snprintf(face->postscript_name, sizeof face->postscript_name, "Font");
    for (unsigned i = 0; i < count; i++) {
        size_t row = 6 + 12 * (size_t)i;
        if (font_u16(name, row) != 3 || font_u16(name, row + 6) != 6)
            continue;
        size_t at = storage + font_u16(name, row + 10), size = font_u16(name, row + 8), n = 0;
        for (size_t k = 0; k + 1 < size && n + 1 < sizeof face->postscript_name; k += 2) {
            unsigned c = font_u16(name, at + k);
            bool plain = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
                         (c >= '0' && c <= '9') || c == '-';
            if (plain)
                face->postscript_name[n++] = (char)c;
        }
        face->postscript_name[n] = 0;
        return;
    }
}

static int thousandths(const font_face *face, int units)
{
    int em = (int)face->units_per_em;
    return (units * 1000 + (units < 0 ? -em : em) / 2) / em;
}

static font_box box_at(const font_face *face, font_table t, size_t at)
{
    return (font_box){thousandths(face, font_i16(t, at)), thousandths(face, font_i16(t, at + 2)),
                      thousandths(face, font_i16(t, at + 4)),
                      thousandths(face, font_i16(t, at + 6))};
}

status font_face_parse(arena *mem, const char *name, slice bytes, font_face **out, fault *f)
{
    font_table file = {(const unsigned char *)bytes.bytes, bytes.size};
    font_face *face = ARENA_NEW(mem, font_face);
    if (!face)
        return fault_memory(f);
    face->name = arena_string(mem, name);
    face->head = find_table(file, "head");
    face->hhea = find_table(file, "hhea");
    face->maxp = find_table(file, "maxp");
    face->hmtx = find_table(file, "hmtx");
    face->loca = find_table(file, "loca");
    face->glyf = find_table(file, "glyf");
    face->cmap = find_cmap(find_table(file, "cmap"));
    face->units_per_em = font_u16(face->head, 18);
    face->long_loca = font_u16(face->head, 50) == 1;
    face->glyph_count = font_u16(face->maxp, 4);
    face->metric_count = font_u16(face->hhea, 34);
    bool whole = face->head.size >= 54 && face->hhea.size >= 36 && face->maxp.size >= 32 &&
                 face->glyf.size && face->cmap.size && face->units_per_em >= 16 &&
                 face->units_per_em <= 16384 && face->glyph_count && face->metric_count &&
                 face->metric_count <= face->glyph_count &&
                 face->hmtx.size >= 4 * face->metric_count &&
                 face->loca.size >= (face->glyph_count + 1) * (face->long_loca ? 4 : 2);
    if (!whole || !face->name)
        return FAIL(f, E_INPUT, "%s không phải phông TrueType dùng được",
                    "%s is no usable TrueType font", name);
    read_postscript_name(face, find_table(file, "name"));
    font_table os2 = find_table(file, "OS/2"), post = find_table(file, "post");
    face->ascent = thousandths(face, font_i16(face->hhea, 4));
    face->descent = thousandths(face, font_i16(face->hhea, 6));
    face->cap_height = thousandths(face, font_i16(os2, 88));
    face->italic_angle = font_i16(post, 4);
    face->bounds = box_at(face, face->head, 36);
    *out = face;
    return OK;
}

/* Format 4: segments sorted by their last character. */
uint16_t font_glyph(const font_face *face, uint32_t code)
{
    font_table t = face->cmap;
    size_t doubled = font_u16(t, 6), low = 0, high = doubled / 2;
    if (code > 0xFFFF)
        return 0;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (font_u16(t, 14 + 2 * middle) < code)
            low = middle + 1;
        else
            high = middle;
    }
    size_t starts = 16 + doubled, deltas = starts + doubled, ranges = deltas + doubled;
    if (low >= doubled / 2 || font_u16(t, starts + 2 * low) > code)
        return 0;
    unsigned glyph = (unsigned)code, start = font_u16(t, starts + 2 * low);
    unsigned range = font_u16(t, ranges + 2 * low);
    if (range)
        glyph = font_u16(t, ranges + 2 * low + range + 2 * (code - start));
    if (range && !glyph)
        return 0;
    glyph = (glyph + font_u16(t, deltas + 2 * low)) & 0xFFFF;
    return glyph < face->glyph_count ? (uint16_t)glyph : 0;
}

int font_advance(const font_face *face, uint16_t glyph)
{
    size_t row = glyph < face->metric_count ? glyph : face->metric_count - 1;
    return thousandths(face, (int)font_u16(face->hmtx, 4 * row));
}

font_table font_outline(const font_face *face, unsigned glyph)
{
    if (glyph >= face->glyph_count)
        return (font_table){NULL, 0};
    size_t from, to;
    if (face->long_loca) {
        from = font_u32(face->loca, 4 * (size_t)glyph);
        to = font_u32(face->loca, 4 * (size_t)glyph + 4);
    } else {
        from = 2 * (size_t)font_u16(face->loca, 2 * (size_t)glyph);
        to = 2 * (size_t)font_u16(face->loca, 2 * (size_t)glyph + 2);
    }
    if (from >= to || to > face->glyf.size || to - from < 10)
        return (font_table){NULL, 0};
    return (font_table){face->glyf.at + from, to - from};
}

font_box font_glyph_box(const font_face *face, uint16_t glyph)
{
    font_table outline = font_outline(face, glyph);
    return outline.size ? box_at(face, outline, 2) : (font_box){0, 0, 0, 0};
}

const char *font_postscript_name(const font_face *face)
{
    return face->postscript_name;
}

int font_ascent(const font_face *face)
{
    return face->ascent;
}

int font_descent(const font_face *face)
{
    return face->descent;
}

int font_cap_height(const font_face *face)
{
    return face->cap_height;
}

int font_italic_angle(const font_face *face)
{
    return face->italic_angle;
}

font_box font_bounds(const font_face *face)
{
    return face->bounds;
}

struct font_book {
    arena *mem;
    buffer bytes[FONT_COUNT];
    font_face *faces[FONT_COUNT];
};

status font_book_new(font_book **out, fault *f)
{
    font_book *b = calloc(1, sizeof *b);
    if (b)
        b->mem = arena_new(BOOK_MEMORY);
    if (!b || !b->mem) {
        free(b);
        return fault_memory(f);
    }
    for (int i = 0; i < FONT_COUNT; i++)
        b->bytes[i] = (buffer)BUFFER_INIT;
    *out = b;
    return OK;
}

void font_book_free(font_book *b)
{
    if (!b)
        return;
    for (int i = 0; i < FONT_COUNT; i++)
        buffer_free(&b->bytes[i]);
    arena_free(b->mem);
    free(b);
}

static status load_face(font_book *b, font_id id, fault *f)
{
    const char *folder = getenv("CHAMTHI_FONTS");
    const char *path =
        file_join(b->mem, folder && *folder ? folder : "/usr/share/fonts/truetype", fonts[id].file);
    if (!path)
        return fault_memory(f);
    fault why = {0};
    if (file_read(path, FONT_FILE_LIMIT, &b->bytes[id], &why) != OK)
        return FAIL(f, E_SYSTEM, "thiếu phông chữ %s (%s); hãy cài gói %s: apt-get install %s",
                    "the font %s is missing (%s); install the package %s: apt-get install %s",
                    fonts[id].label, path, fonts[id].package, fonts[id].package);
    slice bytes = {b->bytes[id].bytes, b->bytes[id].size};
    if (font_face_parse(b->mem, path, bytes, &b->faces[id], &why) != OK)
        return FAIL(f, E_SYSTEM, "tệp phông chữ %s bị hỏng; hãy cài lại gói %s",
                    "the font file %s is broken; install the package %s again", path,
                    fonts[id].package);
    return OK;
}

status font_book_face(font_book *b, font_id id, const font_face **out, fault *f)
{
    if (!b->faces[id])
        TRY(load_face(b, id, f));
    *out = b->faces[id];
    return OK;
}
