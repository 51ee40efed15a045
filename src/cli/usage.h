/* Arguments read by a command's usage text. */
#ifndef CLI_USAGE_H
#define CLI_USAGE_H

#include "cli.h"

/* Fills c->args and c->options from what follows the command's words; needs c->command and c->mem.
 * E_USAGE names what is unknown, missing or too much. */
status usage_parse(cli *c, int argc, char **argv, fault *f);

#endif
