/* What a child process that reads untrusted files may touch. */
#ifndef BASE_CAGE_H
#define BASE_CAGE_H

/* Between fork and exec, async-signal-safe: nobody to talk to, over the network or on this machine; no
 * other process may be looked into; files of the system only for reading, and writing
 * only below `folder` (NULL: nowhere). Needs PR_SET_NO_NEW_PRIVS. 0, or −1 when the network could not be
 * closed; where the kernel has no Landlock, files are left to the owner's rights. */
int cage_close(const char *folder);

#endif
