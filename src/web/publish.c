/* What everybody may see of a contest, frozen when an organizer publishes it. */
#include "chamthi/web.h"

#include "chamthi/clock.h"
#include "chamthi/contest.h"
#include "format.h"

#include <stdio.h>

/* The list being written. */
typedef struct {
    store *db;
    arena *mem;
    int64_t year, position;
    const char *part;
    fault *f;
} rule_list;

static status put(rule_list *l, const char *vi, const char *en, const char *source)
{
    if (!vi || !en)
        return fault_memory(l->f);
    return store_run(l->db, Q_PUBLIC_RULE_ADD,
                     ARGS(v_int(l->year), v_int(++l->position), v_text(l->part), v_text(vi),
                          v_text(en), v_text(source ? source : "")),
                     NULL, l->f);
}

#define PUT(l, source, vi, en, ...)                                                                \
    put(l, arena_format((l)->mem, vi, __VA_ARGS__), arena_format((l)->mem, en, __VA_ARGS__), source)

static bool known(const figure *g)
{
    return g->from != PROVENANCE_UNKNOWN;
}

/* "từ 800 đến 1.500 từ": a range of which one end may be unknown. */
static status put_range(rule_list *l, const figure *least, const figure *most, const char *what_vi,
                        const char *what_en)
{
    char low[LANG_COUNT][SHOWN_MAX], high[LANG_COUNT][SHOWN_MAX];
    const char *source = known(most) ? most->source : least->source;
    for (int i = 0; i < LANG_COUNT; i++) {
        show_number(low[i], (language)i, least->number);
        show_number(high[i], (language)i, most->number);
    }
    if (known(least) && known(most))
        return put(l, arena_format(l->mem, "Từ %s đến %s %s", low[LANG_VI], high[LANG_VI], what_vi),
                   arena_format(l->mem, "%s to %s %s", low[LANG_EN], high[LANG_EN], what_en),
                   source);
    if (known(most))
        return put(l, arena_format(l->mem, "Nhiều nhất %s %s", high[LANG_VI], what_vi),
                   arena_format(l->mem, "At most %s %s", high[LANG_EN], what_en), source);
    if (known(least))
        return put(l, arena_format(l->mem, "Ít nhất %s %s", low[LANG_VI], what_vi),
                   arena_format(l->mem, "At least %s %s", low[LANG_EN], what_en), source);
    return OK;
}

static void show_day(char out[SHOWN_MAX], language lang, const figure *day)
{
    char iso[20];
    date_iso(day->day, iso);
    show_date(out, lang, iso);
}

/* "Nhận bài từ ngày … đến hết ngày …", or the end that is known. */
static status put_days(rule_list *l, const figure *from, const figure *until, const char *what_vi,
                       const char *what_en)
{
    char *text[LANG_COUNT];
    const char *const what[LANG_COUNT] = {what_vi, what_en};
    static const char *const since[LANG_COUNT] = {" từ ngày ", " from "}, *const to[LANG_COUNT] = {
                                                                              " đến hết ngày ",
                                                                              " until "};
    if (!known(from) && !known(until))
        return OK;
    for (int i = 0; i < LANG_COUNT; i++) {
        char first[SHOWN_MAX] = "", last[SHOWN_MAX] = "";
        if (known(from))
            show_day(first, (language)i, from);
        if (known(until))
            show_day(last, (language)i, until);
        text[i] = arena_format(l->mem, "%s%s%s%s%s", what[i], first[0] ? since[i] : "", first,
                               last[0] ? to[i] : "", last);
    }
    return put(l, text[LANG_VI], text[LANG_EN], known(until) ? until->source : from->source);
}

static status put_general(rule_list *l, const contest *c)
{
    const contest_rules *r = &c->rules;
    bool syllables = r->length_counts && r->length_counts[0] == 's';
    if (c->organizer && c->organizer[0])
        TRY(PUT(l, NULL, "Đơn vị tổ chức: %s", "Organized by: %s", c->organizer));
    TRY(put_days(l, &r->opens, &r->closes, "Nhận bài", "Entries are received"));
    TRY(put_days(l, &r->press_from, &r->press_until, "Tác phẩm báo chí đã đăng, phát",
                 "Press works published"));
    TRY(put_range(l, &r->words_least, &r->words_most, syllables ? "chữ (tiếng)" : "từ",
                  syllables ? "syllables" : "words"));
    TRY(put_range(l, &r->pages_least, &r->pages_most, "trang A4 đánh máy", "typed A4 pages"));
    TRY(put_range(l, &r->seconds_least, &r->seconds_most,
                  "giây, với tác phẩm phát thanh, truyền hình", "seconds, for broadcast works"));
    figure none = {.from = PROVENANCE_UNKNOWN};
    TRY(put_range(l, &none, &r->authors_most, "tác giả cho một bài", "authors of one entry"));
    return put_range(l, &none, &r->entries_most, "bài của một tác giả", "entries of one author");
}

/* " × 2 (Tác phẩm báo chí)", "" for a mark that counts once in every track. */
static const char *scope_text(rule_list *l, const contest *c, const contest_criterion *k,
                              language lang)
{
    char weight[SHOWN_MAX];
    bool weighed = criterion_weight(k) != 100;
    show_points(weight, lang, k->weight);
    return arena_format(l->mem, "%s%s%s%s%s", weighed ? " × " : "", weighed ? weight : "",
                        k->track ? " (" : "", k->track ? contest_track_name(c, k->track) : "",
                        k->track ? ")" : "");
}

static status put_round(rule_list *l, const contest *c, const contest_round *r)
{
    char least[LANG_COUNT][SHOWN_MAX], most[LANG_COUNT][SHOWN_MAX];
    TRY(PUT(l, r->source, "%s: mỗi bài có %lld giám khảo chấm độc lập",
            "%s: each entry is marked by %lld judges on their own", r->name,
            (long long)r->per_entry));
    for (size_t i = 0; i < r->criterion_count; i++) {
        const contest_criterion *k = &r->criteria[i];
        for (int lang = 0; lang < LANG_COUNT; lang++) {
            show_points(least[lang], (language)lang, k->least);
            show_points(most[lang], (language)lang, k->most);
        }
        TRY(put(l,
                arena_format(l->mem, "%s – %s, từ %s đến %s điểm%s", r->name, k->name,
                             least[LANG_VI], most[LANG_VI], scope_text(l, c, k, LANG_VI)),
                arena_format(l->mem, "%s – %s, %s to %s points%s", r->name, k->name, least[LANG_EN],
                             most[LANG_EN], scope_text(l, c, k, LANG_EN)),
                r->source));
    }
    return OK;
}

static status put_prize(rule_list *l, const contest *c, const contest_prize *p)
{
    const char *name = p->name;
    if (p->track)
        name = arena_format(l->mem, "%s (%s)", p->name, contest_track_name(c, p->track));
    if (!name)
        return fault_memory(l->f);
    if (known(&p->quota))
        return PUT(l, p->quota.source, "%s: %lld giải", "%s: %lld", name,
                   (long long)p->quota.number);
    return put(l, name, name, p->quota.source);
}

static status put_rules(rule_list *l, const contest *c)
{
    l->part = "general";
    TRY(put_general(l, c));
    l->part = "track";
    for (size_t i = 0; i < c->track_count; i++)
        TRY(put(l, c->tracks[i].name, c->tracks[i].name, NULL));
    l->part = "round";
    for (size_t i = 0; i < c->round_count; i++)
        TRY(put_round(l, c, &c->rounds[i]));
    l->part = "prize";
    for (size_t i = 0; i < c->prize_count; i++)
        TRY(put_prize(l, c, &c->prizes[i]));
    return OK;
}

static status note(store *db, int64_t year, const char *action, fault *f)
{
    char object[40];
    snprintf(object, sizeof object, "contest %lld", (long long)year);
    return audit_record(db, action, object, NULL, NULL, f);
}

/* Ends the transaction that `st` is the outcome of. */
static status finish(store *db, status st, fault *f)
{
    if (st != OK) {
        store_rollback(db);
        return st;
    }
    return store_commit(db, f);
}

static status replace_rules(rule_list *l, const contest *c)
{
    TRY(store_run(l->db, Q_PUBLICATION_ADD, ARGS(v_int(l->year)), NULL, l->f));
    TRY(store_run(l->db, Q_PUBLIC_RULES_CLEAR, ARGS(v_int(l->year)), NULL, l->f));
    TRY(put_rules(l, c));
    TRY(store_run(l->db, Q_PUBLICATION_RULES, ARGS(v_int(clock_now()), v_int(l->year)), NULL,
                  l->f));
    return note(l->db, l->year, "publish.rules", l->f);
}

status publish_rules(store *db, arena *mem, const char *actor, int64_t year, fault *f)
{
    contest *c;
    rule_list l = {.db = db, .mem = mem, .year = year, .f = f};
    TRY(contest_get(db, mem, year, &c, f));
    TRY(store_begin(db, actor, f));
    return finish(db, replace_rules(&l, c), f);
}

static status put_results(store *db, int64_t year, slice methods, fault *f)
{
    TRY(store_run(db, Q_PUBLICATION_ADD, ARGS(v_int(year)), NULL, f));
    TRY(store_run(db, Q_PUBLICATION_RESULTS,
                  ARGS(v_int(clock_now()),
                       methods.size ? v_bytes(methods.bytes, methods.size) : v_null(), v_int(year)),
                  NULL, f));
    return note(db, year, "publish.results", f);
}

status publish_results(store *db, const char *actor, int64_t year, slice methods, fault *f)
{
    int64_t decided;
    TRY(store_int(db, Q_PUBLIC_DECIDED, ARGS(v_int(year)), &decided, f));
    if (!decided)
        return FAIL(f, E_CONFLICT,
                    "cuộc thi %lld chưa có giải nào được quyết định; hãy chạy chamthi award decide "
                    "trước",
                    "no award of contest %lld is decided; run chamthi award decide first",
                    (long long)year);
    TRY(store_begin(db, actor, f));
    return finish(db, put_results(db, year, methods, f), f);
}

static status take_back(store *db, int64_t year, public_part part, fault *f)
{
    if (part == PUBLIC_RESULTS) {
        TRY(store_run(db, Q_PUBLICATION_RESULTS, ARGS(v_null(), v_null(), v_int(year)), NULL, f));
        return note(db, year, "publish.results.undo", f);
    }
    TRY(store_run(db, Q_PUBLICATION_RULES, ARGS(v_null(), v_int(year)), NULL, f));
    TRY(store_run(db, Q_PUBLIC_RULES_CLEAR, ARGS(v_int(year)), NULL, f));
    return note(db, year, "publish.rules.undo", f);
}

status publish_take_back(store *db, const char *actor, int64_t year, public_part part, fault *f)
{
    TRY(store_begin(db, actor, f));
    return finish(db, take_back(db, year, part, f), f);
}
