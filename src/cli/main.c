/* From argv to a command and back to an exit status. */
#include "cli.h"
#include "table.h"
#include "usage.h"

#include <pwd.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

#define VERSION "0.1.0"

enum { COMMAND_MEMORY = 512 * 1024 * 1024 };

const char *cli_say(const cli *c, const char *vi, const char *en)
{
    return c->lang == LANG_VI ? vi : en;
}

const char *cli_show_word(const cli *c, const cli_word *words, size_t count, const char *word)
{
    for (size_t i = 0; c->format == FORMAT_TABLE && i < count; i++)
        if (strcmp(words[i].word, word) == 0)
            return cli_say(c, words[i].vi, words[i].en);
    return word;
}

const char *cli_option(const cli *c, const char *name)
{
    for (size_t i = c->option_count; i-- > 0;)
        if (strcmp(c->options[2 * i], name) == 0)
            return c->options[2 * i + 1];
    return NULL;
}

bool cli_flag(const cli *c, const char *name)
{
    for (size_t i = 0; i < c->option_count; i++)
        if (strcmp(c->options[2 * i], name) == 0)
            return true;
    return false;
}

status cli_option_int(const cli *c, const char *name, int64_t least, int64_t most, int64_t absent,
                      int64_t *out, fault *f)
{
    const char *text = cli_option(c, name);
    *out = absent;
    if (!text)
        return OK;
    char *end;
    long long n = strtoll(text, &end, 10);
    if (end == text || *end || n < least || n > most)
        return FAIL(f, E_USAGE, "%s: “%s” không phải số nguyên từ %lld đến %lld",
                    "%s: “%s” is no whole number from %lld to %lld", name, text, (long long)least,
                    (long long)most);
    *out = n;
    return OK;
}

static language language_from_environment(void)
{
    const char *lang = getenv("LANG");
    return lang && strncmp(lang, "en", 2) == 0 ? LANG_EN : LANG_VI;
}

static status save_as(cli *c, const char *path, fault *f)
{
    const char *dot = strrchr(path, '.');
    bool workbook = dot && strcmp(dot, ".xlsx") == 0, json = dot && strcmp(dot, ".json") == 0;
    if (!workbook && !json && !(dot && strcmp(dot, ".csv") == 0))
        return FAIL(f, E_USAGE, "--save %s: tên tệp phải kết thúc bằng .xlsx, .csv hoặc .json",
                    "--save %s: the file's name ends with .xlsx, .csv or .json", path);
    c->save = ARENA_NEW(c->mem, list_file);
    if (!c->save)
        return fault_memory(f);
    *c->save = (list_file){.path = path, .workbook = workbook};
    c->format = workbook ? FORMAT_TABLE : json ? FORMAT_JSON : FORMAT_CSV;
    return OK;
}

/* Options before the command: --db FILE, --lang vi|en, --format table|csv|json, --save FILE. */
static status global_option(cli *c, const char *name, const char *value, fault *f)
{
    if (strcmp(name, "--db") == 0) {
        c->db_path = value;
        return OK;
    }
    if (strcmp(name, "--lang") == 0) {
        bool vi = strcmp(value, "vi") == 0;
        if (!vi && strcmp(value, "en") != 0)
            return FAIL(f, E_USAGE, "--lang nhận vi hoặc en", "--lang takes vi or en");
        c->lang = vi ? LANG_VI : LANG_EN;
        return OK;
    }
    if (strcmp(name, "--save") == 0)
        return save_as(c, value, f);
    static const char *const formats[] = {"table", "csv", "json"};
    for (size_t i = 0; i < 3; i++)
        if (strcmp(value, formats[i]) == 0) {
            c->format = (output_format)i;
            return OK;
        }
    return FAIL(f, E_USAGE, "--format nhận table, csv hoặc json",
                "--format takes table, csv or json");
}

const char *const global_options[] = {"--db", "--lang", "--format", "--save", NULL};

/* The global option that an argument is, as NAME or NAME=VALUE; else NULL. */
static const char *find_global(const char *argument)
{
    size_t size = strcspn(argument, "=");
    for (size_t i = 0; global_options[i]; i++)
        if (strlen(global_options[i]) == size && strncmp(argument, global_options[i], size) == 0)
            return global_options[i];
    return NULL;
}

/* Takes the global options out of argv, wherever they stand. */
static status take_globals(cli *c, int *argc, char **argv, fault *f)
{
    int kept = 1;
    for (int i = 1; i < *argc; i++) {
        const char *name = find_global(argv[i]);
        if (!name) {
            argv[kept++] = argv[i];
            continue;
        }
        const char *equals = strchr(argv[i], '=');
        if (!equals && i + 1 >= *argc)
            return FAIL(f, E_USAGE, "%s cần một giá trị đi sau", "%s wants a value after it", name);
        TRY(global_option(c, name, equals ? equals + 1 : argv[++i], f));
    }
    *argc = kept;
    return OK;
}

/* The command with the most words that argv begins with. */
static const command *find_command(int argc, char **argv, int *used)
{
    const command *best = NULL;
    *used = 0;
    for (size_t i = 0; i < command_count; i++) {
        const char *p = commands[i].words;
        int n = 0;
        while (*p && n + 1 < argc) {
            size_t size = strcspn(p, " ");
            if (strlen(argv[n + 1]) != size || strncmp(argv[n + 1], p, size) != 0)
                break;
            p += size + (p[size] == ' ');
            n++;
        }
        if (!*p && n > *used) {
            best = &commands[i];
            *used = n;
        }
    }
    return best;
}

static status open_and_run(cli *c, fault *f)
{
    bool on_file = c->command->flags & FILE_MODE && c->arg_count;
    if (c->command->flags & (NEEDS_DB | MAKES_DB) && !on_file)
        TRY(store_open(&c->db, c->db_path, BY_ORGANIZER,
                       c->command->flags & MAKES_DB ? STORE_CREATE : STORE_EXISTING, f));
    return c->command->run(c, f);
}

/* The words before the first option, as one text. */
static status leading_words(cli *c, int argc, char **argv, const char **out, fault *f)
{
    *out = "";
    for (int i = 1; i < argc && argv[i][0] != '-'; i++) {
        *out = arena_format(c->mem, "%s%s%s", *out, **out ? " " : "", argv[i]);
        if (!*out)
            return fault_memory(f);
    }
    return OK;
}

static bool wants_help(int argc, char **argv)
{
    for (int i = 1; i < argc; i++)
        if (strcmp(argv[i], "-h") == 0 || strcmp(argv[i], "--help") == 0)
            return true;
    return argc < 2;
}

static status dispatch(cli *c, int argc, char **argv, fault *f)
{
    TRY(take_globals(c, &argc, argv, f));
    if (argc > 1 && strcmp(argv[1], "--version") == 0)
        return cli_print(c, f, "chamthi %s\n", "chamthi %s\n", VERSION);
    int used;
    const char *words;
    const command *found = find_command(argc, argv, &used);
    TRY(leading_words(c, argc, argv, &words, f));
    if (wants_help(argc, argv))
        return help_about(c, found ? found->words : words, f);
    bool mistyped = found && is_group(found->words) && strcmp(words, found->words) != 0;
    if (!found || mistyped) /* a command that begins others takes no arguments of its own */
        return unknown_command(*words ? words : argv[1], f);
    c->command = found;
    TRY(usage_parse(c, argc - 1 - used, argv + 1 + used, f));
    return open_and_run(c, f);
}

/* The command is done; only there was no list. */
static bool say_unsaved(const cli *c)
{
    fprintf(stderr, "chamthi: %s\n",
            cli_say(c, "lệnh này không in danh sách nào, nên --save không tạo tệp",
                    "this command prints no list, so --save made no file"));
    return true;
}

int cli_main(int argc, char **argv)
{
    const char *db = getenv("CHAMTHI_DB");
    cli c = {.program = "chamthi", .db_path = db && *db ? db : "chamthi.db"};
    fault f = {0};
    signal(SIGPIPE, SIG_IGN);
    c.lang = language_from_environment();
    c.mem = arena_new(COMMAND_MEMORY);
    struct passwd *me = getpwuid(getuid());
    snprintf(c.actor, sizeof c.actor, "cli:%s", me ? me->pw_name : "?");
    status st = c.mem ? dispatch(&c, argc, argv, &f) : fault_memory(&f);
    store_close(c.db);
    if (st != OK)
        fprintf(stderr, "chamthi: %s\n", fault_text(&f, c.lang));
    else if (c.save && !c.save->written)
        c.attention = say_unsaved(&c);
    arena_free(c.mem);
    return st == OK && c.attention ? 1 : fault_exit_status(st);
}
