/* Numbers, lengths, dates and telephones as people write them into lists. Pure. */
#include "manifest.h"

#include <ctype.h>
#include <string.h>

enum { WORDS_MOST = 1000000, BIRTH_FIRST = 1900, BIRTH_LAST = 2100 };

/* ---- numbers ---- */

/* Letters, dots and other things of a unit of measure, no further digit. */
static bool only_words(const char *text)
{
    return text[strcspn(text, "0123456789")] == '\0' && *text != '-' && *text != '.';
}

bool count_parse(const char *text, int64_t *out)
{
    int64_t n = 0;
    size_t digits = 0, group = 0;
    bool grouped = false;
    for (; *text; text++) {
        if (isdigit((unsigned char)*text)) {
            if (++digits > 9)
                return false;
            n = n * 10 + (*text - '0');
            group++;
            continue;
        }
        bool mark =
            (*text == '.' || *text == ',' || *text == ' ') && isdigit((unsigned char)text[1]);
        if (!mark)
            break;
        if (grouped ? group != 3 : group == 0 || group > 3)
            return false;
        grouped = true;
        group = 0;
    }
    if (!digits || (grouped && group != 3))
        return false;
    while (*text == ' ')
        text++;
    if (n > WORDS_MOST || !only_words(text))
        return false;
    *out = n;
    return true;
}

/* A number and what stands after it up to the next digit. */
static bool next_part(const char **at, int64_t *n, char *mark)
{
    const char *p = *at;
    if (!isdigit((unsigned char)*p))
        return false;
    *n = 0;
    for (; isdigit((unsigned char)*p); p++)
        if ((*n = *n * 10 + (*p - '0')) > 100000)
            return false;
    while (*p == ' ')
        p++;
    *mark = *p;
    while (*p && !isdigit((unsigned char)*p))
        p++;
    *at = p;
    return true;
}

bool duration_parse(const char *text, int64_t *out)
{
    int64_t part[3], total = 0;
    char mark[3];
    size_t count = 0;
    while (*text && count < 3) {
        if (!next_part(&text, &part[count], &mark[count]))
            return false;
        count++;
    }
    if (*text || count == 0)
        return false;
    bool clock = mark[0] == ':';
    if (count == 1) /* "7 phút", "7'", or a plain number of minutes is asked about, not guessed */
        return (mark[0] == 'p' || mark[0] == '\'' || mark[0] == 'm') && (*out = part[0] * 60, true);
    if (count == 3 && !clock)
        return false;
    for (size_t i = 0; i < count; i++) {
        if (i && part[i] > 59)
            return false;
        total = total * 60 + part[i];
    }
    *out = total;
    return true;
}

/* ---- dates ---- */

/* The numbers of a text and the letter or mark after each. */
typedef struct {
    int64_t n[6];
    char mark[6];
    size_t digits[6], count;
} numbers;

static bool read_numbers(const char *text, numbers *out)
{
    out->count = 0;
    for (; *text; text++) {
        if (!isdigit((unsigned char)*text))
            continue;
        if (out->count == 6)
            return false;
        const char *from = text;
        int64_t n = 0;
        for (; isdigit((unsigned char)*text) && text - from < 9; text++)
            n = n * 10 + (*text - '0');
        out->digits[out->count] = (size_t)(text - from);
        out->n[out->count] = n;
        while (*text == ' ')
            text++;
        out->mark[out->count++] = *text;
        if (isdigit((unsigned char)*text) || !*text)
            text--;
    }
    return out->count > 0;
}

/* Whether the letters of a text are only those that people put into dates. */
static bool only_date_words(const char *text)
{
    static const char *const words[] = {"ngày", "tháng", "năm", "giờ", "phút", "lúc",
                                        "Ngày", "h",     "g",   "T",   ","};
    while (*text) {
        size_t skip = strspn(text, "0123456789/.-: ");
        for (size_t i = 0; !skip && i < sizeof words / sizeof *words; i++)
            if (strncmp(text, words[i], strlen(words[i])) == 0)
                skip = strlen(words[i]);
        if (!skip)
            return false;
        text += skip;
    }
    return true;
}

static bool is_hour_mark(char mark)
{
    return mark == ':' || mark == 'h' || mark == 'g';
}

/* Two figures of a year: 16 is 2016, 62 is 1962. */
static int64_t full_year(int64_t year, size_t digits)
{
    enum { PIVOT = 40 };
    return digits == 2 ? year + (year < PIVOT ? 2000 : 1900) : year;
}

static bool set_time(moment *m, int64_t hour, int64_t minute)
{
    m->seconds = hour * 3600 + minute * 60;
    return hour < 24 && minute < 60;
}

bool moment_parse(const char *text, moment *out)
{
    enum { SERIAL_FIRST = 10000, SERIAL_LAST = 80000, DAY = 86400 };
    numbers v;
    *out = (moment){{0, 0, 0}, 0};
    if (!only_date_words(text) || !read_numbers(text, &v))
        return false;
    if (v.count == 1 && v.digits[0] == 5) { /* Excel's day number, its cell not being told a date */
        int64_t first = date_to_time((date){1899, 12, 30});
        out->day = date_from_time(first + v.n[0] * DAY);
        return v.n[0] >= SERIAL_FIRST && v.n[0] <= SERIAL_LAST;
    }
    size_t at = 0;
    if (is_hour_mark(v.mark[0])) { /* 8h30 ngày 5/7/2016 */
        at = v.count == 4 ? 1 : 2;
        if (v.count - at != 3 || !set_time(out, v.n[0], at == 2 ? v.n[1] : 0))
            return false;
    }
    if (v.count - at < 3 || v.count - at > 6)
        return false;
    if (v.count - at > 3 && !set_time(out, v.n[at + 3], v.count - at > 4 ? v.n[at + 4] : 0))
        return false;
    bool iso = v.digits[at] == 4;
    size_t year = iso ? at : at + 2, day = iso ? at + 2 : at;
    out->day = (date){(int)full_year(v.n[year], v.digits[year]), (int)v.n[at + 1], (int)v.n[day]};
    return (v.digits[year] == 4 || v.digits[year] == 2) && date_valid(out->day);
}

bool cell_day(const char *text, date *out)
{
    moment at;
    if (!moment_parse(text, &at))
        return false;
    *out = at.day;
    return true;
}

bool birth_year_parse(const char *text, int64_t *out)
{
    moment born;
    numbers v;
    if (read_numbers(text, &v) && v.count == 1 && v.digits[0] == 4 && !text[4])
        *out = v.n[0];
    else if (moment_parse(text, &born))
        *out = born.day.year;
    else
        return false;
    return *out >= BIRTH_FIRST && *out <= BIRTH_LAST;
}

/* ---- phones ---- */

static void put_phone(buffer *b, const char *digits, size_t size)
{
    if (!size)
        return;
    if (b->size)
        buffer_byte(b, ' ');
    if (size >= 11 && digits[0] == '8' && digits[1] == '4') { /* +84 912 345 678 */
        digits += 2;
        size -= 2;
    }
    if ((size == 9 || size == 10) && digits[0] != '0')
        buffer_byte(b, '0');
    buffer_put(b, digits, size);
}

char *phone_key(arena *mem, const char *phone)
{
    buffer b = BUFFER_INIT;
    char digits[24];
    size_t size = 0;
    for (const char *p = phone;; p++) {
        if (isdigit((unsigned char)*p)) {
            if (size < sizeof digits)
                digits[size++] = *p;
        } else if (!*p || strchr(",;/|\n", *p)) { /* the next number */
            put_phone(&b, digits, size);
            size = 0;
        }
        if (!*p)
            break;
    }
    char *copy = b.failed ? NULL : arena_copy(mem, b.bytes, b.size);
    buffer_free(&b);
    return copy;
}
