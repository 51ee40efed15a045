/* sheet doubts. */
#include "table.h"

status cmd_sheet_doubts(cli *c, fault *f)
{
    static const column columns[] = {{"receipt", "số tiếp nhận", "receipt", COLUMN_TEXT},
                                     {"phach", "phách", "code", COLUMN_TEXT},
                                     {"judge", "giám khảo", "judge", COLUMN_TEXT},
                                     {"text", "giống bài nào", "like which text", COLUMN_TEXT},
                                     {"at", "lúc", "at", COLUMN_TIME}};
    int64_t year;
    cursor rows;
    output o;
    TRY(cli_contest(c, &year, f));
    TRY(store_select(c->db, Q_SUSPICION_LIST, ARGS(v_int(year)), &rows, f));
    output_start(&o, c, columns, sizeof columns / sizeof *columns);
    while (cursor_next(&rows)) {
        for (int i = 0; i < 4; i++)
            output_text(&o, cursor_text(&rows, i));
        output_int(&o, cursor_int(&rows, 4));
        c->attention = true;
    }
    status st = cursor_close(&rows, f), ended = output_end(&o, f);
    return st != OK ? st : ended;
}
