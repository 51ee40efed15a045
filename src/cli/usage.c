/* Reads a command's arguments by its own usage text, so that help and parser cannot disagree. */
#include "usage.h"

#include "chamthi/nearest.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    char text[40]; /* without brackets and … */
    bool optional, repeats;
} token;

/* The next token of a usage text; `depth` counts open brackets across tokens. */
static bool next_token(const char **at, int *depth, token *out)
{
    const char *p = *at;
    while (*p == ' ')
        p++;
    if (!*p)
        return false;
    *out = (token){.optional = *depth > 0};
    size_t n = 0;
    for (; *p && *p != ' '; p++) {
        if (*p == '[') {
            out->optional = true;
            ++*depth;
        } else if (*p == ']') {
            --*depth;
        } else if (strncmp(p, "…", strlen("…")) == 0) {
            out->repeats = true;
            p += strlen("…") - 1;
        } else if (n + 1 < sizeof out->text) {
            out->text[n++] = *p;
        }
    }
    *at = p;
    return true;
}

typedef enum { NO_OPTION, OPTION_FLAG, OPTION_VALUE } option_kind;

/* `follower`: what the usage text says of the option's value. */
static option_kind find_option(const char *usage, const char *name, bool *optional, token *follower)
{
    int depth = 0;
    token t;
    const char *at = usage;
    while (next_token(&at, &depth, &t)) {
        if (strcmp(t.text, name) != 0)
            continue;
        bool closed = depth == 0 && t.optional;
        *optional = t.optional;
        bool more = !closed && next_token(&at, &depth, follower);
        return more && follower->text[0] != '-' && follower->text[0] ? OPTION_VALUE : OPTION_FLAG;
    }
    return NO_OPTION;
}

static status unknown_option(const cli *c, const char *name, fault *f)
{
    enum { OPTIONS_MOST = 32 };
    const char *words[OPTIONS_MOST + 1];
    int depth = 0;
    size_t n = 0;
    token t;
    for (const char *const *global = global_options; *global; global++)
        words[n++] = *global;
    for (const char *at = c->command->usage; next_token(&at, &depth, &t) && n < OPTIONS_MOST;)
        if (t.text[0] == '-' && !(words[n++] = arena_string(c->mem, t.text)))
            return fault_memory(f);
    words[n] = NULL;
    const char *near = nearest_word(name, words);
    if (near)
        return FAIL(f, E_USAGE, "không có tùy chọn %s; có lẽ là %s (xem: chamthi help %s)",
                    "there is no option %s; perhaps %s (see: chamthi help %s)", name, near,
                    c->command->words);
    return FAIL(f, E_USAGE, "không có tùy chọn %s; xem: chamthi help %s",
                "there is no option %s; see: chamthi help %s", name, c->command->words);
}

/* A usage text that lists words, as in "--status open|accepted", takes no others. */
static status check_word(const char *name, const char *value, const char *words, fault *f)
{
    char shown[2 * sizeof(token)] = "";
    size_t size = strlen(value), n = 0;
    if (!strchr(words, '|'))
        return OK;
    for (const char *p = words; *p; p += *p == '|') {
        size_t own = strcspn(p, "|");
        if (own == size && memcmp(p, value, size) == 0)
            return OK;
        n += (size_t)snprintf(shown + n, sizeof shown - n, "%s%.*s", n ? ", " : "", (int)own, p);
        p += own;
    }
    return FAIL(f, E_USAGE, "%s nhận %s, không nhận “%s”", "%s takes %s, not “%s”", name, shown,
                value);
}

static status add_option(cli *c, int *i, int argc, char **argv, fault *f)
{
    const char *name = argv[*i], *equals = strchr(name, '='), *value = NULL;
    if (equals) {
        name = arena_copy(c->mem, name, (size_t)(equals - name));
        if (!name)
            return fault_memory(f);
        value = equals + 1;
    }
    bool optional;
    token follower = {0};
    option_kind kind = find_option(c->command->usage, name, &optional, &follower);
    if (kind == NO_OPTION)
        return unknown_option(c, name, f);
    if (kind == OPTION_FLAG && value)
        return FAIL(f, E_USAGE, "%s không nhận giá trị", "%s takes no value", name);
    if (kind == OPTION_VALUE && !value) {
        if (*i + 1 >= argc)
            return FAIL(f, E_USAGE, "%s cần một giá trị đi sau", "%s wants a value after it", name);
        value = argv[++*i];
    }
    if (value && !value[strspn(value, " \t\n")])
        return FAIL(f, E_USAGE, "%s không được để trống", "%s must not be empty", name);
    if (value)
        TRY(check_word(name, value, follower.text, f));
    c->options[2 * c->option_count] = name;
    c->options[2 * c->option_count + 1] = value;
    c->option_count++;
    return OK;
}

/* What must be there is there, and nothing more. */
static status check_complete(const cli *c, fault *f)
{
    int depth = 0;
    size_t least = 0, most = 0;
    bool repeats = false;
    token t;
    const char *at = c->command->usage;
    while (next_token(&at, &depth, &t)) {
        if (t.text[0] != '-') {
            least += !t.optional;
            most++;
            repeats |= t.repeats;
            continue;
        }
        bool optional;
        token follower;
        option_kind kind = find_option(c->command->usage, t.text, &optional, &follower);
        if (kind == OPTION_VALUE)
            next_token(&at, &depth, &(token){.text = ""});
        if (!optional && !cli_flag(c, t.text))
            return FAIL(f, E_USAGE, "thiếu %s; cách dùng: chamthi %s %s",
                        "%s is missing; usage: chamthi %s %s", t.text, c->command->words,
                        c->command->usage);
    }
    if (c->arg_count < least)
        return FAIL(f, E_USAGE, "thiếu đối số; cách dùng: chamthi %s %s",
                    "an argument is missing; usage: chamthi %s %s", c->command->words,
                    c->command->usage);
    if (c->arg_count > most && !repeats)
        return FAIL(f, E_USAGE, "thừa đối số “%s”; cách dùng: chamthi %s %s",
                    "one argument too many: “%s”; usage: chamthi %s %s", c->args[most],
                    c->command->words, c->command->usage);
    return OK;
}

status usage_parse(cli *c, int argc, char **argv, fault *f)
{
    c->args = ARENA_ARRAY(c->mem, const char *, (size_t)argc + 1);
    c->options = ARENA_ARRAY(c->mem, const char *, 2 * ((size_t)argc + 1));
    if (!c->args || !c->options)
        return fault_memory(f);
    bool options_end = false;
    for (int i = 0; i < argc; i++) {
        bool option = !options_end && argv[i][0] == '-' && argv[i][1];
        if (option && strcmp(argv[i], "-o") != 0 && strcmp(argv[i], "-h") != 0 && argv[i][1] != '-')
            option = false; /* a negative number is an argument */
        if (option && strcmp(argv[i], "--") == 0)
            options_end = true;
        else if (option)
            TRY(add_option(c, &i, argc, argv, f));
        else
            c->args[c->arg_count++] = argv[i];
    }
    return check_complete(c, f);
}
