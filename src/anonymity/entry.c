/* Reads an entry with its people, spans and review, and makes the text that judges see. */
#include "entry.h"

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

status redact_read(store *db, arena *mem, int64_t id, redact_entry *out, fault *f)
{
    cursor c;
    TRY(store_select(db, Q_REDACT_ENTRY, ARGS(v_int(id)), &c, f));
    bool found = cursor_next(&c);
    if (found) {
        slice text = cursor_bytes(&c, 3);
        *out = (redact_entry){
            .id = cursor_int(&c, 0),
            .receipt = cursor_copy(&c, 1, mem),
            .title = cursor_copy(&c, 2, mem),
            .text = {arena_copy(mem, text.bytes, text.size), text.size},
            .known = {.subject = cursor_copy(&c, 4, mem), .subject_unit = cursor_copy(&c, 5, mem)},
        };
        hash_bytes(out->text_hash, text.bytes, text.size);
    }
    TRY(cursor_close(&c, f));
    if (!found)
        return FAIL(f, E_MISSING, "không có bài này", "there is no such entry");
    if (!out->receipt || !out->title || !out->text.bytes || !out->known.subject ||
        !out->known.subject_unit)
        return fault_memory(f);
    return read_authors(db, mem, out, f);
}

static span_state state_of(const char *status_text)
{
    return strcmp(status_text, "accepted") == 0   ? SPAN_ACCEPTED
           : strcmp(status_text, "rejected") == 0 ? SPAN_REJECTED
                                                  : SPAN_PROPOSED;
}

status redact_spans(store *db, arena *mem, const redact_entry *e, stored_spans *out, fault *f)
{
    *out = (stored_spans){0};
    size_t capacity = 0;
    cursor c;
    status st = OK;
    TRY(store_select(db, Q_REDACTION_OF_TEXT, ARGS(v_int(e->id), v_bytes(e->text_hash, HASH_SIZE)),
                     &c, f));
    while (st == OK && cursor_next(&c)) {
        if (out->count == capacity) {
            capacity = capacity ? capacity * 2 : 16;
            stored_span *more = ARENA_ARRAY(mem, stored_span, capacity);
            if (!more) {
                st = fault_memory(f);
                break;
            }
            if (out->count)
                memcpy(more, out->items, out->count * sizeof *more);
            out->items = more;
        }
        out->items[out->count++] =
            (stored_span){cursor_int(&c, 0), (size_t)cursor_int(&c, 1), (size_t)cursor_int(&c, 2),
                          state_of(cursor_text(&c, 3))};
    }
    status closed = cursor_close(&c, st == OK ? f : NULL);
    return st == OK ? closed : st;
}

size_t spans_undecided(const stored_spans *l)
{
    size_t count = 0;
    for (size_t i = 0; i < l->count; i++)
        count += l->items[i].state == SPAN_PROPOSED;
    return count;
}

static status redact_title(arena *mem, const redact_entry *e, slice *out, fault *f)
{
    identity_spans found;
    slice title = {e->title, strlen(e->title)};
    TRY(identity_find(mem, title, &e->known, &found, f));
    size_t kept = 0; /* nobody is asked, so no single word: "Cô Hằng" may be anybody */
    for (size_t i = 0; i < found.count; i++) {
        identity_span s = found.items[i];
        if (strcmp(s.kind, "name") != 0 || memchr(title.bytes + s.start, ' ', s.end - s.start))
            found.items[kept++] = s;
    }
    return identity_redact(mem, title, found.items, kept, out, f);
}

status redact_texts(store *db, arena *mem, const redact_entry *e, slice *text, slice *title,
                    fault *f)
{
    stored_spans stored;
    TRY(redact_spans(db, mem, e, &stored, f));
    identity_span *accepted = ARENA_ARRAY(mem, identity_span, stored.count + 1);
    if (!accepted)
        return fault_memory(f);
    size_t count = 0;
    for (size_t i = 0; i < stored.count; i++)
        if (stored.items[i].state == SPAN_ACCEPTED)
            accepted[count++] = (identity_span){stored.items[i].start, stored.items[i].end, ""};
    TRY(identity_redact(mem, e->text, accepted, count, text, f));
    return redact_title(mem, e, title, f);
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
        if (hash.size == HASH_SIZE && memcmp(hash.bytes, e->text_hash, HASH_SIZE) == 0)
            *out = REVIEW_GOOD;
    }
    TRY(cursor_close(&c, f));
    if (skipped && *out == REVIEW_GOOD)
        return OK;
    stored_spans stored;
    TRY(redact_spans(db, mem, e, &stored, f));
    if (spans_undecided(&stored))
        *out = REVIEW_WAITING;
    return OK;
}

status anonymity_text(store *db, arena *mem, int64_t entry_id, slice *out, fault *f)
{
    redact_entry e;
    slice title;
    TRY(redact_read(db, mem, entry_id, &e, f));
    return redact_texts(db, mem, &e, out, &title, f);
}
