/* Results of years of which only lists survive: names, titles, prizes, decisions; no texts. */
#include "add.h"

#include "chamthi/intake.h"
#include "chamthi/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    NAME,
    UNIT,
    TITLE,
    PRIZE,
    TRACK,
    DECISION,
    DECISION_DATE,
    KIND,
    HONORIFIC,
    ACHIEVEMENT,
    SINCE,
    LEVEL,
    AUTHORITY,
    SIGNATORY,
    SIGNATORY_NAME,
    COLUMNS
};
enum { ERRORS_SHOWN = 5 };

static const char *const name_headers[] = {"ho ten", "ho va ten",  "tac gia",
                                           "ten",    "nguoi nhan", NULL};
static const char *const unit_headers[] = {"don vi", "don vi cong tac", NULL};
static const char *const title_headers[] = {"ten bai", "tac pham", "ten tac pham", "tieu de", NULL};
static const char *const prize_headers[] = {"giai", "giai thuong", "hinh thuc khen", NULL};
static const char *const track_headers[] = {"the loai", "bang", NULL};
static const char *const decision_headers[] = {"quyet dinh", "so quyet dinh", NULL};
static const char *const date_headers[] = {"ngay quyet dinh", "decision date", NULL};
static const char *const kind_headers[] = {"doi tuong", "loai", NULL};
static const char *const honorific_headers[] = {"danh xung", "xung ho", NULL};
static const char *const achievement_headers[] = {"thanh tich", NULL};
static const char *const since_headers[] = {"tu nam", NULL};
static const char *const level_headers[] = {"cap", "cap khen thuong", NULL};
static const char *const authority_headers[] = {"co quan khen thuong", "co quan quyet dinh", NULL};
static const char *const signatory_headers[] = {"chuc danh nguoi ki", "chuc vu nguoi ki", NULL};
static const char *const signatory_name_headers[] = {"nguoi ki", "signatory name", NULL};

static const column_names names[COLUMNS] = {{"name", name_headers},
                                            {"unit", unit_headers},
                                            {"title", title_headers},
                                            {"prize", prize_headers},
                                            {"track", track_headers},
                                            {"decision", decision_headers},
                                            {"decision_date", date_headers},
                                            {"kind", kind_headers},
                                            {"honorific", honorific_headers},
                                            {"achievement", achievement_headers},
                                            {"since", since_headers},
                                            {"level", level_headers},
                                            {"authority", authority_headers},
                                            {"signatory", signatory_headers},
                                            {"signatory_name", signatory_name_headers}};

typedef struct {
    const char *cells[COLUMNS];
    const char *kind;        /* entry, collective, subject */
    char day[20];            /* ISO, "" when there is none */
    int64_t since;           /* 0: of this contest */
    award_decision decision; /* number NULL: none yet */
} award_row;

typedef struct {
    store *db;
    arena *mem;
    const char *path;
    const contest *contest;
    int64_t year;
    csv_table table;
    int where[COLUMNS];
    buffer errors[LANG_COUNT];
    size_t error_count;
} loading;

/* ---- rows ---- */
static void complain(loading *l, size_t line, const char *vi, const char *en, const char *value)
{
    if (l->error_count++ >= ERRORS_SHOWN)
        return;
    buffer_format(&l->errors[LANG_VI], "\n  %s, dòng %zu: %s%s", l->path, line, vi, value);
    buffer_format(&l->errors[LANG_EN], "\n  %s, line %zu: %s%s", l->path, line, en, value);
}

static bool read_kind(loading *l, const char *text, award_row *out)
{
    static const char *const words[][2] = {{"", "entry"},
                                           {"tac gia", "entry"},
                                           {"entry", "entry"},
                                           {"tap the", "collective"},
                                           {"collective", "collective"},
                                           {"nhan vat", "subject"},
                                           {"subject", "subject"}};
    char *fold = text_fold_string(l->mem, text);
    for (size_t i = 0; fold && i < sizeof words / sizeof *words; i++)
        if (strcmp(words[i][0], fold) == 0) {
            out->kind = words[i][1];
            return true;
        }
    return false;
}

static bool read_level(loading *l, const char *text, award_row *out)
{
    char *fold = text_fold_string(l->mem, text);
    for (const award_level *v = award_levels; fold && v->key; v++) {
        char *vi = text_fold_string(l->mem, v->vi);
        if (strcmp(v->key, fold) == 0 || (vi && strcmp(vi, fold) == 0)) {
            out->decision.level = v->key;
            return true;
        }
    }
    return !*text;
}

static bool read_since(const loading *l, const char *text, award_row *out)
{
    char *end;
    long year = strtol(text, &end, 10);
    out->since = *text ? year : 0;
    return !*text || (!*end && year > 1900 && year <= l->year);
}

/* Who decided: the row's authority with its signatory, else the contest's. */
static void read_decision(loading *l, size_t line, award_row *out)
{
    award_decision *d = &out->decision;
    const char *const *cells = out->cells;
    bool own = *cells[AUTHORITY];
    if (!read_level(l, cells[LEVEL], out))
        complain(l, line, "cấp khen thưởng không có: ", "there is no such level: ", cells[LEVEL]);
    if (own && !*cells[SIGNATORY])
        complain(l, line, "có cơ quan khen thưởng nhưng thiếu chức danh người ký: ",
                 "an authority without its signatory's title: ", cells[AUTHORITY]);
    d->authority = cells[AUTHORITY];
    d->signatory = own || *cells[SIGNATORY] ? cells[SIGNATORY] : l->contest->signatory_title;
    d->signatory_name =
        own || *cells[SIGNATORY_NAME] ? cells[SIGNATORY_NAME] : l->contest->signatory_name;
    if (*cells[DECISION] || *out->day) {
        d->number = cells[DECISION];
        date_parse(out->day, &d->day);
    }
}

/* Fills `out`; what is wrong is noted, row by row. */
static void read_row(loading *l, size_t row, award_row *out)
{
    const csv_row *r = &l->table.rows[row];
    *out = (award_row){.kind = "entry"};
    for (int i = 0; i < COLUMNS; i++) {
        const char *cell = csv_cell(r, l->where[i]), *shown = text_display_string(l->mem, cell);
        out->cells[i] = shown ? shown : cell;
        if (strstr(out->cells[i], "\xEF\xBF\xBD"))
            complain(l, r->line, "chữ không đọc được; hãy lưu lại tệp dạng .xlsx hoặc CSV UTF-8: ",
                     "text that cannot be read; save the file again as .xlsx or CSV UTF-8: ",
                     out->cells[i]);
    }
    date day;
    const char *written = out->cells[DECISION_DATE];
    if (!*out->cells[NAME])
        complain(l, r->line, "cột họ tên trống", "the column name is empty", "");
    if (!*out->cells[PRIZE])
        complain(l, r->line, "cột giải trống", "the column prize is empty", "");
    if (!read_kind(l, out->cells[KIND], out))
        complain(l, r->line, "cột đối tượng nhận tác giả, tập thể hoặc nhân vật, không nhận: ",
                 "the column kind takes entry, collective or subject, not: ", out->cells[KIND]);
    if (!read_since(l, out->cells[SINCE], out))
        complain(l, r->line, "cột từ năm phải là một năm không sau năm của cuộc thi, không phải: ",
                 "the column since takes a year not after the contest's, not: ", out->cells[SINCE]);
    if (*written && !date_parse(written, &day))
        complain(l, r->line, "ngày quyết định không đọc được (viết 20/9/2024): ",
                 "the decision date cannot be read (write 2024-09-20): ", written);
    else if (*written)
        date_iso(day, out->day);
    if (*out->cells[DECISION] && !*written)
        complain(l, r->line, "có số quyết định nhưng thiếu ngày: ",
                 "a decision number without its date: ", out->cells[DECISION]);
    read_decision(l, r->line, out);
}

/* The track by its own name when the contest has it; else as the list wrote it. */
static status find_track(loading *l, award_row *r, fault *f)
{
    cursor c;
    int64_t id = 0;
    if (!*r->cells[TRACK] || contest_track_id(l->db, l->year, r->cells[TRACK], &id, NULL) != OK)
        return OK;
    TRY(store_select(l->db, Q_AWARD_TRACK_NAME, ARGS(v_int(id)), &c, f));
    if (cursor_next(&c))
        r->cells[TRACK] = cursor_copy(&c, 0, l->mem);
    TRY(cursor_close(&c, f));
    return r->cells[TRACK] ? OK : fault_memory(f);
}

static status find_prize(loading *l, const award_row *r, sql_value *prize, fault *f)
{
    cursor c;
    *prize = v_null();
    char *wanted = text_fold_string(l->mem, r->cells[PRIZE]);
    if (!wanted)
        return fault_memory(f);
    TRY(store_select(l->db, Q_AWARD_PRIZE_LIKE, ARGS(v_int(l->year), v_text(r->cells[TRACK])), &c,
                     f));
    while (prize->kind == VALUE_NULL && cursor_next(&c)) {
        char *fold = text_fold_string(l->mem, cursor_text(&c, 2));
        if (fold && strcmp(fold, wanted) == 0)
            *prize = v_int(cursor_int(&c, 0));
    }
    return cursor_close(&c, f);
}

/* The entry of that title by that author, when there is exactly one. */
static status find_entry(loading *l, const award_row *r, sql_value *entry, fault *f)
{
    cursor c;
    *entry = v_null();
    char *title = text_fold_string(l->mem, r->cells[TITLE]);
    char *first = arena_copy(l->mem, r->cells[NAME], strcspn(r->cells[NAME], ";"));
    char *name = first ? text_fold_string(l->mem, first) : NULL;
    if (!title || !name)
        return fault_memory(f);
    if (strcmp(r->kind, "entry") != 0 || r->since || !*title)
        return OK;
    TRY(store_select(l->db, Q_AWARD_ENTRY_LIKE, ARGS(v_int(l->year), v_text(title), v_text(name)),
                     &c, f));
    if (cursor_next(&c) && !cursor_null(&c, 0))
        *entry = v_int(cursor_int(&c, 0));
    return cursor_close(&c, f);
}

static status put_row(loading *l, award_row *r, award_load_result *out, fault *f)
{
    int64_t same;
    sql_value prize, entry;
    TRY(store_int(l->db, Q_AWARD_SAME,
                  ARGS(v_int(l->year), v_text(r->kind), v_text(r->cells[NAME]),
                       v_text(r->cells[TITLE]), v_text(r->cells[PRIZE]), v_text(r->cells[DECISION]),
                       v_text(r->day), v_text(r->cells[UNIT])),
                  &same, f));
    if (same) {
        out->unchanged++;
        return OK;
    }
    TRY(find_track(l, r, f));
    TRY(find_prize(l, r, &prize, f));
    TRY(find_entry(l, r, &entry, f));
    if (r->decision.number)
        TRY(award_check_decision(l->db, l->mem, &r->decision, f));
    const new_award award = {.year = l->year,
                             .kind = r->kind,
                             .prize = r->cells[PRIZE],
                             .prize_id = prize,
                             .entry_id = entry,
                             .recipient = r->cells[NAME],
                             .unit = r->cells[UNIT],
                             .title = r->cells[TITLE],
                             .track = r->cells[TRACK],
                             .honorific = r->cells[HONORIFIC],
                             .achievement = r->cells[ACHIEVEMENT],
                             .since = r->since,
                             .source = "loaded",
                             .state = r->decision.number ? "decided" : "proposed",
                             .decision = r->decision};
    TRY(award_add(l->db, l->mem, &award, NULL, f));
    out->added++;
    return OK;
}

/* ---- the file ---- */
static status read_file(loading *l, fault *f)
{
    contest *definition;
    TRY(intake_table_read(l->mem, l->path, &l->table, f));
    TRY(columns_find(l->mem, &l->table, names, COLUMNS, l->where, f));
    if (l->where[NAME] < 0 || l->where[PRIZE] < 0)
        return FAIL(f, E_INPUT, "%s: dòng đầu phải có cột họ tên (name) và cột giải (prize)",
                    "%s: the first row must have the columns name and prize", l->path);
    TRY(contest_get(l->db, l->mem, l->year, &definition, f));
    l->contest = definition;
    return OK;
}

static status check_rows(loading *l, fault *f)
{
    award_row r;
    for (size_t row = 1; row < l->table.count; row++)
        read_row(l, row, &r);
    if (!l->error_count)
        return OK;
    TRY(buffer_check(&l->errors[LANG_VI], f));
    TRY(buffer_check(&l->errors[LANG_EN], f));
    return FAIL(f, E_INPUT, "không nạp dòng nào; có %zu chỗ phải sửa:%s%.0s",
                "nothing was loaded; %zu things to correct:%.0s%s", l->error_count,
                l->errors[LANG_VI].bytes, l->errors[LANG_EN].bytes);
}

static status put_rows(loading *l, award_load_result *out, fault *f)
{
    char object[40], after[80];
    award_row r;
    for (size_t row = 1; row < l->table.count; row++, out->rows++) {
        read_row(l, row, &r);
        status st = put_row(l, &r, out, f);
        if (st != OK) {
            fault_prefix(f, "%s, dòng %zu", "%s, line %zu", l->path, l->table.rows[row].line);
            return st;
        }
    }
    if (!out->added)
        return OK;
    snprintf(object, sizeof object, "contest %d", (int)l->year);
    snprintf(after, sizeof after, "%lld rows", (long long)out->added);
    return audit_record(l->db, "award.load", object, NULL, after, f);
}

status award_load(store *db, arena *mem, const char *actor, const char *path, int64_t year,
                  award_load_result *out, fault *f)
{
    loading l = {
        .db = db, .mem = mem, .path = path, .year = year, .errors = {BUFFER_INIT, BUFFER_INIT}};
    *out = (award_load_result){0, 0, 0};
    status st = read_file(&l, f);
    if (st == OK)
        st = check_rows(&l, f);
    if (st == OK)
        st = store_begin(db, actor, f);
    if (st == OK) {
        st = put_rows(&l, out, f);
        if (st == OK && out->added)
            st = store_commit(db, f);
        else
            store_rollback(db);
    }
    buffer_free(&l.errors[LANG_VI]);
    buffer_free(&l.errors[LANG_EN]);
    return st;
}
