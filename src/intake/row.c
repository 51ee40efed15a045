/* What one row of a list says, in values. Pure. */
#include "manifest.h"

#include "chamthi/text.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
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

bool birth_year_parse(const char *text, int64_t *out)
{
    date day;
    if (date_parse(text, &day)) {
        *out = day.year;
        return day.year >= BIRTH_FIRST && day.year <= BIRTH_LAST;
    }
    char *end;
    long year = strtol(text, &end, 10);
    if (end - text != 4 || *end || year < BIRTH_FIRST || year > BIRTH_LAST)
        return false;
    *out = year;
    return true;
}

/* ---- phones ---- */

static void put_phone(buffer *b, const char *digits, size_t size)
{
    if (!size)
        return;
    if (b->size)
        buffer_byte(b, ' ');
    if (size == 11 && digits[0] == '8' && digits[1] == '4') { /* +84 912 345 678 */
        digits += 2;
        size -= 2;
    } else if (size == 12 && digits[0] == '8' && digits[1] == '4' && digits[2] == '0') {
        digits += 2;
        size -= 2;
    }
    if (size == 9 && digits[0] != '0')
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

/* ---- authors ---- */

static const char *trimmed(arena *mem, const char *text, size_t size)
{
    while (size && strchr(" \n\t", *text))
        text++, size--;
    while (size && strchr(" \n\t", text[size - 1]))
        size--;
    return arena_copy(mem, text, size);
}

/* Parts between ';', empty ones left out; `out` holds AUTHORS_MOST. False: too many, or memory. */
static bool split(arena *mem, const char *text, const char **out, size_t *count)
{
    *count = 0;
    while (*text) {
        size_t size = strcspn(text, ";");
        const char *part = trimmed(mem, text, size);
        if (!part)
            return false;
        if (*part) {
            if (*count == AUTHORS_MOST)
                return false;
            out[(*count)++] = part;
        }
        text += size + (text[size] == ';');
    }
    return true;
}

typedef enum { SHARED, FIRST_ONLY } sharing;

/* One value per author when there are as many; else the whole cell for all of them, or for the first
 * alone (a telephone and a year of birth belong to one person). */
static void share_out(arena *mem, const char *cell, sharing how, size_t authors,
                      const char *out[AUTHORS_MOST])
{
    size_t count;
    if (split(mem, cell, out, &count) && count == authors)
        return;
    for (size_t i = 0; i < authors; i++)
        out[i] = i == 0 || how == SHARED ? cell : "";
}

/* `column` is the column's name in both languages. */
static status refuse_cell(const manifest_row *row, field what, const char *column, const char *word,
                          const char **reason, fault *f)
{
    *reason = word;
    return FAIL(f, E_INPUT, "cột %s ghi “%s”, không đọc được; hãy sửa trong danh sách rồi chạy lại",
                "the column %s says “%s”, which cannot be read; mend the list and run again",
                column, row->field[what]);
}

static status read_authors(arena *mem, const manifest_row *row, row_values *v, const char **reason,
                           fault *f)
{
    const char *names[AUTHORS_MOST], *births[AUTHORS_MOST], *addresses[AUTHORS_MOST];
    const char *phones[AUTHORS_MOST], *emails[AUTHORS_MOST], *units[AUTHORS_MOST];
    if (!split(mem, row->field[FIELD_AUTHOR], names, &v->author_count) || !v->author_count) {
        *reason = "row.author";
        return FAIL(
            f, E_INPUT,
            "thiếu tên tác giả (hoặc quá %d người); hãy ghi vào cột “tác giả”, nhiều người thì "
            "cách nhau bằng dấu “;”",
            "the author is missing (or more than %d); fill the column “author”, several names "
            "with “;” between them",
            AUTHORS_MOST);
    }
    size_t n = v->author_count;
    v->authors = ARENA_ARRAY(mem, row_author, n);
    if (!v->authors)
        return fault_memory(f);
    share_out(mem, row->field[FIELD_BIRTH_YEAR], FIRST_ONLY, n, births);
    share_out(mem, row->field[FIELD_ADDRESS], SHARED, n, addresses);
    share_out(mem, row->field[FIELD_PHONE], FIRST_ONLY, n, phones);
    share_out(mem, row->field[FIELD_EMAIL], FIRST_ONLY, n, emails);
    share_out(mem, row->field[FIELD_UNIT], SHARED, n, units);
    for (size_t i = 0; i < n; i++) {
        v->authors[i] = (row_author){names[i], addresses[i], phones[i], emails[i], units[i], 0};
        if (*births[i] && !birth_year_parse(births[i], &v->authors[i].birth))
            return refuse_cell(row, FIELD_BIRTH_YEAR, "“năm sinh” (birth_year)", "row.birth",
                               reason, f);
    }
    return OK;
}

/* ---- the row ---- */

/* The time of day after an ISO date: "2024-05-31 08:30". 0 when there is none. */
static int64_t time_of_day(const char *text)
{
    const char *p = strpbrk(text, "T ");
    int hour, minute;
    if (!p || sscanf(p + 1, "%2d:%2d", &hour, &minute) != 2 || hour < 0 || hour > 23 ||
        minute < 0 || minute > 59)
        return 0;
    return hour * 3600 + minute * 60;
}

static status read_dates(const manifest_row *row, row_values *v, const char **reason, fault *f)
{
    const char *received = row->field[FIELD_RECEIVED], *published = row->field[FIELD_PUBLISHED];
    date day;
    if (*received) {
        if (!date_parse(received, &day))
            return refuse_cell(row, FIELD_RECEIVED, "“ngày nhận” (received)", "row.date", reason,
                               f);
        v->has_received = true;
        v->received = date_to_time(day) + time_of_day(received);
    }
    if (*published) {
        if (!date_parse(published, &day))
            return refuse_cell(row, FIELD_PUBLISHED, "“ngày đăng” (published)", "row.date", reason,
                               f);
        date_iso(day, v->published);
    }
    return OK;
}

status row_read(arena *mem, const manifest_row *row, row_values *out, const char **reason, fault *f)
{
    *out = (row_values){.words = -1, .seconds = -1};
    if (!*row->field[FIELD_TITLE]) {
        *reason = "row.title";
        return FAIL(f, E_INPUT, "thiếu tên bài; hãy ghi vào cột “tên bài” rồi chạy lại",
                    "the title is missing; fill the column “title” and run again");
    }
    TRY(read_authors(mem, row, out, reason, f));
    TRY(read_dates(row, out, reason, f));
    if (*row->field[FIELD_WORDS] && !count_parse(row->field[FIELD_WORDS], &out->words))
        return refuse_cell(row, FIELD_WORDS, "“số từ” (words)", "row.words", reason, f);
    if (*row->field[FIELD_DURATION] && !duration_parse(row->field[FIELD_DURATION], &out->seconds))
        return refuse_cell(row, FIELD_DURATION, "“thời lượng” (duration, mm:ss)", "row.duration",
                           reason, f);
    return OK;
}

/* ---- sameness ---- */

static bool hash_key(hash_state *h, arena *mem, const char *text)
{
    const char *key = text_key_string(mem, text);
    if (key)
        hash_piece(h, key, strlen(key));
    return key != NULL;
}

/* A unit calls a file by one name, so name and unit tell the entry, and title or authors may be
 * corrected later. Without a file, title and authors tell it. */
status row_key(const manifest_row *row, int64_t year, arena *mem, unsigned char out[HASH_SIZE],
               fault *f)
{
    const char *file = row->field[FIELD_FILE];
    hash_state h;
    hash_start(&h, NULL, 0);
    hash_piece(&h, &year, sizeof year);
    bool good = hash_key(&h, mem, row->field[FIELD_SENT_BY]);
    hash_piece(&h, *file ? "file" : "paper", *file ? 4 : 5);
    if (*file)
        hash_piece(&h, file, strlen(file));
    else
        good = good && hash_key(&h, mem, row->field[FIELD_TITLE]) &&
               hash_key(&h, mem, row->field[FIELD_AUTHOR]);
    hash_end(&h, out);
    return good ? OK : fault_memory(f);
}

void row_hash(const manifest_row *row, unsigned char out[HASH_SIZE])
{
    hash_state h;
    hash_start(&h, NULL, 0);
    for (int i = 0; i < FIELD_COUNT; i++)
        hash_piece(&h, row->field[i], strlen(row->field[i]));
    hash_end(&h, out);
}
