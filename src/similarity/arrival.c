/* Entry N + 1: what has arrived and was compared by no run yet, asked of the index one by one. */
#include "shelf.h"

#include <stdlib.h>

enum {
    ARRIVAL_MEMORY = 1 << 30,
    QUESTION_MEMORY = 512 * 1024 * 1024,
    ARRIVED_MOST = 500 /* more are compared faster together, when nobody waits for their receipts */
};

typedef struct {
    int64_t id, received;
} arrived;

typedef struct {
    case_run r;
    shelf *index;
    arrived unseen[ARRIVED_MOST + 1]; /* in the order of arrival */
    int64_t sorted[ARRIVED_MOST];     /* by id */
    size_t unseen_count;
    arena *mem;       /* of one question, and so are these: */
    case_text *facts; /* of the candidates, in the order of asking for them */
    size_t fact_count, fact_room;
} arrival;

static int by_arrival(const void *x, const void *y)
{
    const arrived *a = x, *b = y;
    int later = (a->received > b->received) - (a->received < b->received);
    return later ? later : (a->id > b->id) - (a->id < b->id);
}

/* One more than can be asked tells that they are too many. */
static status read_unseen(arrival *a, fault *f)
{
    cursor c;
    TRY(store_select(a->r.db, Q_SIMILAR_UNSEEN, ARGS(v_int(a->r.year), v_int(ARRIVED_MOST + 1)), &c,
                     f));
    while (a->unseen_count <= ARRIVED_MOST && cursor_next(&c))
        a->unseen[a->unseen_count++] = (arrived){cursor_int(&c, 0), cursor_int(&c, 1)};
    TRY(cursor_close(&c, f));
    if (a->unseen_count)
        qsort(a->unseen, a->unseen_count, sizeof *a->unseen, by_arrival);
    return OK;
}

static int by_id(const void *x, const void *y)
{
    int64_t a = *(const int64_t *)x, b = *(const int64_t *)y;
    return (a > b) - (a < b);
}

static bool is_unseen(const arrival *a, int64_t id)
{
    return bsearch(&id, a->sorted, a->unseen_count, sizeof id, by_id) != NULL;
}

static status read_text(void *state, int64_t id, engine_text *out, fault *f)
{
    arrival *a = state;
    a->facts = arena_grow(a->mem, a->facts, a->fact_count, &a->fact_room, sizeof *a->facts);
    if (!a->facts)
        return fault_memory(f);
    case_text *facts = &a->facts[a->fact_count++];
    status st = case_text_find(a->r.db, a->mem, id, out, facts, f);
    if (st != E_MISSING)
        return st;
    *facts = (case_text){.id = id}; /* gone since the index was opened: nothing to compare with */
    *out = (engine_text){.display = {"", 0}};
    return OK;
}

static bool is_before(const case_text *x, const case_text *y)
{
    return x->received != y->received ? x->received < y->received : x->id < y->id;
}

/* The same pair seen from the other text. */
static status turn(arena *mem, engine_pair *p, fault *f)
{
    engine_passage *turned = ARENA_ARRAY(mem, engine_passage, p->passage_count);
    if (!turned)
        return fault_memory(f);
    for (size_t i = 0; i < p->passage_count; i++) {
        engine_passage q = p->passages[i];
        turned[i] =
            (engine_passage){q.b_start, q.b_end, q.a_start, q.a_end, q.syllables, q.masked, q.kind};
    }
    engine_grey *greys = ARENA_ARRAY(mem, engine_grey, p->grey_count);
    if (!greys)
        return fault_memory(f);
    for (size_t i = 0; i < p->grey_count; i++)
        greys[i] = (engine_grey){1 - p->greys[i].side, p->greys[i].start, p->greys[i].end};
    p->greys = greys;
    uint32_t share = p->share_a;
    p->share_a = p->share_b;
    p->share_b = share;
    p->passages = turned;
    return OK;
}

static status write_answer(arrival *a, const corpus_answer *answer, const case_text *own, int year,
                           fault *f)
{
    for (size_t i = 0; i < answer->result.pair_count; i++) {
        engine_pair p = answer->result.pairs[i];
        const case_text *other = &a->facts[p.a];
        bool before = is_before(other, own);
        /* Of two that have both just arrived, the later one tells; a later year's run looks back. */
        if ((!before && is_unseen(a, other->id)) ||
            (other->id > 0 && answer->texts[p.a].year > year))
            continue;
        if (!before)
            TRY(turn(a->mem, &p, f));
        TRY(case_write(&a->r, &p, before ? other : own, before ? own : other, f));
    }
    int64_t left = answer->result.crowded_count ? answer->result.crowded[0].left : 0;
    return case_note_seen(&a->r, own, left, f);
}

static status ask(arrival *a, int64_t id, fault *f)
{
    case_text own;
    corpus_question q = {.id = id, .self = shelf_find(a->index, id), .read = read_text, .state = a};
    corpus_answer answer;
    arena_reset(a->mem);
    a->facts = NULL;
    a->fact_count = a->fact_room = 0;
    status st = case_text_find(a->r.db, a->mem, id, &q.text, &own, f);
    if (st != OK)
        return st == E_MISSING ? OK : st;
    TRY(corpus_ask(shelf_corpus(a->index), a->mem, &q, &answer, f));
    a->r.sum->texts++;
    return write_answer(a, &answer, &own, q.text.year, f);
}

static status ask_all(arrival *a, fault *f)
{
    TRY(case_read_known(&a->r, f));
    for (size_t i = 0; i < a->r.known_count; i++)
        a->r.known[i].asked = !a->r.known[i].paraphrase && /* which only a run looks for */
                              (is_unseen(a, a->r.known[i].b) || is_unseen(a, a->r.known[i].a));
    for (size_t i = 0; i < a->unseen_count; i++)
        TRY(ask(a, a->unseen[i].id, f));
    return case_finish(&a->r, "similar.arrived", f);
}

static status run(arrival *a, fault *f)
{
    TRY(read_unseen(a, f));
    if (!a->unseen_count)
        return OK;
    a->r.sum->too_many = a->unseen_count > ARRIVED_MOST;
    if (a->r.sum->too_many)
        return OK;
    for (size_t i = 0; i < a->unseen_count; i++)
        a->sorted[i] = a->unseen[i].id;
    qsort(a->sorted, a->unseen_count, sizeof *a->sorted, by_id);
    TRY(shelf_open(a->r.db, &a->index, f));
    a->r.sum->earlier = (int64_t)corpus_count(shelf_corpus(a->index));
    TRY(store_begin(a->r.db, a->r.actor, f));
    status st = ask_all(a, f);
    if (st == OK)
        return store_commit(a->r.db, f);
    store_rollback(a->r.db);
    return st;
}

status similar_arrived(store *db, const char *actor, int64_t year, similar_summary *out, fault *f)
{
    *out = (similar_summary){0};
    arrival a = {
        .r = {.db = db, .mem = arena_new(ARRIVAL_MEMORY), .actor = actor, .year = year, .sum = out},
        .mem = arena_new(QUESTION_MEMORY)};
    status st = a.r.mem && a.mem ? run(&a, f) : fault_memory(f);
    shelf_close(a.index);
    arena_free(a.mem);
    arena_free(a.r.mem);
    return st;
}
