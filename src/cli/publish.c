/* publish rules, publish results. */
#include "table.h"

#include "chamthi/file.h"
#include "chamthi/print.h"
#include "chamthi/web.h"

#include <unistd.h>

enum { METHODS_MOST = 8 * 1024 * 1024 };

static status take_back(cli *c, int64_t year, public_part part, fault *f)
{
    TRY(publish_take_back(c->db, c->actor, year, part, f));
    return cli_print(c, f, "Đã rút khỏi trang công khai\n", "Taken off the public pages\n");
}

status cmd_publish_rules(cli *c, fault *f)
{
    int64_t year;
    TRY(cli_contest(c, &year, f));
    if (cli_flag(c, "--take-back"))
        return take_back(c, year, PUBLIC_RULES, f);
    TRY(publish_rules(c->db, c->mem, c->actor, year, f));
    return cli_print(c, f, "Đã công bố thể lệ cuộc thi %lld trên trang web\n",
                     "The rules of contest %lld are public now\n", (long long)year);
}

/* The note on methods as it is printed. */
static status read_methods(cli *c, int64_t year, buffer *out, fault *f)
{
    char *path = arena_format(c->mem, "%s.methods-%ld.pdf", c->db_path, (long)getpid());
    if (!path)
        return fault_memory(f);
    status st = report_methods(c->db, c->mem, year, path, f);
    if (st == OK)
        st = file_read(path, METHODS_MOST, out, f);
    unlink(path);
    return st;
}

status cmd_publish_results(cli *c, fault *f)
{
    int64_t year;
    buffer methods = BUFFER_INIT;
    TRY(cli_contest(c, &year, f));
    if (cli_flag(c, "--take-back"))
        return take_back(c, year, PUBLIC_RESULTS, f);
    status st = read_methods(c, year, &methods, f);
    if (st == OK)
        st = publish_results(c->db, c->actor, year, (slice){methods.bytes, methods.size}, f);
    buffer_free(&methods);
    TRY(st);
    return cli_print(
        c, f,
        "Đã công bố kết quả cuộc thi %lld: tên, đơn vị, giải, thuyết minh cách chấm và "
        "số liệu rút thăm\n",
        "The results of contest %lld are public now: names, units, prizes, the methods "
        "note and the draws\n",
        (long long)year);
}
