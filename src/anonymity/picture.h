/* Pictures for judges: what a file says besides its picture is left out. */
#ifndef ANONYMITY_PICTURE_H
#define ANONYMITY_PICTURE_H

#include "chamthi/buffer.h"

/* Copies a .jpg or .png without remarks, names, places, thumbnails and whatever follows its end; of a
 * camera's notes only which side is up stays. `type` becomes "image/jpeg" or "image/png". E_INPUT with
 * `name` when it is neither, or cut short. */
status picture_clean(const char *name, slice in, buffer *out, const char **type, fault *f);

#endif
