/* Scans: text read by machine, confirmed by a person; and what files say of their makers. */
#include "table.h"

#include "chamthi/file.h"
#include "chamthi/intake.h"
#include "chamthi/progress.h"

#include <string.h>

enum { TYPED_LIMIT = 16 * 1024 * 1024 };

/* ---- suggest-text ---- */

typedef struct {
    int64_t *ids;
    const char **receipts;
    size_t count, id_capacity, receipt_capacity;
} scan_list;

static status add_scan(cli *c, scan_list *l, int64_t id, const char *receipt, fault *f)
{
    int64_t *ids = arena_grow(c->mem, l->ids, l->count, &l->id_capacity, sizeof *ids);
    const char **receipts =
        arena_grow(c->mem, l->receipts, l->count, &l->receipt_capacity, sizeof *receipts);
    if (!ids || !receipts || !receipt)
        return fault_memory(f);
    l->ids = ids;
    l->receipts = receipts;
    l->ids[l->count] = id;
    l->receipts[l->count++] = receipt;
    return OK;
}

static status find_scans(cli *c, scan_list *l, fault *f)
{
    int64_t id, year;
    if (c->arg_count) {
        TRY(intake_entry_find(c->db, c->args[0], &id, f));
        return add_scan(c, l, id, c->args[0], f);
    }
    cursor rows;
    TRY(cli_contest(c, &year, f));
    TRY(store_select(c->db, Q_SCANS_WITHOUT_TEXT, ARGS(v_int(year)), &rows, f));
    status st = OK;
    while (st == OK && cursor_next(&rows))
        st = add_scan(c, l, cursor_int(&rows, 0), cursor_copy(&rows, 1, c->mem), f);
    status closed = cursor_close(&rows, st == OK ? f : NULL);
    return st == OK ? closed : st;
}

/* One of many that cannot be read does not stop the others. */
static status suggest(cli *c, const scan_list *l, size_t i, output *o, fault *f)
{
    size_t words = 0;
    fault why = {0};
    status st = intake_suggest_text(c->db, c->actor, l->ids[i], &words, &why);
    if (st == E_SYSTEM || (st != OK && c->arg_count)) {
        *f = why;
        return st;
    }
    output_text(o, l->receipts[i]);
    output_int(o, (int64_t)words);
    output_text(o, st == OK ? cli_say(c, "gợi ý, cần xác nhận", "suggested, to be confirmed")
                            : fault_text(&why, c->lang));
    c->attention = true;
    return OK;
}

status cmd_entry_suggest_text(cli *c, fault *f)
{
    static const column columns[] = {{"receipt", "số tiếp nhận", "receipt", COLUMN_TEXT},
                                     {"words", "số từ", "words", COLUMN_INT},
                                     {"message", "ghi chú", "note", COLUMN_TEXT}};
    scan_list l = {0};
    output o;
    progress shown;
    status st = OK;
    TRY(find_scans(c, &l, f));
    output_start(&o, c, columns, sizeof columns / sizeof *columns);
    progress_start(&shown, cli_say(c, "đọc chữ trong ảnh", "reading pictures"), l.count);
    for (size_t i = 0; i < l.count && st == OK; i++) {
        st = suggest(c, &l, i, &o, f);
        progress_show(&shown, i + 1);
    }
    progress_end(&shown);
    if (st != OK) {
        buffer_free(&o.text);
        return st;
    }
    return output_end(&o, f);
}

/* ---- confirm-text ---- */

status cmd_entry_confirm_text(cli *c, fault *f)
{
    const char *from = cli_option(c, "--from");
    buffer typed = BUFFER_INIT;
    int64_t id;
    TRY(intake_entry_find(c->db, c->args[0], &id, f));
    status st = from ? file_read(from, TYPED_LIMIT, &typed, f) : OK;
    if (st == OK)
        st = intake_confirm_text(c->db, c->actor, id, from, (slice){typed.bytes, typed.size}, f);
    buffer_free(&typed);
    TRY(st);
    return cli_print(c, f, "Đã xác nhận văn bản của bài %s.\n", "The text of %s is confirmed.\n",
                     c->args[0]);
}

/* ---- traces ---- */

static const cli_word trace_words[] = {
    {"creator", "người tạo", "creator"},
    {"modified_by", "người sửa cuối", "last modified by"},
    {"changed_by", "người sửa có theo dõi", "tracked changes by"},
    {"company", "cơ quan", "company"},
    {"manager", "người quản lý", "manager"},
    {"comment", "ghi chú bên lề", "comment"},
    {"header", "dòng đầu trang", "header"},
    {"footer", "dòng cuối trang", "footer"},
    {"path", "đường dẫn máy tính", "path"},
    {"template", "tệp mẫu", "template"},
    {"title", "tiêu đề ghi trong tệp", "title"},
    {"subject", "chủ đề", "subject"},
    {"keywords", "từ khóa", "keywords"},
    {"description", "mô tả", "description"},
    {"created", "tạo lúc", "created"},
    {"modified", "sửa lúc", "modified"},
    {"program", "chương trình", "program"},
    {"pages", "số trang", "pages"},
    {"camera", "máy ảnh", "camera"},
    {"place", "nơi chụp", "place"}};

status cmd_entry_traces(cli *c, fault *f)
{
    static const column columns[] = {{"file", "tệp", "file", COLUMN_TEXT},
                                     {"kind", "điều gì", "what", COLUMN_TEXT},
                                     {"value", "nội dung", "value", COLUMN_TEXT}};
    int64_t id;
    cursor rows;
    output o;
    TRY(intake_entry_find(c->db, c->args[0], &id, f));
    TRY(store_select(c->db, Q_ENTRY_TRACES, ARGS(v_int(id)), &rows, f));
    output_start(&o, c, columns, sizeof columns / sizeof *columns);
    while (cursor_next(&rows)) {
        output_text(&o, cursor_text(&rows, 2));
        output_text(&o, cli_show_word(c, trace_words, sizeof trace_words / sizeof *trace_words,
                                      cursor_text(&rows, 0)));
        output_text(&o, cursor_text(&rows, 1));
    }
    status st = cursor_close(&rows, f);
    status printed = output_end(&o, st == OK ? f : NULL);
    return st == OK ? printed : st;
}
