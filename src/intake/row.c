/* What one row of a list says, in values. Pure. */
#include "manifest.h"

#include "chamthi/text.h"

#include <ctype.h>
#include <string.h>

/* ---- authors ---- */

static const char *trimmed(arena *mem, const char *text, size_t size)
{
    while (size && strchr(" \n\t", *text))
        text++, size--;
    while (size && strchr(" \n\t", text[size - 1]))
        size--;
    return arena_copy(mem, text, size);
}

typedef struct {
    const char *part[AUTHORS_MOST];
    size_t count;
    bool failed; /* too many, or memory */
} parts;

/* "1. ", "2) ", "- ", "+ " in front of the names of a list in one cell. */
static void skip_bullet(const char **text, size_t *size)
{
    size_t digits = 0, n = 0;
    while (digits < *size && isdigit((unsigned char)(*text)[digits]))
        digits++;
    if (digits && digits < *size && strchr(".)/", (*text)[digits]))
        n = digits + 1;
    else if (!digits && *size && strchr("-+*", **text))
        n = 1;
    *text += n;
    *size -= n;
}

static void add_part(arena *mem, parts *p, const char *text, size_t size)
{
    const char *part = trimmed(mem, text, size);
    if (!part || (*part && p->count == AUTHORS_MOST))
        p->failed = true;
    else if (*part)
        p->part[p->count++] = part;
}

/* Parts between any of `separators`, empty ones left out. */
static parts split_at(arena *mem, const char *text, const char *separators)
{
    parts p = {.count = 0};
    while (*text && !p.failed) {
        size_t size = strcspn(text, separators);
        add_part(mem, &p, text, size);
        text += size + (text[size] != '\0');
    }
    return p;
}

/* The length of what may stand between two names at `at`, 0: nothing does. `start` is where the text
 * begins. */
static size_t joint(const char *start, const char *at)
{
    static const char *const words[] = {" và ", " Và ", " VÀ ", " - ", " – ", " — "};
    if (strchr(",&+/", *at))
        return 1;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strncmp(at, words[i], strlen(words[i])) == 0)
            return strlen(words[i]);
    /* A dash without blanks joins whole names, not the syllables of one. */
    return *at == '-' && memchr(start, ' ', (size_t)(at - start)) && strchr(at, ' ') ? 1 : 0;
}

static parts split_at_joints(arena *mem, const char *text)
{
    parts p = {.count = 0};
    const char *from = text, *at = text;
    while (*at && !p.failed) {
        size_t size = joint(from, at);
        if (size)
            add_part(mem, &p, from, (size_t)(at - from));
        at += size ? size : 1;
        from = size ? at : from;
    }
    add_part(mem, &p, from, (size_t)(at - from));
    return p;
}

static bool is_persons_name(const char *text)
{
    enum { SYLLABLES_LEAST = 2, SYLLABLES_MOST = 6 };
    size_t blanks = 0;
    for (const char *p = text; *p; p++)
        blanks += *p == ' ';
    return blanks + 1 >= SYLLABLES_LEAST && blanks + 1 <= SYLLABLES_MOST &&
           !strpbrk(text, "0123456789(:") && name_begins_with_family((slice){text, strlen(text)});
}

typedef enum { NAMES_READ, NAMES_UNCLEAR, NAMES_FAILED } names_outcome;

/* One part of the cell may be several names: "Nguyễn Văn A, Lê Thị B và Trần C". It is when each of
 * them looks like a name. When only the first does ("Nguyễn Thị Lan - Trường THCS Lê Lợi") a person
 * says which it is; when the first does not, it is a pen name or a collective and stays whole. */
static names_outcome add_names(arena *mem, const char *text, parts *out)
{
    size_t size = strlen(text), named = 0;
    skip_bullet(&text, &size);
    parts several = split_at_joints(mem, text);
    for (size_t i = 0; i < several.count; i++)
        named += is_persons_name(several.part[i]);
    if (several.failed)
        return NAMES_FAILED;
    bool whole = several.count < 2 || !is_persons_name(several.part[0]);
    if (!whole && named < several.count)
        return NAMES_UNCLEAR;
    if (whole)
        add_part(mem, out, text, size);
    for (size_t i = 0; !whole && i < several.count; i++)
        add_part(mem, out, several.part[i], strlen(several.part[i]));
    return out->failed ? NAMES_FAILED : NAMES_READ;
}

static names_outcome split_names(arena *mem, const char *cell, parts *out)
{
    names_outcome found = NAMES_READ;
    parts lines = split_at(mem, cell, ";\n");
    if (lines.failed)
        return NAMES_FAILED;
    for (size_t i = 0; i < lines.count && found == NAMES_READ; i++)
        found = add_names(mem, lines.part[i], out);
    return found;
}

typedef enum { SHARED, FIRST_ONLY } sharing;

/* One value per author when there are as many; else the whole cell for all of them, or for the first
 * alone (a telephone and a year of birth belong to one person). */
static void share_out(arena *mem, const char *cell, sharing how, size_t authors,
                      const char *out[AUTHORS_MOST])
{
    parts p = split_at(mem, cell, how == SHARED ? ";\n" : ";\n,");
    bool each = p.count == authors && !p.failed;
    for (size_t i = 0; i < authors; i++)
        out[i] = each ? p.part[i] : i == 0 || how == SHARED ? cell : "";
}

/* A cell that Excel holds as a number has lost its 0: 912345678 is shown as 0912345678. */
static const char *phone_shown(arena *mem, const char *cell)
{
    enum { DIGITS_MOST = 12 };
    size_t digits = strspn(cell, "0123456789");
    return digits && digits <= DIGITS_MOST && !cell[digits] ? phone_key(mem, cell) : cell;
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

static status refuse_unclear(const manifest_row *row, const char **reason, fault *f)
{
    *reason = "row.authors";
    return FAIL(f, E_INPUT,
                "cột “tác giả” ghi “%s”, chưa rõ là một hay nhiều người; hãy tách các tên bằng “;” "
                "và ghi nơi công tác vào cột “đơn vị”",
                "the column “author” says “%s”: one person or several? Put “;” between names, and "
                "where they work into the column “unit”",
                row->field[FIELD_AUTHOR]);
}

static status read_authors(arena *mem, const manifest_row *row, row_values *v, const char **reason,
                           fault *f)
{
    const char *births[AUTHORS_MOST], *addresses[AUTHORS_MOST];
    const char *phones[AUTHORS_MOST], *emails[AUTHORS_MOST], *units[AUTHORS_MOST];
    parts names = {.count = 0};
    names_outcome found = split_names(mem, row->field[FIELD_AUTHOR], &names);
    if (found == NAMES_UNCLEAR)
        return refuse_unclear(row, reason, f);
    if (found == NAMES_FAILED || !names.count) {
        *reason = "row.author";
        return FAIL(
            f, E_INPUT,
            "thiếu tên tác giả (hoặc quá %d người); hãy ghi vào cột “tác giả”, nhiều người thì "
            "cách nhau bằng dấu “;”",
            "the author is missing (or more than %d); fill the column “author”, several names "
            "with “;” between them",
            AUTHORS_MOST);
    }
    v->author_count = names.count;
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
        const char *phone = phone_shown(mem, phones[i]);
        if (!phone)
            return fault_memory(f);
        v->authors[i] = (row_author){names.part[i], addresses[i], phone, emails[i], units[i], 0};
        if (*births[i] && !birth_year_parse(births[i], &v->authors[i].birth))
            return refuse_cell(row, FIELD_BIRTH_YEAR, "“năm sinh” (birth_year)", "row.birth",
                               reason, f);
    }
    return OK;
}

/* ---- the row ---- */

static status read_dates(const manifest_row *row, row_values *v, const char **reason, fault *f)
{
    const char *received = row->field[FIELD_RECEIVED], *published = row->field[FIELD_PUBLISHED];
    moment at;
    if (*received) {
        if (!moment_parse(received, &at))
            return refuse_cell(row, FIELD_RECEIVED, "“ngày nhận” (received)", "row.date", reason,
                               f);
        v->has_received = true;
        v->received = date_to_time(at.day) + at.seconds;
    }
    if (*published) {
        if (!moment_parse(published, &at))
            return refuse_cell(row, FIELD_PUBLISHED, "“ngày đăng” (published)", "row.date", reason,
                               f);
        date_iso(at.day, v->published);
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

static status key_of(const manifest_row *row, const char *file, int64_t year, arena *mem,
                     unsigned char out[HASH_SIZE], fault *f)
{
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

/* A unit calls a file by one name, so name and unit tell the entry, and title or authors may be
 * corrected later. Without a file, title and authors tell it. */
status row_key(const manifest_row *row, int64_t year, arena *mem, unsigned char out[HASH_SIZE],
               fault *f)
{
    return key_of(row, row->field[FIELD_FILE], year, mem, out, f);
}

status row_meaning(const manifest_row *row, int64_t year, arena *mem, unsigned char out[HASH_SIZE],
                   fault *f)
{
    return key_of(row, "", year, mem, out, f);
}

void row_hash(const manifest_row *row, unsigned char out[HASH_SIZE])
{
    hash_state h;
    hash_start(&h, NULL, 0);
    for (int i = 0; i < FIELD_COUNT; i++)
        hash_piece(&h, row->field[i], strlen(row->field[i]));
    hash_end(&h, out);
}
