/* Time: UTC seconds inside, Asia/Ho_Chi_Minh (UTC+7, no summer time) for people. Decisions never
 * read the clock; only records of when something happened do. */
#ifndef CHAMTHI_CLOCK_H
#define CHAMTHI_CLOCK_H

#include <stdbool.h>
#include <stdint.h>

typedef struct {
    int year, month, day; /* 1..12, 1..31 */
} date;

int64_t clock_now(void);             /* UTC seconds since 1970 */
int64_t clock_cpu_nanoseconds(void); /* of this process, for make bench */

bool date_valid(date d);
/* Reads 2024-05-31, 31/5/2024, 31-05-2024, 31.5.2024; a trailing time is allowed after the ISO
 * form. False, and `out` untouched, when it is none of these or not a day of the calendar. */
bool date_parse(const char *text, date *out);
/* Local midnight of that day, in UTC seconds; and back. */
int64_t date_to_time(date d);
date date_from_time(int64_t time);
/* 2024-05-31; 31/5/2024; and 31/5/2024 14:05 local time. `out` holds at least 20 bytes. */
void date_iso(date d, char out[20]);
void date_vietnamese(date d, char out[20]);
void time_vietnamese(int64_t time, char out[20]);

#endif
