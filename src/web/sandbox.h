/* After start the server needs the database's folder and the connections it accepts, and nothing else. */
#ifndef WEB_SANDBOX_H
#define WEB_SANDBOX_H

#include "chamthi/fault.h"

/* From here on this thread, and those it starts, can open files only in the folder of `database`
 * (Landlock) and can neither run a program, connect to anything, nor look into another process (seccomp:
 * EPERM). Cannot be undone. E_SYSTEM, with a sentence, when the kernel has no such thing: what it has is
 * then in force all the same. */
status sandbox_enter(const char *database, fault *f);

#endif
