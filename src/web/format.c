/* Numbers, marks and times for people. */
#include "format.h"

#include "chamthi/clock.h"
#include "chamthi/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void show_number(char out[SHOWN_MAX], language lang, int64_t n)
{
    char digits[SHOWN_MAX];
    snprintf(digits, sizeof digits, "%lld", (long long)n);
    size_t size = strlen(digits), to = 0, sign = digits[0] == '-';
    for (size_t i = 0; i < size; i++) {
        if (i > sign && (size - i) % 3 == 0)
            out[to++] = lang == LANG_VI ? '.' : ',';
        out[to++] = digits[i];
    }
    out[to] = '\0';
}

void show_points(char out[SHOWN_MAX], language lang, int64_t hundredths)
{
    char comma = lang == LANG_VI ? ',' : '.';
    int64_t n = llabs(hundredths);
    int size = snprintf(out, SHOWN_MAX, "%s%lld%c%02d", hundredths < 0 ? "-" : "",
                        (long long)(n / 100), comma, (int)(n % 100));
    while (out[size - 1] == '0')
        out[--size] = '\0';
    if (out[size - 1] == comma)
        out[--size] = '\0';
}

static const char *const months[] = {"January",   "February", "March",    "April",
                                     "May",       "June",     "July",     "August",
                                     "September", "October",  "November", "December"};

void show_time(char out[SHOWN_MAX], language lang, int64_t time)
{
    char vietnamese[20];
    time_vietnamese(time, vietnamese);
    date d = date_from_time(time);
    if (lang == LANG_VI)
        snprintf(out, SHOWN_MAX, "%s", vietnamese);
    else
        snprintf(out, SHOWN_MAX, "%d %s %d, %s", d.day, months[d.month - 1], d.year,
                 strchr(vietnamese, ' ') + 1);
}

void show_date(char out[SHOWN_MAX], language lang, const char *iso)
{
    date d;
    char vietnamese[20];
    if (!date_parse(iso, &d)) {
        size_t size = text_cut((slice){iso, strlen(iso)}, SHOWN_MAX - 1);
        memcpy(out, iso, size);
        out[size] = '\0';
        return;
    }
    date_vietnamese(d, vietnamese);
    if (lang == LANG_VI)
        snprintf(out, SHOWN_MAX, "%s", vietnamese);
    else
        snprintf(out, SHOWN_MAX, "%d %s %d", d.day, months[d.month - 1], d.year);
}

static const char *skip_blanks(const char *p)
{
    for (;;) {
        if (*p == ' ' || *p == '\t' || *p == '\n')
            p++;
        else if (strncmp(p, "\xC2\xA0", 2) == 0) /* a no-break space, pasted */
            p += 2;
        else
            return p;
    }
}

/* Reads "8", "8,5" or "8.50" as hundredths; `finer` when there is a third decimal that is not 0. */
static bool read_hundredths(const char **at, int64_t *out, bool *finer)
{
    const char *p = *at;
    int64_t n = 0;
    size_t digits = strspn(p, "0123456789"), decimals = 0;
    if (!digits || digits > 6)
        return false;
    for (size_t i = 0; i < digits; i++)
        n = 10 * n + (*p++ - '0');
    if (*p == ',' || *p == '.') {
        decimals = strspn(++p, "0123456789");
        if (!decimals)
            return false;
    }
    for (size_t i = 0; i < decimals || i < 2; i++) {
        int digit = i < decimals ? *p++ - '0' : 0;
        if (i < 2)
            n = 10 * n + digit;
        else
            *finer |= digit != 0;
    }
    *at = p;
    *out = n;
    return true;
}

mark_kind read_mark(const char *typed, const mark_scale *scale, int64_t *points)
{
    const char *p = skip_blanks(typed);
    int64_t n;
    bool finer = false;
    if (!*p)
        return MARK_BLANK;
    if (!read_hundredths(&p, &n, &finer) || *skip_blanks(p))
        return MARK_NO_NUMBER;
    if (n < scale->least || n > scale->most || (n == scale->most && finer))
        return MARK_OUT_OF_SCALE;
    if (finer || (n - scale->least) % scale->step != 0)
        return MARK_OFF_STEP;
    *points = n;
    return MARK_POINTS;
}
