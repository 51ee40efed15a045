/* Texts out of the store and cases into it, for the whole year's run and for one entry that arrives. */
#include "case.h"

#include "evidence.h"
#include "library.h"

#include "chamthi/buffer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- texts ---- */

/* A row; its display text stays the cursor's. */
static void read_row(cursor *c, engine_text *text, case_text *facts)
{
    slice key = cursor_bytes(c, 3);
    *facts = (case_text){.id = cursor_int(c, 0), .received = cursor_int(c, 2)};
    memcpy(facts->key_hash, key.bytes, key.size < HASH_SIZE ? key.size : HASH_SIZE);
    *text = (engine_text){
        .display = cursor_bytes(c, 4), .received = facts->received, .year = (int)cursor_int(c, 1)};
}

status case_text_find(store *db, arena *mem, int64_t id, engine_text *text, case_text *facts,
                      fault *f)
{
    cursor c;
    TRY(store_select(db, id > 0 ? Q_SIMILAR_TEXT : Q_SIMILAR_REFERENCE, ARGS(v_int(id)), &c, f));
    status st = cursor_next(&c) ? OK : E_MISSING;
    if (st == OK) {
        read_row(&c, text, facts);
        text->display.bytes = arena_copy(mem, text->display.bytes, text->display.size);
        st = text->display.bytes ? OK : fault_memory(f);
    }
    status closed = cursor_close(&c, st == OK ? f : NULL);
    return st == OK ? closed : st;
}

typedef struct {
    size_t *places; /* in the spool */
    size_t text_room, fact_room, place_room;
} case_list_room;

/* The text of a row goes into the spool: of its display only the size is good yet. */
static status take_row(cursor *c, arena *mem, case_list_room *room, case_list *out, fault *f)
{
    out->texts = arena_grow(mem, out->texts, out->count, &room->text_room, sizeof *out->texts);
    out->facts = arena_grow(mem, out->facts, out->count, &room->fact_room, sizeof *out->facts);
    room->places =
        arena_grow(mem, room->places, out->count, &room->place_room, sizeof *room->places);
    if (!out->texts || !out->facts || !room->places)
        return fault_memory(f);
    engine_text *text = &out->texts[out->count];
    read_row(c, text, &out->facts[out->count]);
    return spool_put(out->displays, text->display, &room->places[out->count++], f);
}

status case_list_read(store *db, arena *mem, statement q, int64_t year, case_filter *wanted,
                      const void *state, case_list *out, fault *f)
{
    case_list_room room = {0};
    cursor c;
    status st = OK;
    TRY(spool_new(&out->displays, f));
    TRY(store_select(db, q, ARGS(v_int(year)), &c, f));
    while (st == OK && cursor_next(&c))
        if (!wanted || wanted(state, cursor_int(&c, 0)))
            st = take_row(&c, mem, &room, out, f);
    status closed = cursor_close(&c, st == OK ? f : NULL);
    if (st == OK)
        st = closed;
    if (st == OK)
        st = spool_close(out->displays, f);
    for (size_t i = 0; i < out->count && st == OK; i++)
        out->texts[i].display.bytes =
            spool_text(out->displays, room.places[i], out->texts[i].display.size);
    return st;
}

void case_list_free(case_list *l)
{
    spool_free(l->displays);
    *l = (case_list){0};
}

status case_library(store *db, arena *mem, size_t room, engine_text **out, size_t *count, fault *f)
{
    engine_text *loaded = NULL, *own;
    size_t loaded_count = 0, capacity = 0;
    cursor c;
    status st = OK;
    TRY(store_select(db, Q_REFERENCE_LIBRARY, NO_ARGS, &c, f));
    while (st == OK && cursor_next(&c)) {
        slice display = cursor_bytes(&c, 0);
        loaded = arena_grow(mem, loaded, loaded_count, &capacity, sizeof *loaded);
        char *copy = loaded ? arena_copy(mem, display.bytes, display.size) : NULL;
        st = copy ? OK : fault_memory(f);
        if (copy)
            loaded[loaded_count++] =
                (engine_text){.display = {copy, display.size}, .role = ENGINE_LIBRARY};
    }
    status closed = cursor_close(&c, st == OK ? f : NULL);
    if (st == OK)
        st = closed;
    if (st == OK)
        st = library_texts(mem, room + loaded_count, &own, count, f);
    if (st != OK)
        return st;
    if (loaded_count)
        memcpy(own + room, loaded, loaded_count * sizeof *own);
    *count += loaded_count;
    *out = own;
    return OK;
}

/* ---- known cases ---- */

status case_read_known(case_run *r, fault *f)
{
    size_t room = 0;
    cursor c;
    status st = OK;
    TRY(store_select(r->db, Q_SIMILAR_OF_YEAR, ARGS(v_int(r->year)), &c, f));
    while (st == OK && cursor_next(&c)) {
        r->known = arena_grow(r->mem, r->known, r->known_count, &room, sizeof *r->known);
        if (!r->known) {
            st = fault_memory(f);
            break;
        }
        known_case *k = &r->known[r->known_count++];
        slice hash = cursor_bytes(&c, 3);
        *k = (known_case){.id = cursor_int(&c, 0),
                          .a = cursor_int(&c, 1),
                          .b = cursor_int(&c, 2),
                          .current = cursor_int(&c, 4) != 0,
                          .paraphrase = cursor_int(&c, 5) != 0};
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

/* What a ruling is about: the two texts, the class and the places. Shares may move with what is masked
 * elsewhere without asking again. */
static status hash_evidence(const engine_pair *p, const case_text *a, const case_text *b,
                            unsigned char out[HASH_SIZE], fault *f)
{
    const char *class = engine_class_name(p->class);
    buffer places = BUFFER_INIT;
    hash_state h;
    evidence_put(&places, p, EVIDENCE_COUNTED | EVIDENCE_NOT_COUNTED, EVIDENCE_PLACES);
    status st = buffer_check(&places, f);
    hash_start(&h, NULL, 0);
    hash_piece(&h, a->key_hash, HASH_SIZE);
    hash_piece(&h, b->key_hash, HASH_SIZE);
    hash_piece(&h, class, strlen(class));
    hash_piece(&h, places.bytes, places.size);
    hash_end(&h, out);
    buffer_free(&places);
    return st;
}

static status write_case(case_run *r, const engine_pair *p, const case_text *a, const case_text *b,
                         slice passages, fault *f)
{
    unsigned char hash[HASH_SIZE];
    sql_value class = v_text(engine_class_name(p->class)), text = v_slice(passages);
    int64_t same_author;
    TRY(hash_evidence(p, a, b, hash, f));
    TRY(store_int(r->db, Q_SIMILAR_SAME_AUTHOR, ARGS(v_int(a->id), v_int(b->id)), &same_author, f));
    same_author = same_author > 0;
    known_case *k = find_known(r, a->id, b->id);
    if (!k) {
        r->sum->added++;
        return store_run(r->db, Q_SIMILAR_ADD,
                         ARGS(v_int(a->id), v_int(b->id), class, v_int(p->share_a),
                              v_int(p->share_b), v_int(same_author), text,
                              v_bytes(hash, HASH_SIZE)),
                         NULL, f);
    }
    k->seen = true;
    if (memcmp(k->hash, hash, HASH_SIZE) != 0) {
        r->sum->changed++;
        return store_run(r->db, Q_SIMILAR_CHANGE,
                         ARGS(class, v_int(p->share_a), v_int(p->share_b), v_int(same_author), text,
                              v_bytes(hash, HASH_SIZE), v_int(k->id)),
                         NULL, f);
    }
    int64_t refreshed;
    r->sum->added += !k->current;
    TRY(store_run(
        r->db, Q_SIMILAR_REFRESH,
        ARGS(v_int(p->share_a), v_int(p->share_b), v_int(same_author), text, v_int(k->id)),
        &refreshed, f));
    r->noted += refreshed;
    return OK;
}

status case_write(case_run *r, const engine_pair *p, const case_text *a, const case_text *b,
                  fault *f)
{
    buffer passages = BUFFER_INIT;
    evidence_put(&passages, p, EVIDENCE_COUNTED | EVIDENCE_NOT_COUNTED, EVIDENCE_ALL);
    status st = buffer_check(&passages, f);
    if (st == OK)
        st = write_case(r, p, a, b, (slice){passages.bytes, passages.size}, f);
    buffer_free(&passages);
    return st;
}

status case_note_seen(case_run *r, const case_text *t, int64_t left, fault *f)
{
    int64_t changed;
    TRY(store_run(r->db, Q_SIMILAR_SEE,
                  ARGS(v_int(t->id), v_bytes(t->key_hash, HASH_SIZE), v_int(left)), &changed, f));
    r->noted += changed;
    r->sum->crowded += left > 0;
    return OK;
}

status case_finish(case_run *r, const char *action, fault *f)
{
    similar_summary *sum = r->sum;
    for (size_t i = 0; i < r->known_count; i++)
        if (r->known[i].current && r->known[i].asked && !r->known[i].seen) {
            sum->vanished++;
            TRY(store_run(r->db, Q_SIMILAR_VANISHED, ARGS(v_int(r->known[i].id)), NULL, f));
        }
    cursor c;
    TRY(store_select(r->db, Q_SIMILAR_COUNT, ARGS(v_int(r->year)), &c, f));
    if (cursor_next(&c)) {
        sum->current = cursor_int(&c, 0);
        sum->open = cursor_int(&c, 1);
        sum->paraphrases = cursor_int(&c, 2);
    }
    TRY(cursor_close(&c, f));
    if (!sum->added && !sum->changed && !sum->vanished && !r->noted)
        return OK;
    const char *object = arena_format(r->mem, "contest %lld", (long long)r->year);
    const char *after = arena_format(
        r->mem, "texts %lld, earlier %lld, cases %lld, new %lld, changed %lld, vanished %lld",
        (long long)sum->texts, (long long)sum->earlier, (long long)sum->current,
        (long long)sum->added, (long long)sum->changed, (long long)sum->vanished);
    return object && after ? audit_record(r->db, action, object, NULL, after, f) : fault_memory(f);
}
