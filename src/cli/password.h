/* A password from the terminal (nothing shown, asked twice) or the first line of stdin; never from
 * an argument, where every user of the machine could read it. */
#ifndef CLI_PASSWORD_H
#define CLI_PASSWORD_H

#include "cli.h"

enum { PASSWORD_LINE_MAX = 1024 };

/* E_INPUT when the two do not agree, nothing came, or the person pressed Ctrl-C. Wipe `out` after use. */
status password_read(const cli *c, char out[PASSWORD_LINE_MAX], fault *f);

/* Asks at the terminal for the first organizer's account when there is none; c->db is open. */
status user_first_organizer(cli *c, fault *f);

#endif
