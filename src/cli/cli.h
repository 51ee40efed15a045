/* The command line's frame: one table of commands (commands.h), options read by the table's own usage
 * text, and one way to print rows.
 *
 * A command is a function `status name(cli *c, fault *f)` in a file of its own. It reads
 * c->args and cli_option(), uses c->db, writes data to stdout through cli_out / output_*, and returns
 * a status; the frame prints the fault's sentence and turns it into the exit status. */
#ifndef CLI_CLI_H
#define CLI_CLI_H

#include "chamthi/arena.h"
#include "chamthi/buffer.h"
#include "chamthi/store.h"

#include <stdbool.h>

typedef enum { FORMAT_TABLE, FORMAT_CSV, FORMAT_JSON } output_format;

enum {
    NEEDS_DB = 1, /* c->db is open */
    MAKES_DB = 2, /* and is created when missing */
    FILE_MODE = 4 /* works without a database; beside NEEDS_DB: when a file is named */
};

typedef struct cli cli;

typedef struct {
    const char *words; /* "contest load" */
    status (*run)(cli *c, fault *f);
    int flags;
    /* What may follow: WORDS are arguments, --name WORD an option with a value, --name alone a flag,
     * [ ] marks what may be left out, … what may repeat. The parser reads this very text. */
    const char *usage;
    const char *vi, *en; /* help: one line, and further ones that stand in no overview */
    const char *example;
} command;

/* --save: the one list of a command goes into a file, .csv, .xlsx or .json. */
typedef struct {
    const char *path;
    bool workbook, written;
} list_file;

struct cli {
    const char *program;
    const char *db_path;
    language lang;
    output_format format;
    list_file *save; /* NULL: to stdout */
    const command *command;
    const char **args; /* positional arguments */
    size_t arg_count;
    const char **options; /* name, value pairs; value NULL for flags */
    size_t option_count;
    store *db;
    arena *mem;     /* lives until the command ends */
    char actor[80]; /* 'cli:login' for store_begin and the audit rows */
    bool attention; /* done, but a person has something to look at: exit status 1 */
};

extern const command commands[];
extern const size_t command_count;

int cli_main(int argc, char **argv);

/* NULL when the option was not given. */
const char *cli_option(const cli *c, const char *name);
bool cli_flag(const cli *c, const char *name);
/* `absent` when the option was not given; E_USAGE when it is no whole number in least..most. */
status cli_option_int(const cli *c, const char *name, int64_t least, int64_t most, int64_t absent,
                      int64_t *out, fault *f);
/* The contest of --contest YEAR, else the latest one in the database. */
status cli_contest(const cli *c, int64_t *year, fault *f);
/* The sentence of the chosen language. */
const char *cli_say(const cli *c, const char *vi, const char *en);

/* One sentence or more on stdout, in the chosen language; end it with a line end. */
status cli_print(const cli *c, fault *f, const char *vi, const char *en, ...)
    __attribute__((format(printf, 3, 5), format(printf, 4, 5)));

/* A code of the database and what people read for it. Machines (CSV, JSON) keep the code. */
typedef struct {
    const char *word, *vi, *en;
} cli_word;
const char *cli_show_word(const cli *c, const cli_word *words, size_t count, const char *word);

/* Bytes to stdout, and to a file (complete or not at all) when `path` is given. */
status cli_out(const buffer *b, const char *path, fault *f);

/* ---- rows ---- */
typedef enum {
    COLUMN_TEXT,
    COLUMN_INT,
    COLUMN_POINTS, /* integer hundredths: 7,75 in a table, 7.75 in CSV and JSON */
    COLUMN_TIME,   /* UTC seconds: local time in a table, seconds in JSON and CSV */
    COLUMN_JSON    /* ready JSON; not shown in a table */
} column_kind;

typedef struct {
    const char *key;     /* in CSV and JSON */
    const char *vi, *en; /* heading of the table */
    column_kind kind;
} column;

typedef struct {
    const cli *c;
    const column *columns;
    size_t column_count;
    buffer text;  /* JSON or CSV so far */
    char **cells; /* table cells, row by row */
    size_t cell_count, cell_capacity;
    size_t at; /* column of the next cell */
    bool failed;
} output;

void output_start(output *o, const cli *c, const column *columns, size_t count);
void output_text(output *o, const char *text); /* NULL: empty cell, null in JSON */
void output_int(output *o, int64_t n);
void output_null(output *o);
/* `count` values of a row from that one on, each as its column's kind says, or null. */
void output_cells(output *o, cursor *row, size_t first, size_t count);
/* Prints everything; releases the memory in any case. */
status output_end(output *o, fault *f);

/* 775 → "7,75" (vi) or "7.75" (en and machines). */
void points_text(char out[32], int64_t hundredths, bool comma);

#endif
