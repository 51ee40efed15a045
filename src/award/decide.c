/* What people decide about awards: decision numbers, holds, revocations. */
#include "add.h"

#include "chamthi/text.h"

#include <stdio.h>
#include <string.h>

enum { DECIDE_AT_ONCE = 512 };

typedef struct {
    int64_t year;
    bool numbered; /* its decision is known by number */
    char state[16], money[512];
} award_state;

static status read_state(store *db, int64_t id, award_state *out, fault *f)
{
    cursor c;
    TRY(store_select(db, Q_AWARD_GET, ARGS(v_int(id)), &c, f));
    bool found = cursor_next(&c);
    if (found) {
        out->year = cursor_int(&c, 0);
        out->numbered = *cursor_text(&c, 2);
        snprintf(out->state, sizeof out->state, "%s", cursor_text(&c, 1));
        snprintf(out->money, sizeof out->money, "%s", cursor_text(&c, 5));
    }
    TRY(cursor_close(&c, f));
    if (!found)
        return FAIL(f, E_MISSING, "không có giải số %lld; xem: chamthi award list",
                    "there is no award %lld; see: chamthi award list", (long long)id);
    return OK;
}

static const char *state_vi(const char *state)
{
    static const char *const words[][2] = {{"proposed", "đang đề xuất"},
                                           {"decided", "đã quyết định"},
                                           {"held", "đang tạm dừng"},
                                           {"revoked", "đã thu hồi"}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(words[i][0], state) == 0)
            return words[i][1];
    return state;
}

static status record(store *db, const char *action, int64_t id, const char *before,
                     const char *after, fault *f)
{
    char object[40];
    snprintf(object, sizeof object, "award %lld", (long long)id);
    return audit_record(db, action, object, before, after, f);
}

/* ---- the decision ---- */
const award_level award_levels[] = {{"state", "trung ương", "the state's"},
                                    {"city", "thành phố", "the city's"},
                                    {"department", "sở, ngành", "a department's"},
                                    {"district", "quận, huyện", "a district's"},
                                    {"commune", "phường, xã", "a commune's"},
                                    {"unit", "đơn vị", "a unit's"},
                                    {NULL, NULL, NULL}};

/* Words that only an authority of that level bears. */
static const struct {
    const char *level;
    const char *words[6];
} level_words[] = {
    {"state", {" thu tuong ", " chinh phu ", " chu tich nuoc ", " trung uong ", " bo "}},
    {"city", {" thanh pho ", " tinh "}},
    {"district", {" quan ", " huyen ", " thi xa "}},
    {"commune", {" phuong ", " xa ", " thi tran "}}};

static bool of_level(const char *padded, const char *level)
{
    for (size_t i = 0; i < sizeof level_words / sizeof *level_words; i++) {
        if (strcmp(level_words[i].level, level) != 0)
            continue;
        for (const char *const *word = level_words[i].words; *word; word++)
            if (strstr(padded, *word))
                return true;
        return false;
    }
    return true; /* a department or a unit may be called anything */
}

static status check_level(arena *mem, const award_decision *d, fault *f)
{
    const char *level = d->level ? d->level : "city";
    const award_level *known = award_levels;
    while (known->key && strcmp(known->key, level) != 0)
        known++;
    if (!known->key)
        return FAIL(
            f, E_INPUT,
            "không có cấp khen thưởng “%s”; dùng state, city, department, district, commune "
            "hoặc unit",
            "there is no level “%s”; use state, city, department, district, commune or unit",
            level);
    if (!d->authority || !*d->authority)
        return OK;
    char *fold = text_fold_string(mem, d->authority);
    char *padded = fold ? arena_format(mem, " %s ", fold) : NULL;
    if (!padded)
        return fault_memory(f);
    if (!of_level(padded, level))
        return FAIL(f, E_INPUT, "“%s” không phải cơ quan cấp %s%.0s; hãy sửa cơ quan hoặc cấp",
                    "“%s” is not %.0s%s authority; mend the authority or the level", d->authority,
                    known->vi, known->en);
    return OK;
}

status award_check_decision(store *db, arena *mem, const award_decision *d, fault *f)
{
    cursor c;
    char day[20];
    fault other = {0};
    if (!*d->number)
        return check_level(mem, d, f);
    TRY(check_level(mem, d, f));
    date_iso(d->day, day);
    TRY(store_select(db, Q_AWARD_SAME_DECISION,
                     ARGS(v_text(d->number), v_text(day), v_text(d->level ? d->level : "city"),
                          v_text(d->authority ? d->authority : ""),
                          v_text(d->signatory ? d->signatory : ""),
                          v_text(d->signatory_name ? d->signatory_name : "")),
                     &c, f));
    bool clash = cursor_next(&c);
    if (clash)
        FAIL(&other, E_CONFLICT,
             "quyết định %s ngày %s đã ghi với cấp hoặc người ký khác (%s %s %s); một quyết định "
             "chỉ "
             "có một người ký",
             "the decision %s of %s was entered with another level or signatory (%s %s %s); a "
             "decision has one signatory",
             d->number, day, cursor_text(&c, 1), cursor_text(&c, 2), cursor_text(&c, 3));
    TRY(cursor_close(&c, f));
    if (clash && f)
        *f = other;
    return clash ? E_CONFLICT : OK;
}

/* ---- deciding ---- */
status award_decide_one(store *db, int64_t year, int64_t id, const award_decision *d, fault *f)
{
    award_state a;
    char after[200], day[20];
    TRY(read_state(db, id, &a, f));
    if (a.year != year)
        return FAIL(f, E_INPUT, "giải số %lld thuộc cuộc thi %d, không phải %d",
                    "the award %lld belongs to %d, not to %d", (long long)id, (int)a.year,
                    (int)year);
    if (strcmp(a.state, "proposed") != 0 && (strcmp(a.state, "decided") != 0 || a.numbered))
        return FAIL(f, E_CONFLICT, "giải số %lld %s%.0s", "the award %lld is %.0s%s", (long long)id,
                    state_vi(a.state), a.state);
    date_iso(d->day, day);
    TRY(store_run(db, Q_AWARD_DECIDE,
                  ARGS(v_text(d->number), v_text(day), v_text(d->level), v_text(d->authority),
                       v_text(d->signatory), v_text(d->signatory_name), v_int(id)),
                  NULL, f));
    snprintf(after, sizeof after, "decided %s %s", d->number, day);
    return record(db, "award.decide", id, a.state, after, f);
}

/* Up to DECIDE_AT_ONCE proposals; deciding takes them out of the list, so the next call gets more. */
static status read_proposed(store *db, int64_t year, int64_t *ids, size_t *count, fault *f)
{
    cursor c;
    *count = 0;
    TRY(store_select(db, Q_AWARD_PROPOSED_IDS, ARGS(v_int(year)), &c, f));
    while (*count < DECIDE_AT_ONCE && cursor_next(&c))
        ids[(*count)++] = cursor_int(&c, 0);
    return cursor_close(&c, f);
}

static status decide_list(store *db, int64_t year, const int64_t *ids, size_t count,
                          const award_decision *d, int64_t *decided, fault *f)
{
    for (size_t i = 0; i < count; i++, ++*decided)
        TRY(award_decide_one(db, year, ids[i], d, f));
    return OK;
}

static status decide(store *db, int64_t year, const int64_t *ids, size_t count,
                     const award_decision *d, int64_t *decided, fault *f)
{
    int64_t proposed[DECIDE_AT_ONCE];
    size_t found;
    if (ids)
        return decide_list(db, year, ids, count, d, decided, f);
    do {
        TRY(read_proposed(db, year, proposed, &found, f));
        TRY(decide_list(db, year, proposed, found, d, decided, f));
    } while (found == DECIDE_AT_ONCE);
    if (!*decided)
        return FAIL(f, E_CONFLICT,
                    "cuộc thi %d không còn đề xuất nào; hãy chạy trước: chamthi award propose",
                    "%d has no proposals; run first: chamthi award propose", (int)year);
    return OK;
}

/* What was not said is the contest's own. */
static status complete(store *db, arena *mem, int64_t year, const award_decision *said,
                       award_decision *out, fault *f)
{
    contest *own;
    bool other = said->authority && *said->authority;
    *out = *said;
    TRY(contest_get(db, mem, year, &own, f));
    if (other && (!said->signatory || !*said->signatory))
        return FAIL(f, E_INPUT, "cơ quan “%s” cần chức danh người ký: --signatory \"Chủ tịch\"",
                    "the authority “%s” wants its signatory's title: --signatory TITLE",
                    said->authority);
    out->level = said->level ? said->level : "city";
    out->authority = other ? said->authority : "";
    out->signatory = said->signatory ? said->signatory : own->signatory_title;
    out->signatory_name = said->signatory_name ? said->signatory_name
                          : said->signatory    ? ""
                                               : own->signatory_name;
    return OK;
}

status award_decide(store *db, arena *mem, const char *actor, int64_t year, const int64_t *ids,
                    size_t count, const award_decision *decision, int64_t *decided, fault *f)
{
    award_decision d;
    *decided = 0;
    if (!*decision->number || strlen(decision->number) >= 120 || !date_valid(decision->day))
        return FAIL(f, E_INPUT, "số quyết định trống hoặc quá dài, hoặc ngày sai",
                    "the decision number is empty or too long, or the date is wrong");
    TRY(complete(db, mem, year, decision, &d, f));
    TRY(award_check_decision(db, mem, &d, f));
    TRY(store_begin(db, actor, f));
    status st = decide(db, year, ids, count, &d, decided, f);
    if (st == OK)
        return store_commit(db, f);
    store_rollback(db);
    return st;
}

/* ---- hold, release, revoke ---- */
typedef struct {
    const char *name;         /* in the audit */
    const char *from, *from2; /* states it may start in */
    const char *to;
    const char *certificate_from, *certificate_from2, *certificate_to;
} transition;

static const transition transitions[] = {
    [AWARD_HOLD] = {"award.hold", "decided", "", "held", "issued", "", "held"},
    [AWARD_RELEASE] = {"award.release", "held", "", "decided", "held", "", "issued"},
    [AWARD_REVOKE] = {"award.revoke", "decided", "held", "revoked", "issued", "held", "revoked"},
};

/* The money of a revoked award is often paid back later: a revoked one may be noted again. */
static status act(store *db, int64_t id, const transition *t, const char *reason, const char *money,
                  fault *f)
{
    award_state a;
    TRY(read_state(db, id, &a, f));
    bool noted = money && strcmp(a.state, "revoked") == 0 && strcmp(t->to, "revoked") == 0;
    if (strcmp(a.state, t->from) != 0 && strcmp(a.state, t->from2) != 0 && !noted)
        return FAIL(f, E_CONFLICT, "giải số %lld %s, không làm việc này được%.0s",
                    "the award %lld is %.0s%s: this cannot be done", (long long)id,
                    state_vi(a.state), a.state);
    TRY(store_run(db, Q_AWARD_STATE,
                  ARGS(v_text(t->to), v_text(reason), v_text(money ? money : a.money), v_int(id)),
                  NULL, f));
    TRY(store_run(
        db, Q_AWARD_CERTIFICATE_STATE,
        ARGS(v_text(t->certificate_to), v_text(reason), v_int(id), v_text(t->certificate_from)),
        NULL, f));
    if (*t->certificate_from2)
        TRY(store_run(db, Q_AWARD_CERTIFICATE_STATE,
                      ARGS(v_text(t->certificate_to), v_text(reason), v_int(id),
                           v_text(t->certificate_from2)),
                      NULL, f));
    return record(db, t->name, id, a.state, t->to, f);
}

status award_act(store *db, const char *actor, int64_t id, award_action action, const char *reason,
                 const char *money, fault *f)
{
    if (!*reason)
        return FAIL(f, E_INPUT, "cần nêu lý do: --reason \"…\"",
                    "a reason is wanted: --reason \"…\"");
    TRY(store_begin(db, actor, f));
    status st = act(db, id, &transitions[action], reason, money, f);
    if (st == OK)
        return store_commit(db, f);
    store_rollback(db);
    return st;
}
