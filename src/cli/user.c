/* user add, user list, user disable, user passwd. */
#include "chamthi/account.h"
#include "password.h"
#include "table.h"

#include <sodium.h>
#include <stdio.h>

status cmd_user_add(cli *c, fault *f)
{
    account_role role;
    const char *key = cli_option(c, "--role");
    if (!account_role_find(key, &role))
        return FAIL(f, E_USAGE,
                    "--role nhận organizer, judge, printer hoặc auditor, không nhận “%s”",
                    "--role takes organizer, judge, printer or auditor, not “%s”", key);
    char password[PASSWORD_LINE_MAX];
    status st = password_read(c, password, f);
    if (st == OK)
        st = account_add(c->db, c->actor, c->args[0], role, cli_option(c, "--judge"), password, f);
    sodium_memzero(password, sizeof password);
    TRY(st);
    return cli_print(c, f, "Đã thêm tài khoản %s\n", "Added the account %s\n", c->args[0]);
}

status cmd_user_list(cli *c, fault *f)
{
    static const column columns[] = {{"name", "tài khoản", "account", COLUMN_TEXT},
                                     {"role", "vai trò", "role", COLUMN_TEXT},
                                     {"judge", "giám khảo", "judge", COLUMN_TEXT},
                                     {"created", "tạo lúc", "created", COLUMN_TIME},
                                     {"disabled", "khóa lúc", "disabled", COLUMN_TIME}};
    account *list;
    size_t count;
    TRY(account_list(c->db, c->mem, &list, &count, f));
    output o;
    output_start(&o, c, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < count; i++) {
        output_text(&o, list[i].name);
        output_text(&o, account_role_key(list[i].role));
        output_text(&o, list[i].judge);
        output_int(&o, list[i].created_at);
        if (list[i].disabled_at)
            output_int(&o, list[i].disabled_at);
        else
            output_null(&o);
    }
    return output_end(&o, f);
}

status cmd_user_disable(cli *c, fault *f)
{
    TRY(account_disable(c->db, c->actor, c->args[0], f));
    return cli_print(c, f, "Đã khóa tài khoản, mọi phiên đang mở đã kết thúc: %s\n",
                     "Disabled the account and ended its sessions: %s\n", c->args[0]);
}

status cmd_user_passwd(cli *c, fault *f)
{
    char password[PASSWORD_LINE_MAX];
    status st = password_read(c, password, f);
    if (st == OK)
        st = account_set_password(c->db, c->actor, c->args[0], password, f);
    sodium_memzero(password, sizeof password);
    TRY(st);
    return cli_print(c, f, "Đã đổi mật khẩu, mọi phiên đang mở đã kết thúc: %s\n",
                     "Changed the password and ended the sessions of: %s\n", c->args[0]);
}
