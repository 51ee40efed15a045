/* Reads an entry with its people, spans and review, and makes the text that judges see. */
#include "entry.h"

#include <stdlib.h>
#include <string.h>

static status read_authors(store *db, arena *mem, redact_entry *e, fault *f)
{
    size_t count = 0, capacity = 0;
    identity_author *list = NULL;
    cursor c;
    status st = OK;
    TRY(store_select(db, Q_REDACT_AUTHORS, ARGS(v_int(e->id)), &c, f));
    while (st == OK && cursor_next(&c)) {
        identity_author *more = arena_grow(mem, list, count, &capacity, sizeof *list);
        if (!more) {
            st = fault_memory(f);
            break;
        }
        list = more;
        identity_author *a = &list[count++];
        *a = (identity_author){cursor_copy(&c, 0, mem), cursor_copy(&c, 1, mem),
                               cursor_copy(&c, 2, mem), cursor_copy(&c, 3, mem)};
        if (!a->name || !a->unit || !a->address || !a->email)
            st = fault_memory(f);
    }
    status closed = cursor_close(&c, st == OK ? f : NULL);
    e->known.authors = list;
    e->known.author_count = count;
    return st == OK ? closed : st;
}

void redact_title_hash(unsigned char out[HASH_SIZE], slice title)
{
    hash_state h;
    hash_start(&h, NULL, 0);
    hash_piece(&h, "title", 5); /* not that of a text of the same words */
    hash_piece(&h, title.bytes, title.size);
    hash_end(&h, out);
}

static slice copy_text(cursor *c, int column, arena *mem)
{
    slice text = cursor_bytes(c, column);
    return (slice){arena_copy(mem, text.bytes, text.size), text.size};
}

status redact_read(store *db, arena *mem, int64_t id, redact_entry *out, fault *f)
{
    cursor c;
    TRY(store_select(db, Q_REDACT_ENTRY, ARGS(v_int(id)), &c, f));
    bool found = cursor_next(&c);
    if (found) {
        *out = (redact_entry){
            .id = cursor_int(&c, 0),
            .receipt = cursor_copy(&c, 1, mem),
            .parts = {{.text = copy_text(&c, 2, mem)}, {.text = copy_text(&c, 3, mem)}},
            .known = {.subject = cursor_copy(&c, 4, mem), .subject_unit = cursor_copy(&c, 5, mem)},
        };
    }
    TRY(cursor_close(&c, f));
    if (!found)
        return FAIL(f, E_MISSING, "không có bài này", "there is no such entry");
    if (!out->receipt || !out->parts[PART_TITLE].text.bytes || !out->parts[PART_TEXT].text.bytes ||
        !out->known.subject || !out->known.subject_unit)
        return fault_memory(f);
    redact_part *title = &out->parts[PART_TITLE], *text = &out->parts[PART_TEXT];
    redact_title_hash(title->hash, title->text);
    hash_bytes(text->hash, text->text.bytes, text->text.size);
    return read_authors(db, mem, out, f);
}

static span_state state_of(const char *status_text)
{
    return strcmp(status_text, "accepted") == 0   ? SPAN_ACCEPTED
           : strcmp(status_text, "rejected") == 0 ? SPAN_REJECTED
                                                  : SPAN_PROPOSED;
}

status redact_spans(store *db, arena *mem, const redact_entry *e, entry_part part,
                    stored_spans *out, fault *f)
{
    *out = (stored_spans){0};
    size_t capacity = 0;
    cursor c;
    status st = OK;
    TRY(store_select(db, Q_REDACTION_OF_TEXT,
                     ARGS(v_int(e->id), v_bytes(e->parts[part].hash, HASH_SIZE)), &c, f));
    while (st == OK && cursor_next(&c)) {
        stored_span *more = arena_grow(mem, out->items, out->count, &capacity, sizeof *more);
        if (!more) {
            st = fault_memory(f);
            break;
        }
        out->items = more;
        out->items[out->count++] =
            (stored_span){cursor_int(&c, 0), (size_t)cursor_int(&c, 1), (size_t)cursor_int(&c, 2),
                          state_of(cursor_text(&c, 3))};
    }
    status closed = cursor_close(&c, st == OK ? f : NULL);
    return st == OK ? closed : st;
}

status redact_undecided(store *db, arena *mem, const redact_entry *e, size_t *out, fault *f)
{
    *out = 0;
    for (entry_part part = 0; part < PARTS; part++) {
        stored_spans stored;
        TRY(redact_spans(db, mem, e, part, &stored, f));
        for (size_t i = 0; i < stored.count; i++)
            *out += stored.items[i].state == SPAN_PROPOSED;
    }
    return OK;
}

static const stored_span *span_at(const stored_spans *l, size_t start, size_t end)
{
    for (size_t i = 0; i < l->count; i++)
        if (l->items[i].start == start && l->items[i].end == end)
            return &l->items[i];
    return NULL;
}

/* What no person has decided: no single word, as "Cô Hằng" may be anybody. */
static void add_certain(const redact_part *title, const stored_spans *stored,
                        const identity_spans *found, identity_span *hidden, size_t *count)
{
    for (size_t i = 0; i < found->count; i++) {
        identity_span s = found->items[i];
        const stored_span *known = span_at(stored, s.start, s.end);
        bool single = strcmp(s.kind, "name") == 0 &&
                      !memchr(title->text.bytes + s.start, ' ', s.end - s.start);
        if (!single && (!known || known->state == SPAN_PROPOSED))
            hidden[(*count)++] = s;
    }
}

static int by_start(const void *a, const void *b)
{
    size_t x = ((const identity_span *)a)->start, y = ((const identity_span *)b)->start;
    return (x > y) - (x < y);
}

status redact_texts(store *db, arena *mem, const redact_entry *e, slice out[PARTS], fault *f)
{
    for (entry_part part = 0; part < PARTS; part++) {
        stored_spans stored;
        identity_spans found = {0};
        TRY(redact_spans(db, mem, e, part, &stored, f));
        if (part == PART_TITLE)
            TRY(identity_find(mem, e->parts[part].text, &e->known, &found, f));
        identity_span *hidden = ARENA_ARRAY(mem, identity_span, stored.count + found.count + 1);
        if (!hidden)
            return fault_memory(f);
        size_t count = 0;
        for (size_t i = 0; i < stored.count; i++)
            if (stored.items[i].state == SPAN_ACCEPTED)
                hidden[count++] = (identity_span){stored.items[i].start, stored.items[i].end, ""};
        add_certain(&e->parts[part], &stored, &found, hidden, &count);
        qsort(hidden, count, sizeof *hidden, by_start);
        TRY(identity_redact(mem, e->parts[part].text, hidden, count, &out[part], f));
    }
    return OK;
}

status redact_standing(store *db, arena *mem, const redact_entry *e, review_state *out, fault *f)
{
    cursor c;
    *out = REVIEW_MISSING;
    bool skipped = false;
    TRY(store_select(db, Q_REVIEW_GET, ARGS(v_int(e->id)), &c, f));
    if (cursor_next(&c)) {
        slice hash = cursor_bytes(&c, 1);
        skipped = strcmp(cursor_text(&c, 0), "skipped") == 0;
        if (hash.size == HASH_SIZE && memcmp(hash.bytes, e->parts[PART_TEXT].hash, HASH_SIZE) == 0)
            *out = REVIEW_GOOD;
    }
    TRY(cursor_close(&c, f));
    if (skipped && *out == REVIEW_GOOD)
        return OK;
    size_t undecided;
    TRY(redact_undecided(db, mem, e, &undecided, f));
    if (undecided)
        *out = REVIEW_WAITING;
    return OK;
}

status anonymity_text(store *db, arena *mem, int64_t entry_id, slice *out, fault *f)
{
    redact_entry e;
    slice parts[PARTS];
    TRY(redact_read(db, mem, entry_id, &e, f));
    TRY(redact_texts(db, mem, &e, parts, f));
    *out = parts[PART_TEXT];
    return OK;
}
