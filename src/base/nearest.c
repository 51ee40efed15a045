/* Which of a list of words a mistyped one is nearest to. */
#include "chamthi/nearest.h"

#include <string.h>

enum { WORD_MAX = 40 };

static size_t least_of(size_t a, size_t b, size_t c)
{
    size_t m = a < b ? a : b;
    return m < c ? m : c;
}

/* Insertions, deletions, replacements and swaps of neighbours; both at most WORD_MAX long. */
static size_t distance(const char *a, size_t na, const char *b, size_t nb)
{
    size_t rows[3][WORD_MAX + 1];
    for (size_t j = 0; j <= nb; j++)
        rows[0][j] = j;
    for (size_t i = 1; i <= na; i++) {
        size_t *now = rows[i % 3], *last = rows[(i - 1) % 3], *before = rows[(i + 1) % 3];
        now[0] = i;
        for (size_t j = 1; j <= nb; j++) {
            size_t change = last[j - 1] + (a[i - 1] != b[j - 1]);
            now[j] = least_of(change, last[j] + 1, now[j - 1] + 1);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] &&
                before[j - 2] + 1 < now[j])
                now[j] = before[j - 2] + 1;
        }
    }
    return rows[na % 3][nb];
}

const char *nearest_word(const char *typed, const char *const *words)
{
    size_t size = strlen(typed), best = 2 + size / 4;
    const char *found = NULL;
    for (; *words && size <= WORD_MAX; words++) {
        size_t own = strlen(*words);
        size_t d = own <= WORD_MAX ? distance(typed, size, *words, own) : best;
        if (d < best && d < own) {
            best = d;
            found = *words;
        }
    }
    return found;
}
