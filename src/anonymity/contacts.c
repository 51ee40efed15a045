/* Telephone numbers, e-mail addresses and identity numbers, in whatever way people write them. */
#include "finder.h"

#include <string.h>

static bool digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool letter(char c)
{
    return ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || (unsigned char)c >= 0x80;
}

static size_t digits_from(slice t, size_t at)
{
    size_t i = at;
    while (i < t.size && digit(t.bytes[i]))
        i++;
    return i - at;
}

/* Digits in groups with at most two separators between them, three between single digits, from `at` on. */
static size_t groups_end(slice t, size_t at, size_t *digits)
{
    enum { SEPARATORS = 2 };
    size_t i = at, end = at, group = 0;
    *digits = 0;
    while (i < t.size) {
        size_t gap = 0;
        while (i + gap < t.size && gap <= SEPARATORS + 1 && strchr(" .-()", t.bytes[i + gap]))
            gap++;
        size_t next = digits_from(t, i + gap);
        if (!next || gap > SEPARATORS + 1 ||
            (gap > SEPARATORS && (group != 1 || digits_from(t, i + gap) != 1)))
            break;
        *digits += next;
        group = next;
        i += gap + next;
        end = i;
    }
    return end;
}

static bool stands_alone(slice t, size_t at, size_t end)
{
    if (at && (digit(t.bytes[at - 1]) || letter(t.bytes[at - 1])))
        return false;
    return end == t.size || !letter(t.bytes[end]) || (unsigned char)t.bytes[end] >= 0x80;
}

/* A Vietnamese number: 0 and 9 or 10 more digits, or +84 / 84 and 9 or 10. */
static size_t phone_at(slice t, size_t at)
{
    bool plus = t.bytes[at] == '+';
    size_t digits, from = at + plus;
    bool abroad = from + 1 < t.size && t.bytes[from] == '8' && t.bytes[from + 1] == '4';
    if (from >= t.size || (!abroad && (plus || t.bytes[from] != '0')))
        return 0;
    size_t end = groups_end(t, from, &digits);
    if (!stands_alone(t, at, end))
        return 0;
    size_t least = abroad ? 11 : 10, most = abroad ? 13 : 11;
    return digits >= least && digits <= most ? end : 0;
}

/* ---- identity numbers ---- */

/* A label of identity numbers in the few words before. */
static bool id_label(const finder *s, size_t at)
{
    static const char *const labels[] = {"cccd", "cmnd", "cmt", "cmtnd", NULL};
    static const char *const pairs[][2] = {{"can", "cuoc"}, {"chung", "minh"}, {"dinh", "danh"}};
    enum { WORDS_BEFORE = 6, PAIRS = sizeof pairs / sizeof *pairs };
    size_t i = word_from(s, at);
    for (size_t n = 0; n < WORDS_BEFORE && i; n++) {
        bool label = word_among(s, --i, labels);
        for (size_t k = 0; k < PAIRS && !label; k++)
            label = word_is(s, i, pairs[k][0]) && word_is(s, i + 1, pairs[k][1]);
        if (label)
            return true;
    }
    return false;
}

/* Nine or twelve digits: grouped ones only behind a label, plain ones where they are no sum of money. */
static size_t id_at(const finder *s, size_t at)
{
    slice t = s->text;
    size_t digits, plain = digits_from(t, at), end = groups_end(t, at, &digits);
    if (!digit(t.bytes[at]))
        return 0;
    bool counts = digits == 9 || digits == 12;
    if (counts && stands_alone(t, at, end) && id_label(s, at))
        return end;
    bool whole =
        plain == digits && stands_alone(t, at, end) && (end == t.size || t.bytes[end] != ',');
    return (digits == 12 && whole && t.bytes[at] == '0') ? end : 0;
}

/* ---- e-mail ---- */

static bool mail_character(char c)
{
    return c && (digit(c) || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || strchr("._%+-", c));
}

/* The address around the @ at `at`: something before it, a dot and two letters or more behind it. */
static bool mail_around(slice t, size_t at, size_t *start, size_t *end)
{
    size_t from = at, to = at + 1, dot = 0;
    while (from && mail_character(t.bytes[from - 1]))
        from--;
    while (to < t.size && mail_character(t.bytes[to]))
        to++;
    while (strchr(".-_%+", t.bytes[to - 1])) /* the full stop of the sentence */
        to--;
    for (size_t i = at + 2; i < to; i++)
        dot = t.bytes[i] == '.' ? i : dot;
    *start = from;
    *end = to;
    return from < at && dot && dot + 2 < to;
}

/* The author's own name before the @, where it stands alone. */
static status find_mail_names(finder *s, fault *f)
{
    enum { SHORTEST = 6 };
    for (size_t i = 0; i < s->known->author_count; i++) {
        const char *mail = s->known->authors[i].email, *at = strchr(mail, '@');
        size_t size = at ? (size_t)(at - mail) : 0;
        if (size < SHORTEST)
            continue;
        const char *from = s->text.bytes, *end = from + s->text.size;
        while ((from = memmem(from, (size_t)(end - from), mail, size)) != NULL) {
            size_t start = (size_t)(from - s->text.bytes);
            if (stands_alone(s->text, start, start + size))
                TRY(finder_add(s, start, start + size, "email", f));
            from += size;
        }
    }
    return OK;
}

status finder_contacts(finder *s, fault *f)
{
    slice t = s->text;
    for (size_t i = 0; i < t.size; i++) {
        size_t start, end;
        if (t.bytes[i] == '@' && mail_around(t, i, &start, &end))
            TRY(finder_add(s, start, end, "email", f));
        if (!digit(t.bytes[i]) && t.bytes[i] != '+')
            continue;
        size_t id = id_at(s, i);
        end = id ? id : phone_at(t, i);
        if (end) {
            TRY(finder_add(s, i, end, id ? "id" : "phone", f));
            i = end - 1;
            continue;
        }
        while (i + 1 < t.size && digit(t.bytes[i + 1]))
            i++;
    }
    return find_mail_names(s, f);
}
