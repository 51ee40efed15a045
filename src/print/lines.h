/* Text broken into lines, by the rules of Vietnamese printing: "Hà Nội", "năm 2024", "lần thứ XV" stay
 * together, lines of a heading are balanced, and nothing is ever cut short with dots. */
#ifndef PRINT_LINES_H
#define PRINT_LINES_H

#include "canvas.h"

typedef struct {
    int most, least; /* hundredths of a point */
} size_range;

/* What came out: lines in reading order, at the style's (now final) size. */
typedef struct {
    text_style style;
    const char **lines;
    length *widths;
    size_t count;
    length widest, above, below; /* ink above the first and below the last baseline */
    length leading;              /* from baseline to baseline */
} text_block;

typedef enum { LINES_BALANCED, LINES_FULL } line_shape;

/* Puts no-break spaces where a line must not end. Allocates in `mem`; NULL when memory is out. */
char *lines_glue(arena *mem, const char *text);
/* "A; B; C" → "A, B và C", with no line end inside a name. */
char *lines_names(arena *mem, const char *names);

/* Capitals by Unicode's own tables, never by the machine's language. */
char *lines_upper(arena *mem, const char *text);

/* Breaks at the given size, into as few lines as fit. A single word wider than `width` stands alone
 * and sticks out: see `widest`. `leading` is a percentage of the size. */
status lines_break(canvas *c, arena *mem, const text_style *style, const char *text, length width,
                   int leading, line_shape shape, text_block *out, fault *f);

/* The fewest lines, then the largest size: ranges[n - 1] holds the sizes allowed for n lines. E_LIMIT
 * with a sentence when the text does not fit even so. */
status lines_fit(canvas *c, arena *mem, const text_style *style, const char *text, length width,
                 int leading, const size_range *ranges, size_t range_count, text_block *out,
                 fault *f);

#endif
