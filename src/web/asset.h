/* Files that the program carries in itself. */
#ifndef WEB_ASSET_H
#define WEB_ASSET_H

#include "chamthi/arena.h"

#include <stdbool.h>

typedef struct {
    const char *type; /* Content-Type */
    slice bytes;      /* live as long as the program */
} asset;

bool asset_find(const char *name, asset *out);

#endif
