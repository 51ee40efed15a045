/* What a person should look at in a text. */
#include "chamthi/text.h"

enum {
    JUDGED_LEAST = 20, /* accented syllables before validity says something */
    PLAIN_LEAST = 20   /* syllables before their lack of marks does */
};

static const char *const names[FLAG_COUNT] = {
    "malformed", "invisible", "unusual_spaces", "mixed_script", "lost",
    "undecided", "case_lost", "converted",      "no_marks",     "not_vietnamese",
};

const char *text_flag_name(text_flag flag)
{
    return names[flag];
}

unsigned text_flags(const text_report *r, const text_count *n)
{
    bool no_marks =
        n->plain >= PLAIN_LEAST && 10 * n->bare > 9 * n->plain && 20 * n->judged < n->plain;
    bool foreign = n->judged >= JUDGED_LEAST && 10 * n->valid < 9 * n->judged;
    const bool set[FLAG_COUNT] = {
        [FLAG_MALFORMED] = r->malformed,
        [FLAG_INVISIBLE] = r->invisible,
        [FLAG_SPACES] = r->unusual_spaces,
        [FLAG_MIXED_SCRIPT] = r->mixed_script,
        [FLAG_LOST] = r->lost,
        [FLAG_UNDECIDED] = r->undecided,
        [FLAG_CASE_LOST] = r->case_lost,
        [FLAG_CONVERTED] = r->converted,
        [FLAG_NO_MARKS] = no_marks,
        [FLAG_NOT_VIETNAMESE] = foreign,
    };
    unsigned flags = 0;
    for (int i = 0; i < FLAG_COUNT; i++)
        flags |= (unsigned)set[i] << i;
    return flags;
}
