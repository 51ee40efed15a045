/* Repair of look-alike letters in D1. */
#include "text/lookalike.h"

#include "text/syllable.h"
#include "text/utf8.h"

#include <utf8proc.h>

/* Each letter with the one it is mistaken for. */
static const uint32_t pairs[][2] = {
    {U'Ð', U'Đ'},
    {U'ð', U'đ'},
    {U'Ɖ', U'Đ'},
    {U'ɖ', U'đ'},
    /* Cyrillic */
    {U'А', 'A'},
    {U'В', 'B'},
    {U'Е', 'E'},
    {U'К', 'K'},
    {U'М', 'M'},
    {U'Н', 'H'},
    {U'О', 'O'},
    {U'Р', 'P'},
    {U'С', 'C'},
    {U'Т', 'T'},
    {U'У', 'Y'},
    {U'Х', 'X'},
    {U'І', 'I'},
    {U'Ј', 'J'},
    {U'Ѕ', 'S'},
    {U'а', 'a'},
    {U'е', 'e'},
    {U'о', 'o'},
    {U'р', 'p'},
    {U'с', 'c'},
    {U'у', 'y'},
    {U'х', 'x'},
    {U'і', 'i'},
    {U'ј', 'j'},
    {U'ѕ', 's'},
    {U'һ', 'h'},
    {U'к', 'k'},
    {U'м', 'm'},
    {U'н', 'h'},
    {U'т', 't'},
    /* Greek */
    {U'Α', 'A'},
    {U'Β', 'B'},
    {U'Ε', 'E'},
    {U'Ζ', 'Z'},
    {U'Η', 'H'},
    {U'Ι', 'I'},
    {U'Κ', 'K'},
    {U'Μ', 'M'},
    {U'Ν', 'N'},
    {U'Ο', 'O'},
    {U'Ρ', 'P'},
    {U'Τ', 'T'},
    {U'Υ', 'Y'},
    {U'Χ', 'X'},
    {U'ο', 'o'},
    {U'α', 'a'},
    {U'ι', 'i'},
    {U'κ', 'k'},
    {U'ν', 'v'},
    {U'ρ', 'p'},
    {U'υ', 'u'},
};

uint32_t lookalike_of(uint32_t c)
{
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        if (pairs[i][0] == c)
            return pairs[i][1];
    return 0;
}

bool is_cyrillic_or_greek(uint32_t c)
{
    return (c >= 0x370 && c < 0x530) || (c >= 0x1F00 && c < 0x2000);
}

static bool is_word_character(uint32_t c)
{
    if (c < 0x80 || letter_at(c))
        return letter_at(c) != 0;
    utf8proc_category_t kind = utf8proc_category((utf8proc_int32_t)c);
    return kind >= UTF8PROC_CATEGORY_LU && kind <= UTF8PROC_CATEGORY_ME;
}

enum { WORD_MOST = 12 }; /* longer words are no syllables */

typedef struct {
    uint16_t letters[WORD_MOST]; /* repaired */
    size_t count;                /* may be more than fit */
    bool latin, foreign, alike;  /* has such letters; all foreign letters have a Latin look-alike */
    bool eth;
    bool alphabet; /* every repaired letter is of the alphabet */
} word;

static void add_to_word(word *w, uint32_t c)
{
    uint32_t meant = lookalike_of(c);
    unsigned letter = letter_at(meant ? meant : c);
    if (is_cyrillic_or_greek(c)) {
        w->foreign = true;
        w->alike &= meant != 0;
    } else {
        w->latin |= letter_at(c) != 0;
        w->eth |= meant != 0;
    }
    w->alphabet &= letter != 0;
    if (w->count < WORD_MOST)
        w->letters[w->count] = (uint16_t)letter;
    w->count++;
}

static bool becomes_syllable(const word *w)
{
    if (!w->alphabet || !w->alike || w->count > WORD_MOST || !(w->latin || !w->foreign))
        return false;
    syllable s = syllable_of(w->letters, w->count);
    return syllable_is_valid(&s);
}

/* Appends the word at p…end, repaired when it should be. */
static void put_word(const word *w, const uint8_t *p, const uint8_t *end, buffer *fixed,
                     text_report *report)
{
    report->mixed_script += w->latin && w->foreign && w->alike;
    if ((!w->eth && !w->foreign) || !becomes_syllable(w)) {
        buffer_put(fixed, p, (size_t)(end - p));
        return;
    }
    for (size_t i = 0; i < w->count; i++) {
        uint8_t bytes[4];
        unsigned letter = w->letters[i];
        uint32_t c = letter_point(letter_part(letter), tone_part(letter), case_part(letter));
        buffer_put(fixed, bytes, utf8_put(bytes, c));
    }
}

void lookalike_repair(buffer *out, size_t floor, text_report *report)
{
    const uint8_t *p = (const uint8_t *)out->bytes + floor;
    const uint8_t *end = (const uint8_t *)out->bytes + out->size, *from = p;
    buffer fixed = BUFFER_INIT;
    word w = {.alike = true, .alphabet = true};
    while (p < end) {
        uint32_t c;
        bool bad;
        const uint8_t *next = p + utf8_next(p, end, &c, &bad);
        if (is_word_character(c)) {
            add_to_word(&w, c);
        } else {
            put_word(&w, from, p, &fixed, report);
            buffer_put(&fixed, p, (size_t)(next - p));
            from = next;
            w = (word){.alike = true, .alphabet = true};
        }
        p = next;
    }
    put_word(&w, from, end, &fixed, report);
    buffer_end(out, floor);
    buffer_put(out, fixed.bytes, fixed.size);
    out->failed |= fixed.failed;
    buffer_free(&fixed);
}
