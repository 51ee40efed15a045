/* Phách: random codes under which judges read, and bringing codes and entries together again. */
#include "entry.h"

#include "chamthi/contest.h"

#include <stdlib.h>
#include <string.h>

enum { ENTRY_MEMORY = 64 * 1024 * 1024 };

typedef struct {
    int64_t entry_id, track_id, words;
    bool counted, received, broken_rule;
    char code[CODE_TEXT_MAX];
    phach_item *item;
} candidate;

typedef struct {
    store *db;
    arena *mem, *entry_mem;
    int64_t year, round_id, before_id, advance;
    char *key, *name, *state, *before_key, *before_name;
    const unsigned char *seed;
    candidate *list;
    size_t count;
} giving;

/* ---- which entries ---- */

static status read_round(giving *g, const char *round, fault *f)
{
    cursor c;
    TRY(contest_round_id(g->db, g->year, round, &g->round_id, f));
    TRY(store_select(g->db, Q_PHACH_ROUND, ARGS(v_int(g->round_id)), &c, f));
    if (cursor_next(&c)) {
        g->key = cursor_copy(&c, 0, g->mem);
        g->name = cursor_copy(&c, 1, g->mem);
        g->state = cursor_copy(&c, 2, g->mem);
        g->before_id = cursor_int(&c, 3);
        g->before_key = cursor_copy(&c, 4, g->mem);
        g->before_name = cursor_copy(&c, 5, g->mem);
    }
    TRY(cursor_close(&c, f));
    return g->key && g->name && g->state && g->before_key && g->before_name ? OK : fault_memory(f);
}

/* How many of each track the round before sends on. */
static status read_advance(giving *g, fault *f)
{
    contest *c;
    int64_t ranked = 0;
    if (!g->before_id)
        return OK;
    TRY(contest_get(g->db, g->mem, g->year, &c, f));
    for (size_t i = 0; i < c->round_count; i++)
        if (strcmp(c->rounds[i].key, g->before_key) == 0)
            g->advance = c->rounds[i].advance;
    if (g->advance <= 0)
        return FAIL(f, E_INPUT, "vòng %s chưa ghi số bài đi tiếp (advance) trong thể lệ năm %lld",
                    "round %s has no number of entries that go on (advance) in the contest of %lld",
                    g->before_name, (long long)g->year);
    TRY(store_int(g->db, Q_PHACH_RANKED, ARGS(v_int(g->before_id)), &ranked, f));
    if (!ranked)
        return FAIL(f, E_CONFLICT,
                    "vòng %s chưa xếp hạng; hãy chạy: chamthi rank --contest %lld --round %s",
                    "round %s is not ranked yet; run: chamthi rank --contest %lld --round %s",
                    g->before_name, (long long)g->year, g->before_key);
    return OK;
}

static status add_candidate(giving *g, cursor *c, size_t *capacity, phach_report *out, fault *f)
{
    if (g->count == *capacity) {
        *capacity = *capacity ? *capacity * 2 : 256;
        candidate *more = ARENA_ARRAY(g->mem, candidate, *capacity);
        phach_item *items = ARENA_ARRAY(g->mem, phach_item, *capacity);
        if (!more || !items)
            return fault_memory(f);
        if (g->count) {
            memcpy(more, g->list, g->count * sizeof *more);
            memcpy(items, out->items, g->count * sizeof *items);
        }
        g->list = more;
        out->items = items;
    }
    candidate *k = &g->list[g->count];
    *k = (candidate){.entry_id = cursor_int(c, 0),
                     .track_id = cursor_int(c, 3),
                     .counted = !cursor_null(c, 4),
                     .words = cursor_int(c, 4),
                     .received = strcmp(cursor_text(c, 5), "received") == 0,
                     .broken_rule = cursor_int(c, 6) > 0};
    out->items[g->count] =
        (phach_item){.receipt = cursor_copy(c, 1, g->mem), .title = cursor_copy(c, 2, g->mem)};
    if (!out->items[g->count].receipt || !out->items[g->count].title)
        return fault_memory(f);
    g->count++;
    return OK;
}

static status read_candidates(giving *g, phach_report *out, fault *f)
{
    size_t capacity = 0;
    cursor c;
    status st = OK;
    TRY(store_select(g->db, Q_PHACH_ENTRIES,
                     ARGS(v_int(g->year), v_int(g->before_id), v_int(g->advance)), &c, f));
    while (st == OK && cursor_next(&c))
        st = add_candidate(g, &c, &capacity, out, f);
    status closed = cursor_close(&c, st == OK ? f : NULL);
    for (size_t i = 0; i < g->count; i++)
        g->list[i].item = &out->items[i];
    out->count = g->count;
    return st == OK ? closed : st;
}

static status judge_candidate(giving *g, candidate *k, fault *f)
{
    int64_t has = 0;
    status st = store_int(g->db, Q_PHACH_OF, ARGS(v_int(g->round_id), v_int(k->entry_id)), &has, f);
    if (st != OK && st != E_MISSING)
        return st;
    if (has || !k->received || k->broken_rule) {
        k->item->outcome = has            ? PHACH_ALREADY
                           : !k->received ? PHACH_NOT_RECEIVED
                                          : PHACH_BROKEN_RULE;
        return OK;
    }
    redact_entry e;
    review_state review;
    arena_reset(g->entry_mem);
    TRY(redact_read(g->db, g->entry_mem, k->entry_id, &e, f));
    TRY(redact_standing(g->db, g->entry_mem, &e, &review, f));
    k->item->outcome = review == REVIEW_GOOD      ? PHACH_GIVEN
                       : review == REVIEW_WAITING ? PHACH_UNDECIDED
                                                  : PHACH_NOT_REVIEWED;
    return OK;
}

/* ---- the codes ---- */

static void make_code(const giving *g, candidate *k)
{
    unsigned char bytes[HASH_SIZE];
    if (g->seed) {
        hash_state h;
        hash_start(&h, g->seed, SEED_SIZE);
        hash_piece(&h, "phach", 5);
        hash_piece(&h, g->key, strlen(g->key));
        hash_piece(&h, k->item->receipt, strlen(k->item->receipt));
        hash_end(&h, bytes);
    } else {
        random_bytes(bytes, sizeof bytes);
    }
    code_from_bytes(k->code, bytes);
}

static int by_code(const void *a, const void *b)
{
    return strcmp(((const candidate *)a)->code, ((const candidate *)b)->code);
}

static status write_candidate(giving *g, const candidate *k, fault *f)
{
    redact_entry e;
    slice parts[PARTS];
    arena_reset(g->entry_mem);
    TRY(redact_read(g->db, g->entry_mem, k->entry_id, &e, f));
    TRY(redact_texts(g->db, g->entry_mem, &e, parts, f));
    TRY(store_run(g->db, Q_PHACH_ADD, ARGS(v_text(k->code), v_int(g->round_id), v_int(k->entry_id)),
                  NULL, f));
    TRY(store_run(g->db, Q_BLIND_ADD,
                  ARGS(v_text(k->code), v_int(g->round_id), v_int(k->track_id),
                       v_slice(parts[PART_TITLE]), v_slice(parts[PART_TEXT]),
                       k->counted ? v_int(k->words) : v_null()),
                  NULL, f));
    int64_t pages;
    TRY(store_run(g->db, Q_BLIND_PAGES_ADD, ARGS(v_text(k->code), v_int(k->entry_id)), &pages, f));
    k->item->on_paper = !parts[PART_TEXT].size && !pages;
    return OK;
}

/* In the order of the codes: a table's own order must not tell the order of receipt. */
static status write_codes(giving *g, fault *f)
{
    for (size_t i = 0; i < g->count; i++)
        if (g->list[i].item->outcome == PHACH_GIVEN)
            make_code(g, &g->list[i]);
    if (g->count)
        qsort(g->list, g->count, sizeof *g->list, by_code);
    for (size_t i = 0; i < g->count; i++)
        if (g->list[i].item->outcome == PHACH_GIVEN)
            TRY(write_candidate(g, &g->list[i], f));
    return OK;
}

static status give_all(giving *g, phach_report *out, fault *f)
{
    TRY(read_candidates(g, out, f));
    for (size_t i = 0; i < g->count; i++)
        TRY(judge_candidate(g, &g->list[i], f));
    TRY(write_codes(g, f));
    for (size_t i = 0; i < out->count; i++) {
        out->given += out->items[i].outcome == PHACH_GIVEN;
        out->already += out->items[i].outcome == PHACH_ALREADY;
        out->refused += out->items[i].outcome > PHACH_ALREADY;
        out->on_paper += out->items[i].on_paper;
    }
    if (!out->given)
        return OK;
    const char *object = arena_format(g->mem, "round %lld %s", (long long)g->year, g->key);
    const char *after = arena_format(g->mem, "given %lld, already %lld, refused %lld, %s",
                                     (long long)out->given, (long long)out->already,
                                     (long long)out->refused, g->seed ? "seeded" : "random");
    return object && after ? audit_record(g->db, "phach.give", object, NULL, after, f)
                           : fault_memory(f);
}

status phach_give(store *db, arena *mem, const char *actor, int64_t year, const char *round,
                  const unsigned char *seed, phach_report *out, fault *f)
{
    giving g = {.db = db, .mem = mem, .year = year, .seed = seed};
    *out = (phach_report){0};
    TRY(read_round(&g, round, f));
    if (strcmp(g.state, "closed") == 0)
        return FAIL(f, E_CONFLICT, "vòng %s đã đóng, không cấp thêm mã phách",
                    "round %s is closed: no more codes", g.name);
    TRY(read_advance(&g, f));
    g.entry_mem = arena_new(ENTRY_MEMORY);
    status st = g.entry_mem ? store_begin(db, actor, f) : fault_memory(f);
    if (st == OK)
        st = give_all(&g, out, f);
    if (st == OK)
        st = store_commit(db, f);
    else
        store_rollback(db);
    arena_free(g.entry_mem);
    return st;
}

status phach_join(store *db, arena *mem, const char *actor, int64_t year, const char *round,
                  int64_t *round_id, fault *f)
{
    giving g = {.db = db, .mem = mem, .year = year};
    TRY(read_round(&g, round, f));
    if (strcmp(g.state, "closed") != 0)
        return FAIL(f, E_CONFLICT,
                    "vòng %s chưa đóng; chỉ ghép phách sau khi chấm xong và đóng vòng",
                    "round %s is not closed; codes are joined after the judging is closed", g.name);
    const char *object = arena_format(mem, "round %lld %s", (long long)year, g.key);
    if (!object)
        return fault_memory(f);
    TRY(store_begin(db, actor, f));
    status st = audit_record(db, "phach.join", object, NULL, NULL, f);
    if (st == OK)
        st = store_commit(db, f);
    else
        store_rollback(db);
    *round_id = g.round_id;
    return st;
}
