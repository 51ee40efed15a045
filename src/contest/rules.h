/* The rules that bind one key of a definition to another. */
#ifndef CONTEST_RULES_H
#define CONTEST_RULES_H

#include "yaml.h"

/* Adds a problem for each broken rule; reads no store. */
void definition_check(yaml *y, const contest *c);

#endif
