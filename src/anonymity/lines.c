/* Lines that say who wrote: signatures, and labelled lines beside them. */
#include "finder.h"

#include <string.h>

enum { LONGEST_VALUE = 40, LONGEST_NAME_LINE = 8, NEAR_LINES = 6 };

/* Folded words; what follows the colon is the author. */
static const char *const signature_labels[] = {"nguoi viet",
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
                                               "bai du thi cua",
                                               "bai va anh",
                                               "bai anh",
                                               "bai",
                                               "tin bai",
                                               "but danh",
                                               "ten that",
                                               "ho va ten nguoi viet",
                                               "ho ten nguoi viet",
                                               "nguoi ghi",
                                               "nguoi chep",
                                               "nguoi ke",
                                               "nguoi ke chuyen",
                                               "nguoi thuat",
                                               "nguoi gui",
                                               "nguoi gui bai",
                                               "nguoi thuc hien",
                                               "hoc sinh thuc hien",
                                               "nhom thuc hien",
                                               "ky ten",
                                               "ky",
                                               NULL};
/* These are the author's only near a signature: a subject is presented in the same words. */
static const char *const contact_labels[] = {"ho va ten",
                                             "ho ten",
                                             "ten",
                                             "don vi",
                                             "don vi cong tac",
                                             "noi cong tac",
                                             "co quan",
                                             "dia chi",
                                             "dia chi lien he",
                                             "noi o",
                                             "noi o hien nay",
                                             "o",
                                             "thuong tru",
                                             "tru tai",
                                             "nha rieng",
                                             "que quan",
                                             "dien thoai",
                                             "so dien thoai",
                                             "sdt",
                                             "dt",
                                             "tel",
                                             "mb",
                                             "di dong",
                                             "email",
                                             "e mail",
                                             "thu",
                                             "nam sinh",
                                             "ngay sinh",
                                             "sinh nam",
                                             "sinh ngay",
                                             "lop",
                                             "truong",
                                             "nghe nghiep",
                                             "chuc vu",
                                             "cccd",
                                             "so cccd",
                                             "cmnd",
                                             "cmt",
                                             "can cuoc",
                                             NULL};

size_t label_end(const finder *s, size_t at, size_t after, const char *label)
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

static size_t any_label(const finder *s, size_t at, size_t after, const char *const *labels)
{
    size_t best = 0;
    for (; at < after && *labels; labels++) {
        bool begins = **labels == s->words.items[at].fold[0];
        size_t end = begins ? label_end(s, at, after, *labels) : 0;
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
        if (strchr(".!?(;-|/,", s->text.bytes[i - 1]) ||
            (unsigned char)s->text.bytes[i - 1] >= 0x80)
            return true;
    return false;
}

bool only_labels(const finder *s, size_t from, size_t to)
{
    if (memchr(s->text.bytes + from, '\n', to - from))
        return false;
    size_t i = word_from(s, from);
    while (i < s->words.count && s->words.items[i].start < to) {
        size_t end = any_label(s, i, s->words.count, contact_labels);
        if (!end || s->words.items[end - 1].end > to)
            return false;
        i = end;
    }
    return true;
}

/* ---- values ---- */

typedef struct {
    size_t first, after; /* words; none: first == after */
} value;

static bool gap_has(const finder *s, size_t at, const char *signs)
{
    for (size_t i = s->words.items[at].end; i < s->words.items[at + 1].start; i++)
        if (strchr(signs, s->text.bytes[i]))
            return true;
    return false;
}

/* The value behind a label: to the end of the line, the next label, or one of the signs. Empty: the next
 * line that has words, when it is as short as a name. */
static value value_of(const finder *s, size_t line, size_t word_after, const char *signs)
{
    const text_line *l = &s->lines[line];
    if (word_after >= l->after) {
        while (++line < s->line_count && s->lines[line].first == s->lines[line].after)
            ;
        if (line == s->line_count)
            return (value){0, 0};
        l = &s->lines[line];
        if (l->after - l->first > LONGEST_NAME_LINE)
            return (value){0, 0};
        word_after = l->first;
    }
    size_t i = word_after;
    while (i + 1 < l->after && i + 1 - word_after < LONGEST_VALUE && !gap_has(s, i, signs) &&
           !any_label(s, i + 1, l->after, contact_labels))
        i++;
    return (value){word_after, i + 1};
}

static status add_value(finder *s, value v, const char *kind, fault *f)
{
    if (v.first == v.after)
        return OK;
    return finder_add(s, s->words.items[v.first].start, s->words.items[v.after - 1].end, kind, f);
}

/* ---- signatures ---- */

/* Before the names are looked for: a label makes its line a signature's. */
void finder_signatures(finder *s)
{
    for (size_t k = 0; k < s->line_count; k++) {
        text_line *l = &s->lines[k];
        for (size_t i = l->first; l->colon && i < l->after && !l->signature; i++)
            l->signature = opens(s, l, i) && any_label(s, i, l->after, signature_labels);
        if (l->signature)
            l->owner = OWNER_AUTHOR;
    }
}

static bool names_within(const finder *s, value v)
{
    size_t from = s->words.items[v.first].start, to = s->words.items[v.after - 1].end;
    for (size_t i = 0; i < s->found.count; i++)
        if (strcmp(s->found.items[i].kind, "name") == 0 && s->found.items[i].start < to &&
            s->found.items[i].end > from)
            return true;
    return false;
}

/* A name behind the label that is not the manifest's: a pen name, a co-author left out. */
static status find_signatures(finder *s, fault *f)
{
    for (size_t k = 0; k < s->line_count; k++) {
        const text_line *l = &s->lines[k];
        for (size_t i = l->first; l->signature && i < l->after; i++) {
            size_t after = opens(s, l, i) ? any_label(s, i, l->after, signature_labels) : 0;
            if (!after)
                continue;
            value whole = value_of(s, k, after, ")"), v = value_of(s, k, after, "(),;");
            if (v.first == v.after || names_within(s, whole) || !word_capital(&s->words, v.first))
                continue;
            TRY(add_value(s, v, "signature", f));
        }
    }
    return OK;
}

/* ---- contact lines ---- */

/* Whose a line is that has no name: the nearest line above that has one, else the nearest below. */
static line_owner owner_of(const finder *s, size_t line)
{
    size_t from = line > NEAR_LINES ? line - NEAR_LINES : 0;
    for (size_t i = line + 1; i > from; i--)
        if (s->lines[i - 1].owner != OWNER_NONE)
            return s->lines[i - 1].owner;
    for (size_t i = line + 1; i < s->line_count && i <= line + NEAR_LINES; i++)
        if (s->lines[i].owner != OWNER_NONE)
            return s->lines[i].owner;
    return OWNER_NONE;
}

/* Labels near a signature: "Đơn vị: … – Điện thoại: …". */
static status find_contact_lines(finder *s, fault *f)
{
    for (size_t k = 0; k < s->line_count; k++) {
        const text_line *l = &s->lines[k];
        if (!l->colon || owner_of(s, k) != OWNER_AUTHOR)
            continue;
        for (size_t i = l->first; i < l->after; i++) {
            size_t after = opens(s, l, i) ? any_label(s, i, l->after, contact_labels) : 0;
            if (after && after < l->after)
                TRY(add_value(s, value_of(s, k, after, ");|"), "contact", f));
        }
    }
    return OK;
}

/* "sinh năm 1958" in a line of the author's. */
static status find_births(finder *s, fault *f)
{
    for (size_t i = 0; i + 2 < s->words.count; i++) {
        if (!word_is(s, i, "sinh") || !word_is(s, i + 1, "nam"))
            continue;
        const word *w = &s->words.items[i + 2];
        bool year = w->end - w->start == 4 &&
                    (strncmp(w->fold, "19", 2) == 0 || strncmp(w->fold, "20", 2) == 0);
        if (year && s->lines[s->line_of[i]].owner == OWNER_AUTHOR)
            TRY(finder_add(s, w->start, w->end, "birth", f));
    }
    return OK;
}

status finder_lines(finder *s, fault *f)
{
    TRY(find_signatures(s, f));
    TRY(find_contact_lines(s, f));
    return find_births(s, f);
}
