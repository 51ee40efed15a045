/* Cases in the store: what a run of the engine found, and what people decided about it. */
#include "library.h"

#include "chamthi/buffer.h"
#include "chamthi/clock.h"
#include "chamthi/random.h"
#include "chamthi/similarity.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Room for the texts of ten years of city entries, and of a base level's too. */
static const size_t RUN_MEMORY = (size_t)4 << 30;

typedef struct {
    int64_t entry_id;
    unsigned char key_hash[HASH_SIZE];
} case_text;

typedef struct {
    int64_t id, a, b;
    unsigned char hash[HASH_SIZE];
    bool current, seen;
} known_case;

typedef struct {
    store *db;
    arena *mem;
    const char *actor;
    int64_t year;
    engine_text *texts;
    case_text *facts;
    size_t count;
    known_case *known;
    size_t known_count;
    similar_summary *sum;
} case_run;

/* ---- reading ---- */

static void *grown(arena *mem, void *items, size_t count, size_t *capacity, size_t size)
{
    if (count < *capacity)
        return items;
    size_t wanted = *capacity ? *capacity * 2 : 256;
    void *more = arena_array(mem, wanted, size);
    if (more && count)
        memcpy(more, items, count * size);
    *capacity = more ? wanted : *capacity;
    return more;
}

/* A number for the first author: the same name, and the same birth year when it is known. */
static uint64_t author_number(const char *name_key, int64_t birth_year)
{
    unsigned char hash[HASH_SIZE];
    char year[24];
    uint64_t number;
    hash_state h;
    if (!*name_key)
        return 0;
    snprintf(year, sizeof year, "%lld", (long long)birth_year);
    hash_start(&h, NULL, 0);
    hash_piece(&h, name_key, strlen(name_key));
    hash_piece(&h, year, strlen(year));
    hash_end(&h, hash);
    memcpy(&number, hash, sizeof number);
    return number;
}

static status read_text(case_run *r, cursor *c, fault *f)
{
    slice display = cursor_bytes(c, 4), key = cursor_bytes(c, 5);
    case_text *fact = &r->facts[r->count];
    engine_text *text = &r->texts[r->count];
    bool current = cursor_int(c, 2) == r->year;
    *fact = (case_text){.entry_id = cursor_int(c, 0)};
    memcpy(fact->key_hash, key.bytes, key.size < HASH_SIZE ? key.size : HASH_SIZE);
    *text =
        (engine_text){.display = {arena_copy(r->mem, display.bytes, display.size), display.size},
                      .received = cursor_int(c, 3),
                      .author = author_number(cursor_text(c, 6), cursor_int(c, 7)),
                      .year = (int)cursor_int(c, 2),
                      .role = current ? ENGINE_CURRENT : ENGINE_EARLIER};
    if (!text->display.bytes)
        return fault_memory(f);
    r->count++;
    r->sum->texts += current;
    r->sum->earlier += !current;
    return OK;
}

static status read_texts(case_run *r, fault *f)
{
    size_t text_room = 0, fact_room = 0;
    cursor c;
    status st = OK;
    TRY(store_select(r->db, Q_SIMILAR_TEXTS, ARGS(v_int(r->year)), &c, f));
    while (st == OK && cursor_next(&c)) {
        r->texts = grown(r->mem, r->texts, r->count, &text_room, sizeof *r->texts);
        r->facts = grown(r->mem, r->facts, r->count, &fact_room, sizeof *r->facts);
        st = r->texts && r->facts ? read_text(r, &c, f) : fault_memory(f);
    }
    status closed = cursor_close(&c, st == OK ? f : NULL);
    if (st != OK || closed != OK)
        return st == OK ? closed : st;
    return store_int(r->db, Q_SIMILAR_UNREAD, ARGS(v_int(r->year)), &r->sum->unread, f);
}

static status read_known(case_run *r, fault *f)
{
    size_t room = 0;
    cursor c;
    status st = OK;
    TRY(store_select(r->db, Q_SIMILAR_OF_YEAR, ARGS(v_int(r->year)), &c, f));
    while (st == OK && cursor_next(&c)) {
        r->known = grown(r->mem, r->known, r->known_count, &room, sizeof *r->known);
        if (!r->known) {
            st = fault_memory(f);
            break;
        }
        known_case *k = &r->known[r->known_count++];
        slice hash = cursor_bytes(&c, 3);
        *k = (known_case){.id = cursor_int(&c, 0),
                          .a = cursor_int(&c, 1),
                          .b = cursor_int(&c, 2),
                          .current = cursor_int(&c, 4) != 0};
        memcpy(k->hash, hash.bytes, hash.size < HASH_SIZE ? hash.size : HASH_SIZE);
    }
    status closed = cursor_close(&c, st == OK ? f : NULL);
    return st == OK ? closed : st;
}

static int by_entries(const void *x, const void *y)
{
    const known_case *a = x, *b = y;
    if (a->a != b->a)
        return a->a < b->a ? -1 : 1;
    return a->b < b->b ? -1 : a->b > b->b;
}

static known_case *find_known(case_run *r, int64_t a, int64_t b)
{
    known_case wanted = {.a = a, .b = b};
    if (!r->known_count)
        return NULL;
    return bsearch(&wanted, r->known, r->known_count, sizeof *r->known, by_entries);
}

/* ---- writing ---- */

static void put_passage(buffer *b, const engine_passage *p)
{
    buffer_format(b, "%s{\"a_start\":%u,\"a_end\":%u,\"b_start\":%u,\"b_end\":%u,\"syllables\":%u",
                  b->size > 1 ? "," : "", p->a_start, p->a_end, p->b_start, p->b_end, p->syllables);
    if (p->kind != PASSAGE_COUNTED)
        buffer_format(b, ",\"why\":\"%s\"", p->kind == PASSAGE_QUOTED ? "quoted" : "frequent");
    buffer_byte(b, '}');
}

/* What a ruling is about: the two texts, the class and the places. Shares may move with what is masked
 * elsewhere without asking again. */
static void hash_evidence(const case_run *r, const engine_pair *p, const buffer *passages,
                          unsigned char out[HASH_SIZE])
{
    const char *class = engine_class_name(p->class);
    hash_state h;
    hash_start(&h, NULL, 0);
    hash_piece(&h, r->facts[p->a].key_hash, HASH_SIZE);
    hash_piece(&h, r->facts[p->b].key_hash, HASH_SIZE);
    hash_piece(&h, class, strlen(class));
    hash_piece(&h, passages->bytes, passages->size);
    hash_end(&h, out);
}

static status write_case(case_run *r, const engine_pair *p, known_case *k, const buffer *passages,
                         fault *f)
{
    unsigned char hash[HASH_SIZE];
    sql_value class = v_text(engine_class_name(p->class)), text = v_text(passages->bytes);
    hash_evidence(r, p, passages, hash);
    if (!k) {
        r->sum->added++;
        return store_run(r->db, Q_SIMILAR_ADD,
                         ARGS(v_int(r->facts[p->a].entry_id), v_int(r->facts[p->b].entry_id), class,
                              v_int(p->share_a), v_int(p->share_b), v_int(p->same_author), text,
                              v_bytes(hash, HASH_SIZE)),
                         NULL, f);
    }
    k->seen = true;
    if (memcmp(k->hash, hash, HASH_SIZE) != 0) {
        r->sum->changed++;
        return store_run(r->db, Q_SIMILAR_CHANGE,
                         ARGS(class, v_int(p->share_a), v_int(p->share_b), v_int(p->same_author),
                              text, v_bytes(hash, HASH_SIZE), v_int(k->id)),
                         NULL, f);
    }
    if (k->current)
        return OK;
    r->sum->added++;
    return store_run(r->db, Q_SIMILAR_CURRENT, ARGS(v_int(1), v_int(k->id)), NULL, f);
}

static status write_pair(case_run *r, const engine_pair *p, fault *f)
{
    buffer passages = BUFFER_INIT;
    buffer_byte(&passages, '[');
    for (size_t i = 0; i < p->passage_count; i++)
        put_passage(&passages, &p->passages[i]);
    buffer_byte(&passages, ']');
    status st = buffer_check(&passages, f);
    if (st == OK)
        st = write_case(r, p, find_known(r, r->facts[p->a].entry_id, r->facts[p->b].entry_id),
                        &passages, f);
    buffer_free(&passages);
    return st;
}

static status finish(case_run *r, fault *f)
{
    similar_summary *sum = r->sum;
    for (size_t i = 0; i < r->known_count; i++)
        if (r->known[i].current && !r->known[i].seen) {
            sum->vanished++;
            TRY(store_run(r->db, Q_SIMILAR_CURRENT, ARGS(v_int(0), v_int(r->known[i].id)), NULL,
                          f));
        }
    cursor c;
    TRY(store_select(r->db, Q_SIMILAR_COUNT, ARGS(v_int(r->year)), &c, f));
    if (cursor_next(&c)) {
        sum->current = cursor_int(&c, 0);
        sum->open = cursor_int(&c, 1);
    }
    TRY(cursor_close(&c, f));
    if (!sum->added && !sum->changed && !sum->vanished)
        return OK;
    const char *object = arena_format(r->mem, "contest %lld", (long long)r->year);
    const char *after = arena_format(
        r->mem, "texts %lld, earlier %lld, cases %lld, new %lld, changed %lld, vanished %lld",
        (long long)sum->texts, (long long)sum->earlier, (long long)sum->current,
        (long long)sum->added, (long long)sum->changed, (long long)sum->vanished);
    return object && after ? audit_record(r->db, "similar", object, NULL, after, f)
                           : fault_memory(f);
}

/* With the library behind the entries' texts: what it says does not count. */
static status compare(case_run *r, unsigned threads, engine_result *found, fault *f)
{
    engine_text *texts;
    size_t library;
    if (!r->count)
        return OK;
    TRY(library_texts(r->mem, r->count, &texts, &library, f));
    memcpy(texts, r->texts, r->count * sizeof *texts);
    return engine_compare(r->mem, texts, r->count + library, threads, found, f);
}

/* The texts are compared before the lock is taken: this may last, and others go on working. */
static status run_all(case_run *r, unsigned threads, fault *f)
{
    engine_result found = {0};
    TRY(read_texts(r, f));
    TRY(compare(r, threads, &found, f));
    TRY(store_begin(r->db, r->actor, f));
    status st = read_known(r, f);
    for (size_t i = 0; i < found.pair_count && st == OK; i++)
        st = write_pair(r, &found.pairs[i], f);
    if (st == OK)
        st = finish(r, f);
    if (st == OK)
        return store_commit(r->db, f);
    store_rollback(r->db);
    return st;
}

status similar_run(store *db, const char *actor, int64_t year, unsigned threads,
                   similar_summary *out, fault *f)
{
    *out = (similar_summary){0};
    case_run r = {.db = db, .mem = arena_new(RUN_MEMORY), .actor = actor, .year = year, .sum = out};
    status st = r.mem ? run_all(&r, threads, f) : fault_memory(f);
    arena_free(r.mem);
    return st;
}

/* ---- one case ---- */

static void copy_texts(cursor *c, arena *mem, similar_case *out)
{
    const char **const texts[] = {&out->receipt_a, &out->receipt_b, &out->title_a, &out->title_b,
                                  &out->class,     &out->standing,  &out->reason,  &out->passages};
    for (int i = 0; i < 8; i++)
        *texts[i] = cursor_copy(c, 7 + i, mem);
    slice a = cursor_bytes(c, 15), b = cursor_bytes(c, 16);
    out->text_a = (slice){arena_copy(mem, a.bytes, a.size), a.size};
    out->text_b = (slice){arena_copy(mem, b.bytes, b.size), b.size};
}

status similar_get(store *db, arena *mem, int64_t entry, int64_t other, similar_case *out, fault *f)
{
    cursor c;
    TRY(store_select(db, Q_SIMILAR_GET, ARGS(v_int(entry), v_int(other)), &c, f));
    bool found = cursor_next(&c);
    if (found) {
        *out = (similar_case){.id = cursor_int(&c, 0),
                              .entry_a = cursor_int(&c, 1),
                              .entry_b = cursor_int(&c, 2),
                              .share_a = cursor_int(&c, 3),
                              .share_b = cursor_int(&c, 4),
                              .same_author = cursor_int(&c, 5) != 0,
                              .current = cursor_int(&c, 6) != 0};
        copy_texts(&c, mem, out);
    }
    TRY(cursor_close(&c, f));
    if (!found)
        return FAIL(
            f, E_MISSING,
            "hai bài này không có đoạn giống nhau nào được ghi nhận; xem: chamthi similar list",
            "no similar passages are recorded for these two; see: chamthi similar list");
    return out->receipt_a && out->passages && out->text_a.bytes && out->text_b.bytes
               ? OK
               : fault_memory(f);
}

static status rule_inside(store *db, arena *mem, const char *actor, const similar_case *was,
                          const char *standing, const char *reason, fault *f)
{
    if (!was->current)
        return FAIL(
            f, E_CONFLICT,
            "hai bài %s và %s không còn đoạn giống nhau ở lần so gần nhất nên không cần kết "
            "luận",
            "entries %s and %s no longer share passages since the last run: no ruling needed",
            was->receipt_a, was->receipt_b);
    if (strcmp(was->standing, standing) == 0 && strcmp(was->reason, reason) == 0)
        return OK;
    TRY(store_run(
        db, Q_SIMILAR_RULE,
        ARGS(v_text(standing), v_text(reason), v_text(actor), v_int(clock_now()), v_int(was->id)),
        NULL, f));
    const char *object = arena_format(mem, "entries %s %s", was->receipt_a, was->receipt_b);
    return object ? audit_record(db, "similar.rule", object, was->standing, standing, f)
                  : fault_memory(f);
}

status similar_rule(store *db, const char *actor, int64_t entry, int64_t other,
                    similar_ruling verdict, const char *reason, fault *f)
{
    enum { CASE_MEMORY = 64 * 1024 * 1024 };
    if (!reason[strspn(reason, " \t\n")])
        return FAIL(f, E_INPUT, "kết luận cần có lý do: --reason “…”",
                    "a ruling needs a reason: --reason “…”");
    arena *mem = arena_new(CASE_MEMORY);
    similar_case was;
    status st = mem ? store_begin(db, actor, f) : fault_memory(f);
    if (st == OK)
        st = similar_get(db, mem, entry, other, &was, f);
    if (st == OK)
        st = rule_inside(db, mem, actor, &was, verdict == SIMILAR_ACCEPT ? "accepted" : "dismissed",
                         reason, f);
    if (st == OK)
        st = store_commit(db, f);
    else
        store_rollback(db);
    arena_free(mem);
    return st;
}
