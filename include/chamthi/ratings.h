/* The table every score statistic starts from: entry × judge × points in hundredths.
 *
 * Ids are sorted bytewise and each entry's readings by judge, so that nothing computed from a table
 * depends on the order in which its rows came. */
#ifndef CHAMTHI_RATINGS_H
#define CHAMTHI_RATINGS_H

#include "chamthi/arena.h"
#include "chamthi/random.h"

#include <stdbool.h>
#include <stdint.h>

/* One row as it comes: the points of one judge for one entry, or for one criterion of it. */
typedef struct {
    const char *entry, *judge;
    const char *criterion; /* NULL when rows are whole readings; else in every row */
    int64_t points;        /* hundredths */
    bool blank;            /* no points were given: missing, never zero */
    size_t line;           /* of the file, for sentences; 0 without a file */
} rating;

typedef struct {
    size_t entry_count, judge_count;
    const char **entries, **judges;      /* only those with at least one reading */
    size_t count;                        /* readings */
    size_t *start;                       /* entry i has the readings start[i] … start[i+1]-1 */
    uint32_t *judge;                     /* of each reading, ascending within an entry */
    int64_t *points;                     /* of each reading: the sum of its criteria */
    size_t group_count;                  /* parts of the design that no judge connects */
    uint32_t *entry_group, *judge_group; /* numbered by their first entry */
    const char **unscored;               /* entries without any complete reading, sorted */
    size_t unscored_count;
    size_t incomplete; /* readings left out: some criterion of that entry has no points */
} ratings;

/* Points beyond this (ten million) are a mistake, and sums below stay exact. */
#define RATING_LIMIT INT64_C(1000000000)

/* E_INPUT: the same judge, entry and criterion twice; points beyond RATING_LIMIT; no reading at all.
 * `where` names the source in sentences. Keeps the id strings of `rows`; the rest is in `mem`. */
status ratings_build(arena *mem, const char *where, const rating *rows, size_t count, ratings *out,
                     fault *f);

/* A CSV file with the columns entry, judge, points and perhaps criterion. */
status ratings_read(arena *mem, const char *path, ratings *out, fault *f);

/* A seed that follows from the table alone, so that what is drawn for it can be drawn again. */
void ratings_seed(const ratings *t, unsigned char seed[SEED_SIZE]);

/* A copy that depends on nothing else, in `mem`. */
status ratings_copy(arena *mem, const ratings *from, ratings *out, fault *f);

/* One group's missing reading: giving it joins that group to the largest one. */
typedef struct {
    uint32_t entry, judge;
} rating_link;

/* The fewest readings that connect the whole design: group_count - 1 of them, each the best read entry of
 * a group for the least loaded judge of the largest group. NULL when memory is out. */
rating_link *ratings_links(arena *mem, const ratings *r);

/* Something a person must know beside the figures. */
enum { REMARK_MAX = 64 };
typedef struct {
    const char *code; /* for programs: "disconnected", "one_judge", … */
    const char *text[LANG_COUNT];
} remark;
typedef struct {
    remark items[REMARK_MAX];
    size_t count;
    bool failed; /* memory was out */
} remarks;
void remark_add(arena *mem, remarks *list, const char *code, const char *vi, const char *en, ...)
    __attribute__((format(printf, 4, 6), format(printf, 5, 6)));

/* Says what the table leaves out: incomplete readings, entries without points. */
void ratings_remarks(arena *mem, const ratings *table, remarks *list);

#endif
