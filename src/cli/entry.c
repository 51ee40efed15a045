/* entry list, show, text, original: looking at what was received. */
#include "table.h"

#include "chamthi/anonymity.h"
#include "chamthi/clock.h"
#include "chamthi/intake.h"
#include "chamthi/random.h"
#include "chamthi/text.h"

#include <string.h>

static const char *state_word(const cli *c, const char *state)
{
    static const cli_word words[] = {{"received", "đã nhận", "received"},
                                     {"withdrawn", "đã rút", "withdrawn"},
                                     {"disqualified", "đã bị loại", "disqualified"}};
    return cli_show_word(c, words, sizeof words / sizeof *words, state);
}

static const char *counted_word(const cli *c, const char *source)
{
    static const cli_word words[] = {{"machine", "máy đếm", "machine"},
                                     {"declared", "đơn vị khai", "declared"},
                                     {"pages", "ước theo số trang", "from its pages"},
                                     {"none", "", ""}};
    return cli_show_word(c, words, sizeof words / sizeof *words, source);
}

/* ---- list ---- */

status cmd_entry_list(cli *c, fault *f)
{
    static const column columns[] = {{"receipt", "số", "receipt", COLUMN_TEXT},
                                     {"contest", "năm", "year", COLUMN_INT},
                                     {"track", "thể loại", "track", COLUMN_TEXT},
                                     {"title", "tên bài", "title", COLUMN_TEXT},
                                     {"file", "tệp", "file", COLUMN_TEXT},
                                     {"unit", "đơn vị gửi", "sent by", COLUMN_TEXT},
                                     {"words", "từ", "words", COLUMN_INT},
                                     {"syllables", "chữ", "syllables", COLUMN_INT},
                                     {"encoding", "bảng mã", "encoding", COLUMN_TEXT},
                                     {"state", "trạng thái", "state", COLUMN_TEXT},
                                     {"unit_code", "mã đơn vị", "unit code", COLUMN_TEXT},
                                     {"author", "tác giả", "author", COLUMN_TEXT}};
    const char *text = cli_option(c, "--search"), *fold = "", *phone = "";
    int64_t year = 0;
    if (cli_option(c, "--contest"))
        TRY(cli_contest(c, &year, f));
    if (text)
        TRY(intake_search_keys(c->mem, text, &fold, &phone, f));
    output o;
    cursor rows;
    output_start(&o, c, columns, sizeof columns / sizeof *columns);
    status st = store_select(
        c->db, Q_ENTRY_LIST,
        ARGS(v_int(year), v_text(text ? text : ""), v_text(fold), v_text(phone)), &rows, f);
    if (st == OK) {
        while (cursor_next(&rows)) {
            output_cells(&o, &rows, 0, 9);
            output_text(&o, state_word(c, cursor_text(&rows, 9)));
            output_cells(&o, &rows, 10, 2);
        }
        st = cursor_close(&rows, f);
    }
    status printed = output_end(&o, st == OK ? f : NULL);
    return st == OK ? printed : st;
}

/* ---- show ---- */

/* One value under its name, as a line for people or a member of a JSON object. */
typedef struct {
    const cli *c;
    buffer text;
    bool first; /* of the present JSON object */
} sheet_view;

static void put_key(sheet_view *v, const char *key, const char *vi, const char *en)
{
    if (v->c->format == FORMAT_JSON)
        buffer_format(&v->text, "%s\"%s\":", v->first ? "" : ",", key);
    else
        buffer_format(&v->text, "%s: ", cli_say(v->c, vi, en));
    v->first = false;
}

static void put_text(sheet_view *v, const char *key, const char *vi, const char *en,
                     const char *text)
{
    bool json = v->c->format == FORMAT_JSON;
    if (!json && !*text)
        return;
    put_key(v, key, vi, en);
    if (json)
        buffer_json_string(&v->text, text, strlen(text));
    else
        buffer_format(&v->text, "%s\n", text);
}

static void put_number(sheet_view *v, const char *key, const char *vi, const char *en, cursor *c,
                       int at, column_kind kind)
{
    bool json = v->c->format == FORMAT_JSON, none = cursor_null(c, at);
    char shown[20];
    if (!json && none)
        return;
    put_key(v, key, vi, en);
    if (none)
        buffer_text(&v->text, "null");
    else if (json || kind == COLUMN_INT)
        buffer_int(&v->text, cursor_int(c, at));
    else
        buffer_text(&v->text, (time_vietnamese(cursor_int(c, at), shown), shown));
    buffer_text(&v->text, json ? "" : "\n");
}

static void show_entry(sheet_view *v, cursor *c)
{
    put_text(v, "receipt", "số tiếp nhận", "receipt", cursor_text(c, 0));
    put_number(v, "contest", "cuộc thi", "contest", c, 1, COLUMN_INT);
    put_text(v, "track", "thể loại", "track", cursor_text(c, 2));
    put_text(v, "title", "tên bài", "title", cursor_text(c, 3));
    put_text(v, "unit", "đơn vị gửi", "sent by", cursor_text(c, 4));
    put_number(v, "first_received", "nhận lần đầu", "first received", c, 5, COLUMN_TIME);
    put_number(v, "received", "nhận bản này", "this version received", c, 6, COLUMN_TIME);
    put_text(v, "published", "ngày đăng", "published", cursor_text(c, 7));
    put_text(v, "publisher", "cơ quan báo chí", "publisher", cursor_text(c, 8));
    put_text(v, "url", "đường dẫn", "url", cursor_text(c, 9));
    put_number(v, "words", "số từ", "words", c, 10, COLUMN_INT);
    put_number(v, "syllables", "số chữ", "syllables", c, 11, COLUMN_INT);
    put_text(v, "word_count_source", "cách đếm", "counted by",
             counted_word(v->c, cursor_text(c, 12)));
    put_number(v, "seconds", "thời lượng (giây)", "seconds", c, 13, COLUMN_INT);
    put_text(v, "encoding", "bảng mã gốc", "encoding", cursor_text(c, 14));
    put_text(v, "state", "trạng thái", "state", state_word(v->c, cursor_text(c, 15)));
}

static void show_author(sheet_view *v, cursor *c)
{
    put_text(v, "name", "tác giả", "author", cursor_text(c, 0));
    put_number(v, "author_id", "  số tác giả", "  author number", c, 6, COLUMN_INT);
    put_number(v, "birth_year", "  năm sinh", "  born", c, 1, COLUMN_INT);
    put_text(v, "address", "  địa chỉ", "  address", cursor_text(c, 2));
    put_text(v, "phone", "  điện thoại", "  phone", cursor_text(c, 3));
    put_text(v, "email", "  email", "  email", cursor_text(c, 4));
    put_text(v, "unit", "  đơn vị", "  unit", cursor_text(c, 5));
}

static void show_subject(sheet_view *v, cursor *c)
{
    put_text(v, "name", "nhân vật", "subject", cursor_text(c, 0));
    put_text(v, "kind", "  loại", "  kind", cursor_text(c, 1));
    put_text(v, "address", "  địa chỉ", "  address", cursor_text(c, 2));
    put_text(v, "unit", "  đơn vị", "  unit", cursor_text(c, 3));
    put_text(v, "group", "  nhóm đối tượng", "  group", cursor_text(c, 4));
}

static void show_file(sheet_view *v, cursor *c)
{
    char hash[2 * HASH_SIZE + 1] = "";
    slice bytes = cursor_bytes(c, 4);
    if (bytes.size == HASH_SIZE)
        hex_encode(hash, (const unsigned char *)bytes.bytes, HASH_SIZE);
    put_number(v, "version", "bản", "version", c, 0, COLUMN_INT);
    put_text(v, "name", "  tệp", "  file", cursor_text(c, 1));
    put_number(v, "size", "  byte", "  bytes", c, 2, COLUMN_INT);
    put_number(v, "received", "  nhận lúc", "  received", c, 3, COLUMN_TIME);
    put_text(v, "hash", "  mã băm", "  hash", hash);
}

static void show_attachment(sheet_view *v, cursor *c)
{
    char hash[2 * HASH_SIZE + 1] = "";
    slice bytes = cursor_bytes(c, 3);
    if (bytes.size == HASH_SIZE)
        hex_encode(hash, (const unsigned char *)bytes.bytes, HASH_SIZE);
    put_text(v, "name", "tệp kèm theo", "attachment", cursor_text(c, 0));
    put_number(v, "size", "  byte", "  bytes", c, 1, COLUMN_INT);
    put_number(v, "received", "  nhận lúc", "  received", c, 2, COLUMN_TIME);
    put_text(v, "hash", "  mã băm", "  hash", hash);
}

static void show_same_person(sheet_view *v, cursor *c)
{
    put_text(v, "name", "cũng là tác giả", "author too", cursor_text(c, 0));
    put_text(v, "receipt", "  của bài số", "  of entry", cursor_text(c, 1));
    put_text(v, "title", "  tên bài", "  title", cursor_text(c, 2));
}

/* Every row of one statement; in JSON as an array under `key`. */
static status show_rows(sheet_view *v, statement q, int64_t id, const char *key,
                        void (*show)(sheet_view *, cursor *), fault *f)
{
    bool json = v->c->format == FORMAT_JSON;
    cursor rows;
    TRY(store_select(v->c->db, q, ARGS(v_int(id)), &rows, f));
    if (json && key)
        buffer_format(&v->text, ",\"%s\":[", key);
    for (size_t i = 0; cursor_next(&rows); i++) {
        v->first = true;
        if (json && key)
            buffer_text(&v->text, i ? ",{" : "{");
        show(v, &rows);
        if (json && key)
            buffer_byte(&v->text, '}');
    }
    if (json && key)
        buffer_byte(&v->text, ']');
    return cursor_close(&rows, f);
}

static status show_all(sheet_view *v, int64_t id, fault *f)
{
    TRY(show_rows(v, Q_ENTRY_SHOW, id, NULL, show_entry, f));
    TRY(show_rows(v, Q_ENTRY_AUTHORS, id, "authors", show_author, f));
    TRY(show_rows(v, Q_ENTRY_SAME_PERSON, id, "same_person", show_same_person, f));
    TRY(show_rows(v, Q_ENTRY_SUBJECT, id, "subjects", show_subject, f));
    TRY(show_rows(v, Q_ENTRY_FILES, id, "files", show_file, f));
    return show_rows(v, Q_ENTRY_ATTACHMENTS, id, "attachments", show_attachment, f);
}

status cmd_entry_show(cli *c, fault *f)
{
    int64_t id;
    if (c->format == FORMAT_CSV)
        return FAIL(f, E_USAGE, "entry show in ra dạng table hoặc json; danh sách CSV: entry list",
                    "entry show prints table or json; for CSV use entry list");
    TRY(intake_entry_find(c->db, c->args[0], &id, f));
    sheet_view v = {c, BUFFER_INIT, true};
    bool json = c->format == FORMAT_JSON;
    buffer_text(&v.text, json ? "{" : "");
    status st = show_all(&v, id, f);
    buffer_text(&v.text, json ? "}\n" : "");
    if (st == OK)
        st = cli_out(&v.text, NULL, f);
    buffer_free(&v.text);
    return st;
}

/* ---- text and original ---- */

typedef enum { FORM_DISPLAY, FORM_REDACTED, FORM_KEY, FORM_SUGGESTED } text_form;

static text_form wanted_form(const cli *c)
{
    static const char *const words[] = {"display", "redacted", "key", "suggested"};
    const char *word = cli_option(c, "--form");
    for (int i = 0; word && i <= FORM_SUGGESTED; i++)
        if (strcmp(word, words[i]) == 0)
            return (text_form)i;
    return FORM_DISPLAY;
}

status cmd_entry_text(cli *c, fault *f)
{
    int64_t id;
    text_form form = wanted_form(c);
    cursor rows;
    TRY(intake_entry_find(c->db, c->args[0], &id, f));
    TRY(store_select(c->db, form == FORM_SUGGESTED ? Q_SCAN_SUGGESTED : Q_ENTRY_TEXT,
                     ARGS(v_int(id)), &rows, f));
    buffer b = BUFFER_INIT;
    bool found = cursor_next(&rows);
    slice redacted = {"", 0};
    if (found && form == FORM_KEY)
        text_key(cursor_bytes(&rows, 0), &b);
    else if (found && form != FORM_REDACTED)
        buffer_put(&b, cursor_bytes(&rows, 0).bytes, cursor_bytes(&rows, 0).size);
    status st = cursor_close(&rows, f);
    if (st == OK && found && form == FORM_REDACTED)
        st = anonymity_text(c->db, c->mem, id, &redacted, f);
    buffer_put(&b, redacted.bytes, redacted.size);
    if (st == OK && !found)
        st = FAIL(
            f, E_MISSING,
            "bài %s không có văn bản (bài viết tay, bản quét hoặc tác phẩm phát sóng); xem tệp gốc "
            "bằng: chamthi entry original %s -o TỆP",
            "entry %s has no text (handwritten, scanned or broadcast); get the original with: "
            "chamthi entry original %s -o FILE",
            c->args[0], c->args[0]);
    buffer_byte(&b, '\n');
    if (st == OK)
        st = cli_out(&b, NULL, f);
    buffer_free(&b);
    return st;
}

status cmd_entry_original(cli *c, fault *f)
{
    int64_t id, version;
    cursor rows;
    const char *to = cli_option(c, "-o");
    TRY(cli_option_int(c, "--version", 1, 1000000, 0, &version, f));
    TRY(intake_entry_find(c->db, c->args[0], &id, f));
    TRY(store_select(c->db, Q_ENTRY_ORIGINAL, ARGS(v_int(id), v_int(version)), &rows, f));
    buffer b = BUFFER_INIT;
    bool found = cursor_next(&rows);
    if (found)
        buffer_put(&b, cursor_bytes(&rows, 0).bytes, cursor_bytes(&rows, 0).size);
    status st = cursor_close(&rows, f);
    if (st == OK && !found)
        st = FAIL(f, E_MISSING, "bài %s không có tệp gốc nào như vậy (bài giấy, hoặc sai số bản)",
                  "entry %s has no such original file (a paper entry, or a wrong version)",
                  c->args[0]);
    if (st == OK)
        st = cli_out(&b, to, f);
    buffer_free(&b);
    return st;
}
