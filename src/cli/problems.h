/* What cannot be printed, said to the person at the terminal. */
#ifndef CLI_PROBLEMS_H
#define CLI_PROBLEMS_H

#include "cli.h"

#include "chamthi/print.h"

/* On stderr, above the sentence that says nothing was done; releases the list. */
void cli_problems(const cli *c, print_problems *p);

#endif
