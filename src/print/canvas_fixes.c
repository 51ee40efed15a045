/* Everything about libharu 2.3.0, and what has to be done beside it.
 *
 * libharu is used for what it does well: objects, cross references, the page tree, outlines,
 * compression. What it does wrong is written here through its exported object functions:
 * - its subset forgets parts of nested composite glyphs, looks up 65,536 characters per font and
 *   document, and its ToUnicode is no ToUnicode CMap: fonts are embedded by embed_font();
 * - information strings become mojibake unless an encoder was set first: put_text() writes UTF-16BE;
 * - it has no form XObjects: put_form();
 * - the file identifier comes from the clock: set_identifier() takes it from the content;
 * - its PDF/A writes a wrong XMP packet and knows no 2u: put_archive();
 * - saving to a file reports no full disk: save() takes the bytes from memory;
 * - a flat page tree ends at 32,767 pages: PAGES_PER_NODE. */
#include "canvas_fixes.h"
#include "archive.h"

#include "chamthi/random.h"

#include <hpdf.h>
#include <hpdf_doc.h>
#include <hpdf_pages.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

enum {
    PAGES_PER_NODE = 100,
    FONT_SYMBOLIC = 4, /* Type 0 fonts have no standard letter set */
    FONT_SERIFS = 2,
    FONT_SLANTED = 64,
    STEM_WIDTH = 80,
    MAP_ROWS = 100, /* PDF allows that many rows in one block of a CMap */
    IDENTIFIER_SIZE = 16
};

typedef struct {
    HPDF_Doc doc;
    pdf_parts *parts;
    HPDF_Dict fonts, forms; /* resources shared by all pages */
    bool failed;
} writer;

/* ---- objects: a failure is remembered, later calls do nothing ---- */
static HPDF_Dict new_dict(writer *w)
{
    HPDF_Dict d = w->failed ? NULL : HPDF_Dict_New(w->doc->mmgr);
    w->failed |= !d;
    return d;
}

static HPDF_Dict new_object(writer *w)
{
    HPDF_Dict d = new_dict(w);
    if (d && HPDF_Xref_Add(w->doc->xref, d) != HPDF_OK)
        w->failed = true;
    return d;
}

static HPDF_Dict new_stream(writer *w, const buffer *content)
{
    HPDF_Dict d = w->failed ? NULL : HPDF_DictStream_New(w->doc->mmgr, w->doc->xref);
    w->failed |= !d;
    if (!d)
        return NULL;
    d->filter = HPDF_STREAM_FILTER_FLATE_DECODE;
    w->failed |= HPDF_Stream_Write(d->stream, (const HPDF_BYTE *)content->bytes,
                                   (HPDF_UINT)content->size) != HPDF_OK;
    return d;
}

static HPDF_Array new_array(writer *w)
{
    HPDF_Array a = w->failed ? NULL : HPDF_Array_New(w->doc->mmgr);
    w->failed |= !a;
    return a;
}

static void put(writer *w, HPDF_Dict d, const char *key, void *object)
{
    if (!w->failed)
        w->failed = HPDF_Dict_Add(d, key, object) != HPDF_OK;
}

static void put_name(writer *w, HPDF_Dict d, const char *key, const char *name)
{
    if (!w->failed)
        w->failed = HPDF_Dict_AddName(d, key, name) != HPDF_OK;
}

static void put_number(writer *w, HPDF_Dict d, const char *key, int number)
{
    if (!w->failed)
        w->failed = HPDF_Dict_AddNumber(d, key, number) != HPDF_OK;
}

static void append_number(writer *w, HPDF_Array a, int number)
{
    if (!w->failed)
        w->failed = HPDF_Array_AddNumber(a, number) != HPDF_OK;
}

static void append_points(writer *w, HPDF_Array a, int hundredths)
{
    if (!w->failed)
        w->failed = HPDF_Array_AddReal(a, (HPDF_REAL)hundredths / 100) != HPDF_OK;
}

static void append(writer *w, HPDF_Array a, void *object)
{
    if (!w->failed)
        w->failed = HPDF_Array_Add(a, object) != HPDF_OK;
}

static void put_ascii(writer *w, HPDF_Dict d, const char *key, const char *text)
{
    if (!w->failed)
        put(w, d, key, HPDF_String_New(w->doc->mmgr, text, NULL));
}

static void put_utf16(buffer *out, uint32_t code)
{
    if (code > 0xFFFF) {
        put_utf16(out, 0xD800 + ((code - 0x10000) >> 10));
        code = 0xDC00 + ((code - 0x10000) & 0x3FF);
    }
    buffer_byte(out, (char)(code >> 8));
    buffer_byte(out, (char)(code & 0xFF));
}

/* UTF-8 as a UTF-16BE text string with its byte order mark; an empty text is left out. */
static void put_text(writer *w, HPDF_Dict d, const char *key, const char *text)
{
    if (!*text)
        return;
    buffer wide = BUFFER_INIT;
    const utf8proc_uint8_t *at = (const utf8proc_uint8_t *)text;
    utf8proc_int32_t code;
    put_utf16(&wide, 0xFEFF);
    for (utf8proc_ssize_t size; *at && (size = utf8proc_iterate(at, -1, &code)) > 0; at += size)
        put_utf16(&wide, (uint32_t)code);
    w->failed |= wide.failed;
    if (!w->failed)
        put(w, d, key,
            HPDF_Binary_New(w->doc->mmgr, (HPDF_BYTE *)wide.bytes, (HPDF_UINT)wide.size));
    buffer_free(&wide);
}

/* ---- fonts ---- */
/* Says which character each glyph number stands for, so that text can be copied and searched. */
static void put_character_map(writer *w, HPDF_Dict font, const pdf_font *from)
{
    buffer map = BUFFER_INIT;
    buffer_text(&map, "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
                      "/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n"
                      "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
                      "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n");
    for (size_t i = 1; i < from->count; i++) {
        size_t left = from->count - i;
        if ((i - 1) % MAP_ROWS == 0)
            buffer_format(&map, "%zu beginbfchar\n", left < MAP_ROWS ? left : MAP_ROWS);
        buffer_format(&map, "<%04zx> <%04x>\n", i, (unsigned)from->codes[i]);
        if (i % MAP_ROWS == 0 || left == 1)
            buffer_text(&map, "endbfchar\n");
    }
    buffer_text(&map, "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n");
    w->failed |= map.failed;
    put(w, font, "ToUnicode", new_stream(w, &map));
    buffer_free(&map);
}

static void put_widths(writer *w, HPDF_Dict cid_font, const pdf_font *from)
{
    HPDF_Array all = new_array(w), widths = new_array(w);
    append_number(w, all, 0);
    append(w, all, widths);
    for (size_t i = 0; i < from->count; i++)
        append_number(w, widths, font_advance(from->face, from->glyphs[i]));
    put_number(w, cid_font, "DW", 1000);
    put(w, cid_font, "W", all);
}

/* "ABCDEF+LiberationSerif": six letters from the content mark a subset. */
static void subset_name(const pdf_font *from, const buffer *file, char *out, size_t size)
{
    unsigned char hash[HASH_SIZE];
    char tag[7] = {0};
    hash_bytes(hash, file->bytes, file->size);
    for (size_t i = 0; i < 6; i++)
        tag[i] = (char)('A' + hash[i] % 26);
    snprintf(out, size, "%s+%s", tag, font_postscript_name(from->face));
}

static HPDF_Dict describe_font(writer *w, const pdf_font *from, const char *name,
                               const buffer *file)
{
    const font_face *face = from->face;
    HPDF_Dict d = new_object(w), data = new_stream(w, file);
    HPDF_Array box = new_array(w);
    font_box b = font_bounds(face);
    put_number(w, data, "Length1", (int)file->size);
    put_name(w, d, "Type", "FontDescriptor");
    put_name(w, d, "FontName", name);
    put_number(w, d, "Flags",
               FONT_SYMBOLIC | FONT_SERIFS | (font_italic_angle(face) ? FONT_SLANTED : 0));
    append_number(w, box, b.left);
    append_number(w, box, b.bottom);
    append_number(w, box, b.right);
    append_number(w, box, b.top);
    put(w, d, "FontBBox", box);
    put_number(w, d, "ItalicAngle", font_italic_angle(face));
    put_number(w, d, "Ascent", font_ascent(face));
    put_number(w, d, "Descent", font_descent(face));
    put_number(w, d, "CapHeight", font_cap_height(face));
    put_number(w, d, "StemV", STEM_WIDTH);
    put(w, d, "FontFile2", data);
    return d;
}

static HPDF_Dict embed_font(writer *w, const pdf_font *from, const buffer *file)
{
    char name[96];
    subset_name(from, file, name, sizeof name);
    HPDF_Dict font = new_object(w), cid_font = new_object(w), system = new_dict(w);
    HPDF_Array descendants = new_array(w);
    put_name(w, font, "Type", "Font");
    put_name(w, font, "Subtype", "Type0");
    put_name(w, font, "BaseFont", name);
    put_name(w, font, "Encoding", "Identity-H");
    append(w, descendants, cid_font);
    put(w, font, "DescendantFonts", descendants);
    put_name(w, cid_font, "Type", "Font");
    put_name(w, cid_font, "Subtype", "CIDFontType2");
    put_name(w, cid_font, "BaseFont", name);
    put_ascii(w, system, "Registry", "Adobe");
    put_ascii(w, system, "Ordering", "Identity");
    put_number(w, system, "Supplement", 0);
    put(w, cid_font, "CIDSystemInfo", system);
    put_name(w, cid_font, "CIDToGIDMap", "Identity");
    put_widths(w, cid_font, from);
    put(w, cid_font, "FontDescriptor", describe_font(w, from, name, file));
    put_character_map(w, font, from);
    return font;
}

static status put_fonts(writer *w, fault *f)
{
    w->fonts = new_object(w);
    for (int i = 0; i < FONT_COUNT; i++) {
        pdf_font *from = &w->parts->fonts[i];
        if (!from->face || from->count < 2)
            continue;
        buffer file = BUFFER_INIT;
        status st = font_subset(from->face, from->glyphs, from->count, &file, f);
        if (st == OK) {
            char key[4] = {'F', (char)('0' + i), 0};
            put(w, w->fonts, key, embed_font(w, from, &file));
        }
        buffer_free(&file);
        TRY(st);
    }
    return OK;
}

/* ---- forms and pages ---- */
static HPDF_Dict put_form(writer *w, const pdf_page *from)
{
    HPDF_Dict form = new_stream(w, &from->content), resources = new_dict(w);
    put(w, resources, "XObject", w->forms); /* a form may show earlier ones */
    HPDF_Array box = new_array(w);
    put_name(w, form, "Type", "XObject");
    put_name(w, form, "Subtype", "Form");
    append_number(w, box, 0);
    append_number(w, box, 0);
    append_points(w, box, pdf_points(from->width));
    append_points(w, box, pdf_points(from->height));
    put(w, form, "BBox", box);
    put(w, form, "Resources", resources);
    return form;
}

static void put_forms(writer *w)
{
    w->forms = new_object(w);
    for (size_t i = 0; i < w->parts->form_count; i++) {
        char key[24];
        snprintf(key, sizeof key, "X%zu", i);
        put(w, w->forms, key, put_form(w, &w->parts->forms[i]));
        buffer_free(&w->parts->forms[i].content);
    }
}

/* An area of a page, larger by `more` on every side, as PDF's corners. */
static void put_box(writer *w, HPDF_Dict page, const char *key, const pdf_page *from, length more)
{
    const pdf_area *a = &from->cut;
    HPDF_Array box = new_array(w);
    append_points(w, box, pdf_points(a->x - more));
    append_points(w, box, pdf_points(from->height - a->y - a->height - more));
    append_points(w, box, pdf_points(a->x + a->width + more));
    append_points(w, box, pdf_points(from->height - a->y + more));
    put(w, page, key, box);
}

static void put_page(writer *w, pdf_page *from)
{
    HPDF_Page page = w->failed ? NULL : HPDF_AddPage(w->doc);
    w->failed |= !page;
    if (w->failed)
        return;
    HPDF_Page_SetWidth(page, (HPDF_REAL)pdf_points(from->width) / 100);
    HPDF_Page_SetHeight(page, (HPDF_REAL)pdf_points(from->height) / 100);
    HPDF_Dict resources = HPDF_Dict_GetItem(page, "Resources", HPDF_OCLASS_DICT);
    w->failed |= !resources;
    put(w, resources, "Font", w->fonts);
    put(w, resources, "XObject", w->forms);
    if (from->cut.width) {
        put_box(w, page, "TrimBox", from, 0);
        put_box(w, page, "BleedBox", from, from->bleed);
    }
    HPDF_Stream stream = ((HPDF_PageAttr)page->attr)->stream;
    w->failed |= HPDF_Stream_Write(stream, (const HPDF_BYTE *)from->content.bytes,
                                   (HPDF_UINT)from->content.size) != HPDF_OK;
    buffer_free(&from->content);
}

static void put_bookmarks(writer *w)
{
    HPDF_Outline chapter = NULL;
    for (size_t i = 0; i < w->parts->bookmark_count && !w->failed; i++) {
        const pdf_bookmark *from = &w->parts->bookmarks[i];
        HPDF_Page page = HPDF_GetPageByIndex(w->doc, (HPDF_UINT)from->page);
        HPDF_Outline line = HPDF_CreateOutline(w->doc, from->level ? chapter : NULL, "-", NULL);
        HPDF_Array to = new_array(w);
        w->failed |= !line || !page;
        if (w->failed)
            return;
        append(w, to, page);
        w->failed |= HPDF_Array_AddName(to, "XYZ") != HPDF_OK;
        append_number(w, to, 0);
        append_points(w, to, pdf_points(w->parts->pages[from->page].height - from->y));
        append_number(w, to, 0); /* 0: keep the reader's zoom, which libharu's own call refuses */
        put(w, line, "Dest", to);
        put_text(w, line, "Title", from->title);
        chapter = from->level ? chapter : line;
    }
    if (w->parts->bookmark_count)
        w->failed |= HPDF_SetPageMode(w->doc, HPDF_PAGE_MODE_USE_OUTLINE) != HPDF_OK;
}

/* ---- the document ---- */
/* What makes the file a PDF/A-2u: metadata that any program can read without unpacking it, and the
 * meaning of its colours. */
static void put_archive(writer *w, const canvas_facts *facts)
{
    buffer metadata = BUFFER_INIT, profile = BUFFER_INIT;
    archive_metadata(facts, &metadata);
    archive_profile(&profile);
    w->failed |= metadata.failed || profile.failed;
    HPDF_Dict packet = new_stream(w, &metadata), colors = new_stream(w, &profile);
    HPDF_Dict intent = new_dict(w);
    HPDF_Array intents = new_array(w);
    if (packet)
        packet->filter = HPDF_STREAM_FILTER_NONE;
    put_name(w, packet, "Type", "Metadata");
    put_name(w, packet, "Subtype", "XML");
    put(w, w->doc->catalog, "Metadata", packet);
    put_number(w, colors, "N", 3);
    put_name(w, intent, "Type", "OutputIntent");
    put_name(w, intent, "S", "GTS_PDFA1");
    put_ascii(w, intent, "OutputConditionIdentifier", "sRGB IEC61966-2-1");
    put(w, intent, "DestOutputProfile", colors);
    append(w, intents, intent);
    put(w, w->doc->catalog, "OutputIntents", intents);
    buffer_free(&metadata);
    buffer_free(&profile);
}

static void put_facts(writer *w, const canvas_facts *facts)
{
    HPDF_Date day = {facts->day.year, facts->day.month, facts->day.day, 0, 0, 0, '+', 7, 0};
    if (!w->failed && date_valid(facts->day))
        w->failed = HPDF_SetInfoDateAttr(w->doc, HPDF_INFO_CREATION_DATE, day) != HPDF_OK;
    if (w->failed)
        return;
    put_text(w, w->doc->info, "Title", facts->title);
    put_text(w, w->doc->info, "Author", facts->author);
    put_text(w, w->doc->info, "Subject", facts->subject);
    put_ascii(w, w->doc->info, "Creator", ARCHIVE_CREATOR);
    put_ascii(w, w->doc->info, "Producer", ARCHIVE_PRODUCER);
    put_ascii(w, w->doc->catalog, "Lang", "vi-VN");
    HPDF_Dict shown = new_dict(w);
    if (!w->failed)
        put(w, shown, "DisplayDocTitle", HPDF_Boolean_New(w->doc->mmgr, HPDF_TRUE));
    put(w, w->doc->catalog, "ViewerPreferences", shown);
}

/* Two runs over the same data give the same identifier, two documents different ones. */
static void set_identifier(writer *w, const canvas_facts *facts)
{
    hash_state state;
    unsigned char hash[HASH_SIZE];
    hash_start(&state, NULL, 0);
    hash_piece(&state, facts->title, strlen(facts->title));
    for (size_t i = 0; i < w->parts->page_count; i++)
        hash_piece(&state, w->parts->pages[i].content.bytes, w->parts->pages[i].content.size);
    hash_end(&state, hash);
    HPDF_Array identifier = new_array(w);
    for (int i = 0; i < 2 && !w->failed; i++)
        append(w, identifier, HPDF_Binary_New(w->doc->mmgr, hash, IDENTIFIER_SIZE));
    put(w, w->doc->trailer, "ID", identifier);
}

static status save(writer *w, buffer *out, fault *f)
{
    if (!w->failed)
        w->failed = HPDF_SaveToStream(w->doc) != HPDF_OK || HPDF_GetError(w->doc) != HPDF_OK;
    if (w->failed)
        return FAIL(f, E_SYSTEM, "không tạo được PDF: libharu báo lỗi 0x%04lX (hết bộ nhớ?)",
                    "cannot make the PDF: libharu reports 0x%04lX (out of memory?)",
                    (unsigned long)HPDF_GetError(w->doc));
    HPDF_Stream stream = w->doc->stream;
    for (HPDF_UINT i = 0; i < HPDF_MemStream_GetBufCount(stream); i++) {
        HPDF_UINT size;
        const HPDF_BYTE *bytes = HPDF_MemStream_GetBufPtr(stream, i, &size);
        buffer_put(out, bytes, size);
    }
    return buffer_check(out, f);
}

status pdf_write(pdf_parts *parts, const canvas_facts *facts, buffer *out, fault *f)
{
    writer w = {.doc = HPDF_New(NULL, NULL), .parts = parts};
    if (!w.doc)
        return fault_memory(f);
    w.doc->pdf_version = HPDF_VER_17;
    w.failed = HPDF_SetCompressionMode(w.doc, HPDF_COMP_ALL) != HPDF_OK ||
               HPDF_SetPagesConfiguration(w.doc, PAGES_PER_NODE) != HPDF_OK;
    put_facts(&w, facts);
    put_archive(&w, facts);
    set_identifier(&w, facts);
    status st = put_fonts(&w, f);
    if (st == OK) {
        put_forms(&w);
        for (size_t i = 0; i < parts->page_count; i++)
            put_page(&w, &parts->pages[i]);
        put_bookmarks(&w);
        st = save(&w, out, f);
    }
    HPDF_Free(w.doc);
    return st;
}
