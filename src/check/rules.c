/* Length, required fields, dates and press works: the contest's figures against one entry. */
#include "rules.h"

#include "chamthi/text.h"

#include <stdlib.h>
#include <string.h>

void *rules_grow(arena *mem, void *items, size_t count, size_t *capacity, size_t size)
{
    if (count < *capacity)
        return items;
    size_t wanted = *capacity ? *capacity * 2 : 16;
    void *more = arena_array(mem, wanted, size);
    if (more && count)
        memcpy(more, items, count * size);
    *capacity = more ? wanted : *capacity;
    return more;
}

status rules_add(arena *mem, check_findings *out, check_finding base, const char *facts,
                 const char *vi, const char *en, fault *f)
{
    if (!facts || !vi || !en)
        return fault_memory(f);
    out->items = rules_grow(mem, out->items, out->count, &out->capacity, sizeof *out->items);
    if (!out->items)
        return fault_memory(f);
    hash_state h;
    unsigned char level = (unsigned char)base.level;
    hash_start(&h, NULL, 0);
    hash_piece(&h, base.rule, strlen(base.rule));
    hash_piece(&h, &level, 1);
    hash_piece(&h, facts, strlen(facts));
    hash_end(&h, base.evidence_hash);
    base.vi = vi;
    base.en = en;
    out->items[out->count++] = base;
    return OK;
}

/* An unknown figure makes no rule. */
static bool applies(const figure *g)
{
    return g->from != PROVENANCE_UNKNOWN;
}

static const char *source_of(const figure *g)
{
    return g->source ? g->source : "";
}

static check_finding finding_of(const char *rule, const figure *g)
{
    return (check_finding){.rule = rule,
                           .source = source_of(g),
                           .level = g->from == PROVENANCE_FOUND ? SEVERITY_REJECT : SEVERITY_WARN};
}

/* The source without its address on the web: the finding keeps it whole. */
static const char *short_source(arena *mem, const figure *g)
{
    const char *source = source_of(g), *address = strstr(source, "http");
    size_t size = address ? (size_t)(address - source) : strlen(source);
    while (size && strchr(" ,;:(", source[size - 1]))
        size--;
    return size ? arena_copy(mem, source, size) : source;
}

/* What the figure rests on, put behind every sentence. */
static const char *basis_vi(arena *mem, const figure *g)
{
    const char *source = short_source(mem, g);
    if (!source || !*source)
        return g->from == PROVENANCE_FOUND ? "" : " (quy định suy đoán nên chỉ nhắc)";
    if (g->from == PROVENANCE_FOUND)
        return arena_format(mem, " (căn cứ: %s)", source);
    return arena_format(mem, " (quy định suy đoán nên chỉ nhắc: %s)", source);
}

static const char *basis_en(arena *mem, const figure *g)
{
    const char *source = short_source(mem, g);
    if (!source || !*source)
        return g->from == PROVENANCE_FOUND ? "" : " (inferred: only a warning)";
    if (g->from == PROVENANCE_FOUND)
        return arena_format(mem, " (by %s)", source);
    return arena_format(mem, " (inferred, so only a warning: %s)", source);
}

/* ---- length ---- */

/* The first few words beyond the limit. */
static text_span words_beyond(slice text, int64_t most)
{
    enum { SHOWN = 12 };
    int64_t words = 0;
    text_span span = {0, 0};
    size_t i = 0;
    while (i < text.size && words < most + SHOWN) {
        while (i < text.size && (text.bytes[i] == ' ' || text.bytes[i] == '\n'))
            i++;
        size_t start = i;
        while (i < text.size && text.bytes[i] != ' ' && text.bytes[i] != '\n')
            i++;
        if (i == start || !text_measure((slice){text.bytes + start, i - start}).words)
            continue;
        words++;
        if (words == most + 1)
            span.start = start;
        if (words > most)
            span.end = i;
    }
    return span;
}

typedef enum { TOO_SHORT, TOO_LONG } length_fault;

static status add_length(arena *mem, const figure *g, length_fault which, const check_entry *e,
                         check_findings *out, fault *f)
{
    bool declared = e->words_by == WORDS_DECLARED, over = which == TOO_LONG;
    long long words = e->words, limit = g->number;
    check_finding base = finding_of(over ? "length.most" : "length.least", g);
    if (over && !declared)
        base.span = words_beyond(e->text, g->number);
    const char *vi =
        arena_format(mem, "bài %s %lld từ (%s), thể lệ yêu cầu %s %lld từ%s",
                     over ? "dài" : "chỉ có", words, declared ? "số đơn vị khai" : "số máy đếm",
                     over ? "không quá" : "ít nhất", limit, basis_vi(mem, g));
    const char *en = arena_format(mem, "%lld words (%s), the rules ask for %s %lld%s", words,
                                  declared ? "as declared" : "as counted",
                                  over ? "at most" : "at least", limit, basis_en(mem, g));
    return rules_add(mem, out, base, arena_format(mem, "%lld against %lld", words, limit), vi, en,
                     f);
}

static status check_length(arena *mem, const contest_rules *r, const check_entry *e,
                           check_findings *out, fault *f)
{
    if (strcmp(e->track, "discovery") == 0) /* reports of a find have no length rule */
        return OK;
    if (e->seconds >= 0) {
        const figure *g = &r->seconds_most;
        if (!applies(g) || e->seconds <= g->number)
            return OK;
        int have = (int)e->seconds, most = (int)g->number;
        return rules_add(
            mem, out, finding_of("duration.most", g),
            arena_format(mem, "%d against %d", have, most),
            arena_format(
                mem, "tác phẩm dài %d phút %02d giây, thể lệ yêu cầu không quá %d phút %02d giây%s",
                have / 60, have % 60, most / 60, most % 60, basis_vi(mem, g)),
            arena_format(mem, "the work lasts %d:%02d, the rules ask for at most %d:%02d%s",
                         have / 60, have % 60, most / 60, most % 60, basis_en(mem, g)),
            f);
    }
    if (e->words < 0)
        return OK;
    if (applies(&r->words_least) && e->words < r->words_least.number)
        TRY(add_length(mem, &r->words_least, TOO_SHORT, e, out, f));
    if (applies(&r->words_most) && e->words > r->words_most.number)
        TRY(add_length(mem, &r->words_most, TOO_LONG, e, out, f));
    return OK;
}

/* ---- required fields ---- */

typedef struct {
    const char *key, *vi, *en;
} field;

static const field fields[] = {
    {"title", "tên bài", "title"},
    {"author", "họ tên tác giả", "author"},
    {"birth_year", "năm sinh tác giả", "birth year"},
    {"address", "địa chỉ tác giả", "author's address"},
    {"phone", "số điện thoại tác giả", "author's telephone"},
    {"email", "thư điện tử tác giả", "author's e-mail"},
    {"unit", "đơn vị công tác của tác giả", "author's unit"},
    {"sent_by", "đơn vị gửi bài", "unit that sent it"},
    {"subject", "tên nhân vật", "subject's name"},
    {"subject_kind", "nhân vật là cá nhân hay tập thể", "kind of subject"},
    {"subject_address", "địa chỉ nhân vật", "subject's address"},
    {"subject_unit", "đơn vị của nhân vật", "subject's unit"},
    {"subject_group", "nhóm đối tượng của nhân vật", "subject's group"},
    {"published", "ngày đăng", "date of publication"},
    {"publisher", "cơ quan báo chí đã đăng", "publisher"},
    {"url", "đường dẫn", "address on the web"},
};
enum { FIELD_COUNT = sizeof fields / sizeof *fields };

/* Of several authors, one who gave it is enough: an office writes one address for a group. */
static bool author_gave(const check_entry *e, const char *key)
{
    for (size_t i = 0; i < e->author_count; i++) {
        const check_author *a = &e->authors[i];
        bool given = strcmp(key, "author") == 0       ? *a->name
                     : strcmp(key, "birth_year") == 0 ? a->birth_year != 0
                     : strcmp(key, "address") == 0    ? *a->address
                     : strcmp(key, "phone") == 0      ? *a->phone
                     : strcmp(key, "email") == 0      ? *a->email
                                                      : strcmp(key, "unit") == 0 && *a->unit;
        if (given)
            return true;
    }
    return false;
}

static bool given(const check_entry *e, const char *key)
{
    const struct {
        const char *key, *value;
    } own[] = {
        {"title", e->title},
        {"sent_by", e->sent_by},
        {"subject", e->subject},
        {"subject_kind", e->subject_kind},
        {"subject_address", e->subject_address},
        {"subject_unit", e->subject_unit},
        {"subject_group", e->subject_group},
        {"published", e->published},
        {"publisher", e->publisher},
        {"url", e->url},
    };
    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        if (strcmp(own[i].key, key) == 0)
            return *own[i].value;
    return author_gave(e, key);
}

static const field *find_field(const char *key)
{
    for (size_t i = 0; i < FIELD_COUNT; i++)
        if (strcmp(fields[i].key, key) == 0)
            return &fields[i];
    return NULL;
}

/* "address|unit": one of the two is enough. */
static status check_required(arena *mem, const figure *g, const char *choice, const check_entry *e,
                             check_findings *out, fault *f)
{
    const char *vi = "", *en = "";
    for (const char *p = choice; *p;) {
        size_t size = strcspn(p, "|");
        char *key = arena_copy(mem, p, size);
        if (!key)
            return fault_memory(f);
        const field *known = find_field(key);
        if (known && given(e, key))
            return OK;
        if (known) {
            vi = arena_format(mem, "%s%s%s", vi, *vi ? " hoặc " : "", known->vi);
            en = arena_format(mem, "%s%s%s", en, *en ? " or " : "", known->en);
        }
        if (!vi || !en)
            return fault_memory(f);
        p += size + (p[size] == '|');
    }
    if (!*vi) /* nothing this program knows: the contest file's reader has refused it already */
        return OK;
    return rules_add(mem, out, finding_of("field.required", g), choice,
                     arena_format(mem, "thiếu %s%s", vi, basis_vi(mem, g)),
                     arena_format(mem, "missing: %s%s", en, basis_en(mem, g)), f);
}

/* ---- dates ---- */

static int date_order(date a, date b)
{
    int years = a.year - b.year, months = a.month - b.month;
    return years ? years : months ? months : a.day - b.day;
}

typedef struct {
    const char *rule, *vi, *vi_limit, *en, *en_limit;
} date_rule;

static status add_date(arena *mem, const date_rule *r, const figure *g, date have,
                       check_findings *out, fault *f)
{
    char is[20], limit[20];
    date_vietnamese(have, is);
    date_vietnamese(g->day, limit);
    return rules_add(
        mem, out, finding_of(r->rule, g), arena_format(mem, "%s against %s", is, limit),
        arena_format(mem, "%s %s, %s %s%s", r->vi, is, r->vi_limit, limit, basis_vi(mem, g)),
        arena_format(mem, "%s %s, %s %s%s", r->en, is, r->en_limit, limit, basis_en(mem, g)), f);
}

static status check_received(arena *mem, const contest_rules *r, const check_entry *e,
                             check_findings *out, fault *f)
{
    static const date_rule early = {"received.early", "nhận ngày", "trước ngày mở cuộc thi",
                                    "received on", "before the opening day"};
    static const date_rule late = {"received.late", "nhận ngày", "sau hạn cuối nhận bài",
                                   "received on", "after the closing day"};
    if (applies(&r->opens) && date_order(e->received, r->opens.day) < 0)
        TRY(add_date(mem, &early, &r->opens, e->received, out, f));
    if (applies(&r->closes) && date_order(e->received, r->closes.day) > 0)
        TRY(add_date(mem, &late, &r->closes, e->received, out, f));
    return OK;
}

/* A press work stands or falls with where and when it was printed. That it names its newspaper
 * follows from the track itself, so without a figure its lack is a warning. */
static status check_press(arena *mem, const contest_rules *r, const check_entry *e,
                          check_findings *out, fault *f)
{
    static const date_rule old = {"press.published", "đăng ngày", "trước ngày được tính",
                                  "published on", "before the first day that counts"};
    const figure *g = &r->press_from;
    if (strcmp(e->track, "press") != 0)
        return OK;
    if (!*e->publisher) {
        figure none = {.from = PROVENANCE_INFERRED};
        check_finding base = finding_of("press.publisher", applies(g) ? g : &none);
        TRY(rules_add(mem, out, base, "no publisher",
                      "tác phẩm báo chí chưa ghi cơ quan báo chí đã đăng, phát",
                      "a press work without the newspaper or station that carried it", f));
    }
    if (!applies(g))
        return OK;
    date published;
    if (!date_parse(e->published, &published))
        return rules_add(
            mem, out, finding_of("press.published", g), "no date",
            arena_format(mem, "tác phẩm báo chí chưa ghi ngày đăng, phát%s", basis_vi(mem, g)),
            arena_format(mem, "a press work without its date of publication%s", basis_en(mem, g)),
            f);
    if (date_order(published, g->day) < 0)
        return add_date(mem, &old, g, published, out, f);
    return OK;
}

/* ---- writing ---- */

static bool marked_letter(const unsigned char *p, size_t left)
{
    /* Latin letters beyond ASCII: U+00C0–U+01BF, U+0300–U+036F, U+1E00–U+1EFF. */
    return (p[0] >= 0xC3 && p[0] <= 0xC6) || p[0] == 0xCC || p[0] == 0xCD ||
           (p[0] == 0xE1 && left > 1 && p[1] >= 0xB8 && p[1] <= 0xBB);
}

/* Four of five words of Vietnamese carry a mark; under one of five it was typed without them. */
static status check_marks(arena *mem, const check_entry *e, check_findings *out, fault *f)
{
    enum { FEWEST_WORDS = 20, SHOWN_WORDS = 12 };
    size_t words = 0, marked = 0, i = 0;
    text_span span = {0, 0};
    const unsigned char *p = (const unsigned char *)e->text.bytes;
    while (i < e->text.size) {
        bool letter = false, mark = false;
        size_t start = i;
        for (; i < e->text.size && p[i] != ' ' && p[i] != '\n'; i++) {
            letter |= (p[i] | 0x20) >= 'a' && (p[i] | 0x20) <= 'z';
            mark |= marked_letter(p + i, e->text.size - i);
        }
        if (letter || mark) {
            words++;
            marked += mark;
            if (words == 1)
                span.start = start;
            if (words <= SHOWN_WORDS)
                span.end = i;
        }
        i++;
    }
    if (words < FEWEST_WORDS || marked * 5 >= words)
        return OK;
    check_finding base = {
        .rule = "text.unmarked", .source = "", .level = SEVERITY_NOTE, .span = span};
    return rules_add(
        mem, out, base, arena_format(mem, "%zu of %zu", marked, words),
        arena_format(mem, "chỉ %zu trong %zu từ có dấu: bài gõ không dấu, hãy xem lại", marked,
                     words),
        arena_format(mem, "only %zu of %zu words carry marks: typed without them?", marked, words),
        f);
}

status rules_check(arena *mem, const contest *c, const check_entry *e, check_findings *out,
                   fault *f)
{
    const contest_rules *r = &c->rules;
    TRY(check_length(mem, r, e, out, f));
    for (size_t i = 0; applies(&r->required_source) && i < r->required_count; i++)
        TRY(check_required(mem, &r->required_source, r->required[i], e, out, f));
    TRY(check_received(mem, r, e, out, f));
    TRY(check_press(mem, r, e, out, f));
    return check_marks(mem, e, out, f);
}
