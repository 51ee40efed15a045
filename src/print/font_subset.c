/* Cuts a TrueType face down to the glyphs a document uses, without hinting.
 *
 * libharu 2.3.0 forgets the parts of nested composite glyphs, so that marks vanish on paper while the
 * text still copies right; here every part is followed to any depth and renumbered. */
#include "font_face.h"

#include <string.h>

enum {
    ARGUMENTS_ARE_WORDS = 1,
    HAS_SCALE = 8,
    MORE_PARTS = 32,
    HAS_TWO_SCALES = 64,
    HAS_MATRIX = 128,
    HAS_INSTRUCTIONS = 256,
    HEAD_SIZE = 54,
    HHEA_SIZE = 36,
    MAXP_SIZE = 32
};

typedef struct {
    const font_face *face;
    arena *mem;
    uint16_t *glyphs;  /* new number -> old number */
    uint16_t *numbers; /* old number -> new number + 1 */
    size_t count;
    buffer glyf, loca;
} subset;

static void put_u16(buffer *b, unsigned n)
{
    buffer_byte(b, (char)(n >> 8 & 0xFF));
    buffer_byte(b, (char)(n & 0xFF));
}

static void put_u32(buffer *b, size_t n)
{
    put_u16(b, (unsigned)(n >> 16 & 0xFFFF));
    put_u16(b, (unsigned)(n & 0xFFFF));
}

static unsigned new_number(subset *s, unsigned old)
{
    if (old >= s->face->glyph_count)
        return 0;
    if (!s->numbers[old]) {
        s->glyphs[s->count] = (uint16_t)old;
        s->numbers[old] = (uint16_t)(++s->count);
    }
    return s->numbers[old] - 1u;
}

/* A simple outline: everything but the instructions between contour ends and flags. */
static void put_simple(subset *s, font_table t, size_t contours)
{
    size_t lengths_at = 10 + 2 * contours;
    size_t instructions = font_u16(t, lengths_at);
    size_t rest = lengths_at + 2 + instructions;
    if (rest > t.size)
        return;
    buffer_put(&s->glyf, t.at, lengths_at);
    put_u16(&s->glyf, 0);
    buffer_put(&s->glyf, t.at + rest, t.size - rest);
}

static void put_composite(subset *s, font_table t)
{
    buffer_put(&s->glyf, t.at, 10);
    size_t at = 10;
    unsigned flags;
    do {
        flags = font_u16(t, at);
        size_t more = flags & ARGUMENTS_ARE_WORDS ? 4 : 2;
        more += flags & HAS_SCALE ? 2 : flags & HAS_TWO_SCALES ? 4 : flags & HAS_MATRIX ? 8 : 0;
        if (at + 4 + more > t.size)
            return;
        put_u16(&s->glyf, flags & ~(unsigned)HAS_INSTRUCTIONS);
        put_u16(&s->glyf, new_number(s, font_u16(t, at + 2)));
        buffer_put(&s->glyf, t.at + at + 4, more);
        at += 4 + more;
    } while (flags & MORE_PARTS);
}

static void put_glyphs(subset *s)
{
    for (size_t i = 0; i < s->count; i++) { /* composites lengthen the list while it is walked */
        put_u32(&s->loca, s->glyf.size);
        font_table t = font_outline(s->face, s->glyphs[i]);
        int contours = t.size ? font_i16(t, 0) : 0;
        if (contours > 0)
            put_simple(s, t, (size_t)contours);
        else if (contours < 0)
            put_composite(s, t);
        while (s->glyf.size % 4)
            buffer_byte(&s->glyf, 0);
    }
    put_u32(&s->loca, s->glyf.size);
}

static uint32_t checksum(const buffer *b, size_t from, size_t size)
{
    font_table t = {(const unsigned char *)b->bytes + from, size};
    uint32_t sum = 0;
    for (size_t i = 0; i < size; i += 4)
        sum += font_u32(t, i);
    return sum;
}

/* The six tables a PDF viewer needs, in the order of their tags. */
static void put_file(subset *s, buffer *out)
{
    buffer head = BUFFER_INIT, hhea = BUFFER_INIT, hmtx = BUFFER_INIT, maxp = BUFFER_INIT;
    buffer_put(&head, s->face->head.at, HEAD_SIZE);
    buffer_put(&hhea, s->face->hhea.at, HHEA_SIZE);
    buffer_put(&maxp, s->face->maxp.at, MAXP_SIZE);
    for (size_t i = 0; i < s->count; i++) {
        size_t glyph = s->glyphs[i], metrics = s->face->metric_count;
        bool own = glyph < metrics;
        put_u16(&hmtx, font_u16(s->face->hmtx, 4 * (own ? glyph : metrics - 1)));
        put_u16(&hmtx,
                font_u16(s->face->hmtx, own ? 4 * glyph + 2 : 4 * metrics + 2 * (glyph - metrics)));
    }
    if (!head.failed && !hhea.failed && !maxp.failed) {
        memset(head.bytes + 8, 0, 4);       /* the file's checksum, set below */
        memcpy(head.bytes + 50, "\0\1", 2); /* long offsets in loca */
        hhea.bytes[34] = maxp.bytes[4] = (char)(s->count >> 8);
        hhea.bytes[35] = maxp.bytes[5] = (char)(s->count & 0xFF);
        memset(maxp.bytes + 14, 0, 14); /* no instructions, so none of what they use */
        memcpy(maxp.bytes + 14, "\0\1", 2);
    }
    const struct {
        const char *tag;
        const buffer *bytes;
    } tables[] = {{"glyf", &s->glyf}, {"head", &head},    {"hhea", &hhea},
                  {"hmtx", &hmtx},    {"loca", &s->loca}, {"maxp", &maxp}};
    size_t count = sizeof tables / sizeof *tables, start = out->size, at = 12 + 16 * count;
    size_t head_at = 0;
    buffer_put(out, "\0\1\0\0\0\6\0\100\0\2\0\40", 12);
    for (size_t i = 0; i < count; i++) {
        size_t size = tables[i].bytes->size;
        buffer_put(out, tables[i].tag, 4);
        put_u32(out, checksum(tables[i].bytes, 0, size));
        put_u32(out, at);
        put_u32(out, size);
        at += (size + 3) & ~(size_t)3;
    }
    for (size_t i = 0; i < count; i++) {
        head_at = tables[i].bytes == &head ? out->size : head_at;
        buffer_put(out, tables[i].bytes->bytes, tables[i].bytes->size);
        while ((out->size - start) % 4)
            buffer_byte(out, 0);
    }
    out->failed |= head.failed || hhea.failed || hmtx.failed || maxp.failed || s->glyf.failed ||
                   s->loca.failed;
    if (!out->failed) {
        uint32_t sum = 0xB1B0AFBAu - checksum(out, start, out->size - start);
        for (size_t i = 0; i < 4; i++)
            out->bytes[head_at + 8 + i] = (char)(sum >> (24 - 8 * i) & 0xFF);
    }
    buffer_free(&head);
    buffer_free(&hhea);
    buffer_free(&hmtx);
    buffer_free(&maxp);
}

status font_subset(const font_face *face, const uint16_t *glyphs, size_t count, buffer *out,
                   fault *f)
{
    size_t all = face->glyph_count;
    subset s = {.face = face,
                .mem = arena_new(4 * sizeof(uint16_t) * (all + count) + 4096),
                .glyf = BUFFER_INIT,
                .loca = BUFFER_INIT};
    if (s.mem) {
        s.glyphs = ARENA_ARRAY(s.mem, uint16_t, all + count);
        s.numbers = ARENA_ARRAY(s.mem, uint16_t, all);
    }
    status st = s.glyphs && s.numbers ? OK : fault_memory(f);
    if (st == OK) {
        for (size_t i = 0; i < count; i++) {
            s.glyphs[i] = glyphs[i];
            if (glyphs[i] < all)
                s.numbers[glyphs[i]] = (uint16_t)(i + 1);
        }
        s.count = count;
        put_glyphs(&s);
        put_file(&s, out);
        st = buffer_check(out, f);
    }
    buffer_free(&s.glyf);
    buffer_free(&s.loca);
    arena_free(s.mem);
    return st;
}
