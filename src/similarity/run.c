/* The year's run: all its texts with each other and with all earlier ones. */
#include "case.h"

#include "paraphrase.h"

#include "chamthi/buffer.h"
#include "chamthi/text.h"

#include <stdlib.h>
#include <string.h>

/* Room for what is found; the texts lie in a spool. */
static const size_t RUN_MEMORY = (size_t)4 << 30;

typedef struct {
    case_run r;
    case_list list;
    engine_result found;
    engine_pair *retold;
    size_t retold_count;
} year_run;

static status read_texts(year_run *y, fault *f)
{
    TRY(case_list_read(y->r.db, y->r.mem, Q_SIMILAR_TEXTS, y->r.year, NULL, NULL, &y->list, f));
    for (size_t i = 0; i < y->list.count; i++) {
        bool current = y->list.facts[i].id > 0 && y->list.texts[i].year == y->r.year;
        y->list.texts[i].role = current ? ENGINE_CURRENT : ENGINE_EARLIER;
        y->r.sum->texts += current;
        y->r.sum->earlier += !current;
    }
    return store_int(y->r.db, Q_SIMILAR_UNREAD, ARGS(v_int(y->r.year)), &y->r.sum->unread, f);
}

/* Of all years when they are few, else of this year alone, else not at all. */
static status compare_paraphrase(year_run *y, engine_text *texts, size_t count, unsigned threads,
                                 fault *f)
{
    if (y->r.sum->texts > PARAPHRASE_TEXTS) {
        y->r.sum->paraphrase_left_out = true;
        return OK;
    }
    for (size_t i = 0; i < y->list.count && y->list.count > PARAPHRASE_TEXTS; i++)
        if (texts[i].role == ENGINE_EARLIER)
            texts[i].display.size = 0;
    status st = paraphrase_find(y->r.mem, texts, count, threads, &y->found, &y->retold,
                                &y->retold_count, f);
    y->r.sum->paraphrase_left_out = st == E_LIMIT;
    return st == E_LIMIT ? OK : st;
}

/* With the library behind the entries' texts: what it says does not count. */
static status compare(year_run *y, unsigned threads, fault *f)
{
    engine_text *texts;
    size_t library;
    if (!y->list.count)
        return OK;
    TRY(case_library(y->r.db, y->r.mem, y->list.count, &texts, &library, f));
    memcpy(texts, y->list.texts, y->list.count * sizeof *texts);
    TRY(engine_compare(y->r.mem, texts, y->list.count + library, threads, &y->found, f));
    return compare_paraphrase(y, texts, y->list.count + library, threads, f);
}

/* Every entry of the year has been compared; of some, not all likenesses. */
static status write_seen(year_run *y, fault *f)
{
    size_t crowded = 0;
    for (uint32_t i = 0; i < y->list.count; i++) {
        int64_t left = 0;
        while (crowded < y->found.crowded_count && y->found.crowded[crowded].text < i)
            crowded++;
        if (crowded < y->found.crowded_count && y->found.crowded[crowded].text == i)
            left = y->found.crowded[crowded].left;
        if (y->list.texts[i].role == ENGINE_CURRENT)
            TRY(case_note_seen(&y->r, &y->list.facts[i], left, f));
    }
    return OK;
}

static status put_name(year_run *y, buffer *b, uint32_t text, fault *f)
{
    int64_t id = y->list.facts[text].id;
    cursor c;
    if (id < 0) {
        buffer_format(b, "\"R%lld\"", (long long)-id);
        return OK;
    }
    TRY(store_select(y->r.db, Q_SIMILAR_NAME, ARGS(v_int(id)), &c, f));
    bool found = cursor_next(&c);
    slice name = found ? cursor_bytes(&c, 0) : (slice){"", 0};
    buffer_json_string(b, name.bytes, name.size);
    return cursor_close(&c, f);
}

static status put_mass(year_run *y, const engine_mass *m, buffer *b, fault *f)
{
    enum { SHOWN = 200 };
    slice text = {y->list.texts[m->text].display.bytes + m->start, m->end - m->start};
    buffer_text(b, b->size > 1 ? ",\n{\"receipt\":" : "{\"receipt\":");
    TRY(put_name(y, b, m->text, f));
    buffer_format(b, ",\"start\":%u,\"end\":%u,\"texts\":%u,\"text\":", m->start, m->end, m->texts);
    buffer_json_string(b, text.bytes, text_cut(text, SHOWN));
    buffer_text(b, ",\"who\":[");
    for (size_t i = 0; i < m->who_count; i++) {
        buffer_text(b, i ? "," : "");
        TRY(put_name(y, b, m->who[i], f));
    }
    buffer_text(b, "]}");
    return OK;
}

static status write_masses(year_run *y, fault *f)
{
    buffer list = BUFFER_INIT;
    int64_t changed = 0;
    status st = OK;
    buffer_byte(&list, '[');
    for (size_t i = 0; i < y->found.mass_count && st == OK; i++)
        st = put_mass(y, &y->found.masses[i], &list, f);
    buffer_byte(&list, ']');
    if (st == OK)
        st = buffer_check(&list, f);
    if (st == OK)
        st =
            store_run(y->r.db, Q_SIMILAR_MASS_PUT,
                      ARGS(v_int(y->r.year), v_slice((slice){list.bytes, list.size})), &changed, f);
    buffer_free(&list);
    y->r.noted += changed;
    y->r.sum->masses = (int64_t)y->found.mass_count;
    return st;
}

static status write_all(year_run *y, fault *f)
{
    TRY(case_read_known(&y->r, f));
    for (size_t i = 0; i < y->r.known_count; i++)
        y->r.known[i].asked = !y->r.known[i].paraphrase || !y->r.sum->paraphrase_left_out;
    for (size_t i = 0; i < y->found.pair_count; i++) {
        const engine_pair *p = &y->found.pairs[i];
        TRY(case_write(&y->r, p, &y->list.facts[p->a], &y->list.facts[p->b], f));
    }
    for (size_t i = 0; i < y->retold_count; i++)
        TRY(case_write(&y->r, &y->retold[i], &y->list.facts[y->retold[i].a],
                       &y->list.facts[y->retold[i].b], f));
    TRY(write_seen(y, f));
    TRY(write_masses(y, f));
    return case_finish(&y->r, "similar", f);
}

/* The texts are compared before the lock is taken: this may last, and others go on working. */
static status run_all(year_run *y, unsigned threads, fault *f)
{
    TRY(read_texts(y, f));
    TRY(compare(y, threads, f));
    TRY(store_begin(y->r.db, y->r.actor, f));
    status st = write_all(y, f);
    if (st == OK)
        return store_commit(y->r.db, f);
    store_rollback(y->r.db);
    return st;
}

status similar_run(store *db, const char *actor, int64_t year, unsigned threads,
                   similar_summary *out, fault *f)
{
    *out = (similar_summary){0};
    year_run y = {
        .r = {.db = db, .mem = arena_new(RUN_MEMORY), .actor = actor, .year = year, .sum = out}};
    status st = y.r.mem ? run_all(&y, threads, f) : fault_memory(f);
    case_list_free(&y.list);
    arena_free(y.r.mem);
    return st;
}
