/* The authors' names in running text. */
#include "finder.h"

#include <string.h>

/* Which first letters can begin a mention: most words cannot. */
typedef struct {
    bool letter[256];
} first_letters;

static void add_letters(first_letters *l, const person *p)
{
    for (size_t i = 0; i < p->words.count; i++)
        l->letter[(unsigned char)p->words.items[i].fold[0]] = true;
}

/* A line is the author's when it is no story: a name in the middle of a long one changes nothing. */
static void mark_line(finder *s, size_t at)
{
    enum { LONGEST = 30 };
    text_line *l = &s->lines[s->line_of[at]];
    if (l->after - l->first <= LONGEST || l->signature)
        l->owner = OWNER_AUTHOR;
}

status finder_names(finder *s, fault *f)
{
    first_letters letters = {0};
    for (size_t i = 0; i < s->person_count; i++)
        add_letters(&letters, &s->people[i]);
    for (size_t at = 0; at < s->words.count;) {
        mention m = {0};
        if (letters.letter[(unsigned char)s->words.items[at].fold[0]])
            for (size_t i = 0; i < s->person_count && !m.size; i++)
                m = mention_at(s, &s->people[i], at);
        if (m.size && !m.place) {
            mark_line(s, at);
            TRY(finder_add(s, s->words.items[at].start, s->words.items[at + m.size - 1].end, "name",
                           f));
        }
        at += m.size ? m.size : 1;
    }
    return OK;
}
