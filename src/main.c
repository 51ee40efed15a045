/* chamthi: runs a writing contest from received files to printed certificates. */
#include "cli/cli.h"

#include <sodium.h>
#include <stdio.h>

int main(int argc, char **argv)
{
    if (sodium_init() < 0) {
        fputs("chamthi: libsodium cannot start\n", stderr);
        return 3;
    }
    return cli_main(argc, argv);
}
