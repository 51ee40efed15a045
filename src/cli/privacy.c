/* erase author, retention: personal data that must go. */
#include "table.h"

#include "chamthi/anonymity.h"
#include "chamthi/clock.h"

#include <stdlib.h>

enum { KEEP_YEARS = 10 };

status cmd_erase_author(cli *c, fault *f)
{
    erase_report done;
    char *end;
    long long id = strtoll(c->args[0], &end, 10);
    if (end == c->args[0] || *end || id < 1)
        return FAIL(f, E_USAGE, "“%s” không phải số tác giả; xem số ở: chamthi entry show",
                    "“%s” is no author number; see: chamthi entry show", c->args[0]);
    TRY(author_erase(c->db, c->mem, c->actor, id, cli_option(c, "--reason"), &done, f));
    if (!done.erased)
        return cli_print(c, f, "Tác giả số %lld đã được xóa từ trước.\n",
                         "Author %lld was erased before.\n", id);
    TRY(cli_print(c, f, "Đã xóa thông tin của tác giả số %lld và %lld tệp gốc.\n",
                  "Erased author %lld and %lld original files.\n", id, (long long)done.files));
    if (done.authors_left)
        TRY(cli_print(c, f, "Bài còn %lld đồng tác giả nên tệp gốc được giữ lại.\n",
                      "%lld co-authors are still named, so the original files stay.\n",
                      (long long)done.authors_left));
    if (done.awards)
        TRY(cli_print(
            c, f,
            "%lld giải đã có quyết định và giấy chứng nhận đã cấp giữ nguyên: đó là văn bản đã ban "
            "hành.\n",
            "%lld decided awards and their certificates stay: they are public acts.\n",
            (long long)done.awards));
    return OK;
}

status cmd_retention(cli *c, fault *f)
{
    static const column columns[] = {
        {"contest", "cuộc thi", "contest", COLUMN_INT},
        {"entries", "bài", "entries", COLUMN_INT},
        {"authors", "tác giả còn thông tin", "authors named", COLUMN_INT},
        {"originals", "tệp gốc", "original files", COLUMN_INT},
        {"due", "hết hạn giữ", "kept until", COLUMN_TEXT},
        {"state", "tình trạng", "state", COLUMN_TEXT}};
    int64_t years;
    TRY(cli_option_int(c, "--years", 1, 100, KEEP_YEARS, &years, f));
    int today = date_from_time(clock_now()).year;
    cursor rows;
    output o;
    TRY(store_select(c->db, Q_RETENTION, NO_ARGS, &rows, f));
    output_start(&o, c, columns, sizeof columns / sizeof *columns);
    while (cursor_next(&rows)) {
        char due[20];
        date last = {(int)(cursor_int(&rows, 0) + years), 12, 31};
        bool late = today > last.year && cursor_int(&rows, 2) + cursor_int(&rows, 3) > 0;
        date_iso(last, due);
        for (int i = 0; i < 4; i++)
            output_int(&o, cursor_int(&rows, i));
        output_text(&o, due);
        output_text(&o, late ? cli_say(c, "đến hạn xóa", "due for deletion")
                             : cli_say(c, "còn giữ", "kept"));
        c->attention |= late;
    }
    status st = cursor_close(&rows, f);
    status printed = output_end(&o, st == OK ? f : NULL);
    return st == OK ? printed : st;
}
