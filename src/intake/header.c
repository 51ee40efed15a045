/* Finds the header of a list, however an office laid it out. */
#include "header.h"

#include "chamthi/text.h"

#include <ctype.h>
#include <string.h>

enum { HEADER_SEARCH = 20 };

/* Folded headers (text_fold, which makes "sent by" "sent bi"), '|' between. The English ones are
 * the keys of interface.md. */
static const char *const headers[FIELD_COUNT] = {
    [FIELD_FILE] = "tep|ten tep|tep tin|ten tep tin|tep bai|file|ten file|file name",
    [FIELD_TITLE] = "ten bai|ten tac pham|tieu de|ten bai du thi|ten bai viet|tua de|title",
    [FIELD_TRACK] = "the loai|bang|bang thi|track",
    [FIELD_AUTHOR] = "tac gia|ho va ten|ho ten|ho va ten tac gia|ho ten tac gia|ten tac gia|"
                     "nguoi du thi|ho ten nguoi du thi|ho va ten nguoi du thi|author",
    [FIELD_BIRTH_YEAR] = "nam sinh|ngay sinh|ngay thang nam sinh|nam sinh tac gia|birth year|"
                         "year of birth",
    [FIELD_ADDRESS] = "dia chi|dia chi tac gia|dia chi lien he|noi o|address",
    [FIELD_PHONE] = "dien thoai|so dien thoai|sdt|so dt|dt|dien thoai tac gia|dien thoai lien he|"
                    "so dien thoai lien he|phone|telephone",
    [FIELD_EMAIL] = "email|e mail|thu dien tu",
    [FIELD_UNIT] = "don vi|don vi cong tac|don vi tac gia|co quan|noi cong tac|unit",
    [FIELD_SENT_BY] = "don vi gui|noi nhan|don vi gui bai|sent bi",
    [FIELD_SUBJECT] = "nhan vat|ten nhan vat|ho ten nhan vat|ho va ten nhan vat|guong|guong dien "
                      "hinh|subject",
    [FIELD_SUBJECT_KIND] = "loai|loai nhan vat|subject kind",
    [FIELD_SUBJECT_ADDRESS] = "dia chi nhan vat|subject address",
    [FIELD_SUBJECT_UNIT] = "don vi nhan vat|don vi cua nhan vat|don vi cong tac nhan vat|subject "
                           "unit",
    [FIELD_SUBJECT_GROUP] = "nhom doi tuong|doi tuong|subject group",
    [FIELD_RECEIVED] = "ngay nhan|ngay nhan bai|ngay gui|ngay nop|received",
    [FIELD_PUBLISHED] = "ngay dang|ngay dang bao|ngay phat song|published",
    [FIELD_PUBLISHER] = "co quan bao chi|noi dang|bao|publisher",
    [FIELD_URL] = "duong dan|duong link|link|url",
    [FIELD_WORDS] = "so tu|so chu|so luong tu|words",
    [FIELD_DURATION] = "thoi luong|duration",
};

static const char *const keys[FIELD_COUNT] = {
    [FIELD_FILE] = "file",
    [FIELD_TITLE] = "title",
    [FIELD_TRACK] = "track",
    [FIELD_AUTHOR] = "author",
    [FIELD_BIRTH_YEAR] = "birth_year",
    [FIELD_ADDRESS] = "address",
    [FIELD_PHONE] = "phone",
    [FIELD_EMAIL] = "email",
    [FIELD_UNIT] = "unit",
    [FIELD_SENT_BY] = "sent_by",
    [FIELD_SUBJECT] = "subject",
    [FIELD_SUBJECT_KIND] = "subject_kind",
    [FIELD_SUBJECT_ADDRESS] = "subject_address",
    [FIELD_SUBJECT_UNIT] = "subject_unit",
    [FIELD_SUBJECT_GROUP] = "subject_group",
    [FIELD_RECEIVED] = "received",
    [FIELD_PUBLISHED] = "published",
    [FIELD_PUBLISHER] = "publisher",
    [FIELD_URL] = "url",
    [FIELD_WORDS] = "words",
    [FIELD_DURATION] = "duration",
};

const char *field_key(field what)
{
    return keys[what];
}

bool field_find(const char *key, field *out)
{
    for (int i = 0; i < FIELD_COUNT; i++)
        if (strcmp(keys[i], key) == 0)
            return *out = (field)i, true;
    return false;
}

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

static int field_of(const char *folded)
{
    for (int i = 0; *folded && i < FIELD_COUNT; i++)
        if (in_list(headers[i], folded))
            return i;
    return -1;
}

/* A cell folded, without what stands in brackets behind it: "Số điện thoại (nếu có)". */
static char *fold_header(arena *mem, const char *cell)
{
    const char *bracket = strchr(cell, '(');
    char *head = bracket ? arena_copy(mem, cell, (size_t)(bracket - cell)) : NULL;
    char *folded = head ? text_fold_string(mem, head) : NULL;
    return folded && *folded ? folded : text_fold_string(mem, cell);
}

typedef enum { NOT_FOUND = -1, NO_MEMORY = -2 } no_field;

/* A column under a group's heading; `above` also stands over it when it is empty itself. */
static int field_of_pair(arena *mem, const char *group, const char *above, const char *below)
{
    if (!*below)
        return field_of(above);
    if (!*group || strcmp(group, below) == 0)
        return field_of(below);
    const char *under = arena_format(mem, "%s %s", below, group);
    const char *split = arena_format(mem, "%s %s", group, below);
    if (!under || !split)
        return NO_MEMORY;
    int found = field_of(under);
    if (found < 0)
        found = field_of(split); /* "Tên" over "bài" */
    if (found < 0 && field_of(group) != FIELD_SUBJECT)
        found = field_of(below);
    return found < 0 && *above ? field_of(above) : found;
}

/* `below` NULL: a header of one line. */
static status map_rows(arena *mem, const csv_row *above, const csv_row *below, header_map *out,
                       fault *f)
{
    const char *group = "";
    size_t columns = below && below->count > above->count ? below->count : above->count;
    out->matched = 0;
    for (int i = 0; i < FIELD_COUNT; i++)
        out->column[i] = -1;
    for (size_t k = 0; k < columns; k++) {
        char *own = fold_header(mem, csv_cell(above, (int)k));
        char *sub = below ? fold_header(mem, csv_cell(below, (int)k)) : NULL;
        if (!own || (below && !sub))
            return fault_memory(f);
        if (*own)
            group = own;
        int i = below ? field_of_pair(mem, group, own, sub) : field_of(own);
        if (i == NO_MEMORY)
            return fault_memory(f);
        if (i < 0 || out->column[i] >= 0)
            continue; /* of two columns of one name the first counts; the other is listed as unused */
        out->column[i] = (int)k;
        out->matched++;
    }
    return OK;
}

bool header_complete(const header_map *m)
{
    return m->column[FIELD_TITLE] >= 0 && m->column[FIELD_AUTHOR] >= 0;
}

status header_find(arena *mem, const csv_table *t, header_map *out, fault *f)
{
    for (size_t row = 0; row < t->count && row < HEADER_SEARCH; row++) {
        bool last = row + 1 == t->count;
        header_map one = {.row = row}, two = {.row = row + 1};
        TRY(map_rows(mem, &t->rows[row], NULL, &one, f));
        TRY(map_rows(mem, &t->rows[row], last ? NULL : &t->rows[row + 1], &two, f));
        /* A title over a header is not its first line. */
        bool pair = header_complete(&two) && one.matched && two.matched > one.matched;
        const header_map *found = pair ? &two : &one;
        if (row == 0 || header_complete(found) || found->matched > out->matched)
            *out = *found;
        if (header_complete(found))
            return OK;
    }
    return OK;
}

status header_fail(const csv_table *t, const char *name, const header_map *closest, fault *f)
{
    if (!t->count)
        return FAIL(f, E_INPUT, "%s không có dòng nào; hãy gửi danh sách có dòng tiêu đề",
                    "%s has no rows; send a list with a header row", name);
    buffer found = BUFFER_INIT;
    const csv_row *r = &t->rows[closest->row];
    for (size_t k = 0; k < r->count; k++)
        if (r->cells[k][0])
            buffer_format(&found, "%s“%s”", found.size ? ", " : "", r->cells[k]);
    bool title = closest->column[FIELD_TITLE] < 0, author = closest->column[FIELD_AUTHOR] < 0;
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

static bool column_number(const char *cell)
{
    return *cell && cell[strspn(cell, "0123456789() ")] == '\0';
}

bool header_repeated(arena *mem, const csv_row *row, const header_map *m)
{
    const char *title = csv_cell(row, m->column[FIELD_TITLE]);
    const char *author = csv_cell(row, m->column[FIELD_AUTHOR]);
    if (column_number(title) && column_number(author))
        return true;
    const char *a = fold_header(mem, title), *b = fold_header(mem, author);
    return a && b && field_of(a) == FIELD_TITLE && field_of(b) == FIELD_AUTHOR;
}
