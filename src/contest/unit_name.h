/* How people write the name of a unit; pure. */
#ifndef CONTEST_UNIT_NAME_H
#define CONTEST_UNIT_NAME_H

#include "chamthi/arena.h"

#include <stdbool.h>

/* The name folded, with the usual abbreviations written out: "Q.Tây Hồ" → "quan tay ho", "Sở GD&ĐT" →
 * "so giao duc va dao tao". NULL: memory. */
char *unit_name_fold(arena *mem, slice name);
/* The folded name without the city at its end: "so y te ha noi" → "so y te". NULL when it does not
 * end in the city, or is the city itself. */
char *unit_name_without_city(arena *mem, const char *fold);
/* "phường Bưởi, quận Tây Hồ" → inner "phường Bưởi", outer "quận Tây Hồ"; a city at the end is left
 * out. False when there is only one part. */
bool unit_name_split(slice text, slice *inner, slice *outer);
/* Phường, xã, thị trấn: below the districts. */
bool unit_is_commune(const char *kind);
/* Those, and quận, huyện, thị xã, thành phố. */
bool unit_is_territory(const char *kind);

#endif
