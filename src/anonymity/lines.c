/* Lines that say who wrote: signatures, contact lines beside them, the author's unit. */
#include "finder.h"

#include <string.h>

enum { LONGEST_VALUE = 40, LONGEST_NAME_LINE = 8, NEAR_LINES = 6, MORE_THAN_UNIT = 8 };

/* Folded words; what follows the colon is the author. */
static const char *const signature_labels[] = {
    "nguoi viet",
    "nguoi viet bai",
    "tac gia",
    "ho va ten tac gia",
    "ho ten tac gia",
    "ten tac gia",
    "tac gia bai viet",
    "tac gia du thi",
    "nguoi du thi",
    "ho va ten nguoi du thi",
    "ho ten nguoi du thi",
    "nhom tac gia",
    "bai viet cua",
    "bai va anh",
    "bai anh",
    "tin bai",
    "but danh",
    "ho va ten nguoi viet",
    "ho ten nguoi viet",
};
/* These are the author's only near a signature: a subject is presented in the same words. */
static const char *const contact_labels[] = {
    "ho va ten", "ho ten",          "don vi",      "don vi cong tac", "noi cong tac",
    "dia chi",   "dia chi lien he", "dien thoai",  "so dien thoai",   "sdt",
    "dt",        "email",           "nam sinh",    "ngay sinh",       "sinh nam",
    "lop",       "truong",          "nghe nghiep",
};

/* The word behind the label when the words at `at` spell it and a colon follows, else 0. */
static size_t label_end(const finder *s, size_t at, size_t after, const char *label)
{
    size_t i = at;
    while (*label) {
        size_t size = strcspn(label, " ");
        if (i >= after || strlen(s->words.items[i].fold) != size ||
            strncmp(s->words.items[i].fold, label, size) != 0)
            return 0;
        label += size + (label[size] == ' ');
        i++;
    }
    size_t colon = s->words.items[i - 1].end;
    while (colon < s->text.size && s->text.bytes[colon] == ' ')
        colon++;
    return colon < s->text.size && s->text.bytes[colon] == ':' ? i : 0;
}

static size_t any_label(const finder *s, size_t at, size_t after, const char *const *labels,
                        size_t count)
{
    size_t best = 0;
    for (size_t i = 0; i < count; i++) {
        size_t end = label_end(s, at, after, labels[i]);
        best = end > best ? end : best;
    }
    return best;
}

/* A label opens a line, or a sentence, or a bracket in it. */
static bool opens(const finder *s, const text_line *l, size_t word_at)
{
    if (word_at == l->first)
        return true;
    size_t i = s->words.items[word_at].start, from = s->words.items[word_at - 1].end;
    for (; i > from; i--)
        if (strchr(".!?(;-", s->text.bytes[i - 1]) || (unsigned char)s->text.bytes[i - 1] >= 0x80)
            return true;
    return false;
}

/* The value behind a label: to the end of the line or of the bracket. Empty: the next line that has
 * words, when it is as short as a name. */
static void value_of(const finder *s, size_t line, size_t word_after, size_t *start, size_t *end)
{
    const text_line *l = &s->lines[line];
    *start = *end = 0;
    if (word_after >= l->after) {
        while (++line < s->line_count && s->lines[line].first == s->lines[line].after)
            ;
        if (line == s->line_count)
            return;
        l = &s->lines[line];
        if (l->after - l->first > LONGEST_NAME_LINE)
            return;
        word_after = l->first;
    }
    size_t last = word_after;
    while (last + 1 < l->after && last + 1 - word_after < LONGEST_VALUE) {
        size_t gap = s->words.items[last].end, next = s->words.items[last + 1].start;
        if (memchr(s->text.bytes + gap, ')', next - gap))
            break;
        last++;
    }
    *start = s->words.items[word_after].start;
    *end = s->words.items[last].end;
}

static status find_signatures(finder *s, fault *f)
{
    enum { COUNT = sizeof signature_labels / sizeof *signature_labels };
    for (size_t k = 0; k < s->line_count; k++) {
        text_line *l = &s->lines[k];
        for (size_t i = l->first; i < l->after; i++) {
            size_t after = opens(s, l, i) ? any_label(s, i, l->after, signature_labels, COUNT) : 0;
            if (!after)
                continue;
            size_t start, end;
            value_of(s, k, after, &start, &end);
            l->author_here = true;
            if (end > start)
                TRY(finder_add(s, start, end, "signature", f));
        }
    }
    return OK;
}

static bool near_author(const finder *s, size_t line)
{
    size_t from = line > NEAR_LINES ? line - NEAR_LINES : 0;
    for (size_t i = from; i < s->line_count && i <= line + NEAR_LINES; i++)
        if (s->lines[i].author_here)
            return true;
    return false;
}

static bool holds(const finder *s, const text_line *l, const word_list *wanted)
{
    for (size_t i = l->first; i < l->after; i++)
        if (words_match(&s->words, i, wanted))
            return true;
    return false;
}

/* Labels of one line, near a signature: "Đơn vị: … – Điện thoại: …". Lines that speak of the subject
 * stay. */
static status find_contact_lines(finder *s, const word_list *subject, fault *f)
{
    enum { COUNT = sizeof contact_labels / sizeof *contact_labels };
    for (size_t k = 0; k < s->line_count; k++) {
        const text_line *l = &s->lines[k];
        if (!near_author(s, k) || holds(s, l, subject))
            continue;
        for (size_t i = l->first; i < l->after; i++) {
            size_t after = opens(s, l, i) ? any_label(s, i, l->after, contact_labels, COUNT) : 0;
            size_t start, end;
            if (!after || after >= l->after)
                continue;
            value_of(s, k, after, &start, &end);
            if (end > start)
                TRY(finder_add(s, start, end, "contact", f));
        }
    }
    return OK;
}

/* A short line with the author's unit in it; in longer ones the unit is part of the story. */
static status find_unit_lines(finder *s, const char *unit, fault *f)
{
    word_list wanted;
    TRY(words_read(s->mem, (slice){unit, strlen(unit)}, &wanted, f));
    if (wanted.count < 2)
        return OK;
    for (size_t k = 0; k < s->line_count; k++) {
        const text_line *l = &s->lines[k];
        if (l->after - l->first > wanted.count + MORE_THAN_UNIT)
            continue;
        for (size_t i = l->first; i < l->after; i++)
            if (words_match(&s->words, i, &wanted))
                TRY(finder_add(s, s->words.items[i].start, s->words.items[i + wanted.count - 1].end,
                               "unit", f));
    }
    return OK;
}

status finder_lines(finder *s, fault *f)
{
    const identity_known *known = s->known;
    word_list subject;
    TRY(find_signatures(s, f));
    TRY(words_read(s->mem, (slice){known->subject, strlen(known->subject)}, &subject, f));
    TRY(find_contact_lines(s, &subject, f));
    for (size_t i = 0; i < known->unit_count; i++)
        if (strcmp(known->units[i], known->subject_unit) != 0)
            TRY(find_unit_lines(s, known->units[i], f));
    return OK;
}
