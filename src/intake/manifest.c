/* Finds the header row of a list and gives each row's cells their meaning. */
#include "manifest.h"
#include "source.h"

#include "chamthi/file.h"
#include "chamthi/intake.h"

#include "chamthi/text.h"

#include <string.h>

enum { HEADER_SEARCH = 20 };

/* Folded headers (text_fold), '|' between. The English ones are the keys of interface.md. */
static const char *const headers[FIELD_COUNT] = {
    [FIELD_FILE] = "tep|ten tep|tep tin|ten tep tin|file|ten file|file name",
    [FIELD_TITLE] = "ten bai|ten tac pham|tieu de|ten bai du thi|ten bai viet|title",
    [FIELD_TRACK] = "the loai|bang|bang thi|track",
    [FIELD_AUTHOR] = "tac gia|ho va ten|ho ten|ho va ten tac gia|ho ten tac gia|ten tac gia|author",
    [FIELD_BIRTH_YEAR] = "nam sinh|ngay sinh|birth year|year of birth",
    [FIELD_ADDRESS] = "dia chi|dia chi tac gia|address",
    [FIELD_PHONE] = "dien thoai|so dien thoai|sdt|dien thoai tac gia|phone|telephone",
    [FIELD_EMAIL] = "email|e mail|thu dien tu",
    [FIELD_UNIT] = "don vi|don vi cong tac|don vi tac gia|co quan|unit",
    [FIELD_SENT_BY] = "don vi gui|noi nhan|don vi gui bai|sent by",
    [FIELD_SUBJECT] = "nhan vat|ten nhan vat|guong|subject",
    [FIELD_SUBJECT_KIND] = "loai|loai nhan vat|subject kind",
    [FIELD_SUBJECT_ADDRESS] = "dia chi nhan vat|subject address",
    [FIELD_SUBJECT_UNIT] = "don vi nhan vat|don vi cua nhan vat|subject unit",
    [FIELD_SUBJECT_GROUP] = "nhom doi tuong|doi tuong|subject group",
    [FIELD_RECEIVED] = "ngay nhan|ngay nhan bai|received",
    [FIELD_PUBLISHED] = "ngay dang|ngay dang bao|ngay phat song|published",
    [FIELD_PUBLISHER] = "co quan bao chi|noi dang|bao|publisher",
    [FIELD_URL] = "duong dan|duong link|link|url",
    [FIELD_WORDS] = "so tu|so chu|words",
    [FIELD_DURATION] = "thoi luong|duration",
};

static bool in_list(const char *list, const char *word)
{
    size_t size = strlen(word);
    while (*list) {
        size_t n = strcspn(list, "|");
        if (n == size && memcmp(list, word, n) == 0)
            return true;
        list += n + (list[n] == '|');
    }
    return false;
}

static int field_of_header(const char *folded)
{
    for (int i = 0; *folded && i < FIELD_COUNT; i++)
        if (in_list(headers[i], folded))
            return i;
    return -1;
}

typedef struct {
    size_t row;
    int column[FIELD_COUNT]; /* -1: none */
    size_t matched;
} header_map;

static status map_row(arena *mem, const csv_table *t, size_t row, header_map *out, fault *f)
{
    *out = (header_map){.row = row};
    for (int i = 0; i < FIELD_COUNT; i++)
        out->column[i] = -1;
    for (size_t k = 0; k < t->rows[row].count; k++) {
        char *folded = text_fold_string(mem, t->rows[row].cells[k]);
        if (!folded)
            return fault_memory(f);
        int i = field_of_header(folded);
        if (i < 0 || out->column[i] >= 0)
            continue; /* of two columns of one name the first counts; the other is listed as unused */
        out->column[i] = (int)k;
        out->matched++;
    }
    return OK;
}

static bool complete(const header_map *m)
{
    return m->column[FIELD_TITLE] >= 0 && m->column[FIELD_AUTHOR] >= 0;
}

static status fail_header(const csv_table *t, const char *name, const header_map *best, fault *f)
{
    buffer found = BUFFER_INIT;
    const csv_row *r = &t->rows[best->row];
    for (size_t k = 0; k < r->count; k++)
        if (r->cells[k][0])
            buffer_format(&found, "%s“%s”", found.size ? ", " : "", r->cells[k]);
    bool title = best->column[FIELD_TITLE] < 0, author = best->column[FIELD_AUTHOR] < 0;
    status st =
        FAIL(f, E_INPUT,
             "%s, dòng %zu: thiếu cột bắt buộc %s%s%s; hãy sửa dòng tiêu đề rồi chạy lại. Các "
             "cột đang có: %s",
             "%s, line %zu: the required column %s%s%s is missing; mend the header row and run "
             "again. Columns found: %s",
             name, r->line, title ? "“tên bài” (title)" : "", title && author ? ", " : "",
             author ? "“tác giả” (author)" : "", found.size ? found.bytes : "-");
    buffer_free(&found);
    return st;
}

/* Offices put titles above the header row: it is the first row near the top that has what is needed. */
static status find_header(arena *mem, const csv_table *t, const char *name, header_map *out,
                          fault *f)
{
    if (!t->count)
        return FAIL(f, E_INPUT, "%s không có dòng nào; hãy gửi danh sách có dòng tiêu đề",
                    "%s has no rows; send a list with a header row", name);
    header_map best = {0}, now;
    for (size_t row = 0; row < t->count && row < HEADER_SEARCH; row++) {
        TRY(map_row(mem, t, row, &now, f));
        if (complete(&now)) {
            *out = now;
            return OK;
        }
        if (row == 0 || now.matched > best.matched)
            best = now;
    }
    return fail_header(t, name, &best, f);
}

static status list_unused(arena *mem, const csv_row *header, const header_map *map, manifest *out,
                          fault *f)
{
    out->unused = ARENA_ARRAY(mem, const char *, header->count);
    if (!out->unused)
        return fault_memory(f);
    for (size_t k = 0; k < header->count; k++) {
        bool used = false;
        for (int i = 0; i < FIELD_COUNT; i++)
            used |= map->column[i] == (int)k;
        if (!used && header->cells[k][0])
            out->unused[out->unused_count++] = header->cells[k];
    }
    return OK;
}

/* Cells become display text: Unicode NFC, odd blanks and invisible characters gone. */
static status clean_cell(arena *mem, const char *raw, const char **out, fault *f)
{
    buffer clean = BUFFER_INIT;
    text_report report = {0};
    text_display((slice){raw, strlen(raw)}, ENCODING_UTF8, &clean, &report);
    *out = clean.failed ? NULL : arena_copy(mem, clean.bytes, clean.size);
    buffer_free(&clean);
    return *out ? OK : fault_memory(f);
}

static status read_rows(arena *mem, const csv_table *t, const header_map *map, manifest *out,
                        fault *f)
{
    size_t first = map->row + 1;
    out->count = t->count - first;
    out->rows = ARENA_ARRAY(mem, manifest_row, out->count);
    if (!out->rows)
        return fault_memory(f);
    for (size_t i = 0; i < out->count; i++) {
        const csv_row *from = &t->rows[first + i];
        manifest_row *to = &out->rows[i];
        to->line = from->line;
        for (int k = 0; k < FIELD_COUNT; k++) {
            const char *cell = csv_cell(from, map->column[k]);
            to->field[k] = "";
            if (*cell)
                TRY(clean_cell(mem, cell, &to->field[k], f));
        }
    }
    return OK;
}

/* Excel saves CSV in the machine's old code page, or in UTF-16: such a file is decoded first. */
static status read_csv(arena *mem, const char *name, slice bytes, csv_table *out, fault *f)
{
    if (text_is_utf8(bytes))
        return csv_table_parse(mem, name, bytes, out, f);
    buffer decoded = BUFFER_INIT;
    text_report report = {0};
    text_display(bytes, ENCODING_AUTO, &decoded, &report);
    status st = buffer_check(&decoded, f);
    if (st == OK)
        st = csv_table_parse(mem, name, (slice){decoded.bytes, decoded.size}, out, f);
    buffer_free(&decoded);
    return st;
}

static status read_table(arena *mem, const char *name, slice bytes, csv_table *out, fault *f)
{
    bool zipped = bytes.size >= 4 && memcmp(bytes.bytes, "PK\x03\x04", 4) == 0;
    return zipped ? xlsx_table_read(mem, name, bytes, out, f) : read_csv(mem, name, bytes, out, f);
}

status intake_table_read(arena *mem, const char *path, csv_table *out, fault *f)
{
    buffer bytes = BUFFER_INIT;
    status st = file_read(path, SOURCE_FILE_LIMIT, &bytes, f);
    if (st == OK)
        st = read_table(mem, path, (slice){bytes.bytes, bytes.size}, out, f);
    buffer_free(&bytes);
    return st;
}

status manifest_read(arena *mem, const char *name, slice bytes, manifest *out, fault *f)
{
    csv_table table;
    TRY(read_table(mem, name, bytes, &table, f));
    header_map map = {0};
    TRY(find_header(mem, &table, name, &map, f));
    *out = (manifest){.name = name};
    TRY(list_unused(mem, &table.rows[map.row], &map, out, f));
    return read_rows(mem, &table, &map, out, f);
}
