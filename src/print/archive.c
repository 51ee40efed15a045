/* The XMP packet and the sRGB profile of a PDF/A-2u file. */
#include "archive.h"

#include <string.h>

/* ---- XMP ---- */
/* Text of an element: markup escaped, control characters (which XML cannot hold) left out. */
static void put_xml(buffer *out, const char *text)
{
    for (; *text; text++) {
        if (*text == '&')
            buffer_text(out, "&amp;");
        else if (*text == '<')
            buffer_text(out, "&lt;");
        else if (*text == '>')
            buffer_text(out, "&gt;");
        else if (*text == '\n')
            buffer_text(out, "&#10;");
        else if ((unsigned char)*text >= ' ')
            buffer_byte(out, *text);
    }
}

/* One property in the default language, left out when there is nothing to say. */
static void put_localized(buffer *out, const char *name, const char *text)
{
    if (!*text)
        return;
    buffer_format(out, "<dc:%s><rdf:Alt><rdf:li xml:lang=\"x-default\">", name);
    put_xml(out, text);
    buffer_format(out, "</rdf:li></rdf:Alt></dc:%s>\n", name);
}

void archive_metadata(const canvas_facts *facts, buffer *out)
{
    buffer_text(out, "<?xpacket begin=\"\xEF\xBB\xBF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
                     "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n"
                     "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
                     "<rdf:Description rdf:about=\"\""
                     " xmlns:dc=\"http://purl.org/dc/elements/1.1/\""
                     " xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\""
                     " xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\""
                     " xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\">\n"
                     "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>U</pdfaid:conformance>\n"
                     "<dc:format>application/pdf</dc:format>\n"
                     "<dc:language><rdf:Bag><rdf:li>vi-VN</rdf:li></rdf:Bag></dc:language>\n");
    put_localized(out, "title", facts->title);
    put_localized(out, "description", facts->subject);
    if (*facts->author) {
        buffer_text(out, "<dc:creator><rdf:Seq><rdf:li>");
        put_xml(out, facts->author);
        buffer_text(out, "</rdf:li></rdf:Seq></dc:creator>\n");
    }
    if (date_valid(facts->day))
        buffer_format(out, "<xmp:CreateDate>%04d-%02d-%02dT00:00:00+07:00</xmp:CreateDate>\n",
                      facts->day.year, facts->day.month, facts->day.day);
    buffer_text(out, "<xmp:CreatorTool>" ARCHIVE_CREATOR "</xmp:CreatorTool>\n"
                     "<pdf:Producer>" ARCHIVE_PRODUCER "</pdf:Producer>\n"
                     "</rdf:Description>\n</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"r\"?>\n");
}

/* ---- sRGB (IEC 61966-2-1) as an ICC profile of version 4 ---- */
static void put_u32(buffer *out, uint32_t n)
{
    for (int shift = 24; shift >= 0; shift -= 8)
        buffer_byte(out, (char)(n >> shift & 0xFF));
}

static void put_numbers(buffer *out, const char *type, const int32_t *numbers, size_t count)
{
    buffer_put(out, type, 4);
    put_u32(out, 0);
    for (size_t i = 0; i < count; i++)
        put_u32(out, (uint32_t)numbers[i]);
}

/* A text of one language in UTF-16, as long as a multiple of four. */
static void put_words(buffer *out, const char *ascii)
{
    size_t letters = strlen(ascii), start = out->size;
    buffer_put(out, "mluc\0\0\0\0\0\0\0\1\0\0\0\14enUS", 20);
    put_u32(out, (uint32_t)(2 * letters));
    put_u32(out, 28);
    for (size_t i = 0; i < letters; i++) {
        buffer_byte(out, 0);
        buffer_byte(out, ascii[i]);
    }
    while ((out->size - start) % 4)
        buffer_byte(out, 0);
}

enum { PROFILE_HEAD = 128, PROFILE_TAGS = 10, FIXED_ONE = 65536 };

static void put_profile_head(buffer *out, uint32_t size)
{
    put_u32(out, size);
    put_u32(out, 0);
    put_u32(out, 0x04200000);
    buffer_put(out, "mntrRGB XYZ \7\350\0\1\0\1\0\0\0\0\0\0acsp", 28); /* 1 January 2024 */
    for (int i = 0; i < 7; i++) /* platform, flags, maker, model, attributes, intent */
        put_u32(out, 0);
    put_u32(out, 63190); /* the white of the connection space, D50 */
    put_u32(out, FIXED_ONE);
    put_u32(out, 54061);
    while (out->size % PROFILE_HEAD)
        buffer_byte(out, 0);
}

void archive_profile(buffer *out)
{
    /* s15.16 numbers; primaries and white adapted to D50 by Bradford's matrix */
    static const int32_t white[] = {63190, FIXED_ONE, 54061};
    static const int32_t red[] = {28579, 14582, 913}, green[] = {25236, 46981, 6364},
                         blue[] = {9375, 3973, 46784};
    static const int32_t adapted[] = {68669, 1500, -3285, 1936, 64912, -1117, -605, 986, 49292};
    /* parametric curve 3: (aX + b)^g from d on, cX below */
    static const int32_t curve[] = {3 << 16, 157286, 62119, 3417, 5072, 2651};
    static const struct {
        const char *tag;
        int part; /* what it points to: tags may share */
    } tags[PROFILE_TAGS] = {{"desc", 0}, {"cprt", 1}, {"wtpt", 2}, {"rXYZ", 3}, {"gXYZ", 4},
                            {"bXYZ", 5}, {"chad", 6}, {"rTRC", 7}, {"gTRC", 7}, {"bTRC", 7}};
    buffer head = BUFFER_INIT, parts = BUFFER_INIT;
    size_t at[9];
    size_t first = PROFILE_HEAD + 4 + 12 * PROFILE_TAGS;
    at[0] = parts.size, put_words(&parts, "sRGB IEC61966-2-1");
    at[1] = parts.size, put_words(&parts, "No copyright, use freely");
    at[2] = parts.size, put_numbers(&parts, "XYZ ", white, 3);
    at[3] = parts.size, put_numbers(&parts, "XYZ ", red, 3);
    at[4] = parts.size, put_numbers(&parts, "XYZ ", green, 3);
    at[5] = parts.size, put_numbers(&parts, "XYZ ", blue, 3);
    at[6] = parts.size, put_numbers(&parts, "sf32", adapted, 9);
    at[7] = parts.size, put_numbers(&parts, "para", curve, 6);
    at[8] = parts.size;
    put_profile_head(&head, (uint32_t)(first + parts.size));
    put_u32(&head, PROFILE_TAGS);
    for (size_t i = 0; i < PROFILE_TAGS; i++) {
        int part = tags[i].part;
        buffer_put(&head, tags[i].tag, 4);
        put_u32(&head, (uint32_t)(first + at[part]));
        put_u32(&head, (uint32_t)(at[part + 1] - at[part]));
    }
    buffer_put(out, head.bytes, head.size);
    buffer_put(out, parts.bytes, parts.size);
    out->failed |= head.failed || parts.failed;
    buffer_free(&head);
    buffer_free(&parts);
}
