/* serve. */
#include "chamthi/web.h"
#include "password.h"
#include "table.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static void say_ready(void *context, const char *address)
{
    const cli *c = context;
    cli_print(c, NULL, "chamthi phục vụ tại %s (dừng: Ctrl-C)\n",
              "chamthi serves at %s (stop: Ctrl-C)\n", address);
}

/* Only somebody who sits at the terminal can be asked. */
static status first_organizer(cli *c, fault *f)
{
    if (!isatty(STDIN_FILENO))
        return OK;
    TRY(store_open(&c->db, c->db_path, BY_ORGANIZER, STORE_EXISTING, f));
    status st = user_first_organizer(c, f);
    store_close(c->db);
    c->db = NULL;
    return st;
}

status cmd_serve(cli *c, fault *f)
{
    const char *listen = cli_option(c, "--listen"), *url = cli_option(c, "--public-url");
    if (!listen)
        listen = "127.0.0.1:8080";
    TRY(first_organizer(c, f));
    bool local = web_listens_locally(listen);
    if (!local && !(url && strncmp(url, "https://", 8) == 0))
        fprintf(stderr, "chamthi: %s\n",
                cli_say(c,
                        "chú ý: mật khẩu sẽ đi qua mạng không được mã hóa; hãy đặt máy chủ sau "
                        "một proxy có TLS và dùng --public-url https://…",
                        "note: passwords will cross the network unencrypted; put a TLS proxy in "
                        "front and give --public-url https://…"));
    return web_serve(&(web_options){.database = c->db_path,
                                    .listen = listen,
                                    .access_log = cli_option(c, "--access-log"),
                                    .public_url = url},
                     say_ready, c, f);
}
