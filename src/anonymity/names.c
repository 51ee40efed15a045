/* The author's name in running text, and the subject's, which stays. */
#include "finder.h"

#include "chamthi/text.h"

#include <string.h>
#include <utf8proc.h>

/* Bytes of the text that a name of the subject covers. */
typedef struct {
    word_list name;
    const char *key;
} person;

static status person_read(arena *mem, const char *name, person *out, fault *f)
{
    out->key = name_key(mem, name);
    if (!out->key)
        return fault_memory(f);
    return words_read(mem, (slice){name, strlen(name)}, &out->name, f);
}

static bool same_words(const word_list *a, const word_list *b)
{
    if (a->count != b->count)
        return false;
    for (size_t i = 0; i < a->count; i++)
        if (strcmp(a->items[i].fold, b->items[i].fold) != 0)
            return false;
    return true;
}

/* Whether words at..at+size lie inside a mention of the subject's longer name. */
static bool inside_subject(const finder *s, const person *subject, size_t at, size_t size)
{
    size_t longer = subject->name.count;
    if (longer <= size)
        return false;
    size_t first = at + size >= longer ? at + size - longer : 0;
    for (size_t i = first; i <= at; i++)
        if (words_match(&s->words, i, &subject->name))
            return true;
    return false;
}

static void mark_line(finder *s, size_t at)
{
    for (size_t i = 0; i < s->line_count; i++)
        if (at >= s->lines[i].start && at < s->lines[i].end)
            s->lines[i].author_here = true;
}

/* Same letters as the author's name, marks included? Only asked when the subject's name differs by its
 * marks alone. */
static status same_marks(finder *s, size_t start, size_t end, const char *key, bool *out, fault *f)
{
    char *text = arena_copy(s->mem, s->text.bytes + start, end - start);
    char *own = text ? name_key(s->mem, text) : NULL;
    if (!own)
        return fault_memory(f);
    *out = strcmp(own, key) == 0;
    return OK;
}

static status find_full(finder *s, const person *author, const person *subject, bool *found,
                        fault *f)
{
    bool homonym = same_words(&author->name, &subject->name);
    *found = false;
    if (author->name.count < 2 || (homonym && strcmp(author->key, subject->key) == 0))
        return OK;
    for (size_t i = 0; i < s->words.count; i++) {
        size_t size = author->name.count;
        if (!words_match(&s->words, i, &author->name) || inside_subject(s, subject, i, size))
            continue;
        size_t start = s->words.items[i].start, end = s->words.items[i + size - 1].end;
        bool his = true;
        if (homonym)
            TRY(same_marks(s, start, end, author->key, &his, f));
        if (!his)
            continue;
        *found = true;
        mark_line(s, start);
        TRY(finder_add(s, start, end, "name", f));
        i += size - 1;
    }
    return OK;
}

static bool capital(slice text, size_t at)
{
    utf8proc_int32_t c = 0;
    utf8proc_iterate((const utf8proc_uint8_t *)text.bytes + at, (utf8proc_ssize_t)(text.size - at),
                     &c);
    return utf8proc_category(c) == UTF8PROC_CATEGORY_LU;
}

static bool address_word(const char *fold)
{
    static const char *const words[] = {"co",  "thay", "chi", "anh",  "em",   "bac",
                                        "chu", "ong",  "ba",  "di",   "chau", "cau",
                                        "mo",  "thim", "bao", "vien", "giao"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(words[i], fold) == 0)
            return true;
    return false;
}

/* "Cô Hằng ơi": the given name alone, where the full name stands elsewhere in the text. */
static status find_given(finder *s, const person *author, const person *subject, fault *f)
{
    const word *given = &author->name.items[author->name.count - 1];
    if (subject->name.count &&
        strcmp(subject->name.items[subject->name.count - 1].fold, given->fold) == 0)
        return OK;
    char *written =
        arena_copy(s->mem, author->name.text.bytes + given->start, given->end - given->start);
    char *key = written ? text_key_string(s->mem, written) : NULL;
    if (!key)
        return fault_memory(f);
    for (size_t i = 1; i < s->words.count; i++) {
        const word *w = &s->words.items[i];
        bool more = i + 1 < s->words.count && s->words.items[i + 1].start == w->end + 1 &&
                    capital(s->text, s->words.items[i + 1].start); /* "cô Hằng Nga" */
        if (strcmp(w->fold, given->fold) != 0 || !address_word(s->words.items[i - 1].fold) ||
            more || !capital(s->text, w->start))
            continue;
        bool same;
        TRY(same_marks(s, w->start, w->end, key, &same, f));
        if (same)
            TRY(finder_add(s, w->start, w->end, "name", f));
    }
    return OK;
}

status finder_names(finder *s, fault *f)
{
    person subject;
    TRY(person_read(s->mem, s->known->subject, &subject, f));
    for (size_t i = 0; i < s->known->name_count; i++) {
        person author;
        bool found;
        TRY(person_read(s->mem, s->known->names[i], &author, f));
        TRY(find_full(s, &author, &subject, &found, f));
        if (found)
            TRY(find_given(s, &author, &subject, f));
    }
    return OK;
}
