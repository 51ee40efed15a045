/* Contests into the store and out again. */
#include "definition.h"

#include "chamthi/file.h"
#include "chamthi/random.h"
#include "chamthi/text.h"

#include <stdio.h>
#include <string.h>

enum { DEFINITION_LIMIT = 1024 * 1024, CLOSED_MOST = 1000 };

static sql_value v_known(const figure *g)
{
    return g->from == PROVENANCE_UNKNOWN ? v_null() : v_int(g->number);
}

/* "" and 0 are unknown in a definition, NULL in the store. */
static sql_value v_text_or_null(const char *text)
{
    return text && *text ? v_text(text) : v_null();
}

/* ---- parts of a contest; each kept part is renumbered, what was not touched is dropped ---- */

static status put_tracks(store *db, const contest *c, fault *f)
{
    TRY(store_run(db, Q_CONTEST_TRACKS_MARK, ARGS(v_int(c->year)), NULL, f));
    for (size_t i = 0; i < c->track_count; i++)
        TRY(store_run(db, Q_CONTEST_TRACK_PUT,
                      ARGS(v_int(c->year), v_text(c->tracks[i].key), v_text(c->tracks[i].name),
                           v_int((int64_t)i)),
                      NULL, f));
    return OK;
}

static status put_criteria(store *db, int64_t round, const contest_round *r, fault *f)
{
    for (size_t i = 0; i < r->criterion_count; i++) {
        const contest_criterion *k = &r->criteria[i];
        TRY(store_run(db, Q_CONTEST_CRITERION_PUT,
                      ARGS(v_int(round), v_text(k->key), v_text(k->name), v_text(k->description),
                           v_int((int64_t)i), v_int(k->least), v_int(k->most), v_int(k->step),
                           v_text_or_null(k->track), v_int(criterion_weight(k))),
                      NULL, f));
    }
    return OK;
}

static status put_rounds(store *db, const contest *c, fault *f)
{
    TRY(store_run(db, Q_CONTEST_CRITERIA_MARK, ARGS(v_int(c->year)), NULL, f));
    TRY(store_run(db, Q_CONTEST_ROUNDS_MARK, ARGS(v_int(c->year)), NULL, f));
    for (size_t i = 0; i < c->round_count; i++) {
        const contest_round *r = &c->rounds[i];
        int64_t id;
        TRY(store_run(db, Q_CONTEST_ROUND_PUT,
                      ARGS(v_int(c->year), v_text(r->key), v_text(r->name), v_int((int64_t)i),
                           v_int(r->per_entry)),
                      NULL, f));
        TRY(contest_round_id(db, c->year, r->key, &id, f));
        TRY(put_criteria(db, id, r, f));
    }
    return OK;
}

static status put_prize(store *db, const contest *c, size_t i, fault *f)
{
    const contest_prize *p = &c->prizes[i];
    int64_t id;
    status found = store_int(db, Q_CONTEST_PRIZE_FIND,
                             ARGS(v_int(c->year), v_text(p->key), v_text(p->track)), &id, f);
    if (found == E_MISSING)
        return store_run(db, Q_CONTEST_PRIZE_ADD,
                         ARGS(v_int(c->year), v_text(p->key), v_text(p->track), v_text(p->name),
                              v_int((int64_t)i), v_known(&p->quota), v_known(&p->minimum)),
                         NULL, f);
    TRY(found);
    return store_run(db, Q_CONTEST_PRIZE_CHANGE,
                     ARGS(v_text(p->name), v_int((int64_t)i), v_known(&p->quota),
                          v_known(&p->minimum), v_int(id)),
                     NULL, f);
}

static status put_barred(store *db, arena *mem, const contest *c, fault *f)
{
    TRY(store_run(db, Q_CONTEST_BARRED_CLEAR, ARGS(v_int(c->year)), NULL, f));
    for (size_t i = 0; i < c->barred_count; i++) {
        const contest_barred *b = &c->barred[i];
        const char *fold = text_fold_string(mem, b->name);
        if (!fold)
            return fault_memory(f);
        TRY(store_run(db, Q_CONTEST_BARRED_ADD,
                      ARGS(v_int(c->year), v_text(b->name), v_text(fold), v_text(b->role),
                           b->birth_year ? v_int(b->birth_year) : v_null(),
                           v_text_or_null(b->phone), v_text_or_null(b->unit)),
                      NULL, f));
    }
    return OK;
}

/* What the new definition leaves out goes, unless something already hangs on it. */
static status drop_rest(store *db, int64_t year, fault *f)
{
    long long y = year;
    status st = store_run(db, Q_CONTEST_PRIZES_DROP, ARGS(v_int(year)), NULL, f);
    if (st == E_CONFLICT)
        return FAIL(f, st, "năm %lld: có giải đã trao mà định nghĩa mới bỏ đi; hãy giữ lại giải đó",
                    "%lld: the new definition leaves out a prize already given; keep it", y);
    TRY(st);
    st = store_run(db, Q_CONTEST_CRITERIA_DROP, ARGS(v_int(year)), NULL, f);
    if (st == E_CONFLICT)
        return FAIL(f, st, "năm %lld: có tiêu chí đã chấm mà định nghĩa mới bỏ đi; hãy giữ lại",
                    "%lld: the new definition leaves out a criterion with marks; keep it", y);
    TRY(st);
    st = store_run(db, Q_CONTEST_ROUNDS_DROP, ARGS(v_int(year)), NULL, f);
    if (st == E_CONFLICT)
        return FAIL(f, st, "năm %lld: có vòng đã phân công mà định nghĩa mới bỏ đi; hãy giữ lại",
                    "%lld: the new definition leaves out a round already assigned; keep it", y);
    TRY(st);
    st = store_run(db, Q_CONTEST_TRACKS_DROP, ARGS(v_int(year)), NULL, f);
    if (st == E_CONFLICT)
        return FAIL(f, st, "năm %lld: có thể loại đã nhận bài mà định nghĩa mới bỏ đi; hãy giữ lại",
                    "%lld: the new definition leaves out a track with entries; keep it", y);
    return st;
}

static status check_marks(store *db, int64_t year, fault *f)
{
    int64_t outside = 0;
    TRY(store_int(db, Q_CONTEST_MARKS_OUTSIDE, ARGS(v_int(year)), &outside, f));
    if (outside)
        return FAIL(f, E_CONFLICT,
                    "năm %lld: %lld điểm đã chấm nằm ngoài thang điểm mới; hãy giữ thang điểm cũ",
                    "%lld: %lld marks already given lie outside the new scale; keep the old one",
                    (long long)year, (long long)outside);
    return OK;
}

/* ---- a closed round ---- */

static bool same_text(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

/* Whether both make the same ranking of the same marks; names and descriptions may be corrected. */
static bool same_ranking(const contest_round *a, const contest_round *b)
{
    bool same = a->criterion_count == b->criterion_count && a->tie_count == b->tie_count &&
                a->third.gap == b->third.gap && same_text(a->third.final, b->third.final) &&
                same_text(a->method, b->method);
    for (size_t i = 0; same && i < a->tie_count; i++)
        same = same_text(a->ties[i].by, b->ties[i].by);
    for (size_t i = 0; same && i < a->criterion_count; i++) {
        const contest_criterion *k = &a->criteria[i], *l = &b->criteria[i];
        same = same_text(k->key, l->key) && same_text(k->track, l->track) &&
               criterion_weight(k) == criterion_weight(l) && k->least == l->least &&
               k->most == l->most && k->step == l->step;
    }
    return same;
}

static const contest_round *round_of(const contest *c, const char *key)
{
    for (size_t i = 0; i < c->round_count; i++)
        if (strcmp(c->rounds[i].key, key) == 0)
            return &c->rounds[i];
    return NULL;
}

/* What a result was reached by stays when the round is closed: only an amendment may change it. */
static status keep_closed(store *db, arena *mem, const contest *now, fault *f)
{
    cursor rows;
    const char *closed[CLOSED_MOST];
    size_t count = 0;
    contest *before;
    TRY(store_select(db, Q_CONTEST_ROUNDS_CLOSED, ARGS(v_int(now->year)), &rows, f));
    while (cursor_next(&rows) && count < CLOSED_MOST)
        closed[count++] = cursor_copy(&rows, 0, mem);
    TRY(cursor_close(&rows, f));
    if (count)
        TRY(contest_get(db, mem, now->year, &before, f));
    for (size_t i = 0; i < count; i++) {
        if (!closed[i])
            return fault_memory(f);
        const contest_round *old = round_of(before, closed[i]), *next = round_of(now, closed[i]);
        if (old && next && !same_ranking(old, next))
            return FAIL(f, E_CONFLICT,
                        "năm %lld: vòng %s đã đóng; tiêu chí, thang điểm, hệ số, cách tính điểm, "
                        "chấm lần ba và thứ tự phân định bằng điểm phải giữ như lúc đóng vòng",
                        "%lld: the round %s is closed; its criteria, scales, weights, method, "
                        "third readings and tie order must stay as they were",
                        (long long)now->year, closed[i]);
    }
    return OK;
}

/* ---- loading ---- */

typedef struct {
    contest *definition;
    slice text; /* without the barred */
    unsigned char hash[HASH_SIZE];
} loaded;

static status read_definition(arena *mem, const char *path, loaded *out, fault *f)
{
    buffer text = BUFFER_INIT;
    status st = file_read(path, DEFINITION_LIMIT, &text, f);
    if (st == OK) {
        hash_bytes(out->hash, text.bytes, text.size);
        st = definition_parse(mem, path, (slice){text.bytes, text.size}, &out->definition,
                              &out->text, f);
    }
    buffer_free(&text);
    return st;
}

/* "" when the store has no such contest. */
static status present_hash(store *db, int64_t year, char out[2 * HASH_SIZE + 1], fault *f)
{
    cursor rows;
    out[0] = '\0';
    TRY(store_select(db, Q_CONTEST_HASH, ARGS(v_int(year)), &rows, f));
    if (cursor_next(&rows)) {
        slice hash = cursor_bytes(&rows, 0);
        hex_encode(out, (const unsigned char *)hash.bytes,
                   hash.size < HASH_SIZE ? hash.size : HASH_SIZE);
    }
    return cursor_close(&rows, f);
}

static status put_all(store *db, arena *mem, const loaded *l, fault *f)
{
    const contest *c = l->definition;
    TRY(store_run(db, Q_CONTEST_PUT,
                  ARGS(v_int(c->year), v_text(c->name), v_slice(l->text),
                       v_bytes(l->hash, HASH_SIZE), v_int(clock_now())),
                  NULL, f));
    TRY(put_tracks(db, c, f));
    TRY(put_rounds(db, c, f));
    TRY(store_run(db, Q_CONTEST_PRIZES_MARK, ARGS(v_int(c->year)), NULL, f));
    for (size_t i = 0; i < c->prize_count; i++)
        TRY(put_prize(db, c, i, f));
    TRY(put_barred(db, mem, c, f));
    TRY(drop_rest(db, c->year, f));
    return check_marks(db, c->year, f);
}

static status load_in_transaction(store *db, arena *mem, const loaded *l, bool *changed, fault *f)
{
    char before[2 * HASH_SIZE + 1], after[2 * HASH_SIZE + 1], object[40];
    int64_t year = l->definition->year;
    hex_encode(after, l->hash, HASH_SIZE);
    TRY(present_hash(db, year, before, f));
    *changed = strcmp(before, after) != 0;
    if (!*changed)
        return OK;
    TRY(keep_closed(db, mem, l->definition, f));
    TRY(put_all(db, mem, l, f));
    snprintf(object, sizeof object, "contest %lld", (long long)year);
    return audit_record(db, "contest.load", object, *before ? before : NULL, after, f);
}

static status load_all(store *db, arena *mem, const loaded *all, const char *const *paths,
                       size_t count, contest_loaded *out, fault *f)
{
    for (size_t i = 0; i < count; i++) {
        if (load_in_transaction(db, mem, &all[i], &out[i].changed, f) != OK)
            return fault_prefix(f, "%s", "%s", paths[i]);
        out[i].year = all[i].definition->year;
    }
    return OK;
}

status contest_load_files(store *db, arena *mem, const char *actor, const char *const *paths,
                          size_t count, contest_loaded *out, fault *f)
{
    loaded *all = ARENA_ARRAY(mem, loaded, count + 1);
    if (!all)
        return fault_memory(f);
    for (size_t i = 0; i < count; i++)
        TRY(read_definition(mem, paths[i], &all[i], f));
    TRY(store_begin(db, actor, f));
    status st = load_all(db, mem, all, paths, count, out, f);
    if (st == OK)
        return store_commit(db, f);
    store_rollback(db);
    return st;
}

status contest_load(store *db, arena *mem, const char *actor, const char *path, int64_t *year,
                    bool *changed, fault *f)
{
    contest_loaded one;
    TRY(contest_load_files(db, mem, actor, &path, 1, &one, f));
    *year = one.year;
    *changed = one.changed;
    return OK;
}

/* ---- reading back ---- */

static status read_barred(store *db, arena *mem, contest *c, fault *f)
{
    cursor rows;
    size_t capacity = 0;
    contest_barred *list = NULL;
    status st = store_select(db, Q_CONTEST_BARRED, ARGS(v_int(c->year)), &rows, f);
    TRY(st);
    while (st == OK && cursor_next(&rows)) {
        if (c->barred_count == capacity) {
            contest_barred *more = ARENA_ARRAY(mem, contest_barred, 2 * capacity + 8);
            if (!more) {
                st = fault_memory(f);
                break;
            }
            if (capacity)
                memcpy(more, list, capacity * sizeof *list);
            list = more;
            capacity = 2 * capacity + 8;
        }
        contest_barred *b = &list[c->barred_count++];
        *b = (contest_barred){cursor_copy(&rows, 0, mem), cursor_copy(&rows, 1, mem),
                              cursor_copy(&rows, 3, mem), cursor_copy(&rows, 4, mem),
                              cursor_int(&rows, 2)};
        if (!b->name || !b->role || !b->phone || !b->unit)
            st = fault_memory(f);
    }
    c->barred = list;
    status closed = cursor_close(&rows, st == OK ? f : NULL);
    return st == OK ? closed : st;
}

static status resolve_overlays(store *db, arena *mem, contest *c, fault *f)
{
    for (size_t i = 0; i < c->overlay_count; i++) {
        contest_overlay *o = &c->overlays[i];
        int64_t id = 0;
        cursor rows;
        if (*o->unit)
            TRY(unit_find(db, mem, o->unit, c->year, &id, f));
        if (!id)
            continue;
        TRY(store_select(db, Q_UNIT_CODE, ARGS(v_int(id)), &rows, f));
        char *code = cursor_next(&rows) ? cursor_copy(&rows, 0, mem) : NULL;
        TRY(cursor_close(&rows, f));
        if (!code)
            return fault_memory(f);
        o->unit_code = code;
    }
    return OK;
}

static status no_contest(int64_t year, fault *f)
{
    return FAIL(f, E_MISSING,
                "chưa có cuộc thi năm %lld; hãy nạp bằng: chamthi contest load TỆP.yaml",
                "there is no contest of %lld; load it with: chamthi contest load FILE.yaml",
                (long long)year);
}

status contest_known(store *db, int64_t year, fault *f)
{
    cursor rows;
    TRY(store_select(db, Q_CONTEST_HASH, ARGS(v_int(year)), &rows, f));
    bool known = cursor_next(&rows);
    TRY(cursor_close(&rows, f));
    return known ? OK : no_contest(year, f);
}

status contest_get(store *db, arena *mem, int64_t year, contest **out, fault *f)
{
    cursor rows;
    char name[64];
    TRY(store_select(db, Q_CONTEST_DEFINITION, ARGS(v_int(year)), &rows, f));
    bool found = cursor_next(&rows);
    slice text = found ? cursor_bytes(&rows, 0) : (slice){"", 0};
    char *copy = found ? arena_copy(mem, text.bytes, text.size) : NULL;
    TRY(cursor_close(&rows, f));
    if (!found)
        return no_contest(year, f);
    if (!copy)
        return fault_memory(f);
    snprintf(name, sizeof name, "contest %lld", (long long)year);
    TRY(contest_parse(mem, name, (slice){copy, strlen(copy)}, out, f));
    TRY(resolve_overlays(db, mem, *out, f));
    return read_barred(db, mem, *out, f);
}

status contest_latest(store *db, int64_t *year, fault *f)
{
    *year = 0;
    TRY(store_int(db, Q_CONTEST_LATEST, NO_ARGS, year, f));
    if (*year)
        return OK;
    return FAIL(f, E_MISSING, "chưa có cuộc thi nào; hãy nạp bằng: chamthi contest load TỆP.yaml",
                "there is no contest yet; load one with: chamthi contest load FILE.yaml");
}

/* ---- ids ---- */

static bool same_fold(const char *a, const char *b)
{
    buffer x = BUFFER_INIT, y = BUFFER_INIT;
    text_fold((slice){a, strlen(a)}, &x);
    text_fold((slice){b, strlen(b)}, &y);
    bool same = x.size && strcmp(x.bytes, y.bytes) == 0;
    buffer_free(&x);
    buffer_free(&y);
    return same;
}

/* Id of the row (id, key, name) with that key, else with that name in any case or accent; the keys
 * there are go to `known`. */
static status find_part(store *db, statement q, int64_t year, const char *key, int64_t *id,
                        buffer *known, fault *f)
{
    cursor rows;
    int64_t by_name = 0;
    *id = 0;
    TRY(store_select(db, q, ARGS(v_int(year)), &rows, f));
    while (cursor_next(&rows)) {
        const char *own = cursor_text(&rows, 1);
        buffer_format(known, "%s%s", known->size ? ", " : "", own);
        if (strcmp(own, key) == 0)
            *id = cursor_int(&rows, 0);
        else if (!by_name && (same_fold(own, key) || same_fold(cursor_text(&rows, 2), key)))
            by_name = cursor_int(&rows, 0);
    }
    if (!*id)
        *id = by_name;
    return cursor_close(&rows, f);
}

status contest_track_id(store *db, int64_t year, const char *key, int64_t *id, fault *f)
{
    buffer known = BUFFER_INIT;
    status st = find_part(db, Q_CONTEST_TRACKS, year, key, id, &known, f);
    if (st == OK && !*id)
        st = FAIL(f, E_MISSING, "năm %lld không có thể loại “%s”; có: %s",
                  "%lld has no track “%s”; there are: %s", (long long)year, key, known.bytes);
    buffer_free(&known);
    return st;
}

status contest_round_id(store *db, int64_t year, const char *key, int64_t *id, fault *f)
{
    buffer known = BUFFER_INIT;
    status st = find_part(db, Q_CONTEST_ROUNDS, year, key, id, &known, f);
    if (st == OK && !*id)
        st = FAIL(f, E_MISSING, "năm %lld không có vòng “%s”; có: %s",
                  "%lld has no round “%s”; there are: %s", (long long)year, key, known.bytes);
    buffer_free(&known);
    return st;
}

const char *contest_name_without_year(arena *mem, const contest *c)
{
    char year[24];
    snprintf(year, sizeof year, " năm %d", (int)c->year);
    const char *at = strstr(c->name, year);
    return at && !at[strlen(year)] ? arena_copy(mem, c->name, (size_t)(at - c->name)) : c->name;
}
