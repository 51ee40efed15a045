/* redact, redact list, accept, reject, add, pages, review. */
#include "table.h"

#include "chamthi/anonymity.h"
#include "chamthi/file.h"
#include "chamthi/intake.h"
#include "chamthi/text.h"

#include <stdlib.h>
#include <string.h>

enum { CONTEXT = 40 }; /* bytes shown on each side of a span */

static const cli_word words[] = {
    {"proposed", "chờ quyết định", "proposed"},
    {"accepted", "che", "accepted"},
    {"rejected", "để nguyên", "rejected"},
    {"name", "tên tác giả", "name"},
    {"phone", "điện thoại", "telephone"},
    {"email", "thư điện tử", "e-mail"},
    {"signature", "dòng ký tên", "signature"},
    {"contact", "dòng liên hệ", "contact line"},
    {"unit", "đơn vị", "unit"},
    {"id", "số giấy tờ", "identity number"},
    {"class", "lớp, trường", "class"},
    {"address", "địa chỉ", "address"},
    {"birth", "năm sinh", "year of birth"},
    {"added", "người thêm", "added"},
    {"title", "tên bài", "title"},
    {"text", "bài viết", "text"},
};

/* The span in its surroundings, on one line. */
static const char *in_context(arena *mem, slice text, size_t start, size_t end)
{
    size_t from = start > CONTEXT ? start - CONTEXT : 0;
    size_t to = end + CONTEXT < text.size ? end + CONTEXT : text.size;
    while (from < start && ((unsigned char)text.bytes[from] & 0xC0) == 0x80)
        from++;
    to = text_cut(text, to);
    char *out = arena_format(mem, "%s%.*s[%.*s]%.*s%s", from ? "…" : "", (int)(start - from),
                             text.bytes + from, (int)(end - start), text.bytes + start,
                             (int)(to - end), text.bytes + end, to < text.size ? "…" : "");
    for (char *p = out; p && *p; p++)
        if (*p == '\n')
            *p = ' ';
    return out;
}

/* The entry whose spans are being listed: read and hashed once for all of them. */
typedef struct {
    int64_t entry_id;
    arena *mem;
    slice title, text;
    unsigned char title_hash[HASH_SIZE], text_hash[HASH_SIZE];
} entry_text;

static status read_text(cli *c, entry_text *t, int64_t entry_id, fault *f)
{
    cursor rows;
    if (t->entry_id == entry_id)
        return OK;
    arena_reset(t->mem);
    TRY(store_select(c->db, Q_REDACT_PARTS, ARGS(v_int(entry_id)), &rows, f));
    if (cursor_next(&rows)) {
        slice title = cursor_bytes(&rows, 0), text = cursor_bytes(&rows, 1);
        t->title = (slice){arena_copy(t->mem, title.bytes, title.size), title.size};
        t->text = (slice){arena_copy(t->mem, text.bytes, text.size), text.size};
        redact_title_hash(t->title_hash, title);
        hash_bytes(t->text_hash, text.bytes, text.size);
        t->entry_id = entry_id;
    }
    TRY(cursor_close(&rows, f));
    return t->title.bytes && t->text.bytes ? OK : fault_memory(f);
}

/* The part in which the span lies, NULL when it was of an older text. */
static const slice *part_of(cursor *rows, const entry_text *t)
{
    slice kept = cursor_bytes(rows, 6);
    if (kept.size != HASH_SIZE)
        return NULL;
    if (memcmp(kept.bytes, t->text_hash, HASH_SIZE) == 0)
        return &t->text;
    return memcmp(kept.bytes, t->title_hash, HASH_SIZE) == 0 ? &t->title : NULL;
}

typedef struct {
    int64_t year, entry_id;
    const char *standing; /* NULL: all */
} selection;

static status put_span(cli *c, const selection *s, cursor *rows, entry_text *t, output *o,
                       size_t *undecided, fault *f)
{
    size_t start = (size_t)cursor_int(rows, 4), end = (size_t)cursor_int(rows, 5);
    const char *standing = cursor_text(rows, 3);
    TRY(read_text(c, t, cursor_int(rows, 7), f));
    const slice *part = part_of(rows, t);
    if (!part || (s->standing && strcmp(s->standing, standing) != 0))
        return OK;
    *undecided += strcmp(standing, "proposed") == 0;
    const char *context = in_context(t->mem, *part, start, end);
    char *exact = arena_copy(t->mem, part->bytes + start, end - start);
    if (!context || !exact)
        return fault_memory(f);
    output_int(o, cursor_int(rows, 0));
    output_text(o, cursor_text(rows, 1));
    output_text(o, cli_show_word(c, words, sizeof words / sizeof *words, cursor_text(rows, 2)));
    output_text(o, cli_show_word(c, words, sizeof words / sizeof *words, standing));
    output_text(o, cli_show_word(c, words, sizeof words / sizeof *words,
                                 part == &t->title ? "title" : "text"));
    output_text(o, c->format == FORMAT_TABLE ? context : exact);
    output_int(o, (int64_t)start);
    output_int(o, (int64_t)end);
    return OK;
}

static status put_spans(cli *c, const selection *s, output *o, size_t *undecided, fault *f)
{
    enum { TEXT_MEMORY = 64 * 1024 * 1024 };
    entry_text t = {.mem = arena_new(TEXT_MEMORY)};
    cursor rows;
    status st = t.mem ? OK : fault_memory(f);
    if (st == OK)
        st = store_select(c->db, Q_REDACTION_LIST, ARGS(v_int(s->year), v_int(s->entry_id)), &rows,
                          f);
    if (st != OK) {
        arena_free(t.mem);
        return st;
    }
    while (st == OK && cursor_next(&rows))
        st = put_span(c, s, &rows, &t, o, undecided, f);
    status closed = cursor_close(&rows, st == OK ? f : NULL);
    arena_free(t.mem);
    return st == OK ? closed : st;
}

static status list_spans(cli *c, const selection *s, fault *f)
{
    static const column columns[] = {
        {"id", "số", "id", COLUMN_INT},
        {"receipt", "số tiếp nhận", "receipt", COLUMN_TEXT},
        {"kind", "loại", "kind", COLUMN_TEXT},
        {"status", "quyết định", "status", COLUMN_TEXT},
        {"part", "ở", "part", COLUMN_TEXT},
        {"text", "đoạn chữ", "words", COLUMN_TEXT},
        {"start", "từ byte", "from byte", COLUMN_INT},
        {"end", "đến byte", "to byte", COLUMN_INT},
    };
    size_t undecided = 0;
    output o;
    output_start(&o, c, columns, sizeof columns / sizeof *columns);
    status st = put_spans(c, s, &o, &undecided, f);
    status printed = output_end(&o, st == OK ? f : NULL);
    c->attention = undecided > 0;
    return st == OK ? printed : st;
}

status cmd_redact(cli *c, fault *f)
{
    selection s = {.standing = "proposed"};
    redact_summary sum;
    TRY(cli_contest(c, &s.year, f));
    TRY(redact_propose(c->db, c->actor, s.year, &sum, f));
    TRY(list_spans(c, &s, f));
    if (c->format != FORMAT_TABLE)
        return OK;
    TRY(cli_print(
        c, f, "\nĐã đọc %lld bài năm %lld: %lld chỗ chờ quyết định (%lld chỗ mới thấy).\n",
        "\nRead %lld entries of %lld: %lld places undecided (%lld new).\n", (long long)sum.entries,
        (long long)s.year, (long long)sum.undecided, (long long)sum.added));
    if (!sum.undecided)
        return OK;
    return cli_print(c, f,
                     "Quyết định: chamthi redact accept SỐ… (che) hoặc reject SỐ… (để nguyên)\n",
                     "Decide: chamthi redact accept ID… or reject ID…\n");
}

status cmd_redact_list(cli *c, fault *f)
{
    selection s = {.standing = cli_option(c, "--status")};
    const char *receipt = cli_option(c, "--entry");
    if (cli_option(c, "--contest"))
        TRY(cli_contest(c, &s.year, f));
    if (receipt)
        TRY(intake_entry_find(c->db, receipt, &s.entry_id, f));
    return list_spans(c, &s, f);
}

/* ---- deciding ---- */

static status read_ids(cli *c, int64_t *ids, fault *f)
{
    for (size_t i = 0; i < c->arg_count; i++) {
        char *end;
        ids[i] = strtoll(c->args[i], &end, 10);
        if (end == c->args[i] || *end)
            return FAIL(f, E_USAGE,
                        "“%s” không phải số của một đề xuất che; xem: chamthi redact list",
                        "“%s” is no redaction's number; see: chamthi redact list", c->args[i]);
    }
    return OK;
}

static status decide(cli *c, redact_decision decision, fault *f)
{
    bool all = cli_flag(c, "--all");
    int64_t year, count = (int64_t)c->arg_count;
    if (all == (c->arg_count > 0))
        return FAIL(f, E_USAGE,
                    "hãy ghi số của các đề xuất che, hoặc --all cho mọi đề xuất đang chờ",
                    "name the redactions by number, or --all for every undecided one");
    if (all) {
        TRY(cli_contest(c, &year, f));
        TRY(redact_decide_all(c->db, c->actor, year, decision, &count, f));
    } else {
        int64_t *ids = ARENA_ARRAY(c->mem, int64_t, c->arg_count);
        if (!ids)
            return fault_memory(f);
        TRY(read_ids(c, ids, f));
        TRY(redact_decide(c->db, c->actor, ids, c->arg_count, decision, f));
    }
    if (decision == REDACT_ACCEPT)
        return cli_print(c, f, "Che %lld chỗ.\n", "%lld places hidden.\n", (long long)count);
    return cli_print(c, f, "Để nguyên %lld chỗ.\n", "%lld places left as they are.\n",
                     (long long)count);
}

status cmd_redact_accept(cli *c, fault *f)
{
    return decide(c, REDACT_ACCEPT, f);
}

status cmd_redact_reject(cli *c, fault *f)
{
    return decide(c, REDACT_REJECT, f);
}

status cmd_redact_add(cli *c, fault *f)
{
    int64_t entry_id, count;
    TRY(intake_entry_find(c->db, c->args[0], &entry_id, f));
    TRY(redact_add(c->db, c->actor, entry_id, c->args[1], &count, f));
    return cli_print(c, f, "Che thêm %lld chỗ trong bài %s.\n", "%lld more places hidden in %s.\n",
                     (long long)count, c->args[0]);
}

/* ---- pictures ---- */

static status read_pages(cli *c, redacted_page *pages, buffer *files, fault *f)
{
    for (size_t i = 1; i < c->arg_count; i++) {
        TRY(file_read(c->args[i], REDACTED_PAGE_BYTES, &files[i - 1], f));
        pages[i - 1] = (redacted_page){c->args[i], {files[i - 1].bytes, files[i - 1].size}};
    }
    return OK;
}

status cmd_redact_pages(cli *c, fault *f)
{
    int64_t entry_id;
    size_t count = c->arg_count - 1;
    redacted_page *pages = ARENA_ARRAY(c->mem, redacted_page, c->arg_count);
    buffer *files = ARENA_ARRAY(c->mem, buffer, c->arg_count);
    if (!pages || !files)
        return fault_memory(f);
    if (count > REDACTED_PAGES_MOST)
        return FAIL(f, E_LIMIT, "một bài nhiều nhất %d trang ảnh", "an entry has at most %d pages",
                    REDACTED_PAGES_MOST);
    TRY(intake_entry_find(c->db, c->args[0], &entry_id, f));
    status st = read_pages(c, pages, files, f);
    if (st == OK)
        st = redact_pages(c->db, c->actor, entry_id, pages, count, f);
    for (size_t i = 0; i < count; i++)
        buffer_free(&files[i]);
    TRY(st);
    return cli_print(c, f, "Giám khảo sẽ đọc bài %s trên %zu trang ảnh.\n",
                     "Judges will read entry %s on %zu pages of pictures.\n", c->args[0], count);
}

/* ---- reviewing ---- */

static status review_year(cli *c, review_mode mode, fault *f)
{
    int64_t year, reviewed, waiting;
    TRY(cli_contest(c, &year, f));
    TRY(redact_review_all(c->db, c->actor, year, mode, &reviewed, &waiting, f));
    TRY(cli_print(c, f, "Ghi nhận đã soát %lld bài năm %lld.\n",
                  "Recorded the review of %lld entries of %lld.\n", (long long)reviewed,
                  (long long)year));
    c->attention = waiting > 0;
    if (!waiting)
        return OK;
    return cli_print(
        c, f, "%lld bài còn chỗ chưa quyết định; xem: chamthi redact list --status proposed\n",
        "%lld entries have undecided places; see: chamthi redact list --status proposed\n",
        (long long)waiting);
}

status cmd_redact_review(cli *c, fault *f)
{
    review_mode mode = cli_flag(c, "--skip") ? REVIEW_SKIPPED : REVIEW_DONE;
    bool all = cli_flag(c, "--all");
    if (all == (c->arg_count > 0))
        return FAIL(f, E_USAGE, "hãy ghi số tiếp nhận, hoặc --all cho mọi bài của năm",
                    "name the receipts, or --all for every entry of the year");
    if (all)
        return review_year(c, mode, f);
    int64_t *entries = ARENA_ARRAY(c->mem, int64_t, c->arg_count);
    if (!entries)
        return fault_memory(f);
    for (size_t i = 0; i < c->arg_count; i++)
        TRY(intake_entry_find(c->db, c->args[i], &entries[i], f));
    TRY(redact_review(c->db, c->actor, entries, c->arg_count, mode, f));
    return cli_print(c, f, "Ghi nhận đã soát %zu bài.\n", "Recorded the review of %zu entries.\n",
                     c->arg_count);
}
