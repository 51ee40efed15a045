/* Words, syllables and validity. */
#include "chamthi/text.h"

#include "text/syllable.h"
#include "text/utf8.h"

#include <utf8proc.h>

enum { PIECE_MOST = 8, ACRONYM_MOST = 6 };

/* A syllable of the text: letters, marks and digits without a break. */
typedef struct {
    uint16_t letters[PIECE_MOST];
    size_t letter_count;
    bool digits, foreign; /* has digits; has letters outside the alphabet, or f j w z */
    bool marked;          /* has a Latin letter beyond ASCII */
    bool lower;           /* has a small letter */
} piece;

static bool is_foreign_letter(unsigned letter)
{
    uint16_t c = letter_point(letter, TONE_NONE, CASE_LOWER);
    return c == 'f' || c == 'j' || c == 'w' || c == 'z';
}

static void add_to_piece(piece *s, uint32_t c)
{
    unsigned letter = letter_at(c);
    uint16_t *last =
        s->letter_count && s->letter_count <= PIECE_MOST ? &s->letters[s->letter_count - 1] : NULL;
    if (last && c >= 0x300 && c <= 0x36F && letter_add_mark(last, c)) {
        s->marked = true;
        return;
    }
    s->marked |= c >= 0x80 && letter_index(c) >= 0;
    s->digits |= c >= '0' && c <= '9';
    if (c < 0x80 && !letter)
        return;
    s->foreign |= !letter || is_foreign_letter(letter_part(letter));
    s->lower |= letter ? case_part(letter) == CASE_LOWER
                       : utf8proc_category((utf8proc_int32_t)c) != UTF8PROC_CATEGORY_LU;
    if (s->letter_count < PIECE_MOST)
        s->letters[s->letter_count] = (uint16_t)letter;
    s->letter_count++;
}

static bool has_fjwz(const piece *s)
{
    for (size_t i = 0; i < s->letter_count && i < PIECE_MOST; i++)
        if (s->letters[i] && is_foreign_letter(letter_part(s->letters[i])))
            return true;
    return false;
}

/* Adds a finished piece to the count. Acronyms, foreign words we know and words with f j w z say
 * nothing about the text. */
static void judge(const piece *s, text_count *n)
{
    n->syllables++;
    if (!s->letter_count || s->digits)
        return;
    bool acronym = !s->lower && s->letter_count <= ACRONYM_MOST;
    bool fits = s->letter_count <= PIECE_MOST && !s->foreign;
    if (!s->marked) {
        n->plain++;
        n->bare += fits && syllable_is_bare(s->letters, s->letter_count);
        return;
    }
    syllable is = {0};
    if (fits)
        is = syllable_of(s->letters, s->letter_count);
    if (acronym || has_fjwz(s) || is.flags & SYLLABLE_FOREIGN)
        return;
    n->judged++;
    n->valid += syllable_is_valid(&is);
}

static bool is_part(uint32_t c)
{
    if (c < 0x80)
        return letter_of[c] || (c >= '0' && c <= '9');
    if (letter_at(c))
        return true;
    utf8proc_category_t kind = utf8proc_category((utf8proc_int32_t)c);
    return kind >= UTF8PROC_CATEGORY_LU && kind <= UTF8PROC_CATEGORY_NO;
}

static bool is_space(uint32_t c)
{
    return c <= ' ' || c == 0x85 || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) ||
           c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000;
}

static bool is_digit(uint32_t c)
{
    return c >= '0' && c <= '9';
}

/* Keeps 20/11/2019, 1.000.000 and O'Brien one piece. */
static bool connects(uint32_t before, uint32_t c, uint32_t after)
{
    if (c == '.' || c == ',' || c == '/' || c == ':' || c == '-')
        return is_digit(before) && is_digit(after);
    if (c == '\'' || c == 0x2019)
        return is_part(before) && !is_digit(before) && is_part(after) && !is_digit(after);
    return c == 0xAD || (c >= 0x200B && c <= 0x200D) || c == 0x2060 || c == 0xFEFF;
}

static uint32_t peek(const uint8_t *p, const uint8_t *end)
{
    uint32_t c = 0;
    bool bad;
    if (p < end)
        utf8_next(p, end, &c, &bad);
    return c;
}

text_count text_measure(slice display)
{
    const uint8_t *p = (const uint8_t *)display.bytes, *end = p + display.size;
    text_count n = {0};
    piece s = {0};
    bool in_word = false, in_piece = false;
    uint32_t before = 0;
    while (p < end) {
        uint32_t c;
        bool bad;
        p += utf8_next(p, end, &c, &bad);
        if (is_part(c)) {
            n.words += !in_word;
            in_word = in_piece = true;
            add_to_piece(&s, c);
        } else if (!in_piece || !connects(before, c, peek(p, end))) {
            if (in_piece)
                judge(&s, &n);
            s = (piece){0};
            in_piece = false;
            in_word &= !is_space(c);
        }
        before = c;
    }
    if (in_piece)
        judge(&s, &n);
    return n;
}
