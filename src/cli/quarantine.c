/* quarantine list, original: what was refused for now, why, and what to do. */
#include "table.h"

#include <stdlib.h>

status cmd_quarantine_list(cli *c, fault *f)
{
    static const column columns[] = {{"id", "số", "id", COLUMN_INT},
                                     {"contest", "năm", "year", COLUMN_INT},
                                     {"row", "dòng", "row", COLUMN_INT},
                                     {"file", "tệp", "file", COLUMN_TEXT},
                                     {"title", "tên bài", "title", COLUMN_TEXT},
                                     {"author", "tác giả", "author", COLUMN_TEXT},
                                     {"reason", "lý do", "reason", COLUMN_TEXT},
                                     {"message", "cần làm", "what to do", COLUMN_TEXT}};
    int64_t year = 0;
    output o;
    cursor rows;
    if (cli_option(c, "--contest"))
        TRY(cli_contest(c, &year, f));
    output_start(&o, c, columns, sizeof columns / sizeof *columns);
    status st = store_select(c->db, Q_QUARANTINE_LIST, ARGS(v_int(year)), &rows, f);
    while (st == OK && cursor_next(&rows)) {
        output_cells(&o, &rows, 0, 7);
        output_text(&o, cursor_text(&rows, c->lang == LANG_VI ? 7 : 8));
        c->attention = true;
    }
    if (st == OK)
        st = cursor_close(&rows, f);
    status printed = output_end(&o, st == OK ? f : NULL);
    return st == OK ? printed : st;
}

status cmd_quarantine_original(cli *c, fault *f)
{
    char *end;
    long long id = strtoll(c->args[0], &end, 10);
    cursor rows;
    if (end == c->args[0] || *end)
        return FAIL(f, E_USAGE, "“%s” không phải số trong hàng chờ; xem: chamthi quarantine list",
                    "“%s” is no number of the quarantine; see: chamthi quarantine list",
                    c->args[0]);
    buffer b = BUFFER_INIT;
    TRY(store_select(c->db, Q_QUARANTINE_ORIGINAL, ARGS(v_int(id)), &rows, f));
    bool found = cursor_next(&rows);
    if (found)
        buffer_put(&b, cursor_bytes(&rows, 0).bytes, cursor_bytes(&rows, 0).size);
    status st = cursor_close(&rows, f);
    if (st == OK && !found)
        st = FAIL(f, E_MISSING, "số %lld không có tệp nào được giữ; xem: chamthi quarantine list",
                  "there is no file kept under %lld; see: chamthi quarantine list", id);
    if (st == OK)
        st = cli_out(&b, cli_option(c, "-o"), f);
    buffer_free(&b);
    return st;
}
