/* Judges: loading them from a list. Who they are goes to identity_judge. */
#include "chamthi/contest.h"

#include "clean.h"
#include "listing.h"

#include "chamthi/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    CODE,
    NAME,
    UNIT,
    TRACKS,
    LANGUAGES,
    CAP,
    CONFLICTS,
    BIRTH_YEAR,
    CONTESTS,
    WORD_CAP,
    PANEL,
    COLUMNS
};
static const listing_column judge_columns[COLUMNS] = {
    {"judge", "mã giám khảo", COLUMN_NEEDED},
    {"name", "họ tên", COLUMN_NEEDED},
    {"unit", "đơn vị", COLUMN_MAY_BE_MISSING},
    {"tracks", "thể loại", COLUMN_MAY_BE_MISSING},
    {"languages", "ngôn ngữ", COLUMN_MAY_BE_MISSING},
    {"cap", "nhiều nhất", COLUMN_MAY_BE_MISSING},
    {"conflicts", "tránh chấm", COLUMN_MAY_BE_MISSING},
    {"birth_year", "năm sinh", COLUMN_MAY_BE_MISSING},
    {"contests", "cuộc thi", COLUMN_MAY_BE_MISSING},
    {"word_cap", "số từ nhiều nhất", COLUMN_MAY_BE_MISSING},
    {"panel", "tiểu ban", COLUMN_MAY_BE_MISSING}};

enum { PIECES = 40, NAMES_MAX = 200 };

/* Pieces between ';', trimmed; empty ones are left out. */
typedef struct {
    const char *items[PIECES];
    size_t count;
} pieces;

static status split(arena *mem, const listing *r, size_t row, int column, pieces *out, fault *f)
{
    out->count = 0;
    for (const char *p = listing_cell(r, row, column); *p;) {
        size_t size = strcspn(p, ";");
        const char *piece = clean_line(mem, (slice){p, size});
        if (!piece)
            return fault_memory(f);
        if (*piece && out->count == PIECES)
            return ROW_FAIL(f, E_LIMIT, r, row, column, "nhiều quá %d mục", "more than %d items",
                            PIECES);
        if (*piece)
            out->items[out->count++] = piece;
        p += size + (p[size] == ';');
    }
    return OK;
}

static status read_number(const listing *r, size_t row, int column, int64_t least, int64_t most,
                          int64_t *out, fault *f)
{
    const char *text = listing_cell(r, row, column);
    char *end;
    *out = 0;
    if (!*text)
        return OK;
    long long n = strtoll(text, &end, 10);
    if (end == text || *end || n < least || n > most)
        return ROW_FAIL(f, E_INPUT, r, row, column, "“%s” không phải số nguyên từ %lld đến %lld",
                        "“%s” is no whole number from %lld to %lld", text, (long long)least,
                        (long long)most);
    *out = n;
    return OK;
}

/* ---- one judge ---- */

typedef struct {
    store *db;
    arena *mem;
    const listing *r;
    size_t row;
    int64_t judge;
    int64_t years[PIECES];
    size_t year_count;
    int64_t *changed;
} one_judge;

static status run(one_judge *j, statement q, const sql_value *args, size_t count, fault *f)
{
    int64_t changed = 0;
    TRY(store_run(j->db, q, args, count, &changed, f));
    *j->changed += changed;
    return OK;
}

/* The contests the row names, else the latest. */
static status read_years(one_judge *j, fault *f)
{
    pieces names;
    TRY(split(j->mem, j->r, j->row, CONTESTS, &names, f));
    if (!names.count) {
        j->year_count = 1;
        return contest_latest(j->db, &j->years[0], f);
    }
    j->year_count = names.count;
    for (size_t i = 0; i < names.count; i++) {
        cursor rows;
        char *end;
        j->years[i] = strtoll(names.items[i], &end, 10);
        TRY(store_select(j->db, Q_CONTEST_HASH, ARGS(v_int(*end ? 0 : j->years[i])), &rows, f));
        bool known = cursor_next(&rows);
        TRY(cursor_close(&rows, f));
        if (!known)
            return ROW_FAIL(f, E_INPUT, j->r, j->row, CONTESTS,
                            "chưa có cuộc thi “%s”; hãy nạp trước bằng: chamthi contest load",
                            "there is no contest “%s”; load it first with: chamthi contest load",
                            names.items[i]);
    }
    return OK;
}

static int64_t last_year(const one_judge *j)
{
    int64_t last = j->years[0];
    for (size_t i = 1; i < j->year_count; i++)
        last = j->years[i] > last ? j->years[i] : last;
    return last;
}

static status find_unit(one_judge *j, int column, const char *text, int64_t *unit, fault *f)
{
    TRY(unit_find(j->db, j->mem, text, last_year(j), unit, f));
    if (*unit)
        return OK;
    return ROW_FAIL(f, E_INPUT, j->r, j->row, column,
                    "không có đơn vị “%s” trong năm %lld, hoặc có nhiều đơn vị cùng tên: hãy ghi "
                    "mã (xem: chamthi unit list)",
                    "no unit “%s” in %lld, or several of that name: write its code (see: chamthi "
                    "unit list)",
                    text, (long long)last_year(j));
}

static status put_identity(one_judge *j, int64_t birth_year, fault *f)
{
    const char *raw = listing_cell(j->r, j->row, NAME);
    const char *name = clean_line(j->mem, (slice){raw, strlen(raw)});
    const char *fold = name ? text_fold_string(j->mem, name) : NULL;
    if (!fold)
        return fault_memory(f);
    if (!*name || strlen(name) > NAMES_MAX)
        return ROW_FAIL(f, E_INPUT, j->r, j->row, NAME, "cần họ tên của giám khảo",
                        "the judge's name is wanted");
    return run(j, Q_JUDGE_IDENTITY_PUT,
               ARGS(v_int(j->judge), v_text(name), v_text(fold),
                    birth_year ? v_int(birth_year) : v_null()),
               f);
}

static status put_judge(one_judge *j, fault *f)
{
    const char *code = listing_cell(j->r, j->row, CODE),
               *unit_text = listing_cell(j->r, j->row, UNIT);
    int64_t cap, word_cap, birth_year, unit = 0;
    if (!*code || strlen(code) > 40 ||
        code[strspn(code, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.")])
        return ROW_FAIL(f, E_INPUT, j->r, j->row, CODE,
                        "mã giám khảo gồm chữ không dấu, chữ số, - _ . (ví dụ GK01)",
                        "a judge's code is of plain letters, digits, - _ . (such as GK01)");
    TRY(read_number(j->r, j->row, CAP, 1, 100000, &cap, f));
    TRY(read_number(j->r, j->row, WORD_CAP, 1, 100000000, &word_cap, f));
    TRY(read_number(j->r, j->row, BIRTH_YEAR, 1900, 2100, &birth_year, f));
    if (*unit_text)
        TRY(find_unit(j, UNIT, unit_text, &unit, f));
    TRY(run(j, Q_JUDGE_PUT,
            ARGS(v_text(code), unit ? v_int(unit) : v_null(), cap ? v_int(cap) : v_null(),
                 word_cap ? v_int(word_cap) : v_null()),
            f));
    TRY(store_int(j->db, Q_JUDGE_ID, ARGS(v_text(code)), &j->judge, f));
    return put_identity(j, birth_year, f);
}

/* ---- contests and tracks ---- */

/* First column of the one row with that id. */
static status text_by_id(one_judge *j, statement q, int64_t id, const char **out, fault *f)
{
    cursor rows;
    TRY(store_select(j->db, q, ARGS(v_int(id)), &rows, f));
    *out = cursor_next(&rows) ? cursor_copy(&rows, 0, j->mem) : "";
    TRY(cursor_close(&rows, f));
    return *out ? OK : fault_memory(f);
}

/* The keys of the named tracks in that year, ';' between, "" for all. */
static status track_keys(one_judge *j, const pieces *names, int64_t year, buffer *out, fault *f)
{
    for (size_t i = 0; i < names->count; i++) {
        int64_t id;
        const char *key;
        status st = contest_track_id(j->db, year, names->items[i], &id, f);
        if (st == E_MISSING) {
            listing_blame(j->r, j->row, TRACKS, f);
            return E_INPUT;
        }
        TRY(st);
        TRY(text_by_id(j, Q_CONTEST_TRACK_KEY, id, &key, f));
        buffer_format(out, "%s%s", i ? ";" : "", key);
    }
    return buffer_check(out, f);
}

static bool has_year(const one_judge *j, int64_t year)
{
    for (size_t i = 0; i < j->year_count; i++)
        if (j->years[i] == year)
            return true;
    return false;
}

/* Contests the list no longer names; with sheets there, a judge cannot be taken out any more. */
static status drop_years(one_judge *j, fault *f)
{
    int64_t stale[PIECES], sheets = 0;
    size_t count = 0;
    cursor rows;
    TRY(store_select(j->db, Q_JUDGE_CONTESTS, ARGS(v_int(j->judge)), &rows, f));
    while (cursor_next(&rows))
        if (!has_year(j, cursor_int(&rows, 0)) && count < PIECES) {
            stale[count++] = cursor_int(&rows, 0);
            sheets += cursor_int(&rows, 1);
        }
    TRY(cursor_close(&rows, f));
    if (sheets)
        return ROW_FAIL(f, E_CONFLICT, j->r, j->row, CONTESTS,
                        "giám khảo đã có phiếu chấm ở cuộc thi bị bỏ ra; hãy ghi lại năm đó",
                        "the judge has sheets in a contest left out here; write that year again");
    for (size_t i = 0; i < count; i++)
        TRY(run(j, Q_JUDGE_CONTEST_DROP, ARGS(v_int(j->judge), v_int(stale[i])), f));
    return OK;
}

/* Its name, "" for none. */
static status read_panel(one_judge *j, const char **out, fault *f)
{
    pieces names;
    TRY(split(j->mem, j->r, j->row, PANEL, &names, f));
    *out = names.count ? names.items[0] : "";
    if (names.count > 1 || strlen(*out) > NAMES_MAX)
        return ROW_FAIL(f, E_INPUT, j->r, j->row, PANEL,
                        "một giám khảo chỉ thuộc một tiểu ban trong một cuộc thi",
                        "a judge is of one panel only in a contest");
    return OK;
}

static status put_contests(one_judge *j, fault *f)
{
    pieces names;
    const char *panel;
    TRY(read_panel(j, &panel, f));
    TRY(split(j->mem, j->r, j->row, TRACKS, &names, f));
    for (size_t i = 0; i < j->year_count; i++) {
        buffer keys = BUFFER_INIT;
        status st = track_keys(j, &names, j->years[i], &keys, f);
        if (st == OK)
            st = run(j, Q_JUDGE_CONTEST_PUT,
                     ARGS(v_int(j->judge), v_int(j->years[i]), v_text(keys.bytes), v_text(panel)),
                     f);
        buffer_free(&keys);
        TRY(st);
    }
    return *listing_cell(j->r, j->row, CONTESTS) ? drop_years(j, f) : OK;
}

/* ---- declared conflicts ---- */

/* 2024-00017 */
static bool is_receipt(const char *text)
{
    size_t year = strspn(text, "0123456789");
    return year == 4 && text[4] == '-' && text[5] && !text[5 + strspn(text + 5, "0123456789")];
}

static bool has_piece(const pieces *list, const char *text)
{
    for (size_t i = 0; i < list->count; i++)
        if (strcmp(list->items[i], text) == 0)
            return true;
    return false;
}

/* A judge of the list or loaded before. */
static status is_judge(one_judge *j, const char *text, bool *out, fault *f)
{
    int64_t id = 0;
    *out = false;
    for (size_t i = 0; i < j->r->count && !*out; i++)
        *out = strcmp(listing_cell(j->r, i, CODE), text) == 0;
    if (*out)
        return OK;
    cursor rows;
    TRY(store_select(j->db, Q_JUDGE_ID, ARGS(v_text(text)), &rows, f));
    if (cursor_next(&rows))
        id = cursor_int(&rows, 0);
    *out = id != 0;
    return cursor_close(&rows, f);
}

/* A mistyped number would let the judge read the very entry; before a year's first entry none is
 * known. */
static status check_receipt(one_judge *j, const char *receipt, fault *f)
{
    int64_t others = 0;
    TRY(store_int(j->db, Q_JUDGE_RECEIPT_WRONG,
                  ARGS(v_int(strtoll(receipt, NULL, 10)), v_text(receipt)), &others, f));
    if (others)
        return ROW_FAIL(f, E_INPUT, j->r, j->row, CONFLICTS,
                        "không có bài %s (xem số tiếp nhận bằng: chamthi entry list)",
                        "there is no entry %s (see the receipt numbers with: chamthi entry list)",
                        receipt);
    return OK;
}

/* Units become their codes; receipt numbers and other judges' codes stay. */
static status resolve_conflicts(one_judge *j, pieces *list, fault *f)
{
    for (size_t i = 0; i < list->count; i++) {
        int64_t unit;
        bool judge = false;
        if (is_receipt(list->items[i]))
            TRY(check_receipt(j, list->items[i], f));
        else
            TRY(is_judge(j, list->items[i], &judge, f));
        if (judge || is_receipt(list->items[i]))
            continue;
        TRY(find_unit(j, CONFLICTS, list->items[i], &unit, f));
        TRY(text_by_id(j, Q_UNIT_CODE, unit, &list->items[i], f));
    }
    return OK;
}

static status put_conflicts(one_judge *j, fault *f)
{
    pieces wanted, stale = {.count = 0};
    cursor rows;
    TRY(split(j->mem, j->r, j->row, CONFLICTS, &wanted, f));
    TRY(resolve_conflicts(j, &wanted, f));
    TRY(store_select(j->db, Q_JUDGE_CONFLICTS, ARGS(v_int(j->judge)), &rows, f));
    while (cursor_next(&rows))
        if (!has_piece(&wanted, cursor_text(&rows, 0)) && stale.count < PIECES)
            stale.items[stale.count++] = cursor_copy(&rows, 0, j->mem);
    TRY(cursor_close(&rows, f));
    for (size_t i = 0; i < stale.count; i++)
        TRY(run(j, Q_JUDGE_CONFLICT_DROP, ARGS(v_int(j->judge), v_text(stale.items[i])), f));
    for (size_t i = 0; i < wanted.count; i++)
        TRY(run(j, Q_JUDGE_CONFLICT_ADD, ARGS(v_int(j->judge), v_text(wanted.items[i])), f));
    return OK;
}

/* ---- the list ---- */

static status check_row(const listing *r, size_t row, fault *f)
{
    const char *languages = listing_cell(r, row, LANGUAGES), *code = listing_cell(r, row, CODE);
    if (*languages && strcmp(languages, "vi") != 0)
        return ROW_FAIL(f, E_INPUT, r, row, LANGUAGES,
                        "cuộc thi chỉ nhận bài tiếng Việt: để trống hoặc ghi vi",
                        "the contest takes Vietnamese texts only: leave it empty or write vi");
    for (size_t k = 0; k < row; k++)
        if (strcmp(code, listing_cell(r, k, CODE)) == 0)
            return ROW_FAIL(f, E_INPUT, r, row, CODE, "mã %s đã có ở dòng %zu",
                            "the code %s is already in line %zu", code, listing_line(r, k));
    return OK;
}

static status put_judges(store *db, arena *mem, const listing *r, int64_t *changed, fault *f)
{
    for (size_t i = 0; i < r->count; i++) {
        one_judge j = {.db = db, .mem = mem, .r = r, .row = i, .changed = changed};
        TRY(check_row(r, i, f));
        TRY(read_years(&j, f));
        TRY(put_judge(&j, f));
        TRY(put_contests(&j, f));
        TRY(put_conflicts(&j, f));
    }
    if (!*changed)
        return OK;
    char after[80];
    snprintf(after, sizeof after, "rows=%zu changed=%lld", r->count, (long long)*changed);
    return audit_record(db, "judge.load", "judges", NULL, after, f);
}

status judge_load(store *db, arena *mem, const char *actor, const char *path, int64_t *count,
                  fault *f)
{
    listing r;
    int64_t changed = 0;
    TRY(listing_read(mem, path, judge_columns, COLUMNS, &r, f));
    TRY(store_begin(db, actor, f));
    status st = put_judges(db, mem, &r, &changed, f);
    if (st != OK || !changed) {
        store_rollback(db);
        TRY(st);
    } else {
        TRY(store_commit(db, f));
    }
    *count = (int64_t)r.count;
    return OK;
}
