/* Entries and judges from CSV, seed and share from the command line. */
#include "chamthi/assign.h"

#include <stdlib.h>
#include <string.h>

/* Splits at ';' and trims blanks; empty parts are left out. */
static status split_words(arena *mem, const char *text, word_list *out, fault *f)
{
    size_t most = 1;
    for (const char *p = text; *p; p++)
        most += *p == ';';
    const char **items = ARENA_ARRAY(mem, const char *, most);
    if (!items)
        return fault_memory(f);
    *out = (word_list){items, 0};
    while (*text) {
        size_t size = strcspn(text, ";"), from = strspn(text, " \t"), to = size;
        while (to > from && (text[to - 1] == ' ' || text[to - 1] == '\t'))
            to--;
        if (to > from) {
            items[out->count] = arena_copy(mem, text + from, to - from);
            if (!items[out->count++])
                return fault_memory(f);
        }
        text += size + (text[size] == ';');
    }
    return OK;
}

static status find_columns(const char *name, const csv_table *t, const char *const *wanted,
                           size_t count, size_t optional_from, int *out, fault *f)
{
    for (size_t i = 0; i < count; i++) {
        out[i] = csv_column(t, (const char *const[]){wanted[i], NULL});
        if (i < optional_from && out[i] < 0)
            return FAIL(f, E_INPUT, "%s: dòng đầu thiếu cột “%s”",
                        "%s: the first line lacks the column “%s”", name, wanted[i]);
    }
    return OK;
}

static status check_id(const char *name, const csv_row *r, const char *id, fault *f)
{
    return *id ? OK
               : FAIL(f, E_INPUT, "%s, dòng %zu: thiếu mã ở cột đầu",
                      "%s, line %zu: the id is missing", name, r->line);
}

static status join_words(arena *mem, const csv_row *r, const int *columns, size_t count,
                         word_list *out, fault *f)
{
    const char *all = "";
    for (size_t i = 0; i < count && all; i++)
        all = arena_format(mem, "%s;%s", all, csv_cell(r, columns[i]));
    return all ? split_words(mem, all, out, f) : fault_memory(f);
}

static status read_readings(const char *name, const csv_row *r, const char *text, int64_t *out,
                            fault *f)
{
    *out = strcmp(text, "all") == 0 ? DEAL_EVERYBODY : 0;
    if (!*text || *out)
        return OK;
    if (text[0] < '0' || text[0] > '9' || text[1])
        return FAIL(f, E_INPUT,
                    "%s, dòng %zu: số lượt chấm “%s” phải từ 0 đến %d, hoặc all (bài neo)",
                    "%s, line %zu: the readings “%s” must be 0 to %d, or all (an anchor)", name,
                    r->line, text, DEAL_PER_ENTRY_MOST);
    *out = text[0] == '0' ? DEAL_ONLY_KEPT : text[0] - '0';
    return OK;
}

/* How many words an entry has, or a judge reads at most. */
static status read_words(const char *name, const csv_row *r, const char *text, int64_t *out,
                         fault *f)
{
    char *end;
    long long n = strtoll(text, &end, 10);
    *out = n;
    if (!*text || (!*end && n >= 0 && n <= INT32_MAX))
        return OK;
    return FAIL(f, E_INPUT, "%s, dòng %zu: “%s” không phải số từ (số nguyên từ 0)",
                "%s, line %zu: “%s” is no number of words (0 or more)", name, r->line, text);
}

static status read_panel(const char *name, const csv_row *r, const char *text, const char **out,
                         fault *f)
{
    *out = text;
    return !strchr(text, ';')
               ? OK
               : FAIL(f, E_INPUT,
                      "%s, dòng %zu: một giám khảo chỉ thuộc một tiểu ban, không phải “%s”",
                      "%s, line %zu: a judge is of one panel only, not of “%s”", name, r->line,
                      text);
}

status deal_read_entries(arena *mem, const char *name, const csv_table *t, deal_problem *out,
                         fault *f)
{
    enum { ENTRY, TRACK, LANGUAGE, UNIT, AUTHORS, SUBJECT, CONFLICTS, READINGS, WORDS, COLUMNS };
    static const char *const wanted[] = {"entry",     "track",        "language",
                                         "unit",      "author_units", "subject_unit",
                                         "conflicts", "readings",     "words"};
    int column[COLUMNS];
    TRY(find_columns(name, t, wanted, COLUMNS, CONFLICTS, column, f));
    deal_entry *entries = ARENA_ARRAY(mem, deal_entry, t->count);
    if (!entries)
        return fault_memory(f);
    for (size_t i = 1; i < t->count; i++) {
        const csv_row *r = &t->rows[i];
        deal_entry *e = &entries[i - 1];
        e->id = csv_cell(r, column[ENTRY]);
        e->track = csv_cell(r, column[TRACK]);
        e->language = csv_cell(r, column[LANGUAGE]);
        e->line = r->line;
        TRY(check_id(name, r, e->id, f));
        TRY(join_words(mem, r, column + UNIT, 3, &e->units, f));
        TRY(split_words(mem, csv_cell(r, column[CONFLICTS]), &e->conflicts, f));
        TRY(read_readings(name, r, csv_cell(r, column[READINGS]), &e->readings, f));
        TRY(read_words(name, r, csv_cell(r, column[WORDS]), &e->words, f));
    }
    out->entries = entries;
    out->entry_count = t->count ? t->count - 1 : 0;
    return OK;
}

static status read_cap(const char *name, const csv_row *r, const char *text, int64_t *out, fault *f)
{
    *out = DEAL_NO_CAP;
    if (!*text)
        return OK;
    char *end;
    long long n = strtoll(text, &end, 10);
    if (*end || n < 0 || n > INT32_MAX)
        return FAIL(f, E_INPUT, "%s, dòng %zu: hạn mức “%s” không phải số bài (số nguyên từ 0)",
                    "%s, line %zu: the cap “%s” is no number of entries (0 or more)", name, r->line,
                    text);
    *out = n;
    return OK;
}

status deal_read_judges(arena *mem, const char *name, const csv_table *t, deal_problem *out,
                        fault *f)
{
    enum { JUDGE, UNIT, TRACKS, LANGUAGES, CAP, CONFLICTS, WORD_CAP, PANEL, COLUMNS };
    static const char *const wanted[] = {"judge", "unit",      "tracks",   "languages",
                                         "cap",   "conflicts", "word_cap", "panel"};
    int column[COLUMNS];
    TRY(find_columns(name, t, wanted, COLUMNS, WORD_CAP, column, f));
    deal_judge *judges = ARENA_ARRAY(mem, deal_judge, t->count);
    if (!judges)
        return fault_memory(f);
    for (size_t i = 1; i < t->count; i++) {
        const csv_row *r = &t->rows[i];
        deal_judge *j = &judges[i - 1];
        j->id = csv_cell(r, column[JUDGE]);
        j->unit = csv_cell(r, column[UNIT]);
        j->line = r->line;
        TRY(check_id(name, r, j->id, f));
        TRY(read_cap(name, r, csv_cell(r, column[CAP]), &j->cap, f));
        TRY(read_words(name, r, csv_cell(r, column[WORD_CAP]), &j->word_cap, f));
        TRY(read_panel(name, r, csv_cell(r, column[PANEL]), &j->panel, f));
        TRY(split_words(mem, csv_cell(r, column[TRACKS]), &j->tracks, f));
        TRY(split_words(mem, csv_cell(r, column[LANGUAGES]), &j->languages, f));
        TRY(split_words(mem, csv_cell(r, column[CONFLICTS]), &j->conflicts, f));
    }
    out->judges = judges;
    out->judge_count = t->count ? t->count - 1 : 0;
    return OK;
}

status deal_read_share(const char *text, int64_t *out, fault *f)
{
    int64_t whole = 0, scale = DEAL_SHARE_WHOLE;
    const char *p = text;
    for (; *p >= '0' && *p <= '9' && whole <= 100; p++)
        whole = whole * 10 + (*p - '0');
    int64_t value = whole * DEAL_SHARE_WHOLE;
    if (*p == '.' || *p == ',')
        for (p++; *p >= '0' && *p <= '9' && scale > 1; p++)
            value += (*p - '0') * (scale /= 10);
    if (p > text && *p == '%') {
        value /= 100;
        p++;
    }
    if (p == text || *p || value < 1 || value > DEAL_SHARE_WHOLE)
        return FAIL(f, E_USAGE,
                    "--cap: “%s” không phải tỷ lệ lớn hơn 0 và không quá 1 (ví dụ 0.25 hoặc 25%%)",
                    "--cap: “%s” is no share above 0 and up to 1 (e.g. 0.25 or 25%%)", text);
    *out = value;
    return OK;
}

status deal_read_seed(const char *text, unsigned char out[SEED_SIZE], fault *f)
{
    if (!text) {
        random_bytes(out, SEED_SIZE);
        return OK;
    }
    char digits[2 * SEED_SIZE + 1];
    size_t size = strlen(text);
    memset(digits, '0', sizeof digits);
    if (size && size <= 2 * SEED_SIZE)
        memcpy(digits + 2 * SEED_SIZE - size, text, size + 1);
    digits[2 * SEED_SIZE] = '\0';
    if (!size || size > 2 * SEED_SIZE || !hex_decode(out, SEED_SIZE, digits))
        return FAIL(
            f, E_USAGE, "--seed: “%s” không phải số thập lục phân (1 đến %d chữ số 0–9, a–f)",
            "--seed: “%s” is no hexadecimal number (1 to %d digits 0–9, a–f)", text, 2 * SEED_SIZE);
    return OK;
}
