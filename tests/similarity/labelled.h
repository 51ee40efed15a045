/* A labelled set for the similarity engine: texts of which is known who copied what from whom.
 *
 * Base texts come from a chain of syllables trained at run time on real essays: in each step the text goes on
 * where some occurrence of the present word goes on, or jumps anywhere. From these, copies of each
 * class of the similarity design are made, each from a source of its own, so that every reported pair
 * without a label is a false one. Seeded: the same seed gives the same set. */
#ifndef TESTS_LABELLED_H
#define TESTS_LABELLED_H

#include "chamthi/arena.h"
#include "chamthi/buffer.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define LABELLED __attribute__((unused)) static

LABELLED uint64_t labelled_next(uint64_t *seed)
{
    uint64_t z = *seed += 0x9E3779B97F4A7C15u;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
    z = (z ^ z >> 27) * 0x94D049BB133111EBu;
    return z ^ z >> 31;
}
LABELLED size_t labelled_below(uint64_t *seed, size_t bound)
{
    return (size_t)(labelled_next(seed) >> 11) % bound;
}
LABELLED int labelled_percent(uint64_t *seed, unsigned percent)
{
    return labelled_below(seed, 10000) < 100 * (size_t)percent;
}

/* Words of everyday use for which there is another one, throughout. */
LABELLED const char *const labelled_thesaurus[][2] = {
    {"làm", "thực hiện"}, {"nói", "bảo"},      {"nhà", "gia đình"},  {"năm", "niên khóa"},
    {"người", "cá nhân"}, {"mẹ", "má"},        {"bố", "ba"},         {"trẻ", "thiếu nhi"},
    {"giúp", "hỗ trợ"},   {"thấy", "nhận ra"}, {"biết", "hiểu"},     {"đi", "tới"},
    {"về", "trở lại"},    {"không", "chẳng"},  {"được", "đặng"},     {"rồi", "xong"},
    {"nhiều", "lắm"},     {"lớn", "to"},       {"nhỏ", "bé"},        {"vui", "mừng"},
    {"khó", "gian nan"},  {"cần", "phải có"},  {"hỏi", "thắc mắc"},  {"cho", "tặng"},
    {"học", "theo học"},  {"dạy", "chỉ bảo"},  {"viết", "chép"},     {"xe", "phương tiện"},
    {"đường", "lối"},     {"ngày", "hôm"},     {"đêm", "tối"},       {"sáng", "sớm"},
    {"tôi", "mình"},      {"ông", "cụ"},       {"bà", "cụ bà"},      {"chị", "cô"},
    {"anh", "chú"},       {"em", "cháu"},      {"tiền", "kinh phí"}, {"việc", "công việc"}};

/* ---- the chain ---- */
typedef struct {
    const char **words; /* distinct ones, with their punctuation */
    size_t word_count;
    uint32_t *stream; /* all base texts, word by word */
    size_t stream_count;
    uint32_t *places,
        *first;      /* occurrences of word w: places[first[w]] … places[first[w + 1] - 1] */
    uint32_t *names; /* words that begin with a capital inside a sentence */
    size_t name_count;
} chain_model;

typedef struct {
    const char *text;
    uint32_t place;
} chain_word;

LABELLED int chain_by_text(const void *x, const void *y)
{
    const chain_word *a = x, *b = y;
    int order = strcmp(a->text, b->text);
    return order ? order : (a->place > b->place) - (a->place < b->place);
}

LABELLED int chain_is_capital(const char *word)
{
    unsigned char c = (unsigned char)word[0], d = (unsigned char)word[1];
    return (c >= 'A' && c <= 'Z') || (c == 0xC4 && d == 0x90) || (c == 0xC3 && d < 0xA0 && c);
}

LABELLED int chain_ends_sentence(const char *word)
{
    size_t n = strlen(word);
    return n && strchr(".?!", word[n - 1]) != NULL;
}

LABELLED void chain_number_words(chain_model *m, arena *mem, chain_word *all)
{
    size_t n = m->stream_count;
    qsort(all, n, sizeof *all, chain_by_text);
    m->words = ARENA_ARRAY(mem, const char *, n + 64);
    m->stream = ARENA_ARRAY(mem, uint32_t, n + 1);
    m->places = ARENA_ARRAY(mem, uint32_t, n + 1);
    m->first = ARENA_ARRAY(mem, uint32_t, n + 2);
    m->names = ARENA_ARRAY(mem, uint32_t, n + 1);
    for (size_t i = 0; i < n; i++) {
        if (i == 0 || strcmp(all[i].text, all[i - 1].text) != 0) {
            m->first[m->word_count] = (uint32_t)i;
            m->words[m->word_count++] = all[i].text;
        }
        m->stream[all[i].place] = (uint32_t)m->word_count - 1;
        m->places[i] = all[i].place;
    }
    m->first[m->word_count] = (uint32_t)n;
    /* Behind them, out of the chain's reach, the words that only synonyms need. */
    for (size_t t = 0; t < sizeof labelled_thesaurus / sizeof *labelled_thesaurus; t++)
        m->words[m->word_count + t] = labelled_thesaurus[t][1];
    for (uint32_t w = 0; w < m->word_count; w++)
        if (chain_is_capital(m->words[w]) && !chain_ends_sentence(m->words[w]))
            m->names[m->name_count++] = w;
}

/* Without quotation marks: a chain would open them and never close them. */
LABELLED char *labelled_unquoted(char *word)
{
    static const char *const marks[] = {"“", "”", "\"", "«", "»"};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        for (char *at; (at = strstr(word, marks[i])) != NULL;)
            memmove(at, at + strlen(marks[i]), strlen(at + strlen(marks[i])) + 1);
    return word;
}

LABELLED chain_model chain_train(arena *mem, const slice *texts, size_t count)
{
    chain_model m = {0};
    size_t bytes = 0;
    for (size_t i = 0; i < count; i++)
        bytes += texts[i].size;
    chain_word *all = ARENA_ARRAY(mem, chain_word, bytes / 2 + count);
    for (size_t i = 0; i < count; i++) {
        char *copy = arena_copy(mem, texts[i].bytes, texts[i].size), *state = NULL;
        for (char *w = strtok_r(copy, " \n", &state); w; w = strtok_r(NULL, " \n", &state)) {
            w = labelled_unquoted(w);
            if (*w) {
                all[m.stream_count] = (chain_word){w, (uint32_t)m.stream_count};
                m.stream_count++;
            }
        }
    }
    chain_number_words(&m, mem, all);
    return m;
}

typedef struct {
    uint32_t *words;
    size_t count;
} word_list;

LABELLED word_list chain_write(const chain_model *m, arena *mem, uint64_t *seed, size_t count)
{
    word_list out = {ARENA_ARRAY(mem, uint32_t, count), count};
    size_t at = labelled_below(seed, m->stream_count);
    for (size_t i = 0; i < count; i++) {
        uint32_t w = m->stream[at];
        out.words[i] = w;
        if (labelled_percent(seed, 35))
            at = labelled_below(seed, m->stream_count);
        else
            at = m->places[m->first[w] + labelled_below(seed, m->first[w + 1] - m->first[w])] + 1;
        at = at < m->stream_count ? at : 0;
    }
    return out;
}

/* ---- changes ---- */
LABELLED word_list words_part(word_list from, size_t start, size_t count)
{
    return (word_list){from.words + start, count};
}

LABELLED word_list words_join(arena *mem, word_list a, word_list b)
{
    word_list out = {ARENA_ARRAY(mem, uint32_t, a.count + b.count), a.count + b.count};
    if (a.count)
        memcpy(out.words, a.words, a.count * sizeof *a.words);
    if (b.count)
        memcpy(out.words + a.count, b.words, b.count * sizeof *b.words);
    return out;
}

/* Changes about `percent` of the words: half replaced, a fifth each left out and put in, the rest
 * swapped with the next. */
LABELLED word_list words_edit(const chain_model *m, arena *mem, uint64_t *seed, word_list from,
                              unsigned percent)
{
    word_list out = {ARENA_ARRAY(mem, uint32_t, 2 * from.count), 0};
    for (size_t i = 0; i < from.count; i++) {
        size_t what = labelled_percent(seed, percent) ? labelled_below(seed, 10) : 99;
        uint32_t random = m->stream[labelled_below(seed, m->stream_count)];
        if (what < 5) {
            out.words[out.count++] = random;
        } else if (what >= 7 && what < 9) {
            out.words[out.count++] = random;
            out.words[out.count++] = from.words[i];
        } else if (what == 9 && i + 1 < from.count) {
            out.words[out.count++] = from.words[i + 1];
            out.words[out.count++] = from.words[i++];
        } else if (what < 7 && what >= 5) {
            continue;
        } else {
            out.words[out.count++] = from.words[i];
        }
    }
    return out;
}

/* Every name becomes another one, the same each time. */
LABELLED word_list words_rename(const chain_model *m, arena *mem, uint64_t *seed, word_list from)
{
    word_list out = {ARENA_ARRAY(mem, uint32_t, from.count), from.count};
    uint64_t salt = labelled_next(seed);
    for (size_t i = 0; i < from.count; i++) {
        uint64_t own = salt ^ from.words[i];
        const char *word = m->words[from.words[i]];
        out.words[i] = chain_is_capital(word) && !chain_ends_sentence(word)
                           ? m->names[labelled_below(&own, m->name_count)]
                           : from.words[i];
    }
    return out;
}

/* What the thesaurus has, throughout. */
LABELLED word_list words_synonyms(const chain_model *m, arena *mem, word_list from)
{
    word_list out = {ARENA_ARRAY(mem, uint32_t, from.count), from.count};
    for (size_t i = 0; i < from.count; i++) {
        out.words[i] = from.words[i];
        for (size_t t = 0; t < sizeof labelled_thesaurus / sizeof *labelled_thesaurus; t++)
            if (strcmp(m->words[from.words[i]], labelled_thesaurus[t][0]) == 0)
                out.words[i] = (uint32_t)(m->word_count + t); /* set up by chain_train */
    }
    return out;
}

/* Blocks of 25 to 80 words in another order. */
LABELLED word_list words_reorder(arena *mem, uint64_t *seed, word_list from)
{
    size_t starts[256], n = 0, at = 0;
    while (at < from.count && n < 255) {
        starts[n++] = at;
        at += 25 + labelled_below(seed, 55);
    }
    starts[n] = from.count;
    size_t order[256];
    for (size_t i = 0; i < n; i++)
        order[i] = i;
    for (size_t i = n; i > 1; i--) {
        size_t k = labelled_below(seed, i), keep = order[i - 1];
        order[i - 1] = order[k];
        order[k] = keep;
    }
    word_list out = {NULL, 0};
    for (size_t i = 0; i < n; i++)
        out = words_join(
            mem, out, words_part(from, starts[order[i]], starts[order[i] + 1] - starts[order[i]]));
    return out;
}

/* The same told again: within each sentence groups of two to four words in another order, and `percent` of
 * the words replaced. The word that ends the sentence stays there. */
LABELLED word_list words_retell(const chain_model *m, arena *mem, uint64_t *seed, word_list from,
                                unsigned percent)
{
    word_list out = {ARENA_ARRAY(mem, uint32_t, from.count), 0};
    for (size_t start = 0, end; start < from.count; start = end) {
        size_t groups[64], n = 0;
        for (end = start; end + 1 < from.count && !chain_ends_sentence(m->words[from.words[end]]);)
            end++;
        for (size_t at = start; at < end && n < 63; at += 2 + labelled_below(seed, 3))
            groups[n++] = at;
        groups[n] = end;
        for (size_t i = 0; i < n; i++) {
            size_t k = (i * 7 + 3) % n; /* a fixed order is another order */
            if (n % 7 == 0)
                k = n - 1 - i;
            for (size_t w = groups[k]; w < groups[k + 1]; w++) {
                uint32_t random = m->stream[labelled_below(seed, m->stream_count)];
                int replace =
                    labelled_percent(seed, percent) && !chain_ends_sentence(m->words[random]);
                out.words[out.count++] = replace ? random : from.words[w];
            }
        }
        out.words[out.count++] = from.words[end++];
    }
    return out;
}

/* ---- writing out ---- */
typedef enum {
    WRITE_PLAIN,
    WRITE_UPPER_NO_MARKS, /* ASCII capitals, commas and quotation marks gone */
    WRITE_DECOMPOSED,     /* NFD */
    WRITE_LOOK_ALIKE,     /* four in ten of a e o c p x i Cyrillic */
    WRITE_ZERO_WIDTH,     /* U+200B inside one word in twelve */
    WRITE_TONE_STYLE,     /* hòa → hoà */
    WRITE_NO_ACCENTS
} writing;

/* The syllable in plain letters; what is not Vietnamese stays. Uses the two-step decomposition of NFC
 * Vietnamese letters by table. */
LABELLED const char *labelled_decomposed(const char *letter, size_t size)
{
    static const char *const table[][2] = {
#define L(base, shape, a, b, c, d, e)                                                              \
    {a, base shape "\u0300"}, {b, base shape "\u0301"}, {c, base shape "\u0303"},                  \
        {d, base shape "\u0309"}, {e, base shape "\u0323"}
        L("a", "", "à", "á", "ã", "ả", "ạ"),
        L("a", "\u0306", "ằ", "ắ", "ẵ", "ẳ", "ặ"),
        L("a", "\u0302", "ầ", "ấ", "ẫ", "ẩ", "ậ"),
        L("e", "", "è", "é", "ẽ", "ẻ", "ẹ"),
        L("e", "\u0302", "ề", "ế", "ễ", "ể", "ệ"),
        L("i", "", "ì", "í", "ĩ", "ỉ", "ị"),
        L("o", "", "ò", "ó", "õ", "ỏ", "ọ"),
        L("o", "\u0302", "ồ", "ố", "ỗ", "ổ", "ộ"),
        L("o", "\u031B", "ờ", "ớ", "ỡ", "ở", "ợ"),
        L("u", "", "ù", "ú", "ũ", "ủ", "ụ"),
        L("u", "\u031B", "ừ", "ứ", "ữ", "ử", "ự"),
        L("y", "", "ỳ", "ý", "ỹ", "ỷ", "ỵ"),
        {"ă", "a\u0306"},
        {"â", "a\u0302"},
        {"ê", "e\u0302"},
        {"ô", "o\u0302"},
        {"ơ", "o\u031B"},
        {"ư", "u\u031B"},
#undef L
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (strlen(table[i][0]) == size && memcmp(table[i][0], letter, size) == 0)
            return table[i][1];
    return NULL;
}

LABELLED void write_letter(buffer *to, const char *p, size_t size, writing how, uint64_t *seed)
{
    static const char *const cyrillic[][2] = {{"a", "а"}, {"e", "е"}, {"o", "о"}, {"c", "с"},
                                              {"p", "р"}, {"x", "х"}, {"i", "і"}};
    const char *split = labelled_decomposed(p, size);
    if (how == WRITE_DECOMPOSED && split) {
        buffer_text(to, split);
    } else if (how == WRITE_NO_ACCENTS && split) {
        buffer_byte(to, split[0]);
    } else if (how == WRITE_NO_ACCENTS && size == 2 && memcmp(p, "đ", 2) == 0) {
        buffer_byte(to, 'd');
    } else if (how == WRITE_UPPER_NO_MARKS && size == 1) {
        if (!strchr(",;:\"", *p))
            buffer_byte(to, (char)(*p >= 'a' && *p <= 'z' ? *p - 32 : *p));
    } else {
        for (size_t i = 0; how == WRITE_LOOK_ALIKE && size == 1 && i < 7; i++)
            if (*p == cyrillic[i][0][0] && labelled_percent(seed, 40)) {
                buffer_text(to, cyrillic[i][1]);
                return;
            }
        buffer_put(to, p, size);
    }
}

LABELLED void write_word(buffer *to, const char *word, writing how, uint64_t *seed)
{
    static const char *const styles[][2] = {{"òa", "oà"}, {"óa", "oá"}, {"ọa", "oạ"}, {"ỏa", "oả"},
                                            {"òe", "oè"}, {"óe", "oé"}, {"ỏe", "oẻ"}, {"ọe", "oẹ"},
                                            {"ủy", "uỷ"}, {"úy", "uý"}, {"ùy", "uỳ"}, {"ụy", "uỵ"}};
    size_t n = strlen(word);
    int hidden = how == WRITE_ZERO_WIDTH && n > 1 && labelled_percent(seed, 8);
    for (size_t i = 0, size; i < n; i += size) {
        unsigned char c = (unsigned char)word[i];
        size = c < 0x80 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4;
        for (size_t s = 0; how == WRITE_TONE_STYLE && s < sizeof styles / sizeof *styles; s++)
            if (strcmp(word + i, styles[s][0]) == 0) {
                buffer_text(to, styles[s][1]);
                return;
            }
        write_letter(to, word + i, size, how, seed);
        if (hidden && i == 0)
            buffer_text(to, "\u200B");
    }
}

/* Writes the words; spans[i], if given, are word ranges that become byte ranges. */
LABELLED void write_words(const chain_model *m, word_list words, writing how, uint64_t seed,
                          buffer *to)
{
    for (size_t i = 0; i < words.count; i++) {
        const char *word = m->words[words.words[i]];
        write_word(to, word, how, &seed);
        buffer_byte(to, chain_ends_sentence(word) && words.words[i] % 4 == 0 ? '\n' : ' ');
    }
}

/* ---- the set ---- */
typedef enum {
    COPY_EXACT,
    COPY_ENCODED, /* NFD, tone style, case and commas, look-alikes, zero-width */
    COPY_NO_ACCENTS,
    COPY_LIGHT,
    COPY_HEAVY,
    COPY_REORDERED,
    COPY_RENAMED,
    COPY_SYNONYMS,
    COPY_OF_COPY,
    COPY_LIFT,
    COPY_LIFT_10,
    COPY_LIFT_25,
    COPY_PATCHWORK,
    COPY_CLASSES
} copy_class;

LABELLED const char *const copy_names[COPY_CLASSES] = {
    "exact",           "encoding variants", "no accents",    "light edits 5-15%", "edits 30%",
    "reordered",       "names swapped",     "synonyms",      "copy of a copy",    "lift >= 40",
    "lift, 10% edits", "lift, 25% edits",   "patchwork part"};

typedef struct {
    size_t source, copy; /* texts */
    copy_class class;
    /* Word ranges of what was taken; whole texts have none (source_count 0). */
    size_t source_start, source_count, copy_start, copy_count;
} label;

typedef struct {
    word_list words;
    writing how;
} labelled_text;

typedef struct {
    const chain_model *model;
    arena *mem;
    uint64_t seed;
    labelled_text *texts;
    size_t text_count, text_most;
    label *labels;
    size_t label_count;
} labelled_set;

LABELLED size_t set_add(labelled_set *s, word_list words, writing how)
{
    if (s->text_count == s->text_most)
        abort();
    s->texts[s->text_count] = (labelled_text){words, how};
    return s->text_count++;
}

LABELLED size_t set_base(labelled_set *s)
{
    size_t count = 300 + labelled_below(&s->seed, 700);
    return set_add(s, chain_write(s->model, s->mem, &s->seed, count), WRITE_PLAIN);
}

LABELLED void set_label(labelled_set *s, label l)
{
    s->labels[s->label_count++] = l;
}

LABELLED void set_copy(labelled_set *s, copy_class class, size_t number)
{
    static const writing encodings[] = {WRITE_UPPER_NO_MARKS, WRITE_DECOMPOSED, WRITE_LOOK_ALIKE,
                                        WRITE_ZERO_WIDTH, WRITE_TONE_STYLE};
    size_t source = set_base(s);
    word_list from = s->texts[source].words;
    writing how = class == COPY_ENCODED      ? encodings[number % 5]
                  : class == COPY_NO_ACCENTS ? WRITE_NO_ACCENTS
                                             : WRITE_PLAIN;
    if (class == COPY_LIGHT)
        from = words_edit(s->model, s->mem, &s->seed, from,
                          5 + (unsigned)labelled_below(&s->seed, 11));
    if (class == COPY_HEAVY)
        from = words_edit(s->model, s->mem, &s->seed, from, 30);
    if (class == COPY_REORDERED)
        from = words_reorder(s->mem, &s->seed, from);
    if (class == COPY_SYNONYMS)
        from = words_synonyms(s->model, s->mem, from);
    if (class == COPY_OF_COPY) { /* the first copy is a copy of its own, and all three are alike */
        from = words_edit(s->model, s->mem, &s->seed, from, 8);
        size_t first = set_add(s, from, how);
        set_label(s, (label){.source = source, .copy = first, .class = class});
        from = words_edit(s->model, s->mem, &s->seed, from, 8);
        set_label(s, (label){.source = first, .copy = s->text_count, .class = class});
    }
    if (class == COPY_RENAMED)
        from = words_rename(s->model, s->mem, &s->seed, from);
    set_label(s, (label){.source = source, .copy = set_add(s, from, how), .class = class});
}

/* Puts `count` words of a new source, edited, into the host at word `at`. */
LABELLED word_list set_lift(labelled_set *s, copy_class class, word_list host, size_t at,
                            size_t count, unsigned percent)
{
    size_t source = set_base(s);
    size_t start = labelled_below(&s->seed, s->texts[source].words.count - count + 1);
    word_list part = words_part(s->texts[source].words, start, count);
    if (percent)
        part = words_edit(s->model, s->mem, &s->seed, part, percent);
    set_label(s, (label){source, 0, class, start, count, at, part.count});
    word_list head = words_join(s->mem, words_part(host, 0, at), part);
    return words_join(s->mem, head, words_part(host, at, host.count - at));
}

LABELLED void set_lifted(labelled_set *s, copy_class class, size_t number)
{
    size_t count = class == COPY_LIFT_25 || (class == COPY_LIFT && number % 2)
                       ? 60 + labelled_below(&s->seed, 61)
                   : class == COPY_LIFT ? 40 + labelled_below(&s->seed, 21)
                                        : 40 + labelled_below(&s->seed, 81);
    unsigned percent = class == COPY_LIFT ? 0 : class == COPY_LIFT_10 ? 10 : 25;
    word_list host = chain_write(s->model, s->mem, &s->seed, 300 + labelled_below(&s->seed, 600));
    host = set_lift(s, class, host, labelled_below(&s->seed, host.count), count, percent);
    s->labels[s->label_count - 1].copy = set_add(s, host, WRITE_PLAIN);
}

LABELLED void set_patchwork(labelled_set *s)
{
    size_t parts = 3 + labelled_below(&s->seed, 3), first = s->label_count;
    word_list host = chain_write(s->model, s->mem, &s->seed, 20 * (parts + 1));
    for (size_t i = 0; i < parts; i++) /* from the end, so that earlier places stay */
        host = set_lift(s, COPY_PATCHWORK, host, 20 * (parts - i),
                        50 + labelled_below(&s->seed, 101), 4);
    size_t copy = set_add(s, host, WRITE_PLAIN), shift = 0;
    for (size_t i = parts; i-- > 0;) {
        s->labels[first + i].copy = copy;
        s->labels[first + i].copy_start += shift;
        shift += s->labels[first + i].copy_count;
    }
}

/* `each` copies of every class, and as many unrelated texts as `others`. */
LABELLED labelled_set labelled_make(arena *mem, const chain_model *m, uint64_t seed, size_t each,
                                    size_t others)
{
    size_t most = 30 * each + others;
    labelled_set s = {.model = m, .mem = mem, .seed = seed, .text_most = most};
    s.texts = ARENA_ARRAY(mem, labelled_text, most);
    s.labels = ARENA_ARRAY(mem, label, most);
    for (size_t i = 0; i < each; i++) {
        for (copy_class c = COPY_EXACT; c <= COPY_OF_COPY; c++)
            set_copy(&s, c, i);
        for (copy_class c = COPY_LIFT; c <= COPY_LIFT_25; c++)
            set_lifted(&s, c, i);
        if (i % 3 == 0)
            set_patchwork(&s);
    }
    for (size_t i = 0; i < others; i++)
        set_base(&s);
    return s;
}

#endif
