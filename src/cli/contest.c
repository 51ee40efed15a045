/* contest example, load, list, show; and which contest a command means. */
#include "table.h"

#include "chamthi/contest.h"
#include "chamthi/embed.h"

#include <stdio.h>

EMBED(contest_example, "src/contest/data/example.yaml");

status cli_contest(const cli *c, int64_t *year, fault *f)
{
    TRY(cli_option_int(c, "--contest", 2000, 2100, 0, year, f));
    return *year ? contest_known(c->db, *year, f) : contest_latest(c->db, year, f);
}

status cmd_contest_example(cli *c, fault *f)
{
    buffer b = BUFFER_INIT;
    (void)c;
    buffer_put(&b, contest_example, EMBED_SIZE(contest_example));
    status st = cli_out(&b, NULL, f);
    buffer_free(&b);
    return st;
}

status cmd_contest_load(cli *c, fault *f)
{
    static const column columns[] = {{"contest", "cuộc thi", "contest", COLUMN_INT},
                                     {"status", "kết quả", "result", COLUMN_TEXT},
                                     {"file", "tệp", "file", COLUMN_TEXT}};
    contest_loaded *loaded = ARENA_ARRAY(c->mem, contest_loaded, c->arg_count);
    if (!loaded)
        return fault_memory(f);
    TRY(contest_load_files(c->db, c->mem, c->actor, c->args, c->arg_count, loaded, f));
    bool vietnamese = c->format == FORMAT_TABLE && c->lang == LANG_VI;
    output o;
    output_start(&o, c, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < c->arg_count; i++) {
        const char *result = loaded[i].changed ? "loaded" : "unchanged";
        output_int(&o, loaded[i].year);
        output_text(&o, !vietnamese ? result : loaded[i].changed ? "đã nạp" : "không đổi");
        output_text(&o, c->args[i]);
    }
    return output_end(&o, f);
}

status cmd_contest_list(cli *c, fault *f)
{
    static const column columns[] = {
        {"contest", "năm", "year", COLUMN_INT},       {"name", "tên", "name", COLUMN_TEXT},
        {"tracks", "thể loại", "tracks", COLUMN_INT}, {"rounds", "vòng", "rounds", COLUMN_INT},
        {"prizes", "giải", "prizes", COLUMN_INT},     {"entries", "bài", "entries", COLUMN_INT}};
    output o;
    cursor rows;
    output_start(&o, c, columns, sizeof columns / sizeof *columns);
    status st = store_select(c->db, Q_CONTEST_LIST, NO_ARGS, &rows, f);
    if (st == OK) {
        while (cursor_next(&rows)) {
            output_int(&o, cursor_int(&rows, 0));
            output_text(&o, cursor_text(&rows, 1));
            for (int i = 2; i < 6; i++)
                output_int(&o, cursor_int(&rows, i));
        }
        st = cursor_close(&rows, f);
    }
    status printed = output_end(&o, st == OK ? f : NULL);
    return st == OK ? printed : st;
}
