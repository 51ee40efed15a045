/* Build-time program: reads the lists of src/text/data and writes the tables of tables.h as C. */
#include "text/tables.h"

#include <inttypes.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

static const char *folder;

__attribute__((noreturn, format(printf, 1, 2))) static void fail(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    vfprintf(stderr, format, args);
    va_end(args);
    fputc('\n', stderr);
    exit(1);
}

static FILE *open_list(const char *name)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *f = fopen(path, "r");
    if (!f)
        fail("%s: cannot be opened", path);
    return f;
}

/* The next line that is neither empty nor a comment, split at blanks. */
enum { FIELDS = 128 };
static size_t next_line(FILE *f, char *fields[FIELDS])
{
    static char line[4096];
    while (fgets(line, sizeof line, f)) {
        size_t n = 0;
        for (char *p = strtok(line, " \n"); p && n < FIELDS; p = strtok(NULL, " \n"))
            fields[n++] = p;
        if (n && fields[0][0] != '#')
            return n;
    }
    fclose(f);
    return 0;
}

static uint32_t decode_one(const char **p)
{
    utf8proc_int32_t c;
    utf8proc_ssize_t n = utf8proc_iterate((const utf8proc_uint8_t *)*p, -1, &c);
    if (n <= 0)
        fail("bad UTF-8 near “%s”", *p);
    *p += n;
    return (uint32_t)c;
}

static uint32_t code_point(const char *text)
{
    if (strncmp(text, "U+", 2) == 0)
        return (uint32_t)strtoul(text + 2, NULL, 16);
    return decode_one(&text);
}

/* ---- letters ---- */
static uint16_t of[LETTER_SPAN];
static uint16_t points[LETTER_COUNT][2 * TONE_COUNT]; /* tone, then case */
static uint8_t bases[LETTER_COUNT];

static void add_letter(unsigned letter, unsigned tone, uint32_t lower)
{
    uint32_t upper = (uint32_t)utf8proc_toupper((utf8proc_int32_t)lower);
    of[letter_index(lower)] = LETTER_PACK(letter, tone, CASE_LOWER);
    of[letter_index(upper)] = LETTER_PACK(letter, tone, CASE_UPPER);
    points[letter][2 * tone + CASE_LOWER] = (uint16_t)lower;
    points[letter][2 * tone + CASE_UPPER] = (uint16_t)upper;
}

/* The first character of the full decomposition: ể → e. đ has none. */
static uint32_t without_marks(uint32_t c)
{
    utf8proc_int32_t parts[8];
    int boundary = 0;
    utf8proc_decompose_char((utf8proc_int32_t)c, parts, 8, UTF8PROC_DECOMPOSE, &boundary);
    return c == 0x111 ? 'd' : (uint32_t)parts[0];
}

static void read_letters(void)
{
    FILE *f = open_list("letters.txt");
    char *fields[FIELDS];
    size_t n;
    for (unsigned letter = 1; (n = next_line(f, fields)) != 0; letter++) {
        if (letter >= LETTER_COUNT || n > TONE_COUNT)
            fail("letters.txt: too many letters or tones");
        for (unsigned tone = 0; tone < n; tone++)
            add_letter(letter, tone, code_point(fields[tone]));
        bases[letter] = (uint8_t)letter_part(of[without_marks(points[letter][0])]);
    }
}

/* ---- normalisation ---- */
static const uint16_t marks[MARK_COUNT] = {0x300, 0x301, 0x302, 0x303, 0x306, 0x309, 0x31B, 0x323};
static uint16_t composition[LETTER_SPAN][MARK_COUNT];
static uint8_t safe[0x10000 / 8];

static size_t nfc(const utf8proc_int32_t *in, size_t n, utf8proc_int32_t out[32])
{
    char bytes[64];
    size_t size = 0;
    for (size_t i = 0; i < n; i++)
        size += (size_t)utf8proc_encode_char(in[i], (utf8proc_uint8_t *)bytes + size);
    bytes[size] = '\0';
    utf8proc_uint8_t *mapped = utf8proc_NFC((utf8proc_uint8_t *)bytes);
    const char *p = (const char *)mapped;
    size_t count = 0;
    while (*p && count < 32)
        out[count++] = (utf8proc_int32_t)decode_one(&p);
    free(mapped);
    return count;
}

static void make_compositions(void)
{
    utf8proc_int32_t out[32];
    for (int i = 0x20; i < LETTER_SPAN; i++) {
        utf8proc_int32_t base = i < LETTER_LATIN ? i : i - LETTER_LATIN + 0x1E00;
        for (int k = 0; k < MARK_COUNT; k++)
            if (nfc((utf8proc_int32_t[]){base, marks[k]}, 2, out) == 1)
                composition[i][k] = (uint16_t)out[0];
    }
}

static bool starter_kept_by_nfc(utf8proc_int32_t c)
{
    utf8proc_int32_t out[32];
    return utf8proc_codepoint_valid(c) && utf8proc_get_property(c)->combining_class == 0 &&
           nfc(&c, 1, out) == 1 && out[0] == c;
}

/* Whatever is last in some canonical decomposition may compose with what stands before it. */
static void make_safe(void)
{
    for (utf8proc_int32_t c = 0x20; c < 0x10000; c++)
        if (starter_kept_by_nfc(c))
            safe[c >> 3] |= (uint8_t)(1 << (c & 7));
    for (utf8proc_int32_t c = 0x20; c < 0x110000; c++) {
        utf8proc_int32_t parts[32];
        int boundary = 0;
        utf8proc_ssize_t n =
            utf8proc_codepoint_valid(c)
                ? utf8proc_decompose_char(c, parts, 32, UTF8PROC_DECOMPOSE, &boundary)
                : 0;
        for (utf8proc_ssize_t i = 1; i < n; i++)
            if (parts[i] < 0x10000)
                safe[parts[i] >> 3] &= (uint8_t) ~(1 << (parts[i] & 7));
    }
}

/* ---- what characters say ---- */
static uint8_t saying[SAYS_SPAN];
static const uint16_t cp1252[32] = {0x20AC, 0x81,   0x201A, 0x192,  0x201E, 0x2026, 0x2020, 0x2021,
                                    0x2C6,  0x2030, 0x160,  0x2039, 0x152,  0x8D,   0x17D,  0x8F,
                                    0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                    0x2DC,  0x2122, 0x161,  0x203A, 0x153,  0x9D,   0x17E,  0x178};

static bool needs_care(uint32_t c)
{
    bool control = c < 0x20 || (c >= 0x7F && c <= 0xA0);
    bool blank_or_invisible = c == 0xAD || (c >= 0x2000 && c <= 0x200F) ||
                              (c >= 0x2028 && c <= 0x202F) || (c >= 0x205F && c <= 0x206F) ||
                              c == 0x180E || c == 0x1680;
    return control || blank_or_invisible || !(safe[c >> 3] >> (c & 7) & 1);
}

static void make_sayings(void)
{
    for (uint32_t c = 0; c < SAYS_SPAN; c++)
        saying[c] = needs_care(c) ? SAYS_CARE : 0;
    for (uint32_t c = 0x80; c < 0x100; c++)
        saying[c] |= SAYS_BYTE;
    for (int i = 0; i < 32; i++)
        if (cp1252[i] < SAYS_SPAN)
            saying[cp1252[i]] |= SAYS_BYTE;
    /* What everyone types says nothing. */
    static const uint16_t common[] = {0xA0,   0xAB,   0xBB,   0x2013, 0x2014,
                                      0x2018, 0x2019, 0x201C, 0x201D, 0x2026};
    for (size_t i = 0; i < sizeof common / sizeof *common; i++)
        saying[common[i]] &= (uint8_t)~SAYS_BYTE;
    for (uint32_t c = 0x100; c < SAYS_SPAN; c++)
        if (letter_index(c) >= 0 && of[letter_index(c)])
            saying[c] |= SAYS_VIETNAMESE;
    for (int k = 0; k < MARK_COUNT; k++)
        saying[marks[k]] |= SAYS_VIETNAMESE;
    for (uint32_t c = 0x370; c < 0x530; c++)
        saying[c] |= SAYS_LOOKALIKE;
    static const uint16_t strokes[] = {0xD0, 0xF0, 0x189, 0x256};
    for (int i = 0; i < 4; i++)
        saying[strokes[i]] |= SAYS_LOOKALIKE;
}

/* ---- syllables ---- */
static uint64_t syllables[1 << SYLLABLE_SLOT_BITS], bare[1 << SYLLABLE_SLOT_BITS];

static void insert(uint64_t *slots, int bits, uint64_t key, uint64_t mask, uint64_t value)
{
    size_t at = slot_start(key, bits);
    while (slots[at] && (slots[at] & mask) != key)
        at = (at + 1) & (((size_t)1 << bits) - 1);
    if (!slots[at])
        slots[at] = value;
}

typedef struct {
    unsigned letters[16];
    size_t count;
    unsigned tone;
} spelling;

/* False when some character is no letter of the alphabet. */
static bool spell(const char *text, spelling *s)
{
    *s = (spelling){0};
    while (*text) {
        int at = letter_index(decode_one(&text));
        if (at < 0 || !of[at] || s->count == 16)
            return false;
        s->letters[s->count++] = letter_part(of[at]);
        if (tone_part(of[at]))
            s->tone = tone_part(of[at]);
    }
    return true;
}

static uint64_t key_of(const spelling *s)
{
    uint64_t key = 0;
    for (size_t i = 0; i < s->count; i++)
        key = key << 6 | s->letters[i];
    return key;
}

static uint64_t bare_key_of(const spelling *s)
{
    uint64_t key = 0;
    for (size_t i = 0; i < s->count; i++)
        key = key << 6 | bases[s->letters[i]];
    return key;
}

static bool is_vowel(unsigned letter)
{
    return points[letter][2 * TONE_SAC] != 0;
}

/* QĐ 1989/QĐ-BGDĐT, article 8: the mark stands on the main vowel. */
static size_t tone_place(const spelling *s, size_t onset)
{
    size_t vowels = 0, shaped = s->count;
    for (size_t i = onset; i < s->count && is_vowel(s->letters[i]); i++)
        vowels++;
    for (size_t i = onset; i < onset + vowels; i++)
        if (s->letters[i] == LETTER_E_CIRCUMFLEX || s->letters[i] == LETTER_O_HORN)
            return i;
    for (size_t i = onset + vowels; i-- > onset;)
        if (bases[s->letters[i]] != s->letters[i])
            shaped = i;
    if (shaped < s->count)
        return shaped;
    unsigned first = s->letters[onset], second = vowels > 1 ? s->letters[onset + 1] : 0;
    bool glide = (first == LETTER_O && (second == LETTER_A || second == LETTER_E)) ||
                 (first == LETTER_U && second == LETTER_Y);
    if (vowels == 3 || (vowels == 2 && (onset + 2 < s->count || glide)))
        return onset + 1;
    return onset;
}

static void add_syllable(const char *onset, const char *rhyme)
{
    char text[64];
    spelling s, start;
    snprintf(text, sizeof text, "%s%s", strcmp(onset, "-") ? onset : "", rhyme);
    if (!spell(text, &s) || !spell(strcmp(onset, "-") ? onset : "", &start) ||
        s.count > SYLLABLE_LETTERS)
        fail("syllables.txt: “%s”", text);
    const char *end = text + strlen(text) - 1;
    uint64_t flags = tone_place(&s, start.count);
    if (*end == 'c' || *end == 'p' || *end == 't' || strcmp(end - 1, "ch") == 0)
        flags |= SYLLABLE_STOP;
    if (strcmp(rhyme, "y") == 0 && start.count)
        flags |= SYLLABLE_LONE_Y;
    insert(syllables, SYLLABLE_SLOT_BITS, key_of(&s), SYLLABLE_KEY_MASK,
           key_of(&s) | flags << SYLLABLE_KEY_BITS);
    insert(bare, SYLLABLE_SLOT_BITS, bare_key_of(&s), SYLLABLE_KEY_MASK, bare_key_of(&s));
}

typedef struct {
    char class[16];
    char members[64][16];
    size_t count;
} class_line;

static void join(const class_line *lines, size_t count, const char *onset, const char *rhyme)
{
    size_t joined = 0;
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < count; k++)
            if (lines[i].class[0] == 'o' && strcmp(lines[i].class + 1, onset) == 0 &&
                lines[k].class[0] == 'r' && strcmp(lines[k].class + 1, rhyme) == 0)
                for (size_t a = 0; a < lines[i].count; a++)
                    for (size_t b = 0; b < lines[k].count; b++, joined++)
                        add_syllable(lines[i].members[a], lines[k].members[b]);
    if (!joined)
        fail("syllables.txt: join %s %s joins nothing", onset, rhyme);
}

static void read_syllables(void)
{
    static class_line lines[64];
    size_t count = 0, n;
    FILE *f = open_list("syllables.txt");
    char *fields[FIELDS];
    while ((n = next_line(f, fields)) != 0) {
        if (strcmp(fields[0], "join") == 0 && n == 3) {
            join(lines, count, fields[1], fields[2]);
            continue;
        }
        if (count == 64 || n < 3 || n > 66)
            fail("syllables.txt: a line of %zu fields", n);
        class_line *line = &lines[count++];
        snprintf(line->class, sizeof line->class, "%c%s", fields[0][0], fields[1]);
        for (size_t i = 2; i < n; i++)
            snprintf(line->members[line->count++], sizeof line->members[0], "%s", fields[i]);
    }
}

static void read_foreign(void)
{
    FILE *f = open_list("foreign.txt");
    char *fields[FIELDS];
    size_t n;
    spelling s;
    while ((n = next_line(f, fields)) != 0)
        for (size_t i = 0; i < n; i++)
            if (spell(fields[i], &s) && s.count <= SYLLABLE_LETTERS)
                insert(syllables, SYLLABLE_SLOT_BITS, key_of(&s), SYLLABLE_KEY_MASK,
                       key_of(&s) | (uint64_t)SYLLABLE_FOREIGN << SYLLABLE_KEY_BITS);
}

/* ---- frequencies ---- */
static uint64_t costs[1 << COST_SLOT_BITS];
static unsigned unseen;
static double total; /* of all counts */

static unsigned cost(double count)
{
    return (unsigned)lround(-log(count / total) * COST_UNIT);
}

static void read_frequencies(void)
{
    enum { MOST = 1 << (COST_SLOT_BITS - 1) };
    static uint64_t keys[MOST];
    static double counts[MOST];
    const double floor_count = 0.3;
    size_t count = 0, n;
    FILE *f = open_list("frequency.txt");
    char *fields[FIELDS];
    spelling s;
    while ((n = next_line(f, fields)) != 0) {
        if (n != 2 || count == MOST || !spell(fields[1], &s) || s.count > SYLLABLE_LETTERS)
            fail("frequency.txt: “%s %s” is no count and syllable, or one too many", fields[0],
                 n > 1 ? fields[1] : "");
        keys[count] = key_of(&s) << 3 | s.tone;
        counts[count] = atof(fields[0]) + floor_count;
        total += counts[count++];
    }
    uint64_t mask = (UINT64_C(1) << (SYLLABLE_KEY_BITS + 3)) - 1;
    for (size_t i = 0; i < count; i++)
        insert(costs, COST_SLOT_BITS, keys[i], mask,
               keys[i] | (uint64_t)cost(counts[i]) << COST_SHIFT);
    unseen = cost(floor_count);
}

/* ---- pairs ---- */
static uint64_t pairs[1 << PAIR_SLOT_BITS];

/* The key of a syllable that has a count, and its probability. */
static uint64_t counted(const char *text, double *probability)
{
    spelling s;
    uint64_t mask = (UINT64_C(1) << (SYLLABLE_KEY_BITS + 3)) - 1;
    uint64_t slot = 0;
    if (spell(text, &s) && s.count <= SYLLABLE_LETTERS)
        slot = slot_find(costs, COST_SLOT_BITS, key_of(&s) << 3 | s.tone, mask);
    if (!slot)
        fail("pairs.txt: “%s” is not in frequency.txt", text);
    *probability = exp(-(double)(slot >> COST_SHIFT) / COST_UNIT);
    return slot & mask;
}

static void read_pairs(void)
{
    FILE *f = open_list("pairs.txt");
    char *fields[FIELDS];
    size_t n, count = 0;
    while ((n = next_line(f, fields)) != 0) {
        double of_first, of_second;
        uint64_t first = counted(fields[0], &of_first);
        if (n % 2 == 0)
            fail("pairs.txt: “%s” is followed by a syllable without a count", fields[0]);
        for (size_t i = 1; i < n; i += 2, count++) {
            uint64_t key = pair_key(first, counted(fields[i], &of_second));
            double after_first = atof(fields[i + 1]) / (of_first * total);
            uint64_t gain = (uint64_t)lround(log(1 + after_first / of_second) * COST_UNIT);
            insert(pairs, PAIR_SLOT_BITS, key, PAIR_KEY_MASK, key | gain << PAIR_SHIFT);
        }
    }
    if (4 * count > 3 << PAIR_SLOT_BITS)
        fail("pairs.txt: %zu pairs are too many for the table", count);
}

/* ---- encodings before Unicode ---- */
static uint16_t letters_of_set[SET_COUNT][256], pair[VNI_FIRST][VNI_SECOND];
static uint8_t first_kind[256], second_kind[256];

static uint8_t kind(uint8_t table[256], unsigned byte, uint8_t most)
{
    uint8_t last = 0;
    for (int i = 0; i < 256; i++)
        if (table[i] > last)
            last = table[i];
    if (!table[byte]) {
        if (last + 1 >= most)
            fail("legacy.txt: too many kinds of VNI bytes");
        table[byte] = (uint8_t)(last + 1);
    }
    return table[byte];
}

/* A capital's mark is mostly, but not always, typed as a capital too. */
static void add_pair(unsigned first, unsigned second, uint32_t c)
{
    uint8_t row = kind(first_kind, first, VNI_FIRST);
    unsigned other = second >= 0xE0 ? second - 0x20 : second + 0x20;
    pair[row][kind(second_kind, second, VNI_SECOND)] = (uint16_t)c;
    pair[row][kind(second_kind, other, VNI_SECOND)] = (uint16_t)c;
}

static void read_legacy(void)
{
    FILE *f = open_list("legacy.txt");
    char *fields[FIELDS];
    size_t n;
    while ((n = next_line(f, fields)) != 0) {
        if (n != 1 + SET_COUNT)
            fail("legacy.txt: a line of %zu fields", n);
        uint32_t c = code_point(fields[0]);
        for (int set = 0; set < SET_COUNT; set++) {
            unsigned bytes = (unsigned)strtoul(fields[1 + set], NULL, 16);
            if (bytes > 0xFF)
                add_pair(bytes >> 8, bytes & 0xFF, c);
            else if (fields[1 + set][0] != '-')
                letters_of_set[set][bytes] = (uint16_t)c;
        }
    }
}

static uint8_t utf8_of_set[SET_COUNT + 1][4 * 256];

static void make_set_utf8(void)
{
    for (int set = 0; set <= SET_COUNT; set++)
        for (int byte = 0; byte < 256; byte++) {
            bool capitals = set == SET_COUNT;
            utf8proc_int32_t c = letters_of_set[capitals ? SET_TCVN3 : set][byte];
            if (!c)
                c = byte >= 0x80 && byte < 0xA0 ? cp1252[byte - 0x80] : byte;
            uint8_t *to = utf8_of_set[set] + 4 * byte;
            to[3] = (uint8_t)utf8proc_encode_char(capitals ? utf8proc_toupper(c) : c, to);
        }
}

/* ---- writing ---- */
/* Rows of numbers, each row in braces when there is more than one. */
static void write_numbers(const char *declaration, const void *numbers, size_t rows, size_t columns,
                          size_t size)
{
    printf("const %s = {", declaration);
    for (size_t i = 0; i < rows * columns; i++) {
        uint64_t value = size == 1   ? ((const uint8_t *)numbers)[i]
                         : size == 2 ? ((const uint16_t *)numbers)[i]
                                     : ((const uint64_t *)numbers)[i];
        if (rows > 1 && i % columns == 0)
            printf("%s{", i ? "},\n" : "\n");
        printf("%s%" PRIu64 "%s,", i % columns % 16 == 15 ? "\n" : "", value, size == 8 ? "u" : "");
    }
    printf("%s\n};\n", rows > 1 ? "}" : "");
}
#define WRITE(declaration, table)                                                                  \
    write_numbers(declaration, table, 1, sizeof table / sizeof *(table), sizeof *(table))
#define WRITE_ROWS(declaration, table)                                                             \
    write_numbers(declaration, table, sizeof table / sizeof *(table),                              \
                  sizeof *(table) / sizeof **(table), sizeof **(table))

static void write_all(void)
{
    printf("/* Made by src/text/generate/tables.c from src/text/data. */\n"
           "#include \"text/tables.h\"\n");
    WRITE("uint16_t letter_of[LETTER_SPAN]", of);
    WRITE_ROWS("uint16_t letter_points[LETTER_COUNT][2 * TONE_COUNT]", points);
    WRITE("uint8_t letter_base[LETTER_COUNT]", bases);
    WRITE_ROWS("uint16_t composed[LETTER_SPAN][MARK_COUNT]", composition);
    WRITE("uint8_t nfc_safe[0x10000 / 8]", safe);
    WRITE("uint8_t says[SAYS_SPAN]", saying);
    WRITE("uint64_t syllable_slots[1 << SYLLABLE_SLOT_BITS]", syllables);
    WRITE("uint64_t bare_slots[1 << SYLLABLE_SLOT_BITS]", bare);
    WRITE("uint64_t cost_slots[1 << COST_SLOT_BITS]", costs);
    printf("const unsigned cost_unseen = %u;\n", unseen);
    WRITE("uint64_t pair_slots[1 << PAIR_SLOT_BITS]", pairs);
    WRITE_ROWS("uint16_t set_letter[SET_COUNT][256]", letters_of_set);
    WRITE_ROWS("uint8_t set_utf8[SET_COUNT + 1][4 * 256]", utf8_of_set);
    WRITE("uint8_t vni_first[256]", first_kind);
    WRITE("uint8_t vni_second[256]", second_kind);
    WRITE_ROWS("uint16_t vni_pair[VNI_FIRST][VNI_SECOND]", pair);
}

int main(int argc, char **argv)
{
    if (argc != 2)
        fail("usage: tables FOLDER >tables.c");
    folder = argv[1];
    read_letters();
    make_compositions();
    make_safe();
    make_sayings();
    read_syllables();
    read_foreign();
    read_frequencies();
    read_pairs();
    read_legacy();
    make_set_utf8();
    write_all();
    return ferror(stdout) || fflush(stdout) ? 1 : 0;
}
