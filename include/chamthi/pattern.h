/* Patterns that people write into a contest's definition (PCRE2, Unicode), run within limits.
 *
 * A pattern is user input and may be hostile: at most 1 KiB, and every search stops at PATTERN_STEPS steps
 * or PATTERN_MILLISECONDS of CPU time, beside PCRE2's own limits on matching, depth and heap. What was cut
 * short is PATTERN_TOO_COSTLY and never "not found". */
#ifndef CHAMTHI_PATTERN_H
#define CHAMTHI_PATTERN_H

#include "chamthi/arena.h"

enum {
    PATTERN_SIZE = 1024,
    PATTERN_STEPS = 1000000, /* items of the pattern tried; the same on every machine */
    PATTERN_MILLISECONDS = 50,
    PATTERN_MATCH_LIMIT = 100000,
    PATTERN_DEPTH_LIMIT = 10000,
    PATTERN_HEAP_KIB = 20 * 1024
};

typedef struct pattern pattern;

/* E_INPUT, with the place in the pattern, when it is not one or too long. Release with pattern_free(). */
status pattern_compile(pattern **out, const char *source, fault *f);
void pattern_free(pattern *p); /* NULL is fine */

typedef enum { PATTERN_ABSENT, PATTERN_FOUND, PATTERN_TOO_COSTLY } pattern_answer;
typedef enum { PATTERN_ANYWHERE, PATTERN_WHOLE } pattern_place;

typedef struct {
    size_t start, end; /* bytes of the text; start < end */
} text_span;

typedef struct {
    pattern_answer answer;
    size_t count; /* places filled; with PATTERN_TOO_COSTLY those found until then */
    long steps;
} pattern_result;

/* Searches valid UTF-8 for up to `most` places, or asks whether it fits as a whole. One thread a pattern. */
pattern_result pattern_search(pattern *p, slice text, pattern_place where, text_span *places,
                              size_t most);

#endif
