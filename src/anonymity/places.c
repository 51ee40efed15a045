/* The authors' addresses, units and classes: what the manifest says of them, as people shorten it. */
#include "finder.h"

#include <string.h>

enum { SHORT_LINE = 14, SELF_REACH = 14, SKIPPED_MOST = 3 };

/* ---- known words in their order ---- */

/* Words that say what kind of thing follows: left out, abbreviated and added at will. */
static const char *const fillers[] = {
    "so", "nha", "ngo", "ngach", "hem",  "pho",  "duong", "phuong", "p",    "quan",
    "q",  "xa",  "x",   "huyen", "h",    "tinh", "thanh", "thi",    "tran", "tx",
    "tt", "tp",  "hn",  "thon",  "xom",  "to",   "tdp",   "dan",    "khu",  "truong",
    "tr", "va",  "lop", "hoc",   "sinh", "cong", "ty",    "tnhh",   "mtv",  NULL};

static bool is_filler(const char *fold)
{
    for (const char *const *w = fillers; *w; w++)
        if (strcmp(*w, fold) == 0)
            return true;
    return false;
}

/* The words of what is known that tell it from others. */
typedef struct {
    const char **folds;
    size_t count;
    const char *end; /* the last word, filler or not */
} known_words;

static bool has_digit(const char *fold)
{
    return strpbrk(fold, "0123456789") != NULL;
}

/* "Phường Văn Chương", "phường": a filler; but not the Phượng of "Đan Phượng". */
static bool says_kind(const word_list *l, size_t at)
{
    if (!at || !word_capital(l, at))
        return true;
    size_t from = l->items[at - 1].end;
    return memchr(l->text.bytes + from, ',', l->items[at].start - from) != NULL;
}

static status read_known(finder *s, slice text, known_words *out, fault *f)
{
    word_list all;
    *out = (known_words){0};
    TRY(words_read(s->mem, s->known->memo, text, &all, f));
    out->folds = ARENA_ARRAY(s->mem, const char *, all.count + 1);
    if (!out->folds)
        return fault_memory(f);
    for (size_t i = 0; i < all.count; i++)
        if (!is_filler(all.items[i].fold) || !says_kind(&all, i))
            out->folds[out->count++] = all.items[i].fold;
    out->end = all.count ? all.items[all.count - 1].fold : "";
    return OK;
}

typedef struct {
    size_t first, last; /* words of the text */
    size_t matched;     /* known words met */
    bool number;        /* a number among them */
    bool from_start;    /* the first of them is the first that is known */
} run;

/* Whether the word is the initials of known words from `k` on ("TNCS"); how many. */
static size_t initials_of(const known_words *known, size_t k, const char *fold)
{
    if (k >= known->count || known->folds[k][0] != fold[0])
        return 0;
    size_t size = strlen(fold), i = 0;
    if (size < 2 || size > 5 || k + size > known->count)
        return 0;
    while (i < size && known->folds[k + i][0] == fold[i])
        i++;
    return i == size ? size : 0;
}

/* How many known words the word at `at` stands for, from known->folds[*k] on; *k moves behind them. */
static size_t step(const finder *s, const known_words *known, size_t at, size_t *k)
{
    for (size_t skip = 0; skip < SKIPPED_MOST && *k + skip < known->count; skip++) {
        size_t more = initials_of(known, *k + skip, s->words.items[at].fold);
        if (!more && word_is(s, at, known->folds[*k + skip]))
            more = 1;
        if (more) {
            *k += skip + more;
            return more;
        }
    }
    return 0;
}

/* The known words that follow each other from word `at` on, with fillers between them. It begins with
 * one of the first `starts`. */
static run follow(const finder *s, const known_words *known, size_t at, size_t starts)
{
    enum { FILLERS_BETWEEN = 3 };
    run r = {at, at, 0, false, false};
    bool begins = false; /* most words do not */
    for (size_t i = 0; i < known->count && i < starts; i++)
        begins |= known->folds[i][0] == s->words.items[at].fold[0];
    if (!begins)
        return r;
    size_t k = 0, fillers_met = 0;
    for (size_t i = at; i < s->words.count && k < known->count; i++) {
        if (i > at && (s->line_of[i] != s->line_of[at] ||
                       s->words.items[i].start - s->words.items[i - 1].end > 3))
            break;
        size_t met = step(s, known, i, &k);
        if (i == at)
            r.from_start = met && met == k;
        if (met) {
            r.matched += met;
            r.number |= has_digit(s->words.items[i].fold);
            r.last = i;
            fillers_met = 0;
        } else if (i == at || !is_filler(s->words.items[i].fold) ||
                   ++fillers_met > FILLERS_BETWEEN) {
            break;
        }
    }
    if (words_joined(&s->words, r.last) && word_is(s, r.last + 1, known->end))
        r.last++;
    return r;
}

/* "số", "Trường", "P." before the run belong to it. */
static void take_fillers(const finder *s, run *r)
{
    while (r->first > s->lines[s->line_of[r->first]].first &&
           is_filler(s->words.items[r->first - 1].fold) &&
           s->words.items[r->first].start - s->words.items[r->first - 1].end <= 2)
        r->first--;
}

/* ---- where it is the author's ---- */

static bool short_line(const finder *s, size_t at, size_t known)
{
    const text_line *l = &s->lines[s->line_of[at]];
    return l->after - l->first <= known + SHORT_LINE;
}

static bool near_author(const finder *s, size_t at)
{
    enum { NEAR = 3 };
    size_t line = s->line_of[at], from = line > NEAR ? line - NEAR : 0;
    for (size_t i = from; i <= line + NEAR && i < s->line_count; i++)
        if (s->lines[i].owner == OWNER_AUTHOR)
            return true;
    return false;
}

static status add_run(finder *s, run r, const char *kind, fault *f)
{
    take_fillers(s, &r);
    return finder_add(s, s->words.items[r.first].start, s->words.items[r.last].end, kind, f);
}

/* All the words but one, the first among them, in a short line or behind "tôi". */
static status find_unit(finder *s, slice text, fault *f)
{
    known_words known;
    TRY(read_known(s, text, &known, f));
    size_t wanted = known.count > 2 ? known.count - 1 : 2;
    for (size_t i = 0; known.count > 1 && i < s->words.count; i++) {
        run r = follow(s, &known, i, 1);
        if (r.matched < wanted || !r.from_start)
            continue;
        const text_line *l = &s->lines[s->line_of[i]];
        if (l->owner == OWNER_AUTHOR || (l->owner == OWNER_NONE && (short_line(s, i, known.count) ||
                                                                    self_before(s, i, SELF_REACH))))
            TRY(add_run(s, r, "unit", f));
        i = r.last;
    }
    return OK;
}

/* A house by its number and street; a place without a number only where the author signs. */
static status find_address(finder *s, const char *address, fault *f)
{
    known_words known;
    TRY(read_known(s, (slice){address, strlen(address)}, &known, f));
    for (size_t i = 0; known.count > 1 && i < s->words.count; i++) {
        run r = follow(s, &known, i, SKIPPED_MOST);
        bool house = r.number && r.matched >= 2, place = r.matched >= 3;
        if (!house && !place)
            continue;
        bool own = (house && self_before(s, i, SELF_REACH)) ||
                   (short_line(s, i, known.count) && (house || near_author(s, i)));
        if (own && s->lines[s->line_of[i]].owner != OWNER_SUBJECT)
            TRY(add_run(s, r, "address", f));
        i = r.last;
    }
    return OK;
}

/* ---- classes ---- */

/* "lớp 7A1", "9D": where a class begins; the word behind it, 0 for none. */
static size_t class_at(const finder *s, size_t at)
{
    if (word_is(s, at, "lop") && at + 1 < s->words.count && has_digit(s->words.items[at + 1].fold))
        return at + 2;
    const char *fold = s->words.items[at].fold;
    if (fold[0] < '0' || fold[0] > '9')
        return 0;
    size_t digits = strspn(fold, "0123456789");
    bool named = digits && digits <= 2 && fold[digits] >= 'a' && fold[digits] <= 'h' &&
                 strlen(fold) <= digits + 2;
    return named ? at + 1 : 0;
}

static bool only_digits(const char *fold)
{
    return fold[strspn(fold, "0123456789")] == '\0';
}

static bool clause_ends(const finder *s, size_t at)
{
    for (size_t i = s->words.items[at].end; i < s->words.items[at + 1].start; i++)
        if (strchr(".;!?\n()", s->text.bytes[i]))
            return true;
    return false;
}

/* The school behind the class, to the end of the clause. */
static size_t school_end(const finder *s, size_t after)
{
    static const char *const schools[] = {"truong", "thpt", "thcs", "tieu", "chuyen", NULL};
    enum { LONGEST = 14 };
    size_t i = after;
    if (i >= s->words.count || clause_ends(s, i - 1) || !word_among(s, i, schools))
        return after;
    while (i + 1 < s->words.count && i - after < LONGEST && !clause_ends(s, i) &&
           (same_clause(s, i) && !memchr(s->text.bytes + s->words.items[i].end, ',',
                                         s->words.items[i + 1].start - s->words.items[i].end)))
        i++;
    return i + 1;
}

static status find_classes(finder *s, fault *f)
{
    for (size_t i = 0; i < s->words.count; i++) {
        size_t after = class_at(s, i);
        if (!after)
            continue;
        const text_line *l = &s->lines[s->line_of[i]];
        bool signed_line = l->owner == OWNER_AUTHOR && l->after - l->first <= SHORT_LINE;
        size_t end =
            school_end(s, after); /* "lớp 9" alone tells little: half the city went there */
        bool told = end > after || !only_digits(s->words.items[after - 1].fold);
        if (!signed_line && !(told && self_before(s, i, SELF_REACH)))
            continue;
        after = end;
        size_t first = i >= 2 && word_is(s, i - 2, "hoc") && word_is(s, i - 1, "sinh") ? i - 2 : i;
        TRY(finder_add(s, s->words.items[first].start, s->words.items[after - 1].end, "class", f));
        i = after - 1;
    }
    return OK;
}

/* "phường Ngọc Thụy" behind a unit's name says where it is, and stands in half the essays of its
 * district. */
static bool is_place(slice part)
{
    static const char *const kinds[] = {"phường", "xã",  "quận", "huyện", "thị ", "thành phố",
                                        "thôn",   "xóm", "tổ ",  "khu ",  "tỉnh", "số ",
                                        "P.",     "Q.",  "H.",   "X."};
    while (part.size && *part.bytes == ' ') {
        part.bytes++;
        part.size--;
    }
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (part.size >= strlen(kinds[i]) && memcmp(part.bytes, kinds[i], strlen(kinds[i])) == 0)
            return true;
    return false;
}

/* The whole of it, and each part that is no place: "Lớp 11A3, Trường THPT Phùng Khắc Khoan". */
static status find_units(finder *s, const char *unit, fault *f)
{
    TRY(find_unit(s, (slice){unit, strlen(unit)}, f));
    while (strchr(unit, ',')) {
        size_t size = strcspn(unit, ",");
        if (!is_place((slice){unit, size}))
            TRY(find_unit(s, (slice){unit, size}, f));
        unit += size + 1;
    }
    slice last = {unit, strlen(unit)};
    return is_place(last) ? OK : find_unit(s, last, f);
}

status finder_places(finder *s, fault *f)
{
    for (size_t i = 0; i < s->known->author_count; i++) {
        const identity_author *a = &s->known->authors[i];
        if (strcmp(a->unit, s->known->subject_unit) != 0)
            TRY(find_units(s, a->unit, f));
        TRY(find_address(s, a->address, f));
    }
    return find_classes(s, f);
}
