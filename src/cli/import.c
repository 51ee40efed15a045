/* import: one parcel of files with its list. */
#include "table.h"

#include "chamthi/csv.h"
#include "chamthi/intake.h"

#include <string.h>

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
    put_string(b, "file", item->file);
    put_string(b, "receipt", item->receipt);
    put_string(b, "status", status_word(item->status));
    put_string(b, "reason", item->reason);
    put_string(b, "change", item->change);
    put_string(b, "message", item->what[c->lang]);
    buffer_byte(b, '}');
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
    buffer_text(b, ",\"items\":[");
    for (size_t i = 0; i < r->item_count; i++) {
        buffer_text(b, i ? ",\n" : "\n");
        put_json_item(c, &r->items[i], b);
    }
    buffer_text(b, "]}\n");
}

static void put_csv(const cli *c, const intake_result *r, buffer *b)
{
    buffer_text(b, "row,file,receipt,status,reason,change,message\n");
    for (size_t i = 0; i < r->item_count; i++) {
        const intake_item *item = &r->items[i];
        if (item->row)
            buffer_format(b, "%zu", item->row);
        buffer_byte(b, ',');
        csv_put(b, item->file, false);
        csv_put(b, item->receipt, false);
        csv_put(b, status_word(item->status), false);
        csv_put(b, item->reason, false);
        csv_put(b, item->change, false);
        csv_put(b, item->what[c->lang], true);
    }
}

/* "38 bài: 35 đã nhận, 2 cần xem, 1 thiếu tệp". */
static void put_summary(const cli *c, const intake_result *r, bool dry, buffer *b)
{
    size_t others = r->quarantined - r->missing;
    if (dry)
        buffer_text(b, cli_say(c, "CHẠY THỬ, chưa ghi gì. ", "DRY RUN, nothing was written. "));
    buffer_format(b, "%zu %s: %zu %s", r->rows, cli_say(c, "bài", "entries"), r->imported,
                  cli_say(c, "đã nhận", "received"));
    if (r->unchanged)
        buffer_format(b, ", %zu %s", r->unchanged, cli_say(c, "không đổi", "unchanged"));
    if (others)
        buffer_format(b, ", %zu %s", others, cli_say(c, "cần xem", "to look at"));
    if (r->missing)
        buffer_format(b, ", %zu %s", r->missing, cli_say(c, "thiếu tệp", "without their file"));
    if (r->unlisted)
        buffer_format(b, "; %zu %s", r->unlisted,
                      cli_say(c, "tệp không có trong danh sách", "files that no row names"));
    buffer_byte(b, '\n');
}

static void put_names(buffer *b, const char *label, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++)
        buffer_format(b, "%s%s", i ? ", " : label, names[i]);
    if (count)
        buffer_byte(b, '\n');
}

static void put_table(const cli *c, const intake_result *r, bool dry, buffer *b)
{
    put_summary(c, r, dry, b);
    for (size_t i = 0; i < r->item_count; i++) {
        const intake_item *item = &r->items[i];
        if (item->status != ITEM_QUARANTINED)
            continue;
        if (item->row)
            buffer_format(b, "  %s %zu", cli_say(c, "dòng", "row"), item->row);
        else
            buffer_format(b, "  %s", cli_say(c, "tệp", "file"));
        if (*item->file)
            buffer_format(b, " “%s”", item->file);
        buffer_format(b, ": %s [%s]\n", item->what[c->lang], item->reason);
    }
    put_names(b, cli_say(c, "  bỏ qua: ", "  ignored: "), r->ignored, r->ignored_count);
    put_names(b, cli_say(c, "  cột không dùng: ", "  unused columns: "), r->unused_columns,
              r->unused_column_count);
}

status cmd_import(cli *c, fault *f)
{
    bool dry = cli_flag(c, "--dry-run");
    intake_job job = {.path = c->args[0],
                      .list = cli_option(c, "--manifest"),
                      .unit = cli_option(c, "--unit"),
                      .mode = dry ? INTAKE_DRY_RUN : INTAKE_WRITE,
                      .actor = c->actor,
                      .progress_label = cli_say(c, "nhận bài", "import")};
    intake_result r;
    TRY(cli_contest(c, &job.year, f));
    TRY(intake_import(c->db, c->mem, &job, &r, f));
    c->attention = r.quarantined || r.unlisted;
    buffer b = BUFFER_INIT;
    switch (c->format) {
    case FORMAT_JSON: put_json(c, &r, dry, &b); break;
    case FORMAT_CSV: put_csv(c, &r, &b); break;
    case FORMAT_TABLE: put_table(c, &r, dry, &b); break;
    }
    status st = cli_out(&b, NULL, f);
    buffer_free(&b);
    return st;
}
