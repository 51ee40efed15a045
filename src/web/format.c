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
