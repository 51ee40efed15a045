/* Telephone numbers and e-mail addresses, in whatever way people write them. */
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

/* Digits in groups with at most two separators between them, from `at` on. */
static size_t phone_end(slice t, size_t at, size_t *digits)
{
    enum { MOST_SEPARATORS = 2 };
    size_t i = at, end = at;
    *digits = 0;
    while (i < t.size) {
        size_t gap = 0;
        while (i + gap < t.size && gap <= MOST_SEPARATORS && strchr(" .-()", t.bytes[i + gap]))
            gap++;
        if (i + gap >= t.size || gap > MOST_SEPARATORS || !digit(t.bytes[i + gap]))
            break;
        i += gap;
        while (i < t.size && digit(t.bytes[i])) {
            i++;
            ++*digits;
        }
        end = i;
    }
    return end;
}

/* A Vietnamese number: 0 and 9 or 10 more digits, or +84 / 84 and 9 or 10. */
static size_t phone_at(slice t, size_t at)
{
    bool plus = t.bytes[at] == '+';
    size_t digits, from = at + plus, end;
    if (at && (digit(t.bytes[at - 1]) || letter(t.bytes[at - 1])))
        return 0;
    bool abroad = from + 1 < t.size && t.bytes[from] == '8' && t.bytes[from + 1] == '4';
    if (from >= t.size || (!abroad && (plus || t.bytes[from] != '0')))
        return 0;
    end = phone_end(t, from, &digits);
    if (end < t.size && letter(t.bytes[end]) && (unsigned char)t.bytes[end] < 0x80)
        return 0;
    size_t least = abroad ? 11 : 10, most = abroad ? 13 : 11;
    return digits >= least && digits <= most ? end : 0;
}

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

status finder_contacts(finder *s, fault *f)
{
    slice t = s->text;
    for (size_t i = 0; i < t.size; i++) {
        size_t start, end;
        if (t.bytes[i] == '@' && mail_around(t, i, &start, &end))
            TRY(finder_add(s, start, end, "email", f));
        if (!digit(t.bytes[i]) && t.bytes[i] != '+')
            continue;
        end = phone_at(t, i);
        if (end) {
            TRY(finder_add(s, i, end, "phone", f));
            i = end - 1;
            continue;
        }
        while (i + 1 < t.size && digit(t.bytes[i + 1]))
            i++;
    }
    return OK;
}
