/* The names of an entry's people, and the questions about words that everybody asks. */
#include "finder.h"

#include <string.h>

/* ---- words ---- */

size_t word_from(const finder *s, size_t byte)
{
    size_t from = 0, to = s->words.count;
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if (s->words.items[middle].start < byte)
            from = middle + 1;
        else
            to = middle;
    }
    return from;
}

bool word_is(const finder *s, size_t at, const char *fold)
{
    return at < s->words.count && s->words.items[at].fold[0] == fold[0] &&
           strcmp(s->words.items[at].fold, fold) == 0;
}

bool word_among(const finder *s, size_t at, const char *const *folds)
{
    for (; at < s->words.count && *folds; folds++)
        if (word_is(s, at, *folds))
            return true;
    return false;
}

bool same_clause(const finder *s, size_t at)
{
    if (at + 1 >= s->words.count)
        return false;
    for (size_t i = s->words.items[at].end; i < s->words.items[at + 1].start; i++)
        if (!strchr(" ,", s->text.bytes[i]))
            return false;
    return true;
}

static bool sentence_ends(const finder *s, size_t at)
{
    for (size_t i = s->words.items[at].end; i < s->words.items[at + 1].start; i++)
        if (strchr(".!?\n", s->text.bytes[i]))
            return true;
    return false;
}

bool self_before(const finder *s, size_t at, size_t most)
{
    static const char *const self[] = {"toi", "em", "chau", "con", "minh", NULL};
    for (size_t n = 0; at > 0 && n < most; n++, at--) {
        if (sentence_ends(s, at - 1))
            return false;
        if (word_among(s, at - 1, self))
            return true;
    }
    return false;
}

/* ---- people ---- */

static status keep_person(finder *s, const char *name, bool pen, fault *f)
{
    size_t capacity = s->person_count; /* grown one by one: there are few */
    person p = {.pen = pen};
    char *key = name_key(s->mem, name);
    if (!key)
        return fault_memory(f);
    TRY(words_read(s->mem, s->known->memo, (slice){key, strlen(key)}, &p.words, f));
    if (!p.words.count)
        return OK;
    const char **keys = ARENA_ARRAY(s->mem, const char *, p.words.count);
    char *run = arena_alloc(s->mem, strlen(key) + 1);
    person *more = arena_grow(s->mem, s->people, s->person_count, &capacity, sizeof *more);
    if (!keys || !run || !more)
        return fault_memory(f);
    for (size_t i = 0; i < p.words.count; i++) {
        const word *w = &p.words.items[i];
        keys[i] = arena_copy(s->mem, key + w->start, w->end - w->start);
        if (!keys[i])
            return fault_memory(f);
        strcat(run, w->fold);
    }
    p.keys = keys;
    p.run = run;
    s->people = more;
    s->people[s->person_count++] = p;
    return OK;
}

/* "bút danh Hoài Thương": the name, and that it is a pen name. */
static const char *without_label(const char *name, bool *pen)
{
    static const char *const labels[] = {"bút danh", "Bút danh", "BÚT DANH", "tức", "tên thật"};
    name += strspn(name, " :");
    for (size_t i = 0; i < sizeof labels / sizeof *labels; i++) {
        size_t size = strlen(labels[i]);
        if (strncmp(name, labels[i], size) != 0)
            continue;
        *pen |= i < 3;
        name += size;
        name += strspn(name, " :");
    }
    return name;
}

/* "Nguyễn Duy Đông (bút danh: Đông Duy, Bắc Hà)": three names. */
static status read_author(finder *s, const char *text, fault *f)
{
    bool pen = false;
    while (*text) {
        size_t size = strcspn(text, "();,/");
        char *piece = arena_copy(s->mem, text, size);
        if (!piece)
            return fault_memory(f);
        const char *name = without_label(piece, &pen);
        TRY(keep_person(s, name, pen, f));
        pen = true;
        text += size + (text[size] != '\0');
    }
    return OK;
}

static void mark_subject(finder *s)
{
    size_t size = s->subject.words.count;
    if (size < 2)
        return;
    for (size_t i = 0; i + size <= s->words.count; i++) {
        if (!words_match(&s->words, i, &s->subject.words))
            continue;
        for (size_t k = i; k < i + size; k++)
            s->subjects[k] = true;
        text_line *l = &s->lines[s->line_of[i]];
        if (l->owner == OWNER_NONE)
            l->owner = OWNER_SUBJECT;
    }
}

status finder_people(finder *s, fault *f)
{
    TRY(keep_person(s, s->known->subject, false, f));
    if (s->person_count)
        s->subject = s->people[0];
    s->people = NULL;
    s->person_count = 0;
    for (size_t i = 0; i < s->known->author_count; i++)
        TRY(read_author(s, s->known->authors[i].name, f));
    mark_subject(s);
    return OK;
}
