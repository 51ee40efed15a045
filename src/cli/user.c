/* user add, user list, user disable, user passwd. */
#include "chamthi/account.h"
#include "password.h"
#include "table.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>

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
    static const cli_word roles[] = {{"organizer", "ban tổ chức", "organizer"},
                                     {"judge", "giám khảo", "judge"},
                                     {"printer", "in giấy", "printer"},
                                     {"auditor", "kiểm tra", "auditor"}};
    account *list;
    size_t count;
    TRY(account_list(c->db, c->mem, &list, &count, f));
    output o;
    output_start(&o, c, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < count; i++) {
        output_text(&o, list[i].name);
        output_text(&o, cli_show_word(c, roles, sizeof roles / sizeof *roles,
                                      account_role_key(list[i].role)));
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

static status show_second_factor(cli *c, const char *name, fault *f)
{
    second_factor factor;
    TRY(account_second_factor(c->db, c->actor, name, &factor, f));
    status st =
        cli_print(c, f,
                  "Mã xác thực của %s: thêm khóa này vào ứng dụng xác thực trên điện thoại\n"
                  "  %s\n  otpauth://totp/chamthi:%s?secret=%s&issuer=chamthi\n"
                  "Mười mã dự phòng, mỗi mã dùng một lần; hãy chép ra giấy và cất kỹ:\n",
                  "The code of %s: give this key to the authenticator on your telephone\n"
                  "  %s\n  otpauth://totp/chamthi:%s?secret=%s&issuer=chamthi\n"
                  "Ten recovery codes, each for one use; write them down and keep them safe:\n",
                  name, factor.secret, name, factor.secret);
    for (int i = 0; st == OK && i < RECOVERY_CODES; i++)
        st = cli_print(c, f, "  %s\n", "  %s\n", factor.codes[i]);
    sodium_memzero(&factor, sizeof factor);
    return st;
}

status cmd_user_code(cli *c, fault *f)
{
    return show_second_factor(c, c->args[0], f);
}

status user_first_organizer(cli *c, fault *f)
{
    int64_t organizers;
    char name[ACCOUNT_NAME_MAX], password[PASSWORD_LINE_MAX];
    TRY(store_int(c->db, Q_ACCOUNT_ORGANIZERS, NO_ARGS, &organizers, f));
    if (organizers)
        return OK;
    fputs(cli_say(c, "Chưa có tài khoản ban tổ chức nào. Tên đăng nhập (bỏ trống nếu để sau): ",
                  "There is no organizer's account yet. Its name (nothing to do it later): "),
          stderr);
    if (!fgets(name, sizeof name, stdin))
        return OK;
    name[strcspn(name, "\r\n")] = '\0';
    if (!name[0])
        return OK;
    status st = password_read(c, password, f);
    if (st == OK)
        st = account_add(c->db, c->actor, name, ROLE_ORGANIZER, NULL, password, f);
    sodium_memzero(password, sizeof password);
    TRY(st);
    return show_second_factor(c, name, f);
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
