/* similar load, similar texts, similar unload: what entries are compared with beside each other, and what
 * does not count. */
#include "table.h"

#include "chamthi/similarity.h"

#include <stdio.h>
#include <string.h>

static const cli_word kinds[] = {{"compare", "để so", "to compare with"},
                                 {"library", "không tính", "does not count"}};

status cmd_similar_load(cli *c, fault *f)
{
    const char *as = cli_option(c, "--as");
    bool library = strcmp(as, "library") == 0;
    int64_t year, id;
    if (!library && strcmp(as, "compare") != 0)
        return FAIL(
            f, E_USAGE,
            "--as nhận compare (bài được giải năm trước, sách đã in: để so) hoặc library (thể lệ, "
            "đề bài, mẫu đơn, lời trích: không tính), không phải “%s”",
            "--as takes compare (winners of earlier years, books) or library (rules, "
            "questions, forms, quotations: do not count), not “%s”",
            as);
    TRY(cli_option_int(c, "--year", 1900, 2200, 0, &year, f));
    for (size_t i = 0; i < c->arg_count; i++) {
        TRY(similar_load(c->db, c->actor, c->args[i],
                         library ? REFERENCE_LIBRARY : REFERENCE_COMPARE, year, &id, f));
        TRY(cli_print(c, f, "R%lld  %s\n", "R%lld  %s\n", (long long)id, c->args[i]));
    }
    return c->format != FORMAT_TABLE
               ? OK
               : cli_print(c, f, "Chạy lại chamthi similar để so với các văn bản này.\n",
                           "Run chamthi similar again for them to be used.\n");
}

status cmd_similar_texts(cli *c, fault *f)
{
    static const column columns[] = {
        {"id", "số", "id", COLUMN_TEXT},
        {"kind", "loại", "kind", COLUMN_TEXT},
        {"title", "tên tệp", "file", COLUMN_TEXT},
        {"year", "năm", "year", COLUMN_INT},
        {"letters", "số ký tự", "characters", COLUMN_INT},
        {"cases", "số cặp giống", "cases", COLUMN_INT},
    };
    cursor rows;
    TRY(store_select(c->db, Q_REFERENCE_LIST, NO_ARGS, &rows, f));
    output o;
    output_start(&o, c, columns, sizeof columns / sizeof *columns);
    while (cursor_next(&rows)) {
        char id[32];
        snprintf(id, sizeof id, "R%lld", (long long)cursor_int(&rows, 0));
        output_text(&o, id);
        output_text(&o, cli_show_word(c, kinds, 2, cursor_text(&rows, 1)));
        output_text(&o, cursor_text(&rows, 2));
        if (cursor_int(&rows, 3))
            output_int(&o, cursor_int(&rows, 3));
        else
            output_null(&o);
        output_int(&o, cursor_int(&rows, 4));
        output_int(&o, cursor_int(&rows, 5));
    }
    status st = cursor_close(&rows, f), printed = output_end(&o, st == OK ? f : NULL);
    return st == OK ? printed : st;
}

status cmd_similar_unload(cli *c, fault *f)
{
    int64_t id;
    TRY(similar_find(c->db, c->args[0], &id, f));
    if (id > 0)
        return FAIL(f, E_USAGE,
                    "chỉ bỏ được văn bản tham chiếu (R1, R2 …), không bỏ được bài dự thi",
                    "only reference texts (R1, R2 …) can be taken out, not entries");
    return similar_unload(c->db, c->actor, -id, f);
}
