/* import, entry add, match: taking entries in. */
#include "table.h"

#include "chamthi/intake.h"
#include "chamthi/similarity.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Lists of millions of rows fit; what cannot be a list ends in a sentence. */
static const size_t IMPORT_MEMORY = (size_t)4 * 1024 * 1024 * 1024;

static const char *status_word(item_status s)
{
    static const char *const words[] = {"imported", "unchanged", "quarantined"};
    return words[s];
}

static void put_string(buffer *b, const char *key, const char *text)
{
    buffer_format(b, ",\"%s\":", key);
    if (text && *text)
        buffer_json_string(b, text, strlen(text));
    else
        buffer_text(b, "null");
}

static void put_strings(buffer *b, const char *key, const char *const *texts, size_t count)
{
    buffer_format(b, ",\"%s\":[", key);
    for (size_t i = 0; i < count; i++) {
        buffer_text(b, i ? "," : "");
        buffer_json_string(b, texts[i], strlen(texts[i]));
    }
    buffer_byte(b, ']');
}

static void put_json_item(const cli *c, const intake_item *item, buffer *b)
{
    if (item->row)
        buffer_format(b, "{\"row\":%zu", item->row);
    else
        buffer_text(b, "{\"row\":null");
    put_string(b, "sheet", item->sheet);
    put_string(b, "file", item->file);
    put_string(b, "receipt", item->receipt);
    put_string(b, "status", status_word(item->status));
    put_string(b, "reason", item->reason);
    put_string(b, "change", item->change);
    put_string(b, "message", item->what[c->lang]);
    put_strings(b, "further", item->further, item->further_count);
    buffer_byte(b, '}');
}

static void put_json_units(const intake_result *r, buffer *b)
{
    buffer_text(b, ",\"units\":[");
    for (size_t i = 0; i < r->unit_count; i++) {
        const unit_tally *u = &r->units[i];
        buffer_format(b,
                      "%s{\"rows\":%zu,\"imported\":%zu,\"unchanged\":%zu,\"quarantined\":%zu,"
                      "\"missing\":%zu",
                      i ? "," : "", u->rows, u->imported, u->unchanged, u->quarantined, u->missing);
        put_string(b, "unit", u->unit);
        buffer_byte(b, '}');
    }
    buffer_byte(b, ']');
}

static void put_json(const cli *c, const intake_result *r, bool dry, buffer *b)
{
    buffer_format(b,
                  "{\"contest\":%lld,\"dry_run\":%s,\"rows\":%zu,\"files\":%zu,\"imported\":%zu,"
                  "\"unchanged\":%zu,\"quarantined\":%zu,\"unlisted\":%zu",
                  (long long)r->year, dry ? "true" : "false", r->rows, r->files, r->imported,
                  r->unchanged, r->quarantined, r->unlisted);
    put_string(b, "manifest", r->list);
    put_strings(b, "ignored", r->ignored, r->ignored_count);
    put_strings(b, "unused_columns", r->unused_columns, r->unused_column_count);
    put_json_units(r, b);
    buffer_text(b, ",\"skipped\":[");
    for (size_t i = 0; i < r->aside_count; i++) {
        buffer_format(b, "%s{\"row\":%zu,\"rows\":%zu", i ? "," : "", r->aside[i].line,
                      r->aside[i].rows);
        put_string(b, "sheet", r->aside[i].sheet);
        put_string(b, "text", r->aside[i].text);
        buffer_byte(b, '}');
    }
    buffer_text(b, "],\"items\":[");
    for (size_t i = 0; i < r->item_count; i++) {
        buffer_text(b, i ? ",\n" : "\n");
        put_json_item(c, &r->items[i], b);
    }
    buffer_text(b, "]}\n");
}

/* Every row and every file that no row names, with what became of it. */
static status print_items(const cli *c, const intake_result *r, fault *f)
{
    static const column columns[] = {{"row", "dòng", "row", COLUMN_INT},
                                     {"file", "tệp", "file", COLUMN_TEXT},
                                     {"receipt", "số tiếp nhận", "receipt", COLUMN_TEXT},
                                     {"status", "kết quả", "status", COLUMN_TEXT},
                                     {"reason", "mã lý do", "reason", COLUMN_TEXT},
                                     {"change", "thay đổi", "change", COLUMN_TEXT},
                                     {"message", "cần làm", "what to do", COLUMN_TEXT},
                                     {"sheet", "trang tính", "sheet", COLUMN_TEXT}};
    static const cli_word words[] = {
        {"imported", "đã nhận", "received"},         {"unchanged", "không đổi", "unchanged"},
        {"quarantined", "cần xem", "to look at"},    {"new", "bài mới", "new"},
        {"version", "tệp thay thế", "another file"}, {"details", "sửa thông tin", "details"}};
    output o;
    output_start(&o, c, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < r->item_count; i++) {
        const intake_item *item = &r->items[i];
        const char *coded[] = {status_word(item->status), item->change};
        for (int k = 0; k < 2; k++)
            coded[k] = cli_show_word(c, words, sizeof words / sizeof *words, coded[k]);
        if (item->row)
            output_int(&o, (int64_t)item->row);
        else
            output_null(&o);
        output_text(&o, item->file);
        output_text(&o, item->receipt);
        output_text(&o, coded[0]);
        output_text(&o, item->reason);
        output_text(&o, coded[1]);
        output_text(&o, item->what[c->lang]);
        output_text(&o, item->sheet);
    }
    return output_end(&o, f);
}

/* "38 bài: 35 đã nhận, 2 cần xem, 1 thiếu tệp". */
static void put_counts(const cli *c, const unit_tally *t, buffer *b)
{
    size_t others = t->quarantined - t->missing;
    buffer_format(b, "%zu %s: %zu %s", t->rows, cli_say(c, "bài", "entries"), t->imported,
                  cli_say(c, "đã nhận", "received"));
    if (t->unchanged)
        buffer_format(b, ", %zu %s", t->unchanged, cli_say(c, "không đổi", "unchanged"));
    if (others)
        buffer_format(b, ", %zu %s", others, cli_say(c, "cần xem", "to look at"));
    if (t->missing)
        buffer_format(b, ", %zu %s", t->missing, cli_say(c, "thiếu tệp", "without their file"));
}

static void put_summary(const cli *c, const intake_result *r, bool dry, buffer *b)
{
    unit_tally all = {"", r->rows, r->imported, r->unchanged, r->quarantined, r->missing};
    if (dry)
        buffer_text(b, cli_say(c, "CHẠY THỬ, chưa ghi gì. ", "DRY RUN, nothing was written. "));
    put_counts(c, &all, b);
    if (r->unlisted)
        buffer_format(b, "; %zu %s", r->unlisted,
                      cli_say(c, "tệp không có trong danh sách", "files that no row names"));
    buffer_byte(b, '\n');
}

/* What came from whom; one unit is the summary itself. */
static void put_units(const cli *c, const intake_result *r, buffer *b)
{
    if (r->unit_count < 2)
        return;
    buffer_text(b, cli_say(c, "Theo đơn vị gửi:\n", "By the unit that sent them:\n"));
    for (size_t i = 0; i < r->unit_count; i++) {
        const char *unit = r->units[i].unit;
        buffer_format(b, "  %s: ", *unit ? unit : cli_say(c, "(không ghi đơn vị)", "(no unit)"));
        put_counts(c, &r->units[i], b);
        buffer_byte(b, '\n');
    }
}

static void put_names(buffer *b, const char *label, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++)
        buffer_format(b, "%s%s", i ? ", " : label, names[i]);
    if (count)
        buffer_byte(b, '\n');
}

/* "dòng 5", "trang “Phát hiện” dòng 5". */
static void put_place(const cli *c, const char *sheet, size_t row, buffer *b)
{
    if (*sheet)
        buffer_format(b, "%s “%s” ", cli_say(c, "trang", "sheet"), sheet);
    buffer_format(b, "%s %zu", cli_say(c, "dòng", "row"), row);
}

static void put_skipped(const cli *c, const intake_result *r, buffer *b)
{
    bool any = false;
    for (size_t i = 0; i < r->aside_count; i++) {
        if (r->aside[i].kind != ASIDE_ROW)
            continue;
        buffer_text(b, any ? "; " : cli_say(c, "  không phải bài dự thi: ", "  no entries: "));
        put_place(c, r->aside[i].sheet, r->aside[i].line, b);
        buffer_format(b, " “%s”", r->aside[i].text);
        any = true;
    }
    buffer_text(b, any ? "\n" : "");
}

/* A sheet of entries may be among them. */
static void put_unread_sheets(const cli *c, const intake_result *r, buffer *b)
{
    static const char *const why[][LANG_COUNT] = {
        [ASIDE_SHEET] =
            {"thiếu dòng tiêu đề có cột “tên bài” và “tác giả”; nếu trong đó có bài "
             "dự thi, hãy sửa tiêu đề rồi chạy lại",
             "it has no header with “title” and “author”; if it holds entries, mend the "
             "header and run again"},
        [ASIDE_HIDDEN_SHEET] = {"đang bị ẩn; nếu trong đó có bài dự thi, hãy bỏ ẩn rồi chạy lại",
                                "it is hidden; if it holds entries, show it and run again"}};
    for (size_t i = 0; i < r->aside_count; i++) {
        const list_aside *a = &r->aside[i];
        if (a->kind == ASIDE_ROW)
            continue;
        buffer_format(b, "  %s “%s” (%zu %s): %s\n",
                      cli_say(c, "không đọc trang", "not read: sheet"), a->sheet, a->rows,
                      cli_say(c, "dòng", "rows"), why[a->kind][c->lang]);
    }
}

static void put_table(const cli *c, const intake_result *r, bool dry, buffer *b)
{
    put_summary(c, r, dry, b);
    for (size_t i = 0; i < r->item_count; i++) {
        const intake_item *item = &r->items[i];
        if (item->status != ITEM_QUARANTINED)
            continue;
        buffer_text(b, "  ");
        if (item->row)
            put_place(c, item->sheet, item->row, b);
        else
            buffer_text(b, cli_say(c, "tệp", "file"));
        if (*item->file)
            buffer_format(b, " “%s”", item->file);
        buffer_format(b, ": %s [%s]\n", item->what[c->lang], item->reason);
    }
    put_unread_sheets(c, r, b);
    put_skipped(c, r, b);
    put_names(b, cli_say(c, "  bỏ qua: ", "  ignored: "), r->ignored, r->ignored_count);
    put_names(b, cli_say(c, "  cột không dùng: ", "  unused columns: "), r->unused_columns,
              r->unused_column_count);
    put_units(c, r, b);
}

/* What has just arrived is compared at once. The entries are in already, whatever becomes of this. */
static status compare_arrived(cli *c, int64_t year, fault *f)
{
    similar_summary sum;
    fault why;
    if (similar_arrived(c->db, c->actor, year, &sum, &why) != OK) {
        c->attention = true;
        fprintf(
            stderr, "%s\n  %s\n",
            cli_say(
                c,
                "Bài đã nhận xong, nhưng chưa so được với các bài khác; hãy chạy: chamthi similar",
                "The entries are in, but were not compared with others; run: chamthi similar"),
            fault_text(&why, c->lang));
        return OK;
    }
    if (c->format != FORMAT_TABLE)
        return OK;
    if (sum.too_many)
        return cli_print(c, f,
                         "Nhiều bài chưa so với các bài khác; nhận xong hãy chạy: chamthi similar "
                         "--contest %lld\n",
                         "Many entries are not yet compared with others; when all are in, run: "
                         "chamthi similar --contest %lld\n",
                         (long long)year);
    if (!sum.added && !sum.changed)
        return OK;
    return cli_print(c, f,
                     "%lld cặp bài có đoạn giống nhau cần xem xét; xem: chamthi similar list\n",
                     "%lld pairs of entries share passages to review; see: chamthi similar list\n",
                     (long long)(sum.added + sum.changed));
}

/* One line is a note; more may be a list. */
static bool has_unread_sheet(const intake_result *r)
{
    for (size_t i = 0; i < r->aside_count; i++)
        if (r->aside[i].kind == ASIDE_SHEET && r->aside[i].rows > 1)
            return true;
    return false;
}

static status import_and_print(cli *c, arena *mem, const intake_job *job, fault *f)
{
    bool dry = job->mode == INTAKE_DRY_RUN;
    intake_result r;
    TRY(intake_import(c->db, mem, job, &r, f));
    c->attention = r.quarantined || r.unlisted || has_unread_sheet(&r);
    status st = OK;
    if (c->save || c->format == FORMAT_CSV)
        st = print_items(c, &r, f);
    buffer b = BUFFER_INIT;
    if (c->format == FORMAT_TABLE)
        put_table(c, &r, dry, &b);
    else if (c->format == FORMAT_JSON && !c->save)
        put_json(c, &r, dry, &b);
    if (st == OK)
        st = cli_out(&b, NULL, f);
    buffer_free(&b);
    return st == OK && !dry ? compare_arrived(c, job->year, f) : st;
}

static status run_job(cli *c, intake_job *job, fault *f)
{
    arena *mem = arena_new(IMPORT_MEMORY);
    if (!mem)
        return fault_memory(f);
    job->actor = c->actor;
    job->progress_label = cli_say(c, "nhận bài", "import");
    status st = import_and_print(c, mem, job, f);
    arena_free(mem);
    return st;
}

static intake_mode wanted_mode(const cli *c)
{
    return cli_flag(c, "--dry-run") ? INTAKE_DRY_RUN : INTAKE_WRITE;
}

status cmd_import(cli *c, fault *f)
{
    bool retry = cli_flag(c, "--retry");
    intake_job job = {.from = retry ? INTAKE_RETRY : INTAKE_PARCEL,
                      .path = c->arg_count ? c->args[0] : NULL,
                      .list = cli_option(c, "--manifest"),
                      .unit = cli_option(c, "--unit"),
                      .mode = wanted_mode(c)};
    if (retry && (job.path || job.list || job.unit))
        return FAIL(f, E_USAGE,
                    "--retry thử lại những gì đang chờ trong cơ sở dữ liệu, không kèm đường dẫn, "
                    "--manifest hay --unit",
                    "--retry tries again what waits in the database; it takes no path, --manifest "
                    "or --unit");
    if (!retry && !job.path)
        return FAIL(
            f, E_USAGE,
            "hãy cho biết thư mục, tệp .zip hoặc tệp cần nhận, ví dụ: chamthi import \"Quận "
            "Tây Hồ\" --contest 2024",
            "say which folder, .zip or file to take in, for example: chamthi import "
            "\"Quận Tây Hồ\" --contest 2024");
    TRY(cli_contest(c, &job.year, f));
    return run_job(c, &job, f);
}

/* ---- one entry by hand ---- */

status cmd_entry_add(cli *c, fault *f)
{
    static const char *const options[][2] = {{"--title", "title"},
                                             {"--author", "author"},
                                             {"--track", "track"},
                                             {"--birth-year", "birth_year"},
                                             {"--address", "address"},
                                             {"--phone", "phone"},
                                             {"--email", "email"},
                                             {"--author-unit", "unit"},
                                             {"--subject", "subject"},
                                             {"--received", "received"},
                                             {"--published", "published"},
                                             {"--publisher", "publisher"},
                                             {"--url", "url"},
                                             {"--words", "words"},
                                             {"--duration", "duration"}};
    enum { OPTIONS = sizeof options / sizeof *options };
    intake_cell cells[OPTIONS];
    intake_job job = {.from = INTAKE_ROW,
                      .path = cli_option(c, "--file"),
                      .cells = cells,
                      .unit = cli_option(c, "--unit"),
                      .mode = wanted_mode(c)};
    for (size_t i = 0; i < OPTIONS; i++) {
        const char *value = cli_option(c, options[i][0]);
        if (value)
            cells[job.cell_count++] = (intake_cell){options[i][1], value};
    }
    TRY(cli_contest(c, &job.year, f));
    return run_job(c, &job, f);
}

/* ---- files that may be a row's ---- */

status cmd_match_list(cli *c, fault *f)
{
    static const column columns[] = {{"id", "số", "id", COLUMN_INT},
                                     {"contest", "năm", "year", COLUMN_INT},
                                     {"row", "dòng", "row", COLUMN_INT},
                                     {"title", "tên bài", "title", COLUMN_TEXT},
                                     {"author", "tác giả", "author", COLUMN_TEXT},
                                     {"file", "tệp", "file", COLUMN_TEXT},
                                     {"evidence", "trùng", "evidence", COLUMN_TEXT},
                                     {"status", "quyết định", "status", COLUMN_TEXT}};
    static const cli_word words[] = {
        {"title", "tên bài", "title"},
        {"author", "tác giả", "author"},
        {"both", "tên bài và tác giả, nhưng không chỉ một tệp", "title and author, but of several"},
        {"proposed", "chờ quyết định", "proposed"},
        {"accepted", "đúng", "accepted"},
        {"rejected", "không phải", "rejected"}};
    int64_t year = 0;
    cursor rows;
    output o;
    if (cli_option(c, "--contest"))
        TRY(cli_contest(c, &year, f));
    output_start(&o, c, columns, sizeof columns / sizeof *columns);
    status st = store_select(c->db, Q_PROPOSAL_LIST, ARGS(v_int(year)), &rows, f);
    while (st == OK && cursor_next(&rows)) {
        for (int i = 0; i < 3; i++)
            output_int(&o, cursor_int(&rows, i));
        for (int i = 3; i < 6; i++)
            output_text(&o, cursor_text(&rows, i));
        for (int i = 6; i < 8; i++)
            output_text(
                &o, cli_show_word(c, words, sizeof words / sizeof *words, cursor_text(&rows, i)));
        c->attention |= strcmp(cursor_text(&rows, 7), "proposed") == 0;
    }
    if (st == OK)
        st = cursor_close(&rows, f);
    status printed = output_end(&o, st == OK ? f : NULL);
    return st == OK ? printed : st;
}

static status decide(cli *c, match_decision decided, int64_t *year, unsigned char source[32],
                     fault *f)
{
    char *end;
    long long id = strtoll(c->args[0], &end, 10);
    if (end == c->args[0] || *end)
        return FAIL(f, E_USAGE, "“%s” không phải số của một đề xuất; xem: chamthi match list",
                    "“%s” is no proposal's number; see: chamthi match list", c->args[0]);
    return intake_match_decide(c->db, c->actor, id, decided, year, source, f);
}

status cmd_match_accept(cli *c, fault *f)
{
    unsigned char source[32];
    intake_job job = {.from = INTAKE_RETRY, .only = source};
    TRY(decide(c, MATCH_ACCEPT, &job.year, source, f));
    return run_job(c, &job, f);
}

status cmd_match_reject(cli *c, fault *f)
{
    unsigned char source[32];
    int64_t year;
    TRY(decide(c, MATCH_REJECT, &year, source, f));
    return cli_print(c, f, "Đề xuất %s: không phải tệp của bài này\n",
                     "Proposal %s: not the entry's file\n", c->args[0]);
}
