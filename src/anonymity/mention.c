/* One person's name in whatever form it is written. */
#include "finder.h"

#include <string.h>

/* ---- the subject's name and the author's ---- */

/* Whether the words all stand inside mentions of the subject's full name. */
static bool inside_subject(const finder *s, size_t at, size_t size)
{
    for (size_t i = at; i < at + size; i++)
        if (!s->subjects[i])
            return false;
    return true;
}

static bool same_folds(const person *a, const person *b)
{
    if (a->words.count != b->words.count)
        return false;
    for (size_t i = 0; i < a->words.count; i++)
        if (strcmp(a->words.items[i].fold, b->words.items[i].fold) != 0)
            return false;
    return true;
}

static bool same_marks(const person *a, const person *b)
{
    for (size_t i = 0; i < a->words.count; i++)
        if (strcmp(a->keys[i], b->keys[i]) != 0)
            return false;
    return true;
}

/* The word as it stands, marks and all, against a syllable. */
static bool key_is(const finder *s, size_t at, const char *key)
{
    const word *w = &s->words.items[at];
    buffer b = BUFFER_INIT;
    text_key((slice){s->text.bytes + w->start, w->end - w->start}, &b);
    bool same = !b.failed && strcmp(b.bytes, key) == 0;
    buffer_free(&b);
    return same;
}

static bool keys_are(const finder *s, size_t at, const person *p, size_t from, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (!key_is(s, at + i, p->keys[from + i]))
            return false;
    return true;
}

static bool subject_has(const finder *s, const char *key)
{
    for (size_t i = 0; i < s->subject.words.count; i++)
        if (strcmp(s->subject.keys[i], key) == 0)
            return true;
    return false;
}

static bool same_given(const finder *s, const person *p)
{
    size_t n = s->subject.words.count, m = p->words.count;
    return n && strcmp(s->subject.keys[n - 1], p->keys[m - 1]) == 0;
}

/* ---- where a name may stand ---- */

/* "phố Tạ Quang Bửu", "chợ Bắc Hà": a place of that name. */
static bool names_place(const finder *s, size_t at)
{
    static const char *const places[] = {
        "pho", "duong", "phuong", "xa",  "quan", "huyen", "truong", "cho", "ngo", "lang", "thon",
        "cau", "tinh",  "giai",   "quy", "song", "nui",   "ho",     "ben", "ga",  NULL};
    return at && word_among(s, at - 1, places) && s->line_of[at - 1] == s->line_of[at] &&
           s->words.items[at].start == s->words.items[at - 1].end + 1;
}

/* A line as short as a signature, at the beginning or the end or behind a label. */
static bool signs(const finder *s, size_t at)
{
    enum { SHORT_LINE = 12 };
    const text_line *l = &s->lines[s->line_of[at]];
    return l->signature || (l->near_end && l->after - l->first <= SHORT_LINE);
}

static bool capital(const finder *s, size_t at)
{
    return word_capital(&s->words, at);
}

/* The next word is a capital one that belongs to the same name: "cô Hằng Nga". */
static bool goes_on(const finder *s, size_t at)
{
    return at + 1 < s->words.count && s->words.items[at + 1].start == s->words.items[at].end + 1 &&
           s->text.bytes[s->words.items[at].end] == ' ' && capital(s, at + 1);
}

/* ---- forms ---- */

/* Behind a label, or a line of its own: "Lê Hữu Phước (tác giả)". */
static bool signs_alone(const finder *s, size_t at, size_t size)
{
    const text_line *l = &s->lines[s->line_of[at]];
    size_t end = s->words.items[at + size - 1].end;
    while (end < l->end && s->text.bytes[end] == ' ')
        end++;
    bool alone = at == l->first && (at + size == l->after || s->text.bytes[end] == '(');
    return l->signature || (l->near_end && alone && (end == l->end || s->text.bytes[end] == '('));
}

/* Two people of one name: only the signature is the author's. */
static bool is_author(const finder *s, const person *p, size_t at, size_t size)
{
    if (!same_folds(p, &s->subject))
        return !inside_subject(s, at, size);
    if (same_marks(p, &s->subject))
        return signs_alone(s, at, size);
    return keys_are(s, at, p, 0, size);
}

static size_t full_at(const finder *s, const person *p, size_t at)
{
    size_t size = p->words.count;
    if (size < 2 || !words_match(&s->words, at, &p->words) || !is_author(s, p, at, size))
        return 0;
    if (p->pen && !capital(s, at))
        return 0;
    return size;
}

/* "LêPhươngUyên", "thai_thi_thu_hang" is told apart by the underscores already. */
static size_t run_at(const finder *s, const person *p, size_t at)
{
    enum { SHORTEST = 6 };
    if (p->words.count < 2 || strlen(p->run) < SHORTEST)
        return 0;
    return word_is(s, at, p->run) ? 1 : 0;
}

/* "T H Á I   T H Ị": single letters. */
static size_t spaced_at(const finder *s, const person *p, size_t at)
{
    size_t size = strlen(p->run);
    if (p->words.count < 2 || at + size > s->words.count)
        return 0;
    for (size_t i = 0; i < size; i++) {
        const char *fold = s->words.items[at + i].fold;
        if (fold[0] != p->run[i] || fold[1] || (i + 1 < size && !words_joined(&s->words, at + i)))
            return 0;
    }
    return size;
}

/* "N.V.", "Ng.": the beginning of a syllable, with a point or a capital. */
static bool initial(const finder *s, size_t at, const char *fold)
{
    const word *w = &s->words.items[at];
    size_t size = strlen(w->fold);
    bool point = w->end < s->text.size && s->text.bytes[w->end] == '.';
    return size && size <= 2 && size < strlen(fold) && strncmp(w->fold, fold, size) == 0 &&
           (point || size == 1) && capital(s, at);
}

static size_t initials_at(const finder *s, const person *p, size_t at)
{
    size_t size = p->words.count, short_ones = 0;
    if (size < 2 || at + size > s->words.count)
        return 0;
    for (size_t i = 0; i < size; i++) {
        bool whole = word_is(s, at + i, p->words.items[i].fold);
        bool last = i + 1 == size;
        if (!whole && (last || !initial(s, at + i, p->words.items[i].fold)))
            return 0;
        if (!last && !words_joined(&s->words, at + i))
            return 0;
        short_ones += !whole;
    }
    return short_ones && capital(s, at + size - 1) ? size : 0;
}

/* A line of its own with nothing but initials: "B. H.", "N.T.B.H". */
static size_t bare_initials_at(const finder *s, const person *p, size_t at)
{
    const text_line *l = &s->lines[s->line_of[at]];
    size_t size = l->after - l->first, n = p->words.count;
    if (at != l->first || !l->near_end || size < 2 || size > n)
        return 0;
    for (size_t i = 0; i < size; i++)
        if (!initial(s, at + i, p->words.items[n - size + i].fold))
            return 0;
    return size;
}

/* Whether the words are some of the name's syllables in their order, the given name last; or the given
 * name first and the others behind it. */
static bool is_part(const finder *s, const person *p, size_t at, size_t size)
{
    size_t n = p->words.count, k = 0, turned = 0;
    for (size_t i = 0; i < size; i++) {
        while (k < n && !word_is(s, at + i, p->words.items[k].fold))
            k++;
        if (k++ == n)
            break;
        if (i + 1 == size && k == n)
            return true;
    }
    for (size_t first = 1; first < n && !turned; first++) { /* "Minh Nguyệt Bùi Thị", "Dung Ngân" */
        size_t i = 0;
        while (i < size && word_is(s, at + i, p->words.items[(first + i) % n].fold))
            i++;
        turned = i == size && first + size > n;
    }
    return turned;
}

/* Each word with the marks of one of the syllables, and not all of them the subject's. */
static bool own_words(const finder *s, const person *p, size_t at, size_t size)
{
    bool other = false;
    for (size_t i = 0; i < size; i++) {
        bool found = false;
        for (size_t k = 0; k < p->words.count && !found; k++)
            if (key_is(s, at + i, p->keys[k])) {
                found = true;
                other |= !subject_has(s, p->keys[k]);
            }
        if (!found)
            return false;
    }
    return other;
}

static size_t part_at(const finder *s, const person *p, size_t at)
{
    size_t n = p->words.count, size = n;
    bool all_capital = true;
    for (; size > 1; size--) {
        if (at + size > s->words.count || !is_part(s, p, at, size))
            continue;
        bool joined = true;
        all_capital = true;
        for (size_t i = 0; i < size; i++) {
            joined &= i + 1 == size || words_joined(&s->words, at + i);
            all_capital &= capital(s, at + i);
        }
        if (joined)
            break;
    }
    if (size < 2 || !all_capital || inside_subject(s, at, size) || goes_on(s, at + size - 1))
        return 0;
    return own_words(s, p, at, size) ? size : 0;
}

/* ---- the given name alone ---- */

static const char *const address_words[] = {"co",  "thay", "chi",  "anh",   "em",  "bac", "chu",
                                            "ong", "ba",   "di",   "chau",  "cau", "mo",  "thim",
                                            "bao", "vien", "giao", "thang", "con", "be",  "me",
                                            "bo",  "sv",   "lao",  "cu",    "nha", "ta",  NULL};

/* "tôi tên Xuân", "tôi là Trường", "tôi, Bách", "là tôi, Phùng", "chữ Hiếu trong tên tôi". */
static bool introduces(const finder *s, size_t at)
{
    static const char *const self[] = {"toi", "em", "chau", "con", NULL};
    static const char *const links[] = {"la", "ten", NULL};
    if (at && word_among(s, at - 1, links) && self_before(s, at, 4))
        return true;
    if (at && word_among(s, at - 1, self) && same_clause(s, at - 1) && word_is(s, at - 1, "toi"))
        return true;
    for (size_t i = at + 1; i <= at + 4 && i + 1 < s->words.count; i++)
        if ((word_is(s, i, "ten") || word_is(s, i, "la")) && word_is(s, i + 1, "toi") &&
            s->line_of[i] == s->line_of[at])
            return true;
    return false;
}

static bool called(const finder *s, size_t at)
{
    static const char *const calls[] = {"oi", "a", "nhe", "xin", NULL};
    return at + 1 < s->words.count && s->words.items[at + 1].start == s->words.items[at].end + 1 &&
           s->text.bytes[s->words.items[at].end] == ' ' && word_among(s, at + 1, calls);
}

static bool contact_follows(const finder *s, size_t at)
{
    size_t i = s->words.items[at].end;
    while (i < s->text.size && strchr(" (:,-+", s->text.bytes[i]))
        i++;
    return i < s->text.size && s->text.bytes[i] == '0' && i > s->words.items[at].end;
}

static size_t given_at(const finder *s, const person *p, size_t at)
{
    static const char *const closings[] = {"kinh", NULL};
    size_t n = p->words.count;
    if (!n || !word_is(s, at, p->words.items[n - 1].fold) || !capital(s, at) || s->subjects[at] ||
        !key_is(s, at, p->keys[n - 1]) || goes_on(s, at))
        return 0;
    if (introduces(s, at))
        return 1;
    if (same_given(s, p) || n < 2)
        return 0;
    if (called(s, at) || contact_follows(s, at))
        return 1;
    if (signs(s, at) && word_among(s, at + 1, closings))
        return 1;
    return at && word_among(s, at - 1, address_words) && same_clause(s, at - 1) ? 1 : 0;
}

/* A syllable of the name, something as short as an initial, or all of it run together. */
static bool may_begin(const finder *s, const person *p, size_t at)
{
    const char *fold = s->words.items[at].fold;
    if (!fold[0] || !fold[1] || !fold[2])
        return true;
    for (size_t i = 0; i < p->words.count; i++)
        if (word_is(s, at, p->words.items[i].fold))
            return true;
    return word_is(s, at, p->run);
}

static size_t any_form(const finder *s, const person *p, size_t at)
{
    if (!may_begin(s, p, at))
        return 0;
    size_t size = full_at(s, p, at);
    size = size ? size : run_at(s, p, at);
    size = size ? size : spaced_at(s, p, at);
    size = size ? size : initials_at(s, p, at);
    size = size ? size : bare_initials_at(s, p, at);
    size = size ? size : part_at(s, p, at);
    return size ? size : given_at(s, p, at);
}

mention mention_at(const finder *s, const person *p, size_t at)
{
    size_t size = any_form(s, p, at);
    bool place = size && names_place(s, at) && !s->lines[s->line_of[at]].signature;
    return (mention){size, place};
}
