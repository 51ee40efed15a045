/* help, man, completion: all three from the command table. */
#include "table.h"
#include "usage.h"

#include "chamthi/nearest.h"

#include <stdio.h>
#include <string.h>

enum {
    COMMAND_COUNT = 0
#define X(words, run, flags, usage, vi, en, example) +1
#include "commands.h"
#undef X
    ,
    COMMAND_WORDS = 3, /* of the longest command */
    TYPED_MOST = 64
};

static void describe(const cli *c, const command *k, buffer *b)
{
    buffer_format(b, "chamthi %s %s\n\n  %s\n\n  %s\n", k->words, k->usage,
                  cli_say(c, k->vi, k->en), k->example);
}

static void list_all(const cli *c, buffer *b)
{
    buffer_text(
        b,
        "chamthi [--db FILE] [--lang vi|en] [--format table|csv|json] [--save FILE] COMMAND …\n\n");
    for (size_t i = 0; i < command_count; i++) { /* further lines are for those who ask about it */
        const char *text = cli_say(c, commands[i].vi, commands[i].en);
        buffer_format(b, "  %-22s %.*s\n", commands[i].words, (int)strcspn(text, "\n"), text);
    }
    buffer_text(b, cli_say(c, "\nXem cách dùng và ví dụ: chamthi help LỆNH\n",
                           "\nUsage and an example: chamthi help COMMAND\n"));
}

static bool begins_with(const command *k, const char *words)
{
    size_t size = strlen(words);
    return strncmp(k->words, words, size) == 0 && (k->words[size] == ' ' || !k->words[size]);
}

/* ---- what there is not ---- */

bool is_group(const char *words)
{
    size_t size = strlen(words);
    for (size_t i = 0; i < command_count; i++)
        if (begins_with(&commands[i], words) && commands[i].words[size])
            return true;
    return false;
}

/* How long the first `count` words are, 0 when there are fewer. */
static size_t words_size(const char *text, size_t count)
{
    const char *p = text;
    for (size_t i = 0; *p && i < count; i++)
        p += (*p == ' ') + strcspn(p + (*p == ' '), " ");
    size_t size = (size_t)(p - text), spaces = 0;
    for (size_t i = 0; i < size; i++)
        spaces += text[i] == ' ';
    return spaces + 1 == count ? size : 0;
}

/* The command that the first words probably were; NULL when none is near. */
static const char *nearest_command(const char *given)
{
    const char *words[COMMAND_COUNT + 1], *near = NULL;
    for (size_t count = COMMAND_WORDS; count && !near; count--) {
        char typed[TYPED_MOST];
        size_t n = 0, size = words_size(given, count);
        if (!size || size >= sizeof typed)
            continue;
        snprintf(typed, sizeof typed, "%.*s", (int)size, given);
        for (size_t i = 0; i < command_count; i++) { /* not what could not stand there */
            const char *own = commands[i].words;
            if (words_size(own, count) == strlen(own) && strcmp(own, typed) != 0)
                words[n++] = own;
        }
        words[n] = NULL;
        near = nearest_word(typed, words);
    }
    return near;
}

status unknown_command(const char *given, fault *f)
{
    const char *near = nearest_command(given);
    if (near)
        return FAIL(f, E_USAGE, "không có lệnh “%s”; có lẽ là: chamthi %s",
                    "there is no command “%s”; perhaps: chamthi %s", given, near);
    char first[TYPED_MOST];
    snprintf(first, sizeof first, "%.*s", (int)strcspn(given, " "), given);
    bool group = is_group(first);
    return FAIL(f, E_USAGE, "không có lệnh “%s”; xem: chamthi help%s%s",
                "there is no command “%s”; see: chamthi help%s%s", given, group ? " " : "",
                group ? first : "");
}

/* ---- what there is ---- */

status help_about(cli *c, const char *words, fault *f)
{
    buffer b = BUFFER_INIT;
    size_t found = 0;
    for (size_t i = 0; *words && i < command_count; i++)
        if (begins_with(&commands[i], words)) {
            buffer_text(&b, found++ ? "\n" : "");
            describe(c, &commands[i], &b);
        }
    if (!*words)
        list_all(c, &b);
    status st = *words && !found ? unknown_command(words, f) : cli_out(&b, NULL, f);
    buffer_free(&b);
    return st;
}

status cmd_help(cli *c, fault *f)
{
    buffer words = BUFFER_INIT;
    for (size_t i = 0; i < c->arg_count; i++)
        buffer_format(&words, "%s%s", i ? " " : "", c->args[i]);
    status st = buffer_check(&words, f);
    if (st == OK)
        st = help_about(c, words.size ? words.bytes : "", f);
    buffer_free(&words);
    return st;
}

/* In roff a line must not begin with a dot or quote, and a backslash is written twice. */
static void put_roff(buffer *b, const char *text)
{
    for (; *text; text++) {
        if (*text == '\\' || *text == '-')
            buffer_byte(b, '\\');
        buffer_byte(b, *text);
    }
}

status cmd_man(cli *c, fault *f)
{
    buffer b = BUFFER_INIT;
    buffer_text(&b,
                ".TH CHAMTHI 1\n.SH NAME\nchamthi \\- run a writing contest fairly\n.SH SYNOPSIS\n"
                "chamthi [\\-\\-db FILE] [\\-\\-lang vi|en] [\\-\\-format table|csv|json] "
                "[\\-\\-save FILE] COMMAND\n"
                ".SH COMMANDS\n");
    for (size_t i = 0; i < command_count; i++) {
        buffer_format(&b, ".TP\n.B %s\n", commands[i].words);
        put_roff(&b, commands[i].usage);
        buffer_text(&b, "\n.br\n");
        put_roff(&b, cli_say(c, commands[i].vi, commands[i].en));
        buffer_text(&b, "\n.br\nEx.: ");
        put_roff(&b, commands[i].example);
        buffer_byte(&b, '\n');
    }
    buffer_text(
        &b, ".SH EXIT STATUS\n0 done; 1 done, and a person has something to look at; 2 wrong usage "
            "or bad input, nothing changed; 3 the system failed, nothing half\\-done.\n");
    status st = cli_out(&b, NULL, f);
    buffer_free(&b);
    return st;
}

status cmd_completion(cli *c, fault *f)
{
    buffer b = BUFFER_INIT;
    (void)c;
    buffer_text(&b, "_chamthi() {\n  local line=\"${COMP_WORDS[*]:1:COMP_CWORD-1}\" "
                    "word=\"${COMP_WORDS[COMP_CWORD]}\"\n"
                    "  local all=(");
    for (size_t i = 0; i < command_count; i++)
        buffer_format(&b, "\n    \"%s\"", commands[i].words);
    buffer_text(
        &b,
        ")\n  local k next=()\n  for k in \"${all[@]}\"; do\n"
        "    [ -z \"$line\" ] && next+=(\"${k%% *}\")\n"
        "    [ -n \"$line\" ] && [ \"${k#\"$line \"}\" != \"$k\" ] && next+=(\"${k#\"$line \"}\")\n"
        "  done\n  COMPREPLY=($(compgen -W \"${next[*]}\" -f -- \"$word\"))\n}\n"
        "complete -F _chamthi chamthi\n");
    status st = cli_out(&b, NULL, f);
    buffer_free(&b);
    return st;
}
