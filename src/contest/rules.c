/* The rules that bind one key of a definition to another. */
#include "rules.h"

#include "chamthi/nearest.h"
#include "chamthi/pattern.h"

#include <string.h>

static const char *const manifest_keys[] = {"file",
                                            "title",
                                            "track",
                                            "author",
                                            "birth_year",
                                            "address",
                                            "phone",
                                            "email",
                                            "unit",
                                            "sent_by",
                                            "subject",
                                            "subject_kind",
                                            "subject_address",
                                            "subject_unit",
                                            "subject_group",
                                            "received",
                                            "published",
                                            "publisher",
                                            "url",
                                            "words",
                                            "duration",
                                            NULL};

static place at_item(const yaml *y, const char *key, size_t i, const char *inner, int inner_index)
{
    return yaml_place(y, (yaml_path){key, (int)i, inner, inner_index});
}

/* The first item before `i` with the same key; `stride` bytes apart, the key first in each. */
static bool repeated(const void *items, size_t stride, size_t i)
{
    const char *base = items, *own, *other;
    memcpy(&own, base + i * stride, sizeof own);
    for (size_t k = 0; k < i; k++) {
        memcpy(&other, base + k * stride, sizeof other);
        if (strcmp(own, other) == 0)
            return true;
    }
    return false;
}

static void problem_repeated(yaml *y, place at, const char *key)
{
    PROBLEM(y, at, "khóa %s đã dùng ở một mục phía trên; mỗi mục cần một khóa riêng",
            "the key %s is used by an item above; each item needs its own", key);
}

static void check_tracks(yaml *y, const contest *c)
{
    if (!c->track_count)
        PROBLEM(y, yaml_place(y, (yaml_path){"tracks", NO_INDEX, NULL, NO_INDEX}),
                "cần ít nhất một thể loại", "at least one track is needed");
    for (size_t i = 0; i < c->track_count; i++)
        if (repeated(c->tracks, sizeof *c->tracks, i))
            problem_repeated(y, at_item(y, "tracks", i, "key", NO_INDEX), c->tracks[i].key);
}

static bool later(date a, date b)
{
    return date_to_time(a) > date_to_time(b);
}

/* Where a key of a set of rules stands: under `rules`, or in an overlay. */
typedef struct {
    yaml *y;
    int overlay; /* NO_INDEX: the year's own */
} rules_of;

static place rules_place_of(const rules_of *o, const char *key)
{
    if (o->overlay == NO_INDEX)
        return yaml_place(o->y, (yaml_path){"rules", NO_INDEX, key, NO_INDEX});
    return yaml_place(o->y, (yaml_path){"overlays", o->overlay, "rules", NO_INDEX});
}

static void check_order(const rules_of *o, const char *first, const char *last)
{
    PROBLEM(o->y, rules_place_of(o, last), "%s không được nhỏ hơn (sớm hơn) %s",
            "%s must not be less (earlier) than %s", last, first);
}

/* Each word of "address|unit" is a column of the manifest. */
static void check_required(const rules_of *o, const char *item, size_t i)
{
    yaml *y = o->y;
    place at = rules_place_of(o, "required");
    for (const char *p = item; *p;) {
        size_t size = strcspn(p, "|");
        char word[40] = {0};
        memcpy(word, p, size < sizeof word ? size : sizeof word - 1);
        bool known = false;
        for (const char *const *k = manifest_keys; *k && !known; k++)
            known = strcmp(*k, word) == 0;
        const char *near = nearest_word(word, manifest_keys);
        if (!known)
            PROBLEM(y, at, "required, mục %zu: bảng kê không có cột “%s”%s%s%s",
                    "required, item %zu: a manifest has no column “%s”%s%s%s", i + 1, word,
                    near ? " → " : "", near ? near : "", near ? "?" : "");
        p += size + (p[size] == '|');
    }
}

/* The pattern must be one, and look into something an entry has. */
static void check_pattern(const rules_of *o, const contest_rules *r, size_t i)
{
    const contest_pattern *p = &r->patterns[i];
    place at = rules_place_of(o, "patterns");
    pattern *compiled;
    fault why = {0};
    if (pattern_compile(&compiled, p->pattern, &why) != OK) {
        fault_prefix(&why, "mẫu %s", "pattern %s", p->key);
        yaml_keep_problem(o->y, at, &why);
    }
    pattern_free(compiled);
    bool known = strcmp(p->in, "text") == 0;
    for (const char *const *k = manifest_keys; *k && !known; k++)
        known = strcmp(*k, p->in) == 0;
    if (!known)
        PROBLEM(o->y, at, "mẫu %s: in phải là text hoặc một cột của bảng kê, không phải “%s”",
                "pattern %s: in must be text or a column of the manifest, not “%s”", p->key, p->in);
    if (p->basis.from == PROVENANCE_UNKNOWN)
        PROBLEM(o->y, at, "mẫu %s: provenance phải là found hoặc inferred",
                "pattern %s: provenance must be found or inferred", p->key);
    if (repeated(r->patterns, sizeof *r->patterns, i))
        problem_repeated(o->y, at, p->key);
}

static void check_pair(const rules_of *o, const figure *least, const figure *most,
                       const char *first, const char *last)
{
    if (least->from && most->from && least->number > most->number)
        check_order(o, first, last);
}

static void check_days(const rules_of *o, const figure *from, const figure *until,
                       const char *first, const char *last)
{
    if (from->from && until->from && later(from->day, until->day))
        check_order(o, first, last);
}

static void check_rules(const rules_of *o, const contest_rules *r)
{
    check_pair(o, &r->words_least, &r->words_most, "words_least", "words_most");
    check_pair(o, &r->pages_least, &r->pages_most, "pages_least", "pages_most");
    check_pair(o, &r->seconds_least, &r->seconds_most, "seconds_least", "seconds_most");
    check_days(o, &r->opens, &r->closes, "opens", "closes");
    check_days(o, &r->press_from, &r->closes, "press_from", "closes");
    check_days(o, &r->press_from, &r->press_until, "press_from", "press_until");
    for (size_t i = 0; i < r->required.count; i++)
        check_required(o, r->required.items[i], i);
    for (size_t i = 0; i < r->pattern_count; i++)
        check_pattern(o, r, i);
}

/* `key` NULL: every track. */
static bool has_track(const contest *c, const char *key)
{
    bool known = !key;
    for (size_t k = 0; k < c->track_count && !known; k++)
        known = strcmp(c->tracks[k].key, key) == 0;
    return known;
}

static void problem_no_track(yaml *y, place at, const char *key)
{
    PROBLEM(y, at, "không có thể loại “%s” trong tracks", "there is no track “%s” in tracks", key);
}

static void check_overlays(yaml *y, const contest *c)
{
    for (size_t i = 0; i < c->overlay_count; i++) {
        const contest_overlay *o = &c->overlays[i];
        rules_of of = {y, (int)i};
        check_rules(&of, &o->rules);
        if (!o->track && !*o->unit)
            PROBLEM(y, at_item(y, "overlays", i, NULL, NO_INDEX),
                    "cần ghi track hoặc unit: quy định riêng này dành cho thể loại, đơn vị nào",
                    "track or unit must say whom these rules are for");
        if (!has_track(c, o->track))
            problem_no_track(y, at_item(y, "overlays", i, "track", NO_INDEX), o->track);
    }
}

/* Every mark has to count a whole number of hundredths. */
static void check_weight(yaml *y, place at, const contest_criterion *c)
{
    if (c->weight > 10000)
        PROBLEM(y, at, "tiêu chí %s: hệ số weight không quá 100",
                "criterion %s: weight is at most 100", c->key);
    else if (c->least * c->weight % 100 || c->step * c->weight % 100)
        PROBLEM(y, at,
                "tiêu chí %s: bước điểm nhân hệ số weight không được quá hai chữ số sau dấu phẩy",
                "criterion %s: step times weight must be a whole number of hundredths", c->key);
}

static void check_criteria(yaml *y, const contest *all, const contest_round *r, size_t i)
{
    if (!r->criterion_count)
        PROBLEM(y, at_item(y, "rounds", i, "criteria", NO_INDEX), "cần ít nhất một tiêu chí",
                "at least one criterion is needed");
    for (size_t k = 0; k < r->criterion_count; k++) {
        const contest_criterion *c = &r->criteria[k];
        place at = at_item(y, "rounds", i, "criteria", (int)k);
        if (repeated(r->criteria, sizeof *r->criteria, k))
            problem_repeated(y, at, c->key);
        if (c->least >= c->most)
            PROBLEM(y, at, "tiêu chí %s: most phải lớn hơn least",
                    "criterion %s: most must be greater than least", c->key);
        else if (c->step <= 0 || (c->most - c->least) % c->step != 0)
            PROBLEM(y, at, "tiêu chí %s: từ least đến most phải là một số chẵn bước step",
                    "criterion %s: from least to most must be a whole number of steps", c->key);
        check_weight(y, at, c);
        if (!has_track(all, c->track))
            problem_no_track(y, at, c->track);
    }
    for (size_t t = 0; t < all->track_count; t++) {
        size_t count = 0;
        for (size_t k = 0; k < r->criterion_count; k++)
            count += criterion_applies(&r->criteria[k], all->tracks[t].key);
        if (r->criterion_count && !count)
            PROBLEM(y, at_item(y, "rounds", i, "criteria", NO_INDEX),
                    "thể loại %s không có tiêu chí nào", "the track %s has no criterion",
                    all->tracks[t].key);
    }
}

/* Each step of the tie order is a criterion of the round or one of the words, and stands there once. */
static void check_ties(yaml *y, const contest_round *r, size_t i)
{
    static const char *const words[] = {"top_marks", "unrounded", "vote", "lot", NULL};
    for (size_t k = 0; k < r->tie_count; k++) {
        const char *by = r->ties[k].by;
        bool known = false;
        for (const char *const *w = words; *w && !known; w++)
            known = strcmp(*w, by) == 0;
        for (size_t n = 0; n < r->criterion_count && !known; n++)
            known = strcmp(r->criteria[n].key, by) == 0;
        place at = at_item(y, "rounds", i, "ties", (int)k);
        if (!known)
            PROBLEM(y, at,
                    "ties: “%s” không phải tiêu chí của vòng này, cũng không phải top_marks, "
                    "unrounded, vote, lot",
                    "ties: “%s” is no criterion of this round, nor top_marks, unrounded, vote, lot",
                    by);
        for (size_t n = 0; n < k; n++)
            if (strcmp(r->ties[n].by, by) == 0)
                problem_repeated(y, at, by);
    }
}

static void check_rounds(yaml *y, const contest *c)
{
    if (!c->round_count)
        PROBLEM(y, yaml_place(y, (yaml_path){"rounds", NO_INDEX, NULL, NO_INDEX}),
                "cần ít nhất một vòng chấm", "at least one round is needed");
    for (size_t i = 0; i < c->round_count; i++) {
        const contest_round *r = &c->rounds[i];
        bool last = i + 1 == c->round_count;
        if (repeated(c->rounds, sizeof *c->rounds, i))
            problem_repeated(y, at_item(y, "rounds", i, "key", NO_INDEX), r->key);
        if (r->from == PROVENANCE_UNKNOWN)
            PROBLEM(y, at_item(y, "rounds", i, "provenance", NO_INDEX),
                    "vòng %s: muốn chấm thì phải có số liệu; chưa có văn bản thì ghi inferred",
                    "round %s: judging needs figures; write inferred where no document says",
                    r->key);
        if (last && r->advance)
            PROBLEM(y, at_item(y, "rounds", i, "advance", NO_INDEX),
                    "vòng cuối %s không chọn bài đi tiếp: hãy bỏ advance",
                    "nothing goes on from the last round %s: leave advance out", r->key);
        if (!last && !r->advance)
            PROBLEM(y, at_item(y, "rounds", i, "advance", NO_INDEX),
                    "vòng %s: thiếu advance (mỗi thể loại bao nhiêu bài vào vòng sau)",
                    "round %s: advance is missing (entries of each track that go on)", r->key);
        check_criteria(y, c, r, i);
        check_ties(y, r, i);
    }
}

static bool same_track(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

static void check_prize_track(yaml *y, const contest *c, size_t i)
{
    enum { SHOWN = 50 };
    const char *keys[SHOWN + 1] = {NULL}, *track = c->prizes[i].track;
    bool known = !track;
    for (size_t k = 0; k < c->track_count; k++) {
        known |= track && strcmp(c->tracks[k].key, track) == 0;
        if (k < SHOWN)
            keys[k] = c->tracks[k].key;
    }
    if (known)
        return;
    const char *near = nearest_word(track, keys);
    place at = at_item(y, "prizes", i, "track", NO_INDEX);
    if (near)
        PROBLEM(y, at, "giải %s: không có thể loại “%s”; có phải “%s”?",
                "prize %s: there is no track “%s”; did you mean “%s”?", c->prizes[i].key, track,
                near);
    else
        PROBLEM(y, at, "giải %s: không có thể loại “%s” trong tracks",
                "prize %s: there is no track “%s” in tracks", c->prizes[i].key, track);
}

static void check_prizes(yaml *y, const contest *c)
{
    for (size_t i = 0; i < c->prize_count; i++) {
        const contest_prize *p = &c->prizes[i];
        check_prize_track(y, c, i);
        for (size_t k = 0; k < i; k++)
            if (strcmp(c->prizes[k].key, p->key) == 0 && same_track(c->prizes[k].track, p->track))
                problem_repeated(y, at_item(y, "prizes", i, "key", NO_INDEX), p->key);
    }
}

static void check_barred(yaml *y, const contest *c)
{
    for (size_t i = 0; i < c->barred_count; i++)
        if (c->barred[i].birth_year > c->year)
            PROBLEM(y, at_item(y, "barred", i, "birth_year", NO_INDEX),
                    "năm sinh %lld sau năm của cuộc thi",
                    "the birth year %lld is after the contest's year",
                    (long long)c->barred[i].birth_year);
}

void definition_check(yaml *y, const contest *c)
{
    check_tracks(y, c);
    check_rules(&(rules_of){y, NO_INDEX}, &c->rules);
    check_overlays(y, c);
    check_rounds(y, c);
    check_prizes(y, c);
    check_barred(y, c);
}
