/* Reads a mark as people type it. */
#include "chamthi/score.h"

#include <string.h>

static const char *skip_blanks(const char *p)
{
    for (;;) {
        if (*p == ' ' || *p == '\t' || *p == '\n')
            p++;
        else if (strncmp(p, "\xC2\xA0", 2) == 0) /* a no-break space, pasted */
            p += 2;
        else
            return p;
    }
}

/* Reads "8", "8,5" or "8.50" as hundredths; `finer` when there is a third decimal that is not 0. */
static bool read_hundredths(const char **at, int64_t *out, bool *finer)
{
    const char *p = *at;
    int64_t n = 0;
    size_t digits = strspn(p, "0123456789"), decimals = 0;
    if (!digits || digits > 6)
        return false;
    for (size_t i = 0; i < digits; i++)
        n = 10 * n + (*p++ - '0');
    if (*p == ',' || *p == '.') {
        decimals = strspn(++p, "0123456789");
        if (!decimals)
            return false;
    }
    for (size_t i = 0; i < decimals || i < 2; i++) {
        int digit = i < decimals ? *p++ - '0' : 0;
        if (i < 2)
            n = 10 * n + digit;
        else
            *finer |= digit != 0;
    }
    *at = p;
    *out = n;
    return true;
}

mark_kind mark_read(const char *typed, const mark_scale *scale, int64_t *points)
{
    const char *p = skip_blanks(typed);
    int64_t n;
    bool finer = false;
    if (!*p)
        return MARK_BLANK;
    if (!read_hundredths(&p, &n, &finer) || *skip_blanks(p))
        return MARK_NO_NUMBER;
    if (n < scale->least || n > scale->most || (n == scale->most && finer))
        return MARK_OUT_OF_SCALE;
    if (finer || (n - scale->least) % scale->step != 0)
        return MARK_OFF_STEP;
    *points = n;
    return MARK_POINTS;
}
