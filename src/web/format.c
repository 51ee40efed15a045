/* Numbers, marks and times for people. */
#include "format.h"

#include "chamthi/buffer.h"
#include "chamthi/clock.h"
#include "chamthi/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void show_number(char out[SHOWN_MAX], language lang, int64_t n)
{
    char digits[INT_MAX_TEXT];
    size_t size = int_text(digits, n), to = 0, sign = n < 0;
    for (size_t i = 0; i < size; i++) {
        if (i > sign && (size - i) % 3 == 0)
            out[to++] = lang == LANG_VI ? '.' : ',';
        out[to++] = digits[i];
    }
    out[to] = '\0';
}

void show_points(char out[SHOWN_MAX], language lang, int64_t hundredths)
{
    bool negative = hundredths < 0;
    int64_t whole = hundredths / 100;
    int rest = abs((int)(hundredths % 100));
    size_t size = 0;
    if (negative)
        out[size++] = '-';
    size += int_text(out + size, whole < 0 ? -whole : whole);
    if (rest) {
        out[size++] = lang == LANG_VI ? ',' : '.';
        out[size++] = (char)('0' + rest / 10);
        if (rest % 10)
            out[size++] = (char)('0' + rest % 10);
    }
    out[size] = '\0';
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
