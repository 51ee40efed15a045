/* Decoding of TCVN3, VNI, VISCII, VPS, windows-1258, VIQR and UTF-8 read as windows-1252. */
#include "text/legacy.h"

#include "text/syllable.h"
#include "text/utf8.h"

#include <string.h>

static const uint16_t cp1252_high[32] = {
    0x20AC, 0x81,   0x201A, 0x192,  0x201E, 0x2026, 0x2020, 0x2021, 0x2C6,  0x2030, 0x160,
    0x2039, 0x152,  0x8D,   0x17D,  0x8F,   0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x2DC,  0x2122, 0x161,  0x203A, 0x153,  0x9D,   0x17E,  0x178};

uint32_t legacy_character(uint8_t byte)
{
    return byte >= 0x80 && byte < 0xA0 ? cp1252_high[byte - 0x80] : byte;
}

int legacy_byte(uint32_t c)
{
    if (c < 0x100)
        return (int)c;
    if (c >= 0xF020 && c < 0xF100)
        return (int)(c - 0xF000);
    for (int i = 0; i < 32; i++)
        if (cp1252_high[i] == c)
            return 0x80 + i;
    return -1;
}

bool legacy_bytes(slice utf8, buffer *out)
{
    const uint8_t *p = (const uint8_t *)utf8.bytes, *end = p + utf8.size;
    size_t start = out->size;
    while (p < end) {
        uint32_t c;
        bool bad;
        p += utf8_next(p, end, &c, &bad);
        int byte = bad ? -1 : legacy_byte(c);
        if (byte < 0) {
            buffer_end(out, start);
            return false;
        }
        buffer_byte(out, (char)byte);
    }
    return true;
}

/* One letter a byte; a byte without one is what windows-1252 says: Word's quotes and dashes. The table has
 * three bytes of UTF-8 and their size for each byte. */
static void decode_bytes(const uint8_t table[4 * 256], slice s, uint8_t **to)
{
    uint8_t *o = *to;
    for (size_t i = 0; i < s.size; i++) {
        const uint8_t *utf8 = table + 4 * (uint8_t)s.bytes[i];
        memcpy(o, utf8, 4);
        o += utf8[3];
    }
    *to = o;
}

static void decode_vni(slice s, uint8_t **to)
{
    for (size_t i = 0; i < s.size; i++) {
        uint8_t byte = (uint8_t)s.bytes[i], next = i + 1 < s.size ? (uint8_t)s.bytes[i + 1] : 0;
        uint32_t c = vni_pair[vni_first[byte]][vni_second[next]];
        i += c != 0;
        if (!c)
            c = set_letter[SET_VNI][byte];
        *to += utf8_put(*to, c ? c : legacy_character(byte));
    }
}

/* ---- VIQR, RFC 1456: a^ a( o+ for shapes, ' ` ? ~ . for tones, dd for đ, \ keeps what follows ---- */
static uint32_t viqr_mark(uint8_t byte)
{
    switch (byte) {
    case '^': return 0x302;
    case '(': return 0x306;
    case '+':
    case '*': return 0x31B;
    case '`': return 0x300;
    case '\'': return 0x301;
    case '?': return 0x309;
    case '~': return 0x303;
    case '.': return 0x323;
    default: return 0;
    }
}

static void decode_viqr(slice s, uint8_t **to)
{
    for (size_t i = 0; i < s.size; i++) {
        uint8_t byte = (uint8_t)s.bytes[i], next = i + 1 < s.size ? (uint8_t)s.bytes[i + 1] : 0;
        uint16_t letter = byte < 0x80 ? letter_of[byte] : 0;
        if (byte == '\\' && viqr_mark(next)) {
            *to += utf8_put(*to, next);
            i++;
            continue;
        }
        if ((byte == 'd' || byte == 'D') && (next == 'd' || next == 'D')) {
            *to += utf8_put(*to, byte == 'd' ? 0x111 : 0x110);
            i++;
            continue;
        }
        if (!letter) {
            *to += utf8_put(*to, legacy_character(byte));
            continue;
        }
        while (i + 1 < s.size && letter_add_mark(&letter, viqr_mark((uint8_t)s.bytes[i + 1])))
            i++;
        *to +=
            utf8_put(*to, letter_point(letter_part(letter), tone_part(letter), case_part(letter)));
    }
}

static int set_of(text_encoding from)
{
    switch (from) {
    case ENCODING_TCVN3:
    case ENCODING_TCVN3_CAPITAL: return SET_TCVN3;
    case ENCODING_VNI: return SET_VNI;
    case ENCODING_VISCII: return SET_VISCII;
    case ENCODING_VPS: return SET_VPS;
    case ENCODING_CP1258: return SET_CP1258;
    default: return -1;
    }
}

size_t legacy_strays(text_encoding from, slice s)
{
    int set = set_of(from);
    size_t strays = 0;
    if (set < 0 || set == SET_CP1258) /* which has most of windows-1252's letters */
        return 0;
    for (size_t i = 0; i < s.size; i++) {
        uint8_t byte = (uint8_t)s.bytes[i], next = i + 1 < s.size ? (uint8_t)s.bytes[i + 1] : 0;
        if (set == SET_VNI && vni_pair[vni_first[byte]][vni_second[next]])
            i++;
        else
            strays += byte >= 0xC0 && !set_letter[set][byte];
    }
    return strays;
}

/* ---- UTF-8 read as windows-1252, once or twice ---- */
static bool has_high_bytes(const buffer *b)
{
    for (size_t i = 0; i < b->size; i++)
        if ((uint8_t)b->bytes[i] >= 0x80)
            return true;
    return false;
}

static bool undo_misreading(slice bytes, buffer *out)
{
    enum { ROUNDS = 2 };
    buffer now = BUFFER_INIT, next = BUFFER_INIT;
    buffer_put(&now, bytes.bytes, bytes.size);
    size_t start = out->size;
    bool found = false, again = true;
    for (int i = 0; i < ROUNDS && again; i++) {
        slice s = {now.bytes, now.size};
        if (!text_is_utf8(s) || !has_high_bytes(&now))
            break;
        buffer_end(out, start);
        buffer_put(out, s.bytes, s.size);
        found = true;
        buffer_clear(&next);
        again = legacy_bytes(s, &next);
        buffer swap = now;
        now = next;
        next = swap;
    }
    out->failed |= now.failed || next.failed;
    buffer_free(&now);
    buffer_free(&next);
    return found;
}

bool legacy_decode(text_encoding from, slice s, buffer *out)
{
    uint8_t *start = (uint8_t *)buffer_reserve(out, 3 * s.size + 4), *to = start;
    if (!start)
        return true; /* out->failed says it */
    switch (from) {
    case ENCODING_VNI: decode_vni(s, &to); break;
    case ENCODING_VIQR: decode_viqr(s, &to); break;
    case ENCODING_MOJIBAKE: return undo_misreading(s, out);
    case ENCODING_TCVN3_CAPITAL: decode_bytes(set_utf8[SET_COUNT], s, &to); break;
    default: decode_bytes(set_utf8[set_of(from)], s, &to); break;
    }
    buffer_end(out, out->size + (size_t)(to - start));
    return true;
}
