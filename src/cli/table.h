/* The prototypes of all commands, made from the table. */
#ifndef CLI_TABLE_H
#define CLI_TABLE_H

#include "cli.h"

#define X(words, run, flags, usage, vi, en, example) status run(cli *c, fault *f);
#include "commands.h"
#undef X

/* A sheet's state as people read it; sheet.c. */
const char *sheet_state_word(const cli *c, const char *state);

#endif
