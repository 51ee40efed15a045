/* Reads a list of results: names, titles, prizes, decisions. */
#include "list.h"

#include "chamthi/text.h"

#include <stdlib.h>
#include <string.h>

enum { ERRORS_SHOWN = 5 };

static const char *const name_headers[] = {
    "ho ten",         "ho va ten",         "tac gia",           "ten", "nguoi nhan", "ten tac gia",
    "ho ten tac gia", "ho va ten tac gia", "tac gia doat giai", NULL};
static const char *const unit_headers[] = {"don vi", "don vi cong tac", "noi cong tac", NULL};
static const char *const title_headers[] = {
    "ten bai", "tac pham", "ten tac pham", "tieu de", "ten bai du thi", "ten bai viet", NULL};
static const char *const prize_headers[] = {"giai",           "giai thuong",           "dat giai",
                                            "hinh thuc khen", "hinh thuc khen thuong", NULL};
static const char *const track_headers[] = {"the loai", "bang", NULL};
static const char *const decision_headers[] = {"quyet dinh", "so quyet dinh", "so qd", "qd", NULL};
static const char *const date_headers[] = {"ngay quyet dinh", "ngay qd", "decision date", NULL};
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
    arena *mem;
    const char *path;
    const contest *contest;
    csv_table table;
    int where[COLUMNS];
    award_row *rows;
    size_t count;
    award_load_result *noted;
    buffer errors[LANG_COUNT];
    size_t error_count;
} reading;

/* ---- rows ---- */
static void complain(reading *l, size_t line, const char *vi, const char *en, const char *value)
{
    if (l->error_count++ >= ERRORS_SHOWN)
        return;
    buffer_format(&l->errors[LANG_VI], "\n  %s, dòng %zu: %s%s", l->path, line, vi, value);
    buffer_format(&l->errors[LANG_EN], "\n  %s, line %zu: %s%s", l->path, line, en, value);
}

static bool read_kind(reading *l, const char *text, award_row *out)
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

static bool read_level(reading *l, const char *text, award_row *out)
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

static bool read_since(const reading *l, const char *text, award_row *out)
{
    char *end;
    long year = strtol(text, &end, 10);
    out->since = *text ? year : 0;
    return !*text || (!*end && year > 1900 && year <= l->contest->year);
}

/* Who decided: the row's authority with its signatory, else the contest's. */
static void read_decision(reading *l, size_t line, award_row *out)
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

static const char *on_one_line(arena *mem, const char *text, const char *joint)
{
    buffer b = BUFFER_INIT;
    for (; *text; text++)
        if (*text == '\n')
            buffer_text(&b, joint);
        else
            buffer_byte(&b, *text);
    const char *out = b.failed ? NULL : arena_string(mem, b.bytes);
    buffer_free(&b);
    return out;
}

static status read_cells(reading *l, const csv_row *r, award_row *out, fault *f)
{
    const award_row *above = l->count ? out - 1 : NULL;
    *out = (award_row){.line = r->line, .kind = "entry", .decision.level = "city"};
    for (int i = 0; i < COLUMNS; i++) {
        const char *cell = csv_cell(r, l->where[i]);
        bool same = above && cell_says_as_above(cell);
        out->cells[i] = same ? above->cells[i] : text_display_string(l->mem, cell);
        if (out->cells[i] && i != NAME)
            out->cells[i] = on_one_line(l->mem, out->cells[i], " ");
        if (!out->cells[i])
            return fault_memory(f);
        if (strstr(out->cells[i], "\xEF\xBF\xBD"))
            complain(l, r->line, "chữ không đọc được; hãy lưu lại tệp dạng .xlsx hoặc CSV UTF-8: ",
                     "text that cannot be read; save the file again as .xlsx or CSV UTF-8: ",
                     out->cells[i]);
    }
    return OK;
}

/* What is wrong is noted, row by row. */
static status read_row(reading *l, award_row *out, fault *f)
{
    size_t line = out->line;
    date day;
    const char *written = out->cells[DECISION_DATE];
    if (!*out->cells[NAME])
        complain(l, line, "cột họ tên trống", "the column name is empty", "");
    if (!*out->cells[PRIZE])
        complain(l, line, "cột giải trống", "the column prize is empty", "");
    if (!read_kind(l, out->cells[KIND], out))
        complain(l, line, "cột đối tượng nhận tác giả, tập thể hoặc nhân vật, không nhận: ",
                 "the column kind takes entry, collective or subject, not: ", out->cells[KIND]);
    bool authors = strcmp(out->kind, "entry") == 0; /* each on a line */
    out->cells[NAME] = on_one_line(l->mem, out->cells[NAME], authors ? "; " : " ");
    if (!out->cells[NAME])
        return fault_memory(f);
    if (!read_since(l, out->cells[SINCE], out))
        complain(l, line, "cột từ năm phải là một năm không sau năm của cuộc thi, không phải: ",
                 "the column since takes a year not after the contest's, not: ", out->cells[SINCE]);
    if (*written && !cell_day(written, &day))
        complain(l, line, "ngày quyết định không đọc được (viết 20/9/2024): ",
                 "the decision date cannot be read (write 2024-09-20): ", written);
    else if (*written)
        date_iso(day, out->day);
    if (*out->cells[DECISION] && !*written)
        complain(l, line, "có số quyết định nhưng thiếu ngày: ",
                 "a decision number without its date: ", out->cells[DECISION]);
    read_decision(l, line, out);
    return OK;
}

/* ---- the file ---- */
/* A total, a heading between rows, a signature under them. */
static bool is_no_award(const reading *l, const csv_row *r)
{
    return !*csv_cell(r, l->where[NAME]) && !*csv_cell(r, l->where[PRIZE]) &&
           !*csv_cell(r, l->where[TITLE]);
}

static void put_aside(reading *l, const csv_row *r)
{
    size_t k = 0;
    while (k + 1 < r->count && !*r->cells[k])
        k++;
    l->noted->aside[l->noted->aside_count++] =
        (list_aside){.kind = ASIDE_ROW, .line = r->line, .sheet = "", .text = csv_cell(r, (int)k)};
}

static void note_unused(reading *l)
{
    const csv_row *header = &l->table.rows[0];
    for (size_t k = 0; k < header->count; k++) {
        bool used = !*header->cells[k];
        for (int i = 0; i < COLUMNS; i++)
            used |= l->where[i] == (int)k;
        if (!used)
            l->noted->unused[l->noted->unused_count++] = header->cells[k];
    }
}

static status open_file(reading *l, fault *f)
{
    TRY(intake_table_read(l->mem, l->path, &l->table, f));
    TRY(columns_find(l->mem, &l->table, names, COLUMNS, l->where, f));
    if (l->where[NAME] < 0 || l->where[PRIZE] < 0)
        return FAIL(f, E_INPUT,
                    "%s: không thấy dòng tiêu đề có cột họ tên (name) và cột giải (prize)",
                    "%s: there is no header with the columns name and prize", l->path);
    l->rows = ARENA_ARRAY(l->mem, award_row, l->table.count);
    l->noted->aside = ARENA_ARRAY(l->mem, list_aside, l->table.count);
    l->noted->unused = ARENA_ARRAY(l->mem, const char *, l->table.rows[0].count);
    return l->rows && l->noted->aside && l->noted->unused ? OK : fault_memory(f);
}

static status read_rows(reading *l, fault *f)
{
    for (size_t i = 1; i < l->table.count; i++) {
        const csv_row *r = &l->table.rows[i];
        if (is_no_award(l, r)) {
            put_aside(l, r);
            continue;
        }
        TRY(read_cells(l, r, &l->rows[l->count], f));
        TRY(read_row(l, &l->rows[l->count++], f));
    }
    if (!l->error_count)
        return OK;
    TRY(buffer_check(&l->errors[LANG_VI], f));
    TRY(buffer_check(&l->errors[LANG_EN], f));
    return FAIL(f, E_INPUT, "không nạp dòng nào; có %zu chỗ phải sửa:%s%.0s",
                "nothing was loaded; %zu things to correct:%.0s%s", l->error_count,
                l->errors[LANG_VI].bytes, l->errors[LANG_EN].bytes);
}

status award_list_read(arena *mem, const char *path, const contest *own, award_row **rows,
                       size_t *count, award_load_result *noted, fault *f)
{
    reading l = {.mem = mem,
                 .path = path,
                 .contest = own,
                 .noted = noted,
                 .errors = {BUFFER_INIT, BUFFER_INIT}};
    TRY(open_file(&l, f));
    note_unused(&l);
    status st = read_rows(&l, f);
    buffer_free(&l.errors[LANG_VI]);
    buffer_free(&l.errors[LANG_EN]);
    *rows = l.rows;
    *count = l.count;
    return st;
}
