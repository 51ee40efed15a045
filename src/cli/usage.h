/* Arguments read by a command's usage text. */
#ifndef CLI_USAGE_H
#define CLI_USAGE_H

#include "cli.h"

/* Fills c->args and c->options from what follows the command's words; needs c->command and c->mem.
 * E_USAGE names what is unknown, missing or too much. */
status usage_parse(cli *c, int argc, char **argv, fault *f);

/* The global options, up to a NULL; main.c. */
extern const char *const global_options[];

/* Whether there are commands of these words and further ones. help.c. */
bool is_group(const char *words);
/* E_USAGE: there is no command of these words; says which is meant, or where to look. help.c. */
status unknown_command(const char *given, fault *f);
/* The help of a command or a group of commands; "": the list of all. help.c. */
status help_about(cli *c, const char *words, fault *f);

#endif
