/* Detection by syllable likelihood: the reading whose words Vietnamese people use most wins, if it wins
 * clearly; otherwise the text stays as it is. */
#include "text/detect.h"

#include "text/legacy.h"
#include "text/lookalike.h"
#include "text/syllable.h"
#include "text/utf8.h"

#include <limits.h>
#include <string.h>

enum {
    SAMPLE = 2048, /* bytes of a paragraph that are read */

    COST_BROKEN = 22 * COST_UNIT,  /* a word with letters that make no syllable */
    COST_UNKNOWN = 14 * COST_UNIT, /* a word of a–z that is none: names, abbreviations */
    COST_POWER = 3 * COST_UNIT,    /* m² */
    COST_ODD_CASE = 9 * COST_UNIT, /* nÓi */
    COST_ODD_TONE = 6 * COST_UNIT, /* bôì: a tone where neither style puts it */
    BONUS_UTF8 = 3 * COST_UNIT,    /* a UTF-8 sequence where bytes would be by chance */
    ACRONYM_MOST = 6,
    HOLE_WORDS = 50 /* so many words have an ư among them */
};

/* ---- the cost of one reading ---- */
typedef struct {
    uint16_t letters[SYLLABLE_LETTERS + 1];
    size_t count;         /* of letters, also those that do not fit */
    bool symbol, foreign; /* holds a character that is no letter; a letter outside the alphabet */
    bool ascii, digits;
    bool unit;            /* ends in a power: m², km³ */
    bool odd_case, small; /* a capital after a small letter; any small letter */
} token;

static void add_to_token(token *t, uint32_t c)
{
    unsigned letter = letter_at(c);
    if (c >= 0x80)
        t->ascii = false;
    if (c >= '0' && c <= '9') {
        t->digits = true;
        return;
    }
    size_t fits = t->count < SYLLABLE_LETTERS ? t->count : SYLLABLE_LETTERS;
    t->symbol |= t->unit; /* the power was not the end */
    if (t->count && t->count <= 2 && letter_part(t->letters[t->count - 1]) == LETTER_M &&
        !t->unit && (c == 0xB2 || c == 0xB3)) {
        t->unit = true;
        return;
    }
    if (!letter && fits && letter_add_mark(&t->letters[fits - 1], c))
        return;
    if (!letter) {
        bool is_letter = (c >= 0xC0 && c != 0xD7 && c != 0xF7 && c < 0x250) || c == 0xAA ||
                         c == 0xBA || is_cyrillic_or_greek(c);
        t->foreign |= is_letter;
        t->symbol |= !is_letter;
        t->count += is_letter;
        return;
    }
    if (t->count && case_part(letter) == CASE_UPPER &&
        case_part(t->letters[fits - 1]) == CASE_LOWER)
        t->odd_case = true;
    t->small |= case_part(letter) == CASE_LOWER;
    if (t->count < SYLLABLE_LETTERS)
        t->letters[t->count] = (uint16_t)letter;
    t->count++;
}

typedef struct {
    unsigned cost;
    syllable before;     /* the word before, when it was one and only a blank stands between */
    size_t words, valid; /* all words, and the syllables among them */
    size_t accented, valid_accented; /* the same of words beyond ASCII */
} reading;

/* What a syllable costs less for following the one before; never more than it costs. */
static unsigned word_gain(const syllable *before, const syllable *s)
{
    unsigned gain = syllable_pair_gain(before, s), most = syllable_cost(s);
    return gain < most ? gain : most;
}

static void end_token(token *t, bool has_capitals, reading *r)
{
    bool acronym = t->count && !t->small && !t->foreign && !t->symbol && t->count <= ACRONYM_MOST;
    syllable s = {0};
    if (!t->symbol && !t->foreign && !t->digits && !t->unit && t->count &&
        t->count <= SYLLABLE_LETTERS)
        s = syllable_of(t->letters, t->count);
    if (syllable_is_valid(&s)) {
        r->cost += syllable_cost(&s);
        r->cost -= word_gain(&r->before, &s);
        r->cost += t->odd_case && has_capitals ? COST_ODD_CASE : 0;
        r->cost += syllable_has_odd_tone(&s, t->letters, t->count) ? COST_ODD_TONE : 0;
        r->valid++;
    } else if (t->unit && !t->symbol && !t->foreign) {
        r->cost += COST_POWER;
    } else if (!t->ascii) {
        r->cost += t->count && !acronym ? COST_BROKEN : COST_UNKNOWN;
    } else if (t->count) {
        r->cost += COST_UNKNOWN;
    }
    if (syllable_is_valid(&s) || !(acronym || t->unit)) { /* NĐ-CP says nothing either way */
        r->words += t->count || !t->ascii;
        r->accented += !t->ascii;
        r->valid_accented += !t->ascii && syllable_is_valid(&s);
    }
    if (t->count || !t->ascii || t->digits)
        r->before = syllable_is_valid(&s) ? s : (syllable){0};
    *t = (token){.ascii = true};
}

/* What separates words beyond ASCII: dashes and dots always, quotation marks at either end of a word (in
 * the middle they are a letter of some encoding, read wrongly). */
static bool is_break(uint32_t c)
{
    return c == 0x2013 || c == 0x2014 || c == 0x2026 || c == 0xA0;
}

static bool is_quote(uint32_t c)
{
    return (c >= 0x2018 && c <= 0x2022) || c == 0xAB || c == 0xBB;
}

static bool starts_inside(const uint8_t *p, const uint8_t *end)
{
    uint32_t c = ' ';
    bool bad;
    if (p < end)
        utf8_next(p, end, &c, &bad);
    return c >= 0x80 ? !is_break(c) && !is_quote(c) : letter_of[c] != 0;
}

static reading read_text(slice utf8, bool has_capitals)
{
    const uint8_t *p = (const uint8_t *)utf8.bytes, *end = p + utf8.size;
    reading r = {0};
    token t = {.ascii = true};
    while (p < end) {
        uint32_t c;
        bool bad, inside;
        p += utf8_next(p, end, &c, &bad);
        if (c < 0x80)
            inside = letter_of[c] || (c >= '0' && c <= '9');
        else if (is_quote(c))
            inside = t.count && starts_inside(p, end);
        else
            inside = !is_break(c);
        if (inside) {
            add_to_token(&t, c);
            continue;
        }
        end_token(&t, has_capitals, &r);
        if (c != ' ')
            r.before = (syllable){0};
    }
    end_token(&t, has_capitals, &r);
    return r;
}

/* ---- the readings ---- */
static void as_windows_1252(slice bytes, buffer *out)
{
    for (size_t i = 0; i < bytes.size; i++) {
        uint8_t utf8[4];
        buffer_put(out, utf8, utf8_put(utf8, legacy_character((uint8_t)bytes.bytes[i])));
    }
}

/* Characters beyond ASCII. */
static size_t count_sequences(slice utf8)
{
    size_t n = 0;
    for (size_t i = 0; i < utf8.size; i++)
        n += (uint8_t)utf8.bytes[i] >= 0xC0;
    return n;
}

/* Text that was really written in a Vietnamese encoding is mostly Vietnamese; a French line with one word
 * that happens to decode is not. */
static bool is_vietnamese(const reading *r)
{
    return 10 * r->valid >= 6 * r->words ||
           (r->valid_accented >= 2 && 10 * r->valid_accented >= 8 * r->accented);
}

static unsigned cost_of(text_encoding e, slice bytes, slice utf8)
{
    reading r = read_text(utf8, e != ENCODING_TCVN3);
    if (e == ENCODING_MOJIBAKE) {
        unsigned bonus = BONUS_UTF8 * (unsigned)count_sequences(utf8);
        return r.cost > bonus ? r.cost - bonus : 0;
    }
    if (e != ENCODING_UTF8 && !is_vietnamese(&r))
        return UINT_MAX;
    return r.cost + COST_BROKEN * (unsigned)legacy_strays(e, bytes);
}

typedef struct {
    text_encoding encoding;
    buffer text;
} candidate;

static bool same(const buffer *a, const buffer *b)
{
    return a->size == b->size && memcmp(a->bytes, b->bytes, a->size) == 0;
}

/* The sample ends at a blank. */
static slice sample_of(slice s)
{
    if (s.size <= SAMPLE)
        return s;
    size_t size = SAMPLE;
    while (size > SAMPLE / 2 && s.bytes[size] != ' ')
        size--;
    return (slice){s.bytes, size};
}

static void choose(const candidate *list, size_t count, detection *d)
{
    size_t best = 0; /* the text as it stands */
    for (size_t i = 1; i < count; i++)
        if (d->cost[list[i].encoding] < d->cost[list[best].encoding])
            best = i;
    if (same(&list[best].text, &list[0].text))
        best = 0;
    d->best = list[best].encoding;
    d->decided = true;
    for (size_t i = 0; i < count; i++) {
        unsigned other = d->cost[list[i].encoding], mine = d->cost[d->best];
        if (i != best && (other < mine || other - mine < DETECT_MARGIN) &&
            !same(&list[i].text, &list[best].text))
            d->decided = false;
    }
}

detection detect_encoding(slice bytes)
{
    static const text_encoding tried[] = {ENCODING_UTF8,  ENCODING_MOJIBAKE, ENCODING_TCVN3,
                                          ENCODING_VNI,   ENCODING_VISCII,   ENCODING_VPS,
                                          ENCODING_CP1258};
    enum { TRIED = sizeof tried / sizeof *tried };
    candidate list[TRIED];
    detection d;
    slice sample = sample_of(bytes);
    for (size_t i = 0; i < ENCODING_COUNT; i++)
        d.cost[i] = UINT_MAX;
    for (size_t i = 0; i < TRIED; i++) {
        list[i] = (candidate){tried[i], BUFFER_INIT};
        buffer *text = &list[i].text;
        bool possible = true;
        if (tried[i] == ENCODING_UTF8)
            as_windows_1252(sample, text);
        else
            possible = legacy_decode(tried[i], sample, text);
        if (possible)
            d.cost[tried[i]] = cost_of(tried[i], sample, (slice){text->bytes, text->size});
    }
    choose(list, TRIED, &d);
    d.holed = d.best == ENCODING_TCVN3 && !memchr(sample.bytes, 0xAD, sample.size) &&
              read_text((slice){list[2].text.bytes, list[2].text.size}, false).words >= HOLE_WORDS;
    for (size_t i = 0; i < TRIED; i++)
        buffer_free(&list[i].text);
    return d;
}

bool detect_reads_well(slice utf8)
{
    reading r = read_text(utf8, true);
    return r.accented == r.valid_accented;
}

/* ---- VIQR ---- */
/* Marks in ASCII look like punctuation, so only marks inside words count, and every word that has one
 * must become a syllable. */
bool detect_viqr(slice ascii)
{
    static const char marks[] = "^(+'`?~.";
    size_t from = 0, marked_words = 0, marks_seen = 0;
    for (size_t i = 0; i <= ascii.size; i++) {
        if (i < ascii.size && ascii.bytes[i] != ' ' && ascii.bytes[i] != '\n' &&
            ascii.bytes[i] != '\t')
            continue;
        slice word = {ascii.bytes + from, i - from};
        from = i + 1;
        while (word.size && strchr(".,;:!?'\")", word.bytes[word.size - 1]))
            word.size--;
        size_t inside = 0;
        for (size_t k = 1; k < word.size; k++)
            inside += strchr(marks, word.bytes[k]) != NULL;
        if (!inside)
            continue;
        buffer text = BUFFER_INIT;
        legacy_decode(ENCODING_VIQR, word, &text);
        reading r = read_text((slice){text.bytes, text.size}, false);
        bool fits = r.words == 1 && r.valid == 1 && text.size &&
                    count_sequences((slice){text.bytes, text.size});
        buffer_free(&text);
        if (!fits)
            return false;
        marked_words++;
        marks_seen += inside;
    }
    return marked_words >= 2 && marks_seen >= 3;
}
