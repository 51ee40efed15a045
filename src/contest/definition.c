/* A contest's definition: which keys it has and where their values go. */
#include "definition.h"

#include "rules.h"
#include "yaml.h"

#include <string.h>

enum { DEFINITION_MAX = 1024 * 1024, COUNT_MOST = 1000000000 };

#define AT(type, name) .key = #name, .offset = offsetof(type, name)
#define SHAPE(list, type)                                                                          \
    {                                                                                              \
        (list), sizeof(list) / sizeof *(list), sizeof(type)                                        \
    }
#define LIST(type, name, counter, of)                                                              \
    AT(type, name), .kind = FIELD_LIST, .shape = &(of), .count = offsetof(type, counter)

static const char *const roles[] = {"organizer", "judge", "secretary", "relative", NULL};

static const field track_fields[] = {
    {AT(contest_track, key), .kind = FIELD_KEY, .need = NEEDED},
    {AT(contest_track, name), .kind = FIELD_TEXT, .need = NEEDED},
};
static const shape track_shape = SHAPE(track_fields, contest_track);

static const field criterion_fields[] = {
    {AT(contest_criterion, key), .kind = FIELD_KEY, .need = NEEDED},
    {AT(contest_criterion, name), .kind = FIELD_TEXT, .need = NEEDED},
    {AT(contest_criterion, description), .kind = FIELD_TEXT},
    {AT(contest_criterion, track), .kind = FIELD_KEY},
    {AT(contest_criterion, weight), .kind = FIELD_POINTS, .least = 1}, /* 0: left out */
    {AT(contest_criterion, least), .kind = FIELD_POINTS},
    {AT(contest_criterion, most), .kind = FIELD_POINTS, .need = NEEDED},
    {AT(contest_criterion, step), .kind = FIELD_POINTS, .need = NEEDED},
};
static const shape criterion_shape = SHAPE(criterion_fields, contest_criterion);

static const char *const methods[] = {"mean", "ls", "eb", "auto", "trimmed", "z", NULL};
static const char *const finals[] = {"mean_of_all", "median_of_three", "third_is_final", NULL};

static const field third_fields[] = {
    {AT(contest_third, gap), .kind = FIELD_POINTS},
    {AT(contest_third, final), .kind = FIELD_WORD, .words = finals, .need = NEEDED},
};
static const shape third_shape = SHAPE(third_fields, contest_third);

static const field tie_fields[] = {
    {AT(contest_tie, by), .kind = FIELD_KEY, .need = NEEDED},
};
static const shape tie_shape = SHAPE(tie_fields, contest_tie);

static const field round_fields[] = {
    {AT(contest_round, key), .kind = FIELD_KEY, .need = NEEDED},
    {AT(contest_round, name), .kind = FIELD_TEXT, .need = NEEDED},
    {AT(contest_round, per_entry), .kind = FIELD_INT, .need = NEEDED, .least = 1, .most = 9},
    {AT(contest_round, advance), .kind = FIELD_INT, .most = 100000},
    {.key = "provenance",
     .offset = offsetof(contest_round, from),
     .kind = FIELD_PROVENANCE,
     .need = NEEDED},
    {AT(contest_round, source), .kind = FIELD_TEXT, .need = NEEDED},
    {AT(contest_round, method), .kind = FIELD_WORD, .words = methods},
    {AT(contest_round, third), .kind = FIELD_PART, .shape = &third_shape},
    {LIST(contest_round, ties, tie_count, tie_shape)},
    {LIST(contest_round, criteria, criterion_count, criterion_shape), .need = NEEDED},
};
static const shape round_shape = SHAPE(round_fields, contest_round);

static const field prize_fields[] = {
    {AT(contest_prize, key), .kind = FIELD_KEY, .need = NEEDED},
    {AT(contest_prize, name), .kind = FIELD_TEXT, .need = NEEDED},
    {AT(contest_prize, track), .kind = FIELD_KEY},
    {AT(contest_prize, quota), .kind = FIELD_COUNT_FIGURE, .most = 10000, .need = NEEDED},
    {.key = "least", .offset = offsetof(contest_prize, minimum), .kind = FIELD_POINTS_FIGURE},
};
static const shape prize_shape = SHAPE(prize_fields, contest_prize);

static const field barred_fields[] = {
    {AT(contest_barred, name), .kind = FIELD_TEXT, .need = NEEDED},
    {AT(contest_barred, role), .kind = FIELD_WORD, .words = roles, .need = NEEDED},
    {AT(contest_barred, birth_year), .kind = FIELD_INT, .least = 1900, .most = 2100},
    {AT(contest_barred, phone), .kind = FIELD_TEXT},
    {AT(contest_barred, unit), .kind = FIELD_TEXT},
};
static const shape barred_shape = SHAPE(barred_fields, contest_barred);

static const char *const uses[] = {"banned", "required", "format", NULL};
static const char *const counted[] = {"words", "syllables", NULL};
static const char *const media[] = {"typed", "handwritten", "audio", "video", NULL};

static const field pattern_fields[] = {
    {AT(contest_pattern, key), .kind = FIELD_KEY, .need = NEEDED},
    {AT(contest_pattern, name), .kind = FIELD_TEXT, .need = NEEDED},
    {AT(contest_pattern, use), .kind = FIELD_WORD, .words = uses, .need = NEEDED},
    {AT(contest_pattern, in), .kind = FIELD_TEXT, .need = NEEDED},
    {AT(contest_pattern, pattern), .kind = FIELD_TEXT, .need = NEEDED},
    {.key = "provenance",
     .offset = offsetof(contest_pattern, basis.from),
     .kind = FIELD_PROVENANCE,
     .need = NEEDED},
    {.key = "source",
     .offset = offsetof(contest_pattern, basis.source),
     .kind = FIELD_TEXT,
     .need = NEEDED},
};
static const shape pattern_shape = SHAPE(pattern_fields, contest_pattern);

static const field rules_fields[] = {
    {AT(contest_rules, words_least), .kind = FIELD_COUNT_FIGURE, .most = COUNT_MOST},
    {AT(contest_rules, words_most), .kind = FIELD_COUNT_FIGURE, .most = COUNT_MOST},
    {AT(contest_rules, length_counts), .kind = FIELD_WORD, .words = counted},
    {AT(contest_rules, pages_least), .kind = FIELD_COUNT_FIGURE, .most = COUNT_MOST},
    {AT(contest_rules, pages_most), .kind = FIELD_COUNT_FIGURE, .most = COUNT_MOST},
    {AT(contest_rules, seconds_least), .kind = FIELD_SECONDS_FIGURE},
    {AT(contest_rules, seconds_most), .kind = FIELD_SECONDS_FIGURE},
    {AT(contest_rules, opens), .kind = FIELD_DAY_FIGURE},
    {AT(contest_rules, closes), .kind = FIELD_DAY_FIGURE},
    {AT(contest_rules, press_from), .kind = FIELD_DAY_FIGURE},
    {AT(contest_rules, press_until), .kind = FIELD_DAY_FIGURE},
    {AT(contest_rules, authors_most), .kind = FIELD_COUNT_FIGURE, .least = 1, .most = 1000},
    {AT(contest_rules, entries_most), .kind = FIELD_COUNT_FIGURE, .least = 1, .most = 1000},
    {AT(contest_rules, required), .kind = FIELD_WORDS_FIGURE},
    {AT(contest_rules, publishers), .kind = FIELD_WORDS_FIGURE},
    {AT(contest_rules, media), .kind = FIELD_WORDS_FIGURE, .words = media},
    {AT(contest_rules, subject_within), .kind = FIELD_WORDS_FIGURE},
    {AT(contest_rules, typeset), .kind = FIELD_WORDS_FIGURE},
    {LIST(contest_rules, patterns, pattern_count, pattern_shape)},
};
static const shape rules_shape = SHAPE(rules_fields, contest_rules);

static const field overlay_fields[] = {
    {AT(contest_overlay, track), .kind = FIELD_KEY},
    {AT(contest_overlay, unit), .kind = FIELD_TEXT},
    {AT(contest_overlay, rules), .kind = FIELD_PART, .shape = &rules_shape, .need = NEEDED},
};
static const shape overlay_shape = SHAPE(overlay_fields, contest_overlay);

static const field signatory_fields[] = {
    {.key = "title",
     .offset = offsetof(contest, signatory_title),
     .kind = FIELD_TEXT,
     .need = NEEDED},
    {.key = "name", .offset = offsetof(contest, signatory_name), .kind = FIELD_TEXT},
};
static const shape signatory_shape = SHAPE(signatory_fields, contest);

/* Published figures stand in the file as a mapping with these keys. */
typedef struct {
    figure entries, essays, press_works, base_entries, agencies, prizes, collectives;
} published;

static const field published_fields[] = {
    {AT(published, entries), .kind = FIELD_COUNT_FIGURE, .most = COUNT_MOST},
    {AT(published, essays), .kind = FIELD_COUNT_FIGURE, .most = COUNT_MOST},
    {AT(published, press_works), .kind = FIELD_COUNT_FIGURE, .most = COUNT_MOST},
    {AT(published, base_entries), .kind = FIELD_COUNT_FIGURE, .most = COUNT_MOST},
    {AT(published, agencies), .kind = FIELD_COUNT_FIGURE, .most = COUNT_MOST},
    {AT(published, prizes), .kind = FIELD_COUNT_FIGURE, .most = COUNT_MOST},
    {AT(published, collectives), .kind = FIELD_COUNT_FIGURE, .most = COUNT_MOST},
};
static const shape published_shape = SHAPE(published_fields, published);

typedef struct {
    contest contest;
    published published;
} definition;

static const field definition_fields[] = {
    {AT(contest, year), .kind = FIELD_INT, .need = NEEDED, .least = 2000, .most = 2100},
    {AT(contest, name), .kind = FIELD_TEXT, .need = NEEDED},
    {AT(contest, organizer), .kind = FIELD_TEXT, .need = NEEDED},
    {AT(contest, place), .kind = FIELD_TEXT, .need = NEEDED},
    {.key = "signatory", .kind = FIELD_PART, .shape = &signatory_shape, .need = NEEDED},
    {LIST(contest, tracks, track_count, track_shape), .need = NEEDED},
    {AT(contest, rules), .kind = FIELD_PART, .shape = &rules_shape, .need = NEEDED},
    {LIST(contest, overlays, overlay_count, overlay_shape)},
    {LIST(contest, rounds, round_count, round_shape), .need = NEEDED},
    {LIST(contest, prizes, prize_count, prize_shape), .need = NEEDED},
    {AT(definition, published), .kind = FIELD_PART, .shape = &published_shape},
    {LIST(contest, barred, barred_count, barred_shape)},
};
static const shape definition_shape = SHAPE(definition_fields, definition);

/* ---- overlays ---- */

bool contest_overlay_binds(const contest_overlay *o, const rules_place *at)
{
    if (o->track && strcmp(o->track, at->track) != 0)
        return false;
    return !*o->unit || (*o->unit_code && (strcmp(o->unit_code, at->unit) == 0 ||
                                           strcmp(o->unit_code, at->around) == 0));
}

/* Takes over every figure that the overlay states; lists are figures with more behind them. */
static void lay_over(contest_rules *r, const contest_rules *over)
{
    for (size_t i = 0; i < rules_shape.count; i++) {
        const field *d = &rules_fields[i];
        const char *from = (const char *)over + d->offset;
        if (d->kind == FIELD_LIST || d->kind == FIELD_WORD ||
            !((const figure *)(const void *)from)->stated)
            continue;
        memcpy((char *)r + d->offset, from,
               d->kind == FIELD_WORDS_FIGURE ? sizeof(figure_list) : sizeof(figure));
    }
    if (over->length_counts)
        r->length_counts = over->length_counts;
}

contest_rules contest_rules_at(const contest *c, const rules_place *at)
{
    contest_rules r = c->rules;
    for (size_t i = 0; i < c->overlay_count; i++)
        if (contest_overlay_binds(&c->overlays[i], at))
            lay_over(&r, &c->overlays[i].rules);
    return r;
}

/* ---- tracks and criteria ---- */

const char *contest_track_name(const contest *c, const char *key)
{
    for (size_t i = 0; i < c->track_count; i++)
        if (strcmp(c->tracks[i].key, key) == 0)
            return c->tracks[i].name;
    return key;
}

int64_t criterion_weight(const contest_criterion *k)
{
    return k->weight ? k->weight : 100;
}

bool criterion_applies(const contest_criterion *k, const char *track)
{
    return !k->track || strcmp(k->track, track) == 0;
}

int64_t criterion_weigh(const contest_criterion *k, int64_t points)
{
    return points * criterion_weight(k) / 100;
}

/* ---- from the file's form to the public one ---- */

static status finish_prizes(arena *mem, contest *c, fault *f)
{
    contest_prize *prizes = ARENA_ARRAY(mem, contest_prize, c->prize_count + 1);
    if (!prizes)
        return fault_memory(f);
    for (size_t i = 0; i < c->prize_count; i++) {
        prizes[i] = c->prizes[i];
        prizes[i].least = prizes[i].minimum.number;
    }
    c->prizes = prizes;
    return OK;
}

static status finish_published(arena *mem, definition *d, fault *f)
{
    contest_published *list = ARENA_ARRAY(mem, contest_published, published_shape.count);
    if (!list)
        return fault_memory(f);
    for (size_t i = 0; i < published_shape.count; i++) {
        const char *base = (const char *)&d->published + published_fields[i].offset;
        list[i].key = published_fields[i].key;
        memcpy(&list[i].value, base, sizeof list[i].value);
    }
    d->contest.published = list;
    d->contest.published_count = published_shape.count;
    return OK;
}

static status keep_text(arena *mem, const yaml *y, slice text, slice *kept, fault *f)
{
    slice barred = yaml_section(y, text, "barred");
    char *copy = arena_alloc(mem, text.size + 1);
    if (!copy)
        return fault_memory(f);
    size_t before = barred.size ? (size_t)(barred.bytes - text.bytes) : text.size;
    memcpy(copy, text.bytes, before);
    memcpy(copy + before, text.bytes + before + barred.size, text.size - before - barred.size);
    *kept = (slice){copy, text.size - barred.size};
    return OK;
}

status definition_parse(arena *mem, const char *file, slice text, contest **out, slice *kept,
                        fault *f)
{
    if (text.size > DEFINITION_MAX)
        return FAIL(f, E_LIMIT, "%s: định nghĩa cuộc thi dài quá 1 MB",
                    "%s: a contest definition is longer than 1 MB", file);
    definition *d = ARENA_NEW(mem, definition);
    if (!d)
        return fault_memory(f);
    yaml y;
    yaml_open(&y, mem, file, text);
    if (!y.problems)
        yaml_read(&y, &definition_shape, d);
    if (!y.problems && !y.memory)
        definition_check(&y, &d->contest);
    status st = yaml_verdict(&y, f);
    if (st == OK)
        st = keep_text(mem, &y, text, kept, f);
    yaml_close(&y);
    TRY(st);
    TRY(finish_prizes(mem, &d->contest, f));
    TRY(finish_published(mem, d, f));
    for (size_t i = 0; i < d->contest.overlay_count; i++)
        d->contest.overlays[i].unit_code = "";
    *out = &d->contest;
    return OK;
}

status contest_parse(arena *mem, const char *file, slice text, contest **out, fault *f)
{
    slice kept;
    return definition_parse(mem, file, text, out, &kept, f);
}
