/* The command table itself. */
#include "table.h"

const command commands[] = {
#define X(words, run, flags, usage, vi, en, example) {words, run, flags, usage, vi, en, example},
#include "commands.h"
#undef X
};

const size_t command_count = sizeof commands / sizeof *commands;
