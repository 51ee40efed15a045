/* Calendar arithmetic without the C library's locale or time zone: Hà Nội is UTC+7 all year. */
#include "chamthi/clock.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { DAY = 86400, HANOI_OFFSET = 7 * 3600 };

int64_t clock_now(void)
{
    return (int64_t)time(NULL);
}

int64_t clock_cpu_nanoseconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

static bool leap(int year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

bool date_valid(date d)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (d.year < 1 || d.year > 9999 || d.month < 1 || d.month > 12 || d.day < 1)
        return false;
    return d.day <= days[d.month - 1] + (d.month == 2 && leap(d.year));
}

/* Days since 1970-01-01 (proleptic Gregorian), by counting from March so that leap days come last. */
static int64_t day_number(date d)
{
    int64_t y = d.year - (d.month <= 2);
    int64_t era = y / 400, of_era = y % 400;
    int64_t of_year = (153 * (d.month + (d.month > 2 ? -3 : 9)) + 2) / 5 + d.day - 1;
    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

static date date_of_day(int64_t z)
{
    z += 719468;
    int64_t era = (z >= 0 ? z : z - 146096) / 146097, doe = z - era * 146097;
    int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100), mp = (5 * doy + 2) / 153;
    int month = (int)(mp < 10 ? mp + 3 : mp - 9);
    return (date){(int)(yoe + era * 400 + (month <= 2)), month,
                  (int)(doy - (153 * mp + 2) / 5 + 1)};
}

bool date_parse(const char *text, date *out)
{
    long part[3];
    char separator = 0;
    for (int i = 0; i < 3; i++) {
        char *end;
        if (*text < '0' || *text > '9')
            return false;
        part[i] = strtol(text, &end, 10);
        if (end - text > 4)
            return false;
        text = end;
        if (i == 2)
            break;
        if ((*text != '-' && *text != '/' && *text != '.') || (separator && *text != separator))
            return false;
        separator = *text++;
    }
    bool iso = part[0] > 31;
    if (*text && !(iso && (*text == 'T' || *text == ' ')))
        return false;
    date d = iso ? (date){(int)part[0], (int)part[1], (int)part[2]}
                 : (date){(int)part[2], (int)part[1], (int)part[0]};
    if (d.year < 1000 || !date_valid(d))
        return false;
    *out = d;
    return true;
}

int64_t date_to_time(date d)
{
    return day_number(d) * DAY - HANOI_OFFSET;
}

date date_from_time(int64_t time)
{
    int64_t local = time + HANOI_OFFSET;
    return date_of_day(local >= 0 ? local / DAY : (local - DAY + 1) / DAY);
}

void date_iso(date d, char out[20])
{
    snprintf(out, 20, "%04d-%02d-%02d", d.year % 10000, d.month % 100, d.day % 100);
}

void date_vietnamese(date d, char out[20])
{
    snprintf(out, 20, "%d/%d/%d", d.day % 100, d.month % 100, d.year % 10000);
}

void time_vietnamese(int64_t time, char out[20])
{
    date d = date_from_time(time);
    int64_t minutes = ((time + HANOI_OFFSET) % DAY + DAY) % DAY / 60;
    snprintf(out, 20, "%d/%d/%d %02d:%02d", d.day % 100, d.month % 100, d.year % 10000,
             (int)(minutes / 60) % 100, (int)(minutes % 60));
}
