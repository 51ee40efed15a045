/* Whether two entries are about the same person or collective. */
#include "same_subject.h"

#include "chamthi/text.h"

#include <stdlib.h>
#include <string.h>

enum { MENTIONS_MOST = 20 };

/* ---- the list ---- */

static size_t pair_bit(const char *first, size_t first_size, const char *second, size_t second_size)
{
    uint64_t h = UINT64_C(1469598103934665603);
    for (size_t i = 0; i < first_size; i++)
        h = (h ^ (unsigned char)first[i]) * UINT64_C(1099511628211);
    h = (h ^ ' ') * UINT64_C(1099511628211);
    for (size_t i = 0; i < second_size; i++)
        h = (h ^ (unsigned char)second[i]) * UINT64_C(1099511628211);
    return (size_t)(h >> 48);
}

static void set_pair(check_subjects *l, const char *fold)
{
    size_t first = strcspn(fold, " ");
    if (!fold[first])
        return;
    size_t bit = pair_bit(fold, first, fold + first + 1, strcspn(fold + first + 1, " "));
    l->pairs[bit / 64] |= UINT64_C(1) << bit % 64;
}

static bool has_pair(const check_subjects *l, const word *first, const word *second)
{
    size_t bit = pair_bit(first->fold, strlen(first->fold), second->fold, strlen(second->fold));
    return l->pairs[bit / 64] >> bit % 64 & 1;
}

status subjects_add(check_subjects *l, arena *mem, const check_subject *one, const char *name,
                    fault *f)
{
    check_subject *items = arena_grow(mem, l->items, l->count, &l->capacity, sizeof *items);
    char *key = name_key(mem, name), *fold = key ? text_fold_string(mem, key) : NULL;
    if (!items || !fold)
        return fault_memory(f);
    l->items = items;
    if (!*fold)
        return OK;
    check_subject *s = &items[l->count];
    *s = *one;
    s->key = key;
    s->fold = fold;
    s->receipt = arena_string(mem, one->receipt);
    s->title = arena_string(mem, one->title);
    s->address = text_fold_string(mem, one->address);
    s->unit = text_fold_string(mem, one->unit);
    s->commended = arena_string(mem, one->commended);
    if (!s->receipt || !s->title || !s->address || !s->unit || !s->commended)
        return fault_memory(f);
    set_pair(l, fold);
    l->count++;
    return OK;
}

static int by_fold(const void *a, const void *b)
{
    const check_subject *x = a, *y = b;
    int order = strcmp(x->fold, y->fold);
    if (order)
        return order;
    return x->entry_id < y->entry_id ? -1 : x->entry_id > y->entry_id;
}

void subjects_sort(check_subjects *l)
{
    if (l->count)
        qsort(l->items, l->count, sizeof *l->items, by_fold);
}

static size_t first_of(const check_subjects *l, const char *fold)
{
    size_t from = 0, to = l->count;
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if (strcmp(l->items[middle].fold, fold) < 0)
            from = middle + 1;
        else
            to = middle;
    }
    return from;
}

static bool earlier(const rules_run *r, const check_subject *other, const check_entry *e)
{
    return other->year < r->c->year || (other->year == r->c->year && other->entry_id < e->id);
}

/* ---- likeness ---- */

/* Whether a ward, a village or a street stands in both folded addresses: four words in a row, or all
 * that one of them has. Folds have no commas. */
static bool same_place(const char *a, const char *b)
{
    enum { WORDS = 4 };
    if (!*a || !*b)
        return false;
    for (const char *p = a; p;) {
        const char *end = p;
        size_t words = 0;
        for (; *end && words < WORDS; words++) {
            end += strcspn(end, " ");
            end += words + 1 < WORDS && *end == ' ';
        }
        size_t size = (size_t)(end - p);
        const char *found = memmem(b, strlen(b), p, size);
        bool whole = words == WORDS || p == a;
        if (found && whole && (found == b || found[-1] == ' ') &&
            (!found[size] || found[size] == ' '))
            return true;
        p = strchr(p, ' ');
        p += p != NULL;
    }
    return strlen(b) < strlen(a) && strstr(a, b);
}

typedef enum { SAME_NAME, SAME_PLACE, SAME_EMPLOYER } ground;

static const struct {
    const char *rule, *vi, *en;
} grounds[] = {
    [SAME_NAME] = {"subject.namesake", "cùng họ tên, chưa rõ có cùng một người không",
                   "the same name, perhaps another person"},
    [SAME_PLACE] = {"subject.same", "cùng họ tên, cùng nơi ở", "the same name and address"},
    [SAME_EMPLOYER] = {"subject.same", "cùng họ tên, cùng đơn vị", "the same name and unit"},
};

static status add_same(rules_run *r, const check_subject *other, ground why, bool marks_differ,
                       fault *f)
{
    check_finding base = {
        .rule = grounds[why].rule, .source = "", .level = SEVERITY_NOTE, .other = other->entry_id};
    return rules_add(
        r, base, arena_format(r->mem, "%s %d %d", other->receipt, (int)why, marks_differ),
        arena_format(r->mem, "cùng nhân vật với bài %s “%s” (%s%s)", other->receipt, other->title,
                     grounds[why].vi, marks_differ ? ", tên viết khác dấu" : ""),
        arena_format(r->mem, "the same subject as entry %s “%s” (%s%s)", other->receipt,
                     other->title, grounds[why].en,
                     marks_differ ? ", the marks of the name differ" : ""),
        f);
}

static status add_commended(rules_run *r, const check_subject *other, fault *f)
{
    check_finding base = {.rule = "subject.commended",
                          .source = "",
                          .level = SEVERITY_NOTE,
                          .other = other->entry_id};
    return rules_add(
        r, base, arena_format(r->mem, "%s %s", other->receipt, other->commended),
        arena_format(r->mem,
                     "nhân vật đã được khen thưởng qua bài %s: %s; vẫn được dự thi nếu tiếp tục có "
                     "việc làm tiêu biểu, cần người xem",
                     other->receipt, other->commended),
        arena_format(
            r->mem,
            "the subject was commended through entry %s: %s; may stand again for new deeds, "
            "a person decides",
            other->receipt, other->commended),
        f);
}

static ground ground_of(const check_subject *other, const char *address, const char *unit)
{
    if (*unit && same_place(unit, other->unit))
        return SAME_EMPLOYER;
    return same_place(address, other->address) ? SAME_PLACE : SAME_NAME;
}

/* The latest earlier entry is enough: that one names the one before it. */
static bool later(const check_subject *a, const check_subject *b)
{
    return !b || a->year > b->year || (a->year == b->year && a->entry_id > b->entry_id);
}

static status check_same(rules_run *r, const check_entry *e, const check_subjects *all, fault *f)
{
    char *key = name_key(r->mem, e->subject), *fold = key ? text_fold_string(r->mem, key) : NULL;
    char *address = text_fold_string(r->mem, e->subject_address);
    char *unit = text_fold_string(r->mem, e->subject_unit);
    const check_subject *same = NULL, *namesake = NULL;
    if (!fold || !address || !unit)
        return fault_memory(f);
    size_t i = *fold ? first_of(all, fold) : all->count;
    for (; i < all->count && strcmp(all->items[i].fold, fold) == 0; i++) {
        const check_subject *other = &all->items[i];
        if (!earlier(r, other, e))
            continue;
        const check_subject **latest =
            ground_of(other, address, unit) == SAME_NAME ? &namesake : &same;
        if (later(other, *latest))
            *latest = other;
        if (*other->commended && latest == &same)
            TRY(add_commended(r, other, f));
    }
    const check_subject *told = same ? same : namesake;
    if (!told)
        return OK;
    return add_same(r, told, ground_of(told, address, unit), strcmp(key, told->key) != 0, f);
}

/* ---- names found in the text ---- */

static bool capital_at(slice t, size_t at)
{
    const unsigned char *p = (const unsigned char *)t.bytes + at;
    size_t left = t.size - at;
    if (p[0] < 0x80)
        return p[0] >= 'A' && p[0] <= 'Z';
    if (left < 2)
        return false;
    if (p[0] == 0xC3)
        return p[1] <= 0x9E;
    if (p[0] >= 0xC4 && p[0] <= 0xC6) /* Ă Đ Ĩ Ũ Ơ are even, Ư is odd */
        return !(p[1] & 1) || (p[0] == 0xC6 && p[1] == 0xAF);
    return p[0] == 0xE1 && left > 2 && !(p[2] & 1);
}

typedef struct {
    rules_run *r;
    const check_entry *e;
    const check_subjects *all;
    const char *own; /* fold of the entry's own subject */
    size_t found;
} naming;

static status add_mention(naming *n, const check_subject *other, text_span where, fault *f)
{
    rules_run *r = n->r;
    for (size_t i = 0; i < r->out->count; i++) /* said already */
        if (r->out->items[i].other == other->entry_id)
            return OK;
    text_span *span = ARENA_NEW(r->mem, text_span);
    if (!span)
        return fault_memory(f);
    *span = where;
    n->found++;
    check_finding base = {.rule = "subject.mentioned",
                          .source = "",
                          .level = SEVERITY_NOTE,
                          .spans = span,
                          .span_count = 1,
                          .other = other->entry_id};
    return rules_add(
        r, base, other->receipt,
        arena_format(r->mem, "bài nhắc tên nhân vật của bài %s “%s”", other->receipt, other->title),
        arena_format(r->mem, "names the subject of entry %s “%s”", other->receipt, other->title),
        f);
}

/* The longest known name that begins at a word; names of three words or more. */
static status look_up(naming *n, const word_list *l, size_t at, size_t base, fault *f)
{
    enum { SHORTEST = 3, LONGEST = 6 };
    size_t most = l->count - at < LONGEST ? l->count - at : LONGEST;
    for (size_t size = most; size >= SHORTEST; size--) {
        const char *fold = "";
        for (size_t i = 0; i < size && fold; i++)
            fold = arena_format(n->r->mem, "%s%s%s", fold, i ? " " : "", l->items[at + i].fold);
        if (!fold)
            return fault_memory(f);
        size_t k = first_of(n->all, fold);
        if (k == n->all->count || strcmp(n->all->items[k].fold, fold) != 0 ||
            strcmp(fold, n->own) == 0)
            continue;
        text_span where = {base + l->items[at].start, base + l->items[at + size - 1].end};
        for (; k < n->all->count && strcmp(n->all->items[k].fold, fold) == 0; k++)
            if (earlier(n->r, &n->all->items[k], n->e) && n->found < MENTIONS_MOST)
                TRY(add_mention(n, &n->all->items[k], where, f));
        return OK;
    }
    return OK;
}

/* The words with capitals and one blank between them, from `from` to `to`. */
static status look_through(naming *n, word_memo *memo, size_t from, size_t to, size_t words,
                           fault *f)
{
    word_list l;
    if (words < 3)
        return OK;
    TRY(words_read(n->r->mem, memo, (slice){n->e->text.bytes + from, to - from}, &l, f));
    for (size_t k = 0; k + 2 < l.count; k++)
        if (has_pair(n->all, &l.items[k], &l.items[k + 1]))
            TRY(look_up(n, &l, k, from, f));
    return OK;
}

static status check_mentions(rules_run *r, const check_entry *e, const check_subjects *all,
                             word_memo *memo, fault *f)
{
    char *key = name_key(r->mem, e->subject);
    naming n = {.r = r, .e = e, .all = all, .own = key ? text_fold_string(r->mem, key) : NULL};
    size_t start = 0, end = 0, from = 0, last = 0, words = 0;
    if (!n.own)
        return fault_memory(f);
    while (word_next(e->text, &start, &end)) {
        bool capital = capital_at(e->text, start);
        bool goes_on = words && start == last + 1 && e->text.bytes[last] == ' ';
        if (words && !(capital && goes_on)) {
            TRY(look_through(&n, memo, from, last, words, f));
            words = 0;
        }
        if (capital && !words)
            from = start;
        words += capital;
        last = end;
    }
    return look_through(&n, memo, from, last, words, f);
}

status rules_check_subject(rules_run *r, const check_entry *e, const check_subjects *all,
                           word_memo *memo, fault *f)
{
    if (!all->count)
        return OK;
    TRY(check_same(r, e, all, f));
    return check_mentions(r, e, all, memo, f);
}
