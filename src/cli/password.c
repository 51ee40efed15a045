/* Reads a password without showing it. */
#include "password.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

enum { CONTROL_C = 3 };

/* One line of stdin without its end; a longer line than the buffer is cut, and so refused later. */
static bool read_line(char out[PASSWORD_LINE_MAX])
{
    size_t n = 0;
    unsigned char byte = 0;
    bool any = false;
    while (read(STDIN_FILENO, &byte, 1) == 1) {
        any = true;
        if (byte == '\n' || byte == CONTROL_C)
            break;
        if (n + 1 < PASSWORD_LINE_MAX)
            out[n++] = (char)byte;
    }
    if (n && out[n - 1] == '\r')
        n--;
    out[n] = '\0';
    return any && byte != CONTROL_C;
}

static bool ask(const char *prompt, char out[PASSWORD_LINE_MAX])
{
    struct termios before, quiet;
    if (tcgetattr(STDIN_FILENO, &before) != 0)
        return false;
    quiet = before;
    /* Without ISIG a Ctrl-C comes as a byte, so the terminal is never left without echo. */
    quiet.c_lflag &= ~(tcflag_t)(ECHO | ISIG);
    quiet.c_cc[VEOL] = CONTROL_C;
    if (tcsetattr(STDIN_FILENO, TCSAFLUSH, &quiet) != 0)
        return false;
    fputs(prompt, stderr); /* only now: nothing typed after it can be shown */
    bool good = read_line(out);
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &before);
    fputc('\n', stderr);
    return good;
}

static status from_terminal(const cli *c, char out[PASSWORD_LINE_MAX], fault *f)
{
    char again[PASSWORD_LINE_MAX];
    bool good = ask(cli_say(c, "Mật khẩu: ", "Password: "), out) &&
                ask(cli_say(c, "Gõ lại mật khẩu: ", "Once more: "), again);
    bool same = good && strcmp(out, again) == 0;
    sodium_memzero(again, sizeof again);
    if (!good)
        return FAIL(f, E_INPUT, "đã bỏ dở; chưa có gì thay đổi", "given up; nothing was changed");
    return same ? OK
                : FAIL(f, E_INPUT, "hai lần gõ không giống nhau; hãy làm lại",
                       "the two passwords differ; try again");
}

status password_read(const cli *c, char out[PASSWORD_LINE_MAX], fault *f)
{
    if (isatty(STDIN_FILENO))
        return from_terminal(c, out, f);
    if (!read_line(out) || !out[0])
        return FAIL(f, E_INPUT, "chưa có mật khẩu ở đầu vào (dòng đầu của stdin)",
                    "there is no password on stdin (its first line)");
    return OK;
}
