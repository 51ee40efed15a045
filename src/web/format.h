/* Numbers, marks and times as a reader of each language writes them. Pure. */
#ifndef WEB_FORMAT_H
#define WEB_FORMAT_H

#include "chamthi/fault.h"

#include <stdint.h>

enum { SHOWN_MAX = 40 };

void show_number(char out[SHOWN_MAX], language lang, int64_t n);          /* 1.234   1,234 */
void show_points(char out[SHOWN_MAX], language lang, int64_t hundredths); /* 8,5     8.5 */
/* 31/5/2024 14:05   31 May 2024, 14:05 (Hà Nội time) */
void show_time(char out[SHOWN_MAX], language lang, int64_t time);
/* An ISO date; anything else is shown as it stands, cut to fit. */
void show_date(char out[SHOWN_MAX], language lang, const char *iso);

#endif
